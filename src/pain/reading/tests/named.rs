//! A hip that is only named, what is denied of another part or another time alone, and what happens again and again.

use super::{each_raises, none_is_raised, plain};
use crate::model::warning_sign::RedFlag;

#[test]
fn a_hip_that_is_named_and_not_called_well_complains() {
    for text in [
        "Right hip from halfway, shut the session down",
        "hip again on the climb out of the village",
        "it is the groin this week",
        "the left glute had something to say about the camber",
        "groin day 9",
        "hips no better for the week off",
        "the groinal area is the trouble",
    ] {
        let reading = plain(text);
        assert!(reading.hip && reading.understood, "{text}: {reading:?}");
    }
    for text in [
        "hip after 10k, fine since",
        "coach's hip kept her at home, I ran 6",
        "hip exercises, 20 min",
        "never thought of the hip once",
        "saw the hip doctor's new clinic on the way round",
        "Tom talked of his hip all the way",
        "Hüfte beim Laufen",
    ] {
        assert!(!plain(text).hip, "{text}: {:?}", plain(text));
    }
}

#[test]
fn beside_words_that_may_tell_of_more_such_a_hip_is_not_all() {
    for text in [
        "Hip from 4k on. Could not get off the grass",
        "hip again, ambulance at the finish",
        "My hip went on lap three. Marshals fetched a chair",
        "hip once more, it is out of its socket",
        "Hip, and a temperature",
    ] {
        let reading = plain(text);
        assert!(reading.hip && !(reading.understood && reading.red_flags.is_empty()), "{text}: {reading:?}");
    }
}

#[test]
fn what_is_denied_elsewhere_or_of_another_time_is_not_denied_here_and_now() {
    each_raises(&[
        ("hip tight, nothing else hurts. Slipped on the steps and came down on that side", RedFlag::Trauma),
        ("Tight hip, no pain elsewhere. Fell on it on the descent", RedFlag::Trauma),
        ("no pain before that, then I fell on the left hip and it is stiff", RedFlag::Trauma),
    ]);
    each_raises(&[
        ("stiff hip, no pain anywhere else. Shivering and feverish", RedFlag::Fever),
        ("Hip tight. Nothing else hurts. Temperature of 39", RedFlag::Fever),
    ]);
    for text in [
        "hip tight, no pain elsewhere",
        "no pain until 5k, then the hip ached",
        "hip grumpy at the start of the week. Long weekend away. Did 5 with no pain",
        "the hip aches more than yesterday but I am happy with the week",
    ] {
        assert!(plain(text).hip, "{text}: {:?}", plain(text));
    }
    for text in [
        "hip tight, no pain",
        "hips tight this morning. No pain on the run",
        "feared that the hip would act up...but it never hurt",
    ] {
        assert!(!plain(text).hip, "{text}: {:?}", plain(text));
    }
}

#[test]
fn what_pops_again_and_again_is_no_tear_unless_this_time_was_another() {
    for text in [
        "sore hip, it usually pops on the stairs",
        "hip pops every step, as it has for years. Bit sore",
        "hip sore, and it needs cracking like a knuckle",
    ] {
        let reading = plain(text);
        assert!(!reading.red_flags.contains(&RedFlag::Pop), "{text}: {reading:?}");
    }
    each_raises(&[
        ("hip usually pops on the stairs, today it popped and it hurts", RedFlag::Pop),
        ("hip always snaps but never this badly, agony", RedFlag::Pop),
        ("It often pops. This time I heard it across the room, hip sore", RedFlag::Pop),
        ("hip sometimes pops and the pain is sharp", RedFlag::Pop),
        ("heard my hip pop again, sore", RedFlag::Pop),
    ]);
}

#[test]
fn legs_without_feeling_and_a_leg_that_lies_otherwise_are_not_passed_over() {
    for text in [
        "lost all feeling in both legs on the sofa",
        "no feeling below the waist this morning",
        "numb from the waist down after the drive",
        "wiping felt odd, as if it were somebody elses",
        "both legs went numb at my desk",
        "couldn't feel my legs at all on the stairs",
        "back bad since Sunday, cannot feel my foot",
        "the leg looks shorter and is turned outwards",
        "my foot lies outwards and I cannot bring it back",
        "I think the hip is broken",
    ] {
        let reading = plain(text);
        assert!(!reading.understood || !reading.red_flags.is_empty(), "{text}: {reading:?}");
    }
    each_raises(&[
        ("left hip sore, the leg is shorter and turned outwards", RedFlag::CannotBearWeight),
        ("hip aches, foot turned out and I can't turn it back", RedFlag::CannotBearWeight),
    ]);
    none_is_raised(&[
        "legs dead after the hills",
        "hip sore, dug a thumb into the glute for a while",
        "hip sore from the get go",
    ]);
}
