//! Searches the given paths: every file and folder below them once, no link out of them, and no more than a limit. It
//! reads no file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use globset::GlobSet;
use walkdir::{DirEntry, WalkDir};

use super::file_id::{FileId, id_of, id_of_several};
use super::{
    CONFIGURATION_BELOW, FileState, LINKED_CONFIGURATION, LISTED_UNDER_IGNORE, SourceFile, escaped, in_ledger,
    unreadable,
};
use crate::config::FILE_NAME;
use crate::import::limits::MOST_FOUND;
use crate::model::fault::Fault;
use crate::model::problem::Place;

/// The state of a search.
pub(super) struct Search<'a> {
    paths: &'a [PathBuf],
    labels: &'a [String],
    ignored: &'a GlobSet,
    /// Files that belong to somebody else under any path.
    not_theirs: &'a BTreeSet<FileId>,
    /// The targets of the given paths.
    inside: Vec<PathBuf>,
    files: Vec<SourceFile>,
    /// Links, which are followed after everything else is found, so that their targets keep their own names.
    links: Vec<Link>,
    /// Searched folders by identifier, each with the given path it was reached from and its ledger path.
    entered: BTreeMap<FileId, (usize, String)>,
    /// How many more entries each given path may have.
    left: Vec<usize>,
    /// Whether links are being followed.
    following: bool,
    /// Whether a file may have been reached twice.
    repeats: bool,
}

