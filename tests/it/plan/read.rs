//! The forms in which plans are written, and invalid ones: tables, weeks, calendars, pipes, and the settings used to
//! read them.

use serde_json::Value;

use super::{LOG, json, plan, run, with_log};
use crate::place::{AS_OF, Place, each};

#[test]
fn rows_of_the_past_are_skipped_and_counted_and_todays_run_is_not_counted_twice() {
    let place = Place::with(&[("log.csv", &format!("{LOG}2025-03-31,6,\n"))]);
    let text = "date,distance_km\n2025-03-25,90\nweek of 2025-03-24,90\n2025-03-31,6\n2025-04-01,8\n";
    let held = json(&plan(&place, text, &["--stdout", "json"]))["plan"].clone();
    assert_eq!((&held["rows_before"], &held["rows_done"], &held["runs"]), (&2.into(), &1.into(), &1.into()));
    assert_eq!(held["weeks"][0]["distance_m"], 14_000);
    assert_eq!(held["weeks"][0]["so_far_m"], 6_000);
    let over = plan(&place, "date,distance_km\n2025-03-25,9\n", &[]);
    assert_eq!(over.status, 1);
    assert!(over.err.contains("nothing of the plan is left to check: 1 of its rows"), "{}", over.err);
}

#[test]
fn weeks_miles_and_other_separators_are_read() {
    let place = with_log();
    // 20.5 mi are 32,991 m, and 22.6 mi 36,371 m: 10.2 % more.
    let text = "Woche;Umfang (mi)\n31.03.2025;20,5\n07.04.2025;22,6\n";
    let ran = plan(&place, text, &["--units", "mi"]);
    assert!(ran.out.contains("Week of 7 Apr 2025: 22.6\u{a0}mi, 10\u{a0}% more than the 20.5\u{a0}mi"), "{}", ran.out);
    assert!(ran.out.contains("2 weeks have only a total"), "{}", ran.out);
    let held = json(&plan(&place, text, &["--stdout", "json"]))["plan"].clone();
    assert_eq!(held["flags"].as_array().map(Vec::len), Some(1));
    assert_eq!((&held["weeks"][0]["runs"], &held["weeks"][0]["rest_days"]), (&Value::Null, &Value::Null));
}

