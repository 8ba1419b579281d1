//! What a heading, a title or a file's name tells of the days below it: the year, the month, the week, or one day. It
//! reads no note.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::date_forms::{self, Date, Day, leading_word};
use super::words;
use crate::import::csv::dates::DayOrder;
use crate::import::csv::words::{is_week, month};

/// The level of a line that is only a heading by its words.
pub const BARE: u8 = 7;

/// The longest line that can be a heading by its words.
const LONGEST_BARE: usize = 60;

/// The number of bytes of a text that are searched.
const LONGEST_LOOKED_THROUGH: usize = 200;

/// The most days between the ends of a week.
const LONGEST_WEEK_DAYS: i64 = 13;

/// The dates in a heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeadingDates {
    /// The year.
    pub year: Option<i32>,
    /// The month, if its year is known too.
    pub month: Option<(i32, u32)>,
    /// The first and last day of a week.
    pub week: Option<(NaiveDate, NaiveDate)>,
    /// The one day it names.
    pub day: Option<NaiveDate>,
}

impl HeadingDates {
    /// True if it names a period and not a day.
    pub fn is_stretch(&self) -> bool {
        self.day.is_none() && (self.year.is_some() || self.month.is_some() || self.week.is_some())
    }
}

/// The level and words of a heading in Markdown or of an outline in Org.
pub fn of_line<'a>(line: &'a str, below: Option<&str>, org: bool) -> Option<(u8, &'a str)> {
    let indented = line.trim_start();
    let bare = indented.strip_prefix("- ").unwrap_or(indented);
    for mark in ['#', '*'] {
        let body = if mark == '*' { line } else { bare };
        let count = body.bytes().take_while(|byte| char::from(*byte) == mark).count();
        if (1..=6).contains(&count) && body[count..].starts_with([' ', '\t']) && (mark == '#' || org) {
            let words = body[count..].trim().trim_end_matches('#').trim_end();
            return u8::try_from(count).ok().map(|level| (level, words));
        }
    }
    let underline = below.map(str::trim).filter(|below| below.len() >= 3)?;
    (underline.bytes().all(|byte| byte == b'=') && !line.trim().is_empty()).then(|| (1, line.trim()))
}

/// The words of a line that is only a heading by its words, such as `Week of 3 March 2026:`, and its dates.
pub fn bare(line: &str, year: Option<i32>, order: DayOrder) -> Option<HeadingDates> {
    let words = line.trim().trim_matches(['*', '_', '=', '-', '>', ' ', ':']);
    let first = leading_word(words);
    // "Training log, week ending 3/15/2026" is a heading whatever other words it has.
    let names_its_week =
        || runs(words).any(is_week) && !words.ends_with('.') && told(words, year, order).week.is_some();
    if words.len() > LONGEST_BARE {
        return None;
    }
    let begins = first.is_empty() && words.starts_with(|c: char| c.is_ascii_digit())
        || !first.is_empty() && (month(first).is_some() || is_week(first) || words::weekday(first).is_some());
    if !(begins && runs(words).all(is_of_the_calendar) || names_its_week()) {
        return None;
    }
    let told = told(words, year, order);
    // "2026" alone may be a count, so it needs a mark of a heading next to it.
    let only_year = told.week.is_none() && told.month.is_none();
    (told.is_stretch() && !(only_year && words == line.trim())).then_some(told)
}

fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty())
}

fn is_of_the_calendar(run: &str) -> bool {
    let letters = run.trim_start_matches(|c: char| c.is_ascii_digit());
    letters.is_empty()
        || letters.len() < run.len() && (words::is_ordinal_ending(letters) || letters == "W")
        || month(run).is_some()
        || is_week(run)
        || words::weekday(run).is_some()
        || words::is_particle(run)
        || words::is_ending(run)
        || words::is_span(run)
        || run.starts_with('W') && run[1..].bytes().all(|byte| byte.is_ascii_digit())
}

/// The dates in a text. `year` is that of a heading above, and `order` that of day and month in the file.
pub fn told(text: &str, year: Option<i32>, order: DayOrder) -> HeadingDates {
    let text = &text[..text.floor_char_boundary(LONGEST_LOOKED_THROUGH)];
    let seen = HeadingParts::of(text);
    let own_year = seen.year.or_else(|| seen.dates.iter().find_map(|(date, _)| year_of(date)));
    let year = own_year.or(year);
    let days: Vec<NaiveDate> = seen.dates.iter().filter_map(|(date, _)| day_in(date, year, order)).collect();
    let mut told = HeadingDates { year: own_year, ..HeadingDates::default() };
    match days[..] {
        [first, second] => told.week = span(first, second),
        [one] if seen.week => {
            let six = Days::new(6);
            told.week = if seen.ending { Some((one - six, one)) } else { Some((one, one + six)) };
        }
        [one] => {
            let whole = seen.dates.first().is_some_and(|(date, since)| year_of(date).is_some() && !since);
            told.day = Some(one).filter(|_| whole);
        }
        _ => {
            let iso = seen.week_number.filter(|_| own_year.is_some() || seen.calendar_week).zip(year);
            told.week = iso.and_then(|(week, year)| {
                let monday = NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)?;
                Some((monday, monday + Days::new(6)))
            });
            told.month = year.zip(seen.month).filter(|_| told.week.is_none());
        }
    }
    told
}

