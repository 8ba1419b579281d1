//! Hips and episodes in words: which, where, when, and what was run before.

use std::collections::BTreeSet;

use super::{day, listed, name, range};
use crate::model::note::AssumedHip;
use crate::model::reading::{Region, Side, Timing};
use crate::model::units::Units;
use crate::model::warning_sign::RedFlag;
use crate::report::contract::EpisodeRow;

/// A side at the beginning of a line: `Left hip`.
#[must_use]
pub fn hip(side: Side) -> &'static str {
    match side {
        Side::Left => "Left hip",
        Side::Right => "Right hip",
        Side::Both => "Both hips",
        Side::Unknown => "Hip (which side?)",
    }
}

/// A side within a sentence: `left hip`.
#[must_use]
pub fn hip_short(side: Side) -> &'static str {
    match side {
        Side::Left => "left hip",
        Side::Right => "right hip",
        Side::Both => "both hips",
        Side::Unknown => "hip",
    }
}

/// A side without the word "hip", if it is known: `left`.
#[must_use]
pub fn side(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
        Side::Both => "both",
        Side::Unknown => "hip",
    }
}

/// A region: `outer side`.
#[must_use]
pub fn region(region: Region) -> &'static str {
    match region {
        Region::Outer => "outer side",
        Region::FrontGroin => "front or groin",
        Region::Buttock => "buttock",
        Region::Radiating => "down the leg",
        Region::General => "no spot named",
    }
}

/// The remark beside a note that names no part of the body.
#[must_use]
pub fn assumed_hip(why: AssumedHip) -> &'static str {
    match why {
        AssumedHip::OpenEpisode => "names no place; taken as the hip of the open episode",
        AssumedHip::NotesFile => "names no place; taken as the hip, which its file is about",
    }
}

/// Side and region of an episode: `Left outer hip`, `Outer hip (which side?)`.
#[must_use]
pub fn place(episode: &EpisodeRow) -> String {
    let named = |one: &str, many: &str| match episode.side {
        Side::Left => format!("Left {one}"),
        Side::Right => format!("Right {one}"),
        Side::Both => format!("Both {many}"),
        Side::Unknown => format!("{} (which side?)", super::capital(one)),
    };
    match episode.region {
        Region::General => named("hip", "hips"),
        Region::Outer => named("outer hip", "outer hips"),
        Region::Buttock => named("buttock", "buttocks"),
        spot @ (Region::FrontGroin | Region::Radiating) => format!("{}, {}", hip(episode.side), region(spot)),
    }
}

/// Side and region within a sentence: `left outer hip`.
#[must_use]
pub fn spot(side: Side, region: Region) -> String {
    let spot = match region {
        Region::Outer => "outer hip",
        Region::FrontGroin => "groin",
        Region::Buttock => "buttock",
        Region::Radiating => "hip and leg",
        Region::General => "hip",
    };
    match side {
        Side::Left => format!("left {spot}"),
        Side::Right => format!("right {spot}"),
        Side::Both => format!("both sides, {spot}"),
        Side::Unknown => spot.to_owned(),
    }
}

/// When it hurts: `after a run`.
#[must_use]
pub fn timing(timing: Timing) -> &'static str {
    match timing {
        Timing::DuringRun => "while running",
        Timing::AfterRun => "after a run",
        Timing::Lying => "lying on it",
        Timing::WeightBearing => "standing or walking on it",
        Timing::RestSitting => "at rest or sitting",
        Timing::Night => "at night",
    }
}

/// What makes an episode an injury; `None` if nothing does.
#[must_use]
pub fn injury(episode: &EpisodeRow) -> Option<&'static str> {
    match (episode.stopped_running, episode.consulted) {
        (true, true) => Some("a week without a run, and a visit noted"),
        (true, false) => Some("a week without a run"),
        (false, true) => Some("a visit noted"),
        (false, false) => None,
    }
}

/// `since 12 Jan 2026` for an open episode, else its days from first to last.
#[must_use]
pub fn episode_days(episode: &EpisodeRow) -> String {
    if episode.open { format!("since {}", day(episode.onset)) } else { range(episode.onset, episode.end) }
}

/// Warning signs in a list, separated by semicolons since some contain a comma.
#[must_use]
pub fn signs(flags: &BTreeSet<RedFlag>) -> String {
    flags.iter().map(|flag| flag.words()).collect::<Vec<_>>().join("; ")
}

/// Some numbers of days: `2 and 9 days before`, `the day before`, `on the day itself`.
#[must_use]
pub fn days_before(days: &[i64]) -> String {
    match days {
        [0] => "on the day itself".to_owned(),
        [1] => "the day before".to_owned(),
        many => format!("{} days before", listed(&many.iter().map(i64::to_string).collect::<Vec<_>>())),
    }
}

/// Distance before an onset, and the shoes at it, as sentences.
#[must_use]
pub fn load(episode: &EpisodeRow, units: Units) -> String {
    let mut words = match (episode.load.last_7_days_m, episode.load.usual_7_days_m) {
        (Some(last), Some(usual)) => {
            format!("Run in the 7 days before: {}; usual for 7 days: {}.", units.show(last), units.show(usual))
        }
        (Some(last), None) => format!("Run in the 7 days before: {}; what was usual is not known.", units.show(last)),
        (None, _) => "The distance of the 7 days before is not known.".to_owned(),
    };
    if let Some(shoe) = &episode.shoe_at_onset {
        words.push_str(" Shoes then: ");
        words.push_str(&name(&shoe.name));
        words.push_str(", ");
        words.push_str(&units.show(shoe.distance_m));
        words.push('.');
    }
    words
}
