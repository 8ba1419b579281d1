//! Dates and times as apps and people write them in many languages. The order of day and month is decided once for a
//! whole column. It does not decide in which zone a time without an offset is.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Utc};

use super::clock::{Clock, Token, Zone, find_clock, small, tokenise, zone_at};
use super::{iso_moment, words};

/// A day, perhaps with a time, and the zone as far as the cell gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day as written.
    pub date: NaiveDate,
    /// The time as written.
    pub time: Option<NaiveTime>,
    /// The zone as written.
    pub zone: Zone,
}

/// Which comes first in a column of dates such as `03/04/2026`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    /// The day: 3 April.
    DayFirst,
    /// The month: March 4.
    MonthFirst,
    /// The year: `26-04-03` is 3 April 2026.
    YearFirst,
    /// Nothing in the column tells.
    Unsettled,
}

/// Why a cell could not be read as a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It is not a date.
    NotADate,
    /// Day and month cannot be told apart.
    Ambiguous,
}

/// The order of day and month in one column. A number above 12 settles it, unless both places have one. In `26-03-04`
/// the year may be first or last: then the order counts that puts the days of the column close together.
pub fn settle<'a>(cells: impl Iterator<Item = &'a str>) -> DayOrder {
    let (mut day_first, mut month_first) = (false, false);
    let mut short: Vec<[u32; 3]> = Vec::new();
    for cell in cells.filter(|cell| iso_moment::read(cell).is_none() && !is_one_number_or_time(cell)) {
        match Cell::new(cell).date_parts() {
            Some(DateParts::TwoOrders { first, second, .. }) => {
                day_first |= first > 12;
                month_first |= second > 12;
            }
            Some(DateParts::ThreeOrders(figures)) => short.push(figures),
            Some(DateParts::Known(_)) => {}
            None => {
                let (first, second) = slashed(&Cell::new(cell.trim())).unwrap_or_default();
                day_first |= (13..=31).contains(&first) && (1..=12).contains(&second);
                month_first |= (13..=31).contains(&second) && (1..=12).contains(&first);
            }
        }
    }
    if !short.is_empty() {
        return settle_short(&short);
    }
    match (day_first, month_first) {
        (true, false) => DayOrder::DayFirst,
        (false, true) => DayOrder::MonthFirst,
        _ => DayOrder::Unsettled,
    }
}

/// Whether nothing but digits and colons stands there, which tell no order.
fn is_one_number_or_time(cell: &str) -> bool {
    cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b':')
}

/// How many times farther apart the days have to be in one order for another one to count.
const FURTHER_APART: i64 = 4;

/// The order of three two-digit numbers that every cell allows and that puts their days closest together.
fn settle_short(cells: &[[u32; 3]]) -> DayOrder {
    let mut spans: Vec<(i64, DayOrder)> = [DayOrder::YearFirst, DayOrder::DayFirst, DayOrder::MonthFirst]
        .into_iter()
        .filter_map(|order| {
            let days: Vec<NaiveDate> = cells.iter().map(|figures| in_order(*figures, order)).collect::<Option<_>>()?;
            Some((days.iter().max()?.signed_duration_since(*days.iter().min()?).num_days(), order))
        })
        .collect();
    spans.sort_by_key(|(days, _)| *days);
    match spans.as_slice() {
        [(_, only)] => *only,
        [(closest, order), (next, _), ..] if (closest + 1) * FURTHER_APART <= *next => *order,
        _ => DayOrder::Unsettled,
    }
}

fn in_order([first, second, third]: [u32; 3], order: DayOrder) -> Option<NaiveDate> {
    let (year, month, day) = match order {
        DayOrder::YearFirst => (first, second, third),
        DayOrder::DayFirst => (third, second, first),
        DayOrder::MonthFirst => (third, first, second),
        DayOrder::Unsettled => return None,
    };
    NaiveDate::from_ymd_opt(2_000 + i32::try_from(year).ok()?, month, day)
}

