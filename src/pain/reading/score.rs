//! The numbers given to the hip. Words are no numbers, and neither are efforts, distances, dates or temperatures.

use super::lexicon::{Term, class, is_word};
use super::parts::{Group, owner};
use super::scope::Mood;
use super::words::NumberForm;

/// One score of the hip.
#[derive(Clone, Copy, Debug)]
pub(super) struct Score {
    /// The term.
    pub(super) at: usize,
    /// 0–10.
    pub(super) value: f64,
    /// The group it was given to, if any was named.
    pub(super) group: Option<usize>,
}

/// Every score given to the hip. `assume_hip` where nothing is named but the hip is meant, as in a hip column.
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
            let since = previous.is_some_and(|previous| is_word(previous, "since"));
            if counts || since {
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
        // Eleven out of ten is a manner of speaking for the top of the scale.
        found.push(Score { at, value: number.value.min(10.0), group });
    }
    found
}

/// A number without "/10" counts only in words that lead up to a score, and with no unit behind it.
fn is_bare_score(terms: &[Term], at: usize, previous: Option<&Term>, next: Option<&Term>) -> bool {
    let counted = next.is_some_and(|next| {
        next.is_any(&[class::UNIT, class::UNIT_DAY, class::UNIT_WEEK, class::UNIT_MONTH, class::UNIT_YEAR])
            || next.number.is_some()
    });
    if counted {
        return false;
    }
    let leads_on = next.is_some_and(|next| next.is(class::SCORE_LEAD) && !next.is_any(&[class::COMPLAINT]))
        && terms.get(at + 2).is_some_and(|after| after.is_any(&[class::SCORE, class::NUM]));
    let Some(previous) = previous else { return false };
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

#[expect(clippy::option_option, reason = "not the hip's, the assumed hip's, or a named hip's")]
/// `None` where the score is another part's or no part's; `Some(None)` where the hip is only assumed.
fn scored_group(terms: &[Term], groups: &[Group], at: usize, assume_hip: bool) -> Option<Option<usize>> {
    let clause = terms[at].clause;
    let start = terms[..at].iter().rposition(|term| term.clause != clause).map_or(0, |before| before + 1);
    let end = terms[at..].iter().position(|term| term.clause != clause).map_or(terms.len(), |after| at + after);
    let named = |index: &usize| {
        let term = &terms[*index];
        (term.is_part() || term.is(class::OWNER)) && !term.void
    };
    let before = (start..at).rev().find(named);
    // "3/10 knee and 2/10 hip": the score comes first, its part after it.
    let first_named = (start..end).find(named);
    let first_score = (start..end).find(|index| terms[*index].is(class::SCORE));
    let score_first = first_score.is_some_and(|score| first_named.is_some_and(|part| score < part));
    let after = (at + 1..end).find(named).filter(|part| !(at + 1..*part).any(|index| terms[index].is(class::SCORE)));
    let chosen = if score_first { after.or(before) } else { before.or(after) };
    if let Some(index) = chosen {
        if terms[index].is(class::OWNER) && !terms[index].is_part() {
            // "hip 3/10 tempo session": a preceding part is nearer in sense than a following noun.
            return None;
        }
        let group = groups.iter().position(|group| group.terms.contains(&index))?;
        return (groups[group].hip && !groups[group].other_person).then_some(Some(group));
    }
    // "ego 0/10": an unknown thing and a score alone.
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
