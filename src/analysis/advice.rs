//! Gathers what the guidance needs to know of a runner: current findings, standing warning signs, open and settled
//! episodes, the notes of the last weeks, and habits. Chooses no advice itself.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::figures;
use crate::guidance::{self, Advice, Habit, Situation};
use crate::model::episode::{Episode, Warning};
use crate::model::finding::{Finding, Unit};
use crate::model::reading::Side;
use crate::model::threshold::{Origin, Settings, Threshold};
use crate::model::units::Units;
use crate::pain::ReadNote;
use crate::pain::episodes::Grouped;
use crate::plan::budget::Budget;
use crate::report::facts::RuleResult;
use crate::rules::{CURRENT_DAYS, Family, MIN_REST_DAYS, SHOE_DUE};
use crate::tables::{REFERENCE_WEEKS, Tables, Week};

/// How long after its last painful day a settled episode brings advice on building up again.
pub const SETTLED_DAYS: Threshold = Threshold {
    key: "settled_days",
    default: 56,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: false,
    meaning: "for so many days after the last painful day, once it has settled, the report says how to build up again",
};

/// The days over which habits and notes of daily life are looked at.
const LOOKED_BACK_DAYS: i64 = 56;

/// An episode counts as a repeated one if another of its side began at most so many days before.
const AGAIN_DAYS: i64 = 365;

/// What the situation for the guidance is built from.
pub(super) struct AdviceInputs<'a> {
    pub as_of: NaiveDate,
    pub judged: &'a [RuleResult],
    /// Ids of the current findings.
    pub current: &'a BTreeSet<String>,
    pub raised: &'a [Warning],
    /// For each raised warning, whether it leads the report.
    pub standing: &'a [bool],
    pub episodes: &'a [Episode],
    pub groups: &'a [Grouped],
    pub notes: &'a [ReadNote<'a>],
    pub tables: &'a Tables,
    pub has_other_sports: bool,
    pub room: Option<&'a Budget>,
    pub units: Units,
    pub settings: &'a Settings,
}

/// Builds the situation and returns the advice for it.
pub(super) fn advise(known: &AdviceInputs<'_>) -> Vec<Advice> {
    let all: Vec<&Finding> = known.judged.iter().flat_map(|one| one.outcome.findings()).collect();
    let worn: BTreeSet<&str> =
        all.iter().filter(|finding| finding.has_tag("worn")).filter_map(|finding| finding.shoes()).collect();
    let superseded =
        |finding: &Finding| finding.has_tag("due") && finding.shoes().is_some_and(|shoe| worn.contains(shoe));
    let current: Vec<&Finding> = all
        .iter()
        .copied()
        .filter(|finding| known.current.contains(&finding.id) && !is_sign(finding) && !superseded(finding))
        .collect();
    let leading: Vec<&Warning> =
        known.raised.iter().zip(known.standing).filter(|&(_, &stands)| stands).map(|(warning, _)| warning).collect();
    let ids: BTreeMap<(NaiveDate, Option<&str>), &str> = all
        .iter()
        .filter(|finding| is_sign(finding))
        .map(|finding| ((finding.from, finding.episode()), finding.id.as_str()))
        .collect();
    let warnings: Vec<(&str, &Warning)> = leading
        .iter()
        .filter_map(|warning| Some((*ids.get(&(warning.note_date, warning.episode.as_deref()))?, *warning)))
        .collect();
    let has_leading = |episode: &Episode| leading.iter().any(|warning| warning.episode.as_ref() == Some(&episode.id));
    let concerned: Vec<&Episode> =
        known.episodes.iter().filter(|episode| episode.open || has_leading(episode)).collect();
    let settled: Vec<&Episode> =
        known.episodes.iter().filter(|episode| is_settled(known, episode) && !has_leading(episode)).collect();
    let words: Vec<(&str, &str)> = known
        .groups
        .iter()
        .filter(|group| concerned.iter().chain(&settled).any(|episode| episode.id == group.episode.id))
        .flat_map(|group| group.notes.iter().map(|&index| (group.episode.id.as_str(), known.notes[index].text)))
        .collect();
    let again: Vec<&str> = again(known.episodes).collect();
    let recent: Vec<(String, &str)> = known
        .notes
        .iter()
        .filter(|note| (known.as_of - note.date).num_days() < LOOKED_BACK_DAYS)
        .map(|note| (format!("note/{}", note.date), note.text))
        .collect();
    let recent: Vec<(&str, &str)> = recent.iter().map(|(id, text)| (id.as_str(), *text)).collect();
    let is_calm = concerned.is_empty() && settled.is_empty() && leading.is_empty();
    let quiet = is_calm.then(|| running_week(known)).flatten();
    // Where nothing hurts, a week back to the usual after a light one calls for nothing.
    let counts = |finding: &&&Finding| !(is_calm && finding.has_tag("after-light-week"));
    let findings: Vec<(&str, &str)> =
        current.iter().filter(counts).map(|finding| (finding.rule, finding.id.as_str())).collect();
    let room = known.room.and_then(|room| figures::room(room, known.units));
    guidance::advise(&Situation {
        findings: &findings,
        warnings: &warnings,
        episodes: &concerned,
        words: &words,
        settled: &settled,
        again: &again,
        recent: &recent,
        quiet: quiet.as_deref(),
        habits: &habits(known),
        figures: &figures::of(&current, known.episodes, known.units),
        room: room.as_deref(),
        as_of: Some(known.as_of),
    })
}

