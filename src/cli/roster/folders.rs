//! The athletes under the given folders, each a sub-folder or an export zip, with a file name that is unique and
//! stays the same when other athletes come or go. Anything else there is reported with its reason.

mod people;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use self::people::Person;
use crate::analysis::redaction::numbered;
use crate::cli::Failure;
use crate::cli::output::{EarlierReports, REDACTED_SLUG};
use crate::cli::report_name::{ReportName, hash};
use crate::config::FILE_NAME;
use crate::import::csv;
use crate::import::source::file_id::{FileId, id_of_several};
use crate::import::source::{CONFIGURATION, LINKED_CONFIGURATION, escaped_bytes, in_words, labels, last_part};
use crate::report::index::contract::UnreadPath;

/// An athlete's folder or archive, or the tables that have their rows among those of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AthleteFolder {
    /// The path of the folder, archive or first table.
    pub path: PathBuf,
    /// Further tables of several people that name this athlete.
    pub tables: Vec<PathBuf>,
    /// The athlete's name in these tables.
    pub person: Option<String>,
    /// Its path below the given folder, which is named first if there are several.
    pub folder: String,
    /// The beginning of its paths in the ledger.
    pub prefix: String,
    /// Its own name, without the ending of an archive.
    pub name: String,
    /// Stands in place of the name in redacted reports.
    pub stands_for: Option<String>,
    /// The names that the report files can have.
    pub report_name: ReportName,
    /// The name of the report files.
    pub slug: String,
    /// Why it cannot be read.
    pub lost: Option<String>,
    /// Files below it that belong to another athlete under a second name.
    pub not_theirs: BTreeSet<FileId>,
}

/// What the given folders hold.
#[derive(Debug, Default)]
pub(super) struct RosterFolders {
    /// The athletes, by folder.
    pub athletes: Vec<AthleteFolder>,
    /// Everything else, by path.
    pub left: Vec<UnreadPath>,
}

/// Returns the names in a table of several people; empty for any other file.
pub(super) type PeopleIn<'a> = &'a dyn Fn(&Path) -> Vec<String>;

/// Searches each of `dirs`, a folder of athletes or a table of several. `out` is where reports are written, and never
/// an athlete.
pub(super) fn find(dirs: &[PathBuf], out: &Path, people_in: PeopleIn<'_>) -> Result<RosterFolders, Failure> {
    let found = RosterFolders::default();
    let mut search =
        Search { found, out: out.canonicalize().ok(), seen: BTreeMap::new(), people_in, people: BTreeMap::new() };
    for (dir, label) in dirs.iter().zip(labels(dirs)) {
        if dir.is_file() {
            search.take_table(dir, &last_part(dir))?;
            continue;
        }
        let prefix = if label.is_empty() { label } else { format!("{label}/") };
        search.look_into(dir, &prefix)?;
    }
    let Search { mut found, people, .. } = search;
    people::add(&mut found.athletes, people);
    found.left.sort_by(|a, b| a.path.cmp(&b.path));
    if found.athletes.is_empty() {
        let dir = dirs.first().map_or_else(String::new, |dir| dir.display().to_string());
        return Err(Failure::NoAthlete(dir));
    }
    tell_folders_apart(&mut found.athletes);
    Ok(found)
}

/// A file that is in the folders of several athletes through hard links belongs to the first of these folders by
/// path. The folders are searched side by side.
pub(super) fn part_files(athletes: &mut [AthleteFolder]) {
    let shared: Vec<Vec<FileId>> = athletes.par_iter().map(files_of_several_names).collect();
    let mut by_path: Vec<usize> = (0..athletes.len()).collect();
    by_path.sort_by(|a, b| athletes[*a].folder.cmp(&athletes[*b].folder));
    let mut owners: BTreeMap<FileId, usize> = BTreeMap::new();
    for at in by_path {
        for id in &shared[at] {
            match owners.get(id) {
                Some(owner) if *owner != at => _ = athletes[at].not_theirs.insert(id.clone()),
                Some(_) => {}
                None => _ = owners.insert(id.clone(), at),
            }
        }
    }
}

