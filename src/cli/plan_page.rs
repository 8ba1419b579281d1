//! The report on a plan, for a terminal: what the log says first, then the flags with what removes each, the weeks,
//! and what the guidance says. It computes nothing.

use crate::guidance::entry::OWN_ADDITION;
use crate::model::finding::Severity;
use crate::model::reading::Priority;
use crate::model::units::Units;
use crate::report::calls;
use crate::report::contract::Source;
use crate::report::outlook::{
    ChangeBy, CheckedPlan, FlagRow, GuidanceRow, LogPreface, NO_PLAN, NO_PROMISE, PlanReport, PlanWeek,
};
use crate::report::terminal_page::{BOLD, DIM, PLAIN, Page, SOON, URGENT};
use crate::report::{plain, shown, wording};

/// The most advice lines shown of what the log says first.
const MOST_LINES: usize = 4;

/// The whole page: what the log says first, then the plan or the suggestion.
pub(super) fn render(report: &PlanReport, mut page: Page) -> String {
    first(&mut page, &report.first);
    if let Some(plan) = &report.plan {
        held(&mut page, report, plan);
    }
    if let Some(suggestion) = &report.suggestion {
        page.blank();
        page.paragraph(BOLD, if suggestion.possible { "Suggested plan" } else { "No plan suggested" });
        page.paragraph(PLAIN, suggestion.text.trim_start_matches(NO_PLAN));
        if report.plan.is_none() {
            weeks(&mut page, &suggestion.weeks, report.units);
        }
        guidance(&mut page, &suggestion.guidance);
    }
    page.blank();
    if report.plan.is_some() || report.suggestion.as_ref().is_some_and(|suggestion| suggestion.possible) {
        page.paragraph(PLAIN, NO_PROMISE);
    }
    page.paragraph(DIM, &report.disclaimer);
    page.finish()
}

/// A page with only what the log says first, where no plan is printed.
pub(super) fn first_alone(report: &PlanReport, mut page: Page) -> String {
    first(&mut page, &report.first);
    page.finish()
}

fn first(page: &mut Page, first: &LogPreface) {
    let lines: Vec<_> = first.advice.iter().filter(|_| first.stands()).take(MOST_LINES).enumerate().collect();
    for call in calls::gather(&lines) {
        let style = match call.reasons.iter().map(|reason| reason.line.priority).min() {
            Some(Priority::P0 | Priority::P1) => URGENT,
            Some(Priority::P2) => SOON,
            _ => BOLD,
        };
        if let [only] = &call.reasons[..] {
            page.item(style, "! ", &only.line.text.to_string());
            continue;
        }
        page.item(style, "! ", &format!("{}:", call.words));
        for reason in &call.reasons {
            page.item(PLAIN, "  - ", &reason.text);
        }
    }
    let ids: Vec<&str> =
        first.advice.iter().take(MOST_LINES).flat_map(|line| &line.guidance).map(String::as_str).collect();
    if first.stands() && !ids.is_empty() {
        page.item(DIM, "  ", &format!("Sources: runhip explain {}.", ids.join(", runhip explain ")));
    }
    let signs: Vec<_> = first.warnings.iter().enumerate().collect();
    for signs in shown::by_note(&signs) {
        let Some((_, first)) = signs.first() else { continue };
        let words = plain::cut(&plain::one_line(&first.warning.text), 100);
        let words = if words.is_empty() { words } else { format!(": \"{words}\"") };
        let signs = wording::capital(&shown::words_of(&signs).join("; "));
        page.item(PLAIN, "  ", &format!("{signs}, {}{words}", wording::day_month(first.warning.note_date)));
    }
    for episode in &first.episodes {
        page.item(PLAIN, "Hip pain  ", &format!("{} {}.", wording::place(episode), wording::episode_days(episode)));
    }
    for line in &first.because {
        page.paragraph(BOLD, line);
    }
    page.blank();
}

fn held(page: &mut Page, report: &PlanReport, plan: &CheckedPlan) {
    let units = report.units;
    page.paragraph(BOLD, &format!("Plan, {}", wording::range(plan.from, plan.to)));
    page.paragraph(PLAIN, &contents(plan, units));
    if let Some(sentence) = &report.first.no_warning {
        page.paragraph(DIM, sentence);
    }
    if let Some(target) = &plan.target {
        page.paragraph(PLAIN, &target.text);
    }
    page.blank();
    if plan.flags.is_empty() {
        page.paragraph(BOLD, "The plan raises no flag.");
    } else {
        page.paragraph(BOLD, &verdict(plan));
    }
    for row in &plan.flags {
        page.blank();
        flag(page, row);
    }
    if !plan.follow_on.is_empty() {
        page.blank();
        page.paragraph(BOLD, "Once those changes are made, there is more:");
        for row in &plan.follow_on {
            page.blank();
            flag(page, row);
        }
    }
    let edits = || plan.flags.iter().chain(&plan.follow_on).any(|row| row.change.by == ChangeBy::Edits);
    if !plan.flags.is_empty() && edits() {
        page.blank();
        page.paragraph(PLAIN, together(report, plan));
    }
    page.blank();
    weeks(page, &plan.weeks, units);
    if !plan.not_assessed.is_empty() {
        page.blank();
        page.paragraph(BOLD, "Not checked");
        for line in &plan.not_assessed {
            page.item(PLAIN, "- ", line);
        }
    }
    guidance(page, &plan.guidance);
}

