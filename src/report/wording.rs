//! The plain words of the report that every format for people shares: dates, scores, sides, signs, priorities. It holds
//! no figures of its own and no markup.

use std::collections::BTreeSet;

pub use super::dates::{day, day_month, long, month, month_short, near, near_range, range};
use super::plain;
use crate::model::finding::{Severity, Unit};
use crate::model::note::AssumedHip;
use crate::model::reading::{Flag, Priority, Region, Side};
use crate::model::threshold::Origin;
use crate::model::units::{NO_BREAK, Units};
use crate::report::contract::{Claim, EpisodeRow, Number, Setting, ShoeRow, ShoeState, WeekRow};

/// `1 week`, `2 weeks`.
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

/// A number with at most two decimals, as a person writes it.
#[must_use]
pub fn plain_number(value: f64) -> String {
    if !value.is_finite() {
        return "not known".to_owned();
    }
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A p value: three decimals, and never zero.
#[must_use]
pub fn probability(p: f64) -> String {
    if p < 0.001 { "under 0.001".to_owned() } else { format!("{p:.3}") }
}

/// A share as a signed rise, such as `+26 %`.
#[must_use]
pub fn rise(share: Number) -> String {
    format!("{:+.0}{NO_BREAK}%", (share.0 * 100.0).round())
}

/// A share in per cent, such as `10 %`.
#[must_use]
pub fn per_cent(share: f64) -> String {
    format!("{}{NO_BREAK}%", plain_number((share * 10_000.0).round() / 100.0))
}

/// `6/10`.
#[must_use]
pub fn score(score: Number) -> String {
    format!("{}/10", plain_number(score.0))
}

/// A length in the report's unit and, behind it, in the other.
#[must_use]
pub fn both_units(units: Units, metres: u64) -> String {
    let other = if units == Units::Km { Units::Mi } else { Units::Km };
    format!("{} ({})", units.show(metres), other.show(metres))
}

/// `Left hip`.
#[must_use]
pub fn hip(side: Side) -> &'static str {
    match side {
        Side::Left => "Left hip",
        Side::Right => "Right hip",
        Side::Both => "Both hips",
        Side::Unknown => "Hip, side not named",
    }
}

/// `left hip`.
#[must_use]
pub fn hip_short(side: Side) -> &'static str {
    match side {
        Side::Left => "left hip",
        Side::Right => "right hip",
        Side::Both => "both hips",
        Side::Unknown => "hip",
    }
}

/// `left`.
#[must_use]
pub fn side(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
        Side::Both => "both",
        Side::Unknown => "hip",
    }
}

/// `outer side`.
#[must_use]
pub fn region(region: Region) -> &'static str {
    match region {
        Region::Outer => "outer side",
        Region::FrontGroin => "front or groin",
        Region::Buttock => "buttock",
        Region::Radiating => "down the leg",
        Region::General => "no spot named",
    }
}

/// What stands beside a note that names no place.
#[must_use]
pub fn assumed_hip(why: AssumedHip) -> &'static str {
    match why {
        AssumedHip::OpenEpisode => "names no place; taken as the hip of the open episode",
        AssumedHip::NotesFile => "names no place; taken as the hip, which its file is about",
    }
}

/// `Left hip, outer side`.
#[must_use]
pub fn place(episode: &EpisodeRow) -> String {
    match episode.region {
        Region::General => hip(episode.side).to_owned(),
        spot => format!("{}, {}", hip(episode.side), region(spot)),
    }
}

/// `12 Jan 2026, still open` or the days from first to last.
#[must_use]
pub fn episode_days(episode: &EpisodeRow) -> String {
    if episode.open { format!("since {}", day(episode.onset)) } else { range(episode.onset, episode.end) }
}

/// Warning signs in a row. Some hold a comma, so what stands between them is more.
#[must_use]
pub fn signs(flags: &BTreeSet<Flag>) -> String {
    flags.iter().map(|flag| flag.words()).collect::<Vec<_>>().join("; ")
}

/// The urgency of a priority, in the guidance's words.
#[must_use]
pub fn urgency(priority: Priority) -> &'static str {
    match priority {
        Priority::P0 => "Get emergency medical help now",
        Priority::P1 => "Stop running and get medical assessment today",
        Priority::P2 => "Arrange to see a doctor (GP or sports doctor)",
        Priority::P3 => "Now, at home",
        Priority::P4 => "Training load",
        Priority::P5 => "Rebuilding, once pain has settled",
        Priority::P6 => "Habits",
    }
}

/// Why the statistics count fewer flags than are shown: the jumps they leave out.
pub const STRICTER_JUMPS: &str = "A jump week counts here only where it is at least 3\u{a0}km and 10\u{a0}% above both the week \
                                  before and the mean of the four weeks before, and follows neither a break nor pain. So \
                                  there are fewer than the weeks flagged above.";

/// What holds for every link, said once behind them all.
pub const NO_CAUSE: &str = "That one thing came before another does not show that it led to it. A link that is not shown, \
                            or a wide range, does not mean that there is none.";

/// A link's text without what [`NO_CAUSE`] says behind all of them.
#[must_use]
pub fn link_text(text: &str) -> String {
    text.strip_suffix(crate::link::NO_CAUSE).map_or_else(|| text.to_owned(), |bare| format!("{bare}."))
}

