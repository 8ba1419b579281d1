//! The warning signs of a note: which are asserted, which denied outright.

use std::collections::BTreeMap;
use std::ops::Range;

use super::complaint::{Complaint, Parsed};
use super::days;
use super::lexicon::{class, is_word};
use super::parts::owner;
use super::rules::{Kind, Match};
use crate::model::reading::Flag;

/// Signs with the terms they were read from.
#[derive(Debug, Default)]
pub(super) struct Signs {
    pub(super) asserted: BTreeMap<Flag, Vec<Vec<usize>>>,
    pub(super) denied: BTreeMap<Flag, Vec<Vec<usize>>>,
}

fn flag_named(name: &str) -> Option<Flag> {
    Some(match name {
        "bowel-bladder" => Flag::BowelBladder,
        "saddle-numbness" => Flag::SaddleNumbness,
        "weakness" => Flag::Weakness,
        "trauma" => Flag::Trauma,
        "cannot-bear-weight" => Flag::CannotBearWeight,
        "pop" => Flag::Pop,
        "fever" => Flag::Fever,
        "skin-colour" => Flag::SkinColour,
        "swelling-redness-warmth" => Flag::SwellingRednessWarmth,
        "numbness-tingling" => Flag::NumbnessTingling,
        "night-or-sleep" => Flag::NightOrSleep,
        "persistent" => Flag::Persistent,
        "daily-activities" => Flag::DailyActivities,
        _ => return None,
    })
}

/// Every sign, whether or not the hip hurts: the caller drops those that need hip pain.
pub(super) fn signs(note: &Parsed, complaints: &[Complaint]) -> Signs {
    let mut signs = Signs::default();
    for found in &note.matches {
        let Some(flag) = flag_named(found.meaning) else { continue };
        let (first, _) = found.ends();
        match found.kind {
            Kind::Flag if note.denied(found) && !cannot_do(note, flag, found) => {
                signs.denied.entry(flag).or_default().push(found.terms.clone());
            }
            Kind::Flag => {
                // "someone's elbow in my groin": another's elbow, the runner's blow.
                let struck =
                    found.terms.iter().copied().find(|at| flag == Flag::Trauma && note.terms[*at].is(class::HIP));
                let mood = note.moods[struck.unwrap_or(first)];
                let taken_back =
                    found.terms.iter().any(|at| note.moods[*at].supposed) || mood.past || mood.other_person;
                if !taken_back && holds(note, complaints, flag, found) {
                    signs.asserted.entry(flag).or_default().push(found.terms.clone());
                }
            }
            Kind::Deny if !note.denied(found) && note.stands(first) => {
                signs.denied.entry(flag).or_default().push(found.terms.clone());
            }
            _ => {}
        }
    }
    if let Some(terms) = days::since_a_day(note, complaints) {
        signs.asserted.entry(Flag::Persistent).or_default().push(terms);
    }
    let asserted = &signs.asserted;
    signs.denied.retain(|flag, _| !asserted.contains_key(flag));
    signs
}

/// "couldn't do the stairs" asserts what "no stairs" denies.
fn cannot_do(note: &Parsed, flag: Flag, found: &Match) -> bool {
    matches!(flag, Flag::DailyActivities | Flag::NightOrSleep)
        && found.terms.iter().filter_map(|at| note.moods[*at].denied_by).all(|by| note.terms[by].is(class::CANT_NEG))
}

