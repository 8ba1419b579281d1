//! Tests of suggestions: on a steady log, worked out by hand, and on any log, where a suggested plan is checked by
//! plain arithmetic instead of the rules.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use super::changes::{Answer, changes};
use super::course::{Course, History};
use super::edits::{Edit, carry_out};
use super::outlook::PlanEvaluator;
use super::suggest::{Aim, SuggestedPlan, Suggestion, suggest};
use super::testing::{Log, day};
use crate::model::units::Units;

fn asked(history: &History<'_>, distance_m: u32, by: &str) -> Suggestion {
    suggest(history, Aim { distance_m, by: day(by) }, Units::Km, &|_| None).expect("tables")
}

#[test]
fn the_gentlest_plan_keeps_the_usual_days() {
    let log = Log::steady("2026-03-02");
    let Suggestion::Plan(plan) = asked(&log.history(), 21_100, "2026-05-10") else { panic!("a plan") };
    assert_eq!((plan.habits.days.as_slice(), plan.habits.long_day), (&[1, 3, 6][..], 6));
    assert_eq!((plan.habits.long_m, plan.habits.others_m, plan.habits.base_m), (14_000, 16_000, 30_000));
    let runs = &plan.course.runs;
    assert!(runs.iter().all(|run| [1, 3, 6].contains(&(run.date - day("2026-03-02")).num_days().rem_euclid(7))));
    let last = runs.last().expect("a run");
    assert_eq!((last.date, last.distance_m, last.kind.as_deref()), (day("2026-05-10"), Some(21_100), Some("target")));
    // Nine long runs from 14 to the 19.2 km that allow 21.1: 3.6 % a week, so 4 % in steps of half a per cent.
    let first = runs.iter().find(|run| run.date == day("2026-03-08")).expect("a long run");
    assert_eq!(first.distance_m, Some(14_500));
    assert!(plan.outlook.flags.is_empty());
    assert_eq!(broken_limits(&log, &plan), Vec::<String>::new());
}

#[test]
fn what_is_out_of_reach_is_said_with_what_is_not() {
    // From 14,000 m by tenths: 15,400 on 8 March, 16,940, 18,634, 20,497 on 29 March, 22,546 on 5 April.
    let log = Log::steady("2026-03-02");
    let wanted = Suggestion::OutOfReach { reachable_m: 20_497, earliest: Some(day("2026-04-05")) };
    assert_eq!(asked(&log.history(), 21_100, "2026-03-29"), wanted);
    assert!(matches!(asked(&log.history(), 20_497, "2026-03-29"), Suggestion::Plan(_)));
    assert!(matches!(asked(&log.history(), 21_100, "2026-04-05"), Suggestion::Plan(_)));
}

#[test]
fn a_long_run_on_the_day_before_the_target_moves_to_the_running_day_before() {
    let log = Log::steady("2026-03-02");
    // The long run is on Sundays, so a target on Monday 11 May moves it to Thursday 7 May.
    let Suggestion::Plan(plan) = asked(&log.history(), 21_100, "2026-05-11") else { panic!("a plan") };
    let runs: Vec<_> = plan.course.runs.iter().rev().take(3).map(|run| (run.date, run.kind.as_deref())).collect();
    let last = [("2026-05-11", "target"), ("2026-05-07", "long run"), ("2026-05-05", "run")];
    assert_eq!(runs, last.map(|(date, kind)| (day(date), Some(kind))));
    assert_eq!(broken_limits(&log, &plan), Vec::<String>::new());

    // With long runs on Mondays, the first day that allows the distance also keeps the Sunday before it free.
    let mut mondays = Log::new("2026-03-02");
    for monday in ["2026-02-02", "2026-02-09", "2026-02-16", "2026-02-23"] {
        for (place, metres) in [(0, 14_000), (3, 8_000), (6, 8_000)] {
            mondays.run(day(monday) + Days::new(place), Some(metres));
        }
    }
    let Suggestion::OutOfReach { earliest: Some(earliest), .. } = asked(&mondays.history(), 21_100, "2026-03-09")
    else {
        panic!("out of reach so soon")
    };
    let Suggestion::Plan(plan) = asked(&mondays.history(), 21_100, &earliest.to_string()) else { panic!("a plan") };
    assert!(plan.course.runs.iter().all(|run| run.date + Days::new(1) != earliest), "{:?}", plan.course.runs);
}

#[test]
fn a_shorter_target_keeps_what_is_usual() {
    let log = Log::steady("2026-03-02");
    let Suggestion::Plan(plan) = asked(&log.history(), 10_000, "2026-03-29") else { panic!("a plan") };
    let longest: Vec<_> = plan.course.runs.iter().filter(|run| run.kind.as_deref() == Some("long run")).collect();
    assert_eq!(longest.iter().map(|run| run.distance_m).collect::<Vec<_>>(), [Some(14_000); 3]);
}

