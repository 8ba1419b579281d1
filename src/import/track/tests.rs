//! Track arithmetic on points with distances and times worked out by hand.

mod impossible;

use std::f64::consts::PI;

use proptest::prelude::*;

use super::*;
use crate::model::activity::{Distance, SourceKind, Start};
use crate::model::problem::Cost;

/// The length of one degree on the sphere: 111,195.0797 m.
const DEGREE_M: f64 = EARTH_RADIUS_M * PI / 180.0;

fn at(lat: f64, lon: f64) -> Position {
    Position { lat, lon }
}

/// A track northwards from latitude 10, with these metres and Unix seconds.
fn northwards(points: &[(f64, Option<i64>)]) -> (Track, Vec<Problem>) {
    let mut track = Track::default();
    let mut odd = Oddities::default();
    for ((metres, second), line) in points.iter().zip(1..) {
        let clock = second.map_or(Clock::Missing, |second| Clock::At(Timestamp::from_unix(second)));
        track.push(Fix::At(at(10.0 + metres / DEGREE_M, 20.0)), clock, Place::Line(line), &mut odd);
    }
    track.end_segment(&mut odd);
    (track, odd.problems())
}

#[test]
fn known_lengths_on_the_sphere() {
    assert!((DEGREE_M - 111_195.079_7).abs() < 0.001);
    for (from, to, degrees) in [
        (at(0.0, 0.0), at(1.0, 0.0), 1.0),
        (at(-36.0, 174.0), at(-37.0, 174.0), 1.0),
        (at(0.0, 179.5), at(0.0, -179.5), 1.0),
        (at(90.0, 12.0), at(0.0, 77.0), 90.0),
        (at(0.0, 0.0), at(0.0, 180.0), 180.0),
        (at(89.0, 0.0), at(89.0, 180.0), 2.0),
    ] {
        let metres = great_circle_m(from, to);
        assert!((metres - degrees * DEGREE_M).abs() < 1e-3, "{from:?} {to:?} {metres}");
    }
}

