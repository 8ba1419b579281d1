//! Plans checked against the samples.

use std::path::Path;

use super::json;
use crate::place::{Place, Ran};

/// The samples on the day of their report, with open pain and a standing sign.
fn samples(arguments: &[&str]) -> Ran {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/runner");
    let place = Place::new();
    place.write("plan.csv", "date,distance_km,type\n2026-11-21,8,easy\n2026-11-22,18,long run\n");
    let log = samples.to_str().unwrap();
    place.run(&[&["plan", "--log", log, "--no-cache"], arguments].concat())
}

#[test]
fn the_samples_are_told_to_be_seen_first() {
    let ran = samples(&["plan.csv", "--as-of", "2026-11-18", "--fail-on", "warning"]);
    assert_eq!(ran.status, 4, "{}", ran.err);
    let first = ran.out.lines().next().unwrap();
    assert!(first.starts_with("! ") && first.contains("doctor"), "{}", ran.out);
    // 18 km against the 15.62 km of 8 November: 15 % more.
    assert!(ran.out.contains("Run of 22 Nov 2026: 18.0\u{a0}km, 15\u{a0}% longer"), "{}", ran.out);
    let ran = samples(&["--as-of", "2026-11-18", "--suggest", "--target", "21.1km", "--by", "2027-04-18"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("No plan is suggested. A warning sign stands"), "{}", ran.err);
}

#[test]
fn before_the_pain_the_samples_get_a_plan_that_keeps_their_days() {
    let ran = samples(&[
        "--as-of",
        "2026-11-08",
        "--suggest",
        "--target",
        "21.1km",
        "--by",
        "2027-04-18",
        "--stdout",
        "json",
    ]);
    let suggestion = json(&ran)["suggestion"].clone();
    assert_eq!(suggestion["possible"], true);
    let runs = suggestion["runs"].as_array().unwrap();
    let last = runs.last().unwrap();
    assert_eq!((&last["date"], &last["distance_m"]), (&"2027-04-18".into(), &21_100.into()));
    // The runner runs on Tuesday, Wednesday, Thursday, Saturday and Sunday, furthest on Sunday.
    for run in runs {
        let day: chrono::NaiveDate = run["date"].as_str().unwrap().parse().unwrap();
        assert!(!["Mon", "Fri"].contains(&day.format("%a").to_string().as_str()), "{day}");
        assert_eq!(
            run["type"] == "long run" || run["type"] == "target",
            day.format("%a").to_string() == "Sun",
            "{day}"
        );
    }
}
