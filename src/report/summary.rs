//! The report in a terminal: what matters first, in about twenty lines, wrapped to the width. Styles are ANSI escapes
//! of our own; escapes in the log's texts are made harmless. The shell removes styles where they are not wanted.

use std::collections::BTreeMap;

use super::charts::text;
use super::contract::Report;
use super::first_screen::{self, Weight};
use super::plain;
use super::shown::{FOR_THE_EXAMINER, ShownReport};
use super::terminal_page::{BOLD, DIM, PLAIN, Page, SOON, URGENT};
use super::{day_of_report, since_last, wording};
use crate::model::finding::Severity;
use crate::model::ledger::{FileOutcome, LedgerRow};
use crate::model::problem::Cost;
use crate::model::reading::Priority;

/// The most findings, advice lines and files named before the rest is only counted.
const FEW: usize = 3;

/// The most characters of a text, which cuts only endless ones.
const LONGEST_CHARS: usize = 600;

/// The most characters of one finding.
const FINDING_CHARS: usize = 220;

/// The number of weeks drawn with `verbose`.
const WEEKS: usize = 52;

/// How a summary is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its width in columns; at least 40 are used.
    pub width: usize,
    /// Adds the weeks as bars and a row for each year.
    pub verbose: bool,
}

/// The summary with ANSI styles, ending in a line feed.
#[must_use]
pub fn render(report: &Report, look: &Look) -> String {
    let shown = ShownReport::new(report);
    let mut page = Page::new(look.width).with_longest(LONGEST_CHARS);
    first_screen(&mut page, &shown);
    if look.verbose {
        charts(&mut page, &shown);
    }
    advice(&mut page, &shown);
    findings(&mut page, &shown);
    shoe_names(&mut page, &shown);
    read(&mut page, &shown);
    page.paragraph(DIM, &report.disclaimer);
    page.finish()
}

/// Whose report it is, and its day.
fn head(page: &mut Page, report: &Report) {
    let name = report
        .athlete
        .name
        .as_deref()
        .map_or_else(String::new, |n| format!("{}, ", plain::cut(&plain::one_line(n), 30)));
    page.paragraph(DIM, &format!("{name}{}", wording::long(report.as_of)));
    page.paragraph(PLAIN, &day_of_report::sentence(report).unwrap_or_default());
}

/// The opening lines, then what has changed. What a sign calls for comes before whose report it is.
fn first_screen(page: &mut Page, shown: &ShownReport<'_>) {
    let lines = first_screen::lines(shown);
    let mut headed = false;
    for line in lines {
        if !headed && !matches!(line.weight, Weight::Call(_)) {
            head(page, shown.report);
            headed = true;
        }
        let quote = line.quote.map_or_else(String::new, |quote| format!(" {quote}"));
        let bars = line.bars.map_or_else(String::new, |bars| format!("  {bars}"));
        let text = format!("{}{quote}", line.text);
        let lead = if line.lead.is_empty() { String::new() } else { format!("{}  ", line.lead) };
        match line.weight {
            Weight::Call(urgency) => {
                page.marked(if urgency <= Priority::P1 { URGENT } else { SOON }, "! ", &text);
                if let Some(number) = shown.emergency_number() {
                    page.marked(URGENT, "! ", &format!("Call {number}."));
                }
            }
            Weight::Strong if lead.is_empty() => page.paragraph(BOLD, &text),
            Weight::Quiet => page.paragraph(DIM, &text),
            Weight::Strong | Weight::Ring | Weight::Plain => page.led_with_tail(BOLD, &lead, &text, &bars),
        }
    }
    if !headed {
        head(page, shown.report);
    }
    page.paragraph(PLAIN, &since_last::told(shown.report).unwrap_or_default());
}

fn findings(page: &mut Page, shown: &ShownReport<'_>) {
    let current = shown.fresh();
    page.blank();
    if current.is_empty() && !shown.report.rules.iter().any(|rule| rule.assessed > 0) {
        page.paragraph(PLAIN, "Too little history to look for flags.");
    }
    for (_, finding) in current.iter().take(FEW) {
        let style = if finding.severity >= Severity::Warning { SOON } else { BOLD };
        let mark = if finding.severity > Severity::Info { "▲ " } else { "· " };
        page.led(style, PLAIN, mark, &plain::cut(&plain::one_line(&finding.detail.message), FINDING_CHARS));
    }
    more(page, current.len(), "current flag", "current flags");
    for habit in shown.habits() {
        page.paragraph(DIM, &habit);
    }
}

