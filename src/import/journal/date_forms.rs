//! Dates at the beginning of a line, in a heading or in a file's name. Their forms are data, `date_forms.tsv`. It
//! matches one form at one position, and does not know a missing year or the order of day and month in a file.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate, Weekday};

use super::words;
use crate::import::csv::words::{is_counted, length_unit, month, time_unit};

const FORMS_TSV: &str = include_str!("date_forms.tsv");

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| FORMS_TSV.lines().filter_map(Form::load).collect());

/// The years that a diary may be from.
const YEARS: std::ops::RangeInclusive<i32> = 1_980..=2_099;

/// The day of a date, as far as the date tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// One day.
    Known(NaiveDate),
    /// A day and a month in unknown order, perhaps with a year.
    Either { first: u32, second: u32, year: Option<i32> },
    /// A day and a month without a year.
    OfYear { month: u32, day: u32 },
    /// A day without a month.
    OfMonth(u32),
    /// Only a day of the week.
    OfWeek,
    /// Something in the form of a date that is not a valid day.
    None,
}

/// What has to separate a date from the words after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    Nothing,
    NoUnit,
    Mark,
    MonthAbove,
}

/// A date at the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// The day.
    pub day: Day,
    /// The day of the week next to it.
    pub weekday: Option<Weekday>,
    /// Its end, as a byte offset in the text.
    pub end: usize,
    /// True if it is a date only below the name of a month.
    pub leans: bool,
    /// True if nothing separates it from the words, so that it is a date only next to other days.
    pub unsure: bool,
}

#[derive(Debug)]
struct Form {
    parts: Vec<Part>,
    needs: Needs,
    /// Whether its first part is a number, so that most forms are skipped at once.
    begins_with_figure: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Year,
    ShortYear,
    Month,
    Day,
    First,
    Second,
    MonthName,
    Week,
    DayOfWeek,
    Eight,
    Blank,
    Char(char),
}

impl Form {
    fn load(row: &str) -> Option<Self> {
        let (form, needs) = row.split_once('\t').filter(|_| !row.starts_with('#'))?;
        let needs = match needs {
            "open" => Needs::Nothing,
            "number" => Needs::NoUnit,
            "marked" => Needs::Mark,
            "lean" => Needs::MonthAbove,
            _ => return None,
        };
        let parts: Vec<Part> = form
            .chars()
            .map(|c| match c {
                'Y' => Part::Year,
                'y' => Part::ShortYear,
                'M' => Part::Month,
                'D' => Part::Day,
                'A' => Part::First,
                'C' => Part::Second,
                'B' => Part::MonthName,
                'V' => Part::Week,
                'U' => Part::DayOfWeek,
                '8' => Part::Eight,
                ' ' => Part::Blank,
                other => Part::Char(other),
            })
            .collect();
        let begins_with_figure = parts.first() != Some(&Part::MonthName);
        Some(Self { parts, needs, begins_with_figure })
    }
}

/// The date that `text` begins with, including a preceding day of the week.
pub fn at_start(text: &str) -> Option<Date> {
    let first = text.chars().next()?;
    if first.is_ascii_digit() {
        let date = match_form(text, None)?;
        return Some(Date { weekday: date.weekday.or_else(|| weekday_behind(text, &date)), ..date });
    }
    if !first.is_alphabetic() {
        return None;
    }
    let word = leading_word(text);
    if let Some(weekday) = words::weekday(word) {
        let behind = skip_blank(text, word.len());
        let date = text.get(behind..).and_then(|rest| match_form(rest, Some(weekday)));
        // "Mar" is Tuesday in French and March in English.
        if let Some(date) = date.filter(|date| !date.leans || month(word).is_none()) {
            return Some(Date { end: behind + date.end, ..date });
        }
    }
    match_form(text, None).or_else(|| {
        let weekday = words::weekday(word).filter(|_| word.chars().count() > 2)?;
        is_marked(text, word.len()).then_some(Date {
            day: Day::OfWeek,
            weekday: Some(weekday),
            end: word.len(),
            leans: false,
            unsure: false,
        })
    })
}

/// The day of the week behind a date that does not tell its day alone: "04/03/2026 Wed:". "Sat down" is none.
fn weekday_behind(text: &str, date: &Date) -> Option<Weekday> {
    if !matches!(date.day, Day::Either { .. } | Day::OfYear { .. }) {
        return None;
    }
    let rest = text.get(date.end..)?.trim_start_matches([' ', ',', '(', '[']);
    let word = leading_word(rest);
    words::weekday(word).filter(|_| is_marked(rest, word.len()))
}

