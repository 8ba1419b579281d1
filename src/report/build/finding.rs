//! Rows of rules and findings.

use crate::guidance;
use crate::model::finding::Finding;
use crate::report::contract::{FindingRow, Number, RuleOutcome, RuleRow};
use crate::report::facts::{Facts, Judged};
use crate::rules::{Family, Rule, Verdict};

pub(super) fn all_findings<'a>(facts: &'a Facts<'_>) -> impl Iterator<Item = &'a Finding> {
    facts.judged.iter().flat_map(|judged| judged.outcome.findings())
}

pub(super) fn rule_row(judged: &Judged) -> RuleRow {
    let meta = judged.rule.meta();
    let (outcome, reason) = match &judged.outcome.verdict {
        Verdict::Found(_) => (RuleOutcome::Found, None),
        Verdict::Clear => (RuleOutcome::Clear, None),
        Verdict::NotAssessed(reason) => (RuleOutcome::NotAssessed, Some((*reason).to_owned())),
    };
    RuleRow {
        rule: meta.id,
        title: meta.title,
        outcome,
        reason,
        assessed: judged.outcome.assessed,
        flagged: judged.outcome.flagged,
    }
}

pub(super) fn finding_row(facts: &Facts<'_>, rule: &dyn Rule, finding: &Finding) -> FindingRow {
    let guidance = if rule.meta().family == Family::Signs {
        sign_guidance(facts, finding)
    } else {
        guidance::for_rule(finding.rule).map(|entry| entry.id.clone()).collect()
    };
    FindingRow {
        id: finding.id.clone(),
        rule: finding.rule,
        severity: finding.severity,
        from: finding.from,
        to: finding.to,
        current: facts.current.contains(&finding.id),
        measured: finding.measured.map(Number),
        threshold: finding.threshold.map(Number),
        unit: finding.unit,
        message: rule.sentence(finding, facts.view.units),
        runs: finding.runs.clone(),
        guidance,
        tags: finding.tags.clone(),
    }
}

/// The entries for the signs of one note.
pub(super) fn sign_guidance(facts: &Facts<'_>, finding: &Finding) -> Vec<String> {
    let mut ids: Vec<String> = facts
        .warnings
        .iter()
        .filter(|warning| warning.note_date == finding.from && warning.episode.as_deref() == finding.episode())
        .flat_map(|warning| guidance::for_sign(warning.flag, warning.priority))
        .map(|entry| entry.id.clone())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
