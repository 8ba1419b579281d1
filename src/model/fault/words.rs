//! The words of each problem: what it cost, what is wrong and what was done about it, and what the runner can do.

use chrono::NaiveDate;

use super::Fault;
use crate::model::limits::size_in_words;
use crate::model::problem::Cost;
use crate::model::two_readings::two_readings;

/// The most characters of a cell that are quoted.
const QUOTED_CHARS: usize = 40;

/// The most characters of a lost note that are quoted.
const QUOTED_NOTE_CHARS: usize = 200;

fn quote(text: &str) -> String {
    quote_up_to(text, QUOTED_CHARS)
}

fn quote_up_to(text: &str, most: usize) -> String {
    let text = text.trim();
    let mut shown: String = text.chars().filter(|c| !c.is_control()).take(most).collect();
    if text.chars().count() > most {
        shown.push('…');
    }
    format!("\"{shown}\"")
}

/// Both ways to write the first day of a text that can be read as two; `such_as` where it cannot.
fn either(text: &str, such_as: &str) -> String {
    two_readings(text).map_or_else(
        || such_as.to_owned(),
        |(day_first, month_first)| format!("{day_first} or {month_first}, whichever it is"),
    )
}

/// The line with its day in front and without bullets, as it could be read.
fn dated(day: NaiveDate, line: &str) -> String {
    let words = line.trim_start_matches(|c: char| c.is_whitespace() || "#-*+>•".contains(c));
    quote_up_to(&format!("{day}: {words}"), QUOTED_NOTE_CHARS)
}

