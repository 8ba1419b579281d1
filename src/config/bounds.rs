//! How many of each thing a configuration may hold: what a run meets is compared with them. Far more than anyone writes by
//! hand.

use toml::Spanned;

use super::mistake::{ConfigError, LineIndex};

/// Patterns under `ignore`, each of which is tried on every file.
pub(super) const MOST_PATTERNS: usize = 1_000;

/// Pairs of shoes. Nobody wears out one a day for thirty years.
pub(super) const MOST_SHOES: usize = 10_000;

/// Corrections. One a day for thirty years are as many.
pub(super) const MOST_CORRECTIONS: usize = 10_000;

/// Refuses more than `most`, with the line of the first that is too much.
pub(super) fn at_most<T>(lines: &LineIndex, all: &[Spanned<T>], most: usize, what: &str) -> Result<(), ConfigError> {
    all.get(most).map_or(Ok(()), |over| Err(lines.error(over, format!("there are more than {most} {what}"))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn as_many_as_allowed_are_read_and_one_more_is_told_with_its_line() {
        let patterns = |count: usize| format!("ignore = [\n{}]\n", "\"old/*.gpx\",\n".repeat(count));
        let shoes = |count: usize| {
            let pairs = (0..count).map(|number| format!("[[shoes]]\nname = \"Pair {number}\"\n"));
            pairs.collect::<Vec<_>>().concat()
        };
        let corrections = |count: usize| "[[corrections]]\nrun = \"20250304\"\nignore = true\n".repeat(count);
        assert_eq!(Config::parse(&patterns(MOST_PATTERNS)).unwrap().ignore.len(), MOST_PATTERNS);
        let told = |text: String| Config::parse(&text).unwrap_err().to_string();
        assert_eq!(told(patterns(MOST_PATTERNS + 1)), "1002: there are more than 1000 patterns under ignore");
        assert_eq!(told(shoes(MOST_SHOES + 1)), "20001: there are more than 10000 pairs of shoes");
        assert_eq!(told(corrections(MOST_CORRECTIONS + 1)), "30001: there are more than 10000 corrections");
        assert!(Config::parse(&shoes(MOST_SHOES)).is_ok() && Config::parse(&corrections(MOST_CORRECTIONS)).is_ok());
    }
}
