//! One label's test over several runners: the pooled figures, what may be claimed, and the sentence; and which
//! results of single runners still stand after adjusting for how many runners were tested.

use rayon::prelude::*;
use serde::Serialize;

use super::claim::{Claim, FOR_COUNTS, FOR_ESTIMATE, Grounds, LEVEL, POOLED_RATIO, claim};
use super::exact::Stratum;
use super::holm::holm;
use super::hypergeometric::real;
use super::pooled::{Pooled, benjamini_hochberg, pool};
use super::preset::Preset;
use super::wording::{NO_CAUSE, figure, p_value, ratio, within};
use super::{RateRatio, rate_ratio, sum};
use crate::model::units::per_cent;

/// The rate ratio's range with each runner left out in turn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LeaveOneOut {
    /// The smallest ratio; null where it is unbounded.
    #[cfg_attr(test, schemars(with = "Option<f64>"))]
    pub low: f64,
    /// The largest ratio; null where it is unbounded.
    #[cfg_attr(test, schemars(with = "Option<f64>"))]
    pub high: f64,
}

/// One label over several runners. A figure that the number of episodes does not allow is `None`.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Together {
    /// The test, with its window.
    #[serde(skip)]
    pub preset: Preset,
    /// Episodes that could be used.
    #[serde(skip)]
    pub episodes_usable: u64,
    /// Usable episodes with a flag in the window before their onset.
    pub exposed: u64,
    /// How many of them would be expected from how usual the flag is with each athlete; null with fewer than three usable
    /// episodes.
    pub expected: Option<f64>,
    /// Share (0 to 1) of the days that count which have a flag in the window before them; null where no day counts.
    pub exposed_share: Option<f64>,
    /// Half-years of athletes, parted by days with and without a run, that hold days with and days without such a flag
    /// before them, so that the two can be compared.
    pub informative_strata: u64,
    /// How many times as often pain began with such a flag before it as without; null with fewer than five usable
    /// episodes, or where nothing can be compared.
    pub rate_ratio: Option<RateRatio>,
    /// The same ratio by another method, that of Mantel and Haenszel; null also where it is unbounded or 0/0.
    pub mantel_haenszel: Option<f64>,
    /// Two-sided mid-P value of the exact test; null with fewer than five usable episodes.
    pub p_exact: Option<f64>,
    /// That p-value, adjusted by Holm's method for how many rules were tested; null where there is none.
    pub p_holm: Option<f64>,
    /// The smallest exact p-value that any outcome could have had; null with fewer than five usable episodes.
    pub best_attainable_p: Option<f64>,
    /// Athletes with a half-year in which days could be compared.
    pub runners: u64,
    /// The largest share (0 to 1) of the episodes compared that is one athlete's; null where none are.
    pub largest_share: Option<f64>,
    /// The ratio's range with each athlete left out in turn; null with fewer than five usable episodes, or with one
    /// athlete to compare.
    pub leave_one_out: Option<LeaveOneOut>,
    /// What may be said of the figures.
    pub claim: Claim,
    /// The figures and what may be said of them, in sentences.
    pub text: String,
    /// The text for whoever prints several links and says behind them all that none shows cause.
    #[serde(skip)]
    pub bare_text: String,
}

/// Pools each label's strata, given as one list for each runner. The p-values are adjusted over all labels, as for
/// one runner.
pub fn together(labels: &[(Preset, Vec<Vec<Stratum>>)]) -> Vec<Together> {
    let pooled: Vec<Pooled> = labels.par_iter().map(|(_, runners)| pool(runners)).collect();
    let usable: Vec<u64> = labels.iter().map(|(_, runners)| total(runners, |s| s.onsets)).collect();
    let allowed = |i: usize| usable[i] >= FOR_ESTIMATE;
    let exact: Vec<Option<f64>> =
        pooled.iter().enumerate().map(|(i, one)| allowed(i).then_some(one.association.p_mid)).collect();
    let adjusted = holm(&exact);
    labels
        .iter()
        .enumerate()
        .map(|(i, (preset, runners))| {
            let mut best = exact.clone();
            best[i] = allowed(i).then_some(pooled[i].association.best_attainable_p);
            one(*preset, runners, &pooled[i], usable[i], [exact[i], adjusted[i], holm(&best)[i]])
        })
        .collect()
}

