//! The exact conditional test of exposed against unexposed days over strata: estimate, limits, p-value. It knows
//! counts only, neither days nor flags.
//!
//! Given each stratum's margins and a common rate ratio ψ, exposed onsets follow Fisher's noncentral hypergeometric
//! distribution (Cox 1970; Gart 1970), and the strata are independent: the distribution of their sum is a
//! convolution. ψ is kept as its logarithm. The convolution is made for a ψ near the answer and moved to others by
//! logarithms, so that nothing overflows however long the log.

use super::hypergeometric::{Distribution, log_ends, mean_and_variance, noncentral, real};
pub use super::stratum::Stratum;
use super::stratum::support;

/// Half of the 5 % outside a 95 % interval.
const TAIL: f64 = 0.025;

/// The association between exposure and onsets over all strata.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Association {
    /// Exposed onsets expected from the share of exposed days: Σ cK/N.
    pub expected: f64,
    /// Conditional maximum-likelihood rate ratio. `INFINITY` or 0 at an end of the support; NaN where no stratum is
    /// informative.
    pub estimate: f64,
    /// Mantel–Haenszel rate ratio Σ(ad/N)/Σ(bc'/N). `INFINITY` where the denominator is 0; NaN where both are.
    pub mantel_haenszel: f64,
    /// Lower 95 % mid-P limit; 0 if nothing bounds it.
    pub low: f64,
    /// Upper 95 % mid-P limit; `INFINITY` if nothing bounds it.
    pub high: f64,
    /// Two-sided mid-P value: twice the smaller tail, at most 1. Below 1e-100 it may be 0.
    pub p_mid: f64,
    /// The smallest two-sided mid-P value any outcome with these margins could have.
    pub best_attainable_p: f64,
    /// Strata in which more than one outcome was possible.
    pub informative_strata: u64,
}

/// Estimate, limits and p-values of the common rate ratio over `strata`. Without an informative stratum the limits are 0
/// and `INFINITY` and the p-values 1. Strata that are not [possible](Stratum::is_possible) are left out.
pub fn associate(strata: &[Stratum]) -> Association {
    let informative = Informative::of(strata);
    let (low, high) = informative.limits();
    let (above, below) = informative.tails();
    Association {
        expected: expected(strata),
        estimate: informative.estimate(),
        mantel_haenszel: mantel_haenszel(strata),
        low,
        high,
        p_mid: (2.0 * above.min(below)).min(1.0),
        best_attainable_p: informative.best_attainable_p(),
        informative_strata: informative.strata.len() as u64,
    }
}

/// Only the conditional maximum-likelihood rate ratio of [`associate`].
pub fn estimate(strata: &[Stratum]) -> f64 {
    Informative::of(strata).estimate()
}

/// The estimate if `total` onsets in all had been exposed.
pub(super) fn estimate_of_total(strata: &[Stratum], total: u64) -> f64 {
    let mut informative = Informative::of(strata);
    // A stratum in which only one number is possible adds it to the total and says nothing of the ratio.
    let fixed: u64 = strata.iter().filter(|s| s.is_possible() && !s.is_informative()).map(|s| s.exposed_onsets).sum();
    informative.observed = total.saturating_sub(fixed).clamp(informative.lowest, informative.highest);
    informative.estimate()
}

/// One-sided mid-P for "more exposed onsets than chance": P(T > t) + ½·P(T = t) under ψ = 1.
pub fn one_sided_mid_p(strata: &[Stratum]) -> f64 {
    Informative::of(strata).tails().0
}

/// Exposed onsets expected from the share of exposed days: Σ cK/N.
pub fn expected(strata: &[Stratum]) -> f64 {
    // Summed from +0: an empty sum of floats is −0, which would show in print.
    strata
        .iter()
        .filter(|s| s.is_possible() && s.days > 0)
        .fold(0.0, |sum, s| sum + real(s.onsets) * real(s.exposed_days) / real(s.days))
}

