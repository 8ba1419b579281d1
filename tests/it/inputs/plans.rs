//! A training plan as a table or as a calendar.

use chrono::Datelike;
use chrono_tz::Tz;
use runhip::import::csv::CsvOptions;
use runhip::import::training_plan;
use runhip::model::problem::{Cost, Place};
use runhip::model::training_plan::When;

/// Longer than any planned week.
const LONGEST_WEEK_M: u32 = 1_000_000;

pub fn plan(bytes: &[u8]) {
    let plan = training_plan::read(bytes, &CsvOptions::default(), Tz::Pacific__Auckland);
    let lines = super::logs::lines_of(bytes);
    for row in &plan.rows {
        let (When::Day(day) | When::Week(day)) = row.when;
        assert!((1_900..2_200).contains(&day.year()), "{row:?}");
        assert!((1..=lines).contains(&row.line), "{row:?} of {lines}");
        assert!(row.distance_m.is_none_or(|metres| metres <= LONGEST_WEEK_M), "{row:?}");
    }
    for problem in &plan.problems {
        assert!(!problem.what.trim().is_empty() && !problem.hint.trim().is_empty(), "{problem:?}");
        assert!(!problem.what.contains(char::is_control) && problem.what.chars().count() < 2_000, "{problem:?}");
        if let Place::Line(line) = problem.place {
            assert!((1..=lines).contains(&line), "{problem:?} of {lines}");
        }
        // A plan is taken whole or not at all, so no row is reported as left out. A message about the file quotes its
        // columns.
        let said = ["; the row was left out", "; it was left out"].iter().any(|said| problem.what.ends_with(said));
        assert!(problem.cost < Cost::Entry || matches!(problem.place, Place::File) || !said, "{problem:?}");
    }
    let entries = plan.rows.len() + plan.problems.len();
    assert!(entries as u64 + plan.rest_rows + plan.other_rows <= 2 * lines + 8);
}
