//! A sign that a rule found in a note, and the questions that decide whether it counts: whose body part it is about and
//! what it belongs to. What else explains it is asked in `explained`. Each question is a function; they ask for classes
//! of words, never for words.

use std::ops::Range;

use super::class_set::Class;
use super::classes::class;
use super::complaint::{Complaint, Parsed};
use super::days;
use super::failing_leg::tells_of_a_foot;
use super::parts::owner;
use super::rules::Match;
use crate::model::warning_sign::RedFlag;

/// A clause of at most this many words belongs to what stands beside it.
const SHORT: usize = 4;

/// A sign that a rule found, and what stands around it.
pub(super) struct Candidate<'n> {
    pub(super) note: &'n Parsed,
    pub(super) complaints: &'n [Complaint],
    sign: RedFlag,
    pub(super) found: &'n Match,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) clause: Range<usize>,
}

impl<'n> Candidate<'n> {
    /// Takes up a match, with its clause.
    pub(super) fn of(note: &'n Parsed, complaints: &'n [Complaint], sign: RedFlag, found: &'n Match) -> Self {
        let (first, last) = found.ends();
        Self { note, complaints, sign, found, first, last, clause: note.clause_of(first) }
    }

    /// Whether the sign is about the hip or its leg, and no other reading is likelier.
    pub(super) fn holds(&self) -> bool {
        if self.found.beside.is_some_and(|other| !self.stands_beside(other)) {
            return false;
        }
        if !self.note.is_near_its_topic(self.found) {
            return false;
        }
        match self.sign {
            RedFlag::BowelBladder => !self.is_told_of_another() && !self.is_of_a_bottle(),
            RedFlag::SaddleNumbness => !self.is_told_of_another() && !self.is_what_was_not_felt(),
            RedFlag::CannotBearWeight => {
                let explained = self.is_what_was_not_felt()
                    || self.is_pain_denied()
                    || self.is_gone()
                    || self.is_stiffness_that_eases()
                    || self.is_of_trained_muscles()
                    || self.is_a_stride_of_the_run()
                    || self.is_of_a_long_walk()
                    || self.is_a_stretch_by_hand()
                    || self.was_over_in_a_moment()
                    || self.was_a_cramp_of_a_moment()
                    || self.got_up_and_ran()
                    || self.is_of_a_known_fracture();
                !explained && self.is_of_hip_or_leg()
            }
            RedFlag::NumbnessTingling => !self.is_what_was_not_felt() && self.is_of_hip_or_leg(),
            RedFlag::Pop => {
                let explained = self.is_an_old_painless_click() || self.is_a_likeness() || self.is_a_habit();
                !explained && self.is_of_hip_or_leg()
            }
            RedFlag::Weakness => {
                // "Low back ache, foot won't lift": the words name the foot themselves.
                let of_the_foot = self.found.terms.iter().any(|at| tells_of_a_foot(&self.note.terms[*at]));
                !self.is_the_bladders() && !self.is_found_in_a_test() && (of_the_foot || self.is_of_hip_or_leg())
            }
            RedFlag::Trauma => {
                let explained = self.was_caught_in_time()
                    || self.is_a_likeness()
                    || self.is_where_it_hurts()
                    || self.left_no_harm();
                !explained && self.struck_the_hip()
            }
            RedFlag::Fever => !self.is_the_weather(),
            RedFlag::NightOrSleep => !self.is_only_stiffness() && self.is_the_hips_night(),
            RedFlag::DailyActivities => {
                let over = self.is_only_stiffness() && self.soon_eases() || self.was_a_cramp_of_a_moment();
                !over && self.hinders_daily_life()
            }
            RedFlag::Persistent => {
                self.is_of_the_clause() && days::persists(self.note, self.complaints, &self.clause, self.found)
            }
            RedFlag::SwellingRednessWarmth => !self.is_a_hot_day() && self.is_of_hip_or_leg(),
            RedFlag::SkinColour
            | RedFlag::Severe
            | RedFlag::SharpSudden
            | RedFlag::Radiating
            | RedFlag::FrontGroinAfterLoad
            | RedFlag::Worsening
            | RedFlag::Recurrent
            | RedFlag::FrequentCramp
            | RedFlag::ExertionalCramp => self.is_of_hip_or_leg(),
        }
    }

    // What the words are.

    pub(super) fn is_said_with(&self, classes: &[Class]) -> bool {
        self.found.terms.iter().any(|at| self.note.terms[*at].is_any(classes))
    }

    pub(super) fn clause_names(&self, classes: &[Class]) -> bool {
        self.note.terms[self.clause.clone()].iter().any(|term| term.is_any(classes))
    }

    pub(super) fn sentence_names(&self, class: Class) -> bool {
        let sentence = self.note.terms[self.first].sentence;
        self.note.terms.iter().any(|term| term.sentence == sentence && term.is(class))
    }

    // Whose body part they are about.

    pub(super) fn names_the_hip(&self) -> bool {
        self.note.names_hip(&self.clause)
    }

    fn complains(&self, clause: &Range<usize>) -> bool {
        self.complaints.iter().any(|one| clause.contains(&one.at))
    }

    /// Whether the first or last word of the sign belongs to the hip or its leg.
    fn is_of_hip_or_leg(&self) -> bool {
        self.belongs(self.first) || self.belongs(self.last)
    }

    /// Whether the clause names no other part, or the hip as well.
    pub(super) fn is_of_the_clause(&self) -> bool {
        !self.clause_names(&[class::OTHER]) || self.names_the_hip()
    }

