//! The options of `runhip roster`, and of `runhip merge`, which joins what rosters wrote.

use std::num::NonZeroU16;
use std::path::PathBuf;

use clap::Args;

use super::ReportOptions;
use super::values::shard;
use crate::roster::shard::Shard;

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
pub(in crate::cli) struct Roster {
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

/// Options of `merge`.
#[derive(Args, Debug)]
#[command(after_help = MERGE_HELP)]
pub(in crate::cli) struct Merge {
    /// All shards of a roster, as roster --shard wrote them, or tables that --strata or runhip merge wrote.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// For shards: folder to write the index into, where the reports are. Default: reports. For tables: also write all of them
    /// as one such table, .csv.
    #[arg(long, value_name = "DIR|FILE")]
    pub out: Option<PathBuf>,
    /// Keep the dated index of shards of this many days, this one included, and take older ones away that nobody has changed.
    /// Default: all stay. The reports of the athletes are thinned by roster --shard --keep.
    #[arg(long, value_name = "N")]
    pub keep: Option<NonZeroU16>,
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
