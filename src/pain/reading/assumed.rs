//! Notes that name no part of the body. They are read as notes on the hip where the caller knows from their
//! surroundings that the hip is meant, and held back where their words are a warning sign anyway.

use chrono::NaiveDate;

use super::answers;
use super::classes::class;
use super::complaint::{Complaint, Parsed, complaints};
use super::one_leg::names_one_leg;
use super::rules::{Kind, Match};
use super::signs::{Signs, signs};
use super::verdict::Location;
use super::{parse, part_length, read_on, score, stops, words};
use crate::model::note::Given;
use crate::model::reading::{Reading, Side};
use crate::model::warning_sign::RedFlag;

/// From this score up, pain without a named place is not passed over.
const HIGH_SCORE: f64 = 7.0;

/// The side of the hip that a heading or a file's name is about; `None` if it names no hip, or other parts as
/// well.
#[must_use]
pub fn hip_named_in(heading: &str) -> Option<Side> {
    let spaced = heading.replace(['-', '_', '.', '/', '#'], " ");
    Location::of(&spaced).hip_side()
}

/// Reads a note again as one on the hip. `None` if it names another part, or tells neither of pain nor of its end:
/// "easy 8k, felt good" and "knee sore" stay what they are.
#[must_use]
pub fn read_assuming_hip(text: &str, of_a_run: bool, written: Option<NaiveDate>) -> Option<Reading> {
    let mut words = words::split(text);
    stops::join(&mut words, text);
    answers::place(&mut words, text);
    let mut rest = words.items.as_slice();
    let (mut tells, mut over, mut seen) = (false, false, false);
    while !rest.is_empty() {
        let (next, after) = rest.split_at(part_length(rest));
        let note = Parsed { written, ..parse(&words, next) };
        let meant = Meant::of(&note, of_a_run);
        match meant {
            Meant::AnotherPlace => return None,
            Meant::Pain => tells = true,
            Meant::ItsEnd => over = true,
            Meant::Visit => seen = true,
            Meant::Nothing => {}
        }
        rest = after;
    }
    if tells {
        let hip = Given { location: Some("hip".to_owned()), ..Given::default() };
        return Some(read_on(text, &hip, of_a_run, written));
    }
    let as_it_stands = || read_on(text, &Given::default(), of_a_run, written);
    (over || seen).then(|| Reading { denies_hip_pain: over, consultation: seen, understood: true, ..as_it_stands() })
}

/// What a note without a named part would tell if it were about the hip.
enum Meant {
    AnotherPlace,
    Pain,
    ItsEnd,
    /// Somebody was seen about it.
    Visit,
    Nothing,
}

impl Meant {
    fn of(note: &Parsed, of_a_run: bool) -> Self {
        let complaints = complaints(note, true);
        let signs = signs(note, &complaints);
        if !note.groups.is_empty() {
            // A leg that gives way beside a sore hip may be a sign of the hip; a tired leg is none.
            return if names_one_leg(note) && tells_of_a_leg(note, &signs) { Self::Pain } else { Self::AnotherPlace };
        }
        let scores = score::scores(&note.terms, &note.moods, &note.groups, true);
        let painful = scores.iter().any(|score| {
            score.value > 0.0 && (near_pain(note, score.at) || !of_a_run && !is_of_the_session(note, score.at))
        });
        if complaints.iter().any(|one| is_of_the_body(note, one))
            || painful
            || tells_of_a_leg(note, &signs)
            || tells_a_sign(&signs, of_a_run)
            || !of_a_run && worsens(note)
        {
            return Self::Pain;
        }
        let zero = scores.iter().all(|score| score.value == 0.0);
        let partial = note.matches.iter().any(|found| found.meaning == "partial");
        let over = zero && !partial && (!scores.is_empty() && !of_a_run || says_it_is_over(note, of_a_run));
        let seen = note.matches.iter().any(|found| found.meaning == "consultation" && has_happened(note, found));
        match (over, seen) {
            (true, _) => Self::ItsEnd,
            (false, true) => Self::Visit,
            (false, false) => Self::Nothing,
        }
    }
}

/// Whether what was found is neither denied, nor long past, another's or only supposed.
fn has_happened(note: &Parsed, found: &Match) -> bool {
    let stands = |at: &usize| {
        let mood = note.moods[*at];
        !mood.other_person && !mood.past && !mood.supposed
    };
    !note.denied(found) && found.terms.iter().all(stands)
}

/// Whether a note that names no part, or one leg alone, holds an urgent warning sign of the leg or, with no part
/// named, a high pain score. Such a note must not pass for harmless.
pub(super) fn leaves_a_sign_open(note: &Parsed) -> bool {
    if !names_one_leg(note) {
        return false;
    }
    let complaints = complaints(note, true);
    let signs = signs(note, &complaints);
    let high = || {
        score::scores(&note.terms, &note.moods, &note.groups, true)
            .iter()
            .any(|score| score.value >= HIGH_SCORE && near_pain(note, score.at))
    };
    tells_of_a_leg(note, &signs) || note.groups.is_empty() && high()
}

