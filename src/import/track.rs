//! Computes a track one point at a time in constant memory: where and when it began, its length and duration, and
//! what was odd about its points. It knows no file format.

mod path;
mod speeds;
#[cfg(test)]
mod tests;

use self::path::Path;
use crate::model::activity::{Activity, Distance, DistanceFrom, Position};
use crate::model::assumption::{Assumed, AssumptionKind};
use crate::model::fault::Fault;
use crate::model::problem::{Place, Problem};
use crate::model::sport::Sport;
use crate::model::units::whole_metres;

use super::timestamp::Timestamp;

/// Mean radius of the earth in metres: the sphere on which all distances are measured.
pub const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// Nobody runs this far this fast: the record over 2,000 m is 7.1 m/s.
pub const IMPLAUSIBLE_M: u32 = 2_000;
/// See [`IMPLAUSIBLE_M`].
pub const IMPLAUSIBLE_M_PER_S: f64 = 7.0;

/// A gap between neighbouring points that no run has, in seconds: the clock was set in between.
const CLOCK_LEAP_S: f64 = 86_400.0;

/// 1990-01-01T00:00:00Z. Clocks that were never set show 1970, 1980 or 1989.
const FIRST_POSSIBLE_UNIX_S: i64 = 631_152_000;

/// The position of a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fix {
    /// At a usable position.
    At(Position),
    /// At latitude 0, longitude 0: the device had no position.
    NullIsland,
    /// No usable position.
    Missing,
}

impl Fix {
    /// The position for a pair of degrees.
    #[must_use]
    pub fn from_degrees(lat: Option<f64>, lon: Option<f64>) -> Self {
        match (lat, lon) {
            (Some(0.0), Some(0.0)) => Self::NullIsland,
            (Some(lat), Some(lon)) if (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon) => {
                Self::At(Position { lat, lon })
            }
            _ => Self::Missing,
        }
    }
}

/// The time of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The point has this time.
    At(Timestamp),
    /// The point has no time.
    Missing,
    /// The point has an unreadable time.
    Unreadable,
}

impl Clock {
    /// Reads the text of a time element.
    #[must_use]
    pub fn read(text: &str) -> Self {
        Timestamp::parse(text.as_bytes()).map_or(Self::Unreadable, Self::At)
    }
}

/// Up to this many radians a sine is the first two terms of its series, to the last digit of a double: what follows is
/// smaller by a factor of 120 / x⁴.
const SMALL_ANGLE: f64 = 1e-4;

/// Great-circle distance in metres between two positions by the haversine formula, which stays exact for the metre-long
/// steps of a track.
#[must_use]
#[inline]
pub fn great_circle_m(from: Position, to: Position) -> f64 {
    let half_lat = (to.lat - from.lat).to_radians() / 2.0;
    let half_lon = (to.lon - from.lon).to_radians() / 2.0;
    if half_lat.abs() < SMALL_ANGLE && half_lon.abs() < SMALL_ANGLE {
        return short_step_m(from.lat.to_radians() + half_lat, half_lat, half_lon);
    }
    let across = half_lon.sin();
    let along = half_lat.sin();
    let haversine = along * along + from.lat.to_radians().cos() * to.lat.to_radians().cos() * across * across;
    2.0 * EARTH_RADIUS_M * haversine.sqrt().min(1.0).asin()
}

/// The same by one cosine, at the latitude halfway, for steps of less than a kilometre: nearly all there are. The product
/// of both ends' cosines is that cosine's square less the square of the sine of half the way north.
#[inline]
fn short_step_m(mid_lat: f64, half_lat: f64, half_lon: f64) -> f64 {
    let sine = |x: f64| x - x * x * x / 6.0;
    let (across, along, cosine) = (sine(half_lon), sine(half_lat), mid_lat.cos());
    let haversine = along * along + (cosine * cosine - along * along) * across * across;
    let half_angle = haversine.max(0.0).sqrt();
    2.0 * EARTH_RADIUS_M * (half_angle + half_angle * half_angle * half_angle / 6.0)
}

/// How often something odd was seen, and where first.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    count: u64,
    first: Option<Place>,
}

impl Tally {
    fn add(&mut self, count: u64, place: Place) {
        self.count += count;
        self.first.get_or_insert(place);
    }
}

/// The oddities among the points of a file.
#[derive(Clone, Debug, Default)]
pub struct Oddities {
    without_place: Tally,
    null_island: Tally,
    back_in_time: Tally,
    without_time: Tally,
    too_fast: Tally,
    clock_leaps: Tally,
    impossible: Tally,
}

