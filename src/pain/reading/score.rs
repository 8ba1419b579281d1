//! The numbers that score the hip's pain. Efforts, distances, dates and temperatures are no scores, and mere words
//! are none.

use super::classes::class;
use super::parts::{Group, owner};
use super::scope::Mood;
use super::term::Term;
use super::words::{Number, NumberForm};

/// A score of the hip.
#[derive(Clone, Copy, Debug)]
pub(super) struct Score {
    /// The position of its term.
    pub(super) at: usize,
    /// Its value, 0 to 10.
    pub(super) value: f64,
    /// The group of parts that it scores, if one is named.
    pub(super) group: Option<usize>,
}

const SPELT: [(u16, f64); 9] = [
    (class::TWO, 2.0),
    (class::THREE, 3.0),
    (class::FOUR, 4.0),
    (class::FIVE, 5.0),
    (class::SIX, 6.0),
    (class::SEVEN, 7.0),
    (class::EIGHT, 8.0),
    (class::NINE, 9.0),
    (class::TEN, 10.0),
];

/// Marks number words as scores where pain was named before them: "the pain was an eight", "peaked at seven".
pub(super) fn mark_spelt(terms: &mut [Term]) {
    for at in 2..terms.len() {
        let Some(value) = SPELT.into_iter().find_map(|(class, value)| terms[at].is(class).then_some(value)) else {
            continue;
        };
        let clause = terms[at].clause;
        let (lead, earlier) = (&terms[at - 1], &terms[at - 2]);
        if lead.clause != clause || earlier.clause != clause {
            continue;
        }
        let announced = lead.is(class::ARTICLE)
            || lead.is(class::AT_WORD) && earlier.is_any(&[class::SCORE_LEAD, class::WELL])
            || lead.is(class::SCORE_LEAD) && !lead.is(class::NO_SCORE);
        let ends = terms.get(at + 1).is_none_or(|next| {
            next.clause != clause
                || next.is_any(&[
                    class::CURRENT,
                    class::AND,
                    class::SCOPE_END,
                    class::IN_RUN,
                    class::LEFT,
                    class::RIGHT,
                ])
        });
        let of_pain = terms[..at]
            .iter()
            .rev()
            .take_while(|term| term.clause == clause)
            .any(|term| term.is_any(&[class::HIP, class::COMPLAINT]));
        if announced && ends && of_pain {
            terms[at].number = Some(Number { value, form: NumberForm::OutOfTen, range: false });
            terms[at].set_form(0, class::SCORE);
        }
    }
}

/// Every score of the hip. `assume_hip` is true if the hip is meant without being named, as in a hip column.
pub(super) fn scores(terms: &[Term], moods: &[Mood], groups: &[Group], assume_hip: bool) -> Vec<Score> {
    let mut found = Vec::new();
    for (at, term) in terms.iter().enumerate() {
        let Some(number) = term.number.filter(|number| number.value >= 0.0) else { continue };
        let out_of_ten = number.form == NumberForm::OutOfTen;
        if term.void || moods[at].past || moods[at].other_person {
            continue;
        }
        let previous = at.checked_sub(1).map(|index| &terms[index]).filter(|other| other.clause == term.clause);
        let next = terms.get(at + 1).filter(|other| other.clause == term.clause);
        if out_of_ten {
            let unit_of_the_next = terms.get(at + 2).is_some_and(|after| after.number.is_some());
            let counts = next.is_some_and(|next| next.is(class::UNIT) && next.number.is_none()) && !unit_of_the_next;
            // "on 12/10 I ran", "since 3/10": a date.
            let opens = !terms[..at]
                .iter()
                .rev()
                .take_while(|before| before.clause == term.clause)
                .any(|before| before.is_any(&[class::HIP, class::COMPLAINT, class::SCORE_LEAD]));
            let dated =
                previous.is_some_and(|previous| previous.is(class::SINCE) || opens && previous.is(class::ON_WORD));
            if counts || dated {
                continue;
            }
        } else if number.form != NumberForm::Plain
            || number.range
            || number.value > 10.0
            || !is_bare_score(terms, at, previous, next)
        {
            continue;
        }
        let Some(group) = scored_group(terms, groups, at, assume_hip) else { continue };
        if out_of_ten && of_the_run(terms, groups, at) {
            continue;
        }
        if out_of_ten && is_earlier(terms, at) {
            continue;
        }
        // "Eleven out of ten" means the top of the scale.
        found.push(Score { at, value: number.value.min(10.0), group });
    }
    found
}

