//! The cache folder: deletes caches that are no longer useful, or all on request, and measures their size. It deletes
//! nothing but caches.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{ENDING, LONGEST_UNUSED, MARK, open_own};
use crate::whole_file;

/// The number of caches examined in one run. A club has thousands, and examining all of them would take longer than
/// the rest of a run without news.
const LOOKED_AT: usize = 100;

/// The longest line of paths that is read.
const LONGEST_LINE_BYTES: u64 = 1_000_000;

/// The given paths as a line of a cache's heading.
pub(super) fn line_of_roots(roots: &[PathBuf]) -> String {
    let roots: Vec<String> = roots.iter().map(|root| hex(root.as_os_str().as_encoded_bytes())).collect();
    format!("{}\n", roots.join(" "))
}

fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0xF)]).collect()
}

/// Deletes what is no longer useful: caches not used for three months, those of paths that are gone, and files left
/// over by interrupted programs. Of more than a hundred caches it examines a different hundred each time.
pub fn tidy(folder: &Path, now: SystemTime) {
    whole_file::sweep(folder);
    let mut caches = caches(folder);
    caches.sort_unstable();
    let parts = caches.len().div_ceil(LOOKED_AT).max(1);
    // The choice only has to differ between runs.
    let moment = now.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_nanos() / 1_000);
    let part = usize::try_from(moment % parts as u128).unwrap_or(0);
    for path in caches.iter().skip(part * LOOKED_AT).take(LOOKED_AT) {
        if is_useless(path, now) {
            let _ = fs::remove_file(path);
        }
    }
}

/// True for a cache that was not used for long or whose path is gone. In doubt it is kept.
fn is_useless(path: &Path, now: SystemTime) -> bool {
    let Some((opened, metadata)) = open_own(path) else { return false };
    let unused = metadata.modified().is_ok_and(|then| now.duration_since(then).is_ok_and(|age| age > LONGEST_UNUSED));
    unused || roots_of(opened).is_none_or(|roots| roots.iter().any(|root| is_gone(root)))
}

/// The paths that a cache is for; `None` if its heading is invalid.
fn roots_of(opened: File) -> Option<Vec<PathBuf>> {
    let mut input = BufReader::new(opened.take(LONGEST_LINE_BYTES));
    let mut mark = vec![0; MARK.len()];
    input.read_exact(&mut mark).ok()?;
    let mut line = String::new();
    input.read_line(&mut line).ok()?;
    let roots = line.strip_suffix('\n')?.split(' ').map(|root| Some(path_of(&unhex(root)?)));
    if mark == MARK { roots.collect() } else { None }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)).collect()
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    std::ffi::OsStr::from_bytes(bytes).into()
}

/// On other systems, names that are not text are written differently and count as gone.
#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    String::from_utf8_lossy(bytes).into_owned().into()
}

fn is_gone(root: &Path) -> bool {
    matches!(fs::symlink_metadata(root), Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory))
}

/// The files in a folder whose names are those of caches.
fn caches(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let ours = entries.filter(|entry| {
        let name = entry.file_name();
        let stem = name.to_str().and_then(|name| name.strip_suffix(ENDING));
        stem.is_some_and(|stem| stem.len() == 24 && stem.bytes().all(|byte| byte.is_ascii_hexdigit()))
    });
    ours.map(|entry| entry.path()).collect()
}

/// The regular files among them, with their sizes in bytes.
fn with_size(folder: &Path) -> impl Iterator<Item = (PathBuf, u64)> {
    caches(folder).into_iter().filter_map(|path| {
        let metadata = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
        Some((path, metadata.len()))
    })
}

/// The number of caches in the folder, and their size in bytes.
#[must_use]
pub fn size(folder: &Path) -> (u64, u64) {
    with_size(folder).fold((0, 0), |(count, bytes), (_, more)| (count + 1, bytes + more))
}

