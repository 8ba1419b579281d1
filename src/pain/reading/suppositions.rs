//! What a note only supposes, was told or was advised, or tells about somebody by name alone, and how far such words
//! reach. It knows no part of the body.

use super::classes::class;
use super::keeper;
use super::rules::Match;
use super::scope::Mood;
use super::term::Term;

/// Marks the terms that are only supposed, those that a rule calls long past, and what befell somebody whose name is not
/// one of the athlete's own. `found` are the matches of such rules.
pub(super) fn set(terms: &[Term], found: &[Match], moods: &mut [Mood], is_own: impl Fn(&Term) -> bool) {
    for found in found {
        let (first, last) = found.ends();
        // "an old hip injury, sore today": only the injury is long past.
        if found.meaning == "past" {
            found.terms.iter().for_each(|at| moods[*at].past = true);
            continue;
        }
        if found.meaning == "another" {
            let own = found.terms.iter().any(|at| terms[*at].is(class::NAME) && is_own(&terms[*at]));
            if !own && !keeper::is_kept_for_another(terms) {
                lend(terms, moods, first);
            }
            continue;
        }
        // "... you go to A&E, says the poster": all that the sentence told before.
        if found.meaning == "quoted" {
            let sentence = terms[first].sentence;
            let opening = terms[..first].iter().rposition(|term| term.sentence != sentence).map_or(0, |at| at + 1);
            moods[opening..=last].iter_mut().for_each(|mood| mood.supposed = true);
            continue;
        }
        let reach = match found.meaning {
            "onward" => Some(Reach::Modal),
            "asked" => Some(Reach::Asked),
            "told" => Some(Reach::Told),
            "advised" => Some(Reach::Advised),
            _ => None,
        };
        let end = reach.map_or(last + 1, |reach| end_of_supposition(terms, last, reach));
        for mood in &mut moods[first..end] {
            mood.supposed = true;
        }
    }
}

/// Marks the rest of the sentence as somebody else's, up to the first word about the writer. If the whole note has no such
/// word, the name may still be the runner's own.
fn lend(terms: &[Term], moods: &mut [Mood], first: usize) {
    let writer = |term: &Term| term.is_any(&[class::I_WORD, class::ME_WORD, class::WE_WORD]);
    let told_by_somebody = terms.iter().any(writer);
    let sentence = terms[first].sentence;
    let ours = |term: &&Term| term.is_any(&[class::DET, class::MY]);
    let begin = first + terms[first..].iter().take(3).take_while(ours).count();
    for at in begin..terms.len() {
        if terms[at].sentence != sentence || writer(&terms[at]) {
            break;
        }
        (moods[at].other_person, moods[at].named) = (true, !told_by_somebody);
    }
}

/// What kind of words a supposition depends on, which decides how far it reaches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// "thought it would", "worried it might".
    Modal,
    /// "asked if", "wondered whether".
    Asked,
    /// "read about", "a film about".
    Told,
    /// "physio said to ring if": reaches to the end of the sentence, over lists as well.
    Advised,
}

/// Where a supposition ends: at the end of the clause, at a new reason or time, or where the writer tells what
/// happened. Only for what was read or seen does "and" continue it.
fn end_of_supposition(terms: &[Term], last: usize, reach: Reach) -> usize {
    let (clause, start) = (terms[last].clause, last + 1);
    if reach == Reach::Advised {
        let over = |term: &Term| {
            term.sentence != terms[last].sentence
                || term.is_any(&[class::HAPPENED, class::REAL_NOW, class::BUT, class::SO_WORD])
        };
        return terms.iter().skip(start).position(over).map_or(terms.len(), |length| start + length);
    }
    let happened = |term: &Term| term.is(class::HAPPENED);
    let ends = |at: usize, term: &Term| {
        // "asked if I limp", "wondered if it popped" still ask.
        let far = at > start + 2 || reach == Reach::Modal;
        let and = term.is(class::AND)
            && !term.is(class::OR_WORD)
            && (reach != Reach::Told || terms[at + 1..].iter().take(4).any(happened));
        let told = at > start && term.is_any(&[class::I_WORD, class::CANT_NEG]);
        // "thought it would be fine limped home", "would be ok left hip sore": the facts begin at "limped" and
        // "left".
        let sided = term.is_any(&[class::LEFT, class::RIGHT]) && terms.get(at + 1).is_some_and(Term::is_part);
        term.clause != clause
            || and
            || told
            || term.is(class::SCOPE_END)
            || far && (happened(term) || at > start && sided)
    };
    terms.iter().enumerate().skip(start).find(|(at, term)| ends(*at, term)).map_or(terms.len(), |(at, _)| at)
}
