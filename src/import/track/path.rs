//! The length of a track, step by step and in constant memory. Points where no runner can have been are left out: up
//! to three in a row from which the track returns, a first fix at the device's previous location, a last one where it
//! lost its position. It knows nothing of days.

use super::speeds::{FastStretches, Speeds};
use super::{Oddities, great_circle_m};
use crate::import::timestamp::Timestamp;
use crate::model::activity::Position;
use crate::model::problem::Place;

/// Faster than any runner, in metres per second: the fastest sprinters reach 12.4.
const TOO_FAST_M_PER_S: f64 = 12.5;

/// This many steps in a row have to be too fast before they are left out.
const TOO_FAST_STEPS: u64 = 3;

/// Above this speed, a step to a point that may be wrong is impossible.
const IMPOSSIBLE_M_PER_S: f64 = 12.0;

/// It is also impossible above this many times the usual speed of the track.
const IMPOSSIBLE_TIMES_USUAL: f64 = 4.0;

/// Shorter steps are not compared with the usual speed, since fixes scatter.
const SCATTER_M: f64 = 50.0;

/// Impossible within one second. Times may be rounded to minutes, so shorter distances tell nothing.
const IMPOSSIBLE_AT_ONCE_M: f64 = 500.0;

/// A jump this long was not run, even if the track continues from there.
const LONGEST_JUMP_M: f64 = 500.0;

/// The most consecutive points that may be wrong.
const MOST_WRONG: usize = 3;

/// How many points are held back until it is known which are wrong: those, and one that is right.
const HELD_BACK: usize = MOST_WRONG + 1;

/// A detour is recognised if each step of it is at least this many times the usual speed,
const DETOUR_STEP_TIMES_USUAL: f64 = 2.0;
/// the whole of it this many times,
const DETOUR_TIMES_USUAL: f64 = 1.7;
/// while without it the track continues at between these many times the usual speed,
const WITHOUT_DETOUR_TIMES_USUAL: std::ops::RangeInclusive<f64> = 0.5..=1.5;
/// over at most this share of the distance,
const WITHOUT_DETOUR_SHARE: f64 = 0.6;
/// and the steps before and after it are at most this many times the usual speed.
const BESIDE_DETOUR_TIMES_USUAL: f64 = 1.4;

#[derive(Clone, Copy, Debug)]
struct Point {
    position: Position,
    time: Option<Timestamp>,
    place: Place,
}

/// The step between two points.
#[derive(Clone, Copy, Debug)]
struct Step {
    metres: f64,
    /// Seconds between them; `None` for points at the same second, going back in time or without a time.
    seconds: Option<f64>,
    at_one_second: bool,
}

impl Step {
    #[inline]
    fn between(from: &Point, to: &Point) -> Self {
        let seconds = to.time.zip(from.time).map(|(to, from)| to.seconds_since(from));
        Self {
            metres: great_circle_m(from.position, to.position),
            seconds: seconds.filter(|seconds| *seconds > 0.0),
            at_one_second: seconds.is_some_and(|seconds| seconds <= 0.0),
        }
    }

    fn is_faster_than(self, metres_per_s: f64) -> bool {
        self.seconds.is_some_and(|seconds| self.metres > seconds * metres_per_s)
    }
}

/// Consecutive steps that are too fast, held back until their number is known.
#[derive(Clone, Copy, Debug, Default)]
struct ImplausibleSteps {
    steps: u64,
    first: Option<Place>,
    metres: f64,
}

/// A track's path, as far as it has been read.
#[derive(Clone, Debug, Default)]
pub struct Path {
    any_speed: bool,
    metres: f64,
    /// The first point that was kept.
    first: Option<Position>,
    /// The last point of the segment that was kept.
    last: Option<Point>,
    last_m_per_s: f64,
    kept_in_segment: u64,
    metres_before_segment: f64,
    /// The first point of all, the latest time of earlier segments, and until when this one repeats them: some
    /// programs write each segment with all earlier ones.
    origin: Option<(Position, Timestamp)>,
    reached: Option<Timestamp>,
    repeats_until: Option<Timestamp>,
    first_is_of_segment: bool,
    held_back: [Option<Point>; HELD_BACK],
    speeds: Speeds,
    fast: FastStretches,
    sprint: ImplausibleSteps,
    left_out: u64,
}

impl Path {
    /// Allows any speed from here on.
    pub fn allow_any_speed(&mut self) {
        self.any_speed = true;
    }

    /// Adds the next point of the segment.
    #[inline]
    pub fn push(&mut self, position: Position, time: Option<Timestamp>, place: Place, odd: &mut Oddities) {
        let point = Point { position, time, place };
        if self.repeats_until.is_some() && self.is_repeated(&point) {
            self.last = Some(point);
            return;
        }
        if self.held_back[0].is_none() {
            let Some(last) = &self.last else { return self.begin(point) };
            let step = Step::between(last, &point);
            if !self.is_suspicious(step) {
                return self.keep(point, step, odd);
            }
        }
        if let Some(free) = self.held_back.iter_mut().find(|held| held.is_none()) {
            *free = Some(point);
        }
        if self.held_back[HELD_BACK - 1].is_some() {
            self.settle(false, odd);
        }
    }

