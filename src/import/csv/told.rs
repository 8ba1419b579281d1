//! What a row says in words: its notes, and every cell without a use of its own whose column speaks of the body. It
//! reads no figure and gives no word a meaning.

use std::collections::HashSet;

use super::dialect::Field;
use super::header;
use super::sheet::Sheet;
use super::table::Row;
use super::words;
use crate::model::concern::{Concern, ConcernClassifier};

/// Facts of which a row uses one cell; the words of the others would be lost.
const ONE_IS_USED: [Field; 5] = [Field::Title, Field::Side, Field::BodyPart, Field::Location, Field::Severity];

/// Facts whose cells may say more than the fact: "rest, hip sore" in a column of sports.
const SAYS_MORE: [Field; 2] = [Field::Sport, Field::Kind];

/// The columns of a table whose words belong to its notes.
#[derive(Debug, Default)]
pub struct Told {
    columns: Vec<Column>,
}

#[derive(Debug)]
struct Column {
    index: usize,
    /// The header, which says what the cells are about; empty for a column of notes.
    lead: String,
    /// Whether only those cells count that speak of the body.
    by_cell: bool,
}

impl Told {
    /// The columns of a recognised table below these headers.
    pub fn of(sheet: &Sheet<'_>, headers: &[String], classifier: ConcernClassifier) -> Self {
        let notes: Vec<usize> = sheet.columns(Field::Notes).iter().map(|column| column.index).collect();
        let second = |field: &Field| sheet.columns(*field).iter().skip(1).map(|column| column.index);
        let named = |field: &Field| sheet.columns(*field).iter().map(|column| column.index);
        let places = sheet.has(Field::BodyPart).then_some(Field::Location);
        let seconds: HashSet<usize> =
            ONE_IS_USED.iter().flat_map(second).chain(places.iter().flat_map(named)).collect();
        let by_cell: HashSet<usize> = SAYS_MORE.iter().flat_map(named).collect();
        let figures_too = sheet.dialect().generic;
        let mut columns = Vec::new();
        for index in 0..sheet.width().max(headers.len()) {
            let free = !sheet.is_taken(index) || seconds.contains(&index) || by_cell.contains(&index);
            if notes.contains(&index) {
                columns.push(Column { index, lead: String::new(), by_cell: false });
            } else if free && concerns_the_body(headers, sheet.rows, index, figures_too, classifier) {
                let by_cell = by_cell.contains(&index);
                let lead = if by_cell { String::new() } else { lead(headers, index) };
                columns.push(Column { index, lead, by_cell });
            }
        }
        Self { columns }
    }

    /// The columns of a table that no dialect knows: those of words, and those that concern the body.
    pub fn of_unknown(headers: &[String], rows: &[Row], words: &[usize], classifier: ConcernClassifier) -> Self {
        let column = |index: usize| {
            let plain = words.contains(&index).then(String::new);
            let about = || concerns_the_body(headers, rows, index, true, classifier).then(|| lead(headers, index));
            Some(Column { index, lead: plain.or_else(about)?, by_cell: false })
        };
        Self { columns: (0..headers.len()).filter_map(column).collect() }
    }

    /// Whether this column is one of them.
    pub fn has(&self, index: usize) -> bool {
        self.columns.iter().any(|column| column.index == index)
    }

