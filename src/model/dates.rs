//! Calendar days in words, in English and without a locale.

use chrono::{Datelike, NaiveDate};

use super::units::NO_BREAK;

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

/// A date with the full month: `12 January 2026`.
#[must_use]
pub fn long(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// A date: `12 Jan 2026`.
#[must_use]
pub fn day(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month_short(date), date.year())
}

/// A date without its year: `12 Jan`.
#[must_use]
pub fn day_month(date: NaiveDate) -> String {
    format!("{} {}", date.day(), month_short(date))
}

/// `12 Jan`, or `12 Jan 2026` where the day is more than half a year from `now`.
#[must_use]
pub fn near(date: NaiveDate, now: NaiveDate) -> String {
    if is_near(date, now) { together(date) } else { day(date) }
}

/// [`range`] without the year where both days are near `now`.
#[must_use]
pub fn near_range(from: NaiveDate, to: NaiveDate, now: NaiveDate) -> String {
    if !(is_near(from, now) && is_near(to, now)) {
        range(from, to)
    } else if from == to {
        together(from)
    } else if from.month() == to.month() {
        format!("{}–{}", from.day(), together(to))
    } else {
        format!("{} – {}", together(from), together(to))
    }
}

/// [`day_month`] with a space that does not break.
fn together(date: NaiveDate) -> String {
    format!("{}{NO_BREAK}{}", date.day(), month_short(date))
}

fn is_near(date: NaiveDate, now: NaiveDate) -> bool {
    (now - date).num_days().abs() <= 183
}

/// `12–18 Jan 2026`; a month or year that both days share is given once.
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
    fn days_of_the_last_half_year_need_no_year() {
        let now = date("2026-03-01");
        let plain = |text: String| text.replace(NO_BREAK, " ");
        assert_eq!(near(date("2025-12-30"), now), "30\u{a0}Dec");
        // 30 August 2025 is 183 days before, and 29 August 184.
        assert_eq!(
            (plain(near(date("2025-08-30"), now)), near(date("2025-08-29"), now)),
            ("30 Aug".into(), "29 Aug 2025".into())
        );
        assert_eq!(plain(near_range(date("2026-02-09"), date("2026-02-15"), now)), "9–15 Feb");
        assert_eq!(plain(near_range(date("2026-01-26"), date("2026-02-01"), now)), "26 Jan – 1 Feb");
        assert_eq!(plain(near_range(date("2026-02-09"), date("2026-02-09"), now)), "9 Feb");
        assert_eq!(near_range(date("2025-08-25"), date("2025-08-31"), now), "25–31 Aug 2025");
    }

    #[test]
    fn ranges_say_only_what_differs() {
        assert_eq!(range(date("2026-01-12"), date("2026-01-12")), "12 Jan 2026");
        assert_eq!(range(date("2026-01-12"), date("2026-01-18")), "12–18 Jan 2026");
        assert_eq!(range(date("2026-01-26"), date("2026-02-01")), "26 Jan – 1 Feb 2026");
        assert_eq!(range(date("2025-12-29"), date("2026-01-04")), "29 Dec 2025 – 4 Jan 2026");
    }
}