/// Whether the sign is the hip's (or its leg's) and no other reading is likelier.
fn holds(note: &Parsed, complaints: &[Complaint], flag: Flag, found: &Match) -> bool {
    let (first, last) = found.ends();
    let clause = note.clause_of(first);
    let complains_here = complaints.iter().any(|one| clause.contains(&one.at));
    let hip_here = note.names_hip(&clause);
    match flag {
        Flag::BowelBladder | Flag::SaddleNumbness => true,
        // "my bladder just let go": not the leg.
        Flag::Weakness
            if note.matches.iter().any(|other| {
                other.meaning == "bowel-bladder" && found.terms.iter().any(|at| other.terms.contains(at))
            }) =>
        {
            false
        }
        Flag::Trauma => {
            let lands_elsewhere = note.terms[clause.clone()].iter().any(|term| term.is(class::OTHER));
            let sentence = note.terms[first].sentence;
            let stayed_up = !hip_here
                && note.terms.iter().any(|term| term.sentence == sentence && term.is(class::UPRIGHT))
                && !note.matches.iter().any(|other| {
                    other.meaning == "trauma" && other.terms.iter().any(|at| note.terms[*at].is(class::HIP))
                });
            if stayed_up {
                return false;
            }
            let flat_fall = found.terms.len() == 1;
            hip_here || !lands_elsewhere || belongs(note, flag, first) && !flat_fall
        }
        Flag::Fever => {
            let weather = [class::HEAT_WORD, class::COLD];
            !(found.terms.iter().any(|at| note.terms[*at].is(class::TEMP_WORD))
                && note.terms[clause].iter().any(|term| term.is_any(&weather)))
        }
        Flag::NightOrSleep => {
            let night = found.terms.iter().any(|at| note.terms[*at].is(class::NIGHT_WORD));
            let sentence = note.terms[first].sentence;
            // "couldnt sleep on that side" is the hip's whatever else was loud.
            let on_a_side = found.terms.iter().any(|at| note.terms[*at].is(class::SIDE));
            let other_cause =
                !on_a_side && note.terms.iter().any(|term| term.sentence == sentence && term.is(class::SLEEP_CAUSE));
            // Pillows go between the knees for the hip's sake.
            let other_part = note.terms[clause.clone()].iter().any(|term| term.is(class::OTHER))
                && !is_word(&note.terms[first], "pillow");
            if hip_here || complains_here {
                true
            } else if night {
                follows_complaint(note, complaints, &clause) && clause.len() <= 4
            } else {
                !other_cause && !other_part
            }
        }
        Flag::DailyActivities => {
            let well = note.terms[clause.clone()]
                .iter()
                .enumerate()
                .any(|(offset, term)| term.is(class::WELL) && note.moods[clause.start + offset].denied_by.is_none());
            let caused = first > clause.start
                && note.terms[first].is(class::SIT_WORD)
                && is_word(&note.terms[first - 1], "from");
            let lone = touches_complaint(note, complaints, &clause);
            let failing = clause.clone().any(|at| note.terms[at].is_any(&[class::CANT_NEG, class::BARELY]))
                || note.matches.iter().any(|other| {
                    other.kind == Kind::Flag
                        && matches!(other.meaning, "weakness" | "cannot-bear-weight")
                        && clause.contains(&other.ends().0)
                        && !note.denied(other)
                });
            let any_complaint = clause
                .clone()
                .any(|at| note.terms[at].is(class::COMPLAINT) && note.stands(at) && belongs(note, flag, at));
            // "had to call in sick, hip too sore", "bending for my socks, hip yelped", but not "new socks, hip tight".
            let reaches = ["bending", "bend", "reaching", "reach", "getting", "pulling", "putting"];
            let next = note.clauses.iter().find(|next| next.start >= clause.end).cloned().unwrap_or_default();
            let reaching = (clause.start..next.end.max(clause.end))
                .any(|at| reaches.iter().any(|word| is_word(&note.terms[at], word)));
            let holds_up = found.terms.iter().any(|at| {
                let term = &note.terms[*at];
                let stays_off = is_word(term, "sick") || is_word(term, "off");
                stays_off || reaching && term.is_any(&[class::DRESS_WORD, class::RISE_WORD])
            });
            let explained = holds_up
                && complaints.iter().any(|one| next.contains(&one.at))
                && !note.says(next.clone(), &[class::IN_RUN]);
            (hip_here || complains_here || any_complaint || lone || failing || explained)
                && (!well || complains_here)
                && !caused
        }
        Flag::Persistent => {
            let part = note.terms[clause.clone()].iter().any(|term| term.is(class::OTHER));
            (!part || hip_here) && days::persists(note, complaints, &clause, found)
        }
        Flag::SwellingRednessWarmth
            if note.terms[clause.clone()].iter().any(|term| term.is(class::HEAT_WORD))
                && !found
                    .terms
                    .iter()
                    .any(|at| note.terms[*at].is_any(&[class::SWELL_WORD, class::TOUCH, class::SKIN_WORD])) =>
        {
            false
        }
        _ => belongs(note, flag, first) || belongs(note, flag, last),
    }
}

fn follows_complaint(note: &Parsed, complaints: &[Complaint], clause: &Range<usize>) -> bool {
    let Some(before) = clause.start.checked_sub(1) else { return false };
    let previous = note.clause_of(before);
    complaints.iter().any(|one| previous.contains(&one.at))
}

fn touches_complaint(note: &Parsed, complaints: &[Complaint], clause: &Range<usize>) -> bool {
    let lone = !clause.clone().any(|at| note.terms[at].is_any(&[class::WELL, class::IN_RUN, class::OTHER]));
    let sentence = note.terms[clause.start].sentence;
    // "Right hip 5/10, on the stairs": a score complains too.
    let scored = note.clauses.iter().filter(|other| other.end <= clause.start).any(|other| {
        note.names_hip(other)
            && note.terms[other.clone()].iter().any(|term| {
                term.sentence == sentence
                    && term.is(class::SCORE)
                    && term.number.is_some_and(|number| number.value > 0.0)
            })
    });
    let earlier =
        scored || complaints.iter().any(|one| one.at < clause.start && note.terms[one.at].sentence == sentence);
    let denied_next = note.clauses.iter().any(|other| {
        other.start >= clause.end
            && note.terms[other.start].sentence == sentence
            && !note.names_hip(other)
            && note.says(other.clone(), &[class::WELL])
    });
    lone && clause.len() <= 4 && earlier && !denied_next
}

/// Whether a word belongs to the hip or its leg: its nearest part is no other one.
fn belongs(note: &Parsed, flag: Flag, at: usize) -> bool {
    let Some(owner) = owner(&note.terms, &note.groups, at) else { return true };
    let group = &note.groups[owner.group];
    if group.other_person {
        return false;
    }
    if !group.other() {
        return true;
    }
    let lower = note.terms[group.terms.clone()].iter().any(|term| term.is_any(&[class::LOWER, class::UPPER]));
    if matches!(flag, Flag::NumbnessTingling | Flag::Weakness) && lower {
        return true;
    }
    let same_sentence = note.terms[at].sentence == note.terms[group.terms.start].sentence;
    !owner.same_clause && !same_sentence
}
