//! The legend of the weeks: the meaning of those marks that appear.

use maud::{Markup, html};

use super::super::{Mark, render_legend};
use super::layout::Plot;
use super::{bars, is_after_light_week, jump, rows, told};
use crate::report::contract::{ShoeRow, ShoeState};
use crate::report::wording;

/// The most pairs named in the legend, so that it stays short.
const NAMED: usize = 2;

/// The legend of some weeks, with further remarks on them.
pub(super) fn weeks(plot: &Plot<'_>) -> Markup {
    let chart = plot.chart;
    let any = |holds: &dyn Fn(&crate::report::contract::WeekRow) -> bool| plot.weeks.iter().any(|row| holds(row));
    let days = || chart.days.iter().filter(|day| plot.span.touches(day.date, day.date));
    let [worn, due, below, other] = rows::worn(plot);
    let ghost = plot.ahead.iter().any(|week| !week.planned);
    let planned = plot.ahead.iter().any(|week| week.planned);
    let marks = [
        (
            any(&|row| row.allowance_m.is_some()),
            "k-step",
            format!("room: {} above last week or the 4-week usual", chart.rise),
        ),
        (any(&|row| bars::above(row) > 0), "k-over", "above the room".to_owned()),
        (
            any(&|row| jump(chart, row.week.start).is_some_and(is_after_light_week)),
            "k-light",
            "back up after a light week".to_owned(),
        ),
        (any(&|row| !row.week.complete), "k-part", "week not over".to_owned()),
        (any(&bars::is_blank), "k-blank", "no entry".to_owned()),
        (ghost, "k-ghost", "room left this week".to_owned()),
        (planned, "k-ghost", "planned".to_owned()),
        (days().any(|day| day.pain.is_some_and(|score| score.is_some())), "k-dot", "hip pain, 0 to 10".to_owned()),
        (
            days().any(|day| day.pain.is_some_and(|score| score.is_none())),
            "k-hollow",
            "pain without a score".to_owned(),
        ),
        (chart.episodes.iter().any(|e| plot.span.touches(e.onset, e.end)), "k-pain", "episode".to_owned()),
        (
            any(&|row| rows::is_low(chart, row)),
            "k-low",
            format!("fewer than {} rest days", wording::plain_number(chart.fewest_rest_days)),
        ),
        (any(&|row| rows::is_long(chart, row)), "k-low", "longer than the 30 days before allow".to_owned()),
        (worn, "k-worn", pairs("worn", plot, ShoeState::Worn)),
        (due, "k-due-pair", pairs("due soon", plot, ShoeState::Due)),
        (below || other, "k-below", "newer shoes".to_owned()),
    ];
    let marks: Vec<Mark> =
        marks.into_iter().filter(|(there, ..)| *there).map(|(_, class, words)| Mark::new(class, words)).collect();
    html! {
        (render_legend(&marks))
        @if let Some(habit) = told::habit(chart) { p.soft { (habit) } }
    }
}

/// The pairs in this state: `worn: Heron 2 (1666 km)`.
fn pairs(meaning: &str, plot: &Plot<'_>, state: ShoeState) -> String {
    let mut pairs: Vec<&ShoeRow> =
        plot.chart.shoes.iter().filter(|shoe| shoe.state == state && shoe.last_used >= Some(plot.span.first)).collect();
    pairs.sort_by_key(|shoe| std::cmp::Reverse(shoe.last_used));
    let names: Vec<String> = pairs
        .iter()
        .take(NAMED)
        .map(|shoe| format!("{} ({})", wording::name(&shoe.name), plot.chart.units.show(shoe.distance_m)))
        .collect();
    let more = if pairs.len() > NAMED { ", …" } else { "" };
    if names.is_empty() { format!("shoes {meaning}") } else { format!("{meaning}: {}{more}", names.join(", ")) }
}
