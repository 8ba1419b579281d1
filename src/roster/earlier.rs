//! The index of an earlier day, read back, and what has changed since then: one sentence for each athlete. Only what the
//! contract of the index holds is compared, so that any program that writes it will do.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::model::warning_sign::Flag;
use crate::report::index::contract::{AthleteRow, NO_CHANGE, SCHEMA_VERSION, State};
use crate::report::{versions, wording};
use crate::rules::{self, Family, Rule};

/// An earlier index.
#[derive(Clone, Debug)]
pub enum Earlier {
    /// There is none.
    None,
    /// It could be read.
    Known {
        /// Its day.
        as_of: NaiveDate,
        /// Its athletes by folder.
        athletes: BTreeMap<String, Then>,
    },
    /// There is one, and it cannot be compared with, for this reason.
    Unusable(String),
}

/// An athlete as the earlier index has it.
#[derive(Clone, Debug, Deserialize)]
pub struct Then {
    name: String,
    folder: Option<String>,
    open_episode: Option<String>,
    #[serde(default)]
    state: Option<String>,
    findings: Option<Vec<String>>,
    warning_signs: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Whole {
    as_of: NaiveDate,
    athletes: Vec<Then>,
}

impl Earlier {
    /// Reads the text of an index called `file`.
    #[must_use]
    pub fn read(file: &str, text: &str) -> Self {
        const WHAT: &str = "an index";
        if let Err(why) = versions::check(file, text, WHAT, SCHEMA_VERSION) {
            return Self::Unusable(why);
        }
        match serde_json::from_str::<Whole>(text) {
            Ok(whole) => {
                let key = |then: &Then| then.folder.clone().unwrap_or_else(|| then.name.clone());
                let athletes = whole.athletes.into_iter().map(|then| (key(&then), then)).collect();
                Self::Known { as_of: whole.as_of, athletes }
            }
            Err(_) => Self::Unusable(versions::unreadable(file, WHAT)),
        }
    }

    /// The day compared with, and why there is no comparison.
    pub(super) fn told(&self) -> (Option<NaiveDate>, Option<String>) {
        match self {
            Self::None => (None, None),
            Self::Known { as_of, .. } => (Some(*as_of), None),
            Self::Unusable(why) => (None, Some(why.clone())),
        }
    }

    /// What has changed for an athlete.
    pub(super) fn since(&self, now: &AthleteRow) -> Option<String> {
        let Self::Known { athletes, .. } = self else { return None };
        let Some(then) = athletes.get(&now.folder) else { return Some("New in the roster.".to_owned()) };
        let failed_then = then.state.as_deref() == Some("failed");
        let changes = match (failed_then, now.state == State::Failed) {
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

fn changes(then: &Then, now: &AthleteRow) -> Vec<String> {
    let mut changes = Vec::new();
    if let Some(old) = &then.warning_signs {
        let new: Vec<String> =
            now.warning_signs.iter().filter(|sign| !old.contains(sign)).map(|sign| sign_in_words(sign)).collect();
        if !new.is_empty() {
            let what = if new.len() == 1 { "new warning sign" } else { "new warning signs" };
            changes.push(format!("{what}: {}", wording::listed(&new)));
        } else if !old.is_empty() && now.warning_signs.is_empty() {
            changes.push("no warning sign leads the report now".to_owned());
        }
    }
    if then.open_episode != now.open_episode {
        changes.push(match (&now.open_episode, &then.open_episode) {
            (Some(new), _) => format!("hip pain since {}", onset_in_words(new)),
            (None, Some(old)) => format!("hip pain of {} no longer open", onset_in_words(old)),
            (None, None) => String::new(),
        });
    }
    if let Some(old) = &then.findings {
        let new: Vec<&str> = now
            .findings
            .iter()
            .filter(|id| !old.contains(id))
            .map(|id| id.split('/').next().unwrap_or_default())
            .filter(|rule| Family::of(rule) != Family::Signs)
            .collect();
        changes.extend(new_findings(&new));
    }
    changes
}

/// `new: worn shoes`, `3 new findings: worn shoes and weekly distance jump`.
fn new_findings(rules_of: &[&str]) -> Option<String> {
    let mut titles: Vec<String> = Vec::new();
    for rule in rules_of {
        let known = rules::registry().map(Rule::meta).find(|meta| meta.id == *rule);
        let title = known.map_or_else(|| rule.replace('-', " "), |meta| meta.title.to_lowercase());
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

/// A sign written as `flag/day`.
fn sign_in_words(sign: &str) -> String {
    let flag = sign.split('/').next().unwrap_or_default();
    Flag::named(flag).map_or_else(|| flag.replace('-', " "), |known| known.words().to_owned())
}

/// An episode's id is its onset, a slash and its side.
fn onset_in_words(id: &str) -> String {
    let day = id.split('/').next().unwrap_or_default();
    day.parse().map_or_else(|_| wording::name(day), wording::day)
}
