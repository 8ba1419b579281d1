//! A suggested plan, or why there is none, in words and rows.

use chrono::NaiveDate;

use super::guidance_rows::guidance_for;
use super::week_rows::weeks;
use super::words::{self, at_most, weekday};
use super::{LogPreface, SuggestedRun, SuggestionRow};
use crate::model::threshold::Origin;
use crate::model::units::Units;
use crate::plan::course::History;
use crate::plan::suggest::{Aim, SuggestedPlan, Suggestion};
use crate::report::contract::Number;
use crate::report::week_change::week_change;
use crate::report::wording;
use crate::rules::{self, LONG_RUN_SPIKE, MAX_STREAK_DAYS, MIN_REST_DAYS, Rule, SPIKE_DAYS, WEEKLY_JUMP};
use crate::tables::Week;

/// Begins the reason why there is no plan, where no heading says so.
pub const NO_PLAN: &str = "No plan is suggested. ";

/// The answer to a request for a plan.
pub(super) fn suggested(
    history: &History<'_>,
    aim: Aim,
    made: Option<&Suggestion>,
    first: &LogPreface,
    units: Units,
) -> SuggestionRow {
    let target = words::distance(units, aim.distance_m);
    let mut row = SuggestionRow {
        target_m: aim.distance_m,
        by: aim.by,
        possible: false,
        text: String::new(),
        reachable_m: None,
        earliest: None,
        runs: Vec::new(),
        weeks: Vec::new(),
        guidance: Vec::new(),
    };
    match made {
        None => row.text = format!("{NO_PLAN}{}", first.because.join(" ")),
        Some(Suggestion::NoGround(why)) => row.text = format!("{NO_PLAN}{why}"),
        Some(Suggestion::OutOfReach { reachable_m, earliest }) => {
            let earliest_text = earliest.map_or_else(
                || "No day within five years was found on which it raises none.".to_owned(),
                |day| format!("The first day on which it raises none is {}.", weekday(day)),
            );
            row.text = format!(
                "{target} on {} is not possible without a flag, with one longer run a week on your usual days: that day \
                 at most {} raise none. {earliest_text}",
                weekday(aim.by),
                at_most(units, *reachable_m),
            );
            row.reachable_m = Some(*reachable_m);
            row.earliest = *earliest;
        }
        Some(Suggestion::Plan(plan)) => {
            row.possible = true;
            row.text = about(history, aim, plan, &target, units);
            if let Some(sentence) = &first.no_warning {
                row.text.push_str(&format!(" {sentence}"));
            }
            row.runs = runs(history, plan);
            row.weeks = weeks(history, &plan.course, &plan.outlook);
            let kept = rules::registry().map(Rule::meta).filter(|meta| meta.remedy.is_kept_by_suggestions());
            row.guidance = guidance_for(&kept.map(|meta| meta.id).collect::<Vec<_>>());
        }
    }
    row
}

/// What the plan is, what it starts from and which limits it keeps.
fn about(history: &History<'_>, aim: Aim, plan: &SuggestedPlan, target: &str, units: Units) -> String {
    let settings = history.settings;
    let from = |threshold| match settings.origin(threshold) {
        Origin::Guidance => "guidance",
        Origin::Default => "this tool",
        Origin::Config => "your setting",
    };
    let share = |threshold| wording::fine_per_cent(settings.in_unit(threshold));
    let steepest = plan.outlook.weeks.iter().filter_map(|week| week_change(week).0).map(|Number(share)| share);
    let steepest = steepest.fold(0.0, f64::max);
    let mut text = format!(
        "{target} on {}: this plan raises no flag against the log up to {}. It keeps your usual running days and builds \
         on the average of your last {}: {} a week, the longest run {}. No week rises by more than {}. Limits kept: {} \
         from week to week ({}), {} over the longest run of {} days ({}), {} rest days a week ({}), {} running days in a \
         row ({}).",
        weekday(aim.by),
        wording::day(history.as_of),
        wording::counted(plan.habits.weeks as u64, "complete week", "complete weeks"),
        units.show(u64::from(plan.habits.long_m) + u64::from(plan.habits.others_m)),
        units.show(u64::from(plan.habits.long_m)),
        wording::fine_per_cent((steepest * 1_000.0).ceil() / 1_000.0),
        share(&WEEKLY_JUMP),
        from(&WEEKLY_JUMP),
        share(&LONG_RUN_SPIKE),
        settings.get(&SPIKE_DAYS),
        from(&LONG_RUN_SPIKE),
        settings.get(&MIN_REST_DAYS),
        from(&MIN_REST_DAYS),
        settings.get(&MAX_STREAK_DAYS),
        from(&MAX_STREAK_DAYS),
    );
    text.push_str(&mostly_one_run(plan));
    text.push_str(NO_LIGHTER_WEEKS);
    for (pair, from) in &plan.other_pairs {
        text.push_str(&format!(" {pair} reaches its limit: have another pair ready from {}.", weekday(*from)));
    }
    text
}

/// Why the weeks only rise.
const NO_LIGHTER_WEEKS: &str = " It has no lighter weeks and no taper: neither the guidance nor the studies behind these \
                                rules say how much lighter, how often or how long. A coach can.";

/// The warning that some weeks are mostly one run, which no rule checks.
fn mostly_one_run(plan: &SuggestedPlan) -> String {
    let more_than_half = |week: &&Week| {
        let longest_m = week.longest_run_m.map(u64::from);
        week.runs > 1 && longest_m.zip(week.distance_m).is_some_and(|(longest, all)| 2 * longest > all)
    };
    match plan.outlook.weeks.iter().filter(more_than_half).count() as u64 {
        0 => String::new(),
        weeks => format!(
            " In {} the longest run is more than half of the week: no rule looks at that, and a coach should.",
            wording::counted(weeks, "week", "weeks")
        ),
    }
}

/// The runs. Those that need another pair than the usual one name it, and a further one where that is due as well.
fn runs(history: &History<'_>, plan: &SuggestedPlan) -> Vec<SuggestedRun> {
    let from: Option<NaiveDate> = plan.other_pairs.iter().map(|(_, from)| *from).min();
    let limit = u64::from(history.settings.get(&rules::SHOE_DUE));
    let (mut pair, mut on_it) = (1, 0_u64);
    plan.course
        .runs
        .iter()
        .map(|run| {
            let distance_m = run.distance_m.unwrap_or(0);
            let other = run.pair.is_none() && from.is_some_and(|from| run.date >= from);
            let shoe = other.then(|| {
                if on_it + u64::from(distance_m) >= limit && on_it > 0 {
                    (pair, on_it) = (pair + 1, 0);
                }
                on_it += u64::from(distance_m);
                if pair == 1 { "another pair".to_owned() } else { format!("another pair {pair}") }
            });
            SuggestedRun { date: run.date, distance_m, kind: run.kind.clone().unwrap_or_default(), shoe }
        })
        .collect()
}
