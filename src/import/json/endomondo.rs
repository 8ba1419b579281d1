//! Workouts of Endomondo's account export: a list of objects with one key each, which together are a workout. Times
//! are UTC, and the first point tells the zone.

use std::fmt;

use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::value::{distance, position, seconds, sport, text};
use crate::import::imported::Imported;
use crate::import::timestamp::Timestamp;
use crate::model::activity::{Activity, Position, SourceKind};
use crate::model::fault::Fault;
use crate::model::problem::Place;

const KILOMETRE_M: f64 = 1_000.0;

/// What one or more of the objects say of a workout.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Facts {
    name: Value,
    sport: Value,
    created_date: Value,
    start_time: Value,
    end_time: Value,
    duration_s: Value,
    distance_km: Value,
    message: Value,
    notes: Value,
    #[serde(deserialize_with = "first")]
    points: Option<Value>,
}

/// A workout as a list of such objects. Several in one file are lists in a list, or objects with many keys each.
#[derive(Deserialize)]
#[serde(untagged)]
enum Part {
    Workout(Vec<Facts>),
    Fact(Box<Facts>),
}

pub fn read(text: &str) -> serde_json::Result<Imported> {
    let mut imported = Imported { dialect: Some("endomondo".to_owned()), ..Imported::default() };
    let mut workouts: Vec<Facts> = Vec::new();
    let mut open = false;
    for part in super::items::<Part>(text)? {
        match part {
            Part::Workout(facts) => {
                open = false;
                workouts.push(facts.into_iter().fold(Facts::default(), Facts::with));
            }
            // A fact that the workout has already begins the next workout.
            Part::Fact(fact) => {
                if let Some(last) = workouts.last_mut().filter(|last| open && !last.has_any_of(&fact)) {
                    *last = std::mem::take(last).with(*fact);
                } else {
                    open = true;
                    workouts.push(*fact);
                }
            }
        }
    }
    for (workout, record) in workouts.into_iter().zip(1..) {
        imported.keep(workout.activity(record), Place::Record(record));
    }
    Ok(imported)
}

impl Facts {
    fn each(&self) -> [&Value; 9] {
        [
            &self.name,
            &self.sport,
            &self.created_date,
            &self.start_time,
            &self.end_time,
            &self.duration_s,
            &self.distance_km,
            &self.message,
            &self.notes,
        ]
    }

    fn has_any_of(&self, other: &Self) -> bool {
        self.each().iter().zip(other.each()).any(|(own, other)| !own.is_null() && !other.is_null())
    }

    fn with(self, other: Self) -> Self {
        let either = |own: Value, other: Value| if own.is_null() { other } else { own };
        Self {
            name: either(self.name, other.name),
            sport: either(self.sport, other.sport),
            created_date: either(self.created_date, other.created_date),
            start_time: either(self.start_time, other.start_time),
            end_time: either(self.end_time, other.end_time),
            duration_s: either(self.duration_s, other.duration_s),
            distance_km: either(self.distance_km, other.distance_km),
            message: either(self.message, other.message),
            notes: either(self.notes, other.notes),
            points: self.points.or(other.points),
        }
    }

    fn activity(self, record: u64) -> Result<Activity, Fault> {
        let time = |value: &Value| text(value).and_then(|text| Timestamp::parse(text.as_bytes()));
        let began = time(&self.start_time).or_else(|| time(&self.created_date));
        let mut activity = Activity::new(SourceKind::Row);
        let start = began.and_then(Timestamp::start);
        let cell = || text(&self.start_time).unwrap_or_default();
        activity.start = Some(start.ok_or_else(|| Fault::BadDate { cell: cell() })?);
        activity.position = self.points.as_ref().and_then(first_position);
        activity.sport = sport(&self.sport);
        activity.distance = distance(&self.distance_km, KILOMETRE_M);
        activity.moving_s = seconds(&self.duration_s, 1.0);
        activity.title = text(&self.name);
        activity.description = text(&self.notes);
        activity.private_note = text(&self.message);
        activity.record = Some(record);
        Ok(activity)
    }
}

/// The position of a point, which is a list of objects, one of which has the location as lists of objects in a list.
fn first_position(point: &Value) -> Option<Position> {
    fn find<'a>(value: &'a Value, key: &str, deeper: u32) -> Option<&'a Value> {
        match value {
            Value::Object(fields) if fields.contains_key(key) => fields.get(key),
            Value::Object(fields) if deeper > 0 => fields.values().find_map(|field| find(field, key, deeper - 1)),
            Value::Array(parts) if deeper > 0 => parts.iter().find_map(|part| find(part, key, deeper - 1)),
            _ => None,
        }
    }
    position(find(point, "latitude", 5)?, find(point, "longitude", 5)?)
}

/// The first of many points; the others are skipped as they are read.
fn first<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Value>, D::Error> {
    struct First;
    impl<'de> Visitor<'de> for First {
        type Value = Option<Value>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of points")
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
            let first = sequence.next_element()?;
            while sequence.next_element::<IgnoredAny>()?.is_some() {}
            Ok(first)
        }
    }
    from.deserialize_any(First)
}
