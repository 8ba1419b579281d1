//! The six weeks before an episode, day by day: the distance, earlier pain, and each flag on the day it is dated.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::scale::{Axis, Days, across, count, earlier, later, px};
use super::{Figure, Mark, Table, grid, in_units, triangle};
use crate::model::units::Units;
use crate::report::contract::{DayView, EpisodeRow};
use crate::report::wording;

/// Days shown before the onset.
pub const DAYS_BEFORE: u64 = 42;
/// Days shown from the onset on.
const DAYS_AFTER: u64 = 6;

/// Pixels of the plot, and of a row of labels above it.
const TALL: f64 = 108.0;
const ROW: f64 = 16.0;
/// Pixels below the base line where the painful days and the dates stand.
const PAIN: f64 = 11.0;
const DATES: f64 = 34.0;

/// A flag that came before the onset.
#[derive(Clone, Debug)]
pub struct FlagBefore {
    /// The rule's title.
    pub title: String,
    /// Days from it to the onset.
    pub days_before: i64,
}

/// What is drawn.
#[derive(Debug)]
pub struct BeforeChart<'a> {
    /// The episode whose onset it leads up to.
    pub episode: &'a EpisodeRow,
    /// The days of the log, oldest first.
    pub days: &'a [DayView],
    /// What came before.
    pub flags: &'a [FlagBefore],
    /// How many days before an onset count as before it.
    pub window: u64,
    /// The unit of the axis.
    pub units: Units,
    /// Whether each bar says its figure when pointed at; the table says it in any case.
    pub tips: bool,
}

/// Where the plot lies and how tall its bars are.
#[derive(Clone, Copy)]
struct Plot {
    span: Days,
    axis: Axis,
    units: Units,
    base: f64,
}

/// The chart; `None` where no day before the onset is known.
#[must_use]
pub fn draw(id: &str, chart: &BeforeChart<'_>) -> Option<Markup> {
    let BeforeChart { episode, days, flags, window, units, tips } = *chart;
    let onset = episode.onset;
    let span = Days { first: earlier(onset, DAYS_BEFORE), last: later(onset, DAYS_AFTER) };
    let begin = days.partition_point(|d| d.date < span.first);
    let end = days.partition_point(|d| d.date <= span.last).max(begin);
    let days = &days[begin..end];
    days.first().filter(|d| d.date < onset)?;
    let most = days.iter().filter_map(|d| d.distance_m).max().unwrap_or(0);
    let axis = Axis::holding(in_units(units, most), 3);
    let opens = earlier(onset, window.min(DAYS_BEFORE));
    let top = 14.0 + ROW * count(flags.len().min(3));
    let base = top + TALL;
    let plot = Plot { span, axis, units, base };
    let drawing = html! {
        svg.plot role="img" aria-labelledby={ (id) "-title" } height=(px(base + DATES + 4.0)) {
            rect.window x=(across(span.start_of(opens))) width=(across(span.start_of(onset) - span.start_of(opens)))
                y=(px(top)) height=(px(TALL)) {}
            (grid(axis, top, base, units.sign()))
            g.run { @for day in days { (bar(plot, day, tips)) } }
            @for day in days { (signs(plot, day)) }
            (markers(span, onset, flags, base))
            (onset_line(span, onset, top, base))
            @for weeks in 0..=6_u64 {
                @let day = earlier(onset, 7 * weeks);
                line.tick x1=(across(span.start_of(day))) x2=(across(span.start_of(day))) y1=(px(base)) y2=(px(base + 4.0)) {}
                @if weeks > 0 {
                    text class=(if weeks % 2 == 0 { "axis" } else { "axis wide" }) x=(across(span.start_of(day))) y=(px(base + DATES)) text-anchor="middle" {
                        (wording::day_month(day))
                    }
                }
            }
        }
    };
    let mut legend = vec![
        Mark::new("k-run", "day's distance"),
        Mark::new("k-window", format!("{window} days before")),
        Mark::new("k-dot", "day with hip pain"),
    ];
    if !flags.is_empty() {
        legend.push(Mark::new("k-jump", "flag"));
    }
    if days.iter().any(|d| !d.observed) {
        legend.push(Mark::new("k-blank", wording::NOTHING_KNOWN));
    }
    let title = match flags {
        [] => format!("No flag came before {}", wording::day(onset)),
        [one] => format!("{}: {} days before {}", one.title, one.days_before, wording::day(onset)),
        many => format!("{} flags came before {}", many.len(), wording::day(onset)),
    };
    let rows = days
        .iter()
        .filter(|d| d.runs > 0 || d.pain.is_some() || !d.observed)
        .map(|d| vec![wording::day_month(d.date), distance(d, units), pain(d)])
        .collect();
    let table = Table::new(&["Day", "Distance", "Hip pain"], rows);
    Some(Figure { id, title, legend, drawing, table: Some(table) }.render())
}

