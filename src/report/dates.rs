//! Calendar days in words, in English and without a locale.

use chrono::{Datelike, NaiveDate};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The month's English name.
#[must_use]
pub fn month(date: NaiveDate) -> &'static str {
    MONTHS[date.month0() as usize % 12]
}

/// The month's first three letters.
#[must_use]
pub fn month_short(date: NaiveDate) -> &'static str {
    &month(date)[..3]
}

/// `12 January 2026`.
#[must_use]
pub fn long(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// `12 Jan 2026`.
#[must_use]
pub fn day(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month_short(date), date.year())
}

/// `12 Jan`.
#[must_use]
pub fn day_month(date: NaiveDate) -> String {
    format!("{} {}", date.day(), month_short(date))
}

/// `12–18 Jan 2026`, with only as much said twice as differs.
#[must_use]
pub fn range(from: NaiveDate, to: NaiveDate) -> String {
    if from == to {
        day(from)
    } else if (from.year(), from.month()) == (to.year(), to.month()) {
        format!("{}–{}", from.day(), day(to))
    } else if from.year() == to.year() {
        format!("{} – {}", day_month(from), day(to))
    } else {
        format!("{} – {}", day(from), day(to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn ranges_say_only_what_differs() {
        assert_eq!(range(date("2026-01-12"), date("2026-01-12")), "12 Jan 2026");
        assert_eq!(range(date("2026-01-12"), date("2026-01-18")), "12–18 Jan 2026");
        assert_eq!(range(date("2026-01-26"), date("2026-02-01")), "26 Jan – 1 Feb 2026");
        assert_eq!(range(date("2025-12-29"), date("2026-01-04")), "29 Dec 2025 – 4 Jan 2026");
    }
}
