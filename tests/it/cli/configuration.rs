//! `runhip.toml`: what it changes, and one example of each mistake in it.

use crate::place::{Place, QUIET_LOG, file};

/// Standard error for this configuration, which must be refused.
fn refusal(config: &str) -> String {
    let place = Place::with(&[("log.csv", QUIET_LOG), ("runhip.toml", config)]);
    let ran = place.analyze(&[]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{config}");
    assert!(!place.path("reports").exists(), "{config}");
    ran.err
}

#[test]
fn mistakes_are_named_with_their_line() {
    for (config, says) in [
        (
            "athlete = \"Ada\"\nfoot = 2\n",
            "runhip: in/runhip.toml:2: \"foot\" is not known; the keys here are athlete, ",
        ),
        (
            "[thresholds]\nmin_rest_days = 1\nweekly_leap = 0.2\n",
            "runhip: in/runhip.toml:3: unknown threshold \"weekly_leap\"; the thresholds are weekly_jump, ",
        ),
        (
            "[thresholds]\nweekly_jump = \"much\"\n",
            "runhip: in/runhip.toml:2: weekly_jump = \"much\" is not a share from 0 to 1; write 0.1, not 10 %\n",
        ),
        (
            "[thresholds]\nshoe_due = \"500mi\"\nshoe_worn = \"300mi\"\n",
            "runhip: in/runhip.toml:3: shoe_worn is below shoe_due; due comes first\n",
        ),
        (
            "\ntimezone = \"Mars/Olympus\"\n",
            "runhip: in/runhip.toml:2: \"Mars/Olympus\" is not a time zone; write one such as \"Pacific/Auckland\"\n",
        ),
        ("[[shoes]]\nname = \"A\"\nfrom = \"spring\"\n", "runhip: in/runhip.toml:3: \"spring\" is not a date; "),
        ("[[shoes]]\nname = \"A\"\nsize = 44\n", "runhip: in/runhip.toml:3: \"size\" is not known; the keys here are "),
        ("athlete = \"Ada\n", "runhip: in/runhip.toml:1: "),
        ("ignore = [\"[\"]\n", "runhip: in/runhip.toml:1: \"[\" is not a file pattern: "),
    ] {
        let err = refusal(config);
        assert!(err.starts_with(says), "{config}: {err}");
        assert_eq!(err.lines().count(), 1, "{err}");
    }
}

#[test]
fn an_unknown_key_under_csv_columns_is_named() {
    let err = refusal("[csv.columns]\nlength = \"Strecke\"\n");
    assert!(err.starts_with("runhip: in/runhip.toml") && err.contains("unknown key \"length\""), "{err}");
}

#[test]
fn two_configurations_are_both_named_and_one_can_be_chosen() {
    let place = Place::with(&[("log.csv", QUIET_LOG), ("runhip.toml", "athlete = \"Ada\"\n")]);
    place.write("more/runhip.toml", "athlete = \"Bea\"\n");
    let ran = place.run(&["analyze", "in", "more", "--as-of", "2025-03-31"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert_eq!(
        ran.err,
        "runhip: there are two configurations, in/runhip.toml and more/runhip.toml; name the one to use with --config\n"
    );
    let ran = place.run(&["analyze", "in", "more", "--as-of", "2025-03-31", "--config", "more/runhip.toml", "--quiet"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(place.path("reports/bea-2025-03-31.html").exists());
}

#[test]
fn one_folder_spelled_in_two_ways_has_one_configuration() {
    let place = Place::with(&[("log.csv", QUIET_LOG), ("runhip.toml", "athlete = \"Ada\"\n")]);
    let whole = place.path("in");
    for again in ["in", "./in", "in/", whole.to_str().unwrap()] {
        let ran = place.run(&["analyze", "in", again, "--as-of", "2025-03-31", "--quiet"]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{again}");
    }
}

#[test]
fn a_configuration_that_is_not_there_is_an_error() {
    let ran = Place::with(&[("log.csv", QUIET_LOG)]).analyze(&["--config", "nowhere.toml"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.starts_with("runhip: nowhere.toml cannot be read: "), "{}", ran.err);
}

#[test]
fn settings_reach_the_report() {
    let place = Place::with(&[
        ("log.csv", QUIET_LOG),
        ("old/log.csv", "date,distance_km\n2024-01-01,5\n"),
        (
            "runhip.toml",
            "athlete = \"Ada\"\nweek_start = \"sunday\"\nignore = [\"old/**\"]\n[thresholds]\nweekly_jump = 0.25\n\
             [[shoes]]\nname = \"Ghost\"\ninitial = \"100km\"\ndefault = true\n\
             [[corrections]]\nrun = \"20250304\"\ndistance = \"7.5km\"\n\
             [[corrections]]\nrun = \"20250306\"\nignore = true\n",
        ),
    ]);
    let report = place.json(&[]);
    assert_eq!(report["athlete"]["name"], "Ada");
    assert_eq!(report["athlete"]["runs"], 11);
    assert_eq!(report["athlete"]["distance_m"], 57_500);
    assert_eq!(report["weeks"][0]["start"], "2025-03-02");
    assert_eq!(report["settings"]["weekly_jump"]["value"], 0.25);
    assert_eq!(report["settings"]["weekly_jump"]["origin"], "config");
    assert_eq!(report["shoes"][0]["distance_m"], 157_500);
    assert_eq!(file(&report, "old/log.csv")["reason"], "matches a pattern under ignore in runhip.toml");
    assert_eq!(file(&report, "runhip.toml")["reason"], "the configuration");
}

#[test]
fn settings_are_looked_for_at_the_logs_then_here_then_in_the_users_folder() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    let analyze = |path: &str, day: &str| {
        let mut command = place.command();
        command.env("XDG_CONFIG_HOME", place.path("settings")).env("HOME", place.path("home"));
        let ran = command.args(["analyze", path, "--as-of", day, "--no-cache", "--color", "never"]).output().unwrap();
        crate::place::Ran::from(ran)
    };
    let settings = |ran: &crate::place::Ran| -> Vec<String> {
        ran.out.lines().filter(|line| line.starts_with("Settings")).map(str::to_owned).collect()
    };
    assert_eq!(settings(&analyze("in", "2025-03-31")), [""; 0]);
    place.write("settings/runhip/runhip.toml", "athlete = \"Of The User\"\n");
    let ran = analyze("in", "2025-03-31");
    let users = place.path("settings/runhip/runhip.toml").display().to_string();
    assert_eq!(settings(&ran), [format!("Settings: {users}")]);
    assert!(ran.out.contains("reports/of-the-user-2025-03-31.html"), "{}", ran.out);
    place.write("runhip.toml", "athlete = \"Of The Place\"\n");
    let ran = analyze("in", "2025-03-31");
    let unused = |files: &str| format!("Settings that were not used: {files}; --config names the one to use");
    assert_eq!(settings(&ran), ["Settings: ./runhip.toml".to_owned(), unused(&users)]);
    assert!(ran.out.contains("reports/of-the-place-"), "{}", ran.out);
    place.write("in/runhip.toml", "athlete = \"Of The Log\"\n");
    place.write("in/old/runhip.toml", "athlete = \"Of No One\"\n");
    // If a log is given by name, the configuration beside it is used.
    for (path, others) in
        [("in", format!("./runhip.toml, {users}, old/runhip.toml")), ("in/log.csv", format!("./runhip.toml, {users}"))]
    {
        let ran = analyze(path, "2025-03-31");
        assert_eq!(settings(&ran), ["Settings: in/runhip.toml".to_owned(), unused(&others)], "{path}");
        assert!(ran.out.contains("reports/of-the-log-"), "{}", ran.out);
    }
}

#[test]
fn note_and_analyze_go_by_the_same_settings() {
    let place = Place::with(&[("log.csv", QUIET_LOG), ("runhip.toml", "notes = \"pain.md\"\n")]);
    let run = |arguments: &[&str]| {
        let mut command = place.command();
        command.env("XDG_CONFIG_HOME", place.path("settings")).env("HOME", place.path("home"));
        crate::place::Ran::from(command.args(arguments).output().unwrap())
    };
    let note = |more: &[&str]| run(&[&["note", "--date", "2025-03-30"], more, &["left hip 2/10"]].concat());
    let analyze = || run(&["analyze", "in", "--as-of", "2025-03-31", "--no-cache", "--stdout", "json"]);
    // The one beside the named notes file.
    assert_eq!(note(&["--file", "in/other.md"]).status, 0);
    // The user's own configuration may name any place; analyze says what of it was not read.
    place.write("settings/runhip/runhip.toml", format!("notes = {:?}\n", place.path("diary.md")));
    assert_eq!(note(&[]).status, 0);
    assert_eq!(place.read("diary.md"), "2025-03-30: left hip 2/10\n");
    std::fs::remove_file(place.path("in/runhip.toml")).unwrap();
    let ran = analyze();
    let says = format!(
        "{}, the notes file of the settings, is not below the paths given and was not read; ",
        place.path("diary.md").display()
    );
    assert!(ran.status == 0 && ran.err.starts_with(&says), "{}", ran.err);
    // A configuration in the current folder may come from anybody, so it cannot name a file elsewhere.
    place.write("runhip.toml", "notes = \"../diary.md\"\n");
    assert_eq!(note(&[]).status, 1);
    place.write("runhip.toml", "notes = \"in/pain.md\"\n");
    assert_eq!(note(&[]).status, 0);
    assert_eq!(place.read("in/pain.md"), "2025-03-30: left hip 2/10\n");
    assert_eq!(analyze().err, "");
}

#[test]
fn a_roster_takes_nothing_personal_from_settings_that_lie_elsewhere() {
    let place = Place::with(&[("mia/log.csv", QUIET_LOG)]);
    place.write("runhip.toml", "athlete = \"The Coach\"\nunits = \"mi\"\n");
    let ran = place.run(&["roster", "in", "--as-of", "2025-03-31"]);
    assert_eq!(ran.status, 0);
    assert_eq!(ran.err, "runhip.toml sets athlete, which belongs to one runner and was not used for the athletes\n");
    assert!(ran.out.ends_with("\nSettings: ./runhip.toml\n"), "{}", ran.out);
    let report: serde_json::Value = serde_json::from_str(&place.read("reports/mia-latest.json")).unwrap();
    assert_eq!(report["athlete"]["name"], "mia");
}

#[test]
fn pairs_of_one_name_follow_each_other_and_a_slip_is_asked_about() {
    let log = "date,distance_km,shoe\n2025-01-10,20,Heron  2\n2025-02-10,21,HERON\u{a0}2\n2025-03-10,7,Heron 2\n2025-03-12,8,Heorn 2\n";
    let pairs = "[[shoes]]\nname = \"Heron 2\"\nto = 2025-02-28\n[[shoes]]\nname = \"heron 2\"\nfrom = 2025-03-01\ninitial = \"0km\"\n";
    let place = Place::with(&[("log.csv", log), ("runhip.toml", pairs)]);
    let report = place.json(&[]);
    let shoes: Vec<_> =
        report["shoes"].as_array().unwrap().iter().map(|pair| (&pair["name"], &pair["distance_m"])).collect();
    assert_eq!(
        shoes,
        [
            (&"Heorn 2".into(), &8_000.into()),
            (&"Heron 2".into(), &41_000.into()),
            (&"heron 2 (from 2025-03-01)".into(), &7_000.into())
        ]
    );
    assert_eq!(report["shoes"][0]["perhaps"], "Heron 2");
    let says = "\"Heorn 2\" (1 run) may be \"Heron 2\" spelled otherwise; if it is, add it to the aliases of that pair in runhip.toml.";
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(&place.analyze(&["--format", "html,md-full"]).out).contains(says));
    assert!(words(&place.read("reports/in-latest.full.md")).contains("may be \"Heron 2\" spelled otherwise"));
    // Two pairs with one name from the same day cannot be told apart.
    let err = refusal("[[shoes]]\nname = \"Heron 2\"\n[[shoes]]\nname = \"HERON  2\"\n");
    assert!(
        err.starts_with("runhip: in/runhip.toml:3: two pairs are called \"heron 2\" from the same day on; "),
        "{err}"
    );
}
