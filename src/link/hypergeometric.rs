//! The distribution of exposed onsets within one stratum, given its margins and a rate ratio: support, probabilities
//! and moments. It knows nothing of several strata.

use super::stratum::{Stratum, support};

/// Probabilities this far below the largest one are dropped. That keeps wide distributions short and every product of
/// two probabilities a normal number; only p-values below this bound would change.
const NEGLIGIBLE: f64 = 1e-120;

/// A count as a real number. Counts of days stay far below 2^53, where this is exact.
#[expect(clippy::cast_precision_loss, reason = "counts of days and onsets are far below 2^53")]
pub(super) fn real(count: u64) -> f64 {
    count as f64
}

/// The probabilities of consecutive whole numbers.
#[derive(Clone, Debug)]
pub(super) struct Distribution {
    /// The number that `p[0]` belongs to.
    pub first: u64,
    /// Probabilities, summing to 1.
    pub p: Vec<f64>,
}

impl Distribution {
    /// All probability on one number.
    pub fn certain(value: u64) -> Self {
        Self { first: value, p: vec![1.0] }
    }

    /// The distribution of the sum of two independent numbers.
    pub fn plus(&self, other: &Self) -> Self {
        let (long, short) = if self.p.len() >= other.p.len() { (self, other) } else { (other, self) };
        let mut p = vec![0.0; long.p.len() + short.p.len() - 1];
        for (shift, &weight) in short.p.iter().enumerate() {
            for (sum, &term) in p[shift..].iter_mut().zip(&long.p) {
                *sum += weight * term;
            }
        }
        trimmed(long.first + short.first, p)
    }
}

/// Drops negligible probabilities from both ends.
fn trimmed(first: u64, mut p: Vec<f64>) -> Distribution {
    let floor = NEGLIGIBLE * p.iter().copied().fold(0.0, f64::max);
    let kept = p.iter().rposition(|&p| p > floor).map_or(p.len(), |last| last + 1);
    p.truncate(kept);
    let skipped = p.iter().position(|&p| p > floor).unwrap_or(0);
    p.drain(..skipped);
    Distribution { first: first + skipped as u64, p }
}

/// Fisher's noncentral hypergeometric distribution: P(x) ∝ C(K,x)·C(N−K,c−x)·ψ^x with `log_ratio` = ln ψ.
///
/// Neighbouring terms have the ratio (K−x)(c−x) / ((x+1)(N−K−c+x+1)) · ψ, so the terms are built outwards from the
/// largest, set to 1: nothing can overflow, and no factorial is needed.
pub(super) fn noncentral(stratum: &Stratum, log_ratio: f64) -> Distribution {
    let (low, high) = support(stratum);
    let step = step_ratio(stratum, libm::exp(log_ratio));

    let mode = mode(low, high, &step);

    let mut p = Vec::new();
    let mut term = 1.0;
    let mut x = mode;
    while x > low {
        term /= step(x - 1);
        if term < NEGLIGIBLE {
            break;
        }
        p.push(term);
        x -= 1;
    }
    p.reverse();
    p.push(1.0);
    term = 1.0;
    for next in mode..high {
        term *= step(next);
        if term < NEGLIGIBLE {
            break;
        }
        p.push(term);
    }
    let total: f64 = p.iter().sum();
    for p in &mut p {
        *p /= total;
    }
    Distribution { first: x, p }
}

/// Mean and variance of [`noncentral`]: the same terms, none of them kept.
pub(super) fn mean_and_variance(stratum: &Stratum, log_ratio: f64) -> (f64, f64) {
    let (low, high) = support(stratum);
    let step = step_ratio(stratum, libm::exp(log_ratio));
    let mode = mode(low, high, &step);
    // Measured from the mode, next to which the mean lies.
    let (mut all, mut first, mut second) = (1.0, 0.0, 0.0);
    let mut add = |term: f64, distance: f64| {
        all += term;
        first += term * distance;
        second += term * distance * distance;
    };
    let (mut term, mut x) = (1.0, mode);
    while x > low {
        term /= step(x - 1);
        if term < NEGLIGIBLE {
            break;
        }
        x -= 1;
        add(term, -real(mode - x));
    }
    term = 1.0;
    for next in mode..high {
        term *= step(next);
        if term < NEGLIGIBLE {
            break;
        }
        add(term, real(next + 1 - mode));
    }
    let mean = first / all;
    (real(mode) + mean, second / all - mean * mean)
}

/// The most probable number, where the step ratio, which falls with x, first drops below 1.
fn mode(low: u64, high: u64, step: &impl Fn(u64) -> f64) -> u64 {
    let (mut left, mut right) = (low, high);
    while left < right {
        let middle = left + (right - left) / 2;
        if step(middle) >= 1.0 {
            left = middle + 1;
        } else {
            right = middle;
        }
    }
    left
}

