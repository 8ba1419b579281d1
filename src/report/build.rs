//! From what was found to the rows of the report. Nothing is judged here: rows are sorted, ids are looked up and
//! sentences are asked of the rules that own them.

use std::collections::BTreeMap;

use crate::guidance;
use crate::link::Linked;
use crate::link::claim::Claim as LinkClaim;
use crate::model::episode::{Episode, Warning};
use crate::model::finding::Finding;
use crate::model::ledger::{FileOutcome, LedgerRow};
use crate::model::log::Entry;
use crate::model::reading::Flag;
use crate::plan::budget::Budget;
use crate::report::contract::{
    AdviceRow, Athlete, ChangeReason, Claim, DayView, EpisodeRow, FileRow, FindingRow, Import, ImportTotals, LinkRow,
    NullWindow, Number, PainRow, Plan, ProblemRow, RateRatio, Report, RuleOutcome, RuleRow, RunRow, SCHEMA_VERSION,
    Setting, ShoeRow, ShoeState, SourceRef, Tool, View, WarningRow, WeekRow, WindowCount,
};
use crate::report::facts::{Before, Facts, Judged, Noted};
use crate::report::week_sentence;
use crate::rules::worn_shoes::{State, state};
use crate::rules::{Rule, Verdict};
use crate::tables::{Baseline, Week};

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
        settings: settings(facts),
        athlete: athlete(facts),
        import: Import { files: facts.log.files.iter().map(file_row).collect(), totals: totals(facts) },
        runs: facts.runs.iter().zip(facts.pairs).map(|(run, &pair)| run_row(facts, run, pair)).collect(),
        weeks: facts.tables.weeks.iter().map(|week| week_row(facts, week)).collect(),
        shoes: shoes(facts),
        rules: facts.judged.iter().map(rule_row).collect(),
        findings,
        warnings: facts
            .warnings
            .iter()
            .zip(facts.standing)
            .map(|(warning, &leads)| warning_row(warning, leads))
            .collect(),
        pain: facts.notes.iter().map(pain_row).collect(),
        episodes: facts
            .episodes
            .iter()
            .zip(facts.before)
            .map(|(episode, before)| episode_row(episode, before))
            .collect(),
        links: facts.links.iter().map(link_row).collect(),
        plan: facts.plan.as_ref().map(plan),
        advice: facts.advice.iter().map(advice_row).collect(),
        since_last: None,
        not_compared: None,
        disclaimer: guidance::disclaimer().to_owned(),
        view: View {
            units: facts.view.units,
            since: facts.view.since,
            until: facts.view.until,
            days: days(facts),
            no_warning_sentence: no_warning_sentence(facts),
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

fn athlete(facts: &Facts<'_>) -> Athlete {
    let days = &facts.tables.days;
    let observed = days.iter().filter(|day| day.observed).count() as u64;
    let mut local_day_by = BTreeMap::new();
    for run in facts.runs {
        *local_day_by.entry(run.day_by).or_insert(0) += 1;
    }
    Athlete {
        name: facts.athlete.map(str::to_owned),
        log_from: days.first().map(|day| day.date),
        log_to: days.iter().rev().find(|day| day.runs > 0 || day.other_sport || day.note).map(|day| day.date),
        runs: facts.runs.len() as u64,
        distance_m: days.iter().map(|day| day.known_m).sum(),
        observed_days: observed,
        missing_days: days.len() as u64 - observed,
        local_day_by,
    }
}

fn totals(facts: &Facts<'_>) -> ImportTotals {
    let count = |outcome| facts.log.files.iter().filter(|row| row.outcome == outcome).count() as u64;
    ImportTotals {
        read: count(FileOutcome::Read),
        merged: count(FileOutcome::Merged),
        ignored: count(FileOutcome::Ignored),
        failed: count(FileOutcome::Failed),
        activities_in: facts.totals.activities_in,
        duplicates_merged: facts.totals.duplicates_merged,
        other_sport: facts.totals.other_sport,
        left_out: facts.totals.left_out,
        runs_out: facts.totals.runs_out,
    }
}

/// A ledger row as the report and `check` show it.
#[must_use]
pub fn file_row(row: &LedgerRow) -> FileRow {
    FileRow {
        path: row.path.clone(),
        format: row.format.clone(),
        dialect: row.dialect.clone(),
        outcome: row.outcome,
        activities: row.activities,
        notes: row.notes,
        reason: row.reason.clone(),
        problems: row
            .problems
            .iter()
            .map(|problem| ProblemRow {
                place: problem.place.to_string(),
                what: problem.what.clone(),
                hint: problem.hint.clone(),
                cost: problem.cost,
            })
            .collect(),
    }
}

fn run_row(facts: &Facts<'_>, run: &Entry, pair: Option<usize>) -> RunRow {
    let local_start = run.local_start.map(|start| {
        let clock = start.format("%Y-%m-%dT%H:%M:%S");
        match run.utc_offset_s.and_then(chrono::FixedOffset::east_opt) {
            Some(offset) => format!("{clock}{offset}"),
            None => clock.to_string(),
        }
    });
    RunRow {
        id: run.id.clone(),
        local_date: run.local_date,
        local_start,
        utc_offset_s: run.utc_offset_s,
        sport: run.sport.name().to_owned(),
        distance_m: run.distance.map(|distance| distance.m),
        distance_from: run.distance.map(|distance| distance.from),
        moving_s: run.moving_s,
        elapsed_s: run.elapsed_s,
        shoe: pair.map(|index| facts.tables.shoes[index].limits.name.clone()),
        sources: run.sources.clone(),
    }
}

fn week_row(facts: &Facts<'_>, week: &Week) -> WeekRow {
    let previous_m = match week.baseline {
        Baseline::Previous(metres) => Some(metres),
        _ => None,
    };
    let change = previous_m
        .zip(week.distance_m)
        .map(|(previous, total)| Number((real(total) - real(previous)) / real(previous)));
    let change_reason = match week.baseline {
        Baseline::Previous(_) => change.is_none().then_some(ChangeReason::UnknownDistance),
        Baseline::None => Some(ChangeReason::NoBaseline),
        Baseline::Incomplete => Some(ChangeReason::Incomplete),
        Baseline::Unobserved => Some(ChangeReason::Unobserved),
        Baseline::UnknownDistance => Some(ChangeReason::UnknownDistance),
    };
    let crossed_on = all_findings(facts)
        .find(|finding| finding.rule == "weekly-mileage-jump" && finding.from == week.start)
        .map(|finding| finding.dated);
    WeekRow {
        start: week.start,
        end: week.end,
        complete: week.complete,
        observed: week.observed,
        distance_m: week.distance_m,
        runs: week.runs,
        runs_without_distance: week.runs_without_distance,
        rest_days: week.rest_days,
        longest_run_m: week.longest_run_m,
        previous_m,
        mean4_m: week.four_before.map(|(sum, weeks)| (2 * sum + weeks) / (2 * weeks)),
        change,
        change_reason,
        crossed_on,
    }
}

#[expect(clippy::cast_precision_loss, reason = "metres of a week are far below 2^53")]
fn real(metres: u64) -> f64 {
    metres as f64
}

fn all_findings<'a>(facts: &'a Facts<'_>) -> impl Iterator<Item = &'a Finding> {
    facts.judged.iter().flat_map(|judged| judged.outcome.findings())
}

fn shoes(facts: &Facts<'_>) -> Vec<ShoeRow> {
    let log_from = facts.tables.days.first().map(|day| day.date);
    facts
        .tables
        .shoes
        .iter()
        .map(|shoe| ShoeRow {
            name: shoe.limits.name.clone(),
            distance_m: shoe.distance_m,
            runs: shoe.runs,
            first_used: shoe.first_used,
            last_used: shoe.last_used,
            state: match state(shoe, facts.as_of, log_from) {
                State::Ok => ShoeState::Ok,
                State::Due => ShoeState::Due,
                State::Worn => ShoeState::Worn,
                State::Retired => ShoeState::Retired,
                State::Unknown => ShoeState::Unknown,
            },
            due_m: shoe.limits.due_m,
            worn_m: shoe.limits.worn_m,
        })
        .collect()
}

fn rule_row(judged: &Judged) -> RuleRow {
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

fn finding_row(facts: &Facts<'_>, rule: &dyn Rule, finding: &Finding) -> FindingRow {
    let guidance = if finding.rule == "warning-sign" {
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
fn sign_guidance(facts: &Facts<'_>, finding: &Finding) -> Vec<String> {
    let mut ids: Vec<String> = facts
        .warnings
        .iter()
        .filter(|warning| warning.note_date == finding.from && warning.episode.as_deref() == finding.subject.as_deref())
        .flat_map(|warning| guidance::for_sign(warning.flag, warning.priority))
        .map(|entry| entry.id.clone())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn warning_row(warning: &Warning, leads: bool) -> WarningRow {
    WarningRow {
        flag: warning.flag,
        priority: warning.priority,
        note_date: warning.note_date,
        text: warning.text.clone(),
        episode: warning.episode.clone(),
        cleared_on: warning.cleared_on,
        leads,
    }
}

fn pain_row(noted: &Noted<'_>) -> PainRow {
    let reading = &noted.reading;
    let stands_alone = |flag: &Flag| matches!(flag, Flag::BowelBladder | Flag::SaddleNumbness);
    PainRow {
        date: noted.note.date,
        hip: reading.hip,
        assumed_hip: noted.assumed_hip,
        side: reading.side.filter(|_| reading.hip),
        region: reading.region.filter(|_| reading.hip),
        severity: reading.severity.map(Number),
        qualities: reading.qualities.clone(),
        timing: reading.timing.clone(),
        red_flags: reading.red_flags.iter().copied().filter(|flag| reading.hip || stands_alone(flag)).collect(),
        understood: reading.understood,
        text: noted.note.text.clone(),
        source: noted.note.source.clone(),
        spans: reading.spans.clone(),
    }
}

fn episode_row(episode: &Episode, before: &Before) -> EpisodeRow {
    EpisodeRow {
        id: episode.id.clone(),
        side: episode.side,
        region: episode.region,
        regions: episode.regions.clone(),
        onset: episode.onset,
        end: episode.end,
        open: episode.open,
        painful_days: episode.painful_days.len() as u64,
        peak_severity: episode.peak_severity.map(Number),
        qualities: episode.qualities.clone(),
        red_flags: episode.red_flags.clone(),
        injury: episode.injury,
        preceded_by: before.preceded_by.clone(),
        shoe_at_onset: before.shoe_at_onset.clone(),
        load: before.load,
    }
}

fn link_row(linked: &Linked) -> LinkRow {
    let days = |days: i64| u32::try_from(days).unwrap_or_default();
    LinkRow {
        rule: linked.preset.label,
        window_days: days(linked.preset.window.from_days),
        episodes_total: linked.episodes_total,
        episodes_usable: linked.episodes_usable,
        excluded: linked.excluded.clone(),
        exposed: linked.exposed,
        expected: linked.expected,
        exposed_share: linked.exposed_share,
        informative_strata: linked.informative_strata,
        rate_ratio: linked.rate_ratio.map(ratio_row),
        mantel_haenszel: linked.mantel_haenszel,
        p_exact: linked.p_exact,
        p_rotation: linked.p_rotation,
        p_holm: linked.p_holm,
        best_attainable_p: linked.best_attainable_p,
        seed: linked.seed,
        sensitivity: linked
            .sensitivity
            .iter()
            .map(|count| WindowCount {
                window_days: days(count.window_days),
                exposed: count.exposed,
                expected: count.expected,
            })
            .collect(),
        null_window: linked
            .null_window
            .and_then(|count| Some(NullWindow { exposed: count.exposed, expected: count.expected? })),
        claim: claim_row(linked.claim),
        text: linked.text.clone(),
        strata: linked.strata.clone(),
    }
}

/// A rate ratio as a report has it.
pub(crate) fn ratio_row(ratio: crate::link::RateRatio) -> RateRatio {
    RateRatio {
        estimate: ratio.estimate,
        low: ratio.low,
        high: ratio.high,
        low_unbounded: ratio.low.is_none(),
        high_unbounded: ratio.high.is_none(),
    }
}

/// A claim as a report has it.
pub(crate) fn claim_row(claim: LinkClaim) -> Claim {
    match claim {
        LinkClaim::TimelineOnly => Claim::TimelineOnly,
        LinkClaim::CountsOnly => Claim::CountsOnly,
        LinkClaim::CannotBeTested => Claim::CannotBeTested,
        LinkClaim::NotShown => Claim::NotShown,
        LinkClaim::MoreOftenThanChance => Claim::MoreOftenThanChance,
    }
}

fn plan(budget: &Budget) -> Plan {
    Plan {
        week_start: budget.week_start,
        so_far_m: budget.so_far_m,
        distance_cap_m: budget.distance_cap_m,
        longest_run_cap_m: budget.longest_run_cap_m,
        min_rest_days: budget.min_rest_days,
        because: budget.because.clone(),
    }
}

fn advice_row(advice: &guidance::Advice) -> AdviceRow {
    AdviceRow {
        priority: advice.priority,
        kind: advice.kind,
        text: advice.text.clone(),
        guidance: advice.guidance.clone(),
        sources: advice
            .sources
            .iter()
            .map(|source| SourceRef { title: source.title.clone(), section: source.section.clone() })
            .collect(),
        because: advice.because.clone(),
    }
}

fn days(facts: &Facts<'_>) -> Vec<DayView> {
    let mut pain: BTreeMap<chrono::NaiveDate, Option<f64>> = BTreeMap::new();
    for noted in facts.notes.iter().filter(|noted| noted.reading.hip && noted.reading.severity != Some(0.0)) {
        let highest = pain.entry(noted.note.date).or_insert(None);
        *highest = [*highest, noted.reading.severity].into_iter().flatten().reduce(f64::max);
    }
    facts
        .tables
        .days
        .iter()
        .map(|day| DayView {
            date: day.date,
            observed: day.observed,
            runs: day.runs,
            distance_m: (day.runs > day.runs_without_distance || day.runs == 0).then_some(day.known_m),
            other_sport: day.other_sport,
            pain: pain.get(&day.date).map(|score| score.map(Number)),
            in_episode: facts.episodes.iter().any(|episode| (episode.onset..=episode.end).contains(&day.date)),
        })
        .collect()
}

/// Said only where every note was understood, none could have been lost and none holds a sign, however old.
fn no_warning_sentence(facts: &Facts<'_>) -> Option<String> {
    let all_understood = facts.notes.iter().all(|noted| noted.reading.understood);
    let may_hold_notes = |row: &LedgerRow| row.format.as_deref().is_none_or(|format| matches!(format, "csv" | "text"));
    let none_lost = !facts.log.files.iter().any(|row| may_hold_notes(row) && row.lost_something());
    (!facts.notes.is_empty() && all_understood && none_lost && facts.warnings.is_empty())
        .then(|| "No warning sign was found in these notes. This tool reads short notes and can miss them.".to_owned())
}
