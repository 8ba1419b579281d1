//! The report as Markdown, in full, for a wiki or a repository: the order and words of the page, tables in place of
//! charts, and no HTML but the marker, the seal and folds. `brief.rs` holds the version for a mail.

pub mod brief;
pub(super) mod page;
mod sources;
mod tables;

use std::fmt::Write as _;

use super::contract::{Advice, EpisodeRow, FindingRow, Report};
use crate::model::finding::Severity;
use crate::model::own_file::MARKDOWN_REPORT;
use crate::model::reading::Priority;
use crate::report::advised;
use crate::report::calls;
use crate::report::shown::{FOR_THE_EXAMINER, ShownReport, by_note, how_usual, words_of};
use crate::report::{day_of_report, seal, since_last, whose, wording};
use crate::rules::Family;
use page::{Page, note, safe};

/// The whole report, with a marker in its first line by which runhip recognises its own reports.
#[must_use]
pub fn render(report: &Report) -> String {
    let shown = ShownReport::new(report);
    let mut page = Page::default();
    head(&mut page, &shown);
    signs(&mut page, &shown);
    page.head(2, "This week");
    page.para(&safe(&report.view.this_week));
    if let Some(since) = since_last::told(report) {
        page.para(&safe(&since));
    }
    first_lines(&mut page, &shown);
    timeline(&mut page, &shown);
    earlier_signs(&mut page, &shown);
    tables::load(&mut page, &shown);
    tables::links(&mut page, &shown);
    advice(&mut page, &shown);
    plan(&mut page, &shown);
    tables::read(&mut page, &shown);
    tables::settings(&mut page, &shown);
    sources::list(&mut page, report);
    seal_off(page, report)
}

/// The marker, whose report it is, and its day.
fn head(page: &mut Page, shown: &ShownReport<'_>) {
    let report = shown.report;
    page.line(MARKDOWN_REPORT);
    match &report.athlete.name {
        Some(name) => page.head(1, &format!("{}: running and hip pain", safe(&wording::name(name)))),
        None => page.head(1, "Running and hip pain"),
    }
    let span = match shown.span() {
        Some((from, to)) => {
            format!("{}, {}", wording::counted(report.athlete.runs, "run", "runs"), wording::range(from, to))
        }
        None => "no entry in this log".to_owned(),
    };
    page.para(&format!("**{}** · {span}", wording::long(report.as_of)));
    if let Some(day) = day_of_report::sentence(report) {
        page.para(&safe(&day));
    }
}

/// The disclaimer, the program's name and version, and the seal.
fn seal_off(mut page: Page, report: &Report) -> String {
    page.line("---");
    page.line("");
    page.para(&safe(&report.disclaimer));
    page.para(&format!("{} {}", report.tool.name, report.tool.version));
    let whose = whose::comment(report);
    if !whose.is_empty() {
        page.line(&whose);
    }
    page.line(&seal::line());
    seal::close(page.done())
}

fn signs(page: &mut Page, shown: &ShownReport<'_>) {
    let leading = shown.leading();
    if let Some(most) = shown.urgency() {
        urgent(page, shown, most);
        for signs in by_note(&leading) {
            let Some((_, first)) = signs.first() else { continue };
            let flags = wording::capital(&words_of(&signs).join("; "));
            page.line(&format!("- **{flags}**, noted {}", wording::day(first.warning.note_date)));
            if !first.warning.text.trim().is_empty() {
                page.line(&format!("  > {}", note(&first.warning.text)));
            }
        }
        page.line("");
        if let Some(ends) = shown.what_ends_the_signs() {
            page.para(&safe(&ends));
        }
    } else {
        page.head(2, "Warning signs");
        page.para(&shown.report.view.no_warning_sentence.as_deref().map_or_else(|| shown.withheld(), safe));
    }
}

/// What the signs call for. The first call is the heading if it is the most urgent one.
fn urgent(page: &mut Page, shown: &ShownReport<'_>, most: Priority) {
    let mut calls = calls::gather(&shown.urgent_advice());
    let spoken = calls.first().is_some_and(|call| call.urgency == Some(most));
    page.head(2, &if spoken { safe(calls[0].words) } else { wording::urgency(most).to_owned() });
    for (nth, call) in calls.drain(..).enumerate() {
        // Somebody who reads three calls may follow the mildest, so only the first is a heading.
        let first = spoken && nth == 0;
        match (spoken, nth) {
            (true, 1) => page.para("Besides:"),
            (true, _) => {}
            (false, _) => page.para(&format!("**{}.**", safe(call.words))),
        }
        let reasons = call.reasons.iter();
        let line = |reason: &calls::Reason<'_>| {
            let short = (first || !spoken) && !reason.text.is_empty();
            let text = if short { reason.text.clone() } else { reason.line.text.to_string() };
            format!("{} {}", safe(&text), why(shown, reason.line)).trim().to_owned()
        };
        page.list(&reasons.map(line).collect::<Vec<_>>());
    }
}

