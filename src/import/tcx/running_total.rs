//! How far the points of an activity went by the device's running total, which may begin at any value: in a race of
//! several sports it continues from the sport before, and some devices restart it with each lap. It keeps nothing
//! else of a point.

use crate::import::timestamp::Timestamp;

/// A total at the first point counts only as far as it can have been run since the start, at this speed.
const FASTEST_M_PER_S: f64 = 12.0;

/// How many seconds before the start the first point may be recorded.
const SLACK_S: f64 = 10.0;

/// The metres covered so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct RunningTotal {
    covered_m: f64,
    furthest_m: Option<f64>,
}

impl RunningTotal {
    /// The metres covered.
    pub fn metres(&self) -> f64 {
        self.covered_m
    }

    /// Takes the total of the next point. A total that falls to less than half has restarted; one that falls by less
    /// was corrected, and counts again once it exceeds the highest.
    #[inline]
    pub fn add(&mut self, total_m: f64, time: Option<Timestamp>, start: Option<Timestamp>) {
        if !total_m.is_finite() || total_m < 0.0 {
            return;
        }
        let Some(furthest_m) = self.furthest_m else {
            let since_s = time.zip(start).map_or(0.0, |(time, start)| time.seconds_since(start).max(0.0));
            if total_m <= (since_s + SLACK_S) * FASTEST_M_PER_S {
                self.covered_m = total_m;
            }
            self.furthest_m = Some(total_m);
            return;
        };
        if total_m > furthest_m {
            self.covered_m += total_m - furthest_m;
            self.furthest_m = Some(total_m);
        } else if total_m < furthest_m / 2.0 {
            self.furthest_m = Some(total_m);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::units::whole_metres;

    fn covered(first_after_s: i64, totals_m: &[f64]) -> Option<u32> {
        let start = Timestamp::from_unix(1_780_000_000);
        let mut total = RunningTotal::default();
        for (total_m, second) in totals_m.iter().zip(first_after_s..) {
            total.add(*total_m, Some(Timestamp::from_unix(1_780_000_000 + second)), Some(start));
        }
        whole_metres(total.metres())
    }

    #[test]
    fn what_was_covered_before_the_start_does_not_count() {
        assert_eq!(covered(0, &[0.0, 3.0, 6.5]), Some(7));
        assert_eq!(covered(0, &[40_330.8, 40_333.8, 40_340.8]), Some(10));
        // 900 m can be run in five minutes, but not in one second.
        assert_eq!(covered(300, &[900.0, 903.0]), Some(903));
        assert_eq!(covered(1, &[900.0, 903.0]), Some(3));
    }

    #[test]
    fn a_total_that_begins_anew_goes_on_and_a_corrected_one_is_waited_for() {
        assert_eq!(covered(0, &[0.0, 400.0, 1_000.0, 0.0, 500.0, 900.0]), Some(1_900));
        assert_eq!(covered(0, &[0.0, 400.0, 395.0, 399.0, 410.0]), Some(410));
        assert_eq!(covered(0, &[0.0, f64::NAN, -5.0, 7.0]), Some(7));
    }
}
