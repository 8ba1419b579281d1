//! Words about pain in a table without a column of days, which are told of rather than passed over.

use std::collections::HashSet;

use super::table::{HeaderLine, Source};
use crate::model::concern::{Concern, ConcernClassifier};
use crate::model::fault::Fault;
use crate::model::problem::{Place, Problem};

/// The most different cells that are judged.
const MOST_JUDGED: usize = 2_000;

/// The fewest words of a complaint.
const FEWEST_WORDS: usize = 3;

/// The problem of a table in which cells tell of pain, and no day tells when.
pub fn complaint(source: Source<'_>, header: &HeaderLine, classifier: ConcernClassifier) -> Option<Problem> {
    let (rows, _) = source.rows(header);
    let mut seen = HashSet::new();
    let cells = rows.iter().flat_map(|row| (0..row.cells.len()).map(|index| (row.line, row.cell(index))));
    // One word, such as "red", may be of anything.
    let several =
        |cell: &str| cell.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count() >= FEWEST_WORDS;
    let wordy = cells.filter(|(_, cell)| several(cell) && seen.insert(*cell)).take(MOST_JUDGED);
    let mut telling = wordy.filter(|(_, cell)| classifier.concern(cell) >= Concern::Complaint);
    let (line, cell) = telling.next()?;
    let others = telling.count() as u64;
    Some(Fault::NoteWithoutDay { line: cell.to_owned(), others }.at(Place::Line(line)))
}
