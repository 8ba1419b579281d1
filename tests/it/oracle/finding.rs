//! One finding as the oracle expects it, and its form in the JSON.

use chrono::NaiveDate;
use serde_json::{Value, json};

#[derive(Clone, Debug)]
pub struct Finding {
    pub id: String,
    pub rule: &'static str,
    pub severity: &'static str,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub current: bool,
    /// Measure, threshold and unit.
    pub figures: (f64, Option<f64>, &'static str),
    pub runs: Vec<String>,
    pub tags: Vec<&'static str>,
    /// The days it is dated on when asking what came before an onset.
    pub flag_days: Vec<NaiveDate>,
    /// The day the statistics date it on; `None` where they leave it out.
    pub link_day: Option<NaiveDate>,
    /// The shoe it is about.
    pub shoe: Option<String>,
}

impl Finding {
    /// A finding from `from` to `to` with the id that follows from it, flagged on its last day and used by no
    /// statistics.
    pub fn new(rule: &'static str, severity: &'static str, from: NaiveDate, to: NaiveDate) -> Self {
        Self {
            id: format!("{rule}/{from}"),
            rule,
            severity,
            from,
            to,
            current: false,
            figures: (0.0, None, "count"),
            runs: Vec::new(),
            tags: Vec::new(),
            flag_days: vec![to],
            link_day: None,
            shoe: None,
        }
    }

    pub fn row(&self) -> Value {
        let (measured, threshold, unit) = self.figures;
        json!({
            "id": self.id,
            "rule": self.rule,
            "severity": self.severity,
            "from": self.from,
            "to": self.to,
            "current": self.current,
            "runs": self.runs,
            "tags": self.tags,
            "measured": measured,
            "threshold": threshold,
            "unit": unit,
        })
    }
}

/// Gives the second and later findings with one id a `-2`, `-3`, … in their order.
pub fn number_ties(findings: &mut [Finding]) {
    let ids: Vec<_> = findings.iter().map(|finding| finding.id.clone()).collect();
    for (index, finding) in findings.iter_mut().enumerate() {
        let earlier = ids[..index].iter().filter(|id| **id == finding.id).count();
        if earlier > 0 {
            finding.id = format!("{}-{}", finding.id, earlier + 1);
        }
    }
}
