//! Tests of the exact test: published tables, values of other programs, enumeration, symmetries, large numbers.

use proptest::prelude::*;

use super::*;

fn stratum(days: u64, exposed_days: u64, onsets: u64, exposed_onsets: u64) -> Stratum {
    Stratum { days, exposed_days, onsets, exposed_onsets }
}

/// Exposed onsets, unexposed onsets, exposed days without onset, unexposed days without.
fn cells(a: u64, b: u64, c: u64, d: u64) -> Stratum {
    stratum(a + b + c + d, a + c, a + b, a)
}

fn close(found: f64, known: f64, within: f64) {
    let same = found.to_bits() == known.to_bits() || (found - known).abs() <= within * known.abs().max(1e-300);
    assert!(same, "found {found}, known {known}");
}

/// Compares to the last digit printed.
fn to_digits(found: f64, printed: &str) {
    let decimals = printed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    assert_eq!(format!("{found:.decimals$}"), printed);
}

#[test]
fn rabbits() {
    let found =
        associate(&[cells(0, 6, 0, 5), cells(3, 3, 0, 6), cells(6, 0, 2, 4), cells(5, 1, 6, 0), cells(2, 0, 5, 0)]);
    to_digits(found.mantel_haenszel, "7");
    to_digits(found.estimate, "10.36105");
    to_digits(found.low, "1.33903");
    to_digits(found.high, "266.542");
    to_digits(found.p_mid, "0.021350");
    assert_eq!(found.informative_strata, 3);
}

#[test]
fn pairs() {
    let strata = [vec![cells(1, 0, 0, 1); 10], vec![cells(0, 1, 1, 0); 3]].concat();
    let found = associate(&strata);
    // For pairs both estimates are the ratio of discordant pairs, 10/3.
    to_digits(found.mantel_haenszel, "3.33333");
    to_digits(found.estimate, "3.33333");
    to_digits(found.low, "0.96623");
    to_digits(found.high, "15.0516");
    to_digits(found.p_mid, "0.057373");
    // T is binomial(13, ½): all one way has 2⁻¹³.
    close(found.best_attainable_p, 0.5_f64.powi(13), 1e-12);
    close(found.expected, 6.5, 1e-15);
}

#[test]
fn single_table() {
    to_digits(associate(&[cells(9, 3, 20, 60)]).estimate, "8.743915");
}

#[test]
fn other_programs_agree() {
    let oracle: serde_json::Value = serde_json::from_str(include_str!("../../../tests/data/link_oracle.json")).unwrap();
    let cases = oracle["cases"].as_array().unwrap();
    assert!(cases.len() >= 38);
    for case in cases {
        let number = |cell: &serde_json::Value| cell.as_u64().unwrap();
        let strata: Vec<Stratum> = case["strata"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| stratum(number(&s[0]), number(&s[1]), number(&s[2]), number(&s[3])))
            .collect();
        let found = associate(&strata);
        let known = |key: &str| case[key].as_f64().unwrap();
        for (value, key) in
            [(found.expected, "expected"), (found.p_mid, "p_mid"), (found.best_attainable_p, "best_attainable_p")]
        {
            close(value, known(key), 1e-11);
        }
        close(one_sided_mid_p(&strata), known("one_sided"), 1e-11);
        assert_eq!(found.informative_strata, number(&case["informative_strata"]));
        if found.informative_strata > 0 {
            close(found.low, known("low"), 1e-9);
            close(found.high, case["high"].as_f64().unwrap_or(f64::INFINITY), 1e-9);
        }
        if let Some(estimate) = case["estimate"].as_f64() {
            close(found.estimate, estimate, 1e-10);
            close(found.estimate, known("estimate_by_conditional_logit"), 2e-4);
        }
        if let Some(ratio) = case["mantel_haenszel"].as_f64() {
            close(found.mantel_haenszel, ratio, 1e-12);
        }
    }
}

#[test]
fn at_an_end_of_the_support_one_limit_is_open() {
    // Two strata of one onset each, a fifth and a quarter exposed, both onsets exposed: P(T = 2) = 1/20 under ψ = 1.
    let all = associate(&[stratum(100, 20, 1, 1), stratum(120, 30, 1, 1)]);
    assert_eq!((all.estimate, all.high, all.mantel_haenszel), (f64::INFINITY, f64::INFINITY, f64::INFINITY));
    close(all.p_mid, 0.05, 1e-12);
    // ½·P(T = 2; ψ) = 0.025 is solved by ψ = 1 then.
    close(all.low, 1.0, 1e-12);
    let none = associate(&[stratum(100, 20, 1, 0), stratum(120, 30, 1, 0)]);
    assert_eq!((none.estimate, none.low, none.mantel_haenszel), (0.0, 0.0, 0.0));
    assert!(none.high.is_finite() && none.high > 1.0);
    // P(T = 0) = 0.8 · 0.75 = 0.6, and mid-P takes half of it twice.
    close(none.p_mid, 0.6, 1e-12);
}

