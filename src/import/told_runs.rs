//! Runs that are told of in notes alone: a diary, a chat or a page pasted as text speaks of distances on days of which the
//! log knows no run. They are not counted, and that is said. It reads no file.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::csv::words::weekday;
use super::told_distance::names_a_distance;
use crate::model::assumption::{Assumed, AssumptionKind};
use crate::model::log::Log;
use crate::model::note::NoteOrigin;

/// So few notes with a distance tell of a route or a race, not of a log.
const FEWEST: u64 = 3;

/// In a log with runs, fewer notes than one in so many speak of a race or of somebody else.
const MOST_NOTES_FOR_ONE: u64 = 10;

/// Says for each file of notes how many tell of a distance on a day without an entry, where those are a tenth of its notes, or
/// of those of a folder with a file a day. In a log without a run, however few they are among the notes.
pub fn tell(log: &mut Log) {
    let logged: BTreeSet<NaiveDate> = log.runs.iter().chain(&log.other).map(|entry| entry.local_date).collect();
    let mut files: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for note in log.notes.iter().filter(|note| note.origin == NoteOrigin::Journal) {
        let (all, told) = files.entry(&note.source).or_default();
        *all += 1;
        *told += u64::from(!logged.contains(&note.date) && names_a_distance(&note.text));
    }
    let no_run = log.runs.is_empty();
    let is_log = |all: u64, told: u64| told >= FEWEST && (no_run || MOST_NOTES_FOR_ONE * told >= all);
    // A log of a file a day is known by all the files of its folder.
    let mut folders: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for (path, (all, told)) in files.iter().filter(|(_, (all, _))| *all < FEWEST) {
        let (all_of_it, told_of_it) = folders.entry(folder(path)).or_default();
        *all_of_it += all;
        *told_of_it += told;
    }
    let of_folder = |path: &str| folders.get(folder(path)).is_some_and(|(all, told)| is_log(*all, *told));
    let told: Vec<(String, u64)> = files
        .iter()
        .filter(|(path, (all, told))| is_log(*all, *told) || *all < FEWEST && *told > 0 && of_folder(path))
        .map(|(path, (_, told))| ((*path).to_owned(), *told))
        .collect();
    for (path, count) in told {
        log.assume(&path, Assumed::new(AssumptionKind::RunsInNotes, "", count).doubtful());
    }
    tell_of_figures(log, &logged);
}

/// Says for each file of notes how many begin with a bare figure that may be a distance, where most of them do.
fn tell_of_figures(log: &mut Log, logged: &BTreeSet<NaiveDate>) {
    let mut files: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for note in log.notes.iter().filter(|note| note.origin == NoteOrigin::Journal) {
        let (all, bare) = files.entry(&note.source).or_default();
        *all += 1;
        *bare += u64::from(!logged.contains(&note.date) && begins_with_a_figure(&note.text));
    }
    let most = |(_, (all, bare)): &(&str, (u64, u64))| *bare >= FEWEST_FIGURES && 2 * bare >= *all;
    let told: Vec<(String, u64)> =
        files.into_iter().filter(most).map(|(path, (_, bare))| (path.to_owned(), bare)).collect();
    for (path, count) in told {
        log.assume(
            &path,
            Assumed::new(AssumptionKind::RunsInNotes, "a figure that may be a distance", count).doubtful(),
        );
    }
}

/// So many notes that begin with a figure are kept in one way.
const FEWEST_FIGURES: u64 = 8;

/// Distances of usual runs, in kilometres or miles.
const USUAL: std::ops::RangeInclusive<f64> = 1.0..=60.0;

/// True for a note that begins with a figure such as `7.05`, a day of the week in front of it apart.
fn begins_with_a_figure(text: &str) -> bool {
    let mut words = text.split_whitespace().skip_while(|word| weekday(word).is_some());
    let first = words.next().unwrap_or_default().replace(',', ".");
    let has_decimals = first.split_once('.').is_some_and(|(_, decimals)| matches!(decimals.len(), 1 | 2));
    has_decimals && first.parse::<f64>().is_ok_and(|figure| USUAL.contains(&figure))
}

/// The folder of a ledger path.
fn folder(path: &str) -> &str {
    path.rsplit_once(['/', '!']).map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::note::{Given, Note};

    fn counted(told: u64, others: u64) -> Option<u64> {
        let note = |at: u64, text: &str| Note {
            date: NaiveDate::from_num_days_from_ce_opt(739_000 + i32::try_from(at).expect("a day")).expect("a day"),
            text: text.to_owned(),
            source: "diary.txt".to_owned(),
            line: None,
            origin: NoteOrigin::Journal,
            given: Given::default(),
            heading: None,
        };
        let notes = (0..told).map(|at| note(at, "8 km")).chain((0..others).map(|at| note(told + at, "25 min")));
        let mut log = Log { notes: notes.collect(), ..Log::default() };
        tell(&mut log);
        log.assumptions.first().map(|assumed| assumed.count)
    }

    #[test]
    fn a_few_distances_are_told_of_where_no_run_is_known() {
        assert_eq!(counted(3, 40), Some(3));
        assert_eq!(counted(2, 1), None);
    }

    #[test]
    fn a_figure_with_decimals_at_the_beginning_may_be_a_distance() {
        for text in ["7.05", "周一 7.05\n\n- fine", "Mon 12,4 easy"] {
            assert!(begins_with_a_figure(text), "{text}");
        }
        for text in ["3/10 hip", "7", "hip 4.5", "0.5", "4.305 s", "120.5 kg"] {
            assert!(!begins_with_a_figure(text), "{text}");
        }
    }
}
