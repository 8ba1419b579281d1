//! From one note to its reading: what its words assert, what they deny, and where they say so. Rules and words are
//! data (`lexicon.tsv`, `rules.tsv`, `language.tsv`, `spelling.tsv`). Each note is judged by itself, without other
//! notes or runs.

mod answers;
mod assumed;
mod candidate;
mod class_set;
mod classes;
mod complaint;
mod days;
mod explained;
mod failing_leg;
mod falls;
mod fill;
mod keeper;
mod language;
mod lexicon;
mod named_hip;
mod one_leg;
mod parts;
mod pattern;
mod rule_rows;
mod rules;
mod scope;
mod score;
mod side;
mod signs;
mod slips;
mod spelling;
mod stops;
mod suppositions;
mod taken_back;
mod term;
mod tongues;
mod verdict;
mod word_map;
mod words;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

pub use self::assumed::{hip_named_in, read_assuming_hip};
use self::classes::class;
use self::complaint::Parsed;
use self::fill::Spans;
use self::verdict::{Location, Verdict};
use crate::model::note::Given;
use crate::model::reading::{Reading, Region, Side};
use crate::model::warning_sign::RedFlag;

/// Loads the words and rules, which the first note would otherwise wait for.
pub fn load() {
    let _ = (lexicon::lexicon(), rules::rules());
}

/// A longer note is read in parts of at most this many words, so that the time grows in proportion to its length.
const WORDS_AT_ONCE: usize = 150;

/// Reads one note. `given` is what a pain table's own columns said, and overrides the words. `of_a_run` is true for a
/// run's title or description, where place names in other languages are usual. Never fails: a note that cannot be
/// understood has `understood` false.
#[must_use]
pub fn read(text: &str, given: &Given, of_a_run: bool) -> Reading {
    read_on(text, given, of_a_run, None)
}

/// Like [`read`], with the day the note was written, which tells how long "hurts since Monday" has lasted.
#[must_use]
pub fn read_on(text: &str, given: &Given, of_a_run: bool, written: Option<NaiveDate>) -> Reading {
    read_of(text, given, of_a_run, written, &[])
}

/// As [`read_on`], with the names of whose log it is, in small letters: "Ada fell" is told of the runner where Ada keeps the log,
/// and else of somebody who may be.
#[must_use]
pub fn read_of(text: &str, given: &Given, of_a_run: bool, written: Option<NaiveDate>, own: &[String]) -> Reading {
    let mut words = words::split(text);
    stops::join(&mut words, text);
    answers::place(&mut words, text);
    let language = language::of(&words, of_a_run);
    let location = given.location.as_deref().map(Location::of);
    let mut whole: Option<Reading> = None;
    let mut rest = words.items.as_slice();
    while !rest.is_empty() || whole.is_none() {
        let (next, after) = rest.split_at(part_length(rest));
        let note = Parsed { written, english: language.understood, ..parse_of(&words, next, own) };
        let part = read_part(&note, given, location.as_ref());
        whole = Some(match whole {
            Some(whole) => joined(whole, part),
            None => part,
        });
        rest = after;
    }
    let mut reading = whole.unwrap_or_default();
    reading.tongue = language.tongue;
    reading.understood =
        (language.understood && reading.understood) && location.is_none_or(|location| location.understood);
    reading
}

/// How many of the next words to read together: all of a note of usual length, else up to the end of the last full
/// sentence.
fn part_length(items: &[words::Word]) -> usize {
    let Some(cut) = items.get(WORDS_AT_ONCE) else { return items.len() };
    let stop = items[..WORDS_AT_ONCE].iter().rposition(|word| word.sentence != cut.sentence);
    stop.map_or(WORDS_AT_ONCE, |last| last + 1)
}

/// Joins the readings of two parts of one long note.
fn joined(mut whole: Reading, part: Reading) -> Reading {
    whole.side = match (whole.side, part.side) {
        (Some(one), Some(other)) if one == other || other == Side::Unknown => Some(one),
        (None | Some(Side::Unknown), side) | (side, None) => side,
        (Some(_), Some(_)) => Some(Side::Both),
    };
    whole.region = match (whole.region, part.region) {
        (_, Some(Region::Radiating)) | (None | Some(Region::General), Some(_)) => part.region,
        _ => whole.region,
    };
    whole.hip |= part.hip;
    let bears_none = |reading: &Reading| reading.red_flags.contains(&RedFlag::CannotBearWeight) && !reading.only_limps;
    whole.only_limps = (whole.only_limps || part.only_limps) && !bears_none(&whole) && !bears_none(&part);
    whole.severity = match (whole.severity, part.severity) {
        (Some(one), Some(other)) => Some(one.max(other)),
        (one, other) => one.or(other),
    };
    whole.qualities.extend(part.qualities);
    whole.timing.extend(part.timing);
    whole.red_flags.extend(part.red_flags);
    whole.denied_flags.extend(part.denied_flags);
    whole.denied_flags.retain(|flag| !whole.red_flags.contains(flag));
    whole.leg_fails |= part.leg_fails;
    whole.sudden_weakness |= part.sudden_weakness;
    whole.below_knee |= part.below_knee;
    whole.sudden |= part.sudden;
    whole.severe_words |= part.severe_words;
    whole.worsening_words |= part.worsening_words;
    whole.recurrent_words |= part.recurrent_words;
    whole.frequent_cramp |= part.frequent_cramp;
    whole.denied_side = match (whole.denies_hip_pain, part.denies_hip_pain) {
        (true, true) if whole.denied_side != part.denied_side => None,
        (false, _) => part.denied_side,
        _ => whole.denied_side,
    };
    whole.denies_hip_pain = (whole.denies_hip_pain || part.denies_hip_pain) && !whole.hip;
    whole.consultation |= part.consultation;
    whole.understood &= part.understood;
    whole.spans.extend(part.spans);
    whole
}

