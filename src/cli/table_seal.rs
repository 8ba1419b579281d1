//! How runhip recognises an exported table as its own and unchanged: by a hash in a hidden file beside it. A table is
//! read by other programs, so it cannot contain a mark that covers all of it. Without the hidden file, the table may
//! be anybody's.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::Failure;
use super::failure::unwritten;
use crate::whole_file;

/// The first line of the hidden file.
const HEAD: &str =
    "runhip wrote the table of this name, and replaces it only while it is as one of these hashes says:\n";

/// The most bytes of the hidden file.
const MOST_BYTES: u64 = 4_096;

/// True if the table is byte for byte as runhip wrote it.
pub(super) fn holds(table: &Path) -> io::Result<bool> {
    let known = known(&path_of(table));
    if known.is_empty() {
        return Ok(false);
    }
    Ok(known.contains(&hash(table)?))
}

/// Records the hash of a table before it is moved here, together with that of the existing one: whenever the program
/// ends, the table that is there is recognised.
pub(super) fn announce(table: &Path, hash: &str) -> Result<(), Failure> {
    let old = if holds(table).unwrap_or(false) { self::hash(table).ok() } else { None };
    note(table, &[Some(hash.to_owned()), old])
}

/// Records only the hash of the table that is here now.
pub(super) fn confirm(table: &Path, hash: &str) -> Result<(), Failure> {
    note(table, &[Some(hash.to_owned())])
}

fn note(table: &Path, hashes: &[Option<String>]) -> Result<(), Failure> {
    let path = path_of(table);
    if !is_free(&path) {
        let lies = "what lies beside it under the name of its hidden file is not runhip's";
        let way_out = "name another file, or move that away";
        return Err(Failure::NotOurs { file: table.to_owned(), lies, way_out });
    }
    let hashes: Vec<&str> = hashes.iter().flatten().map(String::as_str).collect();
    let text = format!("{HEAD}{}\n", hashes.join("\n"));
    let write = || {
        let mut file = whole_file::begin_for(&path)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(&path).map(drop).map_err(|error| error.error)
    };
    // If this file cannot be written, neither can the table.
    write().map_err(|error| unwritten(table, &error))
}

/// The hash of a file.
#[expect(clippy::disallowed_methods, reason = "the shell may open files")]
pub(super) fn hash(path: &Path) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(hasher.finalize().to_hex().to_string())
}

/// The path of a table's hidden file.
fn path_of(table: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(table.file_name().unwrap_or_default());
    name.push(".runhip");
    table.with_file_name(name)
}

/// Whether nothing is there, or what runhip wrote.
fn is_free(path: &Path) -> bool {
    match fs::symlink_metadata(path) {
        Ok(metadata) => metadata.is_file() && text_of(path).is_some_and(|text| text.starts_with(HEAD)),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

fn known(path: &Path) -> Vec<String> {
    let is_file = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file());
    // Any other kind of file may never end.
    let text = if is_file { text_of(path) } else { None }.unwrap_or_default();
    text.strip_prefix(HEAD).map_or_else(Vec::new, |hashes| hashes.lines().map(str::to_owned).collect())
}

#[expect(clippy::disallowed_methods, reason = "the shell may open files")]
fn text_of(path: &Path) -> Option<String> {
    let mut text = String::new();
    File::open(path).ok()?.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_known_before_and_after_it_is_replaced_and_not_once_it_is_changed() {
        let folder = tempfile::tempdir().unwrap();
        let table = folder.path().join("runs.csv");
        let put = |text: &str| std::fs::write(&table, text).unwrap();
        let hash_of = |text: &str| blake3::hash(text.as_bytes()).to_hex().to_string();
        put("athlete,id\n");
        assert!(!holds(&table).unwrap(), "a header alone is anybody's");
        announce(&table, &hash_of("one\n")).unwrap();
        assert!(!holds(&table).unwrap());
        put("one\n");
        assert!(holds(&table).unwrap());
        announce(&table, &hash_of("two\n")).unwrap();
        assert!(holds(&table).unwrap(), "the program may have ended before the new one was there");
        put("two\n");
        assert!(holds(&table).unwrap());
        confirm(&table, &hash_of("two\n")).unwrap();
        put("one\n");
        assert!(!holds(&table).unwrap(), "the one before is not known for ever");
        put("two\nand a row of mine\n");
        assert!(!holds(&table).unwrap());
        put("two\n");
        std::fs::remove_file(folder.path().join(".runs.csv.runhip")).unwrap();
        assert!(!holds(&table).unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_in_its_place_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join(".runs.csv.runhip");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert!(!holds(&folder.path().join("runs.csv")).unwrap());
        assert!(announce(&folder.path().join("runs.csv"), "ab").is_err());
    }

    #[test]
    fn a_hidden_file_of_somebody_else_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let table = folder.path().join("runs.csv");
        let hidden = folder.path().join(".runs.csv.runhip");
        std::fs::write(&hidden, "mine").unwrap();
        let failure = announce(&table, "ab").unwrap_err().to_string();
        assert!(failure.contains("hidden file is not runhip's"), "{failure}");
        assert_eq!(std::fs::read_to_string(&hidden).unwrap(), "mine");
    }
}
