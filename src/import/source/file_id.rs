//! The system's identifier of a file or folder, the same for every path to it. It reads no file.

use std::fs::Metadata;
use std::path::Path;

/// The identifier of a file or folder.
#[cfg(unix)]
pub type FileId = (u64, u64);
/// The identifier of a file or folder; where the system has no other, its path.
#[cfg(not(unix))]
pub type FileId = std::path::PathBuf;

/// The identifier of the file or folder at `path`.
#[cfg(unix)]
#[must_use]
pub fn id_of(_: &Path, metadata: &Metadata) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

/// The identifier of the file or folder at `path`.
#[cfg(not(unix))]
pub fn id_of(path: &Path, _: &Metadata) -> Option<FileId> {
    path.canonicalize().ok()
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
