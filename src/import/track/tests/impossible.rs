//! Points where no runner can have been, on tracks whose true length is known.

use std::collections::BTreeSet;

use super::*;

/// The runner's true positions over time, and the true length.
#[derive(Clone, Debug)]
struct TrueWay {
    points: Vec<Position>,
    every_s: i32,
    metres: f64,
}

impl TrueWay {
    fn read(&self, points: &[Position]) -> (Track, Oddities) {
        let (mut track, mut odd) = (Track::default(), Oddities::default());
        for (number, point) in (0..).zip(points) {
            let clock = Clock::At(Timestamp::from_unix(1_780_000_000 + i64::from(self.every_s) * number));
            track.push(Fix::At(*point), clock, Place::Record(number.unsigned_abs() + 1), &mut odd);
        }
        track.end_segment(&mut odd);
        (track, odd)
    }

    /// The error of the track's metres as a fraction, after rounding.
    fn share_off(&self, track: &Track) -> f64 {
        ((f64::from(track.metres().unwrap_or(0)) - self.metres).abs() - 0.5).max(0.0) / self.metres
    }
}

fn moved(from: Position, metres: f64, heading: f64) -> Position {
    let east_m = DEGREE_M * from.lat.to_radians().cos();
    at(from.lat + metres * heading.cos() / DEGREE_M, from.lon + metres * heading.sin() / east_m)
}

/// A winding route at a varying speed.
fn any_way() -> impl Strategy<Value = TrueWay> {
    let place = (-60.0..60.0_f64, -170.0..170.0_f64);
    let steps = proptest::collection::vec((0.8..1.2_f64, -0.08..0.08_f64), 200..600);
    (place, 1_i32..31, 1.8..4.8_f64, 0.0..6.2_f64, steps).prop_map(|((lat, lon), every_s, usual, heading, steps)| {
        let (mut last, mut heading, mut metres) = (at(lat, lon), heading, 0.0);
        let mut points = vec![last];
        for (times, turn) in steps {
            heading += turn;
            let next = moved(last, usual * times * f64::from(every_s), heading);
            metres += great_circle_m(last, next);
            points.push(next);
            last = next;
        }
        TrueWay { points, every_s, metres }
    })
}

/// An error of a position fix.
#[derive(Clone, Copy, Debug)]
enum Wrong {
    Far { times: f64, heading: f64 },
    OtherHemisphere,
    OtherSide,
}

impl Wrong {
    fn fix(self, way: &TrueWay, index: usize) -> Position {
        let right = way.points[index];
        match self {
            Self::Far { times, heading } => moved(right, times * 100.0 * f64::from(way.every_s.max(10)), heading),
            Self::OtherHemisphere => at(-right.lat, right.lon),
            Self::OtherSide => at(right.lat, -right.lon),
        }
    }
}

fn any_wrong() -> impl Strategy<Value = Wrong> {
    prop_oneof![
        (1.0..20.0_f64, 0.0..6.2_f64).prop_map(|(times, heading)| Wrong::Far { times, heading }),
        Just(Wrong::OtherHemisphere),
        Just(Wrong::OtherSide),
    ]
}

/// Up to three places as fractions of the track: anywhere, in a row, at the beginning, at the end.
fn any_places() -> impl Strategy<Value = Vec<f64>> {
    prop_oneof![
        proptest::collection::vec(0.0..1.0_f64, 1..4),
        (0.0..1.0_f64, 1_usize..4).prop_map(|(first, count)| vec![first; count]),
        (1_usize..4).prop_map(|count| vec![0.0; count]),
        (1_usize..4).prop_map(|count| vec![1.0; count]),
    ]
}

