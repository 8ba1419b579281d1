//! `weekly-mileage-jump`: a week more than 10 % longer than the week before.
//!
//! `counted_jumps` holds how the statistics date a jump, which is stricter, and `allowance` how far a week may go
//! before it stands out. The limit is the guidance's (`run.progression.ten-percent`); the grading into notice and
//! warning is this tool's.

pub mod allowance;
pub mod counted_jumps;

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::{Family, Meta, Outcome, Remedy, Rule, RuleInput, ratio};
use crate::link::preset::Preset;
use crate::link::strata::Window;
use crate::model::dates::{day, day_month};
use crate::model::finding::{Finding, Severity, Unit};
use crate::model::threshold::{Origin, Threshold};
use crate::model::units::{Units, per_cent};
use crate::tables::{Baseline, REFERENCE_WEEKS, Week};

/// The rise above which a week is flagged, in hundredths of a per cent: 1,000 is 10 %. Used for the flag and in the
/// statistics.
pub const WEEKLY_JUMP: Threshold = Threshold {
    key: "weekly_jump",
    default: 1_000,
    unit: Unit::Share,
    origin: Origin::Guidance,
    configurable: true,
    meaning: "a week this much longer than the week before is flagged",
};

/// The rise above which the flag is a warning.
const WEEKLY_JUMP_WARNING: Threshold = Threshold {
    key: "weekly_jump_warning",
    default: 2_000,
    unit: Unit::Share,
    origin: Origin::Default,
    configurable: false,
    meaning: "above this rise the flag is a warning",
};

/// A rise of fewer metres than this stays a notice.
pub const WEEKLY_JUMP_SMALL: Threshold = Threshold {
    key: "weekly_jump_small",
    default: 3_000,
    unit: Unit::M,
    origin: Origin::Default,
    configurable: false,
    meaning: "a rise of less than this stays a notice, whatever its share; the statistics count larger ones alone",
};

/// The statistics count no jump where the reference is shorter than this.
pub const WEEKLY_JUMP_REFERENCE: Threshold = Threshold {
    key: "weekly_jump_reference",
    default: 5_000,
    unit: Unit::M,
    origin: Origin::Default,
    configurable: false,
    meaning: "the statistics count no jump above a reference shorter than this",
};

/// From this many days in a row without a run, the weeks after them count as a return.
pub const RETURN_RAMP_DAYS: Threshold = Threshold {
    key: "return_ramp_days",
    default: 7,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: false,
    meaning: "so many days in a row without a run in the four weeks before make a jump a return",
};

/// The id of the rule, in ids of findings and in the JSON.
pub(super) const ID: &str = "weekly-mileage-jump";

const META: Meta = Meta {
    id: ID,
    title: "Weekly distance jump",
    family: Family::Distance,
    counted: ("week", "weeks"),
    what: "A complete week that is more than {weekly_jump} longer than the complete week before it. Weeks with days nobody logged, \
           and the week that is still running, are not compared.",
    why: "Tissue adapts to load more slowly than fitness grows. The guidance asks for steps of at most a tenth a week.",
    example: "40.0 km, then 46.0 km: 15 % more, a notice. 40.0 km, then 52.0 km: 30 % more, a warning, unless the last \
              four weeks were as long on average.",
    grade: "guidance; trials are mixed",
    guidance: &["run.progression.ten-percent", "run.progression.ten-percent-why-002", "run.progression.gradual-002"],
    thresholds: &[&WEEKLY_JUMP, &WEEKLY_JUMP_WARNING, &WEEKLY_JUMP_SMALL, &WEEKLY_JUMP_REFERENCE, &RETURN_RAMP_DAYS],
    // Dated on the day on which the week passed its limit.
    link: Some(Preset { label: ID, window: Window::before(14), weight: 85, one: "a jump week", such: "such weeks" }),
    load_rise: true,
    week_totals_suffice: true,
    remedy: Remedy::ShortenWeek,
};

/// Compares each week with the one before.
pub(super) struct WeeklyMileageJump;

