//! Exposure rotated within each stratum, and how many exposed onsets each rotation gives. Rotating keeps flags
//! clustered in time as they are, which the exact test ignores.

use super::hypergeometric::{Distribution, real};
use super::strata::Block;

/// The number of exposed onsets for each offset, from 0, by which the exposure of one block is rotated; `None` for a
/// block without onsets, which adds nothing.
pub(super) fn exposed_onsets_by_offset(block: &Block) -> Option<Vec<u64>> {
    let onsets: Vec<usize> = (0..block.onset.len()).filter(|&day| block.onset[day]).collect();
    let days = block.exposed.len();
    let exposed_at = |offset: usize| onsets.iter().filter(|&&day| block.exposed[(day + offset) % days]).count() as u64;
    (!onsets.is_empty()).then(|| (0..days).map(exposed_at).collect())
}

/// The distribution of exposed onsets when each block is rotated by its own offset, with every combination counted
/// once.
pub(super) fn of_all_turns<'a>(by_offset: impl Iterator<Item = &'a [u64]>) -> Distribution {
    by_offset.fold(Distribution::certain(0), |sum, counts| {
        let first = counts.iter().copied().min().unwrap_or(0);
        let mut p = Vec::new();
        for &count in counts {
            let place = usize::try_from(count - first).unwrap_or(0);
            if p.len() <= place {
                p.resize(place + 1, 0.0);
            }
            p[place] += 1.0 / real(counts.len() as u64);
        }
        sum.plus(&Distribution { first, p })
    })
}

/// One-sided mid-P for "more exposed onsets than chance" over all rotations: P(T > t) + ½·P(T = t). Blocks are
/// rotated one by one, since a drift over the years would distort one offset for the whole log.
pub fn rotation_p(blocks: &[Block]) -> f64 {
    let by_offset: Vec<Vec<u64>> = blocks.iter().filter_map(exposed_onsets_by_offset).collect();
    let observed: u64 = by_offset.iter().map(|counts| counts[0]).sum();
    mid_p(&of_all_turns(by_offset.iter().map(Vec::as_slice)), observed)
}

/// P(T > t) + ½·P(T = t).
pub(super) fn mid_p(distribution: &Distribution, observed: u64) -> f64 {
    (distribution.first..)
        .zip(&distribution.p)
        .map(|(total, &p)| match total.cmp(&observed) {
            std::cmp::Ordering::Greater => p,
            std::cmp::Ordering::Equal => p / 2.0,
            std::cmp::Ordering::Less => 0.0,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::super::testing::block;
    use super::*;

    #[test]
    fn every_offset_is_counted_once() {
        // Onsets on days 1 and 3; exposure turned by 0, 1, 2, 3 puts days (1,3), (2,0), (3,1), (0,2) under them.
        assert_eq!(exposed_onsets_by_offset(&block("xx..", ".x.x")), Some(vec![1, 1, 1, 1]));
        assert_eq!(exposed_onsets_by_offset(&block(".x.x", ".x.x")), Some(vec![2, 0, 2, 0]));
        assert_eq!(exposed_onsets_by_offset(&block("xxxx", "....")), None);
    }

    #[test]
    fn p_is_the_share_counted_over_all_pairs_of_offsets() {
        // Block one: 2 of 10 offsets expose its onset; block two: 3 of 6. Both observed exposed, so T = 2.
        // P(T > 2) = 0, P(T = 2) = 0.2 · 0.5 = 0.1: half of it.
        let blocks = [block("xx........", "x........."), block("xxx...", ".x...."), block("...", "...")];
        assert!((rotation_p(&blocks) - 0.05).abs() < 1e-12);
        // Seen not exposed in the second block: 0.1 + ½·(0.2·0.5 + 0.8·0.5).
        let blocks = [block("xx........", "x........."), block("xxx...", "....x.")];
        assert!((rotation_p(&blocks) - 0.35).abs() < 1e-12);
    }

    #[test]
    fn nothing_to_turn_gives_a_half() {
        assert!((rotation_p(&[]) - 0.5).abs() < 1e-12);
    }
}
