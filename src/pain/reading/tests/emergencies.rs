//! Emergencies that do not mention the hip, falls told in two sentences, text that only resembles either, and notes
//! that are listed because no rule covers them.

use super::{each_raises, has_flag, plain};
use crate::model::reading::Priority;
use crate::model::warning_sign::RedFlag;

fn is_urgent(text: &str) -> bool {
    plain(text).red_flags.iter().any(|flag| flag.row().priority <= Priority::P1)
}

#[test]
fn numbness_of_the_saddle_needs_no_hip() {
    for text in [
        "my crotch has been numb since the flight",
        "Privates numb again all day.",
        "numb where you sit, all afternoon",
        "inner thighs both numb after the squat session",
        "can't feel the paper when I wipe",
    ] {
        assert!(has_flag(text, RedFlag::SaddleNumbness), "{text}");
    }
    for text in ["crotch numb off the bike, normal after a shower", "no numbness between my legs"] {
        assert!(!has_flag(text, RedFlag::SaddleNumbness), "{text}");
    }
}

#[test]
fn a_bladder_that_does_not_empty_is_told_in_many_ways() {
    for text in [
        "Sat on the loo for ages. Nothing came.",
        "have to press on my tummy to pee",
        "two accidents this week, pee both times",
    ] {
        assert!(has_flag(text, RedFlag::BowelBladder), "{text}");
    }
    for text in [
        "couldn't pee before the start, so many people",
        "quick loo stop at 7 k, nothing dramatic",
        "a patient of mine had cauda equina, numb saddle too",
    ] {
        assert!(!is_urgent(text), "{text}");
    }
}

#[test]
fn a_leg_that_fails_after_a_fall_is_an_emergency_without_a_hip() {
    for text in [
        "Slipped on the pier. Two lads carried me, can't put that leg down",
        "Came off a stool. Leg rolled outwards and I can't lift it",
    ] {
        let reading = plain(text);
        let both = [RedFlag::Trauma, RedFlag::CannotBearWeight];
        assert!(reading.hip && both.iter().all(|flag| reading.red_flags.contains(flag)), "{text}: {reading:?}");
    }
}

#[test]
fn what_explains_a_sign_takes_it_back() {
    for text in [
        "No groin pain walking, none on the stairs",
        "hips stiff walking to the bus, fine after",
        "Hip snapped in yoga, as always, no pain",
        "glutes sore on every step after the lunges",
    ] {
        assert!(!is_urgent(text), "{text}: {:?}", plain(text).red_flags);
    }
    assert!(is_urgent("groin pain on every step"));
    assert!(is_urgent("hip popped, hurts a lot"));
}

#[test]
fn words_of_an_emergency_that_no_rule_reads_are_listed() {
    for text in ["bladder frobnicated twice", "crotch feels frobnicated", "shorts soaked, and no idea I was going"] {
        assert!(!plain(text).understood, "{text}");
    }
    for text in ["two toilet stops, both planned", "no loo on the whole course", "no idea I was going that fast"] {
        assert!(plain(text).understood, "{text}");
    }
}

#[test]
fn what_is_felt_or_leaked_is_read_in_other_words() {
    use RedFlag::{BowelBladder, SaddleNumbness};
    for (text, flag) in [
        ("between my legs it is all like cotton", SaddleNumbness),
        ("coughed at the lights and wet my tights, never felt it coming", BowelBladder),
        ("when I do pipi I do not feel it", BowelBladder),
    ] {
        assert!(has_flag(text, flag), "{text}: {:?}", plain(text).red_flags);
    }
    for text in [
        "cotton shorts, chafed in the crotch",
        "new 2L bladder dripped on my back the whole way",
        "laughed so much in the rain, shoes soaked",
    ] {
        assert!(!is_urgent(text), "{text}: {:?}", plain(text).red_flags);
    }
}

