//! Days as they stand in JSON, `2026-03-04`. chrono hands its letters over one by one, and a writer of JSON looks at each
//! of them anew for what it must escape: in a report with hundreds of days that took a tenth of the time.

use chrono::{Datelike, NaiveDate};
use serde::Serializer;

/// Writes a day.
///
/// # Errors
/// Those of the writer.
pub fn serialize<S: Serializer>(day: &NaiveDate, into: S) -> Result<S::Ok, S::Error> {
    match digits(*day) {
        Some(text) => into.serialize_str(str::from_utf8(&text).unwrap_or_default()),
        None => into.collect_str(day),
    }
}

/// Writes a day, or null.
///
/// # Errors
/// Those of the writer.
pub mod or_null {
    use super::{NaiveDate, Serializer};

    /// Writes a day, or null.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn serialize<S: Serializer>(day: &Option<NaiveDate>, into: S) -> Result<S::Ok, S::Error> {
        match day {
            Some(day) => super::serialize(day, into),
            None => into.serialize_none(),
        }
    }
}

/// The ten letters of a day; `None` outside the years 0 to 9999.
fn digits(day: NaiveDate) -> Option<[u8; 10]> {
    let year = u32::try_from(day.year()).ok().filter(|year| *year <= 9999)?;
    let digit = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or(0);
    let (month, day) = (day.month(), day.day());
    Some([
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(day / 10),
        digit(day),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Serialize)]
    struct Row {
        #[serde(serialize_with = "serialize")]
        from: NaiveDate,
        #[serde(serialize_with = "or_null::serialize")]
        to: Option<NaiveDate>,
    }

    #[test]
    fn a_day_is_written_as_chrono_writes_it() {
        let days = [(2026, 3, 4), (1999, 12, 31), (7, 10, 1), (0, 1, 1), (9999, 9, 9), (10_000, 1, 1), (-1, 2, 3)];
        for (year, month, day) in days {
            let day = NaiveDate::from_ymd_opt(year, month, day).unwrap();
            let (known, none) = (Row { from: day, to: Some(day) }, Row { from: day, to: None });
            let plain = serde_json::to_string(&day).unwrap();
            assert_eq!(serde_json::to_string(&known).unwrap(), format!("{{\"from\":{plain},\"to\":{plain}}}"));
            assert_eq!(serde_json::to_string(&none).unwrap(), format!("{{\"from\":{plain},\"to\":null}}"));
        }
    }
}