fn shoe_names(page: &mut Page, shown: &ShownReport<'_>) {
    for slip in shown.report.shoes.iter().filter_map(wording::perhaps).take(FEW) {
        page.item(PLAIN, "Shoes     ", &slip);
    }
}

fn advice(page: &mut Page, shown: &ShownReport<'_>) {
    // Where no sign leads, nothing above has shown the advice on earlier ones.
    let banner = !shown.leading().is_empty();
    let rows: Vec<_> = if banner { shown.to_do() } else { shown.report.advice.iter().enumerate().collect() };
    if !rows.is_empty() {
        page.blank();
        if banner {
            page.paragraph(BOLD, &format!("{}:", shown.to_do_head()));
        }
    }
    for (nth, (_, line)) in ShownReport::first_of(&rows, FEW).iter().enumerate() {
        page.led(BOLD, PLAIN, &format!("{}. ", nth + 1), &line.text.to_string());
    }
    let to_tell = shown.for_the_examiner();
    if !to_tell.is_empty() {
        page.blank();
        page.paragraph(BOLD, &format!("{FOR_THE_EXAMINER}:"));
    }
    for (_, line) in to_tell.iter().take(FEW) {
        page.item(PLAIN, "- ", &line.text.to_string());
    }
}

fn read(page: &mut Page, shown: &ShownReport<'_>) {
    let failed: Vec<_> = shown.report.import.files.iter().filter(|f| f.outcome == FileOutcome::Failed).collect();
    let unread = shown.not_understood().len() as u64;
    let files = shown.report.import.files.iter();
    let fewer_points = files.filter(|f| f.problems.iter().any(|p| p.cost == Cost::Points)).count() as u64;
    let assumptions = &shown.report.import.assumptions;
    let left_out = shown.lines_left_out();
    if failed.is_empty() && unread == 0 && fewer_points == 0 && assumptions.is_empty() && left_out.is_empty() {
        page.blank();
        return;
    }
    page.blank();
    not_read(page, &failed);
    for (path, problem) in left_out.iter().take(FEW) {
        let what = plain::cut(&plain::one_line(&problem.what), 160);
        page.item(PLAIN, "Left out  ", &format!("{}, {}: {what}", wording::name(path), problem.place));
    }
    more(page, left_out.len(), "line of notes left out", "lines of notes left out");
    for one in assumptions.iter().take(FEW) {
        page.item(PLAIN, "Assumed  ", &plain::one_line(&one.line()));
    }
    more(page, assumptions.len(), "assumption", "assumptions");
    for note in shown.not_understood().iter().rev().take(FEW) {
        let why = note.not_read.as_deref().unwrap_or_default();
        let text = plain::cut(&plain::one_line(&note.text), 100);
        page.item(PLAIN, "Unclear   ", &format!("{}, {why}: {text}", wording::day(note.date)));
    }
    let points = wording::counted(fewer_points, "track", "tracks");
    let notes = wording::counted(unread, "note was", "notes were");
    let told = match (fewer_points, unread) {
        (0, 0) => return,
        (0, _) => format!("{notes} not understood; the report lists them."),
        (_, 0) => format!("GPS points were left out of {points}; the report lists them."),
        _ => format!("GPS points were left out of {points}, and {notes} not understood; the report lists them."),
    };
    page.paragraph(PLAIN, &told);
}

/// The files that could not be read, grouped by reason.
fn not_read(page: &mut Page, failed: &[&LedgerRow]) {
    let mut alike: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
    for (nth, file) in failed.iter().enumerate() {
        alike.entry(file.reason.as_deref().unwrap_or_default()).or_insert((nth, 0)).1 += 1;
    }
    let mut alike: Vec<_> = alike.into_iter().collect();
    alike.sort_by_key(|(_, (nth, _))| *nth);
    let mut told = 0;
    for (reason, (nth, files)) in alike.into_iter().take(FEW) {
        let reason =
            if reason.is_empty() { String::new() } else { format!(": {}", plain::cut(&plain::one_line(reason), 100)) };
        let first = failed.get(nth).map_or_else(String::new, |file| wording::name(&file.path));
        let others = match files - 1 {
            0 => String::new(),
            more => format!(" and {}", wording::counted(more, "more file", "more files")),
        };
        page.item(PLAIN, "Not read  ", &format!("{first}{others}{reason}"));
        told += files;
    }
    and_more(page, failed.len() as u64 - told, "file not read", "files not read");
}

