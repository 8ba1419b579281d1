//! What a row says in words: its notes, and every cell without a use of its own whose column speaks of the body. It
//! reads no figure and gives no word a meaning.

use std::collections::HashSet;

use super::dialect::{Field, Kind};
use super::header;
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

/// Figures above this are no scores.
const HIGHEST_SCORE: f64 = 10.0;

/// Marks that stand for "yes" and for "no".
const YES: [&str; 15] = ["√", "*", "•", "👍", "✓", "✔", "✔️", "☑", "☑️", "✅", "●", "+", "++", "+++", "[x]"];
const NO: [&str; 10] = ["✕", "👎", "✗", "✘", "☐", "❌", "❎", "✖", "○", "[ ]"];

/// What a header that denies begins with.
const DENIED: [&str; 9] = ["can't", "cant", "cannot", "couldn't", "unable", "not able", "not", "trouble", "difficulty"];

/// What a column of answers is called.
const ANSWERS: [&str; 6] = ["answer", "answers", "response", "reply", "present", "yes/no"];

/// Headers that begin with these ask for what is not there.
const NEGATED: [&str; 2] = ["no", "without"];

/// Whose words a column has that are not the runner's.
const OTHERS: [&str; 2] = ["coach", "trainer"];

/// Words of what somebody can do, or of how it should be.
const FUNCTION: [&str; 23] = [
    "can",
    "could",
    "able",
    "ability",
    "normal",
    "normally",
    "ok",
    "okay",
    "working",
    "works",
    "full",
    "fully",
    "control",
    "possible",
    "feel",
    "feeling",
    "sensation",
    "lift",
    "lifts",
    "better",
    "gone",
    "free",
    "well",
];

/// How questions begin.
const ASKING: [&str; 9] = [
    "any ",
    "are you ",
    "have you had any ",
    "have you had a ",
    "have you had ",
    "do you have ",
    "did you ",
    "is there ",
    "were you ",
];

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
    /// All, as the answer to the question in the column before.
    Answers,
}

/// A header as words.
#[derive(Debug, Default)]
struct Lead {
    words: String,
    /// The highest score, where the header names one.
    out_of: Option<u32>,
}

impl Told {
    /// The columns of a recognised table below these headers.
    pub fn of(sheet: &Sheet<'_>, headers: &[String], classifier: ConcernClassifier) -> Self {
        let named = |field: &Field| sheet.columns(*field).iter().map(|column| column.index);
        let second = |field: &Field| named(field).skip(1);
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
            let lead = Lead::of(headers, index).words.to_lowercase();
            let use_of = if OTHERS.iter().any(|other| lead.starts_with(other)) {
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
            (use_of == UseOf::Notes || judge.speaks_of_the_body(index)).then(|| judge.column(index, use_of))
        };
        Self { columns: (0..sheet.width().max(headers.len())).filter_map(column).collect(), classifier }
    }

    /// The columns of a table that no dialect knows: those of words, and those that speak of the body.
    pub fn of_unknown(headers: &[String], rows: &[Row], words: &[usize], classifier: ConcernClassifier) -> Self {
        let judge = Judge { headers, rows, classifier, figures: Figures::WithHeader };
        let column = |index: usize| {
            let is_notes = |index: usize| words.contains(&index) && !judge.names_the_body(index);
            let use_of = match index.checked_sub(1) {
                _ if is_notes(index) => UseOf::Notes,
                Some(before) if is_notes(before) && judge.answers(index) => UseOf::Answers,
                _ => UseOf::Body,
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
            let Some(part) = column.part(row.cell(column.index), several, self.classifier) else { continue };
            let question = parts.last_mut().filter(|_| column.use_of == UseOf::Answers);
            if let Some(question) = question {
                let asked = question.trim_end_matches(['?', ':', ' ']).to_owned();
                *question = Lead { words: asked, out_of: None }.with(&part).unwrap_or_default();
            } else if !parts.contains(&part) {
                parts.push(part);
            }
        }
        let beside = row.beside.iter().map(|cell| cell.trim()).filter(|cell| self.speaks(cell));
        parts.extend(beside.map(str::to_owned));
        parts.retain(|part| !part.is_empty());
        (!parts.is_empty()).then(|| parts.join("; "))
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
            UseOf::Answers => Some(meant(cell).to_owned()).filter(|cell| !cell.is_empty()),
            UseOf::Others => (classifier.concern(cell) >= Concern::Body).then(|| cell.to_owned()),
            UseOf::Body => {
                let cell = meant(cell);
                if is_blank(cell) { None } else { self.lead.with(cell) }
            }
        }
    }
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

