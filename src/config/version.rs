//! `config_version`: a file of a later version may hold settings that this program does not know and would have to
//! ignore, so it is refused before anything else in it is read.

use serde::Deserialize;
use toml::Spanned;

use super::mistake::{ConfigError, LineIndex};

/// The version that this program reads. A file without the key counts as version 1.
pub const CONFIG_VERSION: i64 = 1;

#[derive(Deserialize)]
struct VersionKey {
    config_version: Option<Spanned<toml::Value>>,
}

/// Refuses a file of another version. Invalid TOML is reported by the parser that runs next.
pub(super) fn check(lines: &LineIndex, text: &str) -> Result<(), ConfigError> {
    let Ok(VersionKey { config_version: Some(version) }) = toml::from_str(text) else { return Ok(()) };
    let what = match version.get_ref() {
        toml::Value::Integer(CONFIG_VERSION) => return Ok(()),
        toml::Value::Integer(newer) if *newer > CONFIG_VERSION => format!(
            "this configuration is of version {newer}, and this program reads version {CONFIG_VERSION}; update runhip, or \
             write it as runhip init does"
        ),
        other => {
            format!("config_version = {other} is no version; write config_version = {CONFIG_VERSION}, or leave it out")
        }
    };
    Err(lines.error(&version, what))
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn this_version_and_none_are_read() {
        let plain = Config::parse("units = \"mi\"\n").expect("valid");
        assert_eq!(Config::parse("config_version = 1\nunits = \"mi\"\n").expect("valid"), plain);
    }

    #[test]
    fn a_later_version_is_refused_before_its_unknown_keys() {
        let error = Config::parse("# mine\nconfig_version = 2\nzones = true\nunits = 7\n").expect_err("too new");
        assert_eq!(error.line, Some(2));
        assert!(error.what.contains("of version 2") && error.what.contains("update runhip"), "{error}");
    }

    #[test]
    fn what_is_no_version_is_refused_with_its_line() {
        for text in ["config_version = 0", "config_version = -1", "config_version = \"1\"", "config_version = 1.0"] {
            let error = Config::parse(&format!("\n{text}\n")).expect_err(text);
            assert!(error.line == Some(2) && error.what.contains("is no version"), "{error}");
        }
    }
}
