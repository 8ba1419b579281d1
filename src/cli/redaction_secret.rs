//! The secret by which `--redact` moves dates: drawn once at random and kept in the user's state folder, so that two
//! redacted reports of a person agree and nobody else can tell by how much dates moved.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::Failure;
use super::arguments::ReportOptions;
use crate::analysis::redaction::Shift;
use crate::configuration;
use crate::whole_file::{self, why_not};

/// The name of the file.
const FILE: &str = "redaction-secret";

/// By how much dates move in the reports of whoever is known by `whose`: the amount in the options, else one made
/// from the secret.
pub(super) fn shift(options: &ReportOptions, whose: &str) -> Result<Shift, Failure> {
    match options.redact_shift {
        Some(weeks) => Ok(Shift::of_weeks(weeks)),
        None => Ok(Shift::of_secret(&secret(&folder()?)?, whose)),
    }
}

/// The key that orders the athletes of a redacted roster: without the secret, or the given shift, nobody can tell
/// from the numbers who is who, even knowing all names.
pub(super) fn order(options: &ReportOptions) -> Result<impl Fn(&str) -> [u8; 32], Failure> {
    let key = match options.redact_shift {
        Some(weeks) => blake3::derive_key("runhip order of redacted athletes", &weeks.to_le_bytes()),
        None => blake3::derive_key("runhip order of redacted athletes", &secret(&folder()?)?),
    };
    Ok(move |name: &str| *blake3::keyed_hash(&key, name.as_bytes()).as_bytes())
}

/// The user's state folder, or the data folder where the system has none.
fn folder() -> Result<PathBuf, Failure> {
    let strategy = etcetera::choose_base_strategy().map_err(|_| Failure::NoPlaceForSecret)?;
    Ok(strategy.state_dir().unwrap_or_else(|| strategy.data_dir()).join("runhip"))
}

/// The secret in a folder; drawn if there is none.
fn secret(folder: &Path) -> Result<[u8; 32], Failure> {
    let path = folder.join(FILE);
    match path.symlink_metadata() {
        Ok(metadata) if metadata.is_file() => {
            hide(&path, &metadata);
            read(path)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            draw(folder, &path).map_err(|error| Failure::SecretNotKept { file: path.clone(), why: why_not(&error) })?;
            // If two programs drew one, both use the one that is there now.
            read(path)
        }
        Ok(_) | Err(_) => Err(Failure::NotTheSecret(path)),
    }
}

/// Takes from others the right to read a secret that was copied or unpacked without care. Where modes mean nothing,
/// nothing happens.
#[cfg(unix)]
fn hide(path: &Path, metadata: &fs::Metadata) {
    use std::os::unix::fs::PermissionsExt;
    if metadata.permissions().mode() & 0o077 != 0 {
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(0o600));
    }
}

#[cfg(not(unix))]
fn hide(_: &Path, _: &fs::Metadata) {}

fn read(path: PathBuf) -> Result<[u8; 32], Failure> {
    let text = configuration::text_of(&path, FILE).unwrap_or_default();
    blake3::Hash::from_hex(text.trim_end()).map(|secret| *secret.as_bytes()).map_err(|_| Failure::NotTheSecret(path))
}

/// Draws a secret and writes it, readable by its owner alone, unless another program was faster.
fn draw(folder: &Path, path: &Path) -> io::Result<()> {
    whole_file::make_folder(folder)?;
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|_| io::Error::other("the system gives no random numbers"))?;
    // Temporary files are readable by their owner alone from the start.
    let mut file = whole_file::begin(folder)?;
    writeln!(file, "{}", blake3::Hash::from_bytes(secret).to_hex())?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Err(error) if error.error.kind() != ErrorKind::AlreadyExists => Err(error.error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_drawn_once_and_is_its_owners_alone() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("state/runhip");
        let first = secret(&folder).expect("drawn");
        assert_eq!(secret(&folder).expect("read"), first);
        let other = secret(&home.path().join("other")).expect("drawn");
        assert_ne!(first, other);
        let names: Vec<_> =
            fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
        assert_eq!(names, [FILE]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
            assert_eq!((mode(&folder), mode(&folder.join(FILE))), (0o700, 0o600));
        }
    }

    #[test]
    fn what_is_no_secret_is_told_and_left_alone() {
        let home = tempfile::tempdir().expect("a folder");
        fs::write(home.path().join(FILE), "a1b2\n").expect("written");
        let why = secret(home.path()).expect_err("damaged");
        assert!(why.to_string().contains("--redact-shift"), "{why}");
        assert_eq!(configuration::text_of(&home.path().join(FILE), FILE).expect("read"), "a1b2\n");
        fs::remove_file(home.path().join(FILE)).expect("gone");
        fs::create_dir(home.path().join(FILE)).expect("a folder");
        assert!(secret(home.path()).is_err());
        let blocked = home.path().join("file");
        fs::write(&blocked, "x").expect("written");
        assert!(secret(&blocked.join("runhip")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_secret_that_others_may_read_becomes_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().expect("a folder");
        let first = secret(home.path()).expect("drawn");
        let path = home.path().join(FILE);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("set");
        assert_eq!(secret(home.path()).expect("read"), first);
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let home = tempfile::tempdir().expect("a folder");
        let real = home.path().join("real");
        fs::write(&real, "0".repeat(64)).expect("written");
        std::os::unix::fs::symlink(&real, home.path().join(FILE)).expect("a link");
        assert!(secret(home.path()).is_err());
    }
}
