//! The last weeks as bars: flagged weeks with a triangle and their rise, episodes as capped bands, the coming limit as a
//! dashed ghost bar.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};

use super::scale::{Axis, Days, PHONE, across, count, later, px};
use super::{Figure, Mark, Table, bands, grid, in_units, triangle};
use crate::model::units::Units;
use crate::report::contract::{Budget, EpisodeRow, FindingRow, Week, WeekRow};
use crate::report::wording;

/// Most weeks in one picture.
pub const WEEKS: usize = 26;

/// Pixels above the plot, with and without episodes to mark.
const TOP_WITH_BANDS: f64 = 40.0;
const TOP: f64 = 26.0;
/// Pixels of the plot.
const TALL: f64 = 170.0;

/// What the chart of weekly distance draws.
#[derive(Debug)]
pub struct WeeklyChart<'a> {
    /// The weeks, oldest first; the last [`WEEKS`] are drawn.
    pub weeks: &'a [&'a WeekRow],
    /// The findings on weekly distance.
    pub jumps: &'a [&'a FindingRow],
    /// The episodes drawn as bands.
    pub episodes: &'a [&'a EpisodeRow],
    /// The day of the log's last entry.
    pub log_to: Option<NaiveDate>,
    /// The room of the running week, drawn as a ghost bar.
    pub plan: Option<&'a Budget>,
    /// The unit of the axis.
    pub units: Units,
}

/// The chart; `None` without weeks.
#[must_use]
pub fn draw(id: &str, chart: &WeeklyChart<'_>) -> Option<Markup> {
    let weeks = &chart.weeks[chart.weeks.len().saturating_sub(WEEKS)..];
    let (first, last) = (weeks.first()?, weeks.last()?);
    let flags: BTreeMap<NaiveDate, &FindingRow> = weeks
        .iter()
        .filter_map(|w| {
            chart.jumps.iter().find(|f| (w.week.start..=w.week.end).contains(&f.from)).map(|f| (w.week.start, *f))
        })
        .collect();
    let target = chart.plan.and_then(|p| p.distance_cap_m.map(|cap| (p.week_start, cap)));
    let ghost = target.filter(|(start, _)| *start >= first.week.start && *start <= later(last.week.start, 7));
    let end = ghost.map_or(last.week.end, |(start, _)| last.week.end.max(later(start, 6)));
    let span = Days { first: first.week.start, last: end };
    let most = weeks.iter().filter_map(|w| w.week.distance_m).chain(ghost.map(|(_, cap)| cap)).max().unwrap_or(0);
    let axis = Axis::holding(in_units(chart.units, most), 4);
    let marked = chart.episodes.iter().any(|e| span.touches(e.onset, e.end));
    let top = if marked { TOP_WITH_BANDS } else { TOP };
    let base = top + TALL;
    let height = |metres: u64| TALL * axis.share(in_units(chart.units, metres));
    let newest = flags.keys().next_back().copied();

    let drawing = html! {
        svg.plot role="img" aria-labelledby={ (id) "-title" } height=(px(base + 30.0)) {
            (bands::draw(span, chart.episodes, top - 20.0, base))
            (grid(axis, top, base, chart.units.sign()))
            @for row in weeks { (bar(chart, span, &row.week, flags.contains_key(&row.week.start), (base, &height))) }
            @if let Some((start, cap)) = ghost {
                @let (x, width) = slot(span, start);
                rect.ghost x=(across(x)) width=(across(width)) y=(px(base - height(cap))) height=(px(height(cap))) {
                    title { "Week of " (wording::day(start)) ": up to " (chart.units.show(cap)) " raises no flag" }
                }
            }
            @for row in weeks {
                @if let Some(flag) = flags.get(&row.week.start) {
                    @let (x, width) = slot(span, row.week.start);
                    @let y = base - height(row.week.distance_m.unwrap_or(0)) - 11.0;
                    (triangle(x + width / 2.0, y))
                    @if let Some(change) = flag.detail.measured.or(row.change) {
                        @let class = if newest == Some(row.week.start) { "mark" } else { "mark wide" };
                        @let words = wording::rise(change);
                        @let anchor = anchor(x + width / 2.0, &words);
                        text class=(class) x=(across(x + width / 2.0)) y=(px(y - 5.0)) text-anchor=(anchor) { (words) }
                    }
                }
            }
            (months(span, base))
        }
    };
    let mut legend = vec![Mark::new("k-run", "week")];
    if !flags.is_empty() {
        legend.push(Mark::new("k-jump", "flagged rise"));
    }
    if marked {
        legend.push(Mark::new("k-pain", "hip pain, highest score"));
    }
    if weeks.iter().any(|w| !w.week.complete) {
        legend.push(Mark::new("k-part", "week not over"));
    }
    if weeks.iter().any(|w| w.week.distance_m.is_none() && !w.week.observed) {
        legend.push(Mark::new("k-blank", "days without any entry"));
    }
    if ghost.is_some() {
        legend.push(Mark::new("k-ghost", "most that raises no flag"));
    }
    let title = match flags.len() {
        0 => format!("None of the last {} weeks was flagged for a rise", weeks.len()),
        n => {
            format!("{n} of the last {} weeks {} flagged for a rise", weeks.len(), if n == 1 { "was" } else { "were" })
        }
    };
    Some(Figure { id, title, legend, drawing, table: Some(table(weeks, &flags, chart)) }.render())
}

