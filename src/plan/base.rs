//! The distance that a week may build on: the last complete week's, or the usual one where that week was flagged.
//! Shared by the room shown in a report and the plans that are suggested.

use chrono::NaiveDate;

use super::course::History;
use crate::model::finding::Finding;
use crate::rules::{InputRun, LOAD_RULES, RuleInput};
use crate::tables::{Tables, Week};

/// The distance that a week may build on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeeklyBase {
    /// The distance in metres.
    pub metres: u64,
    /// Whether it is the mean of the four weeks before, because the last week or its long run was flagged.
    pub is_mean: bool,
}

/// The base for the week after `before`; `None` if the last of these weeks gives none. `rises` are the findings of
/// the rules on jumps and spikes.
#[must_use]
pub fn base<'a>(before: &[Week], rises: impl IntoIterator<Item = &'a Finding>) -> Option<WeeklyBase> {
    let last = before.last().filter(|week| week.assessable() && week.runs_without_distance == 0)?;
    let metres = last.distance_m.filter(|&metres| metres > 0)?;
    let flagged = rises.into_iter().any(|finding| (last.start..=last.end).contains(&finding.from));
    let usual = last.four_before.filter(|_| flagged).map(|(sum, weeks)| sum / weeks.max(1));
    Some(match usual.filter(|&usual| usual > 0 && usual < metres) {
        Some(usual) => WeeklyBase { metres: usual, is_mean: true },
        None => WeeklyBase { metres, is_mean: false },
    })
}

/// The findings of the rules on jumps and spikes in a history.
pub(super) fn rises(history: &History<'_>, past: &Tables) -> Vec<Finding> {
    let runs: Vec<InputRun<'_>> = history
        .runs
        .iter()
        .map(|run| InputRun { id: &run.id, date: run.date, distance_m: run.distance_m, shoe: None })
        .collect();
    let seen = RuleInput {
        as_of: history.as_of,
        runs: &runs,
        days: &past.days,
        weeks: &past.weeks,
        shoes: &past.shoes,
        episodes: history.episodes,
        warnings: &[],
        settings: history.settings,
    };
    let rules = LOAD_RULES.iter().copied().filter(|rule| rule.meta().load_rise);
    rules.flat_map(|rule| rule.check(&seen).findings().to_vec()).collect()
}

/// The weeks that have ended before a day.
pub(super) fn over_by(weeks: &[Week], as_of: NaiveDate) -> &[Week] {
    &weeks[..weeks.partition_point(|week| week.end < as_of)]
}

#[cfg(test)]
mod tests {
    use super::super::outlook::past;
    use super::super::testing::{Log, day};
    use super::*;

    fn base_of(log: &Log) -> Option<WeeklyBase> {
        let history = log.history();
        let past = past(&history).expect("tables");
        base(over_by(&past.weeks, log.as_of), &rises(&history, &past))
    }

    #[test]
    fn an_even_week_is_its_own_base() {
        assert_eq!(base_of(&Log::steady("2026-03-04")), Some(WeeklyBase { metres: 30_000, is_mean: false }));
    }

    #[test]
    fn after_a_jump_or_a_spike_the_usual_weeks_count_if_they_are_less() {
        let mut jumped = Log::steady("2026-03-11");
        for (date, metres) in [("2026-03-03", 12_000), ("2026-03-05", 12_000), ("2026-03-08", 15_000)] {
            jumped.run(day(date), Some(metres));
        }
        assert_eq!(
            base_of(&jumped),
            Some(WeeklyBase { metres: 30_000, is_mean: true }),
            "39 km after four weeks of 30 km"
        );
        let mut spiked = Log::steady("2026-03-11");
        for (date, metres) in [("2026-03-03", 6_000), ("2026-03-05", 6_000), ("2026-03-08", 20_000)] {
            spiked.run(day(date), Some(metres));
        }
        assert_eq!(
            base_of(&spiked),
            Some(WeeklyBase { metres: 30_000, is_mean: true }),
            "a run of 20 km after 14 km at most"
        );
        let mut short = Log::steady("2026-03-11");
        short.run(day("2026-03-08"), Some(20_000));
        assert_eq!(
            base_of(&short),
            Some(WeeklyBase { metres: 20_000, is_mean: false }),
            "less than usual, though a spike"
        );
    }
}
