//! The last year day by day, as two half-year blocks that stand beside each other or below: runs by distance, rest, days
//! of which nothing is known, pain, and episodes outlined.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate, Weekday};
use maud::{Markup, html};

use super::scale::{count, earlier, later, number};
use super::{Figure, Mark, in_units};
use crate::model::units::Units;
use crate::report::contract::DayView;
use crate::report::wording;

/// Weeks in one block.
const COLUMNS: u64 = 26;
const CELL: f64 = 16.0;
const LEFT: f64 = 38.0;
const HEAD: f64 = 18.0;

/// The chart of the last 52 weeks; `None` without days.
#[must_use]
pub fn draw(id: &str, days: &[DayView], week_start: Weekday, units: Units) -> Option<Markup> {
    let last = days.last()?.date;
    let final_week = earlier(last, u64::from(last.weekday().days_since(week_start)));
    let half = earlier(final_week, 7 * (COLUMNS - 1));
    let begin = earlier(half, 7 * COLUMNS);
    let shown: BTreeMap<NaiveDate, &DayView> = days.iter().filter(|d| d.date >= begin).map(|d| (d.date, d)).collect();
    let first = shown.keys().next().copied()?;
    let step = if units == Units::Km { 4.0 } else { 2.5 };
    let drawing = html! {
        div.calendar role="group" aria-labelledby={ (id) "-title" } {
            @if first < half { (block(id, 1, begin, &shown, week_start, units, step)) }
            (block(id, 2, half, &shown, week_start, units, step))
        }
    };
    let mut legend = vec![Mark::new("d0", "rest")];
    for level in 1..=5_u8 {
        let (class, bound) = (LEVELS[level as usize], number(f64::from(level) * step));
        let meaning = if level < 5 {
            format!("under {bound}")
        } else {
            format!("{} and more {}", number(4.0 * step), units.sign())
        };
        legend.push(Mark::new(class, meaning));
    }
    legend.push(Mark::new("k-blank", "nothing known"));
    legend.push(Mark::new("k-dot", "hip pain"));
    legend.push(Mark::new("k-outline", "episode"));
    if shown.values().any(|d| d.other_sport) {
        legend.push(Mark::new("k-other", "other sport"));
    }
    let ran = shown.values().filter(|d| d.runs > 0).count();
    let hurt = shown.values().filter(|d| d.pain.is_some()).count();
    let title =
        format!("{ran} of {} days with a run, {hurt} with hip pain, since {}", shown.len(), wording::day(first));
    Some(Figure { id, title, legend, drawing, table: None }.render())
}

const LEVELS: [&str; 6] = ["d0", "d1", "d2", "d3", "d4", "d5"];

fn level(day: &DayView, units: Units, step: f64) -> &'static str {
    match day.distance_m {
        _ if day.runs == 0 => LEVELS[0],
        None => LEVELS[1],
        Some(metres) => {
            let value = in_units(units, metres);
            let above = (1..5_u8).filter(|l| value >= f64::from(*l) * step).count();
            LEVELS[above + 1]
        }
    }
}

fn block(
    id: &str,
    half: u8,
    begin: NaiveDate,
    shown: &BTreeMap<NaiveDate, &DayView>,
    week_start: Weekday,
    units: Units,
    step: f64,
) -> Markup {
    let at = |column: u64, row: u64| later(begin, 7 * column + row);
    let x = |column: u64| LEFT + super::scale::real(column) * CELL;
    let y = |row: u64| HEAD + super::scale::real(row) * CELL;
    let width = LEFT + count(26) * CELL + 6.0;
    let named = format!("{id}-half{half}");
    html! {
        svg role="img" aria-labelledby=(named) viewBox={ "0 0 " (number(width)) " " (number(HEAD + 7.0 * CELL + 4.0)) } {
            title id=(named) { "Days from " (wording::long(begin)) }
            @for (name, row) in [(0, 0), (2, 2), (4, 4), (6, 6)] {
                text.small x=(number(LEFT - 5.0)) y=(number(y(row) + 12.0)) text-anchor="end" { (day_name(week_start, name)) }
            }
            @for column in 0..COLUMNS {
                @if let Some(first) = (0..7).map(|row| at(column, row)).find(|d| d.day() == 1) {
                    @if column + 1 < COLUMNS { text.small x=(number(x(column))) y="12" { (wording::month_short(first)) } }
                }
            }
            @let cells: Vec<(&DayView, f64, f64)> = (0..COLUMNS)
                .flat_map(|column| (0..7).map(move |row| (column, row)))
                .filter_map(|(column, row)| shown.get(&at(column, row)).map(|day| (*day, x(column), y(row))))
                .collect();
            @for class in LEVELS.into_iter().chain(["none"]) {
                @let of_class = || cells.iter().filter(move |(day, ..)| class_of(day, units, step) == class);
                @if of_class().next().is_some() {
                    g class=(class) { @for (day, x, y) in of_class() { (cell(day, *x, *y, units)) } }
                }
            }
            @for (day, x, y) in &cells { (signs(day, *x, *y)) }
            @let path = outline(&|column, row| {
                column < COLUMNS && row < 7 && shown.get(&at(column, row)).is_some_and(|d| d.in_episode)
            });
            @if !path.is_empty() { path.outline d=(path) {} }
            @for column in 0..COLUMNS {
                @for row in 0..7 {
                    @if shown.get(&at(column, row)).is_some_and(|d| d.pain.is_some()) {
                        circle.dot cx=(number(x(column) + 7.0)) cy=(number(y(row) + 7.0)) r="3.2" {}
                    }
                }
            }
        }
    }
}