/// The files below an athlete's folder that have further names.
fn files_of_several_names(place: &AthleteFolder) -> Vec<FileId> {
    // A table of several people belongs to all of them.
    if place.lost.is_some() || place.path.is_file() && place.person.is_some() {
        return Vec::new();
    }
    let files = WalkDir::new(&place.path).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files.filter_map(|entry| id_of_several(entry.path(), &entry.metadata().ok()?)).collect()
}

/// Where athletes are known by the same name, adds the folder that theirs is in and, if that is also the same, a hash
/// of the whole path.
fn tell_folders_apart(athletes: &mut [AthleteFolder]) {
    let whole = |place: &AthleteFolder| place.path.canonicalize().unwrap_or_else(|_| place.path.clone());
    let folder = |place: &AthleteFolder| whole(place).parent().map_or_else(String::new, last_part);
    tell_apart(athletes, |place| place.name.clone(), &folder, &|place| whole(place).to_string_lossy().into_owned());
}

/// A property of an athlete's folder.
type Of<'a> = &'a dyn Fn(&AthleteFolder) -> String;

/// Where athletes are known by the same name, adds the folder around theirs and, if that is also the same, a hash of
/// the whole. `own` returns the athlete's name by itself.
pub(super) fn tell_apart(
    athletes: &mut [AthleteFolder],
    own: impl Fn(&AthleteFolder) -> String,
    around: Of<'_>,
    whole: Of<'_>,
) {
    let within = |place: &AthleteFolder| format!("{}/{}", around(place), place.report_name.known_by);
    let hashed = |place: &AthleteFolder| format!("{} {}", place.report_name.known_by, hash(&whole(place)));
    for more in [&within as Of<'_>, &hashed] {
        let count = counted(athletes.iter().map(|place| place.report_name.known_by.clone()));
        for place in athletes.iter_mut().filter(|place| count[&place.report_name.known_by] > 1) {
            place.report_name = ReportName::new(&own(place), &more(place));
        }
    }
}

/// The name of an archive without its ending; `None` for any other name.
pub(super) fn archive_stem(bare: &str) -> Option<&str> {
    let (stem, ending) = bare.split_at_checked(bare.len().checked_sub(".zip".len())?)?;
    (!stem.is_empty() && ending.eq_ignore_ascii_case(".zip")).then_some(stem)
}

/// How often each name occurs.
fn counted(names: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    names.for_each(|name| *count.entry(name).or_default() += 1);
    count
}

impl RosterFolders {
    /// Sets the names of the report files, given the existing reports.
    pub fn named(mut self, reports: &EarlierReports) -> Self {
        let count = counted(self.athletes.iter().filter_map(|place| place.report_name.bare.clone()));
        for place in &mut self.athletes {
            let only = place.report_name.bare.as_ref().is_some_and(|bare| count[bare] == 1);
            place.slug = place.report_name.choose(reports, only);
        }
        self
    }

    /// With numbers in place of the names, given in the order of `order_of` each folder, so that the reports can be shared:
    /// numbers by folder would follow the alphabet. They stand in the order of their numbers, since rows and files are
    /// written in the order they stand in. Where things are stays.
    pub fn redacted(mut self, order_of: impl Fn(&str) -> [u8; 32]) -> Self {
        let all = self.athletes.len();
        self.athletes.sort_by_cached_key(|athlete| order_of(&athlete.folder));
        for (at, athlete) in self.athletes.iter_mut().enumerate() {
            let number = numbered("Athlete", at + 1, all);
            athlete.slug = format!("{REDACTED_SLUG}-{}", number.to_lowercase().replace(' ', "-"));
            athlete.stands_for = Some(number);
        }
        let all = self.left.len();
        for (at, one) in self.left.iter_mut().enumerate() {
            one.path = numbered("entry", at + 1, all);
            "left alone".clone_into(&mut one.reason);
        }
        self
    }
}

