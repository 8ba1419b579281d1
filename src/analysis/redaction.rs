//! `--redact`: removes from a log and its readings what could identify the runner. This is done before anything is
//! worked out, so that no output format can leak what it never saw. Shoes and files get numbers for names, times of
//! day and offsets are removed, and all dates move by the same whole number of weeks. Thresholds that the runner has
//! set are replaced by the defaults, and limits of pairs are rounded. The advice needs the words of the notes, so
//! these are replaced last, by what was read in them.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};

use super::{Request, shoes};
use crate::model::assumption::Assumption;
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

/// The fewest and the most weeks by which a secret moves dates: 8 to 40 years.
const WEEKS: (u64, u64) = (418, 2_087);

/// How far dates move: back by a whole number of weeks, so that weekdays stay the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift(TimeDelta);

impl Shift {
    /// A shift of so many weeks.
    #[must_use]
    pub fn of_weeks(weeks: u16) -> Self {
        Self(-TimeDelta::weeks(i64::from(weeks)))
    }

    /// The shift of the athlete known as `whose`. It is the same for each of their reports, cannot be worked out
    /// without the secret, and reveals nothing of anybody else's.
    #[must_use]
    pub fn of_secret(secret: &[u8; 32], whose: &str) -> Self {
        let (fewest, most) = WEEKS;
        let bytes = blake3::keyed_hash(secret, whose.as_bytes());
        let number = bytes.as_bytes().iter().take(7).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
        Self::of_weeks(u16::try_from(fewest + number % (most - fewest + 1)).unwrap_or(u16::MAX))
    }

    /// The moved date.
    #[must_use]
    pub fn day(self, date: NaiveDate) -> NaiveDate {
        date.checked_add_signed(self.0).unwrap_or(date)
    }
}

/// How a report is redacted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redaction {
    /// The name used in place of the athlete's.
    pub name: String,
    /// How far dates move.
    pub shift: Shift,
}

/// A number in place of a name, such as `file 07`, padded to the width of the last number so that names sort.
#[must_use]
pub fn numbered(what: &str, number: usize, of: usize) -> String {
    format!("{what} {number:0width$}", width = of.to_string().len())
}

/// A log that can be shared, except for the words of its notes.
pub(super) struct RedactedInputs {
    /// Its notes are those that were read, in the same order.
    pub log: Log,
    /// The shoes to use in place of the configured ones.
    pub shoes: Vec<Shoe>,
    /// The request to use in place of the one given.
    pub request: Request,
}

/// Redacts a log, its shoes and the request.
pub(super) fn redact(
    log: &Log,
    configured: &[Shoe],
    noted: &[NoteAsRead<'_>],
    settings: &Settings,
    (request, redaction): (&Request, &Redaction),
) -> RedactedInputs {
    let shift = redaction.shift;
    let known = log.files.iter().enumerate();
    let files: BTreeMap<&str, String> =
        known.map(|(at, row)| (row.path.as_str(), numbered("file", at + 1, log.files.len()))).collect();
    let file = |path: &str| files.get(path).cloned().unwrap_or_else(|| "a file".to_owned());
    let runs: Vec<&Entry> = log.runs.iter().collect();
    let pairs = shoes::pairs(configured, &log.shoes, &runs, settings);
    let pair_names: Vec<String> = (1..=pairs.len()).map(|number| numbered("Shoe", number, pairs.len())).collect();
    let shoe = |at: Option<usize>| at.and_then(|at| pair_names.get(at)).cloned();
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
            shoe: one.shoe.as_deref().and_then(|spelling| shoe(pairs.called(spelling, one.local_date))),
            sources: one.sources.iter().map(|path| file(path)).collect(),
            ..one.clone()
        }
    };
    let declared = |one: &Shoe| Shoe {
        name: shoe(pairs.named(&one.name)).unwrap_or_default(),
        aliases: Vec::new(),
        from: one.from.map(|day| shift.day(day)),
        to: one.to.map(|day| shift.day(day)),
        due_m: one.due_m.map(rounded),
        worn_m: one.worn_m.map(rounded),
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
    RedactedInputs {
        log: Log {
            owner: None,
            runs: log.runs.iter().map(&mut entry).collect(),
            other: log.other.iter().map(&mut entry).collect(),
            notes: noted.iter().map(note).collect(),
            shoes: log.shoes.iter().map(declared).collect(),
            files: log.files.iter().map(|row| ledger_row(row, file(&row.path))).collect(),
            assumptions: log.assumptions.iter().map(|one| assumption(one, &file)).collect(),
            left_out: log.left_out,
        },
        shoes: configured.iter().map(declared).collect(),
        request: Request {
            as_of: shift.day(request.as_of),
            athlete: Some(redaction.name.clone()),
            since: request.since.map(|day| shift.day(day)),
            until: request.until.map(|day| shift.day(day)),
            ..request.clone()
        },
    }
}

