//! One runnable example of each way in which nothing, or not everything, can be read.

use crate::place::{Place, QUIET_LOG, Ran, each, file, gpx};

const LOOKED_FOR: &str = "looked for GPX, TCX and FIT files, archives, CSV and JSON logs and dated notes in .md or .txt (runhip check lists \
                          what happened to each file)\n";

/// The run did nothing, and standard error says why in these words.
fn refused(ran: &Ran, says: &str) {
    assert_eq!((ran.err.as_str(), ran.out.as_str(), ran.status), (says, "", 1));
}

#[test]
fn a_folder_without_files_says_what_was_looked_for() {
    refused(&Place::new().analyze(&[]), &format!("runhip: no files were found under the paths given; {LOOKED_FOR}"));
}

#[test]
fn a_folder_without_logs_says_what_was_looked_for() {
    let place = Place::with(&[("photo.jpg", "x"), ("todo.md", "buy shoes")]);
    refused(&place.analyze(&[]), &format!("runhip: none of the 2 files found holds a run or a note; {LOOKED_FOR}"));
}

#[test]
fn a_path_that_is_not_there_is_named() {
    let ran = Place::new().run(&["analyze", "nowhere", "--as-of", "2025-03-31"]);
    refused(
        &ran,
        &format!(
            "runhip: the one file given could not be read: nowhere: the file could not be read: it is not there; check the path; \
             {LOOKED_FOR}"
        ),
    );
}

#[test]
fn a_path_that_is_not_there_beside_one_that_is_costs_only_itself() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    let ran = place.run(&["analyze", "in", "nowhere", "--as-of", "2025-03-31", "--quiet"]);
    assert_eq!(ran.status, 3);
    assert_eq!(ran.err, "nowhere: the file could not be read: it is not there; check the path\n");
    assert_eq!(place.names("reports").len(), 4);
}

