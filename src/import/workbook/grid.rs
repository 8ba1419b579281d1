//! The cells of one sheet as the text of a table, one line for each row, within a bound on all cells and text of a workbook.
//! It knows no kind of workbook.

use crate::import::limits::{MOST_CELLS, MOST_COLUMNS};
use crate::model::fault::Fault;
use crate::model::limits::size_in_words;

/// Rows of a sheet, as spreadsheet programs have them.
pub const MOST_ROWS: u32 = 1_048_576;

/// What all sheets of a workbook may still hold.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    cells: usize,
    text_bytes: usize,
    most_bytes: u64,
}

impl Budget {
    /// As many cells as one table may have, and so many bytes of text.
    pub fn of(most_bytes: u64) -> Self {
        Self { cells: MOST_CELLS, text_bytes: usize::try_from(most_bytes).unwrap_or(usize::MAX), most_bytes }
    }

    /// Takes room for a cell; what there is no more room for, where there is none.
    fn take(&mut self, bytes: usize) -> Result<(), String> {
        let cells = self.cells.checked_sub(1).ok_or_else(|| format!("more than {MOST_CELLS} cells"))?;
        let text_bytes = self.text_bytes.checked_sub(bytes);
        let text_bytes = text_bytes.ok_or_else(|| format!("more than {} of text", size_in_words(self.most_bytes)))?;
        (self.cells, self.text_bytes) = (cells, text_bytes);
        Ok(())
    }
}

/// The cells of one sheet.
#[derive(Debug, Default)]
pub struct Grid {
    text: String,
    first_row: u32,
    /// The row that is being written, and how many of its cells stand.
    row: u32,
    columns: usize,
    overfull: Option<String>,
}

impl Grid {
    /// Takes in the cell at a row and column, both counted from 0. Cells come row by row, from left to right; a cell that
    /// does not is left out. False where there is no room for more.
    pub fn put(&mut self, row: u32, column: usize, cell: &str, budget: &mut Budget) -> bool {
        if self.overfull.is_some() {
            return false;
        }
        let cell = cell.trim();
        if cell.is_empty() || row >= MOST_ROWS {
            return true;
        }
        if column >= MOST_COLUMNS {
            self.overfull = Some(format!("more than {MOST_COLUMNS} columns"));
            return false;
        }
        if self.text.is_empty() {
            (self.first_row, self.row) = (row, row);
        }
        if row < self.row || (row == self.row && column < self.columns) {
            return true;
        }
        let rows = (row - self.row) as usize;
        let columns = if rows > 0 { 0 } else { self.columns };
        // Where a row has cells, a separator stands before the next of them.
        let separators = column - columns + usize::from(columns > 0);
        if let Err(what) = budget.take(rows + separators + 2 * cell.len() + 2) {
            self.overfull = Some(what);
            return false;
        }
        self.text.extend(std::iter::repeat_n('\n', rows));
        self.text.extend(std::iter::repeat_n(',', separators));
        (self.row, self.columns) = (row, column + 1);
        self.append(cell);
        true
    }

    /// In quotes where anything in it could be taken for the end of the cell or the row. A line end within a cell would
    /// make the numbers of rows wrong.
    fn append(&mut self, cell: &str) {
        if !cell.contains(['"', ',', ';', '\t', '\n', '\r', '\0']) {
            self.text.push_str(cell);
            return;
        }
        self.text.push('"');
        let mut ended = false;
        for c in cell.chars().filter(|c| *c != '\0') {
            match c {
                '\n' | '\r' => ended = true,
                c => {
                    if std::mem::take(&mut ended) {
                        self.text.push_str("; ");
                    }
                    self.text.push(c);
                    if c == '"' {
                        self.text.push(c);
                    }
                }
            }
        }
        self.text.push('"');
    }

    /// True where no cell holds anything.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The sheet as the text of a table, from its first row that holds something.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many empty rows stand above that.
    pub fn rows_above(&self) -> u64 {
        u64::from(self.first_row)
    }

    /// The fault of a sheet that holds more than there is room for.
    pub fn fault(&self) -> Option<Fault> {
        self.overfull.clone().map(|what| Fault::TooMuch { what })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(cells: &[(u32, usize, &str)], budget: &mut Budget) -> Grid {
        let mut grid = Grid::default();
        for (row, column, cell) in cells {
            grid.put(*row, *column, cell, budget);
        }
        grid
    }

    #[test]
    fn a_row_is_a_line_whatever_its_cells_hold() {
        let mut budget = Budget::of(1_000);
        let grid = grid(
            &[
                (2, 0, "date"),
                (2, 2, "a, \"b\""),
                (3, 1, "x\r\ny"),
                (6, 0, "z"),
                (5, 0, "late"),
                (6, 0, "twice"),
                (7, 3, " "),
            ],
            &mut budget,
        );
        assert_eq!(grid.text(), "date,,\"a, \"\"b\"\"\"\n,\"x; y\"\n\n\nz");
        assert_eq!((grid.rows_above(), grid.fault()), (2, None));
    }

    #[test]
    fn text_and_columns_are_bounded() {
        let mut budget = Budget::of(20);
        let full = grid(&[(0, 0, "12345"), (1, 0, "1234567890"), (2, 0, "1")], &mut budget);
        assert_eq!(full.text(), "12345");
        assert_eq!(full.fault(), Some(Fault::TooMuch { what: "more than 20 B of text".into() }));
        let wide = grid(&[(0, MOST_COLUMNS, "x")], &mut Budget::of(1_000));
        assert_eq!(wide.fault(), Some(Fault::TooMuch { what: "more than 2000 columns".into() }));
        let mut none = Budget { cells: 0, ..Budget::of(1_000) };
        let what = format!("more than {MOST_CELLS} cells");
        assert_eq!(grid(&[(0, 0, "x")], &mut none).fault(), Some(Fault::TooMuch { what }));
    }
}
