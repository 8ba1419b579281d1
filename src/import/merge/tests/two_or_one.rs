//! Which recordings are merged into one run, and which remain two.

use super::*;

#[test]
fn half_of_the_shorter_has_to_be_shared_whatever_the_distances() {
    let first = || item(TRACK, "a", "2026-03-04T06:30:00+00:00", Some(10_000), Some(3_600));
    let second = |start: &str, seconds| item(TRACK, "b", start, Some(2_000), Some(seconds));
    // The first lasts until 07:30. From 06:59:59 it has 1,801 s left, from 07:00 it has 1,800.
    assert_eq!(sizes(&[first(), second("2026-03-04T06:59:59+00:00", 3_600)]), [2]);
    assert_eq!(sizes(&[first(), second("2026-03-04T07:00:00+00:00", 3_600)]), [1, 1]);
    assert_eq!(sizes(&[first(), second("2026-03-04T07:00:00+00:00", 3_599)]), [2]);
    // One may end long before the other, and begin long after it.
    assert_eq!(sizes(&[first(), second("2026-03-04T07:10:00+00:00", 600)]), [2]);
    assert_eq!(sizes(&[first(), second("2026-03-04T05:00:00+00:00", 9_000)]), [2]);
}

#[test]
fn a_run_that_begins_as_a_walk_ends_stays_its_own() {
    // 30.469 s + 106.838 s = 137.307 s: the run begins as the walk ends, but 107 whole seconds overlap it.
    let walk = item(TRACK, "a", "2026-03-04T06:30:30.469+00:00", Some(60), Some(107));
    let run = item(TRACK, "a", "2026-03-04T06:32:17.307+00:00", Some(274), Some(212));
    assert_eq!(sizes(&[walk, run]), [1, 1]);
}

#[test]
fn two_legs_of_a_race_in_three_sports_do_not_join_the_whole_of_it() {
    let mut whole = item(ROW, "a.csv", "2026-03-04T06:30:00+00:00", Some(51_500), Some(9_000));
    whole.activity.sport = Some(Sport::Other("Multisport".into()));
    let leg = item(ROW, "a.csv", "2026-03-04T08:10:00+00:00", Some(10_000), Some(2_900));
    assert_eq!(sizes(&[whole, leg]), [1, 1]);
}

#[test]
fn one_start_and_one_distance_are_one_where_the_length_or_the_sport_is_open() {
    let at = |time: &str, metres, seconds| item(TRACK, time, time, metres, seconds);
    let first = || at("2026-03-04T06:30:00+00:00", Some(10_000), None);
    assert_eq!(sizes(&[first(), at("2026-03-04T06:32:00+00:00", Some(10_500), Some(3_000))]), [2]);
    assert_eq!(sizes(&[first(), at("2026-03-04T06:32:01+00:00", Some(10_500), Some(3_000))]), [1, 1]);
    // 5 % of 10,527 m are 526.35 m.
    assert_eq!(sizes(&[first(), at("2026-03-04T06:31:00+00:00", Some(10_526), None)]), [2]);
    assert_eq!(sizes(&[first(), at("2026-03-04T06:31:00+00:00", Some(10_528), None)]), [1, 1]);
    let mut ride = at("2026-03-04T06:30:30+00:00", Some(10_000), Some(3_000));
    ride.activity.sport = Some(Sport::Other("Ride".into()));
    let run = |metres| at("2026-03-04T06:30:00+00:00", Some(metres), Some(3_000));
    assert_eq!(sizes(&[ride.clone(), run(10_100)]), [2]);
    assert_eq!(sizes(&[ride, run(12_000)]), [1, 1]);
}

#[test]
fn hours_apart_are_two_runs_where_both_know_the_instant() {
    let at = |time: &str, source: &str| item(SourceKind::Tcx, source, time, Some(5_000), Some(1_801));
    assert_eq!(sizes(&[at("2026-03-04T06:00:00+00:00", "a"), at("2026-03-04T17:00:00+00:00", "b")]), [1, 1]);
    assert_eq!(sizes(&[at("2026-03-04T06:00:00+00:00", "a"), at("2026-03-04T07:00:00+00:00", "b")]), [1, 1]);
}

