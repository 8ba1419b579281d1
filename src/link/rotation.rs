//! The second p-value: exposure rotated within each stratum. It keeps how flags cluster in time, which the exact test
//! takes no notice of, and can only take a claim away.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::hypergeometric::real;
use super::strata::Block;

/// Random rotations.
pub const ROTATIONS: u32 = 9_999;

/// One-sided p for "more exposed onsets than chance": each block's exposure is turned round by an offset of its own,
/// `ROTATIONS` times; p = (1 + #greater + ½·#equal) / (B + 1). Never one offset for the whole log: drift would fool it.
pub fn rotation_p(blocks: &[Block], seed: u64) -> f64 {
    let turned: Vec<Vec<u64>> = blocks.iter().filter_map(exposed_onsets_by_offset).collect();
    let observed: u64 = turned.iter().map(|by_offset| by_offset[0]).sum();
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let (mut greater, mut equal) = (0_u64, 0_u64);
    for _ in 0..ROTATIONS {
        let total: u64 = turned.iter().map(|by_offset| by_offset[random.random_range(0..by_offset.len())]).sum();
        match total.cmp(&observed) {
            std::cmp::Ordering::Greater => greater += 1,
            std::cmp::Ordering::Equal => equal += 1,
            std::cmp::Ordering::Less => {}
        }
    }
    (1.0 + real(greater) + real(equal) / 2.0) / f64::from(ROTATIONS + 1)
}

/// Exposed onsets for each offset from 0; `None` for a block without onsets, which adds nothing.
fn exposed_onsets_by_offset(block: &Block) -> Option<Vec<u64>> {
    let onsets: Vec<usize> = (0..block.onset.len()).filter(|&day| block.onset[day]).collect();
    let days = block.exposed.len();
    let exposed_at = |offset: usize| onsets.iter().filter(|&&day| block.exposed[(day + offset) % days]).count() as u64;
    (!onsets.is_empty()).then(|| (0..days).map(exposed_at).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(exposed: &str, onset: &str) -> Block {
        let read = |text: &str| text.bytes().map(|b| b == b'x').collect();
        Block { exposed: read(exposed), onset: read(onset) }
    }

    #[test]
    fn every_offset_is_counted_once() {
        // Onsets on days 1 and 3; exposure turned by 0, 1, 2, 3 puts days (1,3), (2,0), (3,1), (0,2) under them.
        assert_eq!(exposed_onsets_by_offset(&block("xx..", ".x.x")), Some(vec![1, 1, 1, 1]));
        assert_eq!(exposed_onsets_by_offset(&block(".x.x", ".x.x")), Some(vec![2, 0, 2, 0]));
        assert_eq!(exposed_onsets_by_offset(&block("xxxx", "....")), None);
    }

    #[test]
    fn p_nears_the_share_counted_over_all_pairs_of_offsets() {
        // Block one: 2 of 10 offsets expose its onset; block two: 3 of 6. Both observed exposed, so T = 2.
        // P(T > 2) = 0, P(T = 2) = 0.2 · 0.5 = 0.1: p tends to 0.05.
        let blocks = [block("xx........", "x........."), block("xxx...", ".x...."), block("...", "...")];
        let p = rotation_p(&blocks, 7);
        assert!((p - 0.05).abs() < 0.005, "{p}");
        assert_eq!(p.to_bits(), rotation_p(&blocks, 7).to_bits());
        assert_ne!(p.to_bits(), rotation_p(&blocks, 8).to_bits());
    }

    #[test]
    fn nothing_to_rotate_gives_a_half() {
        // All rotations are ties: (1 + 9,999/2) / 10,000.
        assert!((rotation_p(&[], 1) - 0.500_05).abs() < 1e-12);
    }
}
