//! Chooses the reader for a file by its name and first bytes. Adding a format takes one line in the list and one arm
//! here.

use std::io::{BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::csv::{self, CsvOptions};
use super::imported::{Imported, Refusal};
use super::limits::{LimitedReader, MOST_GZIP_LAYERS};
use super::own_report::{BEGINNING_BYTES, is_own_report};
use super::source::{self, ReadStop};
use super::{
    apple_health, drawn_table, fit, front_matter_run, gpx, journal, json, labelled_runs, local_time, profile, tcx,
    told_distance, workbook,
};
use crate::model::concern::{Concern, ConcernClassifier};
use crate::model::fault::Fault;
use crate::model::limits::Limits;
use crate::model::own_file::{SUGGESTED_PLAN, SUGGESTED_PLAN_BEFORE_THE_MARK};
use crate::model::problem::Place;

/// The options for reading files, from the configuration.
#[derive(Clone, Copy, Debug)]
pub struct ReadOptions<'a> {
    /// How tables are read.
    pub csv: &'a CsvOptions,
    /// Limits on size.
    pub limits: &'a Limits,
    /// Decides what words without a day concern.
    pub classifier: ConcernClassifier,
}

/// What is known of a file's size before reading it.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Its size in bytes; no more are read, apart from unpacked gzip.
    pub bytes: u64,
    /// How many bytes gzip may unpack to.
    pub unpacked: u64,
}

/// The name and file endings of each format.
const FORMATS: &[(Format, &str, &[&str])] = &[
    (Format::Gpx, "gpx", &["gpx"]),
    (Format::Tcx, "tcx", &["tcx"]),
    (Format::Fit, "fit", &["fit"]),
    (Format::Csv, "csv", &["csv", "tsv"]),
    (Format::Workbook, "workbook", &["xlsx", "xlsm", "ods", "xls", "xlsb"]),
    (Format::Journal, "text", &["md", "markdown", "txt", "org"]),
    (Format::Json, "json", &["json"]),
    (Format::Html, "html", &["html", "htm"]),
    (Format::Yaml, "yaml", &["yaml", "yml"]),
    (Format::Xml, "xml", &["xml"]),
    (Format::Kml, "kml", &["kml", "kmz"]),
    (Format::Sql, "sql", &["sql"]),
    (
        Format::Foreign,
        "activity of another program",
        &["hrm", "pdd", "fitlog", "fitlog3", "pwx", "sml", "slf", "smf", "srm", "sdf", "ttbin", "wko", "hst", "xpd"],
    ),
    (Format::Packed, "archive", &["zip", "tar", "tgz", "7z", "rar", "bz2", "xz", "zst"]),
];

/// What is read in each format, and where such files come from. Tables are listed separately.
pub const DESCRIBED: [(&str, &str, &str); 8] = [
    (
        "gpx",
        "tracks of GPX 1.0 and 1.1, also of treadmills where the distance stands in them; planned routes are left alone",
        "most apps: open an activity, then Export GPX; Strava, Runkeeper and Apple Health put them into their archives",
    ),
    (
        "tcx",
        "activities of Garmin's Training Center, with the laps' own distance",
        "Garmin Connect, TomTom, Google Fit: export as TCX",
    ),
    (
        "fit",
        "sessions of FIT files, several in one, with the device's own distance and local time",
        "the watch's own files: Garmin Connect's Export Original, Suunto, COROS, Wahoo; in Strava's archive as .fit.gz",
    ),
    (
        "zip, gz",
        "archives and packed files as they are, archives inside archives too; nothing is unpacked to disk",
        "the archive as the app sends it: Strava, Garmin, Apple Health, Polar",
    ),
    (
        "xml",
        "Apple Health's export.xml: its workouts, with the routes beside it",
        "in the Health app, your picture > Export All Health Data",
    ),
    (
        "json",
        "Garmin's summarizedActivities, Fitbit exercises, Google Fit sessions, Runtastic and adidas Sport-sessions, \
         Endomondo workouts, Health Auto Export workouts, Nike runs, Polar sessions, running_page activities, \
         intervals.icu wellness and calendar",
        "the account export of each app: Fitbit and Google Fit at takeout.google.com, adidas Running under Settings > Account > \
         Export data, Health Auto Export in the app as JSON with workouts; read as it comes",
    ),
    (
        "xlsx, ods",
        "workbooks of Excel, LibreOffice, Numbers or Google Sheets: each sheet that is shown, as a table; .xls and .xlsb are not read",
        "kept by hand; in Google Sheets, File > Download > Microsoft Excel, in Numbers, File > Export To > Excel",
    ),
    (
        "text",
        "diaries and dated pain notes in .md, .txt or .org: lines or headings that begin with a date, or a file for each day; run \
         logs written as a table, with tabs or bars; a run whose day and distance stand in the lines of front matter, or in lines such as Distance: 6.4 km",
        "kept by hand, in Obsidian or Logseq, or with runhip note",
    ),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Gpx,
    Tcx,
    Fit,
    Csv,
    Workbook,
    Journal,
    Json,
    Html,
    Yaml,
    Xml,
    Kml,
    Sql,
    Foreign,
    Packed,
}

