//! What of a report is shown, in which order, and which part explains which: grouping and sorting for every format.
//! It computes no statistics; its only sums are of figures shown beside them.

mod advice;
mod anchors;
mod findings;
mod last_runs;
mod links;
mod signs;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::wording;
use crate::model::ledger::{FileOutcome, LedgerRow};
use crate::model::problem::{Cost, Problem};
use crate::model::reading::Side;
use crate::report::contract::{Budget, DayView, EpisodeRow, FindingRow, LinkRow, PainRow, Report, RuleRow, WeekRow};

pub use advice::{ADVICE_UP_FRONT, FOR_THE_EXAMINER, Reason, may_fit};
pub use anchors::{advice_anchor, episode_anchor, finding_anchor, warning_anchor};
pub use findings::{how_usual, how_usual_in_short};
pub use last_runs::LastRun;
pub use signs::{by_note, words_of};

/// The number of newest episodes whose forerunners count as important findings.
const NEWEST: usize = 6;

/// A row with its index in the report, from which its anchor is made.
pub type NumberedRow<'a, T> = (usize, &'a T);

/// A report with its rows selected for the shown days.
#[derive(Debug)]
pub struct ShownReport<'a> {
    /// The whole report.
    pub report: &'a Report,
    /// Findings that touch the shown days, with their index in the report.
    pub findings: Vec<NumberedRow<'a, FindingRow>>,
    /// Episodes that touch the shown days, newest first, with their index in the report.
    pub episodes: Vec<NumberedRow<'a, EpisodeRow>>,
    /// Weeks that touch the shown days.
    pub weeks: Vec<&'a WeekRow>,
    /// The shown days.
    pub days: &'a [DayView],
    preceding: BTreeSet<&'a str>,
    leading: BTreeSet<&'a str>,
    pointed_at: BTreeSet<&'a str>,
}

