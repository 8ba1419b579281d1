//! Whose log a note belongs to: one that a coach or parent keeps for an athlete, or the runner's own. It judges no
//! complaint.

use super::classes::class;
use super::term::Term;

/// The age in years below which somebody is taken for a child.
const OF_AGE: f64 = 20.0;

/// A label such as "Coach:" ends within this many words.
const LABEL: usize = 6;

/// Whose log it is that somebody writes in is said within this many words.
const OPENING: usize = 12;

/// Whether a coach or parent keeps the note for the athlete whose hip it tells of. It is labelled so ("Coach:",
/// "squad parent:") or begins with what a child says or how old it is, and nowhere speaks of its writer or of a run
/// of the writer's own. "Dad has hip bursitis" and "son's hip sore, 5k with the dog" are told by a runner. Writers
/// who introduce themselves first may then speak of themselves.
pub(super) fn is_kept_for_another(terms: &[Term]) -> bool {
    if introduces_its_writer(terms)
        || names_nobody(terms)
        || !tells_of_the_writer(terms)
            && (is_told_instead(terms)
                || is_signed(terms)
                || is_labelled_by_somebody(terms) && tells_of_anothers_part(terms))
    {
        return true;
    }
    let writer = [class::I_WORD, class::ME_WORD, class::WE_WORD];
    let says_who = |at: usize| terms.get(at + 1).is_some_and(|next| next.is(class::CHILD));
    // "Coach: she needed my shoulder"
    let lent = |term: &Term| term.is(class::MY) && is_labelled(terms);
    let of_the_writer = |(at, term): (usize, &Term)| {
        term.is_any(&writer) && !says_who(at) && !term.is_any(&[class::CHILD, class::BEFELL]) && !lent(term)
    };
    if terms.iter().enumerate().any(of_the_writer) {
        return false;
    }
    is_labelled(terms)
        || is_written_for(terms)
        || is_of_a_squad(terms)
        || begins_with_a_child(terms) && !tells_of_another_run(terms)
}

/// "Ann here, Tom's wife. He …", "Mum writing. Our Beth …", "Mum writing: he …": the first sentence, or a label in front of
/// it, says who writes, and the rest is about somebody else.
fn introduces_its_writer(terms: &[Term]) -> bool {
    let Some(sentence) = terms.first().map(|term| term.sentence) else { return false };
    let end = terms.partition_point(|term| term.sentence == sentence);
    let introduces = |term: &Term| term.is_any(&[class::WRITTEN_FOR, class::SELF_INTRO]);
    let colon = (1..end).find(|at| terms[*at].is(class::COLON) && introduces(&terms[at - 1]));
    let (opening, rest) = terms.split_at(colon.unwrap_or(end));
    let says = |asked: u16| opening.iter().any(|term| term.is(asked));
    let another =
        [class::PERSON, class::POSSESSIVE, class::THEM, class::CHILD, class::KINS, class::NAME, class::WRITTEN_FOR];
    let owner = |term: &&Term| term.is_any(&[class::DET, class::MY, class::WE_WORD]) && !term.is(class::CHILD);
    let subject = rest.iter().find(|term| !owner(term));
    // Behind a label the subject may be left out: "Tom's mum writing: fell on his hip".
    let of_another = match colon {
        Some(_) => rest.iter().any(|term| term.is_any(&another)) && !tells_of_the_writer(rest),
        None => subject.is_some_and(|subject| subject.is_any(&another)),
    };
    opening.len() <= LABEL && (says(class::SELF_INTRO) && says(class::SPOUSE) || says(class::WRITTEN_FOR)) && of_another
}

/// "He can't walk on it since Sunday": in a log where nobody else is named, whoever is meant is the one whose log it
/// is.
fn names_nobody(terms: &[Term]) -> bool {
    let somebody = |term: &Term| {
        let noun = term.is_any(&[class::PERSON, class::KINS, class::CHILD]) && !term.is(class::PRONOUN);
        let writer = term.is_any(&[class::I_WORD, class::ME_WORD, class::WE_WORD]);
        noun || writer || term.is_any(&[class::NAME, class::ANIMAL, class::UNKNOWN])
    };
    terms.first().is_some_and(|first| first.is(class::PRONOUN)) && !terms.iter().any(somebody)
}

/// "He won't put it in his log so I will: …": the first sentence says that the writer tells it instead of the runner.
fn is_told_instead(terms: &[Term]) -> bool {
    let Some(sentence) = terms.first().map(|term| term.sentence) else { return false };
    let here = |term: &&Term| term.sentence == sentence;
    terms.iter().filter(here).any(|term| term.is(class::TOLD_INSTEAD))
        && terms.iter().any(|term| term.is_any(&[class::PERSON, class::POSSESSIVE, class::THEM]))
}

