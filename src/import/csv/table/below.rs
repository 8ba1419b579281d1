//! The rows below a header, from a text or a sheet, up to the limits of a table.

use csv::{Reader, ReaderBuilder, StringRecord};

use super::{HeaderLine, Row, is_blank};
use crate::import::limits::{MOST_CELLS, MOST_ENTRIES};
use crate::model::fault::Fault;
use crate::model::problem::{Place, Problem};

/// The most times that reading is restarted after a quote that is never closed.
const FRESH_STARTS: usize = 200;
/// The most bytes in all that are read again after such quotes.
const MOST_BYTES_AGAIN: usize = 200_000_000;

/// Room is made for so many rows at first. Few logs have more, and a text of many lines need not be a table.
const ROWS_AT_FIRST: usize = 2_000;

/// The rows below a header as they are taken, up to the limits of a table.
struct Below<'a> {
    header: &'a HeaderLine,
    rows: Vec<Row>,
    problems: Vec<Problem>,
    cells: usize,
}

impl<'a> Below<'a> {
    fn of(header: &'a HeaderLine) -> Self {
        Self { header, rows: Vec::new(), problems: Vec::new(), cells: 0 }
    }

    /// Whether a row of so many cells may be added; if not, a problem says so.
    fn has_room(&mut self, line: u64, cells: usize) -> bool {
        if self.rows.len() + self.problems.len() >= MOST_ENTRIES {
            self.problems.push(Fault::TooManyEntries { most: MOST_ENTRIES }.at(Place::Line(line)));
            return false;
        }
        self.cells += cells;
        if self.cells > MOST_CELLS {
            let what = format!("more than {MOST_CELLS} cells");
            self.problems.push(Fault::TooMuch { what }.at(Place::Line(line)));
            return false;
        }
        true
    }

    /// Takes the row that begins at a line, unless it is blank; false where a limit is reached.
    fn take(&mut self, line: u64, cells: &[&str]) -> bool {
        let width = self.header.cells.len();
        let (own, beyond) = cells.split_at(width.min(cells.len()));
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return true;
        }
        if !self.has_room(line, own.len()) {
            return false;
        }
        // A separator too many, and every cell after it is in the wrong column.
        if beyond.iter().any(|cell| !cell.trim().is_empty()) {
            let detail = format!("the row has {} cells and the header {width}", cells.len());
            self.problems.push(Fault::BadRow { detail }.at(Place::Line(line)));
        } else {
            self.rows.push(Row::new(line, own.iter().copied()));
        }
        true
    }
}

/// The rows of a sheet below a header.
pub(super) fn cell_rows(all: &[Row], header: &HeaderLine) -> (Vec<Row>, Vec<Problem>) {
    let width = header.cells.len();
    let mut below = Below::of(header);
    for row in all.iter().skip(header.start + 1).filter(|row| !is_blank(&row.cells)) {
        if !below.has_room(row.line, row.cells.len().min(width)) {
            break;
        }
        // A sheet may have cells next to a table that do not belong to it.
        let beside = row.cells.iter().skip(width).filter(|cell| !cell.trim().is_empty()).cloned().collect();
        below.rows.push(Row { line: row.line, cells: row.cells.iter().take(width).cloned().collect(), beside });
    }
    (below.rows, below.problems)
}

/// The rows of a text below a header, and a problem for each that cannot be used whole.
pub(super) fn rows(text: &str, header: &HeaderLine) -> (Vec<Row>, Vec<Problem>) {
    if is_plain(&text[header.start..]) { plain_rows(text, header) } else { quoted_rows(text, header) }
}

/// Whether every line is a row, and every separator one: there is no quote, and no line end but `\n` and `\r\n`.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr(b'"', bytes).is_none()
        && memchr::memchr_iter(b'\r', bytes).all(|at| bytes.get(at + 1) == Some(&b'\n'))
}

/// The rows of a plain text, which need no CSV reader: creating one takes longer than reading a year of runs.
fn plain_rows(text: &str, header: &HeaderLine) -> (Vec<Row>, Vec<Problem>) {
    let mut below = Below::of(header);
    below.rows.reserve(memchr::memchr_iter(b'\n', &text.as_bytes()[header.start..]).count().min(ROWS_AT_FIRST));
    let mut cells = Vec::new();
    for (line, row) in (header.line..).zip(text[header.start..].lines()).skip(1) {
        cells.clear();
        cells.extend(row.split(char::from(header.delimiter)));
        if !below.take(line, &cells) {
            break;
        }
    }
    (below.rows, below.problems)
}

