//! `long-run-spike`: one run more than 10 % longer than the longest of the 30 days before it.
//!
//! The guidance asks for gradual steps in the length of single runs (`run.progression.intensity-duration-002`) without
//! a number; the number and the 30 days follow Frandsen 2025.

use chrono::Days;

use super::{Family, InputRun, Meta, Outcome, Remedy, Rule, RuleInput, number_ties, ratio};
use crate::link::preset::Preset;
use crate::link::strata::Window;
use crate::model::dates::{day, day_month};
use crate::model::finding::{Finding, Severity, Unit};
use crate::model::threshold::{Origin, Settings, Threshold};
use crate::model::units::{Units, per_cent};

/// The excess above which a run is flagged.
pub const LONG_RUN_SPIKE: Threshold = Threshold {
    key: "long_run_spike",
    default: 1_000,
    unit: Unit::Share,
    origin: Origin::Default,
    configurable: true,
    meaning: "a run this much longer than the longest of the days before is flagged (Frandsen 2025)",
};

/// The excess above which the flag is a warning.
const LONG_RUN_SPIKE_WARNING: Threshold = Threshold {
    key: "long_run_spike_warning",
    default: 10_000,
    unit: Unit::Share,
    origin: Origin::Default,
    configurable: false,
    meaning: "above this excess the flag is a warning (Frandsen 2025)",
};

/// How many days back the longest run is searched.
pub const SPIKE_DAYS: Threshold = Threshold {
    key: "long_run_spike_days",
    default: 30,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: false,
    meaning: "the longest run of so many days before is the measure (Frandsen 2025)",
};

/// How many runs those days must have.
pub const SPIKE_RUNS: Threshold = Threshold {
    key: "long_run_spike_runs",
    default: 3,
    unit: Unit::Count,
    origin: Origin::Default,
    configurable: false,
    meaning: "those days must hold at least so many runs",
};

/// The id of the rule, in ids of findings and in the JSON.
pub(super) const ID: &str = "long-run-spike";

const META: Meta = Meta {
    id: ID,
    title: "Long-run spike",
    family: Family::Distance,
    counted: ("run", "runs"),
    what: "A run more than {long_run_spike} longer than the longest run of the {long_run_spike_days} before it, where \
           those days hold at least {long_run_spike_runs} runs. Runs of the same day are neither compared nor added up.",
    why: "A single run that is much longer than anything recent asks more of hip and bone than they are used to, even \
          where the week's total looks ordinary.",
    example: "Longest run of the last 30 days 18.0 km, today 20.5 km: 14 % longer, a notice. 37 km would be more than \
              twice as long, a warning.",
    grade: "one large cohort; the best supported of the load rules",
    guidance: &["run.progression.intensity-duration-002", "run.progression.gradual-002"],
    thresholds: &[&LONG_RUN_SPIKE, &LONG_RUN_SPIKE_WARNING, &SPIKE_DAYS, &SPIKE_RUNS],
    // The run itself can be the painful one, so the window holds the onset's own day.
    link: Some(Preset { label: ID, window: Window::up_to(7), weight: 5, one: "a long-run spike", such: "such runs" }),
    load_rise: true,
    week_totals_suffice: false,
    remedy: Remedy::ShortenRun,
};

/// Compares each run with the longest of the days before it.
pub(super) struct LongRunSpike;

impl Rule for LongRunSpike {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, seen: &RuleInput<'_>) -> Outcome {
        let days_back = Days::new(u64::from(seen.settings.get(&SPIKE_DAYS)));
        let runs_needed = seen.settings.get(&SPIKE_RUNS) as usize;
        let mut findings = Vec::new();
        let mut assessed = 0;
        let (mut first_recent, mut first_of_day) = (0, 0);
        // Day by day, since all runs of a day are compared with the same days.
        for day in seen.runs.chunk_by(|one, other| one.date == other.date) {
            let date = day[0].date;
            while seen.runs[first_recent].date < date - days_back {
                first_recent += 1;
            }
            let before = &seen.runs[first_recent..first_of_day];
            first_of_day += day.len();
            let longest = before.iter().filter_map(|earlier| earlier.distance_m).max().filter(|&metres| metres > 0);
            let Some(longest) = longest.filter(|_| before.len() >= runs_needed) else { continue };
            for (run, metres) in day.iter().filter_map(|run| Some((run, run.distance_m?))) {
                assessed += 1;
                findings.extend(judge(seen, run, metres, longest));
            }
        }
        number_ties(&mut findings);
        Outcome::of(findings, assessed, "no run of known distance with three runs in the 30 days before it")
    }

    fn figures(&self, finding: &Finding, units: Units) -> Option<String> {
        Some(format!(
            "Run of {}: {}, +{} on the longest of the {:.0} days before",
            day_month(finding.from),
            units.show(finding.figure_m("run_m")),
            per_cent(finding.measured?),
            finding.figure("days"),
        ))
    }

    fn sentence(&self, finding: &Finding, units: Units) -> String {
        format!(
            "Run of {}: {}, {} longer than the longest of the {:.0} days before ({}).",
            day(finding.from),
            units.show(finding.figure_m("run_m")),
            per_cent(finding.measured.unwrap_or_default()),
            finding.figure("days"),
            units.show(finding.figure_m("longest_m")),
        )
    }

    fn days_behind(&self, _finding: &Finding, settings: &Settings) -> Option<u32> {
        Some(settings.get(&SPIKE_DAYS))
    }
}

