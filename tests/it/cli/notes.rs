//! Notes from all their sources, and how a warning sign changes a report.

use crate::place::{Place, QUIET_LOG, each};

const ALARMING: &str = "left hip 8/10 after a fall, could not put weight on it";

#[test]
fn notes_come_from_tables_journals_and_the_runs_themselves() {
    let place = Place::with(&[
        ("log.csv", "date,distance_km,notes\n2025-03-04,5,easy\n2025-03-25,5,right hip ached 3/10\n"),
        ("pain.csv", "date,side,location,severity,note\n2025-03-26,left,outer hip,2.5,after sitting\n"),
        (
            "diary/pain.md",
            "# Diary\n\n2025-03-27: left hip 4/10\n- 2025-03-28 off (travel)\n## 2025-03-29\nfine again\n",
        ),
        (
            "a.gpx",
            "<gpx><trk><time>2025-03-20T06:00:00Z</time><desc>groin pain on the left, 5/10</desc><type>running</type>\
             </trk><extensions><distance>5000</distance></extensions></gpx>",
        ),
    ]);
    let report = place.json(&["--timezone", "UTC"]);
    let pain: Vec<_> = report["pain"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["date"].as_str().unwrap(), row["source"].as_str().unwrap(), row["hip"] == true))
        .collect();
    assert_eq!(
        pain,
        [
            ("2025-03-04", "log.csv", false),
            ("2025-03-20", "a.gpx", true),
            ("2025-03-25", "log.csv", true),
            ("2025-03-26", "pain.csv", true),
            ("2025-03-27", "diary/pain.md", true),
            ("2025-03-28", "diary/pain.md", false),
            ("2025-03-29", "diary/pain.md", false),
        ]
    );
    assert_eq!(each(&report["pain"], "severity"), ["null", "5", "3", "2.5", "4", "null", "null"]);
    assert_eq!(each(&report["pain"], "side")[1..5], ["left", "right", "left", "left"]);
}

#[test]
fn a_score_on_another_scale_is_brought_to_ten_and_one_outside_is_reported() {
    let place = Place::with(&[(
        "pain.csv",
        "date,side,location,severity,scale_max\n2025-03-26,left,hip,3,5\n2025-03-27,left,hip,7,5\n",
    )]);
    let ran = place.analyze(&["--stdout", "json"]);
    assert_eq!(ran.status, 3);
    assert!(
        ran.err.starts_with("pain.csv:3: \"7\" is not a pain score on its scale; the row was left out"),
        "{}",
        ran.err
    );
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(each(&report["pain"], "severity"), ["6"]);
}

#[test]
fn a_warning_sign_leads_every_format() {
    let place = Place::with(&[("log.csv", QUIET_LOG), ("pain.md", &format!("2025-03-26: {ALARMING}\n"))]);
    let ran = place.analyze(&["--format", "html,md,json"]);
    assert_eq!(ran.status, 0);
    let urgent = "Get emergency medical help now";
    assert!(ran.out.starts_with(&format!("! {urgent}")), "{}", ran.out);

    let page = place.read("reports/in-latest.md");
    let first = page.lines().find(|line| line.starts_with("## ")).unwrap();
    assert_eq!(first, format!("## {urgent}"));
    assert!(page.contains(&format!("\"{ALARMING}\"")), "{page}");

    let html = place.read("reports/in-latest.html");
    let body = &html[html.find("<main").unwrap()..];
    let (sign, week) = (body.find(urgent).unwrap(), body.find("Until then").unwrap());
    assert!(sign < week && sign < 400, "the sign stands at {sign}, what else there is to do at {week}");

    let report: serde_json::Value = serde_json::from_str(&place.read("reports/in-latest.json")).unwrap();
    assert_eq!(report["warnings"][0]["flag"], "trauma");
    assert_eq!(report["warnings"][0]["priority"], "P0");
    assert_eq!(report["warnings"][0]["text"], ALARMING);
    assert_eq!(report["advice"][0]["priority"], "P0");
    assert!(report["advice"][0]["text"].as_str().unwrap().starts_with(urgent));
    let finding = report["findings"].as_array().unwrap().iter().find(|row| row["rule"] == "warning-sign").unwrap();
    assert_eq!((&finding["severity"], &finding["current"]), (&"urgent".into(), &true.into()));
    let because = &report["advice"][0]["because"];
    assert_eq!(because[0], finding["id"]);
}