/// The contents of a file, and its format.
#[derive(Debug, Default, Clone, serde::Serialize, serde::Deserialize)]
pub struct FileContents {
    /// The format, if it was recognised.
    pub format: Option<String>,
    /// What could be read of it, and what was wrong.
    pub imported: Imported,
}

impl FileContents {
    /// The result for a file that no reader was called for.
    #[must_use]
    pub fn unread(imported: Imported) -> Self {
        Self { format: None, imported }
    }
}

/// The format that a file's name promises, without a final `.gz`.
fn promised(name: &str) -> Option<(Format, &'static str)> {
    let lower = name.to_lowercase();
    let mut stem = lower.as_str();
    while let Some(inner) = stem.strip_suffix(".gz") {
        stem = inner;
    }
    let ending = stem.rsplit_once('.').map_or("", |(_, ending)| ending);
    let (format, label, _) = FORMATS.iter().find(|(_, _, endings)| endings.contains(&ending))?;
    Some((*format, label))
}

/// True for the name of a file whose format may be read.
#[must_use]
pub fn is_readable_name(name: &str) -> bool {
    promised(name).is_some()
}

/// Reads one file, given its name and a stream of its bytes. Gzip is unpacked wherever the bytes begin with it,
/// whatever the name, up to the allowance for its size.
pub fn read(name: &str, size: Size, input: &mut dyn BufRead, terms: ReadOptions<'_>) -> FileContents {
    let Some((format, label)) = promised(name) else {
        return FileContents::unread(Imported::ignored("not a kind of file that runhip reads"));
    };
    let mut read = |bytes, input: &mut dyn BufRead| read_format(format, name, (bytes, size.unpacked), input, terms);
    let imported = match format {
        Format::Kml => Imported::ignored("KML is not read; export the activity as GPX instead"),
        Format::Sql => Imported::ignored("SQL is not read; export the table of runs as CSV instead"),
        Format::Packed => Imported::ignored("a kind of archive that runhip does not open; unpack it first"),
        _ => without_gzip(input, Some(size.bytes), MOST_GZIP_LAYERS, (size.unpacked, terms.limits), &mut read),
    };
    let mut imported = imported.with_notes_cut();
    imported.activities.iter_mut().for_each(local_time::settle_zone);
    FileContents { format: Some(label.to_owned()), imported }
}

/// `bytes` is the number of bytes, if known.
fn without_gzip(
    input: &mut dyn BufRead,
    bytes: Option<u64>,
    layers: u32,
    (allowance, limits): (u64, &Limits),
    read: &mut dyn FnMut(Option<u64>, &mut dyn BufRead) -> Imported,
) -> Imported {
    let start = first_bytes(input, 2);
    let mut input = start.as_slice().chain(input);
    if start != [0x1F, 0x8B] {
        return read(bytes, &mut input);
    }
    if layers == 0 {
        let why = format!("it is packed with gzip more than {MOST_GZIP_LAYERS} times over");
        return Imported::failed(Fault::Refused { why }.at(Place::File));
    }
    let why = limits.too_large(allowance);
    let limited = LimitedReader::new(MultiGzDecoder::new(input), allowance, why);
    without_gzip(&mut BufReader::with_capacity(1 << 16, limited), None, layers - 1, (allowance, limits), read)
}