#[test]
fn what_got_away_was_not_known_of_or_would_not_let_anybody_rise_is_read() {
    use RedFlag::{BowelBladder, CannotBearWeight};
    for (text, flag) in [
        ("a little poo got away from me on the bus, no warning", BowelBladder),
        ("no idea I'd gone till somebody said", BowelBladder),
        ("I wet the sofa and slept on", BowelBladder),
        ("fell off the kerb, hip. They could not get me to my feet", CannotBearWeight),
        ("hopping on my good leg to the gate, the hip", CannotBearWeight),
        ("foot to the ground and the hip says nope", CannotBearWeight),
        ("front of the left hip bites every time the foot lands", CannotBearWeight),
    ] {
        assert!(has_flag(text, flag), "{text}: {:?}", plain(text).red_flags);
    }
    for text in [
        "the rain wet the seat of the bike",
        "no idea I had gone that fast until I saw the split",
        "stopped for a pee and Dave got away from us on the hill",
        "feet on the floor this morning and the hip said not a word",
        "sweated so much I wet the seat",
        "hopped over the stile with the good leg first, hip quiet",
        "hip sore, hard to pin down where",
        "hip pain stayed down all week, a good one",
    ] {
        assert!(!is_urgent(text), "{text}: {:?}", plain(text).red_flags);
    }
}

#[test]
fn a_leg_that_does_not_hold_or_lift_is_read_in_other_words() {
    use RedFlag::{CannotBearWeight, SaddleNumbness, Trauma, Weakness};
    for (text, flag) in [
        ("left hip, could only walk if I held the table", CannotBearWeight),
        ("standing on the sore leg to dry my foot is out of the question, right groin", CannotBearWeight),
        ("cannot balance on the left leg to dry it, groin hurts", CannotBearWeight),
        ("right hip is not taking weight", CannotBearWeight),
        ("glute pain, and my foot slaps the floor when I walk", Weakness),
        ("cannot stand on my heels, and the burn from the buttock into the shin", Weakness),
        ("clipped the kerb, left hip hit first, stayed sitting there", Trauma),
        ("bum sore and numb right where a bike seat would go", SaddleNumbness),
    ] {
        assert!(has_flag(text, flag), "{text}: {:?}", plain(text).red_flags);
    }
    for text in [
        "destroyed my hip flexors in the hill session, sore",
        "drenched, might as well have wet myself",
        "the beat carried me through the last km, hip quiet",
        "hip fine, did not take any painkillers",
        "could not balance on the left leg in the yoga pose, hips stiff",
        "cannot get my heels down in the stretch, hips tight",
        "glutes went first, then the quads, a brutal race",
        "hard on my heels all the way, hip fine",
    ] {
        assert!(!is_urgent(text), "{text}: {:?}", plain(text).red_flags);
    }
}

#[test]
fn talk_that_resembles_a_saying_hides_no_emergency() {
    for text in [
        "left glute suddenly weak this morning, nothing hurts",
        "tore my groyne on the stile, cannot walk",
        "smashed my hip with the car door, huge pain",
        "smashed my hip in the crash",
        "leaking wee, not the same as after the birth",
        "groin clicks and every step hurts",
        "right hip so bad I crawled to the finish",
        "popped my hip stretching, sharp pain in the groin since",
        "audible snapping hip at mile 2, had to stop",
        "fever was last week and is back tonight, hip throbbing",
    ] {
        assert!(is_urgent(text), "{text}: {:?}", plain(text));
    }
}

#[test]
fn illness_for_which_there_is_no_sign_is_listed() {
    for text in [
        "calf swollen on the right, no reason",
        "pressure round my chest on the climb, jaw ached, sat down pale",
        "chest pressure on the hill, and clammy all over",
        "left testicle killing me since lunch",
        "horrible ache in the left testicle since noon",
        "hip sore at night, 5 kg gone without trying",
        "a stone gone without dieting, tired all week",
        "hip aches all night, no appetite",
        "right calf red and hot this morning",
    ] {
        assert!(!plain(text).understood, "{text}");
    }
    for text in [
        "chest strap tight, arm warmers on",
        "heavy chest cold, neck stiff",
        "calf sleeves on, swollen river to cross",
        "hit the ball hard at tennis",
        "lost two kilos for the marathon, feels light",
    ] {
        assert!(plain(text).understood, "{text}");
    }
}

#[test]
fn what_somebody_else_cannot_feel_is_not_the_runners() {
    assert!(!is_urgent("my wife has a bad back, cannot feel her bum when wiping"));
    assert!(is_urgent("my wife has a bad back, and I cannot feel my bum when wiping"));
}

