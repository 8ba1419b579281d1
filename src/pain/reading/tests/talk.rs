//! How runners talk about a hip: as a guest, as somebody in a mood, as something that is over.

use super::{each_raises, has_flag, none_is_raised, plain};
use crate::model::reading::{Priority, Side};
use crate::model::warning_sign::RedFlag;

#[test]
fn a_hip_that_calls_or_joins_in_complains() {
    for text in [
        "the right hip turned up at 3 km",
        "got to the church before the groin said hello",
        "my old friend the hip paid a visit on the climb",
        "glute came along for the ride again",
        "hip having a sook all evening",
        "left hip fine on the flat, grumbles on the slopes",
        "hip quiet all run, then complained on the stairs",
        "I feel it in the right buttock on the camber",
        "felt my left hip from the second lap on",
        "deep in the hip socket, right one",
        "it's the outside of my right hip",
        "two months now of this groin",
        "fed up with this hip",
        "the hip was there from the first step to the last",
        "old injury in the right hip playing up",
        "tight on both legs at the groin",
        "hip shooting into my calf on the left",
        "hip kicked in around 8 km",
    ] {
        assert!(plain(text).hip, "{text}: {:?}", plain(text));
    }
}

#[test]
fn what_is_over_is_no_pain() {
    for text in [
        "the groin thing from the autumn never came back, 11k",
        "hip strain all healed, says the club physio",
        "Thursday's hip tightness was gone by Friday",
        "bum numb on the coach, gone by the time I set off",
        "used to get awful sciatica when I started out, none for years",
        "a year ago today I was on crutches with the hip, today 12 km",
        "old riding injury in the left hip, long healed, 0 pain this month",
        "old injury in the left hip, no bother",
        "a week ago the hip was in a state, today 8 km without a twinge",
        "Two years to the day since the hip fracture. 12 km and cake",
    ] {
        assert!(!plain(text).hip, "{text}: {:?}", plain(text));
    }
}

#[test]
fn names_of_places_and_sayings_are_no_hip() {
    for text in [
        "out along the Hip Lane loop and home by the river",
        "ran the Buttock Hill race in the rain, cake after",
        "joined at the hip with my pacer for nine miles",
        "the new club vest is very hip",
        "sat on my backside all weekend",
        "dragged my lazy arse out of bed for a 5k",
        "Trainer out injured, groin tear at hockey. We ran the hills without him",
    ] {
        let reading = plain(text);
        assert!(!reading.hip && reading.understood, "{text}: {reading:?}");
    }
    for text in ["Left Groin Sore After Track", "Coach off sick, my hip hurts"] {
        assert!(plain(text).hip, "{text}");
    }
}

#[test]
fn a_gripping_muscle_that_lets_go_is_no_weak_leg_and_a_leg_that_lets_go_is() {
    for text in [
        "hunched over until the hip let go, stiff",
        "glute gripping over the stones, let go when I got to the gate",
        "psoas felt from halfway, like someone plucking a guitar string",
        "a strong ache in the left glute with each step of the first mile",
        "bum cheek sore on the cool-down walk after the run",
        "hip popped as I stretched, as it has for 15 years, no pain",
        "didn't feel the glute or the groin, not once",
    ] {
        let urgent = |flag: &RedFlag| flag.row().priority <= Priority::P1;
        assert!(!plain(text).red_flags.iter().any(urgent), "{text}: {:?}", plain(text).red_flags);
    }
    assert!(has_flag("the hip let go under me on the step", RedFlag::Weakness));
    assert!(has_flag("sore hip, right leg felt as if it belonged to somebody else", RedFlag::Weakness));
    assert!(has_flag("groin pain with each step of the first mile", RedFlag::CannotBearWeight));
}

#[test]
fn what_a_phrase_of_the_lexicon_holds_is_found_word_by_word() {
    // "at the", "hit by" and "went over" are lexicon entries of their own.
    assert!(has_flag("got hit by a scooter, left hip sore", RedFlag::Trauma));
    assert!(has_flag("something went twang in the back of my hip", RedFlag::Pop));
    assert!(plain("joined at the hip with the pacer").understood);
}

#[test]
fn a_limp_is_told_apart_from_a_leg_that_bears_nothing() {
    for (text, only_limps) in [
        ("hip 5/10, limping first thing", true),
        ("hips sore, walking like a cowboy", true),
        ("limping, can't put weight on the hip", false),
        ("hip sore, on crutches", false),
    ] {
        let reading = plain(text);
        assert!(reading.red_flags.contains(&RedFlag::CannotBearWeight), "{text}");
        assert_eq!(reading.only_limps, only_limps, "{text}");
    }
}

#[test]
fn clothes_shoes_and_fright_are_no_signs() {
    for text in [
        "left hip sore from the belt, can't stand the elastic on it",
        "hip grumbly since I switched over to the carbon plates",
        "right hip sore from 3 to 5 km, then it just went away",
        "buttock puckering traverse above the lake, 14 km",
        "The booklet says ring if you can't stand on the leg. Hip fine, 6 km",
    ] {
        let urgent = plain(text).red_flags.into_iter().any(|flag| flag.row().priority <= Priority::P1);
        assert!(!urgent, "{text}: {:?}", plain(text));
    }
}

