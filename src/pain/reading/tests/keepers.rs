//! Whose a note is and whether its content has happened: logs kept for an athlete, a physio's conditional advice,
//! what healed long ago, things carried on a hip.

use super::{has_flag, plain};
use crate::model::note::Given;
use crate::model::reading::Priority;
use crate::model::warning_sign::RedFlag;

fn is_urgent(text: &str) -> bool {
    plain(text).red_flags.iter().any(|flag| flag.row().priority <= Priority::P1)
}

#[test]
fn a_log_kept_for_an_athlete_is_the_athletes_own() {
    for text in [
        "Coach: had to stop Priya on the last 400, right groin grabbing",
        "Coach note: took Tom off after two laps, side of left hip",
        "Daughter (15) reckons the front of her left hip aches after hurdles, 4/10",
        "our lad says his right hip hurts after football",
        "Coach: Mia stopped at 3k with a sore right hip and needed my arm to reach the bus",
        "Zofia: 6x800, stopped after four with a hand on her left hip, says 4/10",
    ] {
        assert!(plain(text).hip, "{text}");
    }
    let felt = "Coach log: Isla felt a pop in her right hip at the start, could not put any weight through it";
    assert!(has_flag(felt, RedFlag::Pop) && has_flag(felt, RedFlag::CannotBearWeight));
    assert!(has_flag("Parent note: Ben (9) has a temp of 39 and a sore left hip", RedFlag::Fever));
}

#[test]
fn a_note_that_another_writes_for_the_runner_is_the_runners() {
    for text in [
        "Wife typing this: he can't pee since last night and both hips ache",
        "filling this in for Nadia, she fell on her left hip and cannot stand on it",
        "boyfriend here, she went down hard on the hip and can't put weight on that leg",
        "Nadia here, Ben's sister. He fell off the bridge path, he can't put weight on the left leg, says it is his hip",
    ] {
        assert!(is_urgent(text), "{text}: {:?}", plain(text));
    }
    for text in
        ["writing this on the train, Dave broke his hip skiing. I ran 8k easy", "dad here for tea, ran 5k after"]
    {
        assert!(!is_urgent(text), "{text}: {:?}", plain(text));
    }
}

#[test]
fn others_in_a_runners_own_log_stay_others() {
    for text in [
        "Dad says his hip hurts. 5k easy along the canal",
        "My sister heard a crack in her hip skiing, she is in plaster. 8k steady for me",
        "Dave did his groin at five a side, stretchered off. 10k easy without him",
        "daughter broke her hip falling off a pony so I ran home from the hospital",
        "My youngest fell off the swing and has a bruised bum. Blankets instead of hills",
        "Son has a fever so only 4k on the treadmill",
        "A guy from work is on crutches with a stress fracture of the hip. 6k easy",
        "Ben here for the weekend. His hip is in plaster. 8k along the river",
    ] {
        assert!(!plain(text).hip && !is_urgent(text), "{text}: {:?}", plain(text));
    }
}

#[test]
fn what_to_do_if_something_comes_has_not_come() {
    for text in [
        "The doctor said if I can't put weight on it, or the leg goes numb, straight to A&E. Hip fine today, 4k",
        "GP told me to ring 111 if I get a fever or cannot pee. All quiet, no hip pain, 6k",
        "Leaflet says red flags are numb saddle, losing your bladder, weak legs. None of that here.",
        "physio: should it ever give way or wake me I am to call. hip good, 7k",
        "told me to stop if I limp. didn't limp. hip 0/10",
        "NHS page says loss of bladder control is an emergency. Phew, just a stiff back",
    ] {
        assert!(!plain(text).hip && !is_urgent(text), "{text}: {:?}", plain(text));
    }
    for text in [
        "Physio said rest if it hurts, today I couldn't put weight on my left hip",
        "Physio said go to A&E if I can't walk. Cannot walk on it today, right hip",
        "going to A&E if no better tomorrow, cant put weight on my right leg, hip agony",
    ] {
        assert!(has_flag(text, RedFlag::CannotBearWeight), "{text}");
    }
}