/// Where a label over a bar at a share of the width is held: in its middle, or at its end where half of it would stand out
/// of the plot on a phone.
fn anchor(share: f64, words: &str) -> &'static str {
    let half = count(words.chars().count()) * bands::LETTER / 2.0;
    if (1.0 - share) * PHONE < half { "end" } else { "middle" }
}

/// The left edge and width of a week's bar.
fn slot(span: Days, start: NaiveDate) -> (f64, f64) {
    let (left, right) = (span.start_of(start), span.end_of(later(start, 6)));
    let gap = (right - left) * 0.1;
    (left + gap, right - left - 2.0 * gap)
}

fn bar(
    chart: &WeeklyChart<'_>,
    span: Days,
    week: &Week,
    flagged: bool,
    (base, height): (f64, &impl Fn(u64) -> f64),
) -> Markup {
    let (x, width) = slot(span, week.start);
    let (class, tall) = match (week.distance_m, week.observed) {
        (None, false) => ("blank", 22.0),
        (Some(metres), _) if flagged => ("jump", height(metres)),
        (Some(metres), _) if !week.complete => ("part", height(metres)),
        (Some(metres), _) => ("run", height(metres)),
        (None, true) => ("run", 0.0),
    };
    html! {
        rect class=(class) x=(across(x)) width=(across(width)) y=(px(base - tall)) height=(px(tall)) {
            title { (wording::range(week.start, week.end)) ": " (wording::week_distance(week, chart.log_to, chart.units)) }
        }
        @if week.runs_without_distance > 0 && tall < 14.0 {
            text.mark x=(across(x + width / 2.0)) y=(px(base - tall - 4.0)) text-anchor="middle" { "?" }
        }
    }
}

/// Ticks below `base` at the first of each month, the year named where it begins.
pub(super) fn months(span: Days, base: f64) -> Markup {
    let mut ticks: Vec<NaiveDate> = Vec::new();
    let mut day = span.first;
    while day <= span.last && ticks.len() < 600 {
        if day.day() == 1 {
            ticks.push(day);
        }
        day = later(day, 1);
    }
    let room = 1.0 - 0.6 / count(ticks.len().max(1));
    let every = if ticks.len() > 8 { 3 } else { 2 };
    html! {
        @for (at, tick) in ticks.iter().enumerate() {
            @let x = span.start_of(*tick);
            line.tick x1=(across(x)) x2=(across(x)) y1=(px(base)) y2=(px(base + 5.0)) {}
            @if x <= room {
                @let class = if at % every == 0 { "axis" } else { "axis wide" };
                text class=(class) x=(across(x)) y=(px(base + 19.0)) {
                    (wording::month_short(*tick))
                    @if at == 0 || tick.month() == 1 { " " (tick.year()) }
                }
            }
        }
    }
}

fn table(weeks: &[&WeekRow], flags: &BTreeMap<NaiveDate, &FindingRow>, chart: &WeeklyChart<'_>) -> Table {
    let units = chart.units;
    let pain = |week: &Week| {
        let touched = chart.episodes.iter().filter(|e| e.onset <= week.end && e.end >= week.start);
        touched.map(|e| bands::label(e)).collect::<Vec<_>>().join("; ")
    };
    let rows = weeks
        .iter()
        .rev()
        .map(|row| {
            let week = &row.week;
            vec![
                wording::range(week.start, week.end),
                wording::week_distance(week, chart.log_to, units),
                wording::week_runs(week, chart.log_to),
                week.rest_days.map_or_else(|| "–".to_owned(), |n| n.to_string()),
                week.longest_run_m.map_or_else(|| "–".to_owned(), |m| units.show(u64::from(m))),
                wording::week_change(row),
                if flags.contains_key(&week.start) { "rise".to_owned() } else { String::new() },
                pain(week),
            ]
        })
        .collect();
    Table::new(&["Week", "Distance", "Runs", "Rest days", "Longest run", "Change", "Flag", "Hip pain"], rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_over_the_last_bar_ends_there_instead_of_standing_out() {
        // Six letters of 6.8 pixels: half of them are 20.4, 8.5 % of 240.
        assert_eq!((anchor(0.91, "+167 %"), anchor(0.92, "+167 %")), ("middle", "end"));
    }
}
