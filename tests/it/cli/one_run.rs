//! A person runs one run at a time: records of it by two apps, a watch and by hand are merged into one run, and
//! impossible points are left out.

use serde_json::Value;

use crate::place::{Place, each, gpx};

const HILL: (f64, f64) = (47.37, 8.54);
const ZURICH: &[&str] = &["--timezone", "Europe/Zurich"];

fn kinds(report: &Value) -> Vec<String> {
    each(&report["import"]["assumptions"], "kind")
}

#[test]
fn two_recordings_and_a_typed_row_of_one_run_are_one() {
    // 6 km in half an hour from 7:00 local time; the phone started forty seconds later and stopped earlier.
    let place = Place::with(&[
        ("watch/a.gpx", &gpx("2025-03-04T06:00:00Z", HILL, 60)),
        ("phone/b.gpx", &gpx("2025-03-04T06:00:40Z", HILL, 57)),
        ("typed.csv", "date,sport,distance_km\n2025-03-04,run,6\n2025-03-05,run,4\n"),
    ]);
    let report = place.json(ZURICH);
    let runs = report["runs"].as_array().unwrap();
    let days: Vec<&str> = runs.iter().map(|run| run["local_date"].as_str().unwrap()).collect();
    assert_eq!(days, ["2025-03-04", "2025-03-05"]);
    assert_eq!(runs[0]["sources"].as_array().unwrap().len(), 3, "{}", runs[0]);
    assert_eq!(runs[0]["distance_m"], 6_000, "the longer recording's");
    assert_eq!(report["athlete"]["runs"], 2);
}

#[test]
fn two_recordings_of_one_time_that_disagree_are_one_run_and_it_is_said() {
    // The same half hour; one of the recordings lost half of the distance.
    let place = Place::with(&[
        ("watch/a.gpx", &gpx("2025-03-04T06:00:00Z", HILL, 60)),
        ("phone/b.gpx", &gpx("2025-03-04T06:02:00Z", HILL, 30)),
    ]);
    let report = place.json(ZURICH);
    assert_eq!(report["athlete"]["runs"], 1);
    assert!(kinds(&report).contains(&"runs-at-once".to_owned()), "{:?}", kinds(&report));
}

#[test]
fn two_runs_of_one_day_stay_two() {
    let place = Place::with(&[
        ("a.gpx", &gpx("2025-03-04T06:00:00Z", HILL, 60)),
        ("b.gpx", &gpx("2025-03-04T17:00:00Z", HILL, 60)),
    ]);
    let report = place.json(ZURICH);
    assert_eq!(report["athlete"]["runs"], 2);
}

#[test]
fn a_point_that_cannot_be_adds_nothing_and_is_said() {
    let clean = gpx("2025-03-04T06:00:00Z", HILL, 60);
    // The thirtieth point lies eleven kilometres east.
    let mut points: Vec<String> = clean.split_inclusive("</trkpt>").map(str::to_owned).collect();
    points[30] = points[30].replace("lon=\"8.5400000\"", "lon=\"8.6900000\"");
    let of = |text: &str| Place::with(&[("a.gpx", text)]).json(ZURICH);
    let (clean, torn) = (of(&clean), of(&points.concat()));
    assert_ne!(points.concat().find("8.69"), None);
    assert_eq!(clean["runs"][0]["distance_m"], 6_000);
    let metres = torn["runs"][0]["distance_m"].as_u64().unwrap();
    assert!((5_900..=6_000).contains(&metres), "{metres}");
    assert_eq!(kinds(&torn), ["points-left-out"]);
    assert!(kinds(&clean).is_empty());
}
