//! Many years: a row for each, a cell for each week by its distance, with what stood out above the cell and hip pain
//! below it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};

use super::super::scale::{Axis, across, number, px};
use super::super::{Mark, in_units, render_legend};
use super::{HeartChart, bars};
use crate::report::contract::WeekRow;
use crate::report::wording;

/// Pixels from row to row, of a cell, and above the first row for the months.
const ROW: f64 = 24.0;
const CELL: f64 = 13.0;
const HEAD: f64 = 18.0;
/// The cells of a row; the last one holds the rest of the year.
const COLUMNS: f64 = 53.0;
const LEVELS: [&str; 5] = ["d1", "d2", "d3", "d4", "d5"];

/// The rows, the newest year first.
pub(super) fn draw(id: &str, chart: &HeartChart<'_>, weeks: &[&WeekRow]) -> Markup {
    let mut years: BTreeMap<i32, Vec<&WeekRow>> = BTreeMap::new();
    for row in weeks {
        years.entry(row.week.start.year()).or_default().push(row);
    }
    let most = weeks.iter().filter_map(|row| row.week.distance_m).max().unwrap_or(0);
    let step = Axis::holding(in_units(chart.units, most), LEVELS.len()).step;
    let mut paths: BTreeMap<&str, String> = BTreeMap::new();
    for (nth, rows) in years.values().rev().enumerate() {
        let top = HEAD + ROW * super::scale::count(nth) + 5.0;
        for row in rows {
            let left = number(column(row.week.start) + 0.08);
            // Filled cells are drawn as thick lines, which take half as many bytes as boxes.
            let mut line = |class, top: f64, tall: f64| {
                let _ = write!(paths.entry(class).or_default(), "M{left} {}h.84", px(top + tall / 2.0));
            };
            match row.week.distance_m {
                _ if bars::is_blank(row) => {}
                Some(0) | None => line("d0", top, CELL),
                Some(metres) => line(level(in_units(chart.units, metres), step), top, CELL),
            }
            if bars::above(row) > 0 {
                line("over", top - 4.0, 3.0);
            }
            if hurts(chart, row) {
                line("cap", top + CELL + 1.0, 3.0);
            }
            if bars::is_blank(row) {
                let _ = write!(paths.entry("blank").or_default(), "M{left} {}h.84v{}h-.84z", px(top), px(CELL));
            }
        }
    }
    let height = px(HEAD + ROW * super::scale::count(years.len()) + 4.0);
    let months = [(1, "Jan"), (4, "Apr"), (7, "Jul"), (10, "Oct")];
    let painful = weeks.iter().filter(|row| hurts(chart, row)).count() as u64;
    let risen = weeks.iter().filter(|row| bars::above(row) > 0).count() as u64;
    html! {
        p.soft id={ (id) "-years" } {
            (wording::counted(weeks.len() as u64, "week", "weeks")) ", a row a year: "
            (risen) " above their room, " (painful) " with hip pain."
        }
        (render_legend(&marks(chart, &paths, step)))
        svg.plot.years role="img" aria-labelledby={ (id) "-years" } height=(height) {
            @for (month, name) in months { text.axis x=(across(f64::from(month - 1) * 4.35 / COLUMNS)) y="12" { (name) } }
            @for (nth, year) in years.keys().rev().enumerate() {
                text.axis.scale x="-5" y=(px(HEAD + ROW * super::scale::count(nth) + 16.0)) { (year) }
            }
            svg.stretch width="100%" height=(height) viewBox={ "0 0 " (number(COLUMNS)) " " (height) } preserveAspectRatio="none" {
                @for (class, path) in &paths { path class=(class) d=(path) {} }
            }
        }
    }
}

fn column(start: NaiveDate) -> f64 {
    f64::from((start.ordinal0() / 7).min(52))
}

fn level(distance: f64, step: f64) -> &'static str {
    let at = (1..LEVELS.len()).filter(|n| distance >= super::scale::count(*n) * step).count();
    LEVELS[at]
}

fn hurts(chart: &HeartChart<'_>, row: &WeekRow) -> bool {
    let begin = chart.days.partition_point(|day| day.date < row.week.start);
    chart.days[begin..].iter().take_while(|day| day.date <= row.week.end).any(|day| day.pain.is_some())
}

fn marks(chart: &HeartChart<'_>, paths: &BTreeMap<&str, String>, step: f64) -> Vec<Mark> {
    let bound = |n: usize| number(super::scale::count(n) * step);
    let unit = chart.units.sign();
    let all = [
        ("d0", "d0", "no run".to_owned()),
        ("d1", "d1", format!("under {} {unit}", bound(1))),
        ("d2", "d2", format!("under {} {unit}", bound(2))),
        ("d3", "d3", format!("under {} {unit}", bound(3))),
        ("d4", "d4", format!("under {} {unit}", bound(4))),
        ("d5", "d5", format!("{} {unit} a week and more", bound(4))),
        ("blank", "k-blank", "no entry".to_owned()),
        ("over", "k-over", "above its room".to_owned()),
        ("cap", "k-cap", "hip pain".to_owned()),
    ];
    all.into_iter()
        .filter(|(class, ..)| paths.contains_key(class))
        .map(|(_, key, words)| Mark::new(key, words))
        .collect()
}
