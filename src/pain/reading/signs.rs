//! Which warning signs a note asserts and which it denies outright. Whether a sign is about the hip is decided in
//! `candidate`.

use std::collections::BTreeMap;

use super::candidate::Candidate;
use super::classes::class;
use super::complaint::{Complaint, Parsed};
use super::days;
use super::rules::{Kind, Match};
use super::taken_back::taken_back;
use crate::model::warning_sign::RedFlag;

/// Signs with the terms they were read from.
#[derive(Debug, Default)]
pub(super) struct Signs {
    pub(super) asserted: BTreeMap<RedFlag, Vec<Vec<usize>>>,
    pub(super) denied: BTreeMap<RedFlag, Vec<Vec<usize>>>,
}

/// Every sign, whether or not the hip hurts; the caller drops those that need hip pain.
pub(super) fn signs(note: &Parsed, complaints: &[Complaint]) -> Signs {
    let mut signs = Signs::default();
    for found in &note.matches {
        let Some(flag) = found.sign else { continue };
        match found.kind {
            Kind::Flag if note.denied(found) && !cannot_do(note, flag, found) => {
                signs.denied.entry(flag).or_default().push(found.terms.clone());
            }
            Kind::Flag if !taken_back(note, flag, found) && Candidate::of(note, complaints, flag, found).holds() => {
                signs.asserted.entry(flag).or_default().push(found.terms.clone());
            }
            Kind::Deny if !note.denied(found) && note.stands(found.ends().0) => {
                signs.denied.entry(flag).or_default().push(found.terms.clone());
            }
            _ => {}
        }
    }
    if let Some(terms) = days::since_a_day(note, complaints) {
        signs.asserted.entry(RedFlag::Persistent).or_default().push(terms);
    }
    let asserted = &signs.asserted;
    signs.denied.retain(|flag, _| !asserted.contains_key(flag));
    signs
}

/// "couldn't do the stairs" asserts what "no stairs" denies.
fn cannot_do(note: &Parsed, flag: RedFlag, found: &Match) -> bool {
    matches!(flag, RedFlag::DailyActivities | RedFlag::NightOrSleep)
        && found.terms.iter().filter_map(|at| note.moods[*at].denied_by).all(|by| note.terms[by].is(class::CANT_NEG))
}
