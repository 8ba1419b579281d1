//! Rows and cells of a delimited text or of a sheet, each row with the line it begins at. It knows nothing of the
//! meaning of columns.

use csv::{ReaderBuilder, StringRecord};

use crate::import::limits::{LONGEST_LINE_BYTES, MOST_CELLS, MOST_COLUMNS, MOST_ENTRIES};
use crate::model::fault::Fault;
use crate::model::problem::{Place, Problem};

/// The number of lines searched for the header, which titles, comments and metadata may precede.
const HEADER_WITHIN_LINES: usize = 12;
/// The most lines of a row, where only the first rows of a table are examined.
const LINES_OF_A_ROW: usize = 8;
/// The most times that reading is restarted after a quote that is never closed.
const FRESH_STARTS: usize = 200;
/// The most bytes in all that are read again after such quotes.
const MOST_BYTES_AGAIN: usize = 200_000_000;

/// A line that may be the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderLine {
    /// The cells of the line.
    pub cells: Vec<String>,
    /// The separator of cells in this file.
    pub delimiter: u8,
    /// The byte offset of the line.
    start: usize,
    /// Its number, counted from 1.
    line: u64,
}

/// One row of a table under its header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line it begins at, counted from 1.
    pub line: u64,
    /// Its cells as written.
    pub cells: Vec<String>,
    /// Filled cells of a sheet to the right of the header.
    pub beside: Vec<String>,
}

impl HeaderLine {
    /// Its number, counted from 1.
    pub fn line(&self) -> u64 {
        self.line
    }
}

impl Row {
    /// A row with nothing beside the table.
    pub fn new(line: u64, cells: Vec<String>) -> Self {
        Self { line, cells, beside: Vec::new() }
    }

    /// A cell without outer spaces; empty if the row is too short.
    pub fn cell(&self, index: usize) -> &str {
        let Some(cell) = self.cells.get(index) else { return "" };
        match cell.as_bytes() {
            // Nothing to trim, which is soon seen.
            [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => cell,
            _ => cell.trim(),
        }
    }
}

/// The source of a table's rows.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// A delimited text.
    Text(&'a str),
    /// Separate cells: a sheet of a workbook, or a table drawn in a text.
    Cells(&'a [Row]),
}

impl Source<'_> {
    /// The lines near the top that may be the header, in order.
    pub fn header_lines(self) -> Vec<HeaderLine> {
        match self {
            Self::Text(text) => header_lines(text),
            Self::Cells(rows) => {
                let top = rows.iter().enumerate().take(HEADER_WITHIN_LINES);
                top.filter(|(_, row)| !is_blank(&row.cells))
                    .map(|(start, row)| HeaderLine {
                        cells: row.cells.clone(),
                        delimiter: b'\t',
                        start,
                        line: row.line,
                    })
                    .collect()
            }
        }
    }

    /// The rows below a header, and a problem for each that cannot be used whole.
    pub fn rows(self, header: &HeaderLine) -> (Vec<Row>, Vec<Problem>) {
        match self {
            Self::Text(text) => rows(text, header),
            Self::Cells(all) => cell_rows(all, header),
        }
    }

    /// At most the first `most` rows, and the problems among them.
    pub fn top(self, header: &HeaderLine, most: usize) -> (Vec<Row>, Vec<Problem>) {
        let (mut rows, problems) = match self {
            Self::Text(text) => {
                // A row may span several lines, but hardly all of them do.
                let lines = memchr::memchr_iter(b'\n', &text.as_bytes()[header.start..]).nth(most * LINES_OF_A_ROW);
                rows(&text[..lines.map_or(text.len(), |end| header.start + end)], header)
            }
            Self::Cells(all) => cell_rows(&all[..all.len().min(header.start + 1 + most * LINES_OF_A_ROW)], header),
        };
        rows.truncate(most);
        (rows, problems)
    }

    /// The text above a header: a title, or comments.
    pub fn above(self, header: &HeaderLine) -> String {
        match self {
            Self::Text(text) => text[..header.start].to_owned(),
            Self::Cells(rows) => {
                rows[..header.start].iter().flat_map(|row| &row.cells).cloned().collect::<Vec<_>>().join(" ")
            }
        }
    }

    /// The cells of the line right above a header, where it has at least two and none says more than a name: names of
    /// groups of columns.
    pub fn groups_above(self, header: &HeaderLine) -> Option<Vec<String>> {
        let cells = match self {
            Self::Text(text) => {
                let line = text[..header.start].trim_end_matches(['\n', '\r']).rsplit('\n').next()?;
                header_cells(line, line, header.delimiter)?
            }
            Self::Cells(rows) => {
                let above = rows.get(header.start.checked_sub(1)?)?;
                (above.line + 1 == header.line).then(|| above.cells.clone())?
            }
        };
        let is_name = |cell: &String| !cell.contains(|c: char| c == ':' || c.is_ascii_digit());
        let names = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        (names > 1 && cells.iter().all(is_name)).then_some(cells)
    }

    /// True if any cell below a header may hold a word: in figures and moments such as `2026-03-04T06:30Z` there is none. It is told
    /// without parting the cells, for tables of millions of figures.
    pub fn may_hold_words(self, header: &HeaderLine) -> bool {
        let wordy = |text: &str| {
            let letter = |pair: &[u8]| pair.iter().all(u8::is_ascii_alphabetic);
            !text.is_ascii() || text.as_bytes().windows(2).any(letter)
        };
        match self {
            Self::Text(text) => text[header.start..].split_once('\n').is_some_and(|(_, below)| wordy(below)),
            Self::Cells(rows) => rows.iter().skip(header.start + 1).any(|row| row.cells.iter().any(|cell| wordy(cell))),
        }
    }

    /// True if it holds only white space.
    pub fn is_blank(self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Cells(rows) => rows.iter().all(|row| is_blank(&row.cells)),
        }
    }
}

