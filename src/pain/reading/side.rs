//! Which side of the hip a note is about, and which region of it.

use std::ops::Range;

use super::classes::class;
use super::complaint::{Complaint, Parsed};
use super::parts::{Group, owner};
use super::rules::Kind;
use super::score::Score;
use super::term::Term;
use crate::model::reading::{Region, Side};
use crate::model::warning_sign::RedFlag;

/// A side, with the terms it was read from.
pub(super) type Sided = (Side, Vec<usize>);

/// The only side that is named with a hip, in a note that denies its pain: "left hip fine" says nothing of the right
/// one.
pub(super) fn well_side(note: &Parsed) -> Option<Side> {
    let names = |class: u16| {
        (0..note.terms.len())
            .any(|at| note.terms[at].is(class) && !note.moods[at].past && note.names_hip(&note.clause_of(at)))
    };
    match (names(class::LEFT), names(class::RIGHT), names(class::BOTH)) {
        (true, false, false) => Some(Side::Left),
        (false, true, false) => Some(Side::Right),
        _ => None,
    }
}

/// The side: that of the hips that complain, else of any hip, else of a leg or foot.
pub(super) fn side(note: &Parsed, complaints: &[Complaint], scores: &[Score]) -> Sided {
    let complaining = |group: usize| {
        complaints.iter().any(|one| one.group == Some(group))
            || scores.iter().any(|one| one.group == Some(group) && one.value > 0.0)
    };
    let silent = |group: usize| {
        scores.iter().any(|one| one.group == Some(group) && one.value == 0.0) && !complaining(group)
            || note.groups[group].terms.clone().any(|at| {
                let clause = note.clause_of(at);
                note.says(clause.clone(), &[class::WELL]) && !complaining(group)
            })
    };
    let mut of_hip: Vec<(usize, usize, Side)> = Vec::new();
    let mut of_limb: Vec<(usize, Side)> = Vec::new();
    let mut alone: Vec<(usize, Side)> = Vec::new();
    let mut one_is_well = false;
    let sides = [class::LEFT, class::RIGHT, class::BOTH, class::DET, class::SIDE];
    let lone = |at: usize| note.clause_of(at).all(|index| note.terms[index].is_any(&sides));
    for (at, term) in note.terms.iter().enumerate() {
        let side = if term.is(class::BOTH) {
            Side::Both
        } else if term.is(class::LEFT) {
            Side::Left
        } else if term.is(class::RIGHT) {
            Side::Right
        } else {
            continue;
        };
        if note.moods[at].other_person
            || note.moods[at].past
            || is_only_compared(note, at)
            || is_of_another_part(note, at)
        {
            continue;
        }
        // "stairs & sofa both sore, R hip": "both" is about something else.
        let clause = note.clause_of(at);
        if side == Side::Both && of_two_parts(note, at) {
            continue;
        }
        let both_of_what = side == Side::Both && !clause.clone().any(|index| note.terms[index].is_part());
        let named_elsewhere = note.terms.iter().any(|term| term.is_any(&[class::LEFT, class::RIGHT]));
        if both_of_what && named_elsewhere {
            continue;
        }
        if side != Side::Both && is_well(note, at) {
            one_is_well = true;
            continue;
        }
        let Some(group) = sided_group(note, at) else {
            of_hip.push((at, usize::MAX, side));
            continue;
        };
        let zero_beside = note
            .terms
            .get(at + 1)
            .is_some_and(|next| next.clause == term.clause && next.number.is_some_and(|number| number.value == 0.0));
        if note.groups[group].hip && !note.groups[group].other_person {
            if !zero_beside || scores.iter().all(|score| score.value == 0.0) {
                of_hip.push((at, group, side));
            }
        } else if note.groups[group].limb || numb_there(note, &note.groups[group]) {
            of_limb.push((at, side));
        } else if lone(at) {
            // "pinch in the hip when I drive the knee, left": the side belongs to the note, not to the last part.
            alone.push((at, side));
        }
    }
    let plural: Vec<usize> = note
        .groups
        .iter()
        .enumerate()
        .filter(|(group, one)| {
            let own_side = of_hip.iter().any(|(at, owner, _)| owner == group && *at < one.terms.start);
            // "abductors sore, R" are several muscles of one side; "hips sore" are both hips.
            let muscles = note.terms[one.terms.start].is_any(&[class::OUTER, class::FRONT, class::BUTTOCK]);
            let side_behind = of_hip.iter().any(|(at, owner, side)| {
                *side != Side::Both
                    && (owner == group && lone(*at) || owner != group && note.terms[*at].clause == one.clause)
            });
            one.plural && complaining(*group) && !own_side && !one_is_well && !(muscles && side_behind)
        })
        .map(|(_, one)| one.terms.start)
        .collect();
    if !plural.is_empty() {
        return (Side::Both, plural);
    }
    let chosen: Vec<(usize, Side)> = [
        of_hip.iter().filter(|(_, group, _)| *group != usize::MAX && complaining(*group)).map(pair).collect::<Vec<_>>(),
        of_hip.iter().filter(|(_, group, _)| *group == usize::MAX || !silent(*group)).map(pair).collect(),
        of_limb,
        alone,
    ]
    .into_iter()
    .find(|sides| !sides.is_empty())
    .unwrap_or_default();
    (together(&chosen), chosen.into_iter().map(|(at, _)| at).collect())
}

