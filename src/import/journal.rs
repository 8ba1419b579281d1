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
    let order = dates::settle(decoded.text.lines().filter_map(|line| slashed(without_marks(line)).map(|(day, _)| day)));
    for (number, line) in (1_u64..).zip(decoded.text.lines()) {
        if entries > MOST_ENTRIES {
            current = None;
            bad_dates.push(Fault::TooManyEntries { most: MOST_ENTRIES }.at(Place::Line(number - 1)));
            break;
        }
        match leading_date(line, order) {
            LineStart::Date(date, rest) => {
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
            LineStart::TwoDays => {
                keep(current.take());
                entries += 1;
                bad_dates.push(Fault::AmbiguousDay { line: line.to_owned() }.at(Place::Line(number)));
            }
            LineStart::NoDay => {
                keep(current.take());
                entries += 1;
                bad_dates.push(Fault::BadDay { line: line.to_owned() }.at(Place::Line(number)));
            }
            LineStart::Nothing => {
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
        let told =
            (1_u64..).zip(decoded.text.lines()).find(|(_, line)| !line.starts_with('#') && speaks_of_hip_pain(line));
        return match told {
            Some((number, line)) => {
                Imported::failed(Fault::NoteWithoutDay { line: line.to_owned() }.at(Place::Line(number)))
            }
            None => Imported::ignored("no line in it begins with a date such as 2026-03-04"),
        };
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

/// What a line begins with.
enum LineStart<'a> {
    /// A date and the words behind it.
    Date(NaiveDate, &'a str),
    /// Something like a date, of which no day could be made.
    NoDay,
    /// A date whose day and month nothing in the file tells apart.
    TwoDays,
    /// Something that is no date.
    Nothing,
}

/// A line without the marks of a heading, a bullet or bold type.
fn without_marks(line: &str) -> &str {
    let body = line.trim_start().trim_start_matches(['#', '-', '*', '+', '>', '•', '|']).trim_start();
    body.trim_start_matches("**").trim_start_matches(['[', '('])
}

/// `order` is that of day and month in the whole file.
fn leading_date(line: &str, order: DayOrder) -> LineStart<'_> {
    let body = without_marks(line);
    let otherwise = || match in_figures(body, order) {
        LineStart::Nothing => in_words(body, order),
        found => found,
    };
    let Some(written) = body.get(..10) else { return otherwise() };
    let is_separator = |c: u8| matches!(c, b'-' | b'/' | b'.');
    let bytes = written.as_bytes();
    let year_first = bytes[..4].iter().all(u8::is_ascii_digit)
        && is_separator(bytes[4])
        && bytes[7] == bytes[4]
        && bytes[5..7].iter().chain(&bytes[8..]).all(u8::is_ascii_digit);
    let rest = &body[10..];
    if !year_first || rest.starts_with(|c: char| c.is_alphanumeric() && c != 'T') {
        return otherwise();
    }
    let Ok(date) = NaiveDate::parse_from_str(&written.replace(['/', '.'], "-"), "%Y-%m-%d") else {
        return LineStart::NoDay;
    };
    LineStart::Date(date, behind(without_time(rest)))
}

/// The words behind a date.
fn behind(rest: &str) -> &str {
    rest.trim_start_matches(|c: char| c.is_whitespace() || "*:])|–—-,;".contains(c))
}

/// Three numbers between slashes, dots or dashes at the beginning of a line, such as `10/16/2026`, and what follows.
fn slashed(body: &str) -> Option<(&str, &str)> {
    let end = body.find(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '.' | '-')).unwrap_or(body.len());
    let written = body[..end].trim_end_matches(['/', '.', '-']);
    let rest = &body[written.len()..];
    let mark = written.find(['/', '.', '-']).and_then(|at| written[at..].chars().next())?;
    let parts: Vec<&str> = written.split(mark).collect();
    let digits =
        |part: &str, lengths: &[usize]| lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let day_last =
        matches!(parts[..], [year, month, day] if digits(year, &[4]) && digits(month, &[1, 2]) && digits(day, &[1, 2]));
    let year_last = matches!(parts[..], [one, other, year] if digits(one, &[1, 2]) && digits(other, &[1, 2]) && digits(year, if mark == '-' { &[4] } else { &[2, 4] }));
    let apart = !rest.starts_with(|c: char| c.is_alphanumeric() && c != 'T');
    ((day_last || year_last) && apart).then_some((written, rest))
}

fn in_figures(body: &str, order: DayOrder) -> LineStart<'_> {
    let Some((written, rest)) = slashed(body) else { return LineStart::Nothing };
    match dates::read(written, order) {
        Ok(moment) => LineStart::Date(moment.date, behind(without_time(rest))),
        Err(DateError::Ambiguous) => LineStart::TwoDays,
        Err(DateError::NotADate) => LineStart::NoDay,
    }
}

/// A date written otherwise, such as `4 March 2026` or `Mon 04/03/2026`: all that stands before the first colon, or the
/// whole of a heading.
fn in_words(body: &str, order: DayOrder) -> LineStart<'_> {
    let written = body.split(':').next().unwrap_or(body).trim_end_matches('*');
    let few = written.len() <= LONGEST_DATE && written.bytes().filter(u8::is_ascii_digit).count() >= 5;
    if few {
        let rest = body[written.len()..].trim_start_matches(|c: char| c.is_whitespace() || "*:".contains(c));
        match dates::read(written, order) {
            Ok(moment) if moment.time.is_none() => return LineStart::Date(moment.date, rest),
            Err(DateError::Ambiguous) => return LineStart::TwoDays,
            _ => {}
        }
    }
    if is_like_a_date(body) { LineStart::NoDay } else { LineStart::Nothing }
}

