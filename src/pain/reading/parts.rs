//! Groups of body parts, and which group a word belongs to.

use std::ops::Range;

use super::classes::class;
use super::scope::Mood;
use super::term::Term;

/// Parts named together, such as "hips + back".
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts of the parts")]
pub(super) struct Group {
    /// The terms from the first part to the last.
    pub(super) terms: Range<usize>,
    /// Whether a part of the hip region is among them.
    pub(super) hip: bool,
    /// Whether a leg, thigh, foot or toe is among them.
    pub(super) limb: bool,
    /// Whether several hips are named.
    pub(super) plural: bool,
    /// Whether they are somebody else's.
    pub(super) other_person: bool,
    /// The clause it stands in.
    pub(super) clause: u32,
}

impl Group {
    /// Whether the parts are neither hip nor leg.
    pub(super) fn other(&self) -> bool {
        !self.hip && !self.limb
    }
}

/// All groups, in the order of the text.
pub(super) fn groups(terms: &[Term], moods: &[Mood]) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::new();
    for (at, term) in terms.iter().enumerate().filter(|(_, term)| term.is_part()) {
        let hip = term.is(class::HIP);
        let limb = term.is_any(&[class::LEG, class::THIGH, class::FOOTY]);
        let plural = hip && term.is(class::PLURAL);
        if let Some(last) = found.last_mut()
            && joined(terms, last, at)
        {
            last.terms.end = at + 1;
            last.hip |= hip;
            last.limb |= limb;
            last.plural |= plural;
            last.clause = term.clause;
            continue;
        }
        let other_person = moods[at].other_person;
        found.push(Group { terms: at..at + 1, hip, limb, plural, other_person, clause: term.clause });
    }
    lists(terms, found)
}

/// Joins groups that are listed with commas: "calf, shin, hip and big toe". A list has at least three parts, or a
/// complaint or colon right before it, so that "hip sore, knee fine" stays two groups.
fn lists(terms: &[Term], groups: Vec<Group>) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::with_capacity(groups.len());
    let mut rest = groups.into_iter().peekable();
    while let Some(group) = rest.next() {
        let mut listed = vec![group];
        while let Some(next) = rest.peek()
            && listed.last().is_some_and(|last| goes_on(terms, last, next))
            && let Some(next) = rest.next()
        {
            listed.push(next);
        }
        let parts: usize =
            listed.iter().map(|group| terms[group.terms.clone()].iter().filter(|term| term.is_part()).count()).sum();
        let announced = listed.first().is_some_and(|first| {
            first.terms.start.checked_sub(1).is_some_and(|before| {
                terms[before].clause == first.clause && terms[before].is_any(&[class::COMPLAINT, class::COLON])
            })
        });
        let one_list = listed.len() > 1
            && (parts >= 3 || announced)
            && listed.iter().all(|group| group.other_person == listed[0].other_person);
        if let (true, Some(first), Some(last)) = (one_list, listed.first(), listed.last()) {
            found.push(Group {
                terms: first.terms.start..last.terms.end,
                hip: listed.iter().any(|group| group.hip),
                limb: listed.iter().any(|group| group.limb),
                plural: listed.iter().any(|group| group.plural),
                other_person: first.other_person,
                clause: last.clause,
            });
        } else {
            found.extend(listed);
        }
    }
    found
}

/// Whether the next group follows this one with nothing but a comma, "and", articles and sides between them.
fn goes_on(terms: &[Term], group: &Group, next: &Group) -> bool {
    // "glutes, outside of the back"
    let where_at = [class::OF_WORD, class::OUTER, class::FRONT];
    let small = |term: &Term| {
        term.is_any(&[class::AND, class::DET, class::LEFT, class::RIGHT, class::BOTH])
            || term.is_any(&where_at) && !term.is_part()
    };
    let same_sentence = terms[group.terms.start].sentence == terms[next.terms.start].sentence;
    same_sentence && group.clause != next.clause && terms[group.terms.end..next.terms.start].iter().all(small)
}

/// Whether a part continues the group before it: only "and", sides and small words stand between, or words that say
/// that the pain reaches from one to the other. Commas are left to `lists`.
fn joined(terms: &[Term], group: &Group, at: usize) -> bool {
    let between = &terms[group.terms.end..at];
    let small = |term: &Term| {
        term.is_any(&[class::AND, class::DET]) || (term.is_any(&[class::LEFT, class::RIGHT, class::BOTH]))
    };
    let same_clause = group.clause == terms[at].clause;
    if between.is_empty() {
        return same_clause;
    }
    // "left glute to back of knee": one pain that reaches from one part to the other.
    let of_hip = group.hip || group.limb && terms[at].is(class::HIP);
    let reaches = of_hip && between.len() <= 5 && between.iter().any(|term| term.is(class::DOWN_TO));
    let on_the_way = |term: &Term| {
        small(term)
            || term.is_any(&[class::DOWN_TO, class::RADIATE, class::OTHER, class::COMPLAINT, class::RUN_VERB])
            || term.classes.is_empty()
    };
    // "glute pain down the back of the leg", but not "hip sore into work calf fine".
    let leads_down = between.iter().rev().find(|term| !small(term)).is_some_and(|term| term.is(class::DOWN_TO));
    let another_word = between.iter().any(|term| term.is_any(&[class::COMPLAINT, class::RUN_VERB]));
    let reaches = reaches && (leads_down || !another_word);
    // "the upper right leg by the groin"
    let beside = |term: &Term| term.is(class::BESIDE);
    if same_clause && group.limb && terms[at].is(class::HIP) && between.iter().any(beside) {
        return between.iter().all(|term| small(term) || beside(term));
    }
    let listed = between.iter().all(small) && between.iter().any(|term| term.is(class::AND));
    same_clause && (listed || reaches && between.iter().all(on_the_way))
}

/// The group that a word belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Owner {
    /// Its position among the groups.
    pub(super) group: usize,
    /// Whether it is named in the same clause as the word.
    pub(super) same_clause: bool,
}

/// The group that a word belongs to: the nearest in its clause, else the last one before it, else the next one.
pub(super) fn owner(terms: &[Term], groups: &[Group], at: usize) -> Option<Owner> {
    let clause = terms.get(at)?.clause;
    let in_clause = |group: &&Group| terms[group.terms.clone()].iter().any(|term| term.clause == clause);
    let near = groups
        .iter()
        .enumerate()
        .filter(|(_, group)| in_clause(group))
        .min_by_key(|(_, group)| (distance(terms, &group.terms, at), group.terms.start > at));
    if let Some((group, _)) = near {
        return Some(Owner { group, same_clause: true });
    }
    let after = groups.partition_point(|group| group.terms.start <= at);
    let group = after.checked_sub(1).or((after < groups.len()).then_some(after))?;
    Some(Owner { group, same_clause: false })
}

/// How far a word stands from a group. Words that lead up to a part do not count; another predicate between them
/// counts more.
fn distance(terms: &[Term], group: &Range<usize>, at: usize) -> usize {
    if group.contains(&at) {
        return 0;
    }
    let (between, before) = if at < group.start { (at + 1..group.start, true) } else { (group.end..at, false) };
    between
        .map(|index| {
            let term = &terms[index];
            if term.is_any(&[class::LEFT, class::RIGHT, class::BOTH, class::DET, class::SELF]) {
                0
            } else if term.is(class::AND) {
                if before { 4 } else { 3 }
            } else if term.is_any(&[class::COMPLAINT, class::WELL, class::SCORE]) {
                if before { 1 } else { 2 }
            } else {
                1
            }
        })
        .sum::<usize>()
}
