//! The files under the given paths: found, named for the ledger and opened. With the cache, this is the only part of
//! `import` that touches the disk.

pub mod file_id;
mod search;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use globset::{GlobSet, GlobSetBuilder};

use self::file_id::FileId;
use self::search::Search;
use crate::config::patterns::glob;
use crate::error::Error;
use crate::model::fault::Fault;
use crate::model::limits::size_in_words;
use crate::model::problem::{Place, Problem};
use crate::model::unshown;

/// Why the configuration is not read as a log.
pub const CONFIGURATION: &str = "the configuration";

/// Why a link in its place is not used as a configuration: it could lead to anybody's.
pub const LINKED_CONFIGURATION: &str = "a link, and no configuration; name what it leads to with --config";

/// Why a configuration below the top of a path is not used.
pub const CONFIGURATION_BELOW: &str = "a configuration counts only at the top of a given path";

/// Why a file on the runner's ignore list is not read.
pub const LISTED_UNDER_IGNORE: &str = "matches a pattern under ignore in runhip.toml";

/// A file that was found.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path in the ledger.
    pub path: String,
    /// Its path below the given one, which `ignore` patterns match; empty if the file itself was given.
    pub relative: String,
    /// What to do with it.
    pub state: FileState,
}

/// What to do with a file.
#[derive(Clone, Debug)]
pub enum FileState {
    /// Read it from this path.
    Here(PathBuf),
    /// Do not read it, for this reason.
    Left(String),
    /// It is the configuration.
    Configuration,
    /// It cannot be reached.
    Lost(Problem),
}

/// Finds every file under `paths`, in the order of their ledger paths. A link is followed if it ends inside them or
/// was itself given; each folder is searched once. Other links, folders that may not be opened, paths that do not
/// exist and paths with too many files each get a row of their own. Files that match `ignored`, and those in
/// `not_theirs`, are not read.
pub fn discover(paths: &[PathBuf], ignored: &GlobSet, not_theirs: &BTreeSet<FileId>) -> Vec<SourceFile> {
    Search::new(paths, &labels(paths), ignored, not_theirs).all()
}

/// The patterns of `ignore`, compiled.
///
/// # Errors
/// If one of them is invalid, or they are too large together.
pub fn patterns(ignore: &[String]) -> Result<GlobSet, Error> {
    let mut set = GlobSetBuilder::new();
    for pattern in ignore {
        set.add(glob(pattern).map_err(|error| Error::Pattern { pattern: pattern.clone(), why: error.to_string() })?);
    }
    set.build().map_err(|error| Error::Patterns { why: error.to_string() })
}

/// The beginning of ledger paths: empty for one given path, each path's last part if there are several.
#[must_use]
pub fn labels(paths: &[PathBuf]) -> Vec<String> {
    if paths.len() == 1 {
        return vec![String::new()];
    }
    let mut labels: Vec<String> = Vec::new();
    for path in paths {
        let name = last_part(path);
        let ties = labels.iter().filter(|label| **label == name || label.starts_with(&format!("{name}~"))).count();
        labels.push(if ties == 0 { name } else { format!("{name}~{}", ties + 1) });
    }
    labels
}

/// The last part of a path, also for `.` and `..`.
#[must_use]
pub fn last_part(path: &Path) -> String {
    let whole = path.canonicalize();
    let path = whole.as_deref().unwrap_or(path);
    path.file_name().map_or_else(|| "root".to_owned(), |name| escaped(Path::new(name)))
}

/// The ledger path of the file at `relative` below the given path `root`.
fn in_ledger(root: &Path, label: &str, relative: &Path) -> String {
    let relative = escaped(relative);
    match (label.is_empty(), relative.is_empty()) {
        (true, true) => last_part(root),
        (true, false) => relative,
        (false, true) => label.to_owned(),
        (false, false) => format!("{label}/{relative}"),
    }
}

/// The ledger paths of the file at `whole`, a path without links, if it is below `roots`.
#[must_use]
pub fn rows_of(whole: &Path, roots: &[PathBuf]) -> Vec<String> {
    let named = roots.iter().zip(labels(roots)).filter_map(|(root, label)| {
        let relative = whole.strip_prefix(root.canonicalize().ok()?).ok()?;
        Some(in_ledger(root, &label, relative))
    });
    named.collect()
}

