//! `runhip completions`: prints the completions for a shell, generated from the command line's own definition.

use clap::CommandFactory;

use super::arguments::{Arguments, Completions};
use super::{Failure, RunStatus, terminal};

pub(super) fn run(options: &Completions) -> Result<RunStatus, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "runhip", &mut script);
    terminal::say_bytes(&script)?;
    Ok(RunStatus::Complete)
}
