//! Every line of advice with its reason and its source: the first few open, the rest folded by kind.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::words;
use crate::model::reading::Priority;
use crate::report::contract::AdviceRow;
use crate::report::shown::{self, ADVICE_UP_FRONT, Shown};
use crate::report::{plain, wording};

/// Reasons shown with one line.
const REASONS: usize = 3;

/// The section.
#[must_use]
pub(super) fn render(shown: &Shown<'_>) -> Markup {
    let banner = !shown.leading().is_empty();
    let lines = if banner { shown.other_advice() } else { shown.report.advice.iter().enumerate().collect() };
    if lines.is_empty() {
        return html! { p { "No advice beyond the above: nothing in this log calls for it." } };
    }
    let (first, rest) = lines.split_at(lines.len().min(ADVICE_UP_FRONT));
    let mut kinds: BTreeMap<Priority, Vec<(usize, &AdviceRow)>> = BTreeMap::new();
    for (at, line) in rest {
        kinds.entry(line.priority).or_default().push((*at, line));
    }
    html! {
        @if banner { p.soft { "Advice on the warning signs stands at the top." } }
        ol.advice { @for (at, line) in first { (entry(shown, *at, line)) } }
        @for (kind, lines) in &kinds {
            details {
                summary { (wording::urgency(*kind)) ": " (wording::counted(lines.len() as u64, "more line", "more lines")) }
                ul.advice { @for (at, line) in lines { (entry(shown, *at, line)) } }
            }
        }
    }
}

fn entry(shown: &Shown<'_>, at: usize, line: &AdviceRow) -> Markup {
    html! {
        li id=(shown::advice_anchor(at)) {
            p { (words::sentence(&line.text)) }
            (why(shown, line))
        }
    }
}

/// Why a line stands there and where it comes from.
#[must_use]
pub(super) fn why(shown: &Shown<'_>, line: &AdviceRow) -> Markup {
    let reasons = shown.reasons(line);
    html! {
        p.why {
            @if !reasons.is_empty() {
                "Because of: "
                @for (at, reason) in reasons.iter().take(REASONS).enumerate() {
                    @if at > 0 { "; " }
                    @match &reason.anchor { Some(anchor) => a href={ "#" (anchor) } { (reason.text) }, None => (reason.text) }
                }
                @if reasons.len() > REASONS { " and " (reasons.len() - REASONS) " more" }
                ". "
            }
            @for (at, source) in line.sources.iter().enumerate() {
                @if at == 0 { "Source: " } @else { "; " }
                cite { (plain::one_line(&source.title)) }
                @if !source.section.is_empty() { ", " (plain::one_line(&source.section).trim_end_matches('.')) }
            }
            @if !line.sources.is_empty() { "." }
        }
    }
}
