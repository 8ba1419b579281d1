//! What a log could have shown: the smallest ratio it would have shown in four of five cases, and how much too large
//! a ratio that is shown usually is. Both follow from the exact distribution, given the log's own days and episodes.

use serde::Serialize;

use super::enough::Enough;
use super::exact::{Stratum, estimate_of_total, total};

/// The chance of being shown from which a ratio counts as one that the log could have shown.
pub const FOUND_SHARE: f64 = 0.8;
/// The true ratio for which the exaggeration is worked out: about the largest that studies of thousands of runners
/// found for a rise in load (Frandsen 2025: 2.28; Nielsen 2014: 1.59).
pub const TRUE_RATIO: f64 = 2.0;
/// The largest ratio that is tried.
const LARGEST_RATIO: f64 = 1_000.0;

/// How much a claim overstates.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Exaggeration {
    /// If this were the true ratio …
    pub true_ratio: f64,
    /// … half of the claims from a log like this would show at least this one; null where it is beyond any number.
    pub shown: Option<f64>,
}

/// The chance that the log shows the link if the true ratio is `ratio`.
pub fn chance_of_showing(strata: &[Stratum], enough: &Enough, ratio: f64) -> f64 {
    shown(strata, enough, ratio).iter().map(|(_, p)| p).sum()
}

/// The smallest true ratio that the log would show with a chance of four in five; `None` if there is none.
pub fn detectable_ratio(strata: &[Stratum], enough: &Enough) -> Option<f64> {
    let shows = |log_ratio: f64| chance_of_showing(strata, enough, libm::exp(log_ratio)) >= FOUND_SHARE;
    let (mut low, mut high) = (0.0, libm::log(LARGEST_RATIO));
    if !shows(high) {
        return None;
    }
    // Thirty halvings of ln 1000 leave an error below one part in 10^8.
    for _ in 0..30 {
        let middle = f64::midpoint(low, high);
        if shows(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(libm::exp(high))
}

/// The median estimate of a claim if the true ratio is [`TRUE_RATIO`].
pub fn exaggeration(strata: &[Stratum], enough: &Enough) -> Option<Exaggeration> {
    let shown = shown(strata, enough, TRUE_RATIO);
    let all: f64 = shown.iter().map(|(_, p)| p).sum();
    let mut below = 0.0;
    let median = shown.iter().find(|(_, p)| {
        below += p;
        below >= all / 2.0
    });
    median.filter(|_| all > 0.0).map(|&(total, _)| Exaggeration {
        true_ratio: TRUE_RATIO,
        shown: Some(estimate_of_total(strata, total)).filter(|ratio| ratio.is_finite()),
    })
}

/// The probability of each number of exposed onsets of one stratum under `ratio`.
pub fn chance_of_total(stratum: &Stratum, ratio: f64) -> Vec<(u64, f64)> {
    totals(std::slice::from_ref(stratum), ratio)
}

/// Numbers of exposed onsets, each with the probability under `ratio` that it occurs and is enough.
fn shown(strata: &[Stratum], enough: &Enough, ratio: f64) -> Vec<(u64, f64)> {
    totals(strata, ratio).into_iter().map(|(total, p)| (total, p * enough.share(total))).collect()
}

fn totals(strata: &[Stratum], ratio: f64) -> Vec<(u64, f64)> {
    let with_onsets: Vec<Stratum> = strata.iter().copied().filter(|s| s.is_possible() && s.onsets > 0).collect();
    let all = total(&with_onsets, libm::log(ratio));
    (all.first..).zip(all.p).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(total: usize) -> Enough {
        Enough::from_total(total)
    }

    /// One onset in each of `n` half-years, a tenth of whose days are exposed.
    fn single(n: usize) -> Vec<Stratum> {
        vec![Stratum { days: 100, exposed_days: 10, onsets: 1, exposed_onsets: 0 }; n]
    }

    #[test]
    fn the_chance_is_that_of_a_loaded_coin() {
        // One onset: exposed with the chance 10ψ/(10ψ + 90); ψ = 9 makes it a half.
        assert!((chance_of_showing(&single(1), &from(1), 9.0) - 0.5).abs() < 1e-12);
        // Two of three, ψ = 9: 3/8 + 1/8. None at all is always reached.
        assert!((chance_of_showing(&single(3), &from(2), 9.0) - 0.5).abs() < 1e-12);
        assert!((chance_of_showing(&single(3), &from(0), 2.0) - 1.0).abs() < 1e-12);
        assert!(chance_of_showing(&single(3), &from(4), 9.0).abs() < 1e-12);
    }

    #[test]
    fn the_detectable_ratio_is_shown_four_times_in_five() {
        // One onset: 10ψ/(10ψ + 90) = 0.8 has ψ = 36.
        assert!((detectable_ratio(&single(1), &from(1)).unwrap() - 36.0).abs() < 1e-4);
        for (n, total) in [(5, 3), (8, 4), (12, 4)] {
            let enough = from(total);
            let ratio = detectable_ratio(&single(n), &enough).unwrap();
            assert!((chance_of_showing(&single(n), &enough, ratio) - 0.8).abs() < 1e-6);
        }
        assert_eq!(detectable_ratio(&single(2), &from(3)), None);
        assert_eq!(detectable_ratio(&[], &from(1)), None);
    }

    #[test]
    fn what_is_shown_overstates_a_true_ratio_of_two() {
        // Three of four have to be exposed. With p = 20/110 each: P(3) = 4·p³·(1−p), P(4) = p⁴, so the median claim has 3,
        // and its estimate is the ψ with 10ψ/(10ψ + 90) = 3/4: 27.
        let found = exaggeration(&single(4), &from(3)).unwrap();
        assert!((found.shown.unwrap() - 27.0).abs() < 1e-6 && (found.true_ratio - 2.0).abs() < 1e-12);
        // If all have to be exposed, every ratio fits.
        assert_eq!(exaggeration(&single(3), &from(3)).unwrap().shown, None);
        assert_eq!(exaggeration(&single(3), &from(4)), None);
        // Onsets that had to be exposed count towards the total but say nothing of the ratio.
        let forced = Stratum { days: 50, exposed_days: 50, onsets: 2, exposed_onsets: 2 };
        let with = [&single(4)[..], &[forced]].concat();
        assert!((exaggeration(&with, &from(5)).unwrap().shown.unwrap() - 27.0).abs() < 1e-6);
    }
}
