//! The complete dates of a diary from top to bottom, and what they have in common. It reads no note.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::calendar::{self, DateContext, ResolvedDay};
use super::date_forms::{Date, Day};
use super::marks;
use crate::import::csv::dates::DayOrder;
use crate::import::limits::MOST_ENTRIES;

/// The days that are known from their own line, as seen from one line of the text.
pub struct KnownDays {
    /// The order of day and month in the file.
    pub order: DayOrder,
    /// The first and last year in complete dates.
    pub years: Option<(i32, i32)>,
    /// Whether the days of the week beside the dates tell different orders, so that none of them can be trusted.
    pub weekdays_differ: bool,
    /// Each day with the index of its line.
    days: Vec<(usize, NaiveDate)>,
    /// How many of them are in the current line or above it.
    above: usize,
    /// Whether every day of the text is like `2/26` with nothing to separate it, and there are several.
    pub only_bare: bool,
}

/// The least number of lines beginning with such days that make a diary.
const FEWEST_BARE: usize = 2;

impl KnownDays {
    /// Searches a text from a line on. Nothing is kept of most lines, since there may be millions.
    pub fn of(text: &str, from: usize) -> Self {
        let named = |date: &Date| matches!(date.day, Day::Known(_) | Day::Either { .. });
        let dates =
            text.lines().enumerate().skip(from).filter_map(|(at, line)| {
                marks::leading(line).map(|(date, _)| (at, date)).filter(|(_, date)| named(date))
            });
        let dates: Vec<(usize, Date)> = dates.take(MOST_ENTRIES + 1).collect();
        let (bare, dates): (Vec<_>, Vec<_>) = dates.into_iter().partition(|(_, date)| date.unsure);
        let by_figures = calendar::settle(dates.iter().map(|(_, date)| date.day));
        let (by_weekdays, weekdays_differ) = calendar::settle_by_weekdays(dates.iter().map(|(_, date)| date));
        let order = if by_figures == DayOrder::Unsettled { by_weekdays } else { by_figures };
        let order = match order {
            // In a diary of days without separators, these have to tell the order themselves. Scores are out of ten.
            DayOrder::Unsettled if !dates.iter().any(|(_, date)| matches!(date.day, Day::Known(_))) => {
                let is_score = |day: &Day| matches!(day, Day::Either { second: 10, .. });
                calendar::settle(bare.iter().map(|(_, date)| date.day).filter(|day| !is_score(day)))
            }
            order => order,
        };
        let only_bare = dates.is_empty() && bare.len() >= FEWEST_BARE;
        let known = |(at, date): &(usize, Date)| match calendar::resolve(date, &DateContext::default(), order) {
            ResolvedDay::Sure(day) => Some((*at, day)),
            _ => None,
        };
        let years = calendar::years(dates.iter().map(|(_, date)| date.day));
        Self { order, years, weekdays_differ, days: dates.iter().filter_map(known).collect(), above: 0, only_bare }
    }

    /// Moves on to a line further down.
    pub fn go_to(&mut self, at: usize) {
        while self.days.get(self.above).is_some_and(|(place, _)| *place <= at) {
            self.above += 1;
        }
    }

    /// The nearest day below the current line.
    pub fn below(&self) -> Option<NaiveDate> {
        self.days.get(self.above).map(|(_, day)| *day)
    }

    /// True if so many lines have a day of their own that the text is a diary, whatever day is in its name.
    pub fn are_many(&self) -> bool {
        const MANY: usize = 5;
        self.days.iter().map(|(_, day)| day).collect::<BTreeSet<_>>().len() >= MANY
    }

    /// True if no line of the text has a complete date.
    pub fn are_none(&self) -> bool {
        self.days.is_empty()
    }
}
