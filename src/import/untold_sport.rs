//! The sport of an activity whose source names none, or by an unknown word: from the configuration, its title, its
//! file's name and its pace. It merges nothing.

use super::merge::{Item, MergedActivity};
use super::paces::{RIDE_M, RIDE_M_PER_S, WALK_M_PER_S};
use super::word_key::key;
use super::{Options, sport_names};
use crate::config::Untyped;
use crate::model::activity::{Activity, SourceKind, SportFrom};
use crate::model::assumption::{Assumed, AssumptionKind};
use crate::model::sport::Sport;

/// The fastest average speed of a run. The men's 1,500 m record is 7.3 m/s.
const FASTEST_RUN_M_PER_S: f64 = 6.5;

/// Determines the sport of an activity as far as its own words tell, and reports an unknown word.
pub fn settle(activity: &mut Activity, path: &str, options: &Options) -> Option<Assumed> {
    let by_words = match &activity.sport {
        Some(Sport::Other(word)) => {
            if let Some(meant) = options.csv.sports.get(&key(word)) {
                activity.sport = Some(meant.clone());
                return None;
            }
            // A row of an export that has a sport as "other" means it; a watch may have no name for a treadmill.
            let unspecific = activity.kind != SourceKind::Row && sport_names::is_unspecific(word);
            if !unspecific {
                let known = sport_names::is_known(word);
                return (!known).then(|| Assumed::new(AssumptionKind::SportNameUnknown, word.clone(), 1).doubtful());
            }
            told_by_words(activity, path, true).filter(Sport::is_running)
        }
        Some(_) => return None,
        None => told_by_words(activity, path, false),
    };
    if let Some(sport) = by_words {
        (activity.sport, activity.sport_from) = (Some(sport), SportFrom::Title);
    }
    None
}

/// The sport in the title, description or file name. A description counts only if it is the name of a sport, unless
/// `any_words` is true.
fn told_by_words(activity: &Activity, path: &str, any_words: bool) -> Option<Sport> {
    let covers_ground = activity.distance.is_some();
    let name = path.rsplit(['/', '!']).next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    let one_line = |text: &&str| !text.contains('\n') && text.chars().count() <= 60;
    let description =
        activity.description.as_deref().filter(one_line).filter(|text| any_words || sport_names::is_name(text));
    let file = Some(stem).filter(|_| activity.kind != SourceKind::Row);
    let texts = [activity.title.as_deref(), description, file];
    texts.into_iter().flatten().find_map(|text| sport_names::in_title(text, covers_ground))
}

/// How an activity is treated whose sport no source names.
pub struct InferredSport {
    /// The sport.
    pub sport: Sport,
    /// How it is known.
    pub from: SportFrom,
    /// The words after "taken for" in the report of what was assumed.
    pub taken_for: Option<&'static str>,
    /// Whether it is too fast for a run, and nothing else is known of it.
    pub too_fast: bool,
    /// Whether the configuration asks for its sport.
    pub asked: bool,
}

/// Judges an activity whose sport no source names by its pace. `put_right` is true if the runner corrected its
/// distance, and so said that it was a run.
pub fn judge(one: &MergedActivity, items: &[Item], put_right: bool, untyped: Untyped) -> InferredSport {
    let run = |from, taken_for| InferredSport { sport: Sport::Run, from, taken_for, too_fast: false, asked: false };
    let other =
        |word: &str, from, taken_for| InferredSport { sport: Sport::Other(word.to_owned()), ..run(from, taken_for) };
    if put_right {
        return run(SportFrom::Assumed, None);
    }
    let usual = one
        .members
        .iter()
        .find_map(|&index| items.get(index)?.activity.usual_mm_per_s)
        .map(|speed| f64::from(speed) / 1_000.0);
    let far = one.distance.is_some_and(|distance| distance.m > RIDE_M);
    match usual {
        Some(speed) if speed < WALK_M_PER_S => return other("Walk", SportFrom::Pace, Some("walks")),
        Some(speed) if speed > RIDE_M_PER_S && far => return other("Ride", SportFrom::Pace, Some("rides")),
        _ => {}
    }
    if too_fast_for_a_run(one) {
        return InferredSport { too_fast: true, ..other("unknown", SportFrom::Pace, None) };
    }
    if untyped == Untyped::Ask {
        return InferredSport { asked: true, ..other("unknown", SportFrom::Assumed, None) };
    }
    match usual {
        Some(_) => run(SportFrom::Pace, Some("runs")),
        None => run(SportFrom::Assumed, None),
    }
}

fn too_fast_for_a_run(one: &MergedActivity) -> bool {
    let seconds = one.moving_s.or(one.elapsed_s).filter(|&seconds| seconds > 0);
    one.distance
        .zip(seconds)
        .is_some_and(|(distance, seconds)| f64::from(distance.m) / f64::from(seconds) > FASTEST_RUN_M_PER_S)
}
