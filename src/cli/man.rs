//! `runhip man`: the manual page, made from the command line itself.

use clap::CommandFactory;
use clap_mangen::Man;

use super::arguments::{self, Arguments};
use super::{Failure, RunStatus, exit_status, terminal};
use crate::report::wording::capital;

pub(super) fn run(options: &arguments::Man) -> Result<RunStatus, Failure> {
    let mut command = Arguments::command().disable_help_subcommand(true);
    command.build();
    let command = match &options.command {
        None => command,
        Some(name) => command
            .find_subcommand(name)
            .map(|command| command.clone().version(env!("CARGO_PKG_VERSION")))
            .ok_or_else(|| Failure::UnknownCommand(name.clone()))?,
    };
    let page = page(command).map_err(Failure::ManualPage)?;
    terminal::say_bytes(&page)?;
    Ok(RunStatus::Complete)
}

fn page(command: clap::Command) -> std::io::Result<Vec<u8>> {
    let has_commands = command.has_subcommands();
    let more = command.get_after_help().map(ToString::to_string);
    let man = Man::new(command);
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if has_commands {
        man.render_subcommands_section(&mut page)?;
    }
    page.extend_from_slice(b".SH \"EXIT STATUS\"\n");
    for (status, meaning) in exit_status::MEANINGS {
        let meaning = escaped(&capital(&meaning.replace('`', "")));
        page.extend_from_slice(format!(".TP\n{status}\n{meaning}.\n").as_bytes());
    }
    if let Some(more) = more {
        // Keeps lines as they are: a first full stop or quote would be a command.
        page.extend_from_slice(b".SH EXAMPLES\n.nf\n");
        for line in more.lines() {
            page.extend_from_slice(format!("\\&{}\n", escaped(line)).as_bytes());
        }
        page.extend_from_slice(b".fi\n");
    }
    man.render_version_section(&mut page)?;
    Ok(page)
}

fn escaped(line: &str) -> String {
    line.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq")
}
