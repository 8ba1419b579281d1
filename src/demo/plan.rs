//! The plan of the made-up athlete, run by run: the calendar with small variations by seed. It says what was run, in
//! which pair and where it is written down, and judges nothing.

use chrono::{NaiveDate, NaiveTime};

use super::calendar::{self, CALENDAR, FIRST_TRACKED_WEEK, Shape};
use super::events::{self, Event};
use super::gear::{self, PlannedShoe};
use super::route::Route;
use super::seed::Variation;
use super::story::{self, Place, PlannedNote};

/// The surface of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// Road or path.
    Road,
    /// Trail.
    Trail,
    /// Treadmill.
    Treadmill,
}

/// One run of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRun {
    /// The local date.
    pub date: NaiveDate,
    /// The local start time; `None` if the log has only the date.
    pub start: Option<NaiveTime>,
    /// Whole metres, a multiple of ten; `None` if the log has none.
    pub distance_m: Option<u32>,
    /// Seconds from start to end.
    pub duration_s: u32,
    /// The pair it was run in.
    pub shoe: &'static str,
    /// The pair as the log spells it; `None` if the log names none.
    pub spelled: Option<&'static str>,
    /// The surface.
    pub surface: Surface,
    /// The text of its notes column.
    pub note: Option<&'static str>,
    /// The route, if there is a track.
    pub route: Option<Route>,
}

/// One session of another sport.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedOther {
    /// The local date.
    pub date: NaiveDate,
    /// The local start time.
    pub start: NaiveTime,
    /// The sport as the log names it.
    pub sport: &'static str,
    /// Whole metres.
    pub distance_m: u32,
    /// Seconds.
    pub duration_s: u32,
}

/// Everything the made-up athlete did and wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoPlan {
    /// The seed it was made from.
    pub seed: u64,
    /// The Monday of the first week.
    pub first_day: NaiveDate,
    /// The Sunday of the last week.
    pub last_day: NaiveDate,
    /// The day of the samples' reports.
    pub as_of: NaiveDate,
    /// Runs by date, then start.
    pub runs: Vec<PlannedRun>,
    /// Other sports by date.
    pub others: Vec<PlannedOther>,
    /// Notes by date, including those in the notes column of a run.
    pub notes: Vec<PlannedNote>,
    /// Shoes by name.
    pub shoes: Vec<PlannedShoe>,
    /// The events planned on purpose, by first day.
    pub events: Vec<Event>,
}

/// Weeks in which Thursday's distance is split into a morning and an evening run.
const TWICE_A_DAY: [usize; 3] = [30, 61, 98];
/// Weeks in which Wednesday's run is on a treadmill.
const TREADMILL: [usize; 10] = [28, 29, 30, 59, 82, 83, 85, 86, 96, 97];
/// The week whose treadmill run has no distance.
const UNKNOWN_DISTANCE: usize = 59;

fn clock(minutes: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(minutes / 60 % 24, minutes % 60, 0).unwrap_or_default()
}

/// The plan of this seed.
#[must_use]
pub fn plan(seed: u64) -> DemoPlan {
    let mut variation = Variation::new(seed);
    let notes = story::notes();
    let mut runs = Vec::new();
    let mut others = Vec::new();
    for (week, planned) in CALENDAR.iter().enumerate() {
        for (weekday, hundreds) in planned.days().into_iter().enumerate() {
            if hundreds > 0 {
                runs.extend(runs_of_day(week, weekday, hundreds * 100, &mut variation));
            }
        }
        others.extend(other_sport(week, planned.shape, &mut variation));
    }
    for note in notes.iter().filter(|note| note.place == Place::Run) {
        if let Some(run) = runs.iter_mut().rfind(|run: &&mut PlannedRun| run.date == note.date) {
            run.note = Some(note.text);
        }
    }
    DemoPlan {
        seed,
        first_day: calendar::first_day(),
        last_day: calendar::last_day(),
        as_of: calendar::as_of(),
        runs,
        others,
        notes,
        shoes: gear::shoes(),
        events: events::events(),
    }
}