/// Whether a leg fails or bears no weight, or something went in it as it was hit.
fn tells_of_a_leg(note: &Parsed, signs: &Signs) -> bool {
    let any = |flag: RedFlag, counts: &dyn Fn(&[usize]) -> bool| {
        signs.asserted.get(&flag).into_iter().flatten().any(|terms| counts(terms))
    };
    // "Felt weak after the flu" is about the whole runner, "it gave way" about a leg.
    let gives_way =
        |terms: &[usize]| !note.groups.is_empty() || terms.iter().any(|at| note.terms[*at].is(class::GIVES_WAY));
    // "limping dog", "Dad limps"
    let of_another = |terms: &[usize]| {
        let beside = terms.iter().flat_map(|at| [at.checked_sub(1), Some(at + 1)]).flatten();
        beside.filter_map(|at| note.terms.get(at)).any(|term| term.is_any(&[class::PERSON, class::ANIMAL]))
    };
    any(RedFlag::CannotBearWeight, &|terms| !of_another(terms))
        || any(RedFlag::Weakness, &gives_way)
        || any(RedFlag::Trauma, &|terms| {
            signs.asserted.contains_key(&RedFlag::Pop)
                || terms.iter().any(|at| note.clause_of(*at).any(|at| note.terms[at].is(class::IT_WORD)))
        })
}

/// Whether a note without a named part tells of a sign that may be the hip's. Runners have bad nights, hard days,
/// fevers and low moods without any pain, so the note of a run has to say more. Loss of bladder control is an
/// emergency with or without the hip.
fn tells_a_sign(signs: &Signs, of_a_run: bool) -> bool {
    signs.asserted.keys().any(|flag| match flag {
        RedFlag::Persistent | RedFlag::BowelBladder | RedFlag::Weakness | RedFlag::CannotBearWeight => false,
        RedFlag::SaddleNumbness | RedFlag::NumbnessTingling => true,
        RedFlag::Trauma
        | RedFlag::Pop
        | RedFlag::Fever
        | RedFlag::SkinColour
        | RedFlag::SwellingRednessWarmth
        | RedFlag::NightOrSleep
        | RedFlag::DailyActivities
        | RedFlag::Severe
        | RedFlag::SharpSudden
        | RedFlag::Radiating
        | RedFlag::FrontGroinAfterLoad
        | RedFlag::Worsening
        | RedFlag::Recurrent
        | RedFlag::FrequentCramp
        | RedFlag::ExertionalCramp => !of_a_run,
    })
}

/// Whether the complaint is of pain ("sore again") and not of a mood ("a brutal hill") or a thing ("shoes tight").
fn is_of_the_body(note: &Parsed, one: &Complaint) -> bool {
    one.strong
        && !note.clause_of(one.at).any(|at| {
            let term = &note.terms[at];
            term.void || term.is_any(&[class::OWNER, class::THING])
        })
}

/// "felt 7/10", "rep 3: 4/10 effort": a score of the session, not of pain.
fn is_of_the_session(note: &Parsed, at: usize) -> bool {
    let sentence = note.terms[at].sentence;
    let here = || note.terms.iter().filter(move |term| term.sentence == sentence);
    let only_felt = note.clause_of(at).all(|near| near == at || note.terms[near].is_any(&[class::FELT, class::I_WORD]));
    here().any(|term| term.is(class::OWNER)) || here().any(|term| term.is(class::FELT)) && only_felt
}

/// Whether the words say that something, whatever it is, is getting worse.
fn worsens(note: &Parsed) -> bool {
    note.matches.iter().any(|found| {
        found.kind == Kind::Word
            && found.meaning == "worsening"
            && !note.denied(found)
            && !note.clause_of(found.ends().0).any(|at| note.terms[at].is(class::OWNER) || note.terms[at].void)
    })
}

/// Whether a complaint stands in the clause of the score or in one beside it.
fn near_pain(note: &Parsed, at: usize) -> bool {
    let clause = note.clause_of(at);
    let before = clause.start.checked_sub(1).map_or(clause.start, |before| note.clause_of(before).start);
    let after = if clause.end < note.terms.len() { note.clause_of(clause.end).end } else { clause.end };
    (before..after).any(|at| {
        let term = &note.terms[at];
        term.is_any(&[class::PAIN, class::SORE, class::ACHE, class::NIGGLE]) && note.stands(at) && !term.void
    })
}

