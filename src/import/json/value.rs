//! Single values from JSON, in whatever form an app writes them.

use std::fmt;
use std::marker::PhantomData;

use chrono::{DateTime, FixedOffset, Utc};
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::import::sport_names;
use crate::import::track::{Fix, whole_seconds};
use crate::model::activity::{Distance, DistanceFrom, Position, Start};
use crate::model::sport::Sport;
use crate::model::units::whole_metres;

/// The largest offset from UTC in seconds.
const MOST_OFFSET_S: i64 = 14 * 3_600;

/// The items of a list; `null` counts as an empty list, and `null` items are skipped.
pub fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    let items: Option<Items<T>> = Option::deserialize(from)?;
    Ok(items.map_or_else(Vec::new, |items| items.0))
}

/// A list without its nulls, which are dropped while reading: a file full of them would fill the memory.
struct Items<T>(Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct ItemsVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ItemsVisitor<T> {
            type Value = Items<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Items<T>, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = sequence.next_element::<Option<T>>()? {
                    items.extend(item);
                }
                Ok(Items(items))
            }
        }
        from.deserialize_seq(ItemsVisitor(PhantomData))
    }
}

/// A number, which may be written as text.
pub fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.filter(|number: &f64| number.is_finite())
}

/// Text that is not blank; a number is read as its digits.
pub fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The sport by the word that an account gives it. Where every activity has a word, one with `unknown` or `other` is
/// no run.
pub fn sport(value: &Value) -> Option<Sport> {
    let word = text(value)?;
    sport_names::sport(&word).or_else(|| Some(Sport::Other(sport_names::cut(&word).to_owned())))
}

/// Whole seconds above 0 from a number in units of which `per_second` make a second.
pub fn seconds(value: &Value, per_second: f64) -> Option<u32> {
    number(value).and_then(|number| whole_seconds(number / per_second)).filter(|seconds| *seconds > 0)
}

/// A distance above 0 from a number of units, each `unit_m` metres long.
pub fn distance(value: &Value, unit_m: f64) -> Option<Distance> {
    let m = number(value).and_then(|number| whole_metres(number * unit_m)).filter(|metres| *metres > 0)?;
    Some(Distance { m, from: DistanceFrom::Row })
}

/// The instant this many milliseconds after 1970-01-01T00:00:00Z.
pub fn instant_of_ms(value: &Value) -> Option<DateTime<Utc>> {
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked first")]
    let milliseconds = number(value).filter(|ms| ms.abs() < 1e15).map(|ms| ms.round() as i64)?;
    DateTime::from_timestamp_millis(milliseconds)
}

/// A usable position in degrees.
pub fn position(lat: &Value, lon: &Value) -> Option<Position> {
    match Fix::from_degrees(number(lat), number(lon)) {
        Fix::At(position) => Some(position),
        Fix::NullIsland | Fix::Missing => None,
    }
}

/// The start at `instant` where local time is `offset_s` seconds ahead of UTC; only the instant where that is not a
/// valid offset.
pub fn start_at(instant: DateTime<Utc>, offset_s: Option<i64>) -> Start {
    let offset = offset_s.filter(|s| s.abs() <= MOST_OFFSET_S && s % 900 == 0).and_then(|s| i32::try_from(s).ok());
    match offset.and_then(FixedOffset::east_opt) {
        Some(offset) => Start::Zoned(instant.with_timezone(&offset)),
        None => Start::Instant(instant),
    }
}
