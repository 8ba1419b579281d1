//! Google Fit's sessions from Google Takeout, `All Sessions/….json`: one in each file, with its distance in metres
//! among the aggregates.

use serde::Deserialize;
use serde_json::Value;

use super::items;
use super::value::{distance, list, sport, text};
use crate::import::imported::Imported;
use crate::import::timestamp::Timestamp;
use crate::import::track::whole_seconds;
use crate::model::activity::{Activity, SourceKind};
use crate::model::fault::Fault;
use crate::model::problem::Place;

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Session {
    fitness_activity: Value,
    start_time: Value,
    end_time: Value,
    duration: Value,
    #[serde(deserialize_with = "list")]
    aggregate: Vec<Aggregate>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Aggregate {
    metric_name: Value,
    float_value: Value,
    int_value: Value,
}

pub fn read(text: &str) -> serde_json::Result<Imported> {
    let mut imported = Imported { dialect: Some("google-fit".to_owned()), ..Imported::default() };
    for (session, record) in items::<Session>(text)?.into_iter().zip(1..) {
        imported.keep(session.activity(record), Place::Record(record));
    }
    Ok(imported)
}

impl Session {
    fn activity(self, record: u64) -> Result<Activity, Fault> {
        let time = |value| text(value).and_then(|text| Timestamp::parse(text.as_bytes()));
        let began = time(&self.start_time);
        let mut activity = Activity::new(SourceKind::Row);
        let start = began.and_then(Timestamp::start);
        activity.start =
            Some(start.ok_or_else(|| Fault::BadDate { cell: text(&self.start_time).unwrap_or_default() })?);
        activity.sport = sport(&self.fitness_activity);
        let of_distance =
            |one: &&Aggregate| text(&one.metric_name).is_some_and(|name| name.starts_with("com.google.distance"));
        activity.distance = self
            .aggregate
            .iter()
            .find(of_distance)
            .and_then(|one| distance(&one.float_value, 1.0).or_else(|| distance(&one.int_value, 1.0)));
        activity.moving_s = text(&self.duration)
            .and_then(|written| written.trim_end_matches('s').parse().ok())
            .and_then(whole_seconds)
            .filter(|seconds| *seconds > 0);
        let span = began.zip(time(&self.end_time)).map(|(began, ended)| ended.seconds_since(began));
        activity.elapsed_s = span.and_then(whole_seconds).filter(|seconds| *seconds > 0);
        activity.record = Some(record);
        Ok(activity)
    }
}
