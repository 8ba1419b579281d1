//! Compares every number in the sample's weeks, shoes, findings and episodes with a plain calculation from the demo's
//! plan: loops over calendar days that share no code with the program's tables, rules and pain. The oracle never
//! reads the text of a note; the plan says what each means. Where the contract leaves a choice, the file that makes
//! it says which.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small counts"
)]

mod compare;
mod episodes;
mod finding;
mod load;
mod log;
mod pain;
mod shoes;
mod weeks;

use std::sync::LazyLock;

use runhip::demo::{self, DemoPlan};
use serde_json::Value;

use self::finding::Finding;
use self::log::Log;
use crate::place::Place;

const SEEDS: [u64; 3] = [demo::DEFAULT_SEED, 2, 40];

/// What the report must contain, by part.
struct Expected {
    weeks: Vec<Value>,
    shoes: Vec<Value>,
    findings: Vec<Finding>,
    episodes: Vec<Value>,
}

fn expected(plan: &DemoPlan) -> Expected {
    let log = Log::of(plan);
    let episodes = episodes::episodes(&log);
    let mut findings = load::findings(&log, &episodes);
    findings.extend(shoes::findings(&log));
    findings.extend(pain::findings(&log, &episodes, &findings));
    Expected {
        weeks: weeks::weeks(&log).iter().map(|week| weeks::row(&log, week)).collect(),
        shoes: log.shoes.iter().map(|shoe| shoes::row(&log, shoe)).collect(),
        episodes: episodes.iter().map(|episode| episodes::row(&log, episode, &findings)).collect(),
        findings,
    }
}

/// The JSON that the program prints for this plan's files.
fn report(plan: &DemoPlan) -> Value {
    let place = Place::new();
    for (name, bytes) in demo::files(plan) {
        place.write(&format!("in/{name}"), bytes);
    }
    let ran = place.run(&["analyze", "in", "--as-of", &plan.as_of.to_string(), "--stdout", "json", "--no-cache"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    serde_json::from_str(&ran.out).unwrap()
}

/// A plan, what its report must contain, and what it contains.
struct Case {
    seed: u64,
    expected: Expected,
    report: Value,
}

/// One case for each seed. The program runs once for all checks of a case.
static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let case = |seed| {
        let plan = demo::plan(seed);
        Case { seed, expected: expected(&plan), report: report(&plan) }
    };
    std::thread::scope(|scope| {
        let cases = SEEDS.map(|seed| scope.spawn(move || case(seed)));
        cases.into_iter().map(|case| case.join().unwrap()).collect()
    })
});

fn assert_same(part: &str, key: &str, expected: impl Fn(&Expected) -> Vec<Value>) {
    for case in &*CASES {
        let differences = compare::rows(part, key, &expected(&case.expected), &case.report);
        assert!(differences.is_empty(), "seed {}:\n{}", case.seed, differences.join("\n"));
    }
}

#[test]
fn every_week_is_as_the_plan_has_it() {
    assert_same("weeks", "start", |expected| expected.weeks.clone());
}

#[test]
fn every_shoe_is_as_the_plan_has_it() {
    assert_same("shoes", "name", |expected| expected.shoes.clone());
}

#[test]
fn every_finding_is_as_the_plan_has_it() {
    assert_same("findings", "id", |expected| expected.findings.iter().map(Finding::row).collect());
}

#[test]
fn every_episode_is_as_the_plan_has_it() {
    assert_same("episodes", "id", |expected| expected.episodes.clone());
}

#[test]
fn the_plan_has_a_finding_of_every_rule_and_an_episode_of_every_kind() {
    for seed in 0..40 {
        let all = expected(&demo::plan(seed));
        for rule in [
            "weekly-mileage-jump",
            "long-run-spike",
            "too-few-rest-days",
            "long-running-streak",
            "worn-shoes",
            "return-after-break",
            "running-through-pain",
            "warning-sign",
        ] {
            assert!(all.findings.iter().any(|finding| finding.rule == rule), "seed {seed}: {rule}");
        }
        let states: Vec<_> = all.shoes.iter().map(|row| row["state"].as_str().unwrap()).collect();
        assert_eq!(states, ["retired", "worn", "unknown", "ok", "due"], "seed {seed}");
        assert_eq!(all.episodes.len(), 6, "seed {seed}");
        assert!(all.episodes.iter().any(|row| row["preceded_by"].as_array().unwrap().is_empty()), "seed {seed}");
        assert_eq!(all.episodes.iter().filter(|row| row["injury"] == true).count(), 1, "seed {seed}");
        assert_eq!(all.episodes[5]["open"], true, "seed {seed}");
        for reason in ["incomplete", "unobserved", "unknown-distance", "no-baseline"] {
            assert!(all.weeks.iter().any(|row| row["change_reason"] == reason), "seed {seed}: {reason}");
        }
    }
}

#[test]
fn the_plan_keeps_clear_of_what_the_contract_leaves_open() {
    for seed in 0..10 {
        let plan = demo::plan(seed);
        let log = Log::of(&plan);
        let all = expected(&plan);
        for finding in &all.findings {
            assert_ne!((plan.as_of - finding.to).num_days(), 28, "seed {seed}: {} is just 28 days old", finding.id);
            let early = (finding.from - plan.first_day).num_days() < 35;
            assert!(!early, "seed {seed}: {} looks back beyond the log", finding.id);
        }
        for denial in log.denials() {
            assert!(!log.ran_on(denial), "seed {seed}: {denial} has a run and a denial");
        }
        for row in &all.episodes {
            assert!(row["load"]["usual_7_days_m"].is_u64(), "seed {seed}: days before {} are missing", row["id"]);
        }
    }
}
