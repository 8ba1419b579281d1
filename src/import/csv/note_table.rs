//! A diary in a table whose columns no dialect knows, recognised by a column of days and one of words. Whether it is
//! a runner's is decided elsewhere.

use super::CsvOptions;
use super::dates::{self, DateError, DayOrder};
use super::header;
use super::table::{HeaderLine, Row, Source};
use super::told::Told;
use crate::import::imported::Imported;
use crate::model::fault::Fault;
use crate::model::note::{Given, Note, NoteOrigin};
use crate::model::problem::Place;

/// The name of such a table in the ledger.
pub const DIALECT: &str = "table of notes";

/// The number of rows examined to find the columns.
const LOOKED_AT: usize = 200;

/// What the other columns of such a table have to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// Anything: the table is no log of runs.
    Unread,
    /// Words, or of the body as well: the table may be a log of runs.
    Told,
}

/// The notes of a table under the first line with more than one cell; `None` if it is none of notes.
pub fn of(source: Source<'_>, lines: &[HeaderLine], rest: Rest, options: &CsvOptions) -> Option<Imported> {
    let header = lines.iter().find(|line| line.cells.len() > 1)?;
    let (rows, problems) = source.rows(header);
    let headers = header::under_groups(&header.cells, source.groups_above(header).as_deref());
    let mut imported = read(&headers, &rows, rest, options)?;
    imported.problems.extend(problems);
    Some(imported)
}

/// The notes of a table with a column of days and one of words or of the body; `None` without both.
fn read(headers: &[String], rows: &[Row], rest: Rest, options: &CsvOptions) -> Option<Imported> {
    let looked_at = &rows[..rows.len().min(LOOKED_AT)];
    let width = headers.len();
    let filled = |index: usize| looked_at.iter().map(move |row| row.cell(index)).filter(|cell| !cell.is_empty());
    let most = |index: usize, fits: fn(&str) -> bool| {
        let fitting = filled(index).filter(|cell| fits(cell)).count();
        fitting > 0 && fitting * 2 > filled(index).count()
    };
    let day = (0..width).find(|index| most(*index, is_day))?;
    let words: Vec<usize> = (0..width).filter(|index| *index != day && most(*index, is_words)).collect();
    let told = Told::of_unknown(headers, rows, &words, options.classifier);
    let of_the_body = (0..width).any(|index| told.has(index) && !words.contains(&index));
    let all_told = || (0..width).all(|index| index == day || told.has(index) || filled(index).next().is_none());
    let accepted = match rest {
        Rest::Unread => of_the_body || !words.is_empty(),
        Rest::Told => of_the_body && all_told(),
    };
    if !accepted {
        return None;
    }
    let order = dates::settle(rows.iter().map(|row| row.cell(day)));
    let mut imported = Imported { dialect: Some(DIALECT.to_owned()), ..Imported::default() };
    for row in rows {
        let Some(text) = told.words(row, &[day]) else { continue };
        let cell = row.cell(day).to_owned();
        let fault = match dates::read(&cell, order) {
            Ok(moment) => {
                let (date, line) = (moment.date, Some(row.line));
                let (source, given) = (String::new(), Given::default());
                imported.notes.push(Note { date, text, source, line, origin: NoteOrigin::Table, given, heading: None });
                continue;
            }
            Err(DateError::Ambiguous) => Fault::AmbiguousDate { cell },
            Err(DateError::NotADate) => Fault::BadDate { cell },
        };
        imported.problems.push(fault.at(Place::Line(row.line)));
    }
    Some(imported)
}

fn is_day(cell: &str) -> bool {
    // Long whole numbers are more likely identifiers than days.
    cell.len() <= 40
        && !cell.chars().all(|c| c.is_ascii_digit())
        && matches!(dates::read(cell, DayOrder::Unsettled), Ok(_) | Err(DateError::Ambiguous))
}

/// Whether a cell holds several words, and is not an address or a path.
fn is_words(cell: &str) -> bool {
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    let spaced = cell.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count() > 1;
    (spaced || !cell.is_ascii() && letters > 3)
        && letters * 2 > cell.chars().count()
        && !cell.contains("://")
        && !is_day(cell)
}

#[cfg(test)]
mod tests {
    use super::super::{CsvOptions, read};

    fn notes(table: &str) -> Vec<(String, String)> {
        let read = read(table.as_bytes(), "diary.csv", &CsvOptions::default());
        read.notes.into_iter().map(|note| (note.date.to_string(), note.text)).collect()
    }

    #[test]
    fn a_day_and_words_under_common_names_are_notes() {
        for header in ["date,note", "Day,Comment", "Datum,Bemerkung", "fecha,nota", "entry,when"] {
            let turned = header == "entry,when";
            let row =
                if turned { "hip sore after the hills,2026-03-04" } else { "2026-03-04,hip sore after the hills" };
            assert_eq!(
                notes(&format!("{header}\n{row}\n")),
                [("2026-03-04".to_owned(), "hip sore after the hills".to_owned())],
                "{header}"
            );
        }
    }

    #[test]
    fn a_table_of_other_names_is_known_by_its_values() {
        let table =
            "Kiedy;Jak było;Skąd\n04.03.2026;biodro boli po biegu;sen zły\n05.03.2026;;\n06.03.2026;dzień wolny;\n";
        assert_eq!(
            notes(table),
            [
                ("2026-03-04".to_owned(), "biodro boli po biegu; sen zły".to_owned()),
                ("2026-03-06".to_owned(), "dzień wolny".to_owned())
            ]
        );
    }

    #[test]
    fn a_run_log_and_a_table_of_figures_are_none() {
        assert!(notes("date,distance_km,note\n2026-03-04,8,\n").is_empty());
        assert!(notes("a,b\n2026-03-04,8\n2026-03-05,9\n").is_empty());
        assert!(notes("id,seen\nx1,2026-03-04\nx2,2026-03-05\n").is_empty());
    }

    #[test]
    fn a_row_without_a_day_is_told_of() {
        let read =
            super::super::read(b"date,note\n2026-03-04,hip sore\n,hip fine again\n", "x.csv", &CsvOptions::default());
        assert_eq!((read.notes.len(), read.problems.len()), (1, 1));
    }
}