/// A path with forward slashes; bytes that are not text, and control characters, are percent-escaped.
fn escaped(path: &Path) -> String {
    let parts: Vec<String> = path
        .components()
        .filter(|part| !matches!(part, std::path::Component::CurDir))
        .map(|part| escaped_bytes(part.as_os_str().as_encoded_bytes()))
        .collect();
    parts.join("/")
}

/// Text from the bytes of a name; bytes that are not text, and control characters, are percent-escaped.
#[must_use]
pub fn escaped_bytes(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if unshown::acts(c) || c == '%' {
                let mut buffer = [0; 4];
                c.encode_utf8(&mut buffer).bytes().for_each(|byte| text.push_str(&format!("%{byte:02X}")));
            } else {
                text.push(c);
            }
        }
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("%{byte:02X}")));
    }
    text
}

fn unreadable(error: Option<&io::Error>) -> Problem {
    error.map_or_else(|| Fault::Unreadable { detail: "unknown reason".to_owned() }, fault).at(Place::File)
}

/// The fault for an input error, so that the remedy fits.
#[must_use]
pub fn fault(error: &io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::NotFound => Fault::NotThere,
        io::ErrorKind::PermissionDenied => Fault::Forbidden,
        _ => Fault::Unreadable { detail: in_words(error) },
    }
}

/// An input error in words that are the same on every machine: its own message if it has one, else one for its kind.
#[must_use]
pub fn in_words(error: &io::Error) -> String {
    if let Some(own) = error.get_ref() {
        return own.to_string();
    }
    match error.kind() {
        io::ErrorKind::NotFound => "it is not there".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::UnexpectedEof => "its end is missing".to_owned(),
        other => other.to_string(),
    }
}

/// Opens a file, and returns its size in bytes as well.
///
/// # Errors
/// The problem for the ledger.
#[expect(clippy::disallowed_methods, reason = "this file is where logs are opened")]
pub fn open(path: &Path) -> Result<(BufReader<File>, u64), Problem> {
    let opened = File::open(path).and_then(|file| Ok((file.metadata()?.len(), file)));
    match opened {
        Ok((bytes, file)) => Ok((BufReader::with_capacity(1 << 16, file), bytes)),
        Err(error) => Err(unreadable(Some(&error))),
    }
}

/// Why an input was not read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadStop {
    /// It is larger than allowed, and has to be refused.
    TooLarge(String),
    /// It breaks off, or its bytes are damaged; what came before can be used.
    Broken(String),
}

/// Why a file of more than `most_bytes` is refused.
#[must_use]
pub fn larger_than(most_bytes: u64) -> String {
    format!("it is larger than the {} that files of this kind may have", size_in_words(most_bytes))
}

