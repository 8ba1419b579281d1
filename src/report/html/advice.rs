//! Every line of advice with its reason and its source: the first few open, the rest folded by kind.

use maud::{Markup, html};

use super::words;
use crate::report::contract::Advice;
use crate::report::shown::{self, ADVICE_UP_FRONT, ShownReport};
use crate::report::{advised, wording};

/// The section with every line of advice.
#[must_use]
pub(super) fn render(shown: &ShownReport<'_>) -> Markup {
    let banner = !shown.leading().is_empty();
    let lines = if banner { shown.other_advice() } else { shown.report.advice.iter().enumerate().collect() };
    if lines.is_empty() {
        return html! { p { "No advice beyond the above: nothing in this log calls for it." } };
    }
    let (fits, lines): (Vec<_>, Vec<_>) = lines.into_iter().partition(|(_, line)| shown::may_fit(line));
    let (first, rest) = lines.split_at(lines.len().min(ADVICE_UP_FRONT));
    let rest: Vec<_> = rest.iter().copied().chain(fits).collect();
    html! {
        @if banner { p.soft { "Advice on the warning signs stands at the top." } }
        ol.advice { @for (at, line) in first { (entry(shown, *at, line)) } }
        @for group in advised::groups(&rest) {
            details {
                summary { (group.head) ": " (wording::counted(group.lines.len() as u64, "line", "lines")) }
                @if let Some(note) = group.note { p { (note) } }
                ul.advice { @for (at, line) in &group.lines { (entry(shown, *at, line)) } }
            }
        }
    }
}

fn entry(shown: &ShownReport<'_>, at: usize, line: &Advice) -> Markup {
    html! {
        li id=(shown::advice_anchor(at)) {
            p { (words::sentence(&line.text.to_string())) }
            (why(shown, line))
        }
    }
}

/// Why a line is there and where it comes from.
#[must_use]
pub(super) fn why(shown: &ShownReport<'_>, line: &Advice) -> Markup {
    let (reasons, more) = advised::reasons(shown, line);
    let sources = advised::sources(line);
    html! {
        p.why {
            @if !reasons.is_empty() {
                "Because of: "
                @for (at, reason) in reasons.iter().enumerate() {
                    @if at > 0 { "; " }
                    @match &reason.anchor { Some(anchor) => a href={ "#" (anchor) } { (reason.text) }, None => (reason.text) }
                }
                @if more > 0 { " and " (more) " more" }
                ". "
            }
            @for (at, (title, sections)) in sources.iter().enumerate() {
                @if at == 0 { "Source: " } @else { "; " }
                cite { (title) }
                @if !sections.is_empty() { ": " (sections) }
            }
            @if !sources.is_empty() { "." }
        }
    }
}