impl Oddities {
    /// How many times could not be read.
    #[must_use]
    pub fn unreadable_times(&self) -> u64 {
        self.without_time.count
    }

    /// One problem for each kind, at the place of its first point.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        type Kind = (Tally, fn(u64) -> Fault);
        let kinds: [Kind; 7] = [
            (self.without_place, |count| Fault::PointsWithoutPlace { count }),
            (self.null_island, |count| Fault::PointsAtNullIsland { count }),
            (self.without_time, |count| Fault::PointsWithoutTime { count }),
            (self.back_in_time, |count| Fault::PointsBackInTime { count }),
            (self.clock_leaps, |count| Fault::ClockLeaps { count }),
            (self.too_fast, |count| Fault::StepsTooFast { count }),
            (self.impossible, |count| Fault::PointsImpossible { count }),
        ];
        kinds.into_iter().filter_map(|(tally, fault)| Some(fault(tally.count).at(tally.first?))).collect()
    }
}

/// Consecutive points with one setting of the clock.
#[derive(Clone, Copy, Debug)]
struct ClockSegment {
    first: Timestamp,
    last: Timestamp,
    points: u64,
}

/// The time that a series of points covers.
#[derive(Clone, Copy, Debug, Default)]
struct Stretch {
    first: Option<Timestamp>,
    last: Option<Timestamp>,
    leaps_s: f64,
    /// The points since the last jump of the clock, and those of the earlier setting with the most points.
    now: Option<ClockSegment>,
    before: Option<ClockSegment>,
}

enum Motion {
    Forward,
    Back,
    Leap,
}

impl Stretch {
    #[inline]
    fn extend(&mut self, time: Timestamp) -> Motion {
        let (Some(last), Some(now)) = (self.last.replace(time), &mut self.now) else {
            *self = Self::beginning(time);
            return Motion::Forward;
        };
        let gap_s = time.seconds_since(last);
        if gap_s.abs() <= CLOCK_LEAP_S {
            now.last = time;
            now.points += 1;
            return if gap_s < 0.0 { Motion::Back } else { Motion::Forward };
        }
        if last.unix_s() < FIRST_POSSIBLE_UNIX_S && time.unix_s() >= FIRST_POSSIBLE_UNIX_S {
            // Everything before was timed by a clock that had not been set.
            *self = Self::beginning(time);
        } else {
            self.leaps_s += gap_s;
            self.set_clock(time);
        }
        Motion::Leap
    }

    fn beginning(time: Timestamp) -> Self {
        let now = ClockSegment { first: time, last: time, points: 1 };
        Self { first: Some(time), last: Some(time), now: Some(now), ..Self::default() }
    }

    /// Begins another setting of the clock, or resumes the one before.
    fn set_clock(&mut self, time: Timestamp) {
        match self.before {
            Some(before) if time.seconds_since(before.last).abs() <= CLOCK_LEAP_S => {
                let resumed = ClockSegment { last: time, points: before.points + 1, ..before };
                self.before = self.now.replace(resumed);
            }
            _ => {
                self.before = self.of_most_points();
                self.now = Some(ClockSegment { first: time, last: time, points: 1 });
            }
        }
    }

    /// The setting with the most points; of two with as many the later one, since a clock is usually corrected.
    fn of_most_points(&self) -> Option<ClockSegment> {
        match (self.before, self.now) {
            (Some(before), Some(now)) if before.points > now.points => Some(before),
            (before, now) => now.or(before),
        }
    }

    /// The first time by the setting of the clock that most points have.
    fn start(&self) -> Option<Timestamp> {
        self.of_most_points().map(|setting| setting.first)
    }

    fn seconds(&self) -> Option<f64> {
        let seconds = self.last?.seconds_since(self.first?) - self.leaps_s;
        (seconds >= 0.0).then_some(seconds)
    }
}

#[inline]
fn readable(clock: Clock, place: Place, odd: &mut Oddities) -> Option<Timestamp> {
    match clock {
        Clock::At(time) => Some(time),
        Clock::Missing => None,
        Clock::Unreadable => {
            odd.without_time.add(1, place);
            None
        }
    }
}

/// A track, as far as it has been read.
#[derive(Clone, Debug, Default)]
pub struct Track {
    usable: Stretch,
    unusable: Stretch,
    path: Path,
    points: u64,
}

impl Track {
    /// Allows any speed from here on, for sports other than running.
    pub fn allow_any_speed(&mut self) {
        self.path.allow_any_speed();
    }

