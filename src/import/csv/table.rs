//! Rows and cells of a delimited text or of a sheet, each row with the line it begins at. It knows nothing of the
//! meaning of columns.

mod below;

use compact_str::CompactString;
use csv::StringRecord;

use self::below::{cell_rows, reader_of, rows};
use crate::import::limits::{LONGEST_LINE_BYTES, MOST_COLUMNS};
use crate::model::fault::Fault;
use crate::model::problem::Problem;

/// The number of lines searched for the header, which titles, comments and metadata may precede.
const HEADER_WITHIN_LINES: usize = 12;
/// The most lines of a row, where only the first rows of a table are examined.
const LINES_OF_A_ROW: usize = 8;

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
    /// Its cells as written, most of which are short.
    pub cells: Vec<CompactString>,
    /// Filled cells of a sheet to the right of the header.
    pub beside: Vec<CompactString>,
}

impl HeaderLine {
    /// Its number, counted from 1.
    pub fn line(&self) -> u64 {
        self.line
    }
}

impl Row {
    /// A row with nothing beside the table.
    pub fn new(line: u64, cells: impl IntoIterator<Item: Into<CompactString>>) -> Self {
        Self { line, cells: cells.into_iter().map(Into::into).collect(), beside: Vec::new() }
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
                        cells: row.cells.iter().map(CompactString::to_string).collect(),
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
                (above.line + 1 == header.line).then(|| above.cells.iter().map(CompactString::to_string).collect())?
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

fn is_blank(cells: &[CompactString]) -> bool {
    cells.iter().all(|cell| cell.trim().is_empty())
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
    let mut reader = reader_of(delimiter, &rest.as_bytes()[..end]);
    let mut record = StringRecord::new();
    matches!(reader.read_record(&mut record), Ok(true)).then(|| record.iter().map(str::to_owned).collect())
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
    use super::*;

    #[test]
    fn a_header_line_without_quotes_has_the_cells_that_a_reader_finds() {
        for line in ["date,distance_km,notes", "a", "a;b;", ";", " a , b ", "Länge;走る", "a\tb"] {
            let delimiter = delimiter(line);
            let mut reader = reader_of(delimiter, line.as_bytes());
            let mut record = StringRecord::new();
            assert!(reader.read_record(&mut record).expect("text"));
            let read: Vec<String> = record.iter().map(str::to_owned).collect();
            assert_eq!(header_cells(line, line, delimiter), Some(read), "{line}");
        }
    }

    #[test]
    fn the_delimiter_is_counted_outside_quotes() {
        assert_eq!(delimiter("Datum;\"Strecke, in km, gerundet\";Zeit"), b';');
        assert_eq!(delimiter("date\tkm\tnote"), b'\t');
        assert_eq!(delimiter("date"), b',');
    }

    #[test]
    fn titles_and_separator_lines_may_stand_before_the_header() {
        let lines = header_lines("sep=;\n# my log\n\ndate;km\n2026-03-04;5\n");
        assert_eq!(lines[1].cells, ["date", "km"]);
        assert_eq!(lines[1].line, 4);
    }

    #[test]
    fn more_columns_than_a_log_has_are_refused() {
        let header = |columns: usize| header_lines(&format!("# mine\ndate,km{}\n", ",x".repeat(columns - 2)));
        assert_eq!(too_wide(&header(MOST_COLUMNS)), None);
        let why = "it has more than 2000 columns".to_owned();
        assert_eq!(too_wide(&header(MOST_COLUMNS + 1)), Some(Fault::Overfull { why }));
    }
}
