//! `--redact`: a log and what was read in it without what tells whose they are, made before anything is worked out, so that no
//! format can let slip what it never saw. Names of shoes and files become numbers, times of day and offsets go, and every
//! date moves by the same whole number of weeks. The words of notes are needed for the advice, so they go last, for what was
//! read in them.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, TimeDelta};

use super::{Request, shoes};
use crate::model::ledger::{FileOutcome, LedgerRow};
use crate::model::log::{Entry, Log};
use crate::model::note::{Given, Note};
use crate::model::problem::{Cost, Problem};
use crate::model::reading::Reading;
use crate::model::shoe::Shoe;
use crate::model::threshold::Settings;
use crate::report::contract::{REDACTED, Report};
use crate::report::facts::NoteAsRead;
use crate::report::reading_in_words;

/// The Monday of the week that every redacted report speaks of.
fn first_monday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2000, 1, 3).unwrap_or_default()
}

/// By how much dates move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift(TimeDelta);

impl Shift {
    /// The shift that brings `as_of` to its weekday in the first week of 2000.
    #[must_use]
    pub fn of(as_of: NaiveDate) -> Self {
        let weekday = u64::from(as_of.weekday().num_days_from_monday());
        Self(first_monday() + Days::new(weekday) - as_of)
    }

    /// The day in place of `date`.
    #[must_use]
    pub fn day(self, date: NaiveDate) -> NaiveDate {
        date.checked_add_signed(self.0).unwrap_or(date)
    }
}

/// `file 07`: a number in place of a name, with as many digits as the last one, so that they sort.
#[must_use]
pub fn numbered(what: &str, number: usize, of: usize) -> String {
    format!("{what} {number:0width$}", width = of.to_string().len())
}

/// A log that can be shared, but for the words of its notes.
pub(super) struct Redacted {
    /// Its notes are those that were read, in the same order.
    pub log: Log,
    /// In place of the configuration's.
    pub shoes: Vec<Shoe>,
    /// In place of the one given.
    pub request: Request,
}

/// Redacts what was read; `name` stands for the athlete's.
pub(super) fn redact(
    log: &Log,
    configured: &[Shoe],
    noted: &[NoteAsRead<'_>],
    settings: &Settings,
    (request, name): (&Request, &str),
) -> Redacted {
    let shift = Shift::of(request.as_of);
    let known = log.files.iter().enumerate();
    let files: BTreeMap<&str, String> =
        known.map(|(at, row)| (row.path.as_str(), numbered("file", at + 1, log.files.len()))).collect();
    let file = |path: &str| files.get(path).cloned().unwrap_or_else(|| "a file".to_owned());
    let runs: Vec<&Entry> = log.runs.iter().collect();
    let pairs = shoes::pairs(configured, &log.shoes, &runs, settings);
    let pair_names: Vec<String> = (1..=pairs.len()).map(|number| numbered("Shoe", number, pairs.len())).collect();
    let shoe =
        |spelling: &str| pairs.iter().position(|pair| pair.shoe.is_called(spelling)).map(|at| pair_names[at].clone());
    let mut ids: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    let mut entry = |one: &Entry| {
        let local_date = shift.day(one.local_date);
        let nth = ids.entry(local_date).or_default();
        *nth += 1;
        let day = local_date.format("%Y%m%d");
        Entry {
            id: if *nth == 1 { day.to_string() } else { format!("{day}-{nth}") },
            local_date,
            local_start: None,
            utc_offset_s: None,
            shoe: one.shoe.as_deref().and_then(shoe),
            sources: one.sources.iter().map(|path| file(path)).collect(),
            ..one.clone()
        }
    };
    let declared = |one: &Shoe| Shoe {
        name: shoe(&one.name).unwrap_or_default(),
        aliases: Vec::new(),
        from: one.from.map(|day| shift.day(day)),
        to: one.to.map(|day| shift.day(day)),
        ..one.clone()
    };
    let note = |noted: &NoteAsRead<'_>| Note {
        date: shift.day(noted.note.date),
        source: file(&noted.note.source),
        line: None,
        given: Given::default(),
        heading: None,
        ..noted.note.clone()
    };
    Redacted {
        log: Log {
            runs: log.runs.iter().map(&mut entry).collect(),
            other: log.other.iter().map(&mut entry).collect(),
            notes: noted.iter().map(note).collect(),
            shoes: log.shoes.iter().map(declared).collect(),
            files: log.files.iter().map(|row| ledger_row(row, file(&row.path))).collect(),
            left_out: log.left_out,
        },
        shoes: configured.iter().map(declared).collect(),
        request: Request {
            as_of: shift.day(request.as_of),
            athlete: Some(name.to_owned()),
            since: request.since.map(|day| shift.day(day)),
            until: request.until.map(|day| shift.day(day)),
            ..request.clone()
        },
    }
}

