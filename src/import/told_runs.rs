//! Runs that only notes mention: a diary, a chat or a pasted page gives distances on days for which the log has no
//! run. They are not counted, and that is reported. It reads no file.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::csv::words::weekday;
use super::told_distance::names_a_distance;
use crate::model::assumption::{Assumed, AssumptionKind};
use crate::model::log::Log;
use crate::model::note::NoteOrigin;

/// Fewer notes with a distance are about a route or a race and are no log.
const FEWEST: u64 = 3;

/// In a log with runs, if fewer than one in this many notes have a distance, they are about races or other people.
const MOST_NOTES_FOR_ONE: u64 = 10;

/// Reports for each file of notes how many give a distance on a day without an entry, if they are a tenth of its
/// notes, or of those in a folder with one file for each day. In a log without runs, they may be any share of the
/// notes.
pub fn tell(log: &mut Log) {
    let logged: BTreeSet<NaiveDate> = log.runs.iter().chain(&log.other).map(|entry| entry.local_date).collect();
    let mut files: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    // The rows of tables with a distance: a week drawn in one note is a log too.
    let mut rows = 0;
    for note in log.notes.iter().filter(|note| note.origin == NoteOrigin::Journal) {
        let (all, told) = files.entry(&note.source).or_default();
        *all += 1;
        if !logged.contains(&note.date) && names_a_distance(&note.text) {
            *told += 1;
            rows += rows_with_distance(&note.text);
        }
    }
    let no_run = log.runs.is_empty();
    let is_log = |all: u64, told: u64| {
        (told >= FEWEST || told > 0 && rows >= FEWEST) && (no_run || MOST_NOTES_FOR_ONE * told >= all)
    };
    // A log with one file for each day is recognised by the files of its folder together.
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

/// Reports for each file of notes how many begin with a bare number that may be a distance, if most of them do.
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

/// The least number of notes beginning with a number that show a habit.
const FEWEST_FIGURES: u64 = 8;

/// Usual distances of runs, in kilometres or miles.
const USUAL: std::ops::RangeInclusive<f64> = 1.0..=60.0;

/// True for a note that begins with a number such as `7.05`, perhaps after a day of the week.
fn begins_with_a_figure(text: &str) -> bool {
    let mut words = text.split_whitespace().skip_while(|word| weekday(word).is_some());
    let first = words.next().unwrap_or_default().replace(',', ".");
    let has_decimals = first.split_once('.').is_some_and(|(_, decimals)| matches!(decimals.len(), 1 | 2));
    has_decimals && first.parse::<f64>().is_ok_and(|figure| USUAL.contains(&figure))
}

/// The number of rows of a drawn table that give a distance.
fn rows_with_distance(text: &str) -> u64 {
    text.lines().filter(|line| line.trim_start().starts_with('|') && names_a_distance(line)).count() as u64
}

/// The folder of a ledger path; for a page in a folder of its own, the one above.
fn folder(path: &str) -> &str {
    let (folder, name) = path.rsplit_once(['/', '!']).unwrap_or(("", path));
    if name.starts_with("index.") { folder.rsplit_once(['/', '!']).map_or("", |(above, _)| above) } else { folder }
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
    fn a_week_drawn_as_a_table_in_one_note_is_told_of() {
        let week = "| Day | Distance |\n| M | 4 mi |\n| T | rest |\n| Th | 4 mi |\n| Sa | 8 mi |";
        assert_eq!(rows_with_distance(week), 3);
        assert_eq!(rows_with_distance("4 mi on Monday\n4 mi on Thursday\n8 mi on Saturday"), 0);
        assert_eq!((folder("posts/week-2/index.md"), folder("posts/week.md")), ("posts", "posts"));
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
