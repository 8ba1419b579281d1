//! Several runners together: the same exact test over all their strata, and how far the result rests on a single
//! runner.

use super::exact::{Association, Stratum, associate, estimate};
use super::hypergeometric::{mean_and_variance, real};
use super::stratum::support;

/// How many runners at each end, by their share of the likelihood score, are left out in turn with an exact solution.
/// With twice as many runners or fewer, all of them are.
const LEFT_OUT: usize = 12;

/// The result over several runners.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pooled {
    /// The association over all strata of all runners.
    pub association: Association,
    /// The number of runners with an informative stratum.
    pub runners: u64,
    /// The largest share of the onsets in informative strata that is one runner's; `None` without any.
    pub largest_share: Option<f64>,
    /// The smallest and the largest estimate with one runner left out (`INFINITY` where unbounded); `None` with fewer
    /// than two runners.
    pub leave_one_out: Option<(f64, f64)>,
}

/// Pools the strata of runners; each element holds those of one runner.
pub fn pool(runners: &[Vec<Stratum>]) -> Pooled {
    let informative: Vec<Vec<Stratum>> = runners
        .iter()
        .map(|strata| strata.iter().copied().filter(Stratum::is_informative).collect::<Vec<_>>())
        .filter(|strata| !strata.is_empty())
        .collect();
    let onsets = |strata: &[Stratum]| strata.iter().map(|s| s.onsets).sum::<u64>();
    let all: u64 = informative.iter().map(|strata| onsets(strata)).sum();
    let largest = informative.iter().map(|strata| onsets(strata)).max();
    let association = associate(&runners.concat());
    Pooled {
        association,
        runners: informative.len() as u64,
        largest_share: largest.map(|largest| real(largest) / real(all)),
        leave_one_out: (informative.len() > 1).then(|| leave_one_out(&informative, association.estimate)),
    }
}

/// The range of the estimate with each runner left out. The estimate solves Σ(a − E[a]) = 0, so leaving a runner out
/// moves it against that runner's own Σ(a − E[a]): the runners with the largest and the smallest sum set the range.
fn leave_one_out(runners: &[Vec<Stratum>], all: f64) -> (f64, f64) {
    let at = if all > 0.0 && all.is_finite() { libm::log(all) } else { 0.0 };
    let score = |strata: &[Stratum]| -> f64 {
        strata.iter().map(|s| real(s.exposed_onsets) - mean_and_variance(s, at).0).sum()
    };
    // Without the only runner who is off an end of the support, the total is at that end and the estimate 0 or
    // unbounded, so that runner is always left out in turn.
    let off_ends = |strata: &[Stratum]| {
        let at_low = strata.iter().all(|s| s.exposed_onsets == support(s).0);
        let at_high = strata.iter().all(|s| s.exposed_onsets == support(s).1);
        (!at_low, !at_high)
    };
    let mut order: Vec<usize> = (0..runners.len()).collect();
    let scores: Vec<f64> = runners.iter().map(|strata| score(strata)).collect();
    order.sort_by(|&a, &b| scores[a].total_cmp(&scores[b]));
    let ends = order.len().saturating_sub(LEFT_OUT).max(LEFT_OUT.min(order.len()));
    let mut chosen: Vec<usize> = order[..LEFT_OUT.min(order.len())].iter().chain(&order[ends..]).copied().collect();
    let sole = |holds: &dyn Fn(&[Stratum]) -> bool| {
        let mut holders = (0..runners.len()).filter(|&i| holds(&runners[i]));
        holders.next().filter(|_| holders.next().is_none())
    };
    chosen.extend(sole(&|strata| off_ends(strata).0));
    chosen.extend(sole(&|strata| off_ends(strata).1));
    chosen.iter().fold((f64::INFINITY, 0.0), |(low, high), &left_out| {
        let rest: Vec<Stratum> =
            runners.iter().enumerate().filter(|&(i, _)| i != left_out).flat_map(|(_, s)| s.clone()).collect();
        let estimate = estimate(&rest);
        (low.min(estimate), high.max(estimate))
    })
}

/// Adjusted p-values after Benjamini and Hochberg (1995), in the order given.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[b].total_cmp(&p[a]));
    let mut adjusted = vec![1.0; p.len()];
    let mut reached: f64 = 1.0;
    for (from_largest, i) in order.into_iter().enumerate() {
        let rank = (p.len() - from_largest) as u64;
        reached = reached.min(p[i] * real(p.len() as u64) / real(rank));
        adjusted[i] = reached;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stratum(days: u64, exposed_days: u64, onsets: u64, exposed_onsets: u64) -> Stratum {
        Stratum { days, exposed_days, onsets, exposed_onsets }
    }

    /// A made-up runner with counts that vary with `i`.
    fn runner(i: u64) -> Vec<Stratum> {
        let onsets = 1 + i % 4;
        vec![stratum(150, 20 + 7 * (i % 9), onsets, (i * i + i / 3) % (onsets + 1)), stratum(100, 0, 1, 0)]
    }

    #[test]
    fn pooling_is_the_same_test_over_all_strata() {
        let runners: Vec<_> = (0..7).map(runner).collect();
        let pooled = pool(&runners);
        assert_eq!(pooled.association, associate(&runners.concat()));
        assert_eq!(pooled.runners, 7);
        // Onsets in informative strata: 1 2 3 4 1 2 3 = 16, the largest 4.
        assert_eq!(pooled.largest_share, Some(0.25));
    }

    #[test]
    fn the_range_is_that_of_leaving_each_runner_out() {
        for count in [2, 5, 24, 90] {
            let runners: Vec<_> = (0..count).map(runner).collect();
            let each: Vec<f64> = (0..runners.len())
                .map(|out| {
                    let mut rest = runners.clone();
                    rest.remove(out);
                    estimate(&rest.concat())
                })
                .collect();
            let (low, high) = pool(&runners).leave_one_out.unwrap();
            let near = |a: f64, b: f64| a.to_bits() == b.to_bits() || (a / b - 1.0).abs() < 1e-9;
            assert!(near(low, each.iter().copied().fold(f64::INFINITY, f64::min)), "{count}: {low} {each:?}");
            assert!(near(high, each.iter().copied().fold(0.0, f64::max)), "{count}: {high} {each:?}");
        }
    }

    #[test]
    fn one_runner_alone_has_no_range() {
        assert_eq!(pool(&[runner(3)]).leave_one_out, None);
        let none = pool(&[]);
        assert_eq!((none.runners, none.largest_share, none.leave_one_out), (0, None, None));
    }

    #[test]
    fn benjamini_hochberg_agrees_with_r() {
        // p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.9), "BH") in R: 0.025 0.05 0.05 0.025 0.9.
        let adjusted = benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005, 0.9]);
        for (a, b) in adjusted.iter().zip([0.025, 0.05, 0.05, 0.025, 0.9]) {
            assert!((a - b).abs() < 1e-12);
        }
        assert!(benjamini_hochberg(&[]).is_empty());
    }
}
