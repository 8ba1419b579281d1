//! The first screen: whose report it is, warning signs where any stand, the week in one sentence, the state of things at
//! a glance, and the first few things to do.

use std::cmp::Reverse;

use maud::{Markup, html};

use super::{advice, episodes, words};
use crate::model::ledger::FileOutcome;
use crate::model::reading::{Priority, Span};
use crate::report::calls::{self, Call};
use crate::report::contract::{Advice, EpisodeRow, Report, WarningRow};
use crate::report::shown::{self, NumberedRow, ShownReport};
use crate::report::{day_of_report, plain, since_last, wording};

/// Advice lines on the first screen.
const FIRST_LINES: usize = 3;

/// Flags named on the first screen.
const CHIPS: usize = 4;
/// Notes with earlier warning signs that are shown with the words that raised them marked.
const IN_FULL: usize = 12;

/// Name, day and span.
#[must_use]
pub(super) fn header(shown: &ShownReport<'_>) -> Markup {
    let report = shown.report;
    let athlete = &report.athlete;
    html! {
        header {
            h1 { @match &athlete.name { Some(name) => { (words::name(name)) ": running and hip pain" }, None => "Running and hip pain" } }
            p.sub {
                strong { (wording::long(report.as_of)) }
                @if let Some((from, to)) = shown.span() {
                    " · " (wording::counted(athlete.runs, "run", "runs")) ", " (wording::range(from, to))
                } @else { " · no entry in this log" }
            }
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

/// Everything above the contents.
#[must_use]
pub(super) fn render(shown: &ShownReport<'_>) -> Markup {
    html! {
        (signs(shown))
        section.week id="week" aria-labelledby="week-head" {
            h2 id="week-head" { "This week" }
            p.lead { (words::sentence(&shown.report.view.this_week)) }
            @if let Some(since) = since_last::told(shown.report) { p.since { (words::sentence(&since)) } }
            (glance(shown))
            @if let Some(over) = shown.over_the_room() { p.since { (words::sentence(&over)) } }
            (first_lines(shown))
        }
    }
}

/// Warning signs: a banner where any leads, else the sentence that none was found, else why there is no such sentence.
fn signs(shown: &ShownReport<'_>) -> Markup {
    let leading = shown.leading();
    let past: Vec<_> = shown.report.warnings.iter().enumerate().filter(|(_, w)| !w.leads).collect();
    let mut newest_first = past.clone();
    newest_first.sort_by_key(|(_, sign)| (Reverse(sign.warning.note_date), sign.warning.priority));
    let earlier = html! {
        @if !past.is_empty() {
            details {
                summary { (wording::counted(past.len() as u64, "earlier warning sign", "earlier warning signs")) }
                ul.plain {
                    @for (nth, signs) in shown::by_note(&newest_first).iter().enumerate() {
                        @if nth < IN_FULL { (signs_of_note(shown, signs)) } @else { (signs_in_short(signs)) }
                    }
                }
            }
        }
    };
    let Some(most) = shown.urgency() else {
        return html! {
            section.signs.quiet aria-labelledby="signs-head" {
                h2.hidden id="signs-head" { "Warning signs" }
                @match &shown.report.view.no_warning_sentence {
                    Some(sentence) => p { (words::sentence(sentence)) },
                    None => p { (shown.withheld()) " " a href="#read" { "What was read, and what was not." } },
                }
                (earlier)
            }
        };
    };
    let urgent = shown.urgent_advice();
    let (lines, folded) = urgent.split_at(urgent.len().min(FIRST_LINES));
    let (calls, further) = (calls::gather(lines), calls::gather(folded));
    // The heading is the first call where that is the most urgent one, else the urgency itself.
    let spoken = calls.first().is_some_and(|call| call.urgency == Some(most) && call.words.len() < 160);
    html! {
        section class={ "signs " (level(most)) } id="signs" aria-labelledby="signs-head" {
            p.eyebrow { (wording::counted(leading.len() as u64, "warning sign", "warning signs")) " in the notes" }
            @if spoken {
                @for call in calls.iter().take(1) {
                    h2 id="signs-head" { (words::sentence(call.words)) }
                    (reasons(call))
                }
            } @else { h2 id="signs-head" { (wording::urgency(most)) } }
            @let lesser = &calls[usize::from(spoken)..];
            @if spoken && !lesser.is_empty() {
                // Whoever reads three orders takes the mildest: only the first stands out.
                p.small { "Besides:" }
                @for call in lesser { p.urgent-line { (words::sentence(call.words)) "." } (reasons(call)) }
            } @else {
                @for call in lesser { (urgent_line(call)) }
            }
            ul.plain { @for signs in shown::by_note(&leading) { (signs_of_note(shown, &signs)) } }
            @if let Some(ends) = shown.what_ends_the_signs() { p.small { (ends) } }
            details.sources {
                summary { "Reasons and sources" @if !folded.is_empty() { ", and " (wording::counted(folded.len() as u64, "more line", "more lines")) } }
                @for call in &further { (urgent_line(call)) }
                ul { @for (_, line) in &urgent { li { (words::sentence(&line.text.to_string())) (advice::why(shown, line)) } } }
            }
            (earlier)
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

/// Why a call is made: a line each, where its advice is found again.
fn reasons(call: &Call<'_>) -> Markup {
    html! {
        @for reason in &call.reasons {
            @if reason.text.is_empty() { span id=(shown::advice_anchor(reason.at)) {} }
            @else { p.urgent-line id=(shown::advice_anchor(reason.at)) { (words::sentence(&reason.text)) } }
        }
    }
}

/// A call other than the heading's.
fn urgent_line(call: &Call<'_>) -> Markup {
    html! { p.urgent-line { strong { (words::sentence(call.words)) "." } } (reasons(call)) }
}

/// The signs of one note with the words that raised them; the first, which is the most urgent, stands out.
fn signs_of_note(shown: &ShownReport<'_>, signs: &[NumberedRow<'_, WarningRow>]) -> Markup {
    let Some((_, first)) = signs.first() else { return html! {} };
    html! {
        li {
            (flags_of(signs))
            ", noted " span.keep { (wording::day(first.warning.note_date)) }
            (words::note(&first.warning.text, spans_of(shown, first)))
        }
    }
}

/// The words of a note that gave its reading.
fn spans_of<'a>(shown: &ShownReport<'a>, sign: &WarningRow) -> &'a [Span] {
    let mut notes = shown.report.pain.iter();
    notes
        .find(|note| note.date == sign.warning.note_date && note.text == sign.warning.text)
        .map_or(&[], |note| &note.spans)
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

/// The signs of a note of long ago on one line.
fn signs_in_short(signs: &[NumberedRow<'_, WarningRow>]) -> Markup {
    let Some((_, first)) = signs.first() else { return html! {} };
    html! {
        li {
            (flags_of(signs)) ", " (wording::day(first.warning.note_date)) ": "
            (words::sentence(&plain::cut(&plain::one_line(&first.warning.text), plain::NAME_CHARS)))
        }
    }
}

/// The distance of the week before the one that holds the day of the report.
fn last_week(report: &Report) -> Option<u64> {
    report.weeks.iter().rev().find(|row| row.week.end < report.as_of)?.week.distance_m
}

/// Four figures at a glance, each a link to its section.
fn glance(shown: &ShownReport<'_>) -> Markup {
    let report = shown.report;
    let units = report.view.units;
    // Of the whole report, not of the days shown: `--until` may end before this week.
    let week =
        report.weeks.iter().rev().map(|row| &row.week).find(|w| w.start <= report.as_of && report.as_of <= w.end);
    let logged = week.is_some_and(|week| !wording::nothing_logged(week, report.athlete.log_to));
    let open: Vec<&EpisodeRow> = shown.episodes.iter().map(|(_, e)| *e).filter(|e| e.open).collect();
    let current = shown.current().iter().filter(|(_, f)| !f.is_sign()).count();
    let failed = report.import.files.iter().filter(|f| f.outcome == FileOutcome::Failed).count();
    let unread = shown.not_understood().len();
    let left_out = shown.lines_left_out().len();
    html! {
        ul.glance {
            li { a href="#distance" {
                span.what { "Run this week" }
                span.figure { @match week.and_then(|week| week.distance_m).filter(|_| logged) { Some(metres) => (units.show(metres)), None => "–" } }
                span.small {
                    @if !logged { (wording::NOTHING_YET) "; " }
                    @match last_week(report).filter(|_| report.athlete.runs > 0) { Some(metres) => { "last week " (units.show(metres)) }, None => "last week not known" }
                }
            } }
            li.hurt[!open.is_empty()] { a href="#timeline" {
                span.what { "Hip pain" }
                span.figure { @match &open[..] { [] => "none open", [one] => (episodes::at_a_glance(one)), several => { (several.len()) " open" } } }
                span.small {
                    @match (&open[..], shown.episodes.first()) {
                        ([], Some((_, e))) => { "last ended " (wording::day(e.end)) },
                        ([], None) => "no episode in this log",
                        ([one], _) => { "since " (wording::day_month(one.onset)) @if let Some(peak) = one.peak_severity { ", up to " (wording::score(peak)) } },
                        (several, _) => {
                            @for (at, e) in several.iter().enumerate() {
                                @if at > 0 { "; " }
                                (wording::hip_short(e.side)) " since " (wording::day_month(e.onset))
                                @if let Some(peak) = e.peak_severity { ", up to " (wording::score(peak)) }
                            }
                        },
                    }
                }
            } }
            li.flagged[current > 0] { a href=(if current > 0 { "#flags" } else { "#distance" }) {
                span.what { "Current flags" }
                span.figure { (current) }
                span.small { @if current > 0 { "listed below" } @else { "on load, rest or shoes" } }
            } }
            li.flagged[failed + left_out > 0 || unread > 0] { a href="#read" {
                span.what { "Not read" }
                span.figure { (wording::counted(failed as u64, "file", "files")) }
                span.small {
                    @let lost = shown.lost_entries();
                    @if lost > 0 { (wording::counted(lost, "entry", "entries")) " lost, " }
                    @if left_out > 0 { (wording::counted(left_out as u64, "line", "lines")) " of notes left out, " }
                    (wording::counted(unread as u64, "note", "notes")) " not understood"
                }
            } }
        }
        @let flags = shown.current();
        @if flags.iter().any(|(_, f)| !f.is_sign()) {
            p.chips id="flags" {
                "Flagged now: "
                @for (at, finding) in flags.iter().filter(|(_, f)| !f.is_sign()).take(CHIPS) {
                    a class={ "chip " (wording::severity(finding.severity)) } href={ "#" (shown::finding_anchor(*at)) } {
                        (plain::one_line(&shown.brief(finding)))
                    } " "
                }
                @if current > CHIPS { "and " (current - CHIPS) " more below" }
            }
        }
    }
}

/// The first lines of advice, in short; each leads to its whole entry.
fn first_lines(shown: &ShownReport<'_>) -> Markup {
    let (to_do, to_tell) = (shown.to_do(), shown.for_the_examiner());
    html! {
        @if !to_do.is_empty() {
            h3 { (shown.to_do_head()) }
            ol.todo { @for (at, line) in ShownReport::first_of(&to_do, FIRST_LINES) { (in_short(at, line)) } }
        }
        @if !to_tell.is_empty() {
            h3 { (shown::FOR_THE_EXAMINER) }
            ul.todo { @for (at, line) in to_tell.iter().take(FIRST_LINES) { (in_short(*at, line)) } }
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
