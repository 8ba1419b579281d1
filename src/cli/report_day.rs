//! The day of a report: today, unless another day was requested or the log ended long ago. An old export says nothing
//! of today, but much of its last day.

use chrono::NaiveDate;

use super::arguments::AsOf;
use crate::model::log::Log;

/// A log whose last entry is older than this has ended, unless reports are still being made.
const ENDED_DAYS: i64 = 28;

/// The day of a report, and whether it is that of the last entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ReportDay {
    pub day: NaiveDate,
    pub is_last_entry: bool,
}

/// The day of the report on a log. `last_report` is the day of the last existing report: if that is later than the
/// last entry, reports are made regularly and go on.
pub(super) fn of(asked: Option<AsOf>, today: NaiveDate, log: &Log, last_report: Option<NaiveDate>) -> ReportDay {
    let given = |day| ReportDay { day, is_last_entry: false };
    let Some(last) = last_entry(log, today) else {
        return given(if let Some(AsOf::Day(day)) = asked { day } else { today });
    };
    let at_last = ReportDay { day: last, is_last_entry: true };
    match asked {
        Some(AsOf::Day(day)) => given(day),
        Some(AsOf::Last) => at_last,
        None if (today - last).num_days() > ENDED_DAYS && last_report.is_none_or(|report| report <= last) => at_last,
        Some(AsOf::Today) | None => given(today),
    }
}

/// The day of the last run, other sport or note up to today.
fn last_entry(log: &Log, today: NaiveDate) -> Option<NaiveDate> {
    let entries = log.runs.iter().chain(&log.other).map(|entry| entry.local_date);
    entries.chain(log.notes.iter().map(|note| note.date)).filter(|day| *day <= today).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::note::{Given, Note, NoteOrigin};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A log with a note on each of these days.
    fn log(days: &[&str]) -> Log {
        let note = |text: &&str| Note {
            date: day(text),
            text: String::new(),
            source: String::new(),
            line: None,
            origin: NoteOrigin::Journal,
            given: Given::default(),
            heading: None,
        };
        Log { notes: days.iter().map(note).collect(), ..Log::default() }
    }

    #[test]
    fn a_log_that_has_ended_is_told_as_of_its_last_day_unless_reports_go_on() {
        let today = day("2026-06-30");
        let of = |days: &[&str], asked, report: Option<&str>| {
            let made = of(asked, today, &log(days), report.map(day));
            (made.day.to_string(), made.is_last_entry)
        };
        let is = |text: &str, last| (text.to_owned(), last);
        // 28 days before 30 June is 2 June.
        assert_eq!(of(&["2026-06-02"], None, None), is("2026-06-30", false));
        assert_eq!(of(&["2025-01-01", "2026-06-01"], None, None), is("2026-06-01", true));
        assert_eq!(of(&["2026-06-01", "2026-07-01"], None, None), is("2026-06-01", true), "tomorrow is not over");
        assert_eq!(of(&[], None, None), is("2026-06-30", false));
        assert_eq!(of(&[], Some(AsOf::Last), None), is("2026-06-30", false));
        assert_eq!(of(&["2026-06-01"], None, Some("2026-06-01")), is("2026-06-01", true));
        assert_eq!(of(&["2026-06-01"], None, Some("2026-06-02")), is("2026-06-30", false));
        assert_eq!(of(&["2026-06-01"], Some(AsOf::Today), None), is("2026-06-30", false));
        assert_eq!(of(&["2026-06-29"], Some(AsOf::Last), Some("2026-06-30")), is("2026-06-29", true));
        assert_eq!(of(&["2025-01-01"], Some(AsOf::Day(day("2025-03-01"))), None), is("2025-03-01", false));
    }
}
