//! The events planned on purpose, so that a report on the made-up athlete shows something of every kind.

use chrono::NaiveDate;

use super::calendar::day;

/// A kind of planned event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// A week more than 10 % above the one before.
    Jump,
    /// A week more than 20 % above the one before.
    LargeJump,
    /// A jump on returning from a time without running.
    ReturnRamp,
    /// One run far longer than any of the month before.
    LongRunSpike,
    /// A week with one day of rest.
    OneRestDay,
    /// A week without a day of rest.
    NoRestDay,
    /// More than six running days in a row.
    Streak,
    /// Two weeks or more without a run, with some notes.
    Break,
    /// A month or more without any entry.
    Dark,
    /// An episode of hip pain.
    Episode,
    /// An episode with nothing unusual before it.
    EpisodeFromNothing,
    /// An episode with a warning sign.
    EpisodeWithWarningSign,
    /// An episode that has not ended.
    OpenEpisode,
    /// Running through pain.
    ThroughPain,
}

/// One planned event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// What it is.
    pub kind: EventKind,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// All events by first day.
#[must_use]
pub fn events() -> Vec<Event> {
    use EventKind::{
        Break, Dark, Episode, EpisodeFromNothing, EpisodeWithWarningSign, Jump, LargeJump, LongRunSpike, NoRestDay,
        OneRestDay, OpenEpisode, ReturnRamp, Streak, ThroughPain,
    };
    [
        (LargeJump, (12, 0), (12, 6)),
        (Episode, (13, 2), (13, 2)),
        (Jump, (20, 0), (20, 6)),
        (LongRunSpike, (26, 6), (26, 6)),
        (Episode, (27, 2), (27, 2)),
        (OneRestDay, (33, 0), (33, 6)),
        (Streak, (33, 5), (34, 6)),
        (NoRestDay, (34, 0), (34, 6)),
        (Episode, (35, 1), (35, 5)),
        (ThroughPain, (35, 2), (35, 6)),
        (Dark, (37, 0), (42, 0)),
        (ReturnRamp, (44, 0), (44, 6)),
        (EpisodeFromNothing, (53, 2), (54, 6)),
        (LargeJump, (67, 0), (67, 6)),
        (EpisodeWithWarningSign, (68, 3), (69, 1)),
        (Break, (68, 4), (73, 0)),
        (ReturnRamp, (75, 0), (75, 6)),
        (OneRestDay, (88, 0), (88, 6)),
        (Jump, (102, 0), (102, 6)),
        (OpenEpisode, (103, 1), (103, 6)),
        (ThroughPain, (103, 3), (103, 6)),
    ]
    .into_iter()
    .map(|(kind, from, to)| Event { kind, from: day(from.0, from.1), to: day(to.0, to.1) })
    .collect()
}

#[cfg(test)]
mod tests {
    use chrono::{Days, NaiveDate};

    use super::*;
    use crate::demo::plan::{DemoPlan, plan};

    fn metres(plan: &DemoPlan, from: NaiveDate, to: NaiveDate) -> u32 {
        plan.runs.iter().filter(|run| (from..=to).contains(&run.date)).filter_map(|run| run.distance_m).sum()
    }

    fn run_days(plan: &DemoPlan, from: NaiveDate, to: NaiveDate) -> usize {
        from.iter_days()
            .take_while(|date| *date <= to)
            .filter(|date| plan.runs.iter().any(|run| run.date == *date))
            .count()
    }

    fn holds(plan: &DemoPlan, event: Event) -> bool {
        let Event { kind, from, to } = event;
        let days = usize::try_from((to - from).num_days() + 1).unwrap();
        let before = (from - Days::new(7), from - Days::new(1));
        let last = metres(plan, before.0, before.1);
        let painful = |date| plan.notes.iter().any(|note| note.date == date && note.intended.hip);
        match kind {
            EventKind::Jump => metres(plan, from, to) * 100 > last * 110 && metres(plan, from, to) * 100 <= last * 120,
            EventKind::LargeJump => metres(plan, from, to) * 100 > last * 120,
            EventKind::ReturnRamp => {
                metres(plan, from, to) * 100 > last * 110
                    && run_days(plan, from - Days::new(28), from - Days::new(22)) == 0
            }
            EventKind::LongRunSpike => {
                let longest = |from, to| {
                    let lengths = plan.runs.iter().filter(|run| (from..=to).contains(&run.date));
                    lengths.filter_map(|run| run.distance_m).max()
                };
                longest(from, to).unwrap() * 100 > longest(from - Days::new(30), from - Days::new(1)).unwrap() * 110
            }
            EventKind::OneRestDay => run_days(plan, from, to) == 6,
            EventKind::NoRestDay => run_days(plan, from, to) == 7,
            EventKind::Streak => days > 6 && run_days(plan, from, to) == days,
            EventKind::Break => days >= 14 && run_days(plan, from, to) == 0 && metres(plan, before.0, before.1) > 0,
            EventKind::Dark => {
                days >= 30
                    && run_days(plan, from, to) == 0
                    && !plan.notes.iter().any(|note| (from..=to).contains(&note.date))
                    && !plan.others.iter().any(|other| (from..=to).contains(&other.date))
            }
            EventKind::Episode
            | EventKind::EpisodeFromNothing
            | EventKind::EpisodeWithWarningSign
            | EventKind::OpenEpisode => painful(from) && painful(to),
            EventKind::ThroughPain => run_days(plan, from, from) == 1 && run_days(plan, to, to) == 1,
        }
    }

    #[test]
    fn every_planned_event_holds_for_any_seed() {
        for seed in (0..60).chain([u64::MAX, 987_654_321]) {
            let plan = plan(seed);
            for event in &plan.events {
                assert!(holds(&plan, *event), "seed {seed}: {event:?}");
            }
        }
    }

    #[test]
    fn nothing_but_the_planned_runs_is_a_spike() {
        for seed in 0..60 {
            let plan = plan(seed);
            let spikes: Vec<_> = plan
                .runs
                .iter()
                .filter(|run| {
                    let window = run.date - Days::new(30)..run.date;
                    let before: Vec<_> = plan.runs.iter().filter(|other| window.contains(&other.date)).collect();
                    let longest = before.iter().filter_map(|other| other.distance_m).max().unwrap_or(u32::MAX / 200);
                    before.len() >= 3 && run.distance_m.unwrap_or(0) * 100 > longest * 110
                })
                .map(|run| run.date)
                .collect();
            assert_eq!(spikes, [day(26, 6)], "seed {seed}");
        }
    }

    #[test]
    fn episodes_are_far_enough_apart_to_be_episodes() {
        let mut days: Vec<_> = plan(0).notes.iter().filter(|note| note.intended.hip).map(|note| note.date).collect();
        days.sort();
        let gaps = days.windows(2).filter(|pair| (pair[1] - pair[0]).num_days() > 14).count();
        assert_eq!(gaps + 1, 6);
    }
}
