//! What must hold for merging any recordings: the result does not depend on their order, each is reported once, the
//! sweep finds what comparing all pairs would, and large numbers are separated quickly. Also what each member
//! contributes to its run.

mod each_with_each;
mod two_or_one;

use chrono::FixedOffset;
use proptest::prelude::*;

use super::*;
use crate::model::activity::DistanceFrom;
use crate::model::log::LocalDayBy;

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
    Item { activity, placed, source: source.into() }
}

fn day_only(source: &str, date: &str, distance_m: Option<u32>, record: u64) -> Item {
    let mut one = item(SourceKind::Row, source, &format!("{date}T00:00:00+00:00"), distance_m, None);
    one.placed = LocalStart { wall_clock: None, offset: None, instant: None, by: LocalDayBy::LocalDate, ..one.placed };
    one.activity.record = Some(record);
    one
}

fn typed(source: &str, start: &str, distance_m: Option<u32>, record: u64) -> Item {
    let mut one = item(SourceKind::Row, source, &format!("{start}+00:00"), distance_m, None);
    one.placed = LocalStart { offset: None, instant: None, by: LocalDayBy::LocalDate, ..one.placed };
    one.activity.by_hand = true;
    one.activity.record = Some(record);
    one
}

/// A recording in local time without an offset.
fn local(kind: SourceKind, source: &str, start: &str, distance_m: Option<u32>, elapsed_s: Option<u32>) -> Item {
    let one = item(kind, source, &format!("{start}+00:00"), distance_m, elapsed_s);
    Item { placed: LocalStart { offset: None, instant: None, by: LocalDayBy::LocalDate, ..one.placed }, ..one }
}

fn sizes(items: &[Item]) -> Vec<usize> {
    let mut sizes: Vec<usize> = merge(items, &[]).iter().map(|merged| merged.members.len()).collect();
    sizes.sort_unstable();
    sizes
}

const TRACK: SourceKind = SourceKind::Track;
const ROW: SourceKind = SourceKind::Row;

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
    // The date comes from the track, which has the offset.
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
fn what_an_export_ties_together_is_one_whatever_it_says() {
    let track = item(TRACK, "1.gpx", "2026-03-04T06:30:00+00:00", Some(5_000), None);
    let row = item(ROW, "activities.csv", "2026-03-04T09:00:00+00:00", Some(9_000), None);
    assert_eq!(merge(&[track, row], &[vec![0, 1]]).len(), 1);
}

#[test]
fn of_two_that_differ_the_richer_source_counts_and_both_are_told() {
    let start = "2026-03-04T06:30:00+00:00";
    let fit = item(SourceKind::FitSession, "z.fit", start, Some(9_000), Some(3_000));
    let app = item(ROW, "app.json", start, Some(10_001), Some(3_000));
    let merged = &merge(&[app.clone(), fit.clone()], &[])[0];
    assert_eq!(merged.distance.map(|distance| distance.m), Some(9_000));
    assert_eq!(merged.differs, Some(DistanceConflict { used: 1, other: 0 }));
    // 9,000 m differ from 10,000 m by a tenth, which is the most allowed.
    let close = item(ROW, "app.json", start, Some(10_000), Some(3_000));
    assert_eq!(merge(&[fit, close], &[])[0].differs, None);
}

#[test]
fn the_whole_tells_of_a_run_and_its_parts_do_not() {
    // A watch with 25 and 30 minutes and a break of five, and a phone that recorded throughout.
    let first = item(SourceKind::FitSession, "w1.fit", "2026-03-04T06:30:00+00:00", Some(5_000), Some(1_500));
    let second = item(SourceKind::FitSession, "w2.fit", "2026-03-04T07:00:00+00:00", Some(6_000), Some(1_800));
    let phone = item(TRACK, "phone.gpx", "2026-03-04T06:30:05+00:00", Some(11_400), Some(3_600));
    let merged = merge(&[first.clone(), second, phone.clone()], &[]);
    assert_eq!(merged.len(), 1);
    assert_eq!((merged[0].distance.map(|distance| distance.m), merged[0].elapsed_s), (Some(11_400), Some(3_600)));
    assert_eq!(merged[0].differs, None, "the parts add up to the whole");
    // With only one part, nothing shows where the rest comes from, so the difference is reported.
    let merged = &merge(&[first, phone], &[])[0];
    assert_eq!((merged.distance.map(|distance| distance.m), merged.differs.is_some()), (Some(11_400), true));
}

