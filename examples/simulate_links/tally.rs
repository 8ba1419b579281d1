//! What is counted over the logs of one scenario, and the row of figures it comes to.

use runhip::link::claim::Claim;
use runhip::link::exact::{Stratum, one_sided_mid_p};
use runhip::link::strata::{Block, Risk};
use runhip::link::{Linked, link};

use super::log::Log;
use super::share;

/// The level at which a test rejects.
pub const LEVEL: f64 = 0.05;
/// Usable episodes from which on a log counts among those with many.
pub const MANY: u64 = 8;

/// What [`Tally::add`] counts, in the order of [`COLUMNS`], each with the count it is a share of.
#[derive(Clone, Copy, Default)]
struct Share {
    hits: u64,
    of: u64,
}

impl Share {
    fn add(&mut self, hit: bool) {
        self.hits += u64::from(hit);
        self.of += 1;
    }
}

/// The figures of one scenario.
#[derive(Default)]
pub struct Tally {
    /// Logs with five usable episodes or more.
    pub logs: u64,
    shares: [Share; COLUMNS.len()],
}

/// Share of logs left out; usable episodes a log; share of days exposed to a jump. One-sided p at most 0.05 by the exact
/// test in half-years alone, as if every day could hold a note, for each flag (`hy`); the same of the p of the report.
/// Limits that hold the true ratio. What would be claimed two-sided after Holm, as it was at first: the jump, any flag.
/// What the report claims: the jump, any flag. Logs with eight usable episodes or more, and in those the single one-sided
/// test of the jump and the claim of the jump. How often each diagnostic holds the jump back. How often a claim of the jump
/// says that another flag came together with it.
pub const COLUMNS: [&str; 23] = [
    "left-out", "episodes", "exposed", "hy-jump", "hy-spike", "hy-rest", "hy-strk", "jump", "spike", "rest", "streak",
    "coverage", "Holm", "Holm-any", "claim", "any", "many", "single-8", "claim-8", "null-w", "rate", "density",
    "together",
];

impl Tally {
    /// Looks at one log as the report does.
    pub fn add(&mut self, log: &Log, seed: u64) {
        let (mut history, flags) = (log.history(), log.flags());
        let rows = link(&history, &flags, seed);
        let jump = &rows[0];
        let [left_out, episodes, exposed, rest @ ..] = &mut self.shares;
        left_out.add(jump.episodes_usable < 5);
        if jump.episodes_usable < 5 {
            return;
        }
        self.logs += 1;
        episodes.hits += jump.episodes_usable;
        episodes.of += 1;

        // As if notes could stand on any day: what was asked at first.
        history.ran.clear();
        history.painful_days.clear();
        let half_years: Vec<Vec<Stratum>> = flags
            .iter()
            .map(|flag| {
                let risk = Risk::of(&history, flag.preset.window, &flag.blind);
                let blocks = risk.blocks(&risk.exposed(&flag.days, flag.preset.window));
                blocks.iter().map(Block::stratum).collect()
            })
            .collect();
        exposed.hits += half_years[0].iter().map(|s| s.exposed_days).sum::<u64>();
        exposed.of += half_years[0].iter().map(|s| s.days).sum::<u64>();
        let first = link(&history, &flags, seed);
        let by_holm = |row: &Linked| row.p_holm.is_some_and(|p| p <= LEVEL) && row.more_than_expected();
        let claimed = |row: &Linked| row.claim == Claim::MoreOftenThanChance;

        let single: Vec<bool> = half_years.iter().map(|strata| one_sided_mid_p(strata) <= LEVEL).collect();
        let now = rows.iter().map(|row| row.p_one_sided.is_some_and(|p| p <= LEVEL));
        let many = jump.episodes_usable >= MANY;
        let limits = jump.rate_ratio.map(|r| (r.low.unwrap_or(0.0), r.high.unwrap_or(f64::INFINITY)));
        let held_back = |name: &str| jump.diagnostics.iter().any(|one| one.name == name && !one.passes);
        let mut hits: Vec<Option<bool>> = single.iter().copied().chain(now).map(Some).collect();
        hits.push(limits.map(|(low, high)| (low..=high).contains(&log.scenario.ratio)));
        hits.extend([by_holm(&first[0]), first.iter().any(by_holm)].map(Some));
        hits.extend([claimed(jump), rows.iter().any(claimed), many].map(Some));
        hits.extend([single[0], claimed(jump)].map(|hit| many.then_some(hit)));
        hits.extend(["null-window", "episode-rate", "note-density"].map(|name| Some(held_back(name))));
        hits.push(claimed(jump).then(|| jump.text.contains("came together")));
        for (share, hit) in rest.iter_mut().zip(hits) {
            if let Some(hit) = hit {
                share.add(hit);
            }
        }
    }

    /// Adds what another thread counted.
    pub fn merge(&mut self, other: &Self) {
        self.logs += other.logs;
        for (one, two) in self.shares.iter_mut().zip(&other.shares) {
            one.hits += two.hits;
            one.of += two.of;
        }
    }

    /// The figures of [`COLUMNS`].
    pub fn row(&self) -> impl Iterator<Item = f64> {
        self.shares.iter().map(|one| share(one.hits, one.of))
    }
}
