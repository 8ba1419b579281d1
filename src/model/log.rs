//! Everything read, merged and placed on local days: the input of the analysis.

use chrono::{NaiveDate, NaiveDateTime, Timelike};

use super::activity::{Distance, SportFrom};
use super::assumption::{Assumed, Assumption};
use super::ledger::LedgerRow;
use super::note::Note;
use super::shoe::Shoe;
use super::sport::Sport;

/// The earliest day from which entries are read. Clocks that were never set show 1970, 1980 or 1989.
pub const FIRST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(1990, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// How an entry's local day was settled, best first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, strum::IntoStaticStr,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum LocalDayBy {
    /// The timestamp carries the offset.
    Offset,
    /// The log gives a local date or local wall-clock time.
    LocalDate,
    /// The zone at the first point.
    Coordinates,
    /// `--timezone` or the configuration.
    Timezone,
    /// The zone this machine is set to.
    Machine,
}

/// One run, or one activity of another sport, merged from all its sources.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Entry {
    /// The start as `20260304T063000+1300`, or the date where no time is known, with `-2` appended where two are
    /// equal.
    pub id: String,
    /// The runner's calendar day.
    pub local_date: NaiveDate,
    /// The local start time.
    pub local_start: Option<NaiveDateTime>,
    /// Seconds east of UTC at the start.
    pub utc_offset_s: Option<i32>,
    /// How the day was determined.
    pub day_by: LocalDayBy,
    /// The sport, with the kind of running if it is one.
    pub sport: Sport,
    /// How the sport is known.
    pub sport_from: SportFrom,
    /// The distance; `None` is unknown, not zero.
    pub distance: Option<Distance>,
    /// Moving time in seconds.
    pub moving_s: Option<u32>,
    /// Seconds from start to end.
    pub elapsed_s: Option<u32>,
    /// The shoe as its source spells it.
    pub shoe: Option<String>,
    /// The files that it comes from: the main one first, then by path.
    pub sources: Vec<String>,
    /// How many activities were merged into it.
    pub members: u64,
}

/// The whole log of one athlete.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Log {
    /// Runs by day, then id.
    pub runs: Vec<Entry>,
    /// Other sports by day, then id.
    pub other: Vec<Entry>,
    /// Notes by day, then source and line.
    pub notes: Vec<Note>,
    /// Shoes that exports list.
    pub shoes: Vec<Shoe>,
    /// The name of the owner in the exports, if they all have the same.
    pub owner: Option<String>,
    /// Every file by path.
    pub files: Vec<LedgerRow>,
    /// What was assumed where inputs leave something open, by kind and subject.
    pub assumptions: Vec<Assumption>,
    /// Activities left out because their day is unknown or impossible, or because the runner set them aside.
    pub left_out: u64,
}

/// The most subjects of one kind of assumption that are reported by name; further ones are combined.
const MOST_SUBJECTS: usize = 100;

impl Log {
    /// Records what was assumed in a file; beyond `MOST_SUBJECTS` of a kind, subjects are combined.
    pub fn assume(&mut self, path: &str, mut assumed: Assumed) {
        let of_kind = self.assumptions.iter().filter(|one| one.kind == assumed.kind).count();
        if of_kind >= MOST_SUBJECTS && !self.assumptions.iter().any(|one| one.about == assumed.about) {
            "…".clone_into(&mut assumed.about);
        }
        if !self.assumptions.iter_mut().any(|one| one.join(path, &assumed)) {
            self.assumptions.push(Assumption::first(path, assumed));
        }
    }

    /// True if a file failed, an entry was lost, or at least a third of the activities rest on an assumption that
    /// is likely to be wrong.
    #[must_use]
    pub fn lost_something(&self) -> bool {
        self.files.iter().any(LedgerRow::lost_something) || self.doubts().next().is_some()
    }

    /// The assumptions that are likely to be wrong and that at least a third of the activities rest on.
    pub fn doubts(&self) -> impl Iterator<Item = &Assumption> {
        let members = self.runs.iter().chain(&self.other).map(|entry| entry.members);
        let activities = members.sum::<u64>() + self.left_out;
        let is_heavy = move |one: &&Assumption| one.count > 0 && one.count.saturating_mul(3) >= activities;
        self.assumptions.iter().filter(|one| one.doubtful).filter(is_heavy)
    }
}

/// The beginning of an entry's id: its start with the offset, as far as known, or its day.
#[must_use]
pub fn id_base(day: NaiveDate, start: Option<NaiveDateTime>, offset_s: Option<i32>) -> String {
    let mut base = start.map_or_else(|| day.to_string(), to_the_second);
    base.retain(|c| c != '-' && c != ':');
    if let (Some(_), Some(offset_s)) = (start, offset_s) {
        let minutes = offset_s / 60;
        let sign = if minutes < 0 { '-' } else { '+' };
        base.push_str(&format!("{sign}{:02}{:02}", minutes.abs() / 60, minutes.abs() % 60));
    }
    base
}

/// A local time such as `2026-03-04T06:30:00`, without the parts of a second.
#[must_use]
pub fn to_the_second(start: NaiveDateTime) -> String {
    format!("{:?}", start.with_nanosecond(0).unwrap_or(start))
}
