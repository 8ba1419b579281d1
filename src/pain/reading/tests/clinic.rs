//! What a physiotherapist missed or would not sign: absence of feeling, a leg that does not obey, water that does not come, a
//! swollen leg, a leg lifted by hand, cramps of a moment, long walks, weeks of something else, advice read out. Holds no rules.

use super::{has_flag, plain};
use crate::model::reading::Priority;
use crate::model::warning_sign::RedFlag;

fn is_urgent(text: &str) -> bool {
    plain(text).red_flags.iter().any(|flag| flag.row().priority <= Priority::P1)
}

#[test]
fn no_feeling_between_the_legs_is_numbness_in_either_order() {
    for text in [
        "zero sensation down below since breakfast, both hips ache",
        "between my thighs there's just nothing",
        "my undercarriage has no feeling whatsoever",
        "nothing at all to feel down there since the weekend",
        "down there I feel nothing, two days now",
        "feeling gone between my legs, hip 6/10",
        "no feeling in between my legs, hips hurt",
        "numbness between legs since the deadlifts",
        "feels like there's nothing there between the legs",
        "Coach note: Amy has no feeling between her legs since training",
    ] {
        assert!(has_flag(text, RedFlag::SaddleNumbness), "{text}: {:?}", plain(text));
    }
    // A ride explains it while it lasts, and not hours later.
    assert!(!has_flag("no feeling between my legs on the turbo, fine after a stretch", RedFlag::SaddleNumbness));
    for text in [
        "no feeling down below after the spin class, still nothing six hours on",
        "no feeling between my legs since I got off the bike this morning, and it is bedtime",
    ] {
        assert!(has_flag(text, RedFlag::SaddleNumbness), "{text}");
    }
    for text in ["no chafing between my legs with the new shorts", "no feeling of tiredness in the legs today"] {
        assert!(!is_urgent(text), "{text}");
    }
}

#[test]
fn a_leg_that_does_not_obey_is_weak_and_tired_legs_are_not() {
    for text in [
        "leg suddenly turned to jelly at 3k and has no strength in it since, hip sore",
        "woke with the right leg not obeying, can't raise the foot",
        "my right leg isn't listening to me, foot won't come up",
        "can't lift my foot since lunch",
    ] {
        let reading = plain(text);
        assert!(has_flag(text, RedFlag::Weakness) && reading.sudden_weakness, "{text}: {reading:?}");
    }
    for text in [
        "hip hurts and the leg has been like jelly ever since",
        "the thigh is numb and the leg is becoming weak",
        "numb patch on the outer thigh, and now the leg is losing power",
    ] {
        assert!(has_flag(text, RedFlag::Weakness), "{text}: {:?}", plain(text));
    }
    for text in [
        "legs like jelly at mile 20 but got the medal",
        "jelly legs off the bike, brick session",
        "leg numb and weak from sitting on it, fine once I moved",
        "foot drop drill with the squad, then strides",
    ] {
        assert!(!is_urgent(text), "{text}: {:?}", plain(text));
    }
}

#[test]
fn water_that_does_not_come_is_the_bladder_and_a_drinking_bladder_is_none() {
    for text in [
        "Stood at the toilet for a quarter of an hour, not a drop. Hip and back ache.",
        "stood there forever, not a dribble, and my bladder is bursting",
        "stood ten minutes in the gents and not a drop came",
        "nothing when I try for a wee, twelve hours now",
        "the water does not come, I stay long time at the toilet",
        "my bladder won't let go of anything",
    ] {
        assert!(has_flag(text, RedFlag::BowelBladder), "{text}: {:?}", plain(text));
    }
    for text in [
        "lost the bite valve off my bladder at 12k, hips 1/10",
        "1.5 litre bladder leaked through the hose, wet shorts",
        "filled the bladder at the aid station, lost the cap, it leaked all over my shorts",
        "bladder bursting by 10k, loo stop, then fine",
        "quick loo stop, not a drop of rain all day",
    ] {
        assert!(!is_urgent(text), "{text}: {:?}", plain(text));
    }
}

#[test]
fn a_swollen_leg_beside_a_short_breath_is_listed() {
    for text in [
        "left calf swollen and tight since the flight and I'm short of breath, hip aches",
        "calf twice its normal size, chest hurts when I breathe",
        "Short of breath since this morning and the left leg is swollen",
        "can't catch my breath sitting down, calf sore and swollen",
        "leg puffy and tender, pain in the chest on a deep breath",
        "swollen hot calf. Coughed up some blood",
    ] {
        assert!(!plain(text).understood, "{text}: {:?}", plain(text));
    }
    assert!(has_flag("hip sore and the whole left leg is swollen and warm", RedFlag::SwellingRednessWarmth));
    for text in [
        "calf tight after hills, breathless at the top as always",
        "left calf swollen by a midge bite, itches",
        "chest tight in the cold air, calves fine",
        "out of breath after the stairs session, hips happy",
    ] {
        assert!(plain(text).understood && !is_urgent(text), "{text}: {:?}", plain(text));
    }
}

