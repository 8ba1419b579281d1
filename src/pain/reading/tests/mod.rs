//! Single properties of a reading, and what must hold for any text.

mod clinic;
mod contexts;
mod emergencies;
mod keepers;
mod labelled_tables;
mod language;
mod named;
mod phrasings;
mod questions;
mod talk;
mod tongues;

use super::read;
use crate::model::note::Given;
use crate::model::reading::{Quality, Reading, Region, Side, Timing};
use crate::model::warning_sign::RedFlag;

fn plain(text: &str) -> Reading {
    read(text, &Given::default(), false)
}

fn given(location: Option<&str>, severity: Option<f64>, side: Option<Side>) -> Given {
    Given { side, location: location.map(str::to_owned), severity }
}

fn each_raises(notes: &[(&str, RedFlag)]) {
    for (text, flag) in notes {
        assert!(has_flag(text, *flag), "{text}: {:?}", plain(text));
    }
}

fn none_is_raised(notes: &[&str]) {
    for text in notes {
        assert!(plain(text).red_flags.is_empty(), "{text}: {:?}", plain(text));
    }
}

fn has_flag(text: &str, flag: RedFlag) -> bool {
    plain(text).red_flags.contains(&flag)
}

#[test]
fn a_number_behind_the_name_of_another_thing_is_no_score() {
    for text in
        ["week: 8\nhip sore", "phase: 2, hip sore", "hip sore. Steam: 10", "miles: 6, hip sore", "rpe: 7, hip sore"]
    {
        assert_eq!(plain(text).severity, None, "{text}");
    }
    for (text, score) in
        [("hip: 4", 4.0), ("left hip today: 3", 3.0), ("pain: 5, hip", 5.0), ("hip sore, morning: 4", 4.0)]
    {
        assert_eq!(plain(text).severity, Some(score), "{text}");
    }
}

#[test]
fn a_hip_column_makes_a_row_hip_pain_with_its_score() {
    for (column, side, region) in [
        ("Hip Pain", Side::Unknown, Region::General),
        ("left hip", Side::Left, Region::General),
        ("Groin (R)", Side::Right, Region::FrontGroin),
        ("Hüfte", Side::Unknown, Region::General),
    ] {
        let reading = read("", &given(Some(column), Some(3.6), None), false);
        assert!(reading.hip, "{column}");
        assert_eq!(reading.severity, Some(3.6));
        assert_eq!((reading.side, reading.region), (Some(side), Some(region)), "{column}");
        assert!(reading.understood);
    }
}

#[test]
fn a_zero_in_a_hip_row_is_kept_and_denies() {
    let reading = read("bit tight", &given(Some("hip"), Some(0.0), None), false);
    assert!(!reading.hip && reading.denies_hip_pain);
    assert_eq!((reading.severity, reading.side), (Some(0.0), None));
}

#[test]
fn another_parts_column_leaves_the_hip_out_unless_the_words_name_it() {
    assert!(!read("sharp pain on stairs", &given(Some("Knee Pain"), Some(6.0), None), false).hip);
    assert!(!read("", &given(Some("happiness"), Some(4.0), None), false).hip);
    let reading = read("left hip sore too, 2/10", &given(Some("Knee Pain"), Some(6.0), None), false);
    assert!(reading.hip);
    assert_eq!((reading.severity, reading.side), (Some(2.0), Some(Side::Left)));
}

#[test]
fn columns_beat_words() {
    let reading = read("left hip 2/10", &given(Some("hip"), Some(5.5), Some(Side::Right)), false);
    assert_eq!((reading.severity, reading.side), (Some(5.5), Some(Side::Right)));
    let reading = read("sore, woke me at night", &given(Some("hip"), Some(4.0), None), false);
    assert!(reading.qualities.contains(&Quality::Sore) && reading.red_flags.contains(&RedFlag::NightOrSleep));
}

#[test]
fn denials_are_told_from_silence() {
    for text in ["hip fine", "hips ok today", "no hip pain", "hip 0/10", "no pain anywhere", "left hip felt great, 12k"]
    {
        let reading = plain(text);
        assert!(reading.denies_hip_pain && !reading.hip, "{text}");
    }
    for text in ["5k easy", "fingers crossed the hip holds", "mum's hip is fine", "knee fine", "no knee pain", ""] {
        assert!(!plain(text).denies_hip_pain, "{text}");
    }
}

#[test]
fn relief_that_depends_on_something_denies_nothing() {
    for text in [
        "hip fine on painkillers",
        "took ibuprofen before the run so hip was fine",
        "hip ok if I don't run",
        "hip x-ray normal, physio next week",
        "hip almost gone",
        "left hip nearly pain free",
    ] {
        assert!(!plain(text).denies_hip_pain, "{text}");
    }
    for text in ["hip fine without ibuprofen", "hip fine, no painkillers", "hip pain is gone", "hip is back to normal"]
    {
        assert!(plain(text).denies_hip_pain, "{text}");
    }
}