/// A weekday with a day behind it, a month in words beside a day, or `10/16`, in front of a colon or a dash: somebody
/// began a note there.
fn is_like_a_date(body: &str) -> bool {
    let ends = [body.find(": "), body.find(" - "), body.find(" – "), body.strip_suffix(':').map(str::len)];
    let Some(end) = ends.into_iter().flatten().min() else { return false };
    let written = body[..end].trim_end_matches('*').trim_end();
    let words: Vec<String> = written
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .map(|word| word.trim_matches('.').to_lowercase())
        .collect();
    let is_day = |word: &str| {
        let digits = word.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
        matches!(digits.len(), 1 | 2) && digits.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day))
    };
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let is_pair = |word: &str| {
        let parts: Vec<&str> = word.split(['/', '.']).collect();
        matches!(parts[..], [one, other] if is_day(one) && is_day(other))
    };
    let named = |word: &str, names: &[&str]| {
        names.iter().any(|name| {
            word == *name || word.len() >= 3 && word == &name[..3] || word == "sept" && *name == "september"
        })
    };
    let (mut weekday, mut month, mut day) = (false, false, false);
    for word in &words {
        if named(word, &WEEKDAYS) {
            weekday = true;
        } else if named(word, &MONTHS) {
            month = true;
        } else if is_pair(word) {
            (month, day) = (true, true);
        } else if is_day(word) {
            day = true;
        } else if !is_year(word) {
            return false;
        }
    }
    day && (weekday || month)
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether a line may be a note of hip pain. A manual or a shopping list has none of these words.
fn speaks_of_hip_pain(line: &str) -> bool {
    line.split(|c: char| !c.is_alphabetic()).any(|word| HIP_PAIN.contains(&word.to_lowercase().as_str()))
}

/// Words of a note on hip pain.
const HIP_PAIN: [&str; 25] = [
    "hip",
    "hips",
    "groin",
    "glute",
    "glutes",
    "buttock",
    "piriformis",
    "pain",
    "pains",
    "painful",
    "hurt",
    "hurts",
    "hurting",
    "sore",
    "soreness",
    "ache",
    "aches",
    "aching",
    "achy",
    "limp",
    "limping",
    "hobbling",
    "numb",
    "tingling",
    "niggle",
];

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
        assert!(two.problems[0].what.starts_with("\"03/04/2026: sore\" begins with"), "{}", two.problems[0].what);
        for text in ["5k in 25:10", "Monday: sore", "12345", "1:02:03 for 10k"] {
            assert!(notes(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn one_day_above_twelve_settles_the_order_for_the_file() {
        let american = "10/16/2026 right groin sore 6/10, limping\n11/02/2026 - fine\n";
        assert_eq!(
            notes(american),
            [note("2026-10-16", "right groin sore 6/10, limping", 1), note("2026-11-02", "fine", 2)]
        );
        assert_eq!(notes("16/10/2026 sore\n02/11/2026 fine")[1], note("2026-11-02", "fine", 2));
        assert_eq!(notes("2.11.2026 sore"), [note("2026-11-02", "sore", 1)]);
        assert_eq!(notes("10/16/26: sore"), [note("2026-10-16", "sore", 1)]);
        assert_eq!(notes("2026-3-4 sore"), [note("2026-03-04", "sore", 1)]);
        let unsettled = read(b"03/04/2026 hip sore\n04/05/2026 hip fine\n");
        assert_eq!((unsettled.notes.len(), unsettled.problems.len(), unsettled.refusal), (0, 2, None));
    }

    #[test]
    fn a_line_that_begins_like_a_date_joins_no_other_note() {
        for line in
            ["Fri 16 Oct: can't put weight on it", "10/16: limping", "16 October - limping", "45/45/2026 limping"]
        {
            let read = read(format!("2026-10-15: right groin sore\n{line}\n").as_bytes());
            assert_eq!(read.notes[0].text, "right groin sore", "{line}");
            assert_eq!((read.problems.len(), read.problems[0].place), (1, Place::Line(2)), "{line}");
            assert!(read.problems[0].what.contains(line), "{}", read.problems[0].what);
        }
        for line in
            ["4/10 after: worse", "10-20-30 intervals on the track", "3 x 8: fine", "second day: sore", "monday: sore"]
        {
            assert_eq!(notes(&format!("2026-10-15: hip sore\n{line}"))[0].1, format!("hip sore\n{line}"));
        }
    }

    #[test]
    fn a_text_on_hip_pain_without_a_day_is_no_success() {
        let read = read(b"# My notes\n\nright hip sore after the long run\n");
        let Some(Refusal::Failed(problem)) = read.refusal else { panic!("{:?}", read.refusal) };
        assert_eq!(problem.place, Place::Line(3));
        assert!(problem.what.contains("right hip sore after the long run"), "{}", problem.what);
        assert!(problem.hint.contains("2026-10-16: right hip 4/10"), "{}", problem.hint);
    }

    #[test]
    fn the_heading_is_kept_with_each_note() {
        let read = read(b"# Left hip diary\n\n2026-03-04: sore\nmore\n2026-03-05: off\n");
        assert!(read.notes.iter().all(|note| note.heading.as_deref() == Some("Left hip diary")));
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
