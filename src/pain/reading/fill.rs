//! Fills in a reading: side, region, qualities, signs, timings and single facts, each with the words it was read
//! from.

use std::collections::BTreeSet;
use std::ops::Range;

use super::class_set::Class;
use super::classes::class;
use super::complaint::{Complaint, Parsed};
use super::rules::Kind;
use super::score::Score;
use super::side;
use super::signs::Signs;
use crate::model::reading::{Quality, Reading, Span, Timing, name_of};
use crate::model::warning_sign::{RedFlag, Scope};

/// Fills in side, region and qualities of a painful hip.
pub(super) fn describe(
    reading: &mut Reading,
    note: &Parsed,
    complaints: &[Complaint],
    scores: &[Score],
    signs: &Signs,
    spans: &mut Spans<'_>,
) {
    let (side, terms) = side::side(note, complaints, scores);
    reading.side = Some(side);
    spans.add(&terms, &format!("side {}", name_of(side)));
    let (region, terms) = side::region(note, complaints, scores);
    reading.region = Some(region);
    spans.add(&terms, &format!("region {}", name_of(region)));
    for one in complaints {
        if let Some(quality) = one.quality {
            reading.qualities.insert(quality);
            spans.add(&[one.at], &format!("quality {}", name_of(quality)));
        }
    }
    if let Some(all) = signs.asserted.get(&RedFlag::Weakness) {
        reading.qualities.insert(Quality::Weak);
        for terms in all {
            spans.add(terms, "quality weak");
        }
    }
    if signs.asserted.contains_key(&RedFlag::Pop) {
        reading.qualities.insert(Quality::Pop);
    }
    if signs.asserted.contains_key(&RedFlag::SaddleNumbness) {
        reading.qualities.insert(Quality::Numb);
    }
    // Numbness and tingling of the leg or foot count as qualities beside a sore hip.
    for found in note.matches.iter().filter(|found| found.asserts(RedFlag::NumbnessTingling)) {
        if signs.asserted.contains_key(&RedFlag::NumbnessTingling) && !note.denied(found) {
            let mut felt = found.terms.iter().filter(|at| note.stands(**at) || note.terms[**at].is(class::NEG));
            let named = felt.find_map(|at| note.terms[*at].quality());
            let quality = named.unwrap_or(Quality::Numb);
            if matches!(quality, Quality::Numb | Quality::Tingle) {
                reading.qualities.insert(quality);
            }
        }
    }
}

/// Fills in the warning signs: all of them with hip pain, emergencies alone without it.
pub(super) fn flag(reading: &mut Reading, note: &Parsed, signs: &Signs, spans: &mut Spans<'_>) {
    let back_pain = note.terms.iter().enumerate().any(|(at, term)| term.is(class::BACK) && note.stands(at));
    for (flag, all) in &signs.asserted {
        let counts = match flag.row().scope {
            Scope::AnyNote => {
                *flag != RedFlag::SaddleNumbness || reading.hip || back_pain || !of_a_ride_or_the_cold(note, all)
            }
            Scope::NoteOfHip => reading.counts(*flag),
            Scope::Episode => false,
        };
        if counts {
            reading.red_flags.insert(*flag);
            for terms in all {
                spans.add(terms, &format!("flag {}", name_of(*flag)));
            }
        }
    }
    let of_gait = |terms: &Vec<usize>| {
        note.matches.iter().any(|found| found.meaning == "gait" && found.terms.iter().any(|at| terms.contains(at)))
    };
    let under_weight = signs.asserted.get(&RedFlag::CannotBearWeight);
    reading.only_limps = reading.red_flags.contains(&RedFlag::CannotBearWeight)
        && under_weight.is_some_and(|all| all.iter().all(of_gait));
    for (flag, all) in &signs.denied {
        reading.denied_flags.insert(*flag);
        for terms in all {
            spans.add(terms, &format!("not {}", name_of(*flag)));
        }
    }
}

/// "numb bits after the bike": a saddle or the cold explains it, and it did not stay.
fn of_a_ride_or_the_cold(note: &Parsed, numb: &[Vec<usize>]) -> bool {
    let stays = note.matches.iter().any(|found| found.meaning == "stays" && note.stands(found.ends().0));
    // "No feeling after the turbo": what is denied is the feeling.
    let stands = |at: usize| {
        let mood = note.moods[at];
        let not_denied = mood.denied_by.is_none_or(|by| numb.iter().flatten().any(|of_it| *of_it == by));
        not_denied && !mood.past && !mood.other_person && !mood.supposed
    };
    !stays && note.terms.iter().enumerate().any(|(at, term)| term.is_any(&[class::RIDE, class::COLD]) && stands(at))
}