#[test]
fn the_running_week_is_filled_up_to_what_it_may_hold() {
    let mut log = Log::steady("2026-03-05");
    log.run(day("2026-03-03"), Some(12_000)).run(day("2026-03-04"), Some(12_000));
    let Suggestion::Plan(plan) = asked(&log.history(), 14_000, "2026-03-22") else { panic!("a plan") };
    // Two of three running days are over and 9 of 33 km are left, which the long run gets.
    let here: Vec<_> = plan.course.runs.iter().filter(|run| run.date <= day("2026-03-08")).collect();
    assert_eq!(here.len(), 1);
    assert_eq!((here[0].date, here[0].distance_m), (day("2026-03-08"), Some(9_000)));
}

#[test]
fn without_a_last_week_nothing_is_suggested() {
    let log = Log::steady("2026-03-16");
    assert!(matches!(asked(&log.history(), 21_100, "2026-05-10"), Suggestion::NoGround(_)));
    assert!(matches!(asked(&Log::new("2026-03-16").history(), 21_100, "2026-05-10"), Suggestion::NoGround(_)));
}

/// Every limit that a suggested plan breaks, by plain sums over log and plan.
fn broken_limits(log: &Log, plan: &SuggestedPlan) -> Vec<String> {
    let runs: Vec<(NaiveDate, u32)> =
        log.runs.iter().chain(&plan.course.runs).filter_map(|run| Some((run.date, run.distance_m?))).collect();
    let mut broken = Vec::new();
    for run in &plan.course.runs {
        let before: Vec<u32> = runs
            .iter()
            .filter(|(date, _)| *date < run.date && *date >= run.date - Days::new(30))
            .map(|(_, metres)| *metres)
            .collect();
        let longest = before.iter().max().copied().unwrap_or(0);
        if before.len() >= 3 && u64::from(run.distance_m.unwrap_or(0)) * 100 > u64::from(longest) * 110 {
            broken.push(format!("{} is too long", run.date));
        }
    }
    let week = |start: NaiveDate| -> (u64, usize) {
        let inside: Vec<_> = runs.iter().filter(|(date, _)| (start..start + Days::new(7)).contains(date)).collect();
        let days: BTreeSet<NaiveDate> = inside.iter().map(|(date, _)| *date).collect();
        (inside.iter().map(|(_, metres)| u64::from(*metres)).sum(), days.len())
    };
    let first_planned = plan.course.runs[0].date;
    let mut start = first_planned.week(chrono::Weekday::Mon).first_day();
    while start <= plan.course.until {
        let ((before, _), (this, days)) = (week(start - Days::new(7)), week(start));
        if before > 0 && this * 100 > before * 110 {
            broken.push(format!("week of {start}: {before} to {this}"));
        }
        if days > 5 {
            broken.push(format!("week of {start}: {days} running days"));
        }
        start = start + Days::new(7);
    }
    let days: BTreeSet<NaiveDate> = runs.iter().map(|(date, _)| *date).collect();
    let streak = |day: NaiveDate| (0..7).all(|back| days.contains(&(day - Days::new(back))));
    broken.extend(plan.course.runs.iter().filter(|run| streak(run.date)).map(|run| format!("{} in a row", run.date)));
    broken
}

/// Four weeks up to Sunday 1 March 2026, where each day may have a run.
fn log() -> impl Strategy<Value = Log> {
    let day_of = proptest::option::weighted(0.5, 2_000_u32..25_000);
    (proptest::collection::vec(day_of, 28), 0_u64..7).prop_map(|(days, later)| {
        let mut log = Log::new("2026-03-02");
        log.as_of = log.as_of + Days::new(later);
        for (place, metres) in (0..).zip(days) {
            if metres.is_some() {
                log.run(day("2026-02-02") + Days::new(place), metres);
            }
        }
        // A run in the current week as well.
        if later > 1 {
            log.run(day("2026-03-03"), Some(6_000));
        }
        log
    })
}

fn planned() -> impl Strategy<Value = Vec<(u64, u32)>> {
    proptest::collection::btree_map(0_u64..28, 1_000_u32..30_000, 1..20).prop_map(|days| days.into_iter().collect())
}

fn course(log: &Log, days: &[(u64, u32)]) -> Course {
    let first = log.history().open_from();
    let days: Vec<(String, u32)> =
        days.iter().map(|(place, metres)| ((first + Days::new(*place)).to_string(), *metres)).collect();
    let days: Vec<(&str, u32)> = days.iter().map(|(date, metres)| (date.as_str(), *metres)).collect();
    log.plan(&days, &[])
}

