//! What a rule found.

use chrono::NaiveDate;

use super::reading::Side;

/// How much a finding matters, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Worth a look.
    Notice,
    /// Worth acting on.
    Warning,
    /// A warning sign.
    Urgent,
}

/// The unit of a finding's measure and threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A share: 0.1 is 10 %.
    Share,
    /// Metres.
    M,
    /// Days.
    Days,
    /// A plain count.
    Count,
    /// A pain score from 0 to 10.
    Score,
}

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A pair of shoes, by its name.
    Shoes(String),
    /// A hip-pain episode.
    Episode {
        /// The episode's id.
        id: String,
        /// The hip that hurts.
        side: Side,
    },
}

/// One thing that a rule found. The rule makes the sentence for it when the report is built.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// `rule/from`, or `rule/shoe-slug/state` for a pair of shoes.
    pub id: String,
    /// The rule's id.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The first day it is about.
    pub from: NaiveDate,
    /// The last day it is about.
    pub to: NaiveDate,
    /// The day that counts when asking what came before an episode.
    pub dated: NaiveDate,
    /// What was measured, in `unit`.
    pub measured: Option<f64>,
    /// The limit it was compared with, in `unit`.
    pub threshold: Option<f64>,
    /// The unit of both.
    pub unit: Unit,
    /// The ids of the runs it rests on.
    pub runs: Vec<String>,
    /// Special features, such as `return-ramp`.
    pub tags: Vec<String>,
    /// The pair of shoes or the episode it is about, if it is about one.
    pub subject: Option<Subject>,
    /// Further figures for its sentence, by name.
    pub figures: Vec<(&'static str, f64)>,
}

impl Finding {
    /// The pair of shoes it is about, if it is about one.
    #[must_use]
    pub fn shoes(&self) -> Option<&str> {
        match &self.subject {
            Some(Subject::Shoes(name)) => Some(name),
            _ => None,
        }
    }

    /// The id of the episode it is about, if it is about one.
    #[must_use]
    pub fn episode(&self) -> Option<&str> {
        match &self.subject {
            Some(Subject::Episode { id, .. }) => Some(id),
            _ => None,
        }
    }

    /// True if it has this tag.
    #[must_use]
    pub fn has_tag(&self, tag: &str) -> bool {
        self.tags.iter().any(|own| own == tag)
    }

    /// A further figure by name; 0 if it has none of that name.
    #[must_use]
    pub fn figure(&self, name: &str) -> f64 {
        self.figures.iter().find(|(own, _)| *own == name).map_or(0.0, |&(_, value)| value)
    }

    /// A further figure as whole metres.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "figures of length are whole and positive"
    )]
    pub fn figure_m(&self, name: &str) -> u64 {
        self.figure(name).max(0.0) as u64
    }
}
