//! Suggested plans for a target, read back; and targets for which none can be suggested.

use super::{LOG, json, plan, run, with_log};
use crate::place::Place;

#[test]
fn a_run_without_distance_that_leaves_no_base_is_named_with_its_day() {
    let place = Place::with(&[("log.csv", &LOG.replace("2025-03-27,8,\n", ""))]);
    place.write("in/watch.csv", "date,duration\n2025-03-27,0:45:00\n");
    let ran = run(&place, &["--suggest", "--target", "15km", "--by", "2025-05-04"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("The run of Thu 27 Mar 2025 has no distance"), "{}", ran.err);
    assert!(ran.err.contains("write its distance into your log"), "{}", ran.err);
}

#[test]
fn a_target_without_a_unit_is_told_how_to_write_one() {
    let place = with_log();
    let ran = run(&place, &["--suggest", "--target", "21.1", "--by", "2025-06-08"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("such as 21.1km or 13.1mi") && !ran.err.contains("480"), "{}", ran.err);
}

#[test]
fn a_suggested_plan_reads_back_and_raises_no_flag() {
    let place = with_log();
    for (units, target, header, by) in [
        ("km", "21.1km", "date,distance_km,type", "2025-06-08"),
        ("mi", "13.1mi", "date,distance_mi,type", "2025-06-07"),
        ("km", "10km", "date,distance_km,type", "2025-04-13"),
    ] {
        let wish = ["--suggest", "--target", target, "--by", by, "--units", units];
        let made = run(&place, &wish);
        assert_eq!((made.status, made.err.as_str()), (0, ""), "{}", made.out);
        assert!(made.out.contains(&format!("\n{header}\n")), "{}", made.out);
        let first = "# A plan suggested by runhip\n# A flag is no forecast of an injury, and a plan without a flag is no promise.\n";
        assert!(made.out.starts_with(first), "{}", made.out);
        // 21.1 of 37.1 km and 13.1 of 23 mi are more than half of the week; 10 of 26 km are not.
        assert_eq!(made.out.contains("more than half of the week"), target != "10km", "{}", made.out);
        assert!(
            made.out.trim_end().ends_with(&format!("{by},{},target", &target[..target.len() - 2])) || units == "km",
            "{}",
            made.out
        );
        let again = plan(&place, &made.out, &["--fail-on", "notice", "--target", target, "--by", by]);
        assert_eq!(again.status, 0, "{}", again.out);
        assert!(again.out.contains("The plan raises no flag."), "{}", again.out);
        assert!(again.out.contains("the plan has it on"), "{}", again.out);
        assert_eq!(again.err, "");
        for word in ["safe", "predict", "your risk"] {
            assert!(!made.out.contains(word) && !again.out.contains(word), "{word}");
        }
    }
}

#[test]
fn out_writes_a_new_file_and_never_over_another() {
    let place = with_log();
    let wish = ["--suggest", "--target", "15km", "--by", "2025-05-04", "--out", "mine.csv"];
    let ran = run(&place, &wish);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("Plan: mine.csv"), "{}", ran.out);
    let text = place.read("mine.csv");
    assert!(text.contains("2025-05-04,15.0,target"), "{text}");
    place.write("mine.csv", "my own");
    let ran = run(&place, &wish);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("mine.csv exists already"), "{}", ran.err);
    assert_eq!(place.read("mine.csv"), "my own");
}

#[test]
fn what_cannot_be_reached_is_said_with_the_day_and_the_distance_that_can() {
    let place = with_log();
    // From 14,000 m, a tenth more each week: 15,400 on 6 April, 16,940, 18,634, 20,497 on 27 April, 22,546 on 4 May.
    let wish = ["--suggest", "--target", "21.1km", "--by", "2025-04-27"];
    let ran = run(&place, &wish);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("at most 20.4\u{a0}km raise none"), "{}", ran.err);
    assert!(ran.err.contains("The first day on which it raises none is Sun 4 May 2025."), "{}", ran.err);
    let said = json(&run(&place, &[&wish[..], &["--stdout", "json"]].concat()))["suggestion"].clone();
    assert_eq!(
        (&said["possible"], &said["reachable_m"], &said["earliest"]),
        (&false.into(), &20_497.into(), &"2025-05-04".into())
    );
    assert_eq!(run(&place, &["--suggest", "--target", "21.1km", "--by", "2025-03-30"]).status, 1);
}

#[test]
fn open_pain_leads_and_nothing_is_suggested() {
    let place = Place::with(&[("log.csv", LOG), ("pain.md", "2025-03-31: left hip 3/10 on the stairs\n")]);
    let ran = run(&place, &["--suggest", "--target", "15km", "--by", "2025-05-04"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.contains("Rest comes first"), "{}", ran.err);
    assert!(ran.err.contains("let it settle first, then rebuild in small steps"), "{}", ran.err);
    let held = plan(&place, "date,distance_km\n2025-04-03,8\n2025-04-06,20\n", &[]);
    let at = |text: &str| held.out.find(text).unwrap_or_else(|| panic!("{text} is not in {}", held.out));
    assert!(at("Rest comes first") < at("Plan, "));
    assert!(at("Plan, ") < at("let the pain settle"));
}

#[test]
fn the_day_before_a_marathon_on_a_monday_is_free() {
    let place = with_log();
    for (target, by) in [("42.2km", "2025-11-10"), ("21.1km", "2025-06-09"), ("10km", "2025-04-14")] {
        let made = run(&place, &["--suggest", "--target", target, "--by", by]);
        assert_eq!(made.status, 0, "{}", made.err);
        let eve = by.parse::<chrono::NaiveDate>().unwrap().pred_opt().unwrap().to_string();
        assert!(!made.out.contains(&format!("\n{eve},")), "{}", made.out);
    }
}

#[test]
fn a_pair_that_wears_out_on_the_way_is_replaced_in_the_plan() {
    // 340 km before the log and 120 in it: 23 km more reach 300 miles, with the third run, on Sunday 6 April.
    let shoes = "[[shoes]]\nname = \"Ghost\"\ninitial = \"340km\"\ndefault = true\n";
    let place = Place::with(&[("log.csv", LOG), ("runhip.toml", shoes)]);
    let made = run(&place, &["--suggest", "--target", "15km", "--by", "2025-05-04"]);
    assert_eq!(made.status, 0, "{}", made.err);
    assert!(made.out.contains("\n2025-04-03,8.0,run,\n2025-04-06,14.0,long run,another pair\n"), "{}", made.out);
    let again = plan(&place, &made.out, &["--fail-on", "notice"]);
    assert_eq!(again.status, 0, "{}", again.out);
    let text = "date,distance_km\n2025-04-01,8\n2025-04-03,8\n2025-04-06,14\n";
    let flagged = plan(&place, text, &[]);
    assert!(flagged.out.contains("leave Ghost at home from Sun 6 Apr 2025 on"), "{}", flagged.out);
    assert_eq!(
        plan(
            &place,
            &text.replace("14\n", "14,Other\n").replace("_km\n", "_km,shoe\n").replace("8\n", "8,\n"),
            &["--fail-on", "notice"]
        )
        .status,
        0
    );
}
