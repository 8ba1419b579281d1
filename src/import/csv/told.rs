//! What a row says in words: its notes, and every cell without a use of its own whose column speaks of the body. It
//! reads no figure and gives no word a meaning.

use std::collections::HashSet;

use super::asked::{affirms, denies, is_answers, is_of_another, is_of_no_part, is_questions, is_things, meant};
use super::dialect::{Field, Kind};
use super::lead::Lead;
use super::sheet::Sheet;
use super::table::Row;
use super::words;
use crate::model::concern::{Concern, ConcernClassifier};

/// Facts of which a row uses one cell; the words of the others would be lost.
const ONE_IS_USED: [Field; 5] = [Field::Title, Field::Side, Field::BodyPart, Field::Location, Field::Severity];

/// Facts whose cells may say more than the fact: "rest, hip sore" in a column of sports.
const SAYS_MORE: [Field; 3] = [Field::Sport, Field::Kind, Field::Shoe];

/// Of so many cells of a column, and no more, it is asked what they say together with the header.
const JUDGED_TOGETHER: usize = 40;

/// Of so many different cells of a column, and no more, it is asked what they say.
const MOST_JUDGED: usize = 5_000;

/// Figures above this are no scores.
const HIGHEST_SCORE: f64 = 10.0;

/// The columns of a table whose words belong to its notes.
#[derive(Debug)]
pub struct Told {
    columns: Vec<Column>,
    classifier: ConcernClassifier,
}

#[derive(Debug)]
struct Column {
    index: usize,
    lead: Lead,
    use_of: UseOf,
}

/// Which cells of a column count, and whether its header stands in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum UseOf {
    /// All, without the header; a figure only with it.
    Notes,
    /// All, with the header.
    Body,
    /// Those that speak of the body, without the header.
    Others,
    /// All, as the answers to the questions in this column.
    Answers(usize),
}

impl Told {
    /// The columns of a recognised table below these headers.
    pub fn of(sheet: &Sheet<'_>, headers: &[String], classifier: ConcernClassifier) -> Self {
        let named = |field: &Field| sheet.columns(*field).iter().map(|column| column.index);
        // Of several scores the highest is used.
        let second = |field: &Field| named(field).skip(usize::from(*field != Field::Severity));
        let places = sheet.has(Field::BodyPart).then_some(Field::Location);
        let seconds: HashSet<usize> =
            ONE_IS_USED.iter().flat_map(second).chain(places.iter().flat_map(named)).collect();
        let notes: HashSet<usize> = named(&Field::Notes).collect();
        let others: HashSet<usize> = SAYS_MORE.iter().flat_map(named).collect();
        let figures = match sheet.dialect().kind {
            _ if !sheet.dialect().generic => Figures::Never,
            Kind::PainTable => Figures::Together,
            Kind::RunLog | Kind::ShoeList => Figures::WithHeader,
        };
        let judge = Judge { headers, rows: sheet.rows, classifier, figures };
        let column = |index: usize| {
            let use_of = if is_of_another(Lead::of(headers, index).words()) {
                return None;
            } else if notes.contains(&index) {
                UseOf::Notes
            } else if others.contains(&index) {
                UseOf::Others
            } else if !sheet.is_taken(index) || seconds.contains(&index) {
                UseOf::Body
            } else {
                return None;
            };
            let tells = match use_of {
                UseOf::Notes => true,
                UseOf::Others => judge.has_cells_of_the_body(index),
                UseOf::Body | UseOf::Answers(_) => judge.speaks_of_the_body(index),
            };
            tells.then(|| judge.column(index, use_of))
        };
        Self { columns: (0..sheet.width().max(headers.len())).filter_map(column).collect(), classifier }
    }

