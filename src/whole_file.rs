//! Files written whole: first beside their place, so that readers see the old file or the new one, whenever the
//! program ends. A file under way is locked while its writer lives, which distinguishes it from one left over by an
//! interrupted writer; the next program deletes the latter. Where files cannot be locked they are still written, and
//! nothing is deleted.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

const PREFIX: &str = ".runhip-";
const SUFFIX: &str = ".part";
/// Letters and digits between them: so many that nobody gives a file of their own such a name.
const RANDOM_CHARS: usize = 20;

/// A file under way in `folder`, readable by its owner alone. It is deleted when dropped, unless `persist` gives it
/// its name.
///
/// # Errors
/// If no file can be made there.
pub fn begin(folder: &Path) -> io::Result<NamedTempFile> {
    // Such a file is readable by its owner alone, whatever the umask.
    let builder = builder();
    loop {
        let file = builder.tempfile_in(folder)?;
        // Before it is locked, a program that tidies up may take it for left over.
        if claim(&file)? {
            return Ok(file);
        }
    }
}

/// A file under way that will replace `path`. If a file is there, the new one gets its mode and, as far as the system
/// allows, its owner and group; otherwise its owner alone may read it. All that is set before its first byte.
///
/// # Errors
/// If no file can be made beside `path`.
pub fn begin_for(path: &Path) -> io::Result<NamedTempFile> {
    let file = begin(folder_of(path))?;
    take_over(file.as_file(), path);
    Ok(file)
}

/// Gives a new file the mode and the owner of the one at `path`. Where that is not possible, fewer users can read it.
#[cfg(unix)]
fn take_over(file: &fs::File, path: &Path) {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let (Ok(old), Ok(new)) = (fs::symlink_metadata(path), file.metadata()) else { return };
    if !old.is_file() {
        return;
    }
    let mut mode = old.mode() & 0o777;
    if (old.uid(), old.gid()) != (new.uid(), new.gid())
        && fchown(file, Some(old.uid()), Some(old.gid())).is_err()
        && fchown(file, None, Some(old.gid())).is_err()
    {
        // Another group gets no more rights than everybody.
        mode &= 0o707 | (mode & 0o007) << 3;
    }
    if mode != new.mode() & 0o777 {
        let _ = file.set_permissions(fs::Permissions::from_mode(mode));
    }
}

#[cfg(not(unix))]
fn take_over(_: &fs::File, _: &Path) {}

/// Makes a folder and its parents if they are missing. Only the owner can enter a new one.
///
/// # Errors
/// If it cannot be made.
pub fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// The folder that a file lies in.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Names files under way.
#[must_use]
pub fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM_CHARS);
    builder
}

/// Locks a new file; false if it was deleted before it was locked.
#[cfg(unix)]
fn claim(file: &NamedTempFile) -> io::Result<bool> {
    is_ours(file, &file.as_file().lock())
}

/// Whether the file still exists; `locked` is the result of locking it.
#[cfg(unix)]
fn is_ours(file: &NamedTempFile, locked: &io::Result<()>) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    // Some network folders have no locks. A program that tidies up cannot lock there either.
    Ok(locked.is_err() || file.as_file().metadata()?.nlink() > 0)
}

/// On other systems, a lock would also block the writer's own second handle.
#[cfg(not(unix))]
fn claim(_: &NamedTempFile) -> io::Result<bool> {
    Ok(true)
}

/// Deletes files under way in `folder` whose writers have ended. What cannot be deleted stays.
pub fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let ours = name
            .to_str()
            .and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX))
            .is_some_and(|rest| rest.len() == RANDOM_CHARS && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        if ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            remove_if_left_lying(&entry);
        }
    }
}

/// Deletes a file that nobody writes any more. The lock is held until it is gone: a writer that has just made it and
/// waits for the lock then finds that it has no name.
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

/// Why a file cannot be written, and what to do.
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
        // Our own errors, which already say both.
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
            ".runhip-backup.part",
            ".runhip-notes.md",
            ".runhip-x",
            "a.part",
            "pain.md",
            "runhip-x.part",
        ];
        for name in others.iter().chain(&[".runhip-Ab3dE9fGhIjKlMnOpQrS.part"]) {
            fs::write(path.join(name), "x").expect("written");
        }
        fs::create_dir(path.join(".runhip-folder.part")).expect("a folder");
        let writing = begin(path).expect("a file");
        let under_way = writing.path().file_name().expect("a name").to_string_lossy().into_owned();
        sweep(path);
        let mut stay: Vec<String> = others.iter().map(|&name| name.to_owned()).collect();
        stay.extend([under_way, ".runhip-folder.part".to_owned()]);
        stay.sort();
        assert_eq!(names(path), stay);
        // Left behind by its writer, as if that had been interrupted.
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
        // A file that was deleted before it was locked is not ours.
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
                let file = begin(path).expect("a file");
                file.persist(path.join((number % 10).to_string())).expect("its name");
            }
            done.store(true, std::sync::atomic::Ordering::Relaxed);
        });
        assert_eq!(names(path).len(), 10);
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_is_its_owners_and_a_replaced_one_keeps_its_mode_from_before_the_first_byte() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let mode = |path: &Path| fs::symlink_metadata(path).expect("there").permissions().mode() & 0o7777;
        let begun = |name: &str| mode(begin_for(&at(name)).expect("a file").path());
        assert_eq!(begun("new"), 0o600);
        for kept in [0o644, 0o640, 0o600, 0o400, 0o666] {
            fs::write(at("old"), "x").expect("written");
            fs::set_permissions(at("old"), fs::Permissions::from_mode(kept)).expect("set");
            assert_eq!(begun("old"), kept, "{kept:o}");
            fs::remove_file(at("old")).expect("gone");
        }
        // Bits such as set-user-ID are not taken over.
        fs::write(at("old"), "x").expect("written");
        fs::set_permissions(at("old"), fs::Permissions::from_mode(0o4755)).expect("set");
        assert_eq!(begun("old"), 0o755);
        // The mode of a link, or of its target, is not taken over.
        symlink("old", at("link")).expect("a link");
        assert_eq!(begun("link"), 0o600);
        make_folder(&at("a/b")).expect("made");
        make_folder(&at("a/b")).expect("there already");
        assert_eq!((mode(&at("a")), mode(&at("a/b"))), (0o700, 0o700));
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
