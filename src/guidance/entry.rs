//! The form of a guidance entry in the data files.

use serde::{Deserialize, Serialize};

use crate::model::reading::{Priority, Quality, Region, Timing};
use crate::model::warning_sign::RedFlag;

use super::catalogue::{Source, facts};
use super::situation::Habit;

/// What a line of guidance is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, strum::IntoStaticStr)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Kind {
    /// A warning sign: takes the priority of the warning that brought it.
    Warning,
    /// Who to see.
    Care,
    /// Not to run until assessed: stays beside an emergency.
    Stop,
    /// Self-care for hip pain.
    Relief,
    /// Self-care for a cramp: never beside a warning sign.
    Spasm,
    /// A condition or pattern that the note may fit.
    MayFit,
    /// What to do about a finding.
    Load,
    /// Why a finding matters: left out where all its facts are printed already.
    Why,
    /// The prevention block: left out where all its facts are printed already.
    Prevention,
    /// Strength and stretching after pain.
    Rebuild,
    /// When strength and stretching may begin again: stays beside warning signs.
    Restart,
    /// Daily habits.
    Habit,
    /// What the reader must know about the report itself: stays beside warning signs.
    Notice,
    /// Not medical advice.
    Disclaimer,
    /// For `explain` and `guide` alone.
    Background,
}

/// A topic of `runhip guide`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[expect(missing_docs, reason = "each name is the topic's own word")]
pub enum Topic {
    SpasmNow,
    WarningSigns,
    Relief,
    Prevention,
    Conditions,
    Stretching,
    Strength,
    Nutrition,
    Sitting,
    Stress,
    Sleep,
    WhoToSee,
    DailyChecklist,
    WeeklyChecklist,
}

impl Topic {
    /// Every topic, in the order of a list.
    pub const ALL: [Self; 14] = [
        Self::SpasmNow,
        Self::WarningSigns,
        Self::Relief,
        Self::Prevention,
        Self::Conditions,
        Self::Stretching,
        Self::Strength,
        Self::Nutrition,
        Self::Sitting,
        Self::Stress,
        Self::Sleep,
        Self::WhoToSee,
        Self::DailyChecklist,
        Self::WeeklyChecklist,
    ];
}

/// A measure that an entry asks the reader to take. Warning signs rule out some of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each name is the plain English word")]
pub enum Means {
    Stretch,
    Heat,
    Cold,
    Massage,
    Exercise,
    Medicine,
    ActiveRecovery,
    Walk,
    CrossTrain,
    Rest,
    Breathing,
    Fluid,
    Food,
}

/// One reason for an entry to appear. Every key that is given has to hold; a list holds if one of its items does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own in the data files")]
pub struct Condition {
    /// A current finding of one of these rules. In the data files `any` means every load rule, and `any-with-remedy`
    /// those whose findings a training plan can remove.
    pub rules: Vec<String>,
    /// A standing warning of one of these signs; if `priorities` is given too, it also has one of those.
    pub flags: Vec<RedFlag>,
    /// A standing warning of one of these priorities.
    pub priorities: Vec<Priority>,
    /// The episode names one of these regions; `general` holds only if no other is known.
    pub regions: Vec<Region>,
    /// The episode names one of these qualities.
    pub qualities: Vec<Quality>,
    /// The episode names one of these timings.
    pub timing: Vec<Timing>,
    /// A note of the episode contains one of these words or phrases, given in lower case.
    pub words: Vec<String>,
    /// The episode lasts more than so many days, counting the first and last painful day.
    pub over_days: Option<i64>,
    /// There is an episode.
    pub episode: bool,
    /// Anything at all is known.
    pub always: bool,
    /// The episode is open and has no warning sign.
    pub mild: bool,
    /// The episode has ended in the last weeks and left no leading sign. Without this key, a condition about episodes
    /// applies to open ones and those with a leading sign.
    pub settled: bool,
    /// The episode is open and not the first of its side within a year.
    pub again: bool,
    /// The runner is running, and no hip hurts, has recently settled or has a warning sign.
    pub quiet: bool,
    /// The log shows one of these habits.
    pub habits: Vec<Habit>,
    /// A note of the last weeks, on any subject, contains one of these words or phrases, given in lower case.
    pub life: Vec<String>,
    /// Whether a professional has seen what a standing warning is about.
    pub seen: Option<bool>,
}

impl Condition {
    /// True if only an episode, or the warnings of one, can meet the condition.
    pub(super) fn asks_of_an_episode(&self) -> bool {
        self.episode
            || self.mild
            || self.settled
            || self.again
            || self.seen.is_some()
            || self.over_days.is_some()
            || !(self.flags.is_empty() && self.priorities.is_empty() && self.regions.is_empty())
            || !(self.qualities.is_empty() && self.timing.is_empty() && self.words.is_empty())
    }
}