fn together(report: &PlanReport, plan: &CheckedPlan) -> &'static str {
    if report.first.stands() {
        "The changes speak of the figures alone. They are no leave to run: what stands above comes first."
    } else if plan.changes_hold {
        "Each change counts on those of earlier days. With all of them, the rules find nothing else in the plan."
    } else {
        "Each change counts on those of earlier days. They leave some flags standing."
    }
}

fn contents(plan: &CheckedPlan, units: Units) -> String {
    let mut parts = Vec::new();
    if plan.runs > 0 {
        parts.push(wording::counted(plan.runs, "run", "runs"));
    }
    if plan.week_totals > 0 {
        parts.push(wording::counted(plan.week_totals, "week total", "week totals"));
    }
    let at_least = if plan.runs_without_distance > 0 { "at least " } else { "" };
    let mut text = format!("{}, {at_least}{}.", parts.join(" and "), units.show(plan.distance_m));
    let mut left = |rows: u64, one: &str, many: &str| {
        if rows > 0 {
            text.push_str(&format!(" {}.", wording::counted(rows, one, many)));
        }
    };
    left(plan.rows_before, "row lies before and was skipped", "rows lie before and were skipped");
    left(
        plan.rows_done,
        "row of today was skipped, as a run is logged",
        "rows of today were skipped, as a run is logged",
    );
    left(plan.other_rows, "row is no run and was skipped", "rows are no run and were skipped");
    text
}

fn verdict(plan: &CheckedPlan) -> String {
    let count = |severity| plan.flags.iter().filter(|flag| flag.severity == severity).count() as u64;
    let mut parts = Vec::new();
    for (severity, one, many) in [
        (Severity::Warning, "warning", "warnings"),
        (Severity::Notice, "notice", "notices"),
        (Severity::Info, "for orientation", "for orientation"),
    ] {
        let found = count(severity);
        if found > 0 {
            parts.push(wording::counted(found, one, many));
        }
    }
    format!("{}: {}", wording::counted(plan.flags.len() as u64, "flag", "flags"), parts.join(", "))
}

fn flag(page: &mut Page, row: &FlagRow) {
    let style = if row.severity >= Severity::Warning { SOON } else { BOLD };
    page.item(style, "▲ ", &row.detail.message);
    if row.date != row.from && row.date != row.to {
        page.item(DIM, "  ", &format!("Arises on {}.", row.date.format("%a %-d %b %Y")));
    }
    // Why nothing is suggested is said above, once for all flags.
    if row.change.by == ChangeBy::Withheld {
        return;
    }
    let lead = if row.change.by == ChangeBy::Edits { "→ " } else { "  " };
    page.item(PLAIN, &format!("  {lead}"), &row.change.text);
}

fn weeks(page: &mut Page, weeks: &[PlanWeek], units: Units) {
    if weeks.is_empty() {
        return;
    }
    page.row(&[(BOLD, &format!("{:<7}{:>8}{:>8}{:>9}{:>6}", "Week of", units.sign(), "change", "longest", "runs"))]);
    for week in weeks {
        let metres = |metres: Option<u64>| metres.map_or("?".to_owned(), |metres| units.figure(metres));
        let change = week.change.map_or("–".to_owned(), wording::rise);
        let runs = week.runs.map_or("–".to_owned(), |runs| runs.to_string());
        let longest = week.runs.map_or("–".to_owned(), |_| metres(week.longest_run_m.map(u64::from).or(Some(0))));
        let mark = if week.flags.is_empty() { "" } else { " ▲" };
        let row = format!(
            "{:<7}{:>8}{change:>8}{longest:>9}{runs:>6}{mark}",
            wording::day_month(week.start),
            metres(week.distance_m)
        );
        page.row(&[(PLAIN, &row)]);
    }
}

fn guidance(page: &mut Page, rows: &[GuidanceRow]) {
    if rows.is_empty() {
        return;
    }
    page.blank();
    page.paragraph(BOLD, "What the guidance says");
    for row in rows {
        page.item(PLAIN, "- ", &row.text);
        sources(page, "  ", &row.sources);
    }
}

fn sources(page: &mut Page, lead: &str, sources: &[Source]) {
    let mut texts: Vec<(&str, Vec<String>)> = Vec::new();
    for source in sources.iter().filter(|source| source.title != OWN_ADDITION) {
        let section = format!("\"{}\"", source.section);
        match texts.iter_mut().find(|(title, _)| *title == source.title) {
            Some((_, sections)) => sections.push(section),
            None => texts.push((&source.title, vec![section])),
        }
    }
    for (title, sections) in texts {
        page.item(DIM, lead, &format!("Source: {title}, {}", sections.join(", ")));
    }
    for own in sources.iter().filter(|source| source.title == OWN_ADDITION) {
        page.item(DIM, lead, &format!("Added by runhip: {}", own.section));
    }
}