/// Deletes every cache, and the folder if nothing else is in it; returns their number and size in bytes.
///
/// # Errors
/// If one of them cannot be deleted.
pub fn clear(folder: &Path) -> io::Result<(u64, u64)> {
    whole_file::sweep(folder);
    let mut cleared = (0, 0);
    for (path, bytes) in with_size(folder) {
        match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => cleared = (cleared.0 + 1, cleared.1 + bytes),
        }
    }
    let _ = fs::remove_dir(folder);
    Ok(cleared)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::Cache;
    use super::*;

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn at(&self, name: &str) -> PathBuf {
            self.0.path().join(name)
        }

        fn caches(&self) -> PathBuf {
            self.at("caches")
        }

        /// A cache for a folder of this name, which is created.
        fn cache_of(&self, root: &str) -> PathBuf {
            fs::create_dir_all(self.at(root)).unwrap();
            let before = caches(&self.caches());
            let log = self.at(root).join("log.csv");
            fs::write(&log, "x").unwrap();
            let stamp = super::super::Stamp::of(&fs::metadata(&log).unwrap(), far()).unwrap();
            let cache: Cache<String> = Cache::open(&self.caches(), &[self.at(root)], "", now());
            cache.put(&log, stamp, "read".to_owned());
            cache.save();
            caches(&self.caches()).into_iter().find(|path| !before.contains(path)).unwrap()
        }
    }

    #[expect(clippy::disallowed_methods, reason = "files are written now")]
    fn now() -> SystemTime {
        SystemTime::now()
    }

    /// Later than anything the tests write.
    fn far() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(8_000_000_000)
    }

    #[test]
    fn caches_of_paths_that_are_gone_are_dropped() {
        let folder = Folder::new();
        let (stays, goes) = (folder.cache_of("a folder"), folder.cache_of("h\u{fc}fte"));
        fs::remove_dir_all(folder.at("h\u{fc}fte")).unwrap();
        tidy(&folder.caches(), now());
        assert!(stays.exists() && !goes.exists());
        // A file that is no cache of this version is useless too.
        fs::write(&stays, "runhip cache\n0.0.9 3 options\n").unwrap();
        tidy(&folder.caches(), now());
        assert!(!stays.exists());
    }

    #[test]
    fn of_many_caches_a_hundred_are_looked_at_and_in_the_end_all() {
        let folder = Folder::new();
        let one = folder.cache_of("a");
        for number in 0..249 {
            fs::copy(&one, folder.caches().join(format!("{number:024x}{ENDING}"))).unwrap();
        }
        fs::remove_dir_all(folder.at("a")).unwrap();
        let at = |micros: u64| now() + Duration::from_micros(micros);
        tidy(&folder.caches(), now());
        let left = caches(&folder.caches()).len();
        assert!((150..=200).contains(&left), "{left}");
        for micros in 0..40 {
            tidy(&folder.caches(), at(micros));
        }
        assert_eq!(caches(&folder.caches()).len(), 0);
    }

    #[test]
    fn a_cache_is_dropped_once_it_was_not_used_for_three_months() {
        let folder = Folder::new();
        let (used, unused) = (folder.cache_of("a"), folder.cache_of("b"));
        let later = |days: u64| now() + Duration::from_hours(24 * days);
        let opened: Cache<String> = Cache::open(&folder.caches(), &[folder.at("a")], "", later(60));
        drop(opened);
        tidy(&folder.caches(), later(91));
        assert!(used.exists() && !unused.exists());
    }

    #[cfg(unix)]
    #[test]
    fn nothing_but_caches_is_taken_away() {
        let folder = Folder::new();
        folder.cache_of("a");
        let hex = "0".repeat(24);
        let others = ["notes.md", "a.cache", &format!("{hex}.cache.bak"), &format!("{hex}0.cache")];
        for name in others {
            fs::write(folder.caches().join(name), "mine").unwrap();
        }
        std::os::unix::fs::symlink(folder.at("a"), folder.caches().join(format!("{hex}.cache"))).unwrap();
        let (count, bytes) = size(&folder.caches());
        assert!(count == 1 && bytes > 0);
        assert_eq!(clear(&folder.caches()).unwrap(), (count, bytes));
        assert_eq!(size(&folder.caches()), (0, 0));
        assert_eq!(fs::read_dir(folder.caches()).unwrap().count(), others.len() + 1);
        assert!(folder.at("a/log.csv").exists());
        // A folder with nothing else in it is deleted too.
        let folder = Folder::new();
        folder.cache_of("a");
        clear(&folder.caches()).unwrap();
        assert!(!folder.caches().exists());
        assert_eq!(clear(&folder.caches()).unwrap(), (0, 0), "there is none");
    }
}
