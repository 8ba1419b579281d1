//! The report as one HTML page that needs nothing but itself: no script, no link outwards, styles inside. This file
//! holds the page's frame and the order of its sections; each section stands in a file of its own.

mod advice;
mod episodes;
mod links;
mod load;
mod opening;
mod record;
#[cfg(test)]
mod tests;
pub(super) mod words;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::contract::Report;
use crate::report::shown::Shown;
use crate::report::wording;

pub(super) const STYLE: &str = include_str!("../style.css");
/// Nothing is loaded, nothing runs, nothing is sent; only the styles inside the page apply.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The page.
#[must_use]
pub fn render(report: &Report) -> String {
    let shown = Shown::new(report);
    let title = match &report.athlete.name {
        Some(name) => format!("{}: running and hip pain", wording::name(name)),
        None => "Running and hip pain".to_owned(),
    };
    let sections = sections(&shown);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="generator" content="runhip";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="robots" content="noindex";
                meta name="format-detection" content="telephone=no, date=no, address=no, email=no";
                title { (title) " · " (wording::day(report.as_of)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "Skip to the report" }
                (opening::header(&shown))
                main id="main" {
                    (opening::render(&shown))
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
            }
        }
    }
    .into_string()
}

struct Section {
    id: &'static str,
    /// The name in the contents.
    short: &'static str,
    title: &'static str,
    body: Markup,
}

/// The sections below the first screen, in the order of the page.
fn sections(shown: &Shown<'_>) -> Vec<Section> {
    let section = |id, short, title, body| Section { id, short, title, body };
    let mut all = vec![
        section("timeline", "Hip pain", "Hip pain, episode by episode", episodes::timeline(shown)),
        section("before", "What came before", "What came before each episode", episodes::before(shown)),
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
