//! The first screen of a report as lines: how things stand, and the one thing to do. Terminal, Markdown and HTML show
//! the same lines in the same order; this holds no markup and no style.

mod hip;
mod last_week;
mod record;
mod shoes;
mod signs;
#[cfg(test)]
mod tests;
mod week;

pub(super) use shoes::how_far;
pub(super) use signs::RING;

use chrono::NaiveDate;

use super::excerpt::excerpt;
use super::shown::ShownReport;
use super::wording;
use crate::model::reading::{Priority, Span};
use crate::report::contract::PainRow;

/// The most words on the first screen: what a phone shows without scrolling.
pub const MOST_WORDS: usize = 90;

/// The number of words around the lines: the titles of the folds below them where a sign leads, the hidden heading
/// where none does, and the title of the fold of earlier signs.
const FOLDS_OF_SIGNS: usize = 8;
const HEADING: usize = 1;
const FOLD_OF_EARLIER: usize = 4;

/// The most characters quoted of a note, and of one that holds a warning sign.
const QUOTED_CHARS: usize = 72;
const SIGN_CHARS: usize = 160;
/// The same in an emergency, where a number to ring stands above it.
const EMERGENCY_CHARS: usize = 110;

/// How a line is displayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// What a warning sign calls for, said once.
    Call(Priority),
    /// The most important line where there is no such call.
    Strong,
    /// Numbers to ring, where no own one is known.
    Ring,
    /// Anything else.
    Plain,
    /// A remark for the record.
    Quiet,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How it is displayed.
    pub weight: Weight,
    /// The words in front, such as `This week`; may be empty.
    pub lead: &'static str,
    /// The text.
    pub text: String,
    /// The note it rests on, in the runner's own words, with its day.
    pub quote: Option<String>,
    /// One bar for each week; `None` on most lines.
    pub bars: Option<String>,
    /// The part of the page with more on it; `None` if the line says all.
    pub more: Option<&'static str>,
    /// Whether it is left out where the first screen would be too long; the page has it further down.
    can_wait: bool,
}

impl Line {
    fn new(weight: Weight, lead: &'static str, text: impl Into<String>) -> Self {
        Self { weight, lead, text: text.into(), quote: None, bars: None, more: None, can_wait: false }
    }

    fn plain(lead: &'static str, text: impl Into<String>) -> Self {
        Self::new(Weight::Plain, lead, text)
    }

    fn more(mut self, part: &'static str) -> Self {
        self.more = Some(part);
        self
    }

    fn can_wait(mut self) -> Self {
        self.can_wait = true;
        self
    }

    fn quoting(mut self, note: Option<&PainRow>) -> Self {
        self.quote = note
            .filter(|note| !note.text.trim().is_empty())
            .map(|note| quoted(&note.text, &note.spans, note.date, QUOTED_CHARS));
        self
    }

    /// The number of words in the line.
    fn words(&self) -> usize {
        let quote = self.quote.as_deref().unwrap_or_default();
        [self.lead, &self.text, quote].iter().map(|part| part.split_whitespace().count()).sum()
    }
}

/// A note quoted with its day: `"left hip 3/10 after the run" (10 Nov)`.
fn quoted(text: &str, spans: &[Span], day: NaiveDate, limit: usize) -> String {
    format!("\"{}\" ({})", excerpt(text, spans, limit), wording::day_month(day))
}

/// The lines, from the top.
#[must_use]
pub fn lines(shown: &ShownReport<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    if shown.urgency().is_some() {
        lines.extend(signs::lines(shown));
    } else {
        lines.extend(record::to_read(shown));
        let hurts = shown.report.episodes.iter().any(|episode| episode.open);
        lines.extend(if hurts { hip::hurting(shown) } else { week::lines(shown) });
    }
    lines.extend(record::lines(shown));
    let folds = match (shown.urgency(), shown.report.warnings.is_empty()) {
        (Some(_), _) => FOLDS_OF_SIGNS,
        (None, false) => HEADING + FOLD_OF_EARLIER,
        (None, true) => HEADING,
    };
    fit(lines, MOST_WORDS - folds)
}

/// Removes lines that can wait, from the end, until the rest has at most `most` words. If that is not enough, quotes
/// are removed: the reading stays, and the page has the note further down.
fn fit(mut lines: Vec<Line>, most: usize) -> Vec<Line> {
    while lines.iter().map(Line::words).sum::<usize>() > most {
        if let Some(last) = lines.iter().rposition(|line| line.can_wait) {
            lines.remove(last);
        } else if let Some(at) = lines.iter().rposition(|line| line.quote.is_some()) {
            lines[at].quote = None;
            if lines[at].text.is_empty() {
                lines.remove(at);
            }
        } else {
            break;
        }
    }
    lines
}
