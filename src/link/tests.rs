//! Tests of whole rows: when figures are shown, adjustment, rotation, other windows, sentences.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::testing::{JUMP, PRESETS, SPIKE};
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::claim::Claim;
use super::history::History;
use super::*;

fn day(n: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, 1, 1).unwrap() + TimeDelta::days(n)
}

fn flags(jumps: &[i64]) -> Vec<FlagDays> {
    let mut all: Vec<FlagDays> =
        PRESETS.iter().map(|&preset| FlagDays { preset, days: BTreeSet::new(), blind: BTreeSet::new() }).collect();
    all[0].days = jumps.iter().map(|&n| day(n)).collect();
    all
}

/// `blocks` half-years, with a one-day episode on day 90 of each of the first `episodes`.
fn history(blocks: usize, episodes: usize) -> History {
    let onsets = (0_i64..).take(episodes).map(|block| (day(182 * block + 90), day(182 * block + 90)));
    History { first_day: day(0), observed: vec![true; 182 * blocks], episodes: onsets.collect(), ..History::default() }
}

/// A jump three days before each of the first `n` onsets.
fn jumps(n: i64) -> Vec<i64> {
    (0..n).map(|block| 182 * block + 87).collect()
}

#[test]
fn the_gates_open_with_the_number_of_episodes() {
    let claims = [0, 2, 3, 4, 5].map(|n| link(&history(6, n), &flags(&jumps(5)), 1)[0].clone());
    assert_eq!(
        claims.clone().map(|row| row.claim)[..4],
        [Claim::TimelineOnly, Claim::TimelineOnly, Claim::CountsOnly, Claim::CountsOnly]
    );
    for row in &claims[..2] {
        assert!(
            row.expected.is_none() && row.p_exact.is_none() && row.null_window.is_none() && row.rate_ratio.is_none()
        );
    }
    for row in &claims[2..4] {
        assert!(row.expected.is_some() && row.p_exact.is_none() && row.rate_ratio.is_none());
    }
    assert!(claims[4].p_exact.is_some() && claims[4].rate_ratio.is_some());
}

#[test]
fn a_strong_pattern_is_claimed_with_figures_worked_out_by_hand() {
    let rows = link(&history(6, 6), &flags(&jumps(6)), 42);
    let row = &rows[0];
    assert_eq!((row.episodes_total, row.episodes_usable, row.exposed), (6, 6, 6));
    // At risk in block 0 are 28..=90 and 133..=181, 112 days; in later blocks 0..=90 and 133..=181, 140 days. In each
    // block 88, 89 and 90 are exposed.
    let shares = [3.0 / 112.0, 3.0 / 140.0, 3.0 / 140.0, 3.0 / 140.0, 3.0 / 140.0, 3.0 / 140.0];
    let product: f64 = shares.iter().product();
    assert!((row.expected.unwrap() - shares.iter().sum::<f64>()).abs() < 1e-12);
    // All exposed: the two-sided mid-P is P(T = 6). No more extreme outcome is possible.
    assert!((row.p_exact.unwrap() / product - 1.0).abs() < 1e-9);
    assert!((row.best_attainable_p.unwrap() / product - 1.0).abs() < 1e-9);
    // Under rotation a single onset meets each day equally often: the same product, halved for the tie.
    assert!((row.p_rotation.unwrap() / product * 2.0 - 1.0).abs() < 1e-9);
    // With the half-years cut differently and days compared within their kind, it is as small or a little larger.
    let one_sided = row.p_one_sided.unwrap();
    assert!(one_sided > product / 2.0 * (1.0 - 1e-9) && one_sided < 20.0 * product, "{one_sided}");
    // The two-sided p is the product, and four times that after Holm.
    assert!((row.p_holm.unwrap() / product / 4.0 - 1.0).abs() < 1e-9);
    // No random rotation comes near it: 1 in 10,000.
    assert!((row.p_step_down.unwrap() - 0.000_1).abs() < 1e-12, "{:?}", row.p_step_down);
    assert!(row.diagnostics.len() == 3 && row.detectable_ratio.is_some());
    assert_eq!((row.claim, row.seed), (Claim::MoreOftenThanChance, Some(42)));
    let ratio = row.rate_ratio.unwrap();
    assert!(ratio.estimate.is_none() && ratio.high.is_none() && ratio.low.unwrap() > 1.0);
    assert!(
        row.text.starts_with("6 of 6 hip-pain episodes were preceded by a jump week within 14 days; 0.1 would be"),
        "{}",
        row.text
    );
    assert!(row.text.contains("more often than chance explains (adjusted p below 0.001); it does not show cause."));
    assert!(row.bare_text.contains("(adjusted p below 0.001). A log like this overstates"), "{}", row.bare_text);
    // Without a flag, the other tests have nothing to compare.
    for other in &rows[1..] {
        assert_eq!((other.claim, other.exposed, other.rate_ratio), (Claim::CannotBeTested, 0, None));
        assert_eq!((other.p_exact, other.p_rotation, other.p_holm), (Some(1.0), None, Some(1.0)));
    }
}

