//! The roster's index as one value, and its formats, which share style sheet, words and numbers with those of the
//! report. Formats never compute: who is listed where, and why, is decided before.

pub mod contract;
#[cfg(test)]
pub(crate) mod fixtures;
pub mod html;
pub mod json;
mod levels;
pub mod markdown;
pub mod shard;
pub mod summary;
pub mod table;
#[cfg(test)]
mod tests;

use contract::{AthleteRow, GoneAthlete, Index, PooledRow, State};

use super::{plain, wording};
use crate::model::reading::Priority;

/// The most reasons shown for one athlete.
const REASONS: usize = 4;
/// The most reasons shown for one athlete on a phone, and where a warning sign leads.
const REASONS_ON_A_PHONE: usize = 1;
const SIGNS_ON_A_PHONE: usize = 2;

/// The most athletes with a warning sign named above the list, in which they come first in any case.
const NAMED: usize = 12;

/// What must not be concluded from a row without a flag.
const NOTHING_FLAGGED: &str =
    "Nothing flagged means that nothing in these logs and notes raised a flag. It is not a clean bill of health.";

/// The athletes whose notes hold a warning sign, the most urgent first, and how many of them are not named.
fn signed(index: &Index) -> (Vec<(&AthleteRow, Priority)>, u64) {
    let step = |row: &AthleteRow| row.attention.filter(|step| *step <= Priority::P2);
    let mut signed: Vec<_> = index.athletes.iter().filter_map(|row| Some((row, step(row)?))).collect();
    let more = signed.len().saturating_sub(NAMED) as u64;
    signed.truncate(NAMED);
    (signed, more)
}

/// The end of the list of athletes with signs: `and 3 more, who stand first in the list below`.
fn more_signed(more: u64) -> String {
    format!("and {more} more, who stand first in the list below")
}

/// The sentence on the earlier index with which this one is compared.
fn compared(index: &Index) -> String {
    match (index.compared_with, &index.not_compared) {
        (Some(day), None) => format!("What changed is told against the index of {}.", wording::day(day)),
        (_, Some(why)) => format!("What changed is not told: {why}."),
        (None, None) => "There is no earlier index to tell changes against.".to_owned(),
    }
}

/// That an athlete has no folder any more, and how things stood last.
#[must_use]
pub fn is_gone(gone: &GoneAthlete) -> String {
    let stood = match (gone.warning_signs.is_empty(), &gone.open_episode) {
        (false, _) => "; a warning sign led the report then",
        (true, Some(_)) => "; hip pain was open then",
        (true, None) => "",
    };
    format!("gone: in the index of {}, and no folder now{stood}", wording::day(gone.last_seen))
}

/// From this many days without an entry, something may be missing.
const SILENT_DAYS: i64 = 14;

/// The athletes without an entry for two weeks or more, in one line; `None` without an earlier index.
fn silent(index: &Index) -> Option<String> {
    index.compared_with?;
    let since =
        |row: &AthleteRow| row.last_entry.zip(row.as_of).filter(|(last, day)| (*day - *last).num_days() >= SILENT_DAYS);
    let named =
        |row: &AthleteRow| Some(format!("{} (since {})", plain::one_line(&row.label), wording::day(since(row)?.0)));
    let mut silent: Vec<String> = index.athletes.iter().filter_map(named).collect();
    let more = silent.len().saturating_sub(REASONS);
    silent.truncate(REASONS);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!silent.is_empty()).then(|| format!("Nothing logged for {SILENT_DAYS} days or more: {}{more}.", silent.join(", ")))
}

/// The headline: `3 athletes, 1 with a warning sign, 1 not read`.
fn headline(index: &Index) -> String {
    let counts = &index.counts;
    let mut words = vec![wording::counted(index.athletes.len() as u64, "athlete", "athletes")];
    for (n, what) in [
        (counts.warning_signs, "with a warning sign"),
        (counts.open_episodes, "with open hip pain"),
        (counts.fresh_findings, "with fresh flags"),
        (counts.failed, "not read"),
        (counts.without_runs, "without a run"),
        (index.gone.len() as u64, "gone"),
    ] {
        if n > 0 {
            words.push(format!("{n} {what}"));
        }
    }
    words.join(", ")
}

/// The level of an athlete as class of the style sheet and in a few words.
fn step(row: &AthleteRow) -> (&'static str, &'static str) {
    match (row.attention, row.state) {
        (Some(Priority::P0), _) => ("p0", "emergency help now"),
        (Some(Priority::P1), _) => ("p1", "medical assessment today"),
        (Some(Priority::P2), _) => ("p2", "see a doctor soon"),
        (Some(Priority::P3), _) => ("p3", "open pain"),
        (Some(Priority::P4), _) => ("p4", "training load"),
        (Some(Priority::P5), _) => ("p5", "pain lately over"),
        (Some(Priority::P6), _) => ("p6", "habits"),
        (None, State::Failed) => ("none", "not read"),
        (None, State::NoRuns) => ("none", wording::NO_RUN),
        (None, State::Read) if row.reasons.is_empty() => ("none", "no flag"),
        (None, State::Read) => ("none", "not all known"),
    }
}

/// The first reasons, warning signs before all others, and the number of further ones.
fn reasons(row: &AthleteRow) -> Vec<String> {
    let mut shown: Vec<String> = row.reasons.iter().take(REASONS).map(|reason| plain::one_line(reason)).collect();
    shown.extend(more_than(row, REASONS).map(|more| format!("{more} in the report")));
    shown
}

/// `and 3 more`; `None` if there are no more than `shown` reasons.
fn more_than(row: &AthleteRow, shown: usize) -> Option<String> {
    let more = row.reasons.len().saturating_sub(shown);
    (more > 0).then(|| format!("and {more} more"))
}

/// Groups adjacent links that say the same.
fn links_together(links: &[PooledRow]) -> Vec<&[PooledRow]> {
    links.chunk_by(|a, b| (a.together.claim, &a.together.text) == (b.together.claim, &b.together.text)).collect()
}