    /// Whether a column is called one of answers, or holds "yes" and "no" and nothing else.
    fn answers(&self, index: usize) -> bool {
        if ANSWERS.iter().any(|name| Lead::of(self.headers, index).words.eq_ignore_ascii_case(name)) {
            return true;
        }
        let mut cells = self.rows.iter().map(|row| meant(row.cell(index))).filter(|cell| !cell.is_empty()).peekable();
        cells.peek().is_some() && cells.all(|cell| denies(cell) || affirms(cell))
    }

    fn names_the_body(&self, index: usize) -> bool {
        self.classifier.concern(&Lead::of(self.headers, index).words) >= Concern::Body
    }

    /// Whether a column speaks of the body: by its header, in a cell, or by both together, as in "can bear weight: no".
    fn speaks_of_the_body(&self, index: usize) -> bool {
        let lead = Lead::of(self.headers, index);
        let of_the_body = |words: &str| self.classifier.concern(words) >= Concern::Body;
        let named = self.names_the_body(index);
        let mut seen = HashSet::new();
        let cells = self.rows.iter().map(|row| meant(row.cell(index))).filter(|cell| !words::is_missing(cell));
        let mut cells = cells.filter(|cell| seen.insert(*cell)).enumerate();
        cells.any(|(number, cell)| {
            let wordy = cell.contains(char::is_alphabetic);
            let counts = wordy || self.figures != Figures::Never;
            let judged = !lead.words.is_empty() && number < JUDGED_TOGETHER;
            // A figure that is no score may tell something of the body: a temperature of 39.2. "0" is an answer.
            let no_score = || cell.replace(',', ".").parse::<f64>().is_ok_and(|value| value > HIGHEST_SCORE);
            let figure_tells = || cell == "0" || self.figures == Figures::Together && no_score();
            // In a table of pain, whatever is said in words is of the body.
            let all = wordy && self.figures == Figures::Together;
            all || counts && named
                || wordy && of_the_body(cell)
                || judged && (wordy || figure_tells()) && lead.with(cell).is_some_and(|words| of_the_body(&words))
        })
    }
}

/// The word that a mark in a cell stands for; another cell as it is.
fn meant(cell: &str) -> &str {
    match cell {
        mark if YES.contains(&mark) => "yes",
        mark if NO.contains(&mark) => "no",
        _ => cell,
    }
}

/// Whether a cell denies what its column asks.
fn denies(cell: &str) -> bool {
    words::is_no_pain(cell)
        || ["0", "nein", "non", "nee", "nej", "não", "nie"].iter().any(|no| cell.eq_ignore_ascii_case(no))
}

/// Whether a cell affirms what its column asks.
fn affirms(cell: &str) -> bool {
    ["yes", "y", "true", "x", "1", "ja", "oui", "si", "sí"].iter().any(|yes| cell.eq_ignore_ascii_case(yes))
}

/// Whether a cell says nothing. "none" says that there is nothing, and a score of 0 too.
fn is_blank(cell: &str) -> bool {
    words::is_missing(cell) && !words::is_no_pain(cell)
}