/// Reads `input` up to `limit` bytes, or as much as can be read, and returns why it stopped early.
pub fn read_all(input: impl Read, limit: u64) -> (Vec<u8>, Option<ReadStop>) {
    let mut bytes = Vec::new();
    let stopped = match input.take(limit + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > limit => Some(ReadStop::TooLarge(larger_than(limit))),
        Ok(_) => None,
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => Some(ReadStop::TooLarge(in_words(&error))),
        Err(error) if error.kind() == io::ErrorKind::OutOfMemory => {
            bytes = Vec::new();
            Some(ReadStop::Broken("there is not enough memory for it; ulimit -v raises what may be used".into()))
        }
        Err(error) => Some(ReadStop::Broken(in_words(&error))),
    };
    (bytes, stopped)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, "x").expect("a file");
        }
        dir
    }

    fn rows(paths: &[PathBuf], ignore: &[&str]) -> Vec<(String, String)> {
        let ignore: Vec<String> = ignore.iter().map(|&glob| glob.to_owned()).collect();
        discover(paths, &patterns(&ignore).expect("patterns"), &BTreeSet::new())
            .into_iter()
            .map(|file| {
                let state = match file.state {
                    FileState::Here(_) => "here".to_owned(),
                    FileState::Left(reason) => reason,
                    FileState::Configuration => CONFIGURATION.to_owned(),
                    FileState::Lost(problem) => problem.what,
                };
                (file.path, state)
            })
            .collect()
    }

    #[test]
    fn every_file_has_a_row_in_the_order_of_paths() {
        let dir = tree(&["b/2.gpx", "a.csv", "runhip.toml", "b/runhip.toml", ".git/x", "old/x.gpx", "b/.DS_Store"]);
        let rows = rows(&[dir.path().to_owned()], &["old/**"]);
        let paths: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
        assert_eq!(paths, [".git/", "a.csv", "b/.DS_Store", "b/2.gpx", "b/runhip.toml", "old/x.gpx", "runhip.toml"]);
        assert_eq!(rows[1].1, "here");
        assert_eq!(rows[5].1, "matches a pattern under ignore in runhip.toml");
        assert_eq!(rows[6].1, "the configuration");
    }

    #[test]
    fn several_paths_carry_their_last_part_and_a_file_is_read_once() {
        let dir = tree(&["runs/a.gpx", "notes/p.md"]);
        let paths = [dir.path().join("runs"), dir.path().join("notes"), dir.path().join("runs/a.gpx")];
        let rows = rows(&paths, &[]);
        let paths: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
        assert_eq!(paths, ["a.gpx", "notes/p.md", "runs/a.gpx"]);
        assert_eq!(rows[2].1, "the same file as a.gpx");
    }

    #[test]
    fn a_path_that_is_not_there_is_a_lost_row() {
        let dir = tree(&["a.gpx"]);
        let rows = rows(&[dir.path().join("missing")], &[]);
        assert_eq!(rows.len(), 1);
        assert!(rows[0].1.contains("not there"), "{rows:?}");
    }

    #[cfg(unix)]
    #[test]
    fn loops_of_links_end_and_names_that_are_not_text_are_escaped() {
        use std::os::unix::ffi::OsStrExt;
        let dir = tree(&["sub/a.gpx"]);
        std::os::unix::fs::symlink(dir.path(), dir.path().join("sub/up")).expect("a link");
        std::fs::write(dir.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9.gpx")), "x").expect("a file");
        let rows = rows(&[dir.path().to_owned()], &[]);
        assert_eq!(rows[0].0, "caf%E9.gpx");
        assert_eq!(rows[2], ("sub/up".to_owned(), "a link back to a folder above it".to_owned()));
    }

    #[test]
    fn a_path_with_too_much_below_it_is_left_out_whole_and_the_next_is_read() {
        let dir = tree(&["much/a/1.gpx", "much/2.gpx", "little/3.gpx"]);
        let paths = [dir.path().join("much"), dir.path().join("little")];
        let ignored = GlobSet::empty();
        let found = |most: usize| -> Vec<(String, bool)> {
            let labels = labels(&paths);
            let files = Search::new(&paths, &labels, &ignored, &BTreeSet::new()).with_at_most(most).all();
            files.into_iter().map(|file| (file.path, matches!(file.state, FileState::Here(_)))).collect()
        };
        // The given folder, one inside it and two files are four entries.
        let all = ["little/3.gpx", "much/2.gpx", "much/a/1.gpx"].map(|path| (path.to_owned(), true));
        assert_eq!(found(4), all);
        assert_eq!(found(3), [("little/3.gpx".to_owned(), true), ("much".to_owned(), false)]);
    }

    #[cfg(unix)]
    #[test]
    fn links_end_inside_and_are_followed_in_the_order_of_their_names() {
        use std::os::unix::fs::symlink;
        let dir = tree(&["in/.store/a.gpx", "out/b.gpx"]);
        let at = |name: &str| dir.path().join(name);
        for (to, name) in [(".store", "z"), (".store", "m"), ("../out", "o"), ("../out/b.gpx", "b"), ("m/a.gpx", "a")] {
            symlink(to, at("in").join(name)).expect("a link");
        }
        let found = rows(&[at("in")], &[]);
        let found: Vec<(&str, &str)> = found.iter().map(|(path, state)| (path.as_str(), state.as_str())).collect();
        let out = "it is a link that leads out of the given paths, and was not followed";
        assert_eq!(
            found,
            [
                (".store/", "a hidden folder"),
                ("a", "here"),
                ("b", out),
                ("m/a.gpx", "the same file as a"),
                ("o", out),
                ("z", "a link to a folder that is read as m"),
            ]
        );
        assert_eq!(
            rows_of(&at("in/.store/a.gpx").canonicalize().expect("there"), &[at("in"), at("out")]),
            ["in/.store/a.gpx"]
        );
    }

    #[test]
    fn more_bytes_than_allowed_are_refused() {
        assert_eq!(read_all(&b"12345"[..], 5), (b"12345".to_vec(), None));
        assert!(matches!(read_all(&b"123456"[..], 5).1, Some(ReadStop::TooLarge(_))));
    }
}
