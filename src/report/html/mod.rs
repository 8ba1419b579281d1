//! The report as one HTML page that needs nothing but itself: no script, no link outwards, styles inside. This file
//! holds the order of its sections; each section stands in a file of its own.

mod advice;
mod episodes;
pub(super) mod frame;
mod handout;
mod heart;
mod links;
mod load;
mod opening;
mod record;
mod sheet;
#[cfg(test)]
mod sheet_tests;
#[cfg(test)]
mod tests;
pub(super) mod words;

use maud::{Markup, PreEscaped, html};

use super::contract::Report;
use crate::report::shown::ShownReport;
use crate::report::{whose, wording};
use frame::page;

pub use handout::render as handout_page;

/// The report as one HTML page.
#[must_use]
pub fn render(report: &Report) -> String {
    let shown = ShownReport::new(report);
    let title = match &report.athlete.name {
        Some(name) => format!("{}: running and hip pain", wording::name(name)),
        None => "Running and hip pain".to_owned(),
    };
    let sections = sections(&shown);
    let body = html! {
        a.skip href="#main" { "Skip to the report" }
        (sheet::on_paper(&shown))
        (opening::header(&shown))
        main id="main" {
            (opening::render(&shown))
            (heart::section(&shown))
            (contents(&sections))
            @for section in &sections {
                section id=(section.id) aria-labelledby={ (section.id) "-head" } {
                    h2 id={ (section.id) "-head" } { (section.title) }
                    (section.body)
                }
            }
        }
        footer {
            p { (words::sentence(&report.disclaimer)) }
            p.small { (report.tool.name) " " (report.tool.version) " · as of " (wording::long(report.as_of)) }
        }
        (PreEscaped(whose::comment(report)))
    };
    page(&format!("{title} · {}", wording::day(report.as_of)), "", &body)
}

struct Section {
    id: &'static str,
    /// The name in the contents.
    short: &'static str,
    title: &'static str,
    body: Markup,
}

/// The sections below the first screen, in the order of the page.
fn sections(shown: &ShownReport<'_>) -> Vec<Section> {
    let section = |id, short, title, body| Section { id, short, title, body };
    let mut all = vec![
        section("timeline", "Hip pain", "Hip pain, episode by episode", episodes::timeline(shown)),
        section("distance", "Distance", "Weekly distance", load::distance(shown)),
        section("rest", "Rest", "Rest days and streaks", load::rest(shown)),
        section("shoes", "Shoes", "Shoes", load::shoes(shown)),
        section("links", "Chance or not", "Does load come before pain more often than chance?", links::render(shown)),
        section("advice", "Advice", "Advice and where it comes from", advice::render(shown)),
    ];
    if let Some(plan) = &shown.report.plan {
        all.push(section("plan", "Room left", "Room left this week", load::plan(plan, shown)));
    }
    all.push(section("read", "Files and notes", "What was read, and what was not", record::read(shown)));
    all.push(section("settings", "Settings", "Settings used", record::settings(shown)));
    all
}

fn contents(sections: &[Section]) -> Markup {
    html! {
        nav aria-label="Contents" {
            ul { @for section in sections { li { a href={ "#" (section.id) } { (section.short) } } } }
        }
    }
}
