//! `long-running-streak`: more running days in a row than the maximum.
//!
//! The guidance asks for rest days (`rest-days.adequate-002`) without a number; the limit of six is this tool's.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::{Family, Meta, Outcome, Remedy, Rule, RuleInput, count, whole};
use crate::link::preset::Preset;
use crate::link::strata::Window;
use crate::model::dates::{day, day_month};
use crate::model::finding::{Finding, Severity, Unit};
use crate::model::threshold::{Origin, Threshold};
use crate::model::units::Units;

/// More running days in a row than this are flagged.
pub const MAX_STREAK_DAYS: Threshold = Threshold {
    key: "max_streak_days",
    default: 6,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: true,
    meaning: "more running days in a row are flagged; no guidance text gives a number",
};

/// The id of the rule, in ids of findings and in the JSON.
pub(super) const ID: &str = "long-running-streak";

const META: Meta = Meta {
    id: ID,
    title: "Long running streak",
    family: Family::Rest,
    counted: ("stretch of running days", "stretches of running days"),
    what: "Runs on more than {max_streak_days} in a row, whatever week they fall in.",
    why: "A streak across two weeks can hide from the count of rest days in each. The guidance asks for days of rest \
          between loads.",
    example: "Runs every day from Thursday to the Wednesday after: seven in a row, a warning.",
    grade: "weak; the number is this tool's",
    guidance: &["rest-days.adequate-002", "rest-days.why-002"],
    thresholds: &[&MAX_STREAK_DAYS],
    // Every day past the maximum is a flag day.
    link: Some(Preset {
        label: ID,
        window: Window::before(14),
        weight: 5,
        one: "a long running streak",
        such: "such streaks",
    }),
    load_rise: false,
    week_totals_suffice: false,
    remedy: Remedy::BreakStreak,
};

/// Judges streaks of days with a run.
pub(super) struct LongRunningStreak;

impl Rule for LongRunningStreak {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, seen: &RuleInput<'_>) -> Outcome {
        let mut streaks: Vec<(NaiveDate, NaiveDate)> = Vec::new();
        for run in seen.runs {
            match streaks.last_mut() {
                Some((_, to)) if *to == run.date => {}
                Some((_, to)) if *to + Days::new(1) == run.date => *to = run.date,
                _ => streaks.push((run.date, run.date)),
            }
        }
        let maximum = seen.settings.get(&MAX_STREAK_DAYS);
        let findings = streaks
            .iter()
            .map(|&(from, to)| (from, to, (to - from).num_days() + 1))
            .filter(|&(_, _, days)| days > i64::from(maximum))
            .map(|(from, to, days)| Finding {
                id: format!("{}/{from}", META.id),
                rule: META.id,
                severity: Severity::Warning,
                from,
                to,
                dated: from + Days::new(u64::from(maximum)),
                measured: i32::try_from(days).ok().map(f64::from),
                threshold: Some(seen.settings.in_unit(&MAX_STREAK_DAYS)),
                unit: Unit::Days,
                runs: seen.run_ids(from, to),
                tags: Vec::new(),
                subject: None,
                figures: Vec::new(),
            })
            .collect();
        Outcome::of(findings, streaks.len() as u64, "no run")
    }

    fn figures(&self, finding: &Finding, _units: Units) -> Option<String> {
        let days = count(whole(Some(finding.measured?)), "running day", "running days");
        Some(format!("{days} in a row up to {}", day_month(finding.to)))
    }

    fn sentence(&self, finding: &Finding, _units: Units) -> String {
        format!(
            "{:.0} running days in a row, from {} to {}; the limit is {:.0}.",
            finding.measured.unwrap_or_default(),
            day(finding.from),
            day(finding.to),
            finding.threshold.unwrap_or_default(),
        )
    }

    fn day_before(&self, finding: &Finding, onset: NaiveDate, _seen: &RuleInput<'_>) -> Option<NaiveDate> {
        // The latest of its flag days before the onset counts.
        Some(finding.to.min(onset - Days::new(1)).max(finding.dated))
    }

    fn flag_days(&self, _findings: &[Finding], seen: &RuleInput<'_>) -> (BTreeSet<NaiveDate>, BTreeSet<NaiveDate>) {
        let run_days = seen.days.iter().filter(|day| day.runs > 0).map(|day| day.date);
        (days_past(run_days, seen.settings.get(&MAX_STREAK_DAYS)), BTreeSet::new())
    }
}

/// The running days beyond the first `maximum` of each streak.
pub fn days_past(run_days: impl IntoIterator<Item = NaiveDate>, maximum: u32) -> BTreeSet<NaiveDate> {
    let mut past = BTreeSet::new();
    let mut before: Option<NaiveDate> = None;
    let mut length = 0;
    for day in run_days {
        length = if before.and_then(|day| day.succ_opt()) == Some(day) { length + 1 } else { 1 };
        if length > maximum {
            past.insert(day);
        }
        before = Some(day);
    }
    past
}

#[cfg(test)]
mod tests {
    use super::super::testing::Log;
    use super::*;

    fn days_in_a_row(n: u64) -> Outcome {
        let mut log = Log::new("2026-03-01");
        let first = log.day("2026-01-08");
        for offset in 0..n {
            log.run(first + Days::new(offset), Some(5_000));
        }
        log.run(first + Days::new(n + 1), Some(5_000));
        log.check(&LongRunningStreak)
    }

    #[test]
    fn six_days_pass_and_seven_are_one_warning() {
        assert!(days_in_a_row(6).findings().is_empty());
        let seven = days_in_a_row(7);
        assert_eq!(seven.findings().len(), 1);
        let found = &seven.findings()[0];
        assert_eq!((found.id.as_str(), found.measured), ("long-running-streak/2026-01-08", Some(7.0)));
        assert_eq!(found.dated, "2026-01-14".parse::<NaiveDate>().expect("a date"));
        assert_eq!(days_in_a_row(20).findings().len(), 1);
        assert_eq!(seven.assessed, 2);
    }

    #[test]
    fn two_runs_on_a_day_do_not_lengthen_or_break_it() {
        let mut log = Log::new("2026-03-01");
        for date in [
            "2026-01-08",
            "2026-01-08",
            "2026-01-09",
            "2026-01-10",
            "2026-01-10",
            "2026-01-11",
            "2026-01-12",
            "2026-01-13",
        ] {
            let date = log.day(date);
            log.run(date, Some(5_000));
        }
        assert!(log.check(&LongRunningStreak).findings().is_empty());
    }

    #[test]
    fn a_streak_flags_every_day_beyond_the_sixth() {
        let days = |list: &[u32]| {
            list.iter().map(|&d| NaiveDate::from_ymd_opt(2026, 3, d).expect("a day")).collect::<BTreeSet<_>>()
        };
        assert_eq!(days_past(days(&[1, 2, 3, 4, 5, 6]), 6), days(&[]));
        assert_eq!(days_past(days(&[1, 2, 3, 4, 5, 6, 7, 8, 10, 11]), 6), days(&[7, 8]));
    }
}