impl<'a> ShownReport<'a> {
    /// Selects what the report's view shows.
    #[must_use]
    pub fn new(report: &'a Report) -> Self {
        let (since, until) = (report.view.since, report.view.until);
        let touches =
            |from: NaiveDate, to: NaiveDate| since.is_none_or(|day| to >= day) && until.is_none_or(|day| from <= day);
        let mut episodes: Vec<_> =
            report.episodes.iter().enumerate().filter(|(_, e)| touches(e.onset, e.end) || e.open).collect();
        episodes.sort_by_key(|(at, e)| (Reverse(e.onset), Reverse(*at)));
        let days = &report.view.days;
        // The charts begin with the first run or pain, not with other entries such as one ride decades ago.
        let first = days.iter().find(|day| day.runs > 0 || day.pain.is_some()).map(|day| day.date);
        let from = first.map(|day| day.with_day(1).unwrap_or(day)).max(since);
        let begin = from.map_or(0, |day| days.partition_point(|d| d.date < day));
        let end = until.map_or(days.len(), |day| days.partition_point(|d| d.date <= day)).max(begin);
        let forerunners = |newest: usize| -> BTreeSet<&'a str> {
            episodes.iter().take(newest).flat_map(|(_, e)| &e.preceded_by).map(|p| p.finding.as_str()).collect()
        };
        Self {
            report,
            findings: report.findings.iter().enumerate().filter(|(_, f)| touches(f.from, f.to) || f.current).collect(),
            preceding: forerunners(episodes.len()),
            leading: forerunners(NEWEST),
            pointed_at: report.advice.iter().flat_map(|a| &a.because).map(String::as_str).collect(),
            episodes,
            weeks: report.weeks.iter().filter(|w| touches(w.week.start, w.week.end)).collect(),
            days: &days[begin..end],
        }
    }

    /// The shown days up to the end of the week of the last entry; later days are not logged yet.
    #[must_use]
    pub fn days_logged(&self) -> &'a [DayView] {
        let running = self.report.weeks.iter().rev().find(|row| Some(row.week.start) <= self.report.athlete.log_to);
        let end = running.map_or(self.days.len(), |row| self.days.partition_point(|day| day.date <= row.week.end));
        &self.days[..end]
    }

    /// The first and last day of the runs, or of the whole log where there is no run.
    #[must_use]
    pub fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        let runs = &self.report.runs;
        let of_runs = runs.first().zip(runs.last()).map(|(first, last)| (first.local_date, last.local_date));
        of_runs.or(self.report.athlete.log_from.zip(self.report.athlete.log_to))
    }

    /// Whether advice or an episode refers to a finding, so that a link may lead to it.
    #[must_use]
    pub fn pointed_at(&self, finding: &str) -> bool {
        self.pointed_at.contains(finding) || self.preceding.contains(finding)
    }

    /// The notes of an episode, oldest first. A note that fits several episodes belongs to the latest of them.
    #[must_use]
    pub fn notes_of(&self, episode: &EpisodeRow) -> Vec<&'a PainRow> {
        let fits = |e: &EpisodeRow, note: &PainRow| {
            let side = note.side.unwrap_or(Side::Unknown);
            let split = matches!((e.side, side), (Side::Left, Side::Right) | (Side::Right, Side::Left));
            note.hip && !split && (e.onset..=e.end).contains(&note.date)
        };
        let latest = |note: &PainRow| {
            self.report.episodes.iter().filter(|e| fits(e, note)).max_by_key(|e| e.onset).map(|e| e.id.as_str())
        };
        self.report.pain.iter().filter(|n| fits(episode, n) && latest(n) == Some(episode.id.as_str())).collect()
    }

    /// The sentence that more has been run than the week had room for; `None` if it has not.
    #[must_use]
    pub fn over_the_room(&self) -> Option<String> {
        let plan = self.report.plan.as_ref().filter(|plan| plan.is_over())?;
        let units = self.report.view.units;
        Some(format!(
            "Week of {} so far: {} run, {} was this week's room.",
            wording::day_month(plan.week_start),
            units.show(plan.so_far_m),
            units.show_at_most(plan.distance_cap_m?)
        ))
    }

    /// What has been run so far in the week of the budget.
    #[must_use]
    pub fn so_far(&self, plan: &Budget) -> String {
        let running = self.report.weeks.iter().map(|row| &row.week).find(|week| week.start == plan.week_start);
        match running {
            Some(week) if wording::nothing_logged(week, self.report.athlete.log_to) => wording::NOTHING_YET.to_owned(),
            _ => self.report.view.units.show(plan.so_far_m),
        }
    }

    /// The notes that were not understood.
    #[must_use]
    pub fn not_understood(&self) -> Vec<&'a PainRow> {
        self.report.pain.iter().filter(|n| !n.understood).collect()
    }

    /// The number of rows and sessions lost from files that could be read. Lines of notes are counted separately.
    #[must_use]
    pub fn lost_entries(&self) -> u64 {
        let read = self.report.import.files.iter().filter(|file| file.outcome != FileOutcome::Failed);
        let lost = |file: &LedgerRow| file.problems.iter().filter(|problem| problem.cost == Cost::Entry).count();
        read.map(|file| (lost(file) - file.lines_left_out().count()) as u64).sum()
    }

    /// The lines of notes that were left out, mostly because their day is not known, each with its file.
    #[must_use]
    pub fn lines_left_out(&self) -> Vec<(&'a str, &'a Problem)> {
        let rows = self.report.import.files.iter();
        rows.flat_map(|row| row.lines_left_out().map(|problem| (row.path.as_str(), problem))).collect()
    }

    /// A finding's rule and dates in a few words.
    #[must_use]
    pub fn brief(&self, finding: &FindingRow) -> String {
        format!("{}, {}", self.title(finding.rule), wording::range(finding.from, finding.to))
    }

    /// A rule's title, or its id with spaces where the report does not list it.
    #[must_use]
    pub fn title(&self, rule: &str) -> String {
        self.rule(rule).map_or_else(|| wording::capital(&rule.replace('-', " ")), |r| r.title.to_owned())
    }

    /// The row of a rule, with its result.
    #[must_use]
    pub fn rule(&self, rule: &str) -> Option<&'a RuleRow> {
        self.report.rules.iter().find(|r| r.rule == rule)
    }
}

/// Stands in place of the links where there is no episode or no flag.
pub const NOTHING_TO_COMPARE: &str = "There is nothing to compare: no hip-pain episode, or no flag.";

/// Groups adjacent links that say the same.
#[must_use]
pub fn together(links: &[LinkRow]) -> Vec<&[LinkRow]> {
    links.chunk_by(|a, b| (a.linked.claim, &a.linked.text) == (b.linked.claim, &b.linked.text)).collect()
}
