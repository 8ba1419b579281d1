//! How urgent a warning sign is. Priorities follow the guidance's red flags; a word that is not known never lowers one.

use crate::model::reading::{Flag, Priority};

/// How urgent a sign is among all that stand in its episode.
pub(super) fn priority(flag: Flag, stands: &dyn Fn(Flag) -> bool, sudden_weakness: bool) -> Priority {
    match flag {
        Flag::BowelBladder | Flag::SaddleNumbness => Priority::P0,
        Flag::Weakness if sudden_weakness => Priority::P0,
        Flag::Trauma if stands(Flag::CannotBearWeight) || stands(Flag::Pop) => Priority::P0,
        Flag::Weakness | Flag::Trauma | Flag::CannotBearWeight | Flag::Pop | Flag::Fever | Flag::SkinColour => {
            Priority::P1
        }
        Flag::SwellingRednessWarmth if stands(Flag::Fever) || stands(Flag::SkinColour) => Priority::P1,
        Flag::NumbnessTingling if stands(Flag::Weakness) => Priority::P1,
        Flag::SwellingRednessWarmth
        | Flag::NumbnessTingling
        | Flag::NightOrSleep
        | Flag::Persistent
        | Flag::DailyActivities
        | Flag::Severe
        | Flag::SharpSudden
        | Flag::Radiating
        | Flag::FrontGroinAfterLoad
        | Flag::Worsening
        | Flag::Recurrent
        | Flag::FrequentCramp
        | Flag::ExertionalCramp => Priority::P2,
    }
}
