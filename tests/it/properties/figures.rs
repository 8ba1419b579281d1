//! Sums, and what must not change a figure: the order of rows, how they are divided into files, copies, later days.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use super::made_up::{
    MadeUp, afterwards, date, folder, imported, journal, log, number, plain_report, report, sum, table,
};
use crate::place::figures;

/// The same cases each time, so that a change of the code is the only difference.
pub const SEED: u64 = 20_250_301;

/// Few cases, because each makes folders and reports.
fn few() -> Config {
    Config { cases: 16, failure_persistence: None, rng_seed: RngSeed::Fixed(SEED), ..Config::default() }
}

/// An index and the pile that it goes to.
type Dealt = Vec<(usize, usize)>;

/// A log, with its rows and notes shuffled and dealt into three piles each.
fn dealt_out() -> impl Strategy<Value = (MadeUp, Dealt, Dealt)> {
    log().prop_flat_map(|made_up| {
        let deal = |length: usize| {
            let order = Just((0..length).collect::<Vec<_>>()).prop_shuffle();
            (order, proptest::collection::vec(0_usize..3, length))
                .prop_map(|(order, piles)| order.into_iter().zip(piles).collect())
        };
        let (runs, notes) = (made_up.runs.len(), made_up.notes.len());
        (Just(made_up), deal(runs), deal(notes))
    })
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn totals_add_up_to_what_was_run(made_up in log()) {
        let report = plain_report(&made_up, afterwards());
        let runs = made_up.runs.len() as u64;
        let metres: u64 = made_up.runs.iter().filter_map(|run| run.metres).map(u64::from).sum();
        prop_assert_eq!(number(&report["athlete"]["runs"]), runs);
        prop_assert_eq!(number(&report["athlete"]["distance_m"]), metres);
        prop_assert_eq!(report["runs"].as_array().unwrap().len() as u64, runs);
        prop_assert_eq!(sum(&report["runs"], "distance_m"), metres);
        prop_assert_eq!(sum(&report["weeks"], "distance_m"), metres);
        prop_assert_eq!(sum(&report["weeks"], "runs"), runs);
        let unknown = made_up.runs.iter().filter(|run| run.metres.is_none()).count() as u64;
        prop_assert_eq!(sum(&report["weeks"], "runs_without_distance"), unknown);
        for name in ["Ghost", "Pegasus"] {
            let on_it = || made_up.runs.iter().filter(|run| run.shoe == name);
            let row = report["shoes"].as_array().unwrap().iter().find(|row| row["name"] == name);
            prop_assert_eq!(row.map_or(0, |row| number(&row["runs"])), on_it().count() as u64);
            let metres: u64 = on_it().filter_map(|run| run.metres).map(u64::from).sum();
            prop_assert_eq!(row.map_or(0, |row| number(&row["distance_m"])), metres);
        }
        let totals = &report["import"]["totals"];
        let out: u64 = ["runs_out", "duplicates_merged", "other_sport", "left_out"].iter().map(|key| number(&totals[key])).sum();
        prop_assert_eq!(number(&totals["activities_in"]), out);
        prop_assert_eq!(number(&totals["runs_out"]), runs);
        prop_assert_eq!(report["pain"].as_array().unwrap().len(), made_up.notes.len());
    }

    #[test]
    fn a_report_of_an_earlier_day_adds_up_too(made_up in log(), day in 0_u64..170) {
        let report = plain_report(&made_up, date(day));
        let known: Vec<_> = made_up.runs.iter().filter(|run| run.day <= day).collect();
        prop_assert_eq!(number(&report["athlete"]["runs"]), known.len() as u64);
        prop_assert_eq!(sum(&report["weeks"], "distance_m"), known.iter().filter_map(|run| run.metres).map(u64::from).sum::<u64>());
        let totals = &report["import"]["totals"];
        prop_assert_eq!(number(&totals["left_out"]), (made_up.runs.len() - known.len()) as u64);
        prop_assert_eq!(number(&totals["activities_in"]), made_up.runs.len() as u64);
    }

    #[test]
    fn neither_the_order_of_rows_nor_the_files_they_stand_in_changes_a_figure((made_up, runs, notes) in dealt_out()) {
        let mut files = Vec::new();
        for pile in 0..3 {
            let runs = runs.iter().filter(|(_, on)| *on == pile).map(|(index, _)| &made_up.runs[*index]);
            files.push((["a.csv", "logs/b.csv", "z.csv"][pile], table(runs)));
            let notes = notes.iter().filter(|(_, on)| *on == pile).map(|(index, _)| &made_up.notes[*index]);
            files.push((["b.md", "logs/a.txt", "y.md"][pile], journal(notes)));
        }
        let dir = folder(&files);
        let scattered = figures(&report(&imported(dir.path()), afterwards()));
        prop_assert_eq!(scattered, figures(&plain_report(&made_up, afterwards())));
    }

    #[test]
    fn a_copy_of_everything_changes_only_the_ledger(made_up in log()) {
        let (table, journal) = (table(&made_up.runs), journal(&made_up.notes));
        let dir = folder(&[("log.csv", &table), ("pain.md", &journal), ("copy/log.csv", &table), ("copy/pain.md", &journal)]);
        let twice = report(&imported(dir.path()), afterwards());
        let runs = made_up.runs.len() as u64;
        prop_assert_eq!(number(&twice["import"]["totals"]["duplicates_merged"]), runs);
        prop_assert_eq!(number(&twice["import"]["totals"]["activities_in"]), 2 * runs);
        prop_assert_eq!(figures(&twice), figures(&plain_report(&made_up, afterwards())));
    }

    #[test]
    fn a_week_that_is_over_stays_as_it_was(made_up in log(), day in 20_u64..160, later in 1_u64..60) {
        let dir = folder(&[("log.csv", table(&made_up.runs)), ("pain.md", journal(&made_up.notes))]);
        let log = imported(dir.path());
        let (before, after) = (report(&log, date(day)), report(&log, date(day + later)));
        // Days after the last entry count as a blank only after fourteen of them; then the zero kilometres of a week
        // among them are no longer known.
        let settled = before["athlete"]["log_to"].as_str().unwrap_or_default().to_owned();
        for week in before["weeks"].as_array().unwrap().iter().filter(|week| week["complete"] == true) {
            let now = after["weeks"].as_array().unwrap().iter().find(|other| other["start"] == week["start"]).unwrap();
            for field in ["complete", "runs", "runs_without_distance", "longest_run_m"] {
                prop_assert_eq!(&now[field], &week[field], "{} of {}", field, week["start"]);
            }
            if week["runs"] != 0 {
                prop_assert_eq!(&now["distance_m"], &week["distance_m"], "distance of {}", week["start"]);
            }
            if week["end"].as_str().unwrap() <= settled.as_str() {
                prop_assert_eq!(now, week);
            }
        }
    }
}
