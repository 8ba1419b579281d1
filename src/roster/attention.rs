//! Who needs attention first, and why, by the guidance's ladder: warning signs by their own priority; open pain,
//! first where the athlete runs through it (P3: stop and rest); findings on load, rest and shoes (P4); pain that has
//! recently ended (P5: rebuild). This is the tool's own default: the guidance orders advice for one runner, not
//! runners.

use chrono::NaiveDate;

use crate::model::finding::Severity;
use crate::model::ledger::FileOutcome;
use crate::model::reading::Priority;
use crate::report::contract::{EpisodeRow, FindingRow, PainRow, Report};
use crate::report::wording;
use crate::rules::CURRENT_DAYS;
use crate::rules::Family;
use crate::tables::BLANK_DAYS;

use super::is_recent;

/// Reasons of one kind that are listed; the rest are only counted.
const FEW: usize = 3;

/// An athlete's place in the index, most in need of attention first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// A warning sign leads the report.
    Sign(Priority),
    /// An episode is open, and the athlete has run during it.
    ThroughPain,
    /// An episode is open.
    Open,
    /// A note of the last 28 days was not understood and may contain a warning sign.
    Unread,
    /// There is a finding of the last 28 days.
    Fresh,
    /// An older finding still holds, such as shoes in use past their window.
    Standing,
    /// Pain ended within the last 28 days.
    PainOver,
    /// Nothing could be read.
    Failed,
    /// Nothing has been logged lately, or something was not understood.
    Doubt,
    /// None of these applies.
    Quiet,
    /// There is no run.
    NoRuns,
}

impl Rank {
    /// The rank's step on the ladder.
    pub(super) fn attention(self) -> Option<Priority> {
        match self {
            Self::Sign(priority) => Some(priority),
            Self::ThroughPain | Self::Open => Some(Priority::P3),
            Self::Fresh | Self::Standing => Some(Priority::P4),
            Self::PainOver => Some(Priority::P5),
            Self::Unread | Self::Failed | Self::Doubt | Self::Quiet | Self::NoRuns => None,
        }
    }
}

/// An athlete's rank and the reasons for it.
pub(super) struct Attention {
    pub rank: Rank,
    pub reasons: Vec<String>,
}

/// The rank and all reasons that a report gives, including those of lower steps.
pub(super) fn of(report: &Report) -> Attention {
    let mut judged = Attention { rank: Rank::Quiet, reasons: Vec::new() };
    signs(&mut judged, report);
    let open = open_episodes(&mut judged, report);
    unread(&mut judged, report);
    findings(&mut judged, report, open);
    if open == 0 {
        ended(&mut judged, report);
    }
    doubts(&mut judged, report);
    judged
}

impl Attention {
    fn add(&mut self, rank: Rank, reasons: impl IntoIterator<Item = String>) {
        let before = self.reasons.len();
        self.reasons.extend(reasons);
        if self.reasons.len() > before {
            self.rank = self.rank.min(rank);
        }
    }
}

fn signs(judged: &mut Attention, report: &Report) {
    let mut leading: Vec<_> = report.warnings.iter().filter(|row| row.leads).map(|row| &row.warning).collect();
    leading.sort_by_key(|warning| (warning.urgency(), std::cmp::Reverse(warning.note_date)));
    let Some(first) = leading.first() else { return };
    let rank = Rank::Sign(first.urgency());
    let mut flags = Vec::new();
    let words: Vec<String> = leading
        .iter()
        .filter(|warning| {
            let new = !flags.contains(&warning.flag);
            flags.push(warning.flag);
            new
        })
        .map(|warning| format!("{} ·\u{a0}{}", warning.flag.words(), wording::near(warning.note_date, report.as_of)))
        .collect();
    judged.add(rank, few(words, "more warning sign", "more warning signs"));
}

fn open_episodes(judged: &mut Attention, report: &Report) -> usize {
    let open: Vec<&EpisodeRow> = report.episodes.iter().rev().filter(|episode| episode.open).collect();
    for episode in &open {
        let peak = episode.peak_severity.map_or_else(String::new, |peak| format!(", up to {}", wording::score(peak)));
        let since = wording::near(episode.onset, report.as_of);
        let words = format!("{} pain{peak} ·\u{a0}since {since}", wording::hip_short(episode.side));
        judged.add(Rank::Open, [words]);
    }
    if let Some(first) = open.iter().map(|episode| episode.onset).min() {
        let through =
            report.findings.iter().filter(|found| is_through_pain(found) && found.current && found.from >= first);
        for found in through {
            let runs = found.detail.runs.len() as u64;
            let words = wording::counted(runs, "run with that pain", "runs with that pain");
            let days = wording::near_range(found.from, found.to, report.as_of);
            judged.add(Rank::ThroughPain, [format!("{words} ·\u{a0}{days}")]);
        }
    }
    open.len()
}