fn is_blank(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.trim().is_empty())
}

fn cell_rows(all: &[Row], header: &HeaderLine) -> (Vec<Row>, Vec<Problem>) {
    let width = header.cells.len();
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    let mut cells = 0;
    for row in all.iter().skip(header.start + 1).filter(|row| !is_blank(&row.cells)) {
        if rows.len() + problems.len() >= MOST_ENTRIES {
            problems.push(Fault::TooManyEntries { most: MOST_ENTRIES }.at(Place::Line(row.line)));
            break;
        }
        cells += row.cells.len().min(width);
        if cells > MOST_CELLS {
            let what = format!("more than {MOST_CELLS} cells");
            problems.push(Fault::TooMuch { what }.at(Place::Line(row.line)));
            break;
        }
        // A sheet may have cells next to a table that do not belong to it.
        let beside = row.cells.iter().skip(width).filter(|cell| !cell.trim().is_empty()).cloned().collect();
        rows.push(Row { line: row.line, cells: row.cells.iter().take(width).cloned().collect(), beside });
    }
    (rows, problems)
}

/// The lines near the top of a text that may be the header, in order. Blank lines and a spreadsheet's `sep=` are left
/// out; the caller decides whether a line is a comment.
fn header_lines(text: &str) -> Vec<HeaderLine> {
    let mut found = Vec::new();
    let mut start = 0;
    for (number, raw) in text.split_inclusive('\n').take(HEADER_WITHIN_LINES).enumerate() {
        let line = raw.trim_end_matches(['\n', '\r']);
        if !line.trim().is_empty() && !line.to_ascii_lowercase().starts_with("sep=") {
            let delimiter = delimiter(line);
            if let Some(cells) = header_cells(&text[start..], line, delimiter) {
                found.push(HeaderLine { cells, delimiter, start, line: number as u64 + 1 });
            }
        }
        start += raw.len();
    }
    found
}

/// The fault of a table with too many columns.
pub fn too_wide(lines: &[HeaderLine]) -> Option<Fault> {
    let why = || format!("it has more than {MOST_COLUMNS} columns");
    lines.iter().any(|line| line.cells.len() > MOST_COLUMNS).then(|| Fault::Overfull { why: why() })
}

