//! The command line: every command with its options, their help and the values they take. Nothing is done here.

mod choices;
mod plan;
mod roster;
mod values;

use std::num::NonZeroU16;
use std::path::PathBuf;

use chrono::NaiveDate;
use chrono_tz::Tz;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

use crate::config::WeekStart;
use crate::guidance::Topic;
use crate::model::reading::{Region, Side};
use crate::model::units::Units;

pub(super) use choices::{AsOf, CacheAction, ColorMode, FailOn, Format, ProgressMode};
pub(super) use plan::{Plan, PlanFormat};
pub(super) use roster::{Merge, Roster};
use values::{as_of, date, one_of, units, week_start, weeks_of_days, zone};

/// Reads run logs and pain notes, flags load that often comes before hip pain, and writes a report with cited advice.
#[derive(Debug, Parser)]
#[command(name = "runhip", version, about, after_help = AFTER_HELP)]
pub(super) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// When to use colour.
    #[arg(long, value_enum, default_value_t, global = true, display_order = 900, value_name = "WHEN")]
    pub color: ColorMode,
}

const AFTER_HELP: &str = "First steps:\n  The report of a made-up athlete:\n    runhip demo demo && runhip analyze demo --as-of 2026-11-18\n  \
                          A report from your own logs:\n    runhip analyze ~/runs\n  \
                          A folder for each athlete:\n    runhip roster ~/athletes\n  \
                          What to do in a cramp, step by step:\n    runhip guide spasm-now\n\n\
                          runhip makes no network connection. Of your own files it changes only the notes\n\
                          file, with runhip note. It gives no medical advice.";

impl Arguments {
    /// Refuses combinations of options that make no sense.
    pub fn checked(self) -> Result<Self, clap::Error> {
        let (Command::Analyze(Analyze { report, .. }) | Command::Roster(Roster { report, .. })) = &self.command else {
            return Ok(self);
        };
        if matches!(self.command, Command::Roster(_)) && report.stdout == Some(Format::Handout) {
            let what = "the index of a roster is no handout; --format handout writes one for each athlete";
            return Err(Self::command().error(ErrorKind::ValueValidation, what));
        }
        if report.strata.is_some() && report.strata == report.export {
            let what = "--strata and --export name the same file";
            return Err(Self::command().error(ErrorKind::ArgumentConflict, what));
        }
        match (report.since, report.until) {
            (Some(since), Some(until)) if since > until => {
                let what = format!("--since {since} is after --until {until}: no day is left to show");
                Err(Self::command().error(ErrorKind::ValueValidation, what))
            }
            _ => Ok(self),
        }
    }
}

/// The commands of the program.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read logs, notes and shoes, and write a report.
    Analyze(Analyze),
    /// Write a report for each of many athletes, and an index with those most in need of attention first.
    Roster(Roster),
    /// Say what happened to the files: read, merged, ignored or failed, and why.
    Check(Check),
    /// Check a training plan against your log before you run it, or have one suggested.
    Plan(Plan),
    /// Add a dated note to your notes file, and see at once what runhip reads in it.
    Note(Note),
    /// Show the guidance: warning signs, what to do in a cramp, relief, prevention and more.
    Guide(Guide),
    /// Explain a rule, a threshold or a line of guidance, with its evidence and sources.
    Explain(Explain),
    /// Put together what several runs of roster wrote: shards as one index, or tables of strata.
    Merge(Merge),
    /// Write a runhip.toml with every setting explained.
    Init(Init),
    /// Write the logs of a made-up athlete, to try runhip on.
    Demo(Demo),
    /// Show where the cache lies and how large it is, or clear it.
    Cache(Cache),
    /// Print completions for a shell.
    Completions(Completions),
    /// Print the manual page of runhip, or of one command.
    Man(Man),
}

/// Options that say where the logs are and how to read them.
#[derive(Args, Debug)]
pub(super) struct Inputs {
    /// Folders or files with run logs and notes. Folders are searched with all their sub-folders.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub reading: ReadOptions,
}

