//! The formatting around a date at the beginning of a line: bullets, numbers, boxes, brackets, emphasis, labels and
//! pictures before it; the weekday, the time and the dash after it. It resolves no date.

use chrono::{Datelike, NaiveDate};

use super::date_forms::{self, Date, leading_word};
use super::words;
use crate::import::csv::words::month;

/// The most bytes of marks before a date.
const LONGEST_MARKS: usize = 32;

/// The most labels, boxes and numbers before a date.
const MOST_PREFIXES: usize = 4;

/// The date that a line begins with, and the unchanged text after it.
pub fn leading(line: &str) -> Option<(Date, &str)> {
    let mut rest = behind_signs(line)?;
    let first = date_forms::at_start(rest).map(|date| (date, &rest[date.end..]));
    if first.is_some_and(|(date, _)| !date.leans) {
        return first;
    }
    for _ in 0..MOST_PREFIXES {
        let Some(next) = behind_prefix(rest).and_then(behind_signs) else { break };
        rest = next;
        // "Day 3" is the third day of something.
        if let Some(date) = date_forms::at_start(rest).filter(|date| !date.leans) {
            return Some((date, &rest[date.end..]));
        }
    }
    first
}

/// The line from its first letter or digit on.
fn behind_signs(line: &str) -> Option<&str> {
    let at = line.find(char::is_alphanumeric)?;
    // A word after a mark is a tag or a mention; a quoted text is somebody else's.
    let quoted = line[..at].contains(['"', '“', '@', '~', '$', '€', '£']);
    (at <= LONGEST_MARKS && !quoted).then(|| &line[at..])
}

/// Whether a line begins like one with a day of its own that is none: "31 June:", "2026-07-O1:", "5 Marhc 2026 -". What it says is
/// not of the day above.
pub fn looks_dated(line: &str) -> bool {
    const LONGEST_DAY: usize = 24;
    let begin = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let marks = [":", " - ", " – ", " — ", "\u{201d} ", "\" "];
    let Some(end) = marks.iter().filter_map(|mark| begin.find(mark)).min().filter(|end| *end <= LONGEST_DAY) else {
        return false;
    };
    let head = &begin[..end];
    let parts = || head.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let digits = head.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 {
        return false;
    }
    let is_number = |part: &str| part.bytes().next().is_some_and(|byte| byte.is_ascii_digit()) && part.len() <= 4;
    let in_figures = || {
        let is_year = head.starts_with("20") && head.bytes().take(4).filter(u8::is_ascii_digit).count() == 4;
        let figure =
            |c: char| c.is_ascii_digit() || matches!(c, 'O' | 'o' | 'W' | '-' | '.' | '/' | '\u{2010}'..='\u{2015}');
        digits >= 5 && is_year && head.chars().all(figure) && head.chars().any(|c| !c.is_alphanumeric())
    };
    let named = || {
        let is_month = |part: &str| month(part).is_some() || is_nearly_a_month(part);
        let fits = |part: &str| is_number(part) || is_month(part) || words::weekday(part).is_some();
        parts().all(fits) && parts().any(is_number) && parts().any(is_month)
    };
    in_figures() || named()
}

