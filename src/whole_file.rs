//! Files written whole: beside their place first, so that whoever looks sees the old file or the new one whatever moment
//! the program ends at. A file under way is locked for as long as its writer lives; what a writer that was ended has left
//! lying is therefore told from what another is writing now, and the next program takes it away. Where files cannot be
//! locked they are written all the same, and nothing is taken away.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

const PREFIX: &str = ".runhip-";
const SUFFIX: &str = ".part";

/// Who may read a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Its owner alone.
    Owner,
    /// Whoever the user's settings let read a new file: reports are read by web servers and mailers.
    AsUsual,
}

/// A file under way in `folder`. It goes away by itself unless it is given its name with `persist`.
///
/// # Errors
/// Where no file can be made there.
pub fn begin(folder: &Path, readers: Readers) -> io::Result<NamedTempFile> {
    let mut builder = builder();
    #[cfg(unix)]
    if readers == Readers::AsUsual {
        use std::os::unix::fs::PermissionsExt;
        // The process's umask still applies.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = readers;
    loop {
        let file = builder.tempfile_in(folder)?;
        // Between making and locking it, a program that tidies up may take it for left lying.
        if claim(&file)? {
            return Ok(file);
        }
    }
}

/// What makes a name for a file under way.
#[must_use]
pub fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    builder
}

/// Locks a new file; false where it was taken away before it was locked.
#[cfg(unix)]
fn claim(file: &NamedTempFile) -> io::Result<bool> {
    is_ours(file, &file.as_file().lock())
}

/// `locked` is what became of locking it.
#[cfg(unix)]
fn is_ours(file: &NamedTempFile, locked: &io::Result<()>) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    // Some network folders know no locks, or have none left to give. Whoever tidies up can lock nothing there either.
    Ok(locked.is_err() || file.as_file().metadata()?.nlink() > 0)
}

/// Elsewhere a lock would keep the writer's own second handle out.
#[cfg(not(unix))]
fn claim(_: &NamedTempFile) -> io::Result<bool> {
    Ok(true)
}

/// Takes away the files under way in `folder` whose writers are gone. What cannot be taken away stays.
pub fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let ours = name
            .to_str()
            .and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX))
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        if ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            remove_if_left_lying(&entry);
        }
    }
}

/// Takes a file away that nobody is writing any more. Its lock is held until it is gone: a writer that has just made it and
/// waits to lock it then finds that it has no name left.
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "it is opened for its lock, not to read it")]
fn remove_if_left_lying(entry: &fs::DirEntry) {
    let Ok(file) = fs::File::open(entry.path()) else { return };
    if file.try_lock().is_ok() {
        let _ = fs::remove_file(entry.path());
    }
    drop(file);
}

/// No writer takes as long as a day.
#[cfg(not(unix))]
fn remove_if_left_lying(entry: &fs::DirEntry) {
    const A_DAY: std::time::Duration = std::time::Duration::from_hours(24);
    let modified = entry.metadata().and_then(|metadata| metadata.modified());
    if modified.is_ok_and(|then| then.elapsed().is_ok_and(|age| age > A_DAY)) {
        let _ = fs::remove_file(entry.path());
    }
}

/// Why a file cannot be written, and the way out.
#[must_use]
pub fn why_not(error: &io::Error) -> String {
    let (what, hint) = match error.kind() {
        ErrorKind::StorageFull => ("the disk is full", "make room there, or write to another disk"),
        ErrorKind::QuotaExceeded => ("your share of the disk is used up", "make room there, or write to another disk"),
        ErrorKind::FileTooLarge => {
            ("it would be larger than files may be here", "raise the limit (ulimit -f), or write to another disk")
        }
        ErrorKind::PermissionDenied => ("permission denied", "choose a folder that you may write to"),
        ErrorKind::ReadOnlyFilesystem => ("the disk is read-only", "choose a folder on another disk"),
        ErrorKind::NotFound => ("its folder is not there", "make that folder, or choose another"),
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            ("a file stands where a folder is needed", "choose another folder, or move that file away")
        }
        ErrorKind::IsADirectory => ("a folder stands in its place", "choose another name, or move that folder away"),
        ErrorKind::InvalidFilename => ("the name is too long", "choose a shorter one"),
        // Our own, which say both.
        ErrorKind::Other => return error.to_string(),
        _ => return format!("{error}; choose another folder, or put this one right"),
    };
    format!("{what}; {hint}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[cfg(unix)]
    #[test]
    fn what_nobody_writes_any_more_is_taken_away_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path();
        let others = [
            ".runhip-.part",
            ".runhip-a.b.part",
            ".runhip-notes.md",
            ".runhip-x",
            "a.part",
            "pain.md",
            "runhip-x.part",
        ];
        for name in others.iter().chain(&[".runhip-Ab3dE9.part"]) {
            fs::write(path.join(name), "x").expect("written");
        }
        fs::create_dir(path.join(".runhip-folder.part")).expect("a folder");
        let writing = begin(path, Readers::Owner).expect("a file");
        let under_way = writing.path().file_name().expect("a name").to_string_lossy().into_owned();
        sweep(path);
        let mut stay: Vec<String> = others.iter().map(|&name| name.to_owned()).collect();
        stay.extend([under_way, ".runhip-folder.part".to_owned()]);
        stay.sort();
        assert_eq!(names(path), stay);
        // Forgotten by its writer without a word, as if that had been ended.
        let (file, left) = writing.keep().expect("kept");
        drop(file);
        sweep(path);
        assert!(!left.exists());
        sweep(&path.join("none"));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_cannot_be_locked_is_written_all_the_same() {
        let file = builder().tempfile().expect("a file");
        for kind in [ErrorKind::Unsupported, ErrorKind::PermissionDenied, ErrorKind::Other] {
            let refused = Err(io::Error::from(kind));
            assert!(is_ours(&file, &refused).expect("no reason not to write"), "{kind}");
        }
        // One that was taken away before it was locked is not.
        fs::remove_file(file.path()).expect("gone");
        assert!(!is_ours(&file, &file.as_file().lock()).expect("locked"));
    }

    #[cfg(unix)]
    #[test]
    fn writers_and_those_who_tidy_up_do_not_get_in_each_others_way() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path();
        let done = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    sweep(path);
                }
            });
            for number in 0..2_000 {
                let file = begin(path, Readers::Owner).expect("a file");
                file.persist(path.join((number % 10).to_string())).expect("its name");
            }
            done.store(true, std::sync::atomic::Ordering::Relaxed);
        });
        assert_eq!(names(path).len(), 10);
    }

    #[test]
    fn each_reason_comes_with_a_way_out() {
        for kind in [ErrorKind::StorageFull, ErrorKind::PermissionDenied, ErrorKind::NotADirectory, ErrorKind::TimedOut]
        {
            let why = why_not(&io::Error::from(kind));
            assert!(why.split_once("; ").is_some_and(|(what, hint)| !what.is_empty() && !hint.is_empty()), "{why}");
        }
    }
}
