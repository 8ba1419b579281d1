//! Tables with the runs of several people: whose each row is, by a column of names. It reads no run.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::CsvOptions;
use super::dialect::Field;
use super::sheet::Sheet;
use super::table::Row;
use super::words;
use crate::import::sport_names;
use crate::import::word_key::{Key, key};
use crate::model::assumption::{Assumed, AssumptionKind};
use crate::model::fault::Fault;
use crate::model::problem::{Place, Problem};

/// The most names listed in the message.
const LISTED: usize = 8;

/// The rows of one person in a table of several.
pub struct OnePerson {
    /// The rows of the person it is read for.
    pub rows: Vec<Row>,
    /// Problems with rows that name nobody.
    pub nobodys: Vec<Problem>,
    /// What is reported of the rows of others.
    pub others: Option<Assumed>,
}

/// The rows of the person the table is read for; `None` if it names at most one person, so that all rows count.
///
/// # Errors
/// If it names several and it is not known whose runs are meant, or does not name that person.
pub fn rows_of_one(sheet: &Sheet<'_>, options: &CsvOptions) -> Result<Option<OnePerson>, Fault> {
    let Some((header, index)) = column(sheet) else { return Ok(None) };
    let names = Names::of(sheet, index);
    if let Some(person) = &options.person {
        return Ok(Some(names.rows_of(sheet, (&header, index), &key(person), false)));
    }
    if names.first.len() < 2 {
        return Ok(None);
    }
    let wanted = options.athlete.as_deref().map(key).filter(|wanted| names.first.contains_key(wanted));
    if let Some(wanted) = wanted {
        return Ok(Some(names.rows_of(sheet, (&header, index), &wanted, true)));
    }
    let mut shown: Vec<&str> = names.first.values().copied().take(LISTED).collect();
    shown.sort_unstable();
    let more = names.first.len().saturating_sub(LISTED);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let names_shown = format!("{}{more}", shown.join(", "));
    Err(Fault::SeveralPeople { column: header, count: names.first.len() as u64, names: names_shown })
}

/// The people whom a column names, as first written; empty if it names at most one.
pub fn named(sheet: &Sheet<'_>) -> Vec<String> {
    let Some((_, index)) = column(sheet) else { return Vec::new() };
    let names = Names::of(sheet, index).first;
    if names.len() < 2 { Vec::new() } else { names.into_values().map(str::to_owned).collect() }
}

/// The names in a column.
struct Names<'a> {
    /// Each name in normalised form, and as first written.
    first: BTreeMap<Key, &'a str>,
    /// Whether each name is written once, with empty cells below, and counts for all rows to the next one.
    carry_down: bool,
}

impl<'a> Names<'a> {
    fn of(sheet: &Sheet<'a>, index: usize) -> Self {
        let mut first: BTreeMap<Key, &str> = BTreeMap::new();
        let (mut filled, mut twice) = (0, false);
        for row in sheet.rows {
            let cell = row.cell(index);
            if !words::is_missing(cell) {
                filled += 1;
                match first.entry(key(cell)) {
                    Entry::Occupied(_) => twice = true,
                    Entry::Vacant(name) => _ = name.insert(cell),
                }
            }
        }
        Self { first, carry_down: !twice && filled < sheet.rows.len() }
    }

    fn rows_of(&self, sheet: &Sheet<'_>, (header, index): (&str, usize), wanted: &str, told: bool) -> OnePerson {
        let (mut rows, mut nobodys, mut left) = (Vec::new(), Vec::new(), 0);
        let mut above: Option<Key> = None;
        for row in sheet.rows {
            let cell = row.cell(index);
            let blank = words::is_missing(cell);
            let own = if blank { above.clone().filter(|_| self.carry_down) } else { Some(key(cell)) };
            match &own {
                Some(name) if name == wanted => rows.push(row.clone()),
                Some(_) => left += 1,
                None => nobodys.push(Fault::RowOfNobody { column: header.to_owned() }.at(Place::Line(row.line))),
            }
            above = own;
        }
        let about = format!("column \"{header}\"");
        let others = (told && left > 0).then(|| Assumed::new(AssumptionKind::AthleteColumn, about, left));
        OnePerson { rows, nobodys, others }
    }
}

/// The column of names: one whose header is known for it, or one headed "name" whose words are people.
fn column(sheet: &Sheet<'_>) -> Option<(String, usize)> {
    if let Some(column) = sheet.columns(Field::Athlete).first() {
        return Some((column.header.clone(), column.index));
    }
    if !sheet.dialect().generic {
        return None;
    }
    let title = sheet.columns(Field::Title).iter().find(|column| words::is_name_header(&column.header))?;
    are_people(sheet, title.index).then(|| (title.header.clone(), title.index))
}

/// True if a few words that are no sport, place or kind of run are repeated, with two of them on the same day more
/// than once.
fn are_people(sheet: &Sheet<'_>, index: usize) -> bool {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_day: BTreeMap<chrono::NaiveDate, BTreeSet<&str>> = BTreeMap::new();
    for row in sheet.rows {
        let cell = row.cell(index);
        let named = !words::is_missing(cell) && !cell.contains(|c: char| c.is_ascii_digit());
        let about_a_run =
            sport_names::is_known(cell) || words::is_rest(cell) || cell.split_whitespace().any(words::is_kind_of_run);
        if !named || about_a_run {
            return false;
        }
        *counts.entry(cell).or_default() += 1;
        if let Ok(moment) = sheet.date(row) {
            by_day.entry(moment.date).or_default().insert(cell);
        }
    }
    let shared = by_day.values().filter(|names| names.len() > 1).count();
    counts.len() > 1 && counts.values().all(|count| *count > 1) && shared > 1
}
