//! The pooled figures of whole logs, compared with the strata in the athletes' own reports.

use chrono::{Days, NaiveDate};
use std::fmt::Write as _;

use crate::place::Place;

/// Two years of three runs a week, with a jump in some weeks and two days of pain after some of them.
fn runner(shift: u64) -> (String, String) {
    let monday = NaiveDate::from_ymd_opt(2023, 1, 2).unwrap();
    let (mut log, mut notes) = ("date,distance_km\n".to_owned(), String::new());
    for week in 0..104 {
        let jump = (week + shift) % 8 == 4;
        for (day, km) in [(1, 8), (3, 8), (6, if jump { 20 } else { 12 })] {
            writeln!(log, "{},{km}", monday + Days::new(7 * week + day)).unwrap();
        }
        // Pain after two of three jumps, far enough apart to be separate episodes.
        if week > 8 && [5, 13].contains(&((week + shift) % 24)) {
            writeln!(notes, "{}: left hip 3/10", monday + Days::new(7 * week + 2)).unwrap();
            writeln!(notes, "{}: hip fine", monday + Days::new(7 * week + 4)).unwrap();
        }
    }
    (log, notes)
}

/// Counts for the jump in one athlete's report: episodes used and preceded.
fn counts(place: &Place, name: &str) -> (u64, u64) {
    let report: serde_json::Value = serde_json::from_str(&place.read(&format!("reports/{name}-latest.json"))).unwrap();
    let link = &report["links"][0];
    assert_eq!(link["rule"], "weekly-mileage-jump");
    (link["episodes_usable"].as_u64().unwrap(), link["exposed"].as_u64().unwrap())
}

#[test]
fn episodes_and_expectations_of_all_are_the_sums_of_each() {
    let place = Place::new();
    for (name, shift) in [("a", 0), ("b", 3), ("c", 6)] {
        let (log, notes) = runner(shift);
        place.write(&format!("in/{name}/log.csv"), log);
        place.write(&format!("in/{name}/pain.md"), notes);
    }
    let ran = place.run(&["roster", "in", "--as-of", "2025-01-06", "--quiet", "--strata", "strata.csv"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let index: serde_json::Value = serde_json::from_str(&place.read("reports/index-latest.json")).unwrap();
    let link = &index["links"][0];
    let each = ["a", "b", "c"].map(|name| counts(&place, name));
    assert!(each.iter().all(|one| one.0 >= 5), "{each:?}");
    assert_eq!(link["episodes_usable"].as_u64().unwrap(), each.iter().map(|one| one.0).sum::<u64>());
    assert_eq!(link["exposed"].as_u64().unwrap(), each.iter().map(|one| one.1).sum::<u64>());
    // Half-years are split into days with and without a run. Onsets are expected on flagged days in proportion to the
    // number of such days.
    let table = place.read("strata.csv");
    let rows = table.lines().filter(|row| row.contains(",weekly-mileage-jump,"));
    let expected: f64 = rows
        .map(|row| {
            let [days, exposed, onsets] = [3, 4, 5].map(|at| row.split(',').nth(at).unwrap().parse::<f64>().unwrap());
            onsets * exposed / days
        })
        .sum();
    assert!((link["expected"].as_f64().unwrap() - expected).abs() < 1e-9, "{link} {expected}");
    assert_eq!(link["runners"], 3);
    let (low, high) = (&link["leave_one_out"]["low"], &link["leave_one_out"]["high"]);
    let estimate = &link["rate_ratio"]["estimate"];
    let of = |value: &serde_json::Value| value.as_f64().unwrap_or(f64::INFINITY);
    assert!(of(low) <= of(estimate) && of(estimate) <= of(high), "{link}");
    let text = link["text"].as_str().unwrap();
    assert!(
        text.contains("from how often each runner had such weeks") && text.contains("3 runners contribute"),
        "{text}"
    );
    for word in ["caused", "predicts", "safe", "your risk"] {
        assert!(!text.contains(word), "{text}");
    }
}

#[test]
fn one_athlete_alone_is_not_called_a_group() {
    let place = Place::new();
    let (log, notes) = runner(0);
    place.write("in/a/log.csv", log);
    place.write("in/a/pain.md", notes);
    let ran = place.run(&["roster", "in", "--as-of", "2025-01-06", "--stdout", "json"]);
    let index: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let link = &index["links"][0];
    assert!(link["leave_one_out"].is_null() && link["runners"] == 1);
    assert_ne!(link["claim"], "more-often-than-chance");
    assert!(link["text"].as_str().unwrap().contains("comes from one runner"), "{link}");
}
