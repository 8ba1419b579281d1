//! Runs that are told of in notes alone: a diary, a chat or a page pasted as text speaks of distances on days of which the
//! log knows no run. They are not counted, and that is said. It reads no file.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::model::assumption::{Assumed, AssumptionKind};
use crate::model::log::Log;
use crate::model::note::NoteOrigin;

/// So few notes with a distance tell of a route or a race, not of a log.
const FEWEST: u64 = 3;

/// Units of a distance that somebody runs, as they are typed behind a figure.
const UNITS: [&str; 9] = ["km", "kms", "k", "kilometres", "kilometers", "mi", "mile", "miles", "mls"];

/// Says for each file of notes how many tell of a distance on a day without an entry, where those are a third of its notes, or
/// of those of a folder with a file a day.
pub fn tell(log: &mut Log) {
    let logged: BTreeSet<NaiveDate> = log.runs.iter().chain(&log.other).map(|entry| entry.local_date).collect();
    let mut files: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for note in log.notes.iter().filter(|note| note.origin == NoteOrigin::Journal) {
        let (all, told) = files.entry(&note.source).or_default();
        *all += 1;
        *told += u64::from(!logged.contains(&note.date) && names_a_distance(&note.text));
    }
    let is_log = |all: u64, told: u64| told >= FEWEST && 3 * told >= all;
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
}

/// The folder of a ledger path.
fn folder(path: &str) -> &str {
    path.rsplit_once(['/', '!']).map_or("", |(folder, _)| folder)
}

/// True for words with a figure and a unit of distance behind it, such as `8 km`, `6.5mi` or `10k`.
fn names_a_distance(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | ','))).collect();
    words.iter().enumerate().any(|(at, word)| {
        let word = word.trim_matches(['.', ',']);
        let figure = word.trim_end_matches(|c: char| c.is_alphabetic());
        let is_figure = figure.starts_with(|c: char| c.is_ascii_digit())
            && figure.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
        let unit = match word.strip_prefix(figure) {
            Some("") => words.get(at + 1).copied().unwrap_or_default().trim_matches(['.', ',']),
            Some(unit) => unit,
            None => "",
        };
        is_figure && UNITS.contains(&unit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_is_a_figure_with_its_unit() {
        for text in ["8 km easy", "6.5mi with Jo", "Ran 10k.", "12,4 km", "did 3 miles, hip 2/10"] {
            assert!(names_a_distance(text), "{text}");
        }
        for text in ["hip 4/10", "5 sets", "km after km", "knee at 30 kilos", "5 k\u{f6}fte", "2026-03-04", "3 minutes"]
        {
            assert!(!names_a_distance(text), "{text}");
        }
    }
}
