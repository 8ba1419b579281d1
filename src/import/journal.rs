//! A pain journal kept as plain text or Markdown: lines or headings that begin with a date, and the text up to the next
//! one. It opens no file and does not read what the notes say.

pub mod append;

use chrono::NaiveDate;

use super::csv::dates::{self, DateError, DayOrder};
use super::csv::text;
use super::imported::Imported;
use super::limits::MOST_ENTRIES;
use crate::model::note::{Given, Note, NoteOrigin};
use crate::model::problem::{Fault, Place};

/// Reads a journal. A text in which no line begins with a date is left alone.
#[must_use]
pub fn read(bytes: &[u8]) -> Imported {
    let decoded = text::decode(bytes);
    let mut imported = Imported { dialect: Some("journal".to_owned()), ..Imported::default() };
    let mut current: Option<Note> = None;
    let mut keep = |note: Option<Note>| {
        if let Some(note) = note {
            let text = note.text.trim().to_owned();
            imported.notes.push(Note { text, ..note });
        }
    };
    let mut bad_dates = Vec::new();
    let mut entries = 0;
    let mut heading: Option<String> = None;
    for (number, line) in (1_u64..).zip(decoded.text.lines()) {
        if entries > MOST_ENTRIES {
            current = None;
            bad_dates.push(Fault::TooManyEntries { most: MOST_ENTRIES }.at(Place::Line(number - 1)));
            break;
        }
        match leading_date(line) {
            Leading::Date(date, rest) => {
                keep(current.take());
                entries += 1;
                current = Some(Note {
                    date,
                    text: rest.to_owned(),
                    source: String::new(),
                    line: Some(number),
                    origin: NoteOrigin::Journal,
                    given: Given::default(),
                    heading: heading.clone(),
                });
            }
            Leading::NoDay(written) => {
                keep(current.take());
                entries += 1;
                bad_dates.push(Fault::BadDate { cell: written.to_owned() }.at(Place::Line(number)));
            }
            Leading::Nothing => {
                if heading.is_none() && entries == 0 {
                    heading = heading_of(line);
                }
                if let Some(note) = &mut current {
                    note.text.push('\n');
                    note.text.push_str(line.trim_end());
                }
            }
        }
    }
    keep(current.take());
    if imported.notes.is_empty() && bad_dates.is_empty() {
        return Imported::ignored("no line in it begins with a date such as 2026-03-04");
    }
    imported.problems = bad_dates;
    if decoded.replaced {
        imported.problems.push(Fault::BytesReplaced.at(Place::File));
    }
    imported
}

/// The words of a line before the first day; of a long one the beginning.
fn heading_of(line: &str) -> Option<String> {
    let words = line.trim_matches(|c: char| c.is_whitespace() || "#*=-".contains(c));
    let short: String = words.chars().take(LONGEST_HEADING).collect();
    (!short.is_empty()).then_some(short)
}

/// More characters than this of a heading are not kept.
const LONGEST_HEADING: usize = 80;

/// More bytes than this before a colon are no date.
const LONGEST_DATE: usize = 24;

enum Leading<'a> {
    /// A date and the words behind it.
    Date(NaiveDate, &'a str),
    /// Something written like a date that is no day of any calendar.
    NoDay(&'a str),
    /// No date.
    Nothing,
}

fn leading_date(line: &str) -> Leading<'_> {
    let body = line.trim_start().trim_start_matches(['#', '-', '*', '+', '>', '•', '|']).trim_start();
    let body = body.trim_start_matches("**").trim_start_matches(['[', '(']);
    let Some(written) = body.get(..10) else { return in_words(body) };
    let is_separator = |c: u8| matches!(c, b'-' | b'/' | b'.');
    let bytes = written.as_bytes();
    let year_first = bytes[..4].iter().all(u8::is_ascii_digit)
        && is_separator(bytes[4])
        && bytes[7] == bytes[4]
        && bytes[5..7].iter().chain(&bytes[8..]).all(u8::is_ascii_digit);
    let rest = &body[10..];
    if !year_first || rest.starts_with(|c: char| c.is_alphanumeric() && c != 'T') {
        return in_words(body);
    }
    let Ok(date) = NaiveDate::parse_from_str(&written.replace(['/', '.'], "-"), "%Y-%m-%d") else {
        return Leading::NoDay(written);
    };
    Leading::Date(date, without_time(rest).trim_start_matches(|c: char| c.is_whitespace() || "*:])|–—-,;".contains(c)))
}

