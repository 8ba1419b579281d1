//! The edits that answer one flag of a plan, and the plan after them. Each rule has its own remedy; whether it helps
//! is for the rules to judge.

use chrono::{Days, NaiveDate};

use super::budget::capped;
use super::course::{Course, Run};
use super::outlook::{Outlook, PlanEvaluator};
use crate::error::Error;
use crate::model::finding::Finding;
use crate::rules::{self, LONG_RUN_SPIKE, MAX_STREAK_DAYS, MIN_REST_DAYS, Remedy, WEEKLY_JUMP};
use crate::tables::Baseline;

/// One thing to do to a plan.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Edit {
    /// Run less far.
    Shorten {
        /// The planned run.
        run: String,
        /// Its day.
        date: NaiveDate,
        /// Metres as planned.
        from_m: u32,
        /// Metres that raise no flag.
        to_m: u32,
    },
    /// Leave a run out.
    LeaveOut {
        /// The planned run.
        run: String,
        /// Its day.
        date: NaiveDate,
        /// Metres as planned.
        from_m: Option<u32>,
    },
    /// Leave a run out and spread its distance over others of the week.
    Move {
        /// The planned run.
        run: String,
        /// Its day.
        date: NaiveDate,
        /// Metres moved.
        from_m: u32,
        /// The planned runs that get longer.
        onto: Vec<LengthenedRun>,
    },
    /// Run less far in a week of which only the total is planned.
    WeekTotal {
        /// First day of the week.
        start: NaiveDate,
        /// Metres as planned.
        from_m: u32,
        /// Metres that raise no flag.
        to_m: u32,
    },
    /// Run in another pair.
    OtherPair {
        /// The name of the pair.
        pair: String,
        /// From this day on.
        from: NaiveDate,
    },
}

/// A run that takes over part of another's distance.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct LengthenedRun {
    /// The planned run.
    pub run: String,
    /// Its day.
    pub date: NaiveDate,
    /// Its metres from then on.
    pub to_m: u32,
}

/// What a plan can do about a flag, by its rule.
#[must_use]
pub fn remedy(flag: &Finding) -> Remedy {
    rules::by_id(flag.rule).map_or(Remedy::None(""), |rule| rule.meta().remedy)
}

/// The edits that would remove the flag; `None` if no edit could.
pub(super) fn edits(
    judge: &PlanEvaluator<'_>,
    course: &Course,
    outlook: &Outlook,
    flag: &Finding,
) -> Result<Option<Vec<Edit>>, Error> {
    Ok(match remedy(flag) {
        Remedy::ShortenWeek => shorten_week(judge, course, outlook, flag),
        Remedy::ShortenRun => shorten_run(judge, course, flag),
        Remedy::AddRestDays => rest_more(judge, course, outlook, flag)?,
        Remedy::BreakStreak => break_streak(judge, course, outlook, flag)?,
        Remedy::OtherShoes => other_pair(course, flag),
        Remedy::None(_) => None,
    })
}

/// Takes the excess off the week's total, then off its longest planned runs, and off a race last of all.
fn shorten_week(judge: &PlanEvaluator<'_>, course: &Course, outlook: &Outlook, flag: &Finding) -> Option<Vec<Edit>> {
    let week = outlook.weeks.iter().find(|week| week.start == flag.from)?;
    let Baseline::Previous(previous) = week.baseline else { return None };
    let cap = capped(previous, judge.history().settings.get(&WEEKLY_JUMP));
    let mut too_much = u32::try_from(week.distance_m?.saturating_sub(cap)).ok()?;
    let mut edits = Vec::new();
    if let Some(total) = course.totals.iter().find(|total| total.start == week.start) {
        let open_m = course.open_m(judge.history(), total);
        if open_m > 0 {
            // The total goes down by the whole excess: what is taken off its days must not become open again.
            let to_m = total.distance_m.saturating_sub(too_much);
            edits.push(Edit::WeekTotal { start: week.start, from_m: total.distance_m, to_m });
            too_much = too_much.saturating_sub(open_m);
        }
    }
    let mut runs: Vec<(&Run, u32)> = course
        .runs
        .iter()
        .filter(|run| (week.start..=week.end).contains(&run.date))
        .filter_map(|run| Some((run, run.distance_m?)))
        .collect();
    runs.sort_by_key(|(run, metres)| (is_race(run), std::cmp::Reverse(*metres), std::cmp::Reverse(run.date)));
    let sum = |runs: &[(&Run, u32)]| runs.iter().map(|(_, metres)| u64::from(*metres)).sum::<u64>();
    let races = runs.iter().filter(|(run, _)| is_race(run)).count();
    if sum(&runs[..runs.len() - races]) > u64::from(too_much) {
        runs.truncate(runs.len() - races);
    }
    edits.extend(shorter(&runs, too_much));
    (!edits.is_empty()).then_some(edits)
}

