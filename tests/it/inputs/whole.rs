//! A whole log, from its files to every format of its report: a run log, notes and a configuration, separated by form
//! feeds.

use runhip::model::concern::ConcernClassifier;
use runhip::pain::concern;
use std::fs;

use chrono::NaiveDate;
use chrono_tz::Tz;
use runhip::analysis::redaction::{Redaction, Shift};
use runhip::analysis::{self, Request};
use runhip::config::{Config, WeekStart};
use runhip::import::csv::CsvOptions;
use runhip::import::{self, Options};
use runhip::model::limits::Limits;
use runhip::model::units::Units;
use runhip::report::summary::Look;
use runhip::report::{html, json, markdown, summary};
use serde_json::Value;

/// The parts of an input, in order; a missing one is empty.
const FILES: [&str; 2] = ["runs.csv", "pain.md"];

pub fn report(bytes: &[u8]) {
    let mut parts = bytes.splitn(3, |byte| *byte == b'\x0c');
    let place = tempfile::tempdir().expect("a folder");
    for name in FILES {
        fs::write(place.path().join(name), parts.next().unwrap_or_default()).expect("written");
    }
    let config = Config::parse(&String::from_utf8_lossy(parts.next().unwrap_or_default())).unwrap_or_default();
    let Ok(settings) = analysis::settings(&config) else { return };
    let as_of = NaiveDate::from_ymd_opt(2026, 3, 4).expect("a day");
    let options = Options {
        ignore: Vec::new(),
        csv: CsvOptions::default(),
        untyped: runhip::config::Untyped::Run,
        timezone: config.timezone,
        machine_zone: Tz::Pacific__Auckland,
        today: as_of,
        limits: Limits::default(),
        classifier: ConcernClassifier(concern::of),
        corrections: Vec::new(),
        not_theirs: std::collections::BTreeSet::new(),
        cache: None,
        one_by_one: false,
    };
    let Ok(log) = import::import(&[place.path().to_owned()], &options, &|_, _| {}) else { return };
    let redaction = Redaction { name: "athlete-1".to_owned(), shift: Shift::of_weeks(1_000) };
    for redact_as in [None, Some(redaction)] {
        let request = Request {
            as_of,
            athlete: config.athlete.clone(),
            units: Units::Mi,
            week_start: WeekStart::Sunday,
            since: None,
            until: None,
            redact_as,
        };
        let Ok(report) = analysis::analyse(&log, &config, &settings, &request) else { continue };
        adds_up(&serde_json::from_str(&json::render(&report)).expect("JSON"));
        let page = html::render(&report);
        assert!(!page.contains("<script") && page.trim_end().ends_with("</html>"));
        let look = Look { width: 60, verbose: true };
        // The terminal's own colours begin with an escape.
        let terminal = summary::render(&report, &look).replace("\u{1b}[", "");
        // A page shows a tab as a space.
        for text in [page.replace('\t', " "), markdown::render(&report), terminal] {
            let told = text.chars().find(|letter| letter.is_control() && *letter != '\n');
            assert_eq!(told, None, "a control character is told as it is");
            // Every format shows what the most urgent standing sign calls for. A terminal page may break lines
            // anywhere.
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let leading = report.warnings.iter().filter(|sign| sign.leads).map(|sign| sign.warning.priority).min();
            if let Some(priority) = leading {
                let line = report.advice.iter().find(|line| line.priority == priority);
                let asks = line.and_then(|line| line.text.call.as_deref()).expect("a line for each sign");
                assert!(text.contains(asks), "{asks}");
            }
        }
        assert!(!place.path().to_str().is_some_and(|path| json::render(&report).contains(path)), "a whole path");
    }
}

/// The sums in a report equal those of its runs.
fn adds_up(report: &Value) {
    let rows = |name: &str| report[name].as_array().expect("rows");
    let sum = |name: &str, field: &str| rows(name).iter().filter_map(|row| row[field].as_u64()).sum::<u64>();
    let runs = rows("runs").len() as u64;
    assert_eq!(report["athlete"]["runs"], runs);
    assert_eq!(report["athlete"]["distance_m"], sum("runs", "distance_m"));
    assert_eq!((sum("weeks", "runs"), sum("weeks", "distance_m")), (runs, sum("runs", "distance_m")));
    let totals = &report["import"]["totals"];
    let count = |key: &str| totals[key].as_u64().expect("a count");
    let out = ["runs_out", "duplicates_merged", "other_sport", "left_out"].map(count).iter().sum::<u64>();
    assert_eq!((count("activities_in"), count("runs_out")), (out, runs));
}
