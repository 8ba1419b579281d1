//! Polar Flow's account export, `training-session-….json`: one activity for each exercise of a session. Times are
//! local, with the offset next to them in minutes. Older files use other names.

use chrono::{FixedOffset, TimeZone};
use serde::Deserialize;
use serde_json::Value;

use super::items;
use super::value::{distance, list, number, position, seconds, text};
use crate::import::imported::Imported;
use crate::import::sport_names;
use crate::import::timestamp::{Timestamp, Zone};
use crate::import::track::whole_seconds;
use crate::model::activity::{Activity, SourceKind, Start};
use crate::model::fault::Fault;
use crate::model::problem::Place;
use crate::model::sport::Sport;

const MS_PER_S: f64 = 1_000.0;

/// The most characters quoted of an invalid time.
const LONGEST_QUOTED: usize = 80;

/// Fields that both a session and its exercises may have.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Part {
    start_time: Value,
    stop_time: Value,
    #[serde(alias = "timeZoneOffset", alias = "timezoneOffset")]
    timezone_offset_minutes: Value,
    #[serde(alias = "distance")]
    distance_meters: Value,
    duration_millis: Value,
    duration: Value,
    latitude: Value,
    longitude: Value,
    sport: Value,
    name: Value,
    note: Value,
    #[serde(deserialize_with = "list")]
    exercises: Vec<Part>,
}

pub fn read(text: &str) -> serde_json::Result<Imported> {
    let sessions: Vec<Part> = items(text)?;
    let mut imported = Imported { dialect: Some("polar".to_owned()), ..Imported::default() };
    let mut record = 0;
    for mut session in sessions {
        let mut exercises = std::mem::take(&mut session.exercises);
        let alone = exercises.len() <= 1;
        if exercises.is_empty() {
            exercises.push(Part::default());
        }
        let mut whole = SessionFacts::of(&session);
        for exercise in &exercises {
            record += 1;
            imported.keep(activity(&session, &mut whole, exercise, alone, record), Place::Record(record));
        }
    }
    Ok(imported)
}

/// What a session says of all its exercises, read once. Its words are about the whole session, and are kept once.
struct SessionFacts {
    start: Option<Moment>,
    offset_min: Option<f64>,
    sport: Option<Sport>,
    title: Option<String>,
    note: Option<String>,
}

/// A time as written, shortened for a message, and its value.
#[derive(Clone)]
struct Moment {
    written: String,
    time: Option<Timestamp>,
}

impl Moment {
    fn of(value: &Value) -> Option<Self> {
        let written = || text(value).unwrap_or_default();
        (!value.is_null()).then(written).map(|written| Self {
            time: Timestamp::parse(written.as_bytes()),
            written: written.chars().take(LONGEST_QUOTED).collect(),
        })
    }
}

impl SessionFacts {
    fn of(session: &Part) -> Self {
        Self {
            start: Moment::of(&session.start_time),
            offset_min: number(&session.timezone_offset_minutes),
            sport: text(&session.name).as_deref().and_then(sport_names::sport),
            title: text(&session.name),
            note: text(&session.note),
        }
    }
}

/// An exercise's own figures count; if it is the only one, those of its session replace missing ones.
fn activity(
    session: &Part,
    whole: &mut SessionFacts,
    exercise: &Part,
    alone: bool,
    record: u64,
) -> Result<Activity, Fault> {
    let either = |field: fn(&Part) -> &Value| {
        let own = field(exercise);
        if own.is_null() && alone { field(session) } else { own }
    };
    let offset_min = number(&exercise.timezone_offset_minutes).or(whole.offset_min);
    let start = Moment::of(&exercise.start_time).or_else(|| whole.start.clone());
    let placed = start.as_ref().and_then(|start| placed(start.time?, offset_min));
    let mut activity = Activity::new(SourceKind::Row);
    let cell = || start.map_or_else(String::new, |start| start.written);
    activity.start = Some(placed.ok_or_else(|| Fault::BadDate { cell: cell() })?);
    activity.sport = sport(&exercise.sport, whole.sport.as_ref());
    activity.position = position(either(|part| &part.latitude), either(|part| &part.longitude));
    activity.distance = distance(either(|part| &part.distance_meters), 1.0);
    activity.moving_s = seconds(either(|part| &part.duration_millis), MS_PER_S)
        .or_else(|| text(either(|part| &part.duration)).and_then(|text| iso_seconds(&text)));
    activity.elapsed_s = span_s(either(|part| &part.start_time), either(|part| &part.stop_time));
    activity.title = whole.title.take();
    activity.description = text(&exercise.note).or_else(|| whole.note.take());
    // If the exercise has words of its own, those of the session are kept besides.
    activity.private_note = whole.note.take();
    activity.record = Some(record);
    Ok(activity)
}

fn placed(time: Timestamp, offset_min: Option<f64>) -> Option<Start> {
    if time.zone() != Zone::Missing {
        return time.start();
    }
    let local = time.wall_clock()?;
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked first")]
    let offset_s = offset_min.filter(|minutes| minutes.abs() <= 840.0).map(|minutes| (minutes * 60.0) as i32);
    let zoned = offset_s.and_then(FixedOffset::east_opt).and_then(|offset| offset.from_local_datetime(&local).single());
    Some(zoned.map_or(Start::Local(local), Start::Zoned))
}

fn span_s(from: &Value, to: &Value) -> Option<u32> {
    let time = |value| text(value).and_then(|text| Timestamp::parse(text.as_bytes()));
    whole_seconds(time(to)?.seconds_since(time(from)?)).filter(|seconds| *seconds > 0)
}

/// The sport: older files have its name; newer ones a number, of which some are known, and the session's title, which
/// is the sport unless the runner changed it.
fn sport(written: &Value, of_session: Option<&Sport>) -> Option<Sport> {
    let id = written.get("id").and_then(number).or_else(|| number(written));
    let Some(id) = id else { return text(written).as_deref().and_then(sport_names::sport) };
    Some(match id {
        1.0 => Sport::Run,
        17.0 => Sport::TreadmillRun,
        27.0 => Sport::TrailRun,
        id => of_session.cloned().unwrap_or_else(|| Sport::Other(format!("Polar sport {id}"))),
    })
}

/// Whole seconds of a duration such as `PT1H2M3.5S`.
fn iso_seconds(written: &str) -> Option<u32> {
    let mut rest = written.strip_prefix("PT")?;
    let mut total_s = 0.0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let value: f64 = rest[..end].parse().ok()?;
        let mut letters = rest[end..].chars();
        total_s += match letters.next()? {
            'H' => value * 3_600.0,
            'M' => value * 60.0,
            'S' => value,
            _ => return None,
        };
        rest = letters.as_str();
    }
    whole_seconds(total_s).filter(|seconds| *seconds > 0)
}