/// A date written otherwise, such as `4 March 2026` or `04.03.2026`: all that stands before the first colon, or the
/// whole of a heading.
fn in_words(body: &str) -> Leading<'_> {
    let written = body.split(':').next().unwrap_or(body).trim_end_matches('*');
    let few = written.len() <= LONGEST_DATE && written.bytes().filter(u8::is_ascii_digit).count() >= 5;
    if !few {
        return Leading::Nothing;
    }
    let rest = body[written.len()..].trim_start_matches(|c: char| c.is_whitespace() || "*:".contains(c));
    match dates::read(written, DayOrder::Unsettled) {
        Ok(moment) if moment.time.is_none() => Leading::Date(moment.date, rest),
        Err(DateError::Ambiguous) => Leading::NoDay(written),
        _ => Leading::Nothing,
    }
}

/// What follows a time of day directly behind the date, or all of it.
fn without_time(rest: &str) -> &str {
    let time = rest.trim_start_matches(['T', ' ']);
    let digits = time.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(time.len());
    let is_time = matches!(digits, 4 | 5 | 8) && time[..digits].contains(':');
    if is_time { &time[digits..] } else { rest }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::imported::Refusal;

    fn notes(text: &str) -> Vec<(String, String, u64)> {
        read(text.as_bytes())
            .notes
            .into_iter()
            .map(|note| (note.date.to_string(), note.text, note.line.unwrap_or_default()))
            .collect()
    }

    fn note(date: &str, text: &str, line: u64) -> (String, String, u64) {
        (date.to_owned(), text.to_owned(), line)
    }

    #[test]
    fn lines_bullets_and_headings_begin_a_note() {
        let text = "# My hip\n\n2026-03-04: left hip 4/10 after the long run\n- 2026-03-05 off (travel)\n## 2026-03-06\nsore\n\nagain\n";
        assert_eq!(
            notes(text),
            [
                note("2026-03-04", "left hip 4/10 after the long run", 3),
                note("2026-03-05", "off (travel)", 4),
                note("2026-03-06", "sore\n\nagain", 5),
            ]
        );
    }

    #[test]
    fn other_ways_of_writing_the_day() {
        assert_eq!(notes("2026/03/04 - fine")[0], note("2026-03-04", "fine", 1));
        assert_eq!(notes("**2026-03-04** – fine")[0], note("2026-03-04", "fine", 1));
        assert_eq!(notes("[2026.03.04] fine")[0], note("2026-03-04", "fine", 1));
        assert_eq!(notes("2026-03-04 07:30 fine")[0], note("2026-03-04", "fine", 1));
        assert_eq!(notes("2026-03-04T07:30:00 fine")[0], note("2026-03-04", "fine", 1));
        assert_eq!(notes("2026-03-04 3/10")[0], note("2026-03-04", "3/10", 1));
    }

    #[test]
    fn a_month_in_words_begins_a_note_and_a_date_of_two_readings_is_reported() {
        assert_eq!(notes("5 March 2026: left hip sore"), [note("2026-03-05", "left hip sore", 1)]);
        assert_eq!(notes("## March 5, 2026\nsore"), [note("2026-03-05", "sore", 1)]);
        assert_eq!(notes("25.03.2026: sore"), [note("2026-03-25", "sore", 1)]);
        let two = read(b"2026-03-04 fine\n03/04/2026: sore");
        assert_eq!((two.notes.len(), two.notes[0].text.as_str(), two.problems.len()), (1, "fine", 1));
        for text in ["5k in 25:10", "Monday: sore", "12345", "1:02:03 for 10k"] {
            assert!(notes(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_reported_and_its_text_joins_no_other_day() {
        let read = read(b"2026-03-04 fine\n2026-02-30 hip sore\nmore\n2026-03-05 ok");
        assert_eq!(read.notes.len(), 2);
        assert_eq!(read.notes[0].text, "fine");
        assert_eq!(read.problems[0].place, Place::Line(2));
    }

    #[test]
    fn a_text_without_dates_is_left_alone() {
        assert!(matches!(read(b"# Readme\n\nSee section 2.").refusal, Some(Refusal::Ignored(_))));
        assert!(matches!(read(b"").refusal, Some(Refusal::Ignored(_))));
        assert!(matches!(read("12345678é".as_bytes()).refusal, Some(Refusal::Ignored(_))));
    }

    #[test]
    fn a_byte_order_mark_and_old_encodings_are_read() {
        assert_eq!(notes("\u{feff}2026-03-04: fine")[0].1, "fine");
        assert_eq!(read(b"2026-03-04: caf\xe9 run").notes[0].text, "café run");
    }
}
