//! Turns the results of `plan` into the value that is rendered: words and rows. No threshold is decided here.

use chrono::Days;

use super::facts::PlanFacts;
use super::guidance_rows::guidance_for;
use super::running_week;
use super::suggestion::suggested;
use super::week_rows::weeks;
use super::words::{self, weekday};
use super::{ChangeBy, ChangeRow, CheckedPlan, FlagRow, LogPreface, PlanReport, TargetRow};
use crate::guidance;
use crate::model::finding::Finding;
use crate::model::reading::Priority;
use crate::model::units::Units;
use crate::plan::budget::{Budget, PAIN_IS_OPEN, SIGN_STANDS};
use crate::plan::changes::{Answer, FlagAnswer};
use crate::plan::course::{Course, History};
use crate::plan::edits::Edit;
use crate::plan::outlook::Outlook;
use crate::plan::suggest::{Aim, Suggestion};
use crate::report::build::detail;
use crate::report::contract::Report;
use crate::report::shown::ShownReport;
use crate::report::wording;
use crate::rules;
use crate::tables::Baseline;

/// A gap of more days than this between the log and the plan is mentioned.
const LONG_BLANK_DAYS: i64 = 7;

/// What is said about the log before the plan.
#[must_use]
pub fn first(report: &Report) -> LogPreface {
    let shown = ShownReport::new(report);
    let warnings: Vec<_> = report.warnings.iter().filter(|warning| warning.leads).cloned().collect();
    let episodes: Vec<_> = report.episodes.iter().filter(|episode| episode.open).cloned().collect();
    let mut because = Vec::new();
    if !warnings.is_empty() {
        because.push(SIGN_STANDS.to_owned());
    }
    if !episodes.is_empty() {
        because.push(PAIN_IS_OPEN.to_owned());
    }
    let most = if because.is_empty() { Priority::P2 } else { Priority::P3 };
    let no_warning = warnings
        .is_empty()
        .then(|| report.view.no_warning_sentence.clone().unwrap_or_else(|| shown.withheld_in("plan")));
    LogPreface {
        warnings,
        episodes,
        advice: report.advice.iter().filter(|line| line.priority <= most).cloned().collect(),
        because,
        no_warning,
    }
}

