//! A journal with one more note at its end. It opens no file; the result has all the old notes and the new one, or
//! there is none.

use chrono::NaiveDate;

use super::{marks, read};
use crate::import::own_report::is_own_report;
use crate::model::concern::{Concern, ConcernClassifier};
use crate::model::note::Note;

/// A text with more lines than this and no dated note is not taken for a journal. A heading and a short introduction
/// have fewer.
const MOST_LINES_OF_INTRODUCTION: usize = 10;

/// The journal with the note added at its end, with the journal's own line ends and bullets.
///
/// `text` is one line. An empty journal is a new one.
///
/// # Errors
/// Why the note cannot be added, as words that follow the journal's name, such as "is not text".
pub fn with_note(journal: &[u8], date: NaiveDate, text: &str) -> Result<Vec<u8>, &'static str> {
    if journal.starts_with(b"\xff\xfe") || journal.starts_with(b"\xfe\xff") {
        return Err("is in UTF-16; save it as UTF-8 first");
    }
    if journal.contains(&0) {
        return Err("is not text");
    }
    if is_own_report(journal) {
        return Err("is a report that runhip wrote, not a journal");
    }
    // What lines without a day concern does not affect the existing notes.
    let classifier = ConcernClassifier(|_| Concern::Nothing);
    let before = read(journal, "", classifier).notes;
    let lines = journal.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
    if before.is_empty() && lines > MOST_LINES_OF_INTRODUCTION {
        return Err("holds text, but no line in it begins with a date such as 2026-03-04, so it is not a journal");
    }

    let mut whole = journal.to_vec();
    let line_end = if ends_lines_with_crlf(journal) { "\r\n" } else { "\n" };
    if !(journal.is_empty() || journal == b"\xef\xbb\xbf" || journal.ends_with(b"\n")) {
        whole.extend_from_slice(line_end.as_bytes());
    }
    whole.extend_from_slice(format!("{}{date}: {text}{line_end}", bullet(journal)).as_bytes());
    if is_all_and_one_more(&before, &read(&whole, "", classifier).notes, date, text) {
        Ok(whole)
    } else if std::str::from_utf8(journal).is_ok() {
        Err(
            "would not read as before with this note in it: it holds more notes than are read, or that is a day that no log has; \
             begin another file with --file, or name the day with --date",
        )
    } else {
        Err("would not read as before with this note in it; save it as UTF-8 first")
    }
}

/// True if the last line that has an end ends in CR LF.
fn ends_lines_with_crlf(journal: &[u8]) -> bool {
    journal.iter().rposition(|&byte| byte == b'\n').is_some_and(|at| journal[..at].ends_with(b"\r"))
}

/// The bullet of the last dated line, so that a list stays one list.
fn bullet(journal: &[u8]) -> &'static str {
    let text = String::from_utf8_lossy(journal);
    let last = text.lines().rfind(|line| marks::leading(line).is_some_and(|(date, _)| !date.unsure && !date.leans));
    ["- ", "* ", "+ "].into_iter().find(|bullet| last.is_some_and(|line| line.starts_with(bullet))).unwrap_or("")
}

fn is_all_and_one_more(before: &[Note], after: &[Note], date: NaiveDate, text: &str) -> bool {
    let Some((added, kept)) = after.split_last() else { return false };
    // A further day may give a day to a line that had none.
    let mut kept = kept.iter();
    let all = before.iter().all(|note| kept.any(|other| other == note));
    // The reader drops marks such as a dash between the date and the words.
    all && added.date == date && !added.text.is_empty() && text.ends_with(&added.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn appended(journal: &[u8]) -> Result<String, &'static str> {
        let date = NaiveDate::from_ymd_opt(2026, 3, 6).unwrap();
        with_note(journal, date, "left hip 4/10").map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn a_day_that_no_log_has_is_not_put_down_to_the_encoding() {
        let far = NaiveDate::from_ymd_opt(9_998, 3, 6).unwrap();
        let why = with_note(b"2026-03-05: off\n", far, "left hip 4/10").unwrap_err();
        assert!(why.contains("a day that no log has") && !why.contains("UTF-8"), "{why}");
    }

    #[test]
    fn a_note_stands_on_a_line_of_its_own_at_the_end() {
        assert_eq!(appended(b"").unwrap(), "2026-03-06: left hip 4/10\n");
        assert_eq!(appended(b"2026-03-05: off\n").unwrap(), "2026-03-05: off\n2026-03-06: left hip 4/10\n");
        assert_eq!(appended(b"2026-03-05: off").unwrap(), "2026-03-05: off\n2026-03-06: left hip 4/10\n");
        assert_eq!(appended(b"# My hip\n\n").unwrap(), "# My hip\n\n2026-03-06: left hip 4/10\n");
        assert_eq!(appended(b"\xef\xbb\xbf").unwrap(), "\u{feff}2026-03-06: left hip 4/10\n");
    }

    #[test]
    fn line_ends_and_bullets_stay_as_they_are() {
        assert_eq!(appended(b"2026-03-05: off\r\n").unwrap(), "2026-03-05: off\r\n2026-03-06: left hip 4/10\r\n");
        assert_eq!(
            appended(b"2026-03-04: off\r\n2026-03-05: off").unwrap(),
            "2026-03-04: off\r\n2026-03-05: off\r\n2026-03-06: left hip 4/10\r\n"
        );
        assert_eq!(appended(b"- 2026-03-05 off\n").unwrap(), "- 2026-03-05 off\n- 2026-03-06: left hip 4/10\n");
        assert_eq!(appended(b"- 2026-03-04 off\n2026-03-05 off\n").unwrap().matches("- 2026-03-06").count(), 0);
    }

    #[test]
    fn what_is_no_journal_is_refused() {
        assert_eq!(appended(b"\xff\xfe2\x000\0"), Err("is in UTF-16; save it as UTF-8 first"));
        assert_eq!(appended(b"2026-03-05: off\n\0\x01"), Err("is not text"));
        assert!(appended(b"<!-- runhip report -->\n2026-03-05: off\n").is_err());
        assert!(appended("a line of a readme\n".repeat(10).as_bytes()).is_ok());
        assert!(appended("a line of a readme\n".repeat(11).as_bytes()).unwrap_err().contains("no line in it begins"));
    }

    #[test]
    fn an_old_encoding_is_not_turned_into_another() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 6).unwrap();
        let old = b"2026-03-05: caf\xe9 run\n";
        assert!(with_note(old, date, "hip fine").is_ok_and(|whole| whole.starts_with(old)));
        assert!(with_note(old, date, "après: hip fine, très bien là").is_err());
    }

    #[test]
    fn words_that_would_vanish_are_not_written() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 6).unwrap();
        assert!(with_note(b"", date, "--").is_err());
        assert_eq!(with_note(b"", date, "- sore").unwrap(), b"2026-03-06: - sore\n");
    }
}
