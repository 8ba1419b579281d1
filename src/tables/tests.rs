//! Tests on batches of made-up athletes: the tables of one never depend on the others, and are what a plain count
//! gives.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use super::{Batch, Day, Input, ShoeLimits, TableRun, Tables, build};

/// A fixed seed, so that a changed result always comes from a changed program.
const SEED: u64 = 20_260_304;

#[derive(Clone, Debug)]
struct Athlete {
    runs: Vec<TableRun<'static>>,
    other: Vec<NaiveDate>,
    notes: Vec<NaiveDate>,
    shoes: Vec<ShoeLimits>,
    week_start: Weekday,
    as_of: NaiveDate,
    blank_days: u32,
}

impl Athlete {
    fn input(&self) -> Input<'_> {
        Input {
            runs: &self.runs,
            other_sport_days: &self.other,
            note_days: &self.notes,
            shoes: &self.shoes,
            week_start: self.week_start,
            as_of: self.as_of,
            blank_days: self.blank_days,
        }
    }

    fn entries(&self) -> Vec<NaiveDate> {
        self.runs.iter().map(|run| run.date).chain(self.other.clone()).chain(self.notes.clone()).collect()
    }
}

/// An athlete whose entries lie in the days before their own day of report; some have none.
fn athlete() -> impl Strategy<Value = Athlete> {
    let back = || 0_u64..120;
    let run = (back(), proptest::option::weighted(0.9, 500_u32..40_000), proptest::option::of(0_usize..4));
    let shoe = (proptest::option::of(0_u32..30_000), 1_u32..60_000, 1_u32..90_000);
    (
        prop_oneof![4 => proptest::collection::vec(run, 0..60), 1 => Just(Vec::new())],
        proptest::collection::vec(back(), 0..4),
        proptest::collection::vec(back(), 0..6),
        proptest::collection::vec(shoe, 0..4),
        prop_oneof![Just(Weekday::Mon), Just(Weekday::Sun)],
        0_u64..500,
        1_u32..20,
    )
        .prop_map(|(runs, other, notes, shoes, week_start, day, blank_days)| {
            let as_of = NaiveDate::from_ymd_opt(1999, 12, 1).expect("a day") + Days::new(day);
            let dated = |back: &Vec<u64>| back.iter().map(|&back| as_of - Days::new(back)).collect();
            let run =
                |(back, distance_m, shoe)| TableRun { date: as_of - Days::new(back), distance_m, shoe, entry: None };
            let shoe = |(at, (initial_m, due_m, worn_m))| ShoeLimits {
                name: format!("Pair {at}"),
                initial_m,
                due_m,
                worn_m,
                to: None,
            };
            Athlete {
                runs: runs.into_iter().map(run).collect(),
                other: dated(&other),
                notes: dated(&notes),
                shoes: shoes.into_iter().enumerate().map(shoe).collect(),
                week_start,
                as_of,
                blank_days,
            }
        })
}

fn together(athletes: &[Athlete]) -> Vec<Tables> {
    let inputs: Vec<Input<'_>> = athletes.iter().map(Athlete::input).collect();
    Batch::build(&inputs).expect("tables").tables
}

/// The days, counted one by one.
fn days_of(athlete: &Athlete) -> Vec<Day> {
    let entries = athlete.entries();
    let Some(first) = entries.iter().min().copied() else { return Vec::new() };
    let is_blank = |date: NaiveDate| !entries.contains(&date) && date <= athlete.as_of;
    first
        .iter_days()
        .take_while(|&date| date <= athlete.as_of)
        .map(|date| {
            let on: Vec<&TableRun<'_>> = athlete.runs.iter().filter(|run| run.date == date).collect();
            let known: Vec<u32> = on.iter().filter_map(|run| run.distance_m).collect();
            let before = date.iter_days().rev().take_while(|&day| is_blank(day)).count();
            let after = date.iter_days().skip(1).take_while(|&day| is_blank(day)).count();
            let blank = if is_blank(date) { before + after } else { 0 };
            Day {
                date,
                observed: blank < athlete.blank_days as usize,
                runs: u32::try_from(on.len()).expect("few"),
                runs_without_distance: u32::try_from(on.len() - known.len()).expect("few"),
                known_m: known.iter().copied().map(u64::from).sum(),
                longest_m: known.iter().copied().max(),
                other_sport: athlete.other.contains(&date),
                note: athlete.notes.contains(&date),
            }
        })
        .collect()
}

