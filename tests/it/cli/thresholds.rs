//! Changes each configurable threshold and checks that every section that depends on it follows.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use serde_json::Value;

use crate::place::Place;

/// A year of running from Monday 1 January 2024. Most weeks are 30 km on Tuesday, Thursday, Saturday and Sunday. The
/// last complete week ends on 5 January 2025.
fn log() -> String {
    let mut csv = "date,distance_km,shoe\n".to_owned();
    let monday = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
    let mut run = |week: u64, day: u64, km: f64| {
        writeln!(csv, "{},{km},Road", monday + Days::new(7 * week + day)).unwrap();
    };
    for week in 0..53 {
        let (easy, long) = match week {
            // 20 % more than the 30 km before, and back again.
            10 | 30 => (7.0, 15.0),
            _ => (6.0, 12.0),
        };
        for day in [1, 3, 5] {
            run(week, day, easy);
        }
        // A run 25 % longer than any of the 30 days before, in a week with the usual total.
        run(week, 6, if week == 20 { 15.0 } else { long });
        if week == 40 {
            // Two days without a run, and five running days in a row.
            run(week, 2, 3.0);
        }
    }
    csv
}

const NOTES: &str = "2024-03-20: left hip 4/10 after the run\n\
                     2024-05-27: left hip 3/10\n\
                     2024-06-05: left hip 3/10\n\
                     2024-08-07: left hip 4/10\n\
                     2024-10-16: left hip 3/10\n";

struct Made {
    json: Value,
    page: String,
}

fn made(thresholds: &str) -> Made {
    let place = Place::with(&[
        ("runs.csv", &log()),
        ("pain.md", NOTES),
        ("runhip.toml", &format!("[thresholds]\n{thresholds}\n")),
    ]);
    let ran = place.run(&["analyze", "in", "--as-of", "2025-01-06", "--format", "json,md-full", "--out", "out"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    Made {
        json: serde_json::from_str(&place.read("out/in-latest.json")).unwrap(),
        page: place.read("out/in-latest.full.md"),
    }
}

fn of_rule<'a>(made: &'a Made, rows: &str, rule: &str) -> Vec<&'a Value> {
    made.json[rows].as_array().unwrap().iter().filter(|row| row["rule"] == rule).collect()
}

