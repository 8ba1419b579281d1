//! Notes composed from the words and phrases of `tests/data/notes/phrasings.tsv`, so that their labels are known:
//! who, what is hard, where and when, in changing order, among other talk, in three registers and with typing errors.
//! The phrases were written together with the rules, so the result shows how well the parts of the rules work
//! together, not how well a new note is read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::model::note::Given;
use crate::model::reading::Priority;
use crate::model::warning_sign::RedFlag;
use crate::pain::reading::read;

const ROWS: &str = include_str!("../../../../tests/data/notes/phrasings.tsv");

/// How many notes are composed.
const NOTES: usize = 20_000;

/// One way of saying something.
struct Template {
    name: &'static str,
    /// Whether it tells of hip pain; `None` if either reading is accepted.
    hip: Option<bool>,
    /// The signs it has that need assessment now or today.
    signs: BTreeSet<RedFlag>,
    /// The lowest share to be read correctly.
    least: f64,
    phrase: &'static str,
}

/// The words for each slot, and the templates.
struct Phrasebook {
    slots: BTreeMap<&'static str, Vec<&'static str>>,
    templates: Vec<Template>,
}

impl Phrasebook {
    fn load() -> Self {
        let mut book = Self { slots: BTreeMap::new(), templates: Vec::new() };
        for row in ROWS.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            match row.split('\t').collect::<Vec<_>>()[..] {
                ["slot", name, words] => {
                    book.slots.insert(name, words.split(" | ").map(str::trim).collect());
                }
                ["say", name, hip, signs, least, phrase] => book.templates.push(Template {
                    name,
                    hip: (hip != ".").then(|| hip == "y"),
                    signs: signs.split(',').filter(|sign| *sign != "-").map(sign).collect(),
                    least: least.parse().unwrap_or_else(|_| panic!("no share: {row}")),
                    phrase,
                }),
                _ => panic!("neither a slot nor a template: {row}"),
            }
        }
        book
    }

    /// A phrase with a word in each slot.
    fn fill(&self, phrase: &str, chance: &mut ChaCha8Rng) -> String {
        let mut text = phrase.to_owned();
        while let Some((before, rest)) = text.split_once('{') {
            let (slot, after) = rest.split_once('}').unwrap_or_else(|| panic!("an open slot: {phrase}"));
            let words = self.slots.get(slot).unwrap_or_else(|| panic!("no slot {slot}: {phrase}"));
            text = format!("{before}{}{after}", words.choose(chance).expect("a slot has words"));
        }
        text
    }

    fn compose(&self, template: &Template, chance: &mut ChaCha8Rng) -> String {
        let mut text = if let Some(alone) = template.phrase.strip_prefix('=') {
            self.fill(alone, chance)
        } else {
            let phrase = self.fill(template.phrase, chance);
            if template.hip == Some(false) { phrase } else { self.beside_a_hip(&phrase, chance) }
        };
        match chance.random_range(0..4) {
            0 => text = format!("{}. {text}", self.fill("{talk}", chance)),
            1 => text = format!("{text}. {}", self.fill("{talk}", chance)),
            _ => {}
        }
        match chance.random_range(0..3) {
            0 => text = format!("{}.", capital(&text)),
            1 => text = text.to_lowercase().replace('\'', ""),
            _ => {}
        }
        if chance.random_bool(0.2) { with_a_slip(&text, chance) } else { text }
    }

    fn beside_a_hip(&self, phrase: &str, chance: &mut ChaCha8Rng) -> String {
        let hip = self.fill("{besidehip}", chance);
        match chance.random_range(0..5) {
            0 => format!("{phrase}, {hip}"),
            1 => format!("{hip}, {phrase}"),
            2 => format!("{phrase}. {}", capital(&hip)),
            3 => format!("{hip}. {}", capital(phrase)),
            _ => format!("{phrase} - {hip}"),
        }
    }
}

fn sign(name: &str) -> RedFlag {
    RedFlag::named(name).unwrap_or_else(|| panic!("no sign {name}"))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The text with one longer word misspelt: a letter left out, doubled or swapped with its neighbour.
fn with_a_slip(text: &str, chance: &mut ChaCha8Rng) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let long: Vec<usize> = (0..words.len())
        .filter(|at| words[*at].len() >= 5 && words[*at].chars().all(|letter| letter.is_ascii_lowercase()))
        .collect();
    let Some(at) = long.choose(chance) else { return text.to_owned() };
    let mut letters: Vec<char> = words[*at].chars().collect();
    let place = chance.random_range(1..letters.len() - 1);
    match chance.random_range(0..3) {
        0 => {
            letters.remove(place);
        }
        1 => letters.swap(place, place + 1),
        _ => letters.insert(place, letters[place]),
    }
    words[*at] = letters.into_iter().collect();
    words.join(" ")
}

#[derive(Default)]
struct Tally {
    composed: usize,
    right: usize,
    listed: usize,
    wrong: Vec<String>,
}

#[expect(clippy::cast_precision_loss, reason = "counts of a few thousand")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[test]
fn composed_phrasings_are_read_right_template_by_template() {
    let book = Phrasebook::load();
    let mut chance = ChaCha8Rng::seed_from_u64(20_261_128);
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for template in book.templates.iter().cycle().take(NOTES) {
        let note = book.compose(template, &mut chance);
        let reading = read(&note, &Given::default(), false);
        let urgent: BTreeSet<RedFlag> =
            reading.red_flags.iter().copied().filter(|flag| flag.row().priority <= Priority::P1).collect();
        // A further sign beside a true one does no harm, but if there is none, none may be read.
        let signs = if template.signs.is_empty() { urgent.is_empty() } else { urgent.is_superset(&template.signs) };
        let tally = tallies.entry(template.name).or_default();
        tally.composed += 1;
        tally.listed += usize::from(!reading.understood);
        if signs && template.hip.is_none_or(|hip| hip == reading.hip) {
            tally.right += 1;
        } else if tally.wrong.len() < 5 {
            tally.wrong.push(format!("{note}\n    read {} {urgent:?}", reading.hip));
        }
    }
    let mut table = String::from("template                  composed  right  listed  at least\n");
    let mut missed = String::new();
    for template in &book.templates {
        let Some(tally) = tallies.get(template.name) else { continue };
        let right = share(tally.right, tally.composed);
        let listed = share(tally.listed, tally.composed);
        let _ = writeln!(
            table,
            "{:24} {:9}  {right:.3}   {listed:.3}      {:.2}",
            template.name, tally.composed, template.least
        );
        if right < template.least {
            let _ = writeln!(missed, "{}: {right:.3}\n{}", template.name, tally.wrong.join("\n"));
        }
    }
    let right: usize = tallies.values().map(|tally| tally.right).sum();
    println!("{table}{:24} {NOTES:9}  {:.3}", "all", share(right, NOTES));
    assert!(missed.is_empty(), "{missed}");
}

#[test]
fn templates_have_names_of_their_own_and_look_alikes_are_as_many_as_signs() {
    let book = Phrasebook::load();
    let names: BTreeSet<&str> = book.templates.iter().map(|template| template.name).collect();
    assert_eq!(names.len(), book.templates.len());
    let with_sign = book.templates.iter().filter(|template| !template.signs.is_empty()).count();
    let without = book.templates.len() - with_sign;
    assert!(without.abs_diff(with_sign) <= 6, "{with_sign} with a sign, {without} without");
}