fn read_part(note: &Parsed, given: &Given, location: Option<&Location>) -> Reading {
    let assume_hip = location.is_some_and(|location| location.hip)
        || location.is_none() && (given.severity.is_some() || given.side.is_some());
    let scores = score::scores(&note.terms, &note.moods, &note.groups, assume_hip);
    let complaints = complaint::complaints(note, assume_hip);
    let signs = signs::signs(note, &complaints);

    let mut reading = Reading::default();
    let verdict = Verdict::of(note, &complaints, &scores, &signs, assume_hip);
    verdict::decide_hip(&mut reading, &verdict, note, given, location, assume_hip);
    let mut spans = Spans::of(note);
    if reading.hip {
        fill::describe(&mut reading, note, &complaints, &scores, &signs, &mut spans);
        for one in &complaints {
            spans.add(&[one.at], "hip");
        }
        if let Some(location) = location
            && location.hip
        {
            location.complete(&mut reading);
        }
        if given.side.is_some_and(|side| side != Side::Unknown) {
            reading.side = given.side;
        }
    }
    reading.leg_fails = !reading.hip && failing_leg::fails(note, &signs);
    if reading.denies_hip_pain {
        let of_one = given.side.filter(|side| matches!(side, Side::Left | Side::Right));
        reading.denied_side = of_one.or_else(|| if given.side.is_none() { side::well_side(note) } else { None });
    }
    reading.understood = if reading.hip {
        !verdict::leaves_the_leg_open(note) && !verdict.beside_danger
    } else {
        (reading.denies_hip_pain || !named_hip::leaves_the_hip_open(note, &scores))
            && (reading.leg_fails || !assumed::leaves_a_sign_open(note) && !failing_leg::leaves_it_open(note, &signs))
    };
    if let Some(open) = verdict::leaves_a_frame_open(note, &reading, &signs) {
        reading.understood = false;
        spans.add(&open, "not read");
    }
    if let Some(open) = verdict::leaves_a_name_open(note) {
        reading.understood = false;
        spans.add(&open, "not read");
    }
    fill::flag(&mut reading, note, &signs, &mut spans);
    fill::tell(&mut reading, note, &complaints, &mut spans);
    if let Some(score) = scores.iter().find(|score| Some(score.value) == reading.severity) {
        spans.add(&[score.at], &format!("severity {}", score.value));
    }
    reading.spans = spans.sorted();
    reading
}

fn parse(words: &words::Words, items: &[words::Word]) -> Parsed {
    parse_of(words, items, &[])
}

/// Takes a note apart; `own` are the names of whose log it is.
fn parse_of(words: &words::Words, items: &[words::Word], own: &[String]) -> Parsed {
    let mut terms = lexicon::lexicon().terms(words, items);
    mark_durations(&mut terms);
    mark_zeros(&mut terms);
    score::mark_spelt(&mut terms);
    scope::prepare(&mut terms);
    let clauses = scope::clauses(&terms);
    let mut moods = scope::moods(&terms, &clauses);
    let is_own = |term: &term::Term| {
        let word = items.iter().find(|word| word.span.start == term.span.start);
        word.is_some_and(|word| own.iter().any(|name| name == words.text(word)))
    };
    let (supposed, matches) = rules::rules().told(&terms);
    suppositions::set(&terms, &supposed, &mut moods, is_own);
    let groups = parts::groups(&terms, &moods);
    Parsed { terms, clauses, moods, groups, matches, written: None, english: true }
}

/// "0 pain", "0 niggles": the zero is a denial, not a score.
fn mark_zeros(terms: &mut [term::Term]) {
    for at in 0..terms.len().saturating_sub(1) {
        let (zero, next) = (&terms[at], &terms[at + 1]);
        let is_zero = zero.number.is_some_and(|number| number.value == 0.0 && number.form == words::NumberForm::Plain);
        let scored = at.checked_sub(1).map(|before| &terms[before]).is_some_and(|before| {
            before.clause == zero.clause && before.is_any(&[class::HIP, class::COMPLAINT, class::SCORE_LEAD])
        });
        if is_zero && !scored && next.clause == zero.clause && next.is(class::COMPLAINT) {
            terms[at].number = None;
            terms[at].reform([Some(class::NEG), None, None]);
        }
    }
}

/// Marks a number that counts four days or more: "day 11", "5 days", "a 3 week".
fn mark_durations(terms: &mut [term::Term]) {
    let days_in = |term: &term::Term| {
        [(class::UNIT_DAY, 1.0), (class::UNIT_WEEK, 7.0), (class::UNIT_MONTH, 30.0), (class::UNIT_YEAR, 365.0)]
            .into_iter()
            .find_map(|(unit, days)| term.is(unit).then_some(days))
    };
    for at in 0..terms.len() {
        let spelt_out = [(class::FOUR_PLUS, 4.0), (class::NUM_WORD, 2.0)];
        let spelt_out = spelt_out.into_iter().find_map(|(class, least)| terms[at].is(class).then_some(least));
        let Some(count) = terms[at].number.map(|number| number.value).or(spelt_out).filter(|count| *count < 1000.0)
        else {
            continue;
        };
        let beside = |index: Option<usize>| {
            index
                .and_then(|index| terms.get(index))
                .filter(|other| other.clause == terms[at].clause && other.number.is_none())
        };
        let unit = days_in(&terms[at])
            .or_else(|| beside(Some(at + 1)).and_then(days_in))
            .or_else(|| beside(at.checked_sub(1)).and_then(days_in));
        if unit.is_some_and(|days| days * count >= 4.0) {
            terms[at].set_form(2, class::LONG_DAYS);
        }
    }
}
