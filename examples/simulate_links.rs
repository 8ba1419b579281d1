//! Measures what the statistics of `runhip::link` claim: type I error, power and coverage on made-up logs whose truth is
//! known. Run with `cargo run --profile bench --example simulate_links [LOGS]`; 4,000 logs a scenario unless told otherwise.
//! The rates of the scenarios stand here, how a log comes about in `simulate_links/log.rs`. Only logs with 5 usable
//! episodes or more are counted, as in a report.

use std::io::Write;

use runhip::link::claim::Claim;
use runhip::link::exact::{Stratum, associate, one_sided_mid_p};
use runhip::link::link;
use runhip::link::rotation::rotation_p;
use runhip::link::strata::{Block, Risk};

#[path = "simulate_links/log.rs"]
mod log;

use log::{Log, Scenario};

const LEVEL: f64 = 0.05;

const PLAIN: Scenario = Scenario {
    name: "no link",
    onset_per_day: 0.011,
    trend: (1.0, 1.0),
    unrest: (0.12, 0.12),
    season: 0.0,
    recurrence: 1.0,
    rest_and_ramp: false,
    blanks: false,
    ratio: 1.0,
};

fn scenarios() -> Vec<Scenario> {
    let trend = Scenario { name: "trend", trend: (0.3, 1.7), unrest: (0.05, 0.19), ..PLAIN };
    let clusters = Scenario { name: "trend, clusters", onset_per_day: 0.006, recurrence: 6.0, ..trend };
    let ramp =
        Scenario { name: "pain, rest, ramp", recurrence: 4.0, onset_per_day: 0.007, rest_and_ramp: true, ..PLAIN };
    let few = Scenario { onset_per_day: 0.009, ..PLAIN };
    vec![
        PLAIN,
        trend,
        Scenario { name: "clusters", trend: (1.0, 1.0), unrest: (0.12, 0.12), ..clusters },
        clusters,
        Scenario { name: "steep trend, clusters", trend: (0.1, 2.4), unrest: (0.02, 0.22), ..clusters },
        Scenario { name: "season", season: 0.25, ..PLAIN },
        Scenario { name: "strong season", season: 0.5, ..PLAIN },
        ramp,
        Scenario { name: "missing weeks", onset_per_day: 0.014, blanks: true, ..PLAIN },
        Scenario { name: "ramp, missing weeks", onset_per_day: 0.01, blanks: true, ..ramp },
        Scenario { name: "rate ratio 1.5", ratio: 1.5, ..few },
        Scenario { name: "rate ratio 2", ratio: 2.0, ..few },
        Scenario { name: "rate ratio 3", ratio: 3.0, ..few },
        Scenario { name: "rate ratio 5", ratio: 5.0, ..few },
        Scenario { name: "rate ratio 3, 10 epis.", ratio: 3.0, onset_per_day: 0.0125, ..PLAIN },
        Scenario { name: "rate ratio 3, trend", ratio: 3.0, onset_per_day: 0.009, ..trend },
        Scenario { name: "rate ratio 3, blanks", onset_per_day: 0.014, ratio: 3.0, blanks: true, ..few },
    ]
}

/// What is counted over the logs of a scenario.
#[derive(Default)]
struct Tally {
    logs: u64,
    skipped: u64,
    episodes: u64,
    exposed_days: u64,
    days: u64,
    /// One-sided p at most 0.05 for the jump: no strata; one rotation of the whole log; rotation in strata.
    plain: u64,
    global: u64,
    rotated: u64,
    /// The same by the exact test in strata, for each preset test.
    exact: [u64; 4],
    /// The limits hold the true ratio; of so many logs with limits.
    covered: u64,
    bounded: u64,
    /// The report would have claimed the jump; any of the four.
    claimed: u64,
    any_claimed: u64,
}