/// "Gone by Monday", "fine again", "all better", with nothing else named that could be what is well. In the note of a
/// run, "felt good again" may be about the run.
fn says_it_is_over(note: &Parsed, of_a_run: bool) -> bool {
    note.clauses.iter().any(|clause| {
        let terms = &note.terms[clause.clone()];
        let stands = |class: u16| clause.clone().any(|at| note.terms[at].is(class) && note.stands(at));
        let has = |classes: &[u16]| terms.iter().any(|term| term.is_any(classes));
        let of_something =
            terms.iter().any(|term| term.is(class::OWNER) && !term.is(class::FEEL) || term.classes.is_empty());
        let all = terms.first().is_some_and(|first| first.is(class::ALL_WORD));
        let well = if of_a_run {
            !has(&[class::FEEL, class::FELT])
                && (has(&[class::NOW_WORD]) && stands(class::WELL) || all && stands(class::MILD_WELL))
        } else {
            (all || stands(class::CURRENT)) && stands(class::WELL)
        };
        !of_something && (stands(class::GONE) || well)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assumed(text: &str, of_a_run: bool) -> Option<Reading> {
        read_assuming_hip(text, of_a_run, None)
    }

    #[test]
    fn pain_and_signs_without_a_place_are_the_assumed_hips() {
        for (text, score, signs) in [
            ("can't put weight on it, 8/10", Some(8.0), vec![RedFlag::CannotBearWeight]),
            (
                "can't put weight on it since the fall, 8/10",
                Some(8.0),
                vec![RedFlag::Trauma, RedFlag::CannotBearWeight],
            ),
            (
                "bit better, hobbling. wakes me up at night",
                None,
                vec![RedFlag::CannotBearWeight, RedFlag::NightOrSleep],
            ),
            ("limping, woke me up at night", None, vec![RedFlag::CannotBearWeight, RedFlag::NightOrSleep]),
            ("fell on it yesterday, heard a snap", None, vec![RedFlag::Trauma, RedFlag::Pop]),
            ("can not put weight on it", None, vec![RedFlag::CannotBearWeight]),
            ("no pain, limping", None, vec![RedFlag::CannotBearWeight]),
            ("my leg gave way", None, vec![RedFlag::Weakness]),
            ("still hurts", None, vec![]),
        ] {
            for of_a_run in [false, true] {
                let reading = assumed(text, of_a_run).unwrap_or_else(|| panic!("{text}"));
                assert!(reading.hip && !reading.denies_hip_pain, "{text}");
                assert_eq!(reading.severity, score, "{text}");
                assert_eq!(reading.red_flags.into_iter().collect::<Vec<_>>(), signs, "{text}");
            }
        }
        let stairs = assumed("still there going up stairs, 4/10", false).unwrap();
        assert_eq!((stairs.hip, stairs.severity), (true, Some(4.0)));
        assert!(assumed("worse today", false).unwrap().hip);
    }

    #[test]
    fn its_end_is_told_without_a_place_too() {
        for text in ["gone by Monday", "fine again", "all better"] {
            for of_a_run in [false, true] {
                let reading = assumed(text, of_a_run).unwrap_or_else(|| panic!("{text}"));
                assert!(reading.denies_hip_pain && !reading.hip, "{text}");
            }
        }
        assert!(assumed("0/10", false).unwrap().denies_hip_pain);
        assert!(assumed("ok today, 1/10", false).unwrap().hip, "a low score is pain");
    }

    #[test]
    fn what_tells_of_no_pain_or_of_another_place_stays_what_it_is() {
        for text in [
            "easy 8k, felt good",
            "knee sore 3/10",
            "legs tired",
            "new shoes feel fine",
            "shoes tight",
            "weather fine again",
            "off (travel)",
            "tired",
            "brutal intervals",
            "mum fell and can't put weight on it",
            "limping dog, walked home with her",
            "easy 5k, RPE 7/10",
            "",
        ] {
            assert_eq!((assumed(text, false), assumed(text, true)), (None, None), "{text}");
        }
        // In the note of a run these may be about the run, the night or the day.
        for text in ["felt great again", "all good", "slept badly", "felt blue today, 5k to shake it off", "7/10"] {
            assert_eq!(assumed(text, true), None, "{text}");
        }
    }

    #[test]
    fn a_sign_without_a_place_does_not_pass_for_harmless() {
        let read = |text: &str| super::super::read(text, &Given::default(), false);
        for text in [
            "can't put weight on it since the fall, 8/10",
            "couldn't stand on my left leg this morning",
            "cant bear weight",
            "8/10, sore",
            "it gave way on the stairs",
        ] {
            let reading = read(text);
            assert!(!reading.hip && !reading.understood, "{text}");
        }
        for text in ["felt weak after the flu", "limping dog so walked it, 3k", "knee gave way", "sore 3/10", "easy 8k"]
        {
            assert!(read(text).understood, "{text}");
        }
    }

    #[test]
    fn a_heading_that_speaks_of_the_hip_alone_names_it() {
        assert_eq!(hip_named_in("Left hip diary"), Some(Side::Left));
        assert_eq!(hip_named_in("hip-pain"), Some(Side::Unknown));
        assert_eq!(hip_named_in("pain"), None);
        assert_eq!(hip_named_in("Hip and knee"), None);
        assert_eq!(hip_named_in("training 2026"), None);
    }
}
