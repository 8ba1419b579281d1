//! What is in the last report but not in the log now, logs that ended long ago, and different people of one name:
//! each is reported as what it is, never as good news, and people are never confused.

use serde_json::Value;

use crate::place::{Place, QUIET_LOG};

/// Three weeks of another runner, on the same days.
fn others_log() -> String {
    QUIET_LOG.replace(",5\n", ",11\n")
}

fn analyze(place: &Place, path: &str, day: &str, more: &[&str]) -> crate::place::Ran {
    place.run(&[&["analyze", path, "--as-of", day], more].concat())
}

fn latest(place: &Place, name: &str) -> Value {
    serde_json::from_str(&place.read(&format!("reports/{name}-latest.json"))).unwrap()
}

/// The text of a terminal page without its line breaks.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_folder_that_is_missing_is_asked_for_and_ends_with_3() {
    let place =
        Place::with(&[("2025/log.csv", QUIET_LOG), ("old/log.csv", "date,distance_km\n2024-05-01,7\n2024-05-03,8\n")]);
    assert_eq!(analyze(&place, "in", "2025-03-31", &[]).status, 0);
    std::fs::remove_dir_all(place.path("in/old")).unwrap();
    let ran = analyze(&place, "in", "2025-04-07", &["--quiet"]);
    let says = "2 runs of the last report are not in the log now: is a folder missing?";
    assert_eq!((ran.status, ran.err), (3, format!("{says}\n")));
    assert!(ran.out.starts_with("Since the report of 31 Mar 2025: 2 runs of the last report are not in the log now ("));
    let since = &latest(&place, "in")["since_last"];
    assert_eq!((&since["runs_gone"], &since["notes_gone"], &since["missing"]), (&2.into(), &0.into(), &says.into()));
    // From then on, this is what the log holds.
    assert_eq!(analyze(&place, "in", "2025-04-08", &["--quiet"]).status, 0);
    // What the runner leaves out on purpose is not missing.
    place.write("in/old/log.csv", "date,distance_km\n2024-05-01,7\n2024-05-03,8\n");
    assert_eq!(analyze(&place, "in", "2025-04-09", &[]).status, 0);
    place.write("in/runhip.toml", "ignore = [\"old/**\"]\n[[corrections]]\nrun = \"20250304\"\nignore = true\n");
    let ran = analyze(&place, "in", "2025-04-10", &[]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
}

