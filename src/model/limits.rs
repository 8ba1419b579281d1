//! How large inputs may be: bounds against files that would fill the memory or keep the program busy for ever. The
//! configuration can change each of them. Nothing here reads a file.

/// An archive or packed file that unpacks to no more than this is harmless, however small it is.
const HARMLESS_BYTES: u64 = 4_000_000;

const SIGNS: [(&str, u64); 4] = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000), ("B", 1)];

/// The bounds, by default those that hold without configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Unpacked bytes for each packed byte. Tracks shrink to a tenth, Apple's health export to a thirtieth, and
    /// deflate can do no better than 1,032 to 1: a file that unpacks to more than 250 times its size was made to.
    pub unpacked_ratio: u64,
    /// Bytes from one packed file, or from one archive with everything in it. Apple's export of ten years has 5 GB.
    pub unpacked_bytes: u64,
    /// Bytes of a file that is held in memory whole: tables, JSON, FIT and notes. The largest real ones, a watch's
    /// files of whole days and account exports, have 30 MB.
    pub held_bytes: u64,
    /// Bytes of an archive within an archive, which is also held in memory. Garmin's parts have some 500 MB.
    pub inner_archive_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            unpacked_ratio: 250,
            unpacked_bytes: 20_000_000_000,
            held_bytes: 100_000_000,
            inner_archive_bytes: 1_000_000_000,
        }
    }
}

impl Limits {
    /// How many bytes `packed_bytes` may unpack to.
    #[must_use]
    pub fn unpacked_allowance(&self, packed_bytes: u64) -> u64 {
        packed_bytes.saturating_mul(self.unpacked_ratio).max(HARMLESS_BYTES).min(self.unpacked_bytes)
    }

    /// Why a file that unpacks to more than its allowance is not read.
    #[must_use]
    pub fn too_large(&self, allowance: u64) -> String {
        if allowance >= self.unpacked_bytes {
            format!("it unpacks to more than {}", size_in_words(self.unpacked_bytes))
        } else {
            format!("it unpacks to more than {} times its size", self.unpacked_ratio)
        }
    }
}

/// A number of bytes in the largest unit that does not make it less than 1, with at most one decimal: `1.5 GB`, `250
/// kB`.
#[must_use]
pub fn size_in_words(bytes: u64) -> String {
    let (sign, unit) = SIGNS.into_iter().find(|(_, unit)| bytes >= *unit).unwrap_or(("B", 1));
    match (bytes / unit, bytes % unit * 10 / unit) {
        (whole, 0) => format!("{whole} {sign}"),
        (whole, tenths) => format!("{whole}.{tenths} {sign}"),
    }
}

/// A text that is not a size.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a size; write a number and a unit, such as \"200MB\" or \"1.5 GB\"")]
pub struct SizeError(String);

/// Reads a size in bytes with its unit, as written in a configuration: `200MB`, `1.5 GB`.
///
/// # Errors
/// If the text is not a size.
pub fn parse_size(text: &str) -> Result<u64, SizeError> {
    let refused = || SizeError(text.trim().to_owned());
    let (number, sign) = text.trim().split_at(text.trim().find(|c: char| c.is_alphabetic()).ok_or_else(refused)?);
    let unit = SIGNS.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(sign)).ok_or_else(refused)?.1;
    let value: f64 = number.trim().parse().map_err(|_| refused())?;
    #[expect(clippy::cast_precision_loss, reason = "a unit is a power of ten")]
    let bytes = value * unit as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked first")]
    (1.0..1e15).contains(&bytes).then_some(bytes as u64).ok_or_else(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_files_may_be_packed_as_tightly_as_they_like() {
        let limits = Limits::default();
        assert_eq!(limits.unpacked_allowance(1_000), 4_000_000);
        assert_eq!(limits.unpacked_allowance(100_000), 25_000_000);
        assert_eq!(limits.unpacked_allowance(u64::MAX), 20_000_000_000);
        // A configured bound applies to small files as well.
        let strict = Limits { unpacked_bytes: 1_000, ..limits };
        assert_eq!(strict.unpacked_allowance(1_000), 1_000);
    }

    #[test]
    fn the_reason_names_the_bound_that_was_met() {
        let limits = Limits::default();
        assert_eq!(limits.too_large(limits.unpacked_allowance(1_000)), "it unpacks to more than 250 times its size");
        assert_eq!(limits.too_large(limits.unpacked_allowance(80_000_000)), "it unpacks to more than 20 GB");
    }

    #[test]
    fn sizes_are_read_and_shown_as_people_write_them() {
        for (text, bytes) in [("200MB", 200_000_000), (" 1.5 gb ", 1_500_000_000), ("250 kB", 250_000), ("7B", 7)] {
            assert_eq!(parse_size(text), Ok(bytes), "{text}");
        }
        for text in ["", "200", "MB", "-1MB", "0 GB", "1e9 GB", "NaN MB", "200 MiB"] {
            assert!(parse_size(text).is_err(), "{text}");
        }
        assert_eq!(
            [1_500_000_000, 100_000_000, 999, 250_000].map(size_in_words),
            ["1.5 GB", "100 MB", "999 B", "250 kB"]
        );
    }
}