#[test]
fn without_a_sign_the_report_says_that_none_was_found_and_with_a_foreign_note_it_does_not() {
    let none = "No warning sign was found in these notes.";
    let understood = Place::with(&[("log.csv", QUIET_LOG), ("pain.md", "2025-03-26: left hip 2/10\n")]);
    assert!(understood.analyze(&[]).out.contains(none));
    let foreign = Place::with(&[
        ("log.csv", QUIET_LOG),
        ("pain.md", "2025-03-26: left hip 2/10\n2025-03-27: bardzo boli mnie dzisiaj lewe biodro\n"),
    ]);
    let ran = foreign.analyze(&[]);
    assert!(!ran.out.contains(none), "{}", ran.out);
    assert!(ran.out.contains("1 note was not understood; the report lists them."), "{}", ran.out);
    assert_eq!(each(&foreign.json(&[])["pain"], "understood"), ["true", "false"]);
}

#[test]
fn a_corrected_note_raises_nothing() {
    let place = Place::with(&[
        ("log.csv", QUIET_LOG),
        ("pain.md", "2025-03-26: popped in to the shop, left hip fine\n2025-03-27: left hip popped and gave way\n"),
        ("runhip.toml", "[[corrections]]\ndate = 2025-03-27\ntext = \"popped and gave way\"\nreading = \"none\"\n"),
    ]);
    let report = place.json(&[]);
    assert_eq!(report["warnings"], serde_json::json!([]));
    assert_eq!(report["episodes"], serde_json::json!([]));
    place.write("in/runhip.toml", "");
    assert!(!place.json(&[])["warnings"].as_array().unwrap().is_empty(), "the correction is what silenced it");
}

const EPISODE: &str = "2026-10-20: right groin sore 5/10\n";

fn said(place: &Place, kind: &str, as_of: &str) -> String {
    place.run(&["analyze", "--stdout", kind, "--as-of", as_of, "."]).out
}

fn json(place: &Place, as_of: &str) -> serde_json::Value {
    serde_json::from_str(&said(place, "json", as_of)).unwrap()
}

fn diary(name: &str, text: &str, as_of: &str) -> (Place, serde_json::Value) {
    let place = Place::with(&[(name, text)]);
    let report = json(&place, as_of);
    (place, report)
}

#[test]
fn a_sign_without_a_place_in_an_open_episode_leads_the_report() {
    let (place, report) =
        diary("pain.md", &format!("{EPISODE}2026-10-22: can't put weight on it, 8/10\n"), "2026-10-23");
    assert_eq!(each(&report["pain"], "hip"), ["true", "true"]);
    assert_eq!(each(&report["pain"], "assumed_hip"), ["null", "open-episode"]);
    assert_eq!(each(&report["episodes"], "side"), ["right"]);
    assert_eq!(each(&report["episodes"], "end"), ["2026-10-22"]);
    let sign = report["warnings"].as_array().unwrap().iter().find(|row| row["flag"] == "cannot-bear-weight").unwrap();
    assert_eq!((sign["priority"].as_str(), sign["leads"].as_bool()), (Some("P1"), Some(true)));
    for kind in ["md-full", "html"] {
        let page = said(&place, kind, "2026-10-23");
        assert!(page.contains("names no place; taken as the hip of the open episode"), "{kind}: {page}");
    }
}