fn one(
    preset: Preset,
    runners: &[Vec<Stratum>],
    pooled: &Pooled,
    usable: u64,
    [p_exact, p_holm, best_p_holm]: [Option<f64>; 3],
) -> Together {
    let found = &pooled.association;
    let exposed = total(runners, |s| s.exposed_onsets);
    let days = total(runners, |s| s.days);
    let (counts, estimates) = (usable >= FOR_COUNTS, usable >= FOR_ESTIMATE);
    let mut together = Together {
        preset,
        episodes_usable: usable,
        exposed,
        expected: counts.then_some(found.expected),
        exposed_share: (days > 0).then(|| real(total(runners, |s| s.exposed_days)) / real(days)),
        informative_strata: found.informative_strata,
        rate_ratio: (estimates && found.informative_strata > 0).then(|| rate_ratio(found)),
        mantel_haenszel: Some(found.mantel_haenszel).filter(|ratio| estimates && ratio.is_finite()),
        p_exact,
        p_holm,
        best_attainable_p: estimates.then_some(found.best_attainable_p),
        runners: pooled.runners,
        largest_share: pooled.largest_share,
        leave_one_out: pooled.leave_one_out.filter(|_| estimates).map(|(low, high)| LeaveOneOut { low, high }),
        claim: Claim::TimelineOnly,
        text: String::new(),
        bare_text: String::new(),
    };
    let claimed = claim(&Grounds {
        episodes_usable: usable,
        informative_strata: found.informative_strata,
        more_than_expected: real(exposed) > found.expected,
        p: p_holm.unwrap_or(1.0),
        could_be_shown: best_p_holm.is_some_and(|p| p <= LEVEL),
        borne_out: found.low >= POOLED_RATIO,
    });
    // A result that rests on a single runner is that runner's, not the roster's.
    let rests_on_one = together.leave_one_out.is_none_or(|range| range.low <= 1.0);
    together.claim = if claimed == Claim::MoreOftenThanChance && rests_on_one { Claim::NotShown } else { claimed };
    together.text = sentence(&together, rests_on_one, NO_CAUSE);
    together.bare_text = sentence(&together, rests_on_one, ".");
    together
}

fn total(runners: &[Vec<Stratum>], of: impl Fn(&Stratum) -> u64 + Copy) -> u64 {
    runners.iter().map(|strata| sum(strata, of)).sum()
}

fn sentence(all: &Together, rests_on_one: bool, close: &str) -> String {
    if all.claim == Claim::TimelineOnly {
        return match all.episodes_usable {
            0 => "No hip-pain episode of these runners can be used for counting.".to_owned(),
            1 => "One hip-pain episode of these runners can be used: too few for counts.".to_owned(),
            n => format!("{n} hip-pain episodes of these runners can be used: too few for counts."),
        };
    }
    let were = if all.exposed == 1 { "was" } else { "were" };
    let counts = format!(
        "{} of {} usable hip-pain episodes {were} preceded by {}; {:.1} would be expected from how often each runner had {}.",
        all.exposed,
        all.episodes_usable,
        within(&all.preset),
        all.expected.unwrap_or(0.0),
        all.preset.such
    );
    let verdict = match all.claim {
        Claim::TimelineOnly | Claim::CountsOnly => "So few episodes allow no more than counts.".to_owned(),
        Claim::CannotBeTested => "This cannot be tested with this roster.".to_owned(),
        Claim::MoreOftenThanChance => format!(
            "That is more often than chance explains (adjusted p {}){close}",
            p_value(all.p_holm.unwrap_or(1.0))
        ),
        Claim::NotShown if all.p_holm.is_some_and(|p| p <= LEVEL) && more(all) && rests_on_one => {
            "That rests on a single runner: without one of them it is gone.".to_owned()
        }
        Claim::NotShown if all.p_holm.is_some_and(|p| p <= LEVEL) && more(all) => {
            "That is too little to be told from how people write and log.".to_owned()
        }
        Claim::NotShown if more(all) => "This roster cannot tell whether that is more than chance.".to_owned(),
        Claim::NotShown => "That is not more than expected.".to_owned(),
    };
    format!("{counts}{}{} {verdict}", ratio(all.rate_ratio.as_ref()), contributors(all))
}

