//! `return-after-break`: the first run after two weeks or more without one.

use super::{Family, Meta, Outcome, Remedy, Rule, RuleInput, count, whole};
use crate::model::dates::{day, day_month};
use crate::model::finding::{Finding, Severity, Unit};
use crate::model::threshold::{Origin, Settings, Threshold};
use crate::model::units::Units;

/// The number of days without a run that make a break.
const BREAK_DAYS: Threshold = Threshold {
    key: "break_days",
    default: 14,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: false,
    meaning: "so many days without a run, logged or not, make a break",
};

const META: Meta = Meta {
    id: "return-after-break",
    title: "Return after a break",
    family: Family::Distance,
    counted: ("gap between runs", "gaps between runs"),
    what: "The first run after {break_days} or more without a run, whether or not those days were logged otherwise.",
    why: "After a break the body is used to less. The guidance asks for gradual steps, and the weeks after a return have \
          no fair week to be compared with.",
    example: "Last run on 1 March, next on 20 March: 18 days without a run.",
    grade: "for orientation",
    guidance: &["run.progression.gradual-002"],
    thresholds: &[&BREAK_DAYS],
    link: None,
    load_rise: false,
    week_totals_suffice: false,
    remedy: Remedy::None("Nothing to remove: the first weeks after a break have no fair week to be held against."),
};

/// Compares the days of each run and the next one.
pub(super) struct ReturnAfterBreak;

impl Rule for ReturnAfterBreak {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, seen: &RuleInput<'_>) -> Outcome {
        let least = i64::from(seen.settings.get(&BREAK_DAYS));
        let findings = seen
            .runs
            .windows(2)
            .map(|pair| (&pair[0], &pair[1], (pair[1].date - pair[0].date).num_days() - 1))
            .filter(|&(_, _, days)| days >= least)
            .map(|(_, back, days)| Finding {
                id: format!("{}/{}", META.id, back.date),
                rule: META.id,
                severity: Severity::Info,
                from: back.date,
                to: back.date,
                dated: back.date,
                measured: i32::try_from(days).ok().map(f64::from),
                threshold: Some(seen.settings.in_unit(&BREAK_DAYS)),
                unit: Unit::Days,
                runs: vec![back.id.to_owned()],
                tags: Vec::new(),
                subject: None,
                figures: Vec::new(),
            })
            .collect();
        Outcome::of(findings, seen.runs.len().saturating_sub(1) as u64, "fewer than two runs")
    }

    fn figures(&self, finding: &Finding, _units: Units) -> Option<String> {
        let days = count(whole(Some(finding.measured?)), "day", "days");
        Some(format!("Back on {} after {days} without a run", day_month(finding.from)))
    }

    fn sentence(&self, finding: &Finding, _units: Units) -> String {
        format!(
            "First run after {:.0} days without one, on {}.",
            finding.measured.unwrap_or_default(),
            day(finding.from)
        )
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "days of a break, a whole number")]
    fn days_behind(&self, finding: &Finding, _settings: &Settings) -> Option<u32> {
        Some(finding.measured.unwrap_or_default().clamp(0.0, 40_000.0) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Log;
    use super::*;

    fn two_runs(first: &str, second: &str) -> Outcome {
        let mut log = Log::new("2026-06-30");
        for date in [first, second] {
            let date = log.day(date);
            log.run(date, Some(5_000));
        }
        log.check(&ReturnAfterBreak)
    }

    #[test]
    fn fourteen_days_are_a_break_and_thirteen_are_not() {
        assert!(two_runs("2026-03-01", "2026-03-15").findings().is_empty());
        let outcome = two_runs("2026-03-01", "2026-03-16");
        assert_eq!(outcome.findings()[0].measured, Some(14.0));
        assert_eq!(outcome.findings()[0].id, "return-after-break/2026-03-16");
        assert_eq!(outcome.findings()[0].severity, Severity::Info);
    }
}
