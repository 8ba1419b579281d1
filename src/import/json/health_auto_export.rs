//! Workouts from the app Health Auto Export, `{"data":{"workouts":[…]}}`: starts with their offset, durations in
//! seconds, distances with their unit. A workout's name is Apple's, in the language of the phone.

use serde::Deserialize;
use serde_json::Value;

use super::items;
use super::value::{distance, list, seconds, sport, text};
use crate::import::csv::words;
use crate::import::imported::Imported;
use crate::import::timestamp::Timestamp;
use crate::import::track::whole_seconds;
use crate::model::activity::{Activity, SourceKind};
use crate::model::fault::Fault;
use crate::model::problem::Place;
use crate::model::sport::Sport;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Export {
    data: Option<Data>,
    #[serde(deserialize_with = "list")]
    workouts: Vec<Workout>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Data {
    #[serde(deserialize_with = "list")]
    workouts: Vec<Workout>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Workout {
    name: Value,
    start: Value,
    end: Value,
    duration: Value,
    distance: Value,
    location: Value,
    is_indoor: Value,
}

pub fn read(text: &str) -> serde_json::Result<Imported> {
    let mut imported = Imported { dialect: Some("health-auto-export".to_owned()), ..Imported::default() };
    let exports = items::<Export>(text)?.into_iter();
    let workouts = exports.flat_map(|one| one.data.map(|data| data.workouts).into_iter().flatten().chain(one.workouts));
    for (workout, record) in workouts.zip(1..) {
        imported.keep(workout.activity(record), Place::Record(record));
    }
    Ok(imported)
}

impl Workout {
    fn activity(self, record: u64) -> Result<Activity, Fault> {
        let time = |value| text(value).and_then(|text| Timestamp::parse(text.as_bytes()));
        let began = time(&self.start);
        let mut activity = Activity::new(SourceKind::Row);
        let start = began.and_then(Timestamp::start_or_local);
        activity.start = Some(start.ok_or_else(|| Fault::BadDate { cell: text(&self.start).unwrap_or_default() })?);
        let indoors = self.is_indoor == Value::Bool(true)
            || text(&self.location).is_some_and(|place| place.eq_ignore_ascii_case("indoor"));
        activity.sport = match sport(&self.name) {
            Some(Sport::Run) if indoors => Some(Sport::TreadmillRun),
            named => named,
        };
        activity.distance = match (self.distance.get("qty"), self.distance.get("units").and_then(text)) {
            (Some(quantity), Some(unit)) => {
                let unit =
                    words::length_unit(&unit).ok_or(Fault::BadNumber { column: "distance".to_owned(), cell: unit })?;
                distance(quantity, unit.metres())
            }
            _ => None,
        };
        let span = began.zip(time(&self.end)).map(|(began, ended)| ended.seconds_since(began));
        activity.elapsed_s = span.and_then(whole_seconds).filter(|seconds| *seconds > 0);
        activity.moving_s = seconds(&self.duration, 1.0);
        activity.record = Some(record);
        Ok(activity)
    }
}
