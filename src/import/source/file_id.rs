//! What the system knows a file or folder by, the same however it is reached. Reads no file.

use std::fs::Metadata;
use std::path::Path;

/// A name that the system has for a file or folder.
#[cfg(unix)]
pub type FileId = (u64, u64);
/// A name that the system has for a file or folder: where it has no other, the path.
#[cfg(not(unix))]
pub type FileId = std::path::PathBuf;

/// The name of what lies at `path`.
#[cfg(unix)]
#[must_use]
pub fn id_of(_: &Path, metadata: &Metadata) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

/// The name of what lies at `path`.
#[cfg(not(unix))]
pub fn id_of(path: &Path, _: &Metadata) -> Option<FileId> {
    path.canonicalize().ok()
}

/// The name of a file that stands under more than one path; `None` for any other, and where that cannot be told.
#[cfg(unix)]
#[must_use]
pub fn id_of_several(path: &Path, metadata: &Metadata) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    id_of(path, metadata).filter(|_| metadata.is_file() && metadata.nlink() > 1)
}

/// The name of a file that stands under more than one path; `None` for any other, and where that cannot be told.
#[cfg(not(unix))]
#[must_use]
pub fn id_of_several(_: &Path, _: &Metadata) -> Option<FileId> {
    None
}
