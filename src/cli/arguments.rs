//! The command line.

mod choices;
mod plan;

use std::path::PathBuf;

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

use crate::config::WeekStart;
use crate::guidance::Topic;
use crate::model::reading::{Region, Side, name_of};
use crate::model::units::Units;

pub(super) use choices::{Color, FailOn, Format, Show};
pub(super) use plan::{Plan, PlanFormat};

/// Reads run logs and pain notes, flags load that often comes before hip pain, and writes a report with cited advice.
#[derive(Debug, Parser)]
#[command(name = "runhip", version, about, after_help = AFTER_HELP, disable_help_subcommand = true)]
pub(super) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// When to use colour.
    #[arg(long, value_enum, default_value_t, global = true, display_order = 900, value_name = "WHEN")]
    pub color: Color,
}

const AFTER_HELP: &str = "First steps:\n  runhip demo demo && runhip analyze demo --as-of 2026-11-18   a made-up athlete's report\n  \
                          runhip analyze ~/runs                                        your own\n  \
                          runhip roster ~/athletes                                     a folder for each athlete\n  \
                          runhip guide spasm-now                                       a cramp has hold of you now\n\n\
                          runhip opens no network connection, and of your files changes only the notes file, by runhip note.\n\
                          It gives no medical advice.";

impl Arguments {
    /// Refuses what only two options together make senseless.
    pub fn checked(self) -> Result<Self, clap::Error> {
        let (Command::Analyze(Analyze { made, .. }) | Command::Roster(Roster { made })) = &self.command else {
            return Ok(self);
        };
        match (made.since, made.until) {
            (Some(since), Some(until)) if since > until => {
                let what = format!("--since {since} lies after --until {until}: no day is left to show");
                Err(Self::command().error(ErrorKind::ValueValidation, what))
            }
            _ => Ok(self),
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read logs, notes and shoes, and write a report.
    Analyze(Analyze),
    /// Read many athletes, a folder each: a report each, and an index with those most in need of attention first.
    Roster(Roster),
    /// Say of each file what was read, merged, left alone or failed, and why.
    Check(Check),
    /// Hold a training plan against your log and the same rules before you run it, or have one suggested.
    Plan(Plan),
    /// Append a dated note to your notes file and say at once what was read in it.
    Note(Note),
    /// Show the guidance: warning signs, a cramp now, relief, prevention and more.
    Guide(Guide),
    /// Explain a rule, a threshold or a line of guidance: what, why, evidence and source.
    Explain(Explain),
    /// Write a runhip.toml with every setting explained.
    Init(Init),
    /// Write a made-up athlete's logs to try runhip on.
    Demo(Demo),
    /// Print completions for a shell.
    Completions(Completions),
    /// Print the manual page, or that of one command.
    Man(Man),
}

/// Where logs are and how to read them.
#[derive(Args, Debug)]
pub(super) struct Inputs {
    /// Folders or files with run logs and notes; folders are searched to the bottom.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub how: How,
}

/// How logs are read.
#[derive(Args, Clone, Debug)]
pub(super) struct How {
    /// Configuration, instead of a runhip.toml at the top of a PATH.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Time zone of runs that carry neither an offset nor coordinates, such as Pacific/Auckland.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    pub timezone: Option<Tz>,
    /// How many files to read at once; as many as there are processors if not given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Read every file anew, and keep nothing for the next time.
    #[arg(long)]
    pub no_cache: bool,
    /// When to show a bar while files are read.
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub progress: Show,
}

/// Options of `analyze`.
#[derive(Args, Debug)]
pub(super) struct Analyze {
    #[command(flatten)]
    pub made: Made,
    /// Name of the athlete.
    #[arg(long, value_name = "NAME")]
    pub athlete: Option<String>,
}

/// Options of `roster`.
#[derive(Args, Debug)]
#[command(
    mut_arg("paths", |arg| arg.value_name("DIR").help(ROSTER_DIR)),
    mut_arg("config", |arg| arg.help(ROSTER_CONFIG)),
    mut_arg("out", |arg| arg.help("Folder for the reports and the index")),
    mut_arg("format", |arg| arg.help("Formats of the athletes' reports; the index is always written in all three")),
    mut_arg("stdout", |arg| arg.help("Print the index in this format and nothing else; write no file")),
    mut_arg("export", |arg| arg.help("Also write the merged runs of all athletes as one table, .parquet or .csv")),
    mut_arg("fail_on", |arg| arg.help("Exit with status 4 where a current finding of any athlete is at least this severe")),
    mut_arg("jobs", |arg| arg.help("How many athletes to read at once; as many as there are processors if not given")),
    mut_arg("progress", |arg| arg.help("When to show a bar while athletes are read")),
    mut_arg("verbose", |arg| arg.help("Print more: every problem, and a line for every athlete")),
    after_help = ROSTER_HELP
)]
pub(super) struct Roster {
    #[command(flatten)]
    pub made: Made,
}

const ROSTER_DIR: &str = "Folders that hold a sub-folder or export zip for each athlete";
const ROSTER_CONFIG: &str =
    "Settings for all athletes, instead of a runhip.toml at the top of a DIR; an athlete's own come first";
const ROSTER_HELP: &str = "Examples:\n  runhip demo team --athletes 3 && runhip roster team --as-of 2026-11-18   a made-up team\n  \
                           runhip roster ~/athletes --out ~/reports                                 your own";

