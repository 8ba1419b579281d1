//! Days and times in the form of ISO 8601 that most exports write (`2026-03-04`, `2026-03-04 06:30:00`,
//! `2026-03-04T06:30:00Z`), read without taking the cell apart. It knows no other form: those are left to `dates`, which
//! reads these the same.

use chrono::{NaiveDate, NaiveTime};

use super::clock::Zone;
use super::dates::{Moment, year_is_plausible};

/// The day, time and zone of a cell that is nothing but `YYYY-MM-DD`, perhaps with `HH:MM` or `HH:MM:SS` behind a blank or
/// a `T`, and perhaps a `Z` behind that.
pub fn read(cell: &str) -> Option<Moment> {
    let (day, time) = cell.as_bytes().split_at_checked("YYYY-MM-DD".len())?;
    let date = date(day)?;
    let (time, zone) = match time {
        [] => (None, Zone::Unsaid),
        [b' ' | b'T', time @ .., b'Z'] => (Some(time_of_day(time)?), Zone::Utc),
        [b' ' | b'T', time @ ..] => (Some(time_of_day(time)?), Zone::Unsaid),
        _ => return None,
    };
    Some(Moment { date, time, zone })
}

fn date(day: &[u8]) -> Option<NaiveDate> {
    let [a, b, c, d, b'-', month_tens, month, b'-', tens, ones] = *day else { return None };
    let year = i32::try_from(two_digits(a, b)? * 100 + two_digits(c, d)?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, two_digits(month_tens, month)?, two_digits(tens, ones)?)?;
    year_is_plausible(year).then_some(date)
}

/// The time of `HH:MM` or `HH:MM:SS`.
fn time_of_day(time: &[u8]) -> Option<NaiveTime> {
    let (hour, minute, second) = match *time {
        [a, b, b':', c, d] => (two_digits(a, b)?, two_digits(c, d)?, 0),
        [a, b, b':', c, d, b':', e, f] => (two_digits(a, b)?, two_digits(c, d)?, two_digits(e, f)?),
        _ => return None,
    };
    NaiveTime::from_hms_opt(hour, minute, second)
}

fn two_digits(tens: u8, ones: u8) -> Option<u32> {
    let digit = |byte: u8| char::from(byte).to_digit(10);
    Some(digit(tens)? * 10 + digit(ones)?)
}