fn year_of(date: &Date) -> Option<i32> {
    match date.day {
        Day::Known(day) => Some(day.year()),
        Day::Either { year, .. } => year,
        _ => None,
    }
}

fn day_in(date: &Date, year: Option<i32>, order: DayOrder) -> Option<NaiveDate> {
    match date.day {
        Day::Known(day) => Some(day),
        Day::OfYear { month, day } => NaiveDate::from_ymd_opt(year?, month, day),
        Day::Either { first, second, year: own } => {
            let (day, month) = match order {
                _ if first > 12 => (first, second),
                _ if second > 12 => (second, first),
                DayOrder::DayFirst => (first, second),
                DayOrder::MonthFirst => (second, first),
                DayOrder::Unsettled | DayOrder::YearFirst => return None,
            };
            NaiveDate::from_ymd_opt(own.or(year)?, month, day)
        }
        Day::OfMonth(_) | Day::OfWeek | Day::None => None,
    }
}

/// The first and last day of a week, which may begin in the old year.
fn span(first: NaiveDate, last: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let first = if first > last { first.with_year(first.year() - 1)? } else { first };
    ((1..=LONGEST_WEEK_DAYS).contains(&(last - first).num_days())).then_some((first, last))
}

/// The parts of a heading.
#[derive(Default)]
struct HeadingParts {
    /// Dates, each with whether a word such as "since" is before it.
    dates: Vec<(Date, bool)>,
    year: Option<i32>,
    month: Option<u32>,
    week: bool,
    /// True for a word that always means the ISO 8601 week.
    calendar_week: bool,
    week_number: Option<u32>,
    ending: bool,
}

impl HeadingParts {
    fn of(text: &str) -> Self {
        let mut seen = Self::default();
        let mut at = 0;
        let mut word_before = "";
        while let Some(next) = text[at..].find(char::is_alphanumeric) {
            at += next;
            let rest = &text[at..];
            if let Some((dates, length)) = days_of_a_month(rest) {
                seen.dates.extend(dates.map(|date| (date, false)));
                at += length;
            } else if let Some(date) = date_forms::at_start(rest).filter(is_a_day) {
                let since = words::is_span(word_before);
                at += date.end;
                seen.dates.push((date, since));
                if let Some((second, length)) = to_day_of_the_same_month(&date, &text[at..]) {
                    seen.dates.push((second, false));
                    at += length;
                }
                word_before = "";
            } else {
                let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
                seen.add(&rest[..end], &rest[end..], word_before);
                word_before = &rest[..end];
                at += end;
            }
            if seen.dates.len() > 2 {
                break;
            }
        }
        seen
    }

    fn add(&mut self, run: &str, rest: &str, before: &str) {
        let number = run.parse::<u32>().ok();
        let week = run.strip_prefix(['W', 'w']).and_then(|digits| digits.parse::<u32>().ok()).or(number);
        if let Some(year) = number.filter(|year| run.len() == 4 && (1_980..2_100).contains(year)) {
            self.year = i32::try_from(year).ok();
            let month = rest.strip_prefix(['-', '/', '.', '_']).and_then(|behind| behind.get(..2)?.parse::<u32>().ok());
            self.month = month.filter(|month| (1..=12).contains(month)).or(self.month);
        } else if let Some(month) = month(run).filter(|_| !words::is_everyday_month(run)) {
            self.month = Some(month);
        } else if is_week(run) {
            self.week = true;
            self.calendar_week |= run.eq_ignore_ascii_case("kw");
        } else if words::is_ending(run) && self.week {
            self.ending = true;
        } else if let Some(week) = week.filter(|week| (1..=53).contains(week) && (is_week(before) || number.is_none()))
        {
            self.week_number = Some(week);
        } else if let Some(month) =
            number.filter(|month| (1..=12).contains(month) && before.len() == 4 && self.year.is_some())
        {
            self.month = self.month.or(Some(month));
        }
    }
}

fn is_a_day(date: &Date) -> bool {
    !date.leans && !date.unsure && !matches!(date.day, Day::OfWeek | Day::OfMonth(_) | Day::None)
}

/// `3–9 March 2026`: both days, and the length of their text.
fn days_of_a_month(text: &str) -> Option<(impl Iterator<Item = Date> + use<>, usize)> {
    let (first, behind) = small_day(text)?;
    let second_at = text.len() - to(behind)?.len();
    let second = date_forms::at_start(&text[second_at..]).filter(is_a_day)?;
    let first = with_day(&second, first)?;
    Some(([first, second].into_iter(), second_at + second.end))
}

