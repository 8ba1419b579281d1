//! Fitbit's exercises from Google Takeout and Fitbit's own export, `exercise-….json`: durations in milliseconds, a
//! distance with its unit, and the start as `11/20/25 06:30:00` in UTC.

use chrono::NaiveDateTime;
use serde::Deserialize;
use serde_json::Value;

use super::items;
use super::value::{distance, list, seconds, sport, text};
use crate::import::csv::words;
use crate::import::imported::Imported;
use crate::import::timestamp::Timestamp;
use crate::model::activity::{Activity, SourceKind, Start};
use crate::model::fault::Fault;
use crate::model::problem::Place;

const MS_PER_S: f64 = 1_000.0;

/// The format of a day: the month first, and a year of two digits.
const AMERICAN: &str = "%m/%d/%y %H:%M:%S";

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Exercise {
    /// The answers of Fitbit's API have the exercises in a list.
    #[serde(deserialize_with = "list")]
    activities: Vec<Exercise>,
    activity_name: Value,
    start_time: Value,
    original_start_time: Value,
    duration: Value,
    active_duration: Value,
    distance: Value,
    distance_unit: Value,
}

pub fn read(text: &str) -> serde_json::Result<Imported> {
    let mut exercises: Vec<Exercise> = items(text)?;
    let listed: Vec<Exercise> = exercises.iter_mut().flat_map(|one| std::mem::take(&mut one.activities)).collect();
    if !listed.is_empty() {
        exercises = listed;
    }
    let mut imported = Imported { dialect: Some("fitbit".to_owned()), ..Imported::default() };
    for (exercise, record) in exercises.into_iter().zip(1..) {
        imported.keep(exercise.activity(record), Place::Record(record));
    }
    Ok(imported)
}

impl Exercise {
    fn activity(self, record: u64) -> Result<Activity, Fault> {
        let written = text(&self.start_time).or_else(|| text(&self.original_start_time)).unwrap_or_default();
        let mut activity = Activity::new(SourceKind::Row);
        activity.start = Some(start(&written).ok_or(Fault::BadDate { cell: written })?);
        activity.sport = sport(&self.activity_name);
        activity.distance = match text(&self.distance_unit) {
            Some(unit) => {
                let unit = words::length_unit(&unit)
                    .ok_or(Fault::BadNumber { column: "distanceUnit".to_owned(), cell: unit })?;
                distance(&self.distance, unit.metres())
            }
            // Without a distance there is no unit.
            None => None,
        };
        activity.elapsed_s = seconds(&self.duration, MS_PER_S);
        activity.moving_s = seconds(&self.active_duration, MS_PER_S).or(activity.elapsed_s);
        activity.record = Some(record);
        Ok(activity)
    }
}

/// Fitbit's export has its days in American format and in UTC; its API has them with their offset.
fn start(written: &str) -> Option<Start> {
    match NaiveDateTime::parse_from_str(written, AMERICAN) {
        Ok(time) => Some(Start::Instant(time.and_utc())),
        Err(_) => Timestamp::parse(written.as_bytes())?.start_or_local(),
    }
}
