//! The shape of a guidance entry as it stands in the data files.

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
    /// Every topic, in the order a list shows them.
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

/// What an entry asks the reader to use. Warning signs rule some of these out.
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

/// One way an entry is called for: every key that is given has to hold, and a list holds where one of its items does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own in the data files")]
pub struct Condition {
    /// A current finding of one of these rules. In the data files `any` stands for every load rule, and
    /// `any-with-remedy` for those whose findings a training plan can remove.
    pub rules: Vec<String>,
    /// A standing warning of one of these signs; together with `priorities`, one of these priorities too.
    pub flags: Vec<RedFlag>,
    /// A standing warning of one of these priorities.
    pub priorities: Vec<Priority>,
    /// The episode names one of these regions; `general` holds only where no other is known.
    pub regions: Vec<Region>,
    /// The episode names one of these qualities.
    pub qualities: Vec<Quality>,
    /// The episode names one of these timings.
    pub timing: Vec<Timing>,
    /// A note of the episode holds one of these words or phrases, in lower case.
    pub words: Vec<String>,
    /// The episode lasts more than so many days, first and last painful day included.
    pub over_days: Option<i64>,
    /// There is an episode.
    pub episode: bool,
    /// There is anything at all.
    pub always: bool,
    /// The episode is open and no warning sign stands in it.
    pub mild: bool,
    /// The episode has ended in the last weeks and left no sign that leads. Without this key a condition asks of open
    /// episodes and of those with such a sign.
    pub settled: bool,
    /// The episode is open and not the first of its side within a year.
    pub again: bool,
    /// Somebody runs, and no hip hurts, has just settled or shows a sign.
    pub quiet: bool,
    /// The log shows one of these.
    pub habits: Vec<Habit>,
    /// A note of the last weeks, whatever else it speaks of, holds one of these words or phrases, in lower case.
    pub life: Vec<String>,
    /// A professional has seen what one of the standing warnings is about.
    pub seen: Option<bool>,
}

impl Condition {
    /// True where only an episode, or the warnings of one, can fulfil it.
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

/// One entry: a line of advice or background, where it comes from, and what calls for it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key that an entry may set")]
pub struct Entry {
    /// Its stable id.
    pub id: String,
    /// Ids of the catalogue's facts it is drawn from.
    pub covers: Vec<String>,
    /// What it is for.
    pub kind: Kind,
    /// Topics it is listed under.
    pub topic: Vec<Topic>,
    /// How soon.
    pub priority: Priority,
    /// The place among those of the same priority.
    pub order: u32,
    /// What a warning sign asks for, with `{ladder}` and `{answer to a note|in the guide}` still in it. An answer puts a
    /// colon between it and the text, the guide a blank.
    pub call: Option<String>,
    /// The line, or behind a call the reason for it, with `{side}`, `{other}` and `{answer to a note|in the guide}` still
    /// in it.
    pub text: String,
    /// What it asks for in a few words, for the first screen, without a sign at its end.
    pub short: Option<String>,
    /// It says how long the others hold: the first screen has it whole.
    #[serde(default)]
    pub holds_until: bool,
    /// The line while a warning sign stands, for what is then history.
    pub history: Option<String>,
    /// What it asks the reader to use.
    #[serde(default)]
    pub means: Vec<Means>,
    /// What in it no text says and this tool adds.
    pub tool: Option<String>,
    /// What published work says of the rule it belongs to.
    pub evidence: Option<String>,
    /// How well that supports it.
    pub grade: Option<String>,
    /// It opens with the figures of the finding that it answers.
    #[serde(default)]
    pub figures: bool,
    /// It ends with how far this week may go, where no line before it does.
    #[serde(default)]
    pub room: bool,
    /// It takes turns with others like it, two of them a week.
    #[serde(default)]
    pub turn: bool,
    /// What calls for it; nothing where it is for `explain` and `guide` alone.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// What keeps it away.
    #[serde(default)]
    pub unless: Vec<Condition>,
}

/// The title under which a source says that something is this tool's own addition.
pub const OWN_ADDITION: &str = "Added by runhip, not in the guidance texts";

impl Entry {
    /// Titles and sections of its facts, each once, and its own addition last where it has one.
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

    /// True where a finding of the rule calls for it.
    #[must_use]
    pub fn answers(&self, rule: &str) -> bool {
        self.when.iter().any(|condition| condition.rules.iter().any(|named| named == rule))
    }

    /// True where it speaks of the region, or of none in particular, and is not held back from it.
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
