//! Groups readings into episodes.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::ReadNote;
use crate::model::episode::Episode;
use crate::model::finding::Unit;
use crate::model::reading::{Region, Side, name_of};
use crate::model::threshold::{Origin, Settings, Threshold};

/// A painful day at most this long after another one belongs to the same episode.
pub const EPISODE_GAP_DAYS: Threshold = Threshold {
    key: "episode_gap_days",
    default: 14,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: true,
    meaning: "painful days at most this far apart belong to one episode",
};

/// An episode stays open this long after its last painful day, unless a note denies pain.
pub const OPEN_DAYS: Threshold = Threshold {
    key: "open_days",
    default: 14,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: false,
    meaning: "an episode stays open for so many days after its last painful day, unless a note says the pain is gone",
};

/// An episode and the notes it was made from, as positions in the given list.
#[derive(Clone, Debug, PartialEq)]
pub struct Grouped {
    /// The episode; `red_flags` holds the signs that its notes assert one by one.
    pub episode: Episode,
    /// Positions of its painful notes, in the order of days.
    pub notes: Vec<usize>,
}

struct Group {
    notes: Vec<usize>,
    onset: NaiveDate,
    last: NaiveDate,
    sides: BTreeSet<Side>,
}

impl Group {
    fn takes(&self, side: Side) -> bool {
        match side {
            Side::Left => !self.sides.contains(&Side::Right),
            Side::Right => !self.sides.contains(&Side::Left),
            Side::Both | Side::Unknown => true,
        }
    }

    fn side(&self) -> Side {
        [Side::Both, Side::Left, Side::Right]
            .into_iter()
            .find(|side| self.sides.contains(side))
            .unwrap_or(Side::Unknown)
    }
}

