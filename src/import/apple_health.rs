//! Apple Health's `export.xml`, gigabytes read in one streaming pass in constant memory: one activity for each
//! `<Workout>`, with the route file it names. The document type, which Apple writes malformed, is skipped.

#[cfg(test)]
mod tests;

use std::io::{BufRead, Read};

use chrono::{Offset, TimeZone};
use chrono_tz::Tz;
use quick_xml::events::BytesStart;

use super::imported::{Imported, Refusal, Texts};
use super::limits::{LONGEST_NAME_BYTES, MOST_TEXT_BYTES, XmlBudget};
use super::sport_names;
use super::timestamp::{Timestamp, Zone};
use super::track::whole_seconds;
use super::xml::{Token, Xml, XmlError, attributes, local, number};
use crate::model::activity::{Activity, Distance, DistanceFrom, SourceKind, Start};
use crate::model::fault::Fault;
use crate::model::limits::size_in_words;
use crate::model::problem::Place;
use crate::model::sport::Sport;
use crate::model::units::{METRES_PER_MILE, whole_metres};

const FORMAT: &str = "Apple Health XML";
const DIALECT: &str = "apple-health";
const ROOT: &[u8] = b"<HealthData";
const SPORT_PREFIX: &str = "HKWorkoutActivityType";
const ON_FOOT: &str = "HKQuantityTypeIdentifierDistanceWalkingRunning";

/// The root element has to begin within this many bytes; the document type before it has some ten thousand.
const LONGEST_PREFACE_BYTES: u64 = 4_000_000;

/// The most workouts kept.
const MOST_WORKOUTS: usize = 100_000;
/// The most routes of one workout: it has one, and another for each time that the recording was resumed.
const MOST_ROUTES: usize = 100;

/// Reads an export.
pub fn read(mut input: impl BufRead) -> Imported {
    let Some(preface_lines) = pass_over_preface(&mut input) else {
        let detail = "it has no <HealthData>".to_owned();
        return Imported::failed(Fault::NotThisFormat { format: FORMAT, detail }.at(Place::Line(1)));
    };
    match Xml::new(ROOT.chain(input), XmlBudget::default()) {
        Ok(xml) => {
            let (imported, paths) = (Imported::default(), Texts::default());
            let mut reader = Reader { xml, preface_lines, imported, paths, routes_full_at: None };
            let outcome = reader.document();
            reader.finish(outcome)
        }
        Err(broken) => Imported::failed(Fault::Unreadable { detail: broken.detail }.at(Place::File)),
    }
}

/// Skips everything up to the root element's name, and returns how many lines end before it; `None` if there is
/// none.
fn pass_over_preface(input: &mut impl BufRead) -> Option<u64> {
    let (mut lines, mut passed) = (0, 0);
    let mut line = Vec::new();
    while passed < LONGEST_PREFACE_BYTES {
        line.clear();
        // Reads up to each '<' rather than by lines, since the document type may be on a single line.
        let count = input.take(LONGEST_PREFACE_BYTES).read_until(b'<', &mut line).ok()? as u64;
        if count == 0 {
            return None;
        }
        passed += count;
        lines += memchr::memchr_iter(b'\n', &line).count() as u64;
        let mut name = [0; ROOT.len() - 1];
        let mut matched = 0;
        while matched < name.len() {
            let next = *input.fill_buf().ok()?.first()?;
            if next != ROOT[matched + 1] {
                break;
            }
            name[matched] = next;
            matched += 1;
            input.consume(1);
        }
        if matched == name.len() {
            return Some(lines);
        }
    }
    None
}

/// A workout, as far as it has been read.
#[derive(Default)]
struct Draft {
    sport: String,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
    zone: Option<Tz>,
    duration_s: Option<f64>,
    total_m: Option<f64>,
    /// From the statistics that newer exports write instead of the total.
    on_foot_m: Option<f64>,
    indoor: bool,
    routes: Vec<String>,
    start_as_written: String,
}

struct Reader<R> {
    xml: Xml<R>,
    preface_lines: u64,
    imported: Imported,
    paths: Texts,
    /// The line of the first route beyond the most that one workout may have.
    routes_full_at: Option<u64>,
}

enum Item {
    Workout(Box<Draft>),
    Statistics { metres: Option<f64> },
    Metadata { key: String, value: String },
    Route,
    File { path: String },
    Unknown,
    Close,
    Nothing,
}

impl<R: BufRead> Reader<R> {
    fn document(&mut self) -> Result<(), XmlError> {
        loop {
            match self.xml.token()? {
                Token::Open(_) => return self.health_data(),
                Token::End => return Ok(()),
                _ => {}
            }
        }
    }