#[test]
fn what_broke_long_ago_and_healed_is_no_sign() {
    for text in [
        "two yrs ago I broke my hip skiing. All healed, 10k on it today",
        "few yrs back I fell off the bike onto this hip, scan clear now. 6k easy",
    ] {
        assert!(!plain(text).hip && !is_urgent(text), "{text}: {:?}", plain(text));
    }
    assert!(has_flag("fell on the same hip I broke yrs ago, bruised now", RedFlag::Trauma));
    assert!(!plain("old stress fracture from college, healed fine, hip happy on 9k").hip);
    let moans = plain("went over the bars yrs ago onto this hip and it still moans in the cold");
    assert!(moans.hip && !moans.red_flags.contains(&RedFlag::Trauma), "{moans:?}");
}

#[test]
fn what_is_carried_or_worn_on_a_hip_does_not_hurt_it() {
    for text in [
        "carried the toddler on my hip round the zoo, then 5k",
        "washing basket on my hip up the stairs, then intervals",
        "phone belt bouncing on my hips the whole way",
        "my hips did not fall off, so that's a win",
        "ache halfway between knee and hip, quad I reckon",
        "love my club, hip hip <3",
    ] {
        assert!(!plain(text).hip, "{text}: {:?}", plain(text));
    }
    assert_eq!(plain("right hip sore <3").severity, None, "a heart is no score");
    for text in ["hip feels like it needs to crack, annoying", "left hip wants to pop all the time, 2/10"] {
        assert!(plain(text).hip && !has_flag(text, RedFlag::Pop), "{text}");
    }
}

#[test]
fn a_hip_is_blamed_in_few_words() {
    for text in [
        "R groin from mile 4 on",
        "hip on the descents, nowhere else",
        "L hip whenever I turn hard",
        "something in the left hip needs to click",
        "could feel the groin putting my shoes on",
        "little mutter from the left hip on the climb",
        "groin a bit worse after hills",
        "hip zings when I sit",
        "left hip felt long, bugged me all the way",
        "Can't get up off the loo without both hands on the sink, side of left hip",
    ] {
        assert!(plain(text).hip, "{text}: {:?}", plain(text));
    }
    assert!(!plain("hip clicks but it doesn't hurt. 6").hip, "six miles");
    assert!(!plain("not a mutter from the hip, 10k").hip);
    for text in [
        "every step to the gate jabbed the right groin",
        "right hip stabs me with every step to the kitchen",
        "groin catches me on every step round the house",
    ] {
        assert!(has_flag(text, RedFlag::CannotBearWeight), "{text}");
    }
}

#[test]
fn the_seat_of_a_bike_numbs_for_the_ride_alone() {
    for text in [
        "bum numb on the bike today, fine once I was off it",
        "bus seat numbed my bum, walked it off",
        "long flight, numb bum, gone by passport control",
    ] {
        assert!(!plain(text).hip, "{text}");
    }
    assert!(plain("numb patch on the side of my hip after the ride, still there at supper").hip);
    assert!(has_flag("bum numb on the bike and still numb tonight, hip aching", RedFlag::NumbnessTingling));
}

#[test]
fn toilets_not_reached_and_not_felt_are_told_in_many_ways() {
    for text in [
        "didn't make it to the loo again, second time this week",
        "didn't make it to the bathroom on time, no idea it was coming",
        "warm and wet inside the tights at mile 2",
        "got to the loo too late again, did not know it had started",
        "sat there straining, not a drop, back in bits",
    ] {
        assert!(has_flag(text, RedFlag::BowelBladder), "{text}");
    }
    for text in
        ["when I wiped tonight I couldn't feel the paper", "seat of my pants feels numb, both sides, three days now"]
    {
        assert!(has_flag(text, RedFlag::SaddleNumbness), "{text}");
    }
    for text in [
        "did not make it to the loo queue before the gun",
        "felt wiped today after the long run",
        "warm and wet, shorts and vest weather",
    ] {
        assert!(!is_urgent(text), "{text}");
    }
}

