//! Joins year, month and day from three columns into one column of dates, which the other readers understand. It only
//! looks at headers.

use chrono::NaiveDate;
use compact_str::CompactString;

use super::table::{Row, Source};
use super::words;
use crate::import::word_key;
use crate::model::problem::Problem;

/// The header of the added column, which every log may have.
const DATE: &str = "date";

/// The table with a column of dates added at the end, the header as its first row, and the problems found; `None`
/// if no three columns are the parts of a date, or one of them holds whole dates.
pub fn joined(source: Source<'_>) -> Option<(Vec<Row>, Vec<Problem>)> {
    let lines = source.header_lines();
    let (header, at) = lines.iter().find_map(|line| Some((line, parts(&line.cells)?)))?;
    let (rows, problems) = source.rows(header);
    let mut cells: Vec<String> = header.cells.clone();
    // Otherwise they would be taken for dates themselves.
    for index in at {
        cells[index].clear();
    }
    let width = cells.len();
    cells.push(DATE.to_owned());
    let mut all = vec![Row::new(header.line(), cells)];
    all.extend(rows.into_iter().map(|row| {
        let date = day(&row, at);
        let mut cells = row.cells;
        cells.resize(width, CompactString::default());
        cells.push(date.into());
        Row { line: row.line, cells, beside: row.beside.clone() }
    }));
    Some((all, problems))
}

/// The indices of the columns of year, month and day.
fn parts(cells: &[String]) -> Option<[usize; 3]> {
    let keys: Vec<word_key::Key> = cells.iter().map(|cell| word_key::key(cell)).collect();
    let only = |part: words::DatePart| {
        let mut found = (0..keys.len()).filter(|index| words::date_part(&keys[*index]) == Some(part));
        found.next().filter(|_| found.next().is_none())
    };
    let whole = keys.iter().any(|key| key == DATE);
    let at = [only(words::DatePart::Year)?, only(words::DatePart::Month)?, only(words::DatePart::Day)?];
    (!whole).then_some(at)
}

/// The date of a row or, if it is invalid, its cells as written, so that the reader of dates reports them.
fn day(row: &Row, [year, month, day]: [usize; 3]) -> String {
    let number = |index: usize| row.cell(index).trim_end_matches(".0").parse::<u32>().ok();
    let month_number = number(month).or_else(|| words::month(row.cell(month)));
    let date = || {
        let year = i32::try_from(number(year)?).ok().filter(|year| (1_900..=2_100).contains(year))?;
        NaiveDate::from_ymd_opt(year, month_number?, number(day)?)
    };
    date().map_or_else(
        || [year, month, day].map(|index| row.cell(index)).join("-").trim_matches('-').to_owned(),
        |date| date.to_string(),
    )
}
