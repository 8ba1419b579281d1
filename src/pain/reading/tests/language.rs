//! What the language must get right wherever it stands: days, numbers, sides, figures of speech, and what it does not know.
//! Holds no rules.

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
        assert!(!plain(text).understood, "{text}");
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