/// The only four-digit year in a heading or a file's name.
pub fn year_in(text: &str) -> Option<i32> {
    let mut years = tokenise(text).into_iter().filter_map(|token| match token {
        Token::Number(digits) if digits.len() == 4 => {
            digits.parse::<i32>().ok().filter(|year| (1_980..2_100).contains(year))
        }
        _ => None,
    });
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}

/// The two numbers of a cell such as `11/17`.
fn slashed(cell: &Cell<'_>) -> Option<(u32, u32)> {
    let numbers: Vec<&str> = cell.numbers().collect();
    let slashes = cell.outside().filter(|token| *token == Token::Mark('/')).count();
    match numbers.as_slice() {
        [first, second] if slashes == 1 && cell.time.is_none() => Some((small(first)?, small(second)?)),
        _ => None,
    }
}

/// Month and day of a cell without a year: `17 Nov`, `17.11.`, or `11/17` in this order.
pub fn without_year(cell: &str, order: DayOrder) -> Option<(u32, u32)> {
    let cell = Cell::new(cell.trim());
    if cell.time.is_some_and(|clock| clock.time.is_none()) {
        return None;
    }
    let month = cell.month();
    let numbers: Vec<&str> = cell.numbers().collect();
    let marks = |wanted: char| cell.outside().filter(|token| *token == Token::Mark(wanted)).count();
    let (month, day) = match (month, numbers.as_slice()) {
        (Some(month), [day]) => (month, small(day)?),
        (None, [first, second]) if marks('.') == 2 => (small(second)?, small(first)?),
        (None, [first, second]) if marks('/') == 1 => match (order, small(first)?, small(second)?) {
            (_, first, second) if first > 12 => (second, first),
            (_, first, second) if second > 12 || first == second => (first, second),
            (DayOrder::DayFirst, first, second) => (second, first),
            (DayOrder::MonthFirst, first, second) => (first, second),
            _ => return None,
        },
        _ => return None,
    };
    // A leap year has all days.
    NaiveDate::from_ymd_opt(2_024, month, day).map(|_| (month, day))
}

/// Reads a date cell. Only digits are `20260304`, or seconds (10 digits) or milliseconds (13) since 1970.
///
/// # Errors
/// If the cell is not a date, or its day and month cannot be told apart.
pub fn read(cell: &str, order: DayOrder) -> Result<Moment, DateError> {
    let trimmed = cell.trim();
    match iso_moment::read(trimmed) {
        Some(moment) => Ok(moment),
        None => read_in_any_form(trimmed, order),
    }
}

/// Reads a date cell without blanks around it by its numbers, words and marks.
fn read_in_any_form(trimmed: &str, order: DayOrder) -> Result<Moment, DateError> {
    if trimmed.len() >= 8 && trimmed.chars().all(|c| c.is_ascii_digit()) {
        return digits_only(trimmed).ok_or(DateError::NotADate);
    }
    let cell = Cell::new(trimmed);
    let date = match cell.date_parts().ok_or(DateError::NotADate)? {
        DateParts::Known(date) => date,
        DateParts::TwoOrders { first, second, year } => {
            let (day, month) = match order {
                _ if first > 12 || first == second => (first, second),
                _ if second > 12 => (second, first),
                DayOrder::DayFirst => (first, second),
                DayOrder::MonthFirst => (second, first),
                DayOrder::YearFirst | DayOrder::Unsettled => return Err(DateError::Ambiguous),
            };
            NaiveDate::from_ymd_opt(year, month, day).ok_or(DateError::NotADate)?
        }
        DateParts::ThreeOrders(figures) => match order {
            DayOrder::Unsettled => return Err(DateError::Ambiguous),
            order => in_order(figures, order).ok_or(DateError::NotADate)?,
        },
    };
    if cell.time.is_some_and(|clock| clock.time.is_none()) {
        return Err(DateError::NotADate);
    }
    Ok(Moment { date, time: cell.time.and_then(|clock| clock.time), zone: cell.zone })
}

