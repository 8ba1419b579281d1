//! What must be read correctly in any position: days, numbers, sides, figures of speech, and what the lexicon does
//! not know.

use crate::model::note::Given;
use crate::model::reading::{Priority, Reading, Side};
use crate::model::warning_sign::RedFlag;
use crate::pain::reading::read;

fn plain(text: &str) -> Reading {
    read(text, &Given::default(), false)
}

fn has_flag(text: &str, flag: RedFlag) -> bool {
    plain(text).red_flags.contains(&flag)
}

#[test]
fn a_day_of_the_week_counts_by_the_day_the_note_was_written() {
    let on = |text: &str, day: &str| {
        let written = day.parse().ok();
        crate::pain::reading::read_on(text, &Given::default(), false, written).red_flags.contains(&RedFlag::Persistent)
    };
    // 2 March 2026 is a Monday.
    for (text, day, lasts) in [
        ("left hip has hurt since Monday", "2026-03-03", false),
        ("left hip has hurt since Monday", "2026-03-05", true),
        ("hip sore since Friday", "2026-03-02", true),
        ("groin sore since the 2nd", "2026-03-10", true),
        ("groin sore since the 28th", "2026-03-02", true),
        ("groin sore since the 1st", "2026-03-02", false),
        ("since monday ive run 40k, hip sore today", "2026-03-06", false),
        ("no hip pain since Monday", "2026-03-06", false),
    ] {
        assert_eq!(on(text, day), lasts, "{text}, written {day}");
    }
    assert!(!has_flag("left hip has hurt since Monday", RedFlag::Persistent), "the day of writing is not known");
    for text in
        ["Mon-Thu sore, hip L", "hip hurt Tue 2/10, Wed 2/10, Thu 3/10, Fri 3/10", "hip sore from Monday to Friday"]
    {
        assert!(has_flag(text, RedFlag::Persistent), "{text}");
    }
    for text in ["ran 5 days this week, hip sore today", "ran Mon-Thu, hip sore today", "hip sore Mon and Tue"] {
        assert!(!has_flag(text, RedFlag::Persistent), "{text}");
    }
}

#[test]
fn a_number_belongs_to_the_hip_that_is_named_with_it() {
    for (text, severity) in [
        ("5/10 ran 8k, right hip 3/10", Some(3.0)),
        ("on 12/10 i ran 8k, right hip tight", None),
        ("effort 7 pain 2 right glute", Some(2.0)),
        ("R knee 6/10, L hip 2/10, R ankle 1/10", Some(2.0)),
        ("right hip sore, 4", Some(4.0)),
        ("hip pain four out of ten", Some(4.0)),
        ("the hip was an eight today", Some(8.0)),
        ("Hüfte links 4 von 10", Some(4.0)),
        ("douleur à la hanche 5 sur 10", Some(5.0)),
        ("10 x 400, 5 done, hip sore", None),
        ("hip sore on the five mile loop", None),
    ] {
        assert_eq!(plain(text).severity, severity, "{text}");
    }
}

#[test]
fn sides_of_several_parts_are_kept_apart() {
    for (text, side) in [
        ("left hip, right knee, everything hurts", Side::Left),
        ("pinching hip when i drive the right knee up, left", Side::Left),
        ("hip and knee both sore, left hip 3/10, right knee 5/10", Side::Left),
        ("right hip swollen compared to the left", Side::Right),
        ("i can only sleep on my left because the right hip hurts", Side::Right),
    ] {
        assert_eq!(plain(text).side, Some(side), "{text}");
    }
}

#[test]
fn a_figure_of_speech_takes_no_sign_with_it() {
    for (text, flag) in [
        ("limped back to the car, left hip", RedFlag::CannotBearWeight),
        ("couldn't walk back, hip 8/10", RedFlag::CannotBearWeight),
        ("slipped down the bank onto my hip", RedFlag::Trauma),
        ("nearly home when I slipped and hit my hip", RedFlag::Trauma),
        ("hip good until I fell on it", RedFlag::Trauma),
        ("she ran into me, hip smashed", RedFlag::Trauma),
        ("her dog knocked me over, hip 6/10", RedFlag::Trauma),
        ("partner had to carry me home, hip", RedFlag::CannotBearWeight),
    ] {
        assert!(has_flag(text, flag), "{text}");
    }
    for text in ["had to stop because of hip pain", "hip is worse than last year", "had to stop at 4k, left hip"] {
        assert!(plain(text).hip, "{text}");
    }
}

#[test]
fn a_hip_or_leg_that_did_something_unknown_is_not_passed_over() {
    for text in [
        "the hip did its thing round the loop",
        "hips",
        "hip frobnicated at 5k",
        "left leg frobnicated at every kerb, hip 3/10",
    ] {
        let reading = plain(text);
        assert!(reading.hip || !reading.understood, "{text}");
    }
    for text in
        ["hip fine", "hips loose and happy", "no hip pain", "hip mobility class", "rose hips on the verge", "hip sore"]
    {
        assert!(plain(text).understood, "{text}");
    }
}