fn judge(seen: &RuleInput<'_>, run: &InputRun<'_>, metres: u32, longest: u32) -> Option<Finding> {
    let above = |share: &Threshold| {
        10_000 * u64::from(metres) > (10_000 + u64::from(seen.settings.get(share))) * u64::from(longest)
    };
    above(&LONG_RUN_SPIKE).then(|| Finding {
        id: format!("{}/{}", META.id, run.date),
        rule: META.id,
        severity: if above(&LONG_RUN_SPIKE_WARNING) { Severity::Warning } else { Severity::Notice },
        from: run.date,
        to: run.date,
        dated: run.date,
        measured: Some(ratio(u64::from(metres) - u64::from(longest), u64::from(longest))),
        threshold: Some(seen.settings.in_unit(&LONG_RUN_SPIKE)),
        unit: Unit::Share,
        runs: vec![run.id.to_owned()],
        tags: Vec::new(),
        subject: None,
        figures: vec![
            ("run_m", f64::from(metres)),
            ("longest_m", f64::from(longest)),
            ("days", f64::from(seen.settings.get(&SPIKE_DAYS))),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::Log;
    use super::*;

    fn log_of(runs: &[(&str, u32)]) -> Log {
        let mut log = Log::new("2026-06-30");
        for (date, metres) in runs {
            let date = log.day(date);
            log.run(date, Some(*metres));
        }
        log
    }

    #[test]
    fn the_limit_is_exact_to_the_metre() {
        let base = [("2026-05-01", 8_000), ("2026-05-03", 10_000), ("2026-05-05", 6_000)];
        for (metres, severity) in [
            (11_000, None),
            (11_001, Some(Severity::Notice)),
            (20_000, Some(Severity::Notice)),
            (20_001, Some(Severity::Warning)),
        ] {
            let mut log = log_of(&base);
            let last = log.day("2026-05-10");
            log.run(last, Some(metres));
            let outcome = log.check(&LongRunSpike);
            assert_eq!(outcome.findings().first().map(|found| found.severity), severity, "{metres}");
            assert_eq!(outcome.assessed, 1);
        }
    }

    #[test]
    fn the_window_reaches_back_thirty_days_and_needs_three_runs() {
        // 1 May is 30 days before 31 May and 31 days before 1 June.
        let runs = [("2026-05-01", 10_000), ("2026-05-20", 5_000), ("2026-05-21", 5_000), ("2026-05-31", 10_500)];
        assert!(log_of(&runs).check(&LongRunSpike).findings().is_empty());
        let runs = [
            ("2026-05-01", 10_000),
            ("2026-05-20", 5_000),
            ("2026-05-21", 5_000),
            ("2026-05-22", 5_000),
            ("2026-06-01", 10_500),
        ];
        assert_eq!(log_of(&runs).check(&LongRunSpike).findings()[0].id, "long-run-spike/2026-06-01");
        let runs = [("2026-05-20", 5_000), ("2026-05-21", 5_000), ("2026-05-31", 10_500)];
        assert_eq!(log_of(&runs).check(&LongRunSpike).assessed, 0);
    }

    #[test]
    fn runs_of_the_same_day_neither_count_nor_add_up() {
        let runs = [
            ("2026-05-01", 5_000),
            ("2026-05-02", 5_000),
            ("2026-05-03", 5_000),
            ("2026-05-10", 5_400),
            ("2026-05-10", 5_400),
        ];
        assert!(log_of(&runs).check(&LongRunSpike).findings().is_empty());
        let runs = [
            ("2026-05-01", 5_000),
            ("2026-05-02", 5_000),
            ("2026-05-03", 5_000),
            ("2026-05-10", 6_000),
            ("2026-05-10", 7_000),
        ];
        let outcome = log_of(&runs).check(&LongRunSpike);
        let ids: Vec<&str> = outcome.findings().iter().map(|found| found.id.as_str()).collect();
        assert_eq!(ids, ["long-run-spike/2026-05-10", "long-run-spike/2026-05-10-2"]);
    }

    #[test]
    fn a_run_without_distance_counts_as_a_run_and_not_as_a_length() {
        let mut log = Log::new("2026-06-30");
        for (date, metres) in
            [("2026-05-01", None), ("2026-05-02", None), ("2026-05-03", Some(5_000)), ("2026-05-10", Some(6_000))]
        {
            let date = log.day(date);
            log.run(date, metres);
        }
        assert_eq!(log.check(&LongRunSpike).flagged, 1);
    }
}