/// Reads a cell with only a time of day, such as `06:30` or `6:30 PM`.
pub fn time_of_day(cell: &str) -> Option<NaiveTime> {
    if let Some(time) = iso_moment::time_of_day(cell.trim().as_bytes()) {
        return Some(time);
    }
    let cell = Cell::new(cell);
    if cell.numbers().next().is_some() {
        return None;
    }
    cell.time.and_then(|clock| clock.time)
}

/// The Monday of an ISO 8601 week such as `2026-W50`.
pub fn monday_of_week(cell: &str) -> Option<NaiveDate> {
    let cell = cell.trim().to_ascii_uppercase();
    let (year, week) = cell.split_once("-W").or_else(|| cell.split_once('W'))?;
    let (year, week) = (year.trim().parse().ok()?, week.trim().parse().ok()?);
    NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon).filter(|_| year_is_plausible(year))
}

/// The time of day next to a day without a year.
pub fn time_in(cell: &str) -> Option<NaiveTime> {
    Cell::new(cell.trim()).time.and_then(|clock| clock.time)
}

/// Reads an offset such as `UTC+0200`, `+02:00` or `UTC`.
pub fn offset(cell: &str) -> Option<FixedOffset> {
    let cell = cell.trim();
    let figures = cell.trim_start_matches("UTC").trim_start_matches("GMT").trim();
    if figures.is_empty() || figures == "Z" {
        return if cell.is_empty() { None } else { FixedOffset::east_opt(0) };
    }
    let tokens = tokenise(figures);
    match zone_at(&tokens, 0) {
        Some((Zone::Offset(found), used)) if used == tokens.len() => Some(found),
        _ => None,
    }
}

fn digits_only(digits: &str) -> Option<Moment> {
    let instant = |at: DateTime<Utc>| {
        let plausible = (1_980..2_100).contains(&chrono::Datelike::year(&at));
        plausible.then(|| Moment { date: at.date_naive(), time: Some(at.time()), zone: Zone::Utc })
    };
    match digits.len() {
        8 => {
            let date = NaiveDate::parse_from_str(digits, "%Y%m%d").ok()?;
            year_is_plausible(chrono::Datelike::year(&date)).then_some(Moment { date, time: None, zone: Zone::Unsaid })
        }
        10 => instant(DateTime::from_timestamp(digits.parse().ok()?, 0)?),
        13 => instant(DateTime::from_timestamp(digits.parse::<i64>().ok()? / 1_000, 0)?),
        _ => None,
    }
}

/// Whether a run can be of this year.
pub(super) fn year_is_plausible(year: i32) -> bool {
    (1_900..2_200).contains(&year)
}

enum DateParts {
    Known(NaiveDate),
    TwoOrders {
        first: u32,
        second: u32,
        year: i32,
    },
    /// Three two-digit numbers, of which the first or the last may be the year.
    ThreeOrders([u32; 3]),
}

/// A cell in tokens, with its time of day located.
struct Cell<'a> {
    tokens: Vec<Token<'a>>,
    time: Option<Clock>,
    zone: Zone,
}

impl<'a> Cell<'a> {
    fn new(text: &'a str) -> Self {
        let tokens = tokenise(text.trim());
        let mut time = None;
        let mut zone = Zone::Unsaid;
        if let Some(mut clock) = find_clock(&tokens) {
            if let Some((found, used)) = zone_at(&tokens, clock.to) {
                zone = found;
                clock.to += used;
            }
            time = Some(clock);
        }
        Self { tokens, time, zone }
    }

