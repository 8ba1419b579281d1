//! `runhip.toml`: what it changes, and one reproducer for each mistake in it.

use crate::place::{Place, QUIET_LOG, file};

/// Standard error after reading this configuration, which must be refused.
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
            "runhip: in/runhip.toml:2: unknown field `foot`, expected one of `athlete`, ",
        ),
        (
            "[thresholds]\nmin_rest_days = 1\nweekly_leap = 0.2\n",
            "runhip: in/runhip.toml:3: unknown threshold \"weekly_leap\"; the thresholds are weekly_jump, ",
        ),
        (
            "[thresholds]\nweekly_jump = \"much\"\n",
            "runhip: in/runhip.toml:2: weekly_jump = \"much\" is not a share from 0 to 10, such as 0.10 for 10 %\n",
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
        ("[[shoes]]\nname = \"A\"\nsize = 44\n", "runhip: in/runhip.toml:3: unknown field `size`, "),
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