impl Fault {
    #[expect(clippy::too_many_lines, reason = "one arm a fault, and all wording in one place")]
    /// The cost, what is wrong, and what to do.
    pub(super) fn words(self) -> (Cost, String, String) {
        let plural = |n: u64, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
        let first_of = |line: &str, others: u64, (one, several): (&str, &str)| {
            let more = if others == 0 { String::new() } else { format!(", and {} more", plural(others, one, several)) };
            format!("{}{more}", quote_up_to(line, QUOTED_NOTE_CHARS))
        };
        match self {
            Self::ForeignActivity => (
                Cost::File,
                "it holds activities in a format of its program that is not read".into(),
                "export them from that program as FIT, TCX or GPX, or list the file under ignore in runhip.toml".into(),
            ),
            Self::YamlLog => (
                Cost::File,
                "it is a log in YAML, which is not read".into(),
                "save it as a table in CSV, a row for each run, with the columns date, distance and duration".into(),
            ),
            Self::HtmlTable { rows } => (
                Cost::File,
                format!("it holds a table in HTML, {rows} rows, which is not read"),
                "save that table as CSV, with a column for the day and one for the distance or the duration".into(),
            ),
            Self::NotThisFormat { format, detail } => (
                Cost::File,
                format!("this is not readable {format}: {detail}"),
                "export the activity again, or list the file under ignore in runhip.toml".into(),
            ),
            Self::BrokenOff { detail } => (
                Cost::Entry,
                format!("the file breaks off: {detail}; what came before it was kept"),
                "export the activity again to get the rest".into(),
            ),
            Self::NotThere => {
                (Cost::File, "the file could not be read: it is not there".into(), "check the path".into())
            }
            Self::Forbidden => (
                Cost::File,
                "the file could not be read: permission denied".into(),
                "check its permissions and try again".into(),
            ),
            Self::Unreadable { detail } => (
                Cost::File,
                format!("the file could not be read: {detail}"),
                "check that it is whole, or export it again".into(),
            ),
            Self::Refused { why } => (
                Cost::File,
                format!("it was not read: {why}"),
                "if you trust it, unpack it yourself and give runhip the folder".into(),
            ),
            Self::TooLarge { why } => (
                Cost::File,
                format!("it was not read: {why}"),
                "if you trust it, raise the limit under [limits] in runhip.toml (runhip init lists them)".into(),
            ),
            Self::Overfull { why } => (
                Cost::File,
                format!("it was not read: {why}"),
                "list it under ignore in runhip.toml, or split it in several files if it is a log".into(),
            ),
            Self::LinkLeadsOut => (
                Cost::File,
                "it is a link that leads out of the given paths, and was not followed".into(),
                "give what it leads to as a PATH of its own, or list the link under ignore in runhip.toml".into(),
            ),
            Self::AnothersFile => (
                Cost::File,
                "it is the same file on the disk as one of another athlete's, and was not read".into(),
                "put a copy in its place if it belongs here".into(),
            ),
            Self::TooManyFound { most } => (
                Cost::File,
                format!("it holds more than {most} files and folders; none of them was read"),
                "give the folder of the log itself".into(),
            ),
            Self::TooManyEntries { most } => (
                Cost::Entry,
                format!("it has more than {most} entries; the rest was left out"),
                "split the file in several if it is a log, or list it under ignore in runhip.toml".into(),
            ),
            Self::TooMuch { what } => (
                Cost::Entry,
                format!("it holds {what}; the rest was left out"),
                "split the file in several if it is a log, or list it under ignore in runhip.toml".into(),
            ),
            Self::TextsLeftOut { count, most_bytes } => (
                Cost::Entry,
                format!(
                    "it holds more than {} of notes; {} left out",
                    size_in_words(most_bytes),
                    plural(count, "text was", "texts were")
                ),
                "split the file in several if it is a log, or list it under ignore in runhip.toml".into(),
            ),
            Self::NotesTooLong { count } => (
                Cost::Entry,
                format!("{} longer than twenty pages; the rest was left out", plural(count, "note is", "notes are")),
                "write the day in front of each new note".into(),
            ),
            Self::Encrypted => (
                Cost::File,
                "it is encrypted".into(),
                "unpack the archive with its password and give runhip the folder".into(),
            ),
            Self::MembersShareNames => (
                Cost::Entry,
                "several members have the same name, and only the last of each was read".into(),
                "unpack the archive under other names and give runhip the folder".into(),
            ),
            Self::PointsWithoutPlace { count } => (
                Cost::Points,
                format!("{} without a usable position left out", plural(count, "point", "points")),
                "nothing to do; the rest of the track was used".into(),
            ),
            Self::PointsAtNullIsland { count } => (
                Cost::Points,
                format!("{} at latitude 0, longitude 0 left out", plural(count, "point", "points")),
                "nothing to do; the device had no position there".into(),
            ),
            Self::PointsBackInTime { count } => (
                Cost::Nothing,
                format!("time runs back at {}", plural(count, "point", "points")),
                "nothing to do; the points were kept in the order of the file".into(),
            ),
            Self::PointsWithoutTime { count } => (
                Cost::Nothing,
                format!("{} a time that could not be read", plural(count, "point has", "points have")),
                "nothing to do; their positions were used".into(),
            ),
            Self::StepsTooFast { count } => (
                Cost::Points,
                format!("{} faster than any runner, and not counted in the distance", plural(count, "step was", "steps were")),
                "if the distance looks wrong, correct it under [[corrections]] in runhip.toml".into(),
            ),
            Self::PointsImpossible { count } => (
                Cost::Points,
                format!("{} that no runner can have been at left out", plural(count, "point", "points")),
                "if the distance looks wrong, correct it under [[corrections]] in runhip.toml".into(),
            ),
            Self::ClockLeaps { count } => (
                Cost::Nothing,
                format!("the clock leaps by more than a day at {}", plural(count, "point", "points")),
                "nothing to do; the leaps were not counted as time, but check the day of this activity".into(),
            ),
            Self::TracksWithoutTime { count } => (
                Cost::Nothing,
                format!("{} without any time left out", plural(count, "track", "tracks")),
                "nothing to do if it is a planned route; else add the run to a log by hand".into(),
            ),
            Self::ChecksumWrong => (
                Cost::Nothing,
                "the checksum does not fit the contents, which were used as they are".into(),
                "if figures look wrong, export the activity again".into(),
            ),
            Self::TrailingBytes { count } => (
                Cost::Nothing,
                format!(
                    "{} not read",
                    plural(count, "byte after the end of the recording was", "bytes after the end of the recording were")
                ),
                "nothing to do".into(),
            ),
            Self::DistancesDiffer { device_m, track_m } => (
                Cost::Nothing,
                format!("the device recorded {device_m} m and the track adds up to {track_m} m; the device's was used"),
                "if the device is wrong, correct it under [[corrections]] in runhip.toml".into(),
            ),
            Self::RecordedTwice { here_m, there_m, other } => (
                Cost::Nothing,
                format!("it has {here_m} m and {other}, of the same time, {there_m} m; they are one run, and that one counts"),
                "if the other is wrong, correct it under [[corrections]] in runhip.toml".into(),
            ),
            Self::BadDate { cell } if cell.trim().is_empty() => (
                Cost::Entry,
                "an entry has no date; it was left out".into(),
                "write its day in the column of dates, such as 2026-03-04".into(),
            ),
            Self::BadDate { cell } => (
                Cost::Entry,
                format!("{} is not a date; the row was left out", quote(&cell)),
                "write dates as 2026-03-04".into(),
            ),
            Self::BadNumber { column, cell } => (
                Cost::Entry,
                format!("{} in column {} is not a number; the row was left out", quote(&cell), quote(&column)),
                "correct the cell, or leave it empty if the value is not known".into(),
            ),
            Self::BadDuration { cell } => (
                Cost::Entry,
                format!("{} is not a duration; the row was left out", quote(&cell)),
                "write durations as 1:02:03, 55:10 or 55min".into(),
            ),
            Self::BadScore { cell } => (
                Cost::Entry,
                format!("{} is not a pain score on its scale; the row was left out", quote(&cell)),
                "use 0 to 10, or add a scale_max column".into(),
            ),
            Self::BadRow { detail } => {
                (Cost::Entry, format!("{detail}; the row was left out"), "check quotes and separators in this row".into())
            }
            Self::ImpossibleDay { day } => (
                Cost::Entry,
                format!("the day {day} cannot be right; the entry was left out"),
                "correct the date, or list the file under ignore in runhip.toml".into(),
            ),
            Self::ClockBehind { day, likely } => (
                Cost::Entry,
                format!("its clock says {day}, years before everything else, and was probably wrong; the entry was left out"),
                format!("if it is of {likely}, put the date right where it comes from, or write the run in a table of your own"),
            ),
            Self::AttachedFilesMissing { count, first } => (
                Cost::Nothing,
                format!(
                    "{} not in the export, the first of them {}; the rows were used alone",
                    plural(count, "file named here is", "files named here are"),
                    quote(&first)
                ),
                "nothing to do, unless you meant to include those files".into(),
            ),
            Self::AttachedFileOutside { name } => (
                Cost::Nothing,
                format!("the file name {} leads out of the export and was not followed", quote(&name)),
                "check where this export came from".into(),
            ),
            Self::ColumnsUnknown { missing, found, examples } => {
                let lines: Vec<String> =
                    examples.iter().map(|(key, header)| format!("{key} = {}", quote(header))).collect();
                let likely = match lines.split_last() {
                    None => String::new(),
                    Some((only, [])) => format!(", likely {only}"),
                    Some((last, rest)) => format!(", likely {} and {last}", rest.join(", ")),
                };
                (
                    Cost::File,
                    format!("no column could be taken for {missing}; the columns are {found}"),
                    if examples.is_empty() {
                        "say which is which under [csv.columns] in runhip.toml, or list the file under ignore if it is no run log".to_owned()
                    } else {
                        format!("say which is which under [csv.columns] in runhip.toml{likely}; runhip init lists the keys")
                    },
                )
            }
            Self::WorkbookUnread { why } => (
                Cost::File,
                format!("this workbook was not read: {why}"),
                "open it in a spreadsheet program and save each sheet as CSV, or the whole as .xlsx without a password".into(),
            ),
            Self::SheetHidden => (
                Cost::Nothing,
                "a hidden sheet was left alone".into(),
                "if runs stand in it, show it and save the workbook".into(),
            ),
            Self::ActivitiesUnread { keys } => (
                Cost::File,
                format!("it seems to hold activities, but is of no kind of JSON that can be read; its keys are {keys}"),
                "export them as CSV, GPX, TCX or FIT; docs/formats.md lists the JSON that is read".into(),
            ),
            Self::NotAllRuns { why, found, example } => {
                let line = example.map_or("sport".to_owned(), |header| format!("sport = {}", quote(&header)));
                (
                    Cost::File,
                    format!("no column names a sport, and {why}; the columns are {found}"),
                    format!(
                        "say which column does under [csv.columns] in runhip.toml ({line}), or list the file under ignore if it is no run log"
                    ),
                )
            }
            Self::SeveralPeople { column, count, names } => (
                Cost::File,
                format!(
                    "it holds the activities of {count} athletes (column {}: {names}), which are not added up",
                    quote(&column)
                ),
                "runhip roster makes a report for each athlete in a folder of their own; or pick one by --athlete NAME".into(),
            ),
            Self::DistanceImpossible { count, column, cell } => (
                Cost::Entry,
                format!(
                    "{} in column {} that no run of that time has, such as {}; {} taken as not known",
                    plural(count, "distance", "distances"),
                    quote(&column),
                    quote(&cell),
                    if count == 1 { "it was" } else { "they were" }
                ),
                "check the unit, and whether the columns are shifted; name the right one under [csv.columns] in runhip.toml".into(),
            ),
            Self::RowOfNobody { column } => (
                Cost::Entry,
                format!("the row names nobody in column {}, so it counted for nobody", quote(&column)),
                "write the name in each row, or above each block of rows".into(),
            ),
            Self::SheetIgnored { reason } => (Cost::Nothing, reason, String::new()),
            Self::RepeatsWithoutDistance { cell } => (
                Cost::Entry,
                format!("{} tells of repeats and of no whole distance; it was kept as a note, and no run was counted", quote(&cell)),
                "write the whole distance in front, such as 8 km: 6x800".into(),
            ),
            Self::WeekWithoutDate { count, cell } => (
                Cost::Entry,
                format!(
                    "no date stands beside or above this week; {} could not be placed, such as {}",
                    plural(count, "day", "days"),
                    quote(&cell)
                ),
                "write the first day of the week, such as 2026-03-02, in front of its days".into(),
            ),
            Self::WeeksWithoutDate { count } => (
                Cost::File,
                format!("it is a calendar of weeks that names no date; {} could not be placed", plural(count, "day", "days")),
                "write the first day of each week, such as 2026-03-02, in front of its days".into(),
            ),
            Self::TimesUnreadable { count, first } => (
                Cost::File,
                format!("its times cannot be read: {}, the first of them {}", plural(count, "time", "times"), quote(&first)),
                "export the activity again, or write its times as 2026-03-04T06:30:00Z".into(),
            ),
            Self::SportUnsaid { count } => (
                Cost::Entry,
                format!("no sport is named; {} not counted as a run", plural(count, "activity was", "activities were")),
                "write the sport into its title or file, or set untyped = \"run\" in runhip.toml".into(),
            ),
            Self::BytesReplaced => (
                Cost::Nothing,
                "some bytes are not valid text and were replaced".into(),
                "save the file as UTF-8".into(),
            ),
            Self::TooFastForARun => (
                Cost::Nothing,
                "no sport is named and the pace is faster than any runner's; it was not counted as a run".into(),
                "if it was a run, correct its distance under [[corrections]] in runhip.toml".into(),
            ),
            Self::CorrectionUnused { which } => (
                Cost::Nothing,
                format!("the correction for {} fits no entry", quote(&which)),
                "check the run id or the date and text against the report".into(),
            ),
            Self::AmbiguousDate { cell } => (
                Cost::Entry,
                format!("{} could have its day or its month first, and nothing else in the column tells which; the row was left out", quote(&cell)),
                format!("write dates as {}", either(&cell, "2026-03-04")),
            ),
            Self::AmbiguousDay { line } => (
                Cost::Entry,
                format!(
                    "{} begins with a date that could have its day or its month first, and nothing else in the file tells which; the note was left out",
                    quote_up_to(&line, QUOTED_NOTE_CHARS)
                ),
                format!("write the day as {}", either(&line, "2026-10-16")),
            ),
            Self::BadDay { line } => (
                Cost::Entry,
                format!(
                    "{} begins with something like a date that could not be read; the note was left out",
                    quote_up_to(&line, QUOTED_NOTE_CHARS)
                ),
                "write the day as 2026-10-16".into(),
            ),
            Self::LineWithoutDay { line, perhaps } => (
                Cost::Entry,
                format!(
                    "{} speaks of the body, and its day is not known; it was left out",
                    quote_up_to(&line, QUOTED_NOTE_CHARS)
                ),
                match perhaps {
                    Some(day) => format!("if it is of that day, write {}", dated(day, &line)),
                    None => "write its day in front, such as 2026-10-16".into(),
                },
            ),
            Self::LineWithoutYear { line } => (
                Cost::Entry,
                format!(
                    "{} speaks of the body, and the year of its day is not known; it was left out",
                    quote_up_to(&line, QUOTED_NOTE_CHARS)
                ),
                "write the year in the day, in a heading above it such as # 2026, or in the name of the file".into(),
            ),
            Self::DaysWithoutYear { count, line } => (
                Cost::Entry,
                format!("{} no year, such as {}; what is written of it was left out", plural(count, "day has", "days have"), quote(&line)),
                "write the year in a heading above them, such as # 2026, or in the name of the file".into(),
            ),
            Self::WeekTotals { found } => (
                Cost::File,
                format!("each of its rows seems to be a week and no run; the columns are {found}"),
                "write a row for each run with its own day, or list the file under ignore in runhip.toml".into(),
            ),
            Self::NoHeader { example } => (
                Cost::File,
                "it has no line with the names of its columns".into(),
                format!("write one above its first row, such as {example}"),
            ),
            Self::MoreLinesWithoutDay { count } => (
                Cost::Entry,
                format!("{} that speak of the body have no known day", plural(count, "more line", "more lines")),
                "write the day in front of each note".into(),
            ),
            Self::NoteWithoutDay { line, others } => (
                Cost::File,
                format!(
                    "no line in it begins with a date, but it speaks of hip or pain: {}",
                    first_of(&line, others, ("line", "lines"))
                ),
                "begin each note with its day, such as 2026-10-16: right hip 4/10; or list the file under ignore in runhip.toml"
                    .into(),
            ),
            Self::ComplaintUnread { line, others } => (
                Cost::File,
                format!(
                    "runhip does not read this form of JSON, and it speaks of hip pain or a warning sign: {}",
                    first_of(&line, others, ("place", "places"))
                ),
                "write these notes in a text file, each with its day, such as 2026-10-16: right hip 4/10; or list the file under \
                 ignore in runhip.toml"
                    .into(),
            ),
            Self::PlannedDistance { cell, why } => (
                Cost::Entry,
                format!("{} is no distance to plan: {why}", quote(&cell)),
                "write distances such as 12.5 km, and 0 or nothing for a day of rest".into(),
            ),
            Self::PlannedEntry { what, hint } => (Cost::Entry, what, hint.into()),
            Self::UnitAssumed { column, unit, because } => (
                Cost::Nothing,
                format!("no unit is named for column {}; it was read in {unit} {because}", quote(&column)),
                "if that is wrong, set distance_unit under [csv.columns] in runhip.toml, or write the unit in the header".into(),
            ),
        }
    }
}
