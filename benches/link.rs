//! How long the statistics of one runner's ten years take: everything the report prints of four flags, with 9,999 joint
//! rotations for either way of cutting the half-years. Beside it the exact test alone in the same rounds. Made up from a
//! seed. `cargo bench --bench link -- [ROUNDS]`.

#[allow(dead_code, reason = "each benchmark makes up some of it")]
mod made_up;
#[allow(dead_code, reason = "each benchmark measures some of it")]
mod measured;

use std::collections::BTreeSet;
use std::hint::black_box;
use std::io::Write;
use std::time::Instant;

use chrono::Days;
use runhip::link::exact::{Stratum, associate};
use runhip::link::history::History;
use runhip::link::strata::{Block, Risk};
use runhip::link::{FlagDays, link};
use runhip::rules::presets;

use made_up::{Steps, first_day};
use measured::{median, numbers};

const DAYS: u64 = 3_653;
const GOAL_MS: f64 = 50.0;

/// An episode of a week every three months or so, and each flag on one day in twelve.
fn ten_years() -> (History, Vec<FlagDays>) {
    let mut steps = Steps(20_260_304);
    let mut episodes = Vec::new();
    let mut day = 60;
    while day + 10 < DAYS {
        let onset = first_day() + Days::new(day);
        episodes.push((onset, onset + Days::new(steps.below(7))));
        day += 60 + steps.below(60);
    }
    let flags = presets().map(|preset| FlagDays {
        preset,
        days: (0..DAYS).filter(|_| steps.below(12) == 0).map(|day| first_day() + Days::new(day)).collect(),
        blind: BTreeSet::new(),
    });
    let flags = flags.collect();
    let days = usize::try_from(DAYS).unwrap_or(0);
    let ran: Vec<bool> = (0..days).map(|_| steps.below(7) > 1).collect();
    let noted = (0..days).map(|_| steps.below(3) == 0).collect();
    let painful_days = episodes.iter().map(|&(onset, _)| onset).collect();
    (History { first_day: first_day(), observed: vec![true; days], ran, noted, painful_days, episodes }, flags)
}

fn main() -> std::io::Result<()> {
    let rounds = numbers().first().copied().unwrap_or(15).max(1);
    let (history, flags) = ten_years();
    let mut taken = [const { Vec::new() }; 2];
    let mut informative = 0;
    for _ in 0..rounds {
        let begin = Instant::now();
        let blocks: Vec<Vec<Block>> = flags
            .iter()
            .map(|flag| {
                let risk = Risk::of(&history, flag.preset.window, &flag.blind);
                risk.blocks(&risk.exposed(&flag.days, flag.preset.window))
            })
            .collect();
        for blocks in &blocks {
            let strata: Vec<Stratum> = blocks.iter().map(Block::stratum).collect();
            informative = black_box(associate(&strata)).informative_strata;
        }
        taken[0].push(begin.elapsed().as_secs_f64() * 1e3);
        let begin = Instant::now();
        black_box(link(black_box(&history), &flags, 1));
        taken[1].push(begin.elapsed().as_secs_f64() * 1e3);
    }
    let [exact, linked] = taken.map(median);
    let verdict = if linked < GOAL_MS { "met" } else { "missed" };
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{DAYS} days, {} episodes, {informative} informative strata; {rounds} rounds, medians",
        history.episodes.len()
    )?;
    writeln!(out, "four exact tests            {exact:8.2} ms")?;
    writeln!(
        out,
        "all that a report prints    {linked:8.2} ms, {:.0} times the exact tests (goal {GOAL_MS} ms: {verdict})",
        linked / exact
    )
}
