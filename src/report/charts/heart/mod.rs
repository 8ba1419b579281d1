//! The main chart of the report: one axis of weeks for hip pain, weekly distance with the room that each week had,
//! rest days, longest runs and shoes. Its title says what came before the pain, or that nothing did. The same weeks
//! can be shown for three months, half a year, a year or the whole log, and each links to its row of the table.

mod bars;
mod layout;
mod legend;
mod pain;
mod rows;
mod table;
mod told;
mod years;

use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};

use self::layout::{Layout, Plot};
use super::room::{Anchor, Label, Rooms};
use super::scale::{Axis, Days, across, earlier, later, number, px};
use super::{in_units, scale};
use crate::model::units::Units;
use crate::report::contract::{DayView, EpisodeRow, FindingRow, LinkRow, RuleRow, RunRow, ShoeRow, WeekRow};
use crate::report::wording;
use crate::rules;

/// The numbers of weeks to choose from, besides all of them. The second is the default.
const RANGES: [(usize, &str); 3] = [(13, "3 months"), (26, "6 months"), (52, "1 year")];
/// With more weeks than this one drawing is hard to read, so they are shown as one row for each year.
const MOST_WEEKS: usize = 60;
/// A short log is drawn as if it had this many weeks, so that its bars do not grow broad.
const FEWEST_WEEKS: u64 = 13;
/// The width of the plot in pixels on a phone and on a wide page, and the space beside it for labels.
const PHONE: f64 = 240.0;
const WIDE: f64 = 450.0;
const LEFT: f64 = 22.0;
const RIGHT: f64 = 5.0;

/// A week that is still to be run.
#[derive(Clone, Copy, Debug)]
pub struct WeekAhead {
    /// Its first day.
    pub start: NaiveDate,
    /// The metres that may be run in it, or that are planned.
    pub distance_m: u64,
    /// True if a training plan gives the metres; otherwise they are the most that raises no flag.
    pub planned: bool,
}

/// The data of the chart.
#[derive(Debug)]
pub struct HeartChart<'a> {
    /// The weeks of the log, oldest first.
    pub weeks: &'a [&'a WeekRow],
    /// Its days, oldest first.
    pub days: &'a [DayView],
    /// Its runs, oldest first.
    pub runs: &'a [RunRow],
    /// The flags.
    pub findings: &'a [&'a FindingRow],
    /// The number of notes.
    pub notes: usize,
    /// The episodes, newest first.
    pub episodes: &'a [&'a EpisodeRow],
    /// How the flags of each rule are linked to episodes.
    pub links: &'a [LinkRow],
    /// How frequent the flags of each rule are.
    pub rules: &'a [RuleRow],
    /// The pairs of shoes.
    pub shoes: &'a [ShoeRow],
    /// The day of the last entry, at which the chart ends.
    pub log_to: Option<NaiveDate>,
    /// The day of the report.
    pub as_of: NaiveDate,
    /// Weeks still to be run.
    pub ahead: &'a [WeekAhead],
    /// The rise that is allowed from week to week, such as `10 %`.
    pub rise: String,
    /// The fewest days without a run that raise no flag.
    pub fewest_rest_days: f64,
    /// The unit of distances.
    pub units: Units,
}

/// The chart; `None` without a week.
#[must_use]
pub fn draw(id: &str, chart: &HeartChart<'_>) -> Option<Markup> {
    let weeks = logged(chart);
    let all = weeks.len();
    weeks.last()?;
    // A log of little more than a year gets no year range, which would look nearly the same as the whole.
    let fewer = |n: usize| n < all && (all > MOST_WEEKS || n * 2 <= MOST_WEEKS);
    let ranges: Vec<(usize, &str)> = RANGES.into_iter().filter(|(n, _)| fewer(*n)).chain([(all, "all")]).collect();
    let shown = ranges.iter().position(|(n, _)| *n == RANGES[1].0).unwrap_or(ranges.len() - 1);
    let listed = &weeks[all.saturating_sub(MOST_WEEKS)..];
    Some(html! {
        figure.chart.heart id=(id) {
            figcaption id={ (id) "-title" } { (told::title(chart, weeks)) }
            @if ranges.len() > 1 {
                fieldset.ranges {
                    legend.hidden { "Weeks shown" }
                    @for (nth, (_, name)) in ranges.iter().enumerate() {
                        span {
                            input type="radio" name={ (id) "-range" } id={ (id) "-show-" (nth + 1) } class={ "show-" (nth + 1) } checked[nth == shown];
                            label for={ (id) "-show-" (nth + 1) } { (name) }
                        }
                    }
                }
            }
            @for (nth, (n, _)) in ranges.iter().enumerate() {
                div class={ "range range-" (nth + 1) @if nth == shown { " usual" } } {
                    @if *n > MOST_WEEKS { (years::draw(id, chart, weeks)) }
                    @else if let Some(plot) = plot(chart, &weeks[all - n..], false) { (drawing(id, &plot)) }
                }
            }
            @if let Some(chance) = told::chance(chart, weeks) { p.soft { (chance) } }
            (table::render(id, chart, listed))
        }
    })
}

