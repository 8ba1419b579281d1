//! What a report on a plan is built from: the plan, the log, and the results of `plan`.

use crate::plan::changes::RevisedPlan;
use crate::plan::course::{Course, History};
use crate::plan::outlook::Outlook;
use crate::plan::suggest::Aim;

/// A plan with its results.
pub struct PlanFacts<'a> {
    /// The log it is checked against.
    pub history: &'a History<'a>,
    /// The training plan that is checked.
    pub course: &'a Course,
    /// The flags that the rules raise for it.
    pub outlook: &'a Outlook,
    /// The changes that remove the flags.
    pub changed: &'a RevisedPlan,
    /// The rows left out and the rows without running.
    pub counts: RowCounts,
    /// The target distance and day, if given.
    pub aim: Option<Aim>,
}

/// How many rows of a plan are not part of its course.
#[derive(Clone, Copy, Debug, Default)]
pub struct RowCounts {
    /// Rows before the day of the report.
    pub rows_before: u64,
    /// Rows of that day itself, when a run of it is already logged.
    pub rows_done: u64,
    /// Rows that are days of rest.
    pub rest_rows: u64,
    /// Rows of other sports, and calendar entries without a distance.
    pub other_rows: u64,
}
