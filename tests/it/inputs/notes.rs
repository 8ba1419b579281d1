//! A journal, from its bytes to the readings of its notes and how they are shown.

use chrono::NaiveDate;
use runhip::analysis;
use runhip::import::journal::append;
use runhip::model::note::{Given, Note, NoteOrigin};
use runhip::model::reading::Reading;
use runhip::model::threshold::Settings;
use runhip::pain::reading;

use super::logs;

/// Checks a journal, the reading of each note, and the journal with one more note.
pub fn notes(bytes: &[u8]) {
    logs::journal(bytes);
    let journal = logs::from_memory("pain.md", bytes).imported;
    for note in journal.notes.iter().take(20) {
        said(note);
    }
    one_more(bytes, &journal.notes);
    // The bytes as a note of their own, whatever they would be in a journal.
    let text = String::from_utf8_lossy(bytes);
    let date = NaiveDate::from_ymd_opt(2026, 3, 4).expect("a day");
    said(&Note {
        date,
        text: text.into_owned(),
        source: String::new(),
        line: None,
        origin: NoteOrigin::Run,
        given: Given::default(),
        heading: None,
    });
}

fn said(note: &Note) {
    let of_a_run = note.origin == NoteOrigin::Run;
    let read = reading::read_on(&note.text, &note.given, of_a_run, Some(note.date));
    holds_together(&read, &note.text);
    if let Some(assumed) = reading::read_assuming_hip(&note.text, of_a_run, Some(note.date)) {
        holds_together(&assumed, &note.text);
    }
    let at_once = analysis::at_once(note, &[], &Settings::default());
    for warning in &at_once.warnings {
        assert!(at_once.reading.red_flags.contains(&warning.flag) || at_once.reading.hip, "{warning:?}");
    }
}

fn holds_together(read: &Reading, text: &str) {
    for span in &read.spans {
        assert!(span.start < span.end && text.get(span.start..span.end).is_some(), "{span:?} in {text:?}");
        assert!(!span.meaning.trim().is_empty(), "{span:?}");
    }
    assert!(read.spans.is_sorted(), "{:?}", read.spans);
    assert!(read.red_flags.is_disjoint(&read.denied_flags), "{read:?}");
    assert!(read.severity.is_none_or(|score| (0.0..=10.0).contains(&score)), "{read:?}");
    if !read.hip {
        assert_eq!((read.side, read.region), (None, None), "{read:?}");
        assert!(read.severity.is_none_or(|score| score == 0.0), "{read:?}");
    }
    assert!(!(read.hip && read.denies_hip_pain), "{read:?}");
}

/// A journal with a note added has all the former notes and the new one.
fn one_more(bytes: &[u8], before: &[Note]) {
    let date = NaiveDate::from_ymd_opt(2026, 3, 6).expect("a day");
    let Ok(whole) = append::with_note(bytes, date, "left hip 4/10") else { return };
    assert!(whole.starts_with(bytes));
    let after = logs::from_memory("pain.md", &whole).imported.notes;
    let (added, kept) = after.split_last().expect("the note that was added");
    assert_eq!((added.date, added.text.as_str()), (date, "left hip 4/10"));
    assert_eq!(kept, before);
}
