//! `--strata` and `runhip merge`: the counts that links rest on, written as a table, and such tables joined.

use std::path::Path;

use super::arguments::Merge;
use super::target::{self, Replaceable, TableFormat};
use super::{Failure, RunStatus, export, terminal};
use crate::configuration;
use crate::link::together::Together;
use crate::report::strata_rows::{StrataTable, UnusableRows};
use crate::report::wording;
use crate::rules;

/// Refuses a path that no table of strata can be written to; checked before any work is done.
pub(super) fn check(path: &Path) -> Result<(), Failure> {
    let is_csv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    if !is_csv {
        return Err(Failure::StrataNotCsv(path.to_owned()));
    }
    target::check(path, Replaceable::Table(TableFormat::Csv))
}

/// Writes a table of strata.
pub(super) fn write(table: &StrataTable, path: &Path) -> Result<(), Failure> {
    export::write_sealed(path, TableFormat::Csv, table.csv().as_bytes())
}

/// Joins tables of strata for `runhip merge`.
pub(super) fn merge(options: &Merge) -> Result<RunStatus, Failure> {
    if let Some(out) = options.out.as_deref() {
        check(out)?;
        let named: Vec<&Path> = options.files.iter().map(AsRef::as_ref).collect();
        target::check_unread(out, &named, &[], &[])?;
    }
    let mut table = StrataTable::default();
    for path in &options.files {
        let name = path.display().to_string();
        let text = configuration::text_of(path, &name)?;
        table.add_text(&text).map_err(|why: UnusableRows| Failure::NoStrata { file: path.clone(), why })?;
    }
    if let Some(out) = options.out.as_deref() {
        write(&table, out)?;
    }
    if !options.quiet {
        terminal::say(&told(&table))?;
    }
    Ok(RunStatus::Complete)
}

/// The tests over all athletes together, in words.
fn told(table: &StrataTable) -> String {
    let athletes = table.athletes() as u64;
    let mut text = format!("{} together.\n", wording::counted(athletes, "athlete", "athletes"));
    for one in table.together() {
        text += &format!("\n{}\n  {}\n", title(&one), one.text);
    }
    text
}

fn title(one: &Together) -> &'static str {
    rules::by_id(one.preset.label).map_or("", |rule| rule.meta().title)
}
