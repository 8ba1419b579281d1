//! The most items of each kind that a configuration may hold, since each is compared with what a run contains. All
//! are far more than anyone writes by hand.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use toml::Spanned;

use super::corrections::Correction;
use super::mistake::{ConfigError, LineIndex};

/// Patterns under `ignore`; each is tried on every file.
pub(super) const MOST_PATTERNS: usize = 1_000;

/// Pairs of shoes: about one a day for thirty years.
pub(super) const MOST_SHOES: usize = 10_000;

/// Corrections: about one a day for thirty years.
pub(super) const MOST_CORRECTIONS: usize = 10_000;

/// Corrections of notes of one day; each is searched for in every note of that day.
pub(super) const MOST_OF_A_DAY: usize = 100;

/// Refuses too many corrections of one day's notes, with the line of the first one over the limit.
pub(super) fn at_most_a_day(lines: &[usize], all: &[Correction]) -> Result<(), ConfigError> {
    let mut of_day: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for (line, correction) in lines.iter().zip(all) {
        let Correction::Note { date, .. } = correction else { continue };
        let count = of_day.entry(*date).or_default();
        *count += 1;
        if *count > MOST_OF_A_DAY {
            let what = format!("there are more than {MOST_OF_A_DAY} corrections of notes of {date}");
            return Err(ConfigError { line: Some(*line), what });
        }
    }
    Ok(())
}

/// Refuses more than `most` items, with the line of the first one over the limit.
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
        let of_a_day = |count: usize| {
            let one = "[[corrections]]\ndate = 2025-03-04\ntext = \"shop\"\nreading = \"none\"\n";
            format!("{}{}", one.repeat(count), one.replace("-04", "-05"))
        };
        assert!(Config::parse(&of_a_day(MOST_OF_A_DAY)).is_ok());
        assert_eq!(
            told(of_a_day(MOST_OF_A_DAY + 1)),
            "401: there are more than 100 corrections of notes of 2025-03-04"
        );
        assert!(Config::parse(&shoes(MOST_SHOES)).is_ok() && Config::parse(&corrections(MOST_CORRECTIONS)).is_ok());
    }
}
