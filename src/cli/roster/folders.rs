//! The athletes under the given folders: a sub-folder or an export zip each, with a name for its files that no other has.
//! What lies beside them is told with its reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::analysis::redaction::numbered;
use crate::cli::{Failure, output};
use crate::config::FILE_NAME;
use crate::import::source::{CONFIGURATION, escaped_bytes, in_words, labels};
use crate::report::index::contract::UnreadPath;

/// An athlete's folder or archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Where it is.
    pub path: PathBuf,
    /// Its path below the folder given, with that folder's name in front where there are several.
    pub folder: String,
    /// What stands in front of the ledger's paths.
    pub prefix: String,
    /// Its own name, without the ending of an archive.
    pub name: String,
    /// What stands for its name where the reports are for sharing.
    pub stands_for: Option<String>,
    /// The name of its files.
    pub slug: String,
    /// Why it cannot be entered.
    pub lost: Option<String>,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Athletes by folder.
    pub athletes: Vec<Place>,
    /// Everything else by path.
    pub left: Vec<UnreadPath>,
}

/// Looks into each of `dirs`. `out` is where reports go, and never an athlete.
pub(super) fn find(dirs: &[PathBuf], out: &Path) -> Result<Found, Failure> {
    let mut search = Search { out: out.canonicalize().ok(), ..Search::default() };
    // The index's own files.
    search.slugs.insert("index".to_owned());
    for (dir, label) in dirs.iter().zip(labels(dirs)) {
        let prefix = if label.is_empty() { label } else { format!("{label}/") };
        search.look_into(dir, &prefix)?;
    }
    let Search { mut found, .. } = search;
    found.left.sort_by(|a, b| a.path.cmp(&b.path));
    if found.athletes.is_empty() {
        let dir = dirs.first().map_or_else(String::new, |dir| dir.display().to_string());
        return Err(Failure::NoAthlete(dir));
    }
    Ok(found)
}

impl Found {
    /// With numbers in place of the names, so that the reports can be shared. Where things are stays.
    pub fn redacted(mut self) -> Self {
        let all = self.athletes.len();
        for (at, athlete) in self.athletes.iter_mut().enumerate() {
            let number = numbered("Athlete", at + 1, all);
            athlete.slug = format!("{}-{}", output::REDACTED_SLUG, output::slug(&number));
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

#[derive(Default)]
struct Search {
    found: Found,
    out: Option<PathBuf>,
    slugs: BTreeSet<String>,
    seen: BTreeMap<PathBuf, String>,
}

impl Search {
    fn look_into(&mut self, dir: &Path, prefix: &str) -> Result<(), Failure> {
        let cannot = |error: &std::io::Error| Failure::NoFolderOfAthletes { dir: dir.to_owned(), why: in_words(error) };
        let mut paths = Vec::new();
        for entry in fs::read_dir(dir).map_err(|error| cannot(&error))? {
            paths.push(entry.map_err(|error| cannot(&error))?.path());
        }
        paths.sort();
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
        if bare == FILE_NAME && !is_dir {
            return self.found.left.push(leave(CONFIGURATION));
        }
        if !is_dir && !is_zip && metadata.is_ok() {
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
            self.seen.insert(whole, folder.clone());
        }
        let name = if is_dir || !is_zip { bare } else { bare[..bare.len() - 4].to_owned() };
        let slug = self.own_slug(&name);
        self.found.athletes.push(Place {
            prefix: if is_dir { format!("{folder}/") } else { prefix.to_owned() },
            stands_for: None,
            slug,
            lost: metadata.err().map(|error| in_words(&error)),
            name,
            folder,
            path,
        });
    }

    /// The name's slug, with a number behind it where another athlete has it.
    fn own_slug(&mut self, name: &str) -> String {
        let base = output::slug(name);
        let mut slug = base.clone();
        let mut next = 2;
        while !self.slugs.insert(slug.clone()) {
            slug = format!("{base}-{next}");
            next += 1;
        }
        slug
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

    fn slugs(found: &Found) -> Vec<(&str, &str)> {
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
        let dir = made(&["Ada/", "ada/", "ada-2/", "ada.zip", "index/", "走る/", "走れ/"]);
        let found = find(&[dir.path().to_owned()], Path::new("nowhere")).expect("found");
        let of: Vec<&str> = slugs(&found).into_iter().map(|one| one.1).collect();
        assert_eq!(of, ["ada", "ada-2", "ada-2-2", "ada-3", "index-2", "runner", "runner-2"]);
    }

    #[test]
    fn several_folders_stand_in_front_and_the_same_one_counts_once() {
        let dir = made(&["a/ada/", "b/ada/"]);
        let (a, b) = (dir.path().join("a"), dir.path().join("b"));
        let found = find(&[a.clone(), b, a.join("../a")], Path::new("nowhere")).expect("found");
        assert_eq!(slugs(&found), [("a/ada", "ada"), ("b/ada", "ada-2")]);
        assert_eq!(found.left.len(), 1);
        assert_eq!(found.left[0].reason, "the same as a/ada");
    }

    #[test]
    fn without_an_athlete_the_way_out_is_named() {
        let dir = made(&["runs.csv"]);
        let failure = find(&[dir.path().to_owned()], Path::new("nowhere")).expect_err("nobody");
        assert!(failure.to_string().contains("runhip analyze"), "{failure}");
        assert!(find(&[dir.path().join("runs.csv")], Path::new("nowhere")).is_err());
        assert!(find(&[dir.path().join("gone")], Path::new("nowhere")).is_err());
    }
}
