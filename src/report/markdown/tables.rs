//! The sections of the Markdown report that are mostly tables: distance, shoes, links, files and settings.

use super::findings;
use super::page::{Page, note, safe};
use crate::model::ledger::FileOutcome;
use crate::model::units::Units;
use crate::report::charts::forest;
use crate::report::charts::monthly::{self, Month};
use crate::report::shown::{NOTHING_TO_COMPARE, ShownReport, together};
use crate::report::wording;
use crate::rules::{self, Family};

/// The number of weeks in the table.
const WEEKS: usize = 26;
/// The most files and notes listed before the rest is only counted.
const LISTED: usize = 40;

pub(super) fn load(page: &mut Page, shown: &ShownReport<'_>) {
    let units = shown.report.view.units;
    page.head(2, "Weekly distance");
    let weeks: Vec<Vec<String>> = shown
        .weeks
        .iter()
        .rev()
        .take(WEEKS)
        .map(|row| {
            let week = &row.week;
            let flagged = shown
                .findings
                .iter()
                .any(|(_, f)| f.rule == rules::WEEKLY_MILEAGE_JUMP && (week.start..=week.end).contains(&f.from));
            vec![
                wording::range(week.start, week.end),
                wording::week_distance(week, shown.report.athlete.log_to, units),
                wording::week_runs(week, shown.report.athlete.log_to),
                week.rest_days.map_or_else(|| "–".to_owned(), |n| n.to_string()),
                wording::week_change(row),
                if flagged { "rise" } else { "" }.to_owned(),
            ]
        })
        .collect();
    page.table(&["Week", "Distance", "Runs", "Rest days", "Change", "Flag"], &weeks);
    let jumps: Vec<_> =
        shown.findings.iter().map(|(_, f)| *f).filter(|f| f.rule == rules::WEEKLY_MILEAGE_JUMP).collect();
    let months = monthly::months(shown.days, &jumps);
    if months.len() > 6 {
        page.folded("The whole log by month", |page| {
            page.table(&["Month", "Distance", "Runs", "Flagged weeks", "Painful days"], &month_rows(&months, units));
        });
    }
    findings(page, shown, Family::Distance);
    page.head(2, "Rest days and streaks");
    findings(page, shown, Family::Rest);
    page.head(2, "Shoes");
    let shoes: Vec<Vec<String>> = shown
        .report
        .shoes
        .iter()
        .map(|s| {
            vec![
                safe(&wording::name(&s.name)),
                units.show(s.distance_m),
                wording::shoe_state(s).to_owned(),
                units.show(u64::from(s.due_m)),
                units.show(u64::from(s.worn_m)),
            ]
        })
        .collect();
    if shoes.is_empty() {
        page.para(wording::NO_SHOES);
    }
    page.table(&["Pair", "Known distance", "State", "Window begins", "Window ends"], &shoes);
    for slip in shown.report.shoes.iter().filter_map(wording::perhaps) {
        page.para(&safe(&slip));
    }
    findings(page, shown, Family::Shoes);
}

pub(super) fn month_rows(months: &[Month], units: Units) -> Vec<Vec<String>> {
    monthly::stretches(months, |first| first.format("%Y-%m").to_string())
        .into_iter()
        .map(|(name, m)| {
            let least = if m.at_least { "at least " } else { "" };
            vec![
                name,
                if m.observed == 0 {
                    wording::NOT_KNOWN.to_owned()
                } else {
                    format!("{least}{}", units.show(m.distance_m))
                },
                m.runs.to_string(),
                m.jumps.to_string(),
                m.painful.to_string(),
            ]
        })
        .collect()
}

