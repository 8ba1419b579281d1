//! Files written by another version of the program, and damaged ones: one line says what to do, and the run does not
//! fail, except for settings of a later version, which cannot be followed.

use serde_json::Value;

use crate::place::{Place, QUIET_LOG, Ran};

fn latest(place: &Place, name: &str) -> Value {
    serde_json::from_str(&place.read(&format!("reports/{name}-latest.json"))).unwrap()
}

/// How an earlier report or index may be damaged, and what is said of it.
fn spoilt(whole: &str) -> [(String, &'static str); 4] {
    let version = |number: u32| whole.replacen("\"schema_version\": 1", &format!("\"schema_version\": {number}"), 1);
    [
        (version(2), "is of version 2, and this program writes version 1; install the newer runhip that wrote it"),
        (
            version(0),
            "is of version 0, and this program writes version 1; nothing to do, from the next day on there is one",
        ),
        (whole[..whole.len() / 2].to_owned(), "that can be read; delete it, or put it back from a copy"),
        (String::new(), "that can be read; delete it, or put it back from a copy"),
    ]
}

#[test]
fn an_earlier_report_that_cannot_be_compared_with_is_told_and_costs_nothing_else() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    let report = |day: &str| place.run(&["analyze", "in", "--as-of", day, "--format", "html,md,json"]);
    assert_eq!(report("2025-03-24").err, "");
    let whole = place.read("reports/in-2025-03-24.json");
    assert_eq!((report("2025-03-31").err.as_str(), latest(&place, "in")["not_compared"].is_null()), ("", true));
    assert!(latest(&place, "in")["since_last"]["text"].as_str().unwrap().starts_with("Since the report of 24 Mar"));
    for (text, says) in spoilt(&whole) {
        place.write("reports/in-2025-03-24.json", &text);
        let ran = report("2025-03-31");
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(ran.err.starts_with("in-2025-03-24.json is ") && ran.err.contains(says), "{}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
        let said = format!("What changed is not told: {}.", ran.err.trim_end());
        let on_one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(on_one_line(&ran.out).contains(&said), "{}", ran.out);
        assert!(on_one_line(&place.read("reports/in-latest.md")).contains(&said));
        assert!(place.read("reports/in-latest.html").contains("What changed is not told: in-2025-03-24.json is "));
        let json = latest(&place, "in");
        assert_eq!((&json["not_compared"], &json["since_last"]), (&ran.err.trim_end().into(), &Value::Null));
        assert_eq!(place.read("reports/in-2025-03-24.json"), text, "it is left as it is");
    }
    // From then on there is a report to compare with.
    assert_eq!(report("2025-04-01").err, "");
    assert!(latest(&place, "in")["since_last"]["text"].as_str().unwrap().starts_with("Since the report of 31 Mar"));
}

#[test]
fn an_earlier_index_that_cannot_be_compared_with_is_told_and_costs_nothing_else() {
    let place = Place::with(&[("ada/log.csv", QUIET_LOG)]);
    let roster = |day: &str| place.run(&["roster", "in", "--as-of", day, "--quiet", "--format", "html"]);
    assert_eq!(roster("2025-03-24").err, "");
    let whole = place.read("reports/index-2025-03-24.json");
    for (text, says) in spoilt(&whole) {
        // The latest index is another name of the same file and stays as written.
        std::fs::remove_file(place.path("reports/index-2025-03-24.json")).unwrap();
        place.write("reports/index-2025-03-24.json", &text);
        let ran = roster("2025-03-31");
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(ran.err.starts_with("index-2025-03-24.json is ") && ran.err.contains(says), "{}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
        let json = latest(&place, "index");
        assert_eq!((&json["not_compared"], &json["compared_with"]), (&ran.err.trim_end().into(), &Value::Null));
    }
    assert_eq!(roster("2025-04-01").err, "");
    assert_eq!(latest(&place, "index")["compared_with"], "2025-03-31");
}

#[test]
fn settings_of_a_later_version_are_refused_with_their_line_and_those_of_this_one_are_read() {
    let place = Place::with(&[("log.csv", QUIET_LOG), ("runhip.toml", "config_version = 1\nathlete = \"Ada\"\n")]);
    assert_eq!(place.json(&[])["athlete"]["name"], "Ada");
    place.write("in/runhip.toml", "athlete = \"Ada\"\nconfig_version = 2\nzones = []\n");
    place.write("in/ada/log.csv", QUIET_LOG);
    let says = "runhip: in/runhip.toml:2: this configuration is of version 2, and this program reads version 1; update \
                runhip, or write it as runhip init does\n";
    let refused = |ran: Ran| assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (1, "", says));
    for command in ["analyze", "roster", "check"] {
        refused(place.run(&[command, "in"]));
    }
    refused(place.run(&["note", "--config", "in/runhip.toml", "hip fine"]));
    // One athlete's own settings affect only that athlete.
    place.write("in/runhip.toml", "config_version = 1\n");
    place.write("in/ada/runhip.toml", "config_version = 2\n");
    place.write("in/bo/log.csv", QUIET_LOG);
    let ran = place.run(&["roster", "in", "--as-of", "2025-03-31", "--quiet"]);
    assert_eq!(ran.status, 3);
    assert!(ran.err.starts_with("ada: runhip.toml:1: this configuration is of version 2"), "{}", ran.err);
    assert_eq!(latest(&place, "bo")["athlete"]["runs"], 12);
}

#[test]
fn what_init_writes_names_its_version_and_is_read() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    assert_eq!(place.run(&["init", "in"]).status, 0);
    assert!(place.read("in/runhip.toml").lines().any(|line| line == "config_version = 1"));
    assert_eq!(place.json(&[])["athlete"]["runs"], 12);
}
