//! Notes from wherever they stand, and what a warning sign does to a report.

use super::place::{Place, QUIET_LOG, each};

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
    assert!(page.contains(&format!("  > {ALARMING}")), "{page}");

    let html = place.read("reports/in-latest.html");
    let body = &html[html.find("<main").unwrap()..];
    let (sign, week) = (body.find(urgent).unwrap(), body.find("This week").unwrap());
    assert!(sign < week && sign < 400, "the sign stands at {sign}, the week at {week}");

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