/// An assumption without its subject, which may be a name or a day.
fn assumption(one: &Assumption, file: &impl Fn(&str) -> String) -> Assumption {
    let files = one.files.iter().map(|path| file(path)).collect();
    let mut redacted = Assumption { files, about: "…".to_owned(), ..one.clone() };
    redacted.put_in_words();
    redacted
}

/// A pair's limit, rounded to 50 km: an exact limit set by the runner could identify them.
fn rounded(limit_m: u32) -> u32 {
    const STEP: u32 = 50_000;
    (limit_m.saturating_add(STEP / 2) / STEP).max(1) * STEP
}

/// A file's row in the ledger without its name and contents.
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

/// Replaces the words of each note by what was read in it, and says what was done.
pub(super) fn finish(report: &mut Report, noted: &[NoteAsRead<'_>]) {
    // The language of a note could identify its writer.
    let read = |reading: &Reading| {
        let unnamed = Reading { tongue: None, ..reading.clone() };
        format!("Read as: {}", reading_in_words::in_words(&unnamed))
    };
    let mut known: BTreeMap<(NaiveDate, &str), Vec<&Reading>> = BTreeMap::new();
    for one in noted {
        known.entry((one.note.date, one.note.text.as_str())).or_default().push(&one.reading);
    }
    for sign in &mut report.warnings {
        // Two rows of a table may have the same words, or none: the sign belongs to the one in which it was read.
        let readings = known.get(&(sign.warning.note_date, sign.warning.text.as_str())).map_or(&[][..], Vec::as_slice);
        let own = readings.iter().find(|reading| reading.red_flags.contains(&sign.warning.flag)).or(readings.first());
        sign.warning.text = own.map_or_else(|| "Read as: a warning sign".to_owned(), |reading| read(reading));
    }
    for (row, one) in report.pain.iter_mut().zip(noted) {
        row.text = read(&one.reading);
        row.spans = Vec::new();
        row.not_read = (!one.reading.understood)
            .then(|| reading_in_words::not_read(&Reading { tongue: None, ..one.reading.clone() }));
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
    fn dates_move_back_by_whole_weeks() {
        // Both are Wednesdays, 1,402 weeks apart.
        assert_eq!(Shift::of_weeks(1_402).day(day("2026-11-18")), day("2000-01-05"));
        assert_eq!(Shift::of_weeks(1).day(day("2026-03-04")), day("2026-02-25"));
    }

    #[test]
    fn a_secret_moves_each_person_by_an_amount_of_their_own_that_stays() {
        let weeks = |secret: u8, whose: &str| -Shift::of_secret(&[secret; 32], whose).0.num_weeks();
        assert_eq!(weeks(1, "ada"), weeks(1, "ada"));
        let mut all: Vec<i64> = (0..100).map(|number| weeks(1, &format!("athlete {number}"))).collect();
        all.extend((2..102).map(|secret| weeks(secret, "ada")));
        assert!(all.iter().all(|weeks| (418..=2_087).contains(weeks)), "{all:?}");
        all.sort_unstable();
        assert!(all[0] < 500 && all[199] > 2_000, "they are spread over the whole: {all:?}");
        all.dedup();
        // Of 200 drawn from 1,670, about 12 are expected to repeat another.
        assert!(all.len() > 170, "{}", all.len());
    }

    #[test]
    fn limits_of_pairs_are_rounded_and_stay_in_order() {
        assert_eq!([1, 74_999, 75_000, 400_000, 471_313].map(rounded), [50_000, 50_000, 100_000, 400_000, 450_000]);
        assert_eq!(rounded(u32::MAX), 4_294_950_000);
    }

    #[test]
    fn numbers_sort_as_they_count() {
        assert_eq!((numbered("Shoe", 1, 9), numbered("file", 7, 120)), ("Shoe 1".to_owned(), "file 007".to_owned()));
    }
}