    #[inline]
    fn item(&mut self) -> Result<Item, XmlError> {
        Ok(match self.xml.token()? {
            Token::Open(tag) => match local(tag.name().into_inner()) {
                "Workout" => Item::Workout(Box::new(Draft::of(&tag))),
                "WorkoutStatistics" => Item::Statistics { metres: on_foot_m(&tag) },
                "MetadataEntry" => Item::Metadata { key: attribute(&tag, "key"), value: attribute(&tag, "value") },
                "WorkoutRoute" => Item::Route,
                "FileReference" => Item::File { path: attribute(&tag, "path") },
                _ => Item::Unknown,
            },
            Token::Close => Item::Close,
            Token::Text(_) | Token::Other | Token::End => Item::Nothing,
        })
    }

    fn health_data(&mut self) -> Result<(), XmlError> {
        loop {
            match self.item()? {
                Item::Workout(draft) => {
                    if self.imported.activities.len() + self.imported.problems.len() >= MOST_WORKOUTS {
                        let what = format!("more than {MOST_WORKOUTS} workouts");
                        return Err(XmlError::at_a_bound(what, self.xml.line()));
                    }
                    let line = self.line();
                    self.workout(*draft, line)?;
                }
                Item::Close => return Ok(()),
                Item::Nothing => {}
                _ => self.xml.skip()?,
            }
        }
    }

    /// A workout counts once its tag is read, even if the file breaks off inside it.
    fn workout(&mut self, mut draft: Draft, line: u64) -> Result<(), XmlError> {
        let outcome = self.inside(&mut draft);
        match draft.activity(line) {
            Ok(activity) => self.imported.activities.push(activity),
            Err(fault) => self.imported.problems.push(fault.at(Place::Line(line))),
        }
        outcome
    }

    /// Only direct children are about the whole workout: the legs of a multisport workout have statistics of their
    /// own.
    fn inside(&mut self, draft: &mut Draft) -> Result<(), XmlError> {
        loop {
            match self.item()? {
                Item::Statistics { metres } => {
                    draft.on_foot_m = metres.or(draft.on_foot_m);
                    self.xml.skip()?;
                }
                Item::Metadata { key, value } => {
                    match key.as_str() {
                        "HKIndoorWorkout" => draft.indoor = value.trim() == "1",
                        "HKTimeZone" => draft.zone = value.trim().parse().ok(),
                        _ => {}
                    }
                    self.xml.skip()?;
                }
                Item::Route => self.route(draft)?,
                Item::File { path } => {
                    self.add_route(draft, &path);
                    self.xml.skip()?;
                }
                Item::Close => return Ok(()),
                Item::Nothing => {}
                Item::Workout(_) | Item::Unknown => self.xml.skip()?,
            }
        }
    }

    fn route(&mut self, draft: &mut Draft) -> Result<(), XmlError> {
        loop {
            match self.item()? {
                Item::File { path } => {
                    self.add_route(draft, &path);
                    self.xml.skip()?;
                }
                Item::Close => return Ok(()),
                Item::Nothing => {}
                _ => self.xml.skip()?,
            }
        }
    }

    /// Paths of route files are written as if the export were the root of a disk.
    fn add_route(&mut self, draft: &mut Draft, path: &str) {
        if draft.routes.len() >= MOST_ROUTES {
            let line = self.line();
            self.routes_full_at.get_or_insert(line);
            return;
        }
        let path = path.trim().trim_start_matches('/');
        // A longer path is cut, and then reported as a missing file.
        draft.routes.extend(self.paths.keep(&path[..path.floor_char_boundary(LONGEST_NAME_BYTES)]));
    }

    fn line(&mut self) -> u64 {
        self.xml.line() + self.preface_lines
    }

    fn finish(self, outcome: Result<(), XmlError>) -> Imported {
        let broken = outcome.err().filter(|_| self.xml.is_inside());
        let replaced = self.xml.bytes_replaced();
        let mut imported = self.imported;
        imported.dialect = Some(DIALECT.to_owned());
        let place = |line: u64| Place::Line(line + self.preface_lines);
        if imported.activities.is_empty() && imported.problems.is_empty() {
            imported.refusal = Some(match broken {
                Some(broken) => {
                    let place = place(broken.line);
                    Refusal::Failed(broken.refusal(FORMAT).at(place))
                }
                None => Refusal::Ignored("it holds no workouts".to_owned()),
            });
            return imported;
        }
        if replaced {
            imported.problems.push(Fault::BytesReplaced.at(Place::File));
        }
        let too_many = |what, place| Fault::TooMuch { what }.at(place);
        if let Some(line) = self.routes_full_at {
            let what = format!("more than {MOST_ROUTES} routes of one workout");
            imported.problems.push(too_many(what, Place::Line(line)));
        }
        if self.paths.are_left_out() {
            let what = format!("more than {} of names of routes", size_in_words(MOST_TEXT_BYTES as u64));
            imported.problems.push(too_many(what, Place::File));
        }
        if let Some(broken) = broken {
            let place = place(broken.line);
            imported.problems.push(broken.fault().at(place));
        }
        imported
    }
}