fn more(all: &Together) -> bool {
    all.expected.is_some_and(|expected| real(all.exposed) > expected)
}

/// Who the result rests on: the number of runners, the largest share, and the ratio with each left out.
fn contributors(all: &Together) -> String {
    let share = all.largest_share.map_or_else(String::new, per_cent);
    let who = match all.runners {
        0 => return " No runner has days with and without such a flag to compare.".to_owned(),
        1 => return " All that can be compared comes from one runner.".to_owned(),
        n => format!(" {n} runners contribute, one of them {share} of the episodes compared"),
    };
    match all.leave_one_out.map(|range| (range.low, range.high)) {
        Some((low, high)) if low.is_nan() || high.is_nan() => format!("{who}."),
        Some((low, high)) if low.is_infinite() && high.is_infinite() => {
            format!("{who}; with any one of them left out the ratio has no upper limit.")
        }
        Some((low, high)) if high.is_infinite() => {
            format!("{who}; with each left out in turn the ratio is {} or more.", figure(low))
        }
        Some((low, high)) => {
            let [low, high] = [figure(low), figure(high)];
            if low == high {
                return format!("{who}; with each left out in turn the ratio stays at {low}.");
            }
            format!("{who}; with each left out in turn the ratio lies between {low} and {high}.")
        }
        None => format!("{who}."),
    }
}

