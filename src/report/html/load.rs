//! Distance, rest and shoes: each with its chart, how frequent its flags are, and its findings, the most important
//! first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{Datelike, Weekday};
use maud::{Markup, html};

use super::words;
use crate::model::finding::Severity;
use crate::report::charts::{calendar, monthly, scale, shoes as shoe_chart};
use crate::report::contract::{Budget, FindingRow, ShoeRow, ShoeState};
use crate::report::shown::{self, NumberedRow, ShownReport, how_usual};
use crate::report::{first_screen, plain, wording};
use crate::rules::{self, Family};

/// The most findings of one family listed under its fold, so that ten years of flags stay readable.
const LISTED: usize = 80;
/// The most episodes named after a finding that came before them.
const AFTER: usize = 3;
/// A pair not used for this many days up to the last entry is listed but not drawn.
const PUT_ASIDE_DAYS: u64 = 182;

/// The number of findings shown before the rest is counted.
const FLAGS: usize = 3;
/// The number of pairs shown before the rest is folded.
const PAIRS: usize = 3;

/// The new flags: their number and names beside the title, then each of them, and what is flagged in most weeks said
/// once; `None` if there is neither.
#[must_use]
pub(super) fn flags_now(shown: &ShownReport<'_>) -> Option<(String, Markup)> {
    let (fresh, habits) = (shown.fresh(), shown.habits());
    let more = fresh.len().saturating_sub(FLAGS) as u64;
    let mut names: Vec<String> = Vec::new();
    for name in fresh.iter().map(|(_, finding)| shown.title(finding.rule).to_lowercase()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let gist = if fresh.is_empty() { String::new() } else { names.join(", ") };
    (!fresh.is_empty() || !habits.is_empty()).then(|| {
        let flags = html! {
            ul.findings {
                @for (_, finding) in fresh.iter().take(FLAGS) {
                    li class=(wording::severity(finding.severity)) { (words::sentence(&finding.detail.message)) }
                }
            }
            @if more > 0 { p.soft { "And " (wording::counted(more, "more", "more")) ", below." } }
            @for habit in &habits { p.soft { (words::sentence(habit)) } }
        };
        (gist, flags)
    })
}

/// The pair that was used most recently, and how far it has been run.
#[must_use]
pub(super) fn shoes_gist(shown: &ShownReport<'_>) -> String {
    let far =
        |pair: &&ShoeRow| format!("{} {}", wording::name(&pair.name), shown.report.view.units.show(pair.distance_m));
    in_use(shown).iter().take(1).map(far).collect::<Vec<_>>().join(", ")
}

fn in_use<'a>(shown: &ShownReport<'a>) -> Vec<&'a ShoeRow> {
    let mut pairs: Vec<&ShoeRow> = shown.report.shoes.iter().filter(|pair| pair.recent_week_m.is_some()).collect();
    pairs.sort_by_key(|pair| (Reverse(pair.recent_week_m), pair.name.clone()));
    pairs
}

/// How far each pair in use has been run and how long it will last; `None` if there is none.
#[must_use]
pub(super) fn shoes_in_short(shown: &ShownReport<'_>) -> Option<Markup> {
    let pairs = in_use(shown);
    (!pairs.is_empty()).then(|| {
        html! { ul.plain { @for pair in pairs.iter().take(PAIRS) { li { (words::sentence(&first_screen::how_far(shown, pair))) } } } }
    })
}

/// The findings on weekly distance, and the whole log by month.
#[must_use]
pub(super) fn distance(shown: &ShownReport<'_>) -> Markup {
    let report = shown.report;
    let jumps: Vec<&FindingRow> =
        shown.findings.iter().map(|(_, f)| *f).filter(|f| f.rule == rules::WEEKLY_MILEAGE_JUMP).collect();
    let months = monthly::months(shown.days, &jumps);
    if report.athlete.runs == 0 {
        return html! { p { (wording::NO_RUN_LOGGED) } (family(shown, Family::Distance)) };
    }
    html! {
        (family(shown, Family::Distance))
        @if months.len() > 6 {
            details {
                summary { "The whole log by month" }
                (monthly::table(&months, report.view.units).bare())
            }
        }
    }
}

/// The calendar, and findings on rest and streaks.
#[must_use]
pub(super) fn rest(shown: &ShownReport<'_>) -> Markup {
    let week_start = shown.report.weeks.first().map_or(Weekday::Mon, |w| w.week.start.weekday());
    html! {
        @match calendar::draw("calendar", shown.days_logged(), week_start, shown.report.view.units) {
            Some(figure) => (figure),
            None => p { "There is no day to show." },
        }
        (family(shown, Family::Rest))
    }
}

