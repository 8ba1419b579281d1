//! What was read from files the last time, so that only new files are read again. It is only a copy: if it is
//! missing, damaged, outdated, of another version or of another user, the files themselves are read, and the report
//! is the same. It holds no coordinates.

mod upkeep;

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use flate2::Crc;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::whole_file;

pub use upkeep::{clear, size, tidy};

/// Raised whenever a reader reads something differently, the words by which a line counts as speaking of a body included.
const READER_VERSION: u32 = 27;

/// The first bytes of a cache file.
const MARK: &[u8] = b"runhip cache\n";

/// The ending of a cache file's name.
const ENDING: &str = ".cache";

/// A file that was changed this shortly before it was read may change again with the same time stamp, since some
/// disks store whole seconds.
const SETTLING: Duration = Duration::from_secs(3);

/// Like [`SETTLING`], for time stamps of the system that have fractions of a second: a few ticks of its clock.
const TICKS: Duration = Duration::from_millis(20);

/// A cache that was not used for longer than this is deleted.
const LONGEST_UNUSED: Duration = Duration::from_hours(90 * 24);

/// How often a cache in use is marked as used.
const MARKED_EVERY: Duration = Duration::from_hours(24);

/// The largest cache file that is read or written.
const LARGEST_BYTES: u64 = 1_000_000_000;

/// The length of the checksum between heading and body.
const SUM_BYTES: usize = 4;

/// The state of a file when it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Stamp {
    bytes: u64,
    modified_s: u64,
    modified_ns: u32,
    /// The number of the file and its change time, which users cannot set, unlike the modification time.
    inode: u64,
    changed: (i64, i64),
}

impl Stamp {
    /// The stamp of a file; `None` if it is not available, or where the file changed so shortly before `now`, or
    /// later, that a further change might not be noticed.
    #[must_use]
    pub fn of(metadata: &Metadata, now: SystemTime) -> Option<Self> {
        let modified = metadata.modified().ok()?;
        // A time in the future means only that a clock was set back.
        if now.duration_since(modified).is_ok_and(|age| age >= SETTLING) {
            let since = modified.duration_since(UNIX_EPOCH).ok()?;
            let (inode, changed) = changed(metadata);
            if !has_settled(now, changed) {
                return None;
            }
            return Some(Self {
                bytes: metadata.len(),
                modified_s: since.as_secs(),
                modified_ns: since.subsec_nanos(),
                inode,
                changed,
            });
        }
        None
    }
}

/// The number of a file and its change time, in seconds and nanoseconds.
#[cfg(unix)]
fn changed(metadata: &Metadata) -> (u64, (i64, i64)) {
    use std::os::unix::fs::MetadataExt;
    (metadata.ino(), (metadata.ctime(), metadata.ctime_nsec()))
}

/// Other systems have only the modification time.
#[cfg(not(unix))]
fn changed(_: &Metadata) -> (u64, (i64, i64)) {
    (0, (0, 0))
}

/// False if a file changed so shortly before `now` that a further change could have the same time stamp.
fn has_settled(now: SystemTime, (seconds, nanoseconds): (i64, i64)) -> bool {
    let (Ok(seconds), Ok(nanoseconds)) = (u64::try_from(seconds), u32::try_from(nanoseconds)) else { return false };
    let settling = if nanoseconds == 0 { SETTLING } else { TICKS };
    let changed = UNIX_EPOCH.checked_add(Duration::new(seconds, nanoseconds));
    changed.is_some_and(|changed| now.duration_since(changed).is_ok_and(|age| age >= settling))
}

#[derive(serde::Serialize, serde::Deserialize)]
struct CachedFile<T> {
    stamp: Stamp,
    contents: T,
}

/// The cache for one set of paths and reading options.
pub struct Cache<T> {
    file: PathBuf,
    heading: Vec<u8>,
    old: BTreeMap<Vec<u8>, CachedFile<T>>,
    new: Mutex<BTreeMap<Vec<u8>, CachedFile<T>>>,
    fresh: Mutex<bool>,
    largest_bytes: u64,
}

