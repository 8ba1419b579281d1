//! Recordings whose clock is years behind all others: by 1,024 weeks, after which the satellites' week count starts
//! again, or by whole decades, where somebody set the year. It decides nothing about local days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, Months, NaiveDate};

use super::merge::Item;

/// Nobody who keeps a log pauses longer than this.
const LONGEST_BREAK_DAYS: i64 = 5 * 365;

/// After this many weeks the satellites' week count starts again.
const WEEKS_OF_SATELLITES: u64 = 1_024;

/// The true day is this close to other entries.
const NEAR_DAYS: u64 = 31;

/// There have to be this many others for each recording that is behind, or the early ones are a log of their own.
const OTHERS_FOR_EACH: usize = 3;

/// A recording with a clock that is behind, and its probable day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaleClock {
    /// Its position among the items.
    pub index: usize,
    /// The day it probably is of.
    pub likely: NaiveDate,
}

/// The recordings that are years before all others, and among them once their clock is corrected.
#[must_use]
pub fn behind(items: &[Item]) -> Vec<StaleClock> {
    let mut by_day: Vec<(NaiveDate, usize)> =
        items.iter().enumerate().map(|(index, item)| (item.placed.date, index)).collect();
    by_day.sort_unstable();
    let is_break = |pair: &[(NaiveDate, usize)]| (pair[1].0 - pair[0].0).num_days() > LONGEST_BREAK_DAYS;
    let Some(last_break) = by_day.windows(2).rposition(is_break) else { return Vec::new() };
    let (early, others) = by_day.split_at(last_break + 1);
    if early.len() * OTHERS_FOR_EACH > others.len() {
        return Vec::new();
    }
    let days: BTreeSet<NaiveDate> = others.iter().map(|(day, _)| *day).collect();
    let files = Files::of(items, others.iter().map(|(_, index)| *index));
    let recorded = early.iter().filter(|(_, index)| !items[*index].activity.by_hand);
    recorded
        .filter_map(|&(day, index)| {
            let by_satellites =
                (1..=2).filter_map(|times| day.checked_add_days(Days::new(times * WEEKS_OF_SATELLITES * 7)));
            let by_decades = (1..=3).filter_map(|times| day.checked_add_months(Months::new(times * 120)));
            let likely = by_satellites
                .filter(|likely| has_day_near(&days, *likely))
                .chain(by_decades.filter(|likely| files.stands_among(&items[index].source, *likely)))
                .next()?;
            Some(StaleClock { index, likely })
        })
        .collect()
}

fn around(day: NaiveDate) -> std::ops::RangeInclusive<NaiveDate> {
    let near = Days::new(NEAR_DAYS);
    day.checked_sub_days(near).unwrap_or(day)..=day.checked_add_days(near).unwrap_or(day)
}

fn has_day_near(days: &BTreeSet<NaiveDate>, day: NaiveDate) -> bool {
    days.range(around(day)).next().is_some()
}

/// The days of each file, by file name: most are named for the day or numbered.
struct Files<'a>(BTreeMap<&'a str, BTreeSet<NaiveDate>>);

impl<'a> Files<'a> {
    fn of(items: &'a [Item], indices: impl Iterator<Item = usize>) -> Self {
        let mut files: BTreeMap<&str, BTreeSet<NaiveDate>> = BTreeMap::new();
        for index in indices {
            files.entry(&items[index].source).or_default().insert(items[index].placed.date);
        }
        Self(files)
    }

    /// Whether the files before and after this one, by name and in its folder, are of about that day. A matching
    /// decade alone proves nothing: somebody may have run on that day ten years ago.
    fn stands_among(&self, path: &str, day: NaiveDate) -> bool {
        let folder = |path: &str| path.rsplit_once('/').map_or_else(String::new, |(folder, _)| folder.to_owned());
        let before = self.0.range(..path).next_back();
        let behind = self.0.range(path..).find(|(other, _)| **other != path);
        let beside: Vec<_> =
            [before, behind].into_iter().flatten().filter(|(other, _)| folder(other) == folder(path)).collect();
        beside.len() == 2 && beside.iter().all(|(_, days)| has_day_near(days, day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::local_time::LocalStart;
    use crate::model::activity::{Activity, SourceKind};
    use crate::model::log::LocalDayBy;

    fn items(entries: &[(&str, &str)]) -> Vec<Item> {
        let item = |(source, day): &(&str, &str)| {
            let date = day.parse().unwrap();
            let placed = LocalStart { date, wall_clock: None, offset: None, instant: None, by: LocalDayBy::LocalDate };
            Item { activity: Activity::new(SourceKind::Track), placed, source: (*source).into() }
        };
        entries.iter().map(item).collect()
    }

    fn likely(entries: &[(&str, &str)]) -> Vec<(usize, String)> {
        behind(&items(entries)).iter().map(|one| (one.index, one.likely.to_string())).collect()
    }

    const LOG: [(&str, &str); 3] = [("r/a", "2026-02-03"), ("r/c", "2026-02-10"), ("r/d", "2026-02-12")];

    #[test]
    fn a_clock_1024_weeks_behind_is_found_whatever_its_file_is_called() {
        // 2006-06-22 and 7,168 days: 19 years with five leap days are 6,940 days to 2025-06-22, and then 228 more.
        let late = [("zz", "2006-06-22")];
        assert_eq!(likely(&[&late[..], &LOG].concat()), [(0, "2026-02-05".to_owned())]);
        assert_eq!(likely(&[&[("zz", "2006-04-22")], &LOG[..]].concat()), [], "that would be the 6th of December");
        assert_eq!(likely(&[&late[..], &LOG[..2]].concat()), [], "one of three may be anything");
        let mut typed = items(&[&late[..], &LOG].concat());
        typed[0].activity.by_hand = true;
        assert_eq!(behind(&typed), []);
    }

    #[test]
    fn a_decade_behind_needs_neighbours_by_name() {
        let named = |name| likely(&[&[(name, "2016-02-07")], &LOG[..]].concat());
        assert_eq!(named("r/b"), [(0, "2026-02-07".to_owned())]);
        assert_eq!(named("r/x"), [], "the last of all");
        assert_eq!(named("b"), [], "of another folder");
    }

    #[test]
    fn a_log_of_years_is_left_alone() {
        assert_eq!(likely(&[&[("r/b", "2022-02-07")], &LOG[..]].concat()), [], "four years are a break");
        assert_eq!(likely(&[]), []);
    }
}