/// Takes metres off the longest of these runs if it stays the longest, else off all of them in proportion. The runs
/// are sorted with the longest first.
fn shorter(runs: &[(&Run, u32)], too_much: u32) -> Vec<Edit> {
    let Some(&(_, longest)) = runs.first().filter(|_| too_much > 0) else { return Vec::new() };
    let second = runs.get(1).map_or(0, |(_, metres)| *metres);
    let sum: u64 = runs.iter().map(|(_, metres)| u64::from(*metres)).sum();
    let Some(left) = sum.checked_sub(u64::from(too_much)).filter(|&left| left > 0) else {
        return runs.iter().map(|(run, metres)| left_out(run, Some(*metres))).collect();
    };
    let one_will_do = longest.saturating_sub(too_much) >= second.max(1);
    let kept = |metres: u32| u32::try_from(u64::from(metres) * left / sum).unwrap_or(metres);
    // The remainder from rounding down goes to the longest run, so that the week reaches exactly its limit.
    let over = left - runs.iter().map(|(_, metres)| u64::from(kept(*metres))).sum::<u64>();
    let over = u32::try_from(over).unwrap_or(0);
    runs.iter()
        .enumerate()
        .take(if one_will_do { 1 } else { runs.len() })
        .filter(|(_, (_, metres))| *metres > 0)
        .map(|(index, &(run, metres))| {
            let to_m = match index {
                0 if one_will_do => metres - too_much,
                0 => kept(metres) + over,
                _ => kept(metres),
            };
            if to_m == 0 {
                left_out(run, Some(metres))
            } else {
                Edit::Shorten { run: run.id.clone(), date: run.date, from_m: metres, to_m }
            }
        })
        .collect()
}

fn left_out(run: &Run, from_m: Option<u32>) -> Edit {
    Edit::LeaveOut { run: run.id.clone(), date: run.date, from_m }
}

/// Whether the run is a race, which is the last to be shortened.
fn is_race(run: &Run) -> bool {
    const WORDS: [&str; 6] = ["race", "target", "wettkampf", "gara", "carrera", "parkrun"];
    run.kind.as_deref().is_some_and(|kind| {
        let kind = kind.to_lowercase();
        kind.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
    })
}

fn shorten_run(judge: &PlanEvaluator<'_>, course: &Course, flag: &Finding) -> Option<Vec<Edit>> {
    let run = course.runs.iter().find(|run| flag.runs.contains(&run.id))?;
    let cap = capped(flag.figure_m("longest_m"), judge.history().settings.get(&LONG_RUN_SPIKE));
    let to_m = u32::try_from(cap).ok()?;
    Some(vec![Edit::Shorten { run: run.id.clone(), date: run.date, from_m: run.distance_m?, to_m }])
}

/// Leaves out the runs of the planned days with the least distance.
fn rest_more(
    judge: &PlanEvaluator<'_>,
    course: &Course,
    outlook: &Outlook,
    flag: &Finding,
) -> Result<Option<Vec<Edit>>, Error> {
    let Some(rest) = outlook.weeks.iter().find(|week| week.start == flag.from).and_then(|week| week.rest_days) else {
        return Ok(None);
    };
    let more = judge.history().settings.get(&MIN_REST_DAYS).saturating_sub(rest) as usize;
    let mut days = planned_days(judge, course, flag.from, flag.to);
    days.sort_by_key(|&day| (races_on(course, day), metres_on(course, day), day));
    days.truncate(more);
    drop_days(judge, course, outlook, &days)
}

/// Leaves out one of the first days, so that the streak before it and, where one day can do that, the one after it
/// are short enough.
fn break_streak(
    judge: &PlanEvaluator<'_>,
    course: &Course,
    outlook: &Outlook,
    flag: &Finding,
) -> Result<Option<Vec<Edit>>, Error> {
    let most = i64::from(judge.history().settings.get(&MAX_STREAK_DAYS));
    let days = planned_days(judge, course, flag.from, flag.to);
    let too_long = |days: i64| days > most;
    let best = days.iter().min_by_key(|&&day| {
        let (before, after) = ((day - flag.from).num_days(), (flag.to - day).num_days());
        (too_long(before), too_long(after), races_on(course, day), metres_on(course, day), day)
    });
    match best {
        Some(&day) => drop_days(judge, course, outlook, &[day]),
        None => Ok(None),
    }
}

fn other_pair(course: &Course, flag: &Finding) -> Option<Vec<Edit>> {
    let pair = flag.shoes()?.to_owned();
    let planned = course.runs.iter().any(|run| run.date >= flag.from && run.pair.is_some());
    planned.then(|| vec![Edit::OtherPair { pair, from: flag.from }])
}