#[test]
fn a_sign_whose_note_is_gone_is_no_good_news() {
    let place = Place::with(&[
        ("log.csv", QUIET_LOG),
        ("pain.md", "2025-03-10: slept badly\n2025-03-28: right groin 8/10, limping home\n"),
    ]);
    assert_eq!(analyze(&place, "in", "2025-03-31", &[]).status, 0);
    assert!(latest(&place, "in")["warnings"].as_array().unwrap().iter().any(|sign| sign["leads"] == true));
    // The runner may remove a single line by hand.
    place.write("in/pain.md", "2025-03-10: slept badly\n2025-04-02: easy day\n");
    let ran = analyze(&place, "in", "2025-04-03", &[]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let out = words(&ran.out);
    assert!(out.contains("the note of 28 Mar that raised a warning sign is not in the log now"), "{out}");
    assert!(out.contains("1 note of the last report is not in the log now;"), "{out}");
    assert!(!out.contains("no warning sign leads the report any more"), "{out}");
    // Losing the whole file is another matter.
    std::fs::remove_file(place.path("in/pain.md")).unwrap();
    let ran = analyze(&place, "in", "2025-04-04", &[]);
    assert_eq!(ran.status, 3);
    assert_eq!(ran.err, "2 notes of the last report are not in the log now: is a folder missing?\n");
}

#[test]
fn an_athlete_who_is_gone_stands_in_the_index_and_ends_with_3_once() {
    let place = Place::with(&[
        ("mia/log.csv", QUIET_LOG),
        ("tom/log.csv", QUIET_LOG),
        ("tom/pain.md", "2025-03-28: left groin 8/10, limping\n"),
    ]);
    let roster = |day: &str| place.run(&["roster", "in", "--as-of", day, "--quiet"]);
    assert_eq!(roster("2025-03-31").status, 0);
    std::fs::rename(place.path("in/tom"), place.path("tom")).unwrap();
    let ran = roster("2025-04-07");
    let says = "tom: gone: in the index of 31 Mar 2025, and no folder now; a warning sign led the report then\n";
    assert_eq!((ran.status, ran.err.as_str()), (3, says));
    assert!(ran.out.starts_with(says), "{}", ran.out);
    for ending in ["html", "md"] {
        let page = words(&place.read(&format!("reports/index-latest.{ending}")));
        assert!(page.contains("gone: in the index of 31 Mar 2025") && page.contains("1 gone"), "{page}");
    }
    let ran = roster("2025-04-08");
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    assert_eq!(latest(&place, "index")["gone"][0]["last_seen"], "2025-03-31");
    std::fs::rename(place.path("tom"), place.path("in/tom")).unwrap();
    assert_eq!(roster("2025-04-09").status, 0);
    assert_eq!(latest(&place, "index")["gone"], Value::Array(Vec::new()));
}

#[test]
fn a_folder_of_an_athlete_that_loses_its_files_is_no_good_news() {
    let place = Place::with(&[("mia/log.csv", QUIET_LOG), ("mia/pain.md", "2025-03-28: left groin 8/10, limping\n")]);
    let roster = |day: &str| place.run(&["roster", "in", "--as-of", day, "--quiet"]);
    assert_eq!(roster("2025-03-31").status, 0);
    std::fs::remove_file(place.path("in/mia/pain.md")).unwrap();
    let ran = roster("2025-04-02");
    assert_eq!(
        (ran.status, ran.err.as_str()),
        (3, "mia: 1 note of the last report is not in the log now: is a folder missing?\n")
    );
    assert!(
        ran.out.contains("a note that raised a warning sign is gone") && !ran.out.contains("No warning sign"),
        "{}",
        ran.out
    );
    // A folder in which nothing is left.
    std::fs::remove_file(place.path("in/mia/log.csv")).unwrap();
    let ran = roster("2025-04-03");
    assert_eq!(ran.status, 3);
    assert!(ran.err.contains("mia: 12 runs of the last report are not in the log now: "), "{}", ran.err);
}

#[test]
fn two_people_of_one_name_have_reports_of_their_own_on_the_same_day_and_later() {
    for formats in ["html,json", "json,md"] {
        let place = Place::new();
        place.write("a/export/log.csv", QUIET_LOG);
        place.write("b/export/log.csv", others_log());
        let run = |path: &str, day: &str| {
            analyze(&place, path, day, &["--athlete", "Kim Roe", "--format", formats, "--quiet"])
        };
        assert_eq!(run("a/export", "2025-03-31").err, "");
        let firsts = place.files("reports");
        let ran = run("b/export", "2025-03-31");
        assert_eq!(ran.status, 0);
        let says = "kim-roe-latest is another person's report, or files are missing here (0 of its 12 runs are in this log), so this one is called kim-roe-";
        assert!(ran.err.starts_with(says) && ran.err.lines().count() == 1, "{}", ran.err);
        for (name, bytes) in &firsts {
            assert_eq!(place.files("reports")[name], *bytes, "{name}");
        }
        let slugs = |place: &Place| -> Vec<String> {
            let names = place.names("reports").into_iter();
            names.filter_map(|name| Some(name.strip_suffix("-latest.json")?.to_owned())).collect()
        };
        let both = slugs(&place);
        assert_eq!(both.len(), 2, "{both:?}");
        // Each keeps their own name, whoever comes first, and is compared only with their own report.
        for path in ["b/export", "a/export"] {
            place.write(&format!("{path}/more.csv"), "date,distance_km\n2025-04-04,6\n");
            let ran = run(path, "2025-04-07");
            assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{path}");
        }
        assert_eq!(slugs(&place), both);
        for slug in &both {
            let report = latest(&place, slug);
            assert_eq!(report["since_last"]["as_of"], "2025-03-31");
            assert!(report["since_last"]["text"].as_str().unwrap().contains("1 new run"), "{slug}");
        }
    }
}

#[test]
fn an_export_names_its_owner_and_hands_over_nobodys_report() {
    let profile = "Athlete ID,First Name,Last Name\n1,Lena,Aas\n";
    let place = Place::with(&[("log.csv", QUIET_LOG), ("profile.csv", profile)]);
    assert_eq!(analyze(&place, "in", "2025-03-31", &["--quiet"]).err, "");
    assert_eq!(latest(&place, "lena-aas")["athlete"]["name"], "Lena Aas");
    // The next export has another folder and the same owner.
    place.write("export_2/log.csv", format!("{QUIET_LOG}2025-04-01,5\n"));
    place.write("export_2/profile.csv", profile);
    assert_eq!(analyze(&place, "export_2", "2025-04-02", &["--quiet"]).err, "");
    assert_eq!(latest(&place, "lena-aas")["since_last"]["as_of"], "2025-03-31");
    // Another person's files with the same name in them.
    place.write("sent/log.csv", others_log());
    place.write("sent/profile.csv", profile);
    let before = place.files("reports");
    let ran = analyze(&place, "sent", "2025-04-02", &["--quiet"]);
    assert!(ran.err.starts_with("lena-aas-latest is another person's report"), "{}", ran.err);
    assert!(before.iter().all(|(name, bytes)| place.files("reports")[name] == *bytes));
    // A page without a JSON report also says so.
    let pages = |path: &str| analyze(&place, path, "2025-04-02", &["--quiet", "--format", "html", "--out", "pages"]);
    assert_eq!(pages("in").err, "");
    let first = place.read("pages/lena-aas-latest.html");
    assert!(pages("sent").err.contains("runs are in this log)"));
    assert_eq!(place.read("pages/lena-aas-latest.html"), first);
    // The name that the runner gives takes precedence.
    assert_eq!(analyze(&place, "in", "2025-04-03", &["--athlete", "L", "--quiet"]).status, 0);
    assert_eq!(latest(&place, "l")["athlete"]["name"], "L");
}

#[test]
fn a_log_that_ended_long_ago_is_told_as_of_its_last_day() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    let run = |more: &[&str]| place.run(&[&["analyze", "in", "--format", "html,md,json"], more].concat());
    let ran = run(&[]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let says = "As of 30 Mar 2025, the last entry; --as-of today for today.";
    assert!(words(&ran.out).contains(says), "{}", ran.out);
    assert!(place.read("reports/in-2025-03-30.md").contains(says));
    assert!(place.read("reports/in-latest.html").contains(says));
    let report = latest(&place, "in");
    assert_eq!((&report["as_of"], &report["as_of_last_entry"]), (&"2025-03-30".into(), &true.into()));
    // Even a quiet run says that nothing has come since; asking for that day gives the same.
    for more in [&[][..], &["--as-of", "last"]] {
        let ran = run(&[more, &["--quiet"]].concat());
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{more:?}");
        let words = words(&ran.out);
        assert!(words.starts_with("Nothing has been logged for ") && words.contains("since 30 Mar 2025."), "{words}");
        assert_eq!(latest(&place, "in")["as_of"], "2025-03-30");
    }
    let ran = run(&["--as-of", "today"]);
    assert!(ran.status == 0 && !words(&ran.out).contains("the last entry;"), "{}", ran.out);
    let today = latest(&place, "in")["as_of"].as_str().unwrap().to_owned();
    assert!(today.as_str() > "2025-12-31" && latest(&place, "in")["as_of_last_entry"] == false);
    // From then on reports continue day by day.
    assert_eq!(run(&[]).status, 0);
    assert!(latest(&place, "in")["as_of"].as_str().unwrap() >= today.as_str());
    let day = place.run(&["analyze", "in", "--as-of", "yesterday"]);
    assert!(day.status == 2 && day.err.contains("today, or last for the day of the last entry"), "{}", day.err);
}

#[test]
fn in_a_roster_the_last_day_is_each_athletes_own() {
    let place =
        Place::with(&[("mia/log.csv", QUIET_LOG), ("tom/log.csv", "date,distance_km\n2024-06-01,5\n2024-06-03,5\n")]);
    let ran = place.run(&["roster", "in", "--quiet"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(
        (&latest(&place, "mia")["as_of"], &latest(&place, "tom")["as_of"]),
        (&"2025-03-30".into(), &"2024-06-03".into())
    );
    let index = latest(&place, "index");
    let days: Vec<_> = index["athletes"].as_array().unwrap().iter().map(|row| (&row["name"], &row["as_of"])).collect();
    assert_eq!(days, [(&"mia".into(), &"2025-03-30".into()), (&"tom".into(), &"2024-06-03".into())]);
    assert!(
        index["athletes"][1]["reasons"][0].as_str().unwrap().contains("as of 3 Jun 2024, the last entry"),
        "{index}"
    );
}

#[test]
fn two_weeks_of_nothing_are_one_line_of_a_quiet_run() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    let quiet = |day: &str| analyze(&place, "in", day, &["--quiet"]);
    assert_eq!(quiet("2025-03-31").out, "");
    assert_eq!(quiet("2025-04-12").out, "", "13 days");
    let ran = quiet("2025-04-13");
    assert_eq!((ran.out.lines().count(), ran.err.as_str(), ran.status), (1, "", 0));
    assert!(ran.out.contains("; nothing has been logged for 14 days, since 30 Mar 2025. Report: "), "{}", ran.out);
    place.write("team/mia/log.csv", QUIET_LOG);
    place.write("team/tom/log.csv", format!("{QUIET_LOG}2025-04-12,5\n"));
    let roster = |day: &str| place.run(&["roster", "team", "--out", "team-reports", "--as-of", day, "--quiet"]);
    assert_eq!(roster("2025-04-12").out, "");
    let ran = roster("2025-04-13");
    assert!(
        ran.out.starts_with("Nothing logged for 14 days or more: mia (since 30 Mar 2025).\nIndex: "),
        "{}",
        ran.out
    );
}