#[test]
fn words_that_sound_like_alarms_raise_none_for_now_or_today() {
    let notes = include_str!("../../../../tests/data/notes/ordinary.txt").lines().filter(|line| !line.starts_with('#'));
    let urgent = |flag: &RedFlag| flag.row().priority <= Priority::P1;
    let raised: Vec<&str> = notes.filter(|note| plain(note).red_flags.iter().any(urgent)).collect();
    assert!(raised.is_empty(), "{raised:#?}");
}

#[test]
fn what_is_not_seen_hides_nothing() {
    for text in [
        "left hip \u{1b}[2J\u{1b}[31mgave way\u{1b}[0m",
        "left hip ga\u{200b}ve w\u{ad}ay",
        "left hip gave\u{7}\u{0} way",
    ] {
        assert!(has_flag(text, RedFlag::Weakness), "{text:?}");
    }
}

#[test]
fn what_is_negated_is_the_shaking_off_and_not_the_ache() {
    for text in [
        "couldn't get rid of the niggle in my left glute",
        "could not shake the stiffness in the groin",
        "wasn't a pleasant afternoon for my hip",
        "my left hip did not enjoy the cobbles",
    ] {
        assert!(plain(text).hip, "{text}");
    }
    for text in
        ["the old glute injury is no trouble now", "no bother from the old groin strain", "don't feel the hip walking"]
    {
        let reading = plain(text);
        assert!(!reading.hip && reading.red_flags.is_empty(), "{text}: {reading:?}");
    }
}

#[test]
fn lists_comparisons_and_other_parts_keep_their_sides() {
    for (text, side) in [
        ("shin, left hip and shoulder all sore", Side::Left),
        ("sore this morning: left heel and the right hip", Side::Right),
        ("right hip more bother than the left", Side::Right),
        ("the left ankle, hip and lower back all sore", Side::Left),
        ("left hip stung right inside the joint", Side::Left),
    ] {
        assert_eq!(plain(text).side, Some(side), "{text}");
    }
    assert_eq!(plain("right hip 1/10 this evening, was 5/10 last week").severity, Some(1.0));
}

#[test]
fn getting_up_and_the_shape_of_a_leg_count_beside_a_fall_alone() {
    for text in [
        "fell on the gravel and couldn't get to my feet, hip 7/10",
        "a scooter knocked me over, had to be helped up, left hip",
        "tripped over the hose, right leg looks shorter, hip in agony",
        "slipped in the shower, foot turned outwards, hip 9/10",
    ] {
        let flags = plain(text).red_flags;
        assert!(flags.contains(&RedFlag::Trauma) && flags.contains(&RedFlag::CannotBearWeight), "{text}: {flags:?}");
    }
    for text in ["couldn't get up this morning, hip fine", "one leg is shorter says the physio, left hip 2/10"] {
        assert!(!has_flag(text, RedFlag::CannotBearWeight), "{text}");
    }
}

#[test]
fn words_of_a_sign_in_no_known_frame_are_listed_beside_a_hip_that_hurts() {
    for text in ["can barely flerb, hip 4/10", "left leg won't flerb, hip sore"] {
        assert!(!plain(text).understood || has_flag(text, RedFlag::Weakness), "{text}");
    }
    for text in ["can barely flerb", "couldn't wait for the start, hip 1/10", "couldn't sleep, hip sore"] {
        assert!(plain(text).understood, "{text}");
    }
}

#[test]
fn a_strong_word_is_of_the_pain_that_it_stands_with() {
    for (text, severe, sudden) in [
        ("intense heat, right hip 1/10", false, false),
        ("suddenly it was km 20, right hip 1/10", false, false),
        ("intense pain in the right hip", true, false),
        ("sudden pain in the right hip", false, true),
    ] {
        let reading = plain(text);
        assert_eq!((reading.severe_words, reading.sudden), (severe, sudden), "{text}");
    }
}

#[test]
fn stiffness_that_goes_is_no_sign() {
    for text in
        ["hip flexors tight after a morning at the desk, eased off", "woke up with stiff hips, fine after breakfast"]
    {
        let flags = plain(text).red_flags;
        assert!(flags.is_empty(), "{text}: {flags:?}");
    }
    assert!(has_flag("right hip woke me at 2am", RedFlag::NightOrSleep));
}

#[test]
fn titles_in_any_language_are_titles_and_a_hip_in_one_is_named_with_its_language() {
    for text in [
        "Abendrunde am Kanal",
        "Sortie au bord de l'eau",
        "Tirada por el monte",
        "Ronde langs de dijk",
        "Вечерний кросс",
    ] {
        assert!(read(text, &Given::default(), true).understood, "{text}");
    }
    for (text, name, hip) in [
        ("linke Leiste zwickt", "German", true),
        ("j'ai mal à la hanche", "French", true),
        ("heupen erg stijf", "Dutch", true),
        ("ramlade på isen", "Swedish", false),
    ] {
        let reading = read(text, &Given::default(), false);
        let tongue = reading.tongue.map(|tongue| (tongue.name, tongue.hip));
        assert_eq!((tongue, reading.understood), (Some((name, hip)), false), "{text}");
    }
}