    /// Ends a segment: there is no step from its last point to the next.
    pub fn end_segment(&mut self, odd: &mut Oddities) {
        self.settle(true, odd);
        self.end_sprint(odd);
        let ends = self.last.and_then(|last| last.time);
        self.reached = match (self.reached, ends) {
            (Some(reached), Some(ends)) if ends.seconds_since(reached) < 0.0 => Some(reached),
            (reached, ends) => ends.or(reached),
        };
        self.repeats_until = None;
        self.last = None;
        self.last_m_per_s = 0.0;
        self.kept_in_segment = 0;
        self.metres_before_segment = self.metres;
        self.first_is_of_segment = false;
    }

    /// The first point that was kept; until the end of its segment it may still turn out to be wrong.
    pub fn first(&self) -> Option<Position> {
        self.first
    }

    /// The sum of the steps in segments that have ended.
    pub fn metres(&self) -> f64 {
        self.metres
    }

    /// The median speed while moving, in millimetres per second; `None` with too few steps.
    pub fn usual_mm_per_s(&self) -> Option<u32> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a speed below 16 m/s")]
        self.speeds.median(|share| share).map(|metres_per_s| (metres_per_s * 1_000.0) as u32)
    }

    /// The number of points or steps left out.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Whether any two kilometres are faster than anybody runs.
    pub fn is_implausibly_fast(&self) -> bool {
        self.fast.any && !self.any_speed
    }

    fn begin(&mut self, point: Point) {
        if self.first.is_none() {
            self.first = Some(point.position);
            self.first_is_of_segment = true;
        }
        let own = point.time.map(|time| (point.position, time));
        self.origin = self.origin.or(own);
        self.repeats_until = self.reached.filter(|_| own.is_some() && own == self.origin);
        self.kept_in_segment += 1;
        self.last = Some(point);
    }

    /// Whether a point of a segment that repeats earlier ones is still a repetition.
    fn is_repeated(&mut self, point: &Point) -> bool {
        let known = |until: Timestamp| point.time.is_none_or(|time| time.seconds_since(until) <= 0.0);
        self.repeats_until = self.repeats_until.filter(|until| known(*until));
        self.repeats_until.is_some()
    }

    #[inline]
    fn keep(&mut self, point: Point, step: Step, odd: &mut Oddities) {
        self.kept_in_segment += 1;
        self.last = Some(point);
        let jumps = step.at_one_second && step.metres > IMPOSSIBLE_AT_ONCE_M;
        if (jumps || step.is_faster_than(TOO_FAST_M_PER_S)) && !self.any_speed {
            self.sprint.metres += step.metres;
            self.sprint.steps += 1;
            self.sprint.first.get_or_insert(point.place);
            return;
        }
        self.end_sprint(odd);
        self.metres += step.metres;
        if let Some(seconds) = step.seconds {
            self.last_m_per_s = step.metres / seconds;
            self.speeds.add(self.last_m_per_s);
            self.fast.add(step.metres, seconds);
        }
    }

    #[inline]
    fn end_sprint(&mut self, odd: &mut Oddities) {
        let Some(place) = self.sprint.first else { return };
        let ImplausibleSteps { steps, metres, .. } = std::mem::take(&mut self.sprint);
        // Where the usual speed is unknown, the jump may be the only sign of a drive.
        let jumped = metres > LONGEST_JUMP_M && self.speeds.usual().is_some();
        if steps >= TOO_FAST_STEPS || jumped {
            odd.too_fast.add(steps, place);
            self.left_out += steps;
        } else {
            self.metres += metres;
        }
    }

    #[inline]
    fn is_suspicious(&self, step: Step) -> bool {
        !self.any_speed
            && (step.is_faster_than(IMPOSSIBLE_M_PER_S)
                || step.at_one_second && step.metres > IMPOSSIBLE_AT_ONCE_M
                || step.metres > SCATTER_M
                    && self.speeds.usual().is_some_and(|usual| step.is_faster_than(DETOUR_STEP_TIMES_USUAL * usual)))
    }

    fn is_impossible(&self, step: Step) -> bool {
        step.is_faster_than(IMPOSSIBLE_M_PER_S)
            || step.at_one_second && step.metres > IMPOSSIBLE_AT_ONCE_M
            || step.metres > SCATTER_M
                && self.speeds.usual().is_some_and(|usual| step.is_faster_than(IMPOSSIBLE_TIMES_USUAL * usual))
    }

    /// Decides on the points held back, as far as the ones after them tell.
    fn settle(&mut self, at_end: bool, odd: &mut Oddities) {
        while let Some(next) = self.held_back[0] {
            let Some(last) = self.last else {
                self.begin(next);
                self.drop_held_back(1);
                continue;
            };
            let step = Step::between(&last, &next);
            if !self.is_suspicious(step) {
                self.keep(next, step, odd);
                self.drop_held_back(1);
                continue;
            }
            if !at_end && self.held_back[HELD_BACK - 1].is_none() {
                return;
            }
            let impossible = self.is_impossible(step);
            let held = self.held_back.iter().flatten().count();
            let wrong = (1..held)
                .find(|&count| impossible && self.comes_back_after(&last, count) || self.is_detour(&last, count));
            if let Some(count) = wrong {
                self.leave_out(count as u64, next.place, odd);
                self.drop_held_back(count);
            } else if impossible && self.began_elsewhere(&last) {
                let place = self.last.map_or(next.place, |last| last.place);
                self.leave_out(self.kept_in_segment, place, odd);
                self.sprint = ImplausibleSteps::default();
                self.metres = self.metres_before_segment;
                self.first = self.first.filter(|_| !self.first_is_of_segment);
                self.last = None;
                self.kept_in_segment = 0;
            } else if impossible && at_end && held <= MOST_WRONG && self.went_on_as_usual() {
                self.leave_out(held as u64, next.place, odd);
                self.drop_held_back(held);
            } else {
                self.keep(next, step, odd);
                self.drop_held_back(1);
            }
        }
    }

    /// Whether the track is possible without the first `count` points held back, and impossible with them.
    fn comes_back_after(&self, last: &Point, count: usize) -> bool {
        let (Some(wrong), Some(right)) = (self.held(count - 1), self.held(count)) else { return false };
        self.is_impossible(Step::between(&wrong, &right)) && !self.is_impossible(Step::between(last, &right))
    }

    /// Whether they are a detour, too short for its speed to be impossible, without which the track is more usual.
    fn is_detour(&self, last: &Point, count: usize) -> bool {
        let (Some(usual), Some(back)) = (self.speeds.usual(), self.held(count)) else { return false };
        let is_wrong = |step: Step| step.metres > SCATTER_M && step.is_faster_than(DETOUR_STEP_TIMES_USUAL * usual);
        let (mut from, mut way_m) = (*last, 0.0);
        for position in 0..=count {
            let Some(to) = self.held(position) else { return false };
            let step = Step::between(&from, &to);
            if (position == 0 || position == count) && !is_wrong(step) {
                return false;
            }
            way_m += step.metres;
            from = to;
        }
        let without = Step::between(last, &back);
        let Some(seconds) = without.seconds else { return false };
        let goes_on = self
            .held(count + 1)
            .is_none_or(|after| !Step::between(&back, &after).is_faster_than(BESIDE_DETOUR_TIMES_USUAL * usual));
        way_m > DETOUR_TIMES_USUAL * usual * seconds
            && without.metres <= WITHOUT_DETOUR_SHARE * way_m
            && WITHOUT_DETOUR_TIMES_USUAL.contains(&(without.metres / seconds / usual))
            && self.last_m_per_s <= BESIDE_DETOUR_TIMES_USUAL * usual
            && goes_on
    }

    /// Whether the few points at the beginning of the segment are the wrong ones: the later ones agree with each
    /// other, or some of them do and none can be reached.
    fn began_elsewhere(&self, last: &Point) -> bool {
        if self.kept_in_segment > MOST_WRONG as u64 {
            return false;
        }
        let held: Vec<Point> = self.held_back.iter().flatten().copied().collect();
        let mut steps = held.windows(2).map(|pair| self.is_impossible(Step::between(&pair[0], &pair[1])));
        let (all_agree, some_agree) =
            (steps.clone().all(|impossible| !impossible), steps.any(|impossible| !impossible));
        let none_is_reached = || held.iter().all(|point| self.is_impossible(Step::between(last, point)));
        some_agree && (all_agree || held.len() == HELD_BACK && none_is_reached())
    }

    /// Whether the segment has more than a few points, and reached the last of them at a possible speed.
    fn went_on_as_usual(&self) -> bool {
        self.kept_in_segment > MOST_WRONG as u64
            && self.sprint.first.is_none()
            && self.last_m_per_s <= IMPOSSIBLE_M_PER_S
    }

    fn held(&self, position: usize) -> Option<Point> {
        self.held_back.get(position).copied().flatten()
    }

    fn drop_held_back(&mut self, count: usize) {
        for position in 0..HELD_BACK {
            self.held_back[position] = self.held(position + count);
        }
    }

    fn leave_out(&mut self, count: u64, place: Place, odd: &mut Oddities) {
        odd.impossible.add(count, place);
        self.left_out += count;
    }
}