    /// The columns of a table that no dialect knows: those of words, and those that speak of the body.
    pub fn of_unknown(headers: &[String], rows: &[Row], words: &[usize], classifier: ConcernClassifier) -> Self {
        let judge = Judge { headers, rows, classifier, figures: Figures::WithHeader };
        let column = |index: usize| {
            let is_notes = |index: usize| words.contains(&index) && !judge.names_the_body(index);
            let before = || index.checked_sub(1).filter(|before| is_notes(*before));
            let asking = || (0..headers.len()).find(|other| is_questions(Lead::of(headers, *other).words()));
            let use_of = match Some(index).filter(|_| judge.answers(index)).and_then(|_| before().or_else(asking)) {
                _ if is_notes(index) && !judge.is_called_answers(index) => UseOf::Notes,
                Some(question) => UseOf::Answers(question),
                None if is_notes(index) => UseOf::Notes,
                None => UseOf::Body,
            };
            (use_of != UseOf::Body || judge.speaks_of_the_body(index)).then(|| judge.column(index, use_of))
        };
        Self { columns: (0..headers.len()).filter_map(column).collect(), classifier }
    }

    /// Whether this column is one of them.
    pub fn has(&self, index: usize) -> bool {
        self.columns.iter().any(|column| column.index == index)
    }

    /// What the row says in words, in the order of its columns; `None` if it says nothing. `used` are the columns whose
    /// cell the row has used otherwise.
    pub fn words(&self, row: &Row, used: &[usize]) -> Option<String> {
        let several = self.columns.iter().filter(|column| column.use_of == UseOf::Notes).count() > 1;
        let mut parts: Vec<String> = Vec::new();
        let free = self.columns.iter().filter(|column| !used.contains(&column.index));
        for column in free {
            let part = match column.use_of {
                UseOf::Answers(question) => answered(row.cell(question), row.cell(column.index)),
                _ if self.is_question(column.index) => None,
                _ => column.part(row.cell(column.index), several, self.classifier),
            };
            if let Some(part) = part.filter(|part| !parts.contains(part)) {
                parts.push(part);
            }
        }
        let beside = row.beside.iter().map(|cell| cell.trim()).filter(|cell| self.speaks(cell));
        parts.extend(beside.map(str::to_owned));
        parts.retain(|part| !part.is_empty());
        if parts.len() > 1 { Some(parts.join("; ")) } else { parts.pop() }
    }

    fn is_question(&self, index: usize) -> bool {
        self.columns.iter().any(|column| column.use_of == UseOf::Answers(index))
    }

    /// The cell of the only column that says something in this row, if that is a column of things that are scored. A note is
    /// none: beside a score of 0 "cannot stand on it" stays what it is.
    pub fn only_thing<'r>(&self, row: &'r Row, used: &[usize]) -> Option<&'r str> {
        let free = self.columns.iter().filter(|column| !used.contains(&column.index));
        let mut told = free.filter(|column| !words::is_missing(row.cell(column.index)));
        let column = told.next().filter(|column| told.next().is_none() && is_things(column.lead.words()))?;
        Some(row.cell(column.index)).filter(|_| row.beside.is_empty())
    }

    /// Whether the header of a column of scores names the hip.
    pub fn names_the_hip(&self, header: &str) -> bool {
        !is_of_no_part(header) && self.classifier.concern(header) >= Concern::Hip
    }

    fn speaks(&self, cell: &str) -> bool {
        cell.contains(char::is_alphabetic) && self.classifier.concern(cell) >= Concern::Body
    }
}

impl Column {
    /// What a cell of the column says.
    fn part(&self, cell: &str, several: bool, classifier: ConcernClassifier) -> Option<String> {
        match self.use_of {
            UseOf::Notes if cell.is_empty() || cell == "--" => None,
            // A score in one of several columns of words is not told of without its name: "feel: 7/10".
            UseOf::Notes if several && !cell.contains(char::is_alphabetic) => self.lead.with(cell),
            UseOf::Notes => Some(cell.to_owned()),
            UseOf::Answers(_) => None,
            UseOf::Others => (classifier.concern(cell) >= Concern::Body).then(|| cell.to_owned()),
            UseOf::Body => {
                let cell = self.lead.answer(cell);
                if is_blank(cell) { None } else { self.lead.with(cell) }
            }
        }
    }
}

/// A question with its answer, or alone where there is none.
fn answered(question: &str, answer: &str) -> Option<String> {
    let asked = Lead::asking(question.trim_end_matches(['?', ':', ' ']).to_owned());
    let answer = asked.answer(answer);
    if answer.is_empty() { Some(question.to_owned()).filter(|asked| !asked.is_empty()) } else { asked.with(answer) }
}