fn read_format(
    format: Format,
    name: &str,
    (bytes, unpacked): (Option<u64>, u64),
    input: &mut dyn BufRead,
    terms: ReadOptions<'_>,
) -> Imported {
    let most = terms.limits.held_bytes;
    let whole = |input: &mut dyn BufRead, cut, read: &dyn Fn(&[u8]) -> Imported| match bytes {
        // If the size is known, not even one byte of a file that is too large is read.
        Some(bytes) if bytes > most => too_large(source::larger_than(most)),
        _ => whole(input, most, cut, read),
    };
    match format {
        Format::Gpx => gpx::read(input),
        Format::Tcx => tcx::read(input),
        Format::Fit => whole(input, Cut::Anywhere, &fit::read),
        Format::Xml => xml(input),
        Format::Csv => whole(input, Cut::AtLine, &|bytes| {
            if is_suggested_plan(bytes) {
                return Imported::ignored("a plan that runhip suggested, and no runs; runhip plan reads it");
            }
            let table = csv::read(bytes, name, terms.csv);
            // Many tables have words next to days, and most of them are no runner's.
            let by_values = table.dialect.as_deref() == Some(csv::note_table::DIALECT);
            if by_values && !table.notes.iter().any(|note| terms.classifier.concern(&note.text) >= Concern::Body) {
                return Imported::ignored("not a run log: days and words, none of them of the body");
            }
            Imported { owner: profile::owner(name, bytes), ..table }
        }),
        Format::Workbook => {
            whole(input, Cut::Anywhere, &|bytes| workbook::read(bytes, name, (unpacked, terms.limits), terms.csv))
        }
        // Notes may begin as an empty file; a log without a byte is a failed export.
        Format::Journal if input.fill_buf().is_ok_and(<[u8]>::is_empty) => {
            Imported::ignored("nothing is written in it")
        }
        Format::Journal => {
            whole(input, Cut::AtLine, &|bytes| match text(bytes, name, terms) {
                _ if is_own_report(bytes) => own_report(),
                // A text that explains a log may mention pain without being a note. A line that begins like a note is
                // one, whatever the file's name.
                read if read.notes.is_empty()
                    && read.activities.is_empty()
                    && read.problems.is_empty()
                    && explains(name) =>
                {
                    Imported::ignored("a text about files, without a dated line")
                }
                read => read,
            })
        }
        Format::Json => whole(input, Cut::Nowhere, &|bytes| match profile::owner(name, bytes) {
            _ if is_own_report(bytes) => own_report(),
            owner => {
                let as_table = |rows| csv::log_or_notes_in(rows, name, terms.csv);
                let complains = |words: &str| terms.classifier.concern(words) >= Concern::Complaint;
                Imported { owner, ..json::read(bytes, name, &as_table, &complains) }
            }
        }),
        Format::Yaml => whole(input, Cut::AtLine, &yaml),
        Format::Html if is_own_report(&first_bytes(input, BEGINNING_BYTES)) => own_report(),
        Format::Foreign => Imported::failed(Fault::ForeignActivity.at(Place::File)),
        Format::Html | Format::Kml | Format::Sql | Format::Packed => {
            Imported::ignored("not a kind of file that runhip reads")
        }
    }
}

/// The fewest lines with a day that make a file of keys and values a log.
const FEWEST_DAYS: usize = 2;

/// Refuses a log in YAML, which is not read, and ignores other files of that kind.
fn yaml(bytes: &[u8]) -> Imported {
    let decoded = csv::text::decode(bytes);
    let has_day = |line: &&str| journal::names_its_day(line.trim_start_matches([' ', '-', '\t']));
    if decoded.text.lines().filter(has_day).count() < FEWEST_DAYS {
        return Imported::ignored("YAML without days, so not a run log");
    }
    Imported::failed(Fault::YamlLog.at(Place::File))
}

/// The fewest rows of a table in HTML.
const FEWEST_ROWS: usize = 6;

/// Reports a table in HTML, which may hold runs and is not read.
fn tell_of_html(read: Imported, text: &str) -> Imported {
    if !read.activities.is_empty() || !text.contains('<') {
        return read;
    }
    let lower = text.to_lowercase();
    let count = lower.matches("<tr").count();
    let Some(at) = lower.lines().position(|line| line.contains("<tr")) else { return read };
    if count < FEWEST_ROWS || !told_distance::names_a_distance(&lower) {
        return read;
    }
    let mut read = Imported { refusal: None, ..read };
    read.problems.push(Fault::HtmlTable { rows: count }.at(Place::Line(at as u64 + 1)));
    read
}