    /// What the row says in words, in the order of its columns; `None` if it says nothing. `used` are the columns whose cell the row has used otherwise.
    pub fn words(&self, row: &Row, used: &[usize], classifier: ConcernClassifier) -> Option<String> {
        let mut parts: Vec<String> = Vec::new();
        for column in self.columns.iter().filter(|column| !used.contains(&column.index)) {
            let cell = row.cell(column.index);
            let empty = cell.is_empty() || cell == "--" || !column.lead.is_empty() && is_blank(cell);
            if empty || column.by_cell && classifier.concern(cell) < Concern::Body {
                continue;
            }
            let part = if column.lead.is_empty() { cell.to_owned() } else { format!("{}: {cell}", column.lead) };
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

/// Whether a cell says nothing. "none" says that there is nothing, and a score of 0 too.
fn is_blank(cell: &str) -> bool {
    words::is_missing(cell) && !words::is_no_pain(cell)
}

/// Whether a column speaks of the body: in its header and any cell, or in one cell.
fn concerns_the_body(
    headers: &[String],
    rows: &[Row],
    index: usize,
    figures_too: bool,
    classifier: ConcernClassifier,
) -> bool {
    let named = classifier.concern(&lead(headers, index)) >= Concern::Body;
    let mut seen = HashSet::new();
    rows.iter().map(|row| row.cell(index)).filter(|cell| !words::is_missing(cell)).any(|cell| {
        let wordy = cell.chars().any(char::is_alphabetic);
        (wordy || figures_too) && named || wordy && seen.insert(cell) && classifier.concern(cell) >= Concern::Body
    })
}

/// A header as words: `hip_pain` and `hipPain` are "hip pain".
fn lead(headers: &[String], index: usize) -> String {
    let shown = headers.get(index).map(|cell| header::without_markup(cell)).unwrap_or_default();
    let mut words = String::with_capacity(shown.len());
    let mut after_small = false;
    for letter in shown.chars() {
        if after_small && letter.is_uppercase() {
            words.push(' ');
        }
        after_small = letter.is_lowercase();
        words.push(if letter == '_' { ' ' } else { letter });
    }
    words.trim().trim_end_matches([':', '?']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::{CsvOptions, read};
    use crate::import::imported::Imported;
    use crate::model::concern::{Concern, ConcernClassifier};

    /// Only these words are of the body.
    fn concern(words: &str) -> Concern {
        let of_the_body = ["hip", "groin", "limp", "weight on it"];
        if of_the_body.iter().any(|word| words.to_lowercase().contains(word)) { Concern::Hip } else { Concern::Nothing }
    }

    fn table(text: &str) -> Imported {
        let options = CsvOptions { classifier: ConcernClassifier(concern), ..CsvOptions::default() };
        read(text.as_bytes(), "log.csv", &options)
    }

    fn notes(text: &str) -> Vec<String> {
        table(text).notes.into_iter().map(|note| note.text).collect()
    }

    fn descriptions(text: &str) -> Vec<Option<String>> {
        table(text).activities.into_iter().map(|run| run.description).collect()
    }

    #[test]
    fn every_column_of_notes_counts_and_not_the_first_alone() {
        assert_eq!(
            descriptions(
                "date,km,comments,remarks\n2026-03-04,8,nice,groin ache\n2026-03-05,5,same,same\n2026-03-06,5,,\n"
            ),
            [Some("nice; groin ache".to_owned()), Some("same".to_owned()), None]
        );
        assert_eq!(notes("date,symptoms,comment\n2026-03-04,no weight on it,sunny\n"), ["no weight on it; sunny"]);
    }

    #[test]
    fn a_column_that_speaks_of_the_body_counts_with_its_header() {
        assert_eq!(
            descriptions("date,km,weather,niggles,notes\n2026-03-04,8,sun,left hip,fine\n2026-03-06,5,rain,none,\n"),
            [Some("niggles: left hip; fine".to_owned()), Some("niggles: none".to_owned())]
        );
        assert_eq!(
            notes("date,side,severity,Limping?,note\n2026-03-04,left,5,yes,sore\n2026-03-05,left,2,no,\n"),
            ["Limping: yes; sore", "Limping: no"]
        );
        assert_eq!(notes("date,location,note\n2026-03-04,outer hip,sore\n"), ["location: outer hip; sore"]);
        assert_eq!(notes("date,location,note\n2026-03-04,the park,sore\n"), ["sore"]);
    }

    #[test]
    fn a_column_for_each_hip_is_a_diary() {
        let each = ["left hip: 4; right hip: 0", "right hip: 2"];
        assert_eq!(
            notes("date,left_hip,rightHip\n2026-03-04,4,0\n2026-03-05,,2\n"),
            ["left hip: 4; right Hip: 0", "right Hip: 2"]
        );
        assert_eq!(notes("date,left hip,right hip,note\n2026-03-04,4,0,\n2026-03-05,,2,\n"), each);
        // What may be a log of runs is not taken for a diary.
        assert!(table("date,left hip,how far\n2026-03-04,4,8.2\n").refusal.is_some());
    }

    #[test]
    fn a_cell_in_a_column_of_sports_may_say_more() {
        let log = "date,sport,km,notes\n2026-03-04,Run,8,\n2026-03-05,\"Rest, groin sore\",,\n2026-03-06,Rest,,\n";
        assert_eq!(descriptions(log), [None, Some("Rest, groin sore".to_owned())]);
        assert_eq!(notes(log), ["Rest"]);
    }

    #[test]
    fn a_row_uses_the_first_score_and_tells_the_second() {
        let read = table("date,pain level,hip pain,note\n2026-03-04,5,3,hills\n");
        assert_eq!(read.notes[0].given.severity, Some(5.0));
        assert_eq!(read.notes[0].text, "hip pain: 3; hills");
    }
}
