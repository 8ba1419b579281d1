//! The athletes under the given folders: a sub-folder or an export zip each, with a name for its files that no other has
//! and that no other gets when one comes or goes.
//! What lies beside them is told with its reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::analysis::redaction::numbered;
use crate::cli::Failure;
use crate::cli::output::{EarlierReports, REDACTED_SLUG};
use crate::cli::report_name::{ReportName, hash};
use crate::config::FILE_NAME;
use crate::import::csv;
use crate::import::source::file_id::{FileId, id_of_several};
use crate::import::source::{CONFIGURATION, LINKED_CONFIGURATION, escaped_bytes, in_words, labels, last_part};
use crate::report::index::contract::UnreadPath;

/// An athlete's folder or archive, or the tables that hold their rows beside those of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AthleteFolder {
    /// The path of the folder, archive or first table on disk.
    pub path: PathBuf,
    /// Tables of several people that name this one, beside the path.
    pub tables: Vec<PathBuf>,
    /// The name that they give them.
    pub person: Option<String>,
    /// Its path below the folder given, with that folder's name in front where there are several.
    pub folder: String,
    /// What stands in front of the ledger's paths.
    pub prefix: String,
    /// Its own name, without the ending of an archive.
    pub name: String,
    /// What stands for its name where the reports are for sharing.
    pub stands_for: Option<String>,
    /// The names that its files can have.
    pub report_name: ReportName,
    /// The name of its files.
    pub slug: String,
    /// Why it cannot be entered.
    pub lost: Option<String>,
    /// Files below it that are another athlete's under a second name.
    pub not_theirs: BTreeSet<FileId>,
}

/// What lies under the folders given.
#[derive(Debug, Default)]
pub(super) struct RosterFolders {
    /// The athletes, by folder.
    pub athletes: Vec<AthleteFolder>,
    /// Everything else by path.
    pub left: Vec<UnreadPath>,
}

/// Says whose rows a table holds, where it is one of several people.
pub(super) type PeopleIn<'a> = &'a dyn Fn(&Path) -> Vec<String>;

/// Looks into each of `dirs`, each a folder of athletes or a table of several. `out` is where reports go, and never an
/// athlete.
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
    add_people(&mut found.athletes, people);
    found.left.sort_by(|a, b| a.path.cmp(&b.path));
    if found.athletes.is_empty() {
        let dir = dirs.first().map_or_else(String::new, |dir| dir.display().to_string());
        return Err(Failure::NoAthlete(dir));
    }
    tell_apart(&mut found.athletes);
    part_files(&mut found.athletes);
    Ok(found)
}

/// What tables say of a person.
struct Person {
    name: String,
    /// The first table's place below the folders given.
    place: String,
    tables: Vec<PathBuf>,
}

