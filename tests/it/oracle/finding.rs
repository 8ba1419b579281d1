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
    /// Its days when looking for what came before an onset.
    pub flag_days: Vec<NaiveDate>,
    /// Its day in the statistics; `None` if they leave it out.
    pub link_day: Option<NaiveDate>,
    /// The shoe that it is about.
    pub shoe: Option<String>,
}

impl Finding {
    /// A finding from `from` to `to` with the id that follows from them, flagged on its last day and not used in the
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

/// Appends `-2`, `-3`, … in order to the second and later findings with the same id.
pub fn number_ties(findings: &mut [Finding]) {
    let ids: Vec<_> = findings.iter().map(|finding| finding.id.clone()).collect();
    for (index, finding) in findings.iter_mut().enumerate() {
        let earlier = ids[..index].iter().filter(|id| **id == finding.id).count();
        if earlier > 0 {
            finding.id = format!("{}-{}", finding.id, earlier + 1);
        }
    }
}