/// Options that say how the logs are read.
#[derive(Args, Clone, Debug)]
pub(super) struct ReadOptions {
    /// Configuration file to use instead of the runhip.toml at the top of a PATH, in this folder, or in your own folder for
    /// configurations.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Time zone of runs that record neither a time zone nor a position, such as Pacific/Auckland.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    pub timezone: Option<Tz>,
    /// Number of files to read at the same time. Default: the number of processors.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Read every file again; do not use or fill the cache.
    #[arg(long)]
    pub no_cache: bool,
    /// When to show a progress bar while files are read.
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub progress: ProgressMode,
}

/// Options of `analyze`.
#[derive(Args, Debug)]
pub(super) struct Analyze {
    #[command(flatten)]
    pub report: ReportOptions,
    /// Name of the athlete.
    #[arg(long, value_name = "NAME")]
    pub athlete: Option<String>,
}

/// Options that `analyze` and `roster` share: what reports are made from, for which day, and what is written.
#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct ReportOptions {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Folder to write the report into.
    #[arg(long, default_value = "reports", value_name = "DIR")]
    pub out: PathBuf,
    /// Formats to write.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "html,json", value_name = "FORMATS")]
    pub format: Vec<Format>,
    /// Print the report in this format, and write no files.
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with_all = ["out", "format"])]
    pub stdout: Option<Format>,
    /// Day of the report; later entries are left out. Default: today, or the day of the last entry where that is over 28 days
    /// ago and no later report lies in the folder.
    #[arg(long, value_name = "DATE|today|last", value_parser = as_of)]
    pub as_of: Option<AsOf>,
    /// First day shown. Earlier days still count in the calculations.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub since: Option<NaiveDate>,
    /// Last day shown.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<NaiveDate>,
    /// Unit in which distances are shown.
    #[arg(long, value_name = "km|mi", value_parser = units)]
    pub units: Option<Units>,
    /// First day of the week.
    #[arg(long, value_name = "monday|sunday", value_parser = week_start)]
    pub week_start: Option<WeekStart>,
    /// Also write the merged runs as a table, .parquet or .csv.
    #[arg(long, value_name = "FILE")]
    pub export: Option<PathBuf>,
    /// Write text cells of a .csv unchanged, without the apostrophe that keeps a spreadsheet from reading those that begin with
    /// =, +, - or @ as formulas.
    #[arg(long, requires = "export")]
    pub raw_cells: bool,
    /// Also write the counts that the links rest on as a table, .csv, for runhip merge: a hash for each athlete, and no name,
    /// date or note.
    #[arg(long, value_name = "FILE", conflicts_with = "redact")]
    pub strata: Option<PathBuf>,
    /// Make a report that can be shared: leave out names, places, titles and the words of notes, and move every date.
    #[arg(long)]
    pub redact: bool,
    /// Days by which --redact moves every date back, a whole number of weeks. Default: by a secret that is kept on
    /// this machine.
    #[arg(long, requires = "redact", value_name = "DAYS", value_parser = weeks_of_days)]
    pub redact_shift: Option<u16>,
    /// Keep the dated reports of this many days for each name, this one included, and take older ones away that nobody has
    /// changed. Default: all stay.
    #[arg(long, value_name = "N", conflicts_with = "stdout")]
    pub keep: Option<NonZeroU16>,
    /// Exit with status 4 if a current finding is at least this severe.
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    pub fail_on: FailOn,
    /// With --quiet, print a line every time, so that a timer that has stopped is noticed.
    #[arg(long, requires = "quiet")]
    pub heartbeat: bool,
    /// Print no summary, only a line if something is new since the last report, a warning sign needs help now or today, or
    /// nothing has been logged for two weeks.
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print more: every problem, weekly bars and a calendar.
    #[arg(short, long)]
    pub verbose: bool,
}

