//! Which falls and blows that a rule found are none of the hip: caught in time, only likened, without harm, or no blow at
//! all. They ask for classes of words, never for words.

use super::candidate::Candidate;
use super::classes::class;
use super::rules::{Kind, Match};
use super::term::Term;
use crate::model::warning_sign::RedFlag;

/// "Not a scratch on me", "not a scrape or a bruise": so many words may follow.
const FEW: usize = 2;

/// A likeness and what it is likened to stand within this many words.
const LIKENESS: usize = 4;

impl Candidate<'_> {
    /// "Glute feels like it's been kicked by a horse": how it feels, where "felt like somebody kicked me" and "feels like it
    /// popped" tell what happened.
    pub(super) fn is_a_likeness(&self) -> bool {
        let terms = &self.note.terms;
        let likened = |at: usize| at > self.clause.start && terms[at - 1].is(class::FEELS) && terms[at].is(class::LIKE);
        let begins = self.clause.start.max(self.first.saturating_sub(LIKENESS));
        (begins..=self.first).find(|at| likened(*at)).is_some_and(|at| {
            let said = &terms[at + 1..=self.last.max(at)];
            said.iter().any(|term| term.is(class::BE)) && !self.is_said_with(&[class::POP, class::FALL_VERB])
        })
    }

    /// "pain right on the sit bone": where it is, and no blow.
    pub(super) fn is_where_it_hurts(&self) -> bool {
        let spot =
            |other: &Match| other.meaning == "spot" && self.found.terms.iter().all(|at| other.terms.contains(at));
        self.note.matches.iter().any(spot)
    }

    /// "slipped but stayed upright": nothing was hit, unless the note says that the hip was.
    pub(super) fn was_caught_in_time(&self) -> bool {
        let hit_the_hip = || {
            self.note.matches.iter().any(|other| {
                other.sign == Some(RedFlag::Trauma) && other.terms.iter().any(|at| self.note.terms[*at].is(class::HIP))
            })
        };
        !self.names_the_hip() && self.sentence_names(class::UPRIGHT) && !hit_the_hip()
    }

    /// "fell on my hands" is no blow to the hip; "fell" is one where the note names nothing else that was hit.
    pub(super) fn struck_the_hip(&self) -> bool {
        let only_fell = self.found.terms.len() == 1;
        self.is_of_the_clause() || self.belongs(self.first) && !only_fell
    }

    /// "not a scratch", "hit my hip but it was gone after a minute": the note says so after the fall. "Slid down the hill on
    /// my bum" needs no such words. In both nothing more may be told of the hip, of a leg or of what fails.
    pub(super) fn left_no_harm(&self) -> bool {
        let note = self.note;
        let sure = |other: &Match| {
            let mood = note.moods[other.ends().1];
            !mood.supposed && !mood.other_person
        };
        let overlaps = |other: &Match| other.terms.iter().any(|at| self.found.terms.contains(at));
        let mut told = note.matches.iter().filter(|other| sure(other)).filter_map(|other| match other.meaning {
            "unhurt" if other.ends().0 > self.last => Some(other.ends()),
            "slide" if overlaps(other) => Some(other.ends()),
            _ => None,
        });
        told.any(|(first, last)| !self.more_is_told_beside(first, last) && self.ends_there(last))
    }

    /// Whether nothing takes back what a sentence ended with: "more embarrassed than hurt, until this morning".
    fn ends_there(&self, last: usize) -> bool {
        let terms = &self.note.terms;
        let goes_on = [class::BUT, class::UNTIL, class::SINCE];
        let mut behind = last + 1..terms.len();
        !behind.any(|at| {
            let here = terms[at].sentence == terms[last].sentence;
            let more = terms[at].clause != terms[last].clause || at > last + FEW || terms[at].is(class::I_WORD);
            terms[at].is_any(&goes_on) || here && more
        })
    }

    /// Whether the note asserts another sign, gives a score, or complains behind a word of being unhurt.
    fn more_is_told_beside(&self, first: usize, last: usize) -> bool {
        let note = self.note;
        let failing = [class::CANT_NEG, class::BARELY, class::SWELL_WORD, class::NUMB, class::TINGLE, class::SUPPORT];
        let of_another_part = |at: usize| {
            let clause = note.clause_of(at);
            clause.clone().any(|at| note.terms[at].is(class::OTHER)) && !note.names_hip(&clause)
        };
        let trouble = |at: usize| {
            let ails = note.terms[at].is_any(&[class::COMPLAINT, class::FRACTURE]) && !of_another_part(at);
            ails || note.terms[at].is_any(&failing)
        };
        let named = |at: usize| note.terms[at].is_any(&[class::HIP, class::LEG]) && !of_another_part(at);
        let other_sign = |other: &Match| {
            let sign = other.sign.filter(|sign| *sign != RedFlag::Trauma && !sign.is_of_the_course());
            other.kind == Kind::Flag && sign.is_some() && !note.denied(other)
        };
        let grave = |other: &Match| other.meaning == "grave";
        let scored = |term: &Term| term.is(class::SCORE) && term.number.is_some_and(|number| number.value > 0.0);
        let behind = last + 1..note.terms.len();
        note.terms.iter().any(scored)
            || note.matches.iter().any(|other| other_sign(other) || grave(other))
            || (self.last + 1..first).chain(behind.clone()).any(trouble)
            || behind.into_iter().any(named)
    }
}