/// Reads a text: a run log written as a table, else notes.
fn text(bytes: &[u8], name: &str, terms: ReadOptions<'_>) -> Imported {
    let notes = |bytes: &[u8]| journal::read(bytes, name, terms.classifier);
    let read = drawn_table::read(bytes, name, terms.csv, &notes).unwrap_or_else(|| notes(bytes));
    let read = front_matter_run::add(read, bytes, name, terms.csv);
    let decoded = csv::text::decode(bytes);
    tell_of_html(labelled_runs::add(read, &decoded.text, name, terms.csv), &decoded.text)
}

/// Reads an XML file by what its first element says.
fn xml(input: &mut dyn BufRead) -> Imported {
    let start = first_bytes(input, BEGINNING_BYTES);
    let chained = start.as_slice().chain(input);
    let holds = |mark: &[u8]| contains(&start, mark);
    if holds(b"<!DOCTYPE HealthData") || holds(b"<HealthData") {
        apple_health::read(chained)
    } else if holds(b"<gpx") {
        gpx::read(chained)
    } else if holds(b"<TrainingCenterDatabase") {
        tcx::read(chained)
    } else if holds(b"<ClinicalDocument") {
        Imported::ignored("Apple Health's clinical document, which holds no workouts")
    } else {
        Imported::ignored("XML of a kind that runhip does not read; export the activities as GPX, TCX or FIT")
    }
}

fn own_report() -> Imported {
    Imported::ignored("a report of runhip's own")
}

/// True for the name of a file that is read as a table.
#[must_use]
pub fn is_table(name: &str) -> bool {
    matches!(promised(name), Some((Format::Csv, _))) && !name.to_lowercase().ends_with(".gz")
}

/// True for the name of a file that is read as a journal of notes.
#[must_use]
pub fn is_journal_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let ending = lower.rsplit_once('.').map_or("", |(_, ending)| ending);
    FORMATS.iter().any(|(format, _, endings)| *format == Format::Journal && endings.contains(&ending))
}

/// True for a plan as `runhip plan --suggest` writes it: runs that were not run.
#[must_use]
pub fn is_suggested_plan(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(BEGINNING_BYTES)];
    [SUGGESTED_PLAN, SUGGESTED_PLAN_BEFORE_THE_MARK].iter().any(|mark| contains(start, mark.as_bytes()))
}

fn first_bytes(input: &mut dyn BufRead, count: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    // A read error occurs again, and is reported, when the rest is read.
    let _ = input.take(count as u64).read_to_end(&mut bytes);
    bytes
}

fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    memchr::memmem::find(bytes, mark).is_some()
}

/// Where an incomplete file may be cut so that the rest can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// Anywhere: the reader finds out how far it gets.
    Anywhere,
    /// After the last whole line, since half a number would be another number.
    AtLine,
    /// Nowhere: half of such a file is useless.
    Nowhere,
}

/// True for names of texts that describe software or collections of files.
fn explains(name: &str) -> bool {
    let name = name.rsplit(['/', '!']).next().unwrap_or(name).to_lowercase();
    ["readme", "index.", "license", "licence", "changelog", "contributing", "copying"]
        .iter()
        .any(|begin| name.starts_with(begin))
}

fn too_large(why: String) -> Imported {
    Imported::failed(Fault::TooLarge { why }.at(Place::File))
}

fn whole(input: &mut dyn BufRead, most_bytes: u64, cut: Cut, read: &dyn Fn(&[u8]) -> Imported) -> Imported {
    let (mut bytes, stopped) = source::read_all(input, most_bytes);
    let detail = match stopped {
        None if bytes.is_empty() => {
            return Imported::failed(Fault::Unreadable { detail: "it is empty".to_owned() }.at(Place::File));
        }
        None => return read(&bytes),
        Some(ReadStop::TooLarge(why)) => return too_large(why),
        Some(ReadStop::Broken(detail)) => detail,
    };
    match cut {
        Cut::Anywhere => {}
        Cut::AtLine => bytes.truncate(memchr::memrchr(b'\n', &bytes).map_or(0, |end| end + 1)),
        Cut::Nowhere => bytes.clear(),
    }
    let unreadable = |detail| Imported::failed(Fault::Unreadable { detail }.at(Place::File));
    if bytes.is_empty() {
        return unreadable(detail);
    }
    let mut imported = read(&bytes);
    match imported.refusal {
        Some(Refusal::Failed(_)) => return unreadable(detail),
        Some(Refusal::Ignored(_)) => {}
        None => imported.problems.push(Fault::BrokenOff { detail }.at(Place::File)),
    }
    imported
}

#[cfg(test)]
mod tests;