/// The chart of half a year for paper, without anything to choose or follow.
#[must_use]
pub fn on_paper(id: &str, chart: &HeartChart<'_>) -> Option<Markup> {
    let weeks = logged(chart);
    let plot = plot(chart, &weeks[weeks.len().saturating_sub(RANGES[1].0)..], true)?;
    Some(html! {
        figure.chart.heart id=(id) {
            figcaption id={ (id) "-title" } { (told::title(chart, weeks)) }
            (drawing(id, &plot))
        }
    })
}

/// The weeks up to the one with the last entry.
fn logged<'a>(chart: &HeartChart<'a>) -> &'a [&'a WeekRow] {
    let last = chart.log_to.map_or(chart.weeks.len(), |day| chart.weeks.partition_point(|row| row.week.start <= day));
    &chart.weeks[..last]
}

/// Some weeks with everything that is drawn of them; `None` without a week.
fn plot<'a>(chart: &'a HeartChart<'a>, weeks: &'a [&'a WeekRow], on_paper: bool) -> Option<Plot<'a>> {
    let (first, last) = (weeks.first()?, weeks.last()?);
    let next = later(last.week.start, 7);
    // Room is known for the current week or the next one; a plan may reach further.
    let follows = |week: &&WeekAhead| week.start >= last.week.start && (week.planned || week.start <= next);
    let ahead: Vec<WeekAhead> = chart.ahead.iter().filter(follows).copied().collect();
    let end = ahead.iter().map(|week| later(week.start, 6)).fold(last.week.end, Ord::max);
    let begin = first.week.start.min(earlier(end, 7 * FEWEST_WEEKS - 1));
    let span = Days { first: begin, last: end };
    let most = weeks.iter().flat_map(|row| [row.week.distance_m, row.allowance_m]).flatten();
    let most = most.chain(ahead.iter().map(|week| week.distance_m)).max().unwrap_or(0);
    let hurts = chart.days.iter().any(|day| day.pain.is_some() && span.touches(day.date, day.date))
        || chart.episodes.iter().any(|e| span.touches(e.onset, e.end));
    let shoes = chart.runs.iter().any(|run| run.shoe.is_some() && span.touches(run.local_date, run.local_date));
    Some(Plot {
        chart,
        weeks,
        ahead,
        span,
        axis: Axis::holding(in_units(chart.units, most), 3),
        at: Layout::new(hurts, shoes, on_paper),
        on_paper,
    })
}

fn drawing(id: &str, plot: &Plot<'_>) -> Markup {
    let at = plot.at;
    let mut rooms = Rooms::new(PHONE, WIDE, LEFT, RIGHT);
    let scales = scales(plot, &mut rooms);
    let names = row_names(plot, &mut rooms);
    // Labels are placed in the order of importance: the pain, what came before it, then the figures of each week.
    let episodes = pain::labels(plot, &mut rooms);
    let (curves, befores) = pain::befores(plot, &mut rooms);
    let rises = bars::rises(plot, &mut rooms);
    let figures = rows::figures(plot, &mut rooms);
    let months = months(plot, &mut rooms);
    let view = format!("0 0 {} {}", number(plot.days()), px(at.height));
    html! {
        svg.plot aria-labelledby={ (id) "-title" } height=(px(at.height)) {
            g aria-hidden="true" {
                (scales)
                // Everything but text is stretched to the width, one unit a day; the width of strokes is not.
                svg.stretch width="100%" height=(px(at.height)) viewBox=(view) preserveAspectRatio="none" {
                    (pain::bands(plot))
                    (bars::draw(plot))
                    (rows::ribbon(plot))
                    (curves)
                    (pain::dots(plot))
                }
                (bars::marks(plot))
                (names) (months) (figures) (rises) (befores) (episodes)
            }
            @if !plot.on_paper { (table::links(plot)) }
        }
        (legend::weeks(plot))
    }
}

/// The grid lines of the plots of pain and distance, with their figures at the left.
fn scales(plot: &Plot<'_>, rooms: &mut Rooms) -> Markup {
    let at = plot.at;
    let scores = [(0.0, true), (5.0, false), (10.0, true)].into_iter().filter(|_| at.pain);
    let scores = scores.map(|(score, named)| (at.score(score), score, named));
    let ticks = plot.axis.ticks().into_iter().map(|tick| (at.km_base - at.km_tall * plot.axis.share(tick), tick, true));
    html! {
        @for (y, figure, named) in scores.chain(ticks) {
            line.grid x1="0" x2="100%" y1=(px(y)) y2=(px(y)) {}
            @if named {
                (rooms.put_always(&Label {
                    // Three digits fit only if they may reach closer to the plot.
                    words: number(figure), class: "axis scale", at: 0.0, aside: if figure < 100.0 { -5.0 } else { -1.5 }, y: y + 4.0, anchor: Anchor::End, size: 11.0, bold: false,
                }))
            }
        }
        line.base x1="0" x2="100%" y1=(px(at.km_base)) y2=(px(at.km_base)) {}
    }
}

/// The names of the rows: beside the plot or, on a phone, above each row.
fn row_names(plot: &Plot<'_>, rooms: &mut Rooms) -> Markup {
    let at = plot.at;
    let distance = format!("{} a week", plot.chart.units.sign());
    let rows = [
        at.pain.then(|| ("hip pain".to_owned(), layout::LANES[0], at.score(5.0) + 4.0)),
        Some((distance, at.before_lane, at.km_base - at.km_tall / 2.0 - 14.0)),
        Some(("rest days".to_owned(), at.rest - 16.0, at.rest)),
        Some(("longest run".to_owned(), at.longest - 16.0, at.longest)),
        at.shoes.map(|top| ("shoes".to_owned(), top - 5.0, top + 11.0)),
    ];
    html! {
        @for (name, above, beside) in rows.into_iter().flatten() {
            text.row-name.wide x="-98" y=(px(beside)) { (name) }
            (rooms.put_on_phone(&Label {
                words: name, class: "row-name", at: 0.0, aside: -20.0, y: above, anchor: Anchor::Start, size: 11.0, bold: true,
            }))
        }
    }
}

/// The months below the rows, with the year below the first one and each January.
fn months(plot: &Plot<'_>, rooms: &mut Rooms) -> Markup {
    let days = plot.span.first.iter_days().take_while(|day| *day <= plot.span.last);
    let firsts: Vec<NaiveDate> = days.filter(|day| day.day() == 1).collect();
    let at = plot.at;
    html! {
        @for (nth, first) in firsts.iter().enumerate() {
            @let x = across(plot.span.start_of(*first));
            line.tick x1=(x) x2=(x) y1=(px(at.foot)) y2=(px(at.foot + 5.0)) {}
            @let label = |words: String, y: f64| Label {
                words, class: "axis", at: plot.span.start_of(*first), aside: 0.0, y: at.foot + y, anchor: Anchor::Start, size: 12.0, bold: false,
            };
            (rooms.put(&[label(wording::month_short(*first).to_owned(), 17.0)]))
            @if nth == 0 || first.month() == 1 { (rooms.put(&[label(first.year().to_string(), 32.0)])) }
        }
    }
}

/// Whether a rule flags more than half of what it assesses. Then it shows how somebody usually trains, and marks
/// nothing.
fn is_habit(chart: &HeartChart<'_>, rule: &str) -> bool {
    chart.rules.iter().any(|row| row.rule == rule && row.flagged * 2 > row.assessed)
}

/// The jump flagged in a week, if there is one.
fn jump<'a>(chart: &HeartChart<'a>, week: NaiveDate) -> Option<&'a FindingRow> {
    chart.findings.iter().copied().find(|f| f.rule == rules::WEEKLY_MILEAGE_JUMP && f.from == week)
}

/// Whether a jump only leads back from a light week.
fn is_after_light_week(jump: &FindingRow) -> bool {
    jump.tags.iter().any(|tag| tag == "after-light-week")
}
