//! Runs in notes that give a figure to a line, each behind its name: `- Distance: 6.4 km`, `> Run: 4 miles`. The
//! reader of tables interprets the names. It reads no file.

use std::collections::BTreeMap;

use super::csv::words::length_unit;
use super::csv::{self, CsvOptions};
use super::imported::{Imported, Refusal};
use super::journal;
use super::told_distance::names_a_distance;
use crate::model::assumption::{Assumed, AssumptionKind};
use crate::model::note::NoteOrigin;

/// Fewer days with a distance alone may be about a route or a race; a time beside it makes one day enough.
const FEWEST: usize = 3;

/// The most characters of a name.
const LONGEST_NAME: usize = 24;

/// The most characters of a figure with its unit.
const LONGEST_FIGURE: usize = 24;

/// The most figures that count beside a distance.
const MOST_NAMES: usize = 12;

/// The name of the column that a distance goes to whose line only says that it was a run.
const DISTANCE: &str = "distance";

/// One run as its lines name it.
#[derive(Default)]
struct Lines {
    day: String,
    line: u64,
    figures: BTreeMap<String, String>,
    has_distance: bool,
}

/// Adds the runs that such lines tell of, if the file has no other run and mentions running.
pub fn add(read: Imported, text: &str, name: &str, options: &CsvOptions) -> Imported {
    let failed = matches!(read.refusal, Some(Refusal::Failed(_)));
    if failed || !read.activities.is_empty() || !(names_running(name) || names_running(text)) {
        return read;
    }
    let journal = read.notes.iter().filter(|note| note.origin == NoteOrigin::Journal);
    let mut found: Vec<Lines> = Vec::new();
    for note in journal {
        found.extend(of_note(&note.text, &note.date.to_string(), note.line.unwrap_or_default()));
    }
    found.retain(|lines| lines.has_distance);
    let timed = found.iter().any(|lines| lines.figures.len() > 1);
    if found.is_empty() || !timed && found.len() < FEWEST {
        return read;
    }
    let mut names = vec![DISTANCE.to_owned()];
    for name in found.iter().flat_map(|lines| lines.figures.keys()) {
        if !names.contains(name) && names.len() <= MOST_NAMES {
            names.push(name.clone());
        }
    }
    let header = std::iter::once("date".to_owned()).chain(names.iter().cloned()).collect();
    let rows = found.iter().map(|lines| {
        let cells = names.iter().map(|name| lines.figures.get(name).cloned().unwrap_or_default());
        (lines.line, std::iter::once(lines.day.clone()).chain(cells).collect())
    });
    let rows: Vec<(u64, Vec<String>)> = std::iter::once((0, header)).chain(rows).collect();
    let Some(table) = csv::log_in(rows, name, options) else { return read };
    let mut read = Imported { refusal: None, ..read };
    let count = table.activities.len() as u64;
    read.activities = table.activities;
    for activity in &mut read.activities {
        // The words are already in the note of the day.
        (activity.description, activity.private_note, activity.by_hand) = (None, None, true);
    }
    read.assumptions.extend(table.assumptions);
    read.assumptions.push(Assumed::new(AssumptionKind::LabelledLines, "", count));
    read.problems.extend(table.problems);
    read
}

/// Whether words are about running; a unit of distance alone may be of anything.
fn names_running(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.any(|word| length_unit(word).is_none() && journal::names_running(word))
}

/// The runs of one note: a second distance begins a second run.
fn of_note(text: &str, day: &str, line: u64) -> Vec<Lines> {
    let empty = || Lines { day: day.to_owned(), line, ..Lines::default() };
    let mut found = vec![empty()];
    for (name, value) in text.lines().filter_map(named) {
        let is_distance =
            has_figure(value) && names_a_distance(value) && (csv::is_a_distance(name) || names_running(name));
        let name = if is_distance { DISTANCE } else { name };
        if !is_distance && (csv::is_a_distance(name) || !csv::is_known_header(name) || !has_figure(value)) {
            continue;
        }
        if found.last().is_some_and(|run| run.figures.contains_key(name)) {
            found.push(empty());
        }
        if let Some(run) = found.last_mut() {
            run.has_distance |= is_distance;
            run.figures.insert(name.to_owned(), value.to_owned());
        }
    }
    found
}

