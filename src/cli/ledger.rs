//! The ledger in words: a line a file, and its problems under it.

use std::collections::HashMap;

use crate::model::ledger::LedgerRow;
use crate::model::log::Log;
use crate::model::problem::{Cost, Place, Problem};
use crate::model::reading::name_of;
use crate::report::plain::one_line;
use crate::report::wording::counted;

/// One file: outcome, path, what it is, what it held, and why.
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

/// The problems of a file, a line each; those that cost less than `least` are left out.
pub(super) fn problems(row: &LedgerRow, least: Cost) -> Vec<String> {
    let told = row.problems.iter().filter(|problem| problem.cost >= least);
    told.map(|problem| one_line(&problem.line(&row.path)) + "\n").collect()
}

/// What was assumed, may well be wrong, and carries much of the log, a line each.
pub(super) fn doubts(log: &Log) -> impl Iterator<Item = String> {
    log.doubts().map(|one| format!("assumed: {}\n", one_line(&one.line())))
}

/// Files of one and the same problem that are each named. A folder may hold thousands of one kind.
const FEW: u64 = 10;

/// The problems of many files, a line each. What is the same of more than a few whole files stands in the line of the first.
pub(super) fn problems_in_short(files: &[LedgerRow], least: Cost) -> Vec<String> {
    let told = || files.iter().flat_map(|row| row.problems.iter().map(move |one| (row, one)));
    let told = || told().filter(|(_, problem)| problem.cost >= least);
    let of_whole_file = |problem: &Problem| problem.cost == Cost::File && problem.place == Place::File;
    let mut alike: HashMap<(&str, &str), u64> = HashMap::new();
    for (_, problem) in told().filter(|(_, problem)| of_whole_file(problem)) {
        *alike.entry((&problem.what, &problem.hint)).or_default() += 1;
    }
    let mut lines = Vec::new();
    for (row, problem) in told() {
        let count = alike.get_mut(&(&*problem.what, &*problem.hint)).filter(|_| of_whole_file(problem));
        let path = match count {
            // It stands in the line of the first.
            Some(0) => continue,
            Some(count) if *count > FEW => {
                let more = std::mem::take(count) - 1;
                format!("{} and {}", row.path, counted(more, "more file", "more files"))
            }
            _ => row.path.clone(),
        };
        lines.push(one_line(&problem.line(&path)) + "\n");
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fault::Fault;
    use crate::model::ledger::FileOutcome;

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
        assert!(lines[0].starts_with("0.json and 9999 more files: it seems to hold activities"), "{lines:?}");
        let few = ["a.csv:2: ", "b.csv:2: ", "c.csv: ", "d.csv: "];
        assert!(lines[1..].iter().zip(few).all(|(line, place)| line.starts_with(place)), "{lines:?}");
    }
}
