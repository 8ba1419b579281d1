//! On which days a log can tell of pain at all. Many runners write only beside a run: then pain falls on run days by
//! construction, and whatever goes along with running seems to come before it.

use super::history::History;
use super::hypergeometric::real;

/// If a smaller share than this of all painful days has no run, the log counts as one that tells of pain beside runs
/// alone. One such day in twenty may be a run that was not recorded.
pub const ALMOST_NONE: f64 = 0.05;

/// The number of kinds of days: with a run after a day with a run; with a run after a day without; without a run.
pub const KINDS_OF_DAY: usize = 3;

/// On which days a log tells of pain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Opportunity {
    /// On days with and without a run.
    #[default]
    AnyDay,
    /// On days with a run, with almost no exception.
    RunDays,
}

impl Opportunity {
    /// Tells it from the painful days of the log.
    pub fn of(history: &History) -> Self {
        let days = history.painful_days.iter().filter_map(|&day| history.index(day));
        let (all, without_run) =
            days.fold((0_u64, 0_u64), |(all, without), day| (all + 1, without + u64::from(!history.has_run(day))));
        if all > 0 && real(without_run) < ALMOST_NONE * real(all) { Self::RunDays } else { Self::AnyDay }
    }
}

/// The kind of each day. Days are compared within their kind: a run after days without one may also bring up the pain
/// of those days, and notes are likelier on some kinds of days than on others.
pub(super) fn kinds_of_days(history: &History) -> Vec<usize> {
    (0..history.observed.len())
        .map(|day| match (history.has_run(day), day.checked_sub(1).is_some_and(|before| history.has_run(before))) {
            (true, true) => 0,
            (true, false) => 1,
            (false, _) => 2,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};

    use super::*;

    /// A history with runs on three days of four, and pain on the days of `painful`.
    fn history(painful: &[u64]) -> History {
        let first_day = NaiveDate::from_ymd_opt(2025, 3, 3).unwrap();
        History {
            first_day,
            observed: vec![true; 100],
            ran: (0..100).map(|day| day % 4 != 3).collect(),
            painful_days: painful.iter().map(|&day| first_day + Days::new(day)).collect(),
            ..History::default()
        }
    }

    #[test]
    fn it_is_learnt_from_the_days_with_pain() {
        assert_eq!(Opportunity::of(&history(&[4, 5, 6, 40])), Opportunity::RunDays);
        assert_eq!(Opportunity::of(&history(&[4, 5, 7, 40])), Opportunity::AnyDay);
        // One in 21 is almost none, one in 20 is not.
        let runs: Vec<u64> = (0..26).filter(|day| day % 4 != 3).collect();
        assert_eq!(runs.len(), 20);
        assert_eq!(Opportunity::of(&history(&[&runs[..], &[27]].concat())), Opportunity::RunDays);
        assert_eq!(Opportunity::of(&history(&[&runs[1..], &[27]].concat())), Opportunity::AnyDay);
        // No painful day decides nothing, and neither do days outside the log.
        assert_eq!(Opportunity::of(&history(&[])), Opportunity::AnyDay);
        assert_eq!(Opportunity::of(&history(&[500])), Opportunity::AnyDay);
    }

    #[test]
    fn each_day_has_one_kind() {
        assert_eq!(kinds_of_days(&history(&[]))[..9], [1, 0, 0, 2, 1, 0, 0, 2, 1]);
        assert_eq!(kinds_of_days(&History { ran: vec![], ..history(&[]) }), vec![2; 100]);
    }
}
