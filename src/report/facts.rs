//! What a report is built from: all results of the floors below, side by side.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::guidance;
use crate::link::Linked;
use crate::model::episode::{Episode, Warning};
use crate::model::ledger::Totals;
use crate::model::log::{Entry, Log};
use crate::model::note::{AssumedHip, Note};
use crate::model::reading::Reading;
use crate::model::threshold::{Settings, Threshold};
use crate::plan::budget::Budget;
use crate::report::contract::{Forerunner, Load, Recent, ShoeAtOnset, View};
use crate::rules::{Outcome, Rule};
use crate::tables::Tables;

/// A note of the log with its reading.
#[derive(Clone, Debug)]
pub struct NoteAsRead<'a> {
    /// The note as it was found.
    pub note: &'a Note,
    /// Its reading.
    pub reading: Reading,
    /// Set where the note names no part of the body and was taken as one about the hip.
    pub assumed_hip: Option<AssumedHip>,
}

/// A rule with its result.
pub struct RuleResult {
    /// The rule.
    pub rule: &'static dyn Rule,
    /// Its result.
    pub outcome: Outcome,
}

/// What came before an episode.
#[derive(Clone, Debug)]
pub struct EpisodeHistory {
    /// The findings before it, the latest first.
    pub preceded_by: Vec<Forerunner>,
    /// The pair worn in the last run up to the onset.
    pub shoe_at_onset: Option<ShoeAtOnset>,
    /// The distance of the week before, against usual.
    pub load: Load,
}

/// Everything a report is built from. Lists with an item for each run, warning or episode are in the same order as
/// these.
pub struct Facts<'a> {
    /// The day of the report.
    pub as_of: NaiveDate,
    /// The athlete's name, if one was given.
    pub athlete: Option<&'a str>,
    /// How the report is shown; building adds the parts that depend on the log.
    pub view: View,
    /// The log as it was merged.
    pub log: &'a Log,
    /// How many activities became what.
    pub totals: Totals,
    /// The thresholds in force.
    pub settings: &'a Settings,
    /// Every threshold, in the order of the settings.
    pub thresholds: &'a [&'static Threshold],
    /// The runs up to the day of the report.
    pub runs: &'a [&'a Entry],
    /// For each run, the index of its pair in the shoe table.
    pub pairs: &'a [Option<usize>],
    /// The days, weeks and shoes computed from the runs.
    pub tables: &'a Tables,
    /// The last logged days, against usual.
    pub recent: Option<Recent>,
    /// Rules with their results, in the order of the registry.
    pub judged: &'a [RuleResult],
    /// The ids of the current findings.
    pub current: &'a BTreeSet<String>,
    /// The warning signs that notes and episodes raise.
    pub warnings: &'a [Warning],
    /// For each warning, whether it leads the report.
    pub standing: &'a [bool],
    /// The notes with their readings.
    pub notes: &'a [NoteAsRead<'a>],
    /// The episodes of hip pain.
    pub episodes: &'a [Episode],
    /// For each episode, what came before it.
    pub before: &'a [EpisodeHistory],
    /// How the flags of each tested rule are linked to onsets.
    pub links: &'a [Linked],
    /// The advice of the guidance.
    pub advice: &'a [guidance::Advice],
    /// The room left in the current week; `None` without a week to start from.
    pub plan: Option<Budget>,
}