impl<T: Clone + Serialize + DeserializeOwned> Cache<T> {
    /// Opens the cache for reading `paths` with `options` in `folder`. Each set of options has its own cache, so that
    /// nothing is used that was read with other options.
    #[must_use]
    pub fn open(folder: &Path, paths: &[PathBuf], options: &str, now: SystemTime) -> Self {
        let mut name = Crc::new();
        let mut long = 0_u64;
        let mut roots = Vec::new();
        for path in paths {
            let whole = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
            let bytes = whole.as_os_str().as_encoded_bytes();
            name.update(bytes);
            name.update(&[0]);
            long = bytes.iter().fold(long, |hash, &byte| hash.wrapping_mul(0x0100_0000_01b3) ^ u64::from(byte));
            roots.push(whole);
        }
        let file = folder.join(format!("{:08x}{long:016x}{ENDING}", name.sum()));
        let mut heading = MARK.to_vec();
        heading.extend(upkeep::line_of_roots(&roots).bytes());
        heading.extend(format!("{} {READER_VERSION} {options}\n", env!("CARGO_PKG_VERSION")).bytes());
        let old = load(&file, &heading, now).unwrap_or_default();
        Self { file, heading, old, new: Mutex::default(), fresh: Mutex::new(false), largest_bytes: LARGEST_BYTES }
    }

    /// What was read from the file at `path` when it had this stamp.
    #[must_use]
    pub fn get(&self, path: &Path, stamp: Stamp) -> Option<T> {
        let key = path.as_os_str().as_encoded_bytes();
        let kept = self.old.get(key).filter(|kept| kept.stamp == stamp)?;
        self.insert(key.to_vec(), stamp, kept.contents.clone());
        Some(kept.contents.clone())
    }

    /// Stores what was read from the file at `path`.
    pub fn put(&self, path: &Path, stamp: Stamp, contents: T) {
        self.insert(path.as_os_str().as_encoded_bytes().to_vec(), stamp, contents);
        if let Ok(mut fresh) = self.fresh.lock() {
            *fresh = true;
        }
    }

    fn insert(&self, key: Vec<u8>, stamp: Stamp, contents: T) {
        if let Ok(mut new) = self.new.lock() {
            new.insert(key, CachedFile { stamp, contents });
        }
    }

    /// Writes the cache if anything has changed: whole, through a file beside it, so that parallel runs cannot damage
    /// it. If it cannot be written or would be too large, the old one stays.
    pub fn save(&self) {
        let (Ok(fresh), Ok(new)) = (self.fresh.lock(), self.new.lock()) else { return };
        if !*fresh && new.len() == self.old.len() {
            return;
        }
        let Ok(body) = postcard::to_stdvec(&*new) else { return };
        if whole_bytes(&self.heading, &body) <= self.largest_bytes {
            let _ = write(&self.file, &self.heading, &body);
        }
    }
}

/// The stored contents, if the file is complete, of this version and the user's own.
fn load<T: DeserializeOwned>(file: &Path, heading: &[u8], now: SystemTime) -> Option<BTreeMap<Vec<u8>, CachedFile<T>>> {
    let (mut opened, metadata) = open_own(file)?;
    let mut bytes = Vec::new();
    opened.read_to_end(&mut bytes).ok()?;
    let body = bytes.strip_prefix(heading)?;
    let (sum, body) = body.split_first_chunk::<SUM_BYTES>()?;
    let mut crc = Crc::new();
    crc.update(body);
    (crc.sum() == u32::from_le_bytes(*sum)).then_some(())?;
    let kept = postcard::from_bytes(body).ok()?;
    // A cache is deleted by the time of its last use.
    if metadata.modified().is_ok_and(|then| now.duration_since(then).is_ok_and(|age| age > MARKED_EVERY)) {
        let _ = opened.set_modified(now);
    }
    Some(kept)
}

/// Opens a cache file if it is a regular file of this user and not too large. Another user's file could hold
/// anything.
fn open_own(file: &Path) -> Option<(File, Metadata)> {
    let seen = fs::symlink_metadata(file).ok()?;
    if !seen.is_file() || seen.len() > LARGEST_BYTES || !is_own(&seen, whole_file::folder_of(file)) {
        return None;
    }
    let opened = open(file)?;
    let metadata = opened.metadata().ok()?;
    // The file may have been replaced after it was examined.
    same_file(&seen, &metadata).then_some((opened, metadata))
}

/// True for a file whose owner also owns the files that this program makes in `folder`.
#[cfg(unix)]
fn is_own(metadata: &Metadata, folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    use std::sync::OnceLock;
    static MAKER: OnceLock<Option<u32>> = OnceLock::new();
    let maker = MAKER.get_or_init(|| Some(tempfile::tempfile_in(folder).ok()?.metadata().ok()?.uid()));
    *maker == Some(metadata.uid())
}