/// Builds the report on a plan.
#[must_use]
pub fn build(
    report: &Report,
    worked: Option<&PlanFacts<'_>>,
    suggestion: Option<(&History<'_>, Aim, Option<&Suggestion>)>,
) -> PlanReport {
    let first = first(report);
    let units = report.view.units;
    PlanReport {
        schema_version: report.schema_version,
        tool: report.tool.clone(),
        as_of: report.as_of,
        settings: report.settings.clone(),
        plan: worked.map(|worked| held(worked, &first, report.plan.as_ref(), units)),
        suggestion: suggestion.map(|(history, aim, made)| suggested(history, aim, made, &first, units)),
        first,
        disclaimer: report.disclaimer.clone(),
        units,
    }
}

fn held(worked: &PlanFacts<'_>, first: &LogPreface, room: Option<&Budget>, units: Units) -> CheckedPlan {
    let PlanFacts { history, course, outlook, changed, counts, aim } = worked;
    let withheld = first.warnings.iter().any(|warning| warning.warning.priority <= Priority::P1);
    // While a hip hurts, no distance is suggested.
    let hurts = !first.episodes.is_empty();
    let row = |answered: &FlagAnswer| {
        let mut row = flag_row(history, course, answered, withheld, hurts, units);
        if let Some(sentence) = running_week::not_over(worked, &answered.flag, room, units) {
            row.detail.message.push_str(&format!(" {sentence}"));
        }
        row
    };
    let is_original = |answered: &&FlagAnswer| !answered.follows;
    let mut flags: Vec<FlagRow> = changed.answers.iter().filter(is_original).map(row).collect();
    flags.sort_by(|a, b| (a.date, &a.id).cmp(&(b.date, &b.id)));
    let on_days: u64 = course.runs.iter().filter_map(|run| run.distance_m).map(u64::from).sum();
    let open: u64 = course.totals.iter().map(|total| u64::from(course.open_m(history, total))).sum();
    let unanswered = |flag: &&Finding| {
        !changed.answers.iter().any(|known| known.flag.id == flag.id && known.answer == Answer::NotByThePlan)
    };
    CheckedPlan {
        from: history.open_from().max(course.from),
        to: course.until,
        runs: course.runs.len() as u64,
        week_totals: course.totals.len() as u64,
        distance_m: on_days + open,
        runs_without_distance: course.runs.iter().filter(|run| run.distance_m.is_none()).count() as u64,
        rows_before: counts.rows_before,
        rows_done: counts.rows_done,
        rest_rows: counts.rest_rows,
        other_rows: counts.other_rows,
        follow_on: if withheld || hurts {
            Vec::new()
        } else {
            changed.answers.iter().filter(|one| one.follows).map(row).collect()
        },
        changes_hold: changed.outlook.flags.iter().filter(unanswered).count() == 0,
        target: aim.map(|aim| target(course, aim, units)),
        weeks: weeks(history, course, outlook),
        not_assessed: not_assessed(history, course, outlook),
        guidance: guidance_for(&rules_of(flags.iter().map(|flag| flag.rule))),
        flags,
    }
}

/// Whether the plan has a run of the target distance by the target day.
fn target(course: &Course, aim: Aim, units: Units) -> TargetRow {
    let by_then = || course.runs.iter().filter(|run| run.date <= aim.by);
    let reached_on = by_then().find(|run| run.distance_m >= Some(aim.distance_m)).map(|run| run.date);
    let longest_m = by_then().filter_map(|run| run.distance_m).max();
    let aimed = format!("{} by {}", words::distance(units, aim.distance_m), weekday(aim.by));
    let text = match (reached_on, longest_m) {
        (Some(day), _) => format!("{aimed}: the plan has it on {}.", weekday(day)),
        (None, Some(metres)) => {
            format!(
                "{aimed}: the plan does not reach it; its longest run by then is {}.",
                units.show(u64::from(metres))
            )
        }
        (None, None) => format!("{aimed}: the plan names no run by then."),
    };
    TargetRow { target_m: aim.distance_m, by: aim.by, reached_on, longest_m, text }
}

fn flag_row(
    history: &History<'_>,
    course: &Course,
    answered: &FlagAnswer,
    withheld: bool,
    hurts: bool,
    units: Units,
) -> FlagRow {
    let FlagAnswer { flag, answer, .. } = answered;
    let planned = || course.runs.iter().filter(|run| flag.runs.contains(&run.id));
    let planned_runs = planned().count() as u64;
    let first = planned().next().map(|run| run.date);
    // What began before the plan is flagged again at the plan's first run.
    let date = if flag.dated < history.open_from() { first.unwrap_or(flag.dated) } else { flag.dated };
    let guidance = guidance::for_rule(flag.rule).map(|entry| entry.id.clone()).collect();
    let change = if withheld {
        ChangeRow { by: ChangeBy::Withheld, text: SIGN_STANDS.to_owned(), edits: Vec::new() }
    } else if hurts && asks_for_distance(answer) {
        ChangeRow { by: ChangeBy::Withheld, text: PAIN_IS_OPEN.to_owned(), edits: Vec::new() }
    } else {
        let (by, edits) = match answer {
            Answer::Edits(edits) => (ChangeBy::Edits, edits.clone()),
            Answer::WithThose => (ChangeBy::OtherChanges, Vec::new()),
            Answer::NotByThePlan => (ChangeBy::Nothing, Vec::new()),
        };
        ChangeRow { by, text: words::answer(answered, units), edits }
    };
    FlagRow {
        id: flag.id.clone(),
        rule: flag.rule,
        severity: flag.severity,
        date,
        from: flag.from,
        to: flag.to,
        detail: detail(flag, words::flag(flag, planned_runs, units), guidance),
        change,
    }
}

/// Whether an answer changes what is run, as another pair of shoes does not.
fn asks_for_distance(answer: &Answer) -> bool {
    match answer {
        Answer::Edits(edits) => !edits.iter().all(|edit| matches!(edit, Edit::OtherPair { .. })),
        Answer::WithThose => true,
        Answer::NotByThePlan => false,
    }
}

fn not_assessed(history: &History<'_>, course: &Course, outlook: &Outlook) -> Vec<String> {
    let mut said = Vec::new();
    let blank = (course.from - history.open_from()).num_days();
    if blank > LONG_BLANK_DAYS {
        said.push(format!(
            "Nothing is planned before {}: what you run until then is not in these figures.",
            weekday(course.from)
        ));
    }
    let open = course.totals.iter().filter(|total| course.open_m(history, total) > 0).count() as u64;
    if open > 0 {
        said.push(format!(
            "{} only a total: the rise from week to week is checked, but not long runs, rest days, streaks and shoes, which \
             need days. Nor is a long run soon after such a week.",
            wording::counted(open, "week has", "weeks have")
        ));
    }
    for total in &course.totals {
        let days: u64 = (history.runs.iter().chain(&course.runs))
            .filter(|run| (total.start..=total.start + Days::new(6)).contains(&run.date))
            .filter_map(|run| run.distance_m)
            .map(u64::from)
            .sum();
        if days > u64::from(total.distance_m) {
            said.push(format!(
                "Week of {}: its days come to more than its total, so the days count.",
                wording::day(total.start)
            ));
        }
    }
    let unsaid = course.runs.iter().filter(|run| run.distance_m.is_none()).count() as u64;
    if unsaid > 0 {
        said.push(format!(
            "{} no distance: it counts as a running day, and its week as at least what is known.",
            wording::counted(unsaid, "planned run has", "planned runs have")
        ));
    }
    for week in &outlook.weeks {
        let why = match week.baseline {
            Baseline::Previous(_) | Baseline::Incomplete => continue,
            Baseline::None if running_week::is_before(history, course, week.start) => {
                "the week before it is not over and has no running yet"
            }
            Baseline::None => "the week before it has no running to be held against",
            Baseline::Unobserved => "days of it or of the week before are not known",
            Baseline::UnknownDistance => "a run of the week before has no distance",
        };
        said.push(format!("Week of {}: its rise is not checked, as {why}.", wording::day(week.start)));
    }
    said
}

fn rules_of(flags: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let flagged: Vec<&str> = flags.collect();
    rules::registry().map(|rule| rule.meta().id).filter(|id| flagged.contains(id)).collect()
}