/// Groups the painful notes of `notes` (in the order of days) into episodes, sorted by onset and then by the name of
/// the side.
///
/// `stopped_running` tells whether no run follows in the seven days after a given painful day.
#[must_use]
pub fn group(
    notes: &[ReadNote<'_>],
    as_of: NaiveDate,
    settings: &Settings,
    stopped_running: impl Fn(NaiveDate) -> bool,
) -> Vec<Grouped> {
    let gap = i64::from(settings.get(&EPISODE_GAP_DAYS));
    let side_of = |index: usize| notes[index].reading.side.unwrap_or(Side::Unknown);
    let mut painful: Vec<usize> = (0..notes.len()).filter(|&index| notes[index].is_painful()).collect();
    // On each day, named sides come first, so that a note without a side finds the episode it can join.
    painful.sort_by_key(|&index| (notes[index].date, side_of(index), index));

    let mut groups: Vec<Group> = Vec::new();
    for index in painful {
        let (date, side) = (notes[index].date, side_of(index));
        let latest = groups
            .iter_mut()
            .filter(|group| (date - group.last).num_days() <= gap && group.takes(side))
            .max_by_key(|group| (group.last, group.onset));
        match latest {
            Some(group) => {
                group.notes.push(index);
                group.last = date;
                group.sides.insert(side);
            }
            None => groups.push(Group { notes: vec![index], onset: date, last: date, sides: [side].into() }),
        }
    }
    groups.sort_by_key(|group| (group.onset, name_of(group.side())));

    let denials: Vec<usize> = (0..notes.len()).filter(|&index| notes[index].denies_pain()).collect();
    let consultations: BTreeSet<NaiveDate> =
        notes.iter().filter(|note| note.reading.consultation).map(|note| note.date).collect();

    let mut grouped: Vec<Grouped> = groups
        .into_iter()
        .map(|group| describe(notes, &group, &denials, &consultations, as_of, settings, &stopped_running))
        .collect();
    for index in 1..grouped.len() {
        let same =
            grouped[..index].iter().filter(|earlier| base(&earlier.episode) == base(&grouped[index].episode)).count();
        if same > 0 {
            grouped[index].episode.id.push_str(&format!("-{}", same + 1));
        }
    }
    grouped
}

/// The last day on which an episode whose last painful day is this one is open, unless a note denies pain.
pub(super) fn open_until(last: NaiveDate, settings: &Settings) -> NaiveDate {
    last.checked_add_days(Days::new(u64::from(settings.get(&OPEN_DAYS)))).unwrap_or(NaiveDate::MAX)
}

fn base(episode: &Episode) -> (NaiveDate, Side) {
    (episode.onset, episode.side)
}

fn describe(
    notes: &[ReadNote<'_>],
    group: &Group,
    denials: &[usize],
    consultations: &BTreeSet<NaiveDate>,
    as_of: NaiveDate,
    settings: &Settings,
    stopped_running: impl Fn(NaiveDate) -> bool,
) -> Grouped {
    let readings: Vec<_> = group.notes.iter().map(|&index| notes[index].reading).collect();
    let regions: BTreeSet<Region> = readings.iter().filter_map(|reading| reading.region).collect();
    let region = readings
        .iter()
        .rev()
        .filter_map(|reading| reading.region)
        .find(|&region| region != Region::General)
        .unwrap_or(Region::General);
    let painful_days: Vec<NaiveDate> =
        group.notes.iter().map(|&index| notes[index].date).collect::<BTreeSet<_>>().into_iter().collect();
    let until = open_until(group.last, settings);
    let side = group.side();
    // "Right hip fine" denies pain on the right alone.
    let of_this = |denied: Option<Side>| denied.is_none_or(|denied| denied == side || side == Side::Unknown);
    let first = denials.partition_point(|&index| notes[index].date < group.onset);
    let mut denials: Vec<NaiveDate> = denials[first..]
        .iter()
        .take_while(|&&index| notes[index].date <= until)
        .filter(|&&index| of_this(notes[index].reading.denied_side))
        .filter(|&&index| is_the_last_word(notes, index, side))
        .map(|&index| notes[index].date)
        .collect();
    denials.dedup();
    let open = as_of <= until && !denials.iter().any(|&day| day >= group.last);
    let consultation = consultations.range(group.onset..=until).next().is_some();
    let stopped_running = painful_days.iter().any(|&day| stopped_running(day));
    Grouped {
        episode: Episode {
            id: format!("{}/{}", group.onset, name_of(side)),
            side,
            region,
            regions,
            onset: group.onset,
            end: group.last,
            open,
            painful_days,
            denials,
            peak_severity: readings.iter().filter_map(|reading| reading.severity).reduce(f64::max),
            qualities: readings.iter().flat_map(|reading| reading.qualities.iter().copied()).collect(),
            timing: readings.iter().flat_map(|reading| reading.timing.iter().copied()).collect(),
            red_flags: readings.iter().flat_map(|reading| reading.red_flags.iter().copied()).collect(),
            consultation,
            stopped_running,
        },
        notes: group.notes.clone(),
    }
}

/// True if no note of the same day speaks of pain on that side after the denial. Within a file a later line is
/// newer; between two files the order is unknown, so the pain counts.
fn is_the_last_word(notes: &[ReadNote<'_>], denial: usize, side: Side) -> bool {
    let (day, file) = (notes[denial].date, notes[denial].file);
    let concerns = |other: Side| !matches!((side, other), (Side::Left, Side::Right) | (Side::Right, Side::Left));
    let first = notes.partition_point(|note| note.date < day);
    notes.iter().enumerate().skip(first).take_while(|(_, note)| note.date == day).all(|(index, note)| {
        !note.is_painful()
            || !concerns(note.reading.side.unwrap_or(Side::Unknown))
            || index < denial && note.file == file
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::reading::Reading;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn pain(side: Side, severity: Option<f64>) -> Reading {
        Reading {
            hip: true,
            side: Some(side),
            region: Some(Region::General),
            severity,
            understood: true,
            ..Reading::default()
        }
    }

    fn denial() -> Reading {
        Reading { denies_hip_pain: true, understood: true, ..Reading::default() }
    }

    fn episodes(notes: &[(&str, Reading)], as_of: &str) -> Vec<Episode> {
        let notes: Vec<ReadNote<'_>> = notes
            .iter()
            .map(|(date, reading)| ReadNote { date: day(date), text: "", file: "pain.md", reading })
            .collect();
        group(&notes, day(as_of), &Settings::default(), |_| false).into_iter().map(|grouped| grouped.episode).collect()
    }

    #[test]
    fn fourteen_days_join_and_fifteen_split() {
        let left = || pain(Side::Left, Some(3.0));
        assert_eq!(episodes(&[("2026-03-01", left()), ("2026-03-15", left())], "2026-06-01").len(), 1);
        let two = episodes(&[("2026-03-01", left()), ("2026-03-16", left())], "2026-06-01");
        assert_eq!(two.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["2026-03-01/left", "2026-03-16/left"]);
    }

    #[test]
    fn only_left_against_right_splits() {
        let notes = [
            ("2026-03-01", pain(Side::Left, None)),
            ("2026-03-02", pain(Side::Right, None)),
            ("2026-03-03", pain(Side::Unknown, None)),
            ("2026-03-04", pain(Side::Left, None)),
        ];
        let two = episodes(&notes, "2026-06-01");
        assert_eq!(two.len(), 2);
        // The note without a side joins the latest episode, the right one.
        assert_eq!((two[0].painful_days.len(), two[1].painful_days.len()), (2, 2));
        let unknown_first = [("2026-03-01", pain(Side::Unknown, None)), ("2026-03-02", pain(Side::Left, None))];
        assert_eq!(episodes(&unknown_first, "2026-06-01")[0].id, "2026-03-01/left");
        let both = [("2026-03-01", pain(Side::Both, None)), ("2026-03-02", pain(Side::Left, None))];
        assert_eq!(episodes(&both, "2026-06-01")[0].side, Side::Both);
    }

    #[test]
    fn episodes_of_one_onset_stand_in_the_order_of_their_ids() {
        let notes = [
            ("2026-03-01", pain(Side::Left, None)),
            ("2026-03-01", pain(Side::Right, None)),
            ("2026-03-02", pain(Side::Both, None)),
        ];
        let ids: Vec<String> = episodes(&notes, "2026-06-01").into_iter().map(|one| one.id).collect();
        assert_eq!(ids, ["2026-03-01/both", "2026-03-01/left"]);
    }

    #[test]
    fn a_score_of_zero_is_no_painful_day() {
        assert!(episodes(&[("2026-03-01", pain(Side::Left, Some(0.0)))], "2026-06-01").is_empty());
    }

    #[test]
    fn an_episode_is_open_for_a_fortnight_unless_denied() {
        let note = || ("2026-03-01", pain(Side::Left, Some(3.0)));
        assert!(episodes(&[note()], "2026-03-15")[0].open);
        assert!(!episodes(&[note()], "2026-03-16")[0].open);
        assert!(!episodes(&[note(), ("2026-03-04", denial())], "2026-03-10")[0].open);
        // Pain after the denial reopens the episode.
        let again = [note(), ("2026-03-04", denial()), ("2026-03-06", pain(Side::Left, Some(2.0)))];
        assert!(episodes(&again, "2026-03-10")[0].open);
    }

    #[test]
    fn of_two_lines_of_a_day_the_later_one_counts_and_of_two_files_the_pain() {
        let note = || ("2026-03-01", pain(Side::Left, Some(3.0)));
        let ended = &episodes(&[note(), ("2026-03-01", denial())], "2026-03-10")[0];
        assert_eq!((ended.open, ended.denials.as_slice()), (false, [day("2026-03-01")].as_slice()));
        assert!(episodes(&[("2026-03-01", denial()), note()], "2026-03-10")[0].open);
        let (hurts, fine) = (pain(Side::Left, Some(3.0)), denial());
        let of = |file, reading| ReadNote { date: day("2026-03-01"), text: "", file, reading };
        let two_files = [of("runs.csv", &hurts), of("pain.md", &fine)];
        assert!(group(&two_files, day("2026-03-10"), &Settings::default(), |_| false)[0].episode.open);
    }

    #[test]
    fn one_hip_denied_leaves_the_other_open() {
        let note = || ("2026-03-01", pain(Side::Left, Some(3.0)));
        let of = |side| Reading { denied_side: side, ..denial() };
        assert!(episodes(&[note(), ("2026-03-04", of(Some(Side::Right)))], "2026-03-10")[0].open);
        assert!(!episodes(&[note(), ("2026-03-04", of(Some(Side::Left)))], "2026-03-10")[0].open);
        assert!(!episodes(&[note(), ("2026-03-04", of(None))], "2026-03-10")[0].open);
        // The right hip hurts on the day the left one is said to be fine.
        let notes = [note(), ("2026-03-04", of(Some(Side::Left))), ("2026-03-04", pain(Side::Right, None))];
        let two = episodes(&notes, "2026-03-10");
        assert_eq!((two[0].open, two[1].open), (false, true));
    }

    #[test]
    fn a_week_without_running_or_a_consultation_makes_it_an_injury() {
        let readings = [pain(Side::Left, Some(3.0))];
        let notes = [ReadNote { date: day("2026-03-01"), text: "", file: "", reading: &readings[0] }];
        let injury =
            |stopped: bool| group(&notes, day("2026-06-01"), &Settings::default(), |_| stopped)[0].episode.is_injury();
        assert!(injury(true) && !injury(false));
        let consulted = Reading { consultation: true, ..pain(Side::Left, Some(3.0)) };
        assert!(episodes(&[("2026-03-01", consulted)], "2026-06-01")[0].is_injury());
    }

    #[test]
    fn the_latest_region_that_is_a_spot_names_the_episode() {
        let with = |region| Reading { region: Some(region), ..pain(Side::Left, Some(2.0)) };
        let one = &episodes(
            &[
                ("2026-03-01", with(Region::Outer)),
                ("2026-03-02", with(Region::Buttock)),
                ("2026-03-03", with(Region::General)),
            ],
            "2026-06-01",
        )[0];
        assert_eq!(one.region, Region::Buttock);
        assert_eq!(one.regions.len(), 3);
        assert_eq!(one.peak_severity, Some(2.0));
    }
}
