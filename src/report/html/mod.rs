//! The report as one self-contained HTML page: no script, no external link, styles inside. This file holds the order
//! of the sections; each section has a file of its own.

mod advice;
mod episodes;
pub(super) mod frame;
mod handout;
mod heart;
mod links;
mod load;
mod opening;
mod record;
mod runs;
mod sheet;
#[cfg(test)]
mod sheet_tests;
#[cfg(test)]
mod tests;
pub(super) mod words;

use maud::{Markup, PreEscaped, html};

use super::contract::Report;
use crate::report::charts::hips::Reader;
use crate::report::shown::{self, ShownReport};
use crate::report::{whose, wording};
use crate::rules;
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
            (opening::what_to_do(&shown))
            @for section in &sections { (section.render()) }
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
    title: &'static str,
    /// A summary beside the title.
    gist: String,
    /// What is always shown; a section without it is folded.
    open: Option<Markup>,
    /// What is under the fold.
    folded: Option<Markup>,
}

impl Section {
    fn shown(id: &'static str, title: &'static str, open: Markup) -> Self {
        Self { id, title, gist: String::new(), open: Some(open), folded: None }
    }

    fn folded(id: &'static str, title: &'static str, gist: impl Into<String>, folded: Markup) -> Self {
        Self { id, title, gist: gist.into(), open: None, folded: Some(folded) }
    }

    fn render(&self) -> Markup {
        let head = format!("{}-head", self.id);
        html! {
            section class=[self.open.is_none().then_some("folded")] id=(self.id) aria-labelledby=(head) {
                @if let Some(open) = &self.open {
                    h2 id=(head) { (self.title) }
                    @if !self.gist.is_empty() { p.soft { (words::sentence(&self.gist)) } }
                    (open)
                    @if let Some(folded) = &self.folded { details { summary { "More on this" span.hidden { ": " (self.title) } } (folded) } }
                } @else {
                    details {
                        summary { h2 id=(head) { (self.title) @if !self.gist.is_empty() { span.soft { " " (words::sentence(&self.gist)) } } } }
                        @if let Some(folded) = &self.folded { (folded) }
                    }
                }
            }
        }
    }
}

/// The sections below the first screen, in the order of the page: what is looked at each week, then everything else,
/// folded.
fn sections(shown: &ShownReport<'_>) -> Vec<Section> {
    let mut all = Vec::new();
    all.extend(runs::last(shown).map(|runs| Section::shown("runs", "Last runs", runs)));
    let episodes = (episodes::gist(shown), episodes::timeline(shown));
    all.push(match episodes::in_short(shown) {
        Some(few) => {
            let open = html! { (few) @if let Some(map) = episodes::map(shown, "hips", Reader::Runner) { (map) } };
            Section { gist: episodes.0, folded: Some(episodes.1), ..Section::shown("timeline", "Hip pain", open) }
        }
        None => Section::folded("timeline", "Hip pain", episodes.0, episodes.1),
    });
    all.extend(load::flags_now(shown).map(|(gist, flags)| Section::folded("flags", "Flagged now", gist, flags)));
    let usual = |rule| shown.rule(rule).map_or_else(String::new, shown::how_usual_in_short);
    let distance = usual(rules::WEEKLY_MILEAGE_JUMP);
    all.push(Section::folded("distance", "Weekly distance", distance, load::distance(shown)));
    all.push(Section::folded("rest", "Rest days and streaks", usual(rules::REST_DAYS), load::rest(shown)));
    let shoes = html! { @if let Some(few) = load::shoes_in_short(shown) { (few) } (load::shoes(shown)) };
    all.push(Section::folded("shoes", "Shoes", load::shoes_gist(shown), shoes));
    let links = html! { @if let Some(few) = links::in_short(shown) { (few) } (links::render(shown)) };
    all.push(Section::folded("links", "More often than chance?", links::gist(shown), links));
    let count = wording::counted(shown.report.advice.len() as u64, "line", "lines");
    all.push(Section::folded("advice", "Advice and its sources", count, advice::render(shown)));
    if let Some(plan) = &shown.report.plan {
        all.push(Section::folded("plan", "Room left this week", "", load::plan(plan, shown)));
    }
    all.push(Section::folded("read", "What was read", record::gist(shown), record::read(shown)));
    all.push(Section::folded("settings", "Settings used", "", record::settings(shown)));
    all
}