#[test]
fn a_note_without_a_place_counts_only_while_pain_stands() {
    for (later, expected) in [
        // A sign leads up to the fourteenth day, and ends on the day when the pain is denied.
        ("2026-11-03: limping\n", "open-episode"),
        ("2026-11-04: limping\n", "null"),
        ("2026-10-22: fine again\n2026-10-23: limping\n", "null"),
        ("2026-10-22: right hip fine\n2026-10-23: limping\n", "null"),
        ("2026-10-22: left hip fine\n2026-10-23: limping\n", "open-episode"),
        ("2026-10-30: still sore\n2026-11-12: limping\n", "open-episode"),
        ("2026-10-23: easy 8k, felt good\n", "null"),
        ("2026-10-23: knee sore 3/10\n", "null"),
    ] {
        let (_, report) = diary("pain.md", &format!("{EPISODE}{later}"), "2026-11-20");
        assert_eq!(each(&report["pain"], "assumed_hip").last().unwrap(), expected, "{later}");
    }
    let (_, report) = diary("pain.md", &format!("{EPISODE}2026-10-22: gone by Monday\n"), "2026-10-23");
    assert_eq!(each(&report["episodes"], "open"), ["false"]);
}

#[test]
fn the_note_of_a_run_joins_the_open_episode_too() {
    let place = Place::with(&[
        ("pain.md", EPISODE),
        ("log.csv", "date,distance_km,notes\n2026-10-21,5,easy\n2026-10-22,2,can not put weight on it\n"),
    ]);
    let report = json(&place, "2026-10-23");
    assert_eq!(each(&report["pain"], "assumed_hip"), ["null", "null", "open-episode"]);
    assert_eq!(each(&report["episodes"], "end"), ["2026-10-22"]);
}

#[test]
fn a_file_that_is_about_the_hip_needs_no_place_in_each_note() {
    for (name, text, side) in [
        ("diary.md", "# Left hip diary\n\n2026-10-22: can't put weight on it, 8/10\n", "left"),
        ("hip-pain.md", "2026-10-22: can't put weight on it, 8/10\n", "unknown"),
    ] {
        let (_, report) = diary(name, text, "2026-10-23");
        assert_eq!(each(&report["pain"], "assumed_hip"), ["notes-file"], "{name}");
        assert_eq!(each(&report["pain"], "side"), [side], "{name}");
        assert_eq!(report["warnings"][0]["leads"], true, "{name}");
    }
}

#[test]
fn a_sign_without_a_place_and_without_an_episode_takes_the_all_clear_away() {
    let clear = "No warning sign was found";
    let (place, _) = diary("pain.md", "2026-10-22: easy 8k\n", "2026-10-23");
    assert!(said(&place, "md", "2026-10-23").contains(clear));
    let (place, report) = diary("pain.md", "2026-10-22: couldn't stand on my left leg this morning\n", "2026-10-23");
    assert_eq!(each(&report["pain"], "understood"), ["false"]);
    assert!(!said(&place, "md", "2026-10-23").contains(clear));
}

#[test]
fn dates_with_slashes_are_read_where_the_file_settles_them_and_lost_loudly_where_not() {
    let (_, report) = diary("pain.md", "10/16/2026 right groin sore 6/10, limping\n", "2026-10-20");
    assert_eq!(each(&report["pain"], "date"), ["2026-10-16"]);
    assert_eq!(each(&report["pain"], "hip"), ["true"]);

    let place =
        Place::with(&[("pain.md", "10/11/2026 right groin sore 6/10\n"), ("other.md", "2026-10-20: easy 5k\n")]);
    let ran = place.run(&["analyze", "--stdout", "md", "--as-of", "2026-11-20", "."]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    assert!(ran.err.contains("right groin sore 6/10") && ran.err.contains("2026-11-10 or 2026-10-11"), "{}", ran.err);
    assert!(!ran.out.contains("No warning sign was found"));
}

#[test]
fn notes_of_hip_pain_without_a_day_take_the_all_clear_away() {
    let place = Place::with(&[("pain.md", "right groin sore 6/10, limping\n"), ("other.md", "2026-10-20: easy 5k\n")]);
    let ran = place.run(&["analyze", "--stdout", "md", "--as-of", "2026-11-20", "."]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    assert!(ran.err.contains("right groin sore 6/10, limping"), "{}", ran.err);
    assert!(!ran.out.contains("No warning sign was found"));
    place.write("in/pain.md", "- milk\n- bread\n");
    let ran = place.run(&["analyze", "--stdout", "md", "--as-of", "2026-11-20", "."]);
    assert_eq!(ran.status, 0, "{}", ran.err);
}
