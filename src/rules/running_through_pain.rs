//! `running-through-pain`: a run after a painful day, with no note in between that denies the pain.
//!
//! The guidance says to stop running with hip pain (`rest.stop-running-002`) and not to push through it
//! (`relief.no-push-through-000`).

use super::{Family, InputRun, Meta, Outcome, Remedy, Rule, RuleInput, count, number_ties};
use crate::model::dates::day;
use crate::model::episode::Episode;
use crate::model::finding::{Finding, Severity, Subject, Unit};
use crate::model::reading::Side;
use crate::model::threshold::{Origin, Threshold};
use crate::model::units::Units;

/// How long after a painful day a run still counts.
const THROUGH_PAIN_DAYS: Threshold = Threshold {
    key: "through_pain_days",
    default: 14,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: false,
    meaning: "a run up to so many days after a painful day counts as running through pain",
};

const META: Meta = Meta {
    id: "running-through-pain",
    title: "Running through pain",
    family: Family::Pain,
    counted: ("episode", "episodes"),
    what: "A run dated after a painful day of an episode, at most {through_pain_days} after it, with no note between that says the hip \
           no longer hurts. One finding for each episode.",
    why: "The guidance says to stop running while the hip hurts, and that pushing on makes things worse.",
    example: "\"left hip 4/10\" on Tuesday, a run on Thursday, no word in between: flagged.",
    grade: "guidance; not transferred from other injuries",
    guidance: &["rest.stop-running-002", "relief.no-push-through-000", "movement.no-pushing-002"],
    thresholds: &[&THROUGH_PAIN_DAYS],
    link: None,
    load_rise: false,
    week_totals_suffice: false,
    remedy: Remedy::None("No change of distance answers this: let the pain settle, and write a note when it has gone."),
};

/// Judges the runs within each episode.
pub(super) struct RunningThroughPain;

impl Rule for RunningThroughPain {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, seen: &RuleInput<'_>) -> Outcome {
        let mut findings: Vec<Finding> = seen.episodes.iter().filter_map(|episode| judge(seen, episode)).collect();
        number_ties(&mut findings);
        Outcome::of(findings, seen.episodes.len() as u64, "no hip-pain episode in the notes")
    }

    fn figures(&self, finding: &Finding, _units: Units) -> Option<String> {
        Some(format!("{} after hip pain was noted", count(super::whole(Some(finding.measured?)), "run", "runs")))
    }

    fn sentence(&self, finding: &Finding, _units: Units) -> String {
        let runs = count(finding.runs.len() as u64, "run", "runs");
        let hip = match &finding.subject {
            Some(Subject::Episode { side: Side::Left, .. }) => "left hip",
            Some(Subject::Episode { side: Side::Right, .. }) => "right hip",
            _ => "hip",
        };
        if finding.from == finding.to {
            format!(
                "{runs} after {hip} pain was noted, on {}, with no note between that the pain had gone.",
                day(finding.from)
            )
        } else {
            format!(
                "{runs} after {hip} pain was noted, from {} to {}, with no note before them that the pain had gone.",
                day(finding.from),
                day(finding.to)
            )
        }
    }
}

fn judge(seen: &RuleInput<'_>, episode: &Episode) -> Option<Finding> {
    let reach = i64::from(seen.settings.get(&THROUGH_PAIN_DAYS));
    let (first, last) = (*episode.painful_days.first()?, *episode.painful_days.last()?);
    let begin = seen.runs.partition_point(|run| run.date <= first);
    let through: Vec<&InputRun<'_>> = seen.runs[begin..]
        .iter()
        .take_while(|run| (run.date - last).num_days() <= reach)
        .filter(|run| {
            let last_pain = episode.painful_days.iter().rev().find(|&&day| day < run.date);
            last_pain.is_some_and(|&pain| {
                (run.date - pain).num_days() <= reach
                    && !episode.denials.iter().any(|&denied| pain <= denied && denied <= run.date)
            })
        })
        .collect();
    let (first, last) = (through.first()?.date, through.last()?.date);
    Some(Finding {
        id: format!("{}/{first}", META.id),
        rule: META.id,
        severity: Severity::Warning,
        from: first,
        to: last,
        dated: first,
        measured: u32::try_from(through.len()).ok().map(f64::from),
        threshold: Some(0.0),
        unit: Unit::Count,
        runs: through.iter().map(|run| run.id.to_owned()).collect(),
        tags: Vec::new(),
        subject: Some(Subject::Episode { id: episode.id.clone(), side: episode.side }),
        figures: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::Log;
    use super::*;

    fn log_with_runs(dates: &[&str]) -> Log {
        let mut log = Log::new("2026-03-31");
        for date in dates {
            let date = log.day(date);
            log.run(date, Some(5_000));
        }
        log
    }

    #[test]
    fn a_run_on_the_painful_day_is_not_after_it() {
        let mut log = log_with_runs(&["2026-03-03"]);
        log.episode(&["2026-03-03"]);
        assert!(log.check(&RunningThroughPain).findings().is_empty());
    }

    #[test]
    fn fourteen_days_after_still_count_and_fifteen_do_not() {
        let mut log = log_with_runs(&["2026-03-17", "2026-03-18"]);
        log.episode(&["2026-03-03"]);
        let outcome = log.check(&RunningThroughPain);
        assert_eq!(outcome.findings().len(), 1);
        assert_eq!(outcome.findings()[0].runs, ["20260317"]);
        assert_eq!(outcome.findings()[0].id, "running-through-pain/2026-03-17");
    }

    #[test]
    fn a_denial_between_ends_it_until_pain_returns() {
        let mut log = log_with_runs(&["2026-03-05", "2026-03-08", "2026-03-12"]);
        log.episode(&["2026-03-03", "2026-03-10"]);
        let denial = log.day("2026-03-07");
        log.episodes[0].denials.push(denial);
        let outcome = log.check(&RunningThroughPain);
        assert_eq!(outcome.findings().len(), 1);
        assert_eq!(outcome.findings()[0].runs, ["20260305", "20260312"]);
        assert_eq!(
            (outcome.findings()[0].from, outcome.findings()[0].to),
            (log.day("2026-03-05"), log.day("2026-03-12"))
        );
    }

    #[test]
    fn without_an_episode_it_cannot_be_assessed() {
        assert!(matches!(
            log_with_runs(&["2026-03-05"]).check(&RunningThroughPain).verdict,
            super::super::Verdict::NotAssessed(_)
        ));
    }
}