impl Rule for WeeklyMileageJump {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, seen: &RuleInput<'_>) -> Outcome {
        let compared: Vec<(&Week, u64)> = seen
            .weeks
            .iter()
            .filter_map(|week| match (week.baseline, week.distance_m) {
                (Baseline::Previous(previous), Some(_)) => Some((week, previous)),
                _ => None,
            })
            .collect();
        let findings = compared.iter().filter_map(|(week, previous)| judge(seen, week, *previous)).collect();
        Outcome::of(findings, compared.len() as u64, "no two complete weeks in a row with known distances")
    }

    fn figures(&self, finding: &Finding, units: Units) -> Option<String> {
        let [from, to] = ["previous_m", "week_m"].map(|name| units.show(finding.figure_m(name)));
        let rose = per_cent(finding.measured?);
        Some(format!("Week of {} rose {rose} ({from} to {to})", day_month(finding.from)))
    }

    fn sentence(&self, finding: &Finding, units: Units) -> String {
        let figure = |name| finding.figure_m(name);
        let at_least = if figure("runs_without_distance") > 0 { "at least " } else { "" };
        let mut text = format!(
            "Week of {}: {at_least}{}, {at_least}{} more than the {} of the week before.",
            day(finding.from),
            units.show(figure("week_m")),
            per_cent(finding.measured.unwrap_or_default()),
            units.show(figure("previous_m")),
        );
        if finding.has_tag("after-light-week") {
            text.push_str(" Back to normal after a light week.");
        }
        if finding.has_tag("return-ramp") {
            text.push_str(" It belongs to a return after days without running or with pain.");
        }
        text
    }

    fn flag_days(&self, _findings: &[Finding], seen: &RuleInput<'_>) -> (BTreeSet<NaiveDate>, BTreeSet<NaiveDate>) {
        let weeks = counted_jumps::week_loads(seen);
        let in_episode = |day| seen.in_episode(day);
        let limits = counted_jumps::Limits::of(seen.settings);
        (counted_jumps::jump_days(&weeks, &limits, in_episode), counted_jumps::blind_days(&weeks, in_episode))
    }

    fn day_for_statistics(&self, finding: &Finding, day: NaiveDate, seen: &RuleInput<'_>) -> NaiveDate {
        let Ok(index) = seen.weeks.binary_search_by_key(&finding.from, |week| week.start) else { return day };
        // No week before those of the reference matters.
        let first = index.saturating_sub(REFERENCE_WEEKS);
        let loads = counted_jumps::week_loads(&RuleInput { weeks: &seen.weeks[first..=index], ..*seen });
        counted_jumps::jump_crossed_on(&loads, index - first, &counted_jumps::Limits::of(seen.settings)).unwrap_or(day)
    }
}

fn judge(seen: &RuleInput<'_>, week: &Week, previous: u64) -> Option<Finding> {
    let total = week.distance_m?;
    let above = |metres: u64, share: &Threshold, base: u64| {
        10_000 * u128::from(metres) > (10_000 + u128::from(seen.settings.get(share))) * u128::from(base)
    };
    if !above(total, &WEEKLY_JUMP, previous) {
        return None;
    }
    // W ≤ (1 + share) · the mean of the four weeks before, multiplied by their number so that it need not be rounded.
    let after_light_week = week.four_before.is_some_and(|(sum, weeks)| !above(total * weeks, &WEEKLY_JUMP, sum));
    let small = total - previous < u64::from(seen.settings.get(&WEEKLY_JUMP_SMALL));
    let large = above(total, &WEEKLY_JUMP_WARNING, previous);
    let severity = if large && !after_light_week && !small { Severity::Warning } else { Severity::Notice };
    let mut tags = Vec::new();
    if after_light_week {
        tags.push("after-light-week".to_owned());
    }
    if is_return_ramp(seen, week.start) {
        tags.push("return-ramp".to_owned());
    }
    let limit = |sum: u64| above(sum, &WEEKLY_JUMP, previous);
    let mut figures = vec![("week_m", as_figure(total)), ("previous_m", as_figure(previous))];
    figures.push(("runs_without_distance", f64::from(week.runs_without_distance)));
    if let Some((sum, weeks)) = week.four_before {
        figures.push(("mean4_m", as_figure((2 * sum + weeks) / (2 * weeks))));
    }
    Some(Finding {
        id: format!("{}/{}", META.id, week.start),
        rule: META.id,
        severity,
        from: week.start,
        to: week.end,
        dated: crossing_day(seen, week, limit),
        measured: Some(ratio(total - previous, previous)),
        threshold: Some(seen.settings.in_unit(&WEEKLY_JUMP)),
        unit: Unit::Share,
        runs: seen.run_ids(week.start, week.end),
        tags,
        subject: None,
        figures,
    })
}

#[expect(clippy::cast_precision_loss, reason = "metres of a week are far below 2^53")]
fn as_figure(metres: u64) -> f64 {
    metres as f64
}

/// The first day on which the week's running total exceeds `limit`.
fn crossing_day(seen: &RuleInput<'_>, week: &Week, limit: impl Fn(u64) -> bool) -> NaiveDate {
    let mut total = 0;
    seen.days_between(week.start, week.end)
        .iter()
        .find(|day| {
            total += day.known_m;
            limit(total)
        })
        .map_or(week.end, |day| day.date)
}

