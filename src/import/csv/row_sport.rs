//! The sport of a row: from the column for it, from a column whose values are sports, from the bike that it names, or
//! from its title. It reads no figure.

use std::collections::{BTreeMap, BTreeSet};

use super::CsvOptions;
use super::dialect::Field;
use super::numbered;
use super::sheet::Sheet;
use super::table::Row;
use super::words;
use crate::import::{sport_names, word_key};
use crate::model::activity::SportFrom;
use crate::model::sport::Sport;

/// The number of rows examined to find the column.
const LOOKED_AT: usize = 2_000;
/// The most different words in a column of sports.
const MOST_SPORTS: usize = 40;
/// The most characters of a sport's name.
const LONGEST_SPORT: usize = 40;

/// How the rows of a table tell their sport.
pub struct SportColumn<'a> {
    sheet: &'a Sheet<'a>,
    options: &'a CsvOptions,
    /// A column of sports found by its values, or one of kinds of run that are sports.
    by_values: Option<usize>,
    /// Whether the column headed as sport is ignored, since none of its words is a sport.
    kinds_only: bool,
    /// Whether the column headed as sport numbers the rows.
    numbered: bool,
    /// Whether the column of sports has both "run" and another sport, so that "workout" there is not a kind of run.
    beside_others: bool,
}

impl<'a> SportColumn<'a> {
    /// Finds the column. In an app's table the header decides; in others the values matter too.
    pub fn of(sheet: &'a Sheet<'a>, options: &'a CsvOptions) -> Self {
        let mut found =
            Self { sheet, options, by_values: None, kinds_only: false, numbered: false, beside_others: false };
        let numbered = sheet.dialect().generic && numbered::counts_runs(sheet, Field::Sport);
        if !sheet.dialect().generic || sheet.has(Field::Sport) && !numbered && found.known_share(Field::Sport) {
            found.beside_others = sheet.dialect().generic && found.names_several();
            return found;
        }
        found.numbered = numbered;
        let unclaimed = (0..sheet.width()).filter(|index| !sheet.is_taken(*index));
        let kinds = sheet.columns(Field::Kind).iter().map(|column| column.index);
        found.by_values = kinds.chain(unclaimed).find(|index| found.holds_sports(*index));
        // A column "sport" with unknown words still counts, and they are reported.
        found.kinds_only = found.by_values.is_some() || numbered;
        found.beside_others = found.names_several();
        found
    }

    /// Whether the rows name a run as such, and a sport that is no kind of run.
    fn names_several(&self) -> bool {
        let named = |row: &Row| -> Option<String> {
            let word = match self.by_values {
                Some(index) => row.cell(index),
                None => self.sheet.cell(row, Field::Sport)?,
            };
            Some(word.to_owned())
        };
        let found: BTreeSet<String> = self.sheet.rows.iter().take(LOOKED_AT).filter_map(named).collect();
        let is = |running: bool| {
            let fits = |word: &&String| match sport_names::sport(word) {
                Some(Sport::Other(_)) => !running && sport_names::is_known(word) && !words::is_kind_of_run(word),
                Some(_) => running,
                None => false,
            };
            found.iter().any(|word| fits(&word))
        };
        // Beside "easy" and "tempo" a workout is a kind of run too.
        let kinds = found.iter().any(|word| words::is_kind_of_run(word) && !sport_names::is_known(word));
        is(true) && is(false) && !kinds
    }

