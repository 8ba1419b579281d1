//! Whether a log shows the ratio it is said to show four times in five: on the days and flags of made-up logs, as many
//! episodes are drawn anew under that ratio, and the tests made again.

use std::collections::BTreeSet;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use runhip::link::exact::{Stratum, estimate};
use runhip::link::link;
use runhip::link::power::{TRUE_RATIO, chance_of_total};
use runhip::link::step_down::step_down;
use runhip::link::strata::{Block, CUTS, Risk};

use super::log::Log;
use super::share;
use super::tally::LEVEL;

/// Draws of episodes for each log.
const DRAWS: u64 = 40;

/// What was drawn over the logs of a scenario.
#[derive(Default)]
pub struct Detectable {
    /// Logs in which the jump can be shown.
    pub logs: u64,
    looked_at: u64,
    drawn: u64,
    shown: u64,
    /// Shown under [`TRUE_RATIO`]; of those the ratios at least as large as the one said to be usual.
    shown_weak: u64,
    as_large: u64,
    ratios: Vec<f64>,
}

impl Detectable {
    /// Draws episodes for one log; nothing where it has fewer than five that count.
    pub fn add(&mut self, log: &Log, seed: u64) {
        let (history, flags) = (log.history(), log.flags());
        let jump = &link(&history, &flags, seed)[0];
        if jump.episodes_usable < 5 {
            return;
        }
        self.looked_at += 1;
        let (Some(ratio), Some(usual)) = (jump.detectable_ratio, jump.exaggeration) else { return };
        self.logs += 1;
        self.ratios.push(ratio);
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let tests: Vec<Drawing> = flags
            .iter()
            .map(|flag| {
                let risk = Risk::of(&history, flag.preset.window, &flag.blind);
                let exposed = risk.exposed(&flag.days, flag.preset.window);
                Drawing { days: CUTS.map(|cut| risk.days_at_risk(cut)), exposed, weight: flag.preset.weight }
            })
            .collect();
        for _ in 0..DRAWS {
            let strong = tests[0].draw(&jump.strata, ratio, &mut random);
            self.drawn += 1;
            self.shown += u64::from(shows(&tests, &strong, seed));
            let weak = tests[0].draw(&jump.strata, TRUE_RATIO, &mut random);
            if shows(&tests, &weak, seed) {
                self.shown_weak += 1;
                let strata: Vec<Stratum> = tests[0].blocks(0, &weak).iter().map(Block::stratum).collect();
                let found = estimate(&strata);
                self.as_large += u64::from(found >= usual.shown.unwrap_or(f64::INFINITY) * (1.0 - 1e-9));
            }
        }
    }

    /// Adds what another thread drew.
    pub fn merge(&mut self, other: &Self) {
        for (one, two) in [
            (&mut self.logs, other.logs),
            (&mut self.looked_at, other.looked_at),
            (&mut self.drawn, other.drawn),
            (&mut self.shown, other.shown),
            (&mut self.shown_weak, other.shown_weak),
            (&mut self.as_large, other.as_large),
        ] {
            *one += two;
        }
        self.ratios.extend(&other.ratios);
    }

    /// Share of logs in which it can be shown, the median of the ratios, how often they were shown, how often a ratio
    /// shown under [`TRUE_RATIO`] was at least the one said to be usual.
    pub fn row(&mut self) -> [f64; 4] {
        self.ratios.sort_by(f64::total_cmp);
        let median = self.ratios.get(self.ratios.len() / 2).copied().unwrap_or(f64::NAN);
        [share(self.logs, self.looked_at), median, share(self.shown, self.drawn), share(self.as_large, self.shown_weak)]
    }
}

/// The days of one test, to draw episodes on.
struct Drawing {
    days: [Vec<Vec<usize>>; 2],
    exposed: Vec<bool>,
    weight: u32,
}

impl Drawing {
    /// As many onsets in each stratum as there were, under `ratio`.
    fn draw(&self, strata: &[Stratum], ratio: f64, random: &mut ChaCha8Rng) -> BTreeSet<usize> {
        let mut onsets = BTreeSet::new();
        for (days, stratum) in self.days[0].iter().zip(strata) {
            let (exposed, others): (Vec<usize>, Vec<usize>) = days.iter().partition(|&&day| self.exposed[day]);
            let mut left: f64 = random.random();
            let mut hit = 0;
            for (total, p) in chance_of_total(stratum, ratio) {
                hit = usize::try_from(total).unwrap_or(0);
                left -= p;
                if left < 0.0 {
                    break;
                }
            }
            let missed = usize::try_from(stratum.onsets).unwrap_or(0) - hit;
            for (mut days, count) in [(exposed, hit), (others, missed)] {
                for _ in 0..count {
                    let place = random.random_range(0..days.len());
                    onsets.insert(days.swap_remove(place));
                }
            }
        }
        onsets
    }

    fn blocks(&self, cut: usize, onsets: &BTreeSet<usize>) -> Vec<Block> {
        let block = |days: &Vec<usize>| Block {
            exposed: days.iter().map(|&day| self.exposed[day]).collect(),
            onset: days.iter().map(|day| onsets.contains(day)).collect(),
        };
        self.days[cut].iter().map(block).collect()
    }
}

/// Whether the jump would be claimed, whichever way the half-years are cut.
fn shows(tests: &[Drawing], onsets: &BTreeSet<usize>, seed: u64) -> bool {
    (0..CUTS.len()).all(|cut| {
        let blocks: Vec<Vec<Block>> = tests.iter().map(|test| test.blocks(cut, onsets)).collect();
        let joint: Vec<Option<(&[Block], u32)>> =
            blocks.iter().zip(tests).map(|(blocks, test)| Some((&blocks[..], test.weight))).collect();
        step_down(&joint, seed)[0].is_some_and(|one| one.p_step_down <= LEVEL)
    })
}
