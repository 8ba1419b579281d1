//! A sign that a rule found in a note, and the questions that decide whether it counts: whose body part it is about,
//! what it belongs to, what else explains it. Each question is a function; they ask for classes of words, never for
//! words.

use std::ops::Range;

use super::complaint::{self, Complaint, Parsed};
use super::days;
use super::lexicon::{Class, class};
use super::parts::owner;
use super::rules::Match;
use super::taken_back::taken_back;
use crate::model::reading::Quality;
use crate::model::warning_sign::RedFlag;

/// A clause of at most this many words belongs to what stands beside it.
const SHORT: usize = 4;

/// A sign that a rule found, and what stands around it.
pub(super) struct Candidate<'n> {
    note: &'n Parsed,
    complaints: &'n [Complaint],
    sign: RedFlag,
    found: &'n Match,
    first: usize,
    last: usize,
    clause: Range<usize>,
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
                    || self.is_stiffness_that_eases()
                    || self.is_of_trained_muscles()
                    || self.is_a_stride_of_the_run()
                    || self.was_over_in_a_moment()
                    || self.got_up_and_ran();
                !explained && self.is_of_hip_or_leg()
            }
            RedFlag::NumbnessTingling => !self.is_what_was_not_felt() && self.is_of_hip_or_leg(),
            RedFlag::Pop => !self.is_an_old_painless_click() && self.is_of_hip_or_leg(),
            RedFlag::Weakness => !self.is_the_bladders() && self.is_of_hip_or_leg(),
            RedFlag::Trauma => !self.was_caught_in_time() && self.struck_the_hip(),
            RedFlag::Fever => !self.is_the_weather(),
            RedFlag::NightOrSleep => !self.is_only_stiffness() && self.is_the_hips_night(),
            RedFlag::DailyActivities => !(self.is_only_stiffness() && self.soon_eases()) && self.hinders_daily_life(),
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

    fn is_said_with(&self, classes: &[Class]) -> bool {
        self.found.terms.iter().any(|at| self.note.terms[*at].is_any(classes))
    }

    fn clause_names(&self, classes: &[Class]) -> bool {
        self.note.terms[self.clause.clone()].iter().any(|term| term.is_any(classes))
    }

    fn sentence_names(&self, class: Class) -> bool {
        let sentence = self.note.terms[self.first].sentence;
        self.note.terms.iter().any(|term| term.sentence == sentence && term.is(class))
    }

    // Whose body part they are about.

    fn names_the_hip(&self) -> bool {
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
    fn is_of_the_clause(&self) -> bool {
        !self.clause_names(&[class::OTHER]) || self.names_the_hip()
    }

    /// Whether a word belongs to the hip or its leg, that is, not to another part.
    fn belongs(&self, at: usize) -> bool {
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

    // What else may explain the sign.

    /// "my bladder just let go" is no sign of the leg.
    fn is_the_bladders(&self) -> bool {
        self.note.matches.iter().any(|other| {
            other.sign == Some(RedFlag::BowelBladder) && self.found.terms.iter().any(|at| other.terms.contains(at))
        })
    }

    /// Whether the note also asserts the other sign that this one depends on. "Couldn't get up" may be about a chair
    /// or a bed, and "left leg looks shorter" about legs that always differed, unless somebody fell.
    fn stands_beside(&self, sign: RedFlag) -> bool {
        self.note.matches.iter().any(|other| {
            other.asserts(sign)
                && other.beside.is_none()
                && !self.note.denied(other)
                && !taken_back(self.note, sign, other)
        })
    }

    /// "woke up stiff", "tight after a day at the desk": the clause tells of no more than that, and of nothing that
    /// could not be done.
    fn is_only_stiffness(&self) -> bool {
        let mut here = self.complaints.iter().filter(|one| self.clause.contains(&one.at)).peekable();
        here.peek().is_some()
            && here.all(|one| matches!(one.quality, Some(Quality::Stiff | Quality::Tight)))
            && !self.clause_names(&[class::CANT_NEG, class::BARELY, class::NEG])
    }

    /// Whether the rest of the sentence says that the pain eased.
    fn soon_eases(&self) -> bool {
        let note = self.note;
        let sentence = note.terms[self.first].sentence;
        let eased = [class::WELL, class::EASED_OFF, class::GONE, class::PARTLY];
        note.clauses
            .iter()
            .filter(|other| other.end > self.clause.start && note.terms[other.start].sentence == sentence)
            .any(|other| note.says(other.clone(), &eased) || self.is_said_to_ease(other))
    }

    /// "half a minute of walking about and it goes"
    fn is_said_to_ease(&self, clause: &Range<usize>) -> bool {
        self.note
            .matches
            .iter()
            .any(|other| other.meaning == "eases" && clause.contains(&other.ends().0) && !self.note.denied(other))
    }

    /// "a client had cauda equina, numb saddle and all": a list of another person's signs.
    fn is_told_of_another(&self) -> bool {
        let note = self.note;
        !self.clause_names(&[class::I_WORD])
            && note.matches.iter().any(|other| {
                let first = other.ends().0;
                matches!(other.sign, Some(RedFlag::BowelBladder | RedFlag::SaddleNumbness))
                    && note.moods[first].other_person
                    && note.terms[first].sentence == note.terms[self.first].sentence
            })
    }

    /// "bladder leaked down my back, need a new hydration pack"
    fn is_of_a_bottle(&self) -> bool {
        self.sentence_names(class::VESSEL) && !self.sentence_names(class::NUMB)
    }

    /// "no groin pain walking", "nothing walking or on stairs": the pain is denied, not the walking.
    fn is_pain_denied(&self) -> bool {
        let note = self.note;
        self.found.terms.iter().any(|at| {
            let term = &note.terms[*at];
            let pain_between = |at: usize| note.terms[at].is(class::COMPLAINT) && !self.found.terms.contains(&at);
            term.is(class::NEG)
                && !term.is(class::CANT_NEG)
                && (term.is(class::WELL) || (*at..self.last).any(pain_between))
        })
    }

    /// "hips stiff walking into the office, fine on the run".
    fn is_stiffness_that_eases(&self) -> bool {
        self.is_said_with(&[class::STIFF, class::TIGHT]) && self.is_only_stiffness() && self.soon_eases()
    }

    /// "glutes sore on every step after the lunges", "came down the stairs on my bum, quads gone from squats":
    /// muscles after training, where nothing was impossible and nothing else hurts.
    fn is_of_trained_muscles(&self) -> bool {
        let note = self.note;
        let sore = [class::SORE, class::STIFF, class::TIGHT, class::ACHE, class::TENDER];
        let muscle = |at: usize| note.terms[at].is_any(&[class::BUTTOCK, class::UPPER]);
        let trained = |at: usize| {
            note.terms[at].is_any(&[class::EXERCISE, class::RACE])
                || self.is_said_with(&[class::SORE]) && note.terms[at].is_any(&[class::IN_RUN, class::RUN_VERB])
        };
        let sentence = note.terms[self.first].sentence;
        let here = || (0..note.terms.len()).filter(move |at| note.terms[*at].sentence == sentence);
        let mildly = self
            .complaints
            .iter()
            .filter(|one| note.terms[one.at].sentence == sentence)
            .all(|one| note.terms[one.at].is_any(&sore) || note.terms[one.at].is(class::EXERCISE));
        mildly
            && here().any(muscle)
            && !here()
                .any(|at| note.terms[at].is_any(&[class::CANT_NEG, class::FRONT, class::LIMP_WORD, class::FALL_VERB]))
            && here().any(|at| trained(at) && note.stands(at))
    }

    /// "an ache in the glute with each step of the first mile": a muscle while running, not a leg that hurts to walk
    /// on.
    fn is_a_stride_of_the_run(&self) -> bool {
        let muscle_alone = self.clause_names(&[class::BUTTOCK, class::OUTER])
            && !self.clause_names(&[class::FRONT, class::LIMP_WORD, class::CANT_NEG, class::BARELY]);
        self.is_said_with(&[class::STEP])
            && muscle_alone
            && self.clause_names(&[class::IN_RUN, class::UNIT, class::RUN_VERB])
    }

    /// "excruciating for about a minute when I stepped off the kerb, then just background noise".
    fn was_over_in_a_moment(&self) -> bool {
        self.clause_names(&[class::MOMENT]) && self.soon_eases()
    }

    /// "lay there swearing, then got up and jogged back".
    fn got_up_and_ran(&self) -> bool {
        let note = self.note;
        let sentence = note.terms[self.first].sentence;
        self.is_said_with(&[class::LAY_THERE])
            && (self.last + 1..note.terms.len())
                .any(|at| note.terms[at].sentence == sentence && note.terms[at].is(class::RUN_VERB) && note.stands(at))
    }

    /// "popped when I stretched, as it has for years, no pain".
    fn is_an_old_painless_click(&self) -> bool {
        let note = self.note;
        let sentence = note.terms[self.first].sentence;
        let of_old = note
            .matches
            .iter()
            .any(|other| other.meaning == "long-known" && note.terms[other.ends().0].sentence == sentence);
        of_old
            && complaint::denies_all_pain(note)
            && !note.matches.iter().any(|other| other.asserts(RedFlag::Trauma) && !note.denied(other))
    }

    /// "don't feel the hip walking" says that it is well, not numb.
    fn is_what_was_not_felt(&self) -> bool {
        self.note
            .matches
            .iter()
            .any(|other| other.meaning == "unfelt" && self.found.terms.iter().any(|at| other.terms.contains(at)))
    }

    /// "slipped but stayed upright": nothing was hit, unless the note says that the hip was.
    fn was_caught_in_time(&self) -> bool {
        let hit_the_hip = || {
            self.note.matches.iter().any(|other| {
                other.sign == Some(RedFlag::Trauma) && other.terms.iter().any(|at| self.note.terms[*at].is(class::HIP))
            })
        };
        !self.names_the_hip() && self.sentence_names(class::UPRIGHT) && !hit_the_hip()
    }

    /// "fell on my hands" is no blow to the hip; "fell" is one where the note names nothing else that was hit.
    fn struck_the_hip(&self) -> bool {
        let only_fell = self.found.terms.len() == 1;
        self.is_of_the_clause() || self.belongs(self.first) && !only_fell
    }

    /// "high temp, hot out there": the temperature of the air.
    fn is_the_weather(&self) -> bool {
        self.is_said_with(&[class::TEMP_WORD]) && self.clause_names(&[class::HEAT_WORD, class::COLD])
    }

    /// Whether "warm" or "red" goes with the weather, with no word of swelling, touch or skin.
    fn is_a_hot_day(&self) -> bool {
        self.clause_names(&[class::HEAT_WORD])
            && !self.is_said_with(&[class::SWELL_WORD, class::TOUCH, class::SKIN_WORD])
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