fn quoted_rows(text: &str, header: &HeaderLine) -> (Vec<Row>, Vec<Problem>) {
    let mut below = Below::of(header);
    let mut start = header.start;
    let mut line = header.line;
    let mut skip_header = true;
    let (mut again, mut fresh_starts) = (0, 0);
    loop {
        let rest = &text[start..];
        let mut reader = reader_of(header.delimiter, rest.as_bytes());
        let mut record = StringRecord::new();
        let mut broken = None;
        while matches!(reader.read_record(&mut record), Ok(true)) {
            if std::mem::take(&mut skip_header) {
                continue;
            }
            // The position may be before the line ends that follow the previous record.
            let (at, at_line) = record.position().map_or((0, 1), |p| (p.byte(), p.line()));
            let at = usize::try_from(at).unwrap_or(rest.len()).min(rest.len());
            let line_ends = rest.as_bytes()[at..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            let blank_lines = rest[at..at + line_ends].matches('\n').count() as u64;
            let (at, row_line) = (at + line_ends, line + at_line - 1 + blank_lines);
            let end = usize::try_from(reader.position().byte()).unwrap_or(rest.len());
            if end >= rest.len() && never_closed(&rest[at..]) {
                broken = Some((at, row_line));
                break;
            }
            if !below.take(row_line, &record.iter().collect::<Vec<_>>()) {
                return (below.rows, below.problems);
            }
        }
        let Some((at, row_line)) = broken else { break };
        let detail = "a quote is opened and never closed".to_owned();
        below.problems.push(Fault::BadRow { detail }.at(Place::Line(row_line)));
        let Some(length) = rest[at..].find('\n') else { break };
        start += at + length + 1;
        line = row_line + 1;
        again += text.len() - start;
        fresh_starts += 1;
        if fresh_starts == FRESH_STARTS || again > MOST_BYTES_AGAIN {
            let what = "more quotes that are opened and never closed than can be got over".to_owned();
            below.problems.push(Fault::TooMuch { what }.at(Place::Line(line)));
            break;
        }
    }
    (below.rows, below.problems)
}

/// A reader of records of any length, the header among them.
pub(super) fn reader_of(delimiter: u8, bytes: &[u8]) -> Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes)
}

/// True if a record has an odd number of quotes and spans several lines to the end of the text.
fn never_closed(record: &str) -> bool {
    record.trim_end().contains('\n') && record.matches('"').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::header_lines;
    use super::*;
    use crate::import::limits::MOST_COLUMNS;

    fn read(text: &str) -> (Vec<(u64, Vec<String>)>, Vec<String>) {
        let header = header_lines(text).remove(0);
        let (rows, problems) = rows(text, &header);
        let rows =
            rows.into_iter().map(|row| (row.line, row.cells.iter().map(ToString::to_string).collect())).collect();
        (rows, problems.into_iter().map(|p| format!("{}: {}", p.place, p.what)).collect())
    }

    #[test]
    fn lines_are_counted_through_quoted_line_ends_and_blank_lines() {
        let (rows, problems) = read("a,b\n1,\"x\ny\"\n\n2,z\r\n3,w");
        let lines: Vec<u64> = rows.iter().map(|row| row.0).collect();
        assert_eq!((lines, problems.len()), (vec![2, 5, 6], 0));
    }

    #[test]
    fn a_quote_never_closed_costs_its_own_row_only() {
        let (rows, problems) = read("date,km,note\n2026-03-04,5,\"easy\n2026-03-05,6,fine\n2026-03-06,7,fine\n");
        assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), [3, 4]);
        assert_eq!(problems, ["line 2: a quote is opened and never closed; the row was left out"]);
    }

    #[test]
    fn a_row_longer_than_the_header_is_not_read_into_the_wrong_columns() {
        let (rows, problems) = read("date,km,time\n2026-03-04,7,00,40:00\n2026-03-05,7,40:00,,\n");
        assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), [3]);
        assert_eq!(problems, ["line 2: the row has 4 cells and the header 3; the row was left out"]);
    }

    #[test]
    fn a_plain_text_is_read_as_the_csv_reader_reads_it() {
        let cells =
            prop::sample::select(vec!["", " ", "5", "7,5", "km;", "\t", "\n", "\r\n", "\n\n", "left hip 4/10", "走る"]);
        let texts = prop::collection::vec(cells, 1..40).prop_map(|parts| parts.concat());
        proptest!(|(text in texts)| {
            prop_assert!(is_plain(&text));
            for header in header_lines(&text) {
                prop_assert_eq!(plain_rows(&text, &header), quoted_rows(&text, &header));
            }
        });
        for text in ["a,b\n1,\"2\"", "a,b\r1,2", "a,b\n1,2\r"] {
            assert!(!is_plain(text), "{text:?}");
        }
    }

    #[test]
    fn of_more_cells_than_a_table_has_the_first_rows_are_kept() {
        // Rows of 2,000 cells: 2,500 of them have five million.
        let commas = ",".repeat(MOST_COLUMNS - 2);
        let text = format!("a,b{commas}\n{}", format!("1,2{commas}\n").repeat(2_501));
        let (rows, problems) = rows(&text, &header_lines(&text)[0]);
        assert_eq!(rows.len(), 2_500);
        let told: Vec<_> = problems.iter().map(|problem| (problem.place, problem.what.as_str())).collect();
        assert_eq!(told, [(Place::Line(2_502), "it holds more than 5000000 cells; the rest was left out")]);
    }
}
