//! What is told of a plan, side by side: the plan, what it is held against, and what the floor below has worked out of it.

use crate::plan::changes::RevisedPlan;
use crate::plan::course::{Course, History};
use crate::plan::outlook::Outlook;
use crate::plan::suggest::Aim;

/// A plan with what was worked out of it.
pub struct PlanFacts<'a> {
    /// The log it is held against.
    pub history: &'a History<'a>,
    /// The training plan that is held against the rules.
    pub course: &'a Course,
    /// What the rules make of it.
    pub outlook: &'a Outlook,
    /// What removes its flags.
    pub changed: &'a RevisedPlan,
    /// Rows left out or without running.
    pub counts: RowCounts,
    /// The distance to reach and the day, where they are given.
    pub aim: Option<Aim>,
}

/// How many rows of a plan are no part of its course.
#[derive(Clone, Copy, Debug, Default)]
pub struct RowCounts {
    /// Rows before the day of the report.
    pub rows_before: u64,
    /// Rows of that day, a run of which is logged already.
    pub rows_done: u64,
    /// Rows that are days of rest.
    pub rest_rows: u64,
    /// Rows of other sports, and calendar entries without a distance.
    pub other_rows: u64,
}