fn is_settled(known: &AdviceInputs<'_>, episode: &Episode) -> bool {
    let since = (known.as_of - episode.end).num_days();
    !episode.open && since <= i64::from(known.settings.get(&SETTLED_DAYS))
}

/// Ids of open episodes with an earlier one of the same side within a year.
fn again(episodes: &[Episode]) -> impl Iterator<Item = &str> {
    let one_side =
        |one: Side, other: Side| !matches!((one, other), (Side::Left, Side::Right) | (Side::Right, Side::Left));
    let before = move |episode: &Episode| {
        episodes.iter().any(|other| {
            other.onset < episode.onset
                && (episode.onset - other.onset).num_days() <= AGAIN_DAYS
                && one_side(episode.side, other.side)
        })
    };
    episodes.iter().filter(move |episode| episode.open && before(episode)).map(|episode| episode.id.as_str())
}

/// The id of the current week, if somebody has run lately.
fn running_week(known: &AdviceInputs<'_>) -> Option<String> {
    let runs = |week: &&Week| {
        week.runs > 0 && (known.as_of - week.end).num_days() < i64::from(known.settings.get(&CURRENT_DAYS))
    };
    known.tables.weeks.iter().rev().find(runs)?;
    known.tables.weeks.last().map(|week| format!("week/{}", week.start))
}

/// The habits seen in the recent weeks that can be judged.
fn habits(known: &AdviceInputs<'_>) -> Vec<Habit> {
    let recent = |week: &&Week| week.assessable() && (known.as_of - week.end).num_days() < LOOKED_BACK_DAYS;
    let weeks: Vec<&Week> = known.tables.weeks.iter().filter(recent).collect();
    let mut habits = Vec::new();
    let metres =
        |weeks: &[&Week]| weeks.iter().filter_map(|week| week.distance_m).sum::<u64>() / weeks.len().max(1) as u64;
    let (before, last) = weeks.split_at(weeks.len().saturating_sub(REFERENCE_WEEKS));
    if before.len() >= 2 && metres(last) > metres(before) {
        habits.push(Habit::Growing);
    }
    let fewest_days = known.settings.get(&MIN_REST_DAYS);
    let few = weeks.iter().filter(|week| week.rest_days.is_some_and(|days| days <= fewest_days)).count();
    if !weeks.is_empty() && 2 * few > weeks.len() {
        habits.push(Habit::LittleRest);
    }
    if !known.has_other_sports {
        habits.push(Habit::OnlyRunning);
    }
    let due = u64::from(known.settings.get(&SHOE_DUE));
    let in_use = known.tables.shoes.iter().filter(|shoe| {
        shoe.last_used.is_some_and(|day| (known.as_of - day).num_days() < i64::from(known.settings.get(&CURRENT_DAYS)))
    });
    let distances: Vec<u64> = in_use.map(|shoe| shoe.distance_m).collect();
    if distances.is_empty() || distances.iter().any(|&metres| 5 * metres >= 4 * due) {
        habits.push(Habit::ShoesToWatch);
    }
    habits
}

pub(super) fn is_sign(finding: &Finding) -> bool {
    Family::of(finding.rule) == Family::Signs
}