fn match_form(text: &str, weekday: Option<Weekday>) -> Option<Date> {
    let figure = text.starts_with(|c: char| c.is_ascii_digit());
    if !figure && month(leading_word(text)).is_none() {
        return None;
    }
    FORMS.iter().filter(|form| form.begins_with_figure == figure).find_map(|form| {
        let read = Read::of(form, text)?;
        let fits = match form.needs {
            Needs::Nothing => true,
            // "10.2 km" is not 10 February, and "Sunday 2.6 miles" not 2 June.
            Needs::Mark => weekday.is_some() && form.parts.contains(&Part::Char('/')) || !is_before_unit(text, read.at),
            Needs::NoUnit => {
                weekday.is_some()
                    || !is_before_unit(text, read.at) && (!read.name_is_a_word || is_marked(text, read.at))
            }
            Needs::MonthAbove => weekday.is_some() || read.ordinal || is_marked(text, read.at),
        };
        let day = read.day()?;
        if form.parts.first() == Some(&Part::Day) && is_numbered(text) {
            return None;
        }
        let marked = weekday.is_some() || is_marked(text, read.at);
        // "20-06-29" may begin or end with the year.
        let two_ways = form.parts.first() == Some(&Part::ShortYear);
        if two_ways && (!marked || day == Day::None) {
            return None;
        }
        // "4/10: worse" is a score, or 4 October.
        let score = weekday.is_none() && matches!(day, Day::Either { first: 0..=10, second: 10, year: None });
        let unsure = form.needs == Needs::Mark && (!marked || score || two_ways);
        fits.then_some(Date { day, weekday, end: read.at, leans: form.needs == Needs::MonthAbove, unsure })
    })
}

/// Whether a text begins with the number of an item and a day behind an English month: "1. March 17", "2. May 3, 2026". In
/// German, where a point follows the day, a year may follow the month.
fn is_numbered(text: &str) -> bool {
    const ENGLISH_ALONE: [&str; 8] = ["january", "february", "march", "may", "june", "july", "october", "december"];
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let Some(rest) = text[digits..].strip_prefix(". ").map(str::trim_start) else { return false };
    let word = leading_word(rest);
    let behind = rest[word.len()..].trim_start();
    let figures = behind.bytes().take_while(u8::is_ascii_digit).count();
    let year = behind[figures..].trim_start_matches([',', ' ']);
    let has_year = year.bytes().take_while(u8::is_ascii_digit).count() == 4;
    matches!(figures, 1 | 2)
        && month(word).is_some()
        && (has_year || ENGLISH_ALONE.iter().any(|name| word.eq_ignore_ascii_case(name)))
}

/// The parts that one form found in a text.
#[derive(Default)]
struct Read {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    first: Option<u32>,
    second: Option<u32>,
    week: Option<u32>,
    day_of_week: Option<u32>,
    eight: Option<NaiveDate>,
    /// True if the day has an ending such as "th".
    ordinal: bool,
    /// True if the name of the month is also an everyday word.
    name_is_a_word: bool,
    at: usize,
}

impl Read {
    fn of(form: &Form, text: &str) -> Option<Self> {
        let mut read = Self::default();
        for part in &form.parts {
            read.take(*part, text)?;
        }
        read.ends_well(text, form).then_some(read)
    }