/// The one side that several named sides add up to.
fn together(named: &[(usize, Side)]) -> Side {
    let has = |side| named.iter().any(|(_, one)| *one == side);
    match (has(Side::Left), has(Side::Right)) {
        _ if has(Side::Both) => Side::Both,
        (true, true) => Side::Both,
        (true, false) => Side::Left,
        (false, true) => Side::Right,
        (false, false) => Side::Unknown,
    }
}

/// "more bother than the left", "not the left one": a side that another one is compared with.
fn is_only_compared(note: &Parsed, at: usize) -> bool {
    let clause = note.clause_of(at);
    let another_side = (0..note.terms.len()).any(|other| {
        other != at && note.terms[other].is_any(&[class::LEFT, class::RIGHT]) && note.moods[other].denied_by.is_none()
    });
    let against = note.terms[clause.start..at]
        .iter()
        .rev()
        .take_while(|term| term.is_any(&[class::DET, class::THAN]))
        .any(|term| term.is(class::THAN));
    another_side && (against || note.moods[at].denied_by.is_some() && !note.terms[clause].iter().any(Term::is_part))
}

/// "right ankle and left hip": of two sides in one list, each belongs to the part after it.
fn is_of_another_part(note: &Parsed, at: usize) -> bool {
    let Some(group) = note.groups.iter().find(|group| group.terms.contains(&at) || group.terms.start == at + 1) else {
        return false;
    };
    let sides = |range: Range<usize>| range.into_iter().any(|at| note.terms[at].is_any(&[class::LEFT, class::RIGHT]));
    let next_part = (at + 1..group.terms.end).find(|index| note.terms[*index].is_part());
    let beside_a_hip = group.hip && !group.other_person;
    beside_a_hip
        && next_part.is_some_and(|part| {
            let hip = (part..group.terms.end).find(|index| note.terms[*index].is(class::HIP));
            !note.terms[part].is_any(&[class::HIP, class::LEG, class::THIGH, class::FOOTY])
                && hip.is_some_and(|hip| sides(part + 1..hip))
        })
}

/// "hip and knee both sore": the two parts, not both hips.
fn of_two_parts(note: &Parsed, at: usize) -> bool {
    let clause = note.clause_of(at);
    let count = |class: u16| clause.clone().filter(|index| note.terms[*index].is(class)).count();
    count(class::HIP) == 1
        && count(class::OTHER) == 1
        && !clause.clone().any(|index| note.terms[index].is_any(&[class::PLURAL, class::LEFT, class::RIGHT]))
        && clause.clone().filter(|index| note.terms[*index].is_part()).all(|part| part < at)
}

/// "left ok, right sore": the side that is well is not the painful one.
fn is_well(note: &Parsed, at: usize) -> bool {
    let clause = note.clause_of(at);
    let well =
        clause.contains(&(at + 1)) && note.terms[at + 1].is(class::WELL) && note.moods[at + 1].denied_by.is_none();
    well && !clause.clone().any(|index| note.terms[index].is_part())
}

/// Whether a lower leg or foot that is numb, or a thigh that is weak, is part of the hip's complaint.
fn numb_there(note: &Parsed, group: &Group) -> bool {
    let part = &note.terms[group.terms.start];
    note.matches.iter().any(|found| {
        let fails = found.sign == Some(RedFlag::NumbnessTingling) && part.is(class::LOWER)
            || found.sign == Some(RedFlag::Weakness) && part.is(class::UPPER);
        fails && found.terms.iter().any(|at| group.terms.contains(at))
    })
}

