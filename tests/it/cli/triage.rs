//! Diaries with the headline that a physiotherapist would give, what removes that headline, and what is advised then.

use serde_json::Value;

use crate::place::{Place, each};

/// Eight even weeks of 30 km on four days, up to Sunday 30 March; the last long run has `long_km`.
fn even_weeks(long_km: u32) -> String {
    let mut log = "date,distance_km\n".to_owned();
    let monday: chrono::NaiveDate = "2025-02-03".parse().unwrap();
    for week in 0..8 {
        for (day, km) in [(0, 6), (2, 8), (4, 6), (6, if week == 7 { long_km } else { 10 })] {
            log += &format!("{},{km}\n", monday + chrono::Days::new(7 * week + day));
        }
    }
    log
}

fn diary(notes: &str) -> Place {
    Place::with(&[("log.csv", &even_weeks(10)), ("pain.md", notes)])
}

fn leading(report: &Value) -> Vec<String> {
    let warnings = report["warnings"].as_array().unwrap().iter();
    let leads = warnings.filter(|row| row["leads"] == true);
    leads.map(|row| format!("{} {}", row["priority"].as_str().unwrap(), row["flag"].as_str().unwrap())).collect()
}

fn advises(report: &Value, words: &str) -> bool {
    each(&report["advice"], "text").iter().any(|text| text.contains(words))
}

const CALLS: [&str; 3] = ["Arrange to see", "Stop running and get", "Get emergency"];

#[test]
fn mild_pain_gets_a_condition_and_no_headline() {
    for notes in [
        "2025-03-30: right outer hip 4/10 after the run\n",
        "2025-03-28: right outer hip 3/10\n2025-03-29: right hip 2/10\n2025-03-30: right hip 1/10, easing\n",
        "2024-11-02: right hip 2/10\n2024-11-06: hip fine\n2025-03-30: right outer hip 2/10\n",
        "2025-03-18: left hip niggle 1/10, gone after warming up\n2025-03-28: left hip niggle 2/10\n",
        "2025-03-22: woke up with stiff hips\n2025-03-29: hips stiff on waking, fine after breakfast\n",
        "2024-10-02: left hip tight 1/10\n2024-10-05: hip fine\n2025-03-30: right hip 2/10 for a kilometre\n",
    ] {
        let place = diary(notes);
        let report = place.json(&[]);
        assert_eq!(leading(&report), [""; 0], "{notes}");
        assert!(advises(&report, "3 to 5 days without running"), "{notes}");
        let text = place.analyze(&[]).out;
        assert!(CALLS.iter().all(|call| !text.contains(call)), "{notes}{text}");
    }
}

#[test]
fn what_lasts_returns_or_worsens_asks_for_a_doctor() {
    for (notes, sign) in [
        (
            "2025-03-22: left hip 3/10\n2025-03-25: left hip 3/10, no run\n2025-03-29: left hip 4/10, still no run\n",
            "P2 persistent",
        ),
        (
            "2024-05-20: left hip 2/10\n2024-05-24: hip fine\n2024-10-10: left hip 3/10\n2024-10-14: hip fine\n\
             2025-03-30: left hip 2/10\n",
            "P2 recurrent",
        ),
        (
            "2025-03-10: left groin 3/10\n2025-03-17: left groin 3/10\n2025-03-24: left groin 4/10\n\
             2025-03-30: left groin 5/10\n",
            "P2 worsening",
        ),
        ("2025-03-24: right hip 5/10, woke me up\n2025-03-27: right hip 5/10, woke me again\n", "P2 night-or-sleep"),
        ("2025-03-30: right groin 5/10, it hurts even walking to the bus\n", "P1 cannot-bear-weight"),
    ] {
        let report = diary(notes).json(&[]);
        assert!(leading(&report).contains(&sign.to_owned()), "{sign}: {:?}", leading(&report));
    }
}