/// The days from `from` to `to` with planned runs only.
fn planned_days(judge: &PlanEvaluator<'_>, course: &Course, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> = course
        .runs
        .iter()
        .map(|run| run.date)
        .filter(|day| (from..=to).contains(day) && !judge.history().ran_on(*day))
        .collect();
    days.dedup();
    days
}

fn metres_on(course: &Course, day: NaiveDate) -> u64 {
    course.runs.iter().filter(|run| run.date == day).filter_map(|run| run.distance_m).map(u64::from).sum()
}

fn races_on(course: &Course, day: NaiveDate) -> bool {
    course.runs.iter().any(|run| run.date == day && is_race(run))
}

/// Leaves out the runs of these days. The distance of each is spread over other runs of its week if that raises no
/// new flag, and is left out otherwise.
fn drop_days(
    judge: &PlanEvaluator<'_>,
    course: &Course,
    outlook: &Outlook,
    days: &[NaiveDate],
) -> Result<Option<Vec<Edit>>, Error> {
    let mut edits = Vec::new();
    let mut left = course.clone();
    for &day in days {
        let out: Vec<Edit> =
            course.runs.iter().filter(|run| run.date == day).map(|run| left_out(run, run.distance_m)).collect();
        let chosen = match moved(judge, &left, day, days) {
            Some(edit) => {
                let tried = judge.outlook(&carry_out(judge, &left, std::slice::from_ref(&edit)))?;
                let fresh = tried.flags.iter().any(|flag| outlook.flags.iter().all(|known| known.id != flag.id));
                if fresh { out } else { vec![edit] }
            }
            None => out,
        };
        left = carry_out(judge, &left, &chosen);
        edits.extend(chosen);
    }
    Ok((!edits.is_empty()).then_some(edits))
}

/// Spreads the only run of `day` evenly over the other planned runs of its week except the longest; `None` if
/// there are none.
fn moved(judge: &PlanEvaluator<'_>, course: &Course, day: NaiveDate, leaving: &[NaiveDate]) -> Option<Edit> {
    let mut on_day = course.runs.iter().filter(|run| run.date == day);
    let (run, None) = (on_day.next()?, on_day.next()) else { return None };
    let start = judge.history().week_of(day);
    let mut others: Vec<(&Run, u32)> = course
        .runs
        .iter()
        .filter(|other| (start..=start + Days::new(6)).contains(&other.date) && !leaving.contains(&other.date))
        .filter_map(|other| Some((other, other.distance_m?)))
        .collect();
    others.sort_by_key(|(other, metres)| (std::cmp::Reverse(*metres), other.date));
    let mut others: Vec<(&Run, u32)> = others.into_iter().skip(1).filter(|(other, _)| !is_race(other)).collect();
    others.sort_by_key(|(other, _)| other.date);
    let from_m = run.distance_m?;
    let count = u32::try_from(others.len()).ok().filter(|&count| count > 0)?;
    let (each, rest) = (from_m / count, from_m % count);
    let onto = others
        .iter()
        .enumerate()
        .map(|(index, (other, metres))| {
            let more = each + if index == 0 { rest } else { 0 };
            Some(LengthenedRun { run: other.id.clone(), date: other.date, to_m: metres.checked_add(more)? })
        })
        .collect::<Option<Vec<_>>>()?;
    Some(Edit::Move { run: run.id.clone(), date: run.date, from_m, onto })
}

/// The plan after these edits.
#[must_use]
pub fn carry_out(judge: &PlanEvaluator<'_>, course: &Course, edits: &[Edit]) -> Course {
    let mut changed = course.clone();
    for edit in edits {
        match edit {
            Edit::Shorten { run, to_m, .. } => set_distance(&mut changed, run, *to_m),
            Edit::LeaveOut { run, .. } => changed.runs.retain(|known| known.id != *run),
            Edit::Move { run, onto, .. } => {
                changed.runs.retain(|known| known.id != *run);
                for longer in onto {
                    set_distance(&mut changed, &longer.run, longer.to_m);
                }
            }
            Edit::WeekTotal { start, to_m, .. } => {
                for total in changed.totals.iter_mut().filter(|total| total.start == *start) {
                    total.distance_m = *to_m;
                }
            }
            Edit::OtherPair { pair, from } => {
                let named = |index: usize| judge.history().pairs.get(index).is_some_and(|known| known.name == *pair);
                for run in changed.runs.iter_mut().filter(|run| run.date >= *from && run.pair.is_some_and(named)) {
                    run.pair = None;
                }
            }
        }
    }
    changed
}

fn set_distance(course: &mut Course, run: &str, metres: u32) {
    for known in course.runs.iter_mut().filter(|known| known.id == run) {
        known.distance_m = Some(metres);
    }
}
