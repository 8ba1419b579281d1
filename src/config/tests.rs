//! Configurations as runners write them, with their mistakes.

use super::*;

#[test]
fn every_documented_key_is_read() {
    let config = Config::parse(
        r#"
athlete = "Ada"
units = "mi"
week_start = "sunday"
timezone = "Pacific/Auckland"
notes = "pain.md"
ignore = ["old/**"]
[thresholds]
weekly_jump = 0.15
shoe_due = "280mi"
[[shoes]]
name = "Ghost 15"
aliases = ["Brooks Ghost"]
from = 2024-01-10
to = 2025-02-01
initial = "120km"
due = "480km"
worn = "800km"
default = true
[[corrections]]
date = 2025-03-01
text = "popped in to the shop"
reading = "none"
[[corrections]]
run = "20250305T063000+1300"
distance = "10.2km"
[csv.columns]
date = "Tag"
[limits]
unpacked_ratio = 400
unpacked_size = "50GB"
file_size = "300 MB"
inner_archive_size = "2GB"
"#,
    )
    .expect("a valid file");
    assert_eq!(config.units, Some(Units::Mi));
    assert_eq!(config.timezone, Some(chrono_tz::Pacific::Auckland));
    assert_eq!(config.shoes[0].initial_m, Some(120_000));
    assert_eq!(config.shoes[0].from, NaiveDate::from_ymd_opt(2024, 1, 10));
    assert_eq!(config.thresholds["weekly_jump"].line, 9);
    assert_eq!(config.csv_columns["date"], "Tag");
    assert_eq!(config.csv_column_lines["date"], 28);
    let limits = config.limits.in_force();
    assert_eq!((limits.unpacked_ratio, limits.unpacked_bytes), (400, 50_000_000_000));
    assert_eq!((limits.held_bytes, limits.inner_archive_bytes), (300_000_000, 2_000_000_000));
    assert!(matches!(&config.corrections[1], Correction::Run { distance_m: Some(10_200), .. }));
}

#[test]
fn what_a_runner_leaves_open_is_taken_from_a_shared_configuration() {
    let own = "athlete = \"Ada\"\nunits = \"mi\"\nignore = [\"old/**\"]\n[thresholds]\nweekly_jump = 0.2\n";
    let shared = "units = \"km\"\nweek_start = \"sunday\"\nignore = [\"*.bak\"]\n\
                  [thresholds]\nweekly_jump = 0.3\nmin_rest_days = 1\n[csv.columns]\ndate = \"Tag\"\n";
    let (own, shared) = (Config::parse(own).expect("valid"), Config::parse(shared).expect("valid"));
    let both = own.over(&shared);
    assert_eq!((both.units, both.week_start), (Some(Units::Mi), Some(WeekStart::Sunday)));
    assert_eq!(both.ignore, ["old/**", "*.bak"]);
    assert_eq!(both.thresholds["weekly_jump"].value.as_float(), Some(0.2));
    assert_eq!(both.thresholds["min_rest_days"].value.as_integer(), Some(1));
    assert_eq!(both.csv_columns["date"], "Tag");
    assert_eq!((both.personal_key(), shared.personal_key()), (Some("athlete"), None));
}

#[test]
fn an_unknown_key_is_an_error_with_its_line() {
    let error = Config::parse("athlete = \"Ada\"\n\nunit = \"km\"\n").expect_err("unknown key");
    assert_eq!(error.line, Some(3));
    assert!(error.what.contains("unit"), "{error}");
}

#[test]
fn a_word_that_is_none_of_those_allowed_is_answered_with_them() {
    let told = |text: &str| Config::parse(text).expect_err("a mistake").to_string();
    assert_eq!(told("units = \"miles\""), "1: \"miles\" is not known here; write \"km\" or \"mi\"");
    assert_eq!(told("week_start = \"tuesday\""), "1: \"tuesday\" is not known here; write \"monday\" or \"sunday\"");
}

#[test]
fn mistakes_name_their_line() {
    for (text, line) in [
        ("\ntimezone = \"Mars/Olympus\"", 2),
        ("units = \"furlong\"", 1),
        ("[[shoes]]\nname = \"A\"\ninitial = \"120\"", 3),
        ("[[shoes]]\nname = \"A\"\nfrom = \"soon\"", 3),
        ("[[shoes]]\nname = \"A\"\nfrom = 2025-01-01\nto = 2024-01-01", 1),
        ("[[shoes]]\nname = \"Ghost\"\n[[shoes]]\nname = \"B\"\naliases = [\" ghost\"]", 3),
        ("[[corrections]]\ndate = 2025-01-01", 1),
        ("ignore = [\"a{\"]", 1),
        ("[limits]\nunpacked_ratio = 0", 2),
        ("[limits]\nfile_size = \"large\"", 2),
        ("[limits]\nfile_siz = \"1MB\"", 2),
        ("athlete = ", 1),
    ] {
        assert_eq!(Config::parse(text).expect_err(text).line, Some(line), "{text}");
    }
}

#[test]
fn a_correction_without_words_that_would_fit_every_note_of_its_day_is_refused() {
    for (blank, line) in [("text = \"\"\nreading = \"none\"", 3), ("text = \"hip\"\nreading = \" \"", 4)] {
        let error = Config::parse(&format!("[[corrections]]\ndate = 2025-01-01\n{blank}\n")).expect_err(blank);
        assert_eq!(error.line, Some(line), "{blank}");
        assert!(error.what.contains("is blank"), "{error}");
    }
}
