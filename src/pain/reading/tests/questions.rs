//! Questions, their bare answers, and what these take away.

use super::{each_raises, has_flag, none_is_raised, plain};
use crate::model::reading::Priority;
use crate::model::warning_sign::RedFlag;

#[test]
fn a_bare_answer_denies_what_it_answers() {
    for text in
        ["hip sore. limping: no", "hip sore. Limping: n", "hip sore; fever: nope", "hip sore. Saddle numbness: no"]
    {
        assert!(plain(text).hip && plain(text).red_flags.is_empty(), "{text}: {:?}", plain(text));
    }
    let list = plain("Hip: sore. Fever: no. Numbness: no. Limping: yes. Bladder: normal.");
    assert_eq!(list.red_flags.into_iter().collect::<Vec<_>>(), [RedFlag::CannotBearWeight]);
    // What the runner can not do is a sign, and what the hip "says" no answer.
    each_raises(&[
        ("left hip sore. Can bear weight: no", RedFlag::CannotBearWeight),
        ("sore hip. Able to put weight on it? nope", RedFlag::CannotBearWeight),
        ("hip sore. Weight bearing? No.", RedFlag::CannotBearWeight),
        ("hip sore. Can you walk without limping: no", RedFlag::CannotBearWeight),
        ("left hip. Weight bearing: no", RedFlag::CannotBearWeight),
        ("feeling between the legs: no", RedFlag::SaddleNumbness),
        ("hip sore. Bladder ok: no", RedFlag::BowelBladder),
        ("hip sore, limping, numb down there? No idea", RedFlag::CannotBearWeight),
        ("Still running? No. Hip gave way on the stairs and I can't stand on it", RedFlag::CannotBearWeight),
    ]);
    none_is_raised(&[
        "Hip sore. 5. Any fever, numbness or limping? No",
        "left hip 3/10. Any numbness, any limp? Nope.",
        "hip tender. Fever? No. Numbness? No.",
        "Bladder problems (none), hip 2/10",
        "Numbness groin / saddle (None)",
        "hip sore, leg weakness [nil]",
    ]);
    assert!(plain("hip a bit sore, then my hip said: no").hip);
    assert!(plain("Hip 2/10, weight bearing: no problem").red_flags.is_empty());
}

#[test]
fn a_no_takes_away_no_sign_that_it_does_not_deny() {
    each_raises(&[
        // That it has not got better,
        ("Hip sore. Saddle numbness better? No", RedFlag::SaddleNumbness),
        ("Groin pain. Has the fever broken? No", RedFlag::Fever),
        ("Groin pain. Fever reduced: no", RedFlag::Fever),
        ("hip sore. Foot drop improving: no", RedFlag::Weakness),
        ("Limping better? No. Left hip", RedFlag::CannotBearWeight),
        // that something does not work,
        ("Groin sore. Passing urine? No.", RedFlag::BowelBladder),
        ("Hip sore. Passing stool: no", RedFlag::BowelBladder),
        ("groin sore. Any feeling in the saddle area? None", RedFlag::SaddleNumbness),
        ("groin sore. Any control over my bladder? No", RedFlag::BowelBladder),
        ("left hip. Any chance you can stand on it? no", RedFlag::CannotBearWeight),
        ("hip sore. Any change in the numbness? No", RedFlag::NumbnessTingling),
        // nothing of a list that is,
        ("groin sore. Any fever, numbness between the legs? Yes", RedFlag::SaddleNumbness),
        // something else in the same breath,
        ("back and saddle area numb bladder problems: no", RedFlag::SaddleNumbness),
        ("Hip pain: 6 Saddle numbness: yes Fever: no", RedFlag::SaddleNumbness),
        ("can't stand on left hip and fever: no", RedFlag::CannotBearWeight),
        ("fell on the hip, cannot get up swelling: none", RedFlag::Trauma),
        // or with all force.
        ("left hip 6/10. Can't walk on it: no", RedFlag::CannotBearWeight),
    ]);
}

#[test]
fn each_thing_that_is_asked_for_gets_its_own_answer() {
    // What is asked for beside a sign, and what a bare "no" to an ability says.
    for text in [
        "left hip pain. Any tablets for bladder problems? none",
        "hip sore. Any less numbness between the legs? No",
        "hip sore. Any numbness apart from between the legs? No",
        "left hip pain. Any fever or bladder control? No",
        "hip sore. Can you pass water, any fever? no",
        "hip sore. Can you stand, walk or climb? No",
        "hip sore. Can you walk? I can't",
        "hip sore. Can you walk (yes/no): no",
        "hip sore.\nQ: Can you pass water?\nA: No.",
        "hip sore. Bladder and bowel function normal: no",
        "hip sore. Saddle sensation: none",
        "hip sore. Bearing weight? no",
        "hip sore. Walking? No",
        "hip sore. No bladder trouble? no",
        "hip sore. Nights without bladder problems: none",
        "hip sore. Saddle numbness: no change",
        "hip sore. Fever: no better",
        "hip sore. Fever? No.. yes",
        "hip sore. Can you see why the groin is numb? Not at all",
        "hip sore. Can you feel your groin? Not at all",
        "hip sore. Can you bring the fever down? Not at all",
    ] {
        let reading = plain(text);
        let urgent = reading.red_flags.iter().any(|flag| flag.row().priority <= Priority::P1);
        assert!(urgent || !reading.understood, "{text}: {reading:?}");
    }
    none_is_raised(&[
        "left hip 2/10. Numbness between the legs? No",
        "left hip 2/10. Have you lost bladder control? no",
        "left hip 2/10. Do you have a fever? no",
        "left hip 2/10. Fever? Numbness? Bladder trouble? No",
        "left hip 2/10. fever - no; numbness - no",
        "left hip 2/10. Numb between legs (yes/no): no",
        "left hip 2/10. Fieber? nein",
        "left hip 2/10. Foot drop? no",
    ]);
}

#[test]
fn a_question_of_nothing_is_left_alone() {
    for text in
        ["You? No", "hip sore. You? no. Me: limping", "? No", "no: no", "a: no", "(no)", "yes/no", "A: B: no? yes"]
    {
        assert!(plain(text).spans.iter().all(|span| span.end <= text.len()), "{text}");
    }
    assert!(has_flag("hip sore. You? no. Me: limping", RedFlag::CannotBearWeight));
}
