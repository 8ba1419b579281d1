//! Tests, on thousands of made-up logs, of what the room of a week promises: running what is shown, in either unit,
//! raises no flag on distance.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, Weekday};

use super::budget::{self, Budget};
use super::testing::day;
use crate::model::finding::Finding;
use crate::model::threshold::Settings;
use crate::model::units::Units;
use crate::rules::{InputRun, LOAD_RULES, RuleInput};
use crate::tables::{BLANK_DAYS, Batch, Input, TableRun, Tables};

/// The number of logs.
const LOGS: usize = 10_000;
/// The number of logs whose tables are built together.
const AT_ONCE: usize = 500;

/// Pseudo-random numbers, the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

#[derive(Clone)]
struct MadeUp {
    as_of: NaiveDate,
    runs: Vec<TableRun<'static>>,
    noted: Vec<NaiveDate>,
}

/// Some weeks with an occasional blank, jump or run of double length, in whole metres.
fn made_up(numbers: &mut Numbers) -> MadeUp {
    let first = day("2026-01-05");
    let as_of = first + Days::new(14 + numbers.below(50));
    let usual = 1_000 + numbers.below(14_000);
    let mut runs = Vec::new();
    for date in first.iter_days().take_while(|date| *date < as_of) {
        if numbers.below(10) < 5 {
            let metres = usual / 2 + numbers.below(usual) + if numbers.below(20) == 0 { usual } else { 0 };
            let distance_m = (numbers.below(60) > 0).then(|| u32::try_from(metres).expect("metres"));
            runs.push(TableRun { date, distance_m, shoe: None, entry: None });
        }
    }
    MadeUp { as_of, runs, noted: vec![first, as_of] }
}

fn tables(logs: &[MadeUp]) -> Vec<Tables> {
    let inputs: Vec<Input<'_>> = logs
        .iter()
        .map(|log| Input {
            runs: &log.runs,
            other_sport_days: &[],
            note_days: &log.noted,
            shoes: &[],
            week_start: Weekday::Mon,
            as_of: log.as_of,
            blank_days: BLANK_DAYS.default,
        })
        .collect();
    Batch::build(&inputs).expect("tables").tables
}

/// The findings of the rules on jumps and spikes, and the room they leave.
fn judged(log: &MadeUp, tables: &Tables) -> (Vec<Finding>, Option<Budget>) {
    let runs: Vec<InputRun<'_>> = log
        .runs
        .iter()
        .map(|run| InputRun { id: "", date: run.date, distance_m: run.distance_m, shoe: None })
        .collect();
    let settings = Settings::default();
    let seen = RuleInput {
        as_of: log.as_of,
        runs: &runs,
        days: &tables.days,
        weeks: &tables.weeks,
        shoes: &tables.shoes,
        episodes: &[],
        warnings: &[],
        settings: &settings,
    };
    let rules = LOAD_RULES.iter().copied().filter(|rule| rule.meta().load_rise);
    let rises: Vec<Finding> = rules.flat_map(|rule| rule.check(&seen).findings().to_vec()).collect();
    let room = budget::budget(&budget::Week {
        as_of: log.as_of,
        weeks: &tables.weeks,
        runs: &runs,
        rises: &rises.iter().collect::<Vec<_>>(),
        settings: &settings,
        open_episode: false,
        warning_leads: false,
        seen: false,
        units: Units::Km,
    });
    (rises, room)
}

/// The metres in a text, as a reader would understand it.
fn read(words: &str, units: Units) -> u32 {
    let figure: f64 = words.split('\u{a0}').next().and_then(|figure| figure.parse().ok()).expect("a figure");
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "metres of a run")]
    let metres = (figure * units.metres()).floor() as u32;
    metres
}

/// The log a week later, with the longest run that the room allowed today.
fn once_used(log: &MadeUp, room: &Budget, units: Units) -> Option<MadeUp> {
    let left = read(&units.show_at_most(room.left_m()?), units);
    let at_once = room.longest_run_cap_m.map_or(u32::MAX, |most| read(&units.show_at_most(most), units));
    let mut used = log.clone();
    used.runs.push(TableRun { date: log.as_of, distance_m: Some(left.min(at_once)), shoe: None, entry: None });
    used.as_of = room.week_start + Days::new(7);
    used.noted.push(used.as_of);
    Some(used)
}

#[test]
fn a_run_of_what_the_room_shows_raises_no_flag_of_distance() {
    let mut numbers = Numbers(20_260_105);
    let (mut with_room, mut after_a_flag) = (0, 0);
    for batch in 0..LOGS / AT_ONCE {
        let units = if batch % 2 == 0 { Units::Km } else { Units::Mi };
        let logs: Vec<MadeUp> = (0..AT_ONCE).map(|_| made_up(&mut numbers)).collect();
        let before = tables(&logs);
        let mut used = Vec::new();
        for (log, tables) in logs.iter().zip(&before) {
            let (rises, room) = judged(log, tables);
            let Some(room) = room else { continue };
            let Some(then) = once_used(log, &room, units) else { continue };
            after_a_flag += usize::from(room.because.iter().any(|because| because.contains("your usual week")));
            let known: BTreeSet<String> = rises.into_iter().map(|finding| finding.id).collect();
            used.push((then, known, room));
        }
        let logs: Vec<MadeUp> = used.iter().map(|(log, ..)| log.clone()).collect();
        for ((log, known, room), tables) in used.iter().zip(&tables(&logs)) {
            with_room += 1;
            let (rises, _) = judged(log, tables);
            let new: Vec<&Finding> = rises.iter().filter(|finding| !known.contains(&finding.id)).collect();
            // A week that was over its room already is flagged whatever is run.
            assert!(new.is_empty() || room.is_over(), "{new:?}\n{room:?}\n{:?}", log.runs);
        }
    }
    assert!(with_room > 5_000 && after_a_flag > 500, "{with_room} logs with room, {after_a_flag} after a flag");
}
