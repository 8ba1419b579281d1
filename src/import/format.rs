//! From a file's name and first bytes to the reader for it. Adding a format is one line in the list and one arm here.

use std::io::{BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::csv::{self, CsvOptions};
use super::imported::Imported;
use super::{fit, gpx, journal, source, tcx};
use crate::model::problem::{Fault, Place};

/// A file of text or records larger than this is not read.
const LARGEST_WHOLE_FILE_BYTES: u64 = 1_000_000_000;

/// What a kind of file is called and which endings it has.
const FORMATS: &[(Format, &str, &[&str])] = &[
    (Format::Gpx, "gpx", &["gpx"]),
    (Format::Tcx, "tcx", &["tcx"]),
    (Format::Fit, "fit", &["fit"]),
    (Format::Csv, "csv", &["csv", "tsv"]),
    (Format::Journal, "text", &["md", "markdown", "txt"]),
    (Format::Json, "json", &["json"]),
    (Format::Html, "html", &["html", "htm"]),
    (Format::Xml, "xml", &["xml"]),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Gpx,
    Tcx,
    Fit,
    Csv,
    Journal,
    Json,
    Html,
    Xml,
}

/// What a file gave, and what kind of file it is.
#[derive(Debug, Default)]
pub struct FileContents {
    /// The format, where one was recognised.
    pub format: Option<&'static str>,
    /// What it gave.
    pub imported: Imported,
}

/// Reads one file by its name, from a stream of its bytes.
pub fn read(name: &str, input: &mut dyn BufRead, options: &CsvOptions) -> FileContents {
    let lower = name.to_lowercase();
    if let Some(inner) = lower.strip_suffix(".gz") {
        let mut unpacked = BufReader::with_capacity(1 << 16, MultiGzDecoder::new(input));
        return read(inner, &mut unpacked, options);
    }
    let ending = lower.rsplit_once('.').map_or("", |(_, ending)| ending);
    let Some(&(format, label, _)) = FORMATS.iter().find(|(_, _, endings)| endings.contains(&ending)) else {
        return FileContents { format: None, imported: Imported::ignored("not a kind of file that runhip reads") };
    };
    FileContents { format: Some(label), imported: read_format(format, name, input, options) }
}

fn read_format(format: Format, name: &str, mut input: &mut dyn BufRead, options: &CsvOptions) -> Imported {
    match format {
        Format::Gpx => gpx::read(input),
        Format::Tcx => tcx::read(input),
        Format::Fit => whole(input, fit::read),
        Format::Xml => {
            let start = beginning(&mut input);
            let chained = start.as_slice().chain(input);
            if contains(&start, b"<gpx") {
                gpx::read(chained)
            } else if contains(&start, b"<TrainingCenterDatabase") {
                tcx::read(chained)
            } else {
                Imported::ignored("XML of a kind that runhip does not read")
            }
        }
        Format::Csv => whole(input, |bytes| csv::read(bytes, name, options)),
        Format::Journal => whole(input, |bytes| if is_own_report(bytes) { own_report() } else { journal::read(bytes) }),
        Format::Json | Format::Html => {
            if is_own_report(&beginning(&mut input)) {
                own_report()
            } else {
                Imported::ignored("not a kind of file that runhip reads")
            }
        }
    }
}

fn own_report() -> Imported {
    Imported::ignored("a report of runhip's own")
}

/// True for the name of a file that is read as a journal of notes.
#[must_use]
pub fn is_journal_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let ending = lower.rsplit_once('.').map_or("", |(_, ending)| ending);
    FORMATS.iter().any(|(format, _, endings)| *format == Format::Journal && endings.contains(&ending))
}

/// The marks that the report formats carry near their beginning.
#[must_use]
pub fn is_own_report(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(BEGINNING_BYTES)];
    [
        &b"<!-- runhip report -->"[..],
        b"<meta name=\"generator\" content=\"runhip",
        b"\"tool\": {\n    \"name\": \"runhip\"",
    ]
    .iter()
    .any(|mark| contains(start, mark))
}

const BEGINNING_BYTES: usize = 4_096;

fn beginning(input: &mut impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What cannot be read shows up again, and is reported, when the rest is read.
    let _ = input.take(BEGINNING_BYTES as u64).read_to_end(&mut bytes);
    bytes
}

fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    memchr::memmem::find(bytes, mark).is_some()
}

fn whole(input: &mut dyn BufRead, read: impl FnOnce(&[u8]) -> Imported) -> Imported {
    match source::read_all(input, LARGEST_WHOLE_FILE_BYTES) {
        Ok(bytes) if bytes.is_empty() => {
            Imported::failed(Fault::Unreadable { detail: "it is empty".to_owned() }.at(Place::File))
        }
        Ok(bytes) => read(&bytes),
        Err(problem) => Imported::failed(problem),
    }
}
