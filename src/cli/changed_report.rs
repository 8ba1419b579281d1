//! Reports that somebody has edited: before a newer one replaces such a report, it is kept under another name beside
//! it, and a line says so.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::failure::unwritten;
use super::{Failure, terminal};
use crate::report::seal;
use crate::whole_file;

/// The most changed reports of one name that are kept.
const MOST_KEPT: u32 = 99;

/// Keeps the report at `path` under another name, if it was changed after runhip wrote it.
pub(super) fn keep(path: &Path) -> Result<(), Failure> {
    match is_changed(path) {
        Ok(true) => {}
        Ok(false) => return Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unwritten(path, &error)),
    }
    let kept = keep_aside(path).map_err(|error| unwritten(path, &error))?;
    let line = format!("{} was changed since runhip wrote it, and is kept as {}\n", path.display(), kept.display());
    terminal::complain(&line);
    Ok(())
}

/// Whether a report was changed after runhip wrote it.
#[expect(clippy::disallowed_methods, reason = "the shell may open files")]
pub(super) fn is_changed(path: &Path) -> io::Result<bool> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    Ok(!seal::holds(&bytes))
}

/// Gives the file a second name or, where the file system has no hard links, makes a copy.
fn keep_aside(path: &Path) -> io::Result<PathBuf> {
    for number in 1..=MOST_KEPT {
        let kept = name(path, number);
        match fs::hard_link(path, &kept) {
            Ok(()) => return Ok(kept),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(_) => {
                let copy = whole_file::begin_for(path)?;
                fs::copy(path, copy.path())?;
                match copy.persist_noclobber(&kept) {
                    Ok(_) => return Ok(kept),
                    Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {}
                    Err(error) => return Err(error.error),
                }
            }
        }
    }
    Err(io::Error::other("too many changed copies of it lie beside it; move them away"))
}

/// The path for a changed copy: `ada-latest.changed.html`, then `ada-latest.changed-2.html`.
fn name(path: &Path, number: u32) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let number = if number == 1 { String::new() } else { format!("-{number}") };
    path.with_file_name(format!("{stem}.changed{number}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{fixtures, markdown};

    #[test]
    fn a_report_is_kept_aside_once_it_is_changed_and_never_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ada-latest.md");
        let put = |text: &str| std::fs::write(&path, text).unwrap();
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).ok();
        let report = markdown::render(&fixtures::warning());
        keep(&path).unwrap();
        put(&report);
        keep(&path).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "it is as it was written");
        for (remark, name) in [("one", "ada-latest.changed.md"), ("two", "ada-latest.changed-2.md")] {
            let changed = format!("{report}{remark}\n");
            put(&changed);
            keep(&path).unwrap();
            assert_eq!(read(name), Some(changed));
            fs::remove_file(&path).unwrap();
        }
        assert!(read("ada-latest.changed.md").unwrap().ends_with("one\n"));
    }
}
