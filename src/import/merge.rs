//! The same run told by several sources becomes one. Two real runs of a day stay two.

use chrono::{NaiveDate, NaiveDateTime};

use super::local_time::Placed;
use crate::model::activity::{Activity, Distance, DistanceFrom, SourceKind};
use crate::model::log::LocalDayBy;
use crate::model::sport::Sport;

/// Starts this close may be the same run.
const START_TOLERANCE_S: i64 = 120;

/// Distances this close agree, whatever their share.
const DISTANCE_TOLERANCE_M: u32 = 400;

/// A clock that is wrong by whole hours is wrong by no more than this.
const MOST_HOURS_OFF: i64 = 14;

/// An activity with its place on the calendar and the file it came from.
#[derive(Clone, Debug)]
pub struct Item {
    /// What the source says.
    pub activity: Activity,
    /// Where it stands on the calendar.
    pub placed: Placed,
    /// Its file's ledger path.
    pub source: String,
}

/// A run, or a bout of another sport, made of one or more items.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The day and time of the best-placed member.
    pub placed: Placed,
    /// The sport; `None` where no member names one.
    pub sport: Option<Sport>,
    /// The distance.
    pub distance: Option<Distance>,
    /// Seconds in motion.
    pub moving_s: Option<u32>,
    /// Seconds from start to end.
    pub elapsed_s: Option<u32>,
    /// The shoe as spelt.
    pub shoe: Option<String>,
    /// Positions of the members in the list given, richest first.
    pub members: Vec<usize>,
}

/// Merges `items`. `joined` are groups of positions that an export itself ties together, such as a row and the file it
/// names. The result does not depend on the order of `items`.
#[must_use]
pub fn merge(items: &[Item], joined: &[Vec<usize>]) -> Vec<Merged> {
    let mut bound = vec![false; items.len()];
    joined.iter().flatten().for_each(|&index| bound[index] = true);
    let mut units: Vec<Vec<usize>> = joined.to_vec();
    units.extend((0..items.len()).filter(|&index| !bound[index]).map(|index| vec![index]));
    let (mut timed, mut day_only): (Vec<_>, Vec<_>) =
        units.into_iter().partition(|unit| unit.iter().any(|&index| items[index].placed.wall_clock.is_some()));
    let key = |unit: &Vec<usize>| {
        unit.iter().map(|&index| order(items, index)).min().unwrap_or((i64::MAX, SourceKind::Track, "", None))
    };
    timed.sort_by(|a, b| key(a).cmp(&key(b)));
    day_only.sort_by(|a, b| key(a).cmp(&key(b)));

    let mut clusters: Vec<Vec<usize>> = Vec::with_capacity(timed.len());
    for unit in timed {
        let start = key(&unit).0;
        // Keys mix instants and wall clocks, which differ by up to 14 hours, and clocks may be hours off.
        let reach = start - 2 * MOST_HOURS_OFF * 3_600 - START_TOLERANCE_S;
        let home = clusters.iter().rposition(|cluster| key(cluster).0 < reach).map_or(0, |before| before + 1);
        let found = clusters[home..]
            .iter_mut()
            .find(|cluster| cluster.iter().all(|&member| unit.iter().all(|&own| agree(&items[member], &items[own]))));
        match found {
            Some(cluster) => cluster.extend(unit),
            None => clusters.push(unit),
        }
    }
    add_day_only(items, day_only, &mut clusters);
    clusters.into_iter().map(|cluster| assemble(items, cluster)).collect()
}

/// Sorts units by start, then richness, then source: nothing depends on the order of reading.
fn order(items: &[Item], index: usize) -> (i64, SourceKind, &str, Option<u64>) {
    let item = &items[index];
    (start_s(&item.placed), item.activity.kind, item.source.as_str(), item.activity.record)
}

fn start_s(placed: &Placed) -> i64 {
    match (placed.instant, placed.wall_clock) {
        (Some(instant), _) => instant.timestamp(),
        (None, Some(wall_clock)) => wall_clock.and_utc().timestamp(),
        (None, None) => placed.date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp(),
    }
}

/// Same start within two minutes (a shift of whole hours is taken out where the durations are equal), overlap, and
/// distances that agree.
fn agree(a: &Item, b: &Item) -> bool {
    let Some(apart) = seconds_apart(&a.placed, &b.placed) else {
        return a.placed.date == b.placed.date && distances_agree(&a.activity, &b.activity);
    };
    let hours = (apart + apart.signum() * 1_800) / 3_600;
    let rest = apart - hours * 3_600;
    let shifted = hours != 0;
    // One file keeps one clock: two of its runs an hour apart are two runs, however alike.
    let close = if shifted {
        a.source != b.source
            && hours.abs() <= MOST_HOURS_OFF
            && rest.abs() <= START_TOLERANCE_S
            && same_duration(&a.activity, &b.activity)
    } else {
        apart.abs() <= START_TOLERANCE_S
    };
    close
        && overlap(&a.activity, &b.activity, if shifted { rest } else { apart })
        && distances_agree(&a.activity, &b.activity)
}

