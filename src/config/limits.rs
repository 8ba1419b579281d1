//! `[limits]`: the limits on what is read that the runner has changed. Their defaults are in the model.

use serde::Deserialize;
use toml::Spanned;

use super::mistake::{ConfigError, LineIndex};
use crate::model::limits::{Limits, parse_size};

/// The limits that are set; the others keep their defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LimitSettings {
    unpacked_ratio: Option<u64>,
    unpacked_bytes: Option<u64>,
    held_bytes: Option<u64>,
    inner_archive_bytes: Option<u64>,
}

impl LimitSettings {
    /// All limits, with defaults for those that are not set.
    #[must_use]
    pub fn in_force(&self) -> Limits {
        let usual = Limits::default();
        Limits {
            unpacked_ratio: self.unpacked_ratio.unwrap_or(usual.unpacked_ratio),
            unpacked_bytes: self.unpacked_bytes.unwrap_or(usual.unpacked_bytes),
            held_bytes: self.held_bytes.unwrap_or(usual.held_bytes),
            inner_archive_bytes: self.inner_archive_bytes.unwrap_or(usual.inner_archive_bytes),
        }
    }

    /// Takes what is not set from `shared`, and lowers what is set above it.
    #[must_use]
    pub(super) fn within(self, shared: &Self) -> Self {
        let most = shared.in_force();
        let no_higher = |own: Option<u64>, most| own.map(|own| own.min(most));
        Self {
            unpacked_ratio: no_higher(self.unpacked_ratio, most.unpacked_ratio).or(shared.unpacked_ratio),
            unpacked_bytes: no_higher(self.unpacked_bytes, most.unpacked_bytes).or(shared.unpacked_bytes),
            held_bytes: no_higher(self.held_bytes, most.held_bytes).or(shared.held_bytes),
            inner_archive_bytes: no_higher(self.inner_archive_bytes, most.inner_archive_bytes)
                .or(shared.inner_archive_bytes),
        }
    }

    /// The keys of the limits that are higher than those of `shared`.
    pub(super) fn above(&self, shared: &Self) -> impl Iterator<Item = &'static str> {
        let most = shared.in_force();
        [
            ("unpacked_ratio", self.unpacked_ratio, most.unpacked_ratio),
            ("unpacked_size", self.unpacked_bytes, most.unpacked_bytes),
            ("file_size", self.held_bytes, most.held_bytes),
            ("inner_archive_size", self.inner_archive_bytes, most.inner_archive_bytes),
        ]
        .into_iter()
        .filter_map(|(key, own, most)| own.is_some_and(|own| own > most).then_some(key))
    }
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLimits {
    unpacked_ratio: Option<Spanned<u64>>,
    unpacked_size: Option<Spanned<String>>,
    file_size: Option<Spanned<String>>,
    inner_archive_size: Option<Spanned<String>>,
}

pub(super) fn read(lines: &LineIndex, raw: RawLimits) -> Result<LimitSettings, ConfigError> {
    let size = |text: Option<Spanned<String>>| {
        text.map(|text| parse_size(text.get_ref()).map_err(|error| lines.error(&text, error.to_string()))).transpose()
    };
    if let Some(ratio) = raw.unpacked_ratio.as_ref().filter(|ratio| *ratio.get_ref() == 0) {
        return Err(lines.error(ratio, "unpacked_ratio is 1 or more; nothing packed could be read otherwise"));
    }
    Ok(LimitSettings {
        unpacked_ratio: raw.unpacked_ratio.map(Spanned::into_inner),
        unpacked_bytes: size(raw.unpacked_size)?,
        held_bytes: size(raw.file_size)?,
        inner_archive_bytes: size(raw.inner_archive_size)?,
    })
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::model::limits::Limits;

    #[test]
    fn what_is_given_counts_then_what_is_shared_then_the_usual() {
        let own = Config::parse("[limits]\nfile_size = \"5MB\"\n").unwrap();
        let shared = Config::parse("[limits]\nfile_size = \"7MB\"\nunpacked_ratio = 300\n").unwrap();
        let both = own.over(&shared).limits.in_force();
        assert_eq!(both, Limits { held_bytes: 5_000_000, unpacked_ratio: 300, ..Limits::default() });
    }
}
