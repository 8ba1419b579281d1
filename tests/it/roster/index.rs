//! The whole roster: reports, index, order, changes, and identical bytes.

use std::collections::BTreeMap;

use super::team::{A_NOTICE, json, ladder, roster, row};
use crate::place::{AS_OF, Place, QUIET_LOG, each, gpx};

/// Every file of a folder with its bytes.
fn files(place: &Place, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let read = |name: String| (name.clone(), std::fs::read(place.path(&format!("{folder}/{name}"))).unwrap());
    place.names(folder).into_iter().map(read).collect()
}

#[test]
fn each_athlete_has_a_report_and_the_index_leads_to_it() {
    let place = ladder();
    let ran = roster(&place, &[]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let names = place.names("reports");
    for athlete in ["fresh", "open", "quiet", "signed", "through"] {
        for when in [AS_OF, "latest"] {
            for ending in ["html", "json"] {
                assert!(names.contains(&format!("{athlete}-{when}.{ending}")), "{names:?}");
            }
        }
    }
    for when in [AS_OF, "latest"] {
        for ending in ["html", "md", "json"] {
            assert!(names.contains(&format!("index-{when}.{ending}")), "{names:?}");
        }
    }
    assert_eq!(names.len(), 5 * 4 + 6);
    assert_eq!(place.names("."), ["in", "reports"]);
    let page = place.read("reports/index-latest.html");
    assert_eq!(page, place.read(&format!("reports/index-{AS_OF}.html")));
    let targets: Vec<&str> = page.split(" href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let reports: Vec<&&str> = targets.iter().filter(|target| !target.starts_with('#')).collect();
    assert!(reports.len() >= 5);
    for target in reports {
        assert!(names.contains(&(*target).to_owned()), "{target} is not beside the index");
    }
    let markdown = place.read("reports/index-latest.md");
    assert!(markdown.contains(&format!("[quiet](quiet-{AS_OF}.html)")), "{markdown}");
    assert!(ran.out.contains(&format!("\nIndex: reports/index-{AS_OF}.html, ")), "{}", ran.out);
}

#[test]
fn an_athletes_report_is_the_one_that_analyze_makes() {
    let place = ladder();
    roster(&place, &[]);
    let alone = place.run(&["analyze", "in/through", "--as-of", AS_OF, "--athlete", "through", "--stdout", "json"]);
    assert_eq!(alone.out, place.read("reports/through-latest.json"));
}

#[test]
fn who_needs_attention_most_stands_first() {
    let place = ladder();
    let index = json(&place, &[]);
    assert_eq!(each(&index["athletes"], "name"), ["signed", "through", "open", "fresh", "quiet"]);
    assert_eq!(each(&index["athletes"], "attention"), ["P1", "P3", "P3", "P4", "none"]);
    assert_eq!(row(&index, "open")["open_episode"], "2025-03-31/left");
    assert_eq!(row(&index, "fresh")["findings_last_28_days"], 1);
    assert_eq!(row(&index, "quiet")["reasons"].as_array().unwrap().len(), 0);
    // Four weeks of the log, the first of which begins before its first entry; the 22 before are unknown.
    let weeks = row(&index, "quiet")["weekly_distance_m"].as_array().unwrap();
    assert_eq!(weeks.len(), 26);
    assert!(weeks[..23].iter().all(serde_json::Value::is_null), "{weeks:?}");
    assert_eq!(weeks[23..], [15_000, 15_000, 15_000]);
    let text = roster(&place, &["--color", "never"]).out;
    // The reason for a warning sign is on lines of its own below the name.
    let rows = text.lines().skip(3).filter(|line| !line.starts_with(' ')).take(5);
    let listed: Vec<&str> =
        rows.filter_map(|line| line.get("medical assessment today  ".len()..)?.split(' ').next()).collect();
    // As on the page, the newest pain is first within a level.
    assert_eq!(listed, ["signed", "open", "through", "fresh", "quiet"], "{text}");
    let head = text.lines().take(2).collect::<Vec<_>>().join(" ");
    assert_eq!(head, "31 March 2025: 5 athletes, 1 with a warning sign, 3 with open hip pain, 2 with fresh flags");
}

#[test]
fn the_same_team_gives_the_same_bytes_whatever_the_number_of_jobs_and_however_often() {
    let place = ladder();
    for day in 10..20 {
        place.write(&format!("in/gps/{day}.gpx"), gpx(&format!("2025-03-{day}T06:00:00Z"), (48.1, 11.5), 30 + day));
    }
    let mut made = Vec::new();
    for (out, jobs) in [("one", "1"), ("two", "2"), ("seven", "7"), ("one", "2")] {
        let ran = roster(&place, &["--out", out, "--jobs", jobs, "--format", "html,md,json", "--quiet"]);
        assert_eq!(ran.status, 0);
        // Nothing is compared yet, so a quiet run names the athlete with a warning sign.
        assert!(ran.out.starts_with("signed: ") && ran.out.lines().count() == 2, "{}", ran.out);
        made.push(files(&place, out));
    }
    assert!(made.iter().all(|files| *files == made[0]));
}

/// Tests 300 athletes, twenty of them with a run so long ago that the days since would fill the memory if all were
/// held at once.
#[test]
fn athletes_beyond_those_held_at_once_are_read_like_the_rest() {
    let place = Place::new();
    for number in 0..300 {
        let long_ago = if number % 15 == 0 { "1990-01-05,5\n" } else { "" };
        let log = format!("date,distance_km\n{long_ago}2025-03-17,5\n2025-03-26,1.{number:03}\n");
        place.write(&format!("in/a{number:03}/log.csv"), log);
    }
    let made = |jobs: &str| {
        let ran = roster(&place, &["--stdout", "json", "--jobs", jobs, "--export", "runs.csv"]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        (ran.out, place.read("runs.csv"))
    };
    let (index, table) = made("1");
    assert_eq!(made("7"), (index.clone(), table.clone()));
    let index: serde_json::Value = serde_json::from_str(&index).unwrap();
    assert_eq!(index["athletes"].as_array().unwrap().len(), 300);
    for number in 0..300 {
        let weeks = row(&index, &format!("a{number:03}"))["weekly_distance_m"].as_array().unwrap();
        assert_eq!(weeks.last().unwrap(), 1_000 + number);
    }
    let athletes: Vec<&str> = table.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(athletes.len(), 620);
    assert!(athletes.is_sorted());
}

#[test]
fn what_changed_is_told_against_the_newest_index_of_an_earlier_day() {
    let place = ladder();
    let at = |day: &str| {
        let ran = place.run(&["roster", "in", "--as-of", day, "--quiet"]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{day}");
        serde_json::from_str::<serde_json::Value>(&place.read("reports/index-latest.json")).unwrap()
    };
    let first = at("2025-03-24");
    assert_eq!((&first["compared_with"], &row(&first, "quiet")["since_last"]), (&().into(), &().into()));
    place.write("in/newcomer/log.csv", QUIET_LOG);
    let second = at("2025-03-31");
    assert_eq!(second["compared_with"], "2025-03-24");
    let since = |index: &serde_json::Value, name: &str| row(index, name)["since_last"].as_str().unwrap().to_owned();
    assert_eq!(since(&second, "quiet"), "No change.");
    assert_eq!(since(&second, "fresh"), "New: weekly distance jump.");
    assert_eq!(since(&second, "open"), "Hip pain since 31 Mar 2025.");
    assert_eq!(since(&second, "newcomer"), "New in the roster.");
    assert_eq!(
        since(&second, "signed"),
        "New warning sign: a weak leg, or a leg that gives way; hip pain since 31 Mar 2025."
    );
    let page = place.read("reports/index-latest.html");
    assert!(page.contains("New: weekly distance jump.") && page.contains("against the index of 24 Mar 2025"));
    // Repeated for the same day, it is compared with the week before, not with itself.
    let bytes = place.read("reports/index-latest.json");
    at("2025-03-31");
    assert_eq!(place.read("reports/index-latest.json"), bytes);
    place.write("in/open/more.md", "2025-04-02: hip fine\n");
    let third = at("2025-04-07");
    assert_eq!(third["compared_with"], "2025-03-31");
    assert_eq!(since(&third, "open"), "Hip pain of 31 Mar 2025 no longer open.");
}

#[test]
fn an_older_index_that_cannot_be_used_stops_nothing() {
    let place = ladder();
    for (text, why) in [
        (
            "{\"schema_version\": 7}",
            "index-2025-03-24.json is of version 7, and this program writes version 1; install the newer runhip that wrote it",
        ),
        ("not json", "index-2025-03-24.json is not an index that can be read; delete it, or put it back from a copy"),
    ] {
        place.write("reports/index-2025-03-24.json", text);
        let ran = roster(&place, &[]);
        assert_eq!((ran.status, ran.err), (0, format!("{why}\n")));
        assert!(ran.out.contains("What changed is not told: "), "{}", ran.out);
        let index: serde_json::Value = serde_json::from_str(&place.read("reports/index-latest.json")).unwrap();
        assert_eq!(index["not_compared"], why);
        assert!(row(&index, "quiet")["since_last"].is_null());
    }
}

#[test]
fn an_athletes_own_configuration_comes_before_the_shared_one() {
    let place = ladder();
    place.write("in/runhip.toml", "units = \"mi\"\n[thresholds]\nweekly_jump = 0.5\n");
    place.write("in/fresh/runhip.toml", "athlete = \"Ada\"\n[thresholds]\nweekly_jump = 0.1\n");
    place.write("in/other/log.csv", A_NOTICE);
    let index = json(&place, &[]);
    assert_eq!(row(&index, "Ada")["attention"], "P4", "a tenth of her own");
    assert_eq!(row(&index, "Ada")["folder"], "fresh");
    assert_eq!(row(&index, "other")["attention"], "none", "half for everybody else");
    assert_eq!(index["left_alone"][0]["path"], "runhip.toml");
    let named = place.path("team.toml");
    std::fs::write(&named, "units = \"km\"\n").unwrap();
    let index = json(&place, &["--config", named.to_str().unwrap()]);
    assert_eq!(row(&index, "other")["attention"], "P4", "--config stands in for the one in the folder");
}

#[test]
fn the_table_holds_the_runs_of_all_with_their_names() {
    let place = ladder();
    for (file, begins) in [("all.csv", &b"athlete,id,local_date"[..]), ("all.parquet", b"PAR1")] {
        let ran = roster(&place, &["--export", file, "--quiet"]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        assert!(std::fs::read(place.path(file)).unwrap().starts_with(begins));
    }
    let text = place.read("all.csv");
    let of = |name: &str| text.lines().filter(|line| line.starts_with(&format!("{name},"))).count();
    assert_eq!([of("fresh"), of("open"), of("quiet"), of("signed"), of("through")], [13, 12, 12, 12, 12]);
    let ran = roster(&place, &["--export", "all.xlsx"]);
    assert_eq!(ran.status, 1);
    assert_eq!(place.names(".").iter().filter(|name| name.starts_with(".runhip")).count(), 0);
}

#[test]
fn a_format_on_standard_output_is_all_there_is() {
    let place = ladder();
    for (format, beginning) in [("json", "{\n"), ("html", "<!DOCTYPE html>"), ("md", "<!-- runhip report -->\n")] {
        let ran = roster(&place, &["--stdout", format]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        assert!(ran.out.starts_with(beginning), "{}", ran.out);
        assert_eq!(place.names("."), ["in"]);
    }
    assert!(row(&json(&place, &[]), "quiet")["report"].is_null(), "no report is written, so none is named");
}

#[test]
fn the_index_names_the_first_format_there_is() {
    let place = ladder();
    for (formats, ending) in [("json", "json"), ("json,md", "md"), ("md,html", "html")] {
        roster(&place, &["--format", formats, "--quiet"]);
        let index: serde_json::Value = serde_json::from_str(&place.read("reports/index-latest.json")).unwrap();
        assert_eq!(row(&index, "quiet")["report"], format!("quiet-{AS_OF}.{ending}"));
    }
}

#[test]
fn a_made_up_team_has_somebody_with_a_warning_sign_somebody_quiet_and_somebody_with_fresh_flags() {
    let place = Place::new();
    assert_eq!(place.run(&["demo", "team", "--athletes", "3"]).status, 0);
    let ran = place.run(&["roster", "team", "--as-of", "2026-11-18", "--stdout", "json"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let index: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(each(&index["athletes"], "name"), ["Sample runner 1", "Sample runner 3", "Sample runner 2"]);
    assert_eq!(each(&index["athletes"], "attention"), ["P1", "P4", "none"]);
    assert!(!place.path("team/runner-1/gpx").exists());
}
