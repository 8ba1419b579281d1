//! What a note says: the closed vocabulary that readings, episodes and guidance share.

use std::collections::BTreeSet;

use super::warning_sign::RedFlag;

pub use super::priority::Priority;

/// Which hip.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Side {
    /// Left.
    Left,
    /// Right.
    Right,
    /// Both.
    Both,
    /// Hip pain with no side named.
    Unknown,
}

/// Which part of the hip region.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Region {
    /// Side of the hip.
    Outer,
    /// Front of the hip or groin.
    FrontGroin,
    /// Buttock.
    Buttock,
    /// Down the leg.
    Radiating,
    /// The hip, no spot named.
    General,
}

/// How it feels.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    strum::EnumIter,
    strum::EnumString,
    strum::FromRepr,
    strum::IntoStaticStr,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[expect(missing_docs, reason = "each name is the plain English word")]
pub enum Quality {
    Ache,
    Burning,
    Click,
    Cramp,
    Dull,
    Knot,
    Niggle,
    Numb,
    Pinch,
    Pop,
    Sharp,
    Shooting,
    Sore,
    Spasm,
    Stiff,
    Tender,
    Throbbing,
    Tight,
    Tingle,
    Twinge,
    Weak,
}

/// When it is felt.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Timing {
    /// While running.
    DuringRun,
    /// After a run.
    AfterRun,
    /// Lying on that side.
    Lying,
    /// Standing or walking on the leg.
    WeightBearing,
    /// At rest or sitting.
    RestSitting,
    /// At night.
    Night,
}

/// The name of a plain enum value, as the JSON has it.
#[must_use]
pub fn name_of(value: impl Into<&'static str>) -> &'static str {
    value.into()
}

/// Which words of a note gave which part of its reading. Positions are bytes of the note's text in UTF-8, on character
/// boundaries.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Span {
    /// The first byte of the words, counted from 0 in the note's text.
    pub start: usize,
    /// One past their last byte.
    pub end: usize,
    /// What was read from it, such as `region outer` or `not fever`.
    pub meaning: String,
}

/// A language that is not read, and what a note in it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tongue {
    /// Its English name.
    pub name: &'static str,
    /// Whether the note names the hip region, and not only pain.
    pub hip: bool,
}

/// What one note says, judged by itself.
#[expect(clippy::struct_excessive_bools, reason = "each is an independent fact of the note")]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Whether it tells of pain or discomfort in the hip region, now or during this run.
    pub hip: bool,
    /// The side; `None` if `hip` is false.
    pub side: Option<Side>,
    /// The region; `None` if `hip` is false.
    pub region: Option<Region>,
    /// The score given to the hip, 0–10.
    pub severity: Option<f64>,
    /// How it feels.
    pub qualities: BTreeSet<Quality>,
    /// When it is felt.
    pub timing: BTreeSet<Timing>,
    /// The warning signs that it asserts.
    pub red_flags: BTreeSet<RedFlag>,
    /// The warning signs that it denies outright ("no fever"), which ends an earlier one.
    pub denied_flags: BTreeSet<RedFlag>,
    /// Whether a leg or foot fails so that its weakness counts without hip pain beside it.
    pub leg_fails: bool,
    /// Whether weakness came suddenly, or a foot cannot be lifted: an emergency.
    pub sudden_weakness: bool,
    /// Whether trouble bearing weight is no more than an altered gait: a limp, or walking like a cowboy.
    pub only_limps: bool,
    /// Whether leg pain, numbness or tingling is said to reach below the knee.
    pub below_knee: bool,
    /// Whether pain is described as sudden.
    pub sudden: bool,
    /// Whether pain is called severe, excruciating or the like, whatever the score.
    pub severe_words: bool,
    /// Whether the pain is said to be getting worse over runs or days.
    pub worsening_words: bool,
    /// Whether the pain is said to keep coming back.
    pub recurrent_words: bool,
    /// Whether cramps come often or last minutes at a time.
    pub frequent_cramp: bool,
    /// Whether hip pain is denied ("hip fine", 0/10), which ends an open episode.
    pub denies_hip_pain: bool,
    /// The side whose pain is denied, left or right; `None` for hips in general.
    pub denied_side: Option<Side>,
    /// Whether a doctor, physiotherapist or clinic was consulted about the hip.
    pub consultation: bool,
    /// False if the words could not be understood or are not in English.
    pub understood: bool,
    /// The language, other than English, in which the note speaks of the hip or of pain; it is then not understood.
    pub tongue: Option<Tongue>,
    /// The words that the reading rests on, in the order of the text.
    pub spans: Vec<Span>,
}

impl Reading {
    /// Whether a warning sign counts in this note: any with hip pain, and without it those that need none.
    #[must_use]
    pub fn counts(&self, flag: RedFlag) -> bool {
        self.hip || flag.stands_alone() || self.leg_fails && flag == RedFlag::Weakness
    }

    /// The warning signs that it asserts and that count.
    pub fn counted_flags(&self) -> impl Iterator<Item = RedFlag> + '_ {
        self.red_flags.iter().copied().filter(|flag| self.counts(*flag))
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    /// Every value of an enum with its name and its name in the JSON.
    fn names<T>() -> Vec<(&'static str, serde_json::Value)>
    where
        T: IntoEnumIterator + Copy + serde::Serialize + Into<&'static str>,
    {
        T::iter().map(|value| (name_of(value), serde_json::to_value(value).expect("a name"))).collect()
    }

    #[test]
    fn names_are_those_of_the_json() {
        let all = [names::<Side>(), names::<Region>(), names::<Quality>(), names::<Timing>(), names::<RedFlag>()];
        for (name, in_json) in all.into_iter().flatten().chain(names::<Priority>()) {
            assert_eq!(in_json, name);
        }
        assert_eq!(name_of(Region::FrontGroin), "front-groin");
        assert_eq!(name_of(Priority::P0), "P0");
    }
}
