//! Activities in the format of Strava's API, and files that copy its fields: `activities.json` of `running_page` and
//! downloads from intervals.icu. Distances are in metres; the local start is marked as UTC.

use serde::Deserialize;
use serde_json::Value;

use super::items;
use super::value::{distance, position, seconds, start_at, text};
use crate::import::imported::Imported;
use crate::import::sport_names;
use crate::import::timestamp::Timestamp;
use crate::import::track::whole_seconds;
use crate::model::activity::{Activity, SourceKind, Start};
use crate::model::fault::Fault;
use crate::model::problem::Place;
use crate::model::sport::Sport;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Summary {
    r#type: Value,
    sport_type: Value,
    name: Value,
    description: Value,
    private_note: Value,
    start_date: Value,
    start_date_local: Value,
    start_latlng: Value,
    distance: Value,
    moving_time: Value,
    elapsed_time: Value,
    trainer: Value,
    gear: Value,
    run_id: Value,
    icu_training_load: Value,
}

pub fn read(text: &str) -> serde_json::Result<Imported> {
    let summaries: Vec<Summary> = items(text)?;
    let mut imported = Imported::default();
    for (summary, record) in summaries.into_iter().zip(1..) {
        let dialect = match (&summary.run_id, &summary.icu_training_load) {
            (Value::Null, Value::Null) => "strava",
            (Value::Null, _) => "intervals-icu",
            _ => "running-page",
        };
        imported.dialect.get_or_insert_with(|| dialect.to_owned());
        imported.keep(summary.activity(record), Place::Record(record));
    }
    Ok(imported)
}

impl Summary {
    fn activity(self, record: u64) -> Result<Activity, Fault> {
        let mut activity = Activity::new(SourceKind::Row);
        activity.start = Some(self.start().ok_or_else(|| Fault::BadDate {
            cell: text(&self.start_date_local).or_else(|| text(&self.start_date)).unwrap_or_default(),
        })?);
        let word = text(&self.sport_type).or_else(|| text(&self.r#type));
        activity.sport = match word.as_deref().and_then(sport_names::sport) {
            Some(Sport::Run) if self.trainer == Value::Bool(true) => Some(Sport::TreadmillRun),
            sport => sport,
        };
        activity.position = match &self.start_latlng {
            Value::Array(pair) if pair.len() == 2 => position(&pair[0], &pair[1]),
            _ => None,
        };
        activity.distance = distance(&self.distance, 1.0);
        activity.moving_s = duration(&self.moving_time);
        activity.elapsed_s = duration(&self.elapsed_time);
        activity.shoe = self.gear.get("name").and_then(text).or_else(|| text(&self.gear));
        activity.title = text(&self.name);
        activity.description = text(&self.description);
        activity.private_note = text(&self.private_note);
        activity.record = Some(record);
        Ok(activity)
    }

    /// The difference of the two times is the offset, whatever zones they claim.
    fn start(&self) -> Option<Start> {
        let time = |value| text(value).and_then(|text| Timestamp::parse(text.as_bytes()));
        let clock = |time: Timestamp| time.wall_clock();
        let (utc, local) = (time(&self.start_date), time(&self.start_date_local));
        match (utc, local) {
            (Some(utc), Some(local)) => {
                let instant = utc.utc()?;
                Some(start_at(instant, clock(local).map(|local| (local - instant.naive_utc()).num_seconds())))
            }
            (Some(utc), None) => utc.start(),
            (None, local) => local.and_then(clock).map(Start::Local),
        }
    }
}

/// Seconds as a number, or as Python writes a duration: `1:02:03`, `1 day, 2:03:04`, `1970-01-01 01:02:03.500000`.
fn duration(value: &Value) -> Option<u32> {
    if let Some(seconds) = seconds(value, 1.0) {
        return Some(seconds);
    }
    let written = text(value)?;
    let days: f64 = match written.split_once(" day") {
        Some((days, _)) => days.trim().parse().ok()?,
        None => 0.0,
    };
    let clock = written.rsplit([' ', 'T']).next()?;
    let parts: Vec<f64> = clock.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [hours, minutes, seconds] = parts[..] else { return None };
    whole_seconds(days * 86_400.0 + hours * 3_600.0 + minutes * 60.0 + seconds).filter(|seconds| *seconds > 0)
}
