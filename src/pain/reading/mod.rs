//! One note to its reading: what its words assert, what they deny, and where they say so. Rules and words are data
//! (`lexicon.tsv`, `rules.tsv`, `language.tsv`); judges each note by itself and knows nothing of other notes or of runs.

mod complaint;
mod language;
mod lexicon;
mod parts;
mod rules;
mod scope;
mod score;
mod side;
mod signs;
mod words;

#[cfg(test)]
mod tables;

use std::collections::BTreeSet;

use self::complaint::{Complaint, Parsed};
use self::lexicon::class;
use self::rules::Kind;
use self::score::Score;
use self::signs::Signs;
use crate::model::note::Given;
use crate::model::reading::{Flag, Quality, Reading, Region, Side, Span, Timing, name_of};

/// Longer notes are read in parts of at most this many words, so that the time stays in proportion to the length.
const WORDS_AT_ONCE: usize = 150;

/// Reads one note. `given` is what a pain table's own columns said, and beats the words; `of_a_run` is true for a run's
/// title or description, in which names of places in other languages are usual. Never fails: what cannot be understood
/// has `understood` false.
#[must_use]
pub fn read(text: &str, given: &Given, of_a_run: bool) -> Reading {
    let words = words::split(text);
    let understood = language::is_understood(&words, of_a_run);
    let location = given.location.as_deref().map(Location::of);
    let mut whole: Option<Reading> = None;
    let mut rest = words.items.as_slice();
    while !rest.is_empty() || whole.is_none() {
        let (next, after) = rest.split_at(part_length(rest));
        let part = read_part(parse(&words, next), given, location.as_ref());
        whole = Some(match whole {
            Some(whole) => joined(whole, part),
            None => part,
        });
        rest = after;
    }
    let mut reading = whole.unwrap_or_default();
    reading.understood = understood && location.is_none_or(|location| location.understood);
    reading
}

/// How many of the next words to read together: all of a usual note, else up to the last stop.
fn part_length(items: &[words::Word]) -> usize {
    let Some(cut) = items.get(WORDS_AT_ONCE) else { return items.len() };
    let stop = items[..WORDS_AT_ONCE].iter().rposition(|word| word.sentence != cut.sentence);
    stop.map_or(WORDS_AT_ONCE, |last| last + 1)
}

/// Two parts of one long note.
fn joined(mut whole: Reading, part: Reading) -> Reading {
    whole.side = match (whole.side, part.side) {
        (Some(one), Some(other)) if one == other || other == Side::Unknown => Some(one),
        (None | Some(Side::Unknown), side) | (side, None) => side,
        (Some(_), Some(_)) => Some(Side::Both),
    };
    whole.region = match (whole.region, part.region) {
        (_, Some(Region::Radiating)) => part.region,
        (None | Some(Region::General), Some(_)) => part.region,
        _ => whole.region,
    };
    whole.hip |= part.hip;
    whole.severity = match (whole.severity, part.severity) {
        (Some(one), Some(other)) => Some(one.max(other)),
        (one, other) => one.or(other),
    };
    whole.qualities.extend(part.qualities);
    whole.timing.extend(part.timing);
    whole.red_flags.extend(part.red_flags);
    whole.denied_flags.extend(part.denied_flags);
    whole.denied_flags.retain(|flag| !whole.red_flags.contains(flag));
    whole.sudden_weakness |= part.sudden_weakness;
    whole.below_knee |= part.below_knee;
    whole.sudden |= part.sudden;
    whole.severe_words |= part.severe_words;
    whole.worsening_words |= part.worsening_words;
    whole.recurrent_words |= part.recurrent_words;
    whole.frequent_cramp |= part.frequent_cramp;
    whole.denies_hip_pain = (whole.denies_hip_pain || part.denies_hip_pain) && !whole.hip;
    whole.consultation |= part.consultation;
    whole.spans.extend(part.spans);
    whole
}