/// The places as indices, each once.
fn positions(places: &[f64], count: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for place in places {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a few hundred")]
        let mut index = ((place * f64::from(u32::try_from(count).unwrap())) as usize).min(count - 1);
        while !found.insert(index) {
            index = if *place > 0.5 { index - 1 } else { index + 1 };
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn up_to_three_wrong_points_anywhere_move_the_distance_by_less_than_a_fiftieth(
        way in any_way(), places in any_places(), wrong in proptest::collection::vec(any_wrong(), 3), alike in any::<bool>(),
    ) {
        let mut points = way.points.clone();
        let moved_points = positions(&places, points.len());
        for (number, &index) in moved_points.iter().enumerate() {
            points[index] = wrong[if alike { 0 } else { number }].fix(&way, index);
        }
        // Near the equator or Greenwich, a mirrored point is no other place.
        prop_assume!(moved_points.iter().all(|&i| great_circle_m(points[i], way.points[i]) > 900.0));
        let (track, odd) = way.read(&points);
        prop_assert!(way.share_off(&track) < 0.02, "{:?} of {}, wrong at {:?}", track.metres(), way.metres, moved_points);
        let told = odd.impossible.count;
        prop_assert!(told >= moved_points.len() as u64, "{} told", told);
        // And the zone is that of a true point.
        let first = track.position().unwrap();
        prop_assert!(way.points.contains(&first));
    }

    #[test]
    fn no_point_of_a_true_track_is_left_out(way in any_way()) {
        let (track, odd) = way.read(&way.points);
        prop_assert_eq!(odd.problems(), vec![]);
        prop_assert!(way.share_off(&track) < 0.001);
    }
}

/// A route northwards at three metres a second with a point every half minute; these points are moved east by so many
/// metres.
fn with_detours(metres_east: &[(usize, f64)]) -> (Option<u32>, Vec<Problem>) {
    let points = (0..60).map(|n| at(10.0 + 90.0 * f64::from(n) / DEGREE_M, 20.0)).collect();
    let way = TrueWay { points, every_s: 30, metres: 59.0 * 90.0 };
    let mut points = way.points.clone();
    for &(index, metres) in metres_east {
        points[index] = moved(points[index], metres, PI / 2.0);
    }
    let (track, odd) = way.read(&points);
    (track.metres(), odd.problems())
}

#[test]
fn a_detour_at_a_speed_that_can_be_is_left_out_where_the_track_goes_on_as_before() {
    let left_out = |count| vec![Fault::PointsImpossible { count }.at(Place::Record(31))];
    // 250 m aside in half a minute are 8.9 m/s, which is possible but not at this runner's speed.
    for aside in [&[(30, 250.0)][..], &[(30, 250.0), (31, 250.0)], &[(30, 300.0), (31, 280.0), (32, 310.0)]] {
        assert_eq!(with_detours(aside), (Some(5_310), left_out(aside.len() as u64)));
    }
    // 140 m aside are 5.5 m/s, which somebody may have run: twice √(90² + 140²) = 166.4 m in place of 90 m.
    assert_eq!(with_detours(&[(30, 140.0)]), (Some(5_463), vec![]));
}

#[test]
fn a_way_that_goes_on_from_another_place_is_no_point_that_is_wrong() {
    // A drive of 3.6 km in ten seconds by the track's clock: what was run before and after counts.
    let mut points: Vec<Position> = (0..20).map(|n| at(10.0 + 30.0 * f64::from(n) / DEGREE_M, 20.0)).collect();
    points.extend((0..20).map(|n| at(10.0 + (570.0 + 3_600.0 + 30.0 * f64::from(n)) / DEGREE_M, 20.0)));
    let way = TrueWay { points, every_s: 10, metres: 1_140.0 };
    let (track, odd) = way.read(&way.points);
    assert_eq!(track.metres(), Some(1_140));
    assert_eq!(odd.problems(), [Fault::StepsTooFast { count: 1 }.at(Place::Record(21))]);
}

#[test]
fn a_tunnel_is_a_way_like_any_other() {
    // Five minutes without a fix, while the runner kept running.
    let (mut track, mut odd) = (Track::default(), Oddities::default());
    for n in (0..100_i32).filter(|n| !(40..70).contains(n)) {
        let position = at(10.0 + 30.0 * f64::from(n) / DEGREE_M, 20.0);
        let clock = Clock::At(Timestamp::from_unix(1_780_000_000 + 10 * i64::from(n)));
        track.push(Fix::At(position), clock, Place::File, &mut odd);
    }
    track.end_segment(&mut odd);
    assert_eq!((track.metres(), odd.problems()), (Some(2_970), vec![]));
}

#[test]
fn a_segment_that_repeats_those_before_it_adds_only_what_is_new() {
    let segments = |ranges: &[std::ops::Range<i32>]| {
        let (mut track, mut odd) = (Track::default(), Oddities::default());
        for range in ranges {
            for n in range.clone() {
                let position = at(10.0 + 3.0 * f64::from(n) / DEGREE_M, 20.0);
                let clock = Clock::At(Timestamp::from_unix(1_780_000_000 + i64::from(n)));
                track.push(Fix::At(position), clock, Place::File, &mut odd);
            }
            track.end_segment(&mut odd);
        }
        (track.metres(), track.elapsed_s())
    };
    // A hundred steps of three metres, then two hundred, then three hundred.
    assert_eq!(segments(&[0..101, 0..201, 0..301]), (Some(900), Some(300)));
    // Separate segments are not joined: two steps are missing.
    assert_eq!(segments(&[0..101, 101..201, 201..301]), (Some(894), Some(300)));
}

#[test]
fn two_kilometres_faster_than_anyone_are_told_and_slower_ones_are_not() {
    let at_speed = |metres_per_s: f64, any_speed: bool| {
        let (mut track, mut odd) = (Track::default(), Oddities::default());
        if any_speed {
            track.allow_any_speed();
        }
        for n in 0..700_i32 {
            // Four minutes at three metres a second come before it.
            let metres = f64::from(n.min(240)) * 3.0 + f64::from((n - 240).max(0)) * metres_per_s;
            let clock = Clock::At(Timestamp::from_unix(1_780_000_000 + i64::from(n)));
            track.push(Fix::At(at(10.0 + metres / DEGREE_M, 20.0)), clock, Place::File, &mut odd);
        }
        track.end_segment(&mut odd);
        let distance = Distance { m: track.metres().unwrap(), from: DistanceFrom::Track };
        track.assumed(Some(distance)).map(|assumed| assumed.kind).collect::<Vec<_>>()
    };
    assert_eq!(at_speed(7.05, false), [AssumptionKind::ImplausibleSpeed]);
    assert_eq!(at_speed(6.95, false), []);
    assert_eq!(at_speed(7.05, true), []);
}
