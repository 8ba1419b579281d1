//! Which notes are the same note.

use super::*;
use crate::import::format::FileContents;
use crate::model::concern::{Concern, ConcernClassifier};
use crate::model::limits::Limits;

fn options() -> Options {
    Options {
        ignore: Vec::new(),
        csv: crate::import::csv::CsvOptions::default(),
        untyped: crate::config::Untyped::Run,
        timezone: None,
        machine_zone: chrono_tz::UTC,
        today: NaiveDate::from_ymd_opt(2026, 6, 1).unwrap(),
        limits: Limits::default(),
        classifier: ConcernClassifier(|_| Concern::Nothing),
        corrections: Vec::new(),
        not_theirs: std::collections::BTreeSet::new(),
        cache: None,
        one_by_one: false,
    }
}

/// The files whose notes are kept, given these journals and the description of a run.
fn kept(journals: &[(&str, &str)], of_a_run: &str) -> Vec<String> {
    let read = |text: &str| {
        FileContents::unread(crate::import::journal::read(
            text.as_bytes(),
            "pain.md",
            ConcernClassifier(|_| Concern::Nothing),
        ))
    };
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

/// Builds a log from these tables, each with its name.
fn log_of(tables: &[(&str, &str)]) -> Log {
    let options = crate::import::csv::CsvOptions::default();
    let read = |(name, text): &(&str, &str)| {
        let table = crate::import::csv::read(text.as_bytes(), name, &options);
        ((*name).to_owned(), FileContents::unread(table))
    };
    assemble(tables.iter().map(read).collect(), None, &self::options())
}

#[test]
fn what_was_assumed_in_several_files_is_told_once_with_its_sum() {
    // Ten units in fifty minutes is a runner's pace in kilometres; in miles hardly anybody's.
    let paced = "date,sport,distance,time\n2026-03-04,run,10,50:00\n2026-03-06,run,12,60:00\n";
    let log = log_of(&[("a.csv", paced), ("b.csv", &paced.replace("-03-", "-04-"))]);
    let [only] = &log.assumptions[..] else { panic!("{:?}", log.assumptions) };
    assert_eq!((only.count, &only.files[..]), (4, &["a.csv".to_owned(), "b.csv".to_owned()][..]));
    assert_eq!(
        only.text,
        "no unit is named for column \"distance\", which was read in km because that gives a runner's pace"
    );
    assert!(!log.lost_something(), "the pace carries it");
}

#[test]
fn a_guess_that_nothing_carries_is_told_as_a_loss_where_a_third_of_the_log_rests_on_it() {
    let bare = "date,sport,distance\n2026-03-04,run,10\n";
    let sure = "date,sport,km\n2026-04-04,run,10\n2026-04-06,run,10\n";
    assert!(log_of(&[("bare.csv", bare), ("sure.csv", sure)]).lost_something(), "one of three");
    let one_more = format!("{sure}2026-04-08,run,10\n");
    assert!(!log_of(&[("bare.csv", bare), ("sure.csv", &one_more)]).lost_something(), "one of four");
}