#[test]
fn without_information_nothing_is_said() {
    for strata in
        [vec![], vec![stratum(100, 0, 3, 0)], vec![stratum(100, 100, 3, 3), stratum(50, 20, 0, 0), Stratum::default()]]
    {
        let found = associate(&strata);
        assert!(found.estimate.is_nan() && found.mantel_haenszel.is_nan());
        assert_eq!((found.low, found.high), (0.0, f64::INFINITY));
        assert_eq!((found.p_mid, found.best_attainable_p, found.informative_strata), (1.0, 1.0, 0));
        close(one_sided_mid_p(&strata), 0.5, 0.0);
    }
    assert!(associate(&[]).expected.is_sign_positive());
    close(associate(&[stratum(100, 100, 3, 3)]).expected, 3.0, 1e-15);
}

#[test]
fn counts_that_cannot_be_are_left_out() {
    let good = [stratum(100, 20, 3, 2), stratum(90, 30, 2, 1)];
    let bad =
        [stratum(10, 11, 1, 1), stratum(10, 5, 11, 1), stratum(10, 5, 3, 4), stratum(10, 5, 8, 2), stratum(0, 1, 1, 1)];
    assert!(bad.iter().all(|s| !s.is_possible()));
    assert_eq!(associate(&[good.as_slice(), bad.as_slice()].concat()), associate(&good));
}

#[test]
fn ten_thousand_strata_of_two_million_days_work() {
    let strata: Vec<Stratum> = (0..10_000)
        .map(|i| stratum(2_000_000, 600_000 + 7 * i, 3, u64::from(i % 10 < 3) + u64::from(i % 3 < 2)))
        .collect();
    let found = associate(&strata);
    assert!(found.low < found.estimate && found.estimate < found.high);
    // With so few onsets among so many days Mantel–Haenszel and the conditional estimate meet.
    close(found.estimate, found.mantel_haenszel, 1e-3);
    // Large numbers: the limits are those of the normal approximation on ln ψ, ±1.96/√Σvar.
    let variance: f64 = strata
        .iter()
        .map(|s| {
            let odds = found.estimate * real(s.exposed_days) / real(s.days - s.exposed_days);
            3.0 * odds / (1.0 + odds).powi(2)
        })
        .sum();
    close(libm::log(found.high) - libm::log(found.low), 2.0 * 1.959_964 / variance.sqrt(), 1e-3);
    assert!(found.p_mid > 0.0 && found.p_mid < 1.0);
}

#[test]
fn many_onsets_in_a_long_stratum_do_not_overflow() {
    let found = associate(&[stratum(2_000_000, 1_000_000, 400_000, 210_000), stratum(2_000_000, 3, 1_999_000, 3)]);
    // The plain odds ratio of the first table, which the second hardly touches.
    close(found.estimate, (210_000.0 * 810_000.0) / (190_000.0 * 790_000.0), 1e-3);
    assert!(found.low < found.estimate && found.estimate < found.high && found.p_mid < 1e-100);
}

/// P(T = x) up to a factor, by choosing the onset days of every stratum in every way.
fn enumerated(strata: &[Stratum]) -> Vec<f64> {
    let mut weights = vec![0.0; 40];
    let mut stack = vec![(0, 0_usize)];
    while let Some((i, total)) = stack.pop() {
        let Some(s) = strata.get(i) else {
            weights[total] += 1.0;
            continue;
        };
        for mask in 0_u32..1 << s.days {
            if u64::from(mask.count_ones()) == s.onsets {
                stack.push((i + 1, total + (mask & ((1 << s.exposed_days) - 1)).count_ones() as usize));
            }
        }
    }
    weights
}

/// P(T > t) + ½·P(T = t) under ψ.
fn enumerated_upper(weights: &[f64], t: usize, ratio: f64) -> f64 {
    let tilted: Vec<f64> =
        weights.iter().zip(0..).map(|(w, x)| if *w > 0.0 { w * ratio.powi(x) } else { 0.0 }).collect();
    (tilted[t + 1..].iter().sum::<f64>() + tilted[t] / 2.0) / tilted.iter().sum::<f64>()
}

fn some_stratum(most_days: u64) -> impl Strategy<Value = Stratum> {
    (1..=most_days).prop_flat_map(|days| (Just(days), 0..=days, 0..=days.min(6))).prop_flat_map(
        |(days, exposed, onsets)| {
            let (low, high) = support(&stratum(days, exposed, onsets, 0));
            (low..=high).prop_map(move |a| stratum(days, exposed, onsets, a))
        },
    )
}

