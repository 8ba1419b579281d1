//! The whole log by month, with the number of flagged weeks and the days with hip pain.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::Table;
use crate::model::units::Units;
use crate::report::contract::{DayView, FindingRow};
use crate::report::wording;

/// One calendar month of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub first: NaiveDate,
    /// The number of runs.
    pub runs: u64,
    /// The metres of all runs with a known distance.
    pub distance_m: u64,
    /// The days on which something is known.
    pub observed: u64,
    /// Days with hip pain.
    pub painful: u64,
    /// The weekly jumps that begin in it.
    pub jumps: u64,
    /// Whether a run has no distance, so that the metres are a lower bound.
    pub at_least: bool,
}

/// The months of some days, oldest first, with the jumps that begin in each.
#[must_use]
pub fn months(days: &[DayView], jumps: &[&FindingRow]) -> Vec<Month> {
    let mut months: BTreeMap<NaiveDate, Month> = BTreeMap::new();
    for day in days {
        let first = day.date.with_day(1).unwrap_or(day.date);
        let month = months.entry(first).or_insert(Month {
            first,
            runs: 0,
            distance_m: 0,
            observed: 0,
            painful: 0,
            jumps: 0,
            at_least: false,
        });
        month.runs += u64::from(day.runs);
        month.distance_m = month.distance_m.saturating_add(day.distance_m.unwrap_or(0));
        month.observed += u64::from(day.observed);
        month.painful += u64::from(day.pain.is_some());
        month.at_least |= day.runs > 0 && day.distance_m.is_none();
    }
    for finding in jumps {
        if let Some(month) = finding.from.with_day(1).and_then(|first| months.get_mut(&first)) {
            month.jumps += 1;
        }
    }
    months.into_values().collect()
}

/// Whether nothing is known of a month.
fn blank(month: &Month) -> bool {
    month.observed == 0 && month.runs == 0
}

/// The name of a month: `Nov 2026`.
fn name(first: NaiveDate) -> String {
    format!("{} {}", wording::month_short(first), first.year())
}

/// The months, newest first, each with its name. Adjacent months in which nothing is known are joined, and named for
/// the first and the last of them.
#[must_use]
pub fn stretches(months: &[Month], name: impl Fn(NaiveDate) -> String) -> Vec<(String, Month)> {
    let mut stretches: Vec<(String, Month)> = months
        .chunk_by(|a, b| blank(a) && blank(b))
        .filter_map(|stretch| {
            let (first, last) = (stretch.first()?, stretch.last()?);
            let apart = if stretch.len() > 1 { format!(" – {}", name(last.first)) } else { String::new() };
            Some((name(first.first) + &apart, *first))
        })
        .collect();
    stretches.reverse();
    stretches
}

/// The months as a table, the newest first.
#[must_use]
pub fn table(months: &[Month], units: Units) -> Table {
    let rows = stretches(months, name)
        .into_iter()
        .map(|(name, m)| {
            vec![name, distance(&m, units), m.runs.to_string(), m.jumps.to_string(), m.painful.to_string()]
        })
        .collect();
    Table::new(&["Month", "Distance", "Runs", "Flagged weeks", "Painful days"], rows).named(caption(months))
}

fn caption(months: &[Month]) -> String {
    let Some(first) = months.first() else { return String::new() };
    let since = format!("{} {}", wording::month(first.first), first.first.year());
    format!("{} since {since}, the newest first", wording::counted(months.len() as u64, "month", "months"))
}

fn distance(month: &Month, units: Units) -> String {
    match (month.observed, month.at_least) {
        (0, _) if month.runs == 0 => wording::NOTHING_KNOWN.to_owned(),
        (_, true) => format!("at least {}", units.show(month.distance_m)),
        _ => units.show(month.distance_m),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_which_nothing_is_known_are_one_row() {
        let month = |text: &str, observed| Month {
            first: text.parse().unwrap(),
            runs: 0,
            distance_m: 0,
            observed,
            painful: 0,
            jumps: 0,
            at_least: false,
        };
        let months = [
            month("2025-11-01", 9),
            month("2025-12-01", 0),
            month("2026-01-01", 0),
            month("2026-02-01", 0),
            month("2026-03-01", 1),
            month("2026-04-01", 31),
            month("2026-05-01", 0),
        ];
        let names: Vec<String> =
            stretches(&months, |first| first.format("%Y-%m").to_string()).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["2026-05", "2026-04", "2026-03", "2025-12 – 2026-02", "2025-11"]);
    }

    #[test]
    fn days_add_up_by_calendar_month() {
        let day = |text: &str, runs, distance_m| DayView {
            date: text.parse().unwrap(),
            observed: true,
            runs,
            distance_m,
            other_sport: false,
            pain: (runs == 0).then_some(None),
            in_episode: false,
        };
        let days = [
            day("2026-01-31", 1, Some(5_000)),
            day("2026-02-01", 2, Some(9_000)),
            day("2026-02-02", 1, None),
            day("2026-02-03", 0, Some(0)),
        ];
        let months = months(&days, &[]);
        let figures: Vec<_> = months.iter().map(|m| (m.runs, m.distance_m, m.painful, m.at_least)).collect();
        assert_eq!(figures, [(1, 5_000, 0, false), (3, 9_000, 1, true)]);
    }
}