fn read_part(note: Parsed, given: &Given, location: Option<&Location>) -> Reading {
    let assume_hip = location.is_some_and(|location| location.hip)
        || location.is_none() && (given.severity.is_some() || given.side.is_some());
    let scores = score::scores(&note.terms, &note.moods, &note.groups, assume_hip);
    let complaints = complaint::complaints(&note, assume_hip);
    let signs = signs::signs(&note, &complaints);

    let mut reading = Reading::default();
    let verdict = Verdict::of(&note, &complaints, &scores, &signs);
    decide_hip(&mut reading, &verdict, &note, given, location, assume_hip);
    let mut spans = Spans { note: &note, found: Vec::new() };
    if reading.hip {
        describe(&mut reading, &note, &complaints, &scores, &signs, &mut spans);
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
    flag(&mut reading, &note, &signs, &mut spans);
    tell(&mut reading, &note, &complaints, &mut spans);
    if let Some(score) = scores.iter().find(|score| Some(score.value) == reading.severity) {
        spans.add(&[score.at], &format!("severity {}", score.value));
    }
    reading.spans = spans.sorted();
    reading
}

fn parse(words: &words::Words, items: &[words::Word]) -> Parsed {
    let mut terms = lexicon::lexicon().terms(words, items);
    mark_durations(&mut terms);
    scope::prepare(&mut terms);
    let clauses = scope::clauses(&terms);
    let moods = scope::moods(&terms, &clauses);
    let groups = parts::groups(&terms, &moods);
    let matches = rules::rules().find(&terms, &|kind| !matches!(kind, Kind::Void | Kind::Supposed));
    Parsed { terms, clauses, moods, groups, matches }
}

/// A number that counts four days or more is marked as such: "day 11", "5 days", "a 3 week".
fn mark_durations(terms: &mut [lexicon::Term]) {
    let days_in = |term: &lexicon::Term| {
        [(class::UNIT_DAY, 1.0), (class::UNIT_WEEK, 7.0), (class::UNIT_MONTH, 30.0), (class::UNIT_YEAR, 365.0)]
            .into_iter()
            .find_map(|(unit, days)| term.is(unit).then_some(days))
    };
    for at in 0..terms.len() {
        let spelt_out = [(class::FOUR_PLUS, 4.0), (class::NUM_WORD, 2.0)];
        let spelt_out = spelt_out.into_iter().find_map(|(class, least)| terms[at].is(class).then_some(least));
        let Some(count) = terms[at].number.map(|number| number.value).or(spelt_out).filter(|count| *count < 1000.0) else {
            continue;
        };
        let beside = |index: Option<usize>| {
            index.and_then(|index| terms.get(index)).filter(|other| {
                other.clause == terms[at].clause && other.number.is_none()
            })
        };
        let unit = days_in(&terms[at])
            .or_else(|| beside(Some(at + 1)).and_then(days_in))
            .or_else(|| beside(at.checked_sub(1)).and_then(days_in));
        if unit.is_some_and(|days| days * count >= 4.0) {
            terms[at].number_classes[2] = Some(class::LONG_DAYS);
        }
    }
}

/// What a location column names.
struct Location {
    hip: bool,
    understood: bool,
    side: Side,
    region: Region,
}

impl Location {
    fn of(column: &str) -> Self {
        let words = words::split(column);
        let note = parse(&words, &words.items);
        let own_hip = note.groups.iter().any(|group| group.hip);
        let foreign_hip = language::names_foreign_hip(&words);
        let (side, _) = side::side(&note, &[], &[]);
        let (region, _) = side::region(&note, &[], &[]);
        let plural = note.groups.iter().any(|group| group.plural);
        let side = if plural && side == Side::Unknown { Side::Both } else { side };
        Self {
            hip: own_hip || foreign_hip,
            understood: foreign_hip || language::is_understood(&words, true),
            side,
            region,
        }
    }

    /// Fills in what the words left open.
    fn complete(&self, reading: &mut Reading) {
        if self.side != Side::Unknown {
            reading.side = Some(self.side);
        }
        if self.region != Region::General && reading.region != Some(Region::Radiating) {
            reading.region = Some(self.region);
        }
    }
}

/// What the words say of the hip as a whole.
struct Verdict {
    hip: bool,
    severity: Option<f64>,
    denies: bool,
    /// The words name the hip and complain of it, whatever a column says.
    named: bool,
}

impl Verdict {
    fn of(note: &Parsed, complaints: &[Complaint], scores: &[Score], signs: &Signs) -> Self {
        let highest = scores.iter().map(|score| score.value).reduce(f64::max);
        let scored = highest.is_some_and(|highest| highest > 0.0);
        let clause_scored_zero = |at: usize| {
            let clause = note.clause_of(at);
            scores.iter().any(|score| score.value == 0.0 && clause.contains(&score.at))
        };
        let zero = highest == Some(0.0);
        let complains = if zero {
            complaints.iter().any(|one| one.strong && !clause_scored_zero(one.at))
                && !complaint::only_tight(complaints)
        } else {
            !complaints.is_empty()
        };
        let denied = complaint::denies_all_pain(note);
        let tight_talk = denied && !scored && complaint::only_tight(complaints);
        let by_sign = !zero && !denied && shown_by_sign(note, signs);
        let hip = scored || (complains && !tight_talk) || by_sign;
        let severity = if hip { highest.filter(|highest| *highest > 0.0) } else { highest };
        let denies = !hip && complaint::denies_hip(note, scores);
        Self { hip, severity, denies, named: hip && note.groups.iter().any(|group| group.hip) }
    }
}

/// A sign at the hip itself, such as a blow or a swelling, is discomfort enough.
fn shown_by_sign(note: &Parsed, signs: &Signs) -> bool {
    let local = [
        Flag::Trauma,
        Flag::SkinColour,
        Flag::SwellingRednessWarmth,
        Flag::NumbnessTingling,
        Flag::Weakness,
        Flag::CannotBearWeight,
        Flag::NightOrSleep,
        Flag::Pop,
    ];
    let well_after = |at: usize| {
        note.clauses.iter().filter(|clause| clause.end > at).any(|clause| {
            note.names_hip(clause) && note.says(clause.clone(), &[class::WELL])
                || clause.start > at && clause.len() <= 4 && note.says(clause.clone(), &[class::WELL])
        })
    };
    signs.asserted.iter().filter(|(flag, _)| local.contains(flag)).flat_map(|(_, all)| all).any(|terms| {
        let Some(first) = terms.first() else { return false };
        note.names_hip(&note.clause_of(*first)) && !well_after(*first)
    })
}

/// Columns beat words: a hip column makes hip pain of a row unless it scores or says none; another part's column leaves
/// the hip out unless the words themselves name it.
fn decide_hip(
    reading: &mut Reading,
    verdict: &Verdict,
    note: &Parsed,
    given: &Given,
    location: Option<&Location>,
    assume_hip: bool,
) {
    let given_score = given.severity.filter(|score| score.is_finite());
    match location {
        Some(location) if !location.hip => {
            reading.hip = verdict.named;
            reading.severity = verdict.severity.filter(|_| verdict.named);
            reading.denies_hip_pain = verdict.denies;
        }
        _ if assume_hip => {
            let only_other = location.is_none()
                && !note.groups.is_empty()
                && !note.groups.iter().any(|group| group.hip || group.limb);
            let zero = given_score == Some(0.0);
            let denied = given_score.is_none() && !verdict.hip && (verdict.denies || verdict.severity == Some(0.0));
            reading.hip = verdict.hip && given_score.is_none() || !(only_other || zero || denied);
            reading.severity = if only_other { None } else { given_score.or(verdict.severity) };
            reading.denies_hip_pain = !reading.hip && !only_other;
            if zero && !only_other {
                reading.hip = false;
            }
        }
        _ => {
            reading.hip = verdict.hip;
            reading.severity = verdict.severity;
            reading.denies_hip_pain = verdict.denies;
        }
    }
}

/// Side, region and qualities of a painful hip.
fn describe(
    reading: &mut Reading,
    note: &Parsed,
    complaints: &[Complaint],
    scores: &[Score],
    signs: &Signs,
    spans: &mut Spans<'_>,
) {
    let (side, terms) = side::side(note, complaints, scores);
    reading.side = Some(side);
    spans.add(&terms, &format!("side {}", name_of(&side)));
    let (region, terms) = side::region(note, complaints, scores);
    reading.region = Some(region);
    spans.add(&terms, &format!("region {}", name_of(&region)));
    for one in complaints {
        if let Some(quality) = one.quality {
            reading.qualities.insert(quality);
            spans.add(&[one.at], &format!("quality {}", name_of(&quality)));
        }
    }
    if let Some(all) = signs.asserted.get(&Flag::Weakness) {
        reading.qualities.insert(Quality::Weak);
        for terms in all {
            spans.add(terms, "quality weak");
        }
    }
    if signs.asserted.contains_key(&Flag::Pop) {
        reading.qualities.insert(Quality::Pop);
    }
    // Numbness and tingling of the leg or foot count beside a sore hip.
    for found in note.matches.iter().filter(|found| found.kind == Kind::Flag && found.meaning == "numbness-tingling") {
        if signs.asserted.contains_key(&Flag::NumbnessTingling) && !note.denied(found) {
            let felt = found.terms.iter().filter(|at| note.stands(**at) || note.terms[**at].is(class::NEG));
            let named = felt.filter_map(|at| note.terms[*at].quality()).next();
            let quality = named.unwrap_or(Quality::Numb);
            if matches!(quality, Quality::Numb | Quality::Tingle) {
                reading.qualities.insert(quality);
            }
        }
    }
}

/// The warning signs: all with hip pain, only emergencies without.
fn flag(reading: &mut Reading, note: &Parsed, signs: &Signs, spans: &mut Spans<'_>) {
    let back_pain = note.terms.iter().enumerate().any(|(at, term)| term.is(class::BACK) && note.stands(at));
    for (flag, all) in &signs.asserted {
        let counts = match flag {
            Flag::BowelBladder => true,
            Flag::SaddleNumbness => reading.hip || back_pain,
            _ => reading.hip,
        };
        if counts {
            reading.red_flags.insert(*flag);
            for terms in all {
                spans.add(terms, &format!("flag {}", name_of(flag)));
            }
        }
    }
    for (flag, all) in &signs.denied {
        reading.denied_flags.insert(*flag);
        for terms in all {
            spans.add(terms, &format!("not {}", name_of(flag)));
        }
    }
}

/// Timings and single facts.
fn tell(reading: &mut Reading, note: &Parsed, complaints: &[Complaint], spans: &mut Spans<'_>) {
    for found in &note.matches {
        let (first, _) = found.ends();
        if note.denied(found) {
            continue;
        }
        let clause = note.clause_of(first);
        let near_complaint = complaints.iter().any(|one| clause.contains(&one.at))
            || note.names_hip(&clause)
            || note.terms[clause.clone()].iter().any(|term| term.is(class::COMPLAINT))
            || clause.len() <= 4;
        let other_part = !note.names_hip(&clause)
            && clause.clone().any(|at| note.terms[at].is(class::OTHER))
            && !complaints.iter().any(|one| clause.contains(&one.at));
        match (found.kind, found.meaning) {
            (Kind::Time, name) if reading.hip && near_complaint && !other_part => {
                if let Some(timing) = timing_named(name) {
                    reading.timing.insert(timing);
                    spans.add(&found.terms, &format!("timing {name}"));
                }
            }
            (Kind::Word, "consultation") => {
                let sentence = note.terms[first].sentence;
                let hip_meant = note.terms.iter().enumerate().any(|(at, term)| {
                    term.sentence == sentence && term.is(class::HIP) && !note.moods[at].other_person
                });
                if !note.moods[first].other_person && !other_part && (hip_meant || reading.hip) {
                    reading.consultation = true;
                    spans.add(&found.terms, "consultation");
                }
            }
            (Kind::Word, name) if reading.hip && !other_part && !note.moods[first].other_person => {
                let weak_here = || {
                    let sentence = note.terms[first].sentence;
                    let weakness = reading.red_flags.contains(&Flag::Weakness);
                    weakness
                        && note.matches.iter().any(|other| {
                            other.kind == Kind::Flag
                                && other.meaning == "weakness"
                                && note.terms[other.ends().0].sentence == sentence
                        })
                };
                match name {
                    "sudden" => {
                        reading.sudden = true;
                        reading.sudden_weakness |= weak_here();
                    }
                    "severe" => reading.severe_words = true,
                    "worsening" => reading.worsening_words = true,
                    "recurrent" => reading.recurrent_words = true,
                    "frequent-cramp" => {
                        reading.frequent_cramp |=
                            reading.qualities.iter().any(|one| matches!(one, Quality::Cramp | Quality::Spasm));
                    }
                    "below-knee" => reading.below_knee = true,
                    _ => continue,
                }
                spans.add(&found.terms, name);
            }
            _ => {}
        }
    }
    reading.sudden_weakness |= reading.red_flags.contains(&Flag::Weakness) && foot_does_not_lift(note);
}

/// A foot that drops, drags or cannot be lifted: an emergency however slowly it came.
fn foot_does_not_lift(note: &Parsed) -> bool {
    note.matches
        .iter()
        .filter(|found| found.kind == Kind::Flag && found.meaning == "weakness" && !note.denied(found))
        .any(|found| {
            let any = |classes: &[u16]| found.terms.iter().any(|at| note.terms[*at].is_any(classes));
            let foot = any(&[class::FOOTY]) || found.terms.len() == 1 && any(&[class::FOOT_DROP]);
            foot && any(&[class::DRAG_WORD, class::FOOT_DROP, class::LIFT_VERB]) || any(&[class::FOOT_DROP])
        })
}

fn timing_named(name: &str) -> Option<Timing> {
    Some(match name {
        "during-run" => Timing::DuringRun,
        "after-run" => Timing::AfterRun,
        "lying" => Timing::Lying,
        "weight-bearing" => Timing::WeightBearing,
        "rest-sitting" => Timing::RestSitting,
        "night" => Timing::Night,
        _ => return None,
    })
}

struct Spans<'n> {
    note: &'n Parsed,
    found: Vec<Span>,
}

