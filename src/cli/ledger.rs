//! The ledger in words: one line for each file, with its problems below it.

use std::collections::{BTreeMap, HashMap};

use crate::model::ledger::{FileOutcome, LedgerRow};
use crate::model::log::Log;
use crate::model::problem::{Cost, Problem};
use crate::model::reading::name_of;
use crate::report::plain::one_line;
use crate::report::wording::counted;

/// One file: outcome, path, kind, contents, and the reason.
pub(super) fn line(row: &LedgerRow) -> String {
    let outcome = name_of(row.outcome);
    let kind = match (&row.format, &row.dialect) {
        (Some(format), Some(dialect)) if format != dialect => format!(", {format} ({dialect})"),
        (Some(format), _) => format!(", {format}"),
        (None, _) => String::new(),
    };
    let mut held = String::new();
    let counts = [
        (row.activities, "activity", "activities"),
        (row.notes, "note", "notes"),
        (row.shoes, "pair of shoes", "pairs of shoes"),
    ];
    for (n, one, many) in counts.into_iter().filter(|(n, ..)| *n > 0) {
        held.push_str(&format!(", {}", counted(n, one, many)));
    }
    let reason = row.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
    format!("{outcome:<8}{}\n", one_line(&format!("{}{kind}{held}{reason}", row.path)))
}

/// The problems of a file, one on each line; those that cost less than `least` are left out.
pub(super) fn problems(row: &LedgerRow, least: Cost) -> Vec<String> {
    let told = row.problems.iter().filter(|problem| problem.cost >= least);
    told.map(|problem| one_line(&problem.line(&row.path)) + "\n").collect()
}

/// Doubtful assumptions that much of the log rests on, one on each line.
pub(super) fn doubts(log: &Log) -> impl Iterator<Item = String> {
    log.doubts().map(|one| format!("assumed: {}\n", one_line(&one.line())))
}

/// The most files and problems of one kind that are named one by one. A folder may have thousands.
const FEW: usize = 3;

/// What files are grouped by: folder, outcome, format, dialect and reason.
type Kind<'a> = (&'a str, FileOutcome, Option<&'a str>, Option<&'a str>, Option<&'a str>);

/// The files in short: one line for each folder and kind, in the order of each kind's first file.
pub(super) fn by_kind(files: &[LedgerRow]) -> String {
    let mut kinds: Vec<Kind<'_>> = Vec::new();
    let mut of_kind: HashMap<Kind<'_>, Vec<&LedgerRow>> = HashMap::new();
    for row in files {
        let folder = row.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let kind = (folder, row.outcome, row.format.as_deref(), row.dialect.as_deref(), row.reason.as_deref());
        let rows = of_kind.entry(kind).or_default();
        if rows.is_empty() {
            kinds.push(kind);
        }
        rows.push(row);
    }
    kinds.iter().filter_map(|kind| of_kind.get(kind)).map(|rows| together(rows)).collect()
}

/// Files of one folder and kind: each on its own line if they are few, else one line for all.
fn together(rows: &[&LedgerRow]) -> String {
    let [first, _, ..] = rows else { return rows.iter().map(|row| line(row)).collect() };
    if rows.len() <= FEW {
        return rows.iter().map(|row| line(row)).collect();
    }
    let paths: Vec<&str> = rows.iter().map(|row| row.path.as_str()).collect();
    let all = LedgerRow {
        path: format!("{} in {}", counted(rows.len() as u64, "file", "files"), pattern(&paths)),
        activities: rows.iter().map(|row| row.activities).sum(),
        notes: rows.iter().map(|row| row.notes).sum(),
        shoes: rows.iter().map(|row| row.shoes).sum(),
        problems: Vec::new(),
        ..(*first).clone()
    };
    line(&all)
}

/// A pattern for paths, such as `runs/*.gpx`: their common folder, and their ending if all have the same.
fn pattern(paths: &[&str]) -> String {
    let Some((first, others)) = paths.split_first() else { return String::new() };
    let folder = |path: &str| path.rsplit_once('/').map_or(0, |(folder, _)| folder.len() + 1);
    let shared = others.iter().fold(folder(first), |shared, other| {
        let same = first.bytes().zip(other.bytes()).take(shared).take_while(|(a, b)| a == b).count();
        first.get(..same).and_then(|same| same.rfind('/')).map_or(0, |slash| slash + 1)
    });
    let ending = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or_default();
        name.find('.').and_then(|dot| name.get(dot..)).unwrap_or_default().to_owned()
    };
    let common = ending(first);
    let common = if others.iter().all(|other| ending(other) == common) { common } else { String::new() };
    format!("{}*{common}", first.get(..shared).unwrap_or_default())
}

/// The problems of many files, one on each line. Similar ones, if more than a few, are given once, with their number
/// and one example.
pub(super) fn problems_in_short(files: &[LedgerRow], least: Cost) -> Vec<String> {
    let told = || files.iter().flat_map(|row| row.problems.iter().map(move |one| (row, one)));
    let told = || told().filter(|(_, problem)| problem.cost >= least);
    let mut alike: BTreeMap<(Cost, String), Vec<&str>> = BTreeMap::new();
    for (row, problem) in told() {
        alike.entry(kind_of(row, problem)).or_default().push(&row.path);
    }
    let mut lines = Vec::new();
    for (row, problem) in told() {
        let Some(paths) = alike.get_mut(&kind_of(row, problem)) else { continue };
        if paths.len() <= FEW && !paths.is_empty() {
            lines.push(one_line(&problem.line(&row.path)) + "\n");
        } else if !paths.is_empty() {
            let all = std::mem::take(paths);
            alike.remove(&kind_of(row, problem));
            lines.push(one_line(&many(row, problem, all)) + "\n");
        }
    }
    lines
}

