//! Checks the rows of a log together: laps, plans, figures that are impossible for runs, rides among runs. It reads
//! no cell.

use std::collections::BTreeMap;

use super::dialect::Field;
use super::sheet::Sheet;
use super::typed_times;
use crate::import::imported::Imported;
use crate::import::paces::{RIDE_M, RIDE_M_PER_S, SLOWEST_RIDE_M_PER_S, WALK_M_PER_S};
use crate::import::sport_names;
use crate::model::activity::{Activity, SportFrom};
use crate::model::assumption::{Assumed, AssumptionKind};
use crate::model::fault::Fault;
use crate::model::problem::Place;
use crate::model::sport::Sport;

/// The slowest possible run: a kilometre and a half in four hours.
const SLOWEST_M_PER_S: f64 = 0.1;
/// The shortest run without a time, in metres.
const SHORTEST_M: u32 = 20;
/// Shorter times tell no speed.
const LEAST_S: u32 = 60;
/// For longer times, the time is more likely wrong than the distance.
const MOST_S: u32 = 6 * 3_600;
/// Times longer than this are nights, and not most runs of a log.
const NIGHT_S: u32 = 4 * 3_600;
/// The least number of rows to judge a table by.
const ENOUGH: usize = 3;

/// True if a run of this distance can have taken this long.
pub fn is_distance_of(metres: u32, seconds: Option<u32>) -> bool {
    match seconds.filter(|seconds| (LEAST_S..=MOST_S).contains(seconds)) {
        Some(seconds) => f64::from(metres) / f64::from(seconds) >= SLOWEST_M_PER_S,
        None => metres >= SHORTEST_M,
    }
}

/// How many rows were skipped or changed, and why.
#[derive(Debug, Default)]
pub struct Tally {
    /// Rows of laps that belong to a run in another row.
    pub laps: u64,
    /// Rows of runs without figures.
    pub planned: u64,
    /// Rows with an unreadable moving time.
    pub moving_unreadable: u64,
    /// Rows with a time typed as minutes and seconds and stored as hours and minutes.
    pub typed_times: u64,
    /// Rows of other sports by a word that may mean a kind of run, by that word.
    pub doubtful_words: BTreeMap<String, u64>,
    /// Distances impossible for their time: the number, and the column, cell and line of the first.
    impossible: Option<(u64, String, String, u64)>,
}

impl Tally {
    /// Counts a distance that is impossible for its time.
    pub fn shifted(&mut self, column: &str, cell: &str, line: u64) {
        match &mut self.impossible {
            Some((count, ..)) => *count += 1,
            None => self.impossible = Some((1, column.to_owned(), cell.to_owned(), line)),
        }
    }

    /// Reports each of them.
    pub fn tell(&self, imported: &mut Imported) {
        let kinds = [
            (AssumptionKind::LapRows, self.laps),
            (AssumptionKind::PlannedOnly, self.planned),
            (AssumptionKind::MovingTimeUnreadable, self.moving_unreadable),
        ];
        let told = kinds.into_iter().filter(|(_, count)| *count > 0);
        imported.assumptions.extend(told.map(|(kind, count)| Assumed::new(kind, "", count)));
        let words = self.doubtful_words.iter();
        imported
            .assumptions
            .extend(words.map(|(word, count)| Assumed::new(AssumptionKind::SportNameUnknown, word.clone(), *count)));
        if self.typed_times > 0 {
            imported.assumptions.push(Assumed::new(AssumptionKind::UnitGuessed, typed_times::ABOUT, self.typed_times));
        }
        if let Some((count, column, cell, line)) = self.impossible.clone() {
            imported.problems.push(Fault::DistanceImpossible { count, column, cell }.at(Place::Line(line)));
        }
    }
}

fn speed(activity: &Activity) -> Option<f64> {
    let seconds = activity.moving_s.or(activity.elapsed_s).filter(|seconds| *seconds >= LEAST_S)?;
    Some(f64::from(activity.distance?.m) / f64::from(seconds))
}

fn is_ride(activity: &Activity) -> bool {
    let far = activity.distance.is_some_and(|distance| distance.m > RIDE_M);
    far && speed(activity).is_some_and(|speed| speed > RIDE_M_PER_S)
}

/// True for a run to the bike shop: a title on cycling, with the pace of a run.
fn is_run_titled_ride(activity: &Activity) -> bool {
    let titled = activity.sport_from == SportFrom::Title
        && matches!(&activity.sport, Some(Sport::Other(word)) if sport_names::is_cycling(word));
    let far = activity.distance.is_some_and(|distance| distance.m > RIDE_M);
    let at_a_run = |speed: f64| (WALK_M_PER_S..SLOWEST_RIDE_M_PER_S).contains(&speed);
    titled && far && speed(activity).is_some_and(at_a_run)
}

fn is_open(activity: &Activity) -> bool {
    activity.sport_from == SportFrom::Assumed
}

/// Why not all rows of a table without sports can be runs; `None` if they can.
pub fn cannot_be_runs(activities: &[Activity], sheet: &Sheet<'_>) -> Option<&'static str> {
    let open: Vec<&Activity> = activities.iter().filter(|activity| is_open(activity)).collect();
    let rides = open.iter().filter(|one| is_ride(one)).count();
    if rides > 1 && rides * 4 >= open.len() {
        return Some("some of its rows are faster than anyone runs");
    }
    let nights = open.iter().filter(|one| one.elapsed_s.or(one.moving_s).is_some_and(|s| s >= NIGHT_S)).count();
    if !sheet.has(Field::Distance) && open.len() >= ENOUGH && nights * 2 > open.len() {
        return Some("most of its rows last longer than any usual run");
    }
    None
}

/// Takes the few rides among runs of a table without sports for rides by their pace, and runs whose titles mention
/// cycling for runs.
pub fn judge_by_pace(imported: &mut Imported) {
    let (mut rides, mut runs) = (0, 0);
    for activity in &mut imported.activities {
        if is_open(activity) && is_ride(activity) {
            (activity.sport, activity.sport_from) = (Some(Sport::Other("Ride".to_owned())), SportFrom::Pace);
            rides += 1;
        } else if is_run_titled_ride(activity) {
            (activity.sport, activity.sport_from) = (Some(Sport::Run), SportFrom::Pace);
            runs += 1;
        }
    }
    for (about, count) in [("a ride", rides), ("a run, though the title speaks of a ride", runs)] {
        if count > 0 {
            imported.assumptions.push(Assumed::new(AssumptionKind::SportByPace, about, count));
        }
    }
}