fn more(page: &mut Page, all: usize, one: &str, many: &str) {
    and_more(page, all.saturating_sub(FEW) as u64, one, many);
}

fn and_more(page: &mut Page, left: u64, one: &str, many: &str) {
    if left > 0 {
        let more = wording::counted(left, &format!("more {one}"), &format!("more {many}"));
        page.marked(DIM, "  ", &format!("and {more}"));
    }
}

fn charts(page: &mut Page, shown: &ShownReport<'_>) {
    let units = shown.report.view.units;
    let room = page.width().saturating_sub(2).min(WEEKS);
    let weeks = &shown.weeks[shown.weeks.len().saturating_sub(room)..];
    if let (Some(first), Some(last)) = (weeks.first(), weeks.last()) {
        let most = weeks.iter().filter_map(|w| w.week.distance_m).max().unwrap_or(0);
        let title = format!(
            "Weekly distance, {}; a full bar is {}",
            wording::range(first.week.start, last.week.end),
            units.show(most)
        );
        page.paragraph(BOLD, &title);
        page.row(&[(PLAIN, &text::bars(weeks))]);
        page.blank();
    }
    let years = text::years(shown.days);
    if !years.is_empty() {
        let title = format!("Each year, week by week: distance, · {}, x hip pain", wording::NOTHING_KNOWN);
        page.paragraph(BOLD, &title);
        let room = page.width().saturating_sub(6);
        for (year, bars, hurt) in &years {
            let fit = |row: &str| row.chars().take(room).collect::<String>();
            page.row(&[(PLAIN, &format!("{year}  {}", fit(bars)))]);
            if !hurt.is_empty() {
                page.row(&[(PLAIN, &format!("      {}", fit(hurt)))]);
            }
        }
        page.blank();
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::report::fixtures;

    /// The text without our own styles, which all have the form `ESC [ … m`.
    fn bare(text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('\u{1b}') {
            out.push_str(before);
            rest = after.split_once('m').map_or("", |(_, tail)| tail);
        }
        out + rest
    }

    fn look(width: usize) -> Look {
        Look { width, verbose: false }
    }

    #[test]
    fn warning_signs_stand_first_and_the_whole_is_short() {
        for (name, report) in fixtures::all() {
            let text = bare(&render(&report, &look(100)));
            // Hostile text makes lines longer, but adds none.
            let most = if name == "hostile" { 60 } else { 32 };
            assert!(text.lines().count() <= most, "{name}: {} lines\n{text}", text.lines().count());
        }
        let text = bare(&render(&fixtures::warning(), &look(100)));
        let first = text.lines().next();
        assert_eq!(first, Some("! Stop running and get medical assessment today"), "{text}");
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        for (name, report) in fixtures::all() {
            for width in [40, 60, 80, 120] {
                for verbose in [false, true] {
                    for line in bare(&render(&report, &Look { width, verbose })).lines() {
                        assert!(line.width() <= width, "{name} at {width}: {line}");
                    }
                }
            }
        }
    }

    #[test]
    fn escapes_in_the_log_are_never_passed_on() {
        let text = bare(&render(&fixtures::hostile(), &look(80)));
        assert!(text.contains("␛[31mred"), "shown as a picture");
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
        assert!(!text.contains('\u{202e}'));
    }

    #[test]
    fn verbose_draws_weeks_and_years() {
        let report = fixtures::ten_years();
        let text = bare(&render(&report, &Look { width: 100, verbose: true }));
        for year in 2016..=2026 {
            assert!(text.lines().any(|l| l.starts_with(&format!("{year}  "))), "{year}");
        }
        assert!(text.contains('█'));
        assert!(!bare(&render(&report, &look(100))).lines().any(|l| l.starts_with("2020  ")));
    }
}
