//! Which lines a standing warning sign keeps from appearing, by the ladder of priorities.

use crate::model::reading::{Priority, Quality, Region, Timing};

use super::entry::{Entry, Kind, Means};
use super::scene::Scene;

/// The measures that a warning sign rules out for its episode.
const RULED_OUT: [Means; 6] =
    [Means::Stretch, Means::Heat, Means::Massage, Means::Exercise, Means::ActiveRecovery, Means::Medicine];

/// What applies to the whole situation.
#[derive(Clone, Copy)]
pub(super) struct StandingSigns {
    /// The most urgent warning of all.
    pub(super) urgency: Option<Priority>,
    off_the_leg: bool,
    /// Whether a hip hurts now.
    hurts: bool,
}

/// Collects from all scenes what applies to each of them.
pub(super) fn standing(scenes: &[Scene<'_>]) -> StandingSigns {
    StandingSigns {
        urgency: scenes.iter().filter_map(Scene::urgency).min(),
        hurts: scenes.iter().any(|scene| scene.episode.is_some_and(|episode| episode.open)),
        off_the_leg: scenes
            .iter()
            .filter(|scene| !scene.settled)
            .any(|scene| scene.has_sign(|row| row.off_the_leg) || scene.has_timing(&[Timing::WeightBearing])),
    }
}

/// True if warnings, or the end of the episode, keep the entry from appearing in the scene.
pub(super) fn keeps_away(entry: &Entry, scene: &Scene<'_>, standing: StandingSigns) -> bool {
    // Exercises and stretches for the way back are for when nothing hurts; the stretch against a cramp is another
    // matter.
    if standing.hurts && entry.priority >= Priority::P4 && uses(entry, &[Means::Exercise, Means::Stretch]) {
        return true;
    }
    // A runner in pain is told what to do now; how to stay well comes with the way back.
    if standing.hurts && standing.urgency.is_none() && entry.kind == Kind::Prevention {
        return true;
    }
    let past = scene.episode.is_some_and(|episode| !episode.open) && !scene.settled;
    if past && entry.priority > Priority::P2 && entry.kind != Kind::Restart {
        return true;
    }
    if scene.urgency().is_some() && (entry.kind == Kind::Spasm || uses(entry, &RULED_OUT)) {
        return true;
    }
    if standing.off_the_leg && uses(entry, &[Means::Walk, Means::CrossTrain]) {
        return true;
    }
    match (entry.priority, standing.urgency) {
        // Self-care for one hip would distract from an emergency of the other.
        (Priority::P3, Some(Priority::P0 | Priority::P1)) => !stays_beside_urgency(entry, scene),
        (Priority::P5 | Priority::P6, Some(_)) => !matches!(entry.kind, Kind::Restart | Kind::Notice),
        _ => false,
    }
}

fn uses(entry: &Entry, means: &[Means]) -> bool {
    entry.means.iter().any(|used| means.contains(used))
}

/// What remains beside an emergency or a sign that needs assessment today: advice not to run; ice for sharp pain, a
/// pop or a fall; and, unless it is an emergency, what groin pain under weight or after a rise in running may fit,
/// because a stress fracture has to be named there.
fn stays_beside_urgency(entry: &Entry, scene: &Scene<'_>) -> bool {
    match entry.kind {
        Kind::Stop => true,
        Kind::Relief => {
            uses(entry, &[Means::Cold])
                && (scene.has_sign(|row| row.cold_may_help) || scene.has_quality(&[Quality::Sharp, Quality::Pop]))
        }
        Kind::MayFit => {
            scene.urgency() != Some(Priority::P0)
                && scene.has_region(&[Region::FrontGroin])
                && (scene.has_sign(|row| row.may_be_a_stress_fracture) || scene.has_timing(&[Timing::WeightBearing]))
        }
        _ => false,
    }
}