#[test]
fn a_broken_gpx_beside_a_good_log_costs_only_itself() {
    let place = Place::with(&[("log.csv", QUIET_LOG), ("broken.gpx", "<gpx>\n<trk>\n<trkseg></trk>")]);
    let ran = place.analyze(&[]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    assert!(place.path("reports/in-latest.html").exists());
    let report: serde_json::Value = serde_json::from_str(&place.read("reports/in-latest.json")).unwrap();
    assert_eq!(report["athlete"]["runs"], 12);
    let row = file(&report, "broken.gpx");
    assert_eq!((&row["outcome"], &row["activities"]), (&"failed".into(), &0.into()));
    assert!(row["reason"].as_str().is_some_and(|reason| reason.starts_with("this is not readable GPX")), "{row}");
    assert_eq!(row["problems"][0]["place"], "line 3");
    assert!(ran.err.starts_with("broken.gpx:3: this is not readable GPX"), "{}", ran.err);
    assert!(ran.out.contains("Not read  broken.gpx"), "{}", ran.out);
}

#[test]
fn a_gpx_that_breaks_off_keeps_what_came_before() {
    let whole = gpx("2025-03-04T06:00:00Z", (48.1, 11.5), 20);
    // Cut in the middle of the twelfth point.
    let cut = whole.match_indices("<trkpt lat=\"48.").nth(11).unwrap().0 + 12;
    let place = Place::with(&[("cut.gpx", &whole[..cut])]);
    let report = place.json(&[]);
    assert_eq!(report["runs"][0]["distance_m"], 1_000);
    let row = file(&report, "cut.gpx");
    assert_eq!(row["outcome"], "read");
    assert_eq!(each(&row["problems"], "place"), ["line 15"]);
    assert!(row["problems"][0]["what"].as_str().unwrap().starts_with("the file breaks off: "), "{row}");
    assert_eq!(place.analyze(&["--quiet"]).status, 3);
}

#[test]
fn empty_files_and_files_of_another_kind_under_a_known_name_fail_with_a_reason() {
    let place = Place::with(&[
        ("a.gpx", ""),
        ("b.tcx", "hello"),
        ("c.fit", "hello"),
        ("d.csv", ""),
        ("e.csv", "shoe size,colour\n44,red\n"),
        ("f.csv", "date,distance_km\n2025-03-04,\n"),
        ("pain.md", ""),
        ("log.csv", QUIET_LOG),
    ]);
    let ran = place.run(&["check", "in"]);
    assert_eq!(ran.status, 3);
    for row in [
        "failed  a.gpx, gpx: ",
        "failed  b.tcx, tcx: this is not readable TCX: it holds no XML\n",
        "failed  c.fit, fit: this is not readable FIT: it does not begin like a FIT file\n",
        "failed  d.csv, csv: the file could not be read: it is empty\n",
        "ignored e.csv, csv: not a run log: no column holds dates\n",
        "ignored f.csv, csv (run-log): a table without an entry\n",
        "ignored pain.md, text: nothing is written in it\n",
        "read    log.csv, csv (run-log), 12 activities\n",
        "\n8 files: 1 read, 0 merged, 3 ignored, 4 failed.\n",
    ] {
        assert!(ran.out.contains(row), "{row}: {}", ran.out);
    }
}

#[test]
fn a_bad_cell_costs_its_row_and_names_its_line() {
    let place = Place::with(&[(
        "log.csv",
        "date,distance_km,duration\n2025-03-04,5.0,30:00\n2025-03-05,five,30:00\n2025-13-06,5.0,30:00\n\
         2025-03-07,5.0,soon\n2025-03-08,6.0,36:00\n",
    )]);
    let ran = place.analyze(&["--stdout", "json"]);
    assert_eq!(ran.status, 3);
    assert_eq!(
        ran.err,
        "log.csv:3: \"five\" in column \"distance_km\" is not a number; the row was left out; correct the cell, or \
         leave it empty if the value is not known\n\
         log.csv:4: \"2025-13-06\" is not a date; the row was left out; write dates as 2026-03-04\n\
         log.csv:5: \"soon\" is not a duration; the row was left out; write durations as 1:02:03, 55:10 or 55min\n"
    );
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(each(&report["runs"], "local_date"), ["2025-03-04", "2025-03-08"]);
    assert_eq!(each(&file(&report, "log.csv")["problems"], "place"), ["line 3", "line 4", "line 5"]);
}

#[test]
fn a_file_none_of_whose_entries_can_be_used_failed_and_one_of_shoes_did_not() {
    let place = Place::with(&[
        ("a.csv", "date,distance_km\n,5.0\nsoon,5.0\n"),
        ("b.json", "{\"summarizedActivitiesExport\":[{\"distance\":500000}]}"),
        ("c.md", "2025-02-30: left hip 4/10\n"),
        ("shoes.csv", "Shoe Name,Shoe Brand,Shoe Model,Shoe Default Sport Types\nGhost,Brooks,Ghost 15,Run\n"),
    ]);
    let ran = place.run(&["check", "in"]);
    assert_eq!(ran.status, 3);
    for row in [
        "failed  a.csv, csv (run-log): none of its entries could be used\n",
        "a.csv:2: an entry has no date; it was left out; write its day in the column of dates, such as 2026-03-04\n",
        "a.csv:3: \"soon\" is not a date; the row was left out; write dates as 2026-03-04\n",
        "failed  b.json, json (garmin): none of its entries could be used\n",
        "failed  c.md, text (journal): none of its entries could be used\n",
        "read    shoes.csv, csv (strava), 1 pair of shoes\n",
        "\n4 files: 1 read, 0 merged, 0 ignored, 3 failed.\n\
         0 runs, 0 other activities, 0 notes; 0 duplicates merged, 0 activities left out.\n",
    ] {
        assert!(ran.out.contains(row), "{row}: {}", ran.out);
    }
}

#[test]
fn days_before_1990_or_in_the_future_are_left_out_and_reported_by_line() {
    let place = Place::with(&[
        ("log.csv", "date,distance_km\n1985-03-04,5\n2025-03-05,5\n2096-03-06,5\n"),
        ("pain.md", "2097-01-01: left hip 4/10\n2025-03-06: left hip 2/10\n"),
    ]);
    let ran = place.analyze(&["--stdout", "json"]);
    assert_eq!(ran.status, 3);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(each(&report["runs"], "local_date"), ["2025-03-05"]);
    assert_eq!(each(&report["pain"], "date"), ["2025-03-06"]);
    assert_eq!(each(&file(&report, "log.csv")["problems"], "place"), ["line 2", "line 4"]);
    assert_eq!(report["import"]["totals"]["left_out"], 2);
    for day in ["log.csv:2: the day 1985-03-04", "log.csv:4: the day 2096-03-06", "pain.md:1: the day 2097-01-01"] {
        assert!(ran.err.contains(&format!("{day} cannot be right; the entry was left out; ")), "{}", ran.err);
    }
}

#[test]
fn what_comes_after_the_day_of_the_report_is_left_out_and_is_no_problem() {
    let place = Place::with(&[("log.csv", "date,distance_km\n2025-03-05,5\n2025-03-31,5\n2025-04-01,5\n")]);
    let ran = place.analyze(&["--stdout", "json"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let totals = &report["import"]["totals"];
    assert_eq!((&totals["activities_in"], &totals["left_out"], &totals["runs_out"]), (&3.into(), &1.into(), &2.into()));
}

#[test]
fn an_output_folder_that_is_a_file_is_refused_before_anything_is_read() {
    let place = Place::with(&[("broken.gpx", "<gpx>"), ("log.csv", QUIET_LOG)]);
    place.write("taken", "mine");
    let ran = place.analyze(&["--out", "taken"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.starts_with("runhip: taken cannot be written to: "), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "nothing was read: {}", ran.err);
    assert_eq!(place.read("taken"), "mine");
}

#[test]
fn like_problems_are_told_once_with_their_number_and_all_shown_when_asked() {
    let mut log = QUIET_LOG.to_owned();
    for _ in 0..25 {
        log.push_str("2025-03-05,x\n");
    }
    let place = Place::with(&[("log.csv", log.as_str())]);
    let ran = place.analyze(&[]);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(ran.err.ends_with("(25 like this in this file)\n"), "{}", ran.err);
    assert_eq!(place.analyze(&["--verbose"]).err.lines().count(), 25);
    assert_eq!(place.run(&["check", "in"]).out.matches("is not a number").count(), 1);
    assert_eq!(place.run(&["check", "in", "-v"]).out.matches("is not a number").count(), 25);
}

#[test]
fn lines_of_notes_that_were_left_out_are_each_told_and_counted_after_twenty() {
    let lines = (0..25).map(|mile| format!("2025-02-30: limping after mile {mile}\n")).collect::<Vec<_>>().concat();
    let notes = format!("2025-03-25: slept well\n{lines}");
    let place = Place::with(&[("log.csv", QUIET_LOG), ("pain.md", &notes)]);
    let ran = place.analyze(&[]);
    assert_eq!(ran.err.lines().count(), 21, "{}", ran.err);
    assert!(ran.err.ends_with("… and 5 more; runhip check lists them all\n"), "{}", ran.err);
    assert_eq!(place.run(&["check", "in"]).out.matches("pain.md:").count(), 25);
}