/// A day's bar, inside a group that gives it its colour.
fn bar(plot: Plot, day: &DayView, tips: bool) -> Markup {
    let (x, width) = slot(plot.span, day);
    let tall = TALL * plot.axis.share(in_units(plot.units, day.distance_m.unwrap_or(0)));
    html! {
        @if day.distance_m.is_some_and(|metres| metres > 0) {
            rect x=(across(x)) width=(across(width)) y=(px(plot.base - tall)) height=(px(tall)) {
                @if tips { title { (wording::day_month(day.date)) ": " (distance(day, plot.units)) } }
            }
        }
    }
}

/// What a day has beside a bar: pain, a run of unknown distance, or nothing known.
/// Pain stands in a row of its own, so that the height of a dot is not taken for a score.
fn signs(plot: Plot, day: &DayView) -> Markup {
    let (x, width) = slot(plot.span, day);
    html! {
        @if !day.observed && day.runs == 0 {
            rect.blank x=(across(x)) width=(across(width)) y=(px(plot.base - 12.0)) height="12" {}
        } @else if day.runs > 0 && day.distance_m.is_none() {
            text.mark x=(across(x + width / 2.0)) y=(px(plot.base - 4.0)) text-anchor="middle" { "?" }
        }
        @if day.pain.is_some() {
            circle.dot cx=(across(x + width / 2.0)) cy=(px(plot.base + PAIN)) r="3.5" {
                title { (wording::day_month(day.date)) ": " (pain(day)) }
            }
        }
    }
}

fn slot(span: Days, day: &DayView) -> (f64, f64) {
    let (left, right) = (span.start_of(day.date), span.end_of(day.date));
    (left + (right - left) * 0.12, (right - left) * 0.76)
}

/// Triangles on the days of the flags, each with its name on one of three rows above the plot.
fn markers(span: Days, onset: NaiveDate, flags: &[FlagBefore], base: f64) -> Markup {
    let mut sorted: Vec<&FlagBefore> = flags.iter().collect();
    sorted.sort_by_key(|f| (-f.days_before, f.title.clone()));
    let place = |f: &FlagBefore| {
        let day = earlier(onset, f.days_before.unsigned_abs());
        f64::midpoint(span.start_of(day), span.end_of(day))
    };
    html! {
        @for (at, flag) in sorted.iter().enumerate() {
            @let row = 10.0 + ROW * count(at % 3);
            @let x = place(flag);
            line.stem x1=(across(x)) x2=(across(x)) y1=(px(row + 2.0)) y2=(px(base)) {}
            (triangle(x, row - 4.0))
            text.mark x=(across(x)) dx="-8" y=(px(row + 4.0)) text-anchor="end" { (flag.title) ", " (flag.days_before) " d" }
        }
    }
}

fn onset_line(span: Days, onset: NaiveDate, top: f64, base: f64) -> Markup {
    let x = span.start_of(onset);
    html! {
        line.onset x1=(across(x)) x2=(across(x)) y1=(px(top - 8.0)) y2=(px(base + PAIN + 8.0)) {}
        text.pain-label x=(across(x)) dx="4" y=(px(base + DATES)) text-anchor="middle" { (wording::day_month(onset)) }
    }
}

fn distance(day: &DayView, units: Units) -> String {
    match day.distance_m {
        _ if day.runs == 0 && !day.observed => wording::NOTHING_KNOWN.to_owned(),
        _ if day.runs == 0 => wording::NO_RUN.to_owned(),
        Some(metres) => units.show(metres),
        None => wording::DISTANCE_NOT_KNOWN.to_owned(),
    }
}

fn pain(day: &DayView) -> String {
    match day.pain {
        None => String::new(),
        Some(None) => "yes".to_owned(),
        Some(Some(score)) => wording::score(score),
    }
}
