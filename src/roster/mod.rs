//! Many athletes: what each one's report comes to in a row, who needs attention first, what changed since an earlier index,
//! and their links taken together. A report is given as a value and forgotten at once; no file is read or written here,
//! and no format is known.

mod attention;
mod earlier;
mod links;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::guidance;
use crate::model::finding::Severity;
use crate::model::reading::name_of;
use crate::model::units::Units;
use crate::report::contract::{FindingRow, REDACTED, Report, Tool};
use crate::report::index::contract::{AthleteRow, Counts, Index, LeftAlone, SCHEMA_VERSION, State, WEEKS};
use crate::rules::CURRENT_DAYS;

use attention::Place;
pub use earlier::Earlier;
use links::Test;

/// Whose folder it is, and where the report goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// The name.
    pub name: String,
    /// The folder or archive, as a path below the one given.
    pub folder: String,
    /// The report as a path relative to the index; `None` where none is written.
    pub report: Option<String>,
}

/// What is kept of one athlete.
#[derive(Clone, Debug)]
pub struct Kept {
    row: AthleteRow,
    place: Place,
    fresh: bool,
    tests: Vec<Test>,
}

impl Kept {
    /// Keeps what the index needs of a report.
    #[must_use]
    pub fn of(who: Who, report: &Report) -> Self {
        let mut judged = attention::of(report);
        let state = if report.athlete.runs > 0 { State::Read } else { State::NoRuns };
        if state == State::NoRuns {
            judged.reasons.push("no run in this log".to_owned());
            if judged.place == Place::Quiet {
                judged.place = Place::NoRuns;
            }
        }
        let recent: Vec<&FindingRow> = report.findings.iter().filter(|found| is_recent(found, report.as_of)).collect();
        let (weeks_from, weekly_distance_m) = weeks(report);
        let row = AthleteRow {
            state,
            attention: judged.place.attention(),
            reasons: judged.reasons,
            weekly_distance_m,
            weeks_from,
            open_episode: report.episodes.iter().rev().find(|episode| episode.open).map(|episode| episode.id.clone()),
            findings_last_28_days: Some(recent.len() as u64),
            last_entry: report.athlete.log_to,
            warning_signs: report
                .warnings
                .iter()
                .filter(|warning| warning.leads)
                .map(|warning| format!("{}/{}", name_of(warning.flag), warning.note_date))
                .collect(),
            findings: recent.iter().map(|found| found.id.clone()).collect(),
            ..blank(who, state)
        };
        let fresh = recent.iter().any(|found| found.severity >= Severity::Notice && !found.is_sign());
        Self { row, place: judged.place, fresh, tests: links::tests(report) }
    }

    /// An athlete of whom nothing could be read, and why.
    #[must_use]
    pub fn failed(who: Who, reason: String) -> Self {
        let row = AthleteRow { reasons: vec![reason], ..blank(who, State::Failed) };
        Self { row, place: Place::Failed, fresh: false, tests: Vec::new() }
    }

    /// An athlete in whose folder there is no run and no note.
    #[must_use]
    pub fn empty(who: Who, reason: String) -> Self {
        let row = AthleteRow { reasons: vec![reason], findings_last_28_days: Some(0), ..blank(who, State::NoRuns) };
        Self { row, place: Place::NoRuns, fresh: false, tests: Vec::new() }
    }
}

fn blank(who: Who, state: State) -> AthleteRow {
    AthleteRow {
        label: who.name.clone(),
        name: who.name,
        folder: who.folder,
        state,
        report: who.report,
        attention: None,
        reasons: Vec::new(),
        weekly_distance_m: Vec::new(),
        weeks_from: None,
        open_episode: None,
        findings_last_28_days: None,
        since_last: None,
        last_entry: None,
        warning_signs: Vec::new(),
        findings: Vec::new(),
    }
}

/// Whether a finding ends in the last 28 days.
fn is_recent(found: &FindingRow, as_of: NaiveDate) -> bool {
    (0..i64::from(CURRENT_DAYS.default)).contains(&(as_of - found.to).num_days())
}

/// The distances of the last weeks that are over, oldest first; nothing where a week is not wholly observed.
fn weeks(report: &Report) -> (Option<NaiveDate>, Vec<Option<u64>>) {
    let Some(last) = report.weeks.iter().rev().find(|week| week.end < report.as_of) else {
        return (None, Vec::new());
    };
    let known: BTreeMap<NaiveDate, u64> = report
        .weeks
        .iter()
        .filter(|week| week.complete && week.observed)
        .filter_map(|week| Some((week.start, week.distance_m?)))
        .collect();
    let starts: Vec<NaiveDate> =
        (0..WEEKS as u64).rev().filter_map(|back| last.start.checked_sub_days(Days::new(7 * back))).collect();
    (starts.first().copied(), starts.iter().map(|start| known.get(start).copied()).collect())
}

/// What an index is made for.
#[derive(Clone, Debug)]
pub struct Occasion {
    /// The day.
    pub as_of: NaiveDate,
    /// The unit of shown distances.
    pub units: Units,
    /// The index before.
    pub earlier: Earlier,
    /// What lies beside the athletes' folders.
    pub left_alone: Vec<LeftAlone>,
    /// The athletes' reports are redacted, and so is the index.
    pub redacted: bool,
}

/// Puts the athletes together. Their order does not matter.
#[must_use]
pub fn index(mut athletes: Vec<Kept>, occasion: Occasion) -> Index {
    let key = |one: &Kept| (one.place, one.row.name.to_lowercase(), one.row.folder.clone());
    athletes.sort_by_cached_key(key);
    for one in &mut athletes {
        one.row.since_last = occasion.earlier.since(&one.row);
    }
    let count = |holds: &dyn Fn(&Kept) -> bool| athletes.iter().filter(|one| holds(one)).count() as u64;
    let counts = Counts {
        warning_signs: count(&|one| !one.row.warning_signs.is_empty()),
        open_episodes: count(&|one| one.row.open_episode.is_some()),
        fresh_findings: count(&|one| one.fresh),
        failed: count(&|one| one.row.state == State::Failed),
        without_runs: count(&|one| one.row.state == State::NoRuns),
    };
    let (links, runner_links) = links::pooled(&athletes);
    let (compared_with, not_compared) = occasion.earlier.told();
    let mut rows: Vec<AthleteRow> = athletes.into_iter().map(|one| one.row).collect();
    tell_apart(&mut rows);
    Index {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        redacted: occasion.redacted,
        as_of: occasion.as_of,
        compared_with,
        not_compared,
        counts,
        athletes: rows,
        links,
        runner_links,
        left_alone: occasion.left_alone,
        disclaimer: if occasion.redacted {
            format!("{REDACTED} {}", guidance::disclaimer())
        } else {
            guidance::disclaimer().to_owned()
        },
        units: occasion.units,
    }
}

/// Puts the folder behind a name that several athletes have.
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
