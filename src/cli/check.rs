//! `runhip check`: prints the ledger without making a report.

use super::arguments::Check;
use super::setup::Setup;
use super::{Failure, RunStatus, ledger, terminal};
use crate::model::ledger::FileOutcome;
use crate::model::problem::Cost;
use crate::report::plain::one_line;
use crate::report::wording::counted;

pub(super) fn run(options: &Check) -> Result<RunStatus, Failure> {
    let setup = Setup::new(&options.inputs)?;
    let log = setup.import(&options.inputs, || ())?;
    if log.files.is_empty() {
        return Err(Failure::NoFiles);
    }
    let mut text = String::new();
    if options.verbose {
        for row in &log.files {
            text.push_str(&ledger::line(row));
            for problem in ledger::problems(row, Cost::Nothing) {
                text.push_str("          ");
                text.push_str(&problem);
            }
        }
    } else {
        text.push_str(&ledger::by_kind(&log.files));
        let problems = ledger::problems_in_short(&log.files, Cost::Nothing);
        if !problems.is_empty() {
            text.push('\n');
        }
        text.extend(problems);
    }
    for one in &log.assumptions {
        text.push_str(&format!("assumed {}\n", one_line(&one.line())));
    }
    let count = |outcome| log.files.iter().filter(|row| row.outcome == outcome).count();
    let merged: u64 = log.runs.iter().chain(&log.other).map(|entry| entry.members - 1).sum();
    text.push_str(&format!(
        "\n{}: {} read, {} merged, {} ignored, {} failed.\n{}, {}, {}; {} merged, {} left out.\n",
        counted(log.files.len() as u64, "file", "files"),
        count(FileOutcome::Read),
        count(FileOutcome::Merged),
        count(FileOutcome::Ignored),
        count(FileOutcome::Failed),
        counted(log.runs.len() as u64, "run", "runs"),
        counted(log.other.len() as u64, "other activity", "other activities"),
        counted(log.files.iter().map(|row| row.notes).sum(), "note", "notes"),
        counted(merged, "duplicate", "duplicates"),
        counted(log.left_out, "activity", "activities"),
    ));
    terminal::say(&text)?;
    Ok(if log.lost_something() { RunStatus::Incomplete } else { RunStatus::Complete })
}
