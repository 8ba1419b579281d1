//! Whose a written page is: a mark in HTML and Markdown that holds hashes and no words, so that a page without its
//! JSON is never replaced by another person's. A redacted page carries none.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use memchr::memmem;

use super::contract::Report;
use super::since_last::{Shared, Traces};

/// The beginning of the mark, which is written there and nowhere else: texts from outside are escaped.
const MARK: &str = "<!-- runhip whose ";
const END: &str = " -->";

/// The most entries of a log in the mark. Those with the smallest hashes are taken, which makes the choice random.
const MOST: usize = 32;

/// The entries of the mark are chosen from about so many days, evenly spread over the log: more days would prove nothing more.
const MOST_DAYS: usize = 256;

/// Two readings of one run give distances that differ by less than this.
const STEP_M: u32 = 500;

/// The content of a page's mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whose {
    known_by: String,
    what: &'static str,
    entries: Vec<String>,
}

/// The comment that says whose a report is; empty if it must not say so.
#[must_use]
pub fn comment(report: &Report) -> String {
    let Some(known_by) = &report.athlete.known_by else { return String::new() };
    let traces = Traces::of_report(report);
    let every = |days: usize| days.div_ceil(MOST_DAYS).max(1);
    let (runs_apart, notes_apart) = (every(traces.runs.len()), every(traces.notes.len()));
    let traces = Traces {
        runs: traces.runs.into_iter().step_by(runs_apart).collect(),
        notes: traces.notes.into_iter().step_by(notes_apart).collect(),
    };
    let (what, all) = if traces.runs.is_empty() { ("notes", notes(&traces)) } else { ("runs", runs(&traces, &[0])) };
    let entries: Vec<String> = all.into_iter().take(MOST).collect();
    format!("{MARK}{} {what} {}{END}", hash(known_by), entries.join(" "))
}

impl Whose {
    /// Reads the mark of a page; `None` if it carries none.
    #[must_use]
    pub fn read(page: &str) -> Option<Self> {
        let start = memmem::rfind(page.as_bytes(), MARK.as_bytes())? + MARK.len();
        let (mark, _) = page.get(start..)?.split_once(END)?;
        let mut words = mark.split_ascii_whitespace();
        let known_by = words.next()?.to_owned();
        let what = ["runs", "notes"].into_iter().find(|what| words.clone().next() == Some(what))?;
        Some(Self { known_by, what, entries: words.skip(1).map(str::to_owned).collect() })
    }

    /// Whether the page belongs to whoever is known by this.
    #[must_use]
    pub fn is_of(&self, known_by: &str) -> bool {
        self.known_by == hash(known_by)
    }

    /// How many of the mark's entries are in a log with these traces.
    #[must_use]
    pub fn shared(&self, traces: &Traces) -> Shared {
        let there = if self.what == "notes" { notes(traces) } else { runs(traces, &[-1, 0, 1]) };
        let found = self.entries.iter().filter(|entry| there.contains(*entry)).count();
        // A mark has no days, so that all of it counts as spanned.
        Shared { found, of: self.entries.len(), spanned: (found, self.entries.len()), what: self.what }
    }
}

/// A hash of day and distance for each run, the distance shifted by each of these steps.
fn runs(traces: &Traces, steps_off: &[i64]) -> BTreeSet<String> {
    let of = |day: &NaiveDate, m: Option<u32>| -> Vec<String> {
        let Some(m) = m else { return vec![hash(&format!("{day}"))] };
        // A page written when the distance was not known has only the day.
        let about = steps_off.iter().map(|off| hash(&format!("{day} {}", i64::from(m / STEP_M) + off)));
        about.chain((steps_off.len() > 1).then(|| hash(&format!("{day}")))).collect()
    };
    traces.runs.iter().flat_map(|(day, all)| all.iter().flat_map(move |run| of(day, run.m))).collect()
}

fn notes(traces: &Traces) -> BTreeSet<String> {
    traces.notes.iter().flat_map(|(day, all)| all.iter().map(move |text| hash(&format!("{day} {text}")))).collect()
}

/// The first forty bits of a hash.
fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::since_last::RunTrace;
    use crate::report::{fixtures, html, markdown};

    #[test]
    fn a_page_says_whose_it_is_to_the_program_and_not_to_a_reader() {
        let mut report = fixtures::warning();
        report.athlete.known_by = Some("Ada of the hill".to_owned());
        let traces = Traces::of_report(&report);
        for page in [html::render(&report), markdown::render(&report)] {
            let whose = Whose::read(&page).unwrap();
            assert!(whose.is_of("Ada of the hill") && !whose.is_of("ada of the hill"));
            let shared = whose.shared(&traces);
            assert!(shared.of > 0 && shared.found == shared.of, "{shared:?}");
            assert_eq!(whose.shared(&Traces::default()).found, 0);
            assert!(!page.contains("Ada of the hill"));
        }
        report.athlete.known_by = None;
        assert!([html::render(&report), markdown::render(&report)].iter().all(|page| Whose::read(page).is_none()));
    }

    #[test]
    fn a_run_read_a_little_otherwise_is_the_same_and_one_of_another_distance_is_not() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
        let of = |m: Option<u32>| {
            let run = RunTrace { m, ..RunTrace::default() };
            Traces { runs: [(day, vec![run])].into(), ..Traces::default() }
        };
        let page = |m| {
            let entries = runs(&of(m), &[0]).into_iter().collect();
            Whose { known_by: String::new(), what: "runs", entries }
        };
        for (then, now, found) in [
            (Some(9_990), Some(10_010), 1),
            (Some(10_000), Some(10_000), 1),
            (Some(10_000), Some(12_000), 0),
            (None, Some(10_000), 1),
            (None, None, 1),
        ] {
            assert_eq!(page(then).shared(&of(now)).found, found, "{then:?} {now:?}");
        }
    }

    #[test]
    fn what_is_no_mark_says_nothing() {
        for page in ["", "<!-- runhip whose ", "<!-- runhip whose ab -->", "<!-- runhip whose ab walks cd -->"] {
            assert_eq!(Whose::read(page), None, "{page}");
        }
    }
}
