//! Whether the hip complains: what the note asserts of it, denies, or says has settled.

use std::ops::Range;

use chrono::NaiveDate;

use super::classes::class;
use super::parts::{Group, owner};
use super::rules::{Kind, Match};
use super::scope::Mood;
use super::score::Score;
use super::term::Term;
use crate::model::reading::Quality;

/// A note taken apart into terms, clauses and body parts.
pub(super) struct Parsed {
    pub(super) terms: Vec<Term>,
    pub(super) clauses: Vec<Range<usize>>,
    pub(super) moods: Vec<Mood>,
    pub(super) groups: Vec<Group>,
    /// Matches of the rules, except figures of speech.
    pub(super) matches: Vec<Match>,
    /// The day the note was written, where that is known.
    pub(super) written: Option<NaiveDate>,
    /// Whether its words are English, of which the word tables are.
    pub(super) english: bool,
}

const WEEKDAYS: [u16; 7] =
    [class::MONDAY, class::TUESDAY, class::WEDNESDAY, class::THURSDAY, class::FRIDAY, class::SATURDAY, class::SUNDAY];

impl Parsed {
    /// The clause a term is in.
    pub(super) fn clause_of(&self, at: usize) -> Range<usize> {
        let place = self.clauses.partition_point(|clause| clause.end <= at);
        self.clauses.get(place).cloned().unwrap_or(at..at)
    }

    /// Whether a clause has a term of any of these classes that is not denied.
    pub(super) fn says(&self, clause: Range<usize>, classes: &[u16]) -> bool {
        clause.into_iter().any(|at| self.terms[at].is_any(classes) && self.moods[at].denied_by.is_none())
    }

    /// Whether a clause names the runner's own hip.
    pub(super) fn names_hip(&self, clause: &Range<usize>) -> bool {
        clause.clone().any(|at| self.terms[at].is(class::HIP) && !self.moods[at].other_person)
    }

    /// Whether nothing takes the term back: it is not denied, long past, another person's, or only feared.
    pub(super) fn stands(&self, at: usize) -> bool {
        let mood = self.moods[at];
        mood.denied_by.is_none() && !mood.past && !mood.other_person && !mood.supposed
    }

    /// The day of the week that a term names, Monday as 0.
    pub(super) fn weekday(&self, at: usize) -> Option<i64> {
        let term = self.terms.get(at).filter(|term| !term.void && !term.classes.is_empty())?;
        (0..).zip(WEEKDAYS).find_map(|(day, class)| term.is(class).then_some(day))
    }

    /// Whether the topic that a match needs is spoken of in its own sentence or one next to it.
    pub(super) fn is_near_its_topic(&self, found: &Match) -> bool {
        let sentence = |found: &Match| self.terms[found.ends().0].sentence;
        // "I need an arm. Any arm. Hip.": a clause that only names the hip is about the whole note.
        let small = [class::HIP, class::LEFT, class::RIGHT, class::BOTH, class::DET];
        let names_it_alone = |found: &Match| {
            let clause = self.clause_of(found.ends().0);
            self.names_hip(&clause) && clause.clone().all(|at| self.terms[at].is_any(&small))
        };
        found.near.is_none_or(|topic| {
            self.matches.iter().any(|other| {
                other.kind == Kind::Topic
                    && other.meaning == topic
                    && (sentence(other).abs_diff(sentence(found)) <= 1 || names_it_alone(other))
                    && other.terms.iter().all(|at| {
                        let mood = self.moods[*at];
                        !mood.past && !mood.other_person && !mood.supposed
                    })
            })
        })
    }

    /// Whether a word outside the match denies it.
    pub(super) fn denied(&self, found: &Match) -> bool {
        found.terms.iter().any(|at| self.moods[*at].denied_by.is_some_and(|by| !found.terms.contains(&by)))
    }
}

/// A word that says the hip is not well.
#[derive(Clone, Copy, Debug)]
pub(super) struct Complaint {
    pub(super) at: usize,
    pub(super) group: Option<usize>,
    pub(super) quality: Option<Quality>,
    /// A word of pain or a quality, not one of mood.
    pub(super) strong: bool,
}

