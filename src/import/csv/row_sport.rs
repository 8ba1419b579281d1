//! Which sport a row of a log is: by a column that is there for it, by a column whose values are sports, by the bike it
//! names, by its title. It reads no figure.

use std::collections::BTreeMap;

use super::CsvOptions;
use super::dialect::Field;
use super::numbered;
use super::sheet::Sheet;
use super::table::Row;
use super::words;
use crate::import::{sport_names, word_key};
use crate::model::activity::SportFrom;
use crate::model::sport::Sport;

/// Rows that are looked at to find the column.
const LOOKED_AT: usize = 2_000;
/// Different words that a column of sports has at most.
const MOST_SPORTS: usize = 40;
/// Characters of a cell that can be the name of a sport.
const LONGEST_SPORT: usize = 40;

/// How the rows of a table name their sport.
pub struct SportColumn<'a> {
    sheet: &'a Sheet<'a>,
    options: &'a CsvOptions,
    /// A column that no header names, or one of kinds that are sports.
    by_values: Option<usize>,
    /// The column that is there for it is not asked: none of its words is a sport.
    kinds_only: bool,
    /// The column that is there for it counts the rows.
    numbered: bool,
}

impl<'a> SportColumn<'a> {
    /// Looks for the column. In an app's table the one of its header counts; in others the values have a say.
    pub fn of(sheet: &'a Sheet<'a>, options: &'a CsvOptions) -> Self {
        let mut found = Self { sheet, options, by_values: None, kinds_only: false, numbered: false };
        let numbered = sheet.dialect().generic && numbered::counts_runs(sheet, Field::Sport);
        if !sheet.dialect().generic || sheet.has(Field::Sport) && !numbered && found.known_share(Field::Sport) {
            return found;
        }
        found.numbered = numbered;
        let unclaimed = (0..sheet.width()).filter(|index| !sheet.is_taken(*index));
        let kinds = sheet.columns(Field::Kind).iter().map(|column| column.index);
        found.by_values = kinds.chain(unclaimed).find(|index| found.holds_sports(*index));
        // A column "sport" of words that nobody knows is still one, and they are told.
        found.kinds_only = found.by_values.is_some() || numbered;
        found
    }

    /// True where a column names the sports of this table.
    pub fn is_there(&self) -> bool {
        self.by_values.is_some() || self.sheet.has(Field::Sport) && !self.numbered
    }

    /// The sport of a row, and what told it. `covers_ground` where the row has a distance.
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
        // A ride among kinds of run; of other words nobody says that they are sports.
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
        // What is written beside a row counts where it is another sport's name or picture and nothing else.
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

    /// The word that a row has in its columns of sports and of kinds.
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
            // "Tempo" or "easy" among the sports of a log kept by hand is a run too; a "workout" without a distance may be one
            // of strength.
            Some(Sport::Other(_))
                if dialect.generic
                    && words::is_kind_of_run(word)
                    && (covers_ground || !sport_names::is_known(word)) =>
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

    /// True where half of the filled cells of a fact, or all that the column has, are sports or kinds of run; also where no
    /// other column could be asked.
    fn known_share(&self, field: Field) -> bool {
        let cells = self.sheet.rows.iter().take(LOOKED_AT).filter_map(|row| self.sheet.cell(row, field));
        let (mut known, mut all) = (0, 0);
        for cell in cells {
            all += 1;
            known += usize::from(self.is_sport(cell) || words::is_kind_of_run(cell) || words::is_rest(cell));
        }
        known * 2 >= all
    }

    /// True where most of the filled cells are sports, or a few words stand again and again and another sport is among
    /// them.
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