/// "2/10 after physio, was 6/10 last week": a score of an earlier day beside one of today.
fn is_earlier(terms: &[Term], at: usize) -> bool {
    let dated = |clause: u32| {
        let in_clause = || terms.iter().filter(move |term| term.clause == clause);
        in_clause().any(|term| term.is_any(&[class::YESTERDAY, class::PAST]))
            && !in_clause().any(|term| term.is(class::CURRENT))
    };
    dated(terms[at].clause)
        && terms.iter().any(|other| other.is(class::SCORE) && other.clause != terms[at].clause && !dated(other.clause))
}

/// "5/10 ran 8k, right hip 3/10": a score of nothing named, before the hip gets its own.
fn of_the_run(terms: &[Term], groups: &[Group], at: usize) -> bool {
    let clause = terms[at].clause;
    let marks =
        [class::COMPLAINT, class::IN_RUN, class::SCORE_LEAD, class::LEFT, class::RIGHT, class::BOTH, class::WELL];
    let bare = terms
        .iter()
        .enumerate()
        .filter(|(index, term)| term.clause == clause && *index != at)
        .all(|(_, term)| !term.is_part() && !term.is_any(&marks));
    let words = terms.iter().filter(|term| term.clause == clause).count();
    let scored_later = groups
        .iter()
        .filter(|group| group.hip && group.terms.start > at)
        .any(|group| terms.iter().any(|term| term.clause == group.clause && term.is(class::SCORE)));
    let hip_before = groups.iter().any(|group| group.hip && group.terms.start < at);
    bare && words > 1 && scored_later && !hip_before
}

/// Whether a number without "/10" is a score: words lead up to it and no unit follows.
fn is_bare_score(terms: &[Term], at: usize, previous: Option<&Term>, next: Option<&Term>) -> bool {
    let counted = next.is_some_and(|next| {
        next.is_any(&[class::UNIT, class::UNIT_DAY, class::UNIT_WEEK, class::UNIT_MONTH, class::UNIT_YEAR])
            || next.number.is_some()
    });
    // "rep 7 of 8": a count.
    let of = |term: Option<&Term>| term.is_some_and(|term| term.is(class::OF_WORD));
    let numbered = |at: Option<usize>| at.and_then(|at| terms.get(at)).is_some_and(|term| term.number.is_some());
    // "along the A7": a road.
    let road = previous.is_some_and(|term| term.is(class::ARTICLE) && term.span.end == terms[at].span.start);
    if road || counted || of(next) && numbered(Some(at + 2)) || of(previous) && numbered(at.checked_sub(2)) {
        return false;
    }
    let leads_on = next.is_some_and(|next| next.is(class::SCORE_LEAD) && !next.is_any(&[class::COMPLAINT]))
        && terms.get(at + 2).is_some_and(|after| after.is_any(&[class::SCORE, class::NUM]));
    let Some(previous) = previous else { return next.is_none() && stands_alone(terms, at) };
    if previous.is(class::COLON) && is_label_of_no_score(terms, at) {
        return false;
    }
    if previous.is(class::HIP)
        || previous.is_any(&[class::LEFT, class::RIGHT])
            && next.is_none_or(|next| next.is_any(&[class::AND, class::RIGHT, class::LEFT]))
    {
        return true;
    }
    if previous.is(class::COMPLAINT) && next.is_none_or(|next| !next.is_any(&[class::DURATION])) {
        return true;
    }
    if leads_on {
        return true;
    }
    previous.is(class::SCORE_LEAD) && (!previous.is(class::NO_SCORE) || previous.is(class::COMPLAINT))
}

/// How far before its colon a label stands.
const LABEL: usize = 3;

/// "week: 8", "steam: 10": the name in front of the colon is no part of the body, no complaint and no time of day.
fn is_label_of_no_score(terms: &[Term], at: usize) -> bool {
    let clause = terms[at].clause;
    let mut before = terms[..at].iter().rev().skip(1).take_while(|term| term.clause == clause);
    // "Feel (1-10): 7"
    let behind_brackets = || {
        let of_the_sentence = terms[..at - 1].iter().rev().take_while(|term| term.sentence == terms[at].sentence);
        of_the_sentence.take(LABEL).find(|term| term.number.is_none())
    };
    let Some(label) = before.next().or_else(behind_brackets) else { return false };
    let units = [class::UNIT, class::UNIT_DAY, class::UNIT_WEEK, class::UNIT_MONTH, class::UNIT_YEAR];
    let things = [class::NO_SCORE, class::UNKNOWN, class::OWNER, class::THING, class::EXERCISE, class::RUN_VERB];
    let told = [class::HIP, class::COMPLAINT];
    let sentence = terms[at].sentence;
    let of_a_hip = terms[..at].iter().any(|term| term.sentence == sentence && term.is_any(&told));
    let is_unknown = label.number.is_none() && label.is_everyday() && !of_a_hip;
    let is_thing = label.is_any(&units) || is_unknown || label.is_any(&things) && !label.is_any(&told);
    is_thing && !before.any(|term| term.is_any(&told))
}

