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
use crate::report::contract::{Load, PrecededBy, ShoeAtOnset, View};
use crate::rules::{Outcome, Rule};
use crate::tables::Tables;

/// A note and what it says.
#[derive(Clone, Debug)]
pub struct Noted<'a> {
    /// The note.
    pub note: &'a Note,
    /// What it says.
    pub reading: Reading,
    /// Set where it names no place and was taken for one of the hip.
    pub assumed_hip: Option<AssumedHip>,
}

/// A rule and what it came to.
pub struct Judged {
    /// The rule.
    pub rule: &'static dyn Rule,
    /// What it came to.
    pub outcome: Outcome,
}

/// What came before an episode.
#[derive(Clone, Debug)]
pub struct Before {
    /// The findings, the latest first.
    pub preceded_by: Vec<PrecededBy>,
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
    /// The log.
    pub log: &'a Log,
    /// Where activities went.
    pub totals: Totals,
    /// The thresholds in force.
    pub settings: &'a Settings,
    /// Every threshold.
    pub thresholds: &'a [&'static Threshold],
    /// Runs up to the day of the report.
    pub runs: &'a [&'a Entry],
    /// For each run the position of its pair in the shoe table.
    pub pairs: &'a [Option<usize>],
    /// The tables.
    pub tables: &'a Tables,
    /// Rules in the order of the registry.
    pub judged: &'a [Judged],
    /// Ids of current findings.
    pub current: &'a BTreeSet<String>,
    /// Warning signs.
    pub warnings: &'a [Warning],
    /// For each warning whether it leads the report.
    pub standing: &'a [bool],
    /// Notes.
    pub notes: &'a [Noted<'a>],
    /// Episodes.
    pub episodes: &'a [Episode],
    /// For each episode what came before it.
    pub before: &'a [Before],
    /// The statistics.
    pub links: &'a [Linked],
    /// Advice.
    pub advice: &'a [guidance::Advice],
    /// The week's budget.
    pub plan: Option<Budget>,
}