#[test]
fn what_a_table_or_a_checklist_asks_is_a_sign_where_it_is_so() {
    each_raises(&[
        ("right hip 3/10. Weight bearing: partial", RedFlag::CannotBearWeight),
        ("right hip 3/10. Weight bearing: none", RedFlag::CannotBearWeight),
        ("right hip 3/10. Fall: yes", RedFlag::Trauma),
        ("hip sore. Trouble passing urine: yes", RedFlag::BowelBladder),
        ("groin sore, soaked in sweat all night", RedFlag::Fever),
        ("hip aches, sheets drenched with sweat again", RedFlag::Fever),
        ("my hip replacement scar is hot to touch and aching", RedFlag::SwellingRednessWarmth),
    ]);
    for text in
        ["right hip 3/10. Weight bearing: full", "right hip 3/10. Fall: no", "hip sore, soaked by rain on a night run"]
    {
        assert!(plain(text).red_flags.is_empty(), "{text}: {:?}", plain(text));
    }
    // No trouble of one kind hides none of another.
    assert!(has_flag("no trouble starting but cannot pass urine, back sore", RedFlag::BowelBladder));
    // Of no part that has a sign.
    for text in [
        "knee sore, left foot slapping",
        "low back agony, both legs tingly to the feet",
        "hip agony, the foot is pointing to the side",
    ] {
        assert!(!plain(text).understood, "{text}: {:?}", plain(text));
    }
}

#[test]
fn a_fracture_that_was_found_or_is_feared_is_listed_and_one_of_old_is_not() {
    for text in [
        "bone scan back: stress fracture of the sacrum, no running",
        "X-ray showed a broken femoral neck, theatre tonight",
        "the break in my hip has moved, pins on Friday",
        "MRI says I have a stress reaction in the left femur",
        "hip no better, this feels like a stress fracture",
        "undisplaced fracture in the hip, waiting for the surgeon",
        "doc says it looks like a break at the femoral neck",
        "hip been bugging me, the x-ray looks broken",
        "buttock ache, physio thinks it is bone, sacrum",
        "Doctor stuck her head in, fracture of the hip, he is off to find a bed",
    ] {
        assert!(!plain(text).understood, "{text}: {:?}", plain(text));
    }
    for text in [
        "x-ray of the hip: no fracture",
        "first run since the stress fracture in my hip, all good",
        "surgeon says the stress fracture in my hip has healed",
        "stress fracture in my foot confirmed by MRI, hips fine",
        "mum has broken her hip",
    ] {
        assert!(plain(text).understood, "{text}: {:?}", plain(text));
    }
}

#[test]
fn a_hip_out_of_joint_a_torn_tendon_and_legs_that_fail_are_not_passed_over() {
    each_raises(&[
        ("bent to lace my shoe and the new hip dislocated", RedFlag::CannotBearWeight),
        ("the ball popped out of its socket, hip in agony", RedFlag::CannotBearWeight),
        ("hamstring tore right off the sit bone, can't sit", RedFlag::Pop),
        ("the left hip I knocked last month is swollen, hot and sore", RedFlag::SwellingRednessWarmth),
        ("hip clunking all morning. Bent for my sock and it dislocated", RedFlag::CannotBearWeight),
        ("sharp pain in the hip, tried to take a step and couldn't", RedFlag::CannotBearWeight),
        ("Left hip worse. Could. barely. stand. at the sink tonight", RedFlag::CannotBearWeight),
    ]);
    for text in [
        "tried to get off the bus and couldn't feel my legs",
        "both feet numb and tingly for weeks",
        "back in bits, the leg kept buckling",
    ] {
        assert!(!plain(text).understood, "{text}: {:?}", plain(text));
    }
}

