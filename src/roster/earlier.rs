//! The index of an earlier day, read back, and what has changed since then: one sentence for each athlete. Only what the
//! contract of the index holds is compared, so that any program that writes it will do.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::error::Error;
use crate::report::index::contract::{NO_CHANGE, SCHEMA_VERSION, State};
use crate::report::{versions, wording};
use crate::rules::{self, Family};

use super::AthleteSummary;

/// The index of an earlier day, as far as there is one.
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
    },
    /// There is one, and it cannot be compared with, for this reason.
    Unusable(Error),
}

/// An athlete as the earlier index has it.
#[derive(Clone, Debug, Deserialize)]
pub struct EarlierAthlete {
    name: String,
    folder: Option<String>,
    open_episode: Option<String>,
    #[serde(default)]
    state: Option<String>,
    findings: Option<Vec<String>>,
    warning_signs: Option<Vec<String>>,
}

/// What is read of the file of an index.
#[derive(Deserialize)]
struct IndexFile {
    as_of: NaiveDate,
    athletes: Vec<EarlierAthlete>,
}

impl EarlierIndex {
    /// Reads the text of an index called `file`.
    #[must_use]
    pub fn read(file: &str, text: &str) -> Self {
        const WHAT: &str = "an index";
        if let Err(error) = versions::check(file, text, WHAT, SCHEMA_VERSION) {
            return Self::Unusable(error);
        }
        match serde_json::from_str::<IndexFile>(text) {
            Ok(index) => {
                let key = |then: &EarlierAthlete| then.folder.clone().unwrap_or_else(|| then.name.clone());
                let athletes = index.athletes.into_iter().map(|then| (key(&then), then)).collect();
                Self::Known { as_of: index.as_of, athletes }
            }
            Err(_) => Self::Unusable(Error::NotEarlier { file: file.to_owned(), what: WHAT }),
        }
    }

    /// The day compared with, and why there is no comparison.
    pub(super) fn told(&self) -> (Option<NaiveDate>, Option<String>) {
        match self {
            Self::None => (None, None),
            Self::Known { as_of, .. } => (Some(*as_of), None),
            Self::Unusable(error) => (None, Some(error.to_string())),
        }
    }

    /// What has changed for an athlete since then, in a sentence; `None` where there is nothing to compare with.
    pub(super) fn since(&self, now: &AthleteSummary) -> Option<String> {
        let Self::Known { athletes, .. } = self else { return None };
        let Some(then) = athletes.get(&now.row.folder) else { return Some("New in the roster.".to_owned()) };
        let failed_then = then.state.as_deref() == Some("failed");
        let changes = match (failed_then, now.row.state == State::Failed) {
            (true, true) => vec!["still not read".to_owned()],
            (false, true) => vec!["could be read last time".to_owned()],
            (true, false) => vec!["could not be read last time".to_owned()],
            (false, false) => changes(then, now),
        };
        Some(if changes.is_empty() {
            NO_CHANGE.to_owned()
        } else {
            format!("{}.", wording::capital(&changes.join("; ")))
        })
    }
}

fn changes(then: &EarlierAthlete, now: &AthleteSummary) -> Vec<String> {
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
            changes.push("no warning sign leads the report now".to_owned());
        }
    }
    if then.open_episode != row.open_episode {
        changes.extend(match (facts.open_since, &then.open_episode) {
            (Some(onset), _) => Some(format!("hip pain since {}", wording::day(onset))),
            (None, Some(old)) => Some(format!("hip pain of {} no longer open", onset_in_words(old))),
            (None, None) => None,
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

/// `new: worn shoes`, `3 new findings: worn shoes and weekly distance jump`.
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

/// The onset out of the id of an episode in a file: it stands before the slash, and the side behind it.
fn onset_in_words(id: &str) -> String {
    let day = id.split('/').next().unwrap_or_default();
    day.parse().map_or_else(|_| wording::name(day), wording::day)
}
