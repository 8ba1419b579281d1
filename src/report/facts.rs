//! What a report is built from: everything that the floors below have worked out, side by side.

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

/// A note of the log with what was read in it.
#[derive(Clone, Debug)]
pub struct NoteAsRead<'a> {
    /// The note as it was found.
    pub note: &'a Note,
    /// What was read in it.
    pub reading: Reading,
    /// Set where it names no place and was taken for one of the hip.
    pub assumed_hip: Option<AssumedHip>,
}

/// A rule with what it came to.
pub struct RuleResult {
    /// The rule that looked.
    pub rule: &'static dyn Rule,
    /// What it came to.
    pub outcome: Outcome,
}

/// What came before an episode.
#[derive(Clone, Debug)]
pub struct EpisodeHistory {
    /// The findings, the latest first.
    pub preceded_by: Vec<Forerunner>,
    /// The pair of the last run up to the onset.
    pub shoe_at_onset: Option<ShoeAtOnset>,
    /// The distance of the week before against usual.
    pub load: Load,
}

/// Everything a report is built from. Lists with one item for each run, warning or episode stand in the same order.
pub struct Facts<'a> {
    /// The day of the report.
    pub as_of: NaiveDate,
    /// The athlete's name, where one was given.
    pub athlete: Option<&'a str>,
    /// How the report is shown; building adds what depends on the log.
    pub view: View,
    /// The log as it was merged.
    pub log: &'a Log,
    /// How many activities went where.
    pub totals: Totals,
    /// The thresholds in force.
    pub settings: &'a Settings,
    /// Every threshold there is, in the order of the settings.
    pub thresholds: &'a [&'static Threshold],
    /// Runs up to the day of the report.
    pub runs: &'a [&'a Entry],
    /// For each run the position of its pair in the shoe table.
    pub pairs: &'a [Option<usize>],
    /// The days, weeks and shoes worked out of the runs.
    pub tables: &'a Tables,
    /// The last days that were logged, against usual.
    pub recent: Option<Recent>,
    /// Rules in the order of the registry.
    pub judged: &'a [RuleResult],
    /// Ids of current findings.
    pub current: &'a BTreeSet<String>,
    /// The warning signs that notes and episodes raise.
    pub warnings: &'a [Warning],
    /// For each warning whether it leads the report.
    pub standing: &'a [bool],
    /// The notes with what was read in them.
    pub notes: &'a [NoteAsRead<'a>],
    /// The stretches of hip pain.
    pub episodes: &'a [Episode],
    /// For each episode what came before it.
    pub before: &'a [EpisodeHistory],
    /// How the flags of each rule tested stand to the onsets.
    pub links: &'a [Linked],
    /// The advice that the guidance gives.
    pub advice: &'a [guidance::Advice],
    /// The room that the running week has left; `None` until there is a week to plan from.
    pub plan: Option<Budget>,
}