    /// Whether a word belongs to the hip or its leg, that is, not to another part.
    pub(super) fn belongs(&self, at: usize) -> bool {
        let note = self.note;
        let Some(owner) = owner(&note.terms, &note.groups, at) else { return true };
        let group = &note.groups[owner.group];
        // "held on to somebody's shoulder": this part is what the runner leans on.
        if self.sign == RedFlag::CannotBearWeight && group.other() && self.is_said_with(&[class::SUPPORT]) {
            return true;
        }
        if group.other_person {
            return false;
        }
        if !group.other() {
            return true;
        }
        // A knee that gives way and a calf that tingles count as the hip's leg.
        let lower = note.terms[group.terms.clone()].iter().any(|term| term.is_any(&[class::LOWER, class::UPPER]));
        if matches!(self.sign, RedFlag::NumbnessTingling | RedFlag::Weakness) && lower {
            return true;
        }
        let same_sentence = note.terms[at].sentence == note.terms[group.terms.start].sentence;
        !owner.same_clause && !same_sentence
    }

    // Nights.

    /// Whether the hip disturbs the night: it is named, it complains, or nothing else is to blame.
    fn is_the_hips_night(&self) -> bool {
        if self.names_the_hip() || self.complains(&self.clause) {
            true
        } else if self.is_said_with(&[class::NIGHT_WORD]) {
            self.follows_a_complaint() && self.clause.len() <= SHORT
        } else {
            !self.sleep_is_spoilt_by_another_thing() && !self.sleep_is_spoilt_by_another_part()
        }
    }

    /// "couldnt sleep on that side" is about the hip, whatever noise there was.
    fn sleep_is_spoilt_by_another_thing(&self) -> bool {
        !self.is_said_with(&[class::SIDE]) && self.sentence_names(class::SLEEP_CAUSE)
    }

    /// Whether another part is named. A pillow between the knees is there for the hip.
    fn sleep_is_spoilt_by_another_part(&self) -> bool {
        self.clause_names(&[class::OTHER]) && !self.note.terms[self.first].is(class::BEDDING)
    }

    /// Whether the clause before this one complains.
    fn follows_a_complaint(&self) -> bool {
        self.clause.start.checked_sub(1).is_some_and(|before| self.complains(&self.note.clause_of(before)))
    }

    // Days.

    /// Whether the hip makes stairs, socks, sitting or work hard.
    fn hinders_daily_life(&self) -> bool {
        let complains_here = self.complains(&self.clause);
        let blamed = self.names_the_hip()
            || complains_here
            || self.hip_or_leg_hurts_here()
            || self.hangs_on_a_complaint()
            || self.fails_at_it()
            || self.next_clause_explains_it();
        blamed && (!self.goes_well() || complains_here) && !self.is_the_cause()
    }

    fn goes_well(&self) -> bool {
        self.note.says(self.clause.clone(), &[class::WELL])
    }

    /// "sore from sitting": the cause of the pain, not what the pain makes hard.
    fn is_the_cause(&self) -> bool {
        self.first > self.clause.start
            && self.note.terms[self.first].is(class::SIT_WORD)
            && self.note.terms[self.first - 1].is(class::FROM)
    }

    fn hip_or_leg_hurts_here(&self) -> bool {
        self.clause
            .clone()
            .any(|at| self.note.terms[at].is(class::COMPLAINT) && self.note.stands(at) && self.belongs(at))
    }

    /// "cant do the stairs", or the leg fails on them.
    fn fails_at_it(&self) -> bool {
        self.clause_names(&[class::CANT_NEG, class::BARELY])
            || self.note.matches.iter().any(|other| {
                (other.asserts(RedFlag::Weakness) || other.asserts(RedFlag::CannotBearWeight))
                    && self.clause.contains(&other.ends().0)
                    && !self.note.denied(other)
            })
    }

    /// "had to call in sick, hip too sore", "bending for my socks, hip yelped", but not "new socks, hip tight".
    fn next_clause_explains_it(&self) -> bool {
        let note = self.note;
        let next = note.clauses.iter().find(|next| next.start >= self.clause.end).cloned().unwrap_or_default();
        let reaches =
            || (self.clause.start..next.end.max(self.clause.end)).any(|at| note.terms[at].is(class::REACHING));
        let holds_up = self.is_said_with(&[class::STAYS_AWAY])
            || self.is_said_with(&[class::DRESS_WORD, class::RISE_WORD]) && reaches();
        holds_up && self.complains(&next) && !note.says(next, &[class::IN_RUN])
    }

    /// "Right hip sore, on the stairs": a few words in a clause of their own after a complaint or a score of the same
    /// sentence.
    fn hangs_on_a_complaint(&self) -> bool {
        let note = self.note;
        let sentence = note.terms[self.clause.start].sentence;
        let scored = note.clauses.iter().filter(|other| other.end <= self.clause.start).any(|other| {
            note.names_hip(other)
                && note.terms[other.clone()].iter().any(|term| {
                    term.sentence == sentence
                        && term.is(class::SCORE)
                        && term.number.is_some_and(|number| number.value > 0.0)
                })
        });
        let complained =
            || self.complaints.iter().any(|one| one.at < self.clause.start && note.terms[one.at].sentence == sentence);
        let then_well = || {
            note.clauses.iter().any(|other| {
                other.start >= self.clause.end
                    && note.terms[other.start].sentence == sentence
                    && !note.names_hip(other)
                    && note.says(other.clone(), &[class::WELL])
            })
        };
        self.clause.len() <= SHORT
            && !self.clause_names(&[class::WELL, class::IN_RUN, class::OTHER])
            && (scored || complained())
            && !then_well()
    }
}