/// The first of many similar problems, with their number.
fn many(row: &LedgerRow, problem: &Problem, mut paths: Vec<&str>) -> String {
    let times = paths.len() as u64;
    paths.dedup();
    let files = counted(paths.len() as u64, "file", "files");
    let example = problem.line(&row.path);
    let example = example.trim_end();
    if paths.len() == 1 {
        return format!("{example} ({times} like this in this file)");
    }
    let pattern = pattern(&paths);
    // For files in the top folder with different endings, the pattern says nothing.
    let where_ = if pattern == "*" { String::new() } else { format!(" {pattern}") };
    if times == paths.len() as u64 {
        format!("{files}{where_}, such as {example}")
    } else {
        format!("{times} like this in {files}{where_}, such as {example}")
    }
}

/// What similar problems have in common: their cost, and their words without quotes and numbers. A line of notes that
/// was left out is never similar to others, since it may tell of a warning sign.
fn kind_of(row: &LedgerRow, problem: &Problem) -> (Cost, String) {
    if row.lines_left_out().any(|one| std::ptr::eq(one, problem)) {
        return (problem.cost, problem.line(&row.path));
    }
    let mut kind = String::new();
    for (nth, part) in problem.what.split('"').enumerate() {
        if nth % 2 == 0 {
            kind.extend(part.chars().filter(|c| !c.is_ascii_digit()));
        } else {
            kind.push('"');
        }
    }
    (problem.cost, kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fault::Fault;
    use crate::model::problem::Place;

    fn row(path: &str, problem: Problem) -> LedgerRow {
        LedgerRow {
            path: path.to_owned(),
            format: None,
            dialect: None,
            outcome: FileOutcome::Failed,
            activities: 0,
            notes: 0,
            shoes: 0,
            reason: None,
            problems: vec![problem],
        }
    }

    #[test]
    fn what_is_the_same_of_thousands_of_files_is_one_line() {
        let unread = || Fault::ActivitiesUnread { keys: "sport, when".into() }.at(Place::File);
        let lost = || Fault::BadDate { cell: "soon".into() }.at(Place::Line(2));
        let mut files: Vec<LedgerRow> = (0..10_000).map(|n| row(&format!("{n}.json"), unread())).collect();
        files.extend([row("a.csv", lost()), row("b.csv", lost())]);
        let forbidden = || Fault::Forbidden.at(Place::File);
        files.extend([row("c.csv", forbidden()), row("d.csv", forbidden())]);
        let lines = problems_in_short(&files, Cost::Entry);
        assert_eq!(lines.len(), 5);
        let many = "10000 files *.json, such as 0.json: it seems to hold activities";
        assert!(lines[0].starts_with(many), "{lines:?}");
        let few = ["a.csv:2: ", "b.csv:2: ", "c.csv: ", "d.csv: "];
        assert!(lines[1..].iter().zip(few).all(|(line, place)| line.starts_with(place)), "{lines:?}");
    }

    #[test]
    fn what_differs_in_a_cell_alone_is_alike_and_told_with_its_number() {
        let bad = |line, cell: &str| Fault::BadDate { cell: cell.into() }.at(Place::Line(line));
        let mut one = row("a.csv", bad(2, "soon"));
        one.problems.extend((3..=9).map(|line| bad(line, &format!("day {line}"))));
        let lines = problems_in_short(std::slice::from_ref(&one), Cost::Entry);
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert!(lines[0].starts_with("a.csv:2: ") && lines[0].ends_with("(8 like this in this file)\n"), "{lines:?}");
        one.format = Some("text".into());
        assert_eq!(problems_in_short(&[one], Cost::Entry).len(), 8, "a line of notes may tell of a warning sign");
        let spread: Vec<LedgerRow> = (0..5).map(|n| row(&format!("old/{n}.csv"), bad(2, "x"))).collect();
        let lines = problems_in_short(&spread, Cost::Entry);
        assert!(lines.len() == 1 && lines[0].starts_with("5 files old/*.csv, such as old/0.csv:2: "), "{lines:?}");
    }

    #[test]
    fn files_of_one_folder_and_kind_are_one_line() {
        let read = |path: &str| LedgerRow {
            format: Some("gpx".into()),
            outcome: FileOutcome::Read,
            activities: 2,
            problems: Vec::new(),
            ..row(path, Fault::Forbidden.at(Place::File))
        };
        let mut files: Vec<LedgerRow> = (0..4).map(|n| read(&format!("a/{n}.gpx"))).collect();
        files.push(read("b/1.gpx"));
        let told = by_kind(&files);
        assert_eq!(told, "read    4 files in a/*.gpx, gpx, 8 activities\nread    b/1.gpx, gpx, 2 activities\n");
    }

    #[test]
    fn what_paths_have_in_common_ends_at_a_folder_and_begins_at_a_dot() {
        assert_eq!(pattern(&["in/a/1.laps.fit", "in/ab/2.laps.fit"]), "in/*.laps.fit");
        assert_eq!(pattern(&["x.gpx", "y.fit"]), "*");
        assert_eq!(pattern(&["é/1.gpx", "è/2.gpx"]), "*.gpx");
    }
}
