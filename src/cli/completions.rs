//! `runhip completions`.

use clap::CommandFactory;

use super::arguments::{Arguments, Completions};
use super::{Done, Failure, terminal};

pub(super) fn run(options: &Completions) -> Result<Done, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "runhip", &mut script);
    terminal::say_bytes(&script)?;
    Ok(Done::Whole)
}
