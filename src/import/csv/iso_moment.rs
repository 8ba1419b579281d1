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

/// The day of the ten bytes of `YYYY-MM-DD`.
fn date(day: &[u8]) -> Option<NaiveDate> {
    if day[4] != b'-' || day[7] != b'-' {
        return None;
    }
    let year = i32::try_from(number(&day[..4])?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, number(&day[5..7])?, number(&day[8..])?)?;
    year_is_plausible(year).then_some(date)
}

/// The time of `HH:MM` or `HH:MM:SS`.
pub fn time_of_day(time: &[u8]) -> Option<NaiveTime> {
    let second = match time {
        [_, _, b':', _, _] => 0,
        [_, _, b':', _, _, b':', second @ ..] if second.len() == 2 => number(second)?,
        _ => return None,
    };
    NaiveTime::from_hms_opt(number(&time[..2])?, number(&time[3..5])?, second)
}

/// The number that these digits make.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| Some(number * 10 + char::from(*digit).to_digit(10)?))
}
