//! Finds the configuration of a log on disk, reads and checks it. Its contents are defined in `config`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::analysis;
use crate::config::{Config, ConfigError, FILE_NAME};
use crate::error::Error;
use crate::import::csv;
use crate::import::source::{LINKED_CONFIGURATION, in_words};
use crate::model::threshold::Settings;
use crate::whole_file::folder_of;

/// The largest configuration or index in bytes: a configuration has some kilobytes, the index of a large club some
/// megabytes.
const LARGEST_BYTES: u64 = 50_000_000;

/// A configuration, where it was found, and which others there are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Configuration {
    /// The configuration; empty if there is none.
    pub config: Config,
    /// The thresholds in force.
    pub settings: Settings,
    /// Its file; `None` if there is none.
    pub file: Option<PathBuf>,
    /// Whether it was not named, and found elsewhere than at the top of a path.
    pub is_elsewhere: bool,
    /// Other configurations that were found and not used.
    pub unused: Vec<PathBuf>,
}

/// The configuration in force, with its thresholds: the one named; else the only `runhip.toml` at the top of a path,
/// or beside a path that is a file; else that of the first folder in `elsewhere` that has one; else an empty one.
/// `tell` is called with a message for each that is ignored.
///
/// # Errors
/// If it cannot be read or has an error, and if there are two.
pub fn of_paths(
    paths: &[PathBuf],
    named: Option<&Path>,
    elsewhere: &[PathBuf],
    tell: &mut dyn FnMut(String),
) -> Result<Configuration, Error> {
    let found = if named.is_some() { None } else { in_paths(paths, tell)? };
    let whole = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    // A message on one at a path has been given already.
    let here = |folder: &PathBuf| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.clone() };
    let looked: BTreeSet<PathBuf> = paths.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let is_new = |folder: &&PathBuf| here(folder).canonicalize().is_ok_and(|whole| !looked.contains(&whole));
    let mut others: Vec<PathBuf> =
        elsewhere.iter().filter(is_new).filter_map(|folder| in_folder(folder, tell)).collect();
    let mut seen: BTreeSet<PathBuf> = named.map(Path::to_owned).iter().chain(&found).map(whole).collect();
    others.retain(|path| seen.insert(whole(path)));
    let is_elsewhere = named.is_none() && found.is_none() && !others.is_empty();
    let file = named.map(Path::to_owned).or(found).or_else(|| is_elsewhere.then(|| others.remove(0)));
    let (config, settings) = file.as_deref().map(read).transpose()?.unwrap_or_default();
    Ok(Configuration { config, settings, file, is_elsewhere, unused: others })
}

/// The one `runhip.toml` at the top of a path.
fn in_paths(paths: &[PathBuf], tell: &mut dyn FnMut(String)) -> Result<Option<PathBuf>, Error> {
    let mut found: Vec<PathBuf> = Vec::new();
    let mut seen = BTreeSet::new();
    let folder = |path: &PathBuf| if path.is_file() { folder_of(path).to_owned() } else { path.clone() };
    let mut folders: Vec<PathBuf> = paths.iter().map(folder).collect();
    folders.dedup();
    for path in folders.iter().filter_map(|path| in_folder(path, tell)) {
        // One file may be reached by several spellings of its folder.
        if seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())) {
            found.push(path);
        }
    }
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one.clone())),
        [one, other, ..] => {
            Err(Error::TwoConfigurations { one: one.display().to_string(), other: other.display().to_string() })
        }
    }
}

/// The configuration that lies in `folder`. A link in its place could lead to anybody's: it is left alone, and `tell`
/// hears of it.
pub fn in_folder(folder: &Path, tell: &mut dyn FnMut(String)) -> Option<PathBuf> {
    let path = folder.join(FILE_NAME);
    let kind = fs::symlink_metadata(&path).ok()?.file_type();
    if kind.is_symlink() {
        tell(format!("{} is {LINKED_CONFIGURATION}\n", path.display()));
    }
    kind.is_file().then_some(path)
}

/// Reads and checks a configuration.
///
/// # Errors
/// If it cannot be read or holds a mistake, with its line.
pub fn read(path: &Path) -> Result<(Config, Settings), Error> {
    let file = || path.display().to_string();
    let text = fs_text(path).map_err(|error| Error::Read { file: file(), why: error.to_string() })?;
    let config = checked(&text).map_err(|mistake| mistake.in_file(file()))?;
    let settings = analysis::settings(&config).map_err(|mistake| mistake.in_file(file()))?;
    Ok((config, settings))
}

/// A configuration out of its text, with its column keys checked.
///
/// # Errors
/// The first mistake.
pub fn checked(text: &str) -> Result<Config, ConfigError> {
    let config = Config::parse(text)?;
    match config.csv_columns.keys().find(|key| !csv::is_column_key(key)) {
        Some(key) => Err(ConfigError {
            line: config.csv_column_lines.get(key).copied(),
            what: format!("unknown key \"{key}\" under [csv.columns]; see runhip init for the keys"),
        }),
        None => Ok(config),
    }
}

/// The text of a small file, which is called `name` where it cannot be read; the reason is worded alike on every machine.
///
/// # Errors
/// If it cannot be read.
pub fn text_of(path: &Path, name: &str) -> Result<String, Error> {
    fs_text(path).map_err(|error| Error::Read { file: name.to_owned(), why: in_words(&error) })
}

#[expect(clippy::disallowed_methods, reason = "a small file that was named or found, outside the pure part")]
fn fs_text(path: &Path) -> std::io::Result<String> {
    let metadata = fs::metadata(path)?;
    // A device or a pipe may never come to an end.
    if !metadata.is_file() {
        return Err(std::io::Error::other("it is not a file"));
    }
    if metadata.len() > LARGEST_BYTES {
        return Err(std::io::Error::other("it is larger than 50 MB"));
    }
    fs::read_to_string(path)
}