#[test]
fn whole_hours_are_a_slip_of_local_time_without_an_offset() {
    let watch = item(SourceKind::FitSession, "a.fit", "2026-03-04T06:30:00+00:00", Some(10_000), Some(3_001));
    let row = |start: &str, seconds| local(ROW, "b.csv", start, Some(10_100), Some(seconds));
    assert_eq!(sizes(&[watch.clone(), row("2026-03-04T19:30:30", 3_001)]), [2]);
    assert_eq!(sizes(&[watch.clone(), row("2026-03-04T19:30:30", 3_003)]), [1, 1], "another length");
    assert_eq!(sizes(&[watch.clone(), row("2026-03-04T19:32:30", 3_001)]), [1, 1], "no whole hours");
    // Only one of two rows can match, the closer one.
    let rows = [row("2026-03-04T08:30:00", 3_001), row("2026-03-04T11:30:00", 3_001)];
    assert_eq!(sizes(&[watch.clone(), rows[0].clone(), rows[1].clone()]), [1, 2]);
    // The time is from the recording that knows the instant, and so is the distance.
    let merged = &merge(&[watch, rows[0].clone()], &[])[0];
    assert_eq!(merged.placed.wall_clock.map(|time| time.to_string()), Some("2026-03-04 06:30:00".to_owned()));
    assert_eq!(merged.distance.map(|distance| distance.m), Some(10_000));
}

#[test]
fn half_an_hour_before_work_and_after_it_are_two_runs() {
    // A treadmill stops after thirty minutes each time, so equal durations prove nothing.
    let watch = item(SourceKind::FitSession, "a.fit", "2026-03-04T06:30:00+00:00", Some(5_000), Some(1_800));
    assert_eq!(sizes(&[watch.clone(), local(ROW, "b.csv", "2026-03-04T17:30:00", Some(5_000), Some(1_800))]), [1, 1]);
    assert_eq!(sizes(&[watch, local(ROW, "b.csv", "2026-03-04T07:30:00", Some(5_000), Some(1_800))]), [2]);
}

#[test]
fn local_time_marked_as_utc_is_off_by_the_offset_of_the_place() {
    // Auckland in March: 13 hours.
    let at = |time: &str, source: &str, metres| {
        let mut one = item(TRACK, source, time, Some(metres), Some(3_001));
        one.placed.by = LocalDayBy::Coordinates;
        one
    };
    let right = at("2026-03-04T06:30:00+13:00", "a.gpx", 10_000);
    let marked = |start: &str, metres| at(start, "b.gpx", metres);
    assert_eq!(sizes(&[right.clone(), marked("2026-03-04T19:30:04+13:00", 10_050)]), [2]);
    assert_eq!(sizes(&[right.clone(), marked("2026-03-04T19:30:10+13:00", 10_050)]), [1, 1], "other seconds");
    assert_eq!(sizes(&[right.clone(), marked("2026-03-04T19:30:00+13:00", 10_200)]), [1, 1], "another way");
    assert_eq!(sizes(&[right.clone(), marked("2026-03-04T18:30:00+13:00", 10_050)]), [1, 1], "another shift");
    let merged = &merge(&[marked("2026-03-04T19:30:04+13:00", 10_000), right], &[])[0];
    assert_eq!(merged.placed.wall_clock.map(|time| time.to_string()), Some("2026-03-04 06:30:00".to_owned()));
}

#[test]
fn rows_of_ones_own_table_never_join_each_other() {
    let rough = [
        typed("log.csv", "2026-03-04T07:00:00", Some(12_000), 2),
        typed("log.csv", "2026-03-04T08:00:00", Some(3_000), 3),
        typed("log.csv", "2026-03-04T08:00:00", Some(3_000), 4),
    ];
    assert_eq!(sizes(&rough), [1, 1, 1]);
}