impl Lead {
    /// `hip_pain` and `hipPain` are "hip pain", and of "hip pain (0-10)" the scale is known.
    fn of(headers: &[String], index: usize) -> Self {
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
        let (rest, out_of) = header::without_scale(&words);
        let rest = header::without_unit(&rest).trim().trim_end_matches([':', '?']).trim();
        // A column called "Sx" is one of symptoms, and not of the left side.
        let words = if rest.len() < 3 && words::side(rest).is_some() { String::new() } else { rest.to_owned() };
        Self { words, out_of }
    }

    /// A cell behind the header, or a denial of what the header asks; `None` where the header denies already.
    fn with(&self, cell: &str) -> Option<String> {
        let figure = !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
        let shown = match self.out_of {
            Some(out_of) if figure => format!("{cell}/{out_of}"),
            _ => cell.to_owned(),
        };
        let words = if affirms(cell) { self.words.as_str() } else { self.in_short() };
        if words.is_empty() {
            return Some(shown);
        }
        let first = |list: &[&str]| {
            let words = words.to_lowercase().replace('\u{2019}', "'");
            list.iter()
                .any(|start| words.strip_prefix(start).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
        };
        let of_function = || {
            let lower = words.to_lowercase();
            lower.split(|c: char| !c.is_alphanumeric()).any(|word| FUNCTION.contains(&word))
        };
        match denies(cell) {
            // "No numbness: no" is numbness.
            true if first(&NEGATED) => words.split_once(' ').map(|(_, rest)| format!("{rest}: yes")),
            true if first(&DENIED) => None,
            // "No" to what somebody can do is no denial of a sign.
            true if of_function() => Some(format!("{words}: no")),
            true if figure => Some(format!("no {}: {shown}", self.subject())),
            true => Some(format!("no {}", self.subject())),
            false => Some(format!("{words}: {shown}")),
        }
    }

    /// What is asked, without the words of asking.
    fn subject(&self) -> &str {
        let short = self.in_short();
        let lower = short.to_lowercase();
        let asked = ASKING.iter().find(|start| lower.starts_with(**start) && short.is_char_boundary(start.len()));
        asked.map_or(short, |start| &short[start.len()..])
    }

    /// The header without explanations in brackets, of which "no" would deny the last alone.
    fn in_short(&self) -> &str {
        self.words.split(['(', '[']).next().unwrap_or_default().trim().trim_end_matches(['?', ':'])
    }
}

#[cfg(test)]
mod tests {
    use super::super::{CsvOptions, read};
    use crate::import::imported::{Imported, Refusal};
    use crate::model::concern::{Concern, ConcernClassifier};

    /// Only these words are of the body.
    fn concern(words: &str) -> Concern {
        let of_the_body = ["hip", "groin", "limp", "weight on it"];
        let words = words.to_lowercase();
        if words.contains("weight on it") || words.contains("hip: 2") {
            Concern::Complaint
        } else if of_the_body.iter().any(|word| words.contains(word)) {
            Concern::Hip
        } else {
            Concern::Nothing
        }
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
            [Some("niggles: left hip; fine".to_owned()), Some("no niggles".to_owned())]
        );
        assert_eq!(
            notes("date,side,severity,Limping?,note\n2026-03-04,left,5,yes,sore\n2026-03-05,left,2,no,\n"),
            ["Limping: yes; sore", "no Limping"]
        );
        assert_eq!(notes("date,location,note\n2026-03-04,outer hip,sore\n"), ["location: outer hip; sore"]);
        assert_eq!(notes("date,location,note\n2026-03-04,the park,sore\n"), ["location: the park; sore"]);
        assert_eq!(notes("date,km,location,note\n2026-03-04,,the park,sore\n"), ["sore"]);
    }