#[test]
fn rotation_is_left_out_where_the_exact_test_shows_nothing() {
    // Three of six onsets are exposed, and so are many other days.
    let mut days = jumps(3);
    days.extend((0..6).flat_map(|block| [182 * block + 30, 182 * block + 60, 182 * block + 150]));
    let row = &link(&history(6, 6), &flags(&days), 1)[0];
    assert!(row.p_exact.unwrap() > 0.05 && row.p_rotation.is_none() && row.p_step_down.unwrap() > 0.05);
    assert_eq!(row.claim, Claim::NotShown);
    assert!(
        row.text.contains("This log cannot tell whether that is more than chance. In four of five"),
        "{}",
        row.text
    );
}

#[test]
fn fewer_than_expected_is_never_claimed_as_more() {
    // Exposed on nearly all days but those before the onsets.
    let days: Vec<i64> = (0..1100).filter(|n| !(70..=90).contains(&(n % 182))).collect();
    let row = &link(&history(6, 6), &flags(&days), 1)[0];
    assert!(row.p_exact.unwrap() < 0.01 && row.exposed == 0 && !row.more_than_expected());
    // Nothing could show that so frequent a flag comes before more episodes.
    assert_eq!(row.claim, Claim::CannotBeTested);
}

#[test]
fn another_window_counts_other_flags() {
    // A flag ten days before each onset: outside 7 days, within 14, 21 and 28.
    let days: Vec<i64> = (0..6).map(|block| 182 * block + 80).collect();
    let row = &link(&history(6, 6), &flags(&days), 1)[0];
    assert_eq!(row.exposed, 6);
    let shown: Vec<(u32, u64)> = row.sensitivity.iter().map(|c| (c.window_days, c.exposed)).collect();
    assert_eq!(shown, [(7, 0), (21, 6), (28, 6)]);
    // 81..=87 exposed in each block for L = 7: 7/112 + 5·7/140.
    assert!((row.sensitivity[0].expected.unwrap() - (0.0625 + 0.25)).abs() < 1e-12);
    assert_eq!(row.null_window.unwrap().exposed, 0);
    let early: Vec<i64> = (0..6).map(|block| 182 * block + 40).collect();
    assert_eq!(link(&history(6, 6), &flags(&early), 1)[0].null_window.unwrap().exposed, 6);
}

#[test]
fn a_flag_is_linked_exactly_when_it_is_counted() {
    let history = history(3, 3);
    for preset in [JUMP, SPIKE] {
        for flag in 60..130 {
            let one = [FlagDays { preset, days: BTreeSet::from([day(flag)]), blind: BTreeSet::new() }];
            let row = &link(&history, &one, 1)[0];
            let counted = history.episodes.iter().filter(|&&(onset, _)| row.counts(day(flag), onset)).count();
            assert_eq!(row.exposed, counted as u64);
            let inside = if preset == SPIKE { 83..=90 } else { 76..=89 };
            assert_eq!(counted == 1, inside.contains(&flag), "{flag}");
        }
    }
}

#[test]
fn the_same_input_gives_the_same_rows() {
    let (history, flags) = (history(6, 6), flags(&jumps(6)));
    assert_eq!(link(&history, &flags, 9), link(&history, &flags, 9));
    assert!(link(&history, &[], 9).is_empty());
}

#[test]
fn no_sentence_speaks_of_cause_or_safety() {
    let logs = [(1, 0), (2, 1), (3, 2), (6, 3), (6, 5), (6, 6)];
    for (blocks, episodes) in logs {
        for row in link(&history(blocks, episodes), &flags(&jumps(4)), 1) {
            for word in ["caused", "predict", "your risk", "safe", "no link in", "!"] {
                assert!(!row.text.contains(word), "{}", row.text);
            }
            assert!(row.text.ends_with('.') && !row.text.contains("NaN") && !row.text.contains("inf)"), "{}", row.text);
        }
    }
}

