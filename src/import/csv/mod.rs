//! Run logs, pain tables and lists of shoes in CSV, from bytes: which table it is, and what is in it. What a header
//! means in which app and language is data in `dialects/`; nothing here touches the disk.

mod clock;
pub(super) mod dates;
mod dialect;
mod durations;
mod header;
pub(super) mod note_table;
mod numbers;
mod other_table;
mod pain_table;
mod run_log;
mod sheet;
mod shoe_list;
pub(super) mod table;
pub(super) mod text;
pub(super) mod training_plan;
mod unit_guess;
mod unrecognised;
pub(super) mod words;

use std::collections::BTreeMap;

use self::dialect::{DialectMatch, Field, Kind};
use self::sheet::Sheet;
use self::table::HeaderLine;
use crate::import::imported::{Imported, Refusal};
use crate::import::limits::LONGEST_LINE_BYTES;
use crate::model::limits::size_in_words;
use crate::model::problem::{Fault, Place};
use crate::model::units::Units;

/// What the configuration says of CSV files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CsvOptions {
    /// `[csv.columns]`: a fact (`date`, `distance`, …) to the header that carries it. `distance_unit` may be a unit
    /// instead of a header.
    pub columns: BTreeMap<String, String>,
    /// The unit of distances that name none and whose figures do not tell.
    pub default_unit: Option<Units>,
}

/// Each kind of table: its name in the ledger, what it is, and how to get it.
pub fn described() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    dialect::all().iter().map(|one| (one.name.as_str(), one.title.as_str(), one.how.as_str()))
}

/// True for a key that `[csv.columns]` may hold.
pub fn is_column_key(key: &str) -> bool {
    dialect::field_named(key).is_some()
}

/// Reads one CSV file. `name` is its name or path, used only to recognise tables that are plainly something else.
/// A bad cell costs its row and no more; the notes' `source` is left empty.
pub fn read(bytes: &[u8], name: &str, options: &CsvOptions) -> Imported {
    let decoded = text::decode(bytes);
    if decoded.text.contains('\0') {
        let detail = "it holds binary data".to_owned();
        return Imported::failed(Fault::NotThisFormat { format: "CSV", detail }.at(Place::File));
    }
    if decoded.text.lines().any(|line| line.len() > LONGEST_LINE_BYTES) {
        let why = format!("a line of it is longer than {}", size_in_words(LONGEST_LINE_BYTES as u64));
        return Imported::failed(Fault::Overfull { why }.at(Place::File));
    }
    let lines = table::header_lines(&decoded.text);
    if let Some(fault) = table::too_wide(&lines) {
        return Imported::failed(fault.at(Place::File));
    }
    let named: BTreeMap<Field, String> =
        options.columns.iter().filter_map(|(k, header)| Some((dialect::field_named(k)?, header.clone()))).collect();
    let by_app =
        |generic| lines.iter().find_map(|line| Some((line, dialect::recognise(&line.cells, &named, generic)?)));
    let other = |certain| lines.iter().find_map(|line| other_table::plainly_other(name, &line.cells, certain));
    let read =
        |(line, recognised): (&HeaderLine, DialectMatch)| read_recognised(&decoded.text, line, &recognised, options);
    let mut imported = if let Some(reason) = lines.iter().find_map(|line| other_table::exported(&line.cells)) {
        Imported::ignored(reason)
    } else if let Some(found) = by_app(false) {
        read(found)
    } else if let Some(reason) = other(true) {
        Imported::ignored(reason)
    } else if let Some(found) = by_app(true) {
        read(found)
    } else if let Some(reason) = other(false) {
        Imported::ignored(reason)
    } else {
        match unrecognised::refuse(&decoded.text, &lines, &named) {
            refused if matches!(refused.refusal, Some(Refusal::Ignored(_))) => lines
                .iter()
                .find(|line| line.cells.len() > 1)
                .and_then(|line| note_table::read(line, &table::rows(&decoded.text, line).0))
                .unwrap_or(refused),
            refused => refused,
        }
    };
    if decoded.replaced {
        imported.problems.push(Fault::BytesReplaced.at(Place::File));
    }
    imported.problems.sort_by_key(|problem| problem.place);
    imported
}

fn read_recognised(text: &str, header: &HeaderLine, recognised: &DialectMatch, options: &CsvOptions) -> Imported {
    let (rows, problems) = table::rows(text, header);
    let sheet = Sheet::new(recognised, &rows, header.delimiter);
    let mut imported = match recognised.dialect.kind {
        Kind::RunLog => run_log::read(&sheet, options),
        Kind::PainTable => pain_table::read(&sheet),
        Kind::ShoeList => shoe_list::read(&sheet),
    };
    imported.problems.extend(problems);
    let Imported { activities, notes, shoes, problems, .. } = &imported;
    if activities.is_empty() && notes.is_empty() && shoes.is_empty() && problems.is_empty() {
        imported.refusal = Some(Refusal::Ignored("a table without an entry".to_owned()));
    }
    imported
}

#[cfg(test)]
mod tests;