/// A week's distance, or why there is none; what is not over or holds a run without a distance says so.
#[must_use]
pub fn week_distance(week: &WeekRow, units: Units) -> String {
    let known = match week.distance_m {
        Some(metres) if week.runs_without_distance > 0 => format!("at least {}", units.show(metres)),
        Some(metres) => units.show(metres),
        None if !week.observed => "nothing known".to_owned(),
        None if week.runs > 0 => "distance not known".to_owned(),
        None => "no run".to_owned(),
    };
    if week.complete { known } else { format!("{known} so far") }
}

/// A week's change against the week before. A total that is a lower bound cannot be said to have fallen.
#[must_use]
pub fn week_change(week: &WeekRow) -> String {
    match week.change {
        Some(Number(share)) if week.runs_without_distance > 0 && share <= 0.0 => "–".to_owned(),
        Some(share) if week.runs_without_distance > 0 => format!("at least {}", rise(share)),
        Some(share) => rise(share),
        None => "–".to_owned(),
    }
}

/// How much a finding matters, in one word.
#[must_use]
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Notice => "notice",
        Severity::Warning => "warning",
        Severity::Urgent => "urgent",
    }
}

/// Where a pair of shoes stands.
#[must_use]
pub fn shoe_state(shoe: &ShoeRow) -> &'static str {
    match shoe.state {
        ShoeState::Ok => "below its window",
        ShoeState::Due => "in its replacement window",
        ShoeState::Worn => "past its replacement window",
        ShoeState::Retired => "retired",
        ShoeState::Unknown => "at least this; more may be missing",
    }
}

/// What may be said of a link, in a few words.
#[must_use]
pub fn claim(claim: Claim) -> &'static str {
    match claim {
        Claim::TimelineOnly => "too few episodes to count",
        Claim::CountsOnly => "counts only",
        Claim::CannotBeTested => "cannot be tested with this log",
        Claim::NotShown => "not shown in this log",
        Claim::MoreOftenThanChance => "more often than chance explains",
    }
}

/// Where a threshold comes from.
#[must_use]
pub fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Guidance => "guidance text",
        Origin::Default => "set by this tool",
        Origin::Config => "your configuration",
    }
}

/// A setting's value with its unit.
#[must_use]
pub fn setting(setting: &Setting, units: Units) -> String {
    measure(setting.value, setting.unit, units)
}

/// A finding's measure with its unit.
#[must_use]
pub fn measure(value: Number, unit: Unit, units: Units) -> String {
    match unit {
        Unit::Share => per_cent(value.0),
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a saturating cast is what is wanted"
        )]
        Unit::M => both_units(units, value.0.max(0.0) as u64),
        Unit::Days => match plain_number(value.0).as_str() {
            "1" => "1 day".to_owned(),
            n => format!("{n} days"),
        },
        Unit::Count => plain_number(value.0),
        Unit::Score => score(value),
    }
}

/// A reading's kebab-case word with blanks for hyphens.
#[must_use]
pub fn spaced<T: serde::Serialize>(value: &T) -> String {
    crate::model::reading::name_of(value).replace('-', " ")
}

/// `2 and 9 days before`, `the day before`, `on the day itself`.
#[must_use]
pub fn days_before(days: &[i64]) -> String {
    match days {
        [0] => "on the day itself".to_owned(),
        [1] => "the day before".to_owned(),
        many => format!("{} days before", listed(&many.iter().map(i64::to_string).collect::<Vec<_>>())),
    }
}

/// Distance and shoes before an onset: sentences.
#[must_use]
pub fn load(episode: &EpisodeRow, units: Units) -> String {
    let mut words = match (episode.load.last_7_days_m, episode.load.usual_7_days_m) {
        (Some(last), Some(usual)) => {
            format!("Run in the 7 days before: {}; usual for 7 days: {}.", units.show(last), units.show(usual))
        }
        (Some(last), None) => format!("Run in the 7 days before: {}; what was usual is not known.", units.show(last)),
        (None, _) => "The distance of the 7 days before is not known.".to_owned(),
    };
    if let Some(shoe) = &episode.shoe_at_onset {
        words.push_str(" Shoes then: ");
        words.push_str(&name(&shoe.name));
        words.push_str(", ");
        words.push_str(&units.show(shoe.distance_m));
        words.push('.');
    }
    words
}

/// Words in a row: `a, b and c`.
#[must_use]
pub fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [firsts @ .., last] => format!("{} and {last}", firsts.join(", ")),
    }
}

/// The same with its first letter as a capital.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A name that somebody wrote, on one line and of bearable length.
#[must_use]
pub fn name(text: &str) -> String {
    plain::cut(&plain::one_line(text), plain::NAME_CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_carry_their_unit() {
        assert_eq!(measure(Number(0.1), Unit::Share, Units::Km), "10\u{a0}%");
        assert_eq!(measure(Number(482_803.0), Unit::M, Units::Mi), "300\u{a0}mi (483\u{a0}km)");
        assert_eq!(measure(Number(1.0), Unit::Days, Units::Km), "1 day");
        assert_eq!(measure(Number(2.5), Unit::Score, Units::Km), "2.5/10");
        assert_eq!(rise(Number(0.256)), "+26\u{a0}%");
        assert_eq!(rise(Number(-0.08)), "-8\u{a0}%");
    }

    #[test]
    fn a_p_value_is_never_written_as_zero() {
        assert_eq!(probability(0.002_9), "0.003");
        assert_eq!(probability(0.000_4), "under 0.001");
        assert_eq!(probability(0.28), "0.280");
    }

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
