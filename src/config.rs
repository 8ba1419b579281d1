//! `runhip.toml`, parsed so that every error has its line. It does not know which thresholds exist; `analysis` checks
//! that.

mod bounds;
mod corrections;
mod limits;
mod mistake;
pub mod patterns;
mod plain_words;
mod shoes;
#[cfg(test)]
mod tests;
mod version;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::Deserialize;
use toml::Spanned;

use self::bounds::{MOST_CORRECTIONS, MOST_PATTERNS, MOST_SHOES, at_most, at_most_a_day};
pub use self::corrections::Correction;
use self::corrections::{RawCorrection, read_correction};
use self::limits::{LimitSettings, RawLimits};
pub use self::mistake::ConfigError;
use self::mistake::LineIndex;
pub use self::plain_words::nearest;
use self::shoes::{RawShoe, name_apart, read_shoe};
use crate::model::shoe::Shoe;
use crate::model::sport::Sport;
use crate::model::units::{Units, parse_length};

/// The name of the file.
pub const FILE_NAME: &str = "runhip.toml";

/// The first day of a training week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WeekStart {
    /// Monday.
    #[default]
    Monday,
    /// Sunday.
    Sunday,
}

/// How an activity is treated that names no sport.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Untyped {
    /// By its title and pace, and as a run where these do not tell.
    #[default]
    Run,
    /// It counts only where its title tells the sport, and is asked about otherwise.
    Ask,
}

/// A threshold as the runner wrote it, not yet checked.
#[derive(Clone, Debug, PartialEq)]
pub struct RawThreshold {
    /// The line it is on.
    pub line: usize,
    /// A number, or a length such as `300mi`.
    pub value: toml::Value,
}

/// The configuration. Absent settings are `None` or empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// The athlete's name.
    pub athlete: Option<String>,
    /// The unit in which distances are shown.
    pub units: Option<Units>,
    /// The first day of the week.
    pub week_start: Option<WeekStart>,
    /// The number to ring that a report gives where a sign calls for help at once.
    pub emergency_number: Option<String>,
    /// The zone of runs without an offset or coordinates.
    pub timezone: Option<Tz>,
    /// The notes file that `runhip note` appends to.
    pub notes: Option<String>,
    /// The line of that setting.
    pub notes_line: Option<usize>,
    /// The training plan that the report compares weeks with.
    pub plan: Option<String>,
    /// The line of that setting.
    pub plan_line: Option<usize>,
    /// Globs of files that are not read.
    pub ignore: Vec<String>,
    /// The `[thresholds]` by key.
    pub thresholds: BTreeMap<String, RawThreshold>,
    /// The `[[shoes]]` in order.
    pub shoes: Vec<Shoe>,
    /// The `[[corrections]]` in order.
    pub corrections: Vec<Correction>,
    /// `[csv.columns]`: from our field name to the header in the file.
    pub csv_columns: BTreeMap<String, String>,
    /// The line of each of those keys.
    pub csv_column_lines: BTreeMap<String, usize>,
    /// `[sports]`: the meaning of names of sports in the log.
    pub sports: BTreeMap<String, Sport>,
    /// How an activity is treated that names no sport.
    pub untyped: Option<Untyped>,
    /// `[limits]`: how large inputs may be.
    pub limits: LimitSettings,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfig {
    athlete: Option<String>,
    units: Option<Units>,
    week_start: Option<WeekStart>,
    emergency_number: Option<Spanned<String>>,
    timezone: Option<Spanned<String>>,
    notes: Option<Spanned<String>>,
    plan: Option<Spanned<String>>,
    #[serde(default)]
    ignore: Vec<Spanned<String>>,
    #[serde(default)]
    thresholds: BTreeMap<String, Spanned<toml::Value>>,
    #[serde(default)]
    shoes: Vec<Spanned<RawShoe>>,
    #[serde(default)]
    corrections: Vec<Spanned<RawCorrection>>,
    csv: Option<RawCsv>,
    #[serde(default)]
    sports: BTreeMap<String, Spanned<String>>,
    untyped: Option<Untyped>,
    #[serde(default)]
    limits: RawLimits,
    #[serde(rename = "config_version")]
    _config_version: Option<toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCsv {
    #[serde(default)]
    columns: BTreeMap<String, Spanned<String>>,
}

impl LineIndex {
    /// A date, either as TOML's own type or in quotes.
    pub(super) fn date(&self, value: Option<Spanned<toml::Value>>) -> Result<Option<NaiveDate>, ConfigError> {
        let Some(value) = value else { return Ok(None) };
        let (day, written) = match value.get_ref() {
            toml::Value::Datetime(moment) => (whole_day(moment), moment.to_string()),
            toml::Value::String(text) => (NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok(), text.clone()),
            other => (None, other.to_string()),
        };
        day.map(Some).ok_or_else(|| self.error(&value, format!("\"{written}\" is not a date; write it as 2024-01-10")))
    }

    pub(super) fn length(&self, value: Option<Spanned<String>>) -> Result<Option<u32>, ConfigError> {
        value.map(|text| parse_length(text.get_ref()).map_err(|error| self.error(&text, error.to_string()))).transpose()
    }
}

impl LineIndex {
    /// A telephone number: digits with spaces, hyphens, brackets and a leading plus.
    fn telephone(&self, number: &Spanned<String>) -> Result<String, ConfigError> {
        let text = number.get_ref().trim();
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let fits =
            |(at, c): (usize, char)| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')') || (at, c) == (0, '+');
        if (2..=15).contains(&digits) && text.len() <= 30 && text.char_indices().all(fits) {
            return Ok(text.to_owned());
        }
        Err(self.error(number, format!("\"{text}\" is not a number to ring; write one such as \"112\"")))
    }
}