/// "Her hip lets go in the middle of a step. (Paul)": a name or a relation alone at the end of what is told of
/// somebody else.
fn is_signed(terms: &[Term]) -> bool {
    let Some(clause) = terms.last().map(|term| term.clause) else { return false };
    let (told, signature) = terms.split_at(terms.partition_point(|term| term.clause != clause));
    let is_a_name = |term: &Term| term.capital && term.number.is_none() && term.is_everyday();
    let signs = |term: &Term| is_a_name(term) || term.is_any(&[class::NAME, class::SPOUSE, class::LOG_LABEL]);
    let of_another = |term: &Term| term.is_any(&[class::PRONOUN, class::POSSESSIVE]);
    signature.len() <= LONGEST_SIGNATURE
        && signature.iter().all(signs)
        && told.iter().any(of_another)
        && !told.iter().any(|term| term.is_any(&[class::I_WORD, class::WE_WORD]))
}

/// Whether the writer speaks of a body or a run of their own.
pub(super) fn tells_of_the_writer(terms: &[Term]) -> bool {
    let own = |at: usize| {
        let rest = terms[at + 1..].iter().take_while(|term| term.clause == terms[at].clause).take(OWN);
        let mut before_another = rest.take_while(|term| !term.is_any(&[class::PERSON, class::POSSESSIVE, class::THEM]));
        before_another.any(|term| term.is_part() || term.is_any(&[class::COMPLAINT, class::RUN_VERB]))
    };
    (0..terms.len()).any(|at| terms[at].is(class::I_WORD) && !terms[at].is(class::CHILD) && own(at))
}

/// What the writer says of themselves stands within this many words.
const OWN: usize = 4;

/// A part of the body stands within this many words behind its owner.
const OWNED: usize = 3;

/// The most words of a signature.
const LONGEST_SIGNATURE: usize = 2;

/// "Ada: 4x1k, hand on her left hip": a coach's line on one of several athletes, under a name.
fn is_of_a_squad(terms: &[Term]) -> bool {
    let [name, colon, rest @ ..] = terms else { return false };
    let is_a_name = name.capital && name.number.is_none() && name.is(class::UNKNOWN) || name.classes.is_empty();
    is_a_name && name.capital && colon.is(class::COLON) && rest.iter().any(|term| term.is(class::POSSESSIVE))
}

/// A label that names whoever writes ("Coach:") and not a group or an evening ("Club night:").
fn is_labelled_by_somebody(terms: &[Term]) -> bool {
    is_labelled(terms) && terms.first().is_some_and(|first| first.is(class::SPOUSE))
}

/// "Coach:", "coach note:", "junior squad parent:"
fn is_labelled(terms: &[Term]) -> bool {
    let colon = terms.iter().take(LABEL).position(|term| term.is(class::COLON));
    colon.is_some_and(|colon| terms[..colon].iter().any(|term| term.is(class::LOG_LABEL)))
}

/// "Coach: Ann's left hip tight, so I took her out": the coach may then speak of what they did themselves.
fn tells_of_anothers_part(terms: &[Term]) -> bool {
    let owner = |term: &Term| term.is_any(&[class::POSSESSIVE, class::S_ENDING]);
    (0..terms.len()).any(|at| owner(&terms[at]) && terms[at + 1..].iter().take(OWNED).any(Term::is_part))
}

/// "Husband writing this", "filling this in for Dave", "filling in Dave's log", where the rest is about somebody else.
fn is_written_for(terms: &[Term]) -> bool {
    let opens = terms.iter().take(LABEL).any(|term| term.is(class::WRITTEN_FOR));
    let mut pairs = terms.windows(2).take(OPENING);
    let of_a_name = pairs.any(|pair| pair[0].is(class::WRITTEN_OF) && pair[1].is(class::NAME));
    (opens || of_a_name) && terms.iter().any(|term| term.is_any(&[class::PERSON, class::POSSESSIVE]))
}

/// "Son (13) woke with", "our lass says"
fn begins_with_a_child(terms: &[Term]) -> bool {
    let owner = |term: &&Term| term.is_any(&[class::DET, class::MY, class::WE_WORD]) && !term.is(class::CHILD);
    let rest: Vec<&Term> = terms.iter().skip_while(owner).take(3).collect();
    let [child, next @ ..] = rest.as_slice() else { return false };
    let aged = || next.iter().any(|term| term.number.is_some_and(|number| number.value < OF_AGE));
    child.is(class::CHILD) && (aged() || next.first().is_some_and(|next| next.is(class::SAY_VERB)))
}

/// Whether a run is told of in a sentence that names no person.
pub(super) fn tells_of_another_run(terms: &[Term]) -> bool {
    let runs = |term: &Term| term.is_any(&[class::RUN_VERB, class::UNIT_NUM]);
    let of_a_person = |sentence: u32| {
        let mut here = terms.iter().filter(|term| term.sentence == sentence);
        here.any(|term| term.is_any(&[class::PERSON, class::POSSESSIVE, class::CHILD, class::HIP]))
    };
    terms.iter().any(|term| runs(term) && !of_a_person(term.sentence))
}
