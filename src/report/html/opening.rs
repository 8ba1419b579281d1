//! The top of the page: whose report it is, the lines of the first screen, the signs and reasons behind a call, and
//! the first few things to do.

use std::cmp::Reverse;

use maud::{Markup, html};

use super::{advice, words};
use crate::model::reading::Priority;
use crate::report::contract::{Advice, WarningRow};
use crate::report::first_screen::{self, Line, Weight};
use crate::report::shown::{self, NumberedRow, ShownReport};
use crate::report::{day_of_report, plain, since_last, wording};

/// The number of advice lines on the first screen.
const FIRST_LINES: usize = 3;

/// The most notes with earlier warning signs that are shown in full, with the words that raised them marked.
const IN_FULL: usize = 12;

/// The name, the day of the report, and the days of the log.
#[must_use]
pub(super) fn header(shown: &ShownReport<'_>) -> Markup {
    let report = shown.report;
    let athlete = &report.athlete;
    html! {
        header {
            p.sub {
                strong { (wording::long(report.as_of)) }
                @if let Some((from, to)) = shown.span() {
                    " · " (wording::counted(athlete.runs, "run", "runs")) ", " (wording::range(from, to))
                } @else { " · no entry in this log" }
            }
            h1 { @match &athlete.name { Some(name) => { (words::name(name)) ": running and hip pain" }, None => "Running and hip pain" } }
            @if let Some(day) = day_of_report::sentence(report) { p.sub { (day) } }
            @if report.view.since.is_some() || report.view.until.is_some() {
                p.sub {
                    "Shown here: "
                    @if let Some(day) = report.view.since { "from " (wording::day(day)) " " }
                    @if let Some(day) = report.view.until { "until " (wording::day(day)) }
                }
            }
        }
    }
}

/// The first screen: how things stand, and the one thing to do.
#[must_use]
pub(super) fn render(shown: &ShownReport<'_>) -> Markup {
    let lines = first_screen::lines(shown);
    let level = shown.urgency().map_or("", level);
    html! {
        section class={ "first " (level) } id="first" aria-labelledby="first-head" {
            @if shown.urgency().is_none() { h2.hidden id="first-head" { "Now" } }
            @for line in &lines { (first_line(shown, line)) }
            @if let Some(since) = since_last::told(shown.report) { p.since { (words::sentence(&since)) } }
            @if shown.urgency().is_some() { (behind_the_call(shown)) }
            (earlier_signs(shown))
        }
    }
}

fn first_line(shown: &ShownReport<'_>, line: &Line) -> Markup {
    let said = html! {
        @if !line.lead.is_empty() { strong { (line.lead) } " " }
        (words::sentence(&line.text))
        @if let Some(quote) = &line.quote { " " q.said { (words::bare_sentence(quote)) } }
        @if let Some(bars) = &line.bars { " " span.bars aria-hidden="true" { (bars) } }
    };
    match line.weight {
        Weight::Call(_) => html! {
            h2 id="first-head" { (words::sentence(&line.text)) }
            @if let Some(number) = shown.emergency_number() {
                p.ring { a href={ "tel:" (dialled(number)) } { "Call " (number) } }
            }
        },
        Weight::Ring => html! {
            p.ring {
                @for (number, place) in first_screen::RING { a href={ "tel:" (number) } { "Ring " (number) } " " span { "(" (place) ")" } " " }
                span { "or your country's emergency number." }
            }
        },
        Weight::Strong => html! { p.strong { (said) } },
        Weight::Plain => html! { p { (said) } },
        Weight::Quiet => html! { p.small { (said) } },
    }
}

