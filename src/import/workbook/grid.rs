//! The cells of one sheet by rows, within a limit on all cells and text of a workbook. It knows no kind of workbook.

use crate::import::limits::{MOST_CELLS, MOST_COLUMNS};
use crate::model::fault::Fault;
use crate::model::limits::size_in_words;

/// The most rows of a sheet, as in spreadsheet programs.
pub const MOST_ROWS: u32 = 1_048_576;

/// What all sheets of a workbook may still have.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    cells: usize,
    text_bytes: usize,
    most_bytes: u64,
}

impl Budget {
    /// As many cells as one table may have, and this many bytes of text.
    pub fn of(most_bytes: u64) -> Self {
        Self { cells: MOST_CELLS, text_bytes: usize::try_from(most_bytes).unwrap_or(usize::MAX), most_bytes }
    }

    /// Takes room for a cell; an error names what there is no more room for.
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
    rows: Vec<(u64, Vec<String>)>,
    out_of_order: u64,
    overfull: Option<String>,
    /// What was cut off, where reading continued.
    cut: Option<String>,
}

/// The size of a cell besides its text.
const CELL_BYTES: usize = size_of::<String>();

impl Grid {
    /// Adds the cell at a row and column, both counted from 0. Cells have to come row by row, from left to right;
    /// others are left out and counted. False if there is no room for more.
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
        let line = u64::from(row) + 1;
        let open = self.rows.last().map(|(last, cells)| (*last, cells.len()));
        let (last, columns) = open.unwrap_or_default();
        if line < last || line == last && column < columns {
            self.out_of_order += 1;
            return true;
        }
        let columns = if line == last { columns } else { 0 };
        if let Err(what) = budget.take((column + 1 - columns) * CELL_BYTES + cell.len()) {
            self.overfull = Some(what);
            return false;
        }
        if line > last {
            self.rows.push((line, Vec::new()));
        }
        if let Some((_, cells)) = self.rows.last_mut() {
            cells.resize(column, String::new());
            cells.push(in_one_line(cell));
        }
        true
    }

    /// Records that something was left out, and continues.
    pub fn cut(&mut self, what: String) {
        self.cut.get_or_insert(what);
    }

    /// True if no cell has a value.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows with values, each with its number, counted from 1.
    pub fn into_rows(self) -> Vec<(u64, Vec<String>)> {
        self.rows
    }

    /// The faults of a sheet that has more than there is room for, or cells out of order.
    pub fn faults(&self) -> impl Iterator<Item = Fault> {
        let unordered = match self.out_of_order {
            0 => None,
            1 => Some("1 cell stands out of its order and was left out".to_owned()),
            count => Some(format!("{count} cells stand out of their order and were left out")),
        };
        let overfull = [&self.overfull, &self.cut].into_iter().flatten().cloned().map(|what| Fault::TooMuch { what });
        overfull.collect::<Vec<_>>().into_iter().chain(unordered.map(|detail| Fault::BadRow { detail }))
    }
}

/// The text of a cell without line ends, which separate notes.
fn in_one_line(cell: &str) -> String {
    if !cell.contains(['\n', '\r', '\0']) {
        return cell.to_owned();
    }
    let lines = cell.split(['\n', '\r']).map(|line| line.replace('\0', ""));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ")
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

    fn texts(grid: &Grid) -> Vec<String> {
        grid.rows.iter().map(|(line, cells)| format!("{line}:{}", cells.join("|"))).collect()
    }

    #[test]
    fn a_row_keeps_its_number_and_a_cell_its_place_whatever_it_holds() {
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
        assert_eq!(texts(&grid), ["3:date||a, \"b\"", "4:|x; y", "7:z"]);
        let detail = "2 cells stand out of their order and were left out".to_owned();
        assert_eq!(grid.faults().collect::<Vec<_>>(), [Fault::BadRow { detail }]);
    }

    #[test]
    fn text_and_columns_are_bounded() {
        let mut budget = Budget::of(5 + 24 + 30);
        let full = grid(&[(0, 0, "12345"), (1, 0, "1234567890"), (2, 0, "1")], &mut budget);
        assert_eq!(texts(&full), ["1:12345"]);
        let fault = |grid: &Grid| grid.faults().next();
        assert_eq!(fault(&full), Some(Fault::TooMuch { what: "more than 59 B of text".into() }));
        let wide = grid(&[(0, MOST_COLUMNS, "x")], &mut Budget::of(1_000));
        assert_eq!(fault(&wide), Some(Fault::TooMuch { what: "more than 2000 columns".into() }));
        let mut none = Budget { cells: 0, ..Budget::of(1_000) };
        let what = format!("more than {MOST_CELLS} cells");
        assert_eq!(fault(&grid(&[(0, 0, "x")], &mut none)), Some(Fault::TooMuch { what }));
    }
}
