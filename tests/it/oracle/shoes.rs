//! Shoes by plain sums over runs.
//!
//! Readings of the contract chosen here:
//! - a pair past its `to` date is `retired` whatever its distance, and keeps its findings;
//! - a worn-shoes finding is dated the day the distance reached the limit, its measure is all the distance on the pair up
//!   to `as_of`, its threshold the limit, its run the one that reached it, its tag the state;
//! - "in use" is a run on one of the last 28 days up to `as_of`.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::oracle::finding::Finding;
use crate::oracle::log::{Log, Run, Shoe, after};

fn runs_on<'a>(log: &'a Log, shoe: &Shoe) -> Vec<&'a Run> {
    log.runs.iter().filter(|run| run.shoe.as_ref() == Some(&shoe.name)).collect()
}

/// Known metres on a pair at the end of a day.
pub fn metres_on(log: &Log, shoe: &Shoe, day: NaiveDate) -> u64 {
    let run_m: u64 = runs_on(log, shoe).iter().filter(|run| run.date <= day).filter_map(|run| run.distance_m).sum();
    shoe.initial_m.unwrap_or(0) + run_m
}

pub fn row(log: &Log, shoe: &Shoe) -> Value {
    let runs = runs_on(log, shoe);
    let distance_m = metres_on(log, shoe, log.as_of);
    let first = runs.iter().map(|run| run.date).min();
    let history_open = shoe.initial_m.is_none() && first.is_some_and(|first| first <= after(log.log_from(), 30));
    let state = if shoe.to.is_some_and(|to| to < log.as_of) {
        "retired"
    } else if distance_m >= shoe.worn_m {
        "worn"
    } else if distance_m >= shoe.due_m {
        "due"
    } else if history_open || runs.iter().any(|run| run.distance_m.is_none()) {
        "unknown"
    } else {
        "ok"
    };
    json!({
        "name": shoe.name,
        "distance_m": distance_m,
        "runs": runs.len(),
        "first_used": first,
        "last_used": runs.iter().map(|run| run.date).max(),
        "state": state,
        "due_m": shoe.due_m,
        "worn_m": shoe.worn_m,
    })
}

pub fn findings(log: &Log) -> Vec<Finding> {
    let mut findings = Vec::new();
    for shoe in &log.shoes {
        let runs = runs_on(log, shoe);
        let in_use = runs.iter().any(|run| log.recent(run.date));
        for (state, severity, limit_m) in [("due", "notice", shoe.due_m), ("worn", "warning", shoe.worn_m)] {
            let mut total_m = shoe.initial_m.unwrap_or(0);
            let crossed = runs.iter().find(|run| {
                total_m += run.distance_m.unwrap_or(0);
                total_m >= limit_m
            });
            let Some(crossed) = crossed else { continue };
            let slug = shoe.name.to_lowercase().replace(' ', "-");
            findings.push(Finding {
                id: format!("worn-shoes/{slug}/{state}"),
                current: in_use || log.recent(crossed.date),
                figures: (metres_on(log, shoe, log.as_of) as f64, Some(limit_m as f64), "m"),
                tags: vec![state],
                runs: vec![crossed.id.clone()],
                shoe: Some(shoe.name.clone()),
                ..Finding::new("worn-shoes", severity, crossed.date, crossed.date)
            });
        }
    }
    findings
}

mod tests {
    use super::*;
    use crate::oracle::log::{date, tiny};

    #[test]
    fn a_pair_is_dated_on_the_run_that_reached_the_limit() {
        let mut log = tiny("2026-03-01", &["2026-01-05 10km", "2026-01-06 10km", "2026-01-07 10km"]);
        log.shoes[0] = Shoe { initial_m: Some(5_000), due_m: 15_000, worn_m: 30_000, ..log.shoes[0].clone() };
        let findings = findings(&log);
        let dated: Vec<_> = findings.iter().map(|finding| (finding.severity, finding.from.to_string())).collect();
        assert_eq!(dated, [("notice", "2026-01-05".to_owned()), ("warning", "2026-01-07".to_owned())]);
        assert_eq!(findings[0].figures, (35_000.0, Some(15_000.0), "m"));
        assert!(findings.iter().all(|finding| !finding.current), "not run in since January");
        assert_eq!(metres_on(&log, &log.shoes[0], date("2026-01-06")), 25_000);
        assert_eq!(row(&log, &log.shoes[0])["state"], "worn");
    }

    #[test]
    fn a_pair_with_something_missing_is_unknown() {
        let mut log = tiny("2026-03-01", &["2026-01-05 10km", "2026-01-06 ?km"]);
        assert_eq!(row(&log, &log.shoes[0])["state"], "unknown");
        log.shoes[0].to = Some(date("2026-02-28"));
        assert_eq!(row(&log, &log.shoes[0])["state"], "retired");
    }
}