/// Fills in timings and single facts.
pub(super) fn tell(reading: &mut Reading, note: &Parsed, complaints: &[Complaint], spans: &mut Spans<'_>) {
    for found in &note.matches {
        let (first, _) = found.ends();
        if note.denied(found) {
            continue;
        }
        let clause = note.clause_of(first);
        let near_complaint = complaints.iter().any(|one| clause.contains(&one.at))
            || note.names_hip(&clause)
            || note.terms[clause.clone()].iter().any(|term| term.is(class::COMPLAINT))
            || clause.len() <= FEW_WORDS;
        let other_part = !note.names_hip(&clause)
            && clause.clone().any(|at| note.terms[at].is(class::OTHER))
            && !complaints.iter().any(|one| clause.contains(&one.at));
        match (found.kind, found.meaning) {
            // "10 x (30 s jog, 2 min walk)": what was trained.
            (Kind::Time, "weight-bearing") if clause.len() <= FEW_WORDS && of_the_session(note, &clause) => {}
            (Kind::Time, name) if reading.hip && near_complaint && !other_part => {
                if let Ok(timing) = name.parse::<Timing>() {
                    reading.timing.insert(timing);
                    spans.add(&found.terms, &format!("timing {name}"));
                }
            }
            (Kind::Word, "consultation") => {
                let sentence = note.terms[first].sentence;
                let hip_meant =
                    note.terms.iter().enumerate().any(|(at, term)| {
                        term.sentence == sentence && term.is(class::HIP) && !note.moods[at].other_person
                    });
                let mood = note.moods[first];
                let of_now = !mood.other_person && !mood.past && !mood.supposed;
                if of_now && !other_part && (hip_meant || reading.hip) {
                    reading.consultation = true;
                    spans.add(&found.terms, "consultation");
                }
            }
            (Kind::Word, name) if reading.hip && !other_part && !note.moods[first].other_person => {
                let weak_here = || {
                    let sentence = note.terms[first].sentence;
                    let weakness = reading.red_flags.contains(&RedFlag::Weakness);
                    weakness
                        && note.matches.iter().any(|other| {
                            other.asserts(RedFlag::Weakness) && note.terms[other.ends().0].sentence == sentence
                        })
                };
                match name {
                    "sudden" => {
                        reading.sudden_weakness |= weak_here();
                        if !of_the_pain(note, complaints, &found.terms) {
                            continue;
                        }
                        reading.sudden = true;
                    }
                    "severe" if !of_the_pain(note, complaints, &found.terms) => continue,
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
    reading.sudden_weakness |= reading.red_flags.contains(&RedFlag::Weakness) && foot_does_not_lift(note);
}

/// Whether a strong word describes the hip's pain: the hip complains in the same clause, or the word stands nearly
/// alone beside the complaint. "Intense humidity, hip 1/10" says nothing of the hip.
fn of_the_pain(note: &Parsed, complaints: &[Complaint], terms: &[usize]) -> bool {
    let Some(first) = terms.first() else { return false };
    let clause = note.clause_of(*first);
    let of_another_thing = clause.clone().any(|at| {
        let term = &note.terms[at];
        term.is_any(&[class::OWNER, class::THING, class::HEAT_WORD, class::COLD, class::RUN_VERB, class::UNIT_NUM])
    });
    complaints
        .iter()
        .any(|one| clause.contains(&one.at) && !(terms.len() == 1 && terms.contains(&one.at) && of_another_thing))
        || note.names_hip(&clause)
        || clause.len() <= FEW_WORDS && !of_another_thing
}

/// Whether a clause says how long or how far, and complains of nothing.
fn of_the_session(note: &Parsed, clause: &Range<usize>) -> bool {
    let measured = [class::UNIT_NUM, class::MIN_NUM, class::UNIT, class::RUN_VERB];
    let any = |classes: &[Class]| note.terms[clause.clone()].iter().any(|term| term.is_any(classes));
    any(&measured) && !any(&[class::COMPLAINT, class::SCORE, class::HIP])
}

/// A clause of at most this many words belongs to what stands beside it.
const FEW_WORDS: usize = 4;

/// Whether a foot drops, drags or cannot be lifted: an emergency, however slowly it came on.
fn foot_does_not_lift(note: &Parsed) -> bool {
    note.matches.iter().filter(|found| found.asserts(RedFlag::Weakness) && !note.denied(found)).any(|found| {
        let any = |classes: &[u16]| found.terms.iter().any(|at| note.terms[*at].is_any(classes));
        let foot = any(&[class::FOOTY]) || found.terms.len() == 1 && any(&[class::FOOT_DROP]);
        foot && any(&[class::DRAG_WORD, class::FOOT_DROP, class::LIFT_VERB]) || any(&[class::FOOT_DROP])
    })
}

/// The words a reading was taken from, collected as it is filled in.
pub(super) struct Spans<'n> {
    note: &'n Parsed,
    found: Vec<Span>,
}

impl<'n> Spans<'n> {
    /// An empty collection.
    pub(super) fn of(note: &'n Parsed) -> Self {
        Self { note, found: Vec::new() }
    }

    /// Adds the words from the first of these terms to the last.
    pub(super) fn add(&mut self, terms: &[usize], meaning: &str) {
        let (Some(first), Some(last)) = (terms.first(), terms.last()) else { return };
        let (Some(first), Some(last)) = (self.note.terms.get(*first), self.note.terms.get(*last)) else { return };
        let (start, end) = (first.span.start.min(last.span.start), first.span.end.max(last.span.end));
        self.found.push(Span { start, end, meaning: meaning.to_owned() });
    }

    /// All spans, in the order of the text.
    pub(super) fn sorted(self) -> Vec<Span> {
        self.found.into_iter().collect::<BTreeSet<Span>>().into_iter().collect()
    }
}
