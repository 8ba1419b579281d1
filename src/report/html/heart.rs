//! The main chart, as a section below the first screen.

use maud::{Markup, html};

use crate::report::charts::heart::{self, HeartChart, WeekAhead};
use crate::report::shown::ShownReport;
use crate::report::wording;
use crate::rules::{MIN_REST_DAYS, WEEKLY_JUMP};

/// The most weeks of a training plan drawn ahead: more would leave too little room for the log.
const PLANNED_WEEKS: usize = 8;

/// The section; nothing if no week is known.
#[must_use]
pub(super) fn section(shown: &ShownReport<'_>) -> Markup {
    html! {
        @if let Some(figure) = figure(shown) {
            section.heart-section aria-labelledby="heart-head" {
                h2.hidden id="heart-head" { "Pain and running, week by week" }
                (figure)
            }
        }
    }
}

/// The chart with its ranges and its table.
fn figure(shown: &ShownReport<'_>) -> Option<Markup> {
    drawn(shown, |chart| heart::draw("heart", chart))
}

/// The chart of half a year for paper.
#[must_use]
pub(super) fn on_paper(shown: &ShownReport<'_>, id: &str) -> Option<Markup> {
    drawn(shown, |chart| heart::on_paper(id, chart))
}

fn drawn(shown: &ShownReport<'_>, draw: impl Fn(&HeartChart<'_>) -> Option<Markup>) -> Option<Markup> {
    let report = shown.report;
    let findings: Vec<_> = shown.findings.iter().map(|(_, finding)| *finding).collect();
    let episodes: Vec<_> = shown.episodes.iter().map(|(_, episode)| *episode).collect();
    let setting = |key: &str| report.settings.get(key);
    let room = report
        .plan
        .as_ref()
        .and_then(|plan| Some(WeekAhead { start: plan.week_start, distance_m: plan.distance_cap_m?, planned: false }));
    // For the current week, its room is drawn and not the plan.
    let after = room.map_or(report.as_of, |week| week.start);
    let planned = report
        .planned
        .iter()
        .filter(|week| week.start > after)
        .take(PLANNED_WEEKS)
        .filter_map(|week| Some(WeekAhead { start: week.start, distance_m: week.distance_m?, planned: true }));
    let ahead: Vec<WeekAhead> = room.into_iter().chain(planned).collect();
    draw(&HeartChart {
        weeks: &shown.weeks,
        days: shown.days,
        runs: &report.runs,
        findings: &findings,
        notes: report.pain.len(),
        episodes: &episodes,
        links: &report.links,
        rules: &report.rules,
        shoes: &report.shoes,
        log_to: report.athlete.log_to,
        as_of: report.as_of,
        ahead: &ahead,
        rise: setting(WEEKLY_JUMP.key).map_or_else(String::new, |s| wording::setting(s, report.view.units)),
        fewest_rest_days: setting(MIN_REST_DAYS.key).map_or(0.0, |setting| setting.value.0),
        units: report.view.units,
    })
}
