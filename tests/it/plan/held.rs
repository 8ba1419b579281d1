//! A plan checked against a log: its flags, what removes each, and what comes first while pain is open.

use serde_json::Value;

use super::{LOG, json, plan, with_log};
use crate::place::{Place, Ran, each};

#[test]
fn every_flag_has_its_day_and_what_removes_it() {
    let place = with_log();
    // Week of 31 March: 8 + 8 + 20 = 36 km, 20 % above 30; 20 km are 43 % above the 14 km of the days before.
    let text = "date,distance_km,type\n2025-04-01,8,easy\n2025-04-03,8,easy\n2025-04-06,20,long run\n";
    let held = json(&plan(&place, text, &["--stdout", "json"]))["plan"].clone();
    assert_eq!(each(&held["flags"], "id"), ["long-run-spike/2025-04-06", "weekly-mileage-jump/2025-03-31"]);
    assert_eq!(each(&held["flags"], "date"), ["2025-04-06", "2025-04-06"]);
    assert_eq!(held["flags"][0]["change"]["edits"][0]["do"], "shorten");
    assert_eq!(held["flags"][0]["change"]["edits"][0]["to_m"], 15_400);
    assert_eq!(held["flags"][1]["change"]["by"], "other-changes");
    assert_eq!((&held["weeks"][0]["distance_m"], &held["weeks"][0]["change"]), (&36_000.into(), &0.2.into()));

    let ran = plan(&place, text, &[]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    for line in [
        "2 flags: 2 notices",
        "Run at most 15.4\u{a0}km on Sun 6 Apr 2025, 4.6\u{a0}km less.",
        "Gone once the other changes",
    ] {
        assert!(ran.out.contains(line), "{line} is not in {}", ran.out);
    }
    assert!(ran.out.contains("Source: "), "{}", ran.out);

    // The change it asks for is enough, and a hundred metres more are too much.
    let changed = plan(&place, &text.replace(",20,", ",15.4,"), &["--fail-on", "notice"]);
    assert_eq!(changed.status, 0, "{}", changed.out);
    assert!(changed.out.contains("The plan raises no flag."), "{}", changed.out);
    assert_eq!(plan(&place, &text.replace(",20,", ",15.5,"), &["--fail-on", "notice"]).status, 4);
}

#[test]
fn a_week_that_is_too_long_is_told_as_what_to_run_in_figures_that_add_up() {
    // The last complete week has 2 miles, 3,219 m; with the two before it, both fully known, the mean is (30,000 × 2
    // + 3,219) ÷ 3 = 21,073 m, 13.1 mi.
    let log = LOG.replace("2025-03-25,8,\n2025-03-27,8,\n2025-03-30,14,", "2025-03-25,3.219,\n2025-03-30,,");
    let place = Place::with(&[("log.csv", &log.replace("2025-03-30,,hip fine\n", ""))]);
    place.write("in/notes.md", "2025-03-30: hip fine\n");
    let text = "date,distance_mi\n2025-04-01,6\n2025-04-03,6\n2025-04-05,18\n";
    let said = plan(&place, text, &["--units", "mi"]).out;
    let told = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let from = told.find("→ At most ").unwrap_or_else(|| panic!("{said}"));
    let week = &told[from..from + told[from..].find(". ").unwrap_or(told.len() - from)];
    // 10 % more than 3,219 m is 3,540 m, or 21 whole tenths of a mile.
    assert!(week.starts_with("→ At most 2.1 mi that week: Tue "), "{week}");
    assert!(!told.contains("off the week"), "{told}");
    let tenths = |figure: &str| -> u64 { figure.replace('.', "").parse().unwrap() };
    let figures: Vec<&str> =
        week[week.find(": ").unwrap() + 2..].split(", ").map(|part| part.rsplit(' ').next().unwrap()).collect();
    assert_eq!(figures.iter().map(|figure| tenths(figure)).sum::<u64>(), 21, "{week}");
    assert!(
        told.contains("its 2.0 mi are a small part of the 13.1 mi a week averaged over the last 3 weeks."),
        "{told}"
    );
    // Run that way, it raises no flag.
    let as_told =
        format!("date,distance_mi\n2025-04-01,{}\n2025-04-03,{}\n2025-04-05,{}\n", figures[0], figures[1], figures[2]);
    let again = plan(&place, &as_told, &["--fail-on", "notice"]);
    assert_eq!(again.status, 0, "{}", again.out);
    assert!(again.out.contains("a plan without a flag is no promise."), "{}", again.out);
}

#[test]
fn a_note_with_two_signs_is_quoted_once() {
    let note = "2025-03-29: left hip 8/10, cannot put weight on it, fever and chills\n";
    let place = Place::with(&[("log.csv", LOG), ("pain.md", note)]);
    let ran = plan(&place, "date,distance_km\n2025-04-03,8\n", &[]);
    let words = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words.matches("\"left hip 8/10").count(), 1, "{}", ran.out);
    let signs = json(&plan(&place, "date,distance_km\n2025-04-03,8\n", &["--stdout", "json"]));
    assert!(signs["first"]["warnings"].as_array().unwrap().len() > 1, "{}", ran.out);
}

#[test]
fn fail_on_counts_flags_of_the_plan_from_its_severity_up() {
    let place = with_log();
    let notice = "date,distance_km\n2025-04-06,15.5\n";
    let warning = "date,distance_km\n2025-04-06,29\n";
    for (text, fail_on, status) in [
        (notice, "never", 0),
        (notice, "notice", 4),
        (notice, "warning", 0),
        (warning, "warning", 4),
        (warning, "urgent", 0),
    ] {
        assert_eq!(plan(&place, text, &["--fail-on", fail_on, "-q"]).status, status, "{text} {fail_on}");
    }
    assert_eq!(plan(&place, warning, &["-q"]).out, "");
}

