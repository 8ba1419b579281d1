//! Suggests a plan towards a distance on a given day that raises no flag, on the days somebody usually runs and with
//! the gentlest rise that suffices; or says why there is none, what can be reached by then, and when the distance can
//! be. The rules decide: a plan that they flag is never suggested.

use chrono::NaiveDate;

use super::changes::{self, Answer};
use super::course::{Course, History, RunDraft};
use super::edits::Edit;
use super::habits::{self, Habits};
use super::outlook::{Outlook, PlanEvaluator, past};
use super::ramp::{PlannedRun, Ramp, RampSettings, Role};
use crate::error::Error;
use crate::model::units::Units;
use crate::rules::{LONG_RUN_SPIKE, SPIKE_DAYS, SPIKE_RUNS};

/// The target: one run of this distance on this day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aim {
    /// The distance in metres.
    pub distance_m: u32,
    /// The day of the run.
    pub by: NaiveDate,
}

/// The result of a request for a plan.
#[derive(Clone, Debug, PartialEq)]
pub enum Suggestion {
    /// A plan that raises no flag and reaches the target.
    Plan(Box<SuggestedPlan>),
    /// The limits do not allow the distance by then.
    OutOfReach {
        /// The most metres that they allow on the day.
        reachable_m: u32,
        /// The first usual day of a long run on which they allow the distance; `None` if none was found.
        earliest: Option<NaiveDate>,
    },
    /// There is nothing to build on, for the reason in this sentence.
    NoGround(String),
}

/// A plan that raises no flag.
#[derive(Clone, Debug, PartialEq)]
pub struct SuggestedPlan {
    /// The plan that leads to the target.
    pub course: Course,
    /// Its weeks; it has no flags.
    pub outlook: Outlook,
    /// The habits it was built on.
    pub habits: Habits,
    /// The pairs that reach their limit during the plan, each with the day from which another is needed.
    pub other_pairs: Vec<(String, NaiveDate)>,
}

/// The step between the rises that are tried, in ten-thousandths: half a per cent.
const STEP: usize = 50;

/// Looks for the gentlest plan. `pair_on` gives the pair worn on a day where none is named.
///
/// # Errors
/// The tables could not be built.
pub fn suggest(
    history: &History<'_>,
    aim: Aim,
    units: Units,
    pair_on: &dyn Fn(NaiveDate) -> Option<usize>,
) -> Result<Suggestion, Error> {
    let habits = match habits::habits(history, &past(history)?) {
        Ok(habits) => habits,
        Err(none) => return Ok(Suggestion::NoGround(none.sentence())),
    };
    if !enough_runs(history) {
        return Ok(Suggestion::NoGround(format!(
            "The last {} days hold too few runs to build on: run as usual for some weeks, and ask again.",
            history.settings.get(&SPIKE_DAYS)
        )));
    }
    for slope in slopes(history, &habits, aim, units) {
        let Some(laid) = Ramp::new(history, &habits, slope).reach(aim.by, aim.distance_m) else { continue };
        if let Some(suggested) = judged(history, &habits, aim, &laid, pair_on)? {
            return Ok(Suggestion::Plan(Box::new(suggested)));
        }
    }
    let steepest = steepest(history, &habits);
    let reachable_m = Ramp::new(history, &habits, steepest).most_by(aim.by);
    if reachable_m >= aim.distance_m {
        return Ok(Suggestion::NoGround(
            "A flag arises on the way, whatever is run: what has been run already and the limits in force leave no room."
                .to_owned(),
        ));
    }
    let earliest = Ramp::new(history, &habits, steepest).earliest(aim.distance_m);
    Ok(Suggestion::OutOfReach { reachable_m, earliest })
}

/// True if the last days have as many runs as the rule on long runs requires.
fn enough_runs(history: &History<'_>) -> bool {
    let days = i64::from(history.settings.get(&SPIKE_DAYS));
    let recent = history.runs.iter().filter(|run| (history.as_of - run.date).num_days() < days);
    recent.filter(|run| run.distance_m.is_some()).count() >= history.settings.get(&SPIKE_RUNS) as usize
}

/// The slopes to try, from the gentlest to the steepest.
fn slopes(history: &History<'_>, habits: &Habits, aim: Aim, units: Units) -> Vec<RampSettings> {
    let limit = history.settings.get(&LONG_RUN_SPIKE);
    // The last long run before the target has to be within the limit of it.
    let share = 10_000 + u64::from(limit);
    let enough_m = u32::try_from((u64::from(aim.distance_m) * 10_000).div_ceil(share)).unwrap_or(u32::MAX);
    // Rounding to a tenth may make the last long run slightly too short.
    let enough_m = enough_m.saturating_add(170);
    let rising = |from_m: u32| {
        (0..limit).step_by(STEP).chain([limit]).map(move |growth| RampSettings {
            from_m,
            growth,
            enough_m,
            grain: Some(units),
        })
    };
    rising(habits.long_m).chain(rising(longest(history))).chain([steepest(history, habits)]).collect()
}

fn steepest(history: &History<'_>, habits: &Habits) -> RampSettings {
    let from_m = longest(history).max(habits.long_m);
    RampSettings { from_m, growth: 1_000_000, enough_m: u32::MAX, grain: None }
}

/// The longest run of the days that the rule on long runs looks back.
fn longest(history: &History<'_>) -> u32 {
    let days = i64::from(history.settings.get(&SPIKE_DAYS));
    let recent = history.runs.iter().filter(|run| (history.as_of - run.date).num_days() < days);
    recent.filter_map(|run| run.distance_m).max().unwrap_or(0)
}

/// The plan, if the rules flag nothing in it apart from worn pairs, which are replaced.
fn judged(
    history: &History<'_>,
    habits: &Habits,
    aim: Aim,
    laid: &[PlannedRun],
    pair_on: &dyn Fn(NaiveDate) -> Option<usize>,
) -> Result<Option<SuggestedPlan>, Error> {
    let planned = laid.iter().map(|run| RunDraft {
        date: run.date,
        distance_m: Some(run.distance_m),
        pair: pair_on(run.date),
        kind: Some(name_of(run.role).to_owned()),
    });
    let course = Course::new(history, planned.collect(), Vec::new());
    let judge = PlanEvaluator::new(*history, &course)?;
    let outlook = judge.outlook(&course)?;
    let changed = changes::changes(&judge, &course, &outlook)?;
    let other_pairs = changed
        .answers
        .iter()
        .filter_map(|answered| match &answered.answer {
            Answer::Edits(edits) => Some(edits),
            Answer::WithThose | Answer::NotByThePlan => None,
        })
        .flatten()
        .filter_map(|edit| match edit {
            Edit::OtherPair { pair, from } => Some((pair.clone(), *from)),
            _ => None,
        })
        .collect();
    let reached = changed.course.runs.iter().any(|run| run.date == aim.by && run.distance_m == Some(aim.distance_m));
    Ok((changed.outlook.flags.is_empty() && reached).then(|| SuggestedPlan {
        course: changed.course,
        outlook: changed.outlook,
        habits: habits.clone(),
        other_pairs,
    }))
}

/// The kind of run, as written into the plan's file.
fn name_of(role: Role) -> &'static str {
    match role {
        Role::Other => "run",
        Role::Long => "long run",
        Role::Target => "target",
    }
}
