//! JSON exports of running apps, recognised by their keys; one file for each app. Fields are read leniently, so that
//! a number written as text, or a missing field, only costs itself.

mod complaint;
mod endomondo;
mod fitbit;
mod garmin;
mod google_fit;
mod health_auto_export;
mod intervals_events;
mod nike;
mod polar;
mod records;
mod runtastic;
mod shape;
mod strava_like;
#[cfg(test)]
mod tests;
mod value;
mod wellness;

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::csv::text;
use super::imported::{Imported, Refusal};
use super::limits::{MOST_JSON_OBJECTS, MOST_JSON_VALUES};
use crate::model::fault::Fault;
use crate::model::problem::Place;

const FORMAT: &str = "JSON";

/// The JSON of one app: keys that it always has, and its reader. The first app that fits is used.
struct App {
    keys: &'static [&'static str],
    read: fn(&str) -> serde_json::Result<Imported>,
}

const APPS: &[App] = &[
    App { keys: &["summarizedActivitiesExport"], read: garmin::read },
    App { keys: &["start_epoch_ms", "summaries"], read: nike::read },
    App { keys: &["startTime", "stopTime", "exercises"], read: polar::read },
    App { keys: &["fitnessActivity", "startTime", "endTime"], read: google_fit::read },
    App { keys: &["activityName", "logId", "startTime"], read: fitbit::read },
    App { keys: &["sport_type_id", "start_time", "start_time_timezone_offset"], read: runtastic::read },
    App { keys: &["sport", "duration_s", "created_date"], read: endomondo::read },
    App { keys: &["workouts", "start", "end"], read: health_auto_export::read },
    // Before activities, since planned workouts also have their keys.
    App { keys: &["category", "start_date_local"], read: intervals_events::read },
    App { keys: &["start_date_local", "distance", "moving_time"], read: strava_like::read },
    App { keys: &["id", "injury", "soreness"], read: wellness::read },
];

/// Reads one JSON file of this name or path. `complains` tells whether words speak of hip pain or a warning sign. `as_table` reads a table and returns nothing if it is neither a log nor
/// notes of the hip. The
/// notes' `source` is left empty.
#[must_use]
pub fn read(
    bytes: &[u8],
    name: &str,
    as_table: &dyn Fn(records::Table) -> Option<Imported>,
    complains: &dyn Fn(&str) -> bool,
) -> Imported {
    let decoded = text::decode(bytes);
    let text = unwrapped(with_null_for_no_number(&decoded.text));
    let stands = |key: &&str| memchr::memmem::find(text.as_bytes(), format!("\"{key}\"").as_bytes()).is_some();
    let Some(app) = APPS.iter().find(|app| app.keys.iter().all(stands)) else {
        return match shape::of(&text) {
            shape::Shape::NoLog(reason) => Imported::ignored(reason),
            shape::Shape::Unknown(unread) => from_table(&text, name, as_table)
                .or_else(|| complaint::unread(&text, complains).map(Imported::failed))
                .unwrap_or(*unread),
        };
    };
    let count = |mark: u8| memchr::memchr_iter(mark, text.as_bytes()).count();
    if count(b'{') > MOST_JSON_OBJECTS || count(b',') + count(b'[') > MOST_JSON_VALUES {
        let why = format!("it has more than {MOST_JSON_OBJECTS} objects or {MOST_JSON_VALUES} values");
        return Imported::failed(Fault::Overfull { why }.at(Place::File));
    }
    let mut imported = match (app.read)(&text) {
        Ok(imported) => imported,
        Err(error) => {
            let detail = match error.classify() {
                _ if error.to_string().starts_with("recursion limit") => "it is nested too deep",
                Category::Eof => "its end is missing",
                Category::Data => "its values are not of the kinds that this app writes",
                Category::Syntax | Category::Io => "it is not well-formed",
            };
            let place = Place::Line(error.line() as u64);
            return Imported::failed(Fault::NotThisFormat { format: FORMAT, detail: detail.to_owned() }.at(place));
        }
    };
    let nothing = imported.activities.is_empty() && imported.notes.is_empty() && imported.problems.is_empty();
    if nothing && imported.refusal.is_none() {
        imported.refusal = Some(Refusal::Ignored("it holds no activity and no note".to_owned()));
    }
    if decoded.replaced {
        imported.problems.push(Fault::BytesReplaced.at(Place::File));
    }
    imported
}

/// The activity in a file with one activity and the time it was fetched.
fn unwrapped(text: Cow<'_, str>) -> Cow<'_, str> {
    #[derive(serde::Deserialize)]
    struct Wrapped {
        activity: serde_json::Map<String, serde_json::Value>,
    }
    // In a list of activities this key has another meaning.
    let is_wrapped = text.trim_start().starts_with('{') && text.contains("\"activity\"");
    match if is_wrapped { serde_json::from_str::<Wrapped>(&text).ok() } else { None } {
        Some(wrapped) => Cow::Owned(serde_json::Value::Object(wrapped.activity).to_string()),
        None => text,
    }
}

/// Reads the records of a plain list as a table, if its key, the file's name or its own keys mention running, or it
/// holds notes alone.
fn from_table(text: &str, name: &str, as_table: &dyn Fn(records::Table) -> Option<Imported>) -> Option<Imported> {
    let (table, key) = records::table(text)?;
    let file = name.rsplit(['/', '!']).next().unwrap_or(name);
    let keys = table.first().into_iter().flat_map(|(_, header)| header).chain(&key);
    let of_running = keys.map(String::as_str).chain([file]).any(shape::speaks_of_running);
    let imported = as_table(table).filter(|read| of_running || read.activities.is_empty())?;
    let format =
        imported.dialect.as_deref().map_or("JSON table".to_owned(), |dialect| format!("JSON table, {dialect}"));
    Some(Imported { dialect: Some(format), ..imported })
}

/// The items of a list, or a single one without a list around it. `null` items are skipped.
fn items<T: DeserializeOwned>(text: &str) -> serde_json::Result<Vec<T>> {
    if text.trim_start().starts_with('[') {
        let mut from = serde_json::Deserializer::from_str(text);
        let items = value::list(&mut from)?;
        from.end().map(|()| items)
    } else {
        serde_json::from_str(text).map(|one| vec![one])
    }
}

/// JSON has no `NaN` or `Infinity`, but Polar and programs in Python write them for unknown values.
fn with_null_for_no_number(text: &str) -> Cow<'_, str> {
    const WORDS: [&str; 3] = ["-Infinity", "Infinity", "NaN"];
    if !WORDS.iter().any(|word| text.contains(word)) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut kept = 0;
    let mut at = 0;
    let mut quoted = false;
    while let Some(&byte) = text.as_bytes().get(at) {
        let word = match byte {
            b'\\' if quoted => {
                at += 2;
                continue;
            }
            b'"' => {
                quoted = !quoted;
                None
            }
            b'N' | b'I' | b'-' if !quoted => WORDS.iter().find(|word| text[at..].starts_with(**word)),
            _ => None,
        };
        match word {
            Some(word) => {
                clean.push_str(&text[kept..at]);
                clean.push_str("null");
                at += word.len();
                kept = at;
            }
            None => at += 1,
        }
    }
    clean.push_str(&text[kept..]);
    Cow::Owned(clean)
}
