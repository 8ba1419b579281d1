//! Weekly distances as bars, each week's room as a stepped line, the part above it, and marks for rises back from a
//! light week.

use std::fmt::Write as _;

use chrono::NaiveDate;
use maud::{Markup, html};

use super::super::room::{Anchor, Label, Rooms};
use super::super::scale::{across, number, px};
use super::layout::Plot;
use super::{is_after_light_week, jump};
use crate::report::contract::WeekRow;
use crate::report::wording;

/// Days left free between a bar and each end of its week.
const GAP: f64 = 0.7;
/// The height of the mark of a week on which nothing is known.
const BLANK: f64 = 8.0;

/// The metres of a week above the room it had.
pub(super) fn above(row: &WeekRow) -> u64 {
    match (row.week.distance_m, row.allowance_m) {
        (Some(metres), Some(room)) => metres.saturating_sub(room),
        _ => 0,
    }
}

/// Whether nothing is known of a week.
pub(super) fn is_blank(row: &WeekRow) -> bool {
    row.week.distance_m.is_none() && !row.week.observed && row.week.runs == 0
}

/// Draws bars and steps, in days and pixels.
pub(super) fn draw(plot: &Plot<'_>) -> Markup {
    let base = plot.at.km_base;
    let (mut run, mut part, mut over, mut blank, mut ghost) =
        (String::new(), String::new(), String::new(), String::new(), String::new());
    let bar = |path: &mut String, start: NaiveDate, bottom: f64, tall: f64| {
        let (left, wide) = (plot.day(start) + GAP, 7.0 - 2.0 * GAP);
        // Writing to a string cannot fail.
        let _ = write!(path, "M{} {}h{}v-{}h-{}z", number(left), px(bottom), number(wide), px(tall), number(wide));
    };
    for row in plot.weeks {
        let week = &row.week;
        match week.distance_m {
            Some(0) => {}
            Some(metres) => {
                let below = metres - above(row);
                bar(if week.complete { &mut run } else { &mut part }, week.start, base, plot.tall(below));
                if below < metres {
                    let room = plot.tall(below);
                    bar(&mut over, week.start, base - room, plot.tall(metres) - room);
                }
            }
            None if is_blank(row) => bar(&mut blank, week.start, base, BLANK),
            None => {}
        }
    }
    for week in &plot.ahead {
        bar(&mut ghost, week.start, base, plot.tall(week.distance_m));
    }
    html! {
        @for (class, path) in [("run", run), ("part", part), ("blank", blank), ("over", over), ("step-halo", steps(plot)), ("step", steps(plot)), ("ghost", ghost)] {
            @if !path.is_empty() { path class=(class) d=(path) {} }
        }
    }
}

/// The stepped line; it is broken where a week has no allowance.
fn steps(plot: &Plot<'_>) -> String {
    let mut path = String::new();
    let mut joined = false;
    for row in plot.weeks {
        let Some(room) = row.allowance_m else {
            joined = false;
            continue;
        };
        let y = px(plot.at.km_base - plot.tall(room));
        let _ =
            if joined { write!(path, "V{y}h7") } else { write!(path, "M{} {y}h7", number(plot.day(row.week.start))) };
        joined = true;
    }
    path
}

/// The marks that are not stretched: a triangle over a rise back from a light week, and a sign over a week with runs
/// of unknown distance.
pub(super) fn marks(plot: &Plot<'_>) -> Markup {
    html! {
        @for row in plot.weeks {
            @let top = plot.at.km_base - plot.tall(row.week.distance_m.unwrap_or(0));
            @if jump(plot.chart, row.week.start).is_some_and(is_after_light_week) {
                svg x=(across(plot.middle_of_week(row.week.start))) y=(px(top - 9.0)) { path.light d="M0 0l4 7h-8z" {} }
            }
        }
    }
}

/// The rise over each week that stands out, newest first, and a question mark over a total that is a lower bound.
pub(super) fn rises(plot: &Plot<'_>, rooms: &mut Rooms) -> Markup {
    let label = |row: &WeekRow, words: String, class| {
        // Above the bar and above the line of the room, which would cross the figure.
        let top = row.week.distance_m.max(row.allowance_m).unwrap_or(0);
        let y = plot.at.km_base - plot.tall(top) - 5.0;
        let (middle, half) = (plot.middle_of_week(row.week.start), (3.5 - GAP) / plot.days());
        let at = |at, anchor| Label { words: words.clone(), class, at, aside: 0.0, y, anchor, size: 12.0, bold: true };
        [at(middle, Anchor::Middle), at(middle + half, Anchor::End), at(middle - half, Anchor::Start)]
    };
    html! {
        @for row in plot.weeks.iter().rev() {
            @if above(row) > 0 {
                @let change = jump(plot.chart, row.week.start).and_then(|f| f.detail.measured).or(row.change);
                @if let Some(change) = change { (rooms.put(&label(row, wording::rise(change), "rise"))) }
            } @else if row.week.runs_without_distance > 0 {
                (rooms.put(&label(row, "?".to_owned(), "mark")))
            }
        }
    }
}