/// A section of the report, and its value without and with the change.
type Section = (&'static str, fn(&Made) -> Value, Value, Value);

fn count(made: &Made, rule: &str) -> Value {
    of_rule(made, "findings", rule).len().into()
}

fn exposed(made: &Made, rule: &str) -> Value {
    of_rule(made, "links", rule)[0]["exposed"].clone()
}

/// Each configurable threshold: its key, another value, and the sections that depend on it.
fn cases() -> Vec<(&'static str, &'static str, Vec<Section>)> {
    vec![
        (
            "weekly_jump",
            "0.25",
            vec![
                // 36 km after 30 km are 20 % more; 33 km are exactly 10 %.
                ("findings", |made| count(made, "weekly-mileage-jump"), 2.into(), 0.into()),
                ("statistics", |made| exposed(made, "weekly-mileage-jump"), 2.into(), 0.into()),
                ("plan", |made| made.json["plan"]["distance_cap_m"].clone(), 33_000.into(), 37_500.into()),
                ("weeks", |made| made.json["weeks"][10]["crossed_on"].clone(), "2024-03-17".into(), Value::Null),
                (
                    "page",
                    |made| made.page.contains("3.0\u{a0}km and 25\u{a0}% above").into(),
                    false.into(),
                    true.into(),
                ),
            ],
        ),
        (
            "long_run_spike",
            "0.3",
            vec![
                // The first long run is twice as long as the three runs before it, so it remains a spike.
                ("findings", |made| count(made, "long-run-spike"), 4.into(), 1.into()),
                // 26 May is the day before one onset; 17 March and 4 August are three days before two.
                ("statistics", |made| exposed(made, "long-run-spike"), 3.into(), 0.into()),
                ("plan", |made| made.json["plan"]["longest_run_cap_m"].clone(), 13_200.into(), 15_600.into()),
            ],
        ),
        (
            "min_rest_days",
            "3",
            vec![
                ("findings", |made| count(made, "too-few-rest-days"), 0.into(), 1.into()),
                ("statistics", |made| exposed(made, "too-few-rest-days"), 0.into(), 1.into()),
                ("plan", |made| made.json["plan"]["min_rest_days"].clone(), 2.into(), 3.into()),
            ],
        ),
        (
            "max_streak_days",
            "2",
            vec![
                ("findings", |made| count(made, "long-running-streak"), 0.into(), 1.into()),
                ("statistics", |made| exposed(made, "long-running-streak"), 0.into(), 1.into()),
            ],
        ),
        (
            "shoe_due",
            "\"200km\"",
            vec![
                ("shoes", |made| made.json["shoes"][0]["due_m"].clone(), 482_803.into(), 200_000.into()),
                // 482.8 km are passed in week 16, 200 km in week 6.
                (
                    "findings",
                    |made| of_rule(made, "findings", "worn-shoes")[0]["from"].clone(),
                    "2024-04-21".into(),
                    "2024-02-18".into(),
                ),
            ],
        ),
        (
            "shoe_worn",
            "\"600km\"",
            vec![
                ("shoes", |made| made.json["shoes"][0]["worn_m"].clone(), 804_672.into(), 600_000.into()),
                (
                    "findings",
                    |made| of_rule(made, "findings", "worn-shoes")[1]["from"].clone(),
                    "2024-07-06".into(),
                    "2024-05-19".into(),
                ),
            ],
        ),
        (
            "episode_gap_days",
            "5",
            vec![
                // From 27 May to 5 June is nine days.
                ("episodes", |made| made.json["episodes"].as_array().unwrap().len().into(), 4.into(), 5.into()),
                (
                    "statistics",
                    |made| of_rule(made, "links", "long-run-spike")[0]["episodes_total"].clone(),
                    4.into(),
                    5.into(),
                ),
            ],
        ),
        (
            "lookback_days",
            "2",
            vec![
                // The jump of 17 March is three days before the onset; the statistics use a window of their own.
                (
                    "episodes",
                    |made| {
                        let before = made.json["episodes"][0]["preceded_by"].as_array().unwrap();
                        before.iter().any(|row| row["rule"] == "weekly-mileage-jump").into()
                    },
                    true.into(),
                    false.into(),
                ),
                ("statistics", |made| exposed(made, "weekly-mileage-jump"), 2.into(), 2.into()),
            ],
        ),
    ]
}

#[test]
fn every_section_follows_the_threshold_that_is_set() {
    let usual = made("");
    for (key, value, sections) in cases() {
        let changed = made(&format!("{key} = {value}"));
        assert_eq!(changed.json["settings"][key]["origin"], "config", "{key}");
        assert_ne!(changed.json["settings"][key]["value"], usual.json["settings"][key]["value"], "{key}");
        for (section, figure, before, after) in sections {
            assert_eq!((figure(&usual), figure(&changed)), (before, after), "{key} = {value}: {section}");
        }
    }
}

#[test]
fn every_threshold_that_can_be_set_is_tried() {
    let page = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md")).unwrap();
    let mut named: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("| `") && line.contains("| yes |"))
        .filter_map(|line| line.split('`').nth(1))
        .collect();
    let mut tried: Vec<&str> = cases().iter().map(|(key, ..)| *key).collect();
    named.sort_unstable();
    tried.sort_unstable();
    assert_eq!(tried, named);
}

#[test]
fn no_section_speaks_of_ten_per_cent_where_nothing_is_held_to_it() {
    let made = made("weekly_jump = 0.25\nlong_run_spike = 0.3");
    let mut page = made.page.replace('\u{a0}', " ");
    // The guidance has a number of its own and says where it comes from.
    for advice in made.json["advice"].as_array().unwrap() {
        page = page.replace(&advice["text"].as_str().unwrap().replace('\u{a0}', " "), "");
    }
    // A week that happens to be 10 % longer has "+10 %" in its row.
    let told: Vec<&str> = page.lines().filter(|line| line.replace("+10 %", "").contains("10 %")).collect();
    assert!(told.is_empty(), "{told:?}");
}