fn class_of(day: &DayView, units: Units, step: f64) -> &'static str {
    if !day.observed && day.runs == 0 { "none" } else { level(day, units, step) }
}

/// A day's square, inside a group that gives it its colour.
fn cell(day: &DayView, x: f64, y: f64, units: Units) -> Markup {
    let (plain, square) = (
        day.runs == 0 && day.pain.is_none() && !day.other_sport,
        format!("M{} {}h11v11h-11z", number(x + 1.5), number(y + 1.5)),
    );
    html! { path d=(square) { @if !plain { title { (words(day, units)) } } } }
}

/// What a day's square has on it besides its colour.
fn signs(day: &DayView, x: f64, y: f64) -> Markup {
    html! {
        @if day.runs > 0 && day.distance_m.is_none() { text.unknown x=(number(x + 7.0)) y=(number(y + 11.0)) text-anchor="middle" { "?" } }
        @if day.other_sport { rect.other x=(number(x + 2.0)) y=(number(y + 10.5)) width="10" height="2" {} }
    }
}

fn words(day: &DayView, units: Units) -> String {
    let mut words = vec![wording::day_month(day.date)];
    match day.distance_m {
        Some(metres) if day.runs > 0 => words.push(units.show(metres)),
        None if day.runs > 0 => words.push("distance not known".to_owned()),
        _ => {}
    }
    if day.other_sport {
        words.push("other sport".to_owned());
    }
    match day.pain {
        Some(Some(score)) => words.push(format!("hip pain {}", wording::score(score))),
        Some(None) => words.push("hip pain".to_owned()),
        None => {}
    }
    words.join(", ")
}

fn day_name(week_start: Weekday, row: usize) -> &'static str {
    const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    NAMES[(usize::try_from(week_start.num_days_from_monday()).unwrap_or(0) + row) % 7]
}

/// The edges between days inside an episode and days outside, as one path.
fn outline(inside: &dyn Fn(u64, u64) -> bool) -> String {
    let mut path = String::new();
    let mut edge = |column: f64, row: f64, along: &str| {
        let (x, y) = (LEFT - 1.0 + column * CELL, HEAD - 1.0 + row * CELL);
        let _ = write!(path, "M{} {}{along}16", number(x), number(y));
    };
    for column in 0..COLUMNS {
        for row in 0..7 {
            if !inside(column, row) {
                continue;
            }
            let (c, r) = (super::scale::real(column), super::scale::real(row));
            if row == 0 || !inside(column, row - 1) {
                edge(c, r, "h");
            }
            if !inside(column, row + 1) {
                edge(c, r + 1.0, "h");
            }
            if column == 0 || !inside(column - 1, row) {
                edge(c, r, "v");
            }
            if !inside(column + 1, row) {
                edge(c + 1.0, r, "v");
            }
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_runs_round_the_days_and_not_between_them() {
        let one = outline(&|c, r| (c, r) == (3, 3));
        assert_eq!(one.matches('M').count(), 4);
        let two = outline(&|c, r| c == 3 && (r == 3 || r == 4));
        assert_eq!(two.matches('M').count(), 6, "two days share one edge, which is not drawn");
        assert_eq!(outline(&|_, _| false), "");
    }

    #[test]
    fn weeks_begin_on_the_chosen_day() {
        assert_eq!(
            (day_name(Weekday::Mon, 0), day_name(Weekday::Sun, 0), day_name(Weekday::Sun, 6)),
            ("Mon", "Sun", "Sat")
        );
    }

    #[test]
    fn a_run_without_a_distance_is_a_run_and_not_rest() {
        let date = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
        let day = |runs, distance_m| DayView {
            date,
            observed: true,
            runs,
            distance_m,
            other_sport: false,
            pain: None,
            in_episode: false,
        };
        assert_eq!(level(&day(0, Some(0)), Units::Km, 4.0), "d0");
        assert_eq!(level(&day(1, None), Units::Km, 4.0), "d1");
        assert_eq!(level(&day(1, Some(3_999)), Units::Km, 4.0), "d1");
        assert_eq!(level(&day(1, Some(4_000)), Units::Km, 4.0), "d2");
        assert_eq!(level(&day(2, Some(30_000)), Units::Km, 4.0), "d5");
    }
}
