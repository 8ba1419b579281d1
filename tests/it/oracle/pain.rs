//! Findings that come from pain: running through it, and warning signs.
//!
//! Readings of the contract chosen here:
//! - running through pain: every run 1 to 14 days after a painful day of the episode with no denial on a day between the
//!   two; one finding per episode from the first such run's day to the last one's, its measure their number, its
//!   threshold 0;
//! - a warning sign is dated the latest note that raised it: `persistent` the episode's last painful note, `recurrent` its
//!   first, a score of 7 or more, a region or a quality the latest note that says so;
//! - `persistent`: between two denials, three painful days over at least five with none more than four days after the one
//!   before, the last known score not below the first; or more than fourteen days with none more than seven apart;
//! - `recurrent` stands on an episode that begins at most 365 days after two others of a compatible side;
//! - `front-groin-after-load` needs a jump or a spike among what came before the episode, and a score of 3 or more, a
//!   second day, or a jump or spike that is a warning;
//! - `worsening` is not worked out: the plan's scores never climb within an episode;
//! - one finding for each pair of note day and episode; its tags are the flags by name, its measure their
//!   number, and it has no threshold.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use runhip::model::reading::{Quality, Region, Side};
use runhip::model::warning_sign::RedFlag;

use crate::oracle::episodes::{Episode, preceded_by};
use crate::oracle::finding::{Finding, number_ties};
use crate::oracle::log::{Log, Note};

pub fn findings(log: &Log, episodes: &[Episode], load: &[Finding]) -> Vec<Finding> {
    let mut findings: Vec<_> = episodes.iter().filter_map(|episode| through(log, episode)).collect();
    let mut signs: Vec<_> = (0..episodes.len()).flat_map(|index| warning_signs(log, episodes, index, load)).collect();
    signs.sort_by_key(|finding| finding.from);
    number_ties(&mut findings);
    number_ties(&mut signs);
    findings.extend(signs);
    findings
}

fn through(log: &Log, episode: &Episode) -> Option<Finding> {
    let denials = log.denials();
    let runs: Vec<_> = log
        .runs
        .iter()
        .filter(|run| {
            episode.painful_days().into_iter().any(|day| {
                (1..=14).contains(&(run.date - day).num_days())
                    && !denials.iter().any(|denial| day < *denial && *denial < run.date)
            })
        })
        .collect();
    let (first, last) = (runs.first()?.date, runs.last()?.date);
    Some(Finding {
        current: episode.open || log.recent(last),
        figures: (runs.len() as f64, Some(0.0), "count"),
        runs: runs.iter().map(|run| run.id.clone()).collect(),
        ..Finding::new("running-through-pain", "warning", first, last)
    })
}

/// The flags of an episode with the day of the latest note that raised each.
pub fn flags(log: &Log, episodes: &[Episode], index: usize, load: &[Finding]) -> BTreeMap<RedFlag, NaiveDate> {
    let episode = &episodes[index];
    let mut flags = BTreeMap::new();
    let mut raise = |flag, says: &dyn Fn(&Note) -> bool| {
        if let Some(note) = episode.notes.iter().rfind(|note| says(note)) {
            flags.insert(flag, note.date);
        }
    };
    let read: BTreeSet<RedFlag> = episode.notes.iter().flat_map(|note| note.means.flags.iter().copied()).collect();
    for flag in read {
        raise(flag, &|note| note.means.flags.contains(&flag));
    }
    raise(RedFlag::Severe, &|note| note.means.severity >= Some(7));
    raise(RedFlag::SharpSudden, &|note| note.means.qualities.contains(&Quality::Sharp));
    raise(RedFlag::Radiating, &|note| note.means.region == Some(Region::Radiating));
    let before = preceded_by(log, episode, load);
    let rises: Vec<_> = before
        .iter()
        .map(|(finding, ..)| finding)
        .filter(|finding| matches!(finding.rule, "weekly-mileage-jump" | "long-run-spike"))
        .collect();
    let groin = |note: &Note| note.means.region == Some(Region::FrontGroin);
    let first_groin = episode.notes.iter().find(|note| groin(note)).map(|note| note.date);
    if !rises.is_empty() {
        let warned = rises.iter().any(|finding| finding.severity == "warning");
        raise(RedFlag::FrontGroinAfterLoad, &|note| {
            groin(note) && (warned || note.means.severity >= Some(3) || Some(note.date) > first_groin)
        });
    }
    if let Some(day) = persistent_until(log, episode) {
        raise(RedFlag::Persistent, &|note| note.date == day);
    }
    let same_side = episodes[..index].iter().filter(|other| {
        (episode.onset - other.onset).num_days() <= 365
            && !matches!((episode.side, other.side), (Side::Left, Side::Right) | (Side::Right, Side::Left))
    });
    if same_side.count() >= 2 {
        raise(RedFlag::Recurrent, &|note| note.date == episode.onset);
    }
    flags
}

