//! One run at a time chooses names in a folder of reports and writes there: a name is taken only once its report lies in
//! the folder, and until then a second run would take it too. Shards of one roster have names that are settled among them,
//! and write side by side. The lock is one on the folder itself, so that nothing is left behind whatever ends the program.

use std::fs::{File, TryLockError};
use std::io::IsTerminal;
use std::path::Path;

use super::terminal;

/// Who else may write at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Company {
    /// Nobody.
    Nobody,
    /// Other shards of a roster.
    Shards,
}

/// The right to write into a folder, until it is dropped. Where folders cannot be locked, as on Windows and on some network
/// disks, everybody has it.
pub(super) struct FolderLock(#[expect(dead_code, reason = "it is held for its lock")] Option<File>);

impl FolderLock {
    /// None: for a run that writes no reports.
    pub fn none() -> Self {
        Self(None)
    }

    /// Waits until nobody else writes into `dir`, and says so to whoever sits in front of it.
    #[expect(clippy::disallowed_methods, reason = "the folder is opened for its lock, not to read it")]
    pub fn wait_for(dir: &Path, company: Company) -> Self {
        let Ok(folder) = File::open(dir) else { return Self(None) };
        let tried = match company {
            Company::Nobody => folder.try_lock(),
            Company::Shards => folder.try_lock_shared(),
        };
        let locked = match tried {
            Err(TryLockError::WouldBlock) => {
                if std::io::stderr().is_terminal() {
                    terminal::complain(&format!("{}: waiting for another runhip that writes there\n", dir.display()));
                }
                match company {
                    Company::Nobody => folder.lock(),
                    Company::Shards => folder.lock_shared(),
                }
            }
            Err(TryLockError::Error(error)) => Err(error),
            Ok(()) => Ok(()),
        };
        Self(locked.is_ok().then_some(folder))
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    fn is_free(dir: &Path, company: Company) -> bool {
        let folder = File::open(dir).unwrap();
        match company {
            Company::Nobody => folder.try_lock().is_ok(),
            Company::Shards => folder.try_lock_shared().is_ok(),
        }
    }

    #[test]
    fn shards_write_side_by_side_and_nobody_beside_another_run() {
        let dir = tempfile::tempdir().unwrap();
        for (held, beside_a_shard) in [(Company::Nobody, false), (Company::Shards, true)] {
            let lock = FolderLock::wait_for(dir.path(), held);
            assert!(!is_free(dir.path(), Company::Nobody), "{held:?}");
            assert_eq!(is_free(dir.path(), Company::Shards), beside_a_shard, "{held:?}");
            drop(lock);
            assert!(is_free(dir.path(), Company::Nobody), "{held:?}");
        }
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
        drop(FolderLock::wait_for(&dir.path().join("none"), Company::Nobody));
    }
}
