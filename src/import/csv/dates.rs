//! Dates and times as apps and people write them in many languages. The order of day and month is decided once for a
//! whole column. It does not decide whose clock a time without an offset belongs to.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Utc};

use super::clock::{Clock, Token, Zone, find_clock, small, tokenise, zone_at};
use super::words;

/// A day, perhaps a time, and the zone as far as the cell names them.
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
    /// 3 April.
    DayFirst,
    /// March 4.
    MonthFirst,
    /// Nothing in the column tells.
    Unsettled,
}

/// Why a cell gave no moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It is not a date.
    NotADate,
    /// Day and month cannot be told apart.
    Ambiguous,
}

/// The order that the cells of one column agree on. One day above 12 settles it; days above 12 in both places, or in
/// neither, leave it unsettled.
pub fn settle<'a>(cells: impl Iterator<Item = &'a str>) -> DayOrder {
    let (mut day_first, mut month_first) = (false, false);
    for cell in cells {
        if let Some(DateParts::TwoOrders { first, second, .. }) = Cell::new(cell).date_parts() {
            day_first |= first > 12;
            month_first |= second > 12;
        }
    }
    match (day_first, month_first) {
        (true, false) => DayOrder::DayFirst,
        (false, true) => DayOrder::MonthFirst,
        _ => DayOrder::Unsettled,
    }
}

/// Reads a date cell. Digits alone are `20260304`, or seconds (10) or milliseconds (13) since 1970.
///
/// # Errors
/// Says whether the cell is no date or one of two.
pub fn read(cell: &str, order: DayOrder) -> Result<Moment, DateError> {
    let trimmed = cell.trim();
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
                DayOrder::Unsettled => return Err(DateError::Ambiguous),
            };
            NaiveDate::from_ymd_opt(year, month, day).ok_or(DateError::NotADate)?
        }
    };
    if cell.time.is_some_and(|clock| clock.time.is_none()) {
        return Err(DateError::NotADate);
    }
    Ok(Moment { date, time: cell.time.and_then(|clock| clock.time), zone: cell.zone })
}