/// The p-value of each of many results after Benjamini and Hochberg's adjustment, and whether it is significant at the
/// level of a claim. The given p-values are already adjusted over a runner's own tests, so only results that are
/// significant in the runner's own report can be so here.
pub fn standing(p: &[f64]) -> Vec<(f64, bool)> {
    benjamini_hochberg(p).into_iter().map(|adjusted| (adjusted, adjusted <= LEVEL)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{JUMP, PRESETS, REST};
    use super::*;

    /// A stratum in the order of the published tables: exposed and other onsets, then exposed and other days without
    /// onset.
    fn stratum(a: u64, b: u64, c: u64, d: u64) -> Stratum {
        Stratum { days: a + b + c + d, exposed_days: a + c, onsets: a + b, exposed_onsets: a }
    }

    /// The rabbits of Mehta, Patel and Gray: five strata, each taken as one runner.
    fn rabbits() -> Vec<Vec<Stratum>> {
        [(0, 6, 0, 5), (3, 3, 0, 6), (6, 0, 2, 4), (5, 1, 6, 0), (2, 0, 5, 0)]
            .into_iter()
            .map(|(a, b, c, d)| vec![stratum(a, b, c, d)])
            .collect()
    }

    fn near(a: f64, b: f64, relative: f64) -> bool {
        (a / b - 1.0).abs() < relative
    }

    #[test]
    fn the_known_table_comes_out_with_each_stratum_a_runner() {
        let all = &together(&[(JUMP, rabbits())])[0];
        let ratio = all.rate_ratio.unwrap();
        assert!(near(ratio.estimate.unwrap(), 10.36105, 1e-5), "{ratio:?}");
        assert!(near(ratio.low.unwrap(), 1.33903, 1e-4) && near(ratio.high.unwrap(), 266.542, 1e-4), "{ratio:?}");
        assert!(near(all.mantel_haenszel.unwrap(), 7.0, 1e-9) && near(all.p_exact.unwrap(), 0.021_350, 1e-4));
        // Holm's method counts four preset tests even when one was asked for: 4 × 0.02135.
        assert!(near(all.p_holm.unwrap(), 0.0854, 1e-4));
        // Stratum one, and stratum five on its exposed days, have only one possible outcome.
        assert_eq!((all.episodes_usable, all.exposed, all.runners), (26, 16, 3));
        // The three that can be compared have 6 onsets each.
        assert!(near(all.largest_share.unwrap(), 1.0 / 3.0, 1e-9));
        assert_eq!(all.claim, Claim::NotShown);
        assert!(
            all.text.starts_with("16 of 26 usable hip-pain episodes were preceded by a jump week within 14 days; ")
        );
        assert!(
            all.text.contains(" 3 runners contribute, one of them 33\u{a0}% of the episodes compared; "),
            "{}",
            all.text
        );
        assert!(all.text.ends_with("cannot tell whether that is more than chance."));
    }

    #[test]
    fn a_ratio_that_is_the_same_without_any_one_runner_is_said_to_stay() {
        // With three equal runners, any two have the ratio of all three.
        let alike = || vec![stratum(3, 3, 10, 90)];
        let all = &together(&[(JUMP, vec![alike(), alike(), alike()])])[0];
        let LeaveOneOut { low, high } = all.leave_one_out.unwrap();
        assert!(near(low, high, 1e-9));
        assert!(all.text.contains(&format!("left out in turn the ratio stays at {}.", figure(low))), "{}", all.text);
    }

    #[test]
    fn what_one_runner_alone_brings_is_not_claimed_of_all() {
        // One runner with a strong link in two half-years, and others with none.
        let strong = vec![stratum(6, 0, 12, 150), stratum(6, 0, 12, 150)];
        let flat = |i: u64| vec![stratum(0, 1, 20 + i, 140)];
        let alone = &together(&[(REST, [vec![strong.clone()], (0..3).map(flat).collect()].concat())])[0];
        assert!(alone.p_holm.unwrap() < 0.05);
        assert_eq!(alone.claim, Claim::NotShown);
        assert!(alone.text.contains("rests on a single runner"), "{}", alone.text);
        let shared = &together(&[(REST, vec![strong.clone(), strong.clone(), strong])])[0];
        assert_eq!(shared.claim, Claim::MoreOftenThanChance);
    }

    #[test]
    fn few_episodes_give_words_and_no_figures() {
        let labels: Vec<_> = PRESETS.iter().map(|preset| (*preset, vec![vec![stratum(1, 1, 20, 100)]])).collect();
        for all in together(&labels) {
            assert_eq!((all.claim, all.expected, all.p_exact), (Claim::TimelineOnly, None, None));
            assert_eq!(all.text, "2 hip-pain episodes of these runners can be used: too few for counts.");
        }
        let none = &together(&[(JUMP, vec![])])[0];
        assert_eq!(none.text, "No hip-pain episode of these runners can be used for counting.");
    }

    #[test]
    fn words_never_claim_a_cause() {
        for all in together(&[(JUMP, rabbits()), (REST, rabbits())]) {
            for word in ["caused", "predicts", "safe", "your risk"] {
                assert!(!all.text.contains(word), "{}", all.text);
            }
        }
    }

    #[test]
    fn results_stand_or_fall_by_the_whole_list() {
        // p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.9), "BH") in R: 0.025 0.05 0.05 0.025 0.9.
        let stands: Vec<bool> = standing(&[0.01, 0.041, 0.03, 0.005, 0.9]).iter().map(|one| one.1).collect();
        // 0.041 · 5 / 4 = 0.05125, and 0.03 · 5 / 3 = 0.05.
        assert_eq!(stands, [true, false, true, true, false]);
    }
}
