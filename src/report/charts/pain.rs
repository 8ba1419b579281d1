//! Hip pain over the last year: each noted score on its day, and the episodes as bands.

use maud::{Markup, html};

use super::scale::{Axis, Days, across, earlier, px};
use super::{Figure, Mark, Table, bands, grid, weekly};
use crate::report::contract::{DayView, EpisodeRow};
use crate::report::wording;

const DAYS: u64 = 363;
const TOP: f64 = 34.0;
const BASE: f64 = 150.0;

/// The chart; `None` where no day of the last year hurt.
#[must_use]
pub fn draw(id: &str, days: &[DayView], episodes: &[&EpisodeRow]) -> Option<Markup> {
    let last = days.last()?.date;
    let days = &days[days.partition_point(|d| d.date < earlier(last, DAYS))..];
    let span = Days { first: days.first()?.date, last };
    let painful: Vec<(&DayView, Option<f64>)> =
        days.iter().filter_map(|d| d.pain.map(|score| (d, score.map(|s| s.0)))).collect();
    if painful.is_empty() {
        return None;
    }
    let axis = Axis { top: 10.0, step: 5.0 };
    let drawing = html! {
        svg.plot role="img" aria-labelledby={ (id) "-title" } height="180" {
            (bands::draw(span, episodes, TOP - 12.0, BASE))
            (grid(axis, TOP, BASE, ""))
            @for (day, score) in &painful {
                @let x = f64::midpoint(span.start_of(day.date), span.end_of(day.date));
                circle class=(if score.is_some() { "dot" } else { "dot hollow" }) cx=(across(x)) r="4"
                    cy=(px(BASE - (BASE - TOP) * axis.share(score.unwrap_or(0.0)))) {
                    title { (wording::day_month(day.date)) ": " (words(*score)) }
                }
            }
            (weekly::months(span, BASE))
        }
    };
    let mut legend = vec![Mark::new("k-dot", "score of a note"), Mark::new("k-pain", "episode")];
    if painful.iter().any(|(_, score)| score.is_none()) {
        legend.push(Mark::new("k-hollow", "pain without a score"));
    }
    let peak = painful.iter().filter_map(|(_, score)| *score).max_by(f64::total_cmp);
    let title = format!(
        "{} since {}{}",
        wording::counted(painful.len() as u64, "painful day", "painful days"),
        wording::day(span.first),
        peak.map_or_else(String::new, |p| format!(", up to {}/10", wording::plain_number(p)))
    );
    let rows = painful.iter().rev().map(|(day, score)| vec![wording::day(day.date), words(*score)]).collect();
    let table = Table::new(&["Day", "Highest score"], rows);
    Some(Figure { id, title, legend, drawing, table: Some(table) }.render())
}

fn words(score: Option<f64>) -> String {
    score.map_or_else(|| "no score".to_owned(), |s| format!("{}/10", wording::plain_number(s)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::contract::Number;

    fn day(text: &str) -> DayView {
        DayView {
            date: text.parse().unwrap(),
            observed: true,
            runs: 0,
            distance_m: Some(0),
            other_sport: false,
            pain: None,
            in_episode: false,
        }
    }

    #[test]
    fn a_score_of_five_lies_half_way_up_and_no_score_is_hollow() {
        let days = [
            DayView { pain: Some(Some(Number(5.0))), ..day("2026-01-01") },
            DayView { pain: Some(None), ..day("2026-01-02") },
        ];
        let page = draw("pain", &days, &[]).unwrap().into_string();
        assert!(page.contains("class=\"dot\" cx=\"25%\" r=\"4\" cy=\"92\""), "{page}");
        assert!(page.contains("class=\"dot hollow\" cx=\"75%\""));
        assert!(page.contains("2 painful days since 1 Jan 2026, up to 5/10"));
    }

    #[test]
    fn a_year_without_pain_has_no_chart() {
        assert!(draw("pain", &[day("2026-01-01")], &[]).is_none());
        assert!(draw("pain", &[], &[]).is_none());
    }
}