#[test]
fn open_pain_names_flags_and_no_distance_to_run_instead() {
    let toml = "[[shoes]]\nname = \"Ghost\"\ninitial = \"475km\"\nfrom = 2025-04-01\ndefault = true\n";
    let files = [("log.csv", LOG), ("pain.md", "2025-03-31: left hip 3/10 on the stairs\n"), ("runhip.toml", toml)];
    let place = Place::with(&files);
    // 20 km after 14 is a spike, and 36 after 30 a jump; the change for the spike answers both, and neither wears out
    // the pair.
    let text = "date,distance_km\n2025-04-01,8\n2025-04-03,8\n2025-04-06,20\n";
    let ran = plan(&place, text, &[]);
    for offered in ["Run at most", "At most", "→ Run", "Gone once", "Once those changes are made"] {
        assert!(!ran.out.contains(offered), "{offered} is in {}", ran.out);
    }
    let report = json(&plan(&place, text, &["--stdout", "json"]));
    let changes: Vec<(&str, &str)> = (report["plan"]["flags"].as_array().unwrap().iter())
        .map(|flag| (flag["rule"].as_str().unwrap(), flag["change"]["by"].as_str().unwrap()))
        .collect();
    for rule in ["long-run-spike", "weekly-mileage-jump"] {
        assert!(changes.contains(&(rule, "withheld")), "{changes:?}");
    }
    // Changes other than distances remain: to let the pain settle, and to use another pair.
    assert!(changes.contains(&("running-through-pain", "nothing")), "{changes:?}");
    assert!(changes.contains(&("worn-shoes", "edits")), "{changes:?}");
    assert_eq!(report["plan"]["follow_on"], Value::Array(Vec::new()));
}

#[test]
fn a_week_that_is_not_over_is_not_held_against_the_plan_as_if_it_were() {
    // 8 and 8 km in a week that ends today, Sunday 6 April, before its long run; the week before had 30 km.
    let place = Place::with(&[("log.csv", &format!("{LOG}2025-04-01,8,\n2025-04-03,8,\n"))]);
    place.write("plan.csv", "date,distance_km\n2025-04-08,8\n2025-04-10,8\n2025-04-13,17\n");
    let on =
        |day: &str, more: &[&str]| place.run(&[&["plan", "plan.csv", "--log", "in", "--as-of", day], more].concat());
    let told = |ran: Ran| ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    // 33 km are no jump if this week has 30, 14 more than now; the room left in it is 33 − 16 = 17 km, of which one
    // run has at most 15.4.
    let sunday = told(on("2025-04-06", &[]));
    assert!(sunday.contains("33.0 km, 106 % more than the 16.0 km of the week before."), "{sunday}");
    assert!(
        sunday.contains("The week before is not over: with 14.0 km more by Sun 6 Apr 2025 this is no jump."),
        "{sunday}"
    );
    // For 39 km this week would need 35.5, which is 2.5 more than it can have without a flag, and 15.4 of that at
    // once on its last day.
    place.write("plan.csv", "date,distance_km\n2025-04-08,12\n2025-04-10,12\n2025-04-13,15\n");
    let more = told(on("2025-04-06", &[]));
    assert!(
        more.contains(
            "The week before is not over, but the 15.4 km that can still be run in it without a flag are too few"
        ),
        "{more}"
    );
    // A day later the week is over.
    assert!(!told(on("2025-04-07", &[])).contains("not over"));
    // The same once the run of its last day is logged: with 14 km more, 33 are no jump.
    place.write("in/log.csv", format!("{LOG}2025-04-01,8,\n2025-04-03,8,\n2025-04-06,14,\n"));
    place.write("plan.csv", "date,distance_km\n2025-04-08,8\n2025-04-10,8\n2025-04-13,17\n");
    let ran = on("2025-04-06", &["--fail-on", "notice"]);
    assert!(!ran.out.contains("weekly") && !ran.out.contains("not over"), "{}", ran.out);
}

#[test]
fn what_a_plan_does_not_say_of_signs_is_said_of_the_plan() {
    let place = Place::with(&[("log.csv", &LOG.replace("hip fine", ""))]);
    let told = plan(&place, "date,distance_km\n2025-04-03,8\n", &[]).out;
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("This plan does not say whether there are warning signs"), "{told}");
}

#[test]
fn a_sign_that_is_for_today_leads_and_no_distance_is_named() {
    let place = Place::with(&[("log.csv", LOG), ("pain.md", "2025-03-29: left hip 8/10, cannot put weight on it\n")]);
    let text = "date,distance_km\n2025-04-03,8\n2025-04-06,20\n";
    let ran = plan(&place, text, &[]);
    assert!(ran.out.starts_with("! Stop running and get medical assessment today"), "{}", ran.out);
    assert!(!ran.out.contains("Run at most"), "{}", ran.out);
    let report = json(&plan(&place, text, &["--stdout", "json"]));
    assert_eq!(report["first"]["warnings"][0]["flag"], "cannot-bear-weight");
    for flag in report["plan"]["flags"].as_array().unwrap() {
        assert_eq!((&flag["change"]["by"], &flag["change"]["edits"]), (&"withheld".into(), &Value::Array(Vec::new())));
    }
    assert_eq!(report["plan"]["follow_on"], Value::Array(Vec::new()));
}

#[test]
fn no_line_is_wider_than_a_narrow_terminal_table_needs() {
    let place = with_log();
    let text = "date,distance_km,type\n2025-04-01,18,easy\n2025-04-03,18,easy\n2025-04-06,30,long run\n";
    for line in plan(&place, text, &[]).out.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}
