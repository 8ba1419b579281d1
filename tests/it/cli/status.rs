//! Exit statuses: usage errors, `--fail-on`, and which one takes precedence.

use crate::place::{Place, QUIET_LOG};

/// Three weeks of 15 km and one of 17.5 km: 16.7 % more but less than 3 km, so a notice and nothing else.
const A_NOTICE: &str = "date,distance_km\n\
    2025-03-04,5\n2025-03-06,5\n2025-03-09,5\n2025-03-11,5\n2025-03-13,5\n2025-03-16,5\n\
    2025-03-18,5\n2025-03-20,5\n2025-03-23,5\n2025-03-24,2.5\n2025-03-25,5\n2025-03-27,5\n2025-03-30,5\n";

fn status(files: &[(&str, &str)], fail_on: &str) -> i32 {
    Place::with(files).analyze(&["--quiet", "--fail-on", fail_on]).status
}

#[test]
fn a_command_line_that_makes_no_sense_is_status_2_and_nothing_is_done() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    for arguments in [
        &[][..],
        &["analyze"],
        &["analyse", "in"],
        &["analyze", "in", "--frobnicate"],
        &["analyze", "in", "--as-of", "31.3.2025"],
        &["analyze", "in", "--as-of", "2025-02-30"],
        &["analyze", "in", "--units", "furlongs"],
        &["analyze", "in", "--timezone", "Mars/Olympus"],
        &["analyze", "in", "--fail-on", "often"],
        &["analyze", "in", "--format", "pdf"],
        &["analyze", "in", "--stdout", "json", "--out", "there"],
        &["analyze", "in", "--quiet", "--verbose"],
        &["analyze", "in", "--jobs", "0"],
        &["analyze", "in", "--since", "2026-12-01", "--until", "2026-01-01"],
        &["roster", ".", "--since", "2025-03-02", "--until", "2025-03-01"],
        &["demo"],
    ] {
        let ran = place.run(arguments);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(!ran.err.is_empty(), "{arguments:?}");
        assert_eq!(place.names("."), ["in"], "{arguments:?}");
    }
    let ran = place.run(&["analyze", "in", "--timezone", "Mars/Olympus"]);
    assert!(ran.err.contains("write a zone such as Pacific/Auckland"), "{}", ran.err);
    let one_day = place.run(&["analyze", "in", "--since", "2025-03-04", "--until", "2025-03-04"]);
    assert_eq!(one_day.status, 0, "{}", one_day.err);
}

#[test]
fn help_and_version_are_no_errors() {
    let place = Place::new();
    assert_eq!(place.run(&["--version"]).out, format!("runhip {}\n", env!("CARGO_PKG_VERSION")));
    let help = place.run(&["--help"]);
    assert_eq!((help.status, help.err.as_str()), (0, ""));
    for command in ["analyze", "roster", "check", "explain", "init", "demo"] {
        assert!(help.out.contains(&format!("\n  {command} ")), "{}", help.out);
    }
    for (asked, same) in [(&["help"][..], &["--help"][..]), (&["help", "analyze"], &["analyze", "--help"])] {
        let (asked, same) = (place.run(asked), place.run(same));
        assert_eq!((asked.status, asked.out, asked.err), (0, same.out, String::new()));
    }
    assert_eq!(place.run(&["help", "analyse"]).status, 2);
}

/// Checks what the README says of each status: with 1 and 3 standard error says why, with 0 nothing is lost.
#[test]
fn each_status_means_what_the_readme_says() {
    let broken = ("broken.gpx", "<gpx");
    for (files, more, status, lines) in [
        (&[("log.csv", QUIET_LOG)][..], &[][..], 0, 0),
        (&[][..], &[], 1, 1),
        (&[broken], &[], 1, 1),
        (&[broken, ("more.gpx", "<gpx"), ("todo.md", "buy shoes")], &[], 1, 1),
        (&[("log.csv", QUIET_LOG), ("runhip.toml", "units = 3\n")], &[], 1, 1),
        (&[("log.csv", QUIET_LOG)], &["--export", "in/log.csv"], 1, 1),
        (&[("log.csv", QUIET_LOG)], &["--out", "in/log.csv"], 1, 1),
        (&[("log.csv", QUIET_LOG)], &["--export", "runs.xlsx"], 1, 1),
        (&[("log.csv", QUIET_LOG), broken], &[], 3, 1),
        (&[("log.csv", A_NOTICE), broken], &["--fail-on", "notice"], 4, 1),
    ] {
        let place = Place::with(files);
        let ran = place.analyze(more);
        assert_eq!((ran.status, ran.err.lines().count()), (status, lines), "{files:?} {more:?}: {}", ran.err);
        assert_eq!(ran.status == 1, ran.out.is_empty(), "{files:?} {more:?}");
        if ran.status == 1 {
            assert!(ran.err.starts_with("runhip: "), "{}", ran.err);
        }
    }
}

