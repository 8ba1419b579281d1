//! The command line: every command with its options, their help and the values they take. Nothing is done here.

mod choices;
mod plan;

use std::num::NonZeroU16;
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
use crate::roster::shard::{MOST_SHARDS, Shard};

pub(super) use choices::{AsOf, CacheAction, ColorMode, FailOn, Format, ProgressMode};
pub(super) use plan::{Plan, PlanFormat};

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
    /// Refuses options that make no sense together.
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

/// Options of `roster`.
#[derive(Args, Debug)]
#[command(
    mut_arg("paths", |arg| arg.value_name("DIR").help(ROSTER_DIR).required(false).required_unless_present("table")),
    mut_arg("config", |arg| arg.help(ROSTER_CONFIG)),
    mut_arg("out", |arg| arg.help("Folder to write the reports and the index into")),
    mut_arg("format", |arg| arg.help("Formats of the athletes' reports. The index is always written in all three formats")),
    mut_arg("stdout", |arg| arg.help("Print the index in this format, and write no files")),
    mut_arg("export", |arg| arg.help("Also write the merged runs of all athletes as one table, .parquet or .csv")),
    mut_arg("fail_on", |arg| arg.help("Exit with status 4 if a current finding of any athlete is at least this severe")),
    mut_arg("jobs", |arg| arg.help("Number of athletes to read at the same time. Default: the number of processors")),
    mut_arg("progress", |arg| arg.help("When to show a progress bar while athletes are read")),
    mut_arg("verbose", |arg| arg.help("Print more: every problem, and a line for each athlete")),
    after_help = ROSTER_HELP
)]
pub(super) struct Roster {
    #[command(flatten)]
    pub report: ReportOptions,
    /// Make the reports of one shard of the athletes alone, such as 3/64, and instead of the index a file for runhip merge.
    #[arg(long, value_name = "K/N", value_parser = shard, conflicts_with_all = ["stdout", "redact"])]
    pub shard: Option<Shard>,
    /// Instead of folders, read the athletes' runs from a table as --export writes it: .parquet, .csv, or a folder of such
    /// files.
    #[arg(long, value_name = "FILE|DIR", conflicts_with = "paths")]
    pub table: Option<PathBuf>,
    /// Read their notes from a table as --export-notes writes it.
    #[arg(long, value_name = "FILE|DIR", requires = "table")]
    pub notes: Option<PathBuf>,
    /// Also write the notes of all athletes as one table, .parquet or .csv.
    #[arg(long, value_name = "FILE", conflicts_with = "redact")]
    pub export_notes: Option<PathBuf>,
    /// Write a table with a row for each athlete, .parquet or .csv, instead of reports.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["stdout", "redact", "format"])]
    pub summary: Option<PathBuf>,
}

const ROSTER_DIR: &str = "Folders that hold a sub-folder or an export zip for each athlete";
const ROSTER_CONFIG: &str = "Configuration file for all athletes, instead of the runhip.toml at the top of a DIR. An athlete's own settings take precedence";
const ROSTER_HELP: &str = "Examples:\n  Reports of a made-up team:\n    runhip demo team --athletes 3 && runhip roster team --as-of 2026-11-18\n  \
                           Reports of your own athletes:\n    runhip roster ~/athletes --out ~/reports";

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

/// Options of `merge`.
#[derive(Args, Debug)]
#[command(after_help = MERGE_HELP)]
pub(super) struct Merge {
    /// All shards of a roster, as roster --shard wrote them, or tables that --strata or runhip merge wrote.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// For shards: folder to write the index into, where the reports are. Default: reports. For tables: also write all of them
    /// as one such table, .csv.
    #[arg(long, value_name = "DIR|FILE")]
    pub out: Option<PathBuf>,
    /// With --quiet, print a line every time, so that a timer that has stopped is noticed.
    #[arg(long, requires = "quiet")]
    pub heartbeat: bool,
    /// Print no summary; of shards a line if something is new since the last index, or a warning sign needs help now or today.
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print more: a line for each athlete of the shards.
    #[arg(short, long)]
    pub verbose: bool,
}

