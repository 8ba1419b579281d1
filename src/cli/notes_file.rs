//! Writes the notes file, the only file of the runner that is ever changed: by one program at a time, whole or not at
//! all, and never over what another program has just written.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::Failure;
use super::failure::unwritten;
use crate::import::format::is_journal_name;
use crate::whole_file::{self, folder_of};

/// How many times the file may change between reading and writing before writing is given up.
const TRIES: usize = 20;

/// Replaces the file by what `change` makes of its contents, and returns that. A missing file counts as empty. A link
/// is followed, if the file it leads to has the name of a notes file.
pub(super) fn rewrite(
    path: &Path,
    change: impl Fn(&[u8]) -> Result<Vec<u8>, &'static str>,
) -> Result<Vec<u8>, Failure> {
    if !is_journal_name(&path.to_string_lossy()) {
        return Err(Failure::NotANotesFile(path.to_owned()));
    }
    let cannot = |error: io::Error| unwritten(path, &error);
    let target = target(path).map_err(cannot)?;
    if !is_journal_name(&target.to_string_lossy()) {
        return Err(Failure::LinkToNoNotes { link: path.to_owned(), target });
    }
    let folder = folder_of(&target);
    let _lock = lock(folder).map_err(cannot)?;
    whole_file::sweep(folder);
    for _ in 0..TRIES {
        let before = read(&target).map_err(cannot)?;
        let after = change(&before).map_err(|why| Failure::NoteNotAdded { file: path.to_owned(), why })?;
        let file = beside(&target, &after).map_err(cannot)?;
        // An editor does not know the lock.
        if read(&target).map_err(cannot)? == before {
            return file.persist(&target).map(|_| after).map_err(|error| cannot(error.error));
        }
    }
    Err(Failure::NotesKeepChanging(path.to_owned()))
}

/// The file itself, with any links followed.
fn target(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        Err(error) if error.kind() == ErrorKind::NotFound => match path.symlink_metadata() {
            Ok(_) => Err(io::Error::other(
                "it is a link to a file that is not there; make that file, or name another with --file",
            )),
            Err(_) => Ok(path.to_owned()),
        },
        found => found,
    }
}

/// The file's bytes. A read-only file is an error here, since replacing it would not be refused later.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let metadata = match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        metadata => metadata?,
    };
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a file; name one with --file"));
    }
    if metadata.permissions().readonly() {
        return Err(io::Error::other("it is read-only; let it be written, or name another file with --file"));
    }
    let mut bytes = Vec::new();
    OpenOptions::new().read(true).append(true).open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The new file beside the old one, with the same mode and owner.
fn beside(path: &Path, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let mut file = whole_file::begin_for(path)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Holds the lock of the folder against every other `runhip note` until it is dropped.
fn lock(folder: &Path) -> io::Result<Option<File>> {
    // The folder itself is locked where possible, so that no lock file is left behind.
    #[cfg(unix)]
    #[expect(clippy::disallowed_methods, reason = "a folder is opened, and not to read it")]
    let file = File::open(folder)?;
    #[cfg(not(unix))]
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(".runhip-notes.lock"))?;
    // Some network folders have no locks. There, reading again before writing has to be enough.
    Ok(file.lock().is_ok().then_some(file))
}
