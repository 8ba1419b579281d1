//! Parsers for option values that have a format of their own, and the errors for values that do not follow it.

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::choices::AsOf;
use crate::config::WeekStart;
use crate::model::reading::name_of;
use crate::model::units::Units;
use crate::roster::shard::{MOST_SHARDS, Shard};

/// Accepts the kebab-case name of one of these values.
pub(super) fn one_of<T>(all: &'static [T]) -> impl TypedValueParser<Value = T>
where
    T: Into<&'static str> + Copy + Send + Sync + 'static,
{
    let names = all.iter().map(|value| PossibleValue::new(name_of(*value)));
    PossibleValuesParser::new(names)
        .try_map(|name| all.iter().copied().find(|value| name_of(*value) == name).ok_or(ValueError::Unknown(name)))
}

/// Why the value of an option is refused, with the right way to write it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum ValueError {
    #[error("write dates as 2026-03-04")]
    Date,
    #[error("write a date as 2026-03-04, today, or last for the day of the last entry")]
    AsOf,
    #[error("write a zone such as Pacific/Auckland")]
    Zone,
    #[error("write km or mi")]
    Units,
    #[error("write monday or sunday")]
    WeekStart,
    #[error("write the number of the shard and how many there are, such as 3/64; there are at most {MOST_SHARDS}")]
    Shard,
    #[error("write the distance of one run with its unit, such as 21.1km or 13.1mi")]
    Target,
    #[error("write days that make whole weeks, from 7 to 36400, such as 4900")]
    Weeks,
    #[error("{0} is not known")]
    Unknown(String),
}

pub(super) fn date(text: &str) -> Result<NaiveDate, ValueError> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        // The calendar of a report has a row for each day: a year of more digits is a typing error, and would fill
        // the memory.
        .filter(|date| (0..=9_999).contains(&date.year()))
        .ok_or(ValueError::Date)
}

pub(super) fn as_of(text: &str) -> Result<AsOf, ValueError> {
    match text {
        "today" => Ok(AsOf::Today),
        "last" => Ok(AsOf::Last),
        day => date(day).map(AsOf::Day).map_err(|_| ValueError::AsOf),
    }
}

/// The weeks in a number of days, which has to be a multiple of 7.
pub(super) fn weeks_of_days(text: &str) -> Result<u16, ValueError> {
    let weeks = text.parse::<u16>().ok().filter(|days| days % 7 == 0).map(|days| days / 7);
    weeks.filter(|weeks| (1..=5_200).contains(weeks)).ok_or(ValueError::Weeks)
}

pub(super) fn zone(text: &str) -> Result<Tz, ValueError> {
    text.parse().map_err(|_| ValueError::Zone)
}

pub(super) fn units(text: &str) -> Result<Units, ValueError> {
    match text {
        "km" => Ok(Units::Km),
        "mi" => Ok(Units::Mi),
        _ => Err(ValueError::Units),
    }
}

/// Parses a shard written as `K/N`.
pub(super) fn shard(text: &str) -> Result<Shard, ValueError> {
    let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten();
    let (number, of) =
        text.split_once('/').and_then(|(k, n)| Some((number(k)?, number(n)?))).ok_or(ValueError::Shard)?;
    Shard::new(number, of).ok_or(ValueError::Shard)
}

pub(super) fn week_start(text: &str) -> Result<WeekStart, ValueError> {
    match text {
        "monday" => Ok(WeekStart::Monday),
        "sunday" => Ok(WeekStart::Sunday),
        _ => Err(ValueError::WeekStart),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_four_digits_of_year() {
        assert!(date("2026-03-04").is_ok() && date("0001-01-01").is_ok() && date("9999-12-31").is_ok());
        for text in ["+262142-12-31", "-0001-01-01", "10000-01-01", "2026-02-30", "today", ""] {
            assert!(date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_shift_is_a_whole_number_of_weeks() {
        assert_eq!((weeks_of_days("7"), weeks_of_days("4900"), weeks_of_days("36400")), (Ok(1), Ok(700), Ok(5_200)));
        for text in ["0", "8", "-7", "36407", "65541", "99999999", "7.0", ""] {
            assert!(weeks_of_days(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_shard_is_one_of_so_many() {
        for (text, name) in [("1/1", "1 of 1"), ("3/64", "3 of 64"), ("07/65536", "7 of 65536")] {
            assert_eq!(shard(text).map(|shard| shard.to_string()), Ok(name.to_owned()));
        }
        for text in ["", "3", "0/4", "5/4", "1/0", "1/65537", "+1/4", "1/4/4", "a/b", "1/99999999999", "-1/4", "/"] {
            assert_eq!(shard(text), Err(ValueError::Shard), "{text}");
        }
    }
}
