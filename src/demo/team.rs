//! A made-up team. Its athletes live through the same two years, each with a seed of their own and a number of weeks
//! behind the others, so that on the day of the samples one has just noted a warning sign, one has nothing to report,
//! and so on. It has tables and notes but no tracks, to keep a team small.

use chrono::{Days, NaiveDate};

use super::plan::{DemoPlan, plan};
use super::{gear, journal, table};

/// How many weeks of the story each athlete still has to live through, and whether they record their shoes; after the
/// last entry it starts over.
const MEMBERS: [(u64, bool); 6] = [
    (35, true),  // the week of the limp
    (40, false), // four quiet weeks
    (14, true),  // the week after the one with a single day of rest
    (0, true),   // open pain that is run through
    (63, false), // nothing written down for weeks
    (30, true),  // running again after the break
];

/// The folder of the athlete with this number, counted from 1.
#[must_use]
pub fn folder(number: u16) -> String {
    format!("runner-{number}")
}

/// The files of the athlete with this number. The first has the given seed, the next the seed after it.
#[must_use]
pub fn files(number: u16, seed: u64) -> Vec<(String, Vec<u8>)> {
    let plan = member(number, seed);
    vec![
        ("runhip.toml".to_owned(), gear::configuration(&format!("Sample runner {number}"), &plan.shoes).into_bytes()),
        ("runs.csv".to_owned(), table::run_log(&plan).into_bytes()),
        ("pain.md".to_owned(), journal::journal(&plan.notes).into_bytes()),
    ]
}

/// The plan of the athlete with this number.
#[must_use]
pub fn member(number: u16, seed: u64) -> DemoPlan {
    let before = u64::from(number.saturating_sub(1));
    let (weeks, shoes) = MEMBERS[usize::from(number.saturating_sub(1)) % MEMBERS.len()];
    let mut plan = later_by(plan(seed.wrapping_add(before)), weeks);
    if !shoes {
        plan.shoes.clear();
        plan.runs.iter_mut().for_each(|run| run.spelled = None);
    }
    plan
}

/// The plan moved later by so many weeks and cut off at its former end.
fn later_by(mut plan: DemoPlan, weeks: u64) -> DemoPlan {
    let later = |day: NaiveDate| day + Days::new(7 * weeks);
    let over = |day: NaiveDate| later(day) > plan.last_day;
    plan.runs.retain(|run| !over(run.date));
    plan.others.retain(|other| !over(other.date));
    plan.notes.retain(|note| !over(note.date));
    plan.events.retain(|event| !over(event.to));
    plan.shoes.retain(|shoe| shoe.from.is_none_or(|from| !over(from)));
    for shoe in &mut plan.shoes {
        shoe.from = shoe.from.map(later);
        shoe.to = shoe.to.map(later).filter(|to| *to <= plan.last_day);
    }
    for run in &mut plan.runs {
        run.date = later(run.date);
        run.route = None;
    }
    plan.others.iter_mut().for_each(|other| other.date = later(other.date));
    plan.notes.iter_mut().for_each(|note| note.date = later(note.date));
    for event in &mut plan.events {
        (event.from, event.to) = (later(event.from), later(event.to));
    }
    plan.first_day = later(plan.first_day);
    plan
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::events::EventKind;

    #[test]
    fn nobody_knows_of_a_day_after_the_last() {
        for number in 1..=12 {
            let plan = member(number, 1);
            let days = plan.runs.iter().map(|run| run.date).chain(plan.notes.iter().map(|note| note.date));
            assert!(days.clone().all(|day| (plan.first_day..=plan.last_day).contains(&day)), "{number}");
            assert!(days.count() > 100, "{number}");
            let pairs = |day: NaiveDate| {
                plan.shoes.iter().any(|shoe| {
                    shoe.default && shoe.from.is_none_or(|from| from <= day) && shoe.to.is_none_or(|to| day <= to)
                })
            };
            assert!(
                plan.shoes.is_empty() || plan.runs.iter().all(|run| pairs(run.date)),
                "{number}: every run has a pair to be on"
            );
        }
    }

    #[test]
    fn the_first_writes_of_a_limp_in_the_last_week_and_the_second_of_nothing_for_two_months() {
        let last =
            |number: u16| member(number, 1).events.last().map(|event| (event.kind, event.from)).expect("an event");
        let plan = member(1, 1);
        assert!(
            plan.notes.iter().any(|note| note.text.contains("limping") && (plan.last_day - note.date).num_days() < 7)
        );
        let (kind, from) = last(2);
        assert_eq!(kind, EventKind::EpisodeFromNothing);
        assert!((plan.last_day - from).num_days() > 60);
        assert_eq!(last(3).0, EventKind::OneRestDay);
        assert!((plan.last_day - last(3).1).num_days() < 28);
    }

    #[test]
    fn every_athlete_is_another_and_the_same_each_time() {
        let all: Vec<_> = (1..=8).map(|number| files(number, 1)).collect();
        for (at, one) in all.iter().enumerate() {
            assert_eq!(*one, files(u16::try_from(at + 1).expect("small"), 1));
            assert!(all[..at].iter().all(|other| other[1].1 != one[1].1));
        }
        assert_eq!(member(1, 5).seed, 5);
        assert_eq!(member(4, 5).seed, 8);
    }
}