#[test]
fn a_calendar_is_a_plan_too() {
    let place = Place::with(&[("log.csv", LOG), ("runhip.toml", "timezone = \"Pacific/Auckland\"\n")]);
    let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\
        BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20250401\r\nSUMMARY:Easy\r\n  8 km\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTSTART:20250405T193000Z\r\nSUMMARY:Long run 16 km\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:20250402T180000\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\n\
        END:VCALENDAR\r\n";
    place.write("plan.ics", calendar);
    let held = json(&run(&place, &["plan.ics", "--stdout", "json"]))["plan"].clone();
    // 19:30 UTC on the 5th is the morning of the 6th in Auckland.
    assert_eq!(each(&held["flags"], "id"), ["long-run-spike/2025-04-06"]);
    assert_eq!((&held["runs"], &held["other_rows"]), (&2.into(), &1.into()));

    place.write("weekly.ics", calendar.replace("SUMMARY:Long", "RRULE:FREQ=WEEKLY\r\nSUMMARY:Long"));
    let ran = run(&place, &["weekly.ics"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("weekly.ics:10: the event repeats by a rule"), "{}", ran.err);
}

#[test]
fn what_is_no_plan_ends_with_1_and_says_where_and_why() {
    let place = with_log();
    for (text, said) in [
        ("date,distance_km\n2025-04-31,8\n2025-04-02,8\n", "plan.csv:2: \"2025-04-31\" is not a date"),
        ("date,distance_km\n2025-04-02,-8\n", "plan.csv:2: \"-8\" is no distance to plan: it is below zero"),
        ("date,distance_km\n2025-04-02,8\n2025-04-03,9999\n", "plan.csv:3: \"9999\" is no distance to plan"),
        ("date,distance_km\n2025-04-02,eight\n", "plan.csv:2: \"eight\" in column \"distance_km\" is not a number"),
        ("date,distance_km\n2035-04-02,8\n", "plan.csv:2: 2035-04-02 is more than 3 years after 2025-03-31"),
        ("week,km\n2025-04-07,40\n2025-04-09,42\n", "plan.csv:3: the week of 2025-04-07 has a total on line 2 already"),
        ("date,distance\n03/04/2025,8\n", "plan.csv:2: \"03/04/2025\" could have its day or its month first"),
        ("date,distance\n03/04/2025,8\n", "write dates as 2025-04-03 or 2025-03-04, whichever it is"),
        ("name,score\nA,3\n", "plan.csv: no column could be taken for the date or the week, and the distance"),
        ("date,distance_km\n2025-04-02,\"8\n2025-04-03,8\n", "plan.csv:2: a quote is opened and never closed"),
        ("date,distance_km,type\n2025-04-02,,rest\n", "the plan holds no run"),
        ("", "plan.csv: no column could be taken"),
    ] {
        let ran = plan(&place, text, &[]);
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{text}");
        assert!(ran.err.contains(said), "{said} is not in {}", ran.err);
        assert!(!ran.err.contains("left out"), "{}", ran.err);
    }
    let ran = run(&place, &["nowhere.csv"]);
    assert_eq!(ran.status, 1);
    assert!(ran.err.contains("nowhere.csv cannot be read"), "{}", ran.err);
}

#[test]
fn a_command_line_that_makes_no_sense_is_status_2() {
    let place = with_log();
    place.write("plan.csv", "date,distance_km\n2025-04-02,8\n");
    for arguments in [
        &["plan"][..],
        &["plan", "plan.csv"],
        &["plan", "--log", "in"],
        &["plan", "plan.csv", "--log", "in", "--target", "10km"],
        &["plan", "plan.csv", "--log", "in", "--by", "2025-05-01"],
        &["plan", "--log", "in", "--suggest"],
        &["plan", "--log", "in", "--suggest", "--target", "10", "--by", "2025-05-01"],
        &["plan", "--log", "in", "--suggest", "--target", "0km", "--by", "2025-05-01"],
        &["plan", "plan.csv", "--log", "in", "--out", "b.csv"],
    ] {
        let ran = place.run(arguments);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn a_plan_kept_among_the_logs_is_no_log() {
    let place = with_log();
    place.write("in/plans/next [1].csv", "date,distance_km\n2025-03-31,8\n2025-04-03,8\n");
    let report = json(&run(&place, &["in/plans/next [1].csv", "--stdout", "json"]));
    assert_eq!((&report["plan"]["runs"], &report["plan"]["rows_done"]), (&2.into(), &0.into()));
}

#[test]
fn the_configuration_is_heeded() {
    let place = Place::with(&[
        ("log.csv", LOG),
        (
            "runhip.toml",
            "units = \"mi\"\nweek_start = \"sunday\"\n[thresholds]\nlong_run_spike = 0.5\nweekly_jump = 1.0\n",
        ),
    ]);
    // Ten without a unit is ten miles here: 16,093 m, 15 % above 14 km, which is within the configured half.
    let report = json(&plan(&place, "date,distance\n2025-04-06,10\n", &["--stdout", "json"]));
    assert_eq!(report["plan"]["distance_m"], 16_093);
    assert_eq!(report["plan"]["flags"], Value::Array(Vec::new()));
    // Weeks begin on Sunday here.
    assert_eq!(report["plan"]["weeks"][0]["start"], "2025-04-06");
    assert_eq!(report["settings"]["long_run_spike"]["origin"], "config");
}

#[test]
fn a_plan_may_come_through_a_pipe() {
    let place = with_log();
    let mut command = place.command();
    command.args(["plan", "-", "--log", "in", "--as-of", AS_OF]).write_stdin("date,distance_km\n2025-04-03,8\n");
    let output = command.output().unwrap();
    assert!(output.status.success());
    assert!(String::from_utf8(output.stdout).unwrap().contains("The plan raises no flag."));
}
