//! The people in tables of several: each becomes an athlete, or is added to the folder with their name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::AthleteFolder;
use crate::cli::report_name::ReportName;
use crate::import::csv;
use crate::import::source::escaped_bytes;

/// What tables say of a person.
#[derive(Debug)]
pub(super) struct Person {
    /// The name as first written in the tables.
    pub name: String,
    /// The path of the first table below the given folders.
    pub place: String,
    /// All tables that name the person.
    pub tables: Vec<PathBuf>,
}

/// Adds the people of tables, each to the folder with their name if there is one, else as an athlete.
pub(super) fn add(athletes: &mut Vec<AthleteFolder>, people: BTreeMap<String, Person>) {
    for (key, Person { name, place, tables }) in people {
        let mut of_name = athletes.iter_mut().filter(|athlete| csv::comparable(&athlete.name) == key);
        if let (Some(athlete), None) = (of_name.next(), of_name.next()) {
            let parent = athlete.folder.rsplit_once('/').map_or(String::new(), |(parent, _)| format!("{parent}/"));
            // With several paths, each row of the ledger names its own.
            (athlete.prefix, athlete.tables, athlete.person) = (parent, tables, Some(name));
            continue;
        }
        let mut tables = tables.into_iter();
        let Some(path) = tables.next() else { continue };
        athletes.push(AthleteFolder {
            path,
            tables: tables.collect(),
            folder: format!("{place}/{}", escaped_bytes(name.as_bytes())),
            prefix: String::new(),
            report_name: ReportName::new(&name, &name),
            person: Some(name.clone()),
            name,
            stands_for: None,
            slug: String::new(),
            lost: None,
            not_theirs: BTreeSet::new(),
        });
    }
}