#[test]
fn skin_without_feeling_over_the_hip_is_numb() {
    for text in [
        "a patch the size of a coin on my right hip with no feeling",
        "outside of the left hip has hardly any sensation",
    ] {
        assert!(has_flag(text, RedFlag::NumbnessTingling), "{text}: {:?}", plain(text));
    }
}

#[test]
fn what_is_not_felt_in_walking_bears_no_witness_against_the_leg() {
    for text in [
        "groin 3/10 from halfway, don't feel it walking",
        "left groin 2/10. Not when walking, not while standing",
        "groin 4/10, can't notice it on the stairs",
    ] {
        let reading = plain(text);
        assert!(!reading.red_flags.contains(&RedFlag::CannotBearWeight), "{text}");
        assert!(reading.denied_flags.contains(&RedFlag::CannotBearWeight), "{text}");
    }
    for text in [
        "groin 3/10, can't walk on it",
        "hip: cannot get across the landing standing, I crawl",
        "right hip seized, can't get it up the stairs",
    ] {
        assert!(has_flag(text, RedFlag::CannotBearWeight), "{text}");
    }
}

#[test]
fn a_phrase_is_no_figure_of_speech_by_its_first_word_alone() {
    assert!(has_flag("I cannot weight bear on my hip since lunch", RedFlag::CannotBearWeight));
    assert!(has_flag("took a tumble off the pier steps, hip very sore", RedFlag::Trauma));
    assert!(!has_flag("took off at the gun, hip fine after", RedFlag::Trauma));
    for text in ["two kilos off my hips since June", "sit down on my butt all day, then 5k"] {
        assert!(!plain(text).hip, "{text}");
    }
}

#[test]
fn a_denial_ends_at_a_colon_unless_the_colon_brings_what_is_denied() {
    let told = plain("he couldn't come, so I write: Ted wet himself and felt nothing of it, his back is agony");
    assert!(!told.denied_flags.contains(&RedFlag::BowelBladder));
    assert!(!plain("no: hip pain").hip);
    assert!(!has_flag("hip 2/10. No symptoms: numbness or tingling", RedFlag::NumbnessTingling));
}

#[test]
fn whoever_fills_in_for_somebody_else_on_a_run_writes_of_their_own() {
    assert!(!plain("Easy 8k, hip fine, filling in as pacer for a mate, his hip sore 6/10").hip);
    assert!(has_flag(
        "Ines here, Otto's mum, filling in Otto's log: he fell on his hip and couldn't get up",
        RedFlag::Trauma
    ));
}

#[test]
fn whoever_falls_on_a_side_and_cannot_rise_is_in_need_without_a_word_of_the_hip() {
    for text in [
        "Slid on the tiles, came down hard on my left side, could not get up for an hour",
        "crashed in the pack on my right side. couldn't get back on my feet",
    ] {
        let reading = plain(text);
        assert!(reading.hip && reading.red_flags.contains(&RedFlag::Trauma), "{text}");
        assert!(reading.red_flags.contains(&RedFlag::CannotBearWeight), "{text}");
    }
    for text in [
        "slipped on the left side of the bridge, laughed, ran on",
        "Fell right at the start, winded, couldn't get up for a minute",
    ] {
        assert!(!plain(text).hip, "{text}");
    }
}

#[test]
fn a_touch_without_feeling_a_short_leg_and_a_groin_that_is_met_getting_out_are_signs() {
    assert!(has_flag("nothing at all when I touch my privates", RedFlag::BowelBladder));
    assert!(has_flag("fell off the wall onto my hip, the toes now point at eight o'clock", RedFlag::CannotBearWeight));
    assert!(has_flag("getting out of the car catches me in the groin every time", RedFlag::CannotBearWeight));
    assert!(has_flag("Groin again. Every single step. Even sofa to kitchen.", RedFlag::CannotBearWeight));
    assert!(!has_flag("each step drives a stab into my groin", RedFlag::Trauma));
}

#[test]
fn a_swollen_leg_legs_that_fail_beside_a_back_and_a_sore_testicle_are_listed() {
    for text in [
        "right leg ballooned under the knee after the flight",
        "one calf is puffy since Monday and I cannot get my breath on the stairs",
        "both legs weaker each morning since the back went",
        "left testicle agony since the ride home",
    ] {
        assert!(!plain(text).understood, "{text}");
    }
}