/// Which figures of a column without words count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Figures {
    Never,
    /// Where the header speaks of the body.
    WithHeader,
    /// Also where header and figure do together: "temperature: 39.2".
    Together,
}

/// Judges columns by what they say.
struct Judge<'a> {
    headers: &'a [String],
    rows: &'a [Row],
    classifier: ConcernClassifier,
    figures: Figures,
}

impl Judge<'_> {
    fn column(&self, index: usize, use_of: UseOf) -> Column {
        Column { index, lead: Lead::of(self.headers, index), use_of }
    }

    fn is_called_answers(&self, index: usize) -> bool {
        is_answers(Lead::of(self.headers, index).words())
    }

    /// Whether a column is called one of answers, or holds "yes" and "no" and nothing else.
    fn answers(&self, index: usize) -> bool {
        if self.is_called_answers(index) {
            return true;
        }
        let mut cells = self.rows.iter().map(|row| meant(row.cell(index))).filter(|cell| !cell.is_empty()).peekable();
        cells.peek().is_some() && cells.all(|cell| denies(cell) || affirms(cell))
    }

    fn names_the_body(&self, index: usize) -> bool {
        self.classifier.concern(Lead::of(self.headers, index).words()) >= Concern::Body
    }

    /// Whether a cell of a column speaks of the body by itself.
    fn has_cells_of_the_body(&self, index: usize) -> bool {
        let mut seen = HashSet::new();
        let cells = self.rows.iter().map(|row| row.cell(index)).filter(|cell| seen.insert(*cell)).take(MOST_JUDGED);
        let mut wordy = cells.filter(|cell| is_wordy(cell));
        wordy.any(|cell| self.classifier.concern(cell) >= Concern::Body)
    }

    /// Whether a column speaks of the body: by its header, in a cell, or by both together, as in "can bear weight: no".
    fn speaks_of_the_body(&self, index: usize) -> bool {
        let lead = Lead::of(self.headers, index);
        let of_the_body = |words: &str| self.classifier.concern(words) >= Concern::Body;
        // "1" for "yes" is no score: in "Activity ID: 1" nothing is scored.
        let together = |cell: &str| {
            let word = if affirms(cell) { "yes" } else { cell };
            lead.with(word).is_some_and(|words| of_the_body(&words))
        };
        let named = self.names_the_body(index);
        let mut seen = HashSet::new();
        let cells = self.rows.iter().map(|row| lead.answer(row.cell(index))).filter(|cell| !words::is_missing(cell));
        let mut cells = cells.filter(|cell| seen.insert(*cell)).take(MOST_JUDGED).enumerate();
        cells.any(|(number, cell)| {
            let lettered = cell.contains(char::is_alphabetic);
            match self.figures {
                // In a table of pain, whatever is said in words is of the body.
                Figures::Together if lettered => return true,
                Figures::WithHeader | Figures::Together if named => return true,
                Figures::Never if named && lettered => return true,
                _ => {}
            }
            let wordy = is_wordy(cell);
            let answers = denies(cell) || affirms(cell);
            // A figure that is no score may tell something of the body: a temperature of 39.2.
            let no_score = || cell.replace(',', ".").parse::<f64>().is_ok_and(|value| value > HIGHEST_SCORE);
            let tells = wordy || answers || self.figures == Figures::Together && no_score();
            wordy && of_the_body(cell)
                || tells && !lead.words().is_empty() && number < JUDGED_TOGETHER && together(cell)
        })
    }
}

/// Whether a cell holds a word: in a moment such as `2026-03-04T06:30Z` and a code there is none.
fn is_wordy(cell: &str) -> bool {
    const SHORTEST: usize = 3;
    !cell.is_ascii() || cell.split(|c: char| !c.is_ascii_alphabetic()).any(|part| part.len() >= SHORTEST)
}

/// Whether a cell says nothing. "none" says that there is nothing, and a score of 0 too.
fn is_blank(cell: &str) -> bool {
    words::is_missing(cell) && !words::is_no_pain(cell)
}