/// Every complaint of the hip that has not settled. `assume_hip` is true if the hip is meant without being named.
pub(super) fn complaints(note: &Parsed, assume_hip: bool) -> Vec<Complaint> {
    (0..note.terms.len())
        .filter_map(|at| complaint(note, at, assume_hip))
        .filter(|one| !settled(note, one.at) && !said_to_be_well(note, one.at))
        .collect()
}

fn complaint(note: &Parsed, at: usize, assume_hip: bool) -> Option<Complaint> {
    let term = &note.terms[at];
    let mood = note.moods[at];
    if mood.other_person || mood.past || mood.supposed {
        return None;
    }
    let clause = note.clause_of(at);
    let until = || note.terms[at..clause.end].iter().any(|term| term.is(class::UNTIL));
    let complains = term.is(class::COMPLAINT) && (mood.denied_by.is_none() || until());
    let not_well = term.is(class::WELL) && mood.denied_by.is_some();
    let partly = term.is(class::PARTLY);
    let moans = term.is_any(&[class::MOAN, class::SADFACE])
        && !note.terms[clause.clone()].iter().any(|term| term.is_any(&[class::WELL, class::NEG, class::COMPLAINT]));
    // "Thought it was my back but it's the piriformis": what is blamed complains. In "fine at first, then my hip started" what
    // comes before "then" is over.
    let then = note.terms[clause.start..at].iter().rposition(|term| term.is(class::THEN));
    let since = then.map_or(clause.start, |then| clause.start + then);
    let blamed = term.is(class::HIP)
        && mood.denied_by.is_none()
        && !note.says(since..clause.end, &[class::WELL, class::GONE])
        && note.matches.iter().any(|found| found.meaning == "blamed" && found.terms.contains(&at));
    if blamed {
        let group = note.groups.iter().position(|group| group.terms.contains(&at));
        return Some(Complaint { at, group, quality: None, strong: false });
    }
    if !(complains || not_well || partly || moans) {
        return None;
    }
    let quality = term.quality().filter(|_| complains);
    let strong = complains && (quality.is_some() || term.is(class::PAIN));
    let owner = owner(&note.terms, &note.groups, at);
    let Some(owner) = owner else { return assume_hip.then_some(Complaint { at, group: None, quality, strong }) };
    // "left hip, right knee, everything hurts"
    let named_before =
        || note.groups.iter().position(|group| group.hip && !group.other_person && group.terms.end <= at);
    if complains
        && !note.groups[owner.group].hip
        && !owner.same_clause
        && clause.clone().any(|index| note.terms[index].is(class::SELF))
        && let Some(hip) = named_before()
        && !note.says(note.clause_of(note.groups[hip].terms.start), &[class::WELL])
    {
        return Some(Complaint { at, group: Some(hip), quality, strong });
    }
    let group = &note.groups[owner.group];
    // "leg on fire" beside a sore hip is not about the hip; a word of mood needs the hip in its own clause.
    let bare_group = || {
        note.clause_of(group.terms.start).all(|at| {
            group.terms.contains(&at)
                || note.terms[at].is_any(&[
                    class::LEFT,
                    class::RIGHT,
                    class::BOTH,
                    class::DET,
                    class::SCORE,
                    class::CURRENT,
                ])
        })
    };
    // "a shooter down my leg from the glute": nearer to the leg, but pain of the hip.
    let comes_down = || {
        (group.limb || note.terms[group.terms.start].is_any(&[class::LOWER, class::UPPER]))
            && !group.hip
            && strong
            && (note.names_hip(&clause) || note.clauses.iter().any(|other| is_bare_hip(note, other)))
            && note.matches.iter().any(|found| found.meaning == "radiating" && clause.contains(&found.ends().0))
    };
    if comes_down() {
        let hips = || note.groups.iter().enumerate().filter(|(_, one)| one.hip && !one.other_person);
        let here = hips().find(|(_, one)| clause.contains(&one.terms.start));
        let hip = here.or_else(|| hips().next()).map(|(place, _)| place);
        return Some(Complaint { at, group: hip, quality, strong });
    }
    if let Some(hip) = hip_reached_from_elsewhere(note, group, at).filter(|_| strong) {
        return Some(Complaint { at, group: Some(hip), quality, strong });
    }
    let mine = group.hip
        && !group.other_person
        && (strong
            || owner.same_clause
            || bare_group()
            || in_brackets_behind(note, group, &clause)
            || goes_on_without_a_subject(note, group, at));
    mine.then_some(Complaint { at, group: Some(owner.group), quality, strong })
}

