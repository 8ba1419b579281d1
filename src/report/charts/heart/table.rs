//! The weeks of the chart as a table, each row with its own id, and the links from the drawing to the rows: by week
//! where a week is wide enough to be tapped, by month on a phone.

use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};

use super::super::Table;
use super::super::scale::{across, px};
use super::layout::Plot;
use super::{HeartChart, bars, is_after_light_week, jump};
use crate::report::contract::{DayView, Week, WeekRow};
use crate::report::wording;

const HEADS: [&str; 8] = ["Week", "Distance", "Room", "Change", "Day by day", "Rest days", "Longest run", "Hip pain"];

fn week_id(start: NaiveDate) -> String {
    format!("week-{start}")
}

fn month_id(start: NaiveDate) -> String {
    format!("month-{}", start.format("%Y-%m"))
}

fn month_of(row: &WeekRow) -> (i32, u32) {
    (row.week.start.year(), row.week.start.month())
}

/// The table under its fold, the newest week first.
pub(super) fn render(id: &str, chart: &HeartChart<'_>, weeks: &[&WeekRow]) -> Markup {
    let newest: Vec<&WeekRow> = weeks.iter().rev().copied().collect();
    html! {
        details.weeks {
            summary { "The weeks as a table" }
            div.scroll tabindex="0" role="group" aria-labelledby={ (id) "-weeks" } {
                table.stacked style=(Table::new(&HEADS, Vec::new()).heads_for_styles()) {
                    caption id={ (id) "-weeks" } { "Weeks of the chart, the newest first" }
                    thead { tr { @for head in HEADS { th scope="col" { (head) } } } }
                    @for month in newest.chunk_by(|a, b| month_of(a) == month_of(b)) {
                        @if let Some(first) = month.first() {
                            tbody id=(month_id(first.week.start)) { @for row in month { (line(chart, row)) } }
                        }
                    }
                }
            }
            p.all { a href={ "#" (id) } { "Back to the chart, and all weeks" } }
        }
    }
}

fn line(chart: &HeartChart<'_>, row: &WeekRow) -> Markup {
    let (week, units) = (&row.week, chart.units);
    let days = || chart.days.iter().filter(|day| (week.start..=week.end).contains(&day.date));
    html! {
        tr id=(week_id(week.start)) {
            th scope="row" { (wording::range(week.start, week.end)) }
            td { (wording::week_distance(week, chart.log_to, units)) }
            td { @match row.allowance_m { Some(room) => (units.show_at_most(room)), None => "–" } }
            td { (change(chart, row)) }
            td { (runs(days(), chart)) }
            td { @match week.rest_days { Some(n) => (n), None => "–" } }
            td { @match week.longest_run_m { Some(m) => (units.show(u64::from(m))), None => "–" } }
            td { (pain(days())) }
        }
    }
}

fn change(chart: &HeartChart<'_>, row: &WeekRow) -> String {
    let change = wording::week_change(row);
    match jump(chart, row.week.start) {
        Some(flag) if is_after_light_week(flag) => format!("{change}, after a light week"),
        Some(_) if bars::above(row) > 0 => format!("{change}, flagged"),
        _ => change,
    }
}

fn runs<'a>(days: impl Iterator<Item = &'a DayView>, chart: &HeartChart<'_>) -> String {
    let of_day = |day: &DayView| {
        let figure = day.distance_m.map_or_else(|| "?".to_owned(), |metres| chart.units.figure(metres));
        format!("{}\u{a0}{figure}", day.date.format("%a"))
    };
    days.filter(|day| day.runs > 0).map(of_day).collect::<Vec<_>>().join(", ")
}

fn pain<'a>(days: impl Iterator<Item = &'a DayView>) -> String {
    let of_day = |day: &DayView| {
        let score = day.pain?.map_or_else(|| "yes".to_owned(), wording::score);
        Some(format!("{}\u{a0}{score}", day.date.format("%a")))
    };
    days.filter_map(of_day).collect::<Vec<_>>().join(", ")
}

/// The text of a link to a week.
fn name_of(week: &Week, plot: &Plot<'_>) -> String {
    format!(
        "Week of {}: {}",
        wording::day(week.start),
        wording::week_distance(week, plot.chart.log_to, plot.chart.units)
    )
}

/// A clickable area over each week, or over each month on a phone, that leads to its rows.
pub(super) fn links(plot: &Plot<'_>) -> Markup {
    let surface = |start: NaiveDate, weeks: f64| {
        let (left, wide) = (plot.day(start) / plot.days(), 7.0 * weeks / plot.days());
        html! { rect x=(across(left)) width=(across(wide)) height=(px(plot.at.height)) {} }
    };
    html! {
        g.wide {
            @for row in plot.weeks {
                a href={ "#" (week_id(row.week.start)) } { title { (name_of(&row.week, plot)) } (surface(row.week.start, 1.0)) }
            }
        }
        g.narrow {
            @for month in plot.weeks.chunk_by(|a, b| month_of(a) == month_of(b)) {
                @if let Some(first) = month.first() {
                    @let start = first.week.start;
                    a href={ "#" (month_id(start)) } {
                        title { "Weeks of " (wording::month(start)) " " (start.year()) }
                        (surface(start, super::scale::count(month.len())))
                    }
                }
            }
        }
    }
}