fn pair((at, _, side): &(usize, usize, Side)) -> (usize, Side) {
    (*at, *side)
}

/// The group a side belongs to: the part right after it, else the last one before it, else the owner of its clause.
fn sided_group(note: &Parsed, at: usize) -> Option<usize> {
    let clause = note.clause_of(at);
    let inside = |group: &usize| note.groups[*group].terms.contains(&at);
    if let Some(group) = (0..note.groups.len()).find(inside) {
        return Some(group);
    }
    let leads_up = |index: usize| {
        let term = &note.terms[index];
        term.is_any(&[class::COMPLAINT, class::DET, class::OUTER, class::WELL])
            || term.classes.is_empty()
            || !term.is_any(&[class::AND, class::LEFT, class::RIGHT, class::SCORE])
    };
    let next = note.groups.iter().position(|group| group.terms.start > at && group.terms.start < clause.end);
    let previous = note.groups.iter().rposition(|group| group.terms.end <= at && group.terms.start >= clause.start);
    if let Some(next) = next {
        let between = at + 1..note.groups[next].terms.start;
        let adjacent = previous.is_some_and(|previous| note.groups[previous].terms.end == at && !between.is_empty());
        if between.len() <= 2 && between.clone().all(leads_up) && !adjacent {
            return Some(next);
        }
    }
    previous.or_else(|| owner(&note.terms, &note.groups, at).map(|owner| owner.group))
}

/// The region: pain down the leg ranks before a named spot, and that before none.
pub(super) fn region(note: &Parsed, complaints: &[Complaint], scores: &[Score]) -> (Region, Vec<usize>) {
    let own = |at: usize| owner(&note.terms, &note.groups, at).is_none_or(|owner| !note.groups[owner.group].other());
    let mut spots: Vec<(bool, usize, Region, Vec<usize>)> = Vec::new();
    let complaining = |group: Option<usize>| {
        complaints.iter().any(|one| one.group == group)
            || scores.iter().any(|one| one.group == group && one.value > 0.0)
    };
    for found in note.matches.iter().filter(|found| found.kind == Kind::Region) {
        let (first, last) = found.ends();
        if note.denied(found) || !note.stands(first) {
            continue;
        }
        let Ok(region) = found.meaning.parse::<Region>() else { continue };
        if region == Region::Radiating {
            let clause = note.clause_of(first);
            let felt = complaints.iter().any(|one| clause.contains(&one.at))
                || found.terms.iter().any(|at| note.terms[*at].is_any(&[class::RADIATING, class::HIP]))
                || scores.iter().any(|one| clause.contains(&one.at))
                || note.names_hip(&clause) && note.says(clause.clone(), &[class::COMPLAINT])
                || own(first) && note.says(clause.clone(), &[class::COMPLAINT, class::HIP]);
            if felt || complaints.iter().any(|one| one.at + 3 >= clause.start && one.at < clause.start) {
                return (region, found.terms.clone());
            }
        } else {
            let names_hip = found.terms.iter().any(|at| note.terms[*at].is(class::HIP));
            let clause = note.clause_of(first);
            let part = !names_hip && clause.clone().any(|at| note.terms[at].is(class::OTHER));
            if !part {
                spots.push((true, last, region, found.terms.clone()));
            }
        }
    }
    for (number, group) in note.groups.iter().enumerate().filter(|(_, group)| group.hip && !group.other_person) {
        for at in group.terms.clone() {
            let term = &note.terms[at];
            let region = if term.is(class::RADIATING) && complaining(Some(number)) {
                return (Region::Radiating, vec![at]);
            } else if term.is(class::OUTER) {
                Region::Outer
            } else if term.is(class::FRONT) {
                Region::FrontGroin
            } else if term.is(class::BUTTOCK) {
                Region::Buttock
            } else {
                continue;
            };
            spots.push((complaining(Some(number)), at, region, vec![at]));
        }
    }
    let any_complaining = spots.iter().any(|(complaining, ..)| *complaining);
    let general_complains =
        note.groups.iter().enumerate().any(|(number, group)| group.hip && complaining(Some(number)));
    spots
        .into_iter()
        .filter(|(complaining, ..)| *complaining || !(any_complaining || general_complains))
        .min_by_key(|(_, at, ..)| *at)
        .map_or((Region::General, Vec::new()), |(_, _, region, terms)| (region, terms))
}