proptest! {
    #[test]
    fn small_tables_agree_with_enumeration(strata in prop::collection::vec(some_stratum(7), 1..4)) {
        let found = associate(&strata);
        let weights = enumerated(&strata);
        let observed = strata.iter().map(|s| s.exposed_onsets).sum::<u64>();
        let t = usize::try_from(observed).unwrap();
        let all: f64 = weights.iter().sum();
        let upper = enumerated_upper(&weights, t, 1.0);
        prop_assert!((one_sided_mid_p(&strata) - upper).abs() < 1e-12);
        prop_assert!((found.p_mid - (2.0 * upper.min(1.0 - upper)).min(1.0)).abs() < 1e-12);
        let mean = weights.iter().zip(0..).map(|(w, x)| w * f64::from(x)).sum::<f64>() / all;
        prop_assert!((found.expected - mean).abs() < 1e-12);
        let possible: Vec<usize> = (0..weights.len()).filter(|&x| weights[x] > 0.0).collect();
        let best = possible.iter().map(|&x| {
            let upper = enumerated_upper(&weights, x, 1.0);
            (2.0 * upper.min(1.0 - upper)).min(1.0)
        }).fold(1.0, f64::min);
        prop_assert!((found.best_attainable_p - best).abs() < 1e-12);
        prop_assert_eq!(found.informative_strata > 0, possible.len() > 1);
        if found.low > 0.0 {
            prop_assert!((enumerated_upper(&weights, t, found.low) - 0.025).abs() < 1e-9);
        }
        if found.high.is_finite() {
            prop_assert!((enumerated_upper(&weights, t, found.high) - 0.975).abs() < 1e-9);
        }
        if found.estimate > 0.0 && found.estimate.is_finite() {
            let tilted = weights.iter().zip(0..).map(|(w, x)| (f64::from(x), w * found.estimate.powi(x)));
            let (sum, weighted) = tilted.fold((0.0, 0.0), |(sum, weighted), (x, w)| (sum + w, weighted + x * w));
            prop_assert!((weighted / sum - real(observed)).abs() < 1e-9);
        }
    }

    #[test]
    fn swapping_exposed_and_unexposed_inverts_the_ratio(strata in prop::collection::vec(some_stratum(180), 1..8)) {
        let swapped: Vec<Stratum> = strata
            .iter()
            .map(|s| stratum(s.days, s.days - s.exposed_days, s.onsets, s.onsets - s.exposed_onsets))
            .collect();
        let (found, other) = (associate(&strata), associate(&swapped));
        let inverse = |a: f64, b: f64| a.is_nan() && b.is_nan() || (1.0 / a).to_bits() == b.to_bits() || (a * b - 1.0).abs() < 1e-9;
        prop_assert!(inverse(found.estimate, other.estimate), "{} {}", found.estimate, other.estimate);
        prop_assert!(inverse(found.mantel_haenszel, other.mantel_haenszel));
        prop_assert!(inverse(found.low, other.high) && inverse(found.high, other.low), "{found:?} {other:?}");
        prop_assert!((found.p_mid - other.p_mid).abs() < 1e-10);
        prop_assert!((found.best_attainable_p - other.best_attainable_p).abs() < 1e-10);
    }

    #[test]
    fn the_order_of_strata_and_empty_ones_change_nothing(
        strata in prop::collection::vec(some_stratum(180), 1..8).prop_flat_map(|s| (Just(s.clone()), Just(s).prop_shuffle()))
    ) {
        let (given, mut shuffled) = strata;
        shuffled.push(Stratum::default());
        shuffled.push(stratum(90, 40, 0, 0));
        let (a, b) = (associate(&given), associate(&shuffled));
        let near = |a: f64, b: f64| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan() || (a - b).abs() < 1e-9 * a.abs();
        prop_assert!(near(a.estimate, b.estimate) && near(a.low, b.low) && near(a.high, b.high) && near(a.p_mid, b.p_mid));
    }

    #[test]
    fn estimates_lie_inside_their_limits_and_the_tests_agree(strata in prop::collection::vec(some_stratum(2_000_000), 1..6)) {
        let found = associate(&strata);
        if found.informative_strata > 0 {
            prop_assert!(found.low <= found.estimate && found.estimate <= found.high, "{found:?}");
            // The test at 5 % rejects exactly where the interval excludes 1.
            let outside = found.low > 1.0 || found.high < 1.0;
            prop_assert!(outside == (found.p_mid < 0.05) || (found.p_mid - 0.05).abs() < 1e-9, "{found:?}");
            prop_assert!(found.best_attainable_p <= found.p_mid * (1.0 + 1e-9));
        }
        prop_assert!((0.0..=1.0).contains(&found.p_mid));
    }
}
