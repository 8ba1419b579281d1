//! The system's identifier of a file or folder, the same for every path to it. It reads no file.

use std::fs::Metadata;
use std::path::Path;

/// The identifier of a file or folder. It is no plain number on every system, so nothing may take it for one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(Inner);

/// The device and the number on it.
#[cfg(unix)]
type Inner = (u64, u64);
/// Where the system has no other, the path.
#[cfg(not(unix))]
type Inner = std::path::PathBuf;

/// The identifier of the file or folder at `path`.
#[cfg(unix)]
#[must_use]
pub fn id_of(_: &Path, metadata: &Metadata) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    Some(FileId((metadata.dev(), metadata.ino())))
}

/// The identifier of the file or folder at `path`.
#[cfg(not(unix))]
pub fn id_of(path: &Path, _: &Metadata) -> Option<FileId> {
    path.canonicalize().ok().map(FileId)
}

/// The identifier of a file with more than one path; `None` for any other file, or if unknown.
#[cfg(unix)]
#[must_use]
pub fn id_of_several(path: &Path, metadata: &Metadata) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    id_of(path, metadata).filter(|_| metadata.is_file() && metadata.nlink() > 1)
}

/// The identifier of a file with more than one path; `None` for any other file, or if unknown.
#[cfg(not(unix))]
#[must_use]
pub fn id_of_several(_: &Path, _: &Metadata) -> Option<FileId> {
    None
}