/// Seconds from the start of `a` to that of `b`: by instants where both have one, else by wall clocks.
fn seconds_apart(a: &Placed, b: &Placed) -> Option<i64> {
    if let (Some(a), Some(b)) = (a.instant, b.instant) {
        return Some((b - a).num_seconds());
    }
    let (a, b): (NaiveDateTime, NaiveDateTime) = (a.wall_clock?, b.wall_clock?);
    Some((b - a).num_seconds())
}

fn same_duration(a: &Activity, b: &Activity) -> bool {
    let equal = |a: Option<u32>, b: Option<u32>| a.zip(b).is_some_and(|(a, b)| a > 0 && a.abs_diff(b) <= 1);
    equal(a.elapsed_s, b.elapsed_s) || equal(a.moving_s, b.moving_s)
}

/// False only where both durations are known and they share less than half of the shorter: starts and lengths are
/// rounded, so that a bout may seem to reach a second into the next one.
fn overlap(a: &Activity, b: &Activity, apart_s: i64) -> bool {
    let (earlier, later) = if apart_s >= 0 { (a, b) } else { (b, a) };
    let length = |activity: &Activity| activity.elapsed_s.or(activity.moving_s).map(i64::from);
    let Some(earlier_s) = length(earlier) else { return true };
    let later_s = length(later).unwrap_or(earlier_s);
    let shared_s = (earlier_s - apart_s.abs()).min(later_s);
    apart_s == 0 || 2 * shared_s >= earlier_s.min(later_s)
}

fn distances_agree(a: &Activity, b: &Activity) -> bool {
    let (Some(a), Some(b)) = (a.distance, b.distance) else { return true };
    let apart = a.m.abs_diff(b.m);
    apart <= DISTANCE_TOLERANCE_M || 100 * u64::from(apart) <= 5 * u64::from(a.m.max(b.m))
}

/// An entry with a day and no time joins a run of that day from another file whose distance agrees, the closest first.
/// Each file's entries stand for different runs, so a cluster takes at most one from each.
fn add_day_only(items: &[Item], units: Vec<Vec<usize>>, clusters: &mut Vec<Vec<usize>>) {
    let mut on_day: std::collections::BTreeMap<NaiveDate, Vec<usize>> = std::collections::BTreeMap::new();
    for (position, cluster) in clusters.iter().enumerate() {
        for &member in cluster {
            let positions = on_day.entry(items[member].placed.date).or_default();
            if positions.last() != Some(&position) {
                positions.push(position);
            }
        }
    }
    for unit in units {
        let day = items[unit[0]].placed.date;
        let candidates = on_day.entry(day).or_default();
        let fits = |cluster: &Vec<usize>| {
            cluster.iter().all(|&member| {
                unit.iter().all(|&own| {
                    items[member].source != items[own].source
                        && same_kind_of_sport(&items[member].activity, &items[own].activity)
                        && distances_agree(&items[member].activity, &items[own].activity)
                })
            })
        };
        let apart = |cluster: &Vec<usize>| {
            cluster
                .iter()
                .filter_map(|&member| {
                    let (a, b) = (items[member].activity.distance?, items[unit[0]].activity.distance?);
                    Some(a.m.abs_diff(b.m))
                })
                .min()
                .unwrap_or(u32::MAX)
        };
        let home = candidates
            .iter()
            .copied()
            .filter(|&position| fits(&clusters[position]))
            .min_by_key(|&position| (apart(&clusters[position]), position));
        if let Some(position) = home {
            clusters[position].extend(unit);
        } else {
            candidates.push(clusters.len());
            clusters.push(unit);
        }
    }
}

fn same_kind_of_sport(a: &Activity, b: &Activity) -> bool {
    let running = |activity: &Activity| activity.sport.as_ref().is_none_or(Sport::is_running);
    running(a) == running(b)
}

