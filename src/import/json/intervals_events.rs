//! Events of the calendar of intervals.icu: what the runner wrote about days of illness, injury and holidays becomes
//! a note on each of these days. Planned workouts are no runs.

use chrono::{Days, NaiveDate};
use serde::Deserialize;
use serde_json::Value;

use super::value::text;
use super::{items, strava_like};
use crate::import::imported::{Imported, Refusal};
use crate::model::fault::Fault;
use crate::model::note::{Given, Note, NoteOrigin};
use crate::model::problem::Place;

/// The most days of one event.
const MOST_DAYS: u64 = 180;

/// The word for each kind of event; other kinds are ignored.
const KINDS: [(&str, &str); 4] = [("SICK", "sick"), ("INJURED", "injured"), ("HOLIDAY", "holiday"), ("NOTE", "")];

#[derive(Default, Deserialize)]
#[serde(default)]
struct Event {
    category: Value,
    name: Value,
    description: Value,
    start_date_local: Value,
    end_date_local: Value,
}

pub fn read(text: &str) -> serde_json::Result<Imported> {
    let events: Vec<Event> = items(text)?;
    // Activities have no category: a download of them with these keys is read as such.
    if events.iter().all(|event| event.category.is_null()) {
        return strava_like::read(text);
    }
    let mut imported = Imported { dialect: Some("intervals-icu-events".to_owned()), ..Imported::default() };
    for (event, record) in events.into_iter().zip(1..) {
        match event.notes() {
            Ok(notes) => imported.notes.extend(notes),
            Err(fault) => imported.problems.push(fault.at(Place::Record(record))),
        }
    }
    if imported.notes.is_empty() && imported.problems.is_empty() {
        imported.refusal = Some(Refusal::Ignored("planned workouts and races, and no run".to_owned()));
    }
    Ok(imported)
}

impl Event {
    /// One note for each day of the event, whose last day is the one before its end. The first day has its words, the
    /// others only the mark.
    fn notes(self) -> Result<Vec<Note>, Fault> {
        let category = text(&self.category).unwrap_or_default();
        let Some((_, word)) = KINDS.iter().find(|(kind, _)| *kind == category) else { return Ok(Vec::new()) };
        let said = [Some((*word).to_owned()), text(&self.name), text(&self.description)];
        let said: Vec<String> = said.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        let words = said.join(": ");
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let first = day(&self.start_date_local)?;
        let end = if self.end_date_local.is_null() { first } else { day(&self.end_date_local)? };
        let days = u64::try_from((end - first).num_days()).unwrap_or(0).max(1);
        if days > MOST_DAYS {
            let detail = format!("an event of more than {MOST_DAYS} days");
            return Err(Fault::BadRow { detail });
        }
        let note = |(date, text): (NaiveDate, &str)| Note {
            date,
            text: text.to_owned(),
            source: String::new(),
            line: None,
            origin: NoteOrigin::Table,
            given: Given::default(),
            heading: None,
        };
        let behind = (1..days).filter_map(|nth| Some((first.checked_add_days(Days::new(nth))?, *word)));
        let days = std::iter::once((first, words.as_str())).chain(behind.filter(|(_, word)| !word.is_empty()));
        Ok(days.map(note).collect())
    }
}

/// The day of `2026-04-25T00:00:00`.
fn day(value: &Value) -> Result<NaiveDate, Fault> {
    let written = text(value).unwrap_or_default();
    written.get(..10).and_then(|day| day.parse().ok()).ok_or(Fault::BadDate { cell: written })
}