/// Adds the people of tables: each to the folder of their name where there is one, else as an athlete.
fn add_people(athletes: &mut Vec<AthleteFolder>, people: BTreeMap<String, Person>) {
    for (key, Person { name, place, tables }) in people {
        let mut of_name = athletes.iter_mut().filter(|athlete| csv::comparable(&athlete.name) == key);
        if let (Some(athlete), None) = (of_name.next(), of_name.next()) {
            let parent = athlete.folder.rsplit_once('/').map_or(String::new(), |(parent, _)| format!("{parent}/"));
            // Of several paths each row of the ledger names its own.
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

/// A file that stands in the folders of several athletes under names of its own is that of the first by path.
fn part_files(athletes: &mut [AthleteFolder]) {
    let mut by_path: Vec<usize> = (0..athletes.len()).collect();
    by_path.sort_by(|a, b| athletes[*a].folder.cmp(&athletes[*b].folder));
    let mut owners: BTreeMap<FileId, usize> = BTreeMap::new();
    for at in by_path {
        // A table of several people is everybody's who stands in it.
        if athletes[at].lost.is_some() || athletes[at].path.is_file() && athletes[at].person.is_some() {
            continue;
        }
        let path = athletes[at].path.clone();
        for entry in WalkDir::new(&path).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
            let metadata = entry.metadata().ok();
            let Some(id) = metadata.and_then(|metadata| id_of_several(entry.path(), &metadata)) else { continue };
            if *owners.entry(id).or_insert(at) != at {
                athletes[at].not_theirs.insert(id);
            }
        }
    }
}

/// Of athletes known by the same, each is known by more: the folder that theirs lies in, and where even that is the same,
/// by a hash of the whole path.
fn tell_apart(athletes: &mut [AthleteFolder]) {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let within = |place: &AthleteFolder| {
        let folder = whole(&place.path).parent().map_or_else(String::new, last_part);
        format!("{folder}/{}", place.report_name.known_by)
    };
    let hashed = |place: &AthleteFolder| {
        format!("{} {}", place.report_name.known_by, hash(&whole(&place.path).to_string_lossy()))
    };
    for more in [&within as &dyn Fn(&AthleteFolder) -> String, &hashed] {
        let count = counted(athletes.iter().map(|place| place.report_name.known_by.clone()));
        for place in athletes.iter_mut().filter(|place| count[&place.report_name.known_by] > 1) {
            place.report_name = ReportName::new(&place.name, &more(place));
        }
    }
}

/// How often each of them is there.
fn counted(names: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    names.for_each(|name| *count.entry(name).or_default() += 1);
    count
}

impl RosterFolders {
    /// With the names of their files, among the reports that lie there.
    pub fn named(mut self, reports: &EarlierReports) -> Self {
        let count = counted(self.athletes.iter().filter_map(|place| place.report_name.bare.clone()));
        for place in &mut self.athletes {
            let only = place.report_name.bare.as_ref().is_some_and(|bare| count[bare] == 1);
            place.slug = place.report_name.choose(reports, only);
        }
        self
    }

    /// With numbers in place of the names, given in the order of `order_of` each folder, so that the reports can be shared:
    /// numbers by folder would follow the alphabet. Where things are stays.
    pub fn redacted(mut self, order_of: impl Fn(&str) -> [u8; 32]) -> Self {
        let all = self.athletes.len();
        let mut athletes: Vec<&mut AthleteFolder> = self.athletes.iter_mut().collect();
        athletes.sort_by_cached_key(|athlete| order_of(&athlete.folder));
        for (at, athlete) in athletes.into_iter().enumerate() {
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

/// Why nobody is read who is only linked to.
const LINK: &str = "it is a link and was not followed; put the athlete's own folder or zip in its place";

struct Search<'a> {
    found: RosterFolders,
    out: Option<PathBuf>,
    seen: BTreeMap<PathBuf, String>,
    people_in: PeopleIn<'a>,
    /// The people of tables, by the form in which their names are compared.
    people: BTreeMap<String, Person>,
}

impl Search<'_> {
    /// Takes in a table that was given.
    fn take_table(&mut self, path: &Path, place: &str) -> Result<(), Failure> {
        if self.take_people(path, place) {
            return Ok(());
        }
        let why = "it is a file, and no table with a column of several athletes' names".to_owned();
        Err(Failure::NoFolderOfAthletes { dir: path.to_owned(), why })
    }

    /// Takes in the people of a table; false where it names no several.
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
        // What a folder is called goes before what a link to it is.
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
        let is_zip = bare.len() > 4 && bare.to_lowercase().ends_with(".zip");
        let leave = |reason: &str| UnreadPath { path: folder.clone(), reason: reason.to_owned() };
        if bare.starts_with('.') {
            return self.found.left.push(leave(if is_dir { "a hidden folder" } else { "a hidden file" }));
        }
        let is_link = path.is_symlink();
        if bare == FILE_NAME && !is_dir {
            return self.found.left.push(leave(if is_link { LINKED_CONFIGURATION } else { CONFIGURATION }));
        }
        if !is_dir && !is_zip && metadata.is_ok() {
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
        let name = if is_dir || !is_zip { bare.clone() } else { bare[..bare.len() - 4].to_owned() };
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

#[cfg(test)]
mod tests {
    use super::*;

    fn made(entries: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a folder");
        for entry in entries {
            let path = dir.path().join(entry);
            if entry.ends_with('/') {
                fs::create_dir_all(path).expect("a folder");
            } else {
                fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
                std::fs::write(path, "x").expect("a file");
            }
        }
        dir
    }

    /// What is found, its files named where no report lies yet.
    fn find(dirs: &[PathBuf], out: &Path) -> Result<RosterFolders, Failure> {
        Ok(super::find(dirs, out, &|_| Vec::new())?.named(&EarlierReports::default()))
    }

    fn slugs(found: &RosterFolders) -> Vec<(&str, &str)> {
        found.athletes.iter().map(|place| (place.folder.as_str(), place.slug.as_str())).collect()
    }

    #[test]
    fn folders_and_archives_are_athletes_and_the_rest_is_left_with_its_reason() {
        let dir = made(&["ada/runs.csv", "bo.zip", "loose.gpx", "runhip.toml", ".git/x", ".x", "out/"]);
        let found = find(&[dir.path().to_owned()], &dir.path().join("out")).expect("found");
        assert_eq!(slugs(&found), [("ada", "ada"), ("bo.zip", "bo")]);
        assert_eq!(found.athletes[1].name, "bo");
        assert_eq!((found.athletes[0].prefix.as_str(), found.athletes[1].prefix.as_str()), ("ada/", ""));
        let left: Vec<_> = found.left.iter().map(|one| (one.path.as_str(), one.reason.as_str())).collect();
        assert_eq!(
            left,
            [
                (".git", "a hidden folder"),
                (".x", "a hidden file"),
                ("loose.gpx", "it lies beside the athletes' folders; put it into the folder of its athlete"),
                ("out", "where the reports go"),
                ("runhip.toml", "the configuration"),
            ]
        );
    }

    #[test]
    fn no_two_athletes_share_a_slug_and_none_has_that_of_the_index() {
        let dir = made(&["Ada/", "ada/", "ada-2/", "ada.zip", "index/", "走る/", "走れ/", "bo.zip", "Zo\u{eb}/"]);
        let found = find(&[dir.path().to_owned()], Path::new("nowhere")).expect("found");
        let of: Vec<&str> = slugs(&found).into_iter().map(|one| one.1).collect();
        let hashed = |slug: &str, known_by: &str| format!("{slug}-{}", hash(known_by));
        let all = [
            hashed("ada", "Ada"),
            "zoe".to_owned(),
            hashed("ada", "ada"),
            "ada-2".to_owned(),
            hashed("ada", "ada.zip"),
            "bo".to_owned(),
            hashed("index", "index"),
            hashed("zou-ru", "走る"),
            hashed("zou-re", "走れ"),
        ];
        let mut sorted = (of, all.to_vec());
        sorted.0.sort_unstable();
        sorted.1.sort();
        assert_eq!(sorted.0, sorted.1);
    }

    #[test]
    fn who_comes_or_goes_changes_nobody_elses_name() {
        let of = |folders: &[&str]| -> BTreeMap<String, String> {
            let dir = made(folders);
            let found = find(&[dir.path().to_owned()], Path::new("nowhere")).expect("found");
            found.athletes.into_iter().map(|place| (place.folder, place.slug)).collect()
        };
        let all = of(&["Ana/", "ana/", "aña/", "bo/", "Бо/"]);
        for left in [["Ana/", "ana/", "bo/"], ["ana/", "aña/", "bo/"], ["Ana/", "aña/", "Бо/"]] {
            for (folder, slug) in of(&left) {
                assert_eq!(all[&folder], slug, "{folder} of {left:?}");
            }
        }
    }

    #[test]
    fn a_name_that_has_a_report_stays_with_its_person() {
        let dir = made(&["in/Ana/", "in/ana/", "out/"]);
        let report = |slug: &str, known_by: &str| {
            let text = format!("{{\"athlete\": {{\"known_by\": {}}}}}", serde_json::Value::from(known_by));
            std::fs::write(dir.path().join(format!("out/{slug}-latest.json")), text).expect("written");
        };
        let of = || -> Vec<String> {
            let reports = EarlierReports::list(&dir.path().join("out"));
            let found = super::find(&[dir.path().join("in")], Path::new("nowhere"), &|_| Vec::new())
                .expect("found")
                .named(&reports);
            found.athletes.into_iter().map(|place| place.slug).collect()
        };
        let [first, second] = ["Ana", "ana"].map(|known_by| format!("ana-{}", hash(known_by)));
        assert_eq!(of(), [first.clone(), second.clone()]);
        // The first had the name before the other came.
        report("ana", "Ana");
        assert_eq!(of(), ["ana".to_owned(), second.clone()]);
        // And keeps it when it has gone.
        fs::remove_dir(dir.path().join("in/Ana")).expect("gone");
        assert_eq!(of(), std::slice::from_ref(&second));
        // Once the other has had a name of its own, it stays with that.
        fs::remove_file(dir.path().join("out/ana-latest.json")).expect("gone");
        assert_eq!(of(), ["ana"]);
        report(&second, "ana");
        assert_eq!(of(), [second]);
    }

    #[test]
    fn several_folders_stand_in_front_and_the_same_one_counts_once() {
        let dir = made(&["a/ada/", "b/ada/", "b/bo/", "c/b/ada/"]);
        let at = |path: &str| dir.path().join(path);
        let found = find(&[at("a"), at("b"), at("a/../a")], Path::new("nowhere")).expect("found");
        let (first, second) = (format!("ada-{}", hash("a/ada")), format!("ada-{}", hash("b/ada")));
        assert_eq!(slugs(&found), [("a/ada", first.as_str()), ("b/ada", second.as_str()), ("b/bo", "bo")]);
        assert_eq!(found.left.len(), 1);
        assert_eq!(found.left[0].reason, "the same as a/ada");
        // The order in which folders are given names nobody anew, not even where they have the same name.
        let mut one = find(&[at("b"), at("c/b")], Path::new("nowhere")).expect("found").athletes;
        let mut other = find(&[at("c/b"), at("b")], Path::new("nowhere")).expect("found").athletes;
        one.sort_by(|a, b| a.path.cmp(&b.path));
        other.sort_by(|a, b| a.path.cmp(&b.path));
        assert!(one.iter().map(|place| &place.slug).eq(other.iter().map(|place| &place.slug)));
        assert_ne!(one[0].slug, one[2].slug);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_no_athletes_and_take_no_name_from_one() {
        use std::os::unix::fs::symlink;
        let dir = made(&["club/zoe/private/pain.md", "club/zoe.zip", "elsewhere/mia/log.csv"]);
        let club = dir.path().join("club");
        for (to, name) in [
            ("zoe", "ada"),
            ("zoe/private", "bob"),
            ("../elsewhere/mia", "eve"),
            ("zoe.zip", "fay.zip"),
            ("nowhere", "gus"),
            ("../elsewhere/mia/log.csv", "runhip.toml"),
        ] {
            symlink(to, club.join(name)).expect("a link");
        }
        let found = find(&[club], Path::new("nowhere")).expect("found");
        let of: Vec<_> = found.athletes.iter().map(|one| (one.folder.as_str(), one.lost.as_deref())).collect();
        assert_eq!(
            of,
            [
                ("zoe", None),
                ("zoe.zip", None),
                ("bob", Some(LINK)),
                ("eve", Some(LINK)),
                ("gus", Some("it is not there")),
            ]
        );
        let left: Vec<_> = found.left.iter().map(|one| (one.path.as_str(), one.reason.as_str())).collect();
        assert_eq!(
            left,
            [("ada", "the same as zoe"), ("fay.zip", "the same as zoe.zip"), ("runhip.toml", LINKED_CONFIGURATION)]
        );
    }

    #[test]
    fn without_an_athlete_the_way_out_is_named() {
        let dir = made(&["runs.csv"]);
        let failure = find(&[dir.path().to_owned()], Path::new("nowhere")).expect_err("nobody");
        assert!(failure.to_string().contains("runhip analyze"), "{failure}");
        assert!(find(&[dir.path().join("runs.csv")], Path::new("nowhere")).is_err());
        assert!(find(&[dir.path().join("gone")], Path::new("nowhere")).is_err());
    }

    #[test]
    fn people_of_tables_are_athletes_or_join_the_folder_of_their_name() {
        let dir = made(&["ada/runs.csv", "club.csv", "notes.csv", "one.csv"]);
        let people = |path: &Path| -> Vec<String> {
            let names: &[&str] = match path.file_name().and_then(|name| name.to_str()) {
                Some("club.csv") => &["Ada", "Bo"],
                Some("notes.csv") => &["BO", "Cy"],
                _ => &[],
            };
            names.iter().map(|&name| name.to_owned()).collect()
        };
        let at = |name: &str| dir.path().join(name);
        let found = super::find(&[dir.path().to_owned()], Path::new("nowhere"), &people).expect("found");
        let told: Vec<(&str, Option<&str>, Vec<PathBuf>)> = found
            .athletes
            .iter()
            .map(|one| {
                let paths = std::iter::once(&one.path).chain(&one.tables).cloned().collect();
                (one.folder.as_str(), one.person.as_deref(), paths)
            })
            .collect();
        assert_eq!(
            told,
            [
                ("ada", Some("Ada"), vec![at("ada"), at("club.csv")]),
                ("club.csv/Bo", Some("Bo"), vec![at("club.csv"), at("notes.csv")]),
                ("notes.csv/Cy", Some("Cy"), vec![at("notes.csv")]),
            ]
        );
        assert!(found.athletes.iter().all(|one| one.not_theirs.is_empty()));
        let left: Vec<&str> = found.left.iter().map(|one| one.path.as_str()).collect();
        assert_eq!(left, ["one.csv"]);
        let given = super::find(&[at("club.csv")], Path::new("nowhere"), &people).expect("found");
        assert_eq!(given.athletes.len(), 2);
        assert!(super::find(&[at("one.csv")], Path::new("nowhere"), &people).is_err());
    }
}