/// Why a link is not read.
const LINK: &str = "it is a link and was not followed; put the athlete's own folder or zip in its place";

struct Search<'a> {
    found: RosterFolders,
    out: Option<PathBuf>,
    seen: BTreeMap<PathBuf, String>,
    people_in: PeopleIn<'a>,
    /// The people of tables, by the normalised form of their names.
    people: BTreeMap<String, Person>,
}

impl Search<'_> {
    /// Adds a given table.
    fn take_table(&mut self, path: &Path, place: &str) -> Result<(), Failure> {
        if self.take_people(path, place) {
            return Ok(());
        }
        let why = "it is a file, and no table with a column of several athletes' names".to_owned();
        Err(Failure::NoFolderOfAthletes { dir: path.to_owned(), why })
    }

    /// Adds the people of a table; false if it does not name several.
    fn take_people(&mut self, path: &Path, place: &str) -> bool {
        let people = (self.people_in)(path);
        for name in &people {
            let new = || Person { name: name.clone(), place: place.to_owned(), tables: Vec::new() };
            self.people.entry(csv::comparable(name)).or_insert_with(new).tables.push(path.to_owned());
        }
        !people.is_empty()
    }

    fn look_into(&mut self, dir: &Path, prefix: &str) -> Result<(), Failure> {
        let cannot = |error: &std::io::Error| Failure::NoFolderOfAthletes { dir: dir.to_owned(), why: in_words(error) };
        let mut paths = Vec::new();
        for entry in fs::read_dir(dir).map_err(|error| cannot(&error))? {
            paths.push(entry.map_err(|error| cannot(&error))?.path());
        }
        // Real folders come before links to them.
        paths.sort_by_cached_key(|path| (path.is_symlink(), path.clone()));
        for path in paths {
            self.sort_out(path, prefix);
        }
        Ok(())
    }

    fn sort_out(&mut self, path: PathBuf, prefix: &str) {
        let bare = path.file_name().map(|name| escaped_bytes(name.as_encoded_bytes())).unwrap_or_default();
        let folder = format!("{prefix}{bare}");
        let metadata = fs::metadata(&path);
        let is_dir = metadata.as_ref().is_ok_and(fs::Metadata::is_dir);
        let stem = archive_stem(&bare);
        let leave = |reason: &str| UnreadPath { path: folder.clone(), reason: reason.to_owned() };
        if bare.starts_with('.') {
            return self.found.left.push(leave(if is_dir { "a hidden folder" } else { "a hidden file" }));
        }
        let is_link = path.is_symlink();
        if bare == FILE_NAME && !is_dir {
            return self.found.left.push(leave(if is_link { LINKED_CONFIGURATION } else { CONFIGURATION }));
        }
        if !is_dir && stem.is_none() && metadata.is_ok() {
            if !is_link && path.is_file() && self.take_people(&path, &folder) {
                return;
            }
            return self
                .found
                .left
                .push(leave("it lies beside the athletes' folders; put it into the folder of its athlete"));
        }
        if let Ok(whole) = path.canonicalize() {
            if self.out.as_ref() == Some(&whole) {
                return self.found.left.push(leave("where the reports go"));
            }
            if let Some(first) = self.seen.get(&whole) {
                let reason = format!("the same as {first}");
                return self.found.left.push(leave(&reason));
            }
            if !is_link {
                self.seen.insert(whole, folder.clone());
            }
        }
        let name = stem.filter(|_| !is_dir).unwrap_or(&bare).to_owned();
        self.found.athletes.push(AthleteFolder {
            prefix: if is_dir { format!("{folder}/") } else { prefix.to_owned() },
            stands_for: None,
            report_name: ReportName::new(&name, &bare),
            slug: String::new(),
            // A link may lead into another athlete's folder, or out of all of them.
            lost: metadata.err().map(|error| in_words(&error)).or(is_link.then(|| LINK.to_owned())),
            name,
            folder,
            path,
            tables: Vec::new(),
            person: None,
            not_theirs: BTreeSet::new(),
        });
    }
}