/// Signs that no longer lead, and how many there were.
fn earlier_signs(page: &mut Page, shown: &ShownReport<'_>) {
    let past: Vec<String> = shown
        .report
        .warnings
        .iter()
        .filter(|w| !w.leads)
        .map(|w| {
            let cleared = w
                .warning
                .cleared_on
                .map_or_else(String::new, |day| format!("; taken back by a note of {}", wording::day(day)));
            format!(
                "{}, noted {}{cleared}{}",
                wording::capital(w.warning.flag.words()),
                wording::day(w.warning.note_date),
                quoted(&w.warning.text)
            )
        })
        .collect();
    if !past.is_empty() {
        page.folded("Earlier warning signs", |page| page.list(&past));
    }
}

/// A note's words after a colon; empty if the note is only a score.
fn quoted(text: &str) -> String {
    if text.trim().is_empty() { String::new() } else { format!(": \"{}\"", note(text)) }
}

fn why(shown: &ShownReport<'_>, line: &Advice) -> String {
    let mut parts = Vec::new();
    let (reasons, more) = advised::reasons(shown, line);
    if !reasons.is_empty() {
        let reasons: Vec<String> = reasons.iter().map(|r| safe(&r.text)).collect();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        parts.push(format!("Because of: {}{more}.", reasons.join("; ")));
    }
    let sources: Vec<String> = sources::of(shown.report, line).iter().map(usize::to_string).collect();
    match &sources[..] {
        [] => {}
        [one] => parts.push(format!("Source: {one}.")),
        several => parts.push(format!("Sources: {}.", wording::listed(several))),
    }
    parts.join(" ")
}

fn first_lines(page: &mut Page, shown: &ShownReport<'_>) {
    for (head, lines) in [(shown.to_do_head(), shown.to_do()), (FOR_THE_EXAMINER, shown.for_the_examiner())] {
        let lines = ShownReport::first_of(&lines, 3);
        let lines: Vec<String> = lines.iter().map(|(_, line)| safe(&line.text.to_string())).collect();
        if !lines.is_empty() {
            page.head(3, head);
            page.list(&lines);
        }
    }
}

fn timeline(page: &mut Page, shown: &ShownReport<'_>) {
    page.head(2, "Hip pain, episode by episode");
    if shown.episodes.is_empty() {
        page.para("No note in the days shown tells of hip pain.");
    }
    for (_, episode) in &shown.episodes {
        page.head(3, &format!("{}, {}", wording::place(episode), wording::episode_days(episode)));
        page.para(&facts(shown, episode));
        for entry in shown.notes_of(episode) {
            let score = entry.severity.map_or_else(String::new, |s| format!(", {}", wording::score(s)));
            let assumed = entry.assumed_hip.map_or_else(String::new, |why| format!(" ({})", wording::assumed_hip(why)));
            page.line(&format!("- {}{score}{}{assumed}", wording::day(entry.date), quoted(&entry.text)));
        }
        page.line("");
    }
    findings(page, shown, Family::Pain);
}

fn facts(shown: &ShownReport<'_>, episode: &EpisodeRow) -> String {
    let mut facts = vec![if episode.open { "Open".to_owned() } else { "Ended".to_owned() }];
    if let Some(peak) = episode.peak_severity {
        facts.push(format!("up to {}", wording::score(peak)));
    }
    facts.push(wording::counted(episode.painful_days, "painful day", "painful days"));
    if !episode.qualities.is_empty() {
        facts.push(wording::listed(&episode.qualities.iter().map(wording::spaced).collect::<Vec<_>>()));
    }
    facts.extend(wording::injury(episode).map(str::to_owned));
    let mut line = format!("{}.", facts.join(" · "));
    if !episode.red_flags.is_empty() {
        let _ = write!(line, " Warning signs: {}.", wording::signs(&episode.red_flags));
    }
    let earlier = shown.came_before(episode);
    if earlier.is_empty() {
        let _ = write!(line, " {}", shown.nothing_before(episode));
    } else {
        let flags: Vec<String> =
            earlier.iter().map(|group| format!("{}, {}", safe(&group.title), group.days)).collect();
        let _ = write!(line, " Came before: {}.", flags.join("; "));
    }
    let _ = write!(line, " {}", safe(&wording::load(episode, shown.report.view.units)));
    line
}