/// Whether a word is the English name of a month but for a letter.
fn is_nearly_a_month(word: &str) -> bool {
    const NAMES: [&str; 11] = [
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let lower = word.to_lowercase();
    word.len() > 3 && NAMES.iter().any(|name| strsim::damerau_levenshtein(&lower, name) == 1)
}

/// The text after a label, a task keyword, a box or the number of a list.
fn behind_prefix(text: &str) -> Option<&str> {
    let word = leading_word(text);
    if word.is_empty() {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        return text[digits..].strip_prefix(['.', ')']).filter(|rest| digits <= 3 && rest.starts_with(' '));
    }
    let rest = &text[word.len()..];
    let apart = rest.starts_with([' ', ':', ']', '\u{a0}', '*', '_', '\t']);
    (apart && (words::is_label(word) || words::is_task(word) || words::is_particle(word))).then_some(rest)
}

/// The words after a date, without its weekday, a time, closing brackets and the separator.
pub fn behind(date: Option<NaiveDate>, rest: &str) -> &str {
    let mut rest = rest;
    loop {
        let bare = rest.trim_start_matches(|c: char| c.is_whitespace() || "*_:])>|–—-,;.：".contains(c));
        let bare =
            bare.strip_prefix('(').filter(|inside| without_weekday(date, inside, true).is_some()).unwrap_or(bare);
        let next = without_weekday(date, bare, false).or_else(|| without_time(rest)).or_else(|| without_time(bare));
        match next {
            Some(next) => rest = next,
            None => break without_last_bar(bare),
        }
    }
}

/// Rows of a Markdown table end with a bar.
fn without_last_bar(words: &str) -> &str {
    words.trim_end().strip_suffix('|').map_or(words, str::trim_end)
}

/// The text after the date's own weekday. "Sat down" after a Saturday is not a weekday.
fn without_weekday(date: Option<NaiveDate>, text: &str, in_brackets: bool) -> Option<&str> {
    let word = leading_word(text);
    let rest = &text[word.len()..];
    if word.is_empty() || words::weekday(word) != Some(date?.weekday()) {
        return None;
    }
    let next = rest.trim_start_matches('.').chars().next();
    let marked = next.is_none_or(|c| ":,;)]>–—|-*_".contains(c)) || in_brackets;
    let hour = rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    (marked || hour).then_some(rest)
}

/// The text after a time of day, such as `T07:30:00` or `7:30 am`; `None` if there is none.
fn without_time(text: &str) -> Option<&str> {
    let time = text.trim_start_matches(|c: char| c == 'T' || c == '@' || c.is_whitespace());
    let digits = time.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(time.len());
    let is_time =
        matches!(digits, 4 | 5 | 8) && time[..digits].split(':').count() > 1 && !time[..digits].ends_with(':');
    let minutes = time[..digits].split(':').nth(1).is_some_and(|part| part.len() == 2);
    if !is_time || !minutes || time[digits..].starts_with(['/', '.']) {
        return None;
    }
    let rest = &time[digits..];
    let half = rest.trim_start();
    let half = ["am", "pm", "AM", "PM", "a.m.", "p.m.", "Z", "Uhr", "h"]
        .iter()
        .find_map(|half_of_day| half.strip_prefix(half_of_day));
    let half = half.filter(|behind| !behind.starts_with(char::is_alphanumeric));
    let rest = half.unwrap_or(rest);
    // A pace or a split is not a time of day: "5:10/km", "25:10 for 5k".
    (!leading_word(rest.trim_start()).eq_ignore_ascii_case("for")).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::super::date_forms::Day;
    use super::*;

    fn said(line: &str) -> String {
        let Some((date, rest)) = leading(line) else { return "nothing".to_owned() };
        match date.day {
            Day::Known(date) => format!("{date}|{}", behind(Some(date), rest)),
            _ => format!("a day|{}", behind(None, rest)),
        }
    }

    #[test]
    fn marks_before_and_behind_a_date_are_only_looks() {
        for line in [
            "2026-03-04: sore",
            "2026-03-04 - sore",
            "- 2026-03-04 sore",
            "* [ ] 2026-03-04 sore",
            "- [x] 2026-03-04 sore",
            "1. 2026-03-04 sore",
            "12) 4 March 2026: sore",
            "_2026-03-04_ sore",
            "**2026-03-04** – sore",
            "**2026-03-04:** sore",
            "[2026.03.04] sore",
            "(4 March 2026) sore",
            "<2026-03-04 Wed> sore",
            "- [2026-03-04 Wed 07:30] sore",
            "* TODO <2026-03-04 Wed> sore",
            "Date: 2026-03-04 sore",
            "**Date:** 2026-03-04 sore",
            "date:: [[2026-03-04]] sore",
            "📅 2026-03-04 sore",
            "> 2026-03-04 07:30 sore",
            "2026-03-04T07:30:00 sore",
            "2026-03-04, 7:30 pm: sore",
            "2026-03-04 (Wed) sore",
            "2026-03-04, Wednesday: sore",
            "Wednesday, 4 March 2026: sore",
            "On 4 March 2026, sore",
            "| 2026-03-04 | sore |",
            "• 4.3.2026 sore",
            "## [[2026-03-04]] sore",
            "Am 4. März 2026: sore",
            "le 4 mars 2026 : sore",
        ] {
            assert_eq!(said(line), "2026-03-04|sore", "{line}");
        }
    }

    #[test]
    fn words_that_look_like_a_weekday_or_an_hour_stay() {
        assert_eq!(said("2026-03-07 sat down with a sore hip"), "2026-03-07|sat down with a sore hip");
        assert_eq!(said("2026-03-04 25:10 for 5k"), "2026-03-04|25:10 for 5k");
        assert_eq!(said("2026-03-04 3/10"), "2026-03-04|3/10");
        assert_eq!(said("2026-03-04 (off, travel)"), "2026-03-04|(off, travel)");
        assert_eq!(said("2026-03-04 4:55/km easy"), "2026-03-04|4:55/km easy");
        assert_eq!(said("\"2026-03-04 sore\", he wrote"), "nothing");
    }
}