#[test]
fn a_fine_note_ends_what_is_for_soon_and_the_box_says_so() {
    let lasting = "2025-03-20: left hip 3/10\n2025-03-24: left hip 3/10\n2025-03-27: left hip 3/10\n";
    let place = diary(lasting);
    assert_eq!(leading(&place.json(&[])), ["P2 persistent"]);
    assert!(place.analyze(&[]).out.contains("What ends this: a note that the hip is fine."));
    let fine = diary(&format!("{lasting}2025-03-30: hip fine all day\n")).json(&[]);
    assert_eq!(leading(&fine), [""; 0]);
    assert_eq!(each(&fine["warnings"], "cleared_on"), ["2025-03-30"]);
    let limped = "2025-03-28: right groin 7/10, limping\n2025-03-29: hip fine today\n";
    assert_eq!(leading(&diary(limped).json(&[])), ["P1 cannot-bear-weight"]);
    let numb = "2025-03-10: left hip sore, numb between the legs\n2025-03-20: all good\n";
    assert_eq!(leading(&diary(numb).json(&[])), ["P0 saddle-numbness"]);
}

#[test]
fn who_has_been_seen_is_told_when_to_go_back() {
    let notes = "2025-03-20: left hip 3/10\n2025-03-22: saw the physio about the hip\n2025-03-24: left hip 3/10\n\
                 2025-03-27: left hip 3/10\n";
    let place = diary(notes);
    let report = place.json(&[]);
    assert_eq!(leading(&report), ["P2 persistent"]);
    assert_eq!(each(&report["warnings"], "seen_on"), ["2025-03-22"]);
    for text in [place.analyze(&[]).out, place.analyze(&["--stdout", "md"]).out] {
        assert!(text.contains("You have seen someone: go back if it gets worse or does not improve"), "{text}");
        assert!(CALLS.iter().all(|call| !text.contains(call)), "{text}");
    }
}

#[test]
fn exercises_come_once_it_has_settled_and_not_before() {
    let sore = "2025-03-18: right outer hip 3/10 after hills\n";
    let hurts = diary(sore).json(&[]);
    assert!(!advises(&hurts, "Clamshell") && !advises(&hurts, "glute bridges"));
    let place = diary(&format!("{sore}2025-03-21: hip fine\n2025-03-28: hip fine, no pain\n"));
    let settled = place.json(&[]);
    assert!(advises(&settled, "Clamshell") && advises(&settled, "The way back"));
    let text = place.analyze(&[]).out;
    assert!(text.contains("The way back") && text.contains("Clamshell"), "{text}");
}

#[test]
fn who_has_no_pain_and_no_flag_is_told_how_to_keep_it_so() {
    let place = Place::with(&[("log.csv", &even_weeks(10))]);
    let report = place.json(&[]);
    let current: Vec<&Value> =
        report["findings"].as_array().unwrap().iter().filter(|finding| finding["current"] == true).collect();
    assert!(current.is_empty(), "{current:?}");
    assert!(report["advice"].as_array().unwrap().len() >= 3);
    assert!(advises(&report, "no more than 10\u{a0}%. This week: 33.0\u{a0}km at most."), "{:#}", report["advice"]);
}

#[test]
fn after_a_spike_the_room_goes_by_the_usual_weeks_and_is_said_to_be_over() {
    let plan = |log: &str| Place::with(&[("log.csv", log)]).json(&[])["plan"].clone();
    assert_eq!(plan(&even_weeks(10))["distance_cap_m"], 33_000);
    // 45 km after weeks of 30 km.
    let spiked = even_weeks(25);
    assert_eq!(plan(&spiked)["distance_cap_m"], 33_000);
    let place = Place::with(&[("log.csv", &format!("{spiked}2025-03-31,40\n"))]);
    let text = place.analyze(&[]).out;
    assert!(text.contains("40.0\u{a0}km run, 33.0\u{a0}km was this week's room"), "{text}");
}

#[test]
fn advice_on_a_jump_gives_the_figures_and_when_pain_began() {
    // 30 km, then 45 km that pass the limit on Sunday 30 March; pain on the day after.
    let place = Place::with(&[("log.csv", &even_weeks(25)), ("pain.md", "2025-03-31: left outer hip 2/10\n")]);
    let report = place.json(&[]);
    assert!(
        advises(&report, "Week of 24 Mar rose 50\u{a0}% (30.0\u{a0}km to 45.0\u{a0}km); pain began the next day."),
        "{:?}",
        each(&report["advice"], "text")
    );
}

#[test]
fn a_note_of_daily_life_brings_its_line() {
    let report = diary("2025-03-28: first week on statins, easy 6 km\n").json(&[]);
    assert!(
        advises(&report, "linked with cramp, among them diuretics, statins"),
        "{:?}",
        each(&report["advice"], "text")
    );
}
