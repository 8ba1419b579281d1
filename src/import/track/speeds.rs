//! The speeds of a track as far as it has been read: how often each was seen, and whether a stretch was faster than anyone
//! runs. It knows no positions and no times of day.

use super::{IMPLAUSIBLE_M, IMPLAUSIBLE_M_PER_S};

/// How often each speed occurred, in quarters of a metre per second.
#[derive(Clone, Debug)]
pub struct Speeds {
    counts: [u16; Self::BINS],
    /// The number of moving steps, and the number at which the usual speed is computed again.
    moving: u32,
    due_at: u32,
    usual: Option<f64>,
}

impl Default for Speeds {
    fn default() -> Self {
        Self { counts: [0; Self::BINS], moving: 0, due_at: Self::FEWEST, usual: None }
    }
}

impl Speeds {
    const BINS: usize = 64;
    const PER_M_PER_S: f64 = 4.0;
    /// Slower than half a metre per second counts as standing.
    const STANDING_BINS: usize = 2;
    /// The least number of steps for a usual speed.
    const FEWEST: u32 = 8;
    /// The most steps between computations of the usual speed: this many hardly change it, and each computation reads
    /// all bins.
    const SELDOM: u32 = 64;

    #[inline]
    pub fn add(&mut self, metres_per_s: f64) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts of floats saturate")]
        let bin = ((metres_per_s * Self::PER_M_PER_S) as usize).min(Self::BINS - 1);
        if let Some(count) = self.counts.get_mut(bin) {
            *count += 1;
            if *count == u16::MAX {
                self.counts.iter_mut().for_each(|count| *count /= 2);
            }
        }
        if bin >= Self::STANDING_BINS {
            self.moving = self.moving.saturating_add(1);
            if self.moving >= self.due_at {
                self.usual = self.median(|_| 0.5);
                self.due_at = self.moving.saturating_add((self.moving / 4).clamp(1, Self::SELDOM));
            }
        }
    }

    /// The median of the moving steps, as of a few steps ago; `None` if they are too few.
    pub fn usual(&self) -> Option<f64> {
        self.usual
    }

    /// The median of the moving steps. `within` gives its position in its bin, from the share of the bin's counts
    /// below it.
    pub fn median(&self, within: impl Fn(f64) -> f64) -> Option<f64> {
        let moving = self.counts.get(Self::STANDING_BINS..).unwrap_or_default();
        let all: u32 = moving.iter().copied().map(u32::from).sum();
        let mut left = all / 2;
        let mut share = 0.0;
        let bin = moving.iter().position(|&count| {
            let found = left < u32::from(count);
            if found {
                share = f64::from(left) / f64::from(count);
            }
            left = left.saturating_sub(u32::from(count));
            found
        })?;
        #[expect(clippy::cast_precision_loss, reason = "a number of bins")]
        let median = ((bin + Self::STANDING_BINS) as f64 + within(share)) / Self::PER_M_PER_S;
        (all >= Self::FEWEST).then_some(median)
    }
}

/// Two overlapping stretches of two kilometres, a kilometre apart, so that any three kilometres contain one.
#[derive(Clone, Copy, Debug)]
pub struct FastStretches {
    stretches: [(f64, f64); 2],
    pub any: bool,
}

impl Default for FastStretches {
    fn default() -> Self {
        // The second begins as if the runner had stood still in its first half.
        Self { stretches: [(0.0, 0.0), (f64::from(IMPLAUSIBLE_M) / 2.0, f64::INFINITY)], any: false }
    }
}

impl FastStretches {
    #[inline]
    pub fn add(&mut self, metres: f64, seconds: f64) {
        for (sum_m, sum_s) in &mut self.stretches {
            *sum_m += metres;
            *sum_s += seconds;
            if *sum_m >= f64::from(IMPLAUSIBLE_M) {
                self.any |= *sum_m > *sum_s * IMPLAUSIBLE_M_PER_S;
                (*sum_m, *sum_s) = (0.0, 0.0);
            }
        }
    }
}