/// The day of a TOML date without a time.
fn whole_day(moment: &toml::value::Datetime) -> Option<NaiveDate> {
    match (moment.date, moment.time) {
        (Some(day), None) => NaiveDate::from_ymd_opt(day.year.into(), day.month.into(), day.day.into()),
        _ => None,
    }
}

impl Config {
    /// Reads the text of a `runhip.toml`.
    ///
    /// # Errors
    /// The first error with its line: a version that this program does not read, invalid TOML, an unknown key, or a
    /// value of the wrong kind.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        Self::read(text.strip_prefix('\u{feff}').unwrap_or(text)).map_err(ConfigError::cut)
    }

    fn read(text: &str) -> Result<Self, ConfigError> {
        let lines = LineIndex::of(text);
        version::check(&lines, text)?;
        let raw: RawConfig = toml::from_str(text).map_err(|error| plain_words::of(text, &lines, &error))?;
        let timezone = raw
            .timezone
            .map(|name| {
                name.get_ref().parse::<Tz>().map_err(|_| {
                    lines.error(
                        &name,
                        format!("\"{}\" is not a time zone; write one such as \"Pacific/Auckland\"", name.get_ref()),
                    )
                })
            })
            .transpose()?;
        at_most(&lines, &raw.ignore, MOST_PATTERNS, "patterns under ignore")?;
        at_most(&lines, &raw.shoes, MOST_SHOES, "pairs of shoes")?;
        at_most(&lines, &raw.corrections, MOST_CORRECTIONS, "corrections")?;
        let ignore = patterns::read(&lines, raw.ignore)?;
        let thresholds = raw
            .thresholds
            .into_iter()
            .map(|(key, value)| (key, RawThreshold { line: lines.at(value.span().start), value: value.into_inner() }))
            .collect();
        let mut shoes: Vec<Shoe> = Vec::new();
        let mut begun: BTreeSet<(String, Option<NaiveDate>)> = BTreeSet::new();
        for raw in raw.shoes {
            let line = lines.at(raw.span().start);
            let shoe = read_shoe(&lines, raw)?;
            let spellings: BTreeSet<String> =
                std::iter::once(&shoe.name).chain(&shoe.aliases).map(|spelling| Shoe::folded(spelling)).collect();
            // Runs that name the pair could have been in either.
            if let Some(shared) = spellings.iter().find(|one| begun.contains(&((*one).clone(), shoe.from))) {
                return Err(ConfigError {
                    line: Some(line),
                    what: format!(
                        "two pairs are called \"{shared}\" from the same day on; give the later one a from = DAY and the earlier \
                         one a to = DAY, or each a name of its own"
                    ),
                });
            }
            begun.extend(spellings.into_iter().map(|spelling| (spelling, shoe.from)));
            shoes.push(shoe);
        }
        name_apart(&mut shoes);
        let lines_of: Vec<usize> = raw.corrections.iter().map(|one| lines.at(one.span().start)).collect();
        let corrections: Vec<Correction> =
            raw.corrections.into_iter().map(|one| read_correction(&lines, one)).collect::<Result<_, _>>()?;
        at_most_a_day(&lines_of, &corrections)?;
        let columns = raw.csv.map(|csv| csv.columns).unwrap_or_default();
        let csv_column_lines =
            columns.iter().map(|(key, header)| (key.clone(), lines.at(header.span().start))).collect();
        let sports = read_sports(&lines, raw.sports)?;
        Ok(Self {
            sports,
            untyped: raw.untyped,
            athlete: raw.athlete.filter(|name| !name.trim().is_empty()),
            units: raw.units,
            week_start: raw.week_start,
            emergency_number: raw.emergency_number.map(|number| lines.telephone(&number)).transpose()?,
            timezone,
            notes_line: raw.notes.as_ref().map(|notes| lines.at(notes.span().start)),
            notes: raw.notes.map(Spanned::into_inner),
            plan_line: raw.plan.as_ref().map(|plan| lines.at(plan.span().start)),
            plan: raw.plan.map(Spanned::into_inner),
            ignore,
            thresholds,
            shoes,
            corrections,
            csv_columns: columns.into_iter().map(|(key, header)| (key, header.into_inner())).collect(),
            csv_column_lines,
            limits: limits::read(&lines, raw.limits)?,
        })
    }
}