/// The same few cases each time, since each one checks many plans.
fn few() -> Config {
    Config { cases: 40, failure_persistence: None, rng_seed: RngSeed::Fixed(20_260_302), ..Config::default() }
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn a_suggested_plan_breaks_no_limit_and_ends_with_the_target(
        log in log(), distance_m in 5_000_u32..45_000, weeks in 1_u64..20, place in 0_u64..7,
    ) {
        let by = day("2026-03-09") + Days::new(7 * weeks + place);
        let aim = Aim { distance_m, by };
        match suggest(&log.history(), aim, Units::Mi, &|_| None).expect("tables") {
            Suggestion::Plan(plan) => {
                prop_assert_eq!(broken_limits(&log, &plan), Vec::<String>::new());
                let last = plan.course.runs.last().expect("a run");
                prop_assert_eq!((last.date, last.distance_m), (by, Some(distance_m)));
                prop_assert!(plan.course.runs.iter().all(|run| run.date >= log.history().open_from()));
                let day_before = by - Days::new(1);
                prop_assert!(plan.course.runs.iter().all(|run| run.date != day_before), "a run on {}", day_before);
            }
            Suggestion::OutOfReach { reachable_m, earliest } => {
                prop_assert!(reachable_m < distance_m);
                let again = |aim| suggest(&log.history(), aim, Units::Mi, &|_| None).expect("tables");
                if reachable_m > 0 {
                    let now = again(Aim { distance_m: reachable_m, by });
                    prop_assert!(!matches!(now, Suggestion::OutOfReach { .. }), "{reachable_m}: {now:?}");
                }
                if let Some(day) = earliest.filter(|day| *day < by + Days::new(700)) {
                    prop_assert!(day != by);
                    let then = again(Aim { distance_m, by: day });
                    prop_assert!(!matches!(then, Suggestion::OutOfReach { .. }), "{day}: {then:?}");
                }
            }
            Suggestion::NoGround(_) => {}
        }
    }

    #[test]
    fn the_day_before_every_target_is_free(weeks in 1_u64..12, long_day in 0_u64..7) {
        // Runs on every second day, one of them long, so that a target follows each kind of day.
        let mut log = Log::new("2026-03-02");
        for week in 0..4 {
            for place in [0, 2, 4, 6] {
                let metres = if place == long_day / 2 * 2 { 14_000 } else { 8_000 };
                log.run(day("2026-02-02") + Days::new(7 * week + place), Some(metres));
            }
        }
        for distance_m in [5_000, 15_000, 21_100, 42_200] {
            for place in 0..7 {
                let by = day("2026-03-09") + Days::new(7 * weeks + place);
                let made = suggest(&log.history(), Aim { distance_m, by }, Units::Km, &|_| None).expect("tables");
                let Suggestion::Plan(plan) = made else { continue };
                let eve = by - Days::new(1);
                prop_assert!(plan.course.runs.iter().all(|run| run.date != eve), "{distance_m} on {by}: a run on {eve}");
            }
        }
    }

    #[test]
    fn all_changes_together_leave_no_flag_and_none_is_larger_than_it_must_be(log in log(), days in planned()) {
        let course = course(&log, &days);
        let judge = PlanEvaluator::new(log.history(), &course).expect("tables");
        let outlook = judge.outlook(&course).expect("tables");
        let changed = changes(&judge, &course, &outlook).expect("tables");
        for flag in &outlook.flags {
            prop_assert!(changed.answers.iter().any(|known| known.flag.id == flag.id), "{} has no answer", flag.id);
        }
        let answerable = |rule: &str| rule != "return-after-break";
        let left: Vec<&str> =
            changed.outlook.flags.iter().map(|flag| flag.id.as_str()).filter(|id| answerable(id.split('/').next().unwrap_or(""))).collect();
        prop_assert_eq!(left, Vec::<&str>::new());
        let total = |course: &Course| course.runs.iter().filter_map(|run| run.distance_m).map(u64::from).sum::<u64>();
        prop_assert!(total(&changed.course) <= total(&course), "changes never add");

        let mut working = course;
        for answered in &changed.answers {
            let Answer::Edits(edits) = &answered.answer else { continue };
            let after = carry_out(&judge, &working, edits);
            let flagged = |course: &Course| {
                judge.outlook(course).expect("tables").flags.iter().any(|flag| flag.id == answered.flag.id)
            };
            prop_assert!(flagged(&working) && !flagged(&after), "{}", answered.flag.id);
            if let Some(Edit::Shorten { run, .. }) = edits.first() {
                let mut more = after.clone();
                for known in more.runs.iter_mut().filter(|known| known.id == *run) {
                    known.distance_m = known.distance_m.map(|metres| metres + 1);
                }
                prop_assert!(flagged(&more), "{} could be less", answered.flag.id);
            }
            working = after;
        }
        prop_assert_eq!(working, changed.course);
    }
}
