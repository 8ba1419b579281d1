//! Garmin's account export, `…_summarizedActivities.json`: lengths in centimetres, times in milliseconds.

use serde::Deserialize;
use serde_json::Value;

use super::items;
use super::value::{distance, instant_of_ms, list, position, seconds, start_at, text};
use crate::import::imported::Imported;
use crate::import::sport_names;
use crate::model::activity::{Activity, SourceKind};
use crate::model::fault::Fault;
use crate::model::problem::Place;

const CENTIMETRE_M: f64 = 0.01;
const MS_PER_S: f64 = 1_000.0;

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Export {
    #[serde(deserialize_with = "list")]
    summarized_activities_export: Vec<Summary>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Summary {
    activity_type: Value,
    sport_type: Value,
    name: Value,
    description: Value,
    begin_timestamp: Value,
    start_time_gmt: Value,
    start_time_local: Value,
    duration: Value,
    elapsed_duration: Value,
    distance: Value,
    start_latitude: Value,
    start_longitude: Value,
}

pub fn read(text: &str) -> serde_json::Result<Imported> {
    let exports: Vec<Export> = items(text)?;
    let mut imported = Imported { dialect: Some("garmin".to_owned()), ..Imported::default() };
    let summaries = exports.into_iter().flat_map(|export| export.summarized_activities_export);
    for (summary, record) in summaries.zip(1..) {
        imported.keep(summary.activity(record), Place::Record(record));
    }
    Ok(imported)
}

impl Summary {
    /// The local start is written as if it were UTC, so the difference is the offset.
    fn activity(self, record: u64) -> Result<Activity, Fault> {
        let utc = instant_of_ms(&self.begin_timestamp).or_else(|| instant_of_ms(&self.start_time_gmt));
        let local = instant_of_ms(&self.start_time_local);
        let mut activity = Activity::new(SourceKind::Row);
        activity.start = Some(match (utc, local) {
            (Some(utc), local) => start_at(utc, local.map(|local| (local - utc).num_seconds())),
            (None, Some(local)) => crate::model::activity::Start::Local(local.naive_utc()),
            (None, None) => return Err(Fault::BadDate { cell: text(&self.begin_timestamp).unwrap_or_default() }),
        });
        let sport = text(&self.activity_type).or_else(|| text(&self.sport_type));
        activity.sport = sport.as_deref().and_then(sport_names::sport);
        activity.position = position(&self.start_latitude, &self.start_longitude);
        activity.distance = distance(&self.distance, CENTIMETRE_M);
        activity.moving_s = seconds(&self.duration, MS_PER_S);
        activity.elapsed_s = seconds(&self.elapsed_duration, MS_PER_S);
        activity.title = text(&self.name);
        activity.description = text(&self.description);
        activity.record = Some(record);
        Ok(activity)
    }
}