#[test]
fn what_nobody_else_recorded_of_a_run_is_added() {
    // The watch stopped while the phone that bridges both was recording, and was restarted after it.
    let at = |start: &str, source: &str, metres, seconds| item(TRACK, source, start, Some(metres), Some(seconds));
    let a = at("2026-03-04T06:00:00+00:00", "a", 12_000, 3_600);
    let bridge = at("2026-03-04T06:29:00+00:00", "b", 10_000, 3_060);
    let c = at("2026-03-04T06:58:00+00:00", "c", 7_000, 2_400);
    let merged = merge(&[a, bridge, c], &[]);
    assert_eq!(merged.len(), 1);
    // Two minutes of the third are also in the first, which is a twentieth of them.
    assert_eq!((merged[0].distance.map(|distance| distance.m), merged[0].elapsed_s), (Some(19_000), Some(5_880)));
    assert_eq!(merged[0].placed.instant.map(|time| time.to_rfc3339()), Some("2026-03-04T06:00:00+00:00".to_owned()));
}

#[test]
fn a_typed_distance_counts_where_it_is_exact_and_nothing_but_steps_stands_beside_it() {
    let track = item(TRACK, "a.gpx", "2026-03-04T06:30:00+00:00", Some(8_430), Some(2_900));
    let with = |metres| merge(&[track.clone(), typed("log.csv", "2026-03-04T06:00:00", Some(metres), 1)], &[]);
    assert_eq!(with(8_000)[0].distance, Some(Distance { m: 8_430, from: DistanceFrom::Track }));
    assert_eq!(with(8_250)[0].distance, Some(Distance { m: 8_250, from: DistanceFrom::Row }));
    assert_eq!(with(8_250)[0].placed.wall_clock.map(|time| time.to_string()), Some("2026-03-04 06:30:00".to_owned()));
}

#[test]
fn a_watch_that_was_forgotten_swallows_no_later_run() {
    let mut forgotten = item(ROW, "a.json", "2026-03-04T06:30:00+00:00", Some(10_000), Some(43_200));
    forgotten.activity.moving_s = Some(3_000);
    let evening = item(TRACK, "b.gpx", "2026-03-04T17:30:00+00:00", Some(5_000), Some(1_500));
    assert_eq!(sizes(&[forgotten, evening]), [1, 1]);
}

/// A recording with each value drawn from few, so that many are nearly the same.
fn any_item() -> impl Strategy<Value = Item> {
    let start = (0_i64..2, 0_i64..4, 0_i64..3_600, 0_u8..4);
    let figures = (0_usize..6, 0_usize..6, 0_usize..6);
    (start, figures, 0_u8..5, any::<bool>(), any::<bool>()).prop_map(|(start, figures, source, rides, by_hand)| {
        let metres = [None, Some(5_000), Some(5_300), Some(5_450), Some(5_800), Some(20_000)][figures.0];
        let seconds = |of: usize| [None, Some(60), Some(150), Some(1_501), Some(2_700), Some(7_200)][of];
        let (day, hour, second, known) = start;
        let time = chrono::DateTime::from_timestamp(1_772_600_400 + day * 86_400 + hour * 3_600 + second, 0).unwrap();
        let kind = [TRACK, ROW, SourceKind::FitSession][usize::from(source % 3)];
        let mut one = item(kind, &format!("{source}"), &time.to_rfc3339(), metres, seconds(figures.1));
        one.activity.moving_s = seconds(figures.2);
        one.activity.sport = rides.then(|| Sport::Other("Ride".into()));
        one.activity.by_hand = by_hand && kind == ROW;
        let there = FixedOffset::east_opt(3_600).unwrap();
        match known {
            0 => one.placed = LocalStart { wall_clock: None, offset: None, instant: None, ..one.placed },
            1 => one.placed = LocalStart { offset: None, instant: None, ..one.placed },
            2 => {
                let there = time.with_timezone(&there);
                one.placed.wall_clock = Some(there.naive_local());
                one.placed.date = there.date_naive();
                one.placed.offset = Some(*there.offset());
                one.placed.by = LocalDayBy::Coordinates;
            }
            _ => {}
        }
        one
    })
}

