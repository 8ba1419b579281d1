//! The shell: arguments, the clock, the terminal, the environment, writing files and the exit status. It computes
//! nothing.

mod analyze;
mod arguments;
mod cache;
mod changed_report;
mod check;
mod clock;
mod completions;
mod dated_reports;
mod demo;
mod exit_status;
mod explain;
mod export;
mod failure;
mod folder_lock;
mod guide;
mod init;
mod ledger;
mod man;
mod merge;
mod note;
mod notes_file;
mod output;
mod plan;
mod plan_file;
mod plan_page;
mod planned_weeks;
mod progress;
mod redaction_secret;
mod report_day;
mod report_name;
mod roster;
mod setup;
mod strata;
mod surroundings;
mod table_seal;
mod target;
mod terminal;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use crate::report::plain;
use arguments::{Arguments, Command};
use exit_status::RunStatus;
use failure::Failure;

/// Runs the program with these arguments, the first of which is the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let arguments = match Arguments::try_parse_from(&arguments).and_then(Arguments::checked) {
        Ok(arguments) => arguments,
        Err(error) => {
            let error = shown_plainly(error, &arguments);
            let printed = terminal::settle(error.print());
            if error.use_stderr() {
                return ExitCode::from(exit_status::USAGE);
            }
            // Help and version are printed to standard output and are no error.
            return printed.map_or_else(failed, |()| ExitCode::SUCCESS);
        }
    };
    arguments.color.apply();
    let outcome = surroundings::guarded(|| match &arguments.command {
        Command::Analyze(options) => analyze::run(options),
        Command::Roster(options) => roster::run(options),
        Command::Check(options) => check::run(options),
        Command::Plan(options) => plan::run(options),
        Command::Note(options) => note::run(options),
        Command::Guide(options) => guide::run(options),
        Command::Explain(options) => explain::run(options),
        Command::Init(options) => init::run(options),
        Command::Merge(options) => merge::run(options),
        Command::Demo(options) => demo::run(options),
        Command::Cache(options) => cache::run(options),
        Command::Completions(options) => completions::run(options),
        Command::Man(options) => man::run(options),
    });
    match outcome {
        Ok(status) => status.into(),
        Err(failure) => failed(failure),
    }
}

/// The same error for arguments made harmless, since file names that a shell puts in may contain control characters.
fn shown_plainly(error: clap::Error, arguments: &[OsString]) -> clap::Error {
    let harmless = arguments.iter().map(|argument| plain::clean(&argument.to_string_lossy()));
    let again = Arguments::try_parse_from(harmless).and_then(Arguments::checked).err();
    again.filter(|again| again.use_stderr() == error.use_stderr()).unwrap_or(error)
}

#[expect(clippy::needless_pass_by_value, reason = "the failure ends here")]
fn failed(failure: Failure) -> ExitCode {
    terminal::complain(&format!("runhip: {}\n", plain::one_line(&failure.to_string())));
    ExitCode::from(exit_status::FAILURE)
}
