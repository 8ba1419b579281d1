//! How numbers and denials may be written: a table loaded once from its file. It judges nothing.

use std::sync::LazyLock;

const ROWS: &str = include_str!("spelling.tsv");

static SPELLING: LazyLock<Spelling> = LazyLock::new(|| Spelling::load(ROWS));

/// The ways of writing numbers and denials.
struct Spelling {
    /// The words for 0, 1, 2 and so on, in this order.
    numbers: Vec<&'static str>,
    /// Words that make a score of the number before them.
    out_of_ten: Vec<&'static str>,
    /// Verbs, each with its contraction with "not".
    with_not: Vec<(&'static str, &'static str)>,
}

impl Spelling {
    fn load(rows: &'static str) -> Self {
        let entries = |kind: &str| -> Vec<&'static str> {
            let row = rows.lines().filter_map(|row| row.split_once('\t')).find(|(name, _)| *name == kind);
            row.map_or_else(Vec::new, |(_, entries)| entries.split(',').map(str::trim).collect())
        };
        let with_not = entries("not").into_iter().filter_map(|entry| entry.split_once(' ')).collect();
        Self { numbers: entries("number"), out_of_ten: entries("out-of-ten"), with_not }
    }
}

/// The value of a number word: `six` is 6.
pub(super) fn value_of(word: &str) -> Option<u8> {
    (0..).zip(&SPELLING.numbers).find_map(|(value, number)| (*number == word).then_some(value))
}

/// The length in bytes of "out of ten", or words for it, at the start of the text.
pub(super) fn out_of_ten(rest: &str) -> Option<usize> {
    let stands = |words: &&&str| {
        rest.get(..words.len()).is_some_and(|front| front.eq_ignore_ascii_case(words))
            && !rest[words.len()..].starts_with(char::is_alphanumeric)
    };
    SPELLING.out_of_ten.iter().find(stands).map(|words| words.len())
}

/// The contraction of a verb with "not", as the lexicon writes it: `could` gives `couldnt`.
pub(super) fn with_not(verb: &str) -> Option<&'static str> {
    SPELLING.with_not.iter().find_map(|(whole, contraction)| (*whole == verb).then_some(*contraction))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_scores_and_denials_are_read_from_the_table() {
        assert_eq!(["zero", "six", "ten", "eleven"].map(value_of), [Some(0), Some(6), Some(10), None]);
        assert_eq!(out_of_ten("Outta Ten, easily"), Some(9));
        assert_eq!(out_of_ten("of 100"), None);
        assert_eq!([with_not("will"), with_not("run")], [Some("wont"), None]);
    }

    #[test]
    fn every_verb_with_not_is_a_denial_of_the_lexicon() {
        assert_eq!(SPELLING.with_not.len(), 8);
        for (verb, contraction) in &SPELLING.with_not {
            assert!(super::super::lexicon::lexicon().knows(contraction), "{verb}");
        }
    }
}
