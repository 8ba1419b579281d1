//! The whole program on small folders with a slip, an oddity or a mistake: its messages and exit status.

use serde_json::Value;

use crate::place::Place;

fn report(place: &Place, as_of: &str) -> Value {
    let ran = place.run(&["analyze", "in", "--as-of", as_of, "--stdout", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

fn markdown(place: &Place, as_of: &str) -> String {
    place.run(&["analyze", "in", "--as-of", as_of, "--stdout", "md"]).out
}

const NO_SIGN: &str = "No warning sign was found in these notes.";

#[test]
fn one_configuration_reached_by_two_spellings_is_one() {
    let place = Place::new();
    for name in ["a", "b"] {
        place.write(&format!("{name}/runhip.toml"), "athlete = \"Ada\"\n");
        place.write(&format!("{name}/pain.md"), "2026-03-04: hips fine\n");
    }
    let of = |paths: &[&str]| place.run(&[&["analyze", "--stdout", "json"], paths].concat());
    assert_eq!(of(&["a", "./a", "b/../a"]).status, 0);
    let ran = of(&["a", "b"]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("a/runhip.toml and b/runhip.toml"), "{}", ran.err);
}

#[test]
fn an_unknown_column_key_is_an_error_with_its_line() {
    let place = Place::with(&[("runhip.toml", "athlete = \"Ada\"\n[csv.columns]\ndistanse = \"km\"\n")]);
    let ran = place.run(&["check", "in"]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("runhip.toml:3: unknown key \"distanse\""), "{}", ran.err);
}

#[test]
fn that_no_sign_was_found_is_said_only_where_none_was() {
    let plain = Place::with(&[("pain.md", "2026-03-04: left hip 3/10 after the run\n")]);
    assert!(markdown(&plain, "2026-03-05").contains(NO_SIGN));
    // The limp remains a sign in the notes long after it has stopped leading.
    let old = Place::with(&[("pain.md", "2025-03-04: left hip 6/10, limping after the run\n2026-03-01: hips fine\n")]);
    let text = markdown(&old, "2026-03-05");
    assert!(!text.contains(NO_SIGN), "{text}");
    assert!(text.contains("No warning sign now. Last: 4 Mar 2025."), "{text}");
}

#[test]
fn that_no_sign_was_found_is_withheld_where_a_note_was_lost() {
    let notes = "2026-03-04: left hip 3/10 after the run\n2026-02-30: limping\n";
    let place = Place::with(&[("pain.md", notes)]);
    let text = markdown(&place, "2026-03-05");
    assert!(!text.contains(NO_SIGN), "{text}");
    assert!(text.contains("1 line of notes was left out"), "{text}");
}

#[test]
fn corrections_that_fit_nothing_are_named_where_they_stand() {
    let place = Place::with(&[
        ("pain.md", "2026-03-04: popped in to the shop, hip fine\n"),
        (
            "runhip.toml",
            "[[corrections]]\ndate = 2026-03-04\ntext = \"popped in\"\nreading = \"none\"\n\
             [[corrections]]\ndate = 2026-03-05\ntext = \"popped out\"\nreading = \"none\"\n\
             [[corrections]]\nrun = \"20260304T063000\"\nignore = true\n",
        ),
    ]);
    let report = report(&place, "2026-03-06");
    let configuration = &report["import"]["files"][1];
    assert_eq!(configuration["path"], "runhip.toml");
    let whats: Vec<&str> = configuration["problems"]
        .as_array()
        .expect("problems")
        .iter()
        .map(|problem| problem["what"].as_str().expect("a sentence"))
        .collect();
    assert_eq!(
        whats,
        [
            "the correction for \"20260304T063000\" fits no entry",
            "the correction for \"2026-03-05: popped out\" fits no entry"
        ]
    );
}

#[test]
fn a_file_with_a_run_set_aside_is_not_called_merged() {
    let both = "date,start,distance_km,duration\n2026-03-04,06:30,10,50:00\n2026-03-05,06:30,10,50:00\n";
    let one = "date,start,distance_km,duration\n2026-03-05,06:30,10,50:00\n";
    let aside = "[[corrections]]\nrun = \"20260304T063000\"\nignore = true\n";
    let place = Place::with(&[("a.csv", one), ("b.csv", both), ("runhip.toml", aside)]);
    let report = report(&place, "2026-03-06");
    assert_eq!(report["import"]["files"][1]["path"], "b.csv");
    assert_eq!(report["import"]["files"][1]["outcome"], "read");
    let totals = &report["import"]["totals"];
    let figures =
        ["activities_in", "runs_out", "duplicates_merged", "other_sport", "left_out"].map(|name| &totals[name]);
    assert_eq!(figures, [3, 1, 1, 0, 1]);
}

#[test]
fn the_unit_that_distances_are_shown_in_does_not_change_how_they_are_read() {
    let place = Place::with(&[("runs.csv", "date,distance,time\n2026-03-02,5,40:00\n2026-03-04,6,50:00\n")]);
    let metres = |units: &str| {
        let arguments = ["analyze", "in", "--as-of", "2026-03-12", "--stdout", "json", "--units", units];
        let json: Value = serde_json::from_str(&place.run(&arguments).out).unwrap();
        json["runs"].as_array().expect("runs").iter().map(|run| run["distance_m"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(metres("km"), [5_000, 6_000]);
    assert_eq!(metres("mi"), [5_000, 6_000]);
}

#[test]
fn no_absolute_path_in_an_export_reaches_a_report() {
    let rows = "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Filename\n\
                1,\"Mar 4, 2026, 6:30:00 AM\",Run,Run,3000,10.0,/media/card/private/1.gpx\n\
                2,\"Mar 5, 2026, 6:30:00 AM\",Run,Run,3000,10.0,C:\\Users\\ada\\2.gpx\n";
    let place = Place::with(&[("activities.csv", rows)]);
    let report = report(&place, "2026-03-06").to_string();
    assert!(report.contains("1.gpx") && report.contains("2.gpx"), "{report}");
    assert!(!report.contains("media") && !report.contains("Users"), "{report}");
}

#[test]
fn a_recording_too_fast_for_a_run_can_be_put_right_as_its_hint_says() {
    let gpx = "<gpx xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><trkseg>\
               <trkpt lat=\"0.5\" lon=\"0.5\"><time>2026-03-04T06:30:00Z</time></trkpt>\
               <trkpt lat=\"0.503\" lon=\"0.5\"><time>2026-03-04T06:30:40Z</time></trkpt>\
               <trkpt lat=\"0.506\" lon=\"0.5\"><time>2026-03-04T06:31:20Z</time></trkpt></trkseg></trk></gpx>";
    let note = "2026-03-04: hips fine\n";
    let as_it_is = Place::with(&[("a.gpx", gpx), ("pain.md", note)]);
    let totals = report(&as_it_is, "2026-03-06")["import"]["totals"].clone();
    assert_eq!([&totals["runs_out"], &totals["other_sport"]], [0, 1]);
    let correction = "[[corrections]]\nrun = \"20260304T063000+0000\"\ndistance = \"400 m\"\n";
    let corrected = Place::with(&[("a.gpx", gpx), ("pain.md", note), ("runhip.toml", correction)]);
    let report = report(&corrected, "2026-03-06");
    assert_eq!(report["runs"][0]["distance_m"], 400);
}
