//! Reads an index of an earlier day and says in one sentence for each athlete what has changed since. Only fields of
//! the index's contract are compared, so an index written by any program will do.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Deserialize;

use crate::error::Error;
use crate::report::index::contract::{GoneAthlete, NO_CHANGE, SCHEMA_VERSION, State};
use crate::report::{since_last, versions, wording};
use crate::rules::{self, Family};

use super::AthleteSummary;

/// The index of an earlier day, if there is one.
#[derive(Clone, Debug)]
pub enum EarlierIndex {
    /// There is none.
    None,
    /// It could be read.
    Known {
        /// The day of that index.
        as_of: NaiveDate,
        /// Its athletes by folder.
        athletes: BTreeMap<String, EarlierAthlete>,
        /// The athletes that it listed as gone.
        gone: Vec<EarlierGone>,
    },
    /// There is one, but it cannot be compared, for this reason.
    Unusable(Error),
}

/// An athlete as the earlier index lists them.
#[derive(Clone, Debug, Deserialize)]
pub struct EarlierAthlete {
    name: String,
    folder: Option<String>,
    report: Option<String>,
    open_episode: Option<String>,
    #[serde(default)]
    state: Option<String>,
    attention: Option<String>,
    findings: Option<Vec<String>>,
    warning_signs: Option<Vec<String>>,
    runs: Option<u64>,
    notes: Option<u64>,
}

/// An athlete whom the earlier index lists as gone.
#[derive(Clone, Debug, Deserialize)]
pub struct EarlierGone {
    #[serde(flatten)]
    athlete: EarlierAthlete,
    last_seen: NaiveDate,
}

/// The parts of an index file that are read.
#[derive(Deserialize)]
struct IndexFile {
    as_of: NaiveDate,
    athletes: Vec<EarlierAthlete>,
    #[serde(default)]
    gone: Vec<EarlierGone>,
}

/// How long an athlete who is gone stays in the index.
const GONE_DAYS: i64 = 28;

/// The sentence for an athlete in a folder that was another person's: nothing of that person is shown.
const IN_PLACE_OF_ANOTHER: &str = "New in the roster, in a folder that held another person's runs.";

impl EarlierAthlete {
    fn folder(&self) -> &str {
        self.folder.as_deref().unwrap_or(&self.name)
    }

    fn gone(&self, last_seen: NaiveDate, is_new: bool) -> GoneAthlete {
        GoneAthlete {
            name: self.name.clone(),
            folder: self.folder().to_owned(),
            last_seen,
            attention: self.attention.clone().unwrap_or_else(|| "none".to_owned()),
            warning_signs: self.warning_signs.clone().unwrap_or_default(),
            open_episode: self.open_episode.clone(),
            is_new,
        }
    }
}

impl EarlierIndex {
    /// Reads the text of an index file called `file`.
    #[must_use]
    pub fn read(file: &str, text: &str) -> Self {
        const WHAT: &str = "an index";
        if let Err(error) = versions::check(file, text, WHAT, SCHEMA_VERSION) {
            return Self::Unusable(error);
        }
        match serde_json::from_str::<IndexFile>(text) {
            Ok(index) => {
                let athletes = index.athletes.into_iter().map(|then| (then.folder().to_owned(), then)).collect();
                Self::Known { as_of: index.as_of, athletes, gone: index.gone }
            }
            Err(_) => Self::Unusable(Error::NotEarlier { file: file.to_owned(), what: WHAT }),
        }
    }

    /// The report file of the one athlete who had this name then, in a folder that no longer exists. `None` if
    /// several had it, since they cannot be told apart.
    #[must_use]
    pub fn report_of_the_departed(&self, name: &str, folders: &BTreeSet<&str>) -> Option<&str> {
        let Self::Known { athletes, .. } = self else { return None };
        let mut of_name = athletes.values().filter(|then| then.name == name && !folders.contains(then.folder()));
        match (of_name.next(), of_name.next()) {
            (Some(then), None) => then.report.as_deref(),
            _ => None,
        }
    }

