//! Readers of log files, called as for a real file: with its name and bytes.

use std::io::{BufRead, BufReader};

use globset::GlobSet;
use runhip::import::archive;
use runhip::import::csv::CsvOptions;
use runhip::import::format::{self, FileContents, ReadOptions, Size};
use runhip::import::imported::{Imported, Refusal};
use runhip::model::concern::ConcernClassifier;
use runhip::model::limits::Limits;
use runhip::model::units::Units;
use runhip::pain::concern;

use super::contents;

/// The bytes that a slow disk returns at a time.
const FEW_BYTES: usize = 7;

/// The most bytes that may come out of a packed file here.
const MOST_UNPACKED_BYTES: usize = 1_000_000;

pub fn gpx(bytes: &[u8]) {
    text("a.gpx", bytes);
}

pub fn tcx(bytes: &[u8]) {
    let twice = a_point_says_twice(bytes);
    text_but_for("a.tcx", bytes, &|imported| {
        // If a point says something twice, which of the two counts depends on how the bytes arrive.
        if !twice {
            return;
        }
        imported.problems.clear();
        for activity in &mut imported.activities {
            (activity.zone, activity.distance, activity.track_m, activity.elapsed_s) = (None, None, None, None);
        }
    });
}

/// True if a track point holds a second position, distance or time.
fn a_point_says_twice(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.split("<Trackpoint").skip(1).any(|point| {
        let point = point.split("</Trackpoint").next().unwrap_or_default();
        ["<Position>", "<DistanceMeters>", "<Time>"].iter().any(|name| point.matches(name).count() > 1)
    })
}

pub fn apple_health(bytes: &[u8]) {
    text("export.xml", bytes);
}

/// Reads the bytes as notes in a text file.
pub fn journal(bytes: &[u8]) {
    text("pain.md", bytes);
    // A journal of one file a day, and an outline.
    text("journals/2026_03_04.md", bytes);
    text("2026.org", bytes);
}

pub fn json(bytes: &[u8]) {
    text("a.json", bytes);
}

/// Reads the bytes as a workbook; which kind it is, is seen from its contents.
pub fn workbook(bytes: &[u8]) {
    contents::hold(&from_memory("log.xlsx", bytes), MOST_UNPACKED_BYTES, None);
}

pub fn fit(bytes: &[u8]) {
    let read = from_memory("a.fit", bytes);
    let packed = is_packed(bytes);
    contents::hold(&read, if packed { MOST_UNPACKED_BYTES } else { bytes.len() }, None);
}

pub fn run_log(bytes: &[u8]) {
    text("log.csv", bytes);
}

/// Reads the bytes as pain tables, lists of shoes, other tables, and with columns that the runner has assigned.
pub fn tables(bytes: &[u8]) {
    text("export/shoes.tsv", bytes);
    let columns = [("date", "when"), ("distance", "far"), ("duration", "long"), ("distance_unit", "mi")];
    let named = CsvOptions {
        columns: columns.iter().map(|(key, header)| ((*key).to_owned(), (*header).to_owned())).collect(),
        default_unit: Some(Units::Mi),
        ..CsvOptions::default()
    };
    let read = read("log.csv", bytes, &mut &bytes[..], &named);
    contents::hold(&read, if is_packed(bytes) { MOST_UNPACKED_BYTES } else { bytes.len() }, None);
}

/// Reads the bytes as a zip archive, and as a file whose name promises gzip.
pub fn archive(bytes: &[u8]) {
    let (csv, limits) = (CsvOptions::default(), small());
    let terms = ReadOptions { csv: &csv, limits: &limits, classifier: ConcernClassifier(concern::of) };
    let rows = archive::read_bytes(bytes, "a.zip", &GlobSet::empty(), terms);
    assert_eq!(rows.first().map(|(name, _)| name.as_str()), Some("a.zip"));
    assert!(rows.len() <= bytes.len() + 1);
    for (name, read) in &rows {
        assert!(!name.contains(char::is_control) && !name.split(['/', '!']).any(|part| part == ".."), "{name:?}");
        if read.format.as_deref() == Some("zip") && rows.len() > 1 {
            continue;
        }
        contents::hold(read, MOST_UNPACKED_BYTES, None);
    }
    for name in ["a.gpx.gz", "notes.txt"] {
        let read = read(name, bytes, &mut &bytes[..], &csv);
        contents::hold(&read, MOST_UNPACKED_BYTES, None);
    }
}

/// Reads a text file whole and in small pieces, and compares.
fn text(name: &str, bytes: &[u8]) {
    text_but_for(name, bytes, &|_| {});
}

/// The same, after `level` has removed what may differ.
fn text_but_for(name: &str, bytes: &[u8], level: &dyn Fn(&mut Imported)) {
    let mut whole = from_memory(name, bytes);
    let packed = is_packed(bytes);
    let unpacked_bytes = if packed { MOST_UNPACKED_BYTES } else { bytes.len() };
    contents::hold(&whole, unpacked_bytes, (!packed).then(|| lines_of(bytes)));
    let mut pieces = BufReader::with_capacity(FEW_BYTES, bytes);
    let mut piecemeal = read(name, bytes, &mut pieces, &CsvOptions::default());
    // The reader does not look for defects inside a track point that has arrived whole.
    if !breaks_off(&whole.imported) && !breaks_off(&piecemeal.imported) {
        for imported in [&mut whole.imported, &mut piecemeal.imported] {
            // Bytes after the end of the contents are checked only if they arrived together with it.
            imported.problems.retain(|problem| !problem.what.starts_with("some bytes are not valid text"));
            level(imported);
        }
        assert_eq!((whole.format, whole.imported), (piecemeal.format, piecemeal.imported));
    }
}

fn breaks_off(imported: &Imported) -> bool {
    matches!(imported.refusal, Some(Refusal::Failed(_)))
        || imported.problems.iter().any(|problem| problem.what.starts_with("the file breaks off"))
}

fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1F, 0x8B])
}

/// Lines as editors count them, in whichever encoding. If there is no line feed, carriage returns end lines.
pub fn lines_of(bytes: &[u8]) -> u64 {
    let end = if bytes.contains(&b'\n') { b'\n' } else { b'\r' };
    bytes.split(|&byte| byte == end).count() as u64
}

pub fn from_memory(name: &str, bytes: &[u8]) -> FileContents {
    read(name, bytes, &mut &bytes[..], &CsvOptions::default())
}

fn read(name: &str, bytes: &[u8], input: &mut dyn BufRead, csv: &CsvOptions) -> FileContents {
    let limits = small();
    let size = Size { bytes: bytes.len() as u64, unpacked: limits.unpacked_allowance(bytes.len() as u64) };
    format::read(name, size, input, ReadOptions { csv, limits: &limits, classifier: ConcernClassifier(concern::of) })
}

/// The default limits, but lower where a test would take too long.
fn small() -> Limits {
    Limits { unpacked_bytes: MOST_UNPACKED_BYTES as u64, ..Limits::default() }
}