    /// The word of a row's sport, if it may be a kind of run, and was taken for another sport because the column
    /// has several.
    pub fn doubtful_word(&self, row: &'a Row, sport: Option<&Sport>) -> Option<&'a str> {
        let other = sport.is_some_and(|sport| !sport.is_running());
        self.words(row).next().filter(|word| self.beside_others && other && words::is_kind_of_run(word))
    }

    /// True if a column gives the sports of this table.
    pub fn is_there(&self) -> bool {
        self.by_values.is_some() || self.sheet.has(Field::Sport) && !self.numbered
    }

    /// The sport of a row, and how it is known. `covers_ground` is true if the row has a distance.
    pub fn sport(&self, row: &Row, covers_ground: bool) -> (Option<Sport>, SportFrom) {
        let generic = self.sheet.dialect().generic;
        let told = |word: &&str| !(words::is_missing(word) || generic && words::is_rest(word));
        if let Some(word) = self.sheet.cell(row, Field::Sport).filter(|_| !self.kinds_only).filter(told)
            && let Some(sport) = self.meaning(word, covers_ground)
        {
            return (Some(sport), SportFrom::Name);
        }
        if let Some(word) = self.by_values.map(|index| row.cell(index)).filter(told)
            && let Some(sport) = self.meaning(word, covers_ground)
        {
            return (Some(sport), SportFrom::Values);
        }
        if !generic {
            return (None, SportFrom::Assumed);
        }
        // A ride among kinds of run is a sport; other unknown words there are not.
        if let Some(kind) = self.sheet.cell(row, Field::Kind).filter(told).filter(|word| self.is_sport(word))
            && let Some(sport) = self.meaning(kind, covers_ground)
        {
            return (Some(sport), SportFrom::Values);
        }
        if let Some(bike) = self.sheet.cell(row, Field::Bike).filter(|cell| cell.contains(char::is_alphabetic))
            && !words::is_no(bike)
        {
            return (Some(Sport::Other("Ride".to_owned())), SportFrom::Values);
        }
        let mut titles = self.sheet.columns(Field::Title).iter().map(|column| row.cell(column.index));
        let title = titles.find(|cell| !cell.is_empty()).unwrap_or_default();
        // A remark next to a row counts if it is only another sport's name or picture.
        let mut remarks = self.sheet.columns(Field::Notes).iter().map(|column| row.cell(column.index));
        let is_word = |note: &str| !note.contains(char::is_whitespace) && sport_names::is_known(note);
        let is_named = |note: &&str| sport_names::is_name(note) || sport_names::is_sign(note) || is_word(note);
        let mut noted = || remarks.find(is_named).and_then(|note| sport_names::in_title(note, covers_ground));
        let told = sport_names::in_title(title, covers_ground);
        match told.or_else(|| noted().filter(|sport| !sport.is_running())) {
            Some(sport) => (Some(sport), SportFrom::Title),
            None => (Some(Sport::Run), SportFrom::Assumed),
        }
    }

    /// The words that a row has in its columns of sports and kinds.
    pub fn words(&self, row: &'a Row) -> impl Iterator<Item = &'a str> {
        let values = self.by_values.map(|index| row.cell(index)).filter(|cell| !cell.is_empty());
        let named = [Field::Sport, Field::Kind].into_iter().filter(|field| *field != Field::Sport || !self.numbered);
        let named = named.filter_map(|field| self.sheet.cell(row, field));
        values.into_iter().chain(named)
    }

    fn meaning(&self, word: &str, covers_ground: bool) -> Option<Sport> {
        let dialect = self.sheet.dialect();
        if let Some(sport) = self.configured(word) {
            return Some(sport.clone());
        }
        let word = dialect.sports.get(word).map_or(word, String::as_str);
        let word = word.strip_prefix(dialect.sport_prefix.as_str()).unwrap_or(word);
        match sport_names::sport(word) {
            // "Tempo" or "easy" as a sport in a hand-kept log is a run; a "workout" without a distance may be
            // strength training.
            Some(Sport::Other(_))
                if dialect.generic
                    && words::is_kind_of_run(word)
                    && (covers_ground && !self.beside_others || !sport_names::is_known(word)) =>
            {
                Some(Sport::Run)
            }
            known => known,
        }
    }

    fn configured(&self, word: &str) -> Option<&Sport> {
        let sports = &self.options.sports;
        if sports.is_empty() { None } else { sports.get(&word_key::key(word)) }
    }

    fn is_sport(&self, word: &str) -> bool {
        self.configured(word).is_some() || sport_names::is_known(word)
    }

    /// True if half of a fact's filled cells are sports or kinds of run; also if there is no other column for
    /// it.
    fn known_share(&self, field: Field) -> bool {
        let cells = self.sheet.rows.iter().take(LOOKED_AT).filter_map(|row| self.sheet.cell(row, field));
        let (mut known, mut all) = (0, 0);
        for cell in cells {
            all += 1;
            known += usize::from(self.is_sport(cell) || words::is_kind_of_run(cell) || words::is_rest(cell));
        }
        known * 2 >= all
    }

    /// True if most filled cells are sports, or a few words are repeated with another sport among them.
    fn holds_sports(&self, index: usize) -> bool {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for row in self.sheet.rows.iter().take(LOOKED_AT) {
            let cell = row.cell(index);
            if words::is_missing(cell) || words::is_rest(cell) {
                continue;
            }
            if cell.chars().count() > LONGEST_SPORT || !cell.contains(char::is_alphabetic) {
                return false;
            }
            *counts.entry(cell).or_default() += 1;
            if counts.len() > MOST_SPORTS {
                return false;
            }
        }
        let all: usize = counts.values().sum();
        let sports: Vec<&str> = counts.keys().copied().filter(|word| self.is_sport(word)).collect();
        let is_known = |word: &str| self.is_sport(word) || words::is_kind_of_run(word);
        let known: usize = counts.iter().filter(|(word, _)| is_known(word)).map(|(_, count)| count).sum();
        let another = sports.iter().filter_map(|word| self.meaning(word, true)).any(|sport| !sport.is_running());
        let repeats = counts.len() * 2 <= all && another;
        !sports.is_empty() && (known * 5 >= all * 3 || repeats && known * 10 >= all * 3)
    }
}