/// What reports are made from, for which day, and what is written: options that `analyze` and `roster` share.
#[derive(Args, Debug)]
pub(super) struct Made {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Folder for the report.
    #[arg(long, default_value = "reports", value_name = "DIR")]
    pub out: PathBuf,
    /// Formats to write.
    #[arg(long, value_enum, value_delimiter = ',', default_value = "html,json", value_name = "FORMATS")]
    pub format: Vec<Format>,
    /// Print this format and nothing else; write no file.
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with_all = ["out", "format"])]
    pub stdout: Option<Format>,
    /// Day the report speaks of; today if not given.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<NaiveDate>,
    /// First day shown. What happened before still counts.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub since: Option<NaiveDate>,
    /// Last day shown.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<NaiveDate>,
    /// Unit of distances shown.
    #[arg(long, value_name = "km|mi", value_parser = units)]
    pub units: Option<Units>,
    /// First day of the week.
    #[arg(long, value_name = "monday|sunday", value_parser = week_start)]
    pub week_start: Option<WeekStart>,
    /// Also write the merged runs as a table, .parquet or .csv.
    #[arg(long, value_name = "FILE")]
    pub export: Option<PathBuf>,
    /// Leave out what tells whose log it is, to share the report: names, places, titles, words of notes; move every date.
    #[arg(long)]
    pub redact: bool,
    /// Exit with status 4 where a current finding is at least this severe.
    #[arg(long, value_enum, default_value_t, value_name = "SEVERITY")]
    pub fail_on: FailOn,
    /// Print no summary, only a line where something is new since the last report or a warning sign asks for help.
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
}

/// Options of `note`.
#[derive(Args, Debug)]
#[command(after_help = NOTE_HELP)]
pub(super) struct Note {
    /// The note, in your own words. Put -- before words that begin with a dash.
    #[arg(required = true, value_name = "TEXT")]
    pub text: Vec<String>,
    /// Notes file (.md or .txt), instead of the one named in runhip.toml.
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Configuration, instead of a runhip.toml in this folder.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Day of the note; today if not given.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<NaiveDate>,
    /// Which hip; stands in front of the words.
    #[arg(long, value_parser = one_of(&SIDES))]
    pub side: Option<Side>,
    /// How bad, from 0 to 10; stands in front of the words.
    #[arg(long, value_name = "0-10", value_parser = clap::value_parser!(u8).range(0..=10))]
    pub severity: Option<u8>,
}

const NOTE_HELP: &str = "Examples:\n  runhip note left outer hip 4/10 after the long run\n  \
                         runhip note --date 2026-03-04 --side left --severity 4 sore on the stairs\n  \
                         runhip note hip fine today";

/// Options of `guide`.
#[derive(Args, Debug)]
pub(super) struct Guide {
    /// What to show; without it, the list of topics.
    #[arg(value_parser = one_of(&Topic::ALL), hide_possible_values = true)]
    pub topic: Option<Topic>,
    /// The side that hurts, so that steps name it.
    #[arg(long, requires = "topic", value_parser = one_of(&SIDES))]
    pub side: Option<Side>,
    /// Where it hurts: leaves out what is about other places. Warning signs are never left out.
    #[arg(long, requires = "topic", value_parser = one_of(&REGIONS))]
    pub region: Option<Region>,
}

/// Options of `completions`.
#[derive(Args, Debug)]
pub(super) struct Completions {
    /// The shell.
    pub shell: Shell,
}

/// Options of `man`.
#[derive(Args, Debug)]
pub(super) struct Man {
    /// A command, such as analyze.
    pub command: Option<String>,
}

/// Options of `explain`.
#[derive(Args, Debug)]
pub(super) struct Explain {
    /// Id of a rule, of a threshold or of a line of guidance; without it, the list of all three.
    pub id: Option<String>,
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
    /// Another seed makes up another athlete.
    #[arg(long, default_value_t = crate::demo::DEFAULT_SEED, value_name = "N")]
    pub seed: u64,
    /// Make up so many athletes, a sub-folder each, for runhip roster.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub athletes: Option<u16>,
}

impl Made {
    /// The formats asked for, each once.
    pub fn formats(&self) -> Vec<Format> {
        let mut formats = self.format.clone();
        formats.sort_unstable();
        formats.dedup();
        formats
    }
}

const SIDES: [Side; 3] = [Side::Left, Side::Right, Side::Both];
const REGIONS: [Region; 5] = [Region::Outer, Region::FrontGroin, Region::Buttock, Region::Radiating, Region::General];

/// Takes one of the values by its kebab-case name.
fn one_of<T>(all: &'static [T]) -> impl TypedValueParser<Value = T>
where
    T: Into<&'static str> + Copy + Send + Sync + 'static,
{
    let names = all.iter().map(|value| PossibleValue::new(name_of(*value)));
    PossibleValuesParser::new(names).try_map(|name| {
        all.iter().copied().find(|value| name_of(*value) == name).ok_or_else(|| format!("{name} is not known"))
    })
}

fn date(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        // The calendar of a report has a row for each day: a year of more digits is a slip, and would fill the memory.
        .filter(|date| (0..=9_999).contains(&date.year()))
        .ok_or_else(|| "write dates as 2026-03-04".to_owned())
}

fn zone(text: &str) -> Result<Tz, String> {
    text.parse().map_err(|_| "write a zone such as Pacific/Auckland".to_owned())
}

fn units(text: &str) -> Result<Units, String> {
    match text {
        "km" => Ok(Units::Km),
        "mi" => Ok(Units::Mi),
        _ => Err("write km or mi".to_owned()),
    }
}

fn week_start(text: &str) -> Result<WeekStart, String> {
    match text {
        "monday" => Ok(WeekStart::Monday),
        "sunday" => Ok(WeekStart::Sunday),
        _ => Err("write monday or sunday".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_four_digits_of_year() {
        assert!(date("2026-03-04").is_ok() && date("0001-01-01").is_ok() && date("9999-12-31").is_ok());
        for text in ["+262142-12-31", "-0001-01-01", "10000-01-01", "2026-02-30", "today", ""] {
            assert!(date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }
}
