//! Where a named file may be written: to a free path, or over a file that runhip itself wrote. A file of anybody
//! else, or one that was read in the same run, is never replaced. It examines files and writes none.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::failure::unwritten;
use super::{Failure, table_seal};
use crate::import::own_report::begins_as_own_report;
use crate::import::source::rows_of;
use crate::model::ledger::{FileOutcome, LedgerRow};
use crate::whole_file::folder_of;

/// The formats of an exported table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TableFormat {
    /// Parquet, a table of columns for analysis programs.
    Parquet,
    /// CSV, a table as text.
    Csv,
}

/// Which of runhip's own files may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Replaceable {
    /// A report or an index, in any format.
    Report,
    /// An exported table of this format.
    Table(TableFormat),
    /// Nothing: the file has to be new.
    Nothing,
}

/// The number of bytes of a file in which its mark is searched.
const BEGINNING_BYTES: u64 = 4_096;

/// Refuses a `path` that has anything but `ours`. A link is refused wherever it leads.
pub(super) fn check(path: &Path, ours: Replaceable) -> Result<(), Failure> {
    // Any other reason why it cannot be examined also prevents writing, and is reported then.
    let Ok(metadata) = fs::symlink_metadata(path) else { return Ok(()) };
    let kind = metadata.file_type();
    if ours == Replaceable::Nothing {
        return Err(Failure::AlreadyThere(path.to_owned()));
    }
    let lies = if kind.is_symlink() {
        "it is a link to another file"
    } else if kind.is_dir() {
        return Err(unwritten(path, &ErrorKind::IsADirectory.into()));
    } else if !kind.is_file() {
        "it is no regular file"
    } else {
        match (is_ours(path, ours), ours) {
            (Ok(true), _) => return Ok(()),
            (Ok(false), Replaceable::Table(_)) => "it is not a table as runhip wrote it, or somebody changed it",
            (Ok(false), _) => "it is a file that runhip did not write",
            (Err(_), _) => "it cannot be read, so that nobody knows whose it is",
        }
    };
    Err(not_ours(path, lies, ours))
}

/// Refuses a `path` whose file is one of `named`, or was read as a log below `roots` according to `ledger`.
pub(super) fn check_unread(
    path: &Path,
    named: &[&Path],
    roots: &[PathBuf],
    ledger: &[LedgerRow],
) -> Result<(), Failure> {
    let Ok(whole) = path.canonicalize() else { return Ok(()) };
    let is_named = named.iter().any(|one| one.canonicalize().is_ok_and(|one| one == whole));
    let read = |row: &&LedgerRow| row.outcome != FileOutcome::Ignored;
    let rows = rows_of(&whole, roots);
    if is_named || ledger.iter().filter(read).any(|row| rows.contains(&row.path)) {
        return Err(not_ours(path, "it was read as an input of this run", Replaceable::Table(TableFormat::Csv)));
    }
    Ok(())
}

/// Refuses two tables in one place, however it is spelt.
pub(super) fn check_apart<'a>(tables: impl Iterator<Item = &'a PathBuf>) -> Result<(), Failure> {
    let mut seen: Vec<PathBuf> = Vec::new();
    for table in tables {
        let place = place_of(table);
        if seen.contains(&place) {
            return Err(Failure::OneTableTwice(table.clone()));
        }
        seen.push(place);
    }
    Ok(())
}

/// The one path of a place, whether a file lies there or not.
fn place_of(path: &Path) -> PathBuf {
    let by_folder = || Some(folder_of(path).canonicalize().ok()?.join(path.file_name()?));
    path.canonicalize().ok().or_else(by_folder).unwrap_or_else(|| path.to_owned())
}

fn not_ours(path: &Path, lies: &'static str, ours: Replaceable) -> Failure {
    let way_out = match ours {
        Replaceable::Table(TableFormat::Csv) => "name another file, such as runhip-export.csv",
        Replaceable::Table(TableFormat::Parquet) => "name another file, such as runhip-export.parquet",
        Replaceable::Report | Replaceable::Nothing => "choose another folder with --out, or move it away",
    };
    Failure::NotOurs { file: path.to_owned(), lies, way_out }
}