fn mantel_haenszel(strata: &[Stratum]) -> f64 {
    let (mut concordant, mut discordant) = (0.0, 0.0);
    for s in strata.iter().filter(|s| s.is_possible() && s.days > 0) {
        let unexposed_onsets = s.onsets - s.exposed_onsets;
        let exposed_rest = s.exposed_days - s.exposed_onsets;
        let unexposed_rest = s.days - s.exposed_days - unexposed_onsets;
        concordant += real(s.exposed_onsets) * real(unexposed_rest) / real(s.days);
        discordant += real(unexposed_onsets) * real(exposed_rest) / real(s.days);
    }
    concordant / discordant
}

/// The informative strata, with the observed total and its support.
struct Informative {
    strata: Vec<Stratum>,
    observed: u64,
    lowest: u64,
    highest: u64,
}

impl Informative {
    fn of(strata: &[Stratum]) -> Self {
        let strata: Vec<Stratum> = strata.iter().copied().filter(Stratum::is_informative).collect();
        let (mut observed, mut lowest, mut highest) = (0, 0, 0);
        for stratum in &strata {
            let (low, high) = support(stratum);
            observed += stratum.exposed_onsets;
            lowest += low;
            highest += high;
        }
        Self { strata, observed, lowest, highest }
    }

    /// The ln ψ for which the mean of T is `target`, strictly inside the support.
    fn log_ratio_with_mean(&self, target: f64) -> f64 {
        let start = libm::log(mantel_haenszel(&self.strata));
        let start = if start.is_finite() { start } else { 0.0 };
        let moments = |log_ratio| {
            let each = self.strata.iter().map(|s| mean_and_variance(s, log_ratio));
            each.fold((0.0, 0.0), |sum, (mean, variance)| (sum.0 + mean, sum.1 + variance))
        };
        let from_target = |(mean, variance)| (mean - target, variance);
        // The variance of T is the slope of its mean.
        root_with_slope(|log_ratio| from_target(moments(log_ratio)), start)
    }

    fn estimate(&self) -> f64 {
        match self.observed {
            _ if self.strata.is_empty() => f64::NAN,
            t if t == self.lowest => 0.0,
            t if t == self.highest => f64::INFINITY,
            t => libm::exp(self.log_ratio_with_mean(real(t))),
        }
    }

    /// P(T > t) + ½·P(T = t) and P(T < t) + ½·P(T = t) under ψ = 1.
    fn tails(&self) -> (f64, f64) {
        let total = total(&self.strata, 0.0);
        let (mut above, mut below) = (0.0, 0.0);
        for (x, p) in (total.first..).zip(&total.p) {
            match x.cmp(&self.observed) {
                std::cmp::Ordering::Greater => above += p,
                std::cmp::Ordering::Less => below += p,
                std::cmp::Ordering::Equal => {
                    above += p / 2.0;
                    below += p / 2.0;
                }
            }
        }
        (above, below)
    }

    fn limits(&self) -> (f64, f64) {
        if self.strata.is_empty() {
            return (0.0, f64::INFINITY);
        }
        // At an end of the support no finite ψ has mean t; half a step inside is as good a starting point.
        let inside = real(self.observed).clamp(real(self.lowest) + 0.5, real(self.highest) - 0.5);
        let centre = self.log_ratio_with_mean(inside);
        let total = Tilted::new(&total(&self.strata, centre), self.observed);
        let solve = |share: f64| centre + rising_root(|shift| total.upper(shift) - share, 0.0);
        let low = if self.observed == self.lowest { 0.0 } else { libm::exp(solve(TAIL)) };
        let high = if self.observed == self.highest { f64::INFINITY } else { libm::exp(solve(1.0 - TAIL)) };
        (low, high)
    }

    /// Mid-P tails shrink outwards, so the smallest two-sided value is at one of the two ends, where it equals P(T =
    /// t).
    fn best_attainable_p(&self) -> f64 {
        let (low, high) = self.strata.iter().map(log_ends).fold((0.0, 0.0), |sum, end| (sum.0 + end.0, sum.1 + end.1));
        libm::exp(f64::min(low, high))
    }
}

/// The distribution of T, the exposed onsets of all strata, at ln ψ = `log_ratio`. Strata are summed in a binary
/// tree: with thousands of them that is far less work than one after another.
pub(super) fn total(strata: &[Stratum], log_ratio: f64) -> Distribution {
    match strata {
        [] => Distribution::certain(0),
        [one] => noncentral(one, log_ratio),
        many => {
            let (left, right) = many.split_at(many.len() / 2);
            total(left, log_ratio).plus(&total(right, log_ratio))
        }
    }
}

