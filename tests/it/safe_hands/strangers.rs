//! Cases from somebody who tried to break things: one person in another's folder, a note in a run log, endless
//! settings, a report for sharing that names its folder.

use crate::place::Place;
use crate::roster::team::row;

/// Ten days of running in October, each a little longer, and hip pain on one of them. `which` makes them different
/// people's.
fn person(which: u32) -> [String; 2] {
    let runs: Vec<String> =
        (10..20).map(|day| format!("2026-10-{day},0{which}:{day},{which}.{day},4{which}:00\n")).collect();
    let notes = format!("2026-10-1{which}: left outer hip {which}/10\n");
    [format!("date,start,distance_km,duration\n{}", runs.concat()), notes]
}

fn put(place: &Place, folder: &str, which: u32) {
    let [runs, notes] = person(which);
    place.write(&format!("in/{folder}/runs.csv"), runs);
    place.write(&format!("in/{folder}/pain.md"), notes);
}

#[test]
fn whoever_takes_a_folder_over_is_not_told_what_changed_for_the_one_before() {
    let place = Place::new();
    put(&place, "zoe", 5);
    put(&place, "bo", 7);
    place.run(&["roster", "in", "--as-of", "2026-10-19", "--out", "reports"]);
    put(&place, "zoe", 6);
    let ran = place.run(&["roster", "in", "--as-of", "2026-10-20", "--out", "reports"]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    let index: serde_json::Value = serde_json::from_str(&place.read("reports/index-latest.json")).expect("an index");
    let said = row(&index, "zoe")["since_last"].as_str().unwrap_or_default().to_owned();
    assert_eq!(said, "New in the roster, in a folder that held another person's runs.");
    let gone = &index["gone"][0];
    assert_eq!((gone["folder"].as_str(), gone["last_seen"].as_str()), (Some("zoe"), Some("2026-10-19")));
    assert!(gone["open_episode"].is_string(), "{gone}");
    // The next day she is the one known in this folder, and the other is still gone.
    place.run(&["roster", "in", "--as-of", "2026-10-21", "--out", "reports"]);
    let next: serde_json::Value = serde_json::from_str(&place.read("reports/index-latest.json")).expect("an index");
    assert_ne!(row(&next, "zoe")["since_last"].as_str(), Some(said.as_str()));
    assert_eq!(next["gone"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_newcomer_of_the_same_name_is_not_the_athlete_who_is_gone() {
    let place = Place::new();
    for (folder, which) in [("one", 5), ("two", 7)] {
        put(&place, folder, which);
    }
    place.write("in/one/runhip.toml", "athlete = \"Zoe\"\n");
    place.run(&["roster", "in", "--as-of", "2026-10-19"]);
    std::fs::remove_dir_all(place.path("in/one")).expect("gone");
    put(&place, "three", 6);
    place.write("in/three/runhip.toml", "athlete = \"Zoe\"\n");
    let ran = place.run(&["roster", "in", "--as-of", "2026-10-20"]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    let index: serde_json::Value = serde_json::from_str(&place.read("reports/index-latest.json")).expect("an index");
    assert_eq!(row(&index, "Zoe")["since_last"], "New in the roster.");
    assert_eq!(index["gone"][0]["folder"], "one");
}

#[test]
fn redacted_reports_of_other_athletes_under_the_same_numbers_are_told() {
    let place = Place::new();
    for (folder, which) in [("ada", 5), ("bo", 6), ("cy", 7)] {
        put(&place, folder, which);
    }
    let roster = |as_of: &str| {
        let shown = ["roster", "in", "--as-of", as_of, "--redact", "--redact-shift", "4900", "--quiet"];
        place.run(&shown).err
    };
    assert_eq!(roster("2026-10-20"), "");
    assert_eq!(roster("2026-10-20"), "", "the same athletes on the same day have the same numbers");
    std::fs::remove_dir_all(place.path("in/bo")).expect("gone");
    let told = roster("2026-10-20");
    // Two formats, dated and latest, of the third athlete.
    assert!(told.starts_with("reports: redacted reports of other runs lie there (4), in which a number"), "{told}");
    assert!(told.contains("share only what redacted-index names"), "{told}");
}

#[test]
fn a_note_does_not_turn_a_run_log_into_a_diary() {
    for log in [
        "date\tdistance_km\tnotes\n2026-10-01\t5\tx\n2026-10-02\t6\ty\n",
        "date,distance_km,notes\n2026-10-01,5,x\n2026-10-02,6,y\n",
    ] {
        let place = Place::with(&[("runs.txt", log)]);
        let ran = place.run(&["note", "--file", "in/runs.txt", "--date", "2026-10-20", "left", "hip", "4/10"]);
        assert_eq!(ran.status, 1, "{}", ran.out);
        assert!(ran.err.contains("holds a table of runs"), "{}", ran.err);
        assert_eq!(place.read("in/runs.txt"), log);
    }
}

#[test]
fn notes_with_the_line_ends_of_old_programs_are_notes_of_their_days() {
    let place = Place::with(&[("pain.md", "2026-10-01: hip sore\r2026-10-02: hip worse\r")]);
    let ran = place.run(&["check", "in"]);
    assert!(ran.out.contains("2 notes"), "{}", ran.out);
}

#[cfg(unix)]
#[test]
fn settings_that_are_no_file_are_refused_at_once() {
    let place = Place::new();
    put(&place, "ada", 5);
    let ran = place.run(&["analyze", "in/ada", "--config", "/dev/zero"]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("it is not a file"), "{}", ran.err);
    let pipe = place.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let ran = place.run(&["analyze", "in/ada", "--config", "pipe"]);
    assert!(ran.err.contains("it is not a file"), "{}", ran.err);
}

#[test]
fn what_is_printed_for_sharing_does_not_name_the_folder_of_the_settings() {
    let place = Place::new();
    put(&place, "secretplace", 5);
    place.write("in/secretplace/runhip.toml", "athlete = \"x\"\n");
    let shift = ["--redact", "--redact-shift", "4900"];
    let one = place.run(&[&["analyze", "in/secretplace", "--as-of", "2026-10-20"][..], &shift].concat());
    assert_eq!(one.status, 0, "{}", one.err);
    assert!(!one.out.contains("secretplace"), "{}", one.out);
    place.write("in/runhip.toml", "units = \"km\"\n");
    let all = place.run(&[&["roster", "in", "--as-of", "2026-10-20"][..], &shift].concat());
    assert!(!all.out.contains("Settings:"), "{}", all.out);
}
