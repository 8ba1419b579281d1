//! Little words, body words and pain words of several languages: a table read once from its file. It judges nothing.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word of the table is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Common English.
    English,
    /// A little word of another language, the sign of a sentence.
    Stop,
    /// A little word that also stands in names ("de", "la").
    NameStop,
    /// A word of the hip region or leg.
    Body,
    /// A word of pain or illness.
    Pain,
}

/// The words.
pub(super) struct Table {
    /// Whole words.
    pub(super) words: HashMap<&'static str, Kind>,
    /// Parts of words, for scripts and tongues that join them.
    pub(super) parts: Vec<&'static str>,
    /// The same for parts of the hip region.
    pub(super) hips: Vec<&'static str>,
}

const ROWS: &str = include_str!("language.tsv");

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { words: HashMap::new(), parts: Vec::new(), hips: Vec::new() };
    for row in ROWS.lines().filter(|row| !row.starts_with('#')) {
        let Some((kind, words)) = row.split_once('\t') else { continue };
        let words = words.split(',').map(str::trim).filter(|word| !word.is_empty());
        let kind = match kind {
            "english" => Kind::English,
            "stop" => Kind::Stop,
            "name-stop" => Kind::NameStop,
            "body" => Kind::Body,
            "pain" => Kind::Pain,
            "pain-part" => {
                table.parts.extend(words);
                continue;
            }
            "hip-part" => {
                table.hips.extend(words);
                continue;
            }
            _ => continue,
        };
        for word in words {
            // English words stand first in the file and win.
            table.words.entry(word).or_insert(kind);
        }
    }
    table
});

/// Whether a folded word is common English.
pub(super) fn is_english(word: &str) -> bool {
    TABLE.words.get(word) == Some(&Kind::English)
}