fn is_through_pain(found: &FindingRow) -> bool {
    Family::of(found.rule) == Family::Pain
}

/// Notes of the last 28 days that somebody has to read.
fn unread(judged: &mut Attention, report: &Report) {
    let of_late: Vec<_> = report.pain.iter().filter(|note| note.is_unread_of_late(report.as_of)).collect();
    let Some(last) = of_late.iter().map(|note| note.date).max() else { return };
    let words = wording::counted(of_late.len() as u64, "note to read yourself", "notes to read yourself");
    judged.add(Rank::Unread, [format!("{words} ·\u{a0}{}", wording::near(last, report.as_of))]);
}

/// A line for each rule, most severe first: recent findings, then older ones that still hold.
fn findings(judged: &mut Attention, report: &Report, open: usize) {
    let told = |found: &FindingRow| found.is_sign() || (open > 0 && is_through_pain(found));
    let telling = |found: &&FindingRow| found.severity >= Severity::Notice && !told(found);
    let recent = |found: &FindingRow| is_recent(found, report.as_of);
    let fresh: Vec<&FindingRow> = report.findings.iter().filter(telling).filter(|found| recent(found)).collect();
    let old: Vec<&FindingRow> =
        report.findings.iter().filter(telling).filter(|found| found.current && !recent(found)).collect();
    judged.add(Rank::Fresh, by_rule(report, &fresh));
    judged.add(Rank::Standing, by_rule(report, &old));
}

fn by_rule(report: &Report, found: &[&FindingRow]) -> Vec<String> {
    let mut lines: Vec<(std::cmp::Reverse<Severity>, usize, String)> = report
        .rules
        .iter()
        .enumerate()
        .filter_map(|(at, rule)| {
            let of_rule: Vec<&&FindingRow> = found.iter().filter(|found| found.rule == rule.rule).collect();
            let last = of_rule.iter().max_by_key(|found| (found.to, found.from))?;
            let heaviest = of_rule.iter().map(|found| found.severity).max()?;
            let days = wording::near_range(last.from, last.to, report.as_of);
            let title = rule.title.to_lowercase();
            let words = match of_rule.len() {
                1 => format!("{title} ·\u{a0}{days}"),
                times => format!("{title}, {times} times ·\u{a0}last {days}"),
            };
            Some((std::cmp::Reverse(heaviest), at, words))
        })
        .collect();
    lines.sort();
    lines.into_iter().map(|(_, _, words)| words).collect()
}

/// Pain that ended in the last 28 days.
fn ended(judged: &mut Attention, report: &Report) {
    let lately = |episode: &&EpisodeRow| (report.as_of - episode.end).num_days() < i64::from(CURRENT_DAYS.default);
    let lines = report.episodes.iter().rev().filter(lately).map(|episode| {
        let end = wording::near(episode.end, report.as_of);
        format!("{} pain, ended ·\u{a0}last noted {end}", wording::hip_short(episode.side))
    });
    judged.add(Rank::PainOver, lines.take(FEW));
}

/// Why the picture may be incomplete.
fn doubts(judged: &mut Attention, report: &Report) {
    let dark = |last: &NaiveDate| (report.as_of - *last).num_days() >= i64::from(BLANK_DAYS.default);
    let silent = report.athlete.log_to.filter(dark);
    judged.add(
        Rank::Doubt,
        silent.map(|last| format!("nothing logged ·\u{a0}since {}", wording::near(last, report.as_of))),
    );
    let earlier = |note: &&PainRow| !note.understood && !note.is_unread_of_late(report.as_of);
    let unread = report.pain.iter().filter(earlier).count() as u64;
    let left_out = report.import.files.iter().map(|row| row.lines_left_out().count() as u64).sum();
    let lines = [
        (left_out, "line of notes was left out", "lines of notes were left out"),
        (unread, "earlier note was not understood", "earlier notes were not understood"),
        (
            report.import.files.iter().filter(|file| file.outcome == FileOutcome::Failed).count() as u64,
            "file could not be read",
            "files could not be read",
        ),
    ];
    for (n, one, many) in lines.into_iter().filter(|(n, _, _)| *n > 0) {
        judged.add(Rank::Doubt, [wording::counted(n, one, many)]);
    }
}

fn few(mut words: Vec<String>, one: &str, many: &str) -> Vec<String> {
    let left = words.len().saturating_sub(FEW) as u64;
    words.truncate(FEW);
    if left > 0 {
        words.push(format!("and {}", wording::counted(left, one, many)));
    }
    words
}