/// A distribution kept as logarithms, so that it can be moved from one ψ to another.
struct Tilted {
    /// (x − t, ln P) for every x.
    terms: Vec<(f64, f64)>,
}

impl Tilted {
    fn new(total: &Distribution, observed: u64) -> Self {
        let terms = (total.first..).zip(&total.p).map(|(x, p)| (real(x) - real(observed), libm::log(*p))).collect();
        Self { terms }
    }

    /// P(T > t) + ½·P(T = t) with ln ψ moved by `shift`.
    fn upper(&self, shift: f64) -> f64 {
        let tilted = || self.terms.iter().map(|&(distance, log_p)| (distance, log_p + shift * distance));
        let largest = tilted().map(|(_, log)| log).fold(f64::NEG_INFINITY, f64::max);
        let (mut upper, mut all) = (0.0, 0.0);
        for (distance, log) in tilted() {
            let weight = libm::exp(log - largest);
            all += weight;
            upper += match distance {
                d if d > 0.0 => weight,
                d if d < 0.0 => 0.0,
                _ => weight / 2.0,
            };
        }
        upper / all
    }
}

/// ±700 stands for infinity, since e^700 is near the largest number there is.
const FARTHEST: f64 = 700.0;

/// The root of a rising function that also tells its slope: Newton's method, with steps that are kept short and inside what
/// is known to hold the root.
fn root_with_slope(f: impl Fn(f64) -> (f64, f64), start: f64) -> f64 {
    /// e⁴ is more than fiftyfold.
    const LONGEST_STEP: f64 = 4.0;
    let (mut left, mut right) = (-FARTHEST, FARTHEST);
    let mut guess = start.clamp(left, right);
    for _ in 0..200 {
        let (value, slope) = f(guess);
        if value == 0.0 {
            break;
        }
        if value < 0.0 {
            left = guess;
        } else {
            right = guess;
        }
        let step = if slope > 0.0 { value / slope } else { value.signum() * LONGEST_STEP };
        let next = guess - step.clamp(-LONGEST_STEP, LONGEST_STEP);
        let next = if next > left && next < right { next } else { f64::midpoint(left, right) };
        let settled = (next - guess).abs() <= 1e-14 * next.abs().max(1.0);
        guess = next;
        if settled {
            break;
        }
    }
    guess
}

/// The root of a rising function: bracketed outwards from `start`, then found by Ridders' method (1979), whose
/// bracket at least halves each round.
fn rising_root(f: impl Fn(f64) -> f64, start: f64) -> f64 {
    let mut step = 0.5;
    let (mut left, mut right) = (start, start);
    let (mut f_left, mut f_right) = (f(start), f(start));
    while f_left > 0.0 && left > -FARTHEST {
        (right, f_right) = (left, f_left);
        left = (left - step).max(-FARTHEST);
        f_left = f(left);
        step *= 2.0;
    }
    while f_right < 0.0 && right < FARTHEST {
        (left, f_left) = (right, f_right);
        right = (right + step).min(FARTHEST);
        f_right = f(right);
        step *= 2.0;
    }
    let mut guess = f64::midpoint(left, right);
    for _ in 0..100 {
        let middle = f64::midpoint(left, right);
        let f_middle = f(middle);
        let bend = (f_middle * f_middle - f_left * f_right).sqrt();
        let next = if bend > 0.0 { middle - (middle - left) * f_middle / bend } else { middle };
        let f_next = f(next);
        let settled = (next - guess).abs() <= 1e-14 * next.abs().max(1.0);
        guess = next;
        if settled || f_next == 0.0 {
            break;
        }
        for (x, f_x) in [(middle, f_middle), (next, f_next)] {
            if f_x <= 0.0 && x > left {
                (left, f_left) = (x, f_x);
            } else if f_x >= 0.0 && x < right {
                (right, f_right) = (x, f_x);
            }
        }
    }
    guess
}

#[cfg(test)]
mod tests;
