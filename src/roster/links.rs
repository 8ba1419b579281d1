//! Combines the athletes' link statistics: pools each rule's strata, one for each half-year of each athlete, and
//! lists the athletes' own results that remain significant.

use std::collections::BTreeMap;

use crate::link::exact::Stratum;
use crate::link::preset::Preset;
use crate::link::together::{Together, standing, together};
use crate::report::build::window_days;
use crate::report::contract::{Claim, LinkRow, Report};
use crate::report::index::contract::{PooledRow, RunnerLinks, StandingLink};
use crate::report::index::shard::ShardTest;
use crate::report::wording;
use crate::rules::{self, Rule};

use super::AthleteSummary;

/// Athletes named in the sentence; the rest are only counted.
const NAMED: usize = 5;

/// What is kept of one rule's link of one athlete.
#[derive(Clone, Debug)]
pub(super) struct LinkTest {
    rule: &'static str,
    episodes_total: u64,
    excluded: BTreeMap<String, u64>,
    strata: Vec<Stratum>,
    p_step_down: Option<f64>,
    p_holm: Option<f64>,
    claim: Claim,
}

impl LinkTest {
    /// The form kept in a shard. P-values are text, since a number in JSON may be read back with another last digit.
    pub(super) fn kept(self) -> ShardTest {
        ShardTest {
            rule: self.rule.to_owned(),
            episodes_total: self.episodes_total,
            excluded: self.excluded,
            strata: self.strata.iter().map(|s| [s.days, s.exposed_days, s.onsets, s.exposed_onsets]).collect(),
            p_step_down: self.p_step_down.map(|p| p.to_string()),
            p_holm: self.p_holm.map(|p| p.to_string()),
            claim: self.claim,
        }
    }

    /// Reads it from a shard; `None` if it was not written by this version.
    pub(super) fn read(from: ShardTest) -> Option<Self> {
        let number =
            |text: Option<String>| text.map(|text| text.parse::<f64>().ok()).map_or(Some(None), |p| p.map(Some));
        let stratum = |[days, exposed_days, onsets, exposed_onsets]: [u64; 4]| Stratum {
            days,
            exposed_days,
            onsets,
            exposed_onsets,
        };
        Some(Self {
            rule: rules::presets().map(|preset| preset.label).find(|label| *label == from.rule)?,
            episodes_total: from.episodes_total,
            excluded: from.excluded,
            strata: from.strata.into_iter().map(stratum).collect(),
            p_step_down: number(from.p_step_down)?,
            p_holm: number(from.p_holm)?,
            claim: from.claim,
        })
    }
}

/// The data that a report contributes to pooling.
pub(super) fn tests(report: &Report) -> Vec<LinkTest> {
    let keep = |link: &LinkRow| LinkTest {
        rule: link.rule,
        episodes_total: link.linked.episodes_total,
        excluded: link.linked.excluded.clone(),
        // Blocks without a day at risk do not count.
        strata: link.linked.strata.iter().copied().filter(|stratum| stratum.days > 0).collect(),
        p_step_down: link.linked.p_step_down,
        p_holm: link.linked.p_holm,
        claim: link.linked.claim,
    };
    report.links.iter().map(keep).collect()
}

/// The pooled rows, and the athletes' own results.
pub(super) fn pooled(athletes: &[AthleteSummary]) -> (Vec<PooledRow>, RunnerLinks) {
    let of = |rule: &str| athletes.iter().flat_map(|one| &one.tests).filter(move |test| test.rule == rule).collect();
    let presets: Vec<Preset> = rules::presets().collect();
    let tests: Vec<Vec<&LinkTest>> = presets.iter().map(|preset| of(preset.label)).collect();
    let labels: Vec<_> = presets
        .iter()
        .zip(&tests)
        .map(|(preset, tests)| (*preset, tests.iter().map(|test| test.strata.clone()).collect::<Vec<_>>()))
        .collect();
    let rows = together(&labels).into_iter().zip(&tests).map(|(all, tests)| row(all, tests)).collect();
    (rows, runner_links(athletes))
}

fn row(all: Together, tests: &[&LinkTest]) -> PooledRow {
    let mut excluded: BTreeMap<String, u64> = BTreeMap::new();
    for (reason, n) in tests.iter().flat_map(|test| &test.excluded) {
        *excluded.entry(reason.clone()).or_default() += n;
    }
    PooledRow {
        rule: all.preset.label,
        title: title(all.preset.label),
        window_days: window_days(&all.preset),
        episodes_total: tests.iter().map(|test| test.episodes_total).sum(),
        episodes_usable: all.episodes_usable,
        excluded,
        together: all,
    }
}

fn title(rule: &str) -> &'static str {
    rules::registry().map(Rule::meta).find(|meta| meta.id == rule).map_or("", |meta| meta.title)
}

/// Adjusts all athletes' p-values together. Each is already adjusted over that athlete's own tests, so nothing is
/// significant here that is not so in the athlete's report.
fn runner_links(athletes: &[AthleteSummary]) -> RunnerLinks {
    let results: Vec<(&AthleteSummary, &LinkTest, f64)> = athletes
        .iter()
        .flat_map(|one| one.tests.iter().filter_map(move |test| Some((one, test, test.p_step_down?))))
        .collect();
    let p: Vec<f64> = results.iter().map(|(_, _, p)| *p).collect();
    let stands: Vec<StandingLink> = results
        .iter()
        .zip(standing(&p))
        .filter(|((_, test, _), (_, stands))| *stands && test.claim == Claim::MoreOftenThanChance)
        .map(|((one, test, p_step_down), (p_adjusted, _))| StandingLink {
            name: one.row.name.clone(),
            folder: one.row.folder.clone(),
            rule: test.rule,
            p_step_down: *p_step_down,
            p_holm: test.p_holm.unwrap_or(1.0),
            p_adjusted,
        })
        .collect();
    let runners = athletes.iter().filter(|one| one.tests.iter().any(|test| test.p_step_down.is_some())).count() as u64;
    let text = sentence(results.len() as u64, runners, &stands);
    RunnerLinks { results: results.len() as u64, runners, standing: stands, text }
}

fn sentence(results: u64, runners: u64, stands: &[StandingLink]) -> String {
    if results == 0 {
        return "No athlete has enough hip-pain episodes for a result of their own.".to_owned();
    }
    // More athletes may contribute to the pooled figures, with fewer episodes than a result of their own needs.
    let looked = format!(
        "{} enough hip-pain episodes for results of their own; {} looked at",
        wording::counted(runners, "athlete has", "athletes have"),
        wording::counted(results, "such result was", "such results were"),
    );
    let allowed = "once it is allowed for that many were looked at (Benjamini–Hochberg)";
    if stands.is_empty() {
        return format!("{looked}. None stands {allowed}.");
    }
    let mut named: Vec<String> = stands
        .iter()
        .take(NAMED)
        .map(|one| format!("{}, {}", wording::name(&one.name), title(one.rule).to_lowercase()))
        .collect();
    if stands.len() > NAMED {
        named.push(format!("{} more", stands.len() - NAMED));
    }
    let stand = if stands.len() == 1 { "One stands" } else { "These stand" };
    format!("{looked}. {stand} {allowed}: {}.", named.join("; "))
}