/// Reads a cell that holds a time of day alone, such as `06:30` or `6:30 PM`.
pub fn time_of_day(cell: &str) -> Option<NaiveTime> {
    let cell = Cell::new(cell);
    if cell.numbers().next().is_some() {
        return None;
    }
    cell.time.and_then(|clock| clock.time)
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

fn year_is_plausible(year: i32) -> bool {
    (1_900..2_200).contains(&year)
}

enum DateParts {
    Known(NaiveDate),
    TwoOrders { first: u32, second: u32, year: i32 },
}

/// A cell in tokens, with its time of day found.
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

    /// Tokens outside the time of day.
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

    fn date_parts(&self) -> Option<DateParts> {
        // A weekday can look like a month ("mar" is both in Spanish); the month stands nearer to the year.
        let month =
            self.outside().filter_map(|t| if let Token::Word(word) = t { words::month(word) } else { None }).last();
        let numbers: Vec<&str> = self.numbers().collect();
        match (month, numbers.as_slice()) {
            (Some(month), [a, b]) => {
                let (year, day) = if a.len() == 4 { (a, b) } else { (b, a) };
                known(year_of(year)?, month, small(day)?)
            }
            (None, [year, month, day]) if year.len() == 4 => known(year_of(year)?, small(month)?, small(day)?),
            (None, [first, second, year]) => {
                let (first, second, year) = (small(first)?, small(second)?, year_of(year)?);
                if self.outside().filter(|token| *token == Token::Mark('.')).count() >= 2 {
                    return known(year, second, first);
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
mod tests {
    use super::*;

    fn said(cell: &str) -> String {
        match read(cell, DayOrder::Unsettled) {
            Ok(Moment { date, time, zone }) => {
                let time = time.map(|time| format!(" {time}")).unwrap_or_default();
                let zone = match zone {
                    Zone::Unsaid => String::new(),
                    Zone::Utc => " UTC".to_owned(),
                    Zone::Offset(offset) => format!(" {offset}"),
                };
                format!("{date}{time}{zone}")
            }
            Err(why) => format!("{why:?}"),
        }
    }

    #[test]
    fn each_export_writes_its_own_dates() {
        for (cell, meant) in [
            ("2026-03-04", "2026-03-04"),
            ("2026-03-04T06:30:00+13:00", "2026-03-04 06:30:00 +13:00"),
            ("2026-03-04 06:30:00.123 -0330", "2026-03-04 06:30:00 -03:30"),
            ("2026-03-04T06:30:00.000Z", "2026-03-04 06:30:00 UTC"),
            ("May 29, 2022, 3:53:35 PM", "2022-05-29 15:53:35"),
            ("May 29, 2022 3:53:35\u{202f}PM", "2022-05-29 15:53:35"),
            ("Jan 1, 2024, 12:05:00 AM", "2024-01-01 00:05:00"),
            ("Oct 30, 2023, 00:00:00 PM", "2023-10-30 12:00:00"),
            ("29.05.2022, 15:53:35", "2022-05-29 15:53:35"),
            ("29 mag 2022, 15:53:35", "2022-05-29 15:53:35"),
            ("29 mai 2022 à 15:53:35", "2022-05-29 15:53:35"),
            ("mar. 29 mar. 2022, 3:53:35 p. m.", "2022-03-29 15:53:35"),
            ("29 de março de 2022, 15:53:35", "2022-03-29 15:53:35"),
            ("6 mrt. 2024 14:23:15", "2024-03-06 14:23:15"),
            ("26 июл. 2026 г., 12:12:51", "2026-07-26 12:12:51"),
            ("15 сент. 2025 г.", "2025-09-15"),
            ("2026年8月22日", "2026-08-22"),
            ("2026年8月22日 下午3:53:35", "2026-08-22 15:53:35"),
            ("2026年8月22日下午3:53:35", "2026-08-22 15:53:35"),
            ("2026/8/22 16:14", "2026-08-22 16:14:00"),
            ("20-06-2018", "2018-06-20"),
            ("Wed, March 4th 2026", "2026-03-04"),
            ("20260304", "2026-03-04"),
            ("1607437156744", "2020-12-08 14:19:16 UTC"),
        ] {
            assert_eq!(said(cell), meant, "{cell}");
        }
    }

    #[test]
    fn what_is_no_date_is_said_to_be_none() {
        for cell in [
            "",
            "x",
            "date",
            "2026-02-30",
            "31.2.2026",
            "5.2",
            "12:30",
            "Total 12",
            "2026-03-04 25:00",
            "0999-01-01",
            "45/45/2026",
        ] {
            assert_eq!(said(cell), "NotADate", "{cell}");
        }
    }

    #[test]
    fn the_order_of_day_and_month_is_the_columns() {
        let day_first = ["03/04/2026", "13/04/2026"];
        assert_eq!(settle(day_first.into_iter()), DayOrder::DayFirst);
        let april = read(day_first[0], DayOrder::DayFirst).unwrap();
        assert_eq!(april.date, NaiveDate::from_ymd_opt(2026, 4, 3).unwrap());
        assert_eq!(settle(["3/4/26", "3/14/26"].into_iter()), DayOrder::MonthFirst);
        let march = read("3/4/26", DayOrder::MonthFirst).unwrap();
        assert_eq!(march.date, NaiveDate::from_ymd_opt(2026, 3, 4).unwrap());
    }

    #[test]
    fn an_order_that_nothing_settles_is_not_guessed() {
        assert_eq!(settle(["03/04/2026", "05/06/2026"].into_iter()), DayOrder::Unsettled);
        assert_eq!(settle(["13/04/2026", "04/13/2026"].into_iter()), DayOrder::Unsettled);
        assert_eq!(said("03/04/2026"), "Ambiguous");
        assert_eq!(said("04/04/2026"), "2026-04-04");
        assert_eq!(said("13/04/2026"), "2026-04-13");
    }

    #[test]
    fn times_and_offsets_stand_alone_too() {
        assert_eq!(time_of_day("6:30 PM"), NaiveTime::from_hms_opt(18, 30, 0));
        assert_eq!(time_of_day("11:17:03"), NaiveTime::from_hms_opt(11, 17, 3));
        assert_eq!(time_of_day("2026-03-04 06:30"), None);
        assert_eq!(offset("UTC+0200"), FixedOffset::east_opt(7_200));
        assert_eq!(offset("-03:30"), FixedOffset::east_opt(-12_600));
        assert_eq!((offset(""), offset("Paris")), (None, None));
    }
}