fn assemble(items: &[Item], mut members: Vec<usize>) -> Merged {
    members.sort_by_key(|&index| {
        let item = &items[index];
        (item.activity.kind, item.source.as_str(), item.activity.record)
    });
    let first =
        |field: &dyn Fn(&Activity) -> Option<u32>| members.iter().find_map(|&index| field(&items[index].activity));
    let mut placed = members
        .iter()
        .map(|&index| items[index].placed)
        .min_by_key(|placed| (placed.wall_clock.is_none(), placed.by))
        .unwrap_or(Placed {
            date: NaiveDate::default(),
            wall_clock: None,
            offset: None,
            instant: None,
            by: LocalDayBy::Machine,
        });
    if placed.instant.is_none() {
        adopt_offset(&mut placed, members.iter().map(|&index| &items[index].placed));
    }
    // What a device or a row recorded beats a sum of GPS steps, whichever file that sum stands in.
    let distance = members
        .iter()
        .filter_map(|&index| items[index].activity.distance)
        .min_by_key(|distance| distance.from == DistanceFrom::Track);
    // A row's sport is what the runner set it to, and beats the file's.
    let sport = members
        .iter()
        .filter(|&&index| items[index].activity.sport.is_some())
        .min_by_key(|&&index| items[index].activity.kind != SourceKind::Row)
        .and_then(|&index| items[index].activity.sport.clone());
    Merged {
        placed,
        sport,
        distance,
        moving_s: first(&|activity| activity.moving_s),
        elapsed_s: first(&|activity| activity.elapsed_s),
        shoe: members.iter().find_map(|&index| items[index].activity.shoe.clone()),
        members,
    }
}

