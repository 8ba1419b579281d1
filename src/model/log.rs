//! Everything read, merged and placed on local days: the input of the analysis.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use super::activity::{Distance, SportFrom};
use super::assumption::{Assumed, Assumption};
use super::iso_day::{self, push_digits};
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
    let mut base = String::with_capacity("20260304T063000+1300".len());
    let day = start.map_or(day, |start| start.date());
    push_digits(&mut base, day.year().unsigned_abs(), 4);
    push_digits(&mut base, day.month(), 2);
    push_digits(&mut base, day.day(), 2);
    if let Some(start) = start {
        base.push('T');
        for part in [start.hour(), start.minute(), start.second()] {
            push_digits(&mut base, part, 2);
        }
    }
    if let (Some(_), Some(offset_s)) = (start, offset_s) {
        let minutes = offset_s / 60;
        base.push(if minutes < 0 { '-' } else { '+' });
        push_digits(&mut base, minutes.unsigned_abs() / 60, 2);
        push_digits(&mut base, minutes.unsigned_abs() % 60, 2);
    }
    base
}

/// A local time such as `2026-03-04T06:30:00`, without the parts of a second.
#[must_use]
pub fn to_the_second(start: NaiveDateTime) -> String {
    let mut text = String::with_capacity("2026-03-04T06:30:00+13:00".len());
    if !iso_day::push(&mut text, start.date()) {
        return format!("{:?}", start.with_nanosecond(0).unwrap_or(start));
    }
    for (mark, part) in [('T', start.hour()), (':', start.minute()), (':', start.second())] {
        text.push(mark);
        push_digits(&mut text, part, 2);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_time_is_written_as_chrono_writes_it() {
        let times =
            [("2026-03-04T06:30:09.999", "2026-03-04T06:30:09"), ("0007-12-31T00:00:00", "0007-12-31T00:00:00")];
        for (start, shown) in times {
            assert_eq!(to_the_second(start.parse().expect("a time")), shown);
        }
        let leap = NaiveDate::from_ymd_opt(2016, 12, 31).and_then(|day| day.and_hms_milli_opt(23, 59, 59, 1_500));
        assert_eq!(leap.map(to_the_second).as_deref(), Some("2016-12-31T23:59:59"));
        let far = NaiveDate::from_ymd_opt(12_026, 1, 2).and_then(|day| day.and_hms_opt(3, 4, 5));
        assert_eq!(far.map(to_the_second).as_deref(), Some("+12026-01-02T03:04:05"));
    }

    #[test]
    fn an_id_is_the_start_and_the_offset_as_the_clock_shows_them() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 4).expect("a day");
        let start = day.and_hms_milli_opt(6, 30, 9, 999);
        assert_eq!(id_base(day, None, Some(3_600)), "20260304");
        assert_eq!(id_base(day, start, None), "20260304T063009");
        for (offset_s, shown) in [(46_800, "+1300"), (0, "+0000"), (-12_600, "-0330"), (20_700, "+0545")] {
            assert_eq!(id_base(day, start, Some(offset_s)), format!("20260304T063009{shown}"));
        }
        for start in (0..3_000)
            .filter_map(|hours| day.and_hms_opt(0, 0, 1)?.checked_add_signed(chrono::Duration::hours(hours * 7)))
        {
            assert_eq!(id_base(day, Some(start), None), start.format("%Y%m%dT%H%M%S").to_string());
        }
    }
}