#[test]
fn what_befell_somebody_of_whom_only_the_name_is_known_is_listed() {
    let text = "Club night. Jo slipped on the bend and could not get up, hip. Ambulance.";
    let reading = plain(text);
    assert!(!is_urgent(text) && !reading.hip && !reading.understood, "{reading:?}");
    // Who writes of a friend is not the friend.
    for text in
        ["Jo slipped on the bend and could not get up, hip. I held her hand", "Zara fell on her hip, my legs fine"]
    {
        assert!(!is_urgent(text), "{text}: {:?}", plain(text));
    }
    // The runner's own name, a coach's line, and what is no name.
    let own = ["jo".to_owned()];
    let read = |text: &str| super::super::read_of(text, &Given::default(), false, None, &own);
    assert!(read(text).red_flags.contains(&RedFlag::Trauma), "{:?}", read(text));
    for text in [
        "Coach: Jo slipped on the bend and could not get up, hip",
        "Stupidly slipped on the stairs, could not get up, hip",
        "Somehow fell on the left hip, can't put weight on it",
        "Gestern gestürzt, Hüfte, kann nicht auftreten",
    ] {
        assert!(is_urgent(text), "{text}: {:?}", plain(text));
    }
}

#[test]
fn what_a_partner_writes_in_a_runners_log_is_the_runners_or_is_listed() {
    for text in [
        "Mia here, Ben's sister. Our Ben fell on the stairs and can't put weight on the left leg, it is his hip",
        "She won't put it in her log so I will: she fell on her hip and cannot put weight on the leg",
        "he can't put any weight on his hip since the long run",
        "His hip gives way on every flight of stairs and he calls it a slight niggle. (Zofia)",
    ] {
        assert!(is_urgent(text), "{text}: {:?}", plain(text));
    }
    for text in [
        "Mum fell on the kerb on her jog and can't put weight on her hip",
        "my wife can't pass water since last night, bad sciatica too",
    ] {
        let reading = plain(text);
        assert!(!is_urgent(text) && !reading.understood, "{text}: {reading:?}");
    }
    for text in ["Mum fell on her hip and can't put weight on it, I ran 8k after the visit", "my son has a fever"] {
        let reading = plain(text);
        assert!(!is_urgent(text) && reading.understood, "{text}: {reading:?}");
    }
}

#[test]
fn one_movement_that_does_not_hurt_is_no_end_of_the_pain() {
    for text in
        ["walking doesn't hurt", "hip fine on the stairs", "no sharp pain in the hip", "hip ok as long as I sit"]
    {
        assert!(!plain(text).denies_hip_pain, "{text}");
    }
    for text in ["hip fine today", "no hip pain walking or running", "hip fine on the run"] {
        assert!(plain(text).denies_hip_pain, "{text}");
    }
}

#[test]
fn what_training_does_to_muscles_and_a_walk_break_are_no_signs() {
    for text in [
        "DOMS day two, bum super sore when I walk, both sides, can hardly sit down",
        "6 k without a walk break, hip 0/10",
        "hip tight in spring, had limped for days then, pain free since",
    ] {
        assert!(!is_urgent(text), "{text}: {:?}", plain(text));
    }
    assert!(is_urgent("groin sore when I walk, can hardly stand on it"));
}

#[test]
fn a_label_says_who_writes_as_a_sentence_does() {
    for text in [
        "Jo's mum writing: fell over the hurdle, down on his left hip and cried",
        "Wife here: he fell on his left hip, I rang for help",
        "Coach: Ann's left hip tight after the hills, so I took her out of the last rep",
    ] {
        assert!(plain(text).hip, "{text}");
    }
    for text in [
        "Coach: easy week, so I ran alone. Her hip is bad",
        "Mum writing a letter: I ran past. His hip is sore",
        "Mum here for the weekend: her hip gave way on the stairs, I cooked",
        "Club night: I marshalled. Gemma's hip gave way",
    ] {
        assert!(!plain(text).hip, "{text}");
    }
}

#[test]
fn a_day_years_ago_is_told_of_then_to_the_end_of_its_sentence() {
    for text in [
        "9 yrs ago tonight I was on the ward, catheter in, saddle numb. 10k round the lake today",
        "Ten years ago today I lay with a broken hip, could not stand for weeks",
    ] {
        assert!(!is_urgent(text), "{text}: {:?}", plain(text).red_flags);
    }
    for text in [
        "9 years ago I broke it. Tonight the saddle area is numb",
        "in 2015 I broke my hip. Cannot stand on it now",
        "Three weeks ago I fell on my hip, can't put weight on it",
        "hip replaced last year still can't put weight on it",
        "The hip I broke two years ago now cannot take my weight",
    ] {
        assert!(is_urgent(text), "{text}: {:?}", plain(text).red_flags);
    }
}