#[test]
fn pain_that_is_back_and_what_a_doctor_found_are_pain() {
    for text in [
        "hip pain is back",
        "left groin pain is back",
        "hip pain is worse today",
        "hip a lot better but still there",
        "doctor diagnosed a stress fracture in my hip",
        "MRI shows stress fracture of the femoral neck",
    ] {
        assert!(plain(text).hip, "{text}");
    }
    for text in
        ["femoral neck stress fracture ruled out", "lower back pain is back", "mate has a stress fracture in her hip"]
    {
        assert!(!plain(text).hip, "{text}");
    }
}

#[test]
fn denied_signs_are_kept_as_such() {
    for (text, flag) in [
        ("hip sore 3/10, no fever", RedFlag::Fever),
        ("left hip sore, not limping", RedFlag::CannotBearWeight),
        ("hip 4/10, can put full weight on it", RedFlag::CannotBearWeight),
        ("hip ache, no swelling, redness or warmth", RedFlag::SwellingRednessWarmth),
        ("hip better, slept well", RedFlag::NightOrSleep),
        ("no numbness, hip sore", RedFlag::NumbnessTingling),
        ("bladder fine, hip 2/10", RedFlag::BowelBladder),
    ] {
        let reading = plain(text);
        assert!(reading.denied_flags.contains(&flag), "{text}: {:?}", reading.denied_flags);
        assert!(!reading.red_flags.contains(&flag), "{text}");
    }
}

#[test]
fn a_denial_covers_its_own_clause_only() {
    let reading = plain("no swelling but the left leg gave way, hip 4/10");
    assert!(reading.red_flags.contains(&RedFlag::Weakness));
    assert!(reading.denied_flags.contains(&RedFlag::SwellingRednessWarmth));
}

#[test]
fn a_foot_that_drops_or_sudden_weakness_is_an_emergency() {
    for text in [
        "right foot dragging, hip 3/10",
        "can't lift my foot and the hip aches",
        "foot drop since last night, hip sore",
        "sudden weakness in the left leg, hip pain",
        "left leg suddenly gave way, hip 5/10",
    ] {
        assert!(plain(text).sudden_weakness, "{text}");
    }
    assert!(!plain("left leg feels weak and the hip hurts").sudden_weakness);
}

#[test]
fn saddle_numbness_stands_alone_unless_a_ride_explains_it() {
    for text in
        ["numb groin and hip pain", "lower back pain and numb between my legs", "saddle area gone numb, hip sore"]
    {
        assert!(has_flag(text, RedFlag::SaddleNumbness), "{text}");
    }
    assert!(!has_flag("bike saddle made my bits numb, sore knee", RedFlag::SaddleNumbness));
}

#[test]
fn bowel_and_bladder_stand_without_hip_pain_and_urgency_does_not() {
    for text in [
        "lost control of my bowels",
        "wet myself on the tempo",
        "no control of my bladder",
        "bladder leaked on the hill",
    ] {
        assert!(has_flag(text, RedFlag::BowelBladder), "{text}");
    }
    for text in [
        "urgent toilet stop at 5k",
        "no bladder problems",
        "no loss of bladder control",
        "nearly wet myself laughing",
        "full bladder the whole way",
        "quick wee stop",
        "couldn't go today, too busy",
    ] {
        assert!(!has_flag(text, RedFlag::BowelBladder), "{text}");
    }
}

#[test]
fn what_feels_like_an_alarm_but_is_none_stays_quiet() {
    for text in
        ["dead legs after the long run", "numb fingers, freezing", "toes numb from the cold", "off", "holiday", "sick"]
    {
        let reading = plain(text);
        assert!(reading.red_flags.is_empty() && !reading.hip && reading.understood, "{text}");
    }
}

#[test]
fn single_facts_are_read() {
    assert!(plain("hip pain shooting down to my calf").below_knee);
    assert!(plain("excruciating hip pain").severe_words);
    assert!(plain("left hip worse every run").worsening_words);
    assert!(plain("hip niggle back again").recurrent_words);
    assert!(plain("hip cramp every run this week").frequent_cramp);
    assert!(plain("hip cramp lasted 10 minutes").frequent_cramp);
    assert!(plain("sudden sharp pain in the hip").sudden);
    assert!(plain("saw the physio about my hip").consultation);
    assert!(!plain("physio for my calf tomorrow").consultation);
}

#[test]
fn timings_are_read() {
    for (text, timing) in [
        ("hip sore on the run", Timing::DuringRun),
        ("hip sore after the run", Timing::AfterRun),
        ("outer hip hurts lying on that side", Timing::Lying),
        ("hip hurts to walk on", Timing::WeightBearing),
        ("hip aches sitting at my desk", Timing::RestSitting),
        ("hip aches at night", Timing::Night),
    ] {
        assert!(plain(text).timing.contains(&timing), "{text}: {:?}", plain(text).timing);
    }
}