/// The cells of the record that begins with `line`, the first of `rest`.
fn header_cells(rest: &str, line: &str, delimiter: u8) -> Option<Vec<String>> {
    // Most lines need no CSV reader, and creating one takes longer than reading a small log.
    if line.len() <= LONGEST_LINE_BYTES && !line.contains(['"', '\r']) {
        return Some(line.split(char::from(delimiter)).map(str::to_owned).collect());
    }
    // The text from here on, since a quoted header cell may span several lines.
    let end = rest.len().min(LONGEST_LINE_BYTES);
    let mut reader = builder(delimiter).from_reader(&rest.as_bytes()[..end]);
    let mut record = StringRecord::new();
    matches!(reader.read_record(&mut record), Ok(true)).then(|| record.iter().map(str::to_owned).collect())
}

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

    /// Takes the row that begins at a line, unless it is blank; false where a limit is reached.
    fn take(&mut self, line: u64, cells: &[&str]) -> bool {
        let width = self.header.cells.len();
        let (own, beyond) = cells.split_at(width.min(cells.len()));
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return true;
        }
        if self.rows.len() + self.problems.len() >= MOST_ENTRIES {
            self.problems.push(Fault::TooManyEntries { most: MOST_ENTRIES }.at(Place::Line(line)));
            return false;
        }
        self.cells += own.len();
        if self.cells > MOST_CELLS {
            let what = format!("more than {MOST_CELLS} cells");
            self.problems.push(Fault::TooMuch { what }.at(Place::Line(line)));
            return false;
        }
        // A separator too many, and every cell after it is in the wrong column.
        if beyond.iter().any(|cell| !cell.trim().is_empty()) {
            let detail = format!("the row has {} cells and the header {width}", cells.len());
            self.problems.push(Fault::BadRow { detail }.at(Place::Line(line)));
        } else {
            self.rows.push(Row::new(line, own.iter().map(|&cell| cell.to_owned()).collect()));
        }
        true
    }
}

fn rows(text: &str, header: &HeaderLine) -> (Vec<Row>, Vec<Problem>) {
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
        let mut reader = builder(header.delimiter).from_reader(rest.as_bytes());
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

fn builder(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter);
    builder
}

/// True if a record has an odd number of quotes and spans several lines to the end of the text.
fn never_closed(record: &str) -> bool {
    record.trim_end().contains('\n') && record.matches('"').count() % 2 == 1
}

/// The separator that is most frequent in this line outside quotes; a comma if there is none.
fn delimiter(line: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        for (delimiter, count) in &mut counts {
            *count += usize::from(!quoted && byte == *delimiter);
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_header_line_without_quotes_has_the_cells_that_a_reader_finds() {
        for line in ["date,distance_km,notes", "a", "a;b;", ";", " a , b ", "Länge;走る", "a\tb"] {
            let delimiter = delimiter(line);
            let mut reader = builder(delimiter).from_reader(line.as_bytes());
            let mut record = StringRecord::new();
            assert!(reader.read_record(&mut record).expect("text"));
            let read: Vec<String> = record.iter().map(str::to_owned).collect();
            assert_eq!(header_cells(line, line, delimiter), Some(read), "{line}");
        }
    }

    fn read(text: &str) -> (Vec<(u64, Vec<String>)>, Vec<String>) {
        let header = header_lines(text).remove(0);
        let (rows, problems) = rows(text, &header);
        let rows = rows.into_iter().map(|row| (row.line, row.cells)).collect();
        (rows, problems.into_iter().map(|p| format!("{}: {}", p.place, p.what)).collect())
    }

    #[test]
    fn the_delimiter_is_counted_outside_quotes() {
        assert_eq!(delimiter("Datum;\"Strecke, in km, gerundet\";Zeit"), b';');
        assert_eq!(delimiter("date\tkm\tnote"), b'\t');
        assert_eq!(delimiter("date"), b',');
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
    fn titles_and_separator_lines_may_stand_before_the_header() {
        let lines = header_lines("sep=;\n# my log\n\ndate;km\n2026-03-04;5\n");
        assert_eq!(lines[1].cells, ["date", "km"]);
        assert_eq!(lines[1].line, 4);
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
    fn more_columns_than_a_log_has_are_refused() {
        let header = |columns: usize| header_lines(&format!("# mine\ndate,km{}\n", ",x".repeat(columns - 2)));
        assert_eq!(too_wide(&header(MOST_COLUMNS)), None);
        let why = "it has more than 2000 columns".to_owned();
        assert_eq!(too_wide(&header(MOST_COLUMNS + 1)), Some(Fault::Overfull { why }));
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
