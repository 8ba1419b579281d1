//! Many athletes: each one's report summed up in a row, who needs attention first, what has changed since an earlier
//! index, and the pooled link statistics. A report is passed by reference and not kept. No file is read or written
//! here, and no format is known.

mod attention;
mod earlier;
mod links;
pub mod shard;
#[cfg(test)]
mod shard_tests;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::guidance;
use crate::model::episode::Warning;
use crate::model::finding::Severity;
use crate::model::reading::name_of;
use crate::model::units::Units;
use crate::model::warning_sign::RedFlag;
use crate::report::contract::{FindingRow, REDACTED, Report, SinceLast, Tool};
use crate::report::index::contract::{AthleteRow, Counts, Index, SCHEMA_VERSION, State, UnreadPath, WEEKS};
use crate::report::{day_of_report, seal};
use crate::rules::CURRENT_DAYS;

use attention::Rank;
pub use earlier::EarlierIndex;
use links::LinkTest;

/// An athlete: name, folder and report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Athlete {
    /// The name shown in the index.
    pub name: String,
    /// The folder or archive, as a path below the given one.
    pub folder: String,
    /// The report's path relative to the index; `None` if none is written.
    pub report: Option<String>,
}

/// What the index needs of one athlete's report. The report itself is not kept.
#[derive(Clone, Debug)]
pub struct AthleteSummary {
    row: AthleteRow,
    rank: Rank,
    /// Whether there is a finding of the last 28 days that is at least a notice.
    fresh: bool,
    /// What the ids in the row refer to.
    facts: RowFacts,
    tests: Vec<LinkTest>,
}

/// What the ids of a row refer to, in the same order.
#[derive(Clone, Debug, Default)]
struct RowFacts {
    /// The sign of each warning in the row.
    signs: Vec<RedFlag>,
    /// The first day of the row's open episode.
    open_since: Option<NaiveDate>,
    /// The rule of each finding in the row.
    rules: Vec<&'static str>,
    /// Why the athlete's report was not compared with the one before.
    not_compared: Option<String>,
    /// What the athlete's report found missing, if it was compared with the one before.
    since: Option<SinceLast>,
    /// Whether this folder or name belonged to another person's runs the last time.
    in_place_of_another: bool,
}

impl AthleteSummary {
    /// Marks whether the folder or name was another person's the last time. If so, nothing of theirs is shown for
    /// this athlete.
    #[must_use]
    pub fn in_place_of_another(mut self, is_so: bool) -> Self {
        self.facts.in_place_of_another = is_so;
        self
    }

    /// Takes what the index needs from a report.
    #[must_use]
    pub fn of(athlete: Athlete, report: &Report) -> Self {
        let mut judged = attention::of(report);
        let state = if report.athlete.runs > 0 { State::Read } else { State::NoRuns };
        if let Some(day) = day_of_report::told(report) {
            judged.reasons.push(day);
            judged.rank = judged.rank.min(Rank::Doubt);
        }
        if state == State::NoRuns {
            judged.reasons.push("no run in this log".to_owned());
            if judged.rank == Rank::Quiet {
                judged.rank = Rank::NoRuns;
            }
        }
        let recent: Vec<&FindingRow> = report.findings.iter().filter(|found| is_recent(found, report.as_of)).collect();
        let leading: Vec<&Warning> = report.warnings.iter().filter(|row| row.leads).map(|row| &row.warning).collect();
        let open = report.episodes.iter().rev().find(|episode| episode.open);
        let facts = RowFacts {
            signs: leading.iter().map(|warning| warning.flag).collect(),
            open_since: open.map(|episode| episode.onset),
            rules: recent.iter().map(|found| found.rule).collect(),
            not_compared: report.not_compared.clone(),
            since: report.since_last.clone(),
            in_place_of_another: false,
        };
        let (weeks_from, weekly_distance_m) = weeks(report);
        let last_week = report.weeks.iter().rev().map(|row| &row.week).find(|week| week.end < report.as_of);
        let last_week = last_week.filter(|week| week.observed);
        let row = AthleteRow {
            state,
            attention: judged.rank.attention(),
            reasons: judged.reasons,
            longest_run_m: last_week.and_then(|week| week.longest_run_m).map(u64::from),
            rest_days: last_week.and_then(|week| week.rest_days),
            last_pain: report.episodes.iter().map(|episode| episode.end).max(),
            weekly_distance_m,
            weeks_from,
            open_episode: open.map(|episode| episode.id.clone()),
            findings_last_28_days: Some(recent.len() as u64),
            last_entry: report.athlete.log_to,
            as_of: Some(report.as_of),
            runs: Some(report.athlete.runs),
            notes: Some(report.pain.len() as u64),
            missing: report.since_last.as_ref().and_then(|since| since.missing.clone()),
            warning_signs: leading
                .iter()
                .map(|warning| format!("{}/{}", name_of(warning.flag), warning.note_date))
                .collect(),
            findings: recent.iter().map(|found| found.id.clone()).collect(),
            ..blank(athlete, state)
        };
        let fresh = recent.iter().any(|found| found.severity >= Severity::Notice && !found.is_sign());
        Self { row, rank: judged.rank, fresh, facts, tests: links::tests(report) }
    }

    /// The file of the athlete's report; `None` if none was written.
    #[must_use]
    pub fn report(&self) -> Option<&str> {
        self.row.report.as_deref()
    }