#[test]
fn notes_in_other_languages_are_not_passed_over() {
    for text in [
        "venstre hofte gør ondt",
        "Hüfte schmerzt",
        "左髋疼",
        "douleur à la hanche gauche",
        "me duele la cadera",
        "dolore all'anca",
        "dor no quadril",
        "pijn in de heup",
        "ont i höften",
        "болит бедро",
        "股関節が痛い",
        "엉덩이가 아프다",
        "ألم في الورك",
        "lonkka kipeä",
        "biodro boli",
    ] {
        assert!(!plain(text).understood, "{text}");
        assert!(!read(text, &Given::default(), true).understood, "of a run: {text}");
    }
    assert!(!plain("heute ging es wieder nicht so gut, musste abbrechen").understood);
    assert!(!plain("qwzx plmk vbnt rrew").understood);
}

#[test]
fn english_and_names_of_places_are_understood() {
    for text in [
        "Morning Run",
        "5k easy",
        "",
        "🏃",
        "10 x 400",
        "København løb",
        "Playa del Carmen",
        "Zürich Marathon",
        "Tour du Mont Blanc",
    ] {
        assert!(read(text, &Given::default(), true).understood, "{text}");
    }
    for text in ["sore hip", "off", "rest", "travel", "niggly hippy stuff", "R hip 3/10", "Llandudno prom 8k"] {
        assert!(plain(text).understood, "{text}");
    }
}

#[test]
fn spans_name_the_words_behind_the_reading() {
    let text = "Outer right hip ached, 4/10, no fever";
    let reading = plain(text);
    let says = |meaning: &str| {
        let span = reading.spans.iter().find(|span| span.meaning == meaning);
        span.map(|span| &text[span.start..span.end])
    };
    assert_eq!(says("side right"), Some("right"));
    assert_eq!(says("severity 4"), Some("4/10"));
    assert_eq!(says("quality ache"), Some("ached"));
    assert_eq!(says("not fever"), Some("fever"));
    assert!(says("region outer").is_some_and(|words| words.starts_with("Outer")));
    assert!(says("hip").is_some());
}

#[test]
fn huge_and_broken_notes_are_read_without_harm() {
    let long = "hip no pain 3/10 left until ".repeat(4_000);
    let _ = plain(&long);
    let _ = plain(&"hip".repeat(50_000));
    let _ = plain(&"((((,,,,..../10/10/10-1-2-3".repeat(5_000));
    let _ = plain(&"1".repeat(100_000));
    let _ = plain("\u{0}\u{7}\u{202e}pih tfel\u{202c} ʼ ’s 's 4/ 10 3-  :( ;( w/o w/ 5° ½ ４/１０");
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_and_its_spans_lie_in_it(text in "\\PC{0,80}", of_a_run: bool) {
        check_spans(&text, of_a_run);
    }

    #[test]
    fn words_of_the_trade_in_any_order_are_read(
        words in proptest::collection::vec(proptest::sample::select(vec![
            "hip", "hips", "no", "not", "left", "R", "3/10", "pain", "sore", ",", ".", "but", "and", "until", "fell", "on",
            "my", "mum's", "bladder", "lost", "control", "of", "foot", "dragging", "since", "the", "14th", "4 days", "gone",
            "0/10", "knee", "to", "down", "leg", "numb", "if", "hope", "it", "holds", "(", ")", "or", "😖", ":(", "été", "髋",
        ]), 0..40),
    ) {
        check_spans(&words.join(" "), false);
    }
}

fn check_spans(text: &str, of_a_run: bool) {
    let reading = read(text, &Given::default(), of_a_run);
    for span in &reading.spans {
        assert!(span.start < span.end && text.get(span.start..span.end).is_some(), "{text:?} {span:?}");
    }
    assert_eq!(reading.side.is_some(), reading.hip);
    assert_eq!(reading.region.is_some(), reading.hip);
    assert!(reading.severity.is_none_or(|severity| (0.0..=10.0).contains(&severity)));
    assert!(reading.red_flags.is_disjoint(&reading.denied_flags));
    assert!(!(reading.hip && reading.denies_hip_pain));
}

#[test]
fn a_leg_that_fails_counts_though_the_hip_is_said_not_to_hurt() {
    for (text, flag) in [
        ("no pain in the left hip but limping badly", RedFlag::CannotBearWeight),
        ("hip 0/10 but my left leg gave way twice", RedFlag::Weakness),
        ("right hip fine, foot drags though", RedFlag::Weakness),
    ] {
        let reading = read(text, &Given::default(), false);
        assert!(reading.hip && reading.red_flags.contains(&flag), "{text}: {reading:?}");
        assert!(!reading.denies_hip_pain, "{text}");
    }
    for text in ["hip fine, knee sore, limping home", "hips fine, no limp", "hip ok, calf gave out"] {
        assert!(!read(text, &Given::default(), false).hip, "{text}");
    }
}

#[test]
fn a_denial_of_one_hip_says_nothing_of_the_other() {
    let denied = |text: &str| {
        let reading = super::read(text, &Given::default(), false);
        assert!(reading.denies_hip_pain, "{text}");
        reading.denied_side
    };
    assert_eq!(denied("left hip fine"), Some(Side::Left));
    assert_eq!(denied("no pain in the right hip"), Some(Side::Right));
    assert_eq!(denied("left and right hip fine"), None);
    assert_eq!(denied("hips fine"), None);
    assert_eq!(denied("no pain"), None);
}