/// A number in the form that a telephone takes.
fn dialled(number: &str) -> String {
    number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

/// Every sign with the words that raised it, and each line of advice on the signs with its source.
fn behind_the_call(shown: &ShownReport<'_>) -> Markup {
    let leading = shown.leading();
    let notes = shown::by_note(&leading);
    html! {
        details.sources id="all-signs" {
            summary { "Notes, reasons and sources" }
            ul.plain { @for signs in &notes { (signs_of_note(shown, signs)) } }
            @if shown.urgency() == Some(Priority::P0) {
                @if let Some(ends) = shown.what_ends_the_signs() { p.small { (ends) } }
            }
            ul {
                @for (at, line) in shown.urgent_advice() {
                    li id=(shown::advice_anchor(at)) { (words::sentence(&line.text.to_string())) (advice::why(shown, line)) }
                }
            }
        }
    }
}

fn earlier_signs(shown: &ShownReport<'_>) -> Markup {
    let mut past: Vec<_> = shown.report.warnings.iter().enumerate().filter(|(_, w)| !w.leads).collect();
    past.sort_by_key(|(_, sign)| (Reverse(sign.warning.note_date), sign.warning.priority));
    html! {
        @if !past.is_empty() {
            details {
                summary { (wording::counted(past.len() as u64, "earlier warning sign", "earlier warning signs")) }
                ul.plain {
                    @for (nth, signs) in shown::by_note(&past).iter().enumerate() {
                        @if nth < IN_FULL { (signs_of_note(shown, signs)) } @else { (signs_in_short(signs)) }
                    }
                }
            }
        }
    }
}

fn level(priority: Priority) -> &'static str {
    match priority {
        Priority::P0 => "emergency",
        Priority::P1 => "today",
        _ => "soon",
    }
}

/// The signs of one note with the words that raised them; the first, which is the most urgent, stands out.
fn signs_of_note(shown: &ShownReport<'_>, signs: &[NumberedRow<'_, WarningRow>]) -> Markup {
    let Some((_, first)) = signs.first() else { return html! {} };
    html! {
        li {
            (flags_of(signs))
            ", noted " (wording::day(first.warning.note_date))
            (words::note(&first.warning.text, shown.spans_of(first)))
        }
    }
}

fn flags_of(signs: &[NumberedRow<'_, WarningRow>]) -> Markup {
    html! {
        @for (nth, (at, sign)) in signs.iter().enumerate() {
            @if nth == 0 {
                strong id=(shown::warning_anchor(*at)) { (wording::capital(sign.warning.flag.words())) }
            } @else {
                "; " span id=(shown::warning_anchor(*at)) { (sign.warning.flag.words()) }
            }
            @if let Some(day) = sign.warning.cleared_on { " (taken back by a note of " (wording::day(day)) ")" }
        }
    }
}

/// The signs of an old note on one line.
fn signs_in_short(signs: &[NumberedRow<'_, WarningRow>]) -> Markup {
    let Some((_, first)) = signs.first() else { return html! {} };
    html! {
        li {
            (flags_of(signs)) ", " (wording::day(first.warning.note_date)) ": "
            (words::sentence(&plain::cut(&plain::one_line(&first.warning.text), plain::NAME_CHARS)))
        }
    }
}

/// The first lines of advice, each with a link to its whole entry.
#[must_use]
pub(super) fn what_to_do(shown: &ShownReport<'_>) -> Markup {
    let banner = !shown.leading().is_empty();
    let hurts = banner || shown.report.episodes.iter().any(|episode| episode.open);
    let to_do = if banner { shown.to_do() } else { shown.report.advice.iter().enumerate().collect() };
    let to_tell = shown.for_the_examiner();
    html! {
        @if to_do.len() + to_tell.len() > 0 {
            section id="to-do" aria-labelledby="to-do-head" {
                h2 id="to-do-head" { @if to_do.is_empty() { (shown::FOR_THE_EXAMINER) } @else { (shown.to_do_head()) } }
                @if !to_do.is_empty() {
                    ol.todo { @for (at, line) in ShownReport::first_of(&to_do, if hurts { FIRST_LINES } else { 1 }) { (in_short(at, line)) } }
                }
                @if !to_tell.is_empty() {
                    @let lines = html! { ul.todo { @for (at, line) in to_tell.iter().take(FIRST_LINES) { (in_short(*at, line)) } } };
                    @if to_do.is_empty() { (lines) } @else { details { summary { h3 { (shown::FOR_THE_EXAMINER) } } (lines) } }
                }
            }
        }
    }
}

fn in_short(at: usize, line: &Advice) -> Markup {
    html! {
        li {
            (words::sentence(&line.text.to_string())) " "
            a.why href={ "#" (shown::advice_anchor(at)) } aria-label="why, and the source" { "why" }
        }
    }
}