impl Config {
    /// This configuration, completed from a shared one: units, week, zone, ignored files, thresholds, columns, names
    /// of sports, and limits, which it may lower but not raise. What belongs to one runner (name, notes, shoes,
    /// corrections) is never taken over.
    #[must_use]
    pub fn over(mut self, shared: &Self) -> Self {
        self.units = self.units.or(shared.units);
        self.week_start = self.week_start.or(shared.week_start);
        self.emergency_number = self.emergency_number.or_else(|| shared.emergency_number.clone());
        self.timezone = self.timezone.or(shared.timezone);
        self.ignore.extend(shared.ignore.iter().cloned());
        for (key, value) in &shared.thresholds {
            self.thresholds.entry(key.clone()).or_insert_with(|| value.clone());
        }
        for (key, header) in &shared.csv_columns {
            self.csv_columns.entry(key.clone()).or_insert_with(|| header.clone());
        }
        for (name, sport) in &shared.sports {
            self.sports.entry(name.clone()).or_insert_with(|| sport.clone());
        }
        self.untyped = self.untyped.or(shared.untyped);
        self.limits = self.limits.within(&shared.limits);
        self
    }

    /// The settings that a configuration from somebody else's folder may not make, each with what was done about it:
    /// a notes file elsewhere, and limits above the shared ones.
    #[must_use]
    pub fn overreaches(&self, shared: &Self) -> Vec<ConfigError> {
        let notes = self.notes_elsewhere().map(|what| ConfigError { line: self.notes_line, what });
        let limits = self.limits.above(&shared.limits).map(|key| ConfigError {
            line: None,
            what: format!(
                "{key} under [limits] is above what holds for all athletes and was left at that; raise it in the settings for all, or with --config"
            ),
        });
        notes.into_iter().chain(limits).collect()
    }

    /// The error that the notes file is outside the folder of the configuration, with the remedy.
    #[must_use]
    pub fn notes_elsewhere(&self) -> Option<String> {
        let notes = self.notes.as_ref().filter(|notes| leads_elsewhere(notes))?;
        Some(format!(
            "notes = {} leads out of the folder of its {FILE_NAME}, which nothing found in a folder may do; name the file with --file, \
             or the configuration with --config",
            toml::Value::String(notes.clone())
        ))
    }

    /// The error that the training plan is outside the folder of the configuration, with the remedy.
    #[must_use]
    pub fn plan_elsewhere(&self) -> Option<String> {
        let plan = self.plan.as_ref().filter(|plan| leads_elsewhere(plan))?;
        Some(format!(
            "plan = {} leads out of the folder of its {FILE_NAME}; put the plan into that folder",
            toml::Value::String(plan.clone())
        ))
    }

    /// The ids of the runs that corrections leave out.
    pub fn set_aside(&self) -> impl Iterator<Item = &str> {
        self.corrections.iter().filter_map(|one| match one {
            Correction::Run { run, ignore: true, .. } => Some(run.as_str()),
            Correction::Run { .. } | Correction::Note { .. } => None,
        })
    }

    /// The first setting that belongs to one runner and cannot be shared.
    #[must_use]
    pub fn personal_key(&self) -> Option<&'static str> {
        [
            ("athlete", self.athlete.is_some()),
            ("notes", self.notes.is_some()),
            ("plan", self.plan.is_some()),
            ("[[shoes]]", !self.shoes.is_empty()),
            ("[[corrections]]", !self.corrections.is_empty()),
        ]
        .into_iter()
        .find_map(|(key, set)| set.then_some(key))
    }
}

/// Whether a path leads out of the configuration's folder. A path that would on any system is refused on all.
fn leads_elsewhere(path: &str) -> bool {
    let down = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    path.contains([':', '\\']) || !Path::new(path).components().all(down)
}

/// The meaning of names of sports: a kind of running, or "other".
fn read_sports(
    lines: &LineIndex,
    written: BTreeMap<String, Spanned<String>>,
) -> Result<BTreeMap<String, Sport>, ConfigError> {
    let meaning = |(name, word): (String, Spanned<String>)| {
        let sport = match word.get_ref().trim() {
            "other" => Some(Sport::Other(name.clone())),
            word => Sport::run_named(word),
        };
        let what = || {
            format!(
                "\"{}\" is no sport; write run, trail-run, treadmill-run, track-run, virtual-run or other",
                word.get_ref()
            )
        };
        Ok((name, sport.ok_or_else(|| lines.error(&word, what()))?))
    };
    written.into_iter().map(meaning).collect()
}