/// Options of `check`.
#[derive(Args, Debug)]
pub(super) struct Check {
    #[command(flatten)]
    pub inputs: Inputs,
    /// List every file by itself, each with all its problems.
    #[arg(short, long)]
    pub verbose: bool,
}

/// Options of `note`.
#[derive(Args, Debug)]
#[command(after_help = NOTE_HELP)]
pub(super) struct Note {
    /// The note, in your own words. Write -- before a note that begins with a dash.
    #[arg(required = true, value_name = "TEXT")]
    pub text: Vec<String>,
    /// Notes file (.md or .txt) to use instead of the one named in runhip.toml.
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Configuration file to use instead of the runhip.toml beside the notes file, in this folder, or in your own folder for
    /// configurations.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Day of the note. Default: today.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<NaiveDate>,
    /// Side that hurts; written in front of the note.
    #[arg(long, value_parser = one_of(&SIDES))]
    pub side: Option<Side>,
    /// Pain score, from 0 (none) to 10; written in front of the note.
    #[arg(long, value_name = "0-10", value_parser = clap::value_parser!(u8).range(0..=10))]
    pub severity: Option<u8>,
}

const NOTE_HELP: &str = "Examples:\n  runhip note left outer hip 4/10 after the long run\n  \
                         runhip note --date 2026-03-04 --side left --severity 4 sore on the stairs\n  \
                         runhip note hip fine today";

/// Options of `guide`.
#[derive(Args, Debug)]
pub(super) struct Guide {
    /// Topic to show. Without it, the topics are listed.
    #[arg(value_parser = one_of(&Topic::ALL), hide_possible_values = true)]
    pub topic: Option<Topic>,
    /// Side that hurts, so that the steps can name it.
    #[arg(long, requires = "topic", value_parser = one_of(&SIDES))]
    pub side: Option<Side>,
    /// Place that hurts: advice about other places is left out, but never a warning sign.
    #[arg(long, requires = "topic", value_parser = one_of(&REGIONS))]
    pub region: Option<Region>,
}

/// Options of `cache`.
#[derive(Args, Debug)]
pub(super) struct Cache {
    /// What to do.
    #[arg(value_enum, value_name = "clear|path|size", hide_possible_values = true)]
    pub action: CacheAction,
}

/// Options of `completions`.
#[derive(Args, Debug)]
pub(super) struct Completions {
    /// Shell to print the completions for.
    pub shell: Shell,
}

/// Options of `man`.
#[derive(Args, Debug)]
pub(super) struct Man {
    /// Command, such as analyze. Without it, the page of runhip itself is printed.
    pub command: Option<String>,
}

/// Options of `explain`.
#[derive(Args, Debug)]
pub(super) struct Explain {
    /// Id of a rule, a threshold or a line of guidance. Without it, all ids are listed.
    pub id: Option<String>,
    /// Print JSON for another program: one of them, or all with every study.
    #[arg(long)]
    pub json: bool,
}

/// Options of `init`.
#[derive(Args, Debug)]
pub(super) struct Init {
    /// Folder to write runhip.toml into.
    #[arg(default_value = ".", value_name = "DIR")]
    pub dir: PathBuf,
}

/// Options of `demo`.
#[derive(Args, Debug)]
pub(super) struct Demo {
    /// Folder to write into; it must be new or empty.
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// Seed of the made-up data: another seed gives another athlete.
    #[arg(long, default_value_t = crate::demo::DEFAULT_SEED, value_name = "N")]
    pub seed: u64,
    /// Number of athletes to make up, with a sub-folder each, for runhip roster.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub athletes: Option<u16>,
}

impl ReportOptions {
    /// The requested formats, each once.
    pub fn formats(&self) -> Vec<Format> {
        let mut formats = self.format.clone();
        formats.sort_unstable();
        formats.dedup();
        formats
    }
}

const SIDES: [Side; 3] = [Side::Left, Side::Right, Side::Both];
const REGIONS: [Region; 5] = [Region::Outer, Region::FrontGroin, Region::Buttock, Region::Radiating, Region::General];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }
}
