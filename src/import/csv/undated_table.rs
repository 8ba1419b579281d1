//! Words about pain in a table without a column of days, which are told of rather than passed over.

use std::collections::HashSet;

use super::lead::Lead;
use super::table::{HeaderLine, Row, Source};
use super::told::Told;
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
    let cells = rows.iter().flat_map(|row| (0..row.cells.len()).map(|index| (row.line, index, row.cell(index))));
    // One word, such as "red", may be of anything; in front of a row it is what the row is about.
    let count = |cell: &str| cell.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    let wordy = cells
        .filter(|(_, index, cell)| count(cell) >= if *index == 0 { 1 } else { FEWEST_WORDS } && seen.insert(*cell));
    let mut telling = wordy.take(MOST_JUDGED).filter(|(_, _, cell)| classifier.concern(cell) >= Concern::Complaint);
    if let Some((line, _, cell)) = telling.next() {
        let others = telling.count() as u64;
        return Some(Fault::NoteWithoutDay { line: cell.to_owned(), others }.at(Place::Line(line)));
    }
    // "Can you pass water?" and "no" tell it together.
    let told = Told::of_unknown(&header.cells, &rows, &[], classifier);
    let answered = |row: &Row| {
        let firsts = Lead::asking(row.cell(0).trim_end_matches(['?', ':', ' ']).to_owned());
        let pair = Some(row).filter(|_| row.cells.len() == 2).and_then(|row| firsts.with(firsts.answer(row.cell(1))));
        [told.words(row, &[]), pair].into_iter().flatten().find(|words| classifier.concern(words) >= Concern::Complaint)
    };
    let mut telling = rows.iter().take(MOST_JUDGED).filter_map(|row| Some((row.line, answered(row)?)));
    let (at, line) = telling.next()?;
    let others = telling.count() as u64;
    Some(Fault::NoteWithoutDay { line, others }.at(Place::Line(at)))
}
