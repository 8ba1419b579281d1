//! Which notes are one and the same.

use super::*;
use crate::import::format::FileContents;
use crate::model::limits::Limits;

fn options() -> Options {
    Options {
        ignore: Vec::new(),
        csv: crate::import::csv::CsvOptions::default(),
        timezone: None,
        machine_zone: chrono_tz::UTC,
        today: NaiveDate::from_ymd_opt(2026, 6, 1).unwrap(),
        limits: Limits::default(),
        corrections: Vec::new(),
        cache: None,
    }
}

/// The files whose notes are kept, out of these journals and what was said of a run.
fn kept(journals: &[(&str, &str)], of_a_run: &str) -> Vec<String> {
    let read = |text: &str| FileContents::unread(crate::import::journal::read(text.as_bytes()));
    let mut files: Vec<ReadFile> = journals.iter().map(|(name, text)| ((*name).to_owned(), read(text))).collect();
    let log = format!("date,km,notes\n2026-03-04,5,{of_a_run}\n");
    let table = crate::import::csv::read(log.as_bytes(), "log.csv", &crate::import::csv::CsvOptions::default());
    files.push(("log.csv".to_owned(), FileContents::unread(table)));
    files.sort_by(|a, b| a.0.cmp(&b.0));
    assemble(files, None, &options()).notes.into_iter().map(|note| note.source).collect()
}

const SORE: &str = "2026-03-04: sore 5/10\n";

#[test]
fn the_same_words_in_journals_of_different_parts_of_the_body_are_two_notes() {
    assert_eq!(kept(&[("ankle.md", SORE), ("hip.md", SORE)], ""), ["ankle.md", "hip.md"]);
    let of = |part: &str| format!("# {part}\n\n{SORE}");
    assert_eq!(kept(&[("a/pain.md", &of("Ankle")), ("b/pain.md", &of("Hip"))], ""), ["a/pain.md", "b/pain.md"]);
}

#[test]
fn a_copy_of_a_journal_says_nothing_new_and_nor_does_a_run_in_the_same_words() {
    assert_eq!(kept(&[("backup/hip.md", SORE), ("hip.md", SORE)], ""), ["backup/hip.md"]);
    assert_eq!(kept(&[("hip.md", SORE), ("old.zip!/notes/hip.md", SORE)], ""), ["hip.md"]);
    assert_eq!(kept(&[("hip.md", SORE)], "sore 5/10"), ["hip.md"]);
    assert_eq!(kept(&[("hip.md", SORE)], "left knee sore 5/10"), ["hip.md", "log.csv"]);
}