#[test]
fn a_leg_moved_by_hand_or_on_hands_and_knees_bears_no_weight() {
    for text in [
        "have to lift my left leg into the car with both hands, groin",
        "need both hands to swing the leg out of the car, front of hip hurts",
        "climbing out of the van, groin nags, I pick the leg up with my hands",
        "on my hands and knees to the toilet this morning, hip",
        "can not make one step without big pain in the hip",
        "with the left leg I can make no step, hip hurts too much",
        "not possible to make a step without pain, right groin",
    ] {
        assert!(has_flag(text, RedFlag::CannotBearWeight), "{text}: {:?}", plain(text));
    }
    for text in [
        "since the tumble on Monday I get about on hands and knees, groin",
        "since falling I only move on all fours, hip pain 8/10",
    ] {
        let both = [RedFlag::Trauma, RedFlag::CannotBearWeight];
        assert!(both.iter().all(|flag| has_flag(text, *flag)), "{text}: {:?}", plain(text));
    }
    for text in [
        "on my hands and knees weeding all afternoon, hip 1/10",
        "scrambled up the crag on all fours, hips fine",
        "lifted the leg with both hands for a hip stretch, hip tight 1/10",
        "lifted the bike out of the car with my hands, groin 1/10",
    ] {
        assert!(!is_urgent(text), "{text}: {:?}", plain(text));
    }
}

#[test]
fn a_cramp_of_a_moment_hinders_nothing_and_one_that_comes_each_time_does() {
    for text in [
        "glute cramped for a few seconds climbing out of the bath. Shook it off, nothing since",
        "cramp in the hip for a couple of secs putting socks on, nothing since",
        "butt cramp tying my laces, lasted ten seconds, nothing after",
        "groin cramp getting up from the chair, over in a second or two",
    ] {
        let reading = plain(text);
        assert!(!has_flag(text, RedFlag::DailyActivities) && !is_urgent(text), "{text}: {reading:?}");
    }
    for text in
        ["hip cramps every time I get out of bed", "hip cramped getting out of the car and still hurts in chairs"]
    {
        assert!(has_flag(text, RedFlag::DailyActivities), "{text}: {:?}", plain(text));
    }
    assert!(!has_flag("hip sore, worse on my side on the sofa", RedFlag::DailyActivities));
    assert!(has_flag("can't sit on the sofa for long, hip aches", RedFlag::DailyActivities));
}

#[test]
fn hours_on_the_feet_and_weeks_of_something_else_are_no_signs() {
    for text in [
        "hips sore after walking round the museum all day, 3/10",
        "hip achy after a long walk with the dog, 2/10",
        "both hips ache after walking six hours in the city",
    ] {
        assert!(plain(text).hip && !is_urgent(text), "{text}: {:?}", plain(text));
    }
    for text in [
        "groin hurts after walking for an hour",
        "hips hurt just walking the dog",
        "after walking ten minutes I can't put weight on the hip",
    ] {
        assert!(has_flag(text, RedFlag::CannotBearWeight), "{text}: {:?}", plain(text));
    }
    for text in
        ["24 weeks and a bit. Hips achy 2/10", "19 weeks today! left hip 2/10 after the jog", "Week 30, hips achy"]
    {
        assert!(!has_flag(text, RedFlag::Persistent), "{text}");
    }
    for text in ["6 weeks of hip pain", "hip has hurt for three weeks and a bit", "hip sore 12 weeks now"] {
        assert!(has_flag(text, RedFlag::Persistent), "{text}");
    }
}

#[test]
fn advice_read_out_and_names_of_songs_are_no_signs() {
    for text in [
        "If you ever can't feel your backside you go straight to hospital, says the leaflet. Stiff glute 2/10",
        "if you lose control of your bladder go to A&E, said the sign at the physio",
        "when you go numb down below you call 999, according to the app. Tight hip here",
        "read that when you can't put weight on your leg you should get an x-ray. hip 1/10",
        "Saturday Night Fever 5k in flares, hips 2/10",
        "Jungle Fever trail race, hips sore after 3/10",
        "slipped on black ice, kept my feet, hip 1/10",
    ] {
        assert!(!is_urgent(text), "{text}: {:?}", plain(text));
    }
    assert!(has_flag("Poster says go to A&E if you wet yourself. I have wet myself twice", RedFlag::BowelBladder));
    assert!(has_flag("Saturday night: fever 38.8 and my hip throbs", RedFlag::Fever));
    assert!(!has_flag("went down on black ice, hip sore", RedFlag::SkinColour));
    assert!(has_flag("slipped on black ice, hip has gone purple", RedFlag::SkinColour));
}