/// "Back pain going into both buttocks", "sore inner thigh and up into the groin": the hip that a complaint of another part
/// reaches in the same sentence.
fn hip_reached_from_elsewhere(note: &Parsed, group: &Group, at: usize) -> Option<usize> {
    if group.hip || group.other_person {
        return None;
    }
    let sentence = note.terms[at].sentence;
    let reaches = |found: &&Match| {
        let (first, _) = found.ends();
        found.meaning == "reaches" && first >= at && note.terms[first].sentence == sentence && !note.denied(found)
    };
    let (_, last) = note.matches.iter().find(reaches)?.ends();
    note.groups.iter().position(|one| one.hip && !one.other_person && one.terms.contains(&last))
}

/// Whether a clause only names the hip, alone or in a list: "back + hip".
fn is_bare_hip(note: &Parsed, clause: &Range<usize>) -> bool {
    let small = |at: usize| {
        let term = &note.terms[at];
        term.is_part() || term.is_any(&[class::LEFT, class::RIGHT, class::BOTH, class::DET, class::AND])
    };
    note.names_hip(clause) && clause.clone().all(small)
}

/// "the hip (slowly mending but not right)", "my left hip, grumpy as ever": the clause follows one that ends with the
/// part, and names nothing else.
fn in_brackets_behind(note: &Parsed, group: &Group, clause: &Range<usize>) -> bool {
    let ends_its_clause = note.clause_of(group.terms.start).end == group.terms.end;
    let gap = group.terms.end..clause.start;
    let same_sentence = note.terms[group.terms.start].sentence == note.terms[clause.start].sentence;
    let names_more = |at: usize| {
        note.terms[at].is_any(&[
            class::OWNER,
            class::THING,
            class::UNKNOWN,
            class::I_WORD,
            class::RUN_VERB,
            class::HEAT_WORD,
        ]) || note.terms[at].is_part()
            || note.terms[at].number.is_some()
    };
    ends_its_clause && same_sentence && gap.len() <= 5 && !(group.terms.end..clause.end).any(names_more)
}

/// "hip alright running, complains on the stairs": the clause opens with what the only part of its sentence does.
fn goes_on_without_a_subject(note: &Parsed, group: &Group, at: usize) -> bool {
    let clause = note.clause_of(at);
    let sentence = note.terms[at].sentence;
    let small = [class::AND, class::BUT, class::SO_WORD, class::SCOPE_END, class::FILLER];
    let opens = (clause.start..at).all(|before| note.terms[before].is_any(&small));
    let alone = note
        .groups
        .iter()
        .filter(|other| note.terms[other.terms.start].sentence == sentence)
        .all(|other| other.terms == group.terms);
    // "bugged me at work": here "me" is the object.
    let another_subject =
        |at: usize| note.terms[at].is_any(&[class::I_WORD, class::PERSON]) && !note.terms[at].is(class::ME_WORD);
    let stands = note.terms[group.terms.start].sentence == sentence && note.stands(group.terms.start);
    opens && alone && stands && !clause.clone().any(another_subject)
}

const MARKS_OF_THE_RUN: [u16; 3] = [class::IN_RUN, class::UNIT_NUM, class::SCORE];

