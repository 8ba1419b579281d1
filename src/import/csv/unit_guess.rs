//! The most likely unit of a column without one, from the figures of the runs in it. It reads no cell.

use super::words::{LengthUnit, TimeUnit};
use crate::model::units::{METRES_PER_MILE, Units};

/// From this median distance on, figures are in metres: no log's usual run is 300 km.
const METRES_FROM: f64 = 300.0;
/// Usual paces of runners in seconds per kilometre: 2:30 to 15:00.
const PACES_S_PER_KM: std::ops::RangeInclusive<f64> = 150.0..=900.0;
/// From this median on, durations are in seconds: a usual run is not 400 minutes long.
const SECONDS_FROM: f64 = 400.0;
/// The tolerance, as a share, for cadence times stride length times duration.
const STRIDE_TOLERANCE: f64 = 0.15;

/// One run of a column without a unit.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// The distance as written.
    pub value: f64,
    /// Its duration in seconds, if known.
    pub seconds: Option<f64>,
    /// Its metres by cadence, stride length and duration.
    pub strides_m: Option<f64>,
}

/// The reason where only one unit gives a runner's pace.
pub const RUNNERS_PACE: &str = "because only that gives a runner's pace";

/// The reason where neither the figures nor the configuration tell.
pub const NOTHING_TELLS: &str = "because nothing says otherwise";

/// A unit, and why it was chosen; no reason where nothing had to be guessed.
pub type Guess<T> = (T, Option<&'static str>);

/// The unit of distance: metres by size; else by cadence and stride length; else the configuration's; else
/// kilometres, unless only miles give a runner's pace.
pub fn length(samples: &[Sample], default: Option<Units>) -> Guess<LengthUnit> {
    let usual = median(samples.iter().map(|run| run.value));
    if usual.is_some_and(|value| value >= METRES_FROM) {
        return (LengthUnit::M, Some("because its figures are too large for kilometres"));
    }
    let from_strides = median(samples.iter().filter_map(|run| run.strides_m.map(|metres| metres / run.value)));
    let near = |metres: f64| from_strides.is_some_and(|ratio| (ratio / metres - 1.0).abs() < STRIDE_TOLERANCE);
    let by_strides = match (near(1_000.0), near(METRES_PER_MILE)) {
        (true, false) => Some(LengthUnit::Km),
        (false, true) => Some(LengthUnit::Mi),
        _ => None,
    };
    let configured = default.map(|unit| match unit {
        Units::Km => LengthUnit::Km,
        Units::Mi => LengthUnit::Mi,
    });
    if let Some(unit) = by_strides {
        let agreed = configured == Some(unit);
        return (unit, (!agreed).then_some("because that agrees with cadence and stride length"));
    }
    if let Some(unit) = configured {
        return (unit, None);
    }
    let pace = median(samples.iter().filter_map(|run| run.seconds.map(|seconds| seconds / run.value)));
    match pace {
        Some(pace) if PACES_S_PER_KM.contains(&pace) => (LengthUnit::Km, Some("because that gives a runner's pace")),
        Some(pace) if PACES_S_PER_KM.contains(&(pace * 1_000.0 / METRES_PER_MILE)) => {
            (LengthUnit::Mi, Some(RUNNERS_PACE))
        }
        _ => (LengthUnit::Km, usual.map(|_| NOTHING_TELLS)),
    }
}

/// The unit of bare durations, by their size.
pub fn time(values: impl Iterator<Item = f64>) -> Guess<TimeUnit> {
    match median(values) {
        Some(value) if value >= SECONDS_FROM => (TimeUnit::S, Some("because of its size")),
        Some(_) => (TimeUnit::Min, Some("because of its size")),
        None => (TimeUnit::S, None),
    }
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.filter(|value| value.is_finite() && *value > 0.0).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(value: f64, seconds: f64) -> Sample {
        Sample { value, seconds: Some(seconds), strides_m: None }
    }

    #[test]
    fn large_figures_are_metres() {
        assert_eq!(length(&[run(7_925.0, 2_641.0), run(6_976.0, 2_785.0)], Some(Units::Mi)).0, LengthUnit::M);
    }

    #[test]
    fn a_pace_that_fits_both_units_is_kilometres() {
        assert_eq!(length(&[run(10.0, 3_000.0)], None).0, LengthUnit::Km);
        assert_eq!(length(&[run(10.0, 3_000.0)], Some(Units::Mi)), (LengthUnit::Mi, None));
    }

    #[test]
    fn a_pace_too_slow_for_kilometres_is_miles() {
        // 16 minutes a unit are 9:57 a kilometre, if the unit is a mile.
        assert_eq!(length(&[run(3.0, 2_880.0)], None).0, LengthUnit::Mi);
    }

    #[test]
    fn strides_tell_what_the_pace_leaves_open() {
        // 170 steps a minute of 1.15 m for 50 minutes are 9.8 km or 6.1 miles.
        let strides_m = Some(170.0 * 1.15 * 50.0);
        let sample = |value| Sample { value, seconds: Some(3_000.0), strides_m };
        assert_eq!(length(&[sample(6.1)], Some(Units::Km)).0, LengthUnit::Mi);
        assert_eq!(length(&[sample(9.8)], None).0, LengthUnit::Km);
    }

    #[test]
    fn bare_durations_go_by_their_size() {
        assert_eq!(time([35.0, 50.0, 120.0].into_iter()).0, TimeUnit::Min);
        assert_eq!(time([1_800.0, 3_600.0].into_iter()).0, TimeUnit::S);
    }
}
