//! The dates of a diary that name their day outright, from top to bottom, and what they agree on. It reads no note.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::calendar::{self, DateContext, ResolvedDay};
use super::date_forms::{Date, Day};
use super::marks;
use crate::import::csv::dates::DayOrder;
use crate::import::limits::MOST_ENTRIES;

/// The days that need nothing else to be known, seen from one line of the text.
pub struct KnownDays {
    /// The order of day and month in the file.
    pub order: DayOrder,
    /// The first and the last year that a date writes in full.
    pub years: Option<(i32, i32)>,
    /// Each with the place of its line.
    days: Vec<(usize, NaiveDate)>,
    /// How many of them stand above the present line, or on it.
    above: usize,
}

impl KnownDays {
    /// Looks through a text from a line on. Of most lines nothing is kept: a text may hold millions of them.
    pub fn of(text: &str, from: usize) -> Self {
        let whole = |date: &Date| matches!(date.day, Day::Known(_) | Day::Either { .. }) && !date.unsure;
        let dates =
            text.lines().enumerate().skip(from).filter_map(|(at, line)| {
                marks::leading(line).map(|(date, _)| (at, date)).filter(|(_, date)| whole(date))
            });
        let dates: Vec<(usize, Date)> = dates.take(MOST_ENTRIES + 1).collect();
        let order = calendar::settle(dates.iter().map(|(_, date)| date.day));
        let known = |(at, date): &(usize, Date)| match calendar::resolve(date, &DateContext::default(), order) {
            ResolvedDay::Sure(day) => Some((*at, day)),
            _ => None,
        };
        let years = calendar::years(dates.iter().map(|(_, date)| date.day));
        Self { order, years, days: dates.iter().filter_map(known).collect(), above: 0 }
    }

    /// Goes on to a line further down.
    pub fn go_to(&mut self, at: usize) {
        while self.days.get(self.above).is_some_and(|(place, _)| *place <= at) {
            self.above += 1;
        }
    }

    /// The nearest day below the present line.
    pub fn below(&self) -> Option<NaiveDate> {
        self.days.get(self.above).map(|(_, day)| *day)
    }

    /// True where so many lines name a day of their own that the text is a diary, whatever day its name is of.
    pub fn are_many(&self) -> bool {
        const MANY: usize = 5;
        self.days.iter().map(|(_, day)| day).collect::<BTreeSet<_>>().len() >= MANY
    }

    /// True where no line of the text names a day outright.
    pub fn are_none(&self) -> bool {
        self.days.is_empty()
    }
}