/// True if the four weeks before `week_start` hold a day of an episode, or at least `RETURN_RAMP_DAYS` days in a row
/// without a run. Days before the first entry do not count.
fn is_return_ramp(seen: &RuleInput<'_>, week_start: NaiveDate) -> bool {
    let run_free_days = seen.settings.get(&RETURN_RAMP_DAYS);
    let from = week_start - Days::new(7 * REFERENCE_WEEKS as u64);
    let until = week_start - Days::new(1);
    if seen.episodes.iter().any(|episode| episode.onset <= until && episode.end >= from) {
        return true;
    }
    let mut in_a_row = 0;
    seen.days_between(from, until).iter().any(|day| {
        in_a_row = if day.runs == 0 { in_a_row + 1 } else { 0 };
        in_a_row >= run_free_days
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::Log;
    use super::*;

    /// Weeks with a run on Monday, and short ones on Thursday and Saturday so that no week looks like a break. The
    /// last two are 1 km together.
    fn findings(mondays_m: &[u32]) -> Vec<Finding> {
        let mut log = Log::new("2026-05-04");
        for (week, metres) in mondays_m.iter().enumerate() {
            let monday = log.day("2026-01-05") + Days::new(7 * week as u64);
            log.run(monday, Some(*metres - 1_000)).run(monday + Days::new(3), None.or(Some(500)));
            log.run(monday + Days::new(5), Some(500));
        }
        // No later week may be compared with the last one.
        log.as_of = log.day("2026-01-05") + Days::new(7 * mondays_m.len() as u64);
        log.check(&WeeklyMileageJump).findings().to_vec()
    }

    #[test]
    fn exactly_ten_per_cent_passes_and_a_metre_more_is_flagged() {
        assert!(findings(&[40_000, 44_000]).is_empty());
        let flagged = findings(&[40_000, 44_001]);
        assert_eq!(flagged.len(), 1);
        assert_eq!(flagged[0].id, "weekly-mileage-jump/2026-01-12");
        assert_eq!(flagged[0].severity, Severity::Notice);
    }

    #[test]
    fn more_than_twenty_per_cent_is_a_warning_unless_the_rise_is_small_or_follows_a_light_week() {
        assert_eq!(findings(&[40_000, 48_000])[0].severity, Severity::Notice);
        assert_eq!(findings(&[40_000, 48_001])[0].severity, Severity::Warning);
        // A rise of 2,999 m stays a notice, one of 3,000 m does not.
        assert_eq!(findings(&[10_000, 12_999])[0].severity, Severity::Notice);
        assert_eq!(findings(&[10_000, 13_000])[0].severity, Severity::Warning);
        // 40, 40, 40, then 20, then 38: the mean of the first four is 35, and 38 is within 110 % of it.
        let light = findings(&[40_000, 40_000, 40_000, 20_000, 38_000]);
        assert_eq!(light[0].severity, Severity::Notice);
        assert_eq!(light[0].tags, ["after-light-week"]);
        // 38,501 m is one metre above 110 % of 35 km.
        let heavy = findings(&[40_000, 40_000, 40_000, 20_000, 38_501]);
        assert_eq!(heavy[0].severity, Severity::Warning);
        assert!(heavy[0].tags.is_empty());
        assert!((heavy[0].measured.expect("a share") - 0.925_05).abs() < 1e-12);
    }

    #[test]
    fn it_is_dated_on_the_day_the_total_passed_the_limit() {
        // 10 km, so the limit is 11 km: 9 km on Monday, 500 m on Thursday, and 500 m on Saturday make 10 km only.
        let flagged = findings(&[10_000, 12_100]);
        // Monday alone has 11.1 km.
        assert_eq!(flagged[0].dated, flagged[0].from);
        // Monday 10.4 km, Thursday 10.9 km, Saturday 11.4 km.
        let flagged = findings(&[10_000, 11_400]);
        assert_eq!(flagged[0].dated, flagged[0].from + Days::new(5));
    }

    #[test]
    fn a_week_without_running_before_it_makes_it_a_return() {
        let mut log = Log::new("2026-02-16");
        for date in ["2026-01-05", "2026-01-10", "2026-01-12", "2026-01-26", "2026-01-30", "2026-02-04", "2026-02-10"] {
            let date = log.day(date);
            log.run(date, Some(5_000));
        }
        let more = log.day("2026-02-13");
        log.run(more, Some(9_000));
        // The week of 9 February: 14 km after 5 km; 13 to 25 January had no run.
        let outcome = log.check(&WeeklyMileageJump);
        let last = outcome.findings().last().expect("a finding");
        assert_eq!(last.id, "weekly-mileage-jump/2026-02-09");
        assert_eq!(last.tags, ["return-ramp"]);
    }

    #[test]
    fn a_week_with_an_unknown_distance_says_that_its_total_is_a_lower_bound() {
        let mut log = Log::new("2026-01-19");
        for (date, metres) in [("2026-01-05", Some(10_000)), ("2026-01-12", Some(15_000)), ("2026-01-14", None)] {
            let date = log.day(date);
            log.run(date, metres);
        }
        let outcome = log.check(&WeeklyMileageJump);
        assert_eq!(
            WeeklyMileageJump.sentence(&outcome.findings()[0], Units::Km),
            "Week of 12 Jan 2026: at least 15.0\u{a0}km, at least 50\u{a0}% more than the 10.0\u{a0}km of the week before."
        );
    }

    #[test]
    fn one_week_cannot_be_assessed() {
        let mut log = Log::new("2026-01-12");
        let monday = log.day("2026-01-05");
        log.run(monday, Some(5_000));
        assert!(matches!(log.check(&WeeklyMileageJump).verdict, super::super::Verdict::NotAssessed(_)));
    }
}
