//! Small variations by seed. Only the generator's raw words are used, so that no release of a sampling library can
//! change a byte of the samples.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// A seeded stream of small whole numbers.
pub struct Variation(ChaCha8Rng);

impl Variation {
    /// The stream of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A whole number below `limit`, or 0 if `limit` is 0. The slight bias of the remainder towards low numbers does
    /// not matter here.
    pub fn below(&mut self, limit: u32) -> u32 {
        self.0.next_u32() % limit.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_below_their_limit_and_reach_both_ends() {
        let mut variation = Variation::new(7);
        let mut seen = [false; 5];
        for _ in 0..200 {
            seen[variation.below(5) as usize] = true;
        }
        assert_eq!(seen, [true; 5]);
        assert_eq!(variation.below(0), 0);
    }
}