#[test]
fn a_foot_that_no_longer_lifts_needs_no_hip_beside_it() {
    for text in [
        "low back ache, my foot won't lift since the morning",
        "can't pull my left foot up toward the shin since breakfast",
        "right leg numb from the knee down and the foot won't come up, scan of the back booked",
        "no pain anywhere, the foot just flops down when I jog",
    ] {
        let reading = plain(text);
        assert!(reading.counted_flags().any(|flag| flag == RedFlag::Weakness), "{text}: {reading:?}");
        assert!(reading.sudden_weakness && !reading.hip && reading.understood, "{text}: {reading:?}");
    }
    let numb = plain("numb down the left leg since Monday and the leg buckles");
    assert!(numb.leg_fails && !numb.sudden_weakness && !numb.hip, "{numb:?}");
    for text in [
        "legs numb and weak after the sea swim",
        "foot drop drill, back fine",
        "son's foot won't lift",
        "physio tested for foot drop, negative",
        "scared of foot drop after reading about it",
        "let the foot drop below the step, 3 x 15",
        "back squat PB but the left leg felt weak",
        "left leg numb and weak from sitting on it, fine once I moved",
    ] {
        assert!(!plain(text).leg_fails, "{text}");
    }
    // Of both legs, or beside a part that hurts: nobody can tell, so it is shown.
    for text in ["both legs weak and numb, low back agony", "calf sore, leg weak and numb", "toes refuse to come up"] {
        assert!(!plain(text).understood, "{text}: {:?}", plain(text));
    }
}

#[test]
fn a_fall_that_left_no_harm_and_the_crutches_of_a_known_fracture_are_no_new_sign() {
    for text in [
        "slid down the bank on my bum, straight back up, not a scratch",
        "caught the gatepost with my hip but it was gone within a minute and I was fine",
        "week 5 of the femoral neck stress fracture, still on crutches as ordered, hip tight",
    ] {
        assert!(!is_urgent(text), "{text}: {:?}", plain(text));
    }
    each_raises(&[
        ("fell on my hip, not a scratch, but the hip is very sore tonight", RedFlag::Trauma),
        ("fell on my hip, not a scratch, leg numb now", RedFlag::Trauma),
        ("fell on my hip, I was fine, now I can't lie on it", RedFlag::Trauma),
        ("came off the bike onto my hip, the driver was unhurt", RedFlag::Trauma),
        ("slid down the snow on my bum into a rock, hip broken I think", RedFlag::Trauma),
        (
            "pain for 6 weeks, scan today shows a stress fracture of the femoral neck, given crutches",
            RedFlag::CannotBearWeight,
        ),
        ("can't weight bear on the hip since the infection has cleared", RedFlag::CannotBearWeight),
        ("hip went with a bang", RedFlag::Pop),
        ("fell on my hip, I was fine, now I cannot put weight on it", RedFlag::Trauma),
        (
            "week 5 of the stress fracture of the femoral neck, crutches, hip hurts with every step",
            RedFlag::CannotBearWeight,
        ),
        ("could not run or walk on it, right hip", RedFlag::CannotBearWeight),
        ("right hip shot up in pain, went to take the next stride and simply couldn't", RedFlag::CannotBearWeight),
        ("like somebody flicked a switch, cannot pass water", RedFlag::BowelBladder),
    ]);
}

#[test]
fn a_likeness_is_no_fall_and_a_calf_is_known_by_what_is_told_next_to_it() {
    for text in [
        "left glute feels like it's been kicked by a mule, easy 5",
        "sore bit right on the sit bone, worse driving",
        "hip pain again, did the 8 with some walking",
        "hips ok, a toenail fell off in the shower",
    ] {
        assert!(!is_urgent(text), "{text}: {:?}", plain(text));
    }
    each_raises(&[
        ("glute felt like somebody kicked me mid sprint", RedFlag::Pop),
        ("slipped on the frost, right on my hip", RedFlag::Trauma),
        ("last night I fell on my hip", RedFlag::Trauma),
        ("out in the rain and fell, landed on my hip", RedFlag::Trauma),
        ("down on my hip on the slimy bridge, grazed", RedFlag::Trauma),
    ]);
    for text in [
        "left calf keeps getting worse. It's hot, tight and twice the size of the other",
        "calf like a golf ball inside, warm to touch",
        "tight band across the chest and down the arm",
        "lump in my groin that won't go back in, sore and sick",
        "one nut swollen, groin pain",
    ] {
        assert!(!plain(text).understood, "{text}: {:?}", plain(text));
    }
    for text in ["hips? fine for once", "remember the hip? Gone", "calf sleeves off, huffing and puffing up the hill"] {
        assert!(plain(text).understood, "{text}: {:?}", plain(text));
    }
}
