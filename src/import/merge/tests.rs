//! Which recordings are one run, and which are not.

mod each_with_each;

use chrono::FixedOffset;
use proptest::prelude::*;

use super::*;

fn item(kind: SourceKind, source: &str, start: &str, distance_m: Option<u32>, elapsed_s: Option<u32>) -> Item {
    let time: chrono::DateTime<FixedOffset> = start.parse().expect("a time");
    let mut activity = Activity::new(kind);
    let from = if kind == SourceKind::Track { DistanceFrom::Track } else { DistanceFrom::Row };
    activity.distance = distance_m.map(|m| Distance { m, from });
    activity.elapsed_s = elapsed_s;
    let placed = LocalStart {
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
    one.placed = LocalStart { wall_clock: None, offset: None, instant: None, by: LocalDayBy::LocalDate, ..one.placed };
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
    row.placed = LocalStart { offset: None, instant: None, by: LocalDayBy::LocalDate, ..row.placed };
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
    let rows = [day_only("log.csv", "2026-03-04", Some(5_250), 2), day_only("log.csv", "2026-03-04", Some(5_050), 3)];
    let items = [morning, evening, rows[0].clone(), rows[1].clone()];
    let merged = merge(&items, &[]);
    assert_eq!(merged.len(), 2);
    assert!(merged[0].members.contains(&3) && merged[1].members.contains(&2));
    // Two rows of one file are two runs, however alike.
    assert_eq!(sizes(&[rows[0].clone(), day_only("log.csv", "2026-03-04", Some(5_250), 9)]), [1, 1]);
    // The same file read from two folders changes nothing.
    let copy = [day_only("copy.csv", "2026-03-04", Some(5_250), 2), day_only("copy.csv", "2026-03-04", Some(5_050), 3)];
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

/// A recording out of few values each, so that many of them are nearly the same.
fn any_item() -> impl Strategy<Value = Item> {
    let start = (0_i64..3, 0_i64..4, 0_i64..200, 0_u8..4);
    let figures = (0_usize..6, 0_usize..5, 0_usize..5);
    (start, figures, 0_u8..5, any::<bool>(), 0_u64..9).prop_map(|(start, figures, source, rides, record)| {
        let metres = [None, Some(5_000), Some(5_300), Some(5_450), Some(5_800), Some(20_000)][figures.0];
        let seconds = |of: usize| [None, Some(60), Some(150), Some(1_500), Some(1_501)][of];
        let (day, hour, second, known) = start;
        let time = chrono::DateTime::from_timestamp(1_772_600_400 + day * 86_400 + hour * 3_600 + second, 0).unwrap();
        let kind = [TRACK, ROW, SourceKind::FitSession][usize::from(source % 3)];
        let mut one = item(kind, &format!("{source}"), &time.to_rfc3339(), metres, seconds(figures.1));
        one.activity.moving_s = seconds(figures.2);
        one.activity.sport = rides.then(|| Sport::Other("Ride".into()));
        one.activity.record = Some(record);
        let there = FixedOffset::east_opt(3_600).unwrap();
        match known {
            0 => one.placed = LocalStart { wall_clock: None, offset: None, instant: None, ..one.placed },
            1 => one.placed = LocalStart { offset: None, instant: None, ..one.placed },
            2 => {
                let local = time.with_timezone(&there);
                one.placed.wall_clock = Some(local.naive_local());
                one.placed.date = local.date_naive();
            }
            _ => {}
        }
        one
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_one_run_is_as_if_each_had_been_held_against_each(
        items in proptest::collection::vec(any_item(), 0..150), pairs in 0_usize..6,
    ) {
        // The first few are tied together by an export, two by two.
        let joined: Vec<Vec<usize>> = (0..pairs.min(items.len() / 2)).map(|pair| vec![2 * pair, 2 * pair + 1]).collect();
        let members = |mut clusters: Vec<Vec<usize>>| {
            for cluster in &mut clusters {
                cluster.sort_unstable();
            }
            clusters
        };
        let expected = members(each_with_each::clusters(&items, &joined));
        for few in [0, timed::FEW] {
            prop_assert_eq!(&members(clusters(&items, &joined, few)), &expected);
        }
    }
}

/// Held against each other these would be five thousand million pairs.
const MANY: u32 = 100_000;

#[test]
fn a_hundred_thousand_rows_of_one_day_without_a_time_are_soon_told_apart() {
    let rows = |source: &str, count: u32, metres: &dyn Fn(u32) -> Option<u32>| -> Vec<Item> {
        (0..count).map(|row| day_only(source, "2026-03-04", metres(row), row.into())).collect()
    };
    for metres in [&|_| None, &|_| Some(5_000), &|row| Some(row)] as [&dyn Fn(u32) -> Option<u32>; 3] {
        assert_eq!(merge(&rows("a.csv", MANY, metres), &[]).len(), MANY as usize);
        // Half of them in each of two files: they are the same runs.
        let halves = [rows("a.csv", MANY / 2, metres), rows("b.csv", MANY / 2, metres)].concat();
        let merged = merge(&halves, &[]);
        assert_eq!(merged.len(), MANY as usize / 2);
        assert!(merged.iter().all(|run| run.members.len() == 2));
    }
}

#[test]
fn a_hundred_thousand_recordings_of_one_day_are_soon_told_apart() {
    let day = "2026-03-04T00:00:00+00:00".parse::<chrono::DateTime<FixedOffset>>().unwrap();
    let at = |second: i64, source: &str, seconds: u32| {
        let time = (day + chrono::TimeDelta::seconds(second)).to_rfc3339();
        item(TRACK, source, &time, Some(5_000), Some(seconds))
    };
    let several = |count: u32, at: &dyn Fn(u32) -> Item| merge(&(0..count).map(at).collect::<Vec<_>>(), &[]).len();
    let merged = |at: &dyn Fn(u32) -> Item| several(MANY, at);
    // All at once: a single run, whether in one file or each in a file of its own.
    assert_eq!(merged(&|_| at(0, "a.gpx", 1_500)), 1);
    assert_eq!(merged(&|n| at(0, &format!("{n}.gpx"), 1_500)), 1);
    assert_eq!(merged(&|n| at(0, "a.gpx", n + 1)), 1);
    // One every nine seconds, each over before the next begins.
    assert_eq!(several(9_000, &|n| at(9 * i64::from(n), "a.gpx", 1)), 9_000);
}
