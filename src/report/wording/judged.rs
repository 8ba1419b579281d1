//! Words for results: weeks, findings, shoes, links, settings.

use chrono::NaiveDate;

use super::missing::{DISTANCE_NOT_KNOWN, NO_RUN, NOTHING_KNOWN, NOTHING_YET};
use super::rise;
use crate::guidance;
use crate::model::finding::{Severity, Unit};
use crate::model::reading::Priority;
use crate::model::threshold::{Origin, Threshold};
use crate::model::units::Units;
use crate::report::contract::{Claim, Number, Report, ShoeRow, ShoeState, Week, WeekRow};
use crate::rules::{WEEKLY_JUMP, WEEKLY_JUMP_SMALL};

/// The urgency of a priority, in the guidance's words where it has them.
#[must_use]
pub fn urgency(priority: Priority) -> &'static str {
    match priority {
        Priority::P0 | Priority::P1 | Priority::P2 => guidance::ladder(priority),
        Priority::P3 => "Now, at home",
        Priority::P4 => "Training load",
        Priority::P5 => "Rebuilding, once pain has settled",
        Priority::P6 => "Habits",
    }
}

/// The sentence on the jumps that are shown as flags but not counted in the statistics.
#[must_use]
pub fn stricter_jumps(report: &Report) -> String {
    let value = |threshold: &Threshold| {
        report.settings.get(threshold.key).map_or_else(String::new, |setting| match threshold.unit {
            Unit::M => report.view.units.show(whole_metres(setting.value)),
            _ => super::setting(setting, report.view.units),
        })
    };
    format!(
        "A jump week counts here only where it is at least {} and {} above both the week before and the mean of the four \
         weeks before, and follows neither a break nor pain. So there are fewer than the weeks flagged above.",
        value(&WEEKLY_JUMP_SMALL),
        value(&WEEKLY_JUMP),
    )
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a saturating cast is what is wanted")]
fn whole_metres(value: Number) -> u64 {
    value.0.max(0.0) as u64
}

/// What holds for every link, said once after all of them.
pub const BEHIND_ALL_LINKS: &str = "That one thing came before another does not show that it led to it. A link that is not shown, \
                            or a wide range, does not mean that there is none.";

/// True for a week without any entry yet, given the day of the log's last entry. That is not a week without a run.
#[must_use]
pub fn nothing_logged(week: &Week, log_to: Option<NaiveDate>) -> bool {
    week.runs == 0 && log_to.is_none_or(|last| last < week.start)
}

/// A week's distance, or why there is none. It says so if the week is not wholly logged, not over, or has a run
/// without a distance.
#[must_use]
pub fn week_distance(week: &Week, log_to: Option<NaiveDate>, units: Units) -> String {
    let known = match week.distance_m {
        Some(metres) if week.runs_without_distance > 0 => format!("at least {}", units.show(metres)),
        Some(metres) => units.show(metres),
        None if !week.observed => NOTHING_KNOWN.to_owned(),
        None if week.runs > 0 => DISTANCE_NOT_KNOWN.to_owned(),
        None => NO_RUN.to_owned(),
    };
    match log_to {
        _ if week.complete => known,
        _ if nothing_logged(week, log_to) => NOTHING_YET.to_owned(),
        // Only the days of the week in which the log begins are logged.
        Some(last) if last > week.end => format!("{known} in the days logged"),
        _ => format!("{known} so far"),
    }
}

/// The number of a week's runs, or a dash where nothing is logged yet.
#[must_use]
pub fn week_runs(week: &Week, log_to: Option<NaiveDate>) -> String {
    if !week.complete && nothing_logged(week, log_to) { "–".to_owned() } else { week.runs.to_string() }
}

/// A week's change against the week before. A total that is a lower bound cannot be said to have fallen.
#[must_use]
pub fn week_change(row: &WeekRow) -> String {
    match row.change {
        Some(Number(share)) if row.week.runs_without_distance > 0 && share <= 0.0 => "–".to_owned(),
        Some(share) if row.week.runs_without_distance > 0 => format!("at least {}", rise(share)),
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

/// The state of a pair of shoes.
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

/// What may be claimed of a link, in a few words.
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

/// The origin of a threshold.
#[must_use]
pub fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Guidance => "guidance text",
        Origin::Default => "set by this tool",
        Origin::Config => "your configuration",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixtures;

    #[test]
    fn a_part_of_a_week_is_named_as_one_and_an_unlogged_one_has_no_distance() {
        let date = fixtures::date;
        let mut week = fixtures::clear().weeks.pop().expect("a week").week;
        let (start, end) = (week.start, week.end);
        (week.complete, week.runs, week.distance_m) = (false, 2, Some(12_400));
        let words = |week: &Week, last| week_distance(week, last, Units::Km);
        assert_eq!(words(&week, Some(start)), "12.4\u{a0}km so far");
        assert_eq!(words(&week, Some(end + chrono::Days::new(1))), "12.4\u{a0}km in the days logged");
        (week.runs, week.distance_m) = (0, Some(0));
        assert_eq!(words(&week, Some(date("2025-12-31"))), "nothing logged yet");
        assert_eq!(words(&week, None), "nothing logged yet");
        assert_eq!(words(&week, Some(start)), "0.0\u{a0}km so far", "a note was written, so there was no run");
        week.complete = true;
        assert_eq!(words(&week, Some(end)), "0.0\u{a0}km");
    }
}
