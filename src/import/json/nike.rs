//! Nike Run Club's activities, one in each file or a list under `activities`: the distance in kilometres among the
//! summaries, and no offset, so that the first position tells the zone.

use serde::Deserialize;
use serde_json::Value;

use super::items;
use super::value::{distance, instant_of_ms, list, position, seconds, text};
use crate::import::imported::Imported;
use crate::import::sport_names;
use crate::model::activity::{Activity, Position, SourceKind, Start};
use crate::model::fault::Fault;
use crate::model::problem::Place;
use crate::model::sport::Sport;

const KILOMETRE_M: f64 = 1_000.0;
const MS_PER_S: f64 = 1_000.0;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Run {
    #[serde(deserialize_with = "list")]
    activities: Vec<Run>,
    r#type: Value,
    start_epoch_ms: Value,
    end_epoch_ms: Value,
    active_duration_ms: Value,
    delete_indicator: Value,
    #[serde(deserialize_with = "list")]
    summaries: Vec<Summary>,
    tags: Value,
    #[serde(deserialize_with = "list")]
    metrics: Vec<Metric>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Summary {
    metric: Value,
    #[serde(rename = "summary")]
    kind: Value,
    value: Value,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Metric {
    r#type: Value,
    #[serde(deserialize_with = "list")]
    values: Vec<Sample>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Sample {
    value: Value,
}

pub fn read(text: &str) -> serde_json::Result<Imported> {
    let mut runs: Vec<Run> = items(text)?;
    let listed: Vec<Run> = runs.iter_mut().flat_map(|run| std::mem::take(&mut run.activities)).collect();
    if !listed.is_empty() {
        runs = listed;
    }
    let mut imported = Imported { dialect: Some("nike".to_owned()), ..Imported::default() };
    let kept = runs.into_iter().zip(1..).filter(|(run, _)| run.delete_indicator != Value::Bool(true));
    for (run, record) in kept {
        imported.keep(run.activity(record), Place::Record(record));
    }
    Ok(imported)
}

impl Run {
    fn activity(self, record: u64) -> Result<Activity, Fault> {
        let Some(start) = instant_of_ms(&self.start_epoch_ms) else {
            return Err(Fault::BadDate { cell: text(&self.start_epoch_ms).unwrap_or_default() });
        };
        let tag = |name: &str| self.tags.get(name).and_then(text);
        let mut activity = Activity::new(SourceKind::Row);
        activity.start = Some(Start::Instant(start));
        activity.position = self.first_position();
        let indoors = tag("location").is_some_and(|place| place.eq_ignore_ascii_case("indoors"));
        activity.sport = match text(&self.r#type).as_deref().and_then(sport_names::sport) {
            Some(Sport::Run) if indoors => Some(Sport::TreadmillRun),
            sport => sport,
        };
        let total =
            |summary: &&Summary| text(&summary.metric).as_deref() == Some("distance") && is_total(&summary.kind);
        activity.distance = self.summaries.iter().find(total).and_then(|summary| distance(&summary.value, KILOMETRE_M));
        activity.moving_s = seconds(&self.active_duration_ms, MS_PER_S);
        let end = instant_of_ms(&self.end_epoch_ms);
        activity.elapsed_s = end.and_then(|end| u32::try_from((end - start).num_seconds()).ok()).filter(|s| *s > 0);
        activity.title = tag("com.nike.name");
        activity.description = tag("note");
        activity.record = Some(record);
        Ok(activity)
    }

    fn first_position(&self) -> Option<Position> {
        let of = |name: &str| {
            self.metrics.iter().find(|metric| text(&metric.r#type).as_deref() == Some(name))?.values.first()
        };
        position(&of("latitude")?.value, &of("longitude")?.value)
    }
}

fn is_total(kind: &Value) -> bool {
    text(kind).is_none_or(|kind| kind == "total")
}