#[cfg(not(unix))]
fn is_own(_: &Metadata, _: &Path) -> bool {
    true
}

#[cfg(unix)]
fn same_file(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn same_file(_: &Metadata, _: &Metadata) -> bool {
    true
}

/// Opens the cache file, for writing too if possible, since its time is set on use.
fn open(file: &Path) -> Option<File> {
    let mut options = File::options();
    options.read(true);
    options.write(true).open(file).or_else(|_| options.write(false).open(file)).ok()
}

/// The length of the file that [`write`] makes from these.
fn whole_bytes(heading: &[u8], body: &[u8]) -> u64 {
    (heading.len() + SUM_BYTES + body.len()) as u64
}

fn write(file: &Path, heading: &[u8], body: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    whole_file::make_folder(folder)?;
    let mut crc = Crc::new();
    crc.update(body);
    let mut beside = whole_file::begin(folder)?;
    beside.write_all(heading)?;
    beside.write_all(&crc.sum().to_le_bytes())?;
    beside.write_all(body)?;
    beside.persist(file).map(drop).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An hour after anything the tests write.
    fn later() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(8_000_000_000)
    }

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn new() -> Self {
            Self(tempfile::tempdir().expect("a folder"))
        }

        fn file(&self, name: &str, text: &str) -> (PathBuf, Stamp) {
            let path = self.0.path().join(name);
            fs::write(&path, text).expect("written");
            let stamp = Stamp::of(&fs::metadata(&path).expect("there"), later()).expect("a stamp");
            (path, stamp)
        }

        fn open(&self, options: &str) -> Cache<String> {
            Cache::open(&self.0.path().join("cache"), &[self.0.path().to_owned()], options, later())
        }

        fn cache_file(&self) -> PathBuf {
            let folder = fs::read_dir(self.0.path().join("cache")).expect("a folder");
            folder.map(|entry| entry.expect("an entry").path()).next().expect("a cache")
        }
    }

    #[test]
    fn what_was_put_comes_back_until_the_file_changes() {
        let folder = Folder::new();
        let (path, stamp) = folder.file("a.gpx", "one");
        let cache = folder.open("km");
        assert_eq!(cache.get(&path, stamp), None);
        cache.put(&path, stamp, "read".to_owned());
        cache.save();
        assert_eq!(folder.open("km").get(&path, stamp), Some("read".to_owned()));
        assert_eq!(folder.open("mi").get(&path, stamp), None);
        let (path, changed) = folder.file("a.gpx", "longer");
        assert_eq!(folder.open("km").get(&path, changed), None);
    }

    #[test]
    fn a_damaged_cache_is_as_good_as_none() {
        let folder = Folder::new();
        let (path, stamp) = folder.file("a.gpx", "one");
        let cache = folder.open("");
        cache.put(&path, stamp, "read".to_owned());
        cache.save();
        let file = folder.cache_file();
        let whole = fs::read(&file).expect("bytes");
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x40;
            fs::write(&file, &damaged).expect("written");
            assert_eq!(folder.open("").get(&path, stamp), None, "byte {at}");
            fs::write(&file, &whole[..at]).expect("written");
            assert_eq!(folder.open("").get(&path, stamp), None, "cut at {at}");
        }
        fs::write(&file, &whole).expect("written");
        assert_eq!(folder.open("").get(&path, stamp), Some("read".to_owned()));
    }

    #[test]
    fn what_is_gone_is_forgotten_and_what_is_unchanged_is_not_written_again() {
        let folder = Folder::new();
        let (a, stamp_a) = folder.file("a.gpx", "one");
        let (b, stamp_b) = folder.file("b.gpx", "two");
        let cache = folder.open("");
        cache.put(&a, stamp_a, "A".to_owned());
        cache.put(&b, stamp_b, "B".to_owned());
        cache.save();
        let size = fs::metadata(folder.cache_file()).expect("there").len();
        let cache = folder.open("");
        assert!(cache.get(&a, stamp_a).is_some());
        cache.save();
        assert!(fs::metadata(folder.cache_file()).expect("there").len() < size);
        assert_eq!(folder.open("").get(&b, stamp_b), None);
    }

    #[test]
    fn what_is_larger_than_is_read_is_not_written() {
        let folder = Folder::new();
        let (a, stamp_a) = folder.file("a.gpx", "one");
        let (b, stamp_b) = folder.file("b.gpx", "two");
        let cache = folder.open("");
        cache.put(&a, stamp_a, "A".to_owned());
        cache.save();
        let most = fs::metadata(folder.cache_file()).expect("there").len();
        // There is room for one entry but not for two.
        let cache = Cache { largest_bytes: most, ..folder.open("") };
        assert!(cache.get(&a, stamp_a).is_some());
        cache.put(&b, stamp_b, "B".to_owned());
        cache.save();
        assert_eq!(folder.open("").get(&a, stamp_a), Some("A".to_owned()));
        assert_eq!(folder.open("").get(&b, stamp_b), None);
        // And one entry does fit.
        let cache = Cache { largest_bytes: most, ..folder.open("") };
        cache.put(&b, stamp_b, "B".to_owned());
        cache.save();
        assert_eq!(folder.open("").get(&b, stamp_b), Some("B".to_owned()));
    }

    #[test]
    fn a_file_that_has_only_just_changed_is_not_remembered() {
        let folder = Folder::new();
        let (path, _) = folder.file("a.gpx", "one");
        let metadata = fs::metadata(&path).expect("there");
        let modified = metadata.modified().expect("a time");
        assert_eq!(Stamp::of(&metadata, modified + Duration::from_secs(2)), None);
        assert!(Stamp::of(&metadata, modified + Duration::from_secs(4)).is_some());
        assert_eq!(Stamp::of(&metadata, modified - Duration::from_secs(100_000)), None, "a file from the future");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_of_the_same_size_and_time_is_another_where_it_was_written_since() {
        let folder = Folder::new();
        let (path, first) = folder.file("pain.md", "2025-03-04: hip fine\n");
        let then = fs::metadata(&path).expect("there").modified().expect("a time");
        let set_back = |path: &Path| {
            fs::File::options().write(true).open(path).expect("open").set_modified(then).expect("set");
            Stamp::of(&fs::metadata(path).expect("there"), later()).expect("a stamp")
        };
        std::thread::sleep(Duration::from_millis(50));
        fs::write(&path, "2025-03-04: hip sore\n").expect("written");
        let written_over = set_back(&path);
        assert!(written_over != first);
        assert_eq!((written_over.bytes, written_over.modified_s), (first.bytes, first.modified_s));
        let (other, _) = folder.file("other.md", "2025-03-04: hip hurt\n");
        fs::rename(other, &path).expect("replaced");
        assert!(set_back(&path).inode != first.inode);
    }

    #[test]
    fn a_change_within_a_tick_of_the_clock_is_not_trusted() {
        let now = UNIX_EPOCH + Duration::from_secs(1_000);
        assert!(has_settled(now, (999, 900_000_000)) && !has_settled(now, (999, 990_000_000)));
        // A disk that stores whole seconds.
        assert!(has_settled(now, (997, 0)) && !has_settled(now, (998, 0)));
        assert!(!has_settled(now, (1_001, 1)) && !has_settled(now, (-1, 1)));
    }

    #[cfg(unix)]
    #[test]
    fn only_a_regular_file_of_the_users_own_is_trusted() {
        use std::os::unix::fs::{chown, symlink};
        let folder = Folder::new();
        let (path, stamp) = folder.file("a.gpx", "one");
        let cache = folder.open("");
        cache.put(&path, stamp, "read".to_owned());
        cache.save();
        let file = folder.cache_file();
        let elsewhere = folder.0.path().join("elsewhere");
        fs::rename(&file, &elsewhere).expect("moved");
        symlink(&elsewhere, &file).expect("a link");
        assert_eq!(folder.open("").get(&path, stamp), None, "a link");
        fs::remove_file(&file).expect("gone");
        fs::rename(&elsewhere, &file).expect("back");
        assert!(folder.open("").get(&path, stamp).is_some());
        let metadata = fs::metadata(&file).expect("there");
        if chown(&file, Some(65_534), None).is_ok() {
            assert_eq!(folder.open("").get(&path, stamp), None, "somebody else's");
        } else {
            assert!(is_own(&metadata, folder.0.path()) && !is_own(&fs::metadata("/").expect("there"), folder.0.path()));
        }
    }
}
