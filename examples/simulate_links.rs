//! Measures what the statistics of `runhip::link` claim: type I error, power and coverage on made-up logs whose truth is
//! known. Run with `cargo run --profile bench --example simulate_links [LOGS [REPEATS [DRAWN [NAME]]]]`: 4,000 logs a
//! scenario, 20 repeats of many runners together, and 60 logs whose episodes are drawn anew, unless told otherwise; 0
//! leaves a part out, and NAME keeps the scenarios that hold it. The rates of the scenarios stand in `simulate_links/scenarios.rs`, how a log comes about in
//! `simulate_links/log.rs`. Only logs with 5 usable episodes or more are counted, as in a report.

use std::io::Write;

#[path = "simulate_links/detectable.rs"]
mod detectable;
#[path = "simulate_links/log.rs"]
mod log;
#[path = "simulate_links/pooled.rs"]
mod pooled;
#[path = "simulate_links/scenarios.rs"]
mod scenarios;
#[path = "simulate_links/tally.rs"]
mod tally;

use detectable::Detectable;
use log::{Log, Scenario};
use pooled::{RUNNERS, claims, pooled};
use scenarios::scenarios;
use tally::Tally;

/// Threads, each with its own share of the seeds.
const THREADS: u64 = 2;

/// What `one` makes of each thread's share, put together by `merge`.
fn in_threads<T: Default + Send>(one: impl Fn(u64) -> T + Sync, merge: impl Fn(&mut T, &T)) -> T {
    let mut all = T::default();
    std::thread::scope(|scope| {
        let one = &one;
        let threads: Vec<_> = (0..THREADS).map(|thread| scope.spawn(move || one(thread))).collect();
        for part in threads.into_iter().filter_map(|thread| thread.join().ok()) {
            merge(&mut all, &part);
        }
    });
    all
}

/// Seeds from `first` on, every thread with its own.
fn seeds(first: u64, thread: u64) -> impl Iterator<Item = u64> {
    (0..).map(move |i| first + thread + THREADS * i)
}

fn tally(scenario: Scenario, first: u64, wanted: u64) -> Tally {
    let one = |thread| {
        let mut tally = Tally::default();
        let mut seeds = seeds(first, thread);
        while let Some(seed) = seeds.next().filter(|_| tally.logs < wanted / THREADS) {
            tally.add(&Log::simulate(scenario, seed), seed);
        }
        tally
    };
    in_threads(one, Tally::merge)
}

fn detectable(scenario: Scenario, first: u64, wanted: u64) -> Detectable {
    let one = |thread| {
        let mut drawn = Detectable::default();
        let mut seeds = seeds(first, thread);
        while let Some(seed) = seeds.next().filter(|_| drawn.logs < wanted / THREADS) {
            drawn.add(&Log::simulate(scenario, seed), seed);
        }
        drawn
    };
    in_threads(one, Detectable::merge)
}

/// The largest ratio of each flag among the repeats, and how many repeats claim something.
fn repeats(scenario: Scenario, first: u64, wanted: u64) -> ([f64; 4], u64) {
    let one = |thread| {
        let repeats = (0..wanted).filter(|repeat| repeat % THREADS == thread);
        let found = repeats.map(|repeat| pooled(scenario, first + repeat * RUNNERS));
        found.fold(([0.0_f64; 4], 0), |(largest, claimed), found| {
            let largest = std::array::from_fn(|i| largest[i].max(found[i].0));
            (largest, claimed + u64::from(claims(&found)))
        })
    };
    in_threads(one, |all, part| {
        *all = (std::array::from_fn(|i| all.0[i].max(part.0[i])), all.1 + part.1);
    })
}

fn main() -> std::io::Result<()> {
    let number = |place, usual| std::env::args().nth(place).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (wanted, wanted_repeats, wanted_drawn) = (number(1, 4_000), number(2, 20), number(3, 60));
    let name = std::env::args().nth(4).unwrap_or_default();
    let scenarios: Vec<(u64, Scenario)> =
        (1..).zip(scenarios()).filter(|(_, scenario)| scenario.name.contains(&name)).collect();
    let mut out = std::io::stdout().lock();
    let heading = |columns: &[&str]| columns.iter().map(|column| format!("{column:>9}")).collect::<Vec<_>>().concat();
    let figures = |row: &[f64]| row.iter().map(|value| format!("{value:>9.3}")).collect::<Vec<_>>().concat();

    if wanted > 0 {
        writeln!(out, "{wanted} logs a scenario with 5 usable episodes or more; p one-sided at {}", tally::LEVEL)?;
        writeln!(out, "{:<22}{}", "true state", heading(&tally::COLUMNS))?;
    }
    for &(index, scenario) in scenarios.iter().filter(|_| wanted > 0) {
        let row: Vec<f64> = tally(scenario, 1_000_000 * index, wanted).row().collect();
        writeln!(out, "{:<22}{}", scenario.name, figures(&row))?;
        out.flush()?;
    }
    if wanted_repeats > 0 {
        writeln!(out, "\n{RUNNERS} runners together, {wanted_repeats} repeats: the largest ratio of each, claims")?;
        writeln!(out, "{:<22}{}", "true state", heading(&["jump", "spike", "rest", "streak", "claims"]))?;
    }
    for &(index, scenario) in scenarios.iter().filter(|(_, one)| wanted_repeats > 0 && one.ratio <= 1.0) {
        let (largest, claimed) = repeats(scenario, 1_000_000 * index, wanted_repeats);
        writeln!(out, "{:<22}{}{claimed:>9}", scenario.name, figures(&largest))?;
        out.flush()?;
    }
    if wanted_drawn > 0 {
        writeln!(out, "\n{wanted_drawn} logs a scenario, episodes drawn anew: the ratio to be shown in 0.8 of cases")?;
        writeln!(out, "{:<22}{}", "true state", heading(&["can show", "median", "shown", "as large"]))?;
    }
    for &(index, scenario) in scenarios.iter().filter(|_| wanted_drawn > 0) {
        let row = detectable(scenario, 1_000_000 * index, wanted_drawn).row();
        writeln!(out, "{:<22}{}", scenario.name, figures(&row))?;
        out.flush()?;
    }
    Ok(())
}

fn share(hits: u64, of: u64) -> f64 {
    real(hits) / real(of.max(1))
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
fn real(count: u64) -> f64 {
    count as f64
}
