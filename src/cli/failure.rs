//! Why a command could not do its work: each reason with its words and, if there is one, the remedy. Errors of the
//! library are passed on unchanged.

use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::analysis::training_plan::PlanError;
use crate::config::FILE_NAME;
use crate::error::Error;
use crate::model::limits::size_in_words;
use crate::report::index::shard::UnusableShard;
use crate::report::strata_rows::UnusableRows;
use crate::roster::shard::UnmatchedShards;
use crate::tables::cells::UnusableTable;
use crate::whole_file::why_not;

/// Why nothing could be done, in one line.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// An error of the library.
    #[error(transparent)]
    Library(#[from] Error),

    /// The folder for the demo is not empty.
    #[error("{} is not empty; name a new folder, so that nothing of yours is lost", .0.display())]
    NotEmpty(PathBuf),
    /// The folder for the demo cannot be listed.
    #[error("{} cannot be opened; name a new folder, so that nothing of yours is lost", .0.display())]
    NotSeen(PathBuf),
    /// The file that would be replaced is not one of runhip's.
    #[error("{} was not changed: {lies}; {way_out}", .file.display())]
    NotOurs { file: PathBuf, lies: &'static str, way_out: &'static str },
    /// The file that would be written exists already.
    #[error("{} exists already and was not changed", .0.display())]
    AlreadyThere(PathBuf),
    /// No file can be written into a folder.
    #[error("{} cannot be written to: {why}", .dir.display())]
    CannotWriteInto { dir: PathBuf, why: String },
    /// Standard output cannot be written.
    #[error("standard output cannot be written: {0}")]
    StandardOutput(String),
    /// The system allows too few open files.
    #[error("runhip needs to open {needed} files at once, and the limit here is {most}; raise it with ulimit -n")]
    TooFewFiles { most: u64, needed: u64 },
    /// The system allows too little memory.
    #[error(
        "runhip needs {} of memory, and the limit here is {}; raise it with ulimit -v",
        size_in_words(*.needed_bytes), size_in_words(*.most_bytes)
    )]
    TooLittleMemory { most_bytes: u64, needed_bytes: u64 },
    /// A thread of the program panicked, which never should happen.
    #[error(
        "it could not be finished ({0}); if memory, threads or open files are limited here (ulimit -a), raise the limit, \
         else it is a bug in runhip: please report it"
    )]
    Broken(String),
    /// The system has no folder for caches.
    #[error("there is no folder for caches, so nothing is kept; HOME names none")]
    NoCacheFolder,
    /// The cache cannot be removed.
    #[error("{} cannot be cleared: {why}", .folder.display())]
    CacheNotCleared { folder: PathBuf, why: String },
    /// The system starts no threads.
    #[error("no threads could be started: {0}")]
    NoThreads(String),

    /// There is no file to read.
    #[error("no files were found under the paths given")]
    NoFiles,
    /// There are files, but nothing to report on.
    #[error(
        "{}; looked for GPX, TCX and FIT files, archives, CSV and JSON logs and dated notes in .md or .txt (runhip check \
         lists what happened to each file)", .0
    )]
    NothingToReport(EmptyLog),
    /// The ending of a table's file name is no known format.
    #[error("{}: a table is written as .parquet or .csv", .0.display())]
    UnknownTableFormat(PathBuf),

    /// The file name of a table of strata does not end in `.csv`.
    #[error("{}: strata are written as .csv", .0.display())]
    StrataNotCsv(PathBuf),
    /// A file to merge cannot be used.
    #[error("{}: {why}; runhip merge reads what --strata wrote", .file.display())]
    NoStrata { file: PathBuf, why: UnusableRows },

    /// A table that the user supplied cannot be used.
    #[error("{}: {why}", .file.display())]
    Table { file: PathBuf, why: UnusableTable },
    /// Two rows are about the same run.
    #[error("{row}: the run {id} of {folder} stands in {first} already; leave one of them out")]
    RowTwice { row: String, first: String, folder: String, id: String },
    /// A table has no rows.
    #[error("{} holds no row, and so no athlete", .0.display())]
    EmptyTable(PathBuf),
    /// Two tables would be written to the same file.
    #[error("{} is named for two tables; give each a file of its own", .0.display())]
    OneTableTwice(PathBuf),
    /// The index in a folder is of other athletes.
    #[error(
        "{} holds the index of another roster, of other athletes than these; give each roster a folder of its own with --out, \
         or move its files index-* away",
        .0.display()
    )]
    AnotherRoster(PathBuf),
    /// A file among the parts of a table is none.
    #[error("{} is no part of a table: parts are .parquet and .csv files; move it out of the folder", .0.display())]
    NoPart(PathBuf),
    /// A folder of a table holds no part.
    #[error("{} holds no part of the table, which may be missing; write it again, or take the folder away", .0.display())]
    EmptyPartition(PathBuf),

    /// A file is not a shard that this version writes.
    #[error("{}: {why}", .file.display())]
    NoShard { file: PathBuf, why: UnusableShard },
    /// Shards do not belong to one index.
    #[error(transparent)]
    Shards(#[from] UnmatchedShards),
    /// Both shards and tables of strata are given.
    #[error(
        "{} is a shard of a roster, and {} is a table of strata; merge the shards by themselves, and the tables by themselves",
        .shard.display(), .table.display()
    )]
    MixedMerge { shard: PathBuf, table: PathBuf },
    /// Tables of strata have no dated reports.
    #[error("--keep is for the index of shards: tables of strata have no dated reports")]
    KeptTable,
    /// The index of shards cannot be written as a table.
    #[error("{} names a table; the index of shards goes into a folder, such as --out reports", .0.display())]
    IndexIntoTable(PathBuf),

    /// `explain` does not know the id.
    #[error("\"{0}\" is not a rule, a threshold or a line of guidance; runhip explain lists them")]
    UnknownId(String),
    /// There is no command of this name.
    #[error("\"{0}\" is not a command; runhip --help lists them")]
    UnknownCommand(String),
    /// The manual page could not be made.
    #[error("the manual page cannot be made: {0}")]
    ManualPage(#[source] io::Error),

    /// A note has no words.
    #[error("the note is empty; write for example: runhip note left hip 4/10")]
    EmptyNote,
    /// The day of a note is in the future.
    #[error("{day} is in the future; today is {today}")]
    DayToCome { day: NaiveDate, today: NaiveDate },
    /// The day of a note is earlier than any log may be.
    #[error("{day} is too long ago; notes are read from {first} on")]
    DayTooLongAgo { day: NaiveDate, first: NaiveDate },
    /// Neither an option nor the configuration names the notes file.
    #[error(
        "which file should notes go to? Name it with --file {usual}, or write notes = \"{usual}\" into a {FILE_NAME}"
    )]
    NoNotesFile { usual: &'static str },
    /// Files with the name of the notes file are not read as notes.
    #[error("{} is not a notes file: its name has to end in .md or .txt", .0.display())]
    NotANotesFile(PathBuf),
    /// The notes file is a link to a file that is not read as notes.
    #[error("{} is a link to {}, which is not a notes file: its name has to end in .md or .txt", .link.display(), .target.display())]
    LinkToNoNotes { link: PathBuf, target: PathBuf },
    /// No note can be added to a file of this kind.
    #[error("{} {why}; nothing was written", .file.display())]
    NoteNotAdded { file: PathBuf, why: &'static str },
    /// The note was written, and what was read in it could not be shown.
    #[error("the note is in {}, but what was read in it could not be shown: {why}", .file.display())]
    NoteNotShown { file: PathBuf, why: Box<Self> },
    /// Another program keeps changing the notes file.
    #[error("{} keeps changing while it is read; nothing was written", .0.display())]
    NotesKeepChanging(PathBuf),

    /// A link leads from the notes file to another folder than that of the configuration that names it.
    #[error(
        "{} is a link out of the folder of {}, which nothing found in a folder may be; name the file with --file",
        .file.display(), .config.display()
    )]
    NotesElsewhere { file: PathBuf, config: PathBuf },

    /// There is no folder for the secret by which dates are moved.
    #[error(
        "there is no home folder to keep the secret of --redact in; set with --redact-shift by how many days dates move"
    )]
    NoPlaceForSecret,
    /// The secret by which dates are moved cannot be written.
    #[error(
        "{} cannot be written, where the secret of --redact is kept: {why}; or set with --redact-shift by how many days \
         dates move", .file.display()
    )]
    SecretNotKept { file: PathBuf, why: String },
    /// The file of the secret holds something else.
    #[error(
        "{} cannot be read as the secret of --redact; delete it, and later reports move by other weeks than earlier ones, \
         or set with --redact-shift by how many days dates move", .0.display()
    )]
    NotTheSecret(PathBuf),

    /// Some lines of a plan cannot be read; they have been listed.
    #[error("{file} has {} that cannot be read; nothing was checked", places(*.count))]
    PlanUnreadable { file: String, count: usize },
    /// A file is too large to be a plan.
    #[error("{0} is too large to be a plan")]
    PlanTooLarge(String),
    /// A plan cannot be checked against the log, or no plan leads to the target.
    #[error(transparent)]
    Plan(PlanError),
    /// No plan is suggested; the answer says why.
    #[error("{0}")]
    NoPlan(String),

    /// The configuration for all athletes sets a key that belongs to one.
    #[error(
        "the configuration for all athletes sets {0}, which belongs to one; put it into a runhip.toml in that athlete's folder"
    )]
    PersonalKey(&'static str),
    /// A folder of athletes has no athletes in it.
    #[error(
        "there is no athlete in {0}: each needs a sub-folder or zip of their own; runhip analyze makes the report of one \
         runner"
    )]
    NoAthlete(String),
    /// A folder of athletes cannot be listed.
    #[error("{} cannot be opened as a folder of athletes: {why}; give the folder that holds their folders", .dir.display())]
    NoFolderOfAthletes { dir: PathBuf, why: String },
}

/// What was found instead of runs and notes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum EmptyLog {
    /// No file.
    #[error("no files were found under the paths given")]
    NoFiles,
    /// One file, which could not be read, and why.
    #[error("the one file given could not be read: {0}")]
    OneUnreadable(String),
    /// One file without runs or notes.
    #[error("the one file found holds no run and no note")]
    One,
    /// This number of files without runs or notes, and the first problem.
    #[error("none of the {0} files found holds a run or a note that could be read ({1})")]
    SeveralUnreadable(usize, String),
    /// This number of files without runs or notes.
    #[error("none of the {0} files found holds a run or a note")]
    Several(usize),
}

fn places(count: usize) -> String {
    if count == 1 { "1 place".to_owned() } else { format!("{count} places") }
}

/// The error that a file cannot be written, why, and what to do.
pub(super) fn unwritten(path: &Path, error: &std::io::Error) -> Failure {
    Error::Write { file: path.display().to_string(), why: why_not(error) }.into()
}
