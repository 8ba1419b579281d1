//! Lines without a known day: which of them to report, and which day each may mean. The classifier decides what a
//! line concerns.

use chrono::{Days, NaiveDate};

use super::calendar::DateContext;
use super::{headings, words};
use crate::import::csv::dates::DayOrder;
use crate::import::csv::words::is_rest;
use crate::import::told_distance::names_a_distance;
use crate::model::concern::{Concern, ConcernClassifier};
use crate::model::fault::Fault;
use crate::model::problem::{Place, Problem};

/// The most lines without a day that are judged; no diary has more.
const MOST_JUDGED: usize = 20_000;

/// The most of them that are reported one by one.
const MOST_TOLD: usize = 50;

/// The most words of a title.
const LONGEST_TITLE_WORDS: usize = 8;

/// Lines without a day that concern the body.
pub struct UndatedLines<'a> {
    classifier: ConcernClassifier,
    judged: usize,
    /// Each with its index, counted from 0, how far it concerns the body, and the day it may mean.
    kept: Vec<(usize, &'a str, Concern, Meant)>,
}

/// What is known of the day of a line.
#[derive(Clone, Copy)]
enum Meant {
    /// Nothing, or the day it may mean.
    Perhaps(Option<NaiveDate>),
    /// Day and month, but not the year.
    AnyYear,
}

impl<'a> UndatedLines<'a> {
    pub fn new(classifier: ConcernClassifier) -> Self {
        Self { classifier, judged: 0, kept: Vec::new() }
    }

    /// Keeps a line if it concerns the body.
    pub fn add(&mut self, at: usize, text: &'a str, perhaps: Option<NaiveDate>) {
        self.add_from(at, text, Meant::Perhaps(perhaps), Concern::Body);
    }

    /// Keeps a line whose day has no known year, if it concerns the body.
    pub fn add_without_year(&mut self, at: usize, text: &'a str) {
        self.add_from(at, text, Meant::AnyYear, Concern::Body);
    }

    /// Keeps a heading if it tells of pain; one that names a part of the body is the heading of a section.
    pub fn add_heading(&mut self, at: usize, text: &'a str) {
        self.add_from(at, text, Meant::Perhaps(None), Concern::Complaint);
    }

    fn add_from(&mut self, at: usize, text: &'a str, meant: Meant, least: Concern) {
        if !text.contains(char::is_alphabetic) {
            return;
        }
        self.judged += 1;
        if self.judged > MOST_JUDGED {
            return;
        }
        let concern = self.classifier.concern(text);
        if concern >= least {
            self.kept.push((at, text, concern, meant));
        }
    }

    /// True for a few words that name a subject and tell nothing.
    pub fn is_title(&self, line: &str) -> bool {
        line.split_whitespace().count() <= LONGEST_TITLE_WORDS && self.classifier.concern(line) < Concern::Complaint
    }

    /// The problems to report. In a text without any day, only a line on the hip or on pain counts, and then the file
    /// as a whole cannot be used.
    ///
    /// # Errors
    /// The problem of a text on hip pain without any day.
    pub fn told(self, names_a_day: bool) -> Result<Vec<Problem>, Problem> {
        let mut problems = Vec::new();
        if !names_a_day {
            let mut kept = self.kept.iter().filter(|(_, _, concern, _)| *concern >= Concern::Hip);
            return match kept.next() {
                Some((at, line, ..)) => {
                    let others = kept.count() as u64;
                    Err(Fault::NoteWithoutDay { line: (*line).to_owned(), others }.at(super::place(*at)))
                }
                None => Ok(problems),
            };
        }
        for (at, line, _, meant) in self.kept.iter().take(MOST_TOLD) {
            let line = (*line).to_owned();
            let fault = match meant {
                Meant::Perhaps(perhaps) => Fault::LineWithoutDay { line, perhaps: *perhaps },
                Meant::AnyYear => Fault::LineWithoutYear { line },
            };
            problems.push(fault.at(super::place(*at)));
        }
        if let Some((at, ..)) = self.kept.get(MOST_TOLD) {
            let count = (self.kept.len() - MOST_TOLD) as u64;
            problems.push(Fault::MoreLinesWithoutDay { count }.at(super::place(*at)));
        }
        if self.judged > MOST_JUDGED {
            problems
                .push(Fault::TooMuch { what: format!("more than {MOST_JUDGED} lines without a day") }.at(Place::File));
        }
        Ok(problems)
    }
}

/// The day that a line without one at its beginning may mean: one that it names, or one relative to the days around
/// it.
pub fn day_meant(line: &str, around: &DateContext, order: DayOrder) -> Option<NaiveDate> {
    let named = headings::told(line, around.year, order).day;
    let letters = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    named.or_else(|| {
        let before = words::relative(letters)?;
        let seen_from = around.above.or(around.of_file).or(around.below)?;
        seen_from.checked_sub_days(Days::new(before))
    })
}

/// True for a day's text that mentions running, rest from it, or the body.
pub fn is_of_a_runner(classifier: ConcernClassifier, text: &str) -> bool {
    text.lines().any(|line| is_rest(line) || is_of_running(line) || classifier.concern(line) >= Concern::Body)
}

/// True for words about running, or a distance.
pub fn is_of_running(text: &str) -> bool {
    names_running(text) || names_a_distance(text)
}

/// True for words about running.
pub fn names_running(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.any(words::is_of_running)
}
