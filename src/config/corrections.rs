//! `[[corrections]]`: how the configuration corrects a note or a run.

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;

use super::mistake::{ConfigError, LineIndex};

/// A correction of something that was read wrongly.
#[derive(Clone, Debug, PartialEq)]
pub enum Correction {
    /// A note of this day with this text is read as `reading` instead; `none` means that it says nothing.
    Note {
        /// The day of the note.
        date: NaiveDate,
        /// Words that the note contains.
        text: String,
        /// What it should be read as.
        reading: String,
    },
    /// A run differs from what its sources say.
    Run {
        /// The run's id.
        run: String,
        /// The true distance in metres.
        distance_m: Option<u32>,
        /// The shoe it was really run in.
        shoe: Option<String>,
        /// Whether the run is left out.
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

/// Checks a correction of a note or a run; a mistake is returned with its line.
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

/// Blank words would match every note of the day and so correct all of them, warning signs included.
fn not_blank(lines: &LineIndex, key: &str, words: Spanned<String>) -> Result<String, ConfigError> {
    if words.get_ref().trim().is_empty() {
        let what = format!(
            "the {key} of a correction is blank; text takes words of the note, and reading what it says, or \"none\""
        );
        return Err(lines.error(&words, what));
    }
    Ok(words.into_inner())
}
