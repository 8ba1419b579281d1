//! The warning signs, each a row of one table: its words, where it may be read, how urgent it is, what raises that,
//! and which advice it rules out. It reads no note and words no advice.

use super::priority::Priority;

/// A warning sign, in medicine a red flag. The first are read from a note; those from `severe` on only an episode can carry.
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
pub enum RedFlag {
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

/// Where a sign may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// In any note: an emergency with or without hip pain.
    AnyNote,
    /// Only in a note of hip pain.
    NoteOfHip,
    /// In no single note: it follows from the notes of an episode together.
    Episode,
}

/// What makes a sign more urgent than it is by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raise {
    /// One of these signs stands in the same episode.
    Beside(&'static [RedFlag]),
    /// It came suddenly, or the foot cannot be lifted.
    Sudden,
}

/// The properties of one sign.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent fact of the sign")]
pub struct Row {
    /// Its name in a few words, used in every format and finding.
    pub words: &'static str,
    /// Where it may be read.
    pub scope: Scope,
    /// How urgent it is by itself. Further words can raise this but never lower it.
    pub priority: Priority,
    /// What makes it more urgent, and how urgent it then is.
    pub raised: Option<(Raise, Priority)>,
    /// Whether it is felt or seen at the hip itself, so that a note that names the hip and this sign is one of hip
    /// pain.
    pub at_the_hip: bool,
    /// Whether it rules out advice to walk or to train in another way.
    pub off_the_leg: bool,
    /// Whether cold may be advised beside it, however urgent it is.
    pub cold_may_help: bool,
    /// Whether, with groin pain, it may be a stress fracture, which then has to be mentioned.
    pub may_be_a_stress_fracture: bool,
}

/// Defaults for a sign that asks for a doctor soon.
const SOON: Row = Row {
    words: "",
    scope: Scope::NoteOfHip,
    priority: Priority::P2,
    raised: None,
    at_the_hip: false,
    off_the_leg: false,
    cold_may_help: false,
    may_be_a_stress_fracture: false,
};

/// Defaults for a sign that asks for a doctor today.
const TODAY: Row = Row { priority: Priority::P1, ..SOON };

/// Defaults for a sign that only an episode has.
const OF_AN_EPISODE: Row = Row { scope: Scope::Episode, ..SOON };

impl RedFlag {
    /// Its row of the table. Urgencies follow the guidance's red flags.
    #[must_use]
    pub const fn row(self) -> Row {
        match self {
            Self::BowelBladder => Row {
                words: "no control of bowel or bladder, or no passing water",
                scope: Scope::AnyNote,
                priority: Priority::P0,
                ..SOON
            },
            Self::SaddleNumbness => Row {
                words: "numbness in the groin, saddle or genitals",
                scope: Scope::AnyNote,
                priority: Priority::P0,
                ..SOON
            },
            Self::Weakness => Row {
                words: "a weak leg, or a leg that gives way",
                raised: Some((Raise::Sudden, Priority::P0)),
                at_the_hip: true,
                off_the_leg: true,
                ..TODAY
            },
            Self::Trauma => Row {
                words: "a fall or a blow",
                raised: Some((Raise::Beside(&[Self::CannotBearWeight, Self::Pop]), Priority::P0)),
                at_the_hip: true,
                off_the_leg: true,
                cold_may_help: true,
                ..TODAY
            },
            Self::CannotBearWeight => Row {
                words: "trouble standing on it, a limp, or a leg that looks wrong",
                at_the_hip: true,
                off_the_leg: true,
                may_be_a_stress_fracture: true,
                ..TODAY
            },
            Self::Pop => {
                Row { words: "a pop or snap", at_the_hip: true, off_the_leg: true, cold_may_help: true, ..TODAY }
            }
            Self::Fever => Row { words: "fever or chills with hip pain", ..TODAY },
            Self::SkinColour => Row { words: "a change in the skin's colour", at_the_hip: true, ..TODAY },
            Self::SwellingRednessWarmth => Row {
                words: "swelling, redness or warmth",
                raised: Some((Raise::Beside(&[Self::Fever, Self::SkinColour]), Priority::P1)),
                at_the_hip: true,
                ..SOON
            },
            Self::NumbnessTingling => Row {
                words: "numbness or tingling",
                raised: Some((Raise::Beside(&[Self::Weakness]), Priority::P1)),
                at_the_hip: true,
                ..SOON
            },
            Self::NightOrSleep => Row { words: "pain at night or in bed", at_the_hip: true, ..SOON },
            Self::Persistent => Row { words: "pain for days on end", ..SOON },
            Self::DailyActivities => Row { words: "pain in everyday activities", ..SOON },
            Self::Severe => Row { words: "severe pain", ..OF_AN_EPISODE },
            Self::SharpSudden => Row { words: "sharp or sudden pain", cold_may_help: true, ..OF_AN_EPISODE },
            Self::Radiating => Row { words: "pain down the leg", ..OF_AN_EPISODE },
            Self::FrontGroinAfterLoad => Row {
                words: "front or groin pain after a rise in distance",
                off_the_leg: true,
                may_be_a_stress_fracture: true,
                ..OF_AN_EPISODE
            },
            Self::Worsening => Row { words: "pain that is getting worse", ..OF_AN_EPISODE },
            Self::Recurrent => Row { words: "hip pain that keeps coming back", ..OF_AN_EPISODE },
            Self::FrequentCramp => Row { words: "cramps that come often or last minutes", ..OF_AN_EPISODE },
            Self::ExertionalCramp => {
                Row { words: "cramp that comes with running and settles at rest", ..OF_AN_EPISODE }
            }
        }
    }

    /// The sign with this kebab-case name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        name.parse().ok()
    }

    /// Its name in a few words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        self.row().words
    }

    /// True for signs in the course of an episode rather than in one of its notes.
    #[must_use]
    pub const fn is_of_the_course(self) -> bool {
        matches!(self, Self::Persistent | Self::Worsening | Self::Recurrent)
    }

    /// True of an emergency that needs no hip pain beside it.
    #[must_use]
    pub const fn stands_alone(self) -> bool {
        matches!(self.row().scope, Scope::AnyNote)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn every_sign_has_words_of_its_own() {
        let words: BTreeSet<&str> = RedFlag::iter().map(RedFlag::words).collect();
        assert_eq!(words.len(), RedFlag::iter().count());
        assert!(!words.contains(""));
    }

    #[test]
    fn what_raises_a_sign_makes_it_more_urgent_and_a_sign_that_stands_alone_is_an_emergency() {
        for sign in RedFlag::iter() {
            let row = sign.row();
            assert!(row.raised.is_none_or(|(_, raised)| raised < row.priority), "{sign:?}");
            assert_eq!(sign.stands_alone(), row.priority == Priority::P0, "{sign:?}");
            if let Some((Raise::Beside(others), _)) = row.raised {
                assert!(!others.is_empty() && !others.contains(&sign), "{sign:?}");
            }
        }
    }
}