impl Spans<'_> {
    fn add(&mut self, terms: &[usize], meaning: &str) {
        let (Some(first), Some(last)) = (terms.first(), terms.last()) else { return };
        let (Some(first), Some(last)) = (self.note.terms.get(*first), self.note.terms.get(*last)) else { return };
        let (start, end) = (first.span.start.min(last.span.start), first.span.end.max(last.span.end));
        self.found.push(Span { start, end, meaning: meaning.to_owned() });
    }

    fn sorted(self) -> Vec<Span> {
        self.found.into_iter().collect::<BTreeSet<Span>>().into_iter().collect()
    }
}

#[cfg(test)]
#[test]
fn zz_debug() {
    for text in std::fs::read_to_string("/tmp/q.txt").unwrap().lines() {
        let words = words::split(text); let note = parse(&words, &words.items);
        println!("== {text}");
        for (at, term) in note.terms.iter().enumerate() {
            println!("  {at} {:?} clause {} void {} classes {:?} {:?} mood {:?}", &text[term.span.clone()], term.clause, term.void, term.classes.iter().map(|c| lexicon::lexicon().name(*c)).collect::<Vec<_>>(), term.number_classes, note.moods[at]);
        }
        println!("  groups {:?}", note.groups);
        for m in &note.matches { println!("  {:?} {} {:?}", m.kind, m.meaning, m.terms); }
    }
}