/// Whether the complaint had gone before this run or has gone by now, and did not come up within the run.
fn settled(note: &Parsed, at: usize) -> bool {
    let clause = note.clause_of(at);
    let in_run = |clause: &Range<usize>| {
        let terms = &note.terms[clause.clone()];
        let distance = terms.windows(2).any(|pair| pair[0].number.is_some() && pair[1].is(class::UNIT));
        distance || terms.iter().any(|term| term.is_any(&MARKS_OF_THE_RUN))
    };
    let later = || note.clauses.iter().filter(|other| other.start >= clause.end);
    if passed_with_the_seat(note, at) {
        return true;
    }
    if in_run(&clause) {
        return false;
    }
    if note.says(at + 1..clause.end, &[class::GONE]) {
        return true;
    }
    // "More aching than yesterday" is told of today.
    let of_before = |at: usize| {
        let compared = at.checked_sub(1).is_some_and(|before| note.terms[before].is_any(&[class::THAN, class::FROM]));
        note.terms[at].is(class::YESTERDAY) && note.moods[at].denied_by.is_none() && !compared
    };
    let told_of_before = clause.clone().any(of_before) && !note.says(clause.clone(), &[class::CURRENT]);
    if told_of_before {
        return later().any(|other| {
            (note.says(other.clone(), &[class::WELL, class::GONE]) || denies_a_complaint(note, other))
                && !other.clone().any(|index| note.terms[index].is(class::OTHER))
        });
    }
    later().take(1).any(|other| {
        note.says(other.clone(), &[class::GONE, class::EASED_OFF])
            && (note.says(other.clone(), &[class::CURRENT, class::YESTERDAY]) && !in_run(other)
                || note.says(other.clone(), &[class::BEFORE_RUN]))
    })
}

/// "bum went numb on the turbo, back to normal once off it", "numb bum on the plane, gone since": caused by a seat,
/// and over.
pub(super) fn passed_with_the_seat(note: &Parsed, at: usize) -> bool {
    let clause = note.clause_of(at);
    let sentence = note.terms[at].sentence;
    let seats = [class::RIDE, class::SEAT];
    let on_a_seat = || {
        let mut here = note.terms.iter().filter(|term| term.sentence == sentence);
        here.any(|term| term.all_classes().any(|class| seats.contains(&class)))
    };
    let over = || {
        let mut later = note.clauses.iter().filter(|other| other.start >= clause.end);
        later.any(|other| note.says(other.clone(), &[class::WELL, class::GONE, class::EASED_OFF]))
    };
    note.terms[at].is_any(&[class::NUMB, class::TINGLE]) && on_a_seat() && over()
}

/// "the old injury is no bother now", "no trouble from the strain": the complaint is said to be well.
fn said_to_be_well(note: &Parsed, at: usize) -> bool {
    note.matches.iter().any(|found| found.meaning == "settled" && !note.denied(found) && found.terms.contains(&at))
}

fn denies_a_complaint(note: &Parsed, clause: &Range<usize>) -> bool {
    clause.clone().any(|at| {
        let term = &note.terms[at];
        (term.is(class::PAIN) || term.quality().is_some()) && note.moods[at].denied_by.is_some()
    })
}

/// Whether the note denies pain outright: of the hip, of the whole body, or of nothing in particular.
pub(super) fn denies_all_pain(note: &Parsed) -> bool {
    pain_denied(note).next().is_some()
}

/// Whether pain is denied right beside each of these complaints. "No pain" at the end of a long note is not said of the hip that
/// was on the runner's nerves at its beginning.
pub(super) fn denies_pain_beside(note: &Parsed, complaints: &[Complaint]) -> bool {
    // An ellipsis is three stops, with no sentence between them.
    let mut sentences: Vec<_> = note.terms.iter().map(|term| term.sentence).collect();
    sentences.dedup();
    let place = |at: usize| sentences.partition_point(|sentence| *sentence < note.terms[at].sentence);
    complaints.iter().all(|one| pain_denied(note).any(|at| place(at).abs_diff(place(one.at)) <= 1))
}