#[expect(clippy::disallowed_methods, reason = "the shell may open files")]
fn is_ours(path: &Path, ours: Replaceable) -> std::io::Result<bool> {
    match ours {
        Replaceable::Report => {
            let mut start = Vec::new();
            File::open(path)?.take(BEGINNING_BYTES).read_to_end(&mut start)?;
            Ok(begins_as_own_report(&start))
        }
        Replaceable::Table(_) => table_seal::holds(path),
        Replaceable::Nothing => Ok(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn with(name: &str, bytes: &[u8]) -> (Self, PathBuf) {
            let folder = Self(tempfile::tempdir().unwrap());
            let path = folder.0.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            (folder, path)
        }
    }

    fn refused(name: &str, bytes: &[u8], ours: Replaceable) -> Option<String> {
        let (_folder, path) = Folder::with(name, bytes);
        check(&path, ours).err().map(|failure| failure.to_string())
    }

    #[test]
    fn only_what_carries_our_own_mark_is_replaced() {
        let html = b"<!DOCTYPE html><html lang=\"en\"><head><meta name=\"generator\" content=\"runhip\">";
        let json = b"{\n  \"schema_version\": 1,\n  \"tool\": {\n    \"name\": \"runhip\"";
        for (name, bytes) in [("a.html", &html[..]), ("a.md", b"<!-- runhip report -->\n# Ada"), ("a.json", json)] {
            assert_eq!(refused(name, bytes, Replaceable::Report), None, "{name}");
            for table in [TableFormat::Csv, TableFormat::Parquet] {
                assert!(refused(name, bytes, Replaceable::Table(table)).is_some(), "{name}");
            }
            assert!(refused(name, bytes, Replaceable::Nothing).is_some(), "{name}");
        }
        for kind in [TableFormat::Csv, TableFormat::Parquet] {
            let (_folder, path) = Folder::with("runs", b"a table");
            assert!(check(&path, Replaceable::Table(kind)).is_err(), "{kind:?}");
            table_seal::announce(&path, &table_seal::hash(&path).unwrap()).unwrap();
            assert!(check(&path, Replaceable::Table(kind)).is_ok(), "{kind:?}");
            assert!(check(&path, Replaceable::Report).is_err(), "{kind:?}");
        }
        // A diary that quotes the mark, an empty file and a table kept by hand belong to somebody.
        for bytes in
            [&b"2026-03-04: left hip 3/10\n<!-- runhip report -->\n"[..], b"", b"date,distance_km\n2026-03-04,5\n"]
        {
            for ours in [
                Replaceable::Report,
                Replaceable::Table(TableFormat::Csv),
                Replaceable::Table(TableFormat::Parquet),
                Replaceable::Nothing,
            ] {
                assert!(refused("x.md", bytes, ours).is_some(), "{ours:?}");
            }
        }
        let told = refused("runs.csv", b"date,distance_km\n", Replaceable::Table(TableFormat::Csv)).unwrap();
        assert!(told.contains("runs.csv was not changed: ") && told.ends_with("such as runhip-export.csv"), "{told}");
    }

    #[test]
    fn one_place_is_known_however_it_is_spelt() {
        let (folder, there) = Folder::with("there.csv", b"x");
        let at = |name: &str| folder.0.path().join(name);
        std::fs::create_dir(at("sub")).unwrap();
        for (one, other, same) in [
            (there.clone(), at("sub/../there.csv"), true),
            (at("new.csv"), at("./new.csv"), true),
            (at("new.csv"), at("sub/../new.csv"), true),
            (at("new.csv"), at("sub/new.csv"), false),
            (at("no/new.csv"), at("no/new.csv"), true),
            (at("a.csv"), at("b.csv"), false),
        ] {
            assert_eq!(check_apart([&one, &other].into_iter()).is_err(), same, "{one:?} {other:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_folders_and_pipes_are_not_replaced() {
        let (folder, report) = Folder::with("a.md", b"<!-- runhip report -->\n");
        let at = |name: &str| folder.0.path().join(name);
        std::os::unix::fs::symlink(&report, at("link.md")).unwrap();
        std::os::unix::fs::symlink("nowhere", at("dangling.md")).unwrap();
        std::fs::create_dir(at("folder.md")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(at("socket.md")).unwrap();
        for name in ["link.md", "dangling.md", "folder.md", "socket.md"] {
            assert!(check(&at(name), Replaceable::Report).is_err(), "{name}");
        }
        assert!(check(&report, Replaceable::Report).is_ok());
        for new in ["new.md", "no/folder/new.md"] {
            assert!(check(&at(new), Replaceable::Report).is_ok() && check(&at(new), Replaceable::Nothing).is_ok());
        }
    }
}