/// A file's row without its name and without what stands in it.
fn ledger_row(row: &LedgerRow, path: String) -> LedgerRow {
    let reason = row.reason.as_ref().map(|_| {
        let words = match row.outcome {
            FileOutcome::Read => "read in part",
            FileOutcome::Merged => "the same as in another file",
            FileOutcome::Ignored => "left alone",
            FileOutcome::Failed => "it could not be used",
        };
        words.to_owned()
    });
    LedgerRow { path, reason, problems: row.problems.iter().map(problem).collect(), ..row.clone() }
}

fn problem(problem: &Problem) -> Problem {
    let what = match problem.cost {
        Cost::Nothing => "something in it was odd and cost nothing",
        Cost::Points => "points of a track were left out",
        Cost::Entry => "an entry was left out",
        Cost::File => "it could not be used",
    };
    Problem { what: what.to_owned(), hint: "the report made without --redact says more".to_owned(), ..problem.clone() }
}

/// Puts what was read in a note in place of its words, and says what was done.
pub(super) fn finish(report: &mut Report, noted: &[NoteAsRead<'_>]) {
    let read = |reading: &Reading| format!("Read as: {}", reading_in_words::in_words(reading));
    let mut known: BTreeMap<(NaiveDate, &str), Vec<&Reading>> = BTreeMap::new();
    for one in noted {
        known.entry((one.note.date, one.note.text.as_str())).or_default().push(&one.reading);
    }
    for sign in &mut report.warnings {
        // Two rows of a table may have the same words, or none: the sign is of the one in which it was read.
        let readings = known.get(&(sign.warning.note_date, sign.warning.text.as_str())).map_or(&[][..], Vec::as_slice);
        let own = readings.iter().find(|reading| reading.red_flags.contains(&sign.warning.flag)).or(readings.first());
        sign.warning.text = own.map_or_else(|| "Read as: a warning sign".to_owned(), |reading| read(reading));
    }
    for (row, one) in report.pain.iter_mut().zip(noted) {
        row.text = read(&one.reading);
        row.spans = Vec::new();
    }
    report.redacted = true;
    report.disclaimer = format!("{REDACTED} {}", report.disclaimer);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn the_day_of_a_report_falls_on_its_weekday_in_the_first_week_of_2000() {
        // 3 January 2000 was a Monday; 31 March 2025 was one too, and 18 November 2026 was a Wednesday.
        for (as_of, moved) in [
            ("2025-03-31", "2000-01-03"),
            ("2026-11-18", "2000-01-05"),
            ("2026-11-22", "2000-01-09"),
            ("1991-01-01", "2000-01-04"),
        ] {
            let shift = Shift::of(day(as_of));
            assert_eq!(shift.day(day(as_of)), day(moved));
            assert_eq!(shift.0.num_days() % 7, 0);
        }
        let shift = Shift::of(day("2026-11-18"));
        assert_eq!(shift.day(day("2026-11-06")), day("1999-12-24"));
    }

    #[test]
    fn numbers_sort_as_they_count() {
        assert_eq!((numbered("Shoe", 1, 9), numbered("file", 7, 120)), ("Shoe 1".to_owned(), "file 007".to_owned()));
    }
}