/// One entry: a line of advice or background, its sources, and when it appears.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key that an entry may set")]
pub struct Entry {
    /// Its stable id.
    pub id: String,
    /// Ids of the catalogue's facts on which it is based.
    pub covers: Vec<String>,
    /// Its purpose.
    pub kind: Kind,
    /// Topics under which it is listed.
    pub topic: Vec<Topic>,
    /// Its urgency.
    pub priority: Priority,
    /// Its position among entries of the same priority.
    pub order: u32,
    /// What a warning sign calls for, with the placeholders `{ladder}` and `{answer to a note|in the guide}` still in
    /// it. An answer puts a colon between the call and the text, the guide a space.
    pub call: Option<String>,
    /// The line, or after a call the reason for it, with the placeholders `{side}`, `{other}` and `{answer to a
    /// note|in the guide}` still in it.
    pub text: String,
    /// What it asks for in a few words, for the first screen, without final punctuation.
    pub short: Option<String>,
    /// Whether it says how long other advice applies; the first screen shows it in full.
    #[serde(default)]
    pub holds_until: bool,
    /// The line to show while a warning sign stands, when the finding is only history.
    pub history: Option<String>,
    /// The measures it asks for.
    #[serde(default)]
    pub means: Vec<Means>,
    /// The part of it that no text says and this tool adds.
    pub tool: Option<String>,
    /// What published work says of the rule it belongs to.
    pub evidence: Option<String>,
    /// How well that work supports it.
    pub grade: Option<String>,
    /// Whether it begins with the figures of its finding.
    #[serde(default)]
    pub figures: bool,
    /// Whether it ends with how far the runner may still go this week, unless a line before it does.
    #[serde(default)]
    pub room: bool,
    /// Whether it alternates with others like it, two of them a week.
    #[serde(default)]
    pub turn: bool,
    /// The reasons for it to appear; empty if it is only for `explain` and `guide`.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// What keeps it from appearing.
    #[serde(default)]
    pub unless: Vec<Condition>,
}

/// The title that a source has if the statement is this tool's own addition.
pub const OWN_ADDITION: &str = "Added by runhip, not in the guidance texts";

impl Entry {
    /// Titles and sections of its facts, each once, with its own addition last if it has one.
    #[must_use]
    pub fn sources(&self) -> Vec<Source> {
        let mut places = Vec::new();
        for fact in self.covers.iter().filter_map(|id| facts().get(id.as_str())) {
            let place = fact.place();
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places.extend(self.tool.iter().map(|tool| Source { title: OWN_ADDITION.to_owned(), section: tool.clone() }));
        places
    }

    /// True if a finding of the rule calls for it.
    #[must_use]
    pub fn answers(&self, rule: &str) -> bool {
        self.when.iter().any(|condition| condition.rules.iter().any(|named| named == rule))
    }

    /// True if it applies to the region or to no particular one, and is not excluded for it.
    #[must_use]
    pub fn speaks_of(&self, region: Region) -> bool {
        let called = self.when.iter().all(|condition| condition.regions.is_empty())
            || self.when.iter().any(|condition| condition.regions.contains(&region));
        let of_regions_alone = |condition: &Condition| {
            *condition == Condition { regions: condition.regions.clone(), ..Condition::default() }
        };
        let held_back =
            self.unless.iter().any(|condition| of_regions_alone(condition) && condition.regions.contains(&region));
        called && !held_back
    }
}

#[cfg(test)]
mod tests {
    use super::super::shelf::by_id;
    use super::*;

    #[test]
    fn sources_are_each_named_once_with_the_tools_addition_last() {
        let ice = by_id("ice").unwrap().sources();
        assert_eq!(ice.len(), 2, "nine facts, two sections");
        assert_eq!(ice[0].section, "Ice");
        let saddle = by_id("saddle-numbness").unwrap().sources();
        assert_eq!(saddle.len(), 1);
        assert_eq!(saddle[0].title, OWN_ADDITION);
    }

    #[test]
    fn an_entry_with_regions_speaks_of_those_alone() {
        let stretch = by_id("cramp-stretch-buttock").unwrap();
        assert!(stretch.speaks_of(Region::Buttock));
        assert!(!stretch.speaks_of(Region::Outer));
        assert!(by_id("ice").unwrap().speaks_of(Region::Outer));
    }

    #[test]
    fn an_entry_held_back_from_a_region_does_not_speak_of_it() {
        let pigeon = by_id("stretch-pigeon").unwrap();
        assert!(pigeon.speaks_of(Region::Buttock) && !pigeon.speaks_of(Region::Radiating));
        let frog = by_id("stretch-frog").unwrap();
        assert!(frog.speaks_of(Region::Outer) && !frog.speaks_of(Region::FrontGroin));
    }

    #[test]
    fn an_unknown_key_is_refused() {
        let text = "id = 'a'\ncovers = []\nkind = 'relief'\ntopic = []\npriority = 'P3'\norder = 1\ntext = 'b'\n";
        assert!(toml::from_str::<Entry>(text).is_ok());
        assert!(toml::from_str::<Entry>(&format!("{text}dose = 3\n")).is_err());
        assert!(toml::from_str::<Entry>(&format!("{text}when = [{{ rule = ['x'] }}]\n")).is_err());
    }
}