/// The length by the angle between two unit vectors, taken from its tangent: another road to the same.
fn by_vectors_m(from: Position, to: Position) -> f64 {
    let vector = |position: Position| {
        let (lat, lon) = (position.lat.to_radians(), position.lon.to_radians());
        [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
    };
    let (one, other) = (vector(from), vector(to));
    let cross = [(1, 2), (2, 0), (0, 1)].map(|(i, j)| one[i] * other[j] - one[j] * other[i]);
    let sine = cross.iter().map(|part| part * part).sum::<f64>().sqrt();
    let cosine: f64 = one.iter().zip(other).map(|(one, other)| one * other).sum();
    EARTH_RADIUS_M * sine.atan2(cosine)
}

proptest! {
    #[test]
    fn haversine_agrees_with_vectors(lat_a in -90.0..90.0_f64, lon_a in -180.0..180.0_f64, lat_b in -90.0..90.0_f64, lon_b in -180.0..180.0_f64) {
        let (from, to) = (at(lat_a, lon_a), at(lat_b, lon_b));
        let (metres, by_vectors) = (great_circle_m(from, to), by_vectors_m(from, to));
        prop_assert!((metres - by_vectors).abs() < 0.5, "{} {}", metres, by_vectors);
    }

    /// Steps on both sides of what counts as short, which is 0.0115 degrees.
    #[test]
    fn short_steps_agree_with_vectors(lat in -89.9..89.9_f64, lon in -180.0..180.0_f64, north in -0.02..0.02_f64, east in -0.02..0.02_f64) {
        let (from, to) = (at(lat, lon), at(lat + north, lon + east));
        let (metres, by_vectors) = (great_circle_m(from, to), by_vectors_m(from, to));
        prop_assert!((metres - by_vectors).abs() < 1e-6, "{} {}", metres, by_vectors);
    }
}

#[test]
fn steps_add_up_inside_segments_only() {
    let (track, problems) = northwards(&[(0.0, Some(0)), (10.0, Some(5)), (25.4, Some(10))]);
    assert_eq!((track.metres(), track.elapsed_s()), (Some(25), Some(10)));
    assert_eq!(problems, []);

    let mut track = Track::default();
    let mut odd = Oddities::default();
    for (metres, ends) in [(0.0, false), (100.0, true), (5_000.0, false), (5_200.0, true)] {
        track.push(Fix::At(at(metres / DEGREE_M, 20.0)), Clock::Missing, Place::File, &mut odd);
        if ends {
            track.end_segment(&mut odd);
        }
    }
    assert_eq!(track.metres(), Some(300));
}

/// Twenty points five metres and two seconds apart, then the given ones, counted from the last of the twenty, then
/// twenty more.
fn on_a_run(points: &[(f64, i64)]) -> (Track, Vec<Problem>) {
    let usual = |from_m: f64, from_s: i64| {
        (1..=20_i32).map(move |n| (from_m + 5.0 * f64::from(n), Some(from_s + 2 * i64::from(n))))
    };
    let &(last_m, last_s) = points.last().unwrap();
    let between = points.iter().map(|&(metres, second)| (100.0 + metres, Some(40 + second)));
    let all: Vec<_> = usual(0.0, 0).chain(between).chain(usual(100.0 + last_m, 40 + last_s)).collect();
    northwards(&all)
}

#[test]
fn two_steps_too_fast_are_kept_and_three_are_left_out() {
    // 95 m, the steps of 50 m, and 100 m.
    let (track, problems) = on_a_run(&[(50.0, 1), (100.0, 2)]);
    assert_eq!((track.metres(), problems), (Some(295), vec![]));
    let (track, problems) = on_a_run(&[(50.0, 1), (100.0, 2), (150.0, 3)]);
    assert_eq!((track.metres(), problems), (Some(195), vec![Fault::StepsTooFast { count: 3 }.at(Place::Line(21))]));
    // A single jump that no movement explains is left out.
    let (track, problems) = on_a_run(&[(501.0, 1)]);
    assert_eq!((track.metres(), problems), (Some(195), vec![Fault::StepsTooFast { count: 1 }.at(Place::Line(21))]));
    let (track, problems) = on_a_run(&[(499.0, 1)]);
    assert_eq!((track.metres(), problems), (Some(694), vec![]));

    // Also for the last steps of a segment.
    let (track, problems) = northwards(&[(0.0, Some(0)), (100.0, Some(1)), (200.0, Some(2)), (300.0, Some(3))]);
    assert_eq!((track.metres(), problems.len()), (None, 1));
}

#[test]
fn twelve_and_a_half_metres_a_second_are_not_too_fast() {
    let fit: Vec<_> = (0..5).map(|i| (f64::from(i) * 12.499, Some(i64::from(i)))).collect();
    assert_eq!(northwards(&fit).1, []);
    let unfit: Vec<_> = (0..5).map(|i| (f64::from(i) * 12.501, Some(i64::from(i)))).collect();
    assert_eq!(northwards(&unfit).1.len(), 1);
}

#[test]
fn other_sports_may_be_faster() {
    let mut track = Track::default();
    let mut odd = Oddities::default();
    track.allow_any_speed();
    for second in 0..5 {
        let metres = 20.0 * f64::from(second);
        let clock = Clock::At(Timestamp::from_unix(second.into()));
        track.push(Fix::At(at(metres / DEGREE_M, 20.0)), clock, Place::File, &mut odd);
    }
    track.end_segment(&mut odd);
    assert_eq!((track.metres(), odd.problems()), (Some(80), vec![]));
}

#[test]
fn steps_without_time_or_at_one_second_have_no_speed() {
    let (track, problems) = northwards(&[(0.0, None), (500.0, None), (1_000.0, None), (1_500.0, None)]);
    assert_eq!((track.metres(), track.elapsed_s(), problems), (Some(1_500), None, vec![]));
    let (track, problems) =
        northwards(&[(0.0, Some(7)), (5.0, Some(7)), (10.0, Some(7)), (15.0, Some(7)), (18.0, Some(8))]);
    assert_eq!((track.metres(), track.elapsed_s(), problems), (Some(18), Some(1), vec![]));
}

#[test]
fn time_that_runs_back_is_counted_and_the_points_stay() {
    let (track, problems) =
        northwards(&[(0.0, Some(0)), (5.0, Some(9)), (10.0, Some(8)), (15.0, Some(12)), (20.0, Some(11))]);
    assert_eq!((track.metres(), track.elapsed_s()), (Some(20), Some(11)));
    assert_eq!(problems, [Fault::PointsBackInTime { count: 2 }.at(Place::Line(3))]);
}

#[test]
fn a_clock_that_was_never_set_does_not_date_the_track() {
    let run = 1_780_000_000;
    let (track, problems) = northwards(&[(0.0, Some(12)), (5.0, Some(14)), (10.0, Some(run)), (15.0, Some(run + 3))]);
    assert_eq!(track.start().map(Timestamp::unix_s), Some(run));
    assert_eq!(track.elapsed_s(), Some(3));
    assert_eq!(problems, [Fault::ClockLeaps { count: 1 }.at(Place::Line(3))]);
    assert_eq!(problems[0].cost, Cost::Nothing);
}

#[test]
fn a_leap_of_days_is_no_time_spent() {
    let run = 1_780_000_000;
    let leap = run + 10 * 86_400;
    let (track, problems) = northwards(&[
        (0.0, Some(run)),
        (5.0, Some(run + 2)),
        (10.0, Some(leap)),
        (15.0, Some(leap + 3)),
        (20.0, Some(run + 8)),
    ]);
    assert_eq!(track.start().map(Timestamp::unix_s), Some(run));
    assert_eq!(track.elapsed_s(), Some(5));
    assert_eq!(problems, [Fault::ClockLeaps { count: 2 }.at(Place::Line(3))]);
}

#[test]
fn a_track_is_dated_by_the_clock_that_most_of_its_points_tell() {
    let run = 1_780_000_000;
    let wrong = run - 1_024 * 7 * 86_400;
    let (track, problems) = northwards(&[
        (0.0, Some(wrong)),
        (5.0, Some(wrong + 2)),
        (10.0, Some(run)),
        (15.0, Some(run + 2)),
        (20.0, Some(run + 4)),
    ]);
    assert_eq!((track.start().map(Timestamp::unix_s), track.elapsed_s()), (Some(run), Some(6)));
    assert_eq!(problems, [Fault::ClockLeaps { count: 1 }.at(Place::Line(3))]);
    // If both are equally many, the later one: clocks are corrected on the way.
    let (track, _) =
        northwards(&[(0.0, Some(wrong)), (5.0, Some(wrong + 2)), (10.0, Some(run)), (15.0, Some(run + 2))]);
    assert_eq!(track.start().map(Timestamp::unix_s), Some(run));
    let (track, _) = northwards(&[(0.0, Some(run)), (5.0, Some(run + 2)), (10.0, Some(wrong))]);
    assert_eq!(track.start().map(Timestamp::unix_s), Some(run));
}

#[test]
fn points_that_cannot_be_used_are_counted_and_still_tell_the_time_where_no_other_does() {
    let mut track = Track::default();
    let mut odd = Oddities::default();
    let clock = |second| Clock::At(Timestamp::from_unix(second));
    track.push(Fix::from_degrees(Some(0.0), Some(-0.0)), clock(1_000_000_000), Place::Line(4), &mut odd);
    track.push(Fix::from_degrees(Some(91.0), Some(0.0)), clock(1_000_000_060), Place::Line(5), &mut odd);
    track.push(Fix::from_degrees(None, Some(1.0)), Clock::Unreadable, Place::Line(6), &mut odd);
    assert_eq!((track.position(), track.metres(), track.elapsed_s()), (None, None, Some(60)));
    assert_eq!(
        odd.problems(),
        [
            Fault::PointsWithoutPlace { count: 2 }.at(Place::Line(5)),
            Fault::PointsAtNullIsland { count: 1 }.at(Place::Line(4)),
            Fault::PointsWithoutTime { count: 1 }.at(Place::Line(6)),
        ]
    );
    track.push(Fix::from_degrees(Some(10.0), Some(20.0)), clock(1_000_000_090), Place::Line(7), &mut odd);
    assert_eq!(track.position(), Some(at(10.0, 20.0)));
    assert!(
        matches!(track.start().and_then(Timestamp::start), Some(Start::Instant(moment)) if moment.timestamp() == 1_000_000_090)
    );
}

#[test]
fn distances_differ_beyond_a_twentieth_of_the_devices() {
    let activity = |sport, track_m| Activity {
        sport,
        distance: Some(Distance { m: 10_000, from: DistanceFrom::Device }),
        track_m: Some(track_m),
        ..Activity::new(SourceKind::Track)
    };
    for (track_m, differ) in [(10_500, false), (9_500, false), (10_501, true), (9_499, true)] {
        for sport in [None, Some(Sport::TrailRun)] {
            assert_eq!(distances_differ(&activity(sport, track_m), Place::File).is_some(), differ, "{track_m}");
        }
    }
    assert_eq!(distances_differ(&activity(Some(Sport::Other("Ride".into())), 1), Place::File), None);
}