/// A local time without an offset takes that of a member which agrees with it on the time.
fn adopt_offset<'a>(placed: &mut Placed, mut members: impl Iterator<Item = &'a Placed>) {
    let Some(wall_clock) = placed.wall_clock else { return };
    let agrees = |other: &&Placed| {
        other.wall_clock.is_some_and(|theirs| (theirs - wall_clock).num_seconds().abs() <= START_TOLERANCE_S)
    };
    if let Some(offset) = members.find(|other| other.offset.is_some() && agrees(other)).and_then(|other| other.offset) {
        placed.offset = Some(offset);
        placed.instant = wall_clock.and_local_timezone(offset).single().map(|time| time.to_utc());
    }
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::*;

    fn item(kind: SourceKind, source: &str, start: &str, distance_m: Option<u32>, elapsed_s: Option<u32>) -> Item {
        let time: chrono::DateTime<FixedOffset> = start.parse().expect("a time");
        let mut activity = Activity::new(kind);
        let from = if kind == SourceKind::Track { DistanceFrom::Track } else { DistanceFrom::Row };
        activity.distance = distance_m.map(|m| Distance { m, from });
        activity.elapsed_s = elapsed_s;
        let placed = Placed {
            date: time.date_naive(),
            wall_clock: Some(time.naive_local()),
            offset: Some(*time.offset()),
            instant: Some(time.to_utc()),
            by: LocalDayBy::Offset,
        };
        Item { activity, placed, source: source.to_owned() }
    }

    fn day_only(source: &str, date: &str, distance_m: Option<u32>, record: u64) -> Item {
        let mut one = item(SourceKind::Row, source, &format!("{date}T00:00:00+00:00"), distance_m, None);
        one.placed = Placed { wall_clock: None, offset: None, instant: None, by: LocalDayBy::LocalDate, ..one.placed };
        one.activity.record = Some(record);
        one
    }

    fn sizes(items: &[Item]) -> Vec<usize> {
        let mut sizes: Vec<usize> = merge(items, &[]).iter().map(|merged| merged.members.len()).collect();
        sizes.sort_unstable();
        sizes
    }

    const TRACK: SourceKind = SourceKind::Track;
    const ROW: SourceKind = SourceKind::Row;

    #[test]
    fn starts_within_two_minutes_are_one_run_and_later_ones_are_not() {
        let at = |time: &str, source: &str| item(TRACK, source, time, Some(10_000), Some(3_000));
        assert_eq!(sizes(&[at("2026-03-04T06:30:00+00:00", "a"), at("2026-03-04T06:32:00+00:00", "b")]), [2]);
        assert_eq!(sizes(&[at("2026-03-04T06:30:00+00:00", "a"), at("2026-03-04T06:32:01+00:00", "b")]), [1, 1]);
    }

    #[test]
    fn a_whole_hour_is_taken_out_only_for_equal_durations() {
        let first = item(TRACK, "a", "2026-03-04T06:30:00+00:00", Some(10_000), Some(3_000));
        let shifted = item(ROW, "b", "2026-03-04T07:30:30+00:00", Some(10_100), Some(3_000));
        let longer = item(ROW, "b", "2026-03-04T07:30:30+00:00", Some(10_100), Some(3_100));
        let unknown = item(ROW, "b", "2026-03-04T07:30:30+00:00", Some(10_100), None);
        assert_eq!(sizes(&[first.clone(), shifted]), [2]);
        assert_eq!(sizes(&[first.clone(), longer]), [1, 1]);
        let same_file = item(TRACK, "a", "2026-03-04T07:30:30+00:00", Some(10_100), Some(3_000));
        assert_eq!(sizes(&[first.clone(), same_file]), [1, 1]);
        assert_eq!(sizes(&[first, unknown]), [1, 1]);
    }

    #[test]
    fn distances_agree_within_five_per_cent_or_four_hundred_metres() {
        let of = |source: &str, metres| item(TRACK, source, "2026-03-04T06:30:00+00:00", metres, Some(3_000));
        assert_eq!(sizes(&[of("a", Some(5_000)), of("b", Some(5_400))]), [2]);
        assert_eq!(sizes(&[of("a", Some(5_000)), of("b", Some(5_401))]), [1, 1]);
        assert_eq!(sizes(&[of("a", Some(20_000)), of("b", Some(19_000))]), [2]);
        assert_eq!(sizes(&[of("a", Some(20_000)), of("b", Some(18_999))]), [1, 1]);
        // 5 % of 20,001 m are 1,000.05 m, so 1,001 m is too much.
        assert_eq!(sizes(&[of("a", Some(20_001)), of("b", Some(19_001))]), [2]);
        assert_eq!(sizes(&[of("a", Some(20_001)), of("b", Some(19_000))]), [1, 1]);
        assert_eq!(sizes(&[of("a", Some(20_000)), of("b", None)]), [2]);
    }

    #[test]
    fn a_run_joins_only_what_agrees_with_every_member() {
        let at = |time: &str, source: &str| item(TRACK, source, time, Some(10_000), Some(3_000));
        let chain = [
            at("2026-03-04T06:30:00+00:00", "a"),
            at("2026-03-04T06:31:30+00:00", "b"),
            at("2026-03-04T06:33:00+00:00", "c"),
        ];
        assert_eq!(sizes(&chain), [1, 2]);
    }

    #[test]
    fn a_short_run_over_before_the_next_begins_stays_its_own() {
        let warm_up = item(TRACK, "a", "2026-03-04T06:30:00+00:00", Some(200), Some(60));
        let race = item(TRACK, "b", "2026-03-04T06:31:30+00:00", Some(500), Some(200));
        assert_eq!(sizes(&[warm_up, race]), [1, 1]);
    }

    #[test]
    fn a_run_that_begins_as_a_walk_ends_stays_its_own() {
        // 30.469 s + 106.838 s = 137.307 s: the run begins with the walk's end, and 107 whole seconds reach into it.
        let walk = item(TRACK, "a", "2026-03-04T06:30:30.469+00:00", Some(60), Some(107));
        let run = item(TRACK, "a", "2026-03-04T06:32:17.307+00:00", Some(274), Some(212));
        assert_eq!(sizes(&[walk, run]), [1, 1]);
    }

    #[test]
    fn half_of_the_shorter_has_to_be_shared() {
        let first = || item(TRACK, "a", "2026-03-04T06:30:00+00:00", Some(300), Some(150));
        let second = |second: u32, seconds| {
            item(TRACK, "b", &format!("2026-03-04T06:31:{second:02}+00:00"), Some(300), Some(seconds))
        };
        // The first lasts until 06:32:30. From 06:31:15 on 75 s of it are left, from 06:31:16 on 74.
        assert_eq!(sizes(&[first(), second(15, 150)]), [2]);
        assert_eq!(sizes(&[first(), second(16, 150)]), [1, 1]);
        assert_eq!(sizes(&[first(), second(16, 60)]), [2]);
    }

    #[test]
    fn the_richest_source_supplies_each_field_and_a_row_its_sport() {
        let mut track = item(TRACK, "z.gpx", "2026-03-04T06:30:00+13:00", Some(10_000), Some(3_000));
        track.activity.sport = Some(Sport::Run);
        let mut row = item(ROW, "a.csv", "2026-03-03T17:30:10+00:00", Some(10_100), None);
        row.placed.by = LocalDayBy::Machine;
        row.activity.sport = Some(Sport::Other("Ride".into()));
        row.activity.shoe = Some("Ghost".into());
        let merged = &merge(&[track, row], &[])[0];
        assert_eq!(merged.distance, Some(Distance { m: 10_100, from: DistanceFrom::Row }));
        assert_eq!((merged.elapsed_s, merged.shoe.as_deref()), (Some(3_000), Some("Ghost")));
        assert_eq!(merged.sport, Some(Sport::Other("Ride".into())));
        // The day comes from the track, which carries the offset.
        assert_eq!(merged.placed.date.to_string(), "2026-03-04");
        assert_eq!(merged.members, [1, 0]);
    }

    #[test]
    fn a_local_time_takes_the_offset_of_a_track_that_agrees_with_it() {
        let mut track = item(TRACK, "z.gpx", "2026-03-04T06:30:20+13:00", Some(10_000), Some(3_000));
        track.placed.by = LocalDayBy::Coordinates;
        let mut row = item(ROW, "a.csv", "2026-03-04T06:30:00+00:00", Some(10_100), None);
        row.placed = Placed { offset: None, instant: None, by: LocalDayBy::LocalDate, ..row.placed };
        let merged = &merge(&[track, row], &[])[0];
        assert_eq!(merged.placed.by, LocalDayBy::LocalDate);
        assert_eq!(merged.placed.offset.map(|offset| offset.local_minus_utc()), Some(46_800));
        assert_eq!(merged.placed.wall_clock.map(|time| time.to_string()), Some("2026-03-04 06:30:00".to_owned()));
        assert_eq!(merged.placed.instant.map(|time| time.to_rfc3339()), Some("2026-03-03T17:30:00+00:00".to_owned()));
    }

    #[test]
    fn a_sum_of_gps_steps_gives_way_to_a_row_even_from_a_richer_file() {
        let mut fit = item(SourceKind::FitSession, "a.fit", "2026-03-04T06:30:00+00:00", Some(9_900), None);
        fit.activity.distance = Some(Distance { m: 9_900, from: DistanceFrom::Track });
        let row = item(ROW, "b.csv", "2026-03-04T06:30:00+00:00", Some(10_000), None);
        assert_eq!(merge(&[fit, row], &[])[0].distance.map(|distance| distance.m), Some(10_000));
    }

    #[test]
    fn a_day_without_a_time_joins_the_closest_run_of_another_file_once() {
        let morning = item(TRACK, "m.gpx", "2026-03-04T06:30:00+00:00", Some(5_000), Some(1_500));
        let evening = item(TRACK, "e.gpx", "2026-03-04T18:30:00+00:00", Some(5_300), Some(1_600));
        let rows =
            [day_only("log.csv", "2026-03-04", Some(5_250), 2), day_only("log.csv", "2026-03-04", Some(5_050), 3)];
        let items = [morning, evening, rows[0].clone(), rows[1].clone()];
        let merged = merge(&items, &[]);
        assert_eq!(merged.len(), 2);
        assert!(merged[0].members.contains(&3) && merged[1].members.contains(&2));
        // Two rows of one file are two runs, however alike.
        assert_eq!(sizes(&[rows[0].clone(), day_only("log.csv", "2026-03-04", Some(5_250), 9)]), [1, 1]);
        // The same file read from two folders changes nothing.
        let copy =
            [day_only("copy.csv", "2026-03-04", Some(5_250), 2), day_only("copy.csv", "2026-03-04", Some(5_050), 3)];
        assert_eq!(sizes(&[rows[0].clone(), rows[1].clone(), copy[0].clone(), copy[1].clone()]), [2, 2]);
    }

    #[test]
    fn what_an_export_ties_together_is_one_whatever_it_says() {
        let track = item(TRACK, "1.gpx", "2026-03-04T06:30:00+00:00", Some(5_000), None);
        let row = item(ROW, "activities.csv", "2026-03-04T09:00:00+00:00", Some(9_000), None);
        assert_eq!(merge(&[track, row], &[vec![0, 1]]).len(), 1);
    }

    #[test]
    fn the_order_of_reading_changes_nothing() {
        let at = |time: &str, source: &str| item(TRACK, source, time, Some(10_000), Some(3_000));
        let mut items = vec![
            at("2026-03-04T06:30:00+00:00", "a"),
            at("2026-03-04T06:31:30+00:00", "b"),
            at("2026-03-04T06:33:00+00:00", "c"),
            day_only("log.csv", "2026-03-04", Some(10_000), 1),
        ];
        let sources = |items: &[Item]| {
            let mut groups: Vec<Vec<String>> = merge(items, &[])
                .iter()
                .map(|merged| merged.members.iter().map(|&index| items[index].source.clone()).collect())
                .collect();
            groups.sort();
            groups
        };
        let expected = sources(&items);
        for _ in 0..items.len() {
            items.rotate_left(1);
            assert_eq!(sources(&items), expected);
        }
    }
}
