//! What a rule is, as data: its words, its thresholds, and how other parts of the program treat it.

use super::evidence::{Study, bearing_on};
use crate::link::preset::Preset;
use crate::model::threshold::{Settings, Threshold};

/// What a rule is, in words and in the properties that other parts need.
#[derive(Clone, Copy, Debug)]
pub struct Meta {
    /// The id in kebab case; the rule's file is named for it in snake case.
    pub id: &'static str,
    /// A title of a few words.
    pub title: &'static str,
    /// The group in which it is shown.
    pub family: Family,
    /// What it assesses, for one and for many, such as `week` and `weeks`.
    pub counted: (&'static str, &'static str),
    /// What it looks for. A threshold's key in braces is replaced by its value.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// One example with numbers.
    pub example: &'static str,
    /// How well it is supported, in a few words.
    pub grade: &'static str,
    /// The catalogue ids of the guidance it is based on.
    pub guidance: &'static [&'static str],
    /// Every threshold it uses.
    pub thresholds: &'static [&'static Threshold],
    /// How the statistics test it against episodes; `None` if they do not.
    pub link: Option<Preset>,
    /// Whether its findings are rises in load, after which front or groin pain is a warning sign.
    pub load_rise: bool,
    /// Whether it needs only the distance of weeks, so that it can judge a plan of weekly totals.
    pub week_totals_suffice: bool,
    /// What a training plan can do about its findings.
    pub remedy: Remedy,
}

impl Meta {
    /// What published work says of it, null results included: one sentence for each finding of a study.
    pub fn evidence(&self) -> impl Iterator<Item = String> {
        bearing_on(self.id).map(Study::sentence)
    }

    /// What it looks for under these settings.
    #[must_use]
    pub fn what_under(&self, settings: &Settings) -> String {
        self.thresholds.iter().fold(self.what.to_owned(), |text, threshold| {
            text.replace(&format!("{{{}}}", threshold.key), &threshold.in_words(settings.get(threshold)))
        })
    }
}

/// The groups in which findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Warning signs in notes.
    Signs,
    /// Runs during an episode.
    Pain,
    /// Weekly distance, single runs and breaks.
    Distance,
    /// Rest days and streaks.
    Rest,
    /// Shoes.
    Shoes,
}

impl Family {
    /// The family of the rule with this id. An unknown rule, from a report of another version, counts as one on
    /// distance.
    #[must_use]
    pub fn of(rule: &str) -> Self {
        super::by_id(rule).map_or(Self::Distance, |rule| rule.meta().family)
    }
}

/// What a training plan can do about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Shorten the week.
    ShortenWeek,
    /// Shorten the run.
    ShortenRun,
    /// Plan more days without a run.
    AddRestDays,
    /// Break the streak with a day without a run.
    BreakStreak,
    /// Run in another pair.
    OtherShoes,
    /// Nothing, for the reason in this sentence.
    None(&'static str),
}

impl Remedy {
    /// Whether a suggested plan keeps the limit by its choice of distances and days.
    #[must_use]
    pub fn is_kept_by_suggestions(self) -> bool {
        matches!(self, Self::ShortenWeek | Self::ShortenRun | Self::AddRestDays | Self::BreakStreak)
    }
}
