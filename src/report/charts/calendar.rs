//! The last year day by day, as two half-year blocks side by side or one below the other: runs by distance, rest,
//! days on which nothing is known, pain, and episodes outlined.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate, Weekday};
use maud::{Markup, html};

use super::scale::{earlier, later, number};
use super::{Figure, Mark, in_units};
use crate::model::units::Units;
use crate::report::contract::DayView;
use crate::report::wording;

/// The most weeks in one block.
const COLUMNS: u64 = 26;
/// The number of weeks shown.
const WEEKS: u64 = 52;
/// The least width of a drawing in weeks, so that the squares of a short log do not grow large.
const FEWEST: u64 = 20;
/// The largest width of one unit of the drawing, in `rem` of the style sheet.
const MOST_REM: f64 = 0.074;
const CELL: f64 = 16.0;
const LEFT: f64 = 38.0;
const HEAD: f64 = 18.0;

/// The chart of the last 52 weeks; `None` without days.
#[must_use]
pub fn draw(id: &str, days: &[DayView], week_start: Weekday, units: Units) -> Option<Markup> {
    let last = days.last()?.date;
    let final_week = earlier(last, u64::from(last.weekday().days_since(week_start)));
    let oldest = earlier(final_week, 7 * (WEEKS - 1));
    let shown: BTreeMap<NaiveDate, &DayView> = days.iter().filter(|d| d.date >= oldest).map(|d| (d.date, d)).collect();
    let first = shown.keys().next().copied()?;
    let step = if units == Units::Km { 4.0 } else { 2.5 };
    let blocks = blocks(first, oldest, final_week, week_start);
    let drawing = html! {
        div.calendar role="group" aria-labelledby={ (id) "-title" } {
            @for (nth, block) in blocks.iter().enumerate() { (draw_block(id, nth, *block, &shown, week_start, units, step)) }
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
    let any = |holds: fn(&DayView) -> bool| shown.values().any(|day| holds(day));
    for (there, class, meaning) in [
        (any(|d| !d.observed && d.runs == 0), "k-blank", wording::NOTHING_KNOWN),
        (any(|d| d.pain.is_some()), "k-dot", "hip pain"),
        (any(|d| d.in_episode), "k-outline", "episode"),
        (any(|d| d.other_sport), "k-other", "other sport"),
    ] {
        if there {
            legend.push(Mark::new(class, meaning));
        }
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

/// A block of weeks: its first day and the number of its weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Block {
    begin: NaiveDate,
    columns: u64,
}

/// The blocks of weeks from the month of the first day, or from the oldest week shown where the log is older.
fn blocks(first: NaiveDate, oldest: NaiveDate, final_week: NaiveDate, week_start: Weekday) -> Vec<Block> {
    let month = first.with_day(1).unwrap_or(first);
    let begin = earlier(month, u64::from(month.weekday().days_since(week_start))).max(oldest);
    let weeks = u64::try_from((final_week - begin).num_days() / 7 + 1).unwrap_or(1);
    if weeks <= COLUMNS {
        return vec![Block { begin, columns: weeks }];
    }
    let older = weeks / 2;
    vec![Block { begin, columns: older }, Block { begin: later(begin, 7 * older), columns: weeks - older }]
}

fn draw_block(
    id: &str,
    nth: usize,
    Block { begin, columns }: Block,
    shown: &BTreeMap<NaiveDate, &DayView>,
    week_start: Weekday,
    units: Units,
    step: f64,
) -> Markup {
    let at = |column: u64, row: u64| later(begin, 7 * column + row);
    let x = |column: u64| LEFT + super::scale::real(column) * CELL;
    let y = |row: u64| HEAD + super::scale::real(row) * CELL;
    let width = LEFT + super::scale::real(columns.max(FEWEST)) * CELL + 6.0;
    let named = format!("{id}-half{}", nth + 1);
    html! {
        svg role="img" aria-labelledby=(named) style={ "max-width:" (number(width * MOST_REM)) "rem" } viewBox={ "0 0 " (number(width)) " " (number(HEAD + 7.0 * CELL + 4.0)) } {
            title id=(named) { "Days from " (wording::long(begin)) }
            @for (name, row) in [(0, 0), (2, 2), (4, 4), (6, 6)] {
                text.small x=(number(LEFT - 5.0)) y=(number(y(row) + 12.0)) text-anchor="end" { (day_name(week_start, name)) }
            }
            @for column in 0..columns {
                @if let Some(first) = (0..7).map(|row| at(column, row)).find(|d| d.day() == 1) {
                    @if column + 1 < columns { text.small x=(number(x(column))) y="12" { (wording::month_short(first)) } }
                }
            }
            @let cells: Vec<(&DayView, f64, f64)> = (0..columns)
                .flat_map(|column| (0..7).map(move |row| (column, row)))
                .filter_map(|(column, row)| shown.get(&at(column, row)).map(|day| (*day, x(column), y(row))))
                .collect();
            @for class in LEVELS.into_iter().chain(["none"]) {
                @let of_class = || cells.iter().filter(move |(day, ..)| class_of(day, units, step) == class);
                @if of_class().next().is_some() {
                    g class=(class) transform="translate(1.5 1.5)" { @for (day, x, y) in of_class() { (cell(day, *x, *y, units)) } }
                }
            }
            @for (day, x, y) in &cells { (signs(day, *x, *y)) }
            @let path = outline(columns, &|column, row| {
                column < columns && row < 7 && shown.get(&at(column, row)).is_some_and(|d| d.in_episode)
            });
            @if !path.is_empty() { path.outline.halo d=(path) {} path.outline d=(path) {} }
            @for column in 0..columns {
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
    let (plain, square) =
        (day.runs == 0 && day.pain.is_none() && !day.other_sport, format!("M{} {}h11v11h-11z", number(x), number(y)));
    html! { path d=(square) { @if !plain { title { (words(day, units)) } } } }
}

/// The marks on a day's square besides its colour.
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
        None if day.runs > 0 => words.push(wording::DISTANCE_NOT_KNOWN.to_owned()),
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

/// The borders between days inside an episode and days outside, as one path.
fn outline(columns: u64, inside: &dyn Fn(u64, u64) -> bool) -> String {
    let mut path = String::new();
    let mut edge = |column: f64, row: f64, along: &str| {
        let (x, y) = (LEFT - 1.0 + column * CELL, HEAD - 1.0 + row * CELL);
        let _ = write!(path, "M{} {}{along}16", number(x), number(y));
    };
    for column in 0..columns {
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
        let one = outline(26, &|c, r| (c, r) == (3, 3));
        assert_eq!(one.matches('M').count(), 4);
        let two = outline(26, &|c, r| c == 3 && (r == 3 || r == 4));
        assert_eq!(two.matches('M').count(), 6, "two days share one edge, which is not drawn");
        assert_eq!(outline(26, &|_, _| false), "");
    }

    #[test]
    fn the_calendar_begins_with_the_month_of_the_first_day_or_a_year_back() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let of = |first: &str| {
            let final_week = date("2026-11-16");
            blocks(date(first), earlier(final_week, 7 * (WEEKS - 1)), final_week, Weekday::Mon)
        };
        // 1 August 2026 is a Saturday. Its week begins on 27 July, 16 weeks before that of 16 November.
        assert_eq!(of("2026-08-20"), [Block { begin: date("2026-07-27"), columns: 17 }]);
        // 1 May 2026 is a Friday. Its week begins on 27 April, 29 weeks before the last one, which makes 30 in all.
        assert_eq!(
            of("2026-05-04"),
            [Block { begin: date("2026-04-27"), columns: 15 }, Block { begin: date("2026-08-10"), columns: 15 }]
        );
        assert_eq!(
            of("2025-11-24"),
            [Block { begin: date("2025-11-24"), columns: 26 }, Block { begin: date("2026-05-25"), columns: 26 }]
        );
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
