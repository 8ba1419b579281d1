//! The route of a made-up run: a closed loop over the middle of a lake, where nobody lives or runs. Uses only
//! addition, multiplication, division and square roots, which give the same bits on every platform; library functions
//! for angles do not promise that.

use super::seed::Variation;

/// The latitude where every loop begins.
const HOME_LAT: f64 = -38.8;
/// The longitude where every loop begins.
const HOME_LON: f64 = 175.9;
/// The cosine of [`HOME_LAT`].
const COS_HOME_LAT: f64 = 0.779_337_964_931_474_2;
/// Metres in one degree of a great circle on a sphere of radius 6,371,008.8 m.
const METRES_PER_DEGREE: f64 = 111_195.080_233_532_9;

/// The shape of a loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// How far it departs from a circle, in thousandths.
    bend: u32,
    /// The direction in which it starts, in 360ths of a turn.
    heading: u32,
    /// Whether it turns right rather than left.
    clockwise: bool,
}

impl Route {
    /// The next route of a seed.
    pub fn varied(variation: &mut Variation) -> Self {
        Self { bend: variation.below(250), heading: variation.below(360), clockwise: variation.below(2) == 1 }
    }

    /// `steps + 1` points (latitude, longitude) evenly spaced round the loop from home to home, each rounded to a
    /// millionth of a degree. The steps add up to `length_m` except for that rounding.
    #[must_use]
    pub fn points(self, length_m: u32, steps: u32) -> Vec<(f64, f64)> {
        let bend = f64::from(self.bend) / 1_000.0;
        let heading = on_circle(f64::from(self.heading) / 360.0);
        let side = if self.clockwise { -1.0 } else { 1.0 };
        let plane: Vec<(f64, f64)> = (0..=steps)
            .map(|step| {
                let (cos, sin) = on_circle(f64::from(step) / f64::from(steps.max(1)));
                // The second harmonic, by the double-angle formulas.
                let x = cos + bend * (cos * cos - sin * sin) - 1.0 - bend;
                let y = side * (sin - bend * 2.0 * sin * cos);
                (x * heading.0 - y * heading.1, x * heading.1 + y * heading.0)
            })
            .collect();
        let around: f64 = plane
            .windows(2)
            .map(|pair| {
                let (dx, dy) = (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1);
                (dx * dx + dy * dy).sqrt()
            })
            .sum();
        let scale = if around > 0.0 { f64::from(length_m) / around } else { 0.0 };
        plane
            .into_iter()
            .map(|(east, north)| {
                let lat = HOME_LAT + north * scale / METRES_PER_DEGREE;
                let lon = HOME_LON + east * scale / (METRES_PER_DEGREE * COS_HOME_LAT);
                (to_a_millionth(lat), to_a_millionth(lon))
            })
            .collect()
    }
}

fn to_a_millionth(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

/// Cosine and sine of a fraction of a turn, 0 to 1, by their power series around the nearest quarter turn.
fn on_circle(turn: f64) -> (f64, f64) {
    let quarter = (turn * 4.0).round();
    let angle = (turn - quarter / 4.0) * std::f64::consts::TAU;
    let square = angle * angle;
    // Seven terms: the first one left out is below 1e-15 for angles up to an eighth of a turn.
    let (mut cos, mut sin) = (1.0, 1.0);
    for n in (1..=7).rev() {
        let n = f64::from(n);
        cos = 1.0 - cos * square / ((2.0 * n - 1.0) * 2.0 * n);
        sin = 1.0 - sin * square / (2.0 * n * (2.0 * n + 1.0));
    }
    sin *= angle;
    match quarter {
        1.0 => (-sin, cos),
        2.0 => (-cos, -sin),
        3.0 => (sin, -cos),
        _ => (cos, sin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_agree_with_the_library() {
        for step in 0..=1_000 {
            let turn = f64::from(step) / 1_000.0;
            let (cos, sin) = on_circle(turn);
            let (known_sin, known_cos) = (turn * std::f64::consts::TAU).sin_cos();
            assert!((cos - known_cos).abs() < 1e-14 && (sin - known_sin).abs() < 1e-14, "{turn}");
        }
    }

    #[test]
    fn the_constants_are_those_of_the_sphere() {
        assert!((COS_HOME_LAT - HOME_LAT.to_radians().cos()).abs() < 1e-14);
        assert!((METRES_PER_DEGREE - 6_371_008.8 * std::f64::consts::PI / 180.0).abs() < 1e-6);
    }

    #[test]
    fn a_loop_ends_where_it_began_and_has_the_length_asked_for() {
        let mut variation = Variation::new(11);
        for length_m in [3_000, 10_000, 16_500] {
            let points = Route::varied(&mut variation).points(length_m, 300);
            assert_eq!(points.len(), 301);
            assert_eq!(points[0], (HOME_LAT, HOME_LON));
            assert_eq!(points[0], points[300]);
            let around_m: f64 = points.windows(2).map(|pair| great_circle_m(pair[0], pair[1])).sum();
            assert!((around_m - f64::from(length_m)).abs() < f64::from(length_m) / 500.0, "{around_m} for {length_m}");
        }
    }

    #[test]
    fn a_loop_of_no_steps_is_a_point() {
        let points = Route { bend: 0, heading: 0, clockwise: false }.points(5_000, 0);
        assert_eq!(points, [(HOME_LAT, HOME_LON)]);
    }

    fn great_circle_m(a: (f64, f64), b: (f64, f64)) -> f64 {
        let (phi, psi) = (a.0.to_radians(), b.0.to_radians());
        let half = |x: f64| (x / 2.0).sin().powi(2);
        let h = half(psi - phi) + phi.cos() * psi.cos() * half((b.1 - a.1).to_radians());
        2.0 * 6_371_008.8 * h.sqrt().asin()
    }
}
