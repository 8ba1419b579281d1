//! Function words, body words and pain words of several languages: a table loaded once from its file. It judges
//! nothing.

use std::sync::LazyLock;

use super::word_map::HashMap;

/// What a word of the table is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A common English word.
    English,
    /// A function word of another language, which tells that a sentence is in it.
    Stop,
    /// A function word that also stands in names ("de", "la").
    NameStop,
    /// A word for the hip region or leg, in the named language.
    Body(&'static str),
    /// A word for pain, a fall or an illness, in the named language.
    Pain(&'static str),
}

/// The words of a phrase after its first one, and what the phrase is.
struct Phrase {
    rest: Vec<&'static str>,
    kind: Kind,
}

/// Words of other languages that the rules read as they read English ones: classes and phrase of each.
pub(super) fn read_words() -> impl Iterator<Item = (&'static str, &'static str)> {
    ROWS.lines()
        .filter_map(|row| row.strip_prefix("word\t")?.split_once('\t')?.1.split_once('\t'))
        .flat_map(|(classes, phrases)| phrases.split(',').map(move |phrase| (classes, phrase.trim())))
}

/// The table of words and phrases.
pub(super) struct Table {
    words: HashMap<&'static str, Kind>,
    /// Phrases by their first word, the longest first.
    phrases: HashMap<&'static str, Vec<Phrase>>,
    /// Parts of words, for scripts and languages that join words.
    parts: Vec<(&'static str, Kind)>,
}

const ROWS: &str = include_str!("language.tsv");

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::load(ROWS));

impl Table {
    fn load(rows: &'static str) -> Self {
        let mut table = Self { words: HashMap::default(), phrases: HashMap::default(), parts: Vec::new() };
        for row in rows.lines().filter(|row| !row.starts_with('#')) {
            let columns: Vec<&str> = row.split('\t').collect();
            let (kind, words, of_a_part) = match columns[..] {
                ["english", words] => (Kind::English, words, false),
                ["stop", words] => (Kind::Stop, words, false),
                ["name-stop", words] => (Kind::NameStop, words, false),
                ["body", tongue, words] => (Kind::Body(tongue), words, false),
                ["pain", tongue, words] => (Kind::Pain(tongue), words, false),
                ["hip-part", tongue, words] => (Kind::Body(tongue), words, true),
                ["pain-part", tongue, words] => (Kind::Pain(tongue), words, true),
                _ => continue,
            };
            for word in words.split(',').map(str::trim).filter(|word| !word.is_empty()) {
                if of_a_part {
                    table.parts.push((word, kind));
                } else {
                    table.add(word, kind);
                }
            }
        }
        for phrases in table.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        table
    }

    fn add(&mut self, words: &'static str, kind: Kind) {
        let mut words = words.split_whitespace();
        let Some(first) = words.next() else { return };
        let rest: Vec<&str> = words.collect();
        if rest.is_empty() {
            // English words stand first in the file, so they win.
            self.words.entry(first).or_insert(kind);
        } else {
            self.phrases.entry(first).or_default().push(Phrase { rest, kind });
        }
    }

    /// What a word is by itself.
    pub(super) fn word(&self, word: &str) -> Option<Kind> {
        self.words.get(word).copied()
    }

    /// What the phrase at the start of these words is, and how many words it has.
    pub(super) fn phrase(&self, words: &[&str]) -> Option<(Kind, usize)> {
        let (first, after) = words.split_first()?;
        let phrases = self.phrases.get(first)?;
        let found = phrases.iter().find(|phrase| after.starts_with(&phrase.rest))?;
        Some((found.kind, 1 + found.rest.len()))
    }

    /// What a word is by a part of it, where it may be joined of several.
    pub(super) fn part(&self, word: &str) -> Option<Kind> {
        let joined = !word.is_ascii() || word.len() > LONG;
        joined.then(|| self.parts.iter().find(|(part, _)| word.contains(part)))?.map(|(_, kind)| *kind)
    }
}

/// A word of plain letters up to this length is not joined of others.
const LONG: usize = 7;

/// Whether a folded word, or a part of it, is a word of any language of the table.
pub(super) fn knows(word: &str) -> bool {
    TABLE.word(word).is_some() || TABLE.part(word).is_some()
}

/// Whether a folded word is common English.
pub(super) fn is_english(word: &str) -> bool {
    TABLE.word(word) == Some(Kind::English)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_of_a_kind_and_has_words() {
        for row in ROWS.lines().filter(|row| !row.starts_with('#') && !row.is_empty()) {
            let columns: Vec<&str> = row.split('\t').collect();
            let most = match columns[0] {
                "english" | "stop" | "name-stop" => 2,
                "word" => 4,
                _ => 3,
            };
            assert!(columns.len() == most && !columns[most - 1].is_empty(), "{row}");
        }
    }

    #[test]
    fn words_phrases_and_parts_are_found_with_their_language() {
        assert!(TABLE.word("hüfte") == Some(Kind::Body("German")));
        assert!(TABLE.phrase(&["tut", "weh", "heute"]) == Some((Kind::Pain("German"), 2)));
        assert!(TABLE.phrase(&["tut", "gut"]).is_none());
        assert!(TABLE.part("hüftschmerzen") == Some(Kind::Pain("German")));
        assert!(TABLE.part("hip").is_none());
    }
}
