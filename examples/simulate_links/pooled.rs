//! Whether anything is claimed of many made-up runners together, none of whom has a link.

use runhip::link::claim::POOLED_RATIO;
use runhip::link::exact::{Stratum, associate};
use runhip::link::strata::{Block, Risk};

use super::log::{Log, Scenario};

/// Runners taken together.
pub const RUNNERS: u64 = 1_500;

/// The ratio of each flag and the lower end of its range, over all runners whose seeds begin at `first`.
pub fn pooled(scenario: Scenario, first: u64) -> [(f64, f64); 4] {
    let mut strata: [Vec<Stratum>; 4] = Default::default();
    for seed in first..first + RUNNERS {
        let log = Log::simulate(scenario, seed);
        let history = log.history();
        for (strata, flag) in strata.iter_mut().zip(log.flags()) {
            let risk = Risk::of(&history, flag.preset.window, &flag.blind);
            let blocks = risk.comparable(&risk.exposed(&flag.days, flag.preset.window), 0);
            strata.extend(blocks.iter().map(Block::stratum));
        }
    }
    strata.map(|strata| {
        let found = associate(&strata);
        (found.estimate, found.low)
    })
}

/// Whether the roster would claim any: nothing is claimed of a ratio whose range reaches below this.
pub fn claims(found: &[(f64, f64); 4]) -> bool {
    found.iter().any(|(_, low)| *low >= POOLED_RATIO)
}
