//! Giving the same input twice changes no figure: overlapping paths, copies, and the program's own reports.

use serde_json::Value;

use crate::place::{AS_OF, Place, QUIET_LOG, each, figures, file, gpx};

fn place() -> Place {
    let place = Place::with(&[("log.csv", QUIET_LOG), ("pain.md", "2025-03-26: left hip 3/10\n")]);
    place.write("in/gps/a.gpx", gpx("2025-03-12T06:00:00Z", (48.1, 11.5), 70));
    place
}

fn json(place: &Place, paths: &[&str]) -> Value {
    let ran = place.run(&[&["analyze"], paths, &["--as-of", AS_OF, "--stdout", "json"]].concat());
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}", ran.err))
}

#[test]
fn paths_that_overlap_are_read_once() {
    let place = place();
    let once = json(&place, &["in"]);
    assert_eq!(once["athlete"]["runs"], 13);
    for paths in [&["in", "in"][..], &["in", "./in"], &["in", "in/gps"], &["in/log.csv", "in", "in/gps/a.gpx"]] {
        let twice = json(&place, paths);
        assert_eq!(figures(&twice), figures(&once), "{paths:?}");
        let totals = &twice["import"]["totals"];
        assert_eq!((&totals["activities_in"], &totals["read"]), (&13.into(), &3.into()), "{paths:?}");
    }
    let twice = json(&place, &["in", "in/gps"]);
    let row = file(&twice, "in/gps/a.gpx");
    assert_eq!(row["outcome"], "ignored", "files come in the order of their ledger paths");
    assert_eq!(row["reason"], "the same file as gps/a.gpx");
}

#[test]
fn a_copy_of_the_folder_changes_the_ledger_only() {
    let place = place();
    let once = json(&place, &["in"]);
    for name in ["log.csv", "pain.md", "gps/a.gpx"] {
        place.write(&format!("in/backup/{name}"), place.read(&format!("in/{name}")));
    }
    let twice = json(&place, &["in"]);
    assert_eq!(figures(&twice), figures(&once));
    let totals = &twice["import"]["totals"];
    assert_eq!((&totals["activities_in"], &totals["duplicates_merged"]), (&26.into(), &13.into()));
    assert_eq!(totals["merged"], 2, "{:?}", each(&twice["import"]["files"], "outcome"));
}

#[test]
fn the_programs_own_reports_are_left_alone() {
    let place = place();
    let once = json(&place, &["in"]);
    assert_eq!(place.analyze(&["--out", "in/reports", "--format", "html,md,json"]).status, 0);
    let twice = json(&place, &["in"]);
    assert_eq!(figures(&twice), figures(&once));
    assert_eq!(twice["import"]["totals"]["ignored"], 6);
    for ending in ["html", "md", "json"] {
        let row = file(&twice, &format!("reports/in-latest.{ending}"));
        assert_eq!((&row["outcome"], &row["reason"]), (&"ignored".into(), &"a report of runhip's own".into()));
    }
    assert_eq!(place.analyze(&["--out", "in/reports"]).status, 0, "a report among the inputs is no loss");
}

#[test]
fn other_pages_and_tables_of_numbers_are_left_alone_with_a_reason() {
    let place = Place::with(&[("log.csv", QUIET_LOG), ("page.html", "<html></html>"), ("data.json", "{\"a\": 1}")]);
    let report = json(&place, &["in"]);
    for (name, reason) in [
        ("page.html", "not a kind of file that runhip reads"),
        ("data.json", "JSON of a kind that runhip does not read"),
    ] {
        assert_eq!(file(&report, name)["reason"], reason);
    }
    assert_eq!(place.analyze(&[]).status, 0);
}

#[test]
fn with_keep_the_newest_dated_reports_stay_and_with_a_heartbeat_there_is_always_a_line() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    let days = ["2025-03-28", "2025-03-29", "2025-03-30", "2025-03-31"];
    let run = |day: &str, more: &[&str]| {
        place.run(&[&["analyze", "in", "--as-of", day, "--athlete", "ada", "--quiet"], more].concat())
    };
    for day in &days[..3] {
        run(day, &[]);
    }
    assert_eq!(place.names("reports").len(), 2 * 3 + 2);
    let last = run(days[3], &["--keep", "2", "--heartbeat"]);
    assert_eq!((last.status, last.err.as_str()), (0, ""));
    assert!(last.out.starts_with("Since the report of 30 Mar 2025: "), "{}", last.out);
    assert_eq!(last.out.lines().count(), 1);
    assert_eq!(
        place.names("reports"),
        [
            "ada-2025-03-30.html",
            "ada-2025-03-30.json",
            "ada-2025-03-31.html",
            "ada-2025-03-31.json",
            "ada-latest.html",
            "ada-latest.json"
        ]
    );
    assert_eq!(run("2025-04-01", &["--keep", "0"]).status, 2);
}