const MERGE_HELP: &str = "Examples:\n  One index of the halves of a roster:\n    \
                          runhip roster ~/athletes --shard 1/2 && runhip roster ~/athletes --shard 2/2\n    \
                          runhip merge reports/shard-*.json\n  \
                          The links of two clubs together:\n    \
                          runhip roster ~/north --strata north.csv && runhip roster ~/south --strata south.csv\n    \
                          runhip merge north.csv south.csv --out both.csv";

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
    PossibleValuesParser::new(names)
        .try_map(|name| all.iter().copied().find(|value| name_of(*value) == name).ok_or(ValueError::Unknown(name)))
}

/// Why the value of an option is refused: how to write it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum ValueError {
    #[error("write dates as 2026-03-04")]
    Date,
    #[error("write a date as 2026-03-04, today, or last for the day of the last entry")]
    AsOf,
    #[error("write a zone such as Pacific/Auckland")]
    Zone,
    #[error("write km or mi")]
    Units,
    #[error("write monday or sunday")]
    WeekStart,
    #[error("write the number of the shard and how many there are, such as 3/64; there are at most {MOST_SHARDS}")]
    Shard,
    #[error("write the distance of one run with its unit, such as 21.1km or 13.1mi")]
    Target,
    #[error("write days that make whole weeks, from 7 to 36400, such as 4900")]
    Weeks,
    #[error("{0} is not known")]
    Unknown(String),
}

fn date(text: &str) -> Result<NaiveDate, ValueError> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        // The calendar of a report has a row for each day: a year of more digits is a slip, and would fill the memory.
        .filter(|date| (0..=9_999).contains(&date.year()))
        .ok_or(ValueError::Date)
}

fn as_of(text: &str) -> Result<AsOf, ValueError> {
    match text {
        "today" => Ok(AsOf::Today),
        "last" => Ok(AsOf::Last),
        day => date(day).map(AsOf::Day).map_err(|_| ValueError::AsOf),
    }
}

/// The weeks in a number of days that is a whole number of them.
fn weeks_of_days(text: &str) -> Result<u16, ValueError> {
    let weeks = text.parse::<u16>().ok().filter(|days| days % 7 == 0).map(|days| days / 7);
    weeks.filter(|weeks| (1..=5_200).contains(weeks)).ok_or(ValueError::Weeks)
}

fn zone(text: &str) -> Result<Tz, ValueError> {
    text.parse().map_err(|_| ValueError::Zone)
}

fn units(text: &str) -> Result<Units, ValueError> {
    match text {
        "km" => Ok(Units::Km),
        "mi" => Ok(Units::Mi),
        _ => Err(ValueError::Units),
    }
}

/// `K/N` in digits.
fn shard(text: &str) -> Result<Shard, ValueError> {
    let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten();
    let (number, of) =
        text.split_once('/').and_then(|(k, n)| Some((number(k)?, number(n)?))).ok_or(ValueError::Shard)?;
    Shard::new(number, of).ok_or(ValueError::Shard)
}

fn week_start(text: &str) -> Result<WeekStart, ValueError> {
    match text {
        "monday" => Ok(WeekStart::Monday),
        "sunday" => Ok(WeekStart::Sunday),
        _ => Err(ValueError::WeekStart),
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
    fn a_shift_is_a_whole_number_of_weeks() {
        assert_eq!((weeks_of_days("7"), weeks_of_days("4900"), weeks_of_days("36400")), (Ok(1), Ok(700), Ok(5_200)));
        for text in ["0", "8", "-7", "36407", "65541", "99999999", "7.0", ""] {
            assert!(weeks_of_days(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_shard_is_one_of_so_many() {
        for (text, name) in [("1/1", "1 of 1"), ("3/64", "3 of 64"), ("07/65536", "7 of 65536")] {
            assert_eq!(shard(text).map(|shard| shard.to_string()), Ok(name.to_owned()));
        }
        for text in ["", "3", "0/4", "5/4", "1/0", "1/65537", "+1/4", "1/4/4", "a/b", "1/99999999999", "-1/4", "/"] {
            assert_eq!(shard(text), Err(ValueError::Shard), "{text}");
        }
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }
}
