//! What a note says: the closed vocabulary that readings, episodes and guidance share.

use std::collections::BTreeSet;

/// Which hip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
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

/// A warning sign. Those up to `DailyActivities` are read from a note; the rest only an episode can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// Loss of control of bowel or bladder: an emergency with or without hip pain.
    BowelBladder,
    /// Numb groin, saddle or genitals with hip or back pain: an emergency. An addition of this tool.
    SaddleNumbness,
    /// The leg gives way or is weak, the foot drags or cannot be lifted.
    Weakness,
    /// A fall, blow or collision onto the hip.
    Trauma,
    /// Unable or sore to stand on it, limping.
    CannotBearWeight,
    /// A pop or snap felt or heard.
    Pop,
    /// Fever, chills or shivering with hip pain.
    Fever,
    /// Blue, purple, white or mottled skin.
    SkinColour,
    /// Swollen, red or warm to touch.
    SwellingRednessWarmth,
    /// Numbness or tingling in hip, leg, foot or toes, with hip pain.
    NumbnessTingling,
    /// Pain that spoils sleep or is felt in bed.
    NightOrSleep,
    /// Days on end, worse with each run, or coming back.
    Persistent,
    /// Pain in stairs, shoes and socks, sitting, errands, work.
    DailyActivities,
    /// A high score.
    Severe,
    /// Sharp or sudden pain.
    SharpSudden,
    /// Pain down the leg.
    Radiating,
    /// Front or groin pain after a jump or a spike.
    FrontGroinAfterLoad,
    /// Scores that climb.
    Worsening,
    /// Two or more episodes within 365 days.
    Recurrent,
    /// Cramps that come often or last minutes.
    FrequentCramp,
    /// Cramp that comes with each run and settles at rest.
    ExertionalCramp,
}

impl Flag {
    /// The sign of this kebab-case name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        serde_json::from_value(name.into()).ok()
    }

    /// What it is, in a few words, as every format and every finding has it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::BowelBladder => "loss of control of bowel or bladder",
            Self::SaddleNumbness => "numbness in the groin, saddle or genitals",
            Self::Weakness => "a weak leg, or a leg that gives way",
            Self::Trauma => "a fall or a blow",
            Self::CannotBearWeight => "trouble standing on it, or a limp",
            Self::Pop => "a pop or snap",
            Self::Fever => "fever or chills with hip pain",
            Self::SkinColour => "a change in the skin's colour",
            Self::SwellingRednessWarmth => "swelling, redness or warmth",
            Self::NumbnessTingling => "numbness or tingling",
            Self::NightOrSleep => "pain at night or in bed",
            Self::Persistent => "pain for days on end",
            Self::DailyActivities => "pain in everyday activities",
            Self::Severe => "severe pain",
            Self::SharpSudden => "sharp or sudden pain",
            Self::Radiating => "pain down the leg",
            Self::FrontGroinAfterLoad => "front or groin pain after a rise in distance",
            Self::Worsening => "pain that is getting worse",
            Self::Recurrent => "hip pain again within a year",
            Self::FrequentCramp => "cramps that come often or last minutes",
            Self::ExertionalCramp => "cramp that comes with running and settles at rest",
        }
    }
}

/// How soon, most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Priority {
    /// Emergency.
    P0,
    /// Today.
    P1,
    /// Soon.
    P2,
    /// Now, at home.
    P3,
    /// The training load.
    P4,
    /// Rebuilding, once pain has settled.
    P5,
    /// Habits.
    P6,
}

/// The kebab-case name that serde gives a plain enum value.
#[must_use]
pub fn name_of<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Which words of a note gave which part of its reading. Byte positions into the note's text, on character boundaries.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What was read from it, such as `region outer` or `not fever`.
    pub meaning: String,
}

/// What one note says, judged by itself.
#[expect(clippy::struct_excessive_bools, reason = "each is an independent fact of the note")]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Hip-region pain or discomfort, now or in this run.
    pub hip: bool,
    /// The side; `None` where `hip` is false.
    pub side: Option<Side>,
    /// The region; `None` where `hip` is false.
    pub region: Option<Region>,
    /// 0–10 as given to the hip.
    pub severity: Option<f64>,
    /// How it feels.
    pub qualities: BTreeSet<Quality>,
    /// When it is felt.
    pub timing: BTreeSet<Timing>,
    /// Warning signs asserted.
    pub red_flags: BTreeSet<Flag>,
    /// Warning signs denied outright ("no fever"), which clears an earlier one.
    pub denied_flags: BTreeSet<Flag>,
    /// Weakness that is sudden, or a foot that cannot be lifted: an emergency.
    pub sudden_weakness: bool,
    /// Leg pain, numbness or tingling said to reach below the knee.
    pub below_knee: bool,
    /// Pain described as sudden.
    pub sudden: bool,
    /// Called severe, excruciating or the like, whatever the score.
    pub severe_words: bool,
    /// Words that the pain is getting worse over runs or days.
    pub worsening_words: bool,
    /// Words that it keeps coming back.
    pub recurrent_words: bool,
    /// Cramps that come often or last minutes at a time.
    pub frequent_cramp: bool,
    /// Pain in the hip denied ("hip fine", 0/10): ends an episode's being open.
    pub denies_hip_pain: bool,
    /// The side whose pain is denied, left or right; `None` for hips in general.
    pub denied_side: Option<Side>,
    /// A doctor, physiotherapist or clinic was consulted about the hip.
    pub consultation: bool,
    /// False where the words could not be understood, or are not in English.
    pub understood: bool,
    /// The words behind the reading, in the order of the text.
    pub spans: Vec<Span>,
}