    /// The tokens outside the time of day.
    fn outside(&self) -> impl Iterator<Item = Token<'a>> {
        let (from, to) = self.time.map_or((0, 0), |clock| (clock.from, clock.to));
        self.tokens.iter().enumerate().filter(move |(i, _)| !(from..to).contains(i)).map(|(_, token)| *token)
    }

    fn numbers(&self) -> impl Iterator<Item = &'a str> {
        self.outside().filter_map(|token| match token {
            Token::Number(digits) => Some(digits),
            _ => None,
        })
    }

    /// The month that it names. A weekday can look like one ("mar" is both in Spanish), so the last one counts, which
    /// is nearer to the year.
    fn month(&self) -> Option<u32> {
        self.outside().filter_map(|t| if let Token::Word(word) = t { words::month(word) } else { None }).last()
    }

    /// True if a number is that of a week: `2026-W10-2` is not October. `week of 2026-03-02` is a day.
    fn counts_weeks(&self) -> bool {
        let tokens: Vec<Token<'_>> = self.outside().filter(|token| *token != Token::Mark(' ')).collect();
        tokens.iter().enumerate().any(|(at, token)| match (token, tokens.get(at + 1)) {
            (Token::Word(word), Some(Token::Number(_))) if word.eq_ignore_ascii_case("w") => true,
            (Token::Word(word), Some(Token::Number(number))) if number.len() <= 2 && words::is_week(word) => {
                !matches!(tokens.get(at + 2), Some(Token::Mark('.' | '/' | '-')))
            }
            _ => false,
        })
    }

    /// The day of an ISO 8601 week date such as `2026-W10-2`.
    fn day_of_week(&self) -> Option<DateParts> {
        let outside: Vec<Token<'_>> = self.outside().filter(|token| !matches!(token, Token::Mark('-' | ' '))).collect();
        let (year, week, day) = match outside.as_slice() {
            [Token::Number(year), Token::Word(_), Token::Number(week), Token::Number(day)] => (*year, *week, *day),
            [Token::Number(year), Token::Word(_), Token::Number(both)] if both.len() == 3 => {
                (*year, &both[..2], &both[2..])
            }
            _ => return None,
        };
        let weekday = small(day).filter(|day| (1..=7).contains(day))?;
        let weekday = chrono::Weekday::try_from(u8::try_from(weekday - 1).ok()?).ok()?;
        let year = year_of(year).filter(|_| year.len() == 4)?;
        NaiveDate::from_isoywd_opt(year, small(week)?, weekday).map(DateParts::Known)
    }

    fn date_parts(&self) -> Option<DateParts> {
        if self.counts_weeks() {
            return self.day_of_week();
        }
        let month = self.month();
        let numbers: Vec<&str> = self.numbers().collect();
        match (month, numbers.as_slice()) {
            (Some(month), [a, b]) => {
                let (year, day) = if a.len() == 4 { (a, b) } else { (b, a) };
                known(year_of(year)?, month, small(day)?)
            }
            (None, [year, month, day]) if year.len() == 4 => known(year_of(year)?, small(month)?, small(day)?),
            (None, [first, second, last]) => {
                let (first, second, year) = (small(first)?, small(second)?, year_of(last)?);
                if self.outside().filter(|token| *token == Token::Mark('.')).count() >= 2 {
                    return known(year, second, first);
                }
                let marks = |mark| self.outside().filter(|token| *token == Token::Mark(mark)).count();
                let dashes = marks('-') == 2 || marks('/') == 2;
                let two_digits = numbers.iter().all(|number| number.len() == 2);
                let year_first = in_order([first, second, small(last).unwrap_or_default()], DayOrder::YearFirst);
                if dashes && two_digits && year_first.is_some() {
                    return Some(DateParts::ThreeOrders([first, second, small(last)?]));
                }
                let one_fits = (1..=12).contains(&first.min(second)) && (1..=31).contains(&first.max(second));
                one_fits.then_some(DateParts::TwoOrders { first, second, year })
            }
            _ => None,
        }
    }
}

fn known(year: i32, month: u32, day: u32) -> Option<DateParts> {
    NaiveDate::from_ymd_opt(year, month, day).map(DateParts::Known)
}

fn year_of(digits: &str) -> Option<i32> {
    let year: i32 = match digits.len() {
        4 => digits.parse().ok()?,
        2 => 2_000 + digits.parse::<i32>().ok()?,
        _ => return None,
    };
    year_is_plausible(year).then_some(year)
}

#[cfg(test)]
mod tests;
