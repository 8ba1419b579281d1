//! A made-up index for testing the renderers: each level of urgency, an athlete who could not be read, one without a
//! run, and one whose every text is hostile.

use chrono::NaiveDate;

use super::contract::*;
use crate::model::reading::Priority;
use crate::model::units::Units;
use crate::report::contract::{Claim, RateRatio, Tool};

pub const HOSTILE: &str = "<script>alert(1)</script>\u{202e} \u{1b}[31m **x** [a](http://b) | \"q\"";

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn row(name: &str, attention: Option<Priority>, reasons: &[&str]) -> AthleteRow {
    AthleteRow {
        name: name.into(),
        label: name.into(),
        folder: name.to_lowercase(),
        state: State::Read,
        report: Some(format!("{}-2026-11-18.html", name.to_lowercase())),
        attention,
        reasons: reasons.iter().map(|reason| (*reason).to_owned()).collect(),
        weekly_distance_m: (0..26).map(|week| (week % 9 != 3).then_some(20_000 + week * 800)).collect(),
        longest_run_m: Some(12_400),
        rest_days: Some(3),
        last_pain: None,
        weeks_from: Some(day("2026-05-18")),
        open_episode: None,
        findings_last_28_days: Some(0),
        since_last: Some("No change.".into()),
        last_entry: Some(day("2026-11-15")),
        as_of: Some(day("2026-11-18")),
        runs: Some(120),
        notes: Some(4),
        missing: None,
        warning_signs: vec![],
        findings: vec![],
    }
}

fn pooled(title: &'static str, text: &str) -> PooledRow {
    let together = Together {
        preset: crate::rules::presets().next().unwrap(),
        episodes_usable: 26,
        exposed: 16,
        expected: Some(11.25),
        exposed_share: Some(0.3),
        informative_strata: 3,
        rate_ratio: Some(RateRatio::new(Some(10.4), Some(1.3), None)),
        mantel_haenszel: Some(7.0),
        p_exact: Some(0.02),
        p_holm: Some(0.08),
        best_attainable_p: Some(0.0001),
        runners: 3,
        largest_share: Some(1.0 / 3.0),
        leave_one_out: Some(LeaveOneOut { low: 4.2, high: f64::INFINITY }),
        claim: Claim::NotShown,
        text: text.into(),
        bare_text: text.into(),
    };
    PooledRow {
        rule: "weekly-mileage-jump",
        title,
        window_days: 14,
        episodes_total: 31,
        episodes_usable: 26,
        excluded: [("wash-out".to_owned(), 5)].into(),
        together,
    }
}

/// An index with one of everything.
pub fn full() -> Index {
    let failed = AthleteRow {
        state: State::Failed,
        report: None,
        weekly_distance_m: vec![],
        weeks_from: None,
        findings_last_28_days: None,
        ..row("Broken", None, &["runhip.toml:1: unknown field"])
    };
    let empty = AthleteRow {
        state: State::NoRuns,
        report: None,
        weekly_distance_m: vec![],
        weeks_from: None,
        ..row("Empty", None, &["there are no files"])
    };
    let hostile = AthleteRow {
        folder: HOSTILE.into(),
        report: None,
        since_last: Some(HOSTILE.into()),
        ..row(HOSTILE, None, &[HOSTILE])
    };
    let signs = ["a fall or a blow · 14 Nov", "left hip pain · since 12 Nov", "c", "d", "e", "f"];
    Index {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: "runhip", version: "0.1.0" },
        redacted: false,
        as_of: day("2026-11-18"),
        compared_with: Some(day("2026-11-11")),
        not_compared: None,
        counts: Counts { warning_signs: 3, open_episodes: 1, fresh_findings: 1, failed: 1, without_runs: 1 },
        athletes: vec![
            row("Zero", Some(Priority::P0), &["numbness in the groin · 17 Nov"]),
            row("One", Some(Priority::P1), &signs),
            row("Two", Some(Priority::P2), &["severe pain · 1 Nov"]),
            row("Three", Some(Priority::P3), &["right hip pain · since 3 Nov"]),
            row("Four", Some(Priority::P4), &["too few rest days · 2–8 Nov"]),
            row("Five", Some(Priority::P5), &["left hip pain, ended · last noted 1 Nov"]),
            failed,
            hostile,
            row("Quiet", None, &[]),
            empty,
        ],
        links: vec![pooled("Weekly distance jump", "16 of 26 usable hip-pain episodes were preceded by a jump week.")],
        runner_links: RunnerLinks {
            results: 1,
            runners: 1,
            standing: vec![],
            text: "1 athlete has enough hip-pain episodes for results of their own; 1 such result was looked at. None stands.".into(),
        },
        gone: vec![GoneAthlete {
            name: HOSTILE.into(),
            folder: HOSTILE.into(),
            last_seen: day("2026-11-11"),
            attention: "P1".into(),
            warning_signs: vec!["limp/2026-11-09".into()],
            open_episode: None,
            is_new: true,
        }],
        left_alone: vec![UnreadPath { path: HOSTILE.into(), reason: "a hidden file".into() }],
        disclaimer: "This is no medical advice.".into(),
        seal: crate::report::seal::OPEN,
        units: Units::Km,
    }
}