/// "hip sore, 5": the only number that is a clause of its own, right after the hip, its side or its complaint.
fn stands_alone(terms: &[Term], at: usize) -> bool {
    let alone = |at: usize| {
        terms[at].number.is_some_and(|number| number.form == NumberForm::Plain)
            && at.checked_sub(1).is_none_or(|before| terms[before].clause != terms[at].clause)
            && terms.get(at + 1).is_none_or(|after| after.clause != terms[at].clause)
    };
    let Some(before) = at.checked_sub(1) else { return false };
    let named = terms[..at].iter().rev().take_while(|term| term.clause == terms[before].clause);
    // "clicks but it doesnt hurt. 8": miles.
    let denied = named.clone().any(|term| term.is(class::NEG)) && !named.clone().any(|term| term.is(class::HIP));
    let leads = !denied
        && named.clone().any(|term| {
            term.is_any(&[class::HIP, class::COMPLAINT, class::LEFT, class::RIGHT, class::BOTH])
                && !term.is(class::WELL)
        });
    let counted = named.clone().any(|term| term.number.is_some());
    let whole = terms[at].number.is_some_and(|number| number.value.fract() == 0.0);
    whole
        && leads
        && !counted
        && !terms.iter().any(|term| term.is(class::SCORE))
        && (0..terms.len()).filter(|index| alone(*index)).count() == 1
}

#[expect(clippy::option_option, reason = "not the hip's, the assumed hip's, or a named hip's")]
/// The group that a score is given to. `None` if it scores another part or thing; `Some(None)` where the hip is
/// only assumed.
fn scored_group(terms: &[Term], groups: &[Group], at: usize, assume_hip: bool) -> Option<Option<usize>> {
    let clause = terms[at].clause;
    let start = terms[..at].iter().rposition(|term| term.clause != clause).map_or(0, |before| before + 1);
    let end = terms[at..].iter().position(|term| term.clause != clause).map_or(terms.len(), |after| at + after);
    let named = |index: &usize| {
        let term = &terms[*index];
        (term.is_part() || term.is(class::OWNER)) && !term.void
    };
    // "effort 7 pain 2": the effort already has a number.
    let spent =
        |index: &usize| !terms[*index].is_part() && (index + 1..at).any(|between| terms[between].number.is_some());
    let before = (start..at).rev().find(named).filter(|index| !spent(index));
    // "3/10 knee and 2/10 hip": each score stands before its part.
    let first_named = (start..end).find(named);
    let first_score = (start..end).find(|index| terms[*index].is(class::SCORE));
    let score_first = first_score.is_some_and(|score| first_named.is_some_and(|part| score < part));
    let after = (at + 1..end).find(named).filter(|part| !(at + 1..*part).any(|index| terms[index].is(class::SCORE)));
    let chosen = if score_first { after.or(before) } else { before.or(after) };
    if let Some(index) = chosen {
        if terms[index].is(class::OWNER) && !terms[index].is_part() {
            // "3/10 tempo session": a score of the session.
            return None;
        }
        let group = groups.iter().position(|group| group.terms.contains(&index))?;
        return (groups[group].hip && !groups[group].other_person).then_some(Some(group));
    }
    // "ego 0/10": nothing but an unknown thing and a score.
    let unknown_thing = at > start
        && terms[at - 1].classes.is_empty()
        && terms[at - 1].number.is_none()
        && !terms[start..end]
            .iter()
            .any(|term| term.is_any(&[class::COMPLAINT, class::LEFT, class::RIGHT, class::CURRENT, class::SCORE_LEAD]))
        && end - start <= 3;
    if unknown_thing {
        return None;
    }
    match owner(terms, groups, at) {
        Some(owner) => {
            let group = &groups[owner.group];
            let limb_near_hip = group.limb && groups.iter().any(|group| group.hip);
            ((group.hip || limb_near_hip) && !group.other_person).then_some(Some(owner.group))
        }
        None => assume_hip.then_some(None),
    }
}