    /// Adds the next point, which is at `place` in the file.
    #[inline]
    pub fn push(&mut self, fix: Fix, clock: Clock, place: Place, odd: &mut Oddities) {
        self.points += 1;
        let time = readable(clock, place, odd);
        let position = match fix {
            Fix::At(position) => position,
            Fix::NullIsland | Fix::Missing => {
                let tally = if fix == Fix::Missing { &mut odd.without_place } else { &mut odd.null_island };
                tally.add(1, place);
                if let Some(time) = time {
                    self.unusable.extend(time);
                }
                return;
            }
        };
        if let Some(time) = time {
            self.pass_time(time, place, odd);
        }
        self.path.push(position, time, place, odd);
    }

    /// Adds a point recorded without a position on purpose, indoors or before satellites were found: it has a time
    /// and no error.
    pub fn push_without_place(&mut self, clock: Clock, place: Place, odd: &mut Oddities) {
        self.points += 1;
        if let Some(time) = readable(clock, place, odd) {
            self.pass_time(time, place, odd);
        }
    }

    /// Ends a segment: there is no step from its last point to the next.
    pub fn end_segment(&mut self, odd: &mut Oddities) {
        self.path.end_segment(odd);
    }

    #[inline]
    fn pass_time(&mut self, time: Timestamp, place: Place, odd: &mut Oddities) {
        match self.usable.extend(time) {
            Motion::Forward => {}
            Motion::Back => odd.back_in_time.add(1, place),
            Motion::Leap => odd.clock_leaps.add(1, place),
        }
    }

    /// The number of points, including those left out.
    #[must_use]
    pub fn points(&self) -> u64 {
        self.points
    }

    /// The first usable position.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.path.first()
    }

    /// The first time: that of a usable point, or of any point where no usable one has a time. If the clock was set
    /// on the way, the first time by the setting that most points have.
    #[must_use]
    pub fn start(&self) -> Option<Timestamp> {
        self.timed().start()
    }

    /// What was assumed of its points where the distance is the sum of their steps: that some are errors, and that it
    /// is a run although faster than anybody runs.
    pub fn assumed(&self, distance: Option<Distance>) -> impl Iterator<Item = Assumed> {
        let counts = distance.is_some_and(|distance| distance.from == DistanceFrom::Track);
        let left_out = (counts && self.path.left_out() > 0).then_some(AssumptionKind::PointsLeftOut);
        let too_fast = (counts && self.path.is_implausibly_fast()).then_some(AssumptionKind::ImplausibleSpeed);
        left_out.into_iter().chain(too_fast).map(|kind| Assumed::new(kind, "", 1))
    }

    /// Whole seconds from the first time to the last, without jumps of the clock; `None` if the last is not after
    /// the first or fewer than two different times are known.
    #[must_use]
    pub fn elapsed_s(&self) -> Option<u32> {
        whole_seconds(self.timed().seconds()?).filter(|seconds| *seconds > 0)
    }

    /// The sum of steps within segments in whole metres; `None` if it is zero. Call `end_segment` first.
    #[must_use]
    pub fn metres(&self) -> Option<u32> {
        whole_metres(self.path.metres()).filter(|metres| *metres > 0)
    }

    /// The median speed while moving, in millimetres per second.
    #[must_use]
    pub fn usual_mm_per_s(&self) -> Option<u32> {
        self.path.usual_mm_per_s()
    }

    fn timed(&self) -> &Stretch {
        if self.usable.first.is_some() { &self.usable } else { &self.unusable }
    }
}

/// Whole seconds from a finite, non-negative number of them that fits into 32 bits.
#[must_use]
pub fn whole_seconds(seconds: f64) -> Option<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked first")]
    (0.0..4_294_967_295.0).contains(&seconds).then(|| seconds.round() as u32)
}

/// The problem of a run whose device and track differ by more than 5 % of the device's distance. Other sports are not
/// checked.
#[must_use]
pub fn distances_differ(activity: &Activity, place: Place) -> Option<Problem> {
    let device_m = activity.distance.filter(|distance| distance.from == DistanceFrom::Device)?.m;
    let track_m = activity.track_m?;
    let difference = u64::from(device_m.abs_diff(track_m));
    let asked = activity.sport.as_ref().is_none_or(Sport::is_running);
    (asked && difference * 20 > u64::from(device_m)).then(|| Fault::DistancesDiffer { device_m, track_m }.at(place))
}
