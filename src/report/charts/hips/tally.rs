//! Counts the painful days for each side and spot of the hips. A side or spot that no note of a day names stays unknown;
//! it is never guessed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::model::reading::{Region, Side};
use crate::report::contract::PainRow;

/// A side of the hips and the spot on it, each of which may be unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Left, right or unknown; pain on both sides counts as two places.
    pub side: Side,
    /// The spot; `General` if none is named.
    pub region: Region,
}

impl Place {
    /// Whether this place is at least as exact as the other and does not contradict it.
    fn covers(self, other: Self) -> bool {
        (other.side == Side::Unknown || other.side == self.side)
            && (other.region == Region::General || other.region == self.region)
    }

    /// Whether both side and spot are named.
    #[must_use]
    pub fn is_exact(self) -> bool {
        self.side != Side::Unknown && self.region != Region::General
    }
}

/// The painful days of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PainfulDays {
    /// The number of painful days.
    pub days: u64,
    /// The number of days for each place; a day counts once for every place that is named on it.
    pub by_place: BTreeMap<Place, u64>,
}

impl PainfulDays {
    /// Counts the days with a note of hip pain, from the first to the last day inclusive. "Left hip" is not counted on a day
    /// that also has the more exact "left groin".
    #[must_use]
    pub fn count(notes: &[PainRow], from: NaiveDate, to: NaiveDate) -> Self {
        let mut days: BTreeMap<NaiveDate, BTreeSet<Place>> = BTreeMap::new();
        for note in notes.iter().filter(|note| hurts(note) && (from..=to).contains(&note.date)) {
            days.entry(note.date).or_default().extend(places(note));
        }
        let mut by_place = BTreeMap::new();
        for places in days.values() {
            let most_exact =
                places.iter().filter(|one| !places.iter().any(|other| other != *one && other.covers(**one)));
            for place in most_exact {
                *by_place.entry(*place).or_default() += 1;
            }
        }
        Self { days: days.len() as u64, by_place }
    }

    /// The number of days for one place.
    #[must_use]
    pub fn at(&self, side: Side, region: Region) -> u64 {
        self.by_place.get(&Place { side, region }).copied().unwrap_or(0)
    }
}

fn hurts(note: &PainRow) -> bool {
    note.hip && note.severity.is_none_or(|score| score.0 > 0.0)
}

fn places(note: &PainRow) -> Vec<Place> {
    let region = note.region.unwrap_or(Region::General);
    let sides: &[Side] = match note.side.unwrap_or(Side::Unknown) {
        Side::Both => &[Side::Left, Side::Right],
        Side::Left => &[Side::Left],
        Side::Right => &[Side::Right],
        Side::Unknown => &[Side::Unknown],
    };
    sides.iter().map(|side| Place { side: *side, region }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixtures::{self, date, parts};

    /// Notes of hip pain: the day, the side, the spot.
    fn notes(all: &[(&str, Side, Region)]) -> Vec<PainRow> {
        let mut report = fixtures::empty();
        for (day, side, region) in all {
            parts::hurt(&mut report, day, *side, *region, false, &[(0, 3.0, "hip", "hip")]);
        }
        report.pain
    }

    fn counted(all: &[(&str, Side, Region)]) -> (u64, Vec<(Side, Region, u64)>) {
        let found = PainfulDays::count(&notes(all), date("2026-03-01"), date("2026-03-31"));
        (found.days, found.by_place.into_iter().map(|(place, days)| (place.side, place.region, days)).collect())
    }

    #[test]
    fn each_day_counts_once_for_each_place_named_on_it() {
        let (days, places) = counted(&[
            ("2026-03-02", Side::Left, Region::Outer),
            ("2026-03-02", Side::Left, Region::Outer),
            ("2026-03-05", Side::Left, Region::Outer),
            ("2026-03-05", Side::Left, Region::Buttock),
            ("2026-03-09", Side::Right, Region::FrontGroin),
        ]);
        assert_eq!(days, 3);
        assert_eq!(
            places,
            [(Side::Left, Region::Outer, 2), (Side::Left, Region::Buttock, 1), (Side::Right, Region::FrontGroin, 1)]
        );
    }

    #[test]
    fn both_hips_are_two_places_of_one_day() {
        let (days, places) = counted(&[("2026-03-02", Side::Both, Region::Buttock)]);
        assert_eq!((days, places), (1, vec![(Side::Left, Region::Buttock, 1), (Side::Right, Region::Buttock, 1)]));
    }

    #[test]
    fn the_more_exact_words_of_a_day_count_and_what_none_names_stays_open() {
        let (_, places) = counted(&[
            // The side of the first is that of the second, and its spot too.
            ("2026-03-02", Side::Unknown, Region::General),
            ("2026-03-02", Side::Left, Region::General),
            ("2026-03-02", Side::Left, Region::Outer),
            // Neither tells all of the other.
            ("2026-03-05", Side::Left, Region::General),
            ("2026-03-05", Side::Unknown, Region::Buttock),
            ("2026-03-07", Side::Unknown, Region::General),
        ]);
        assert_eq!(
            places,
            [
                (Side::Left, Region::Outer, 1),
                (Side::Left, Region::General, 1),
                (Side::Unknown, Region::Buttock, 1),
                (Side::Unknown, Region::General, 1)
            ]
        );
    }

    #[test]
    fn days_outside_the_stretch_scores_of_zero_and_other_places_do_not_count() {
        let mut all = notes(&[
            ("2026-02-28", Side::Left, Region::Outer),
            ("2026-03-01", Side::Left, Region::Outer),
            ("2026-03-31", Side::Left, Region::Outer),
            ("2026-04-01", Side::Left, Region::Outer),
            ("2026-03-10", Side::Left, Region::Outer),
            ("2026-03-11", Side::Left, Region::Outer),
        ]);
        all[4].severity = Some(crate::report::contract::Number(0.0));
        all[5].hip = false;
        let found = PainfulDays::count(&all, date("2026-03-01"), date("2026-03-31"));
        assert_eq!((found.days, found.at(Side::Left, Region::Outer)), (2, 2));
    }
}
