//! The options of `runhip plan` and the values they take.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::values::{ValueError, date, units, week_start};
use super::{FailOn, ReadOptions};
use crate::config::WeekStart;
use crate::model::units::{Units, parse_length};

/// Options of `plan`.
#[derive(Args, Debug)]
#[command(after_help = PLAN_HELP)]
pub(in crate::cli) struct Plan {
    /// The plan: a CSV of days or weeks with distances, or a calendar (.ics); - reads it from standard input.
    #[arg(value_name = "PLAN", required_unless_present = "suggest")]
    pub file: Option<PathBuf>,
    /// Folder or file with your run logs and notes; may be given more than once.
    #[arg(long, required = true, value_name = "PATH")]
    pub log: Vec<PathBuf>,
    /// Distance to reach in one run (needs --by), such as 21.1km, 6.2mi or 21097m.
    #[arg(long, value_name = "DISTANCE", value_parser = target, requires = "by")]
    pub target: Option<u32>,
    /// Day of that run (needs --target).
    #[arg(long, value_name = "DATE", value_parser = date, requires = "target")]
    pub by: Option<NaiveDate>,
    /// Suggest a plan that reaches the target on its day without a flag, or say why there is none.
    #[arg(long, requires_all = ["target", "by"])]
    pub suggest: bool,
    /// New file to write the suggested plan into, instead of printing it.
    #[arg(long, value_name = "FILE", requires = "suggest")]
    pub out: Option<PathBuf>,
    /// Print the answer in this format and nothing else.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub stdout: Option<PlanFormat>,
    /// Last day of the log that counts; rows of the plan before it are skipped. Default: today.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<NaiveDate>,
    /// Unit in which distances are shown.
    #[arg(long, value_name = "km|mi", value_parser = units)]
    pub units: Option<Units>,
    /// First day of the week.
    #[arg(long, value_name = "monday|sunday", value_parser = week_start)]
    pub week_start: Option<WeekStart>,
    /// Exit with status 4 if a flag of the plan is at least this severe.
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    pub fail_on: FailOn,
    /// Print only what --suggest or --stdout asks for.
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    pub reading: ReadOptions,
}

const PLAN_HELP: &str = "Examples:\n  runhip plan spring.csv --log ~/runs\n  \
                         runhip plan calendar.ics --log ~/runs --fail-on warning\n  \
                         runhip plan --log ~/runs --target 21.1km --by 2027-04-18 --suggest > spring.csv\n\n\
                         A plan is a CSV such as:\n  date,distance_km,type\n  2026-12-08,8,easy\n  2026-12-13,16,long run\n  \
                         week of 2026-12-14,42,\n\n\
                         A flag is no forecast, and a plan without one is no promise.";

/// Formats of the answer to a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PlanFormat {
    /// The whole answer, as JSON.
    Json,
    /// The suggested plan, as CSV.
    Csv,
}

/// The longest distance in metres that can be a target.
const LONGEST_M: u32 = 400_000;

fn target(text: &str) -> Result<u32, ValueError> {
    parse_length(&text.replace(',', "."))
        .ok()
        .filter(|metres| (1..=LONGEST_M).contains(metres))
        .ok_or(ValueError::Target)
}
