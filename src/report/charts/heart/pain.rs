//! Hip pain above the weeks: scores as dots, episodes as bands behind all rows, and curves from a flag to the pain
//! after it.

use std::cmp::Reverse;
use std::fmt::Write as _;

use chrono::NaiveDate;
use maud::{Markup, html};

use super::super::room::{Anchor, Label, Rooms};
use super::super::scale::{earlier, number, px};
use super::layout::{LANES, Plot};
use super::{is_habit, told};
use crate::report::contract::{EpisodeRow, Forerunner};
use crate::rules;

/// The most curves drawn: more would cross each other.
const CURVES: usize = 4;

fn shown<'a>(plot: &Plot<'a>) -> impl Iterator<Item = &'a EpisodeRow> {
    let span = plot.span;
    plot.chart.episodes.iter().copied().filter(move |e| span.touches(e.onset, e.end))
}

/// The bands of the episodes, each with a cap.
pub(super) fn bands(plot: &Plot<'_>) -> Markup {
    let (mut bands, mut caps) = (String::new(), String::new());
    for episode in shown(plot) {
        let left = plot.day(episode.onset).max(0.0);
        let wide = number((plot.day(episode.end) + 1.0).min(plot.days()) - left);
        let _ = write!(bands, "M{} {}h{wide}V{}h-{wide}z", number(left), px(plot.at.band), px(plot.at.foot));
        let _ = write!(caps, "M{} {}h{wide}v4h-{wide}z", number(left), px(plot.at.band));
    }
    html! { @if !bands.is_empty() { path.pain d=(bands) {} path.cap d=(caps) {} } }
}

/// How far below the scale a dot without a score lies, so that nobody takes it for one of 0.
const BELOW: f64 = 7.0;

/// A dot for each painful day at its score; hollow and below the scale without a score.
pub(super) fn dots(plot: &Plot<'_>) -> Markup {
    let (mut scored, mut bare) = (String::new(), String::new());
    for day in plot.chart.days.iter().filter(|day| plot.span.touches(day.date, day.date)) {
        let Some(score) = day.pain else { continue };
        let path = if score.is_some() { &mut scored } else { &mut bare };
        let y = score.map_or_else(|| plot.at.score(0.0) + BELOW, |score| plot.at.score(score.0));
        // A line of length zero has round ends, which stay round when the drawing is stretched.
        let _ = write!(path, "M{} {}h0", number(plot.day(day.date) + 0.5), px(y));
    }
    html! {
        @if !scored.is_empty() { path.halo d=(scored) {} path.dots d=(scored) {} }
        @if !bare.is_empty() { path.dots d=(bare) {} path.hole d=(bare) {} }
    }
}

/// The labels of the episodes, placed in this order: the open one, then by highest score, then the newest.
pub(super) fn labels(plot: &Plot<'_>, rooms: &mut Rooms) -> Markup {
    let mut episodes: Vec<&EpisodeRow> = shown(plot).collect();
    let tenths =
        |episode: &EpisodeRow| episode.peak_severity.map(|peak| number(peak.0 * 10.0).parse::<i64>().unwrap_or(0));
    episodes.sort_by_key(|episode| (!episode.open, Reverse(tenths(episode)), Reverse(episode.onset)));
    html! { @for episode in episodes { (rooms.put(&ways(plot, episode))) } }
}

/// The places for an episode's label, the best first: in full or short, from its first day on or up to its last, on
/// the line next to the band or the one above.
fn ways(plot: &Plot<'_>, episode: &EpisodeRow) -> Vec<Label> {
    let (left, right) = (plot.span.start_of(episode.onset), plot.span.end_of(episode.end));
    let mut ways = Vec::new();
    for words in [told::episode(episode), told::episode_in_short(episode)] {
        for y in [LANES[1], LANES[0]] {
            for (at, anchor) in [(left, Anchor::Start), (right, Anchor::End)] {
                let words = words.clone();
                ways.push(Label { words, class: "pain-label", at, aside: 0.0, y, anchor, size: 12.0, bold: true });
            }
        }
    }
    ways
}

/// The flag before an episode from which a curve leads: one that the statistics count and that is no habit, with
/// jumps preferred.
pub(super) fn forerunner<'a>(plot: &Plot<'a>, episode: &'a EpisodeRow) -> Option<&'a Forerunner> {
    let counted = episode.preceded_by.iter().filter(|flag| flag.linked && !is_habit(plot.chart, flag.rule));
    counted.min_by_key(|flag| (flag.rule != rules::WEEKLY_MILEAGE_JUMP, flag.days_before))
}

/// The curves, each with the number of days from the flag to the pain.
pub(super) fn befores(plot: &Plot<'_>, rooms: &mut Rooms) -> (Markup, Markup) {
    let mut path = String::new();
    let mut labels = Vec::new();
    for episode in shown(plot).filter(|e| e.onset >= plot.span.first).take(CURVES) {
        let Some(flag) = forerunner(plot, episode) else { continue };
        let day = earlier(episode.onset, flag.days_before.unsigned_abs());
        let Some(row) = plot.weeks.iter().find(|row| (row.week.start..=row.week.end).contains(&day)) else { continue };
        let top = plot.at.km_base - plot.tall(row.week.distance_m.unwrap_or(0)) - 18.0;
        let (from, to) = (plot.day(day) + 0.5, plot.day(episode.onset) + 0.5);
        let (start, end) = (top, plot.at.score(first_score(plot, episode)) + 6.0);
        let bend = f64::midpoint(start, end) - 6.0;
        let _ =
            write!(path, "M{} {}Q{} {} {} {}", number(from), px(start), number(from), px(bend), number(to), px(end));
        let words = told::before(plot.chart, flag);
        let place = |at: NaiveDate, aside, anchor| Label {
            words: words.clone(),
            class: "pain-label",
            at: plot.middle_of(at),
            aside,
            y: plot.at.before_lane,
            anchor,
            size: 12.0,
            bold: true,
        };
        labels.push(rooms.put(&[place(day, -8.0, Anchor::End), place(episode.onset, 8.0, Anchor::Start)]));
    }
    (html! { @if !path.is_empty() { path.curve d=(path) {} } }, html! { @for label in labels { (label) } })
}

/// The score of the first day of an episode.
fn first_score(plot: &Plot<'_>, episode: &EpisodeRow) -> f64 {
    let day = plot.chart.days.iter().find(|day| day.date == episode.onset);
    day.and_then(|day| day.pain.flatten()).map_or(0.0, |score| score.0)
}