    #[test]
    fn a_column_for_each_hip_is_a_diary() {
        let each = ["left hip: 4; no right hip: 0", "right hip: 2"];
        assert_eq!(
            notes("date,left_hip,rightHip\n2026-03-04,4,0\n2026-03-05,,2\n"),
            ["left hip: 4; no right Hip: 0", "right Hip: 2"]
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

    #[test]
    fn marks_mean_yes_and_no_and_a_question_is_only_affirmed() {
        let table = "date,km,limping?,\"any of these? (limp, no weight on it)\"\n\
                     2026-03-04,8,✓,no\n2026-03-05,5,☐,✅\n2026-03-06,5,+++,n\n";
        let told = [
            "limping: yes; no of these",
            "no limping; any of these? (limp, no weight on it): yes",
            "limping: yes; no of these",
        ];
        assert_eq!(descriptions(table), told.map(|text| Some(text.to_owned())));
    }

    #[test]
    fn the_name_of_a_group_of_columns_stands_before_theirs() {
        assert_eq!(
            notes(",Left hip,,Right hip,,\nDate,AM,PM,AM,PM,Notes\n2026-03-04,1,3,,0,easy\n"),
            ["Left hip AM: 1; Left hip PM: 3; no Right hip PM: 0; easy"]
        );
        // A title is no group.
        assert_eq!(notes("My hip,,\nDate,weather,note\n2026-03-04,sunny,sore\n"), ["weather: sunny; sore"]);
    }

    #[test]
    fn a_score_keeps_the_scale_of_its_header() {
        let read = table("date,km,Hip pain /10,notes\n2026-03-04,8,3,\n");
        assert_eq!(read.notes[0].given.severity, Some(3.0));
        let read = table("date,km,Hip pain (0-5),notes\n2026-03-04,8,3,\n");
        assert_eq!(read.notes[0].given.severity, Some(6.0));
        assert_eq!(notes("date,L hip /10,R hip (0-10)\n2026-03-04,3,0\n"), ["L hip: 3/10; no R hip: 0/10"]);
        let felt = "date,km,feel,notes\n2026-03-04,8,7/10,groin ache\n";
        assert_eq!(descriptions(felt), [Some("feel: 7/10; groin ache".to_owned())]);
    }

    #[test]
    fn what_another_kind_of_table_says_of_the_hip_is_not_passed_over() {
        let sleep = "Date,HRV,Sleep,Notes\n2026-03-04,60,7,\n2026-03-05,41,4,\"right hip, no weight on it\"\n";
        assert_eq!(notes(sleep), ["right hip, no weight on it"]);
        let scores = "Date,R hip,L hip,Sleep\n2026-03-04,2,0,7\n";
        assert_eq!(notes(scores), ["R hip: 2; no L hip: 0"]);
        let steps = "Date,HRV,Sleep,Notes\n2026-03-04,60,7,long day\n";
        assert!(matches!(table(steps).refusal, Some(Refusal::Ignored(_))), "{:?}", table(steps).refusal);
        // Without a day it cannot be used, and is told of.
        let by_week = "Week,Km,Notes\n11,30,easy\n12,0,hip: no weight on it\n";
        assert!(matches!(table(by_week).refusal, Some(Refusal::Failed(_))), "{:?}", table(by_week).refusal);
    }

    #[test]
    fn a_question_and_its_answer_in_two_columns_are_one() {
        let table = "Date,Question,Answer\n2026-03-04,Can you limp?,No\n2026-03-04,Limp since the fall?,Yes\n\
                     2026-03-05,Any limp at all?,No\n2026-03-05,Where is it sore?,left hip\n";
        let told = ["Can you limp: No", "Limp since the fall: Yes", "no limp at all", "Where is it sore: left hip"];
        assert_eq!(notes(table), told.map(|text| text.replace(": No", ": no")));
    }

    #[test]
    fn no_to_what_somebody_can_do_is_no_denial() {
        let table = "date,km,Can you limp?,Any limp today?,Can't limp,Limp control (ok?)\n2026-03-04,8,no,no,no,no\n";
        let told = "Can you limp: no; no limp today; Limp control: no";
        assert_eq!(descriptions(table), [Some(told.to_owned())]);
    }
}