/// Up to so many, each with a number of its own.
fn any_items(most: usize) -> impl Strategy<Value = Vec<Item>> {
    proptest::collection::vec(any_item(), 0..most).prop_map(|mut items| {
        (1..).zip(&mut items).for_each(|(number, item)| item.activity.record = Some(number));
        items
    })
}

/// The numbers of the items of each run, sorted.
fn numbers(items: &[Item], joined: &[Vec<usize>]) -> Vec<Vec<u64>> {
    let number = |&index: &usize| items[index].activity.record.unwrap_or(0);
    let mut runs: Vec<Vec<u64>> = merge(items, joined)
        .iter()
        .map(|one| {
            let mut numbers: Vec<u64> = one.members.iter().map(number).collect();
            numbers.sort_unstable();
            numbers
        })
        .collect();
    runs.sort();
    runs
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_shares_half_is_found_as_if_each_had_been_held_against_each(items in any_items(120)) {
        let mut swept = Groups::new(items.len());
        at_once::join(&items, &mut swept);
        prop_assert_eq!(swept.members(), each_with_each::at_once(&items));
    }

    #[test]
    fn every_item_is_in_one_run_whatever_their_order(items in any_items(60), pairs in 0_usize..6, turn in 0_usize..60) {
        // The first few are linked by an export, two by two.
        let joined: Vec<Vec<usize>> = (0..pairs.min(items.len() / 2)).map(|pair| vec![2 * pair, 2 * pair + 1]).collect();
        let runs = numbers(&items, &joined);
        let mut all: Vec<u64> = runs.concat();
        all.sort_unstable();
        prop_assert_eq!(all, (1..=items.len() as u64).collect::<Vec<_>>());
        let mut turned = items.clone();
        let by = turn.min(items.len());
        turned.rotate_left(by);
        turned.reverse();
        let at = |index: usize| items.len() - 1 - (index + items.len() - by) % items.len();
        let turned_joined: Vec<Vec<usize>> =
            joined.iter().map(|pair| pair.iter().map(|&index| at(index)).collect()).collect();
        prop_assert_eq!(numbers(&turned, &turned_joined), runs);
        let told = |items: &[Item], joined: &[Vec<usize>]| {
            let mut told: Vec<_> = merge(items, joined)
                .into_iter()
                .map(|one| (one.placed.date, one.placed.wall_clock, one.distance.map(|d| d.m), one.elapsed_s, one.moving_s))
                .collect();
            told.sort_unstable();
            told
        };
        prop_assert_eq!(told(&turned, &turned_joined), told(&items, &joined));
    }
}

/// Comparing all of these with each other would take five thousand million pairs.
const MANY: u32 = 100_000;

#[test]
fn a_hundred_thousand_rows_of_one_day_without_a_time_are_soon_told_apart() {
    let rows = |source: &str, count: u32, metres: &dyn Fn(u32) -> Option<u32>| -> Vec<Item> {
        (0..count).map(|row| day_only(source, "2026-03-04", metres(row), row.into())).collect()
    };
    for metres in [&|_| None, &|_| Some(5_000), &|row| Some(row)] as [&dyn Fn(u32) -> Option<u32>; 3] {
        assert_eq!(merge(&rows("a.csv", MANY, metres), &[]).len(), MANY as usize);
        // Half of them in each of two files, with the same runs in both.
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
    // All at once: a single run, whether in one file or in one file each.
    assert_eq!(merged(&|_| at(0, "a.gpx", 1_500)), 1);
    assert_eq!(merged(&|n| at(0, &format!("{n}.gpx"), 1_500)), 1);
    assert_eq!(merged(&|n| at(0, "a.gpx", n + 1)), 1);
    // One every nine seconds, each either ending before the next begins or sharing half of it.
    assert_eq!(several(9_000, &|n| at(9 * i64::from(n), "a.gpx", 1)), 9_000);
    assert_eq!(several(9_000, &|n| at(9 * i64::from(n), "a.gpx", 18)), 9_000);
    // Without durations and all at the same time, they are told apart only by distance.
    let lengthless = |n: u32| item(TRACK, "a.gpx", "2026-03-04T00:00:00+00:00", Some(n), None);
    assert!(merged(&lengthless) < 200);
}
