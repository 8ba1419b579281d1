//! Days as they stand in JSON, `2026-03-04`. chrono hands its letters over one by one, and a writer of JSON looks at each
//! of them anew for what it must escape.

use chrono::{Datelike, NaiveDate};
use serde::Serializer;

/// Writes a day.
///
/// # Errors
/// Those of the writer.
pub fn serialize<S: Serializer>(day: &NaiveDate, into: S) -> Result<S::Ok, S::Error> {
    let mut text = String::with_capacity("2026-03-04".len());
    if push(&mut text, *day) { into.serialize_str(&text) } else { into.collect_str(day) }
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

/// Adds a day as it stands in JSON; false, and nothing is added, outside the years 0 to 9999, which are written otherwise.
pub(super) fn push(text: &mut String, day: NaiveDate) -> bool {
    let Some(year) = u32::try_from(day.year()).ok().filter(|year| *year <= 9999) else { return false };
    push_digits(text, year, 4);
    for part in [day.month(), day.day()] {
        text.push('-');
        push_digits(text, part, 2);
    }
    true
}

/// Adds the last digits of a number, with zeros before it. Every run has days and an id, and the formats of the standard
/// library take many times as long.
pub(super) fn push_digits(text: &mut String, number: u32, places: u32) {
    for place in (0..places).rev() {
        let digit = number / 10_u32.pow(place) % 10;
        text.push(char::from(b'0' + u8::try_from(digit).unwrap_or(0)));
    }
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
