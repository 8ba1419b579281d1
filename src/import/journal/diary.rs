//! A diary while it is read: where each line goes, and the notes, problems and assumptions so far.

use chrono::{Datelike, NaiveDate};

use super::calendar::{self, DateContext, ResolvedDay};
use super::date_forms::{Date, Day};
use super::headings::{self, HeadingDates};
use super::known_days::KnownDays;
use super::undated::{self, UndatedLines};
use super::{marks, place, vault, words};
use crate::import::csv::dates::DayOrder;
use crate::import::imported::Imported;
use crate::import::limits::MOST_ENTRIES;
use crate::model::assumption::{Assumed, AssumptionKind};
use crate::model::concern::{Concern, ConcernClassifier};
use crate::model::fault::Fault;
use crate::model::note::{Given, Note, NoteOrigin};
use crate::model::problem::{Place, Problem};

/// The most characters of a heading that are kept.
const LONGEST_HEADING: usize = 80;

/// One line, and what it begins with.
#[derive(Clone, Copy)]
struct Line<'a> {
    /// Its index, counted from 0.
    at: usize,
    text: &'a str,
    /// The level and words of a heading.
    heading: Option<(u8, &'a str)>,
    /// The date it begins with, and the text after it.
    date: Option<(Date, &'a str)>,
}

/// Where lines go that do not begin with a date.
#[derive(Clone, Copy)]
enum ContinuationTarget {
    /// Into the last note.
    Note { level: Option<u8> },
    /// Into none: their day is unknown, or perhaps this one.
    Undated(Option<NaiveDate>),
}

pub struct Diary<'a> {
    classifier: ConcernClassifier,
    text: &'a str,
    org: bool,
    known: KnownDays,
    /// The dates in the file's name.
    of_name: HeadingDates,
    front_matter: vault::FrontMatter<'a>,
    /// The headings above the current line, with their levels.
    scope: Vec<(u8, HeadingDates)>,
    above: Option<NaiveDate>,
    open: ContinuationTarget,
    notes: Vec<Note>,
    heading: Option<String>,
    problems: Vec<Problem>,
    undated: UndatedLines<'a>,
    /// The number of lines or headings that begin with a day.
    entries: usize,
    years_guessed: u64,
    weekdays_placed: u64,
    /// Days whose year is unknown: their number, and the first such line.
    without_year: Option<(u64, usize, &'a str)>,
    /// Whether these lines, or those below them, mention running.
    yearless_runs: bool,
    /// Whether the text has many days, although its name may be a day.
    has_many_days: bool,
}

impl<'a> Diary<'a> {
    pub fn new(text: &'a str, name: &str, classifier: ConcernClassifier) -> Self {
        let org = name.to_lowercase().ends_with(".org");
        let front_matter = vault::front_matter(text);
        let known = KnownDays::of(text, front_matter.lines);
        let of_name = vault::of_name(name);
        let has_many_days = known.are_many();
        Self {
            has_many_days,
            classifier,
            text,
            org,
            known,
            of_name,
            front_matter,
            scope: Vec::new(),
            above: None,
            open: ContinuationTarget::Undated(None),
            notes: Vec::new(),
            heading: None,
            problems: Vec::new(),
            undated: UndatedLines::new(classifier),
            entries: 0,
            years_guessed: 0,
            weekdays_placed: 0,
            without_year: None,
            yearless_runs: false,
        }
    }

    /// The day of the file as a whole.
    fn of_file(&self) -> Option<NaiveDate> {
        self.of_name.day.or(self.front_matter.day)
    }

    fn around(&self) -> DateContext {
        let told =
            |pick: fn(&HeadingDates) -> bool| self.scope.iter().rev().map(|(_, told)| told).find(|told| pick(told));
        let name = &self.of_name;
        let year_of = |told: &HeadingDates| told.year.or(told.week.map(|(_, last)| last.year()));
        DateContext {
            year: told(|told| told.year.is_some() || told.week.is_some()).and_then(year_of).or_else(|| year_of(name)),
            month: told(|told| told.month.is_some()).and_then(|told| told.month).or(name.month),
            week: told(|told| told.week.is_some()).and_then(|told| told.week).or(name.week),
            above: self.above,
            below: self.known.below(),
            of_file: self.of_file(),
        }
    }

    pub fn read_lines(&mut self) {
        self.begin_the_file();
        self.above = self.of_name.day;
        let mut lines = self.text.lines().enumerate().skip(self.front_matter.lines).peekable();
        while let Some((at, text)) = lines.next() {
            if self.entries > MOST_ENTRIES {
                if matches!(self.open, ContinuationTarget::Note { .. }) {
                    self.notes.pop();
                }
                self.problems.push(Fault::TooManyEntries { most: MOST_ENTRIES }.at(Place::Line(at as u64)));
                break;
            }
            self.known.go_to(at);
            let heading = headings::of_line(text, lines.peek().map(|(_, below)| *below), self.org);
            self.read_line(Line { at, text, heading, date: marks::leading(text) });
        }
    }

    /// Begins the note of the file's day, with what the lines above the text say of the body.
    fn begin_the_file(&mut self) {
        let others: Vec<(usize, String)> =
            self.front_matter.others.iter().map(|(at, line)| (*at, line.replace('_', " "))).collect();
        let told = others.into_iter().filter(|(_, line)| self.tells_of_the_body(line));
        let told: Vec<(usize, String)> = told.collect();
        if let Some(day) = self.of_file() {
            let line = told.first().map_or(self.front_matter.lines, |(at, _)| *at);
            let words: Vec<String> = told.into_iter().map(|(_, line)| line).collect();
            self.begin_note(line, day, &words.join("\n"), Some(0));
        } else {
            let at: Vec<usize> = told.into_iter().map(|(at, _)| at).collect();
            for (at, line) in self.front_matter.others.iter().filter(|(line, _)| at.contains(line)) {
                self.undated.add(*at, line, None);
            }
        }
    }

    /// Whether a line above the text is about the body. A number alone is, if its key is: "week: 8" is no score.
    fn tells_of_the_body(&self, line: &str) -> bool {
        let bare = vault::pair(line).filter(|(_, value)| value.parse::<f64>().is_ok());
        let concerns = |text: &str| self.classifier.concern(text) >= Concern::Body;
        bare.map_or_else(|| concerns(line), |(key, _)| concerns(key) || words::is_score_key(key))
    }

    fn read_line(&mut self, line: Line<'a>) {
        let Line { at, text, heading, date } = line;
        if text.trim().is_empty() {
            self.add_to_note(text);
            return;
        }
        let links = vault::is_navigation(text) && heading.is_none();
        if links && (self.of_file().is_some() || vault::leads_to_several(text)) {
            return;
        }
        if let Some((date, rest)) = date
            && self.began(&line, &date, rest)
        {
            return;
        }
        let has_day = heading.is_none() && marks::looks_dated(text);
        if has_day && self.classifier.concern(text) >= Concern::Body {
            self.lose(None, None);
            self.undated.add(at, text, None);
            return;
        }
        let first = self.entries == 0 && self.heading.is_none();
        let around = self.around();
        if let Some((level, words)) = heading {
            let told = headings::told(words, around.year, self.known.order);
            self.below_heading(at, level, words, told, first);
        } else if let Some(told) =
            headings::bare(text, around.year.or(self.above.map(|day| day.year())), self.known.order)
        {
            self.below_heading(at, headings::BARE, text, told, first);
        } else {
            if first && self.of_file().is_none() && text.contains(char::is_alphanumeric) {
                // A title need not be marked as a heading.
                let told = headings::told(text, None, self.known.order);
                self.scope.push((0, HeadingDates { day: None, ..told }));
                self.heading = short(text);
                if self.undated.is_title(text) {
                    return;
                }
            }
            let introduces = self.entries == 0 && self.of_file().is_none() && words::names_a_diary(text);
            if introduces && self.undated.is_title(text) {
                return;
            }
            self.add(at, text);
        }
    }

    /// Begins the note of a date; false if the line turns out not to have one.
    fn began(&mut self, line: &Line<'a>, date: &Date, rest: &str) -> bool {
        let (at, text, level) = (line.at, line.text, line.heading.map(|(level, _)| level));
        let around = self.around();
        if calendar::is_out_of_place(date, self.known.years) {
            return false;
        }
        let doubtful = self.known.weekdays_differ && matches!(date.day, Day::Either { .. });
        let date = &Date { weekday: date.weekday.filter(|_| !doubtful), ..*date };
        let found = calendar::resolve(date, &around, self.known.order);
        let (day, guessed) = match found {
            // A day that may be another one is reported, and its words do not belong to the day before.
            ResolvedDay::NotADate
                if self.known.only_bare
                    && self.known.order == DayOrder::Unsettled
                    && matches!(date.day, Day::Either { first: 1..=12, second: 1..=12, year: None })
                    && undated::is_of_a_runner(self.classifier, text) =>
            {
                self.lose(level, None);
                self.problems.push(Fault::AmbiguousDay { line: text.to_owned() }.at(place(at)));
                return true;
            }
            ResolvedDay::NotADate => return false,
            ResolvedDay::Sure(day) => (day, false),
            ResolvedDay::Guessed(day) => (day, true),
            ResolvedDay::TwoDays => {
                if matches!(date.day, Day::Either { year: None, .. }) && self.classifier.concern(text) < Concern::Body {
                    return false;
                }
                self.lose(level, None);
                self.problems.push(Fault::AmbiguousDay { line: text.to_owned() }.at(place(at)));
                return true;
            }
            ResolvedDay::Unknown(_) if date.day == Day::None => {
                self.lose(level, None);
                self.problems.push(Fault::BadDay { line: text.to_owned() }.at(place(at)));
                return true;
            }
            ResolvedDay::Unknown(perhaps) => {
                let same = date.day == Day::OfWeek
                    && self.above.zip(date.weekday).is_some_and(|(above, weekday)| above.weekday() == weekday);
                if same && (level.is_none() || self.of_name.day.is_some()) {
                    return false;
                }
                self.lose(level, perhaps);
                self.yearless_runs |= undated::is_of_running(text);
                let lacks_year = matches!(date.day, Day::OfYear { .. } | Day::Either { year: None, .. });
                if lacks_year && perhaps.is_none() {
                    self.without_year.get_or_insert((0, at, text)).0 += 1;
                    self.undated.add_without_year(at, text);
                } else {
                    self.undated.add(at, text, perhaps);
                }
                return true;
            }
        };
        // The file of a day may contain tasks and plans for later days.
        let later = self.of_name.day.is_some_and(|of_file| of_file < day);
        let in_file_of_another = later && level.is_none() && !self.has_many_days;
        if in_file_of_another && self.classifier.concern(text) < Concern::Body {
            return false;
        }
        if guessed && date.day == Day::OfWeek {
            self.weekdays_placed += 1;
        } else if guessed {
            self.years_guessed += 1;
        }
        if let Some(level) = level {
            self.scope.retain(|(above, _)| *above < level);
        }
        self.entries += 1;
        self.above = Some(day);
        self.begin_note(at, day, marks::behind(Some(day), rest), level);
        true
    }

    /// The lines below belong to no known day, unless the file has one.
    fn lose(&mut self, level: Option<u8>, perhaps: Option<NaiveDate>) {
        if let Some(level) = level {
            self.scope.retain(|(above, _)| *above < level);
        }
        self.entries += 1;
        self.open = ContinuationTarget::Undated(perhaps);
    }

    fn begin_note(&mut self, at: usize, date: NaiveDate, words: &str, level: Option<u8>) {
        self.notes.push(Note {
            date,
            text: words.to_owned(),
            source: String::new(),
            line: Some(at as u64 + 1),
            origin: NoteOrigin::Journal,
            given: Given::default(),
            heading: self.heading.clone(),
        });
        self.open = ContinuationTarget::Note { level };
    }

    /// Handles a heading that does not begin with a date: ends the note above it, and uses what it tells.
    fn below_heading(&mut self, at: usize, level: u8, words: &'a str, told: HeadingDates, first: bool) {
        self.scope.retain(|(above, _)| *above < level);
        if first {
            self.heading = short(words);
        }
        // The title of a text may name the day it was begun.
        let alone = !first || self.known.are_none();
        if let Some(day) = told.day.filter(|_| alone && level != headings::BARE) {
            self.entries += 1;
            self.above = Some(day);
            self.begin_note(at, day, words, Some(level));
            return;
        }
        self.scope.push((level, HeadingDates { day: None, ..told }));
        match self.open {
            ContinuationTarget::Note { level: Some(of_note) } if level > of_note && !told.is_stretch() => {
                self.add(at, words);
            }
            _ => match self.of_file().filter(|_| !told.is_stretch()) {
                Some(day) if self.entries > 0 => self.begin_note(at, day, words, Some(0)),
                Some(_) => self.add(at, words),
                None => {
                    self.open = ContinuationTarget::Undated(None);
                    if level == headings::BARE {
                        self.undated.add(at, words, None);
                    } else if !first {
                        self.undated.add_heading(at, words);
                    }
                }
            },
        }
    }

    fn add(&mut self, at: usize, text: &'a str) {
        match self.open {
            ContinuationTarget::Note { .. } => self.add_to_note(text),
            ContinuationTarget::Undated(perhaps) => {
                self.yearless_runs |=
                    self.without_year.is_some() && !self.yearless_runs && undated::is_of_running(text);
                let around = self.around();
                self.undated.add(at, text, undated::day_meant(text, &around, self.known.order).or(perhaps));
            }
        }
    }

    fn add_to_note(&mut self, text: &str) {
        if let (ContinuationTarget::Note { .. }, Some(note)) = (self.open, self.notes.last_mut()) {
            note.text.push('\n');
            note.text.push_str(text.trim_end());
        }
    }

    pub fn finish(mut self) -> Imported {
        let of_file = self.of_file();
        let classifier = self.classifier;
        for note in &mut self.notes {
            note.text = note.text.trim().to_owned();
        }
        // Most days of a vault are about other things.
        self.notes.retain(|note| Some(note.date) != of_file || undated::is_of_a_runner(classifier, &note.text));
        let mut imported = Imported { dialect: Some("journal".to_owned()), ..Imported::default() };
        let names_a_day = self.entries > 0 || of_file.is_some();
        let told = match self.undated.told(names_a_day) {
            Ok(told) => told,
            Err(failed) => return Imported::failed(failed),
        };
        self.problems.extend(told);
        if let Some((count, at, line)) = self.without_year.filter(|_| self.notes.is_empty() && self.yearless_runs) {
            self.problems.push(Fault::DaysWithoutYear { count, line: line.to_owned() }.at(place(at)));
        }
        if self.notes.is_empty() && self.problems.is_empty() {
            return Imported::ignored(if names_a_day {
                "a day without a word of running or of the body"
            } else {
                "no line in it begins with a date such as 2026-03-04"
            });
        }
        let guessed = [
            (self.years_guessed, AssumptionKind::YearGuessed, "in that of the days around them"),
            (self.weekdays_placed, AssumptionKind::WeekdayPlaced, ""),
        ];
        for (count, kind, about) in guessed.into_iter().filter(|(count, _, _)| *count > 0) {
            imported.assumptions.push(Assumed::new(kind, about, count));
        }
        (imported.notes, imported.problems) = (self.notes, self.problems);
        imported
    }
}

/// The words of a line before the first day, shortened if it is long.
fn short(line: &str) -> Option<String> {
    let words = line.trim_matches(|c: char| c.is_whitespace() || "#*=-".contains(c));
    let short: String = words.chars().take(LONGEST_HEADING).collect();
    (!short.is_empty()).then_some(short)
}