    /// Whether it is the index of another roster: fewer than half of its athletes, or of those in `folders` where they are
    /// fewer, stand in both.
    #[must_use]
    pub fn is_of_others(&self, folders: &BTreeSet<String>) -> bool {
        let Self::Known { athletes, .. } = self else { return false };
        let in_both = athletes.keys().filter(|folder| folders.contains(*folder)).count();
        2 * in_both < athletes.len().min(folders.len())
    }

    /// Whether an athlete stood in the index under this folder.
    #[must_use]
    pub fn has(&self, folder: &str) -> bool {
        matches!(self, Self::Known { athletes, .. } if athletes.contains_key(folder))
    }

    /// The day of that index.
    #[must_use]
    pub fn day(&self) -> Option<NaiveDate> {
        self.told().0
    }

    /// The day of the comparison, and why there is none.
    pub(super) fn told(&self) -> (Option<NaiveDate>, Option<String>) {
        match self {
            Self::None => (None, None),
            Self::Known { as_of, .. } => (Some(*as_of), None),
            Self::Unusable(error) => (None, Some(error.to_string())),
        }
    }

    /// Sets for each athlete what has changed since, and returns those who are gone, by name.
    pub(super) fn settle(&self, now: &mut [AthleteSummary], today: NaiveDate) -> Vec<GoneAthlete> {
        let Self::Known { as_of, athletes, gone } = self else { return Vec::new() };
        let moved = moved(athletes, now);
        let mut left: BTreeMap<&str, &EarlierAthlete> =
            athletes.iter().map(|(folder, then)| (folder.as_str(), then)).collect();
        let mut back = Vec::new();
        for one in now {
            let folder = one.row.folder.as_str();
            if one.facts.in_place_of_another && left.contains_key(folder) {
                (one.row.since_last, one.row.missing) = (Some(IN_PLACE_OF_ANOTHER.to_owned()), None);
                continue;
            }
            let then = left.remove(folder).or_else(|| left.remove(moved.get(folder)?.as_str()));
            let was_gone = gone.iter().find(|gone| gone.athlete.folder() == folder && then.is_none());
            back.extend(was_gone.map(|_| folder.to_owned()));
            (one.row.since_last, one.row.missing) = match (then, was_gone) {
                (Some(then), _) => since(then, one),
                (None, Some(then)) => {
                    (Some(format!("Back in the roster, last seen {}.", wording::day(then.last_seen))), None)
                }
                (None, None) => (Some("New in the roster.".to_owned()), None),
            };
        }
        let longer = gone.iter().filter(|then| !back.iter().any(|folder| folder == then.athlete.folder()));
        let longer = longer.filter(|then| (today - then.last_seen).num_days() <= GONE_DAYS);
        let mut all: Vec<GoneAthlete> = left.values().map(|then| then.gone(*as_of, true)).collect();
        all.extend(longer.map(|then| then.athlete.gone(then.last_seen, false)));
        all.sort_by(|a, b| (&a.name, &a.folder).cmp(&(&b.name, &b.folder)));
        all
    }
}

/// The earlier folder of each athlete whose folder is new and whose name is that of one whose folder is gone. A name
/// that several people have is not used.
fn moved(then: &BTreeMap<String, EarlierAthlete>, now: &[AthleteSummary]) -> BTreeMap<String, String> {
    let folders: BTreeSet<&str> = now.iter().map(|one| one.row.folder.as_str()).collect();
    let mut by_name: BTreeMap<&str, [Vec<&str>; 2]> = BTreeMap::new();
    for (folder, one) in then.iter().filter(|(folder, _)| !folders.contains(folder.as_str())) {
        by_name.entry(&one.name).or_default()[0].push(folder);
    }
    // An athlete who took over another person's folder is not the missing one of that name.
    let same = now.iter().filter(|one| !one.facts.in_place_of_another).map(|one| &one.row);
    for row in same.filter(|row| !then.contains_key(&row.folder)) {
        by_name.entry(&row.name).or_default()[1].push(&row.folder);
    }
    let only = |[then, now]: &[Vec<&str>; 2]| match (&then[..], &now[..]) {
        ([then], [now]) => Some(((*now).to_owned(), (*then).to_owned())),
        _ => None,
    };
    by_name.values().filter_map(only).collect()
}

