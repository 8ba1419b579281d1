//! Whether a leg or foot fails in a note that complains of no hip: a foot that no longer lifts, or a leg both numb and
//! weak. The back may be what sends it, so the back may be named beside it.

use std::ops::Range;

use super::class_set::Class;
use super::classes::class;
use super::complaint::Parsed;
use super::one_leg::slid_away;
use super::parts::Group;
use super::signs::Signs;
use super::term::Term;
use crate::model::warning_sign::RedFlag;

/// Whether a foot of the writer hangs, or a leg is weak beside its numbness or a bad back and has not come round, in a
/// note about that leg and nothing else but the back.
pub(super) fn fails(note: &Parsed, signs: &Signs) -> bool {
    let names_it = !note.groups.is_empty() || foot_alone(note, signs);
    names_it
        && note
            .groups
            .iter()
            .filter(|group| !slid_away(note, group))
            .all(|group| may_be_named(note, group) && !several(note, group))
        && !is_trained(note, signs)
        && (foot_hangs(note, signs) || weak_by_a_nerve(note, signs))
}

/// Whether something of that is told of both legs, or beside another part: no rule says whose it is.
pub(super) fn leaves_it_open(note: &Parsed, signs: &Signs) -> bool {
    let theirs = note.groups.iter().any(|group| group.other_person);
    // "Legs numb and weak after the sea swim"
    let tired =
        note.groups.iter().any(|group| several(note, group)) && !note.terms.iter().any(|term| term.is(class::BACK));
    !theirs && !tired && !note.groups.is_empty() && !is_trained(note, signs) && weak_by_a_nerve(note, signs)
}

fn any(signs: &Signs, flag: RedFlag, counts: impl Fn(usize) -> bool) -> bool {
    signs.asserted.get(&flag).into_iter().flatten().flatten().any(|at| counts(*at))
}

/// "Can't lift my foot" names it in a phrase of its own.
fn foot_alone(note: &Parsed, signs: &Signs) -> bool {
    any(signs, RedFlag::Weakness, |at| tells_of_a_foot(&note.terms[at]))
}

/// Whether a term by itself says that a foot hangs or does not lift.
pub(super) fn tells_of_a_foot(term: &Term) -> bool {
    term.is(class::HANGING_FOOT) || term.is(class::FOOT_DROP) && term.is(class::LIFT_VERB)
}

/// "Foot drop drill, back fine", "leg weak on the leg press": training in the clause of the sign.
fn is_trained(note: &Parsed, signs: &Signs) -> bool {
    let of_the_sign = |at: usize| any(signs, RedFlag::Weakness, |own| own == at);
    let trains = |at: usize| note.terms[at].is_any(&[class::EXERCISE, class::DOMS]) && !of_the_sign(at);
    any(signs, RedFlag::Weakness, |own| note.clause_of(own).any(trains))
}

fn foot_hangs(note: &Parsed, signs: &Signs) -> bool {
    any(signs, RedFlag::Weakness, |at| note.terms[at].is_any(&[class::HANGING_FOOT, class::LIFT_VERB]))
}

fn weak_by_a_nerve(note: &Parsed, signs: &Signs) -> bool {
    let asserted = |flag: RedFlag| signs.asserted.contains_key(&flag);
    let slight = [class::TIGHT, class::STIFF];
    let bad_back = |clause: &Range<usize>| {
        let hurts = |at: usize| {
            let term = &note.terms[at];
            term.is(class::COMPLAINT) && !term.is_any(&slight) && note.stands(at)
        };
        clause.clone().any(|at| note.terms[at].is(class::BACK)) && clause.clone().any(hurts)
    };
    let of_the_leg =
        || any(signs, RedFlag::Weakness, |at| note.terms[at].is_any(&[class::LEG, class::FOOTY, class::THIGH]));
    asserted(RedFlag::Weakness)
        && (asserted(RedFlag::NumbnessTingling) || of_the_leg() && note.clauses.iter().any(bad_back))
        && !has_come_round(note, signs)
}

/// "Numb and weak from sitting on it, fine once I moved", but not "numbness gone, leg still weak", "leg gave way, back
/// fine" or "leg weak and numb, otherwise well".
fn has_come_round(note: &Parsed, signs: &Signs) -> bool {
    let Some(last) = signs.asserted.get(&RedFlag::Weakness).into_iter().flatten().flatten().max() else { return false };
    let of_another = |clause: &Range<usize>| {
        let names = |asked: Class| clause.clone().any(|at| note.terms[at].is(asked));
        !names(class::LEG) && clause.clone().any(|at| note.terms[at].is_part())
    };
    let over = |clause: &Range<usize>| {
        let begins = note.terms[clause.start].is(class::WELL) && note.stands(clause.start);
        begins || note.says(clause.clone(), &[class::GONE, class::EASED_OFF])
    };
    let mut later = note.clauses.iter().filter(|clause| clause.end > *last);
    later.any(|clause| !of_another(clause) && over(clause))
}

fn several(note: &Parsed, group: &Group) -> bool {
    note.terms[group.terms.clone()].iter().any(|term| term.is(class::SEVERAL))
}

/// Whether each part of the group is of one of the classes.
fn is_all(note: &Parsed, group: &Group, classes: &[Class]) -> bool {
    let mut parts = note.terms[group.terms.clone()].iter().filter(|term| term.is_part());
    parts.all(|term| term.is_any(classes))
}

/// Whether the part is the writer's hip or leg, the back, or a part of the leg that has no pain of its own: "numb from
/// the knee down", "up toward the shin", "the calf won't push".
fn may_be_named(note: &Parsed, group: &Group) -> bool {
    let says_how_far = || {
        let small = |at: &usize| note.terms[*at].is_any(&[class::DET, class::MY, class::LEFT, class::RIGHT]);
        let before = (0..group.terms.start).rev().find(|at| !small(at));
        before.is_some_and(|at| note.terms[at].is_any(&[class::FROM, class::DOWN_TO]))
    };
    let no_pain = || {
        let mut beside = note.clause_of(group.terms.start);
        let harmless = [class::NUMB, class::TINGLE, class::WEAK];
        !beside.any(|at| note.terms[at].is(class::COMPLAINT) && !note.terms[at].is_any(&harmless) && note.stands(at))
    };
    // A hip that hurts is judged by itself.
    let of_the_leg = group.hip || group.limb || is_all(note, group, &[class::LOWER]) && (says_how_far() || no_pain());
    !group.other_person && (of_the_leg || is_all(note, group, &[class::BACK]))
}
