//! What else explains a sign that a rule found: training, a moment that passed, a bottle, the weather, another person. Each
//! explanation is a function; they ask for classes of words, never for words.

use std::ops::Range;

use super::candidate::Candidate;
use super::class_set::Class;
use super::classes::class;
use super::complaint::{self, Complaint};
use super::rules::{Kind, Match};
use super::taken_back::taken_back;
use super::term::Term;
use crate::model::reading::Quality;
use crate::model::warning_sign::RedFlag;

/// Pain up to this score is no news of a known fracture.
const SLIGHT: f64 = 3.0;

impl Candidate<'_> {
    /// "my bladder just let go" is no sign of the leg.
    pub(super) fn is_the_bladders(&self) -> bool {
        self.note.matches.iter().any(|other| {
            other.sign == Some(RedFlag::BowelBladder)
                && self.note.is_near_its_topic(other)
                && self.found.terms.iter().any(|at| other.terms.contains(at))
        })
    }

    /// Whether the note also asserts the other sign that this one depends on. "Couldn't get up" may be about a chair
    /// or a bed, and "left leg looks shorter" about legs that always differed, unless somebody fell.
    pub(super) fn stands_beside(&self, sign: RedFlag) -> bool {
        self.note.matches.iter().any(|other| {
            other.asserts(sign)
                && other.beside.is_none()
                && !self.note.denied(other)
                && !taken_back(self.note, sign, other)
        })
    }

    /// "woke up stiff", "tight after a day at the desk": the clause tells of no more than that, and of nothing that
    /// could not be done.
    pub(super) fn is_only_stiffness(&self) -> bool {
        let mut here = self.complaints.iter().filter(|one| self.clause.contains(&one.at)).peekable();
        here.peek().is_some()
            && here.all(|one| matches!(one.quality, Some(Quality::Stiff | Quality::Tight)))
            && !self.clause_names(&[class::CANT_NEG, class::BARELY, class::NEG])
    }

    /// Whether the rest of the sentence says that the pain eased.
    pub(super) fn soon_eases(&self) -> bool {
        let note = self.note;
        let sentence = note.terms[self.first].sentence;
        let eased = [class::WELL, class::EASED_OFF, class::GONE, class::PARTLY];
        note.clauses
            .iter()
            .filter(|other| other.end > self.clause.start && note.terms[other.start].sentence == sentence)
            .any(|other| {
                // "The hip holds for two seconds": what the sign says itself is no easing.
                let mut beside = other.clone().filter(|at| !self.found.terms.contains(at));
                beside.any(|at| note.says(at..at + 1, &eased)) || self.is_said_to_ease(other)
            })
    }

    /// "half a minute of walking about and it goes"
    pub(super) fn is_said_to_ease(&self, clause: &Range<usize>) -> bool {
        self.note
            .matches
            .iter()
            .any(|other| other.meaning == "eases" && clause.contains(&other.ends().0) && !self.note.denied(other))
    }

    /// "a client had cauda equina, numb saddle and all": a list of another person's signs.
    pub(super) fn is_told_of_another(&self) -> bool {
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
    pub(super) fn is_of_a_bottle(&self) -> bool {
        self.sentence_names(class::VESSEL) && !self.sentence_names(class::NUMB)
    }

    /// "no groin pain walking", "nothing walking or on stairs": the pain is denied, not the walking.
    pub(super) fn is_pain_denied(&self) -> bool {
        let note = self.note;
        self.found.terms.iter().any(|at| {
            let term = &note.terms[*at];
            let pain_between = |at: usize| note.terms[at].is(class::COMPLAINT) && !self.found.terms.contains(&at);
            term.is(class::NEG)
                && !term.is(class::CANT_NEG)
                && (term.is(class::WELL) || (*at..self.last).any(pain_between))
        })
    }

    /// "weight-bearing pain all gone"
    pub(super) fn is_gone(&self) -> bool {
        let note = self.note;
        let next = self.last + 1;
        note.terms[self.last].is(class::COMPLAINT)
            && next + 1 == self.clause.end
            && note.terms[next].is(class::GONE)
            && note.stands(next)
    }

    /// "hips stiff walking into the office, fine on the run".
    pub(super) fn is_stiffness_that_eases(&self) -> bool {
        self.is_said_with(&[class::STIFF, class::TIGHT]) && self.is_only_stiffness() && self.soon_eases()
    }

    /// "glutes sore on every step after the lunges", "came down the stairs on my bum, quads gone from squats":
    /// muscles after training, where nothing was impossible and nothing else hurts.
    pub(super) fn is_of_trained_muscles(&self) -> bool {
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
        // "worst DOMS of my life, can hardly sit down": what training does to muscles by its name.
        let named = here().any(|at| note.terms[at].is(class::DOMS) && note.stands(at));
        let more = |at: usize| note.terms[at].is_any(&[class::FRONT, class::LIMP_WORD, class::FALL_VERB]);
        mildly
            && here().any(muscle)
            && !here().any(more)
            && (named
                || !here().any(|at| note.terms[at].is(class::CANT_NEG))
                    && here().any(|at| trained(at) && note.stands(at)))
    }

    /// "an ache in the glute with each step of the first mile": a muscle while running, not a leg that hurts to walk
    /// on.
    pub(super) fn is_a_stride_of_the_run(&self) -> bool {
        let muscle_alone = self.clause_names(&[class::BUTTOCK, class::OUTER])
            && !self.clause_names(&[class::FRONT, class::LIMP_WORD, class::CANT_NEG, class::BARELY]);
        self.is_said_with(&[class::STEP])
            && muscle_alone
            && self.clause_names(&[class::IN_RUN, class::UNIT, class::RUN_VERB])
    }

    /// "excruciating for about a minute when I stepped off the kerb, then just background noise".
    pub(super) fn was_over_in_a_moment(&self) -> bool {
        self.clause_names(&[class::MOMENT]) && self.soon_eases()
    }

    /// "glute cramped for a few seconds climbing out of the bath, nothing since": all that complains is a cramp that has gone.
    pub(super) fn was_a_cramp_of_a_moment(&self) -> bool {
        let note = self.note;
        let cramps = |one: &Quality| matches!(one, Quality::Cramp | Quality::Spasm | Quality::Twinge | Quality::Tight);
        let mut strong = self.complaints.iter().filter(|one| one.strong).peekable();
        let all_cramps = strong.peek().is_some() && strong.all(|one| one.quality.as_ref().is_some_and(cramps));
        let over = [class::GONE, class::EASED_OFF, class::WELL];
        let later = |clause: &&Range<usize>| clause.end > self.clause.start;
        all_cramps
            && self.note.terms.iter().any(|term| term.is_any(&[class::CRAMP, class::SPASM]))
            && note.clauses.iter().filter(later).any(|clause| note.says(clause.clone(), &over))
            && (note.terms.iter().any(|term| term.is(class::MOMENT)) || self.soon_eases())
    }

    /// "hips achy after walking round the shops all afternoon": mild pain after hours on the feet, and not of the groin.
    pub(super) fn is_of_a_long_walk(&self) -> bool {
        let note = self.note;
        let after_it = note
            .matches
            .iter()
            .any(|other| other.meaning == "walked" && self.found.terms.iter().any(|at| other.terms.contains(at)));
        let sentence = note.terms[self.first].sentence;
        let mild = [class::ACHE, class::SORE, class::STIFF, class::TIGHT, class::TENDER, class::NIGGLE, class::DULL];
        let more = [class::FRONT, class::CANT_NEG, class::BARELY, class::LIMP_WORD, class::FALL_VERB];
        after_it
            && !note.terms.iter().any(|term| term.sentence == sentence && term.is_any(&more))
            && self
                .complaints
                .iter()
                .filter(|one| note.terms[one.at].sentence == sentence)
                .all(|one| note.terms[one.at].is_any(&mild))
    }

    /// "lifted the leg with both hands for a hip stretch".
    pub(super) fn is_a_stretch_by_hand(&self) -> bool {
        let sentence = self.note.terms[self.first].sentence;
        // "Hip stretch" says nothing of a hip, but that it is one.
        let trains = |at: usize| {
            let mut classes = self.note.terms[at].all_classes();
            classes.any(|class| class == class::EXERCISE) && !self.found.terms.contains(&at)
        };
        self.is_said_with(&[class::ARM])
            && (0..self.note.terms.len()).any(|at| self.note.terms[at].sentence == sentence && trains(at))
    }

    /// "lay there swearing, then got up and jogged back".
    pub(super) fn got_up_and_ran(&self) -> bool {
        let note = self.note;
        let sentence = note.terms[self.first].sentence;
        self.is_said_with(&[class::LAY_THERE])
            && (self.last + 1..note.terms.len())
                .any(|at| note.terms[at].sentence == sentence && note.terms[at].is(class::RUN_VERB) && note.stands(at))
    }

    /// "popped when I stretched, as it has for years, no pain".
    pub(super) fn is_an_old_painless_click(&self) -> bool {
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

    /// "Sometimes it pops", "clicks every step": what happens again and again is no tear of this day, unless it hurts, or the note
    /// goes on with what was otherwise today.
    pub(super) fn is_a_habit(&self) -> bool {
        let note = self.note;
        let overlaps = |other: &&Match| other.terms.iter().any(|at| self.found.terms.contains(at));
        let of_now = [class::CURRENT, class::REAL_NOW, class::UNTIL, class::BUT, class::NOW_WORD];
        let harm = [class::CANT_NEG, class::BARELY, class::FALL_VERB, class::LEG, class::SWELL_WORD, class::HEAT_WORD];
        let sentence = note.terms[self.first].sentence;
        let hurts = |one: &Complaint| one.strong && !self.found.terms.contains(&one.at);
        note.matches.iter().filter(overlaps).any(|other| other.meaning == "habit")
            && !note.terms.iter().any(|term| term.is_any(&of_now))
            && !self.complaints.iter().any(|one| note.terms[one.at].sentence == sentence && hurts(one))
            && !note.terms.iter().any(|term| term.sentence == sentence && term.is_any(&harm))
            && !note.matches.iter().any(|other| matches!(other.meaning, "danger" | "otherwise"))
    }

    /// "don't feel the hip walking" says that it is well, not numb.
    pub(super) fn is_what_was_not_felt(&self) -> bool {
        self.note
            .matches
            .iter()
            .any(|other| other.meaning == "unfelt" && self.found.terms.iter().any(|at| other.terms.contains(at)))
    }

    /// "physio pronounced weak hips": what a test of strength found, with nothing else amiss.
    pub(super) fn is_found_in_a_test(&self) -> bool {
        let note = self.note;
        let terms = &note.terms;
        let sentence = terms[self.first].sentence;
        let said = (0..terms.len())
            .any(|at| terms[at].sentence == sentence && terms[at].is_any(&[class::SAY_VERB, class::PROFESSIONAL]));
        let other_sign = |other: &Match| {
            let sign = other.sign.filter(|sign| *sign != RedFlag::Weakness && !sign.is_of_the_course());
            other.kind == Kind::Flag && sign.is_some() && !note.denied(other)
        };
        let more = [class::NUMB, class::TINGLE, class::CANT_NEG, class::BARELY, class::BACK];
        terms[self.last].is(class::HIP)
            && terms[self.last].is(class::PLURAL)
            && !terms[self.first].is_part()
            && said
            && !note.matches.iter().any(other_sign)
            && !terms.iter().any(|term| term.is_any(&more))
    }

    /// "Week 4 of the stress fracture, on crutches as told": what was found is known, the crutches are part of the care, and
    /// nothing new is told.
    pub(super) fn is_of_a_known_fracture(&self) -> bool {
        let note = self.note;
        let of_the_fracture = |at: usize| {
            let beside = note.clause_of(at);
            note.terms[at].is(class::FRACTURE)
                && !note.moods[at].supposed
                && !beside.clone().any(|beside| note.terms[beside].is_any(&[class::OTHER, class::FEAR]))
        };
        let prescribed = |other: &Match| other.meaning == "prescribed" && !note.denied(other);
        let news = |other: &Match| {
            let support = other.asserts(RedFlag::CannotBearWeight) && self.is_the_support_of(other);
            let sign = other.sign.is_some_and(|sign| other.kind == Kind::Flag && sign != RedFlag::Persistent);
            let word = matches!(other.meaning, "severe" | "worsening" | "sudden" | "news");
            let open = other.kind == Kind::Open && other.terms.iter().any(|at| note.terms[*at].is(class::FRACTURE));
            (sign && !support || word || open) && !note.denied(other)
        };
        let hurts = |term: &Term| term.is(class::SCORE) && term.number.is_some_and(|number| number.value > SLIGHT);
        self.is_said_with(&[class::SUPPORT])
            && (0..note.terms.len()).any(of_the_fracture)
            && note.matches.iter().any(prescribed)
            && !note.matches.iter().any(news)
            && !note.terms.iter().any(hurts)
    }

    /// Whether the other match, too, says no more than what the runner walks with.
    fn is_the_support_of(&self, other: &Match) -> bool {
        other.terms.iter().any(|at| self.note.terms[*at].is(class::SUPPORT))
    }

    /// "high temp, hot out there": the temperature of the air.
    pub(super) fn is_the_weather(&self) -> bool {
        // No cold makes 39 degrees.
        let of_the_air: &[Class] =
            if self.is_said_with(&[class::HOT_NUM]) { &[class::HEAT_WORD] } else { &[class::HEAT_WORD, class::COLD] };
        self.is_said_with(&[class::TEMP_WORD]) && self.clause_names(of_the_air)
    }

    /// Whether "warm" or "red" goes with the weather, with no word of swelling, touch or skin.
    pub(super) fn is_a_hot_day(&self) -> bool {
        self.clause_names(&[class::HEAT_WORD])
            && !self.is_said_with(&[class::SWELL_WORD, class::TOUCH, class::SKIN_WORD])
    }
}
