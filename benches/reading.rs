//! How long reading pain notes takes, beside the least that any reader of words has to do: bringing the same notes to
//! lower case and looking for hip words in them. Notes are made up from templates with a fixed seed.
//!
//! `cargo bench --bench reading` reads 100,000 notes in each of 5 rounds; two numbers behind `--` change that.

use std::hint::black_box;
use std::io::Write as _;
use std::time::Instant;

use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use regex::Regex;
use runhip::model::note::Given;
use runhip::pain::reading;

/// The goal for 100,000 notes.
const GOAL_SECONDS: f64 = 2.0;

const TEMPLATES: [&str; 16] = [
    "{side} {place} {score}/10 {when}",
    "{side} {place} {feel}, {score} out of 10, {when}. {aside}",
    "easy run, {side} {place} fine. {aside}",
    "{aside} No hip pain today.",
    "off (travel)",
    "{place} {feel} {when}, no fever, no numbness, {aside}",
    "Woke up with a {feel} {place} on the {side} side; {score}/10 on the stairs, better once warm. {aside}",
    "{side} hip was {score}/10 yesterday, now {score}/10. {aside} Stretched, iced it for 15 minutes and went to bed.",
    "felt a pop in the {side} hip {when}, {score}/10, limping",
    "{side} knee {feel} {when}, hip ok",
    "{feel} pain from the {side} {place} down to the calf {when}, tingling in the toes. {aside}",
    "long run {aside} {side} {place} {feel} from km {score} on, settled after",
    "saw the physio about the {side} {place}: {feel}, rest for 5 days. {aside}",
    "cramp in the {side} {place} {when}, third time this week, lasted minutes. {aside}",
    "{aside} {aside} {aside}",
    "rest day. {side} {place} a bit {feel} when sitting at the desk, {score}/10, {aside} gone by the evening",
];
const SIDES: [&str; 5] = ["left", "right", "L", "both", "Rt"];
const PLACES: [&str; 8] =
    ["hip", "outer hip", "groin", "glute", "buttock", "hip flexor", "side of the hip", "piriformis"];
const FEELS: [&str; 10] =
    ["sore", "tight", "achy", "sharp", "stiff", "niggling", "burning", "cramping", "throbbing", "tender"];
const TIMES: [&str; 7] = [
    "after the long run",
    "during the run",
    "lying on it at night",
    "on the stairs",
    "all day",
    "in the first km",
    "at rest",
];
const ASIDES: [&str; 8] = [
    "Legs heavy, wind from the west.",
    "Coffee with Sam afterwards.",
    "6x400 on the track, last two hard,",
    "New shoes feel good.",
    "Popped in to the shop on the way.",
    "Slept badly, work is busy.",
    "Hot and humid, drank too little.",
    "HR a bit high for the pace;",
];

fn made_up_notes(count: usize, seed: u64) -> Vec<String> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    (0..count)
        .map(|_| {
            let mut note = pick(&mut random, &TEMPLATES).to_owned();
            for (name, words) in [
                ("{side}", &SIDES[..]),
                ("{place}", &PLACES),
                ("{feel}", &FEELS),
                ("{when}", &TIMES),
                ("{aside}", &ASIDES),
            ] {
                while note.contains(name) {
                    note = note.replacen(name, pick(&mut random, words), 1);
                }
            }
            while note.contains("{score}") {
                note = note.replacen("{score}", &random.random_range(0..=10).to_string(), 1);
            }
            note
        })
        .collect()
}

fn pick<'a>(random: &mut ChaCha8Rng, words: &[&'a str]) -> &'a str {
    words.choose(random).copied().unwrap_or_default()
}

/// How many notes name a hip word at all.
fn plainly(notes: &[String], hip_words: &Regex) -> usize {
    notes.iter().filter(|note| hip_words.is_match(&black_box(note.to_lowercase()))).count()
}

/// How many notes speak of pain in a hip.
fn with_runhip(notes: &[String]) -> usize {
    let given = Given::default();
    notes.iter().filter(|note| black_box(reading::read(note, &given, false)).hip).count()
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let numbers: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let count = numbers.first().copied().unwrap_or(100_000).max(1);
    let rounds = numbers.get(1).copied().unwrap_or(5).max(1);
    let notes = made_up_notes(count, 20_260_304);
    let hip_words = Regex::new(r"\b(hips?|groin|glutes?|buttocks?|piriformis|flexors?)\b")?;

    let (mut plain_seconds, mut seconds) = (Vec::new(), Vec::new());
    let (mut named, mut painful) = (0, 0);
    for _ in 0..rounds {
        let begin = Instant::now();
        named = plainly(black_box(&notes), &hip_words);
        plain_seconds.push(begin.elapsed().as_secs_f64());
        let begin = Instant::now();
        painful = with_runhip(black_box(&notes));
        seconds.push(begin.elapsed().as_secs_f64());
    }
    let mut out = std::io::stdout().lock();
    if painful == 0 || painful > named {
        writeln!(
            out,
            "{painful} painful notes among {named} that name a hip: the reading is wrong, nothing to compare"
        )?;
        std::process::exit(1);
    }
    let bytes: usize = notes.iter().map(String::len).sum();
    let (plain, read) = (median(plain_seconds), median(seconds));
    writeln!(
        out,
        "{count} notes of {} bytes on average, {named} name a hip, {painful} speak of pain in it; {rounds} rounds each, medians",
        bytes / count
    )?;
    writeln!(out, "lower case and hip words{:10.1} ms", plain * 1e3)?;
    let share = f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / 1e5;
    let verdict = if read <= GOAL_SECONDS * share { "met" } else { "missed" };
    writeln!(
        out,
        "runhip                  {:10.1} ms (goal {:.0} ms for 100,000: {verdict})",
        read * 1e3,
        GOAL_SECONDS * 1e3
    )?;
    writeln!(out, "runhip takes {:.1} times as long", read / plain)?;
    Ok(())
}
