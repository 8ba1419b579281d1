//! Episodes as capped bands behind a plot of days, each with its highest score above it where there is room. A phone has
//! room for fewer labels than a wide page, so both are tried; of two labels that would touch, the higher score keeps its
//! own. The other score stands in the band's tooltip and in the table under the chart.

use std::cmp::Reverse;

use maud::{Markup, html};

use super::scale::{Days, PHONE, WIDE, across, count, px};
use crate::report::contract::EpisodeRow;
use crate::report::wording;

/// Pixels of a letter of a label.
pub(super) const LETTER: f64 = 6.8;
/// Pixels between two labels.
const GAP: f64 = 6.0;

/// `left 6/10`.
#[must_use]
pub fn label(episode: &EpisodeRow) -> String {
    match episode.peak_severity {
        Some(peak) => format!("{} {}", wording::side(episode.side), wording::score(peak)),
        None => wording::side(episode.side).to_owned(),
    }
}

/// The bands that touch the days, from `top` to `base`.
#[must_use]
pub fn draw(span: Days, episodes: &[&EpisodeRow], top: f64, base: f64) -> Markup {
    let shown: Vec<&EpisodeRow> = episodes.iter().copied().filter(|e| span.touches(e.onset, e.end)).collect();
    let (phone, wide) = (placed(span, &shown, PHONE), placed(span, &shown, WIDE));
    html! {
        @for (at, episode) in shown.iter().enumerate() {
            @let (left, right) = (span.start_of(episode.onset), span.end_of(episode.end));
            @let width = across((right - left).max(0.004));
            g {
                title { (wording::place(episode)) ", " (wording::episode_days(episode)) @if let Some(peak) = episode.peak_severity { ", up to " (wording::score(peak)) } }
                rect.pain x=(across(left)) width=(width) y=(px(top)) height=(px(base - top)) {}
                rect.cap x=(across(left)) width=(width) y=(px(top)) height="3" {}
            }
            @if phone[at] == wide[at] {
                @if let Some(place) = phone[at] { (text("pain-label", place, top, episode)) }
            } @else {
                @if let Some(place) = phone[at] { (text("pain-label narrow", place, top, episode)) }
                @if let Some(place) = wide[at] { (text("pain-label wide", place, top, episode)) }
            }
        }
    }
}

fn text(class: &str, place: Place, top: f64, episode: &EpisodeRow) -> Markup {
    let anchor = if place.ends { "end" } else { "start" };
    html! { text class=(class) x=(across(place.at)) y=(px(top - 5.0)) text-anchor=(anchor) { (label(episode)) } }
}

/// Where a label stands: the share of the width it begins or ends at.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    at: f64,
    ends: bool,
}

/// Where each label stands in a plot of so many pixels; `None` where one with a higher score, or as high and newer, has
/// the room.
fn placed(span: Days, episodes: &[&EpisodeRow], pixels: f64) -> Vec<Option<Place>> {
    let mut order: Vec<usize> = (0..episodes.len()).collect();
    let tenths = |e: &EpisodeRow| e.peak_severity.map(|peak| scaled(peak.0));
    order.sort_by_key(|&at| (Reverse(tenths(episodes[at])), Reverse(episodes[at].onset), at));
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let mut places = vec![None; episodes.len()];
    for at in order {
        let episode = episodes[at];
        let room = (count(label(episode).chars().count()) * LETTER + GAP) / pixels;
        let (left, right) = (span.start_of(episode.onset), span.end_of(episode.end));
        let place = if left + room > 1.0 { Place { at: right, ends: true } } else { Place { at: left, ends: false } };
        let begin = if place.ends { right - room } else { left };
        if taken.iter().all(|&(from, to)| begin >= to || begin + room <= from) {
            taken.push((begin, begin + room));
            places[at] = Some(place);
        }
    }
    places
}

/// A score as a whole number of hundredths, to sort by.
fn scaled(score: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a saturating cast is what is wanted")]
    let hundredths = (score * 100.0) as i64;
    hundredths
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::contract::Number;
    use crate::report::fixtures;

    fn episode(onset: &str, end: &str, peak: f64) -> EpisodeRow {
        let mut episode = fixtures::warning().episodes.remove(0);
        (episode.onset, episode.end) = (fixtures::date(onset), fixtures::date(end));
        episode.peak_severity = Some(Number(peak));
        episode
    }

    const YEAR: (&str, &str) = ("2026-01-01", "2026-12-31");

    fn labelled(episodes: &[EpisodeRow], pixels: f64) -> Vec<bool> {
        let span = Days { first: fixtures::date(YEAR.0), last: fixtures::date(YEAR.1) };
        let shown: Vec<&EpisodeRow> = episodes.iter().collect();
        placed(span, &shown, pixels).iter().map(Option::is_some).collect()
    }

    #[test]
    fn of_two_labels_that_would_touch_the_higher_score_keeps_its_own() {
        let close = [episode("2026-05-01", "2026-05-03", 6.0), episode("2026-05-20", "2026-05-22", 3.0)];
        assert_eq!(labelled(&close, PHONE), [true, false]);
        assert_eq!(labelled(&close, WIDE), [true, false]);
        let as_high = [episode("2026-05-01", "2026-05-03", 3.0), episode("2026-05-20", "2026-05-22", 3.0)];
        assert_eq!(labelled(&as_high, WIDE), [false, true], "the newer");
    }

    #[test]
    fn a_wide_page_has_room_where_a_phone_has_none() {
        // 67 of 365 days are 44 pixels of 240 and 94 of 510; a label of nine letters takes 67.
        let apart = [episode("2026-05-01", "2026-05-03", 6.0), episode("2026-07-07", "2026-07-08", 3.0)];
        assert_eq!(labelled(&apart, PHONE), [true, false]);
        assert_eq!(labelled(&apart, WIDE), [true, true]);
    }

    #[test]
    fn a_label_at_the_right_edge_ends_there_and_none_is_lost_from_the_tooltips() {
        let late = [episode("2026-12-20", "2026-12-31", 4.0), episode("2026-12-01", "2026-12-05", 2.0)];
        let span = Days { first: fixtures::date(YEAR.0), last: fixtures::date(YEAR.1) };
        let shown: Vec<&EpisodeRow> = late.iter().collect();
        let places = placed(span, &shown, WIDE);
        assert_eq!(places, [Some(Place { at: 1.0, ends: true }), None]);
        let page = draw(span, &shown, 20.0, 100.0).into_string();
        assert!(page.contains("up to 2/10</title>") && page.contains("up to 4/10</title>"), "{page}");
    }
}
