//! Episodes from the intended readings, and what came before each.
//!
//! Readings of the contract chosen here:
//! - a painful note joins the episode of a compatible side (left against right alone is not) whose last painful day is
//!   the latest, at most 14 days before; the episode's side is both if a note says so or notes name left and right, else
//!   the one named, else unknown;
//! - `injury`: a painful day with no run on the seven days after it, all of them observed and none after `as_of`, or a
//!   consultation noted on a day from onset to end;
//! - "preceded by" looks at flag days 1 to 14 days before the onset, for a spike also the onset day; of several flag days
//!   the latest counts. Both findings of the shoe on the last run up to the onset are listed, however old, where they
//!   are dated on the onset day or before;
//! - `linked`: a jump that is no return ramp with the statistics' own crossing day 1 to 14 days before; a spike 0 to 7
//!   days before; rest and streak always; worn shoes never;
//! - `load`: known metres on the 7 days before the onset, and a quarter of those on the 28 days before these, rounded half
//!   up; each null where one of its days is not observed.

use chrono::NaiveDate;
use runhip::model::reading::{Region, Side, name_of};
use serde_json::{Value, json};

use crate::oracle::finding::Finding;
use crate::oracle::log::{Log, Note, after, before};
use crate::oracle::shoes::metres_on;

#[derive(Clone, Debug)]
pub struct Episode {
    pub side: Side,
    pub onset: NaiveDate,
    pub end: NaiveDate,
    pub open: bool,
    /// Its painful notes by date.
    pub notes: Vec<Note>,
}

impl Episode {
    pub fn id(&self) -> String {
        format!("{}/{}", self.onset, name_of(self.side))
    }

    pub fn painful_days(&self) -> Vec<NaiveDate> {
        let mut days: Vec<_> = self.notes.iter().map(|note| note.date).collect();
        days.dedup();
        days
    }
}

fn is_painful(note: &Note) -> bool {
    note.means.hip && note.means.severity != Some(0)
}

fn compatible(one: Side, other: Side) -> bool {
    !matches!((one, other), (Side::Left, Side::Right) | (Side::Right, Side::Left))
}

fn together(one: Side, other: Side) -> Side {
    match (one, other) {
        (Side::Unknown, known) | (known, Side::Unknown) => known,
        (one, other) if one == other => one,
        _ => Side::Both,
    }
}

pub fn episodes(log: &Log) -> Vec<Episode> {
    let mut episodes: Vec<Episode> = Vec::new();
    for note in log.notes.iter().filter(|note| is_painful(note)) {
        let side = note.means.side.unwrap_or(Side::Unknown);
        let joined = episodes
            .iter_mut()
            .filter(|episode| compatible(episode.side, side) && (note.date - episode.end).num_days() <= 14)
            .max_by_key(|episode| episode.end);
        if let Some(episode) = joined {
            episode.side = together(episode.side, side);
            episode.end = note.date;
            episode.notes.push(note.clone());
        } else {
            let notes = vec![note.clone()];
            episodes.push(Episode { side, onset: note.date, end: note.date, open: false, notes });
        }
    }
    for episode in &mut episodes {
        let denied = log.denials().into_iter().any(|day| day > episode.end);
        episode.open = (log.as_of - episode.end).num_days() <= 14 && !denied;
    }
    episodes
}

fn injury(log: &Log, episode: &Episode) -> bool {
    let stopped = episode.painful_days().into_iter().any(|day| {
        let (from, to) = (after(day, 1), after(day, 7));
        to <= log.as_of && log.all_observed(from, to) && log.runs_in(from, to).is_empty()
    });
    let consulted =
        log.notes.iter().any(|note| note.means.consultation && episode.onset <= note.date && note.date <= episode.end);
    stopped || consulted
}

/// What came before, as (finding, days before, linked).
pub fn preceded_by<'a>(log: &Log, episode: &Episode, findings: &'a [Finding]) -> Vec<(&'a Finding, i64, bool)> {
    let onset = episode.onset;
    let ago = |day: NaiveDate| (onset - day).num_days();
    let on_foot = log.runs.iter().rfind(|run| run.date <= onset).and_then(|run| run.shoe.clone());
    let mut listed = Vec::new();
    for finding in findings {
        let nearest = |days: std::ops::RangeInclusive<i64>| {
            finding.flag_days.iter().map(|day| ago(*day)).filter(|ago| days.contains(ago)).min()
        };
        let (days, linked) = match finding.rule {
            "weekly-mileage-jump" => {
                (nearest(1..=14), finding.link_day.is_some_and(|day| (1..=14).contains(&ago(day))))
            }
            "long-run-spike" => (nearest(0..=14), nearest(0..=7).is_some()),
            "too-few-rest-days" | "long-running-streak" => (nearest(1..=14), true),
            "worn-shoes" if finding.shoe == on_foot => (nearest(1..=14), false),
            _ => continue,
        };
        if let Some(days) = days {
            listed.push((finding, days, linked));
        }
    }
    listed
}

