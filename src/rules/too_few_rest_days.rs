//! `too-few-rest-days`: a complete week with fewer days without a run than the minimum.
//!
//! The guidance asks for adequate rest days (`rest-days.adequate-002`) without a number; the minimum of two is this
//! tool's.

use super::{Family, Meta, Outcome, Remedy, Rule, RuleInput, count, whole};
use crate::link::preset::Preset;
use crate::link::strata::Window;
use crate::model::dates::{day, day_month};
use crate::model::finding::{Finding, Severity, Unit};
use crate::model::threshold::{Origin, Threshold};
use crate::model::units::Units;
use crate::tables::Week;

/// Fewer rest days in a week than this are flagged.
pub const MIN_REST_DAYS: Threshold = Threshold {
    key: "min_rest_days",
    default: 2,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: true,
    meaning: "a week with fewer days without a run is flagged; no guidance text gives a number",
};

/// The id of the rule, in ids of findings and in the JSON.
pub(super) const ID: &str = "too-few-rest-days";

const META: Meta = Meta {
    id: ID,
    title: "Too few rest days",
    family: Family::Rest,
    counted: ("week", "weeks"),
    what: "A complete, wholly logged week with fewer than {min_rest_days} without a run. A day with another sport still counts \
           as a day without a run.",
    why: "The guidance describes rest days as the time in which tissue repairs; without them small overloads add up.",
    example: "Six running days: one rest day, a notice. Seven running days: a warning.",
    grade: "weak for recreational runners; the number is this tool's",
    guidance: &["rest-days.adequate-002", "rest-days.why-002", "run.overuse.definition-002"],
    thresholds: &[&MIN_REST_DAYS],
    // Dated on the last day of the week.
    link: Some(Preset {
        label: ID,
        window: Window::before(14),
        weight: 5,
        one: "a week with too few rest days",
        such: "such weeks",
    }),
    load_rise: false,
    week_totals_suffice: false,
    remedy: Remedy::AddRestDays,
};

/// Judges the number of days without a run in each week.
pub(super) struct TooFewRestDays;

impl Rule for TooFewRestDays {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, seen: &RuleInput<'_>) -> Outcome {
        let weeks: Vec<&Week> = seen.weeks.iter().filter(|week| week.assessable()).collect();
        let minimum = seen.settings.get(&MIN_REST_DAYS);
        let findings = weeks
            .iter()
            .filter_map(|week| week.rest_days.filter(|&rest| rest < minimum).map(|rest| (week, rest)))
            .map(|(week, rest)| Finding {
                id: format!("{}/{}", META.id, week.start),
                rule: META.id,
                severity: if rest == 0 { Severity::Warning } else { Severity::Notice },
                from: week.start,
                to: week.end,
                dated: week.end,
                measured: Some(f64::from(rest)),
                threshold: Some(seen.settings.in_unit(&MIN_REST_DAYS)),
                unit: Unit::Days,
                runs: seen.run_ids(week.start, week.end),
                tags: Vec::new(),
                subject: None,
                figures: Vec::new(),
            })
            .collect();
        Outcome::of(findings, weeks.len() as u64, "no complete week with every day logged")
    }

    fn figures(&self, finding: &Finding, _units: Units) -> Option<String> {
        let rest = count(whole(Some(finding.measured?)), "rest day", "rest days");
        Some(format!("Week of {}: {rest}", day_month(finding.from)))
    }

    fn sentence(&self, finding: &Finding, _units: Units) -> String {
        let rest = finding.measured.unwrap_or_default();
        let rest = if rest < 0.5 {
            "no rest day".to_owned()
        } else {
            format!("only {}", count(1.max(whole(Some(rest))), "rest day", "rest days"))
        };
        format!(
            "Week of {}: {rest}; the limit is {:.0} a week.",
            day(finding.from),
            finding.threshold.unwrap_or_default()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Log;
    use super::*;

    /// A week from Monday 5 January 2026, with runs on these days of the month.
    fn week_with(days: &[u32]) -> Log {
        let mut log = Log::new("2026-01-12");
        for day in days {
            let date = log.day(&format!("2026-01-{day:02}"));
            log.run(date, Some(5_000));
        }
        log
    }

    #[test]
    fn two_rest_days_pass_one_is_a_notice_none_a_warning() {
        assert!(week_with(&[5, 6, 7, 8, 9]).check(&TooFewRestDays).findings().is_empty());
        let one = week_with(&[5, 6, 7, 8, 9, 10]).check(&TooFewRestDays);
        assert_eq!((one.findings()[0].severity, one.findings()[0].measured), (Severity::Notice, Some(1.0)));
        let none = week_with(&[5, 6, 7, 8, 9, 10, 11]).check(&TooFewRestDays);
        assert_eq!(
            (none.findings()[0].severity, none.findings()[0].id.as_str()),
            (Severity::Warning, "too-few-rest-days/2026-01-05")
        );
        assert_eq!(none.findings()[0].runs.len(), 7);
    }

    #[test]
    fn two_runs_on_one_day_are_one_running_day() {
        assert!(week_with(&[5, 5, 6, 7, 8, 9]).check(&TooFewRestDays).findings().is_empty());
    }

    #[test]
    fn a_week_that_is_not_over_is_not_judged() {
        let mut log = week_with(&[5, 6, 7, 8, 9, 10, 11]);
        log.as_of = log.day("2026-01-11");
        assert_eq!(log.check(&TooFewRestDays).assessed, 0);
    }

    #[test]
    fn sentences_name_the_week_and_the_limit() {
        let one = week_with(&[5, 6, 7, 8, 9, 10]).check(&TooFewRestDays);
        assert_eq!(
            TooFewRestDays.sentence(&one.findings()[0], Units::Km),
            "Week of 5 Jan 2026: only 1 rest day; the limit is 2 a week."
        );
    }
}
