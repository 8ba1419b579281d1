//! A training plan that the configuration names: its weeks in the report, and what happens if it cannot be used.

use serde_json::json;

use crate::place::Place;

/// Two runs a week, 10 km, up to Sunday 30 March 2025.
const LOG: &str = "date,distance_km\n2025-03-04,5\n2025-03-08,5\n2025-03-11,5\n2025-03-15,5\n2025-03-18,5\n2025-03-22,5\n2025-03-25,5\n2025-03-29,5\n";

const PLAN: &str = "date,distance_km,type\n2025-03-25,6,easy\n2025-03-29,6,easy\n2025-04-01,5,easy\n2025-04-05,5.5,long run\nweek of 2025-04-07,12,\n";

const SETTINGS: &str = "plan = \"spring.csv\"\n";

fn place() -> Place {
    Place::with(&[("log.csv", LOG), ("spring.csv", PLAN), ("runhip.toml", SETTINGS)])
}

#[test]
fn the_weeks_of_the_plan_stand_beside_those_of_the_log() {
    let place = place();
    let report = place.json(&[]);
    assert_eq!(
        report["planned"],
        json!([
            { "start": "2025-03-24", "distance_m": 12_000 },
            { "start": "2025-03-31", "distance_m": 10_500 },
            { "start": "2025-04-07", "distance_m": 12_000 },
        ])
    );
    assert_eq!(report["athlete"]["runs"], 8, "a planned run is none: {}", report["import"]);
    let said = place.analyze(&[]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("10.0 km, +0 %; planned 12.0 km"), "{said}");
    assert!(said.contains("planned 10.5 km"), "{said}");
}

#[test]
fn a_plan_that_cannot_be_used_is_said_and_the_report_is_made() {
    for (settings, plan, says) in [
        (SETTINGS, Some("date,distance_km\n2025-04-01,five\n"), "spring.csv:2: "),
        (SETTINGS, None, "spring.csv: the plan of the settings is no file"),
        ("plan = \"../spring.csv\"\n", None, "leads out of the folder of its runhip.toml"),
    ] {
        let place = Place::with(&[("log.csv", LOG), ("runhip.toml", settings)]);
        if let Some(plan) = plan {
            place.write("in/spring.csv", plan);
        }
        let ran = place.analyze(&[]);
        assert_eq!(ran.status, 3, "{settings}{}", ran.err);
        assert!(ran.err.contains(says) && ran.err.contains("no week is held against the plan"), "{}", ran.err);
        assert!(place.path("reports").exists());
    }
}

#[test]
fn a_redacted_report_has_no_plan() {
    let report = place().json(&["--redact"]);
    assert_eq!(report["planned"], json!([]));
}
