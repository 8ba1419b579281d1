//! Warning signs: those that lead, those of one note together, and why it is not said that there are none.

use super::{NumberedRow, ShownReport};
use crate::model::ledger::FileOutcome;
use crate::model::reading::{Priority, Span};
use crate::report::contract::WarningRow;
use crate::report::wording;
use crate::tables::BLANK_DAYS;

impl<'a> ShownReport<'a> {
    /// The warning signs that lead the report, the most urgent first.
    #[must_use]
    pub fn leading(&self) -> Vec<NumberedRow<'a, WarningRow>> {
        let mut leading: Vec<_> = self.report.warnings.iter().enumerate().filter(|(_, w)| w.leads).collect();
        leading.sort_by_key(|(_, w)| w.warning.priority);
        leading
    }

    /// The highest urgency of the signs that lead. A sign that a professional has seen is no longer for today.
    #[must_use]
    pub fn urgency(&self) -> Option<Priority> {
        self.leading().iter().map(|(_, sign)| sign.warning.urgency()).min()
    }

    /// The words of a sign's note that gave its reading.
    #[must_use]
    pub fn spans_of(&self, sign: &WarningRow) -> &'a [Span] {
        let mut notes = self.report.pain.iter();
        notes
            .find(|note| note.date == sign.warning.note_date && note.text == sign.warning.text)
            .map_or(&[], |note| &note.spans)
    }

    /// The number to ring, where one is set and a sign calls for help at once.
    #[must_use]
    pub fn emergency_number(&self) -> Option<&'a str> {
        self.report.view.emergency_number.as_deref().filter(|_| self.urgency() == Some(Priority::P0))
    }

    /// What ends the leading signs, in a sentence or two; `None` if none leads.
    #[must_use]
    pub fn what_ends_the_signs(&self) -> Option<String> {
        let leading = self.leading();
        let (_, first) = leading.first()?;
        let all_seen = leading.iter().all(|(_, sign)| sign.warning.seen_on.is_some());
        let days = self.report.settings.get("warning_lead_days").map_or(28.0, |setting| setting.value.0);
        Some(match first.warning.priority {
            Priority::P0 => {
                "What ends this: a note that takes that very sign back, or a correction in runhip.toml.".to_owned()
            }
            Priority::P1 if !all_seen => format!(
                "What ends this: a note that denies it (\"no limp\"), or {days:.0} days without pain. A note of what was \
                 found changes it."
            ),
            Priority::P1 => {
                format!("What ends this: a note that denies it (\"no limp\"), or {days:.0} days without pain.")
            }
            _ if all_seen => "What ends this: a note that the hip is fine.".to_owned(),
            _ => "What ends this: a note that the hip is fine. A note that somebody has seen it changes it.".to_owned(),
        })
    }

    /// `Last: 18 Oct 2026 (55 in 12 years).`; empty if there was none.
    fn earlier_signs(&self) -> String {
        let days = self.report.warnings.iter().map(|sign| sign.warning.note_date);
        let (Some(first), Some(newest)) = (days.clone().min(), days.max()) else { return String::new() };
        let signs = self.report.warnings.len();
        let years = (newest - first).num_days() / 365;
        let how_many = match (signs, years) {
            (1, _) => String::new(),
            (_, 0 | 1) => format!(" ({signs} in this log)"),
            (_, years) => format!(" ({signs} in {years} years)"),
        };
        format!("Last: {}{how_many}.", wording::day(newest))
    }

    /// Whether a file lost something in which a note may have stood.
    fn may_hold_unread_notes(&self) -> bool {
        self.report.import.files.iter().any(|file| file.may_hold_notes() && file.lost_something())
    }

    /// The sentence why this report does not say that there is no warning sign.
    #[must_use]
    pub fn withheld(&self) -> String {
        self.withheld_in("report")
    }

    /// The same for something other than a report.
    #[must_use]
    pub fn withheld_in(&self, what: &str) -> String {
        let unread = self.not_understood().len() as u64;
        let left_out = self.lines_left_out().len() as u64;
        let failed = self.report.import.files.iter().filter(|f| f.outcome == FileOutcome::Failed).count() as u64;
        let earlier = self.report.warnings.len() as u64;
        let lost = self.lost_entries();
        let why = [
            (left_out, "line of notes was left out", "lines of notes were left out"),
            (unread, "note was not understood", "notes were not understood"),
            (lost, "entry could not be read", "entries could not be read"),
        ];
        let why: Vec<String> =
            why.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| wording::counted(n, one, many)).collect();
        let why = if left_out + unread > 0 {
            wording::listed(&why)
        } else if failed > 0 {
            format!("{} not be read", wording::counted(failed, "file could", "files could"))
        } else if self.report.pain.is_empty() {
            "there is no note to read".to_owned()
        } else if earlier > 0 && lost == 0 && !self.may_hold_unread_notes() {
            let log_to = self.report.athlete.log_to.unwrap_or(self.report.as_of);
            let days = (self.report.as_of - log_to).num_days();
            return if days >= i64::from(BLANK_DAYS.default) {
                format!(
                    "Nothing is noted for {days} days: whether there is a warning sign now is not known. {}",
                    self.earlier_signs()
                )
            } else {
                format!("No warning sign now. {}", self.earlier_signs())
            };
        } else if why.is_empty() {
            "not every file could be read whole".to_owned()
        } else {
            wording::listed(&why)
        };
        format!("This {what} does not say whether there are warning signs: {why}.")
    }
}

/// Groups warning signs by note, in the order of each note's first sign.
#[must_use]
pub fn by_note<'a>(signs: &[NumberedRow<'a, WarningRow>]) -> Vec<Vec<NumberedRow<'a, WarningRow>>> {
    let mut notes: Vec<Vec<NumberedRow<'a, WarningRow>>> = Vec::new();
    for &(at, sign) in signs {
        let same = |note: &&mut Vec<NumberedRow<'a, WarningRow>>| {
            note.first().is_some_and(|(_, first)| {
                (first.warning.note_date, &first.warning.text) == (sign.warning.note_date, &sign.warning.text)
            })
        };
        match notes.iter_mut().find(same) {
            Some(note) => note.push((at, sign)),
            None => notes.push(vec![(at, sign)]),
        }
    }
    notes
}

/// The words of the signs, each once, in their order.
#[must_use]
pub fn words_of(signs: &[NumberedRow<'_, WarningRow>]) -> Vec<&'static str> {
    let mut words: Vec<&str> = Vec::new();
    for word in signs.iter().map(|(_, sign)| sign.warning.flag.words()) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}
