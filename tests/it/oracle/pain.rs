//! Findings that come from pain: running through it, and warning signs.
//!
//! Readings of the contract chosen here:
//! - running through pain: every run 1 to 14 days after a painful day of the episode with no denial on a day between the
//!   two; one finding per episode from the first such run's day to the last one's, its measure their number, its
//!   threshold 0;
//! - a warning sign is dated the latest note that raised it: `persistent` the episode's last painful note, `recurrent` its
//!   first, a score of 7 or more, a region or a quality the latest note that says so;
//! - `recurrent` stands on every episode that begins at most 365 days after another's onset, whatever the sides;
//! - `front-groin-after-load` needs a jump or a spike among what came before the episode;
//! - `worsening` is not worked out: the plan's scores never climb within an episode;
//! - one finding for each pair of note day and episode; its tags are the flags by name, its measure their
//!   number, and it has no threshold.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use runhip::model::reading::{Quality, Region};
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
    let loaded = preceded_by(log, episode, load)
        .iter()
        .any(|(finding, ..)| matches!(finding.rule, "weekly-mileage-jump" | "long-run-spike"));
    if loaded {
        raise(RedFlag::FrontGroinAfterLoad, &|note| note.means.region == Some(Region::FrontGroin));
    }
    let denied = log.denials().into_iter().any(|day| episode.onset < day && day < episode.end);
    if (episode.end - episode.onset).num_days() >= 2 && !denied {
        raise(RedFlag::Persistent, &|_| true);
    }
    let again = episodes[..index].iter().any(|other| (episode.onset - other.onset).num_days() <= 365);
    if again {
        raise(RedFlag::Recurrent, &|note| note.date == episode.onset);
    }
    flags
}

/// Urgent are the signs that ask for help at once or today; the rest ask for it soon.
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
    fn two_days_apart_are_persistent_unless_denied_between() {
        let on = |lines: &[&str]| {
            let log = tiny("2026-06-01", lines);
            flags(&log, &episodes(&log), 0, &[]).get(&RedFlag::Persistent).copied()
        };
        assert_eq!(on(&["2026-01-01 left 3", "2026-01-02 left 3"]), None);
        assert_eq!(on(&["2026-01-01 left 3", "2026-01-03 left 3"]), Some(date("2026-01-03")));
        assert_eq!(on(&["2026-01-01 left 3", "2026-01-02 fine", "2026-01-03 left 3"]), None);
    }

    #[test]
    fn a_second_episode_within_a_year_is_recurrent() {
        let log = tiny("2026-06-01", &["2025-01-01 left 3", "2026-01-01 right 3", "2026-03-01 left 8"]);
        let found = episodes(&log);
        assert!(!flags(&log, &found, 0, &[]).contains_key(&RedFlag::Recurrent));
        assert!(flags(&log, &found, 1, &[]).contains_key(&RedFlag::Recurrent), "365 days");
        assert_eq!(flags(&log, &found, 2, &[]).len(), 2, "recurrent and severe");
    }
}