/// How frequent the family's flags are, the most important findings, then the others.
fn findings(page: &mut Page, shown: &ShownReport<'_>, family: Family) {
    let (first, rest) = shown.of_family(family);
    page.list(&shown.rules(family).iter().map(|r| format!("{}: {}", r.title, safe(&how_usual(r)))).collect::<Vec<_>>());
    page.list(&first.iter().map(|(_, f)| finding(shown, f)).collect::<Vec<_>>());
    if !rest.is_empty() {
        let title = wording::counted(rest.len() as u64, "other finding", "other findings");
        page.folded(&title, |page| page.list(&rest.iter().map(|(_, f)| finding(shown, f)).collect::<Vec<_>>()));
    }
}

fn finding(shown: &ShownReport<'_>, finding: &FindingRow) -> String {
    let weight = if finding.severity > Severity::Info {
        format!("**{}**", wording::severity(finding.severity))
    } else {
        "info".to_owned()
    };
    let now = if finding.current { ", current" } else { "" };
    let after: Vec<String> = shown
        .episodes_after(&finding.id)
        .iter()
        .map(|(_, e)| format!("{} pain of {}", wording::hip_short(e.side), wording::day(e.onset)))
        .collect();
    let after = if after.is_empty() { String::new() } else { format!(" Came before {}.", after.join(", ")) };
    format!("{weight}{now}: {}{after}", safe(&finding.detail.message))
}

fn advice(page: &mut Page, shown: &ShownReport<'_>) {
    page.head(2, "Advice and where it comes from");
    let banner = !shown.leading().is_empty();
    let lines = if banner { shown.other_advice() } else { shown.report.advice.iter().enumerate().collect() };
    if lines.is_empty() {
        page.para("No advice beyond the above: nothing in this log calls for it.");
    }
    for group in advised::groups(&lines) {
        page.head(3, group.head);
        if let Some(note) = group.note {
            page.para(note);
        }
        page.list(
            &group
                .lines
                .iter()
                .map(|(_, line)| format!("{} {}", safe(&line.text.to_string()), why(shown, line)))
                .collect::<Vec<_>>(),
        );
    }
}

fn plan(page: &mut Page, shown: &ShownReport<'_>) {
    let Some(plan) = &shown.report.plan else { return };
    let units = shown.report.view.units;
    page.head(2, "Room left this week");
    if plan.distance_cap_m.is_some() || plan.longest_run_cap_m.is_some() {
        page.para(&format!(
            "The most that raises no flag in the week of {}. It is a limit of the rules, not a target.",
            wording::day(plan.week_start)
        ));
    }
    let mut room = vec![format!("Run so far: {}", shown.so_far(plan))];
    room.extend(plan.distance_cap_m.map(|metres| format!("Whole week: up to {}", units.show_at_most(metres))));
    room.extend(plan.longest_run_cap_m.map(|metres| format!("Longest run: up to {}", units.show_at_most(metres))));
    room.extend(plan.min_rest_days.map(|days| format!("Days without a run: at least {days}")));
    page.list(&room);
    page.list(&plan.because.iter().map(|b| safe(b)).collect::<Vec<_>>());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixtures;

    #[test]
    fn nothing_hostile_survives() {
        let page = render(&fixtures::hostile());
        let folds = 2 * page.matches("\n<details><summary>").count() + 2 * page.matches("</summary>\n").count();
        assert_eq!(page.matches('<').count(), 2 + folds, "only the marker, the seal and folds open a tag");
        assert!(page.starts_with("<!-- runhip report -->\n"));
        assert!(!page.contains('\u{1b}') && !page.contains('\u{202e}'));
        let heads = page.lines().filter(|l| l.starts_with('#')).count();
        let own = render(&fixtures::warning()).lines().filter(|l| l.starts_with('#')).count();
        assert_eq!(heads, own, "no text of theirs makes a heading");
    }

    #[test]
    fn tables_have_as_many_cells_in_each_row_as_in_the_head() {
        for (name, report) in fixtures::all() {
            let mut width = 0;
            for line in render(&report).lines() {
                if line.starts_with('|') {
                    let cells = line.replace("\\|", "").matches('|').count();
                    assert!(width == 0 || width == cells, "{name}: {line}");
                    width = cells;
                } else {
                    width = 0;
                }
            }
        }
    }
}