/// How far each pair has been run.
#[must_use]
pub(super) fn shoes(shown: &ShownReport<'_>) -> Markup {
    let report = shown.report;
    let recent = report.athlete.log_to.map(|last| scale::earlier(last, PUT_ASIDE_DAYS));
    let mut pairs: Vec<&ShoeRow> = report.shoes.iter().collect();
    pairs.sort_by_key(|pair| (Reverse(pair.last_used), pair.name.clone()));
    let (in_use, aside): (Vec<_>, Vec<_>) =
        pairs.into_iter().partition(|pair| pair.state != ShoeState::Retired && pair.last_used >= recent);
    let units = report.view.units;
    html! {
        @if in_use.is_empty() && aside.is_empty() { p { (wording::NO_SHOES) } }
        @if let Some(figure) = shoe_chart::draw("shoes-chart", &in_use, units) { (figure) }
        @if !aside.is_empty() {
            details {
                summary { (wording::counted(aside.len() as u64, "pair", "pairs")) " retired or not run in for half a year" }
                (shoe_chart::table(&aside, units).bare())
            }
        }
        @for slip in report.shoes.iter().filter_map(wording::perhaps) { p { (words::sentence(&slip)) } }
        (family(shown, Family::Shoes))
    }
}

/// What may be run in the week of the report's day.
#[must_use]
pub(super) fn plan(plan: &Budget, shown: &ShownReport<'_>) -> Markup {
    let units = shown.report.view.units;
    html! {
        @if plan.distance_cap_m.is_some() || plan.longest_run_cap_m.is_some() {
            p.soft { "The most that raises no flag in the week of " (wording::day(plan.week_start)) ". It is a limit of the rules, not a target." }
        }
        dl.plan {
            div { dt { "Run so far" } dd { (shown.so_far(plan)) } }
            @if let Some(m) = plan.distance_cap_m { div { dt { "Whole week" } dd { "up to " (units.show_at_most(m)) } } }
            @if let Some(m) = plan.longest_run_cap_m { div { dt { "Longest run" } dd { "up to " (units.show_at_most(m)) } } }
            @if let Some(n) = plan.min_rest_days { div { dt { "Days without a run" } dd { "at least " (n) } } }
        }
        ul { @for reason in &plan.because { li { (words::sentence(reason)) } } }
    }
}

/// How frequent each rule's flags are, then the family's findings: the most important ones, and the rest folded.
#[must_use]
pub(super) fn family(shown: &ShownReport<'_>, family: Family) -> Markup {
    let (first, rest) = shown.of_family(family);
    html! {
        @let rules = shown.rules(family);
        @if !rules.is_empty() {
            ul.usual { @for rule in rules { li { strong { (rule.title) } ": " (how_usual(rule)) } } }
        }
        (list(shown, &first))
        @if !rest.is_empty() { (others(shown, &rest)) }
    }
}

/// The other findings, newest first, folded. Beyond [`LISTED`], only those that the page links to are listed, and the
/// rest is counted by year.
fn others(shown: &ShownReport<'_>, rest: &[NumberedRow<'_, FindingRow>]) -> Markup {
    let mut kinds: BTreeMap<&str, u64> = BTreeMap::new();
    let mut counted: BTreeMap<Reverse<i32>, u64> = BTreeMap::new();
    let mut listed = Vec::new();
    for (nth, (at, finding)) in rest.iter().enumerate() {
        *kinds.entry(finding.rule).or_default() += 1;
        if nth < LISTED || shown.pointed_at(&finding.id) {
            listed.push((*at, *finding));
        } else {
            *counted.entry(Reverse(finding.from.year())).or_default() += 1;
        }
    }
    let title = |rule: &str| plain::one_line(&shown.title(rule)).to_lowercase();
    let kinds: Vec<String> = match kinds.len() {
        1 => kinds.keys().map(|rule| title(rule)).collect(),
        _ => kinds.iter().map(|(rule, n)| format!("{} ({n})", title(rule))).collect(),
    };
    let years: Vec<String> = counted.iter().map(|(year, n)| format!("{n} in {}", year.0)).collect();
    html! {
        details {
            summary { (wording::counted(rest.len() as u64, "other finding", "other findings")) ": " (wording::listed(&kinds)) }
            ul.others {
                @for (at, finding) in &listed {
                    li id=[shown.pointed_at(&finding.id).then(|| shown::finding_anchor(*at))] {
                        @if finding.severity > Severity::Info { (wording::severity(finding.severity)) ": " }
                        (words::bare_sentence(&finding.detail.message))
                    }
                }
            }
            @if !years.is_empty() {
                p.soft { "Not listed here: " (wording::listed(&years)) ". The JSON and Markdown reports have them all." }
            }
        }
    }
}

/// Findings as a list.
#[must_use]
pub(super) fn list(shown: &ShownReport<'_>, findings: &[(usize, &FindingRow)]) -> Markup {
    html! {
        @if !findings.is_empty() {
            ul.findings {
                @for (at, finding) in findings {
                    li class=(wording::severity(finding.severity)) id=(shown::finding_anchor(*at)) {
                        @if finding.severity > Severity::Info { span.badge { (wording::severity(finding.severity)) } " " }
                        @if finding.current { span.badge.now { "current" } " " }
                        (words::sentence(&finding.detail.message))
                        @let after = shown.episodes_after(&finding.id);
                        @if !after.is_empty() {
                            span.soft {
                                " Came before "
                                @for (nth, (place, episode)) in after.iter().take(AFTER).enumerate() {
                                    @if nth > 0 { ", " }
                                    a href={ "#" (shown::episode_anchor(*place)) } { (wording::hip_short(episode.side)) " pain of " (wording::day(episode.onset)) }
                                }
                                @if after.len() > AFTER { " and " (after.len() - AFTER) " earlier" }
                                "."
                            }
                        }
                    }
                }
            }
        }
    }
}
