//! A header as words: what it asks, and what its cells then say. It gives no word a meaning.

use super::asked;
use super::header;
use super::words;
use crate::import::word_key::spaced;

/// A header as words. Of "Hip (L)" they are "left Hip".
#[derive(Debug, Default)]
pub struct Lead {
    words: String,
    /// The highest score, where the header names one.
    out_of: Option<u32>,
}

impl Lead {
    /// `hip_pain` and `hipPain` are "hip pain", and of "hip pain (0-10)" the scale is known.
    pub fn of(headers: &[String], index: usize) -> Self {
        let shown = headers.get(index).map(|cell| header::without_markup(cell)).unwrap_or_default();
        let words = spaced(&shown);
        let (rest, out_of) = header::without_scale(&words);
        let (rest, side) = header::without_side(&rest);
        let rest = header::without_unit(rest).trim().trim_end_matches([':', '?']).trim();
        // A column called "Sx" is one of symptoms, and not of the left side.
        let words = if rest.len() < 3 && words::side(rest).is_some() { String::new() } else { rest.to_owned() };
        let words = match side {
            Some(side) if !words.is_empty() => format!("{side} {words}"),
            _ => words,
        };
        Self { words, out_of }
    }

    /// A question that stands in a cell.
    pub fn asking(words: String) -> Self {
        Self { words, out_of: None }
    }

    /// Its words, without scale and unit.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// The cell as the answer that it is: "none" to what one can do is "no".
    pub fn answer<'c>(&self, cell: &'c str) -> &'c str {
        let cell = asked::meant(cell);
        if asked::is_never(cell) || asked::is_none(cell) && asked::is_of_function(&self.words) { "no" } else { cell }
    }

    /// A cell behind the header, or a denial of what the header asks; `None` where the header denies already.
    pub fn with(&self, cell: &str) -> Option<String> {
        let figure = !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
        let shown = match self.out_of {
            Some(out_of) if figure => format!("{cell}/{out_of}"),
            _ => cell.to_owned(),
        };
        let words = if asked::affirms(cell) { self.words.as_str() } else { self.in_short() };
        if words.is_empty() {
            return Some(shown);
        }
        match asked::denies(cell) {
            true if asked::is_denying(words) => None,
            // "No numbness: no" is numbness.
            true if asked::is_negated(words) => words.split_once(' ').map(|(_, rest)| format!("{rest}: yes")),
            true if asked::is_of_function(words) => Some(format!("{words}: no")),
            true if figure => Some(format!("no {}: {shown}", asked::subject(words))),
            true => Some(format!("no {}", asked::subject(words))),
            false => Some(format!("{words}: {shown}")),
        }
    }

    /// The header without explanations in brackets, of which "no" would deny the last alone.
    fn in_short(&self) -> &str {
        self.words.split(['(', '[']).next().unwrap_or_default().trim().trim_end_matches(['?', ':'])
    }
}
