//! The meaning of a number in a spreadsheet by its display format, and its text: dates as ISO, times and durations as
//! `H:MM:SS`, other numbers plainly. It reads no workbook.

use chrono::{Days, NaiveDate};

const SECONDS_PER_DAY: f64 = 86_400.0;

/// The last day in spreadsheet programs is in 9999.
const LAST_DAY: f64 = 2_958_466.0;

/// How a number is displayed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberKind {
    /// A number.
    #[default]
    Number,
    /// A day, perhaps with a time of day.
    Date,
    /// A time of day or a duration.
    Time,
}

/// The first day of a workbook's calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Calendar {
    /// Day 1 is 1 January 1900, and 1900 counts as a leap year.
    #[default]
    Since1900,
    /// Day 0 is 1 January 1904.
    Since1904,
}

/// The display of formats with a number and no code. East Asian ones include dates.
pub fn built_in(id: u32) -> NumberKind {
    match id {
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57..=58 => NumberKind::Date,
        18..=21 | 32..=35 | 45..=47 | 55..=56 => NumberKind::Time,
        _ => NumberKind::Number,
    }
}

/// The display of a format's code. Only its first section counts, and letters outside quotes and brackets.
pub fn by_code(code: &str) -> NumberKind {
    let (mut day, mut time, mut month, mut figure) = (false, false, false, false);
    let mut rest = code.chars();
    while let Some(c) = rest.next() {
        match c.to_ascii_lowercase() {
            ';' => break,
            '\\' | '_' | '*' => drop(rest.next()),
            '"' => drop(rest.find(|c| *c == '"')),
            '[' => {
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                let mut letters = inside.chars().map(|c| c.to_ascii_lowercase());
                let first = letters.next();
                // Hours, minutes and seconds in brackets may exceed a day; other brackets hold colours and languages.
                time |= matches!(first, Some('h' | 'm' | 's')) && letters.all(|c| Some(c) == first);
            }
            'y' | 'd' => day = true,
            'h' | 's' => time = true,
            'm' => month = true,
            '0' | '#' | '?' => figure = true,
            _ => {}
        }
        if code.trim().eq_ignore_ascii_case("general") || code.trim().eq_ignore_ascii_case("standard") {
            return NumberKind::Number;
        }
    }
    match (day, time, month && !figure) {
        (true, ..) | (false, false, true) => NumberKind::Date,
        (false, true, _) => NumberKind::Time,
        (false, false, false) => NumberKind::Number,
    }
}

/// The text of a number.
pub fn in_words(value: f64, shown: NumberKind, calendar: Calendar) -> String {
    let dated = || match shown {
        NumberKind::Number => None,
        NumberKind::Time => Some(clock(value)),
        // A time of day in a date format has no day.
        NumberKind::Date if (0.0..1.0).contains(&value) && calendar == Calendar::Since1900 => Some(clock(value)),
        NumberKind::Date => moment(value, calendar),
    };
    dated().unwrap_or_else(|| value.to_string())
}

/// A part of a day, or several days, in the form `45:30:05`.
pub fn clock(days: f64) -> String {
    let seconds = (days.abs() * SECONDS_PER_DAY).round();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded, positive and below 2^53")]
    let seconds = seconds.min(1e12) as u64;
    let sign = if days < 0.0 { "-" } else { "" };
    format!("{sign}{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

fn moment(value: f64, calendar: Calendar) -> Option<String> {
    if !(0.0..LAST_DAY).contains(&value) {
        return None;
    }
    let mut day = value.floor();
    let mut seconds = ((value - day) * SECONDS_PER_DAY).round();
    if seconds >= SECONDS_PER_DAY {
        (day, seconds) = (day + 1.0, 0.0);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked first")]
    let (day, seconds) = (day as u64, seconds as u64);
    let (zero, passed) = match calendar {
        // 29 February 1900, day 60, did not exist.
        Calendar::Since1900 if day < 60 => (NaiveDate::from_ymd_opt(1899, 12, 31)?, day),
        Calendar::Since1900 => (NaiveDate::from_ymd_opt(1899, 12, 30)?, day),
        Calendar::Since1904 => (NaiveDate::from_ymd_opt(1904, 1, 1)?, day),
    };
    let date = zero.checked_add_days(Days::new(passed))?;
    Some(match seconds {
        0 => date.to_string(),
        _ => format!("{date} {:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_tell_dates_and_times_from_figures() {
        for (code, shown) in [
            ("General", NumberKind::Number),
            ("Standard", NumberKind::Number),
            ("0.00", NumberKind::Number),
            ("#,##0.0\" km/day\"", NumberKind::Number),
            ("0.0 \\d", NumberKind::Number),
            ("[Red]0.00;[Blue]-0.00", NumberKind::Number),
            ("0.00E+00", NumberKind::Number),
            ("0.0 m", NumberKind::Number),
            ("[$€-407]#,##0", NumberKind::Number),
            ("@", NumberKind::Number),
            ("dd/mm/yyyy", NumberKind::Date),
            ("d. mmm", NumberKind::Date),
            ("mmmm", NumberKind::Date),
            ("[$-409]ddd, mmm d", NumberKind::Date),
            ("yyyy\\-mm\\-dd hh:mm", NumberKind::Date),
            ("h:mm", NumberKind::Time),
            ("[h]:mm:ss", NumberKind::Time),
            ("mm:ss.0", NumberKind::Time),
            ("[mm]:ss", NumberKind::Time),
            ("h:mm AM/PM", NumberKind::Time),
            ("\"", NumberKind::Number),
            ("[", NumberKind::Number),
        ] {
            assert_eq!(by_code(code), shown, "{code}");
        }
        assert_eq!(
            [0, 2, 14, 20, 21, 22, 46, 47, 49].map(built_in).map(|shown| shown as u8),
            [0, 0, 1, 2, 2, 1, 2, 2, 0]
        );
    }

    #[test]
    fn days_are_counted_from_1900_or_from_1904() {
        let date = |value: f64| in_words(value, NumberKind::Date, Calendar::Since1900);
        assert_eq!(
            [date(46_085.0), date(46_085.270_833_333), date(59.0), date(61.0), date(46_085.999_999)],
            ["2026-03-04", "2026-03-04 06:30:00", "1900-02-28", "1900-03-01", "2026-03-05"]
        );
        assert_eq!(in_words(44_623.0, NumberKind::Date, Calendar::Since1904), "2026-03-04");
        assert_eq!([date(0.25), date(-3.0), date(1e9)], ["6:00:00", "-3", "1000000000"]);
    }

    #[test]
    fn durations_go_beyond_a_day_and_figures_stay_plain() {
        let time = |value: f64| in_words(value, NumberKind::Time, Calendar::Since1900);
        assert_eq!([time(0.031_25), time(1.895_833_333_333), time(-0.5), time(1e300)].map(|t| t.len()), [7, 8, 9, 15]);
        assert_eq!([time(0.031_25), time(1.895_833_333_333)], ["0:45:00", "45:30:00"]);
        let number = |value: f64| in_words(value, NumberKind::Number, Calendar::Since1900);
        assert_eq!([number(8.0), number(8.43), number(1e-7)], ["8", "8.43", "0.0000001"]);
    }
}