#[test]
fn a_pain_of_another_part_that_reaches_the_hip_is_the_hips_too() {
    for text in [
        "back pain going down into both buttocks",
        "my lower back aches and it runs into the left hip",
        "sharp pain in the lumbar, spreading to the right glute",
        "hamstring tendon sore near the sit bone",
        "sore inner thigh and up into the groin",
    ] {
        assert!(plain(text).hip, "{text}: {:?}", plain(text));
    }
    for text in [
        "back pain, not going into the hip",
        "back pain, then ran into town with Jo",
        "my back aches, hips fine",
        "mum's back pain goes into her hip",
        "knee pain, going to see the hip doctor",
        "calf sore, went to the hip clinic with dad",
        "knee sore but pushed through with strong hips",
        "knee hurts, hip not",
    ] {
        assert!(!plain(text).hip, "{text}: {:?}", plain(text));
    }
}

#[test]
fn a_sharp_pain_has_a_side_and_a_sharp_turn_none() {
    for text in ["sharp left groin", "Sharp right outer hip on the last mile", "hard left hip ache"] {
        assert!(plain(text).hip, "{text}: {:?}", plain(text));
    }
    assert_eq!(plain("sharp left groin").side, Some(Side::Left));
    for text in ["sharp left at the church, then home", "a hard right up the hill, hips fine"] {
        assert!(!plain(text).hip, "{text}: {:?}", plain(text));
    }
    assert!(plain("groin nips when I lift the knee").hip);
    assert!(!plain("he nips into the bakery, easy 5k").hip);
}

#[test]
fn talk_of_training_is_no_sign_beside_a_sore_hip() {
    none_is_raised(&[
        "hip a bit sore. Slow pace is a drag",
        "hip flexor sore so the walk breaks got longer",
        "glute felt like being poked with a stick, fine after a mile",
        "hips tightened and I went backwards on the last lap",
        "hip acting up again. Caved and took an ibuprofen",
        "PT says the glutes are still weak",
        "so sore in the groin I had to hop off and stretch",
        "hip flexor achy, it pops now and then",
        "hip 1/10, nearly had an accident when a deer jumped out",
    ]);
    // A time is no temperature, and a toe that is touched none that fails.
    for text in [
        "5 miles in 39:40, left hip sore",
        "41:50 for the loop, groin still hurts",
        "sore hip, 40 yards into the sprints",
        "hip sore, couldn't get a rhythm",
        "hip aches, touching my toes isn't nice",
        "groin tight. Ice, ibuprofen, feet up",
        "hip flexor niggling with the 100 on Friday",
        "groin sore, physio couldn't do much",
    ] {
        assert!(plain(text).understood, "{text}: {:?}", plain(text));
    }
}

#[test]
fn what_began_or_was_named_by_a_professional_complains() {
    for text in [
        "first mile fine then my hip started and by the third it was a slog",
        "lovely and easy then the front of my pelvis started again",
        "physio says it's not a strain but tendinosis where the adductor attaches in the groin",
        "osteo says still the piriformis",
        "the piriformis would not let go",
        "takes three miles for the hip to loosen",
        "doctor says trochanteric bursitis, do anything that doesn't hurt",
        "my psoas was voicing its disapproval from the start",
        "sciatica giving me grief again",
        "front of the hip started up before the first mile was done",
        "left hip just didn't want to stop hurting",
        "inside top of the left leg still hurts",
        "buttock and the top of the hamstring sore to touch",
    ] {
        assert!(plain(text).hip, "{text}: {:?}", plain(text));
    }
    assert!(plain("sciatica giving me grief again").understood, "it is an English word too");
    assert!(!plain("the hip started to loosen nicely by mile two").hip);
}

#[test]
fn fields_of_a_day_keep_their_scores_and_answers_apart() {
    let fields = plain("run:: 7\nhip_pain:: 3\nfever:: no");
    assert_eq!((fields.severity, fields.red_flags.len()), (Some(3.0), 0), "{fields:?}");
    let felt = plain("Easy run. Feel (1-10): 7. Right hip stiff, 2/10");
    assert_eq!(felt.severity, Some(2.0), "{felt:?}");
    assert_eq!(plain("Feel (1-10): 7, hip stiff").severity, None);
}

#[test]
fn a_figure_of_speech_takes_no_sign_with_it() {
    each_raises(&[
        ("can't climb stairs, hips are weak", RedFlag::CannotBearWeight),
        ("legs give way as the hips are weak", RedFlag::Weakness),
        ("hip hurts. GP says the leg is weak and numb", RedFlag::Weakness),
        ("sore hip, temp 39:4 in the ear", RedFlag::Fever),
        ("deep groin pain, temp over 100", RedFlag::Fever),
        ("can't touch my toes or hold my bladder", RedFlag::BowelBladder),
        ("unable to hop off and stretch or bear weight on the hip", RedFlag::CannotBearWeight),
        ("hip sore. Nearly had an accident. No warning before I pee", RedFlag::BowelBladder),
        ("the hip caved and I could not stand up again", RedFlag::Weakness),
        ("hip will take no load: none", RedFlag::CannotBearWeight),
        ("Sleep. None. Fever. Hip. Hot.", RedFlag::Fever),
        ("the race was two weeks ago and I can't stand on the leg, hip sore", RedFlag::CannotBearWeight),
        ("the hip I bashed last month cannot take weight", RedFlag::CannotBearWeight),
    ]);
}
