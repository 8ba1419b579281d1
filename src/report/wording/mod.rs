//! The plain words that all formats of the report share: dates, scores, sides, signs, priorities. It holds no figures
//! of its own and no markup.

mod figure;
mod hip;
mod judged;
mod missing;
mod shoe_name;

use super::plain;

pub use crate::model::dates::{day, day_month, long, month, month_short, near, near_range, range};
pub use figure::{fine_per_cent, plain_number, probability, rise, score, setting};
pub use hip::{
    assumed_hip, days_before, episode_days, hip, hip_short, injury, load, place, region, side, signs, spot, timing,
};
pub use judged::{
    BEHIND_ALL_LINKS, claim, nothing_logged, origin, severity, shoe_state, stricter_jumps, urgency, week_change,
    week_distance, week_runs,
};
pub use missing::{DISTANCE_NOT_KNOWN, NO_RUN, NO_RUN_LOGGED, NO_SHOES, NOT_KNOWN, NOTHING_KNOWN, NOTHING_YET};
pub use shoe_name::perhaps;

/// A count with its noun: `1 week`, `2 weeks`.
#[must_use]
pub fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// How many days the log spans, and on how many of them nothing is known.
#[must_use]
pub fn days_known(observed: u64, missing: u64) -> String {
    let spans = format!("The log spans {}", counted(observed + missing, "day", "days"));
    match missing {
        0 => format!("{spans}."),
        1 => format!("{spans}; of 1 of them nothing is known, so it does not count as rest."),
        _ => format!("{spans}; of {missing} of them nothing is known, so they do not count as rest."),
    }
}

/// A reading's kebab-case word with spaces for hyphens.
#[must_use]
pub fn spaced(value: impl Into<&'static str>) -> String {
    crate::model::reading::name_of(value).replace('-', " ")
}

/// Words in a list: `a, b and c`.
#[must_use]
pub fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [firsts @ .., last] => format!("{} and {last}", firsts.join(", ")),
    }
}

/// The text with a capital first letter.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A name that somebody wrote, on one line and limited in length.
#[must_use]
pub fn name(text: &str) -> String {
    plain::cut(&plain::one_line(text), plain::NAME_CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_days_are_counted_within_the_days_of_the_log() {
        assert_eq!(
            days_known(679, 51),
            "The log spans 730 days; of 51 of them nothing is known, so they do not count as rest."
        );
        assert_eq!(days_known(1, 0), "The log spans 1 day.");
    }

    #[test]
    fn lists_read_as_english() {
        let words = |n: usize| ["a", "b", "c"][..n].iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            (listed(&words(1)), listed(&words(2)), listed(&words(3))),
            ("a".into(), "a and b".into(), "a, b and c".into())
        );
    }
}
