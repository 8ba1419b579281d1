//! Everything read, merged and placed on local days: what the analysis starts from.

use chrono::{NaiveDate, NaiveDateTime};

use super::activity::{Distance, SportFrom};
use super::assumption::{Assumed, Assumption};
use super::ledger::LedgerRow;
use super::note::Note;
use super::shoe::Shoe;
use super::sport::Sport;

/// The earliest day that entries are read from. Clocks that were never set show 1970, 1980 or 1989.
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

/// One run, or one bout of another sport, merged from all its sources.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Entry {
    /// The start as `20260304T063000+1300`, the date alone where no time is known, `-2` on a tie.
    pub id: String,
    /// The runner's calendar day.
    pub local_date: NaiveDate,
    /// Wall-clock start.
    pub local_start: Option<NaiveDateTime>,
    /// Seconds east of UTC at the start.
    pub utc_offset_s: Option<i32>,
    /// How the day was settled.
    pub day_by: LocalDayBy,
    /// The sport, with the kind of running where it is one.
    pub sport: Sport,
    /// What told the sport.
    pub sport_from: SportFrom,
    /// The distance; `None` is unknown, not zero.
    pub distance: Option<Distance>,
    /// Seconds in motion.
    pub moving_s: Option<u32>,
    /// Seconds from start to end.
    pub elapsed_s: Option<u32>,
    /// The shoe as its source spells it.
    pub shoe: Option<String>,
    /// The files that tell of it, the owner first, then by path.
    pub sources: Vec<String>,
    /// How many activities were merged into it.
    pub members: u64,
}

/// The whole log.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Log {
    /// Runs by day, then id.
    pub runs: Vec<Entry>,
    /// Other sports by day, then id.
    pub other: Vec<Entry>,
    /// Notes by day, then source and line.
    pub notes: Vec<Note>,
    /// Shoes that exports declare.
    pub shoes: Vec<Shoe>,
    /// The name that the exports give their owner, where it is one.
    pub owner: Option<String>,
    /// Every file by path.
    pub files: Vec<LedgerRow>,
    /// What was assumed where the inputs leave something open, by kind and subject.
    pub assumptions: Vec<Assumption>,
    /// Activities left out because no day, or an impossible one, could be settled, or the runner set them aside.
    pub left_out: u64,
}

/// Subjects of one kind of assumption that are told of by name; all others stand for together.
const MOST_SUBJECTS: usize = 100;

impl Log {
    /// Notes what was assumed in a file. Of one kind no more than some subjects are told of by name.
    pub fn assume(&mut self, path: &str, mut assumed: Assumed) {
        let of_kind = self.assumptions.iter().filter(|one| one.kind == assumed.kind).count();
        if of_kind >= MOST_SUBJECTS && !self.assumptions.iter().any(|one| one.about == assumed.about) {
            "…".clone_into(&mut assumed.about);
        }
        if !self.assumptions.iter_mut().any(|one| one.join(path, &assumed)) {
            self.assumptions.push(Assumption::first(path, assumed));
        }
    }

    /// True where a file failed, an entry was lost, or a third of the activities or more rest on what may well be wrong.
    #[must_use]
    pub fn lost_something(&self) -> bool {
        self.files.iter().any(LedgerRow::lost_something) || self.doubts().next().is_some()
    }

    /// What was assumed, may well be wrong, and carries a third of the activities or more.
    pub fn doubts(&self) -> impl Iterator<Item = &Assumption> {
        let members = self.runs.iter().chain(&self.other).map(|entry| entry.members);
        let activities = members.sum::<u64>() + self.left_out;
        let is_heavy = move |one: &&Assumption| one.count > 0 && one.count.saturating_mul(3) >= activities;
        self.assumptions.iter().filter(|one| one.doubtful).filter(is_heavy)
    }
}

/// What the id of an entry begins with: its start with the offset, as far as they are known, or its day.
#[must_use]
pub fn id_base(day: NaiveDate, start: Option<NaiveDateTime>, offset_s: Option<i32>) -> String {
    match (start, offset_s) {
        (Some(start), Some(offset_s)) => {
            let minutes = offset_s / 60;
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{}{sign}{:02}{:02}", start.format("%Y%m%dT%H%M%S"), minutes.abs() / 60, minutes.abs() % 60)
        }
        (Some(start), None) => start.format("%Y%m%dT%H%M%S").to_string(),
        (None, _) => day.format("%Y%m%d").to_string(),
    }
}
