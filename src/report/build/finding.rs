//! Rows of rules and findings.

use crate::guidance;
use crate::model::episode::Warning;
use crate::model::finding::Finding;
use crate::model::reading::name_of;
use crate::model::warning_sign::RedFlag;
use crate::report::contract::{FindingRow, FindingSubject, FlagDetail, Number, RuleOutcome, RuleRow, ShoeState};
use crate::report::facts::{Facts, RuleResult};
use crate::rules::{Family, Rule, Verdict};

pub(super) fn all_findings<'a>(facts: &'a Facts<'_>) -> impl Iterator<Item = &'a Finding> {
    facts.judged.iter().flat_map(|judged| judged.outcome.findings())
}

pub(super) fn rule_row(judged: &RuleResult) -> RuleRow {
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
        detail: detail(finding, rule.sentence(finding, facts.view.units), guidance),
        tags: finding.tags.clone(),
        subject: subject(facts, finding),
    }
}

/// What a finding rests on, with its sentence and the guidance entries for it.
pub(crate) fn detail(finding: &Finding, message: String, guidance: Vec<String>) -> FlagDetail {
    FlagDetail {
        measured: finding.measured.map(Number),
        threshold: finding.threshold.map(Number),
        unit: finding.unit,
        message,
        runs: finding.runs.clone(),
        guidance,
    }
}

fn subject(facts: &Facts<'_>, finding: &Finding) -> FindingSubject {
    if let Some(name) = finding.shoes() {
        let state = if finding.has_tag("worn") { ShoeState::Worn } else { ShoeState::Due };
        return FindingSubject::Pair { name: name.to_owned(), state };
    }
    if Family::of(finding.rule) != Family::Signs {
        return FindingSubject::Running;
    }
    let mut flags: Vec<RedFlag> = signs(facts, finding).map(|warning| warning.flag).collect();
    flags.sort_by_key(|flag| name_of(*flag));
    FindingSubject::Signs(flags)
}

/// The warning signs of the note that a finding is about.
fn signs<'a>(facts: &'a Facts<'_>, finding: &'a Finding) -> impl Iterator<Item = &'a Warning> {
    let of_note = |warning: &&Warning| warning.note_date == finding.from;
    facts.warnings.iter().filter(of_note).filter(|warning| warning.episode.as_deref() == finding.episode())
}

/// The ids of the guidance entries for the signs of one note.
pub(super) fn sign_guidance(facts: &Facts<'_>, finding: &Finding) -> Vec<String> {
    let mut ids: Vec<String> = signs(facts, finding)
        .flat_map(|warning| guidance::for_sign(warning.flag, warning.priority))
        .map(|entry| entry.id.clone())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
