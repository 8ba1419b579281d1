//! The rows below the weeks: days without a run, longest runs, and a ribbon of the shoes worn.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use maud::{Markup, html};

use super::super::in_units;
use super::super::room::{Anchor, Label, Rooms};
use super::super::scale::{number, px, real};
use super::layout::{Plot, RIBBON};
use super::{HeartChart, is_habit};
use crate::report::contract::{FindingSubject, ShoeState, WeekRow};
use crate::rules;

/// The rules whose flags mark a figure.
pub(super) const REST: &str = rules::REST_DAYS;
const LONG_RUN: &str = rules::LONG_RUN;

/// Whether few rest days are marked, which they are not where somebody usually trains that way.
pub(super) fn marks_rest(chart: &HeartChart<'_>) -> bool {
    !is_habit(chart, REST)
}

/// Whether a week has too few days without a run.
pub(super) fn is_low(chart: &HeartChart<'_>, row: &WeekRow) -> bool {
    row.week.rest_days.is_some_and(|days| f64::from(days) < chart.fewest_rest_days) && marks_rest(chart)
}

/// Whether the longest run of a week stands out.
pub(super) fn is_long(chart: &HeartChart<'_>, row: &WeekRow) -> bool {
    let of_week = |from| (row.week.start..=row.week.end).contains(&from);
    chart.findings.iter().any(|f| f.rule == LONG_RUN && of_week(f.from)) && !is_habit(chart, LONG_RUN)
}

/// The figures of both rows, as many as fit: those that stand out first, then the others from the newest on.
pub(super) fn figures(plot: &Plot<'_>, rooms: &mut Rooms) -> Markup {
    let chart = plot.chart;
    let mut row_of = |y: f64, figure: &dyn Fn(&WeekRow) -> Option<String>, stands_out: &dyn Fn(&WeekRow) -> bool| {
        let mut weeks: Vec<&WeekRow> = plot.weeks.iter().rev().copied().collect();
        weeks.sort_by_key(|row| !stands_out(row));
        let labels: Vec<Markup> = weeks
            .into_iter()
            .filter_map(|row| {
                let low = stands_out(row);
                let label = Label {
                    words: figure(row)?,
                    class: if low { "low" } else { "fig" },
                    at: plot.middle_of_week(row.week.start),
                    aside: 0.0,
                    y,
                    anchor: Anchor::Middle,
                    size: 11.0,
                    bold: low,
                };
                Some(rooms.put(&[label]))
            })
            .collect();
        labels
    };
    let rest = row_of(plot.at.rest, &|row| row.week.rest_days.map(|n| n.to_string()), &|row| is_low(chart, row));
    let long = |row: &WeekRow| row.week.longest_run_m.map(|m| format!("{:.0}", in_units(chart.units, u64::from(m))));
    let longest = row_of(plot.at.longest, &long, &|row| is_long(chart, row));
    html! { @for label in rest.into_iter().chain(longest) { (label) } }
}

/// The class of a pair in a week: by whether it had reached its replacement window by then, alternating so that
/// neighbours differ.
fn class_of(chart: &HeartChart<'_>, pair: &str, row: &WeekRow) -> usize {
    let reached = |wanted: ShoeState| {
        chart.findings.iter().any(|f| {
            matches!(&f.subject, FindingSubject::Pair { name, state } if name == pair && *state == wanted)
                && f.from <= row.week.end
        })
    };
    if reached(ShoeState::Worn) {
        0
    } else if reached(ShoeState::Due) {
        1
    } else {
        2 + chart.shoes.iter().position(|shoe| shoe.name == pair).unwrap_or(0) % 2
    }
}

/// The classes of the ribbon: past the window, in it, and two for pairs below it.
pub(super) const RIBBON_CLASSES: [&str; 4] = ["worn", "due", "below", "below other"];

/// For each class of the ribbon, whether any week shows it.
pub(super) fn worn(plot: &Plot<'_>) -> [bool; 4] {
    let mut any = [false; 4];
    for (_, parts) in parts(plot) {
        for (class, _) in parts {
            any[class] = true;
        }
    }
    any
}

/// The pairs used in each week: the class of each and the metres run in it, the most used first.
fn parts<'a>(plot: &Plot<'a>) -> Vec<(&'a WeekRow, Vec<(usize, u64)>)> {
    let runs = plot.chart.runs;
    plot.weeks
        .iter()
        .map(|row| {
            let begin = runs.partition_point(|run| run.local_date < row.week.start);
            let end = runs.partition_point(|run| run.local_date <= row.week.end).max(begin);
            let mut pairs: BTreeMap<&str, u64> = BTreeMap::new();
            for run in &runs[begin..end] {
                if let (Some(shoe), Some(metres)) = (&run.shoe, run.distance_m) {
                    *pairs.entry(shoe).or_default() += u64::from(metres);
                }
            }
            let mut parts: Vec<(usize, u64)> =
                pairs.into_iter().map(|(pair, metres)| (class_of(plot.chart, pair, row), metres)).collect();
            parts.sort_unstable();
            (*row, parts)
        })
        .collect()
}

/// The ribbon: each week divided among its pairs by distance.
pub(super) fn ribbon(plot: &Plot<'_>) -> Markup {
    let Some(top) = plot.at.shoes else { return html! {} };
    let mut paths = [const { String::new() }; 4];
    for (row, parts) in parts(plot) {
        let all: u64 = parts.iter().map(|(_, metres)| metres).sum();
        let mut y = top;
        for (class, metres) in parts {
            let tall = RIBBON * real(metres) / real(all.max(1));
            let _ = write!(
                paths[class],
                "M{} {}h6v{}h-6z",
                number(plot.day(row.week.start) + 0.5),
                px(y),
                px((tall - 1.0).max(0.5))
            );
            y += tall;
        }
    }
    html! {
        @for (class, path) in RIBBON_CLASSES.iter().zip(&paths) {
            @if !path.is_empty() { path class={ "shoe " (class) } d=(path) {} }
        }
    }
}
