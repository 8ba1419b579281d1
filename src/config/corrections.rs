//! `[[corrections]]`: what the configuration puts right in a note or a run.

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::mistake::{ConfigError, LineIndex};

/// Something read wrongly that the runner puts right.
#[derive(Clone, Debug, PartialEq)]
pub enum Correction {
    /// A note of this day that holds this text says what `reading` says; `none` says nothing at all.
    Note {
        /// The day of the note.
        date: NaiveDate,
        /// Words that the note holds.
        text: String,
        /// What it should have been read as.
        reading: String,
    },
    /// A run is other than its sources say.
    Run {
        /// The run's id.
        run: String,
        /// The distance it really had, in metres.
        distance_m: Option<u32>,
        /// The shoe it was really run in.
        shoe: Option<String>,
        /// True where the run is to be left out.
        ignore: bool,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCorrection {
    date: Option<Spanned<toml::Value>>,
    text: Option<Spanned<String>>,
    reading: Option<Spanned<String>>,
    run: Option<String>,
    distance: Option<Spanned<String>>,
    shoe: Option<String>,
    #[serde(default)]
    ignore: bool,
}

/// A correction of a note or of a run, with the line of what is wrong with it.
pub(super) fn read_correction(lines: &LineIndex, raw: Spanned<RawCorrection>) -> Result<Correction, ConfigError> {
    let line = lines.at(raw.span().start);
    let raw = raw.into_inner();
    let date = lines.date(raw.date)?;
    let distance_m = lines.length(raw.distance)?;
    match (raw.run, date, raw.text, raw.reading) {
        (Some(run), None, None, None) if distance_m.is_some() || raw.shoe.is_some() || raw.ignore => {
            Ok(Correction::Run { run, distance_m, shoe: raw.shoe, ignore: raw.ignore })
        }
        (None, Some(date), Some(text), Some(reading)) if distance_m.is_none() && raw.shoe.is_none() && !raw.ignore => {
            Ok(Correction::Note {
                date,
                text: not_blank(lines, "text", text)?,
                reading: not_blank(lines, "reading", reading)?,
            })
        }
        _ => Err(ConfigError {
            line: Some(line),
            what: "a correction needs either date, text and reading, or run with distance, shoe or ignore = true"
                .into(),
        }),
    }
}

/// Blank words stand in every note: they would put right all those of the day, warning signs among them.
fn not_blank(lines: &LineIndex, key: &str, words: Spanned<String>) -> Result<String, ConfigError> {
    if words.get_ref().trim().is_empty() {
        let what = format!(
            "the {key} of a correction is blank; text takes words of the note, and reading what it says, or \"none\""
        );
        return Err(lines.error(&words, what));
    }
    Ok(words.into_inner())
}