proptest! {
    #![proptest_config(Config { cases: 64, failure_persistence: None, rng_seed: RngSeed::Fixed(SEED), ..Config::default() })]

    #[test]
    fn what_comes_of_an_athlete_does_not_depend_on_the_others(athletes in proptest::collection::vec(athlete(), 0..9)) {
        let alone: Vec<Tables> = athletes.iter().map(|one| build(&one.input()).expect("tables")).collect();
        prop_assert_eq!(together(&athletes), alone);
    }

    #[test]
    fn the_order_of_the_athletes_changes_no_more_than_the_order_of_the_tables(
        (athletes, order) in proptest::collection::vec(athlete(), 2..9).prop_flat_map(|athletes| {
            let order = Just((0..athletes.len()).collect::<Vec<_>>()).prop_shuffle();
            (Just(athletes), order)
        })
    ) {
        let shuffled: Vec<Athlete> = order.iter().map(|&at| athletes[at].clone()).collect();
        let tables = together(&athletes);
        let expected: Vec<Tables> = order.iter().map(|&at| tables[at].clone()).collect();
        prop_assert_eq!(together(&shuffled), expected);
    }

    #[test]
    fn days_weeks_and_pairs_are_what_a_plain_count_gives(athletes in proptest::collection::vec(athlete(), 1..5)) {
        for (athlete, tables) in athletes.iter().zip(together(&athletes)) {
            let days = days_of(athlete);
            prop_assert_eq!(&tables.days, &days);
            let mut starts: Vec<NaiveDate> = days.iter().map(|day| day.date.week(athlete.week_start).first_day()).collect();
            starts.dedup();
            prop_assert_eq!(tables.weeks.iter().map(|week| week.start).collect::<Vec<_>>(), starts);
            for (at, week) in tables.weeks.iter().enumerate() {
                let own: Vec<&Day> = days.iter().filter(|day| (week.start..=week.end).contains(&day.date)).collect();
                let whole = own.len() == 7 && own.iter().all(|day| day.observed);
                prop_assert_eq!(week.observed, whole);
                prop_assert_eq!(week.complete, week.end < athlete.as_of && own.len() == 7);
                prop_assert_eq!(week.runs, own.iter().map(|day| day.runs).sum::<u32>());
                prop_assert_eq!(week.distance_m.unwrap_or(0), own.iter().map(|day| day.known_m).sum::<u64>());
                let judged: Vec<u64> = tables.weeks[at.saturating_sub(4)..at]
                    .iter()
                    .filter(|week| week.complete && week.observed)
                    .filter_map(|week| week.distance_m)
                    .collect();
                let four = (judged.len() >= 2).then(|| (judged.iter().sum(), judged.len() as u64));
                prop_assert_eq!(week.four_before, four);
            }
            prop_assert_eq!(tables.shoes.len(), athlete.shoes.len());
            for (at, pair) in tables.shoes.iter().enumerate() {
                let on_it = || athlete.runs.iter().filter(|run| run.shoe == Some(at));
                prop_assert_eq!(&pair.limits, &athlete.shoes[at]);
                prop_assert_eq!(pair.runs, on_it().count() as u64);
                prop_assert_eq!((pair.first_used, pair.last_used), (on_it().map(|run| run.date).min(), on_it().map(|run| run.date).max()));
                let up_to = |day: NaiveDate| {
                    let metres: u32 = on_it().filter(|run| run.date <= day).filter_map(|run| run.distance_m).sum();
                    metres + pair.limits.initial_m.unwrap_or(0)
                };
                prop_assert_eq!(pair.distance_m, u64::from(up_to(athlete.as_of)));
                let due_on = on_it().map(|run| run.date).filter(|&day| up_to(day) >= pair.limits.due_m).min();
                prop_assert_eq!(pair.due_on, due_on);
                let worn_on = on_it().map(|run| run.date).filter(|&day| up_to(day) >= pair.limits.worn_m).min();
                prop_assert_eq!(pair.worn_on, worn_on);
            }
        }
    }
}

#[test]
fn each_athlete_has_a_calendar_of_their_own() {
    let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
    let run = |date: &str| vec![TableRun { date: day(date), distance_m: Some(5_000), shoe: None, entry: None }];
    let athlete = |runs, week_start, as_of| Athlete {
        runs,
        other: Vec::new(),
        notes: Vec::new(),
        shoes: Vec::new(),
        week_start,
        as_of: day(as_of),
        blank_days: 14,
    };
    // The blank after the first athlete's only run lasts thirteen days, although another athlete begins much later.
    let tables = together(&[
        athlete(run("2026-01-07"), Weekday::Mon, "2026-01-20"),
        athlete(Vec::new(), Weekday::Mon, "2026-01-20"),
        athlete(run("2026-06-03"), Weekday::Sun, "2026-06-17"),
    ]);
    assert_eq!(tables.iter().map(|one| one.days.len()).collect::<Vec<_>>(), [14, 0, 15]);
    assert_eq!(tables.iter().map(|one| one.weeks.len()).collect::<Vec<_>>(), [3, 0, 3]);
    assert!(tables[0].days.iter().all(|day| day.observed));
    assert_eq!(tables[2].days.iter().filter(|day| !day.observed).count(), 14);
    assert_eq!(
        tables.iter().map(|one| one.weeks.first().map(|week| week.start.weekday())).collect::<Vec<_>>(),
        [Some(Weekday::Mon), None, Some(Weekday::Sun)]
    );
}

#[test]
fn tables_are_built_from_any_thread_also_of_a_pool() {
    let as_of = NaiveDate::from_ymd_opt(2026, 3, 4).expect("a day");
    let runs = [TableRun { date: as_of, distance_m: Some(5_000), shoe: None, entry: None }];
    let days = || {
        let input = Input {
            runs: &runs,
            other_sport_days: &[],
            note_days: &[],
            shoes: &[],
            week_start: Weekday::Mon,
            as_of,
            blank_days: 14,
        };
        build(&input).expect("tables").days
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("a pool");
    let alone = std::thread::scope(|threads| threads.spawn(|| [days(), days()]).join().expect("no panic"));
    assert_eq!(alone[0], alone[1]);
    assert_eq!(pool.install(days), alone[0]);
    // Once polars has given this thread a pool, it still builds there, and may still call into another.
    assert_eq!((days(), pool.install(days), days()), (alone[0].clone(), alone[0].clone(), alone[0].clone()));
    let (first, second) = pool.install(|| rayon::join(days, days));
    assert_eq!((first, second), (alone[0].clone(), alone[1].clone()));
}

#[test]
fn a_batch_of_nobody_has_no_tables() {
    assert_eq!(together(&[]), []);
}