#[test]
fn a_diary_in_round_figures_tells_of_the_runs_that_are_there() {
    let watch = |start: &str, metres| item(TRACK, start, start, Some(metres), Some(2_900));
    let one = |metres, typed_m| {
        sizes(&[watch("2026-03-04T06:30:00+00:00", metres), day_only("d.csv", "2026-03-04", Some(typed_m), 2)])
    };
    assert_eq!(one(8_430, 8_000), [2]);
    assert_eq!(one(8_501, 8_000), [1, 1]);
    // Five miles are 8,047 m, and half a mile either way is 805 m.
    assert_eq!(one(8_851, 8_047), [2]);
    assert_eq!(one(8_853, 8_047), [1, 1]);
    // If they are not round figures, they have to agree within 400 m or a twentieth.
    assert_eq!(one(8_700, 8_300), [2]);
    assert_eq!(one(8_750, 8_300), [1, 1]);
}

#[test]
fn a_typed_time_may_be_an_hour_off_but_not_half_a_day() {
    let watch = item(TRACK, "a.gpx", "2026-03-04T06:30:00+00:00", Some(8_100), Some(2_900));
    let at = |start: &str| typed("log.csv", start, Some(8_000), 2);
    assert_eq!(sizes(&[watch.clone(), at("2026-03-04T05:30:00")]), [2]);
    assert_eq!(sizes(&[watch.clone(), at("2026-03-04T18:30:00")]), [1, 1]);
    // Midnight is not a time: tables fill it in.
    assert_eq!(sizes(&[watch.clone(), at("2026-03-04T00:00:00")]), [2]);
    // Somebody who runs the same distance in the morning and the evening has two runs, each with its own row.
    let evening = item(TRACK, "b.gpx", "2026-03-04T18:00:00+00:00", Some(8_000), Some(2_900));
    let rows = [at("2026-03-04T06:00:00"), typed("log.csv", "2026-03-04T18:00:00", Some(8_000), 3)];
    let merged = merge(&[watch, evening, rows[0].clone(), rows[1].clone()], &[]);
    assert_eq!(merged.iter().map(|one| one.members.clone()).collect::<Vec<_>>(), [[0, 2], [1, 3]]);
}

#[test]
fn seconds_that_nobody_would_type_for_another_run_are_enough() {
    let watch = item(TRACK, "a.gpx", "2026-03-04T06:30:00+00:00", Some(8_100), Some(2_903));
    let row = |seconds, metres| {
        let mut one = day_only("log.csv", "2026-03-04", metres, 2);
        one.activity.elapsed_s = Some(seconds);
        one
    };
    assert_eq!(sizes(&[watch.clone(), row(2_903, Some(10_000))]), [2]);
    assert_eq!(sizes(&[watch.clone(), row(2_906, Some(10_000))]), [1, 1]);
    // Whole minutes are rough; without a distance they have to be close.
    assert_eq!(sizes(&[watch.clone(), row(2_700, None)]), [2]);
    assert_eq!(sizes(&[watch, row(1_800, None)]), [1, 1]);
    let round = item(TRACK, "a.gpx", "2026-03-04T06:30:00+00:00", Some(8_100), Some(2_880));
    assert_eq!(sizes(&[round, row(2_880, Some(10_000))]), [1, 1]);
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
    // The row that fits best is taken first, wherever it is.
    let loose = day_only("log.csv", "2026-03-04", Some(4_750), 1);
    let merged = merge(&[items[0].clone(), loose, rows[1].clone()], &[]);
    assert!(merged[0].members.contains(&0) && merged[0].members.contains(&2));
    // Two rows of one file are two runs, however similar.
    assert_eq!(sizes(&[rows[0].clone(), day_only("log.csv", "2026-03-04", Some(5_250), 9)]), [1, 1]);
    // Reading the same file from two folders changes nothing.
    let copy = [day_only("copy.csv", "2026-03-04", Some(5_250), 2), day_only("copy.csv", "2026-03-04", Some(5_050), 3)];
    assert_eq!(sizes(&[rows[0].clone(), rows[1].clone(), copy[0].clone(), copy[1].clone()]), [2, 2]);
}