struct Link {
    /// The index of the given path that it is below.
    root: usize,
    path: PathBuf,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        paths: &'a [PathBuf],
        labels: &'a [String],
        ignored: &'a GlobSet,
        not_theirs: &'a BTreeSet<FileId>,
    ) -> Self {
        Self {
            paths,
            labels,
            ignored,
            not_theirs,
            inside: paths.iter().filter_map(|path| path.canonicalize().ok()).collect(),
            files: Vec::new(),
            links: Vec::new(),
            entered: BTreeMap::new(),
            left: vec![MOST_FOUND; paths.len()],
            following: false,
            repeats: paths.len() > 1,
        }
    }

    #[cfg(test)]
    pub(super) fn with_at_most(self, entries: usize) -> Self {
        Self { left: vec![entries; self.paths.len()], ..self }
    }

    /// Every file below the given paths, in the order of their ledger paths.
    pub(super) fn all(mut self) -> Vec<SourceFile> {
        for (root, path) in self.paths.iter().enumerate() {
            self.walk(root, path);
        }
        self.following = true;
        while !self.links.is_empty() {
            self.repeats = true;
            let mut links = std::mem::take(&mut self.links);
            // A folder is named by the first link to it, in whatever order the disk lists them.
            links.sort_by(|a, b| (a.root, &a.path).cmp(&(b.root, &b.path)));
            for link in &links {
                self.follow(link);
            }
        }
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        if self.repeats {
            leave_repeats(&mut self.files);
        }
        self.files
    }

    /// Searches everything at `start` without following links. If that is more than a log can have, all of it is left
    /// out.
    fn walk(&mut self, root: usize, start: &Path) {
        let (before, links_before) = (self.files.len(), self.links.len());
        let mut walker = WalkDir::new(start).into_iter();
        while let Some(entry) = walker.next() {
            let Some(left) = self.left[root].checked_sub(1) else {
                self.files.truncate(before);
                self.links.truncate(links_before);
                let fault = Fault::TooManyFound { most: MOST_FOUND };
                return self.push(root, start, FileState::Lost(fault.at(Place::File)));
            };
            self.left[root] = left;
            match entry {
                Ok(entry) => {
                    if !self.take(root, &entry) {
                        walker.skip_current_dir();
                    }
                }
                Err(error) => {
                    let at = error.path().unwrap_or(start).to_owned();
                    self.push(root, &at, FileState::Lost(unreadable(error.io_error())));
                }
            }
        }
    }

    /// Adds an entry; false for a folder that is not entered.
    fn take(&mut self, root: usize, entry: &DirEntry) -> bool {
        let path = entry.path();
        // A given path is used whatever its name, and followed if it is a link.
        let given = path == self.paths[root];
        let relative = self.relative(root, path);
        let hidden = !given && entry.file_name().to_string_lossy().starts_with('.');
        if entry.file_type().is_dir() || (entry.depth() == 0 && path.is_dir()) {
            return self.enter(root, path, hidden);
        }
        let state = if self.ignored.is_match(relative) {
            FileState::Left(LISTED_UNDER_IGNORE.to_owned())
        } else if entry.file_name() == FILE_NAME {
            if entry.path_is_symlink() {
                FileState::Left(LINKED_CONFIGURATION.to_owned())
            } else if given || relative == Path::new(FILE_NAME) {
                FileState::Configuration
            } else {
                FileState::Left(CONFIGURATION_BELOW.to_owned())
            }
        } else if hidden {
            FileState::Left("a hidden file".to_owned())
        } else if entry.path_is_symlink() && !given {
            self.links.push(Link { root, path: path.to_owned() });
            return true;
        } else if !(entry.file_type().is_file() || (given && path.is_file())) {
            FileState::Left("not a regular file".to_owned())
        } else {
            self.here(path)
        };
        self.push(root, path, state);
        true
    }

    /// True if the folder is to be searched: once below each given path that contains it, and through a link only
    /// if it was not searched before.
    fn enter(&mut self, root: usize, path: &Path, hidden: bool) -> bool {
        if hidden {
            let mut row = self.row(root, path, FileState::Left("a hidden folder".to_owned()));
            row.path.push('/');
            self.files.push(row);
            return false;
        }
        // A folder without an identifier cannot be opened either, and that is reported.
        let Some(id) = fs::metadata(path).ok().and_then(|metadata| id_of(path, &metadata)) else { return true };
        let own = self.row(root, path, FileState::Left(String::new())).path;
        match self.entered.get(&id) {
            Some((other, first)) if self.following || (*other == root && *first != own) => {
                let reason = format!("the same folder as {first}");
                self.push(root, path, FileState::Left(reason));
                false
            }
            _ => {
                self.entered.entry(id).or_insert((root, own));
                true
            }
        }
    }

    /// Follows a link that ends inside the given paths, at a file or a folder not searched yet.
    fn follow(&mut self, link: &Link) {
        let Link { root, path } = link;
        let (end, metadata) = match path.canonicalize().and_then(|end| Ok((end, fs::metadata(path)?))) {
            Ok(found) => found,
            Err(error) => return self.push(*root, path, FileState::Lost(unreadable(Some(&error)))),
        };
        if !metadata.is_dir() && !metadata.is_file() {
            return self.push(*root, path, FileState::Left("not a regular file".to_owned()));
        }
        if !self.inside.iter().any(|given| end.starts_with(given)) {
            return self.push(*root, path, FileState::Lost(Fault::LinkLeadsOut.at(Place::File)));
        }
        if metadata.is_file() {
            let state = self.here(path);
            return self.push(*root, path, state);
        }
        let above = path.parent().and_then(|folder| folder.canonicalize().ok());
        let known = id_of(path, &metadata).and_then(|id| self.entered.get(&id));
        let reason = if above.is_some_and(|above| above.starts_with(&end)) {
            "a link back to a folder above it".to_owned()
        } else if let Some((_, first)) = known {
            format!("a link to a folder that is read as {first}")
        } else {
            return self.walk(*root, path);
        };
        self.push(*root, path, FileState::Left(reason));
    }

    /// A file to read, unless it is somebody else's under another name.
    fn here(&self, path: &Path) -> FileState {
        let id = || fs::metadata(path).ok().and_then(|metadata| id_of_several(path, &metadata));
        if !self.not_theirs.is_empty() && id().is_some_and(|id| self.not_theirs.contains(&id)) {
            return FileState::Lost(Fault::AnothersFile.at(Place::File));
        }
        FileState::Here(path.to_owned())
    }

    fn relative<'p>(&self, root: usize, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.paths[root]).unwrap_or(path)
    }

    fn row(&self, root: usize, path: &Path, state: FileState) -> SourceFile {
        let relative = self.relative(root, path);
        let path = in_ledger(&self.paths[root], &self.labels[root], relative);
        SourceFile { path, relative: escaped(relative), state }
    }

    fn push(&mut self, root: usize, path: &Path, state: FileState) {
        let row = self.row(root, path, state);
        self.files.push(row);
    }
}

/// Marks files reached twice, through overlapping paths or links, so that they are read once.
fn leave_repeats(files: &mut [SourceFile]) {
    let mut seen: BTreeMap<PathBuf, String> = BTreeMap::new();
    for file in files {
        let FileState::Here(path) = &file.state else { continue };
        let Ok(whole) = path.canonicalize() else { continue };
        if let Some(first) = seen.get(&whole) {
            file.state = FileState::Left(format!("the same file as {first}"));
        } else {
            seen.insert(whole, file.path.clone());
        }
    }
}
