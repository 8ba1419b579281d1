//! A hip that is named without a word that is known of it: whether that leaves the note open, counts as a complaint, or may be more.

use std::ops::Range;

use super::classes::class;
use super::complaint::{self, Parsed};
use super::parts::Group;
use super::rules::Match;
use super::score::Score;
use super::signs::Signs;
use crate::model::reading::Priority;

/// Whether the runner's own hip is named and nothing known is said of it: "hip did its thing again". Such a note may
/// hide a complaint in words that no table lists, so it must not pass for harmless.
pub(super) fn leaves_the_hip_open(note: &Parsed, scores: &[Score]) -> bool {
    left_open(note, scores).next().is_some()
}

/// Whether nothing around a hip that is left open says that it is well: who writes of a hip in a running log writes of it because
/// of something.
///
/// An urgent sign needs more than that: such a note stays open, and is listed.
pub(super) fn ails_somehow(note: &Parsed, scores: &[Score], signs: &Signs) -> bool {
    let well = [class::NEG, class::WELL, class::GONE, class::PAIN_FREE, class::EASED_OFF, class::CANT_NEG];
    let anothers = [class::PERSON, class::POSSESSIVE, class::KINS, class::NAME, class::THEM, class::PROFESSIONAL];
    let open = |group: &Group| {
        let clause = note.clause_of(group.terms.start);
        let sentence = note.terms[group.terms.start].sentence;
        let next = note.clause_of(clause.end);
        let near = |at: &usize| note.terms[*at].sentence == sentence || next.contains(at);
        !(0..note.terms.len()).filter(near).any(|at| note.terms[at].is_any(&well) || note.terms[at].is_any(&anothers))
    };
    let urgent = signs.asserted.iter().any(|(flag, all)| flag.row().priority <= Priority::P1 && !all.is_empty());
    note.english && !urgent && left_open(note, scores).any(open) && !complaint::denies_hip(note, scores)
}

/// Whether a note has words such as those of signs: what could not be done, a fall, a leg, heat, something numb or broken, help.
pub(super) fn speaks_of_danger(note: &Parsed) -> bool {
    let words = [
        class::CANT_NEG,
        class::BARELY,
        class::FALL_VERB,
        class::BEFELL,
        class::LIMP_WORD,
        class::DRAG_WORD,
        class::SUPPORT,
        class::NUMB,
        class::TINGLE,
        class::WEAK,
        class::POP,
        class::GIVES_WAY,
        class::FRACTURE,
        class::SWELL_WORD,
        class::HEAT_WORD,
        class::TEMP_WORD,
        class::HOT_NUM,
        class::LEG,
        class::FOOTY,
        class::THIGH,
        class::BACK,
        class::ARM,
        class::GOT_UP,
        class::UPRIGHT,
        class::LIFT_VERB,
        class::LAY_THERE,
        class::SEAT,
    ];
    let named = |found: &Match| found.meaning == "danger" || found.sign.is_some();
    note.terms.iter().any(|term| term.is_any(&words)) || note.matches.iter().any(named)
}

/// An idiom this near is said of the hip, or of what is called like it.
const BESIDE: usize = 2;

/// The parts of the hip of which nothing known is said.
fn left_open<'a>(note: &'a Parsed, scores: &'a [Score]) -> impl Iterator<Item = &'a Group> {
    note.groups.iter().filter(|group| group.hip && !group.other_person).filter(move |group| {
        let at = group.terms.start;
        let clause = note.clause_of(at);
        let answered = note
            .says(clause.clone(), &[class::WELL, class::GONE, class::PAIN_FREE, class::EASED_OFF, class::COMPLAINT])
            || clause.clone().any(|at| {
                let mood = note.moods[at];
                let told =
                    note.terms[at].is_any(&[class::HIP, class::COMPLAINT, class::WELL, class::FEEL, class::FELT]);
                mood.denied_by.is_some() && told || mood.past || mood.supposed || note.terms[at].is(class::FEAR)
            })
            || clause.clone().any(|other| note.terms[other].void && other.abs_diff(at) <= BESIDE)
            || names_an_exercise(note, at)
            || tells_of_a_visit(note, at)
            || scores.iter().any(|score| clause.contains(&score.at))
            || is_answered_next(note, &clause);
        !answered && note.stands(at)
    })
}

/// "Hips? Fine for once.", "Remember the hip? Gone."
fn is_answered_next(note: &Parsed, clause: &Range<usize>) -> bool {
    let Some(next) = note.terms.get(clause.end) else { return false };
    let alone = note.clause_of(clause.end).len() == 1;
    clause.len() <= 3 && !next.is(class::NEG) && (next.is(class::WELL) || alone && next.is(class::GONE))
}

/// "Physio looked at my hip, says gluteal tendon": the sentence is about a visit.
fn tells_of_a_visit(note: &Parsed, at: usize) -> bool {
    let sentence = note.terms[at].sentence;
    let visits = |found: &Match| found.meaning == "consultation" && note.terms[found.ends().0].sentence == sentence;
    note.matches.iter().any(visits)
}

/// "targets three areas: hip adductors, glute medius": the sentence is about training.
fn names_an_exercise(note: &Parsed, at: usize) -> bool {
    let sentence = note.terms[at].sentence;
    note.terms.iter().any(|term| term.sentence == sentence && term.is(class::EXERCISE))
}