pub fn row(log: &Log, episode: &Episode, findings: &[Finding]) -> Value {
    let onset = episode.onset;
    let mut preceded: Vec<_> = preceded_by(log, episode, findings)
        .into_iter()
        .map(|(finding, days, linked)| {
            json!({ "finding": finding.id, "rule": finding.rule, "days_before": days, "linked": linked })
        })
        .collect();
    preceded.sort_by_key(|row| row["finding"].to_string());

    let on_foot = log.runs.iter().rfind(|run| run.date <= onset).and_then(|run| run.shoe.as_ref());
    let shoe = on_foot.and_then(|name| log.shoes.iter().find(|shoe| shoe.name == *name));
    let (week, month) = ((before(onset, 7), before(onset, 1)), (before(onset, 35), before(onset, 8)));
    let known =
        |(from, to)| log.all_observed(from, to) && log.runs_in(from, to).iter().all(|run| run.distance_m.is_some());
    let last_7 = known(week).then(|| log.metres(week.0, week.1));
    let usual = known(month).then(|| (log.metres(month.0, month.1) + 2) / 4);

    let named = |note: &Note| note.means.region;
    let spot = episode.notes.iter().rev().filter_map(named).find(|region| *region != Region::General);
    json!({
        "id": episode.id(),
        "side": episode.side,
        "region": spot.unwrap_or(Region::General),
        "onset": onset,
        "end": episode.end,
        "open": episode.open,
        "painful_days": episode.painful_days().len(),
        "peak_severity": episode.notes.iter().filter_map(|note| note.means.severity).max(),
        "injury": injury(log, episode),
        "preceded_by": preceded,
        "shoe_at_onset": shoe.map(|shoe| json!({ "name": shoe.name, "distance_m": metres_on(log, shoe, onset) })),
        "load": { "last_7_days_m": last_7, "usual_7_days_m": usual },
    })
}

mod tests {
    use super::*;
    use crate::oracle::log::{date, tiny};

    fn ids(lines: &[&str]) -> Vec<String> {
        episodes(&tiny("2026-06-01", lines)).iter().map(Episode::id).collect()
    }

    #[test]
    fn fourteen_days_join_and_fifteen_part() {
        assert_eq!(ids(&["2026-01-01 left 3", "2026-01-15 left 3"]), ["2026-01-01/left"]);
        assert_eq!(ids(&["2026-01-01 left 3", "2026-01-16 left 3"]), ["2026-01-01/left", "2026-01-16/left"]);
    }

    #[test]
    fn left_and_right_part_and_an_unknown_side_joins_the_latest() {
        let lines = ["2026-01-01 left 3", "2026-01-03 right 3", "2026-01-04 hip 2", "2026-01-05 left 1"];
        assert_eq!(ids(&lines), ["2026-01-01/left", "2026-01-03/right"]);
        let found = episodes(&tiny("2026-06-01", &lines));
        assert_eq!((found[0].painful_days().len(), found[1].painful_days().len()), (2, 2));
        assert_eq!(ids(&["2026-01-01 left 3", "2026-01-02 both 3"]), ["2026-01-01/both"]);
        assert_eq!(ids(&["2026-01-01 hip 3", "2026-01-02 right 3"]), ["2026-01-01/right"]);
    }

    #[test]
    fn nought_is_no_pain_and_a_denial_closes() {
        assert!(ids(&["2026-01-01 left 0"]).is_empty());
        assert!(episodes(&tiny("2026-01-10", &["2026-01-01 left 3"]))[0].open);
        assert!(!episodes(&tiny("2026-01-10", &["2026-01-01 left 3", "2026-01-02 fine"]))[0].open);
        assert!(!episodes(&tiny("2026-01-16", &["2026-01-01 left 3"]))[0].open);
    }

    #[test]
    fn a_week_without_a_run_is_an_injury_once_it_is_over() {
        let lines = ["2026-01-01 5km", "2026-01-02 left 3"];
        let log = tiny("2026-01-08", &lines);
        assert!(!injury(&log, &episodes(&log)[0]), "only six days are known");
        let log = tiny("2026-01-09", &lines);
        assert!(injury(&log, &episodes(&log)[0]));
        let log = tiny("2026-01-09", &[lines[0], lines[1], "2026-01-09 5km"]);
        assert!(!injury(&log, &episodes(&log)[0]));
    }

    #[test]
    fn a_finding_counts_from_the_day_before_to_a_fortnight_before() {
        let log = tiny("2026-02-01", &["2026-01-05 5km", "2026-01-20 left 3"]);
        let episode = &episodes(&log)[0];
        let listed = |rule, day: &str| {
            let finding = Finding::new(rule, "notice", date(day), date(day));
            preceded_by(&log, episode, &[finding]).first().map(|(_, days, linked)| (*days, *linked))
        };
        assert_eq!(listed("too-few-rest-days", "2026-01-20"), None);
        assert_eq!(listed("too-few-rest-days", "2026-01-19"), Some((1, true)));
        assert_eq!(listed("too-few-rest-days", "2026-01-06"), Some((14, true)));
        assert_eq!(listed("too-few-rest-days", "2026-01-05"), None);
        assert_eq!(listed("long-run-spike", "2026-01-20"), Some((0, true)));
        assert_eq!(listed("long-run-spike", "2026-01-12"), Some((8, false)));
        assert_eq!(listed("weekly-mileage-jump", "2026-01-12"), Some((8, false)));
    }
}