/// The second day in ` - 9` after `March 3`.
fn to_day_of_the_same_month(first: &Date, text: &str) -> Option<(Date, usize)> {
    // "2026-03-04-02" is the second file of that day.
    if matches!(first.day, Day::Known(_)) && text.starts_with(['-', '_']) {
        return None;
    }
    let rest = to(text)?;
    let (day, behind) = small_day(rest)?;
    let another = date_forms::at_start(rest).is_some_and(|date| is_a_day(&date));
    if another || behind.starts_with([':', '/']) {
        return None;
    }
    Some((with_day(first, day)?, text.len() - behind.len()))
}

fn with_day(date: &Date, day: u32) -> Option<Date> {
    let day = match date.day {
        Day::Known(known) => Day::Known(known.with_day(day)?),
        Day::OfYear { month, .. } => Day::OfYear { month, day },
        _ => return None,
    };
    Some(Date { day, ..*date })
}

/// A day of one or two digits with its ending, and what follows.
fn small_day(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let day = text[..digits].parse().ok().filter(|day| digits <= 2 && (1..=31).contains(day))?;
    let rest = &text[digits..];
    let ending = leading_word(rest);
    let rest =
        if words::is_ordinal_ending(ending) { &rest[ending.len()..] } else { rest.strip_prefix('.').unwrap_or(rest) };
    Some((day, rest))
}

/// The text after a dash or a word for "to".
fn to(text: &str) -> Option<&str> {
    let rest = text.trim_start();
    if let Some(behind) = rest.strip_prefix(['-', '–', '—']) {
        return Some(behind.trim_start());
    }
    let word = leading_word(rest);
    (words::is_span(word) && rest[word.len()..].starts_with(' ')).then(|| rest[word.len()..].trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let told = told(text, None, DayOrder::Unsettled);
        match told {
            HeadingDates { day: Some(day), .. } => format!("day {day}"),
            HeadingDates { week: Some((first, last)), .. } => format!("{first} to {last}"),
            HeadingDates { month: Some((year, month)), .. } => format!("month {year}-{month}"),
            HeadingDates { year: Some(year), .. } => format!("year {year}"),
            _ => "nothing".to_owned(),
        }
    }

    #[test]
    fn headings_tell_the_year_the_month_the_week_or_a_day() {
        for (text, meant) in [
            ("Training 2026", "year 2026"),
            ("March 2026", "month 2026-3"),
            ("März 2026", "month 2026-3"),
            ("2026-03", "month 2026-3"),
            ("Week of 2 March 2026", "2026-03-02 to 2026-03-08"),
            ("Week commencing 2026-03-02", "2026-03-02 to 2026-03-08"),
            ("Log, week ending 3/15/2026", "2026-03-09 to 2026-03-15"),
            ("2nd-8th March 2026", "2026-03-02 to 2026-03-08"),
            ("Week 10 (2–8 March 2026)", "2026-03-02 to 2026-03-08"),
            ("March 2 - 8, 2026", "2026-03-02 to 2026-03-08"),
            ("Entry 4: February 23 - March 1, 2026", "2026-02-23 to 2026-03-01"),
            ("29 December - 4 January 2026", "2025-12-29 to 2026-01-04"),
            ("Week 10, 2026", "2026-03-02 to 2026-03-08"),
            ("2026-W10", "2026-03-02 to 2026-03-08"),
            ("KW 10 2026", "2026-03-02 to 2026-03-08"),
            ("Long run, Wednesday 4 March 2026", "day 2026-03-04"),
            ("Session - 2026-03-04", "day 2026-03-04"),
            ("Kept since 4 March 2026", "year 2026"),
            ("Week 5", "nothing"),
            ("The week after the race", "nothing"),
            ("T10/T15/T19", "nothing"),
            ("Left hip diary", "nothing"),
        ] {
            assert_eq!(said(text), meant, "{text}");
        }
    }

    #[test]
    fn lines_of_the_calendar_alone_are_headings() {
        let is = |line| bare(line, None, DayOrder::Unsettled).is_some();
        assert!(is("Log - Week ending 3/15/2026") && is("Week in review: March 2 - March 8, 2026"));
        assert!(is("Week of 2 March 2026:") && is("March 2026") && is("**Week 10, 2026**") && is("== 2026 =="));
        for line in
            ["2026", "March was cold", "Week 5", "week 5. 10.06: hip sore", "12 miles", "May we run", "4 March 2026"]
        {
            assert!(!is(line), "{line}");
        }
    }

    #[test]
    fn the_marks_of_headings() {
        assert_eq!(of_line("## March 2026 ##", None, false), Some((2, "March 2026")));
        assert_eq!(of_line("- ## Hip", None, false), Some((2, "Hip")));
        assert_eq!(of_line("My hip", Some("======"), false), Some((1, "My hip")));
        assert_eq!(of_line("** March", None, true), Some((2, "March")));
        for line in ["#hip", "* left hip sore", "####### deep"] {
            assert_eq!(of_line(line, None, false), None, "{line}");
        }
    }
}