/// Any runs, notes, blanks, episodes and flags, over up to three years.
fn any_log() -> impl Strategy<Value = (History, Vec<FlagDays>)> {
    let days = |most| prop::collection::btree_set(0..1100_i64, 0..most);
    let blanks = prop::collection::vec((0..1100_usize, 14..60_usize), 0..3);
    let episodes = prop::collection::vec((-20..1150_i64, 0..20_i64), 0..14);
    let seen = prop::array::uniform2(prop::collection::vec(any::<bool>(), 0..1200));
    (1..1100_usize, blanks, episodes, prop::array::uniform4(days(60)), days(30), seen).prop_map(
        |(length, blanks, episodes, flagged, blind, [ran, noted])| {
            let mut observed = vec![true; length];
            for (from, blank) in blanks {
                observed[from.min(length)..(from + blank).min(length)].fill(false);
            }
            let episodes = episodes.into_iter().map(|(onset, more)| (day(onset), day(onset + more))).collect();
            let dates = |days: BTreeSet<i64>| days.into_iter().map(day).collect::<BTreeSet<_>>();
            let blind = dates(blind);
            let flags = PRESETS.into_iter().zip(flagged);
            let flags = flags.map(|(preset, days)| FlagDays { preset, days: dates(days), blind: blind.clone() });
            let (first_day, painful_days) = (day(0), BTreeSet::new());
            (History { first_day, observed, ran, noted, painful_days, episodes }, flags.collect())
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn figures_hang_together((history, flags) in any_log()) {
        for row in link(&history, &flags, 3) {
            prop_assert_eq!(row.excluded.values().sum::<u64>() + row.episodes_usable, row.episodes_total);
            prop_assert!(row.exposed <= row.episodes_usable);
            let with_flag: BTreeSet<NaiveDate> = row.pairs.iter().map(|&(_, onset)| onset).collect();
            prop_assert_eq!(row.exposed, with_flag.len() as u64);
            prop_assert_eq!(row.expected.is_some(), row.episodes_usable >= 3);
            prop_assert_eq!(row.p_holm.is_some(), row.episodes_usable >= 5);
            if let (Some(exact), Some(holm)) = (row.p_exact, row.p_holm) {
                prop_assert!(exact <= holm && holm >= row.p_rotation.unwrap_or(0.0) && holm <= 1.0);
            }
            prop_assert_eq!(row.p_step_down.is_some(), row.p_holm.is_some());
            if row.claim == Claim::MoreOftenThanChance {
                prop_assert!(row.p_step_down.unwrap() <= 0.05 && row.more_than_expected());
                prop_assert!(row.diagnostics.iter().all(|one| one.passes));
            }
            let parted = row.strata.iter().map(|s| [s.days, s.onsets, s.exposed_onsets]);
            let parted = parted.fold([0; 3], |sum, s| [sum[0] + s[0], sum[1] + s[1], sum[2] + s[2]]);
            prop_assert_eq!(&parted[1..], &[row.episodes_usable, row.exposed]);
        }
    }

    #[test]
    fn moving_the_log_in_time_changes_no_figure((history, flags) in any_log(), blocks in -4..4_i64) {
        let by = TimeDelta::days(182 * blocks);
        let moved = History {
            first_day: history.first_day + by,
            episodes: history.episodes.iter().map(|&(a, b)| (a + by, b + by)).collect(),
            ..history.clone()
        };
        let later = |days: &BTreeSet<NaiveDate>| days.iter().map(|&d| d + by).collect();
        let moved_flags: Vec<FlagDays> =
            flags.iter().map(|f| FlagDays { preset: f.preset, days: later(&f.days), blind: later(&f.blind) }).collect();
        for (here, mut there) in link(&history, &flags, 3).into_iter().zip(link(&moved, &moved_flags, 3)) {
            there.pairs = there.pairs.into_iter().map(|(flag, onset)| (flag - by, onset - by)).collect();
            prop_assert_eq!(format!("{here:?}"), format!("{there:?}"));
        }
    }

    #[test]
    fn flags_added_in_wash_outs_change_nothing((history, flags) in any_log()) {
        let washed_out = |day: NaiveDate| {
            history.episodes.iter().any(|&(onset, end)| onset < day && day <= end + TimeDelta::days(28))
        };
        let mut more = flags.clone();
        for flag in &mut more {
            flag.days.extend((0..1100).map(day).filter(|&day| washed_out(day)));
        }
        prop_assert_eq!(format!("{:?}", link(&history, &flags, 3)), format!("{:?}", link(&history, &more, 3)));
    }
}