#[test]
fn quiet_says_nothing_while_nothing_has_changed_and_one_line_when_something_has() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    let quiet = |day: &str| {
        let ran = place.run(&["analyze", "in", "--as-of", day, "--quiet"]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{day}");
        ran.out
    };
    assert_eq!(quiet("2025-03-30"), "", "the first report, without a sign");
    assert_eq!(quiet("2025-03-31"), "");
    place.write("in/more.csv", "date,distance_km\n2025-04-01,5\n");
    assert_eq!(quiet("2025-04-01"), "", "a run alone is no news");
    place.write("in/pain.md", "2025-04-02: left outer hip 3/10\n");
    let news = quiet("2025-04-02");
    assert!(
        news.starts_with("Since the report of 1 Apr 2025: left hip pain since 2 Apr; ") && news.lines().count() == 1,
        "{news}"
    );
    assert!(news.ends_with("Report: reports/in-2025-04-02.html, reports/in-2025-04-02.json\n"), "{news}");
    assert_eq!(quiet("2025-04-03"), "");
    // A sign that needs assessment today is repeated as long as it leads.
    place.write("in/pain.md", "2025-04-02: left outer hip 3/10\n2025-04-04: left hip gave way after a fall, 8/10\n");
    for day in ["2025-04-04", "2025-04-05"] {
        assert_eq!(quiet(day).lines().count(), 1, "{day}");
    }
    // Errors go to standard error.
    place.write("in/broken.gpx", "<gpx");
    let ran = place.run(&["analyze", "in", "--as-of", "2025-04-06", "--quiet"]);
    assert_eq!((ran.status, ran.err.lines().count()), (3, 1), "{}", ran.err);
}

#[test]
fn fail_on_ends_with_4_from_its_severity_up() {
    let files = [("log.csv", A_NOTICE)];
    let place = Place::with(&files);
    let found = place.json(&[]);
    let kinds: Vec<_> =
        found["findings"].as_array().unwrap().iter().map(|row| (&row["rule"], &row["severity"])).collect();
    assert_eq!(kinds, [(&"weekly-mileage-jump".into(), &"notice".into())]);
    assert_eq!(["never", "notice", "warning", "urgent"].map(|level| status(&files, level)), [0, 4, 0, 0]);

    let warned = [("log.csv", A_NOTICE), ("more.csv", "date,distance_km\n2025-03-29,15\n")];
    assert_eq!(["never", "notice", "warning", "urgent"].map(|level| status(&warned, level)), [0, 4, 4, 0]);

    let urgent = [("log.csv", QUIET_LOG), ("pain.md", "2025-03-26: left hip gave way after a fall, 8/10\n")];
    assert_eq!(["never", "notice", "warning", "urgent"].map(|level| status(&urgent, level)), [0, 4, 4, 4]);
}

#[test]
fn an_old_finding_does_not_reach_fail_on() {
    let place = Place::with(&[("log.csv", A_NOTICE)]);
    for (day, status) in [("2025-03-31", 4), ("2025-04-26", 4), ("2025-04-27", 0), ("2025-12-31", 0)] {
        let ran = place.run(&["analyze", "in", "--as-of", day, "--quiet", "--fail-on", "notice"]);
        assert_eq!(ran.status, status, "{day}: the week ended on 30 March, and 28 days are current");
    }
}

#[test]
fn a_reached_severity_outranks_a_loss_and_a_loss_is_3() {
    let files = [("log.csv", A_NOTICE), ("broken.gpx", "<gpx")];
    assert_eq!(["never", "notice", "warning"].map(|level| status(&files, level)), [3, 4, 3]);
}

#[test]
fn left_out_points_are_no_loss() {
    let mut track = crate::place::gpx("2025-03-12T06:00:00Z", (48.1, 11.5), 30);
    track = track.replacen("lat=\"48.1008993\"", "lat=\"148.1\"", 1);
    assert!(track.contains("148.1"), "{track}");
    let place = Place::with(&[("a.gpx", &track)]);
    let ran = place.analyze(&["--stdout", "json"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let problem = &crate::place::file(&report, "a.gpx")["problems"][0];
    assert_eq!(problem["what"], "1 point without a usable position left out");
    assert_eq!(report["runs"][0]["distance_m"], 3_000, "the step across the gap is as long as both");
    let said = place.analyze(&[]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("GPS points were left out of 1 track; the report lists them."), "{said}");
    assert!(place.read("reports/in-latest.html").contains("1 point without a usable position left out"));
    assert!(place.run(&["check", "in"]).out.contains("1 point without a usable position left out"));
}