fn runs_of_day(week: usize, weekday: usize, planned_m: u32, variation: &mut Variation) -> Vec<PlannedRun> {
    // At most half a per cent up or down: less than the planned steps, so every seed keeps them.
    let distance_m = (planned_m * (995 + variation.below(11)) / 1_000 + 5) / 10 * 10;
    let early = match weekday {
        5 => 7 * 60 + 20,
        6 => 8 * 60 + 10,
        _ => 6 * 60,
    } + variation.below(26);
    let evening = 17 * 60 + 40 + variation.below(20);
    if weekday == 3 && TWICE_A_DAY.contains(&week) {
        let second_m = distance_m / 25 * 10;
        return vec![
            run(week, weekday, early, distance_m - second_m, variation),
            run(week, weekday, evening, second_m, variation),
        ];
    }
    let minutes = if weekday == 3 && week % 5 == 4 { evening } else { early };
    vec![run(week, weekday, minutes, distance_m, variation)]
}

fn run(week: usize, weekday: usize, start_minutes: u32, distance_m: u32, variation: &mut Variation) -> PlannedRun {
    let date = calendar::day(week, weekday);
    let seconds_per_km = 340 + variation.below(25);
    let route = Route::varied(variation);
    let (shoe, spelled) = gear::pair_of(week, weekday);
    let surface = match shoe {
        gear::TRAIL => Surface::Trail,
        _ if weekday == 2 && TREADMILL.contains(&week) => Surface::Treadmill,
        _ => Surface::Road,
    };
    let indoors = surface == Surface::Treadmill;
    PlannedRun {
        date,
        start: (!indoors).then(|| clock(start_minutes)),
        distance_m: (!indoors || week != UNKNOWN_DISTANCE).then_some(distance_m),
        duration_s: distance_m * seconds_per_km / 1_000,
        shoe,
        spelled,
        surface,
        note: None,
        route: (!indoors && week >= FIRST_TRACKED_WEEK).then_some(route),
    }
}

/// A ride on some Fridays, and one swim in a week without running.
fn other_sport(week: usize, shape: Shape, variation: &mut Variation) -> Option<PlannedOther> {
    let (weekday, sport, distance_m, duration_s) = match week {
        70 => (3, "Swimming", 1_000, 1_800),
        _ if week % 4 == 1 && shape != Shape::Off => (4, "Cycling", 24_000, 3_900),
        _ => return None,
    };
    let start = clock(17 * 60 + 30 + variation.below(30));
    Some(PlannedOther { date: calendar::day(week, weekday), start, sport, distance_m, duration_s })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_stand_in_order_and_never_start_together() {
        for seed in 0..20 {
            let plan = plan(seed);
            assert!(plan.runs.windows(2).all(|pair| (pair[0].date, pair[0].start) < (pair[1].date, pair[1].start)));
        }
    }

    #[test]
    fn a_seed_moves_a_distance_by_half_a_per_cent_at_most() {
        for seed in 0..20 {
            for (week, planned) in CALENDAR.iter().enumerate().filter(|(week, _)| *week != UNKNOWN_DISTANCE) {
                let (first, last) = (calendar::day(week, 0), calendar::day(week, 6));
                let run_m: u32 = plan(seed)
                    .runs
                    .iter()
                    .filter(|run| (first..=last).contains(&run.date))
                    .filter_map(|run| run.distance_m)
                    .sum();
                // Rounding to ten metres adds at most five metres a run.
                assert!(run_m.abs_diff(planned.total * 100) <= planned.total / 2 + 35, "week {week}: {run_m}");
            }
        }
    }

    #[test]
    fn every_remark_on_a_run_found_its_run() {
        let plan = plan(3);
        let wanted = plan.notes.iter().filter(|note| note.place == Place::Run).count();
        assert_eq!(plan.runs.iter().filter(|run| run.note.is_some()).count(), wanted);
    }

    #[test]
    fn there_are_double_days_other_sports_and_runs_with_something_missing() {
        let plan = plan(1);
        assert_eq!(plan.runs.windows(2).filter(|pair| pair[0].date == pair[1].date).count(), 3);
        assert_eq!(plan.runs.iter().filter(|run| run.distance_m.is_none()).count(), 1);
        assert_eq!(plan.runs.iter().filter(|run| run.start.is_none()).count(), TREADMILL.len());
        assert!(plan.others.len() > 20);
    }
}