/// The words for pain that are denied outright.
fn pain_denied(note: &Parsed) -> impl Iterator<Item = usize> {
    (0..note.terms.len()).filter(|&at| {
        let (term, mood) = (&note.terms[at], note.moods[at]);
        let free =
            term.is(class::PAIN) && mood.denied_by.is_some() || term.is(class::PAIN_FREE) && mood.denied_by.is_none();
        if !free || mood.supposed {
            return false;
        }
        let clause = note.clause_of(at);
        let until = note.terms[at..clause.end].iter().any(|term| term.is(class::UNTIL));
        // "Nothing else hurts" says that something does, and "no pain yesterday" nothing of today.
        let elsewhere =
            note.matches.iter().any(|found| found.meaning == "elsewhere" && clause.contains(&found.ends().0));
        !until
            && !elsewhere
            && owner(&note.terms, &note.groups, at).is_none_or(|owner| {
                // "Knee was odd, no pain": of the knee, whatever another sentence tells of the hip.
                let group = &note.groups[owner.group];
                group.hip || !owner.same_clause && note.terms[group.terms.start].sentence != term.sentence
            })
    })
}

/// Whether these complaints tell of no more than tightness, stiffness or a click.
pub(super) fn only_tight(complaints: &[Complaint]) -> bool {
    complaints.iter().all(|one| match one.quality {
        Some(quality) => matches!(quality, Quality::Tight | Quality::Stiff | Quality::Click),
        None => !one.strong,
    })
}

/// Whether the note says that the hip is well: "hip fine", "no hip pain", "hip 0/10", "no pain anywhere".
pub(super) fn denies_hip(note: &Parsed, scores: &[Score]) -> bool {
    let zero = !scores.is_empty() && scores.iter().all(|score| score.value == 0.0);
    // "GP says not a fracture": what it is not, and not that it is well.
    let visited = note.matches.iter().any(|found| found.meaning == "consultation" && !note.denied(found));
    let well = (0..note.terms.len()).any(|at| {
        let term = &note.terms[at];
        let mood = note.moods[at];
        let says_well = term.is(class::WELL) && !term.is(class::MILD_WELL) && mood.denied_by.is_none();
        let pain = term.is(class::PAIN) || term.quality().is_some();
        let denies = term.is(class::COMPLAINT) && mood.denied_by.is_some() && (pain || !visited);
        let gone = term.is(class::GONE) && mood.denied_by.is_none();
        if mood.supposed || mood.other_person || mood.past || !(says_well || denies || gone) {
            return false;
        }
        let clause = note.clause_of(at);
        if note.terms[clause.start..at].iter().any(|term| term.is(class::FEAR)) || is_partial(note, &clause) {
            return false;
        }
        match owner(&note.terms, &note.groups, at) {
            Some(owner) => {
                let group = &note.groups[owner.group];
                group.hip && !group.other_person && (owner.same_clause || denies)
            }
            None => denies && term.is(class::PAIN),
        }
    });
    let everywhere = note.clauses.iter().any(|clause| {
        let pain = clause.clone().any(|at| {
            note.terms[at].is_any(&[class::PAIN, class::SORE, class::NIGGLE, class::ACHE])
                && note.moods[at].denied_by.is_some()
        });
        pain && !clause.clone().any(|at| note.terms[at].is_any(&[class::OTHER, class::LEG]))
            && !is_partial(note, clause)
    });
    zero || well || everywhere || unfelt(note)
}

/// "don't feel the hip walking", "never noticed my hip once".
fn unfelt(note: &Parsed) -> bool {
    note.matches.iter().any(|found| {
        found.meaning == "unfelt"
            && found.terms.iter().all(|at| !note.moods[*at].supposed)
            && !is_partial(note, &note.clause_of(found.ends().0))
    })
}

/// "Walking doesn't hurt", "fine on the stairs", "no sharp pain": one movement, one time or one kind of pain is denied,
/// and nothing said of the rest. A clause that speaks of the run denies more.
fn is_partial(note: &Parsed, clause: &Range<usize>) -> bool {
    note.matches.iter().any(|found| found.meaning == "partial" && clause.contains(&found.ends().0))
        && !note.terms[clause.clone()].iter().any(|term| term.is_any(&[class::IN_RUN, class::RUN_VERB]))
}