fn has_figure(value: &str) -> bool {
    value.starts_with(|c: char| c.is_ascii_digit()) && value.chars().count() <= LONGEST_FIGURE
}

/// The name and the figure in a line such as `- **Distance:** 6.4 km`; `None` for what was struck out.
fn named(line: &str) -> Option<(&str, &str)> {
    if line.contains("~~") || line.contains("<s>") {
        return None;
    }
    let mark = |c: char| c.is_whitespace() || matches!(c, '-' | '*' | '+' | '>' | '•' | '_' | '`' | '"');
    let (name, value) = line.split_once([':', '：'])?;
    let (name, value) = (name.trim_matches(mark), value.trim_matches(mark));
    let value = value.trim_end_matches(|c: char| mark(c) || matches!(c, '.' | ',' | ';' | '。' | '，'));
    let fits = !name.is_empty() && name.chars().count() <= LONGEST_NAME && !value.is_empty();
    fits.then_some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::concern::{Concern, ConcernClassifier};

    fn read(text: &str, name: &str) -> Imported {
        let notes = journal::read(text.as_bytes(), name, ConcernClassifier(|_| Concern::Nothing));
        add(notes, text, name, &CsvOptions::default())
    }

    /// Day, metres and seconds of each run.
    fn runs(text: &str, name: &str) -> Vec<(String, Option<u32>, Option<u32>)> {
        let figures = |one: &crate::model::activity::Activity| {
            let day = format!("{:?}", one.start);
            let day = day.split(['(', ')']).find(|part| part.starts_with("20")).unwrap_or_default().to_owned();
            (day, one.distance.map(|distance| distance.m), one.elapsed_s.or(one.moving_s))
        };
        read(text, name).activities.iter().map(figures).collect()
    }

    #[test]
    fn figures_behind_their_names_are_a_run() {
        let run = [("2026-03-04".to_owned(), Some(6_400), Some(2_310))];
        for text in [
            "# 2026-03-04\n\n- Distance: 6.4 km\n- Time: 38:30\n- Shoes: Alder\n\nA run by the canal.\n",
            "## 2026-03-04\n> **Run:** 6.4 km.\n> **Duration:** 0:38:30\n",
            "# 2026-03-04 のランニング\n- 距離：6.4km\n- 時間：00:38:30\n",
        ] {
            assert_eq!(runs(text, "log.md"), run, "{text}");
        }
        let told = read("# 2026-03-04\nRun: 6.4 km\nTime: 38:30\n", "log.md");
        assert!(told.assumptions.iter().any(|one| one.kind == AssumptionKind::LabelledLines && one.count == 1));
        assert_eq!(told.notes.len(), 1, "the note of the day stays");
    }

    #[test]
    fn distances_alone_need_a_habit_and_each_is_a_run() {
        let day = |day: u32| format!("## 2026-03-0{day}\n\nRun: {day}.5 miles\n\n");
        assert_eq!(runs(&(day(1) + &day(2)), "log.md"), []);
        assert_eq!(runs(&(day(1) + &day(2) + &day(3)), "log.md").len(), 3);
        let twice = "## 2026-03-04\nRun: 3 km\nTime: 15:00\n\nRun: 3 km\nTime: 15:10\n";
        assert_eq!(runs(twice, "log.md").len(), 2, "two parts of one day");
    }

    #[test]
    fn what_is_struck_out_or_no_run_is_none() {
        for text in [
            "## 2026-03-04\n~~Run: 3 miles~~\nPace: 8:36\n",
            "## 2026-03-04\nRun: Rest\n",
            "## 2026-03-04\nRace distance: none yet\nTime: 10:30\nlong run on Sunday\n",
            // Nothing says that anybody ran.
            "## 2026-03-04\nDistance: 220 km\nTime: 2:30:00\nby car to the lake\n",
        ] {
            assert_eq!(runs(text, "log.md"), [], "{text}");
        }
    }
}