pub(super) fn links(page: &mut Page, shown: &ShownReport<'_>) {
    page.head(2, "Does load come before pain more often than chance?");
    if shown.report.links.is_empty() || shown.report.episodes.is_empty() {
        page.para(NOTHING_TO_COMPARE);
        return;
    }
    page.para(&wording::stricter_jumps(shown.report));
    let lines: Vec<String> = together(&shown.report.links)
        .into_iter()
        .map(|same| {
            let titles: Vec<String> = same.iter().map(|l| safe(&shown.title(l.rule))).collect();
            format!(
                "**{}** ({}): {}",
                titles.join(", "),
                wording::claim(same[0].linked.claim),
                safe(&same[0].linked.bare_text)
            )
        })
        .collect();
    page.list(&lines);
    let rows: Vec<Vec<String>> = shown
        .report
        .links
        .iter()
        .map(|l| {
            let number = |v: Option<f64>| v.map_or_else(|| "–".to_owned(), wording::plain_number);
            vec![
                safe(&shown.title(l.rule)),
                format!("{} days", l.window_days),
                format!("{} of {}", l.linked.exposed, l.linked.episodes_usable),
                number(l.linked.expected),
                l.linked.rate_ratio.as_ref().map_or_else(|| "–".to_owned(), forest::words),
                l.linked.p_step_down.map_or_else(|| "–".to_owned(), wording::probability),
            ]
        })
        .collect();
    page.table(
        &["Flag", "Window", "Episodes with it before", "Expected", "Rate ratio (95\u{a0}%)", "p adjusted"],
        &rows,
    );
    page.para(wording::BEHIND_ALL_LINKS);
}

pub(super) fn read(page: &mut Page, shown: &ShownReport<'_>) {
    let report = shown.report;
    let totals = &report.import.totals;
    page.head(2, "What was read, and what was not");
    page.para(&format!(
        "{} in {}: {}, {} joined as the same run, {} in other sports, {} left out. {} read. {}",
        wording::counted(totals.activities.activities_in, "activity", "activities"),
        wording::counted(report.import.files.len() as u64, "file", "files"),
        wording::counted(totals.activities.runs_out, "run", "runs"),
        totals.activities.duplicates_merged,
        totals.activities.other_sport,
        totals.activities.left_out,
        wording::counted(report.pain.len() as u64, "note", "notes"),
        wording::days_known(report.athlete.observed_days, report.athlete.missing_days),
    ));
    let failed: Vec<String> = report
        .import
        .files
        .iter()
        .filter(|f| f.outcome == FileOutcome::Failed)
        .map(|f| {
            format!("{}: {}", safe(&wording::name(&f.path)), note(f.reason.as_deref().unwrap_or("no reason given")))
        })
        .collect();
    some_of(page, "could not be read", ("file", "files"), &failed);
    let problems: Vec<String> = report
        .import
        .files
        .iter()
        .flat_map(|f| &f.problems)
        .map(|p| note(&format!("{}: {}. {}", p.place_in_words(), p.what.trim_end_matches('.'), p.hint)))
        .collect();
    some_of(page, "inside files that were read", ("problem", "problems"), &problems);
    let assumed: Vec<String> = report.import.assumptions.iter().map(|one| note(&one.line())).collect();
    some_of(page, "made in reading", ("assumption", "assumptions"), &assumed);
    let unread: Vec<String> = shown
        .not_understood()
        .iter()
        .map(|n| {
            let why = n.not_read.as_deref().map_or_else(String::new, |why| format!(" ({why})"));
            format!("{}, {}: \"{}\"{why}", wording::day(n.date), safe(&wording::name(&n.source)), note(&n.text))
        })
        .collect();
    some_of(page, "not understood", ("note", "notes"), &unread);
}

pub(super) fn some_of(page: &mut Page, what: &str, (one, many): (&str, &str), lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    page.head(3, &format!("{} {what}", wording::counted(lines.len() as u64, one, many)));
    page.list(&lines[..lines.len().min(LISTED)]);
    if lines.len() > LISTED {
        page.para(&format!("and {} more; the JSON report has them all", lines.len() - LISTED));
    }
}

pub(super) fn settings(page: &mut Page, shown: &ShownReport<'_>) {
    page.head(2, "Settings used");
    let rows: Vec<Vec<String>> = shown
        .report
        .settings
        .iter()
        .map(|(key, s)| {
            vec![
                safe(key),
                wording::setting(s, shown.report.view.units),
                wording::origin(s.origin).to_owned(),
                safe(s.meaning),
            ]
        })
        .collect();
    page.folded("Every threshold and where it comes from", |page| {
        page.table(&["Setting", "Value", "From", "Meaning"], &rows);
    });
}
