//! The last complete week in a line: its distance against the week before, and against the plan, with the weeks before it
//! drawn.

use chrono::NaiveDate;

use super::Line;
use crate::report::charts::text;
use crate::report::contract::{Report, WeekRow};
use crate::report::shown::ShownReport;
use crate::report::{planned, wording};

/// The number of weeks drawn beside the last one, and the fewest worth drawing.
const DRAWN: usize = 8;
const FEWEST_DRAWN: usize = 4;

/// The last complete week that was logged, with the weeks before it drawn.
pub(super) fn line(shown: &ShownReport<'_>) -> Option<Line> {
    let report = shown.report;
    let known = |row: &&WeekRow| row.week.complete && (row.week.observed || row.week.runs > 0);
    let at = report.weeks.iter().rposition(|row| known(&row))?;
    let row = report.weeks.get(at)?;
    let is_last = (report.as_of - row.week.end).num_days() <= 7 && !report.as_of_last_entry;
    let text = if row.week.observed {
        distance_and_change(shown, row).unwrap_or_else(|| wording::NO_RUN.to_owned())
    } else {
        "not wholly logged".to_owned()
    };
    let text = text + &of_the_plan(report, row.week.start);
    let mut line = if is_last {
        Line::plain("Last week", text)
    } else {
        Line::plain("", format!("Week of {}: {text}.", wording::near(row.week.start, report.as_of)))
    };
    let drawn: Vec<&WeekRow> = report.weeks[..=at].iter().rev().take(DRAWN).rev().collect();
    let runs = drawn.iter().any(|row| row.week.runs > 0);
    line.bars = (drawn.len() >= FEWEST_DRAWN && runs).then(|| text::bars(&drawn));
    Some(line.more("distance"))
}

/// `; planned 34.0 km`; empty if no training plan covers the week.
fn of_the_plan(report: &Report, start: NaiveDate) -> String {
    let planned = planned::distance_m(report, start);
    planned.map_or_else(String::new, |metres| format!("; planned {}", report.view.units.show(metres)))
}

/// `50.6 km, +16 %`; `None` if the distance is not known.
pub(super) fn distance_and_change(shown: &ShownReport<'_>, row: &WeekRow) -> Option<String> {
    let units = shown.report.view.units;
    if row.week.runs == 0 {
        return Some(wording::NO_RUN.to_owned());
    }
    let distance = row.week.distance_m.map(|metres| units.show(metres))?;
    let bound = if row.week.runs_without_distance > 0 { "at least " } else { "" };
    let change = match wording::week_change(row) {
        none if none == "–" => String::new(),
        change => format!(", {change}"),
    };
    Some(format!("{bound}{distance}{change}"))
}
