//! Whether a leg or foot fails in a note that complains of no hip: a foot that no longer lifts, or a leg both numb and
//! weak. The back may be what sends it, so the back may be named beside it.

use std::ops::Range;

use super::class_set::Class;
use super::classes::class;
use super::complaint::Parsed;
use super::parts::Group;
use super::signs::Signs;
use crate::model::warning_sign::RedFlag;

/// Whether a foot of the writer hangs, or a leg is weak beside its numbness or a bad back and has not come round, in a
/// note about that leg and nothing else but the back.
pub(super) fn fails(note: &Parsed, signs: &Signs) -> bool {
    let names_it = !note.groups.is_empty() || foot_alone(note, signs);
    names_it
        && note.groups.iter().all(|group| may_be_named(note, group))
        && !is_trained(note, signs)
        && (foot_hangs(note, signs) || weak_by_a_nerve(note, signs))
}

fn any(signs: &Signs, flag: RedFlag, counts: impl Fn(usize) -> bool) -> bool {
    signs.asserted.get(&flag).into_iter().flatten().flatten().any(|at| counts(*at))
}

/// "Can't lift my foot" names it in a phrase of its own.
fn foot_alone(note: &Parsed, signs: &Signs) -> bool {
    any(signs, RedFlag::Weakness, |at| {
        let term = &note.terms[at];
        term.is(class::HANGING_FOOT) || term.is(class::FOOT_DROP) && term.is(class::LIFT_VERB)
    })
}

/// "Foot drop drill, back fine"
fn is_trained(note: &Parsed, signs: &Signs) -> bool {
    let of_the_sign = |at: usize| any(signs, RedFlag::Weakness, |own| own == at);
    (0..note.terms.len()).any(|at| note.terms[at].is(class::EXERCISE) && !of_the_sign(at))
}

fn foot_hangs(note: &Parsed, signs: &Signs) -> bool {
    any(signs, RedFlag::Weakness, |at| note.terms[at].is_any(&[class::HANGING_FOOT, class::LIFT_VERB]))
}

fn weak_by_a_nerve(note: &Parsed, signs: &Signs) -> bool {
    let over = [class::WELL, class::GONE, class::EASED_OFF];
    let names = |clause: &Range<usize>, asked: Class| clause.clone().any(|at| note.terms[at].is(asked));
    // "Leg gave way, back fine": what is well is the back.
    let of_the_back = |clause: &Range<usize>| names(clause, class::BACK) && !names(clause, class::LEG);
    signs.asserted.contains_key(&RedFlag::Weakness)
        && (signs.asserted.contains_key(&RedFlag::NumbnessTingling)
            || note.terms.iter().any(|term| term.is(class::BACK)))
        && !note.clauses.iter().any(|clause| !of_the_back(clause) && note.says(clause.clone(), &over))
}

/// Whether each part of the group is of one of the classes.
fn is_all(note: &Parsed, group: &Group, classes: &[Class]) -> bool {
    let mut parts = note.terms[group.terms.clone()].iter().filter(|term| term.is_part());
    parts.all(|term| term.is_any(classes))
}

/// Whether the part is the writer's leg, the back, or a part of the leg that only says how far: "numb from the knee
/// down", "up toward the shin".
fn may_be_named(note: &Parsed, group: &Group) -> bool {
    let says_how_far = || {
        let small = |at: &usize| note.terms[*at].is_any(&[class::DET, class::MY, class::LEFT, class::RIGHT]);
        let before = (0..group.terms.start).rev().find(|at| !small(at));
        before.is_some_and(|at| note.terms[at].is_any(&[class::FROM, class::DOWN_TO, class::ON_WORD]))
    };
    let one_leg = || group.limb && !note.terms[group.terms.clone()].iter().any(|term| term.is(class::SEVERAL));
    !group.hip
        && !group.other_person
        && (one_leg() || is_all(note, group, &[class::BACK]) || is_all(note, group, &[class::LOWER]) && says_how_far())
}