/// P(x+1)/P(x) as a function of x, inside the support.
fn step_ratio(stratum: &Stratum, ratio: f64) -> impl Fn(u64) -> f64 {
    let exposed = real(stratum.exposed_days);
    let onsets = real(stratum.onsets);
    let spare = real(stratum.days) - exposed - onsets;
    move |x| {
        let x = real(x);
        ratio * ((exposed - x) / (x + 1.0)) * ((onsets - x) / (spare + x + 1.0))
    }
}

/// ln P at the lower and the upper end of the support, under ψ = 1.
///
/// With m and M the smaller and the larger of c and K, the probability of the upper end is Π (M−i)/(N−i) over i < m.
/// The lower end is the upper end for unexposed onsets.
pub(super) fn log_ends(stratum: &Stratum) -> (f64, f64) {
    let end = |kind_days: u64| {
        let (small, large) = (stratum.onsets.min(kind_days), stratum.onsets.max(kind_days));
        (0..small).map(|i| libm::log(real(large - i) / real(stratum.days - i))).sum::<f64>()
    };
    (end(stratum.days - stratum.exposed_days), end(stratum.exposed_days))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stratum(days: u64, exposed_days: u64, onsets: u64) -> Stratum {
        Stratum { days, exposed_days, onsets, exposed_onsets: 0 }
    }

    #[test]
    fn counting_every_choice_of_days_gives_the_same_probabilities() {
        // Every way of choosing the onset days is equally likely under ψ = 1: count them by bit mask.
        for (days, exposed, onsets) in [(6, 2, 3), (9, 4, 4), (10, 7, 6), (8, 8, 3), (5, 0, 2), (7, 3, 7)] {
            let mut ways = [0_u32; 12];
            for mask in 0_u32..(1 << days) {
                if mask.count_ones() == onsets {
                    ways[(mask & ((1 << exposed) - 1)).count_ones() as usize] += 1;
                }
            }
            let all: u32 = ways.iter().sum();
            let s = stratum(days, exposed, u64::from(onsets));
            let built = noncentral(&s, 0.0);
            let first = usize::try_from(built.first).unwrap();
            for (i, p) in built.p.iter().enumerate() {
                let counted = f64::from(ways[first + i]) / f64::from(all);
                assert!((p - counted).abs() < 1e-14, "{days} {exposed} {onsets}: {p} {counted}");
            }
            let (low, high) = support(&s);
            assert_eq!((built.first, built.p.len() as u64), (low, high - low + 1));
            let (log_low, log_high) = log_ends(&s);
            assert!((libm::exp(log_low) - built.p[0]).abs() < 1e-14);
            assert!((libm::exp(log_high) - built.p[built.p.len() - 1]).abs() < 1e-14);
        }
    }

    #[test]
    fn the_ratio_tilts_each_term_by_its_power() {
        let s = stratum(30, 11, 6);
        let plain = noncentral(&s, 0.0);
        let tilted = noncentral(&s, libm::log(2.5));
        let scale = tilted.p[0] / plain.p[0];
        for x in 0..plain.p.len() {
            let expected = plain.p[x] * scale * 2.5_f64.powi(i32::try_from(x).unwrap());
            assert!((tilted.p[x] / expected - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn moments_are_those_of_the_textbook() {
        // Hypergeometric: mean cK/N, variance c·K/N·(1−K/N)·(N−c)/(N−1).
        let (mean, variance) = mean_and_variance(&stratum(2_000_000, 700_000, 90_000), 0.0);
        assert!((mean - 31_500.0).abs() < 1e-6, "{mean}");
        let share = 0.35;
        let textbook = 90_000.0 * share * (1.0 - share) * 1_910_000.0 / 1_999_999.0;
        assert!((variance / textbook - 1.0).abs() < 1e-9, "{variance} {textbook}");
    }

    #[test]
    fn moments_are_those_of_the_probabilities() {
        for s in [stratum(180, 40, 3), stratum(30, 29, 12), stratum(9, 9, 4), stratum(400, 1, 1), stratum(90, 45, 44)] {
            for log_ratio in [-6.0, -0.7, 0.0, 1.3, 5.0] {
                let built = noncentral(&s, log_ratio);
                let each = || built.p.iter().zip(built.first..).map(|(p, x)| (p, real(x)));
                let mean: f64 = each().map(|(p, x)| p * x).sum();
                let variance: f64 = each().map(|(p, x)| p * (x - mean).powi(2)).sum();
                let found = mean_and_variance(&s, log_ratio);
                assert!((found.0 - mean).abs() < 1e-11, "{s:?} {log_ratio}: {found:?} {mean}");
                assert!((found.1 - variance).abs() < 1e-11, "{s:?} {log_ratio}: {found:?} {variance}");
            }
        }
    }

    #[test]
    fn sums_of_dice_come_out_right() {
        let die = Distribution { first: 1, p: vec![1.0 / 6.0; 6] };
        let two = die.plus(&die);
        assert_eq!(two.first, 2);
        let sevenths = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0];
        for (p, ways) in two.p.iter().zip(sevenths) {
            assert!((p - ways / 36.0).abs() < 1e-15);
        }
    }
}
