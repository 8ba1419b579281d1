//! The kinds of problem that an input can have. Readers make problems only from these; the wording of each is in
//! `fault/words.rs` and nowhere else.

mod words;

use chrono::NaiveDate;

use super::problem::{Place, Problem};

/// The kinds of problem. Readers make problems only from these, so that all wording is in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are named for what they hold")]
pub enum Fault {
    /// The content is not of the format that the file's name promises.
    NotThisFormat { format: &'static str, detail: String },
    /// An activity in a proprietary format that is not read.
    ForeignActivity,
    /// A log of keys and values in YAML.
    YamlLog,
    /// A table in HTML among notes, with this number of rows.
    HtmlTable { rows: usize },
    /// The file is incomplete or broken in the middle; what came before is kept.
    BrokenOff { detail: String },
    /// Nothing exists at the path.
    NotThere,
    /// The system does not allow it to be read.
    Forbidden,
    /// Reading failed.
    Unreadable { detail: String },
    /// A file or archive member that is not read for safety.
    Refused { why: String },
    /// A file, or what it unpacks to, is larger than a limit of the configuration.
    TooLarge { why: String },
    /// A file that nobody keeps as a log and that would fill the memory.
    Overfull { why: String },
    /// A link in a folder that ends outside the given paths.
    LinkLeadsOut,
    /// The same file as another athlete's, under a second name.
    AnothersFile,
    /// More files and folders below one path than any log has.
    TooManyFound { most: usize },
    /// More rows or notes than one file may have; the first ones are kept.
    TooManyEntries { most: usize },
    /// A limit on the work for one file was reached; what came before is kept.
    TooMuch { what: String },
    /// Texts beyond what one file may have.
    TextsLeftOut { count: u64, most_bytes: u64 },
    /// Notes that are too long; their beginning is kept.
    NotesTooLong { count: u64 },
    /// A member of an archive that needs a password.
    Encrypted,
    /// Members of an archive with the same name.
    MembersShareNames,
    /// Points without usable coordinates.
    PointsWithoutPlace { count: u64 },
    /// Points at latitude 0, longitude 0.
    PointsAtNullIsland { count: u64 },
    /// Points whose time goes backwards.
    PointsBackInTime { count: u64 },
    /// Points whose time could not be read.
    PointsWithoutTime { count: u64 },
    /// Steps faster than any runner.
    StepsTooFast { count: u64 },
    /// Points where the runner cannot have been.
    PointsImpossible { count: u64 },
    /// Points between which the clock jumps by more than a day.
    ClockLeaps { count: u64 },
    /// Tracks without times, in a file where others have times.
    TracksWithoutTime { count: u64 },
    /// The checksum in a binary file does not match its contents.
    ChecksumWrong,
    /// Bytes after the declared end of a file.
    TrailingBytes { count: u64 },
    /// The device's distance and the track's differ by more than 5 %.
    DistancesDiffer { device_m: u32, track_m: u32 },
    /// A recording of the same time in another file has a very different distance.
    RecordedTwice { here_m: u32, there_m: u32, other: String },
    /// A cell that should hold a date does not.
    BadDate { cell: String },
    /// A cell that should hold a number does not.
    BadNumber { column: String, cell: String },
    /// A cell that should hold a duration does not.
    BadDuration { cell: String },
    /// A score outside its scale.
    BadScore { cell: String },
    /// A row with a number of cells that cannot be used.
    BadRow { detail: String },
    /// A day before 1990 or after tomorrow.
    ImpossibleDay { day: String },
    /// A day years before all others, from a clock that was wrong.
    ClockBehind { day: String, likely: String },
    /// Rows name files that are not there.
    AttachedFilesMissing { count: u64, first: String },
    /// A row names a file outside its export.
    AttachedFileOutside { name: String },
    /// A workbook that cannot be read.
    WorkbookUnread { why: String },
    /// A sheet that is hidden in the spreadsheet program.
    SheetHidden,
    /// JSON that seems to contain activities, from an app whose files are not read.
    ActivitiesUnread { keys: String },
    /// The columns with the required data could not be found.
    ColumnsUnknown { missing: &'static str, found: String, examples: Vec<(&'static str, String)> },
    /// A table names no sport, and its rows cannot all be runs.
    NotAllRuns { why: &'static str, found: String, example: Option<String> },
    /// A table holds the activities of several people.
    SeveralPeople { column: String, count: u64, names: String },
    /// Distances that are impossible in their time.
    DistanceImpossible { count: u64, column: String, cell: String },
    /// A row in a table of several people that names nobody.
    RowOfNobody { column: String },
    /// A sheet of a workbook that is no log, besides others that are.
    SheetIgnored { reason: String },
    /// Repetitions in a calendar that do not add up to a distance.
    RepeatsWithoutDistance { cell: String },
    /// Days of a calendar week that has no date.
    WeekWithoutDate { count: u64, cell: String },
    /// A calendar of weeks without any date.
    WeeksWithoutDate { count: u64 },
    /// Times of a track that could not be read, with the first of them.
    TimesUnreadable { count: u64, first: String },
    /// The sport is not named, and the configuration wants to be asked.
    SportUnsaid { count: u64 },
    /// Bytes that are not text in the expected encoding were replaced.
    BytesReplaced,
    /// An activity without a named sport, faster than a runner.
    TooFastForARun,
    /// A correction in the configuration that matches nothing.
    CorrectionUnused { which: String },
    /// A date whose day and month cannot be told apart by others in its column.
    AmbiguousDate { cell: String },
    /// A note whose day can be read as two different ones.
    AmbiguousDay { line: String },
    /// A line about the body whose day has no year that could be found.
    LineWithoutYear { line: String },
    /// Days of a running diary whose year could not be found.
    DaysWithoutYear { count: u64, line: String },
    /// A table in which each row is a week.
    WeekTotals { found: String },
    /// A table that begins with a row instead of the names of its columns.
    NoHeader { example: String },
    /// A note that begins with something like a date.
    BadDay { line: String },
    /// A text on hip pain in which no line begins with a day.
    NoteWithoutDay { line: String, others: u64 },
    /// A file of a form that is not read, in which words speak of hip pain.
    ComplaintUnread { line: String, others: u64 },
    /// A line of a diary that is about the body and has no day.
    LineWithoutDay { line: String, perhaps: Option<NaiveDate> },
    /// Further such lines that are not reported one by one.
    MoreLinesWithoutDay { count: u64 },
    /// A distance that cannot be in a plan.
    PlannedDistance { cell: String, why: &'static str },
    /// An entry of a plan that cannot be read for another reason.
    PlannedEntry { what: String, hint: &'static str },
    /// A column without a unit, read in the most likely one.
    UnitAssumed { column: String, unit: &'static str, because: &'static str },
}

impl Fault {
    /// The problem that this fault is at `place`, with control characters removed from its words.
    #[must_use]
    pub fn at(self, place: Place) -> Problem {
        let (cost, mut what, mut hint) = self.words();
        for words in [&mut what, &mut hint] {
            words.retain(|c| !c.is_control());
        }
        Problem { sheet: None, place, what, hint, cost }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_out_of_a_file_lose_their_control_characters_too() {
        let detail = "its root is <\u{1b}]0;title\u{7}>, not <gpx>".to_owned();
        let problem = Fault::NotThisFormat { format: "GPX", detail }.at(Place::File);
        assert_eq!(problem.what, "this is not readable GPX: its root is <]0;title>, not <gpx>");
    }

    #[test]
    fn a_problem_is_told_with_its_file_and_place() {
        let at =
            |place: Place| Fault::Encrypted.at(place).line("a.zip").split_once(": ").map(|(place, _)| place.to_owned());
        assert_eq!(at(Place::File).as_deref(), Some("a.zip"));
        assert_eq!(at(Place::Line(12)).as_deref(), Some("a.zip:12"));
        assert_eq!(at(Place::Record(3)).as_deref(), Some("a.zip (record 3)"));
        assert_eq!(at(Place::Byte(0)).as_deref(), Some("a.zip (byte 0)"));
        let in_sheet = |place| Problem { sheet: Some("Runs".into()), ..Fault::Encrypted.at(place) }.line("a.xlsx");
        assert!(in_sheet(Place::Line(7)).starts_with("a.xlsx (sheet Runs, row 7): "));
        assert!(in_sheet(Place::File).starts_with("a.xlsx (sheet Runs): "));
        assert_eq!(
            Fault::Encrypted.at(Place::Line(2)).line("a.zip"),
            "a.zip:2: it is encrypted; unpack the archive with its password and give runhip the folder\n"
        );
    }

    #[test]
    fn quoted_cells_are_cut_and_lose_their_control_characters() {
        let problem = Fault::BadDate { cell: format!("\u{1b}[31m{}", "x".repeat(100)) }.at(Place::Line(7));
        assert!(problem.what.starts_with("\"[31mxxx"));
        assert!(problem.what.contains('…'));
        assert!(!problem.what.contains('\u{1b}'));
        assert_eq!(problem.place.to_string(), "line 7");
    }
}