impl Tally {
    fn add(&mut self, log: &Log, seed: u64) {
        let (history, flags) = (log.history(), log.flags());
        let risk = Risk::of(&history, flags[0].preset.window, &flags[0].blind);
        if risk.episodes_usable < 5 {
            self.skipped += 1;
            return;
        }
        let blocks = flags.iter().map(|flag| {
            let risk = Risk::of(&history, flag.preset.window, &flag.blind);
            risk.blocks(&risk.exposed(&flag.days, flag.preset.window))
        });
        let blocks: Vec<Vec<Block>> = blocks.collect();
        let strata = |blocks: &[Block]| blocks.iter().map(Block::stratum).collect::<Vec<Stratum>>();
        let jump = &blocks[0];
        let whole = [Block {
            exposed: jump.iter().flat_map(|block| block.exposed.clone()).collect(),
            onset: jump.iter().flat_map(|block| block.onset.clone()).collect(),
        }];
        let count = |hit: bool| u64::from(hit);
        self.logs += 1;
        self.episodes += risk.episodes_usable;
        self.exposed_days += whole[0].stratum().exposed_days;
        self.days += whole[0].stratum().days;
        self.plain += count(one_sided_mid_p(&strata(&whole)) <= LEVEL);
        self.global += count(rotation_p(&whole, seed) <= LEVEL);
        self.rotated += count(rotation_p(jump, seed) <= LEVEL);
        for (hits, blocks) in self.exact.iter_mut().zip(&blocks) {
            *hits += count(one_sided_mid_p(&strata(blocks)) <= LEVEL);
        }
        let found = associate(&strata(jump));
        if found.informative_strata > 0 {
            self.bounded += 1;
            self.covered += count((found.low..=found.high).contains(&log.scenario.ratio));
        }
        let linked = link(&history, &flags, seed);
        let claims: Vec<bool> = linked.iter().map(|row| row.claim == Claim::MoreOftenThanChance).collect();
        self.claimed += count(claims[0]);
        self.any_claimed += count(claims.contains(&true));
    }

    /// The figures of [`COLUMNS`].
    fn row(&self) -> [f64; 14] {
        let share = |hits: u64, of: u64| fraction(hits) / fraction(of.max(1));
        let of_logs = |hits: u64| share(hits, self.logs);
        let [jump, spike, rest, streak] = self.exact.map(of_logs);
        [
            share(self.skipped, self.skipped + self.logs),
            of_logs(self.episodes),
            share(self.exposed_days, self.days),
            of_logs(self.plain),
            of_logs(self.global),
            jump,
            of_logs(self.rotated),
            spike,
            rest,
            streak,
            share(self.covered, self.bounded),
            of_logs(self.claimed),
            of_logs(self.any_claimed),
            of_logs(self.bounded),
        ]
    }
}

/// Share of logs left out, usable episodes a log, share of days exposed to a jump; rejections for the jump; for the
/// others by the exact test in strata; coverage; claims.
const COLUMNS: [&str; 14] = [
    "left-out", "episodes", "exposed", "plain", "global", "strata", "rotated", "spike", "rest", "streak", "coverage",
    "claimed", "any", "limits",
];

fn main() -> std::io::Result<()> {
    let wanted = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(4_000);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{wanted} logs a scenario with 5 usable episodes or more; p one-sided at {LEVEL}")?;
    writeln!(out, "{:<24}{}", "true state", COLUMNS.map(|column| format!("{column:>9}")).concat())?;
    for (index, scenario) in scenarios().into_iter().enumerate() {
        let mut tally = Tally::default();
        let mut seed = 1_000_000 * (index as u64 + 1);
        while tally.logs < wanted {
            tally.add(&Log::simulate(scenario, seed), seed);
            seed += 1;
        }
        writeln!(out, "{:<24}{}", scenario.name, tally.row().map(|value| format!("{value:>9.3}")).concat())?;
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
fn fraction(count: u64) -> f64 {
    count as f64
}