    fn take(&mut self, part: Part, text: &str) -> Option<()> {
        let rest = text.get(self.at..)?;
        let digits = &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()];
        let small = || (matches!(digits.len(), 1 | 2)).then(|| digits.parse::<u32>().ok()).flatten();
        match part {
            Part::Blank => {
                self.at = skip_blank(text, self.at);
                return Some(());
            }
            Part::Char(c) => {
                rest.starts_with(c).then_some(())?;
                self.at += c.len_utf8();
                return Some(());
            }
            Part::MonthName => {
                let word = leading_word(rest);
                self.month = Some(month(word)?);
                self.name_is_a_word = words::is_everyday_month(word);
                self.at += word.len();
                return Some(());
            }
            Part::Year => {
                self.year = Some(digits.parse().ok().filter(|year| digits.len() == 4 && YEARS.contains(year))?);
            }
            Part::ShortYear if digits.len() == 2 => self.year = Some(2_000 + digits.parse::<i32>().ok()?),
            Part::ShortYear => return self.take(Part::Year, text),
            Part::Month => self.month = Some(small()?),
            Part::Day => {
                self.day = Some(small().filter(|day| (1..=99).contains(day))?);
                let ending = leading_word(rest.get(digits.len()..)?);
                if words::is_ordinal_ending(ending) {
                    self.ordinal = true;
                    self.at += ending.len();
                }
            }
            Part::First => self.first = Some(small()?),
            Part::Second => self.second = Some(small()?),
            Part::Week => self.week = Some(small()?),
            Part::DayOfWeek => self.day_of_week = Some(small().filter(|_| digits.len() == 1)?),
            Part::Eight => {
                let date = NaiveDate::parse_from_str(digits, "%Y%m%d").ok();
                self.eight = Some(date.filter(|date| digits.len() == 8 && YEARS.contains(&date.year()))?);
            }
        }
        self.at += digits.len();
        Some(())
    }

    /// True if no digit or letter follows. A date without a year also must not be followed by what may be a
    /// further part.
    fn ends_well(&self, text: &str, form: &Form) -> bool {
        let rest = text.get(self.at..).unwrap_or_default();
        let mut next = rest.chars();
        let (one, other) = (next.next(), next.next());
        let own_end = matches!(form.parts.last(), Some(Part::Char(c)) if !c.is_ascii());
        let time = one == Some('T') && other.is_some_and(|c| c.is_ascii_digit());
        let goes_on = one.is_some_and(char::is_alphanumeric) && !own_end && !time;
        let yearless = self.year.is_none() && self.eight.is_none();
        let further = matches!(one, Some('/' | '.' | '-' | ':' | ',')) && other.is_some_and(|c| c.is_ascii_digit());
        !(goes_on || yearless && further)
    }

    fn day(&self) -> Option<Day> {
        if let Some(date) = self.eight {
            return Some(Day::Known(date));
        }
        if let (Some(year), Some(week), Some(day)) = (self.year, self.week, self.day_of_week) {
            let weekday = Weekday::try_from(u8::try_from(day.checked_sub(1)?).ok()?).ok()?;
            return Some(NaiveDate::from_isoywd_opt(year, week, weekday).map_or(Day::None, Day::Known));
        }
        if let (Some(first), Some(second)) = (self.first, self.second) {
            let possible = (1..=12).contains(&first.min(second)) && (1..=31).contains(&first.max(second));
            return match (possible, self.year) {
                (true, year) => Some(Day::Either { first, second, year }),
                (false, Some(_)) => Some(Day::None),
                (false, None) => None,
            };
        }
        match (self.year, self.month, self.day) {
            (Some(year), Some(month), Some(day)) => {
                Some(NaiveDate::from_ymd_opt(year, month, day).map_or(Day::None, Day::Known))
            }
            // 29 February exists in some years.
            (None, Some(month), Some(day)) => {
                NaiveDate::from_ymd_opt(2_024, month, day).map(|_| Day::OfYear { month, day })
            }
            (None, None, Some(day)) if day <= 31 => Some(Day::OfMonth(day)),
            _ => None,
        }
    }
}

/// The letters that `text` begins with; hyphens count only within the name of a weekday.
pub fn leading_word(text: &str) -> &str {
    let letter = |c: char| c.is_alphabetic() && !matches!(c, '年' | '月' | '日' | '년' | '월' | '일');
    if text.starts_with("月曜日") || text.starts_with("日曜日") {
        return &text[.."月曜日".len()];
    }
    let end = |from: usize| text[from..].find(|c: char| !letter(c)).map_or(text.len(), |length| from + length);
    let word = end(0);
    let joined = if text[word..].starts_with('-') { end(word + 1) } else { word };
    if joined > word + 1 && words::weekday(&text[..joined]).is_some() {
        return &text[..joined];
    }
    &text[..word]
}

/// The position after spaces, commas, full stops and function words.
fn skip_blank(text: &str, from: usize) -> usize {
    let mut at = from;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.')).len();
        let word = leading_word(&rest[blank..]);
        let little = !word.is_empty()
            && blank + word.len() < rest.len()
            && rest[blank + word.len()..].starts_with([' ', '\u{a0}', '\''])
            && (blank > 0 || at == from)
            && words::is_particle(word);
        if !little {
            return at + blank;
        }
        at += blank + word.len() + 1;
    }
}

/// True if a mark, a bracket or the end of the text is at `at`, which separates a date from what follows.
pub fn is_marked(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let closed = rest.trim_start_matches([')', ']', '>', '*', '_']);
    let blank = closed.trim_start();
    closed.len() < rest.len()
        || blank.is_empty()
        || closed.starts_with([':', ';', '|', '：', ','])
        || blank.starts_with(['–', '—', '|'])
        || blank.starts_with(": ")
        || blank.starts_with("- ")
        || closed.starts_with('\t')
}

/// True if a unit is at `at`, so that the number before it counts something.
fn is_before_unit(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default().trim_start();
    let word = leading_word(rest);
    rest.starts_with(['x', '×', '%']) && word.len() <= 1
        || !word.is_empty() && (length_unit(word).is_some() || time_unit(word).is_some() || is_counted(word))
}

#[cfg(test)]
mod tests;
