//! A tiny log and a plan for the tests of this floor.

use chrono::{NaiveDate, Weekday};

use super::course::{Course, History, Run, RunDraft, WeekTotal};
use crate::model::episode::Episode;
use crate::model::threshold::Settings;
use crate::tables::ShoeLimits;

/// A log under construction. Weeks begin on Monday.
#[derive(Debug)]
pub(super) struct Log {
    pub as_of: NaiveDate,
    pub runs: Vec<Run>,
    pub notes: Vec<NaiveDate>,
    pub pairs: Vec<ShoeLimits>,
    pub episodes: Vec<Episode>,
    pub settings: Settings,
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

impl Log {
    pub fn new(as_of: &str) -> Self {
        Self {
            as_of: day(as_of),
            runs: Vec::new(),
            notes: Vec::new(),
            pairs: Vec::new(),
            episodes: Vec::new(),
            settings: Settings::default(),
        }
    }

    /// Four weeks of 8, 8 and 14 km on Tuesday, Thursday and Sunday, from 2 February 2026; 2 March is a Monday.
    pub fn steady(as_of: &str) -> Self {
        let mut log = Self::new(as_of);
        for monday in ["2026-02-02", "2026-02-09", "2026-02-16", "2026-02-23"] {
            for (place, metres) in [(1, 8_000), (3, 8_000), (6, 14_000)] {
                log.run(day(monday) + chrono::Days::new(place), Some(metres));
            }
        }
        log
    }

    pub fn run(&mut self, date: NaiveDate, distance_m: Option<u32>) -> &mut Self {
        self.runs.push(Run { id: date.to_string(), date, distance_m, pair: None, kind: None });
        self.runs.sort_by_key(|run| run.date);
        self
    }

    pub fn history(&self) -> History<'_> {
        History {
            as_of: self.as_of,
            week_start: Weekday::Mon,
            runs: &self.runs,
            other_sport_days: &[],
            note_days: &self.notes,
            pairs: &self.pairs,
            episodes: &self.episodes,
            settings: &self.settings,
        }
    }

    /// A plan of these days and weeks; `*` after a day marks a race.
    pub fn plan(&self, days: &[(&str, u32)], weeks: &[(&str, u32)]) -> Course {
        let planned = days.iter().map(|(date, metres)| RunDraft {
            date: day(date.trim_end_matches('*')),
            distance_m: Some(*metres),
            pair: (!self.pairs.is_empty()).then_some(0),
            kind: date.ends_with('*').then(|| "race".to_owned()),
        });
        let totals = weeks.iter().map(|(start, metres)| WeekTotal { start: day(start), distance_m: *metres });
        Course::new(&self.history(), planned.collect(), totals.collect())
    }
}