    /// The athlete's row, before it is compared with an earlier index.
    #[must_use]
    pub fn row(&self) -> &AthleteRow {
        &self.row
    }

    /// An athlete of whom nothing could be read, and why.
    #[must_use]
    pub fn failed(athlete: Athlete, reason: String) -> Self {
        let row = AthleteRow { reasons: vec![reason], ..blank(athlete, State::Failed) };
        Self { row, rank: Rank::Failed, fresh: false, facts: RowFacts::default(), tests: Vec::new() }
    }

    /// An athlete whose folder has no run and no note.
    #[must_use]
    pub fn empty(athlete: Athlete, reason: String) -> Self {
        let none = Some(0);
        let row = AthleteRow {
            reasons: vec![reason],
            findings_last_28_days: none,
            runs: none,
            notes: none,
            ..blank(athlete, State::NoRuns)
        };
        Self { row, rank: Rank::NoRuns, fresh: false, facts: RowFacts::default(), tests: Vec::new() }
    }
}

fn blank(athlete: Athlete, state: State) -> AthleteRow {
    AthleteRow {
        label: athlete.name.clone(),
        name: athlete.name,
        folder: athlete.folder,
        state,
        report: athlete.report,
        attention: None,
        reasons: Vec::new(),
        weekly_distance_m: Vec::new(),
        longest_run_m: None,
        rest_days: None,
        last_pain: None,
        weeks_from: None,
        open_episode: None,
        findings_last_28_days: None,
        since_last: None,
        last_entry: None,
        as_of: None,
        runs: None,
        notes: None,
        missing: None,
        warning_signs: Vec::new(),
        findings: Vec::new(),
    }
}

/// Whether a finding ends in the last 28 days.
fn is_recent(found: &FindingRow, as_of: NaiveDate) -> bool {
    (0..i64::from(CURRENT_DAYS.default)).contains(&(as_of - found.to).num_days())
}

/// The distances of the last complete weeks, oldest first; `None` for a week that is not fully observed.
fn weeks(report: &Report) -> (Option<NaiveDate>, Vec<Option<u64>>) {
    let Some(last) = report.weeks.iter().map(|row| &row.week).rev().find(|week| week.end < report.as_of) else {
        return (None, Vec::new());
    };
    let known: BTreeMap<NaiveDate, u64> = report
        .weeks
        .iter()
        .map(|row| &row.week)
        .filter(|week| week.complete && week.observed)
        .filter_map(|week| Some((week.start, week.distance_m?)))
        .collect();
    let starts: Vec<NaiveDate> =
        (0..WEEKS as u64).rev().filter_map(|back| last.start.checked_sub_days(Days::new(7 * back))).collect();
    (starts.first().copied(), starts.iter().map(|start| known.get(start).copied()).collect())
}

/// What an index is made with, besides the athletes.
#[derive(Clone, Debug)]
pub struct IndexOptions {
    /// The day of the index.
    pub as_of: NaiveDate,
    /// The unit in which distances are shown.
    pub units: Units,
    /// The index of an earlier day, to compare this one with.
    pub earlier: EarlierIndex,
    /// What else lies beside the athletes' folders.
    pub left_alone: Vec<UnreadPath>,
    /// Whether the athletes' reports, and so the index, are redacted.
    pub redacted: bool,
}

/// Makes the index, those most in need of attention first. The order of `athletes` does not matter.
#[must_use]
pub fn index(mut athletes: Vec<AthleteSummary>, options: IndexOptions) -> Index {
    let key = |one: &AthleteSummary| (one.rank, one.row.name.to_lowercase(), one.row.folder.clone());
    athletes.sort_by_cached_key(key);
    let gone = options.earlier.settle(&mut athletes, options.as_of);
    let count = |holds: &dyn Fn(&AthleteSummary) -> bool| athletes.iter().filter(|one| holds(one)).count() as u64;
    let counts = Counts {
        warning_signs: count(&|one| !one.row.warning_signs.is_empty()),
        open_episodes: count(&|one| one.row.open_episode.is_some()),
        fresh_findings: count(&|one| one.fresh),
        failed: count(&|one| one.row.state == State::Failed),
        without_runs: count(&|one| one.row.state == State::NoRuns),
    };
    let (links, runner_links) = links::pooled(&athletes);
    let (compared_with, not_compared) = options.earlier.told();
    let mut rows: Vec<AthleteRow> = athletes.into_iter().map(|one| one.row).collect();
    tell_apart(&mut rows);
    Index {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        redacted: options.redacted,
        as_of: options.as_of,
        compared_with,
        not_compared,
        counts,
        athletes: rows,
        links,
        runner_links,
        gone,
        left_alone: options.left_alone,
        disclaimer: if options.redacted {
            format!("{REDACTED} {}", guidance::disclaimer())
        } else {
            guidance::disclaimer().to_owned()
        },
        seal: seal::OPEN,
        units: options.units,
    }
}

/// Adds the folder to a name that several athletes have.
fn tell_apart(rows: &mut [AthleteRow]) {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows.iter() {
        *names.entry(row.name.clone()).or_default() += 1;
    }
    for row in rows {
        if names.get(&row.name).is_some_and(|&times| times > 1) {
            row.label = format!("{} ({})", row.name, row.folder);
        }
    }
}