/// The last day of the last stretch of pain that did not settle.
fn persistent_until(log: &Log, episode: &Episode) -> Option<NaiveDate> {
    let mut until = None;
    for first in 0..episode.notes.len() {
        for last in first + 1..episode.notes.len() {
            let notes = &episode.notes[first..=last];
            let (from, to) = (notes[0].date, notes[notes.len() - 1].date);
            let denied = log.denials().into_iter().any(|day| from < day && day < to);
            let apart = notes.windows(2).map(|pair| (pair[1].date - pair[0].date).num_days()).max().unwrap_or(0);
            let scores: Vec<_> = notes.iter().filter_map(|note| note.means.severity).collect();
            let eased = scores.len() >= 2 && scores[scores.len() - 1] < scores[0];
            let span = (to - from).num_days();
            // The whole stretch counts, not a part of it that ends before the pain eases.
            let whole = |gap: i64| {
                let next = episode.notes.get(last + 1).is_none_or(|note| (note.date - to).num_days() > gap);
                let previous = first == 0 || (from - episode.notes[first - 1].date).num_days() > gap;
                next && previous
            };
            let several = notes.len() >= 3 && span >= 5 && apart <= 4 && !eased && whole(4);
            let lasting = span > 14 && apart <= 7;
            if !denied && (several || lasting) {
                until = until.max(Some(to));
            }
        }
    }
    until
}

/// Signs that need help at once or today are urgent; for the others soon is enough.
fn is_urgent(flag: RedFlag) -> bool {
    matches!(
        flag,
        RedFlag::BowelBladder
            | RedFlag::SaddleNumbness
            | RedFlag::Weakness
            | RedFlag::Trauma
            | RedFlag::CannotBearWeight
            | RedFlag::Pop
            | RedFlag::Fever
            | RedFlag::SkinColour
    )
}

fn flag_name(flag: RedFlag) -> &'static str {
    match flag {
        RedFlag::CannotBearWeight => "cannot-bear-weight",
        RedFlag::FrontGroinAfterLoad => "front-groin-after-load",
        RedFlag::Persistent => "persistent",
        RedFlag::Radiating => "radiating",
        RedFlag::Recurrent => "recurrent",
        RedFlag::Severe => "severe",
        RedFlag::SharpSudden => "sharp-sudden",
        _ => "not planned",
    }
}

fn warning_signs(log: &Log, episodes: &[Episode], index: usize, load: &[Finding]) -> Vec<Finding> {
    let mut by_day: BTreeMap<NaiveDate, Vec<RedFlag>> = BTreeMap::new();
    for (flag, day) in flags(log, episodes, index, load) {
        by_day.entry(day).or_default().push(flag);
    }
    by_day
        .into_iter()
        .map(|(day, flags)| {
            let severity = if flags.iter().any(|flag| is_urgent(*flag)) { "urgent" } else { "warning" };
            let mut tags: Vec<_> = flags.into_iter().map(flag_name).collect();
            tags.sort_unstable();
            Finding {
                current: episodes[index].open || log.recent(day),
                figures: (tags.len() as f64, None, "count"),
                tags,
                ..Finding::new("warning-sign", severity, day, day)
            }
        })
        .collect()
}

mod tests {
    use super::*;
    use crate::oracle::episodes::episodes;
    use crate::oracle::log::{date, tiny};

    fn through_days(lines: &[&str]) -> Option<f64> {
        let log = tiny("2026-06-01", lines);
        Some(through(&log, &episodes(&log)[0])?.figures.0)
    }

    #[test]
    fn a_run_after_pain_counts_until_a_denial_or_a_fortnight() {
        assert_eq!(through_days(&["2026-01-01 left 3", "2026-01-01 5km"]), None);
        assert_eq!(through_days(&["2026-01-01 left 3", "2026-01-15 5km"]), Some(1.0));
        assert_eq!(through_days(&["2026-01-01 left 3", "2026-01-16 5km"]), None);
        assert_eq!(through_days(&["2026-01-01 left 3", "2026-01-02 fine", "2026-01-03 5km"]), None);
        let again = ["2026-01-01 left 3", "2026-01-02 fine", "2026-01-04 left 3", "2026-01-05 5km", "2026-01-06 5km"];
        assert_eq!(through_days(&again), Some(2.0));
    }

    #[test]
    fn three_notes_over_five_days_are_persistent_unless_denied_between_or_eased() {
        let on = |lines: &[&str]| {
            let log = tiny("2026-06-01", lines);
            flags(&log, &episodes(&log), 0, &[]).get(&RedFlag::Persistent).copied()
        };
        assert_eq!(on(&["2026-01-01 left 3", "2026-01-06 left 3"]), None);
        let three = ["2026-01-01 left 3", "2026-01-03 left 2", "2026-01-06 left 3"];
        assert_eq!(on(&three), Some(date("2026-01-06")));
        assert_eq!(on(&["2026-01-01 left 3", "2026-01-03 left 2", "2026-01-06 left 2"]), None);
        assert_eq!(on(&["2026-01-01 left 3", "2026-01-03 left 3", "2026-01-04 fine", "2026-01-06 left 3"]), None);
    }

    #[test]
    fn a_third_episode_of_a_side_within_a_year_is_recurrent() {
        let lines = ["2025-03-01 left 3", "2025-09-01 left 3", "2025-12-01 right 3", "2026-03-01 left 8"];
        let log = tiny("2026-06-01", &lines);
        let found = episodes(&log);
        assert!(!flags(&log, &found, 1, &[]).contains_key(&RedFlag::Recurrent));
        assert!(!flags(&log, &found, 2, &[]).contains_key(&RedFlag::Recurrent), "the other side");
        assert_eq!(flags(&log, &found, 3, &[]).len(), 2, "recurrent, at 365 days, and severe");
    }
}
