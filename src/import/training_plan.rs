//! Reads a training plan from its bytes, as a table or a calendar. Nothing here touches the disk.

use chrono_tz::Tz;

use super::calendar;
use super::csv::{self, CsvOptions};
use crate::model::training_plan::TrainingPlan;

/// Reads a plan. `zone` is the runner's, for calendar entries in UTC.
#[must_use]
pub fn read(bytes: &[u8], options: &CsvOptions, zone: Tz) -> TrainingPlan {
    if calendar::looks_like_one(bytes) { calendar::read(bytes, zone) } else { csv::training_plan::read(bytes, options) }
}
