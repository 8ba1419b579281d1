//! Sessions of Runtastic and adidas Running, `Sport-sessions/….json`: one in each file, with times and durations in
//! milliseconds, the offset next to the start, and the sport as a number. Newer files have the distance among
//! `features`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use super::items;
use super::value::{distance, instant_of_ms, list, position, seconds, start_at, text};
use crate::import::imported::Imported;
use crate::import::sport_names;
use crate::model::activity::{Activity, SourceKind};
use crate::model::fault::Fault;
use crate::model::problem::Place;
use crate::model::sport::Sport;

const MS_PER_S: f64 = 1_000.0;

/// The sport of each number: a number, a tab, the sport's name.
static SPORTS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("runtastic_sports.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).collect()
});

#[derive(Default, Deserialize)]
#[serde(default)]
struct Session {
    start_time: Value,
    end_time: Value,
    start_time_timezone_offset: Value,
    distance: Value,
    duration: Value,
    sport_type_id: Value,
    indoor: Value,
    notes: Value,
    latitude: Value,
    longitude: Value,
    #[serde(deserialize_with = "list")]
    features: Vec<Feature>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Feature {
    r#type: Value,
    attributes: Option<Attributes>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Attributes {
    distance: Value,
}

pub fn read(text: &str) -> serde_json::Result<Imported> {
    let mut imported = Imported { dialect: Some("runtastic".to_owned()), ..Imported::default() };
    for (session, record) in items::<Session>(text)?.into_iter().zip(1..) {
        imported.keep(session.activity(record), Place::Record(record));
    }
    Ok(imported)
}

impl Session {
    fn activity(self, record: u64) -> Result<Activity, Fault> {
        let Some(began) = instant_of_ms(&self.start_time) else {
            return Err(Fault::BadDate { cell: text(&self.start_time).unwrap_or_default() });
        };
        let mut activity = Activity::new(SourceKind::Row);
        let offset = instant_of_ms(&self.start_time_timezone_offset).map(|offset| offset.timestamp());
        activity.start = Some(start_at(began, offset));
        activity.sport = self.sport();
        activity.position = position(&self.latitude, &self.longitude);
        activity.distance = distance(&self.distance, 1.0).or_else(|| {
            let measured = |name: &str| {
                let mut features = self.features.iter();
                let found = features.find(|feature| text(&feature.r#type).as_deref() == Some(name))?;
                distance(&found.attributes.as_ref()?.distance, 1.0)
            };
            measured("track_metrics").or_else(|| measured("initial_values"))
        });
        activity.moving_s = seconds(&self.duration, MS_PER_S);
        let span = instant_of_ms(&self.end_time).map(|end| (end - began).num_seconds());
        activity.elapsed_s = span.and_then(|seconds| u32::try_from(seconds).ok()).filter(|seconds| *seconds > 0);
        activity.description = text(&self.notes);
        activity.record = Some(record);
        Ok(activity)
    }

    fn sport(&self) -> Option<Sport> {
        let id = text(&self.sport_type_id)?;
        let named = SPORTS.get(id.as_str()).and_then(|name| sport_names::sport(name));
        match named.unwrap_or_else(|| Sport::Other(format!("Runtastic sport {}", sport_names::cut(&id)))) {
            Sport::Run if self.indoor == Value::Bool(true) => Some(Sport::TreadmillRun),
            sport => Some(sport),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_names_a_sport_and_no_number_stands_twice() {
        let lines = include_str!("runtastic_sports.tsv").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), SPORTS.len());
        for (id, name) in SPORTS.iter() {
            assert!(id.parse::<u32>().is_ok(), "{id}");
            assert!(sport_names::sport(name).is_some(), "{name}");
        }
    }
}