/// What has changed for an athlete, as a sentence, and what seems to be missing.
fn since(then: &EarlierAthlete, now: &AthleteSummary) -> (Option<String>, Option<String>) {
    let failed_then = then.state.as_deref() == Some("failed");
    if let (Some(why), State::Read) = (&now.facts.not_compared, now.row.state) {
        return (Some(format!("What changed is not told: {why}.")), None);
    }
    let fewer = |then: Option<u64>, now: Option<u64>| then.zip(now).map_or(0, |(then, now)| then.saturating_sub(now));
    let fewer = [fewer(then.runs, now.row.runs), fewer(then.notes, now.row.notes)];
    // The report counts them one by one; without it the difference in number is used.
    let ([runs, notes], withdrawn, missing) = match &now.facts.since {
        Some(since) => ([since.runs_gone, since.notes_gone], since.signs_withdrawn, since.missing.clone()),
        None => (fewer, 0, since_last::missing(fewer[0], fewer[1])),
    };
    let is_gone = runs + notes + withdrawn > 0;
    let changes = match (failed_then, now.row.state == State::Failed) {
        (true, true) => vec!["still not read".to_owned()],
        (false, true) => vec!["could be read last time".to_owned()],
        (true, false) => vec!["could not be read last time".to_owned()],
        (false, false) => {
            let told = missing.as_ref().and_then(|_| since_last::missing_in_brackets(runs, notes));
            told.into_iter().chain(changes(then, now, is_gone)).collect()
        }
    };
    let sentence =
        if changes.is_empty() { NO_CHANGE.to_owned() } else { format!("{}.", wording::capital(&changes.join("; "))) };
    (Some(sentence), missing)
}

/// If entries are gone, a finding that has disappeared is not reported as good news.
fn changes(then: &EarlierAthlete, now: &AthleteSummary, is_gone: bool) -> Vec<String> {
    let AthleteSummary { row, facts, .. } = now;
    let mut changes = Vec::new();
    if let Some(old) = &then.warning_signs {
        let signs = row.warning_signs.iter().zip(&facts.signs);
        let new: Vec<String> =
            signs.filter(|(id, _)| !old.contains(id)).map(|(_, sign)| sign.words().to_owned()).collect();
        if !new.is_empty() {
            let what = if new.len() == 1 { "new warning sign" } else { "new warning signs" };
            changes.push(format!("{what}: {}", wording::listed(&new)));
        } else if !old.is_empty() && row.warning_signs.is_empty() {
            changes.push(
                if is_gone {
                    "a note that raised a warning sign is gone"
                } else {
                    "no warning sign leads the report now"
                }
                .to_owned(),
            );
        }
    }
    if then.open_episode != row.open_episode {
        changes.extend(match (facts.open_since, &then.open_episode) {
            (Some(onset), _) => Some(format!("hip pain since {}", wording::day(onset))),
            (None, Some(old)) if !is_gone => Some(format!("hip pain of {} no longer open", onset_in_words(old))),
            (None, _) => None,
        });
    }
    if let Some(old) = &then.findings {
        let findings = row.findings.iter().zip(&facts.rules);
        let new: Vec<&str> = findings
            .filter(|(id, rule)| !old.contains(id) && Family::of(rule) != Family::Signs)
            .map(|(_, rule)| *rule)
            .collect();
        changes.extend(new_findings(&new));
    }
    changes
}

/// New findings in words: `new: worn shoes`, `3 new findings: worn shoes and weekly distance jump`.
fn new_findings(rules_of: &[&str]) -> Option<String> {
    let mut titles: Vec<String> = Vec::new();
    for rule in rules_of {
        let title = rules::by_id(rule).map_or_else(String::new, |rule| rule.meta().title.to_lowercase());
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    match rules_of.len() {
        0 => None,
        1 => Some(format!("new: {}", titles[0])),
        n => Some(format!("{n} new findings: {}", wording::listed(&titles))),
    }
}

/// The day of onset from an episode's id, which is the onset, a slash and the side.
fn onset_in_words(id: &str) -> String {
    let day = id.split('/').next().unwrap_or_default();
    day.parse().map_or_else(|_| wording::name(day), wording::day)
}
