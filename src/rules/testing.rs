//! A tiny log for the tests of rules: runs, other days and episodes in, tables and a verdict out.

use chrono::{NaiveDate, Weekday};

use super::{InputRun, Outcome, Rule, RuleInput};
use crate::model::episode::{Episode, Warning};
use crate::model::reading::{Region, Side};
use crate::model::threshold::Settings;
use crate::tables::{self, BLANK_DAYS, ShoeLimits, TableRun, Tables, Week};

/// A log under construction. Weeks begin on Monday.
pub(super) struct Log {
    pub as_of: NaiveDate,
    pub notes: Vec<NaiveDate>,
    pub episodes: Vec<Episode>,
    pub warnings: Vec<Warning>,
    pub shoes: Vec<ShoeLimits>,
    pub settings: Settings,
    runs: Vec<(String, NaiveDate, Option<u32>, Option<usize>)>,
}

impl Log {
    pub fn new(as_of: &str) -> Self {
        Self {
            as_of: as_of.parse().expect("a date"),
            notes: Vec::new(),
            episodes: Vec::new(),
            warnings: Vec::new(),
            shoes: Vec::new(),
            settings: Settings::default(),
            runs: Vec::new(),
        }
    }

    #[expect(clippy::unused_self, reason = "reads better where it is used")]
    pub fn day(&self, text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    pub fn run(&mut self, date: NaiveDate, distance_m: Option<u32>) -> &mut Self {
        self.run_in(date, distance_m, None)
    }

    pub fn run_in(&mut self, date: NaiveDate, distance_m: Option<u32>, shoe: Option<usize>) -> &mut Self {
        let same_day = self.runs.iter().filter(|run| run.1 == date).count();
        let tie = if same_day == 0 { String::new() } else { format!("-{}", same_day + 1) };
        self.runs.push((format!("{}{tie}", date.format("%Y%m%d")), date, distance_m, shoe));
        self
    }

    /// Adds an episode with these painful days, which is open if the last is within two weeks of `as_of`.
    pub fn episode(&mut self, painful_days: &[&str]) -> &mut Self {
        let days: Vec<NaiveDate> = painful_days.iter().map(|text| self.day(text)).collect();
        let (onset, end) = (days[0], days[days.len() - 1]);
        self.episodes.push(Episode {
            id: format!("{onset}/left"),
            side: Side::Left,
            region: Region::General,
            regions: [Region::General].into(),
            onset,
            end,
            open: (self.as_of - end).num_days() <= 14,
            painful_days: days,
            denials: Vec::new(),
            peak_severity: None,
            qualities: [].into(),
            timing: [].into(),
            red_flags: [].into(),
            consultation: false,
            stopped_running: false,
        });
        self
    }

    /// The weeks of the log.
    pub fn weeks(&mut self) -> Vec<Week> {
        self.tables().weeks
    }

    fn tables(&mut self) -> Tables {
        self.runs.sort_by_key(|run| (run.1, run.0.clone()));
        let runs: Vec<TableRun<'_>> = self
            .runs
            .iter()
            .map(|(_, date, distance_m, shoe)| TableRun {
                date: *date,
                distance_m: *distance_m,
                shoe: *shoe,
                entry: None,
            })
            .collect();
        tables::build(&tables::Input {
            runs: &runs,
            other_sport_days: &[],
            note_days: &self.notes,
            shoes: &self.shoes,
            week_start: Weekday::Mon,
            as_of: self.as_of,
            blank_days: BLANK_DAYS.default,
        })
        .expect("tables")
    }

    pub fn check(&mut self, rule: &dyn Rule) -> Outcome {
        let tables = self.tables();
        let seen_runs: Vec<InputRun<'_>> = self
            .runs
            .iter()
            .map(|(id, date, distance_m, shoe)| InputRun {
                id,
                date: *date,
                distance_m: *distance_m,
                shoe: shoe.map(|index| self.shoes[index].name.as_str()),
            })
            .collect();
        rule.check(&RuleInput {
            as_of: self.as_of,
            runs: &seen_runs,
            days: &tables.days,
            weeks: &tables.weeks,
            shoes: &tables.shoes,
            episodes: &self.episodes,
            warnings: &self.warnings,
            settings: &self.settings,
        })
    }
}
