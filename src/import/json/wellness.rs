//! Wellness days of intervals.icu: the injury mark and the comments of a day become a note. The mark is a word, not a
//! score.

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;

use super::items;
use super::value::{number, text};
use crate::import::imported::Imported;
use crate::model::fault::Fault;
use crate::model::note::{Given, Note, NoteOrigin};
use crate::model::problem::Place;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Day {
    id: Value,
    injury: Value,
    comments: Value,
}

pub fn read(text: &str) -> serde_json::Result<Imported> {
    let mut imported = Imported { dialect: Some("intervals-icu-wellness".to_owned()), ..Imported::default() };
    for (day, record) in items::<Day>(text)?.into_iter().zip(1..) {
        match day.note() {
            Ok(note) => imported.notes.extend(note),
            Err(fault) => imported.problems.push(fault.at(Place::Record(record))),
        }
    }
    Ok(imported)
}

impl Day {
    fn note(&self) -> Result<Option<Note>, Fault> {
        let mark = match number(&self.injury) {
            None if self.injury.is_null() => "",
            Some(1.0) => "",
            Some(2.0) => "niggle",
            Some(3.0) => "poor",
            Some(4.0) => "injured",
            _ => return Err(Fault::BadScore { cell: text(&self.injury).unwrap_or_default() }),
        };
        let words: Vec<String> =
            [mark.to_owned(), text(&self.comments).unwrap_or_default()].into_iter().filter(|w| !w.is_empty()).collect();
        if words.is_empty() {
            return Ok(None);
        }
        let written = text(&self.id).unwrap_or_default();
        let date: NaiveDate = written.parse().map_err(|_| Fault::BadDate { cell: written })?;
        let (source, origin) = (String::new(), NoteOrigin::Table);
        Ok(Some(Note {
            date,
            text: words.join("; "),
            source,
            line: None,
            origin,
            given: Given::default(),
            heading: None,
        }))
    }
}
