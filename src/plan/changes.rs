//! The smallest change that removes each flag of a plan. Changes build on one another in the order of days, because a
//! shorter week also lowers the limit of the week after it. Each is tested with the rules before it is offered, and
//! none makes a week longer.

use chrono::NaiveDate;

use super::course::{Course, Run, WeekTotal};
use super::edits::{Edit, carry_out, edits, remedy};
use super::outlook::{Outlook, PlanEvaluator};
use crate::error::Error;
use crate::model::finding::Finding;
use crate::rules::Remedy;
use crate::tables::Baseline;

/// The answer to a flag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// These edits remove it, after those of earlier answers.
    Edits(Vec<Edit>),
    /// The edits of other answers remove it.
    WithThose,
    /// No change of the plan removes it.
    NotByThePlan,
}

/// A flag and its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct FlagAnswer {
    /// The flag.
    pub flag: Finding,
    /// True if an earlier change raises it, and not the plan as written.
    pub follows: bool,
    /// The answer to it.
    pub answer: Answer,
    /// The week after the edits; only for a week that is shortened.
    pub week: Option<WeekLeft>,
}

/// A week that was shortened, as it should be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekLeft {
    /// Metres of the whole week.
    pub distance_m: u64,
    /// Metres of it that are logged already.
    pub logged_m: u64,
    /// The planned runs that are left, in the order of days; `None` if the week's total leaves days open.
    pub runs: Option<Vec<(NaiveDate, u32)>>,
    /// Metres of the week before.
    pub before_m: u64,
    /// Metres and number of the weeks before, like [`crate::tables::Week::four_before`].
    pub four_before: Option<(u64, u64)>,
}

impl WeekLeft {
    fn of(judge: &PlanEvaluator<'_>, course: &Course, outlook: &Outlook, flag: &Finding) -> Option<Self> {
        let week = outlook.weeks.iter().find(|week| week.start == flag.from && remedy(flag) == Remedy::ShortenWeek)?;
        let Baseline::Previous(before_m) = week.baseline else { return None };
        let in_week = |run: &&Run| (week.start..=week.end).contains(&run.date);
        let logged = judge.history().runs.iter().filter(in_week).filter_map(|run| run.distance_m);
        let runs = course.runs.iter().filter(in_week).filter_map(|run| Some((run.date, run.distance_m?)));
        let is_open = |total: &WeekTotal| total.start == week.start && course.open_m(judge.history(), total) > 0;
        Some(Self {
            distance_m: week.distance_m?,
            logged_m: logged.map(u64::from).sum(),
            runs: (!course.totals.iter().any(is_open)).then(|| runs.collect()),
            before_m,
            four_before: week.four_before,
        })
    }
}

/// The answers, and the plan with all of their edits made.
#[derive(Clone, Debug, PartialEq)]
pub struct RevisedPlan {
    /// The answers, in the order in which to make their edits.
    pub answers: Vec<FlagAnswer>,
    /// The plan afterwards.
    pub course: Course,
    /// The flags that remain.
    pub outlook: Outlook,
}

/// Finds the answer to every flag of `outlook`, which is what `judge` returns for `course`.
///
/// # Errors
/// The tables could not be built.
pub fn changes(judge: &PlanEvaluator<'_>, course: &Course, outlook: &Outlook) -> Result<RevisedPlan, Error> {
    let mut done = RevisedPlan { answers: Vec::new(), course: course.clone(), outlook: outlook.clone() };
    let mut unanswered: Vec<String> = Vec::new();
    loop {
        let next = done
            .outlook
            .flags
            .iter()
            .filter(|flag| !unanswered.contains(&flag.id))
            .min_by_key(|flag| (judge.history().week_of(flag.dated), precedence(remedy(flag)), flag.dated));
        let Some(flag) = next.cloned() else { break };
        let tried = match edits(judge, &done.course, &done.outlook, &flag)? {
            Some(edits) => {
                let changed = carry_out(judge, &done.course, &edits);
                let outlook = judge.outlook(&changed)?;
                let gone = outlook.flags.iter().all(|left| left.id != flag.id);
                gone.then_some((edits, changed, outlook))
            }
            None => None,
        };
        let follows = !outlook.flags.iter().any(|known| known.id == flag.id)
            || done.answers.iter().any(|known| known.flag.id == flag.id);
        let mut week = None;
        let answer = if let Some((edits, course, outlook)) = tried {
            (done.course, done.outlook) = (course, outlook);
            week = WeekLeft::of(judge, &done.course, &done.outlook, &flag);
            Answer::Edits(edits)
        } else {
            unanswered.push(flag.id.clone());
            Answer::NotByThePlan
        };
        // A flag of the original plan is shown with its original figures, which earlier changes may have altered.
        let as_written = outlook.flags.iter().find(|known| known.id == flag.id).filter(|_| !follows).cloned();
        done.answers.push(FlagAnswer { flag: as_written.unwrap_or(flag), follows, answer, week });
    }
    let answered = |flag: &&Finding| !done.answers.iter().any(|known| known.flag.id == flag.id);
    let with_those: Vec<Finding> = outlook.flags.iter().filter(answered).cloned().collect();
    done.answers.extend(with_those.into_iter().map(|flag| FlagAnswer {
        flag,
        follows: false,
        answer: Answer::WithThose,
        week: None,
    }));
    Ok(done)
}

/// The order of the flags of one week: first those whose answer may remove others.
fn precedence(remedy: Remedy) -> u8 {
    match remedy {
        Remedy::BreakStreak => 0,
        Remedy::AddRestDays => 1,
        Remedy::ShortenRun => 2,
        Remedy::ShortenWeek => 3,
        Remedy::OtherShoes | Remedy::None(_) => 4,
    }
}