impl Draft {
    fn of(tag: &BytesStart<'_>) -> Self {
        let mut draft = Self::default();
        let (mut duration, mut minutes) = (None, String::new());
        let (mut distance, mut unit) = (None, String::new());
        for (name, value) in attributes(tag) {
            match name {
                "workoutActivityType" => draft.sport = value.into_owned(),
                "startDate" => {
                    draft.start = Timestamp::parse(value.as_bytes());
                    draft.start_as_written = value.into_owned();
                }
                "endDate" => draft.end = Timestamp::parse(value.as_bytes()),
                "duration" => duration = number(&value),
                "durationUnit" => minutes = value.into_owned(),
                "totalDistance" => distance = number(&value),
                "totalDistanceUnit" => unit = value.into_owned(),
                _ => {}
            }
        }
        draft.duration_s = duration.zip(seconds_in(&minutes)).map(|(value, seconds)| value * seconds);
        draft.total_m = distance.zip(metres_in(&unit)).map(|(value, metres)| value * metres);
        draft
    }

    /// The workout's duration leaves out its pauses; the time from its start to its end includes them.
    fn activity(self, line: u64) -> Result<Activity, Fault> {
        let start = self.start.and_then(|start| zoned(start, self.zone));
        let Some(start) = start else { return Err(Fault::BadDate { cell: self.start_as_written }) };
        let mut activity = Activity::new(SourceKind::Row);
        let span_s = self.start.zip(self.end).map(|(start, end)| end.seconds_since(start));
        activity.start = Some(start);
        activity.sport = sport(&self.sport, self.indoor);
        let metres = self.on_foot_m.or(self.total_m).and_then(whole_metres).filter(|metres| *metres > 0);
        activity.distance = metres.map(|m| Distance { m, from: DistanceFrom::Row });
        activity.moving_s = self.duration_s.and_then(whole_seconds).filter(|seconds| *seconds > 0);
        activity.elapsed_s = span_s.and_then(whole_seconds).filter(|seconds| *seconds > 0);
        activity.attached = self.routes;
        activity.record = Some(line);
        Ok(activity)
    }
}

/// A start with the offset at the place of the workout, if its zone is given. The offsets written with dates are the
/// phone's at the time of the export.
fn zoned(start: Timestamp, zone: Option<Tz>) -> Option<Start> {
    let written = match start.zone() {
        Zone::Offset(seconds) => chrono::FixedOffset::east_opt(seconds),
        Zone::Missing | Zone::Utc => None,
    };
    let instant = start.utc()?;
    let there = zone.map(|zone| zone.offset_from_utc_datetime(&instant.naive_utc()).fix());
    match (start.zone(), there.or(written)) {
        (Zone::Missing, _) => start.wall_clock().map(Start::Local),
        (_, Some(offset)) => Some(Start::Zoned(instant.with_timezone(&offset))),
        (_, None) => Some(Start::Instant(instant)),
    }
}

fn sport(written: &str, indoor: bool) -> Option<Sport> {
    let sport = sport_names::sport(written.strip_prefix(SPORT_PREFIX).unwrap_or(written));
    if indoor && sport == Some(Sport::Run) { Some(Sport::TreadmillRun) } else { sport }
}

/// The sum of the statistics on walking and running; `None` for other statistics.
fn on_foot_m(tag: &BytesStart<'_>) -> Option<f64> {
    if attribute(tag, "type") != ON_FOOT {
        return None;
    }
    Some(number(&attribute(tag, "sum"))? * metres_in(&attribute(tag, "unit"))?)
}

fn attribute(tag: &BytesStart<'_>, wanted: &str) -> String {
    attributes(tag).find(|(name, _)| *name == wanted).map(|(_, value)| value.into_owned()).unwrap_or_default()
}

fn metres_in(unit: &str) -> Option<f64> {
    Some(match unit {
        "km" => 1_000.0,
        "m" => 1.0,
        "mi" => METRES_PER_MILE,
        "yd" => 0.9144,
        "ft" => 0.3048,
        _ => return None,
    })
}

fn seconds_in(unit: &str) -> Option<f64> {
    Some(match unit {
        "min" => 60.0,
        "s" | "sec" => 1.0,
        "hr" | "h" => 3_600.0,
        _ => return None,
    })
}
