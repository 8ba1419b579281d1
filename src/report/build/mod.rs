//! Turns the results into the rows of the report. Nothing is judged here: rows are sorted, ids are looked up, and
//! sentences come from the rules that own them.

mod finding;
mod link;
mod load;
mod pain;
mod read;

use std::collections::BTreeMap;

use crate::guidance;
use crate::report::contract::{FindingRow, Import, Number, Report, SCHEMA_VERSION, Setting, Tool, View, WarningRow};
use crate::report::facts::Facts;
use crate::report::{seal, week_sentence};
use finding::{finding_row, rule_row};
use link::link_row;
use load::{shoes, week_row};
use pain::{days, episode_row, no_warning_sentence, pain_row};
use read::{athlete, run_row, totals};

pub(crate) use finding::detail;
pub(crate) use link::window_days;

/// Builds the report.
#[must_use]
pub fn report(facts: &Facts<'_>) -> Report {
    let mut findings: Vec<FindingRow> = facts
        .judged
        .iter()
        .flat_map(|judged| judged.outcome.findings().iter().map(|finding| finding_row(facts, judged.rule, finding)))
        .collect();
    findings.sort_by(|a, b| (a.from, &a.id).cmp(&(b.from, &b.id)));
    let mut report = Report {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        redacted: false,
        as_of: facts.as_of,
        as_of_last_entry: false,
        settings: settings(facts),
        athlete: athlete(facts),
        import: Import {
            files: facts.log.files.clone(),
            assumptions: facts.log.assumptions.clone(),
            totals: totals(facts),
        },
        runs: facts.runs.iter().zip(facts.pairs).map(|(run, &pair)| run_row(facts, run, pair)).collect(),
        weeks: facts.tables.weeks.iter().map(|week| week_row(facts, week)).collect(),
        recent: facts.recent,
        shoes: shoes(facts),
        rules: facts.judged.iter().map(rule_row).collect(),
        findings,
        warnings: facts
            .warnings
            .iter()
            .zip(facts.standing)
            .map(|(warning, &leads)| WarningRow { warning: warning.clone(), leads })
            .collect(),
        pain: facts.notes.iter().map(pain_row).collect(),
        episodes: facts
            .episodes
            .iter()
            .zip(facts.before)
            .map(|(episode, before)| episode_row(episode, before))
            .collect(),
        links: facts.links.iter().map(link_row).collect(),
        plan: facts.plan.clone(),
        planned: Vec::new(),
        advice: facts.advice.to_vec(),
        since_last: None,
        not_compared: None,
        disclaimer: guidance::disclaimer().to_owned(),
        seal: seal::OPEN,
        view: View {
            units: facts.view.units,
            since: facts.view.since,
            until: facts.view.until,
            days: days(facts),
            no_warning_sentence: no_warning_sentence(facts),
            emergency_number: None,
            this_week: String::new(),
        },
    };
    report.view.this_week = week_sentence::this_week(&report);
    report
}

fn settings(facts: &Facts<'_>) -> BTreeMap<String, Setting> {
    facts
        .thresholds
        .iter()
        .map(|threshold| {
            let setting = Setting {
                value: Number(facts.settings.in_unit(threshold)),
                unit: threshold.unit,
                origin: facts.settings.origin(threshold),
                meaning: threshold.meaning,
            };
            (threshold.key.to_owned(), setting)
        })
        .collect()
}
