//! From the contents of a GPX file to activities: which of several times, distances and sports counts. It reads
//! nothing.

use crate::import::creator;
use crate::import::imported::Imported;
use crate::import::sport_names;
use crate::import::timestamp::Timestamp;
use crate::import::track::{Track, distances_differ, whole_seconds};
use crate::import::xml::number;
use crate::model::activity::{Activity, Distance, DistanceFrom, SourceKind};
use crate::model::problem::Place;
use crate::model::sport::Sport;
use crate::model::units::whole_metres;

/// Totals that apps write into `<extensions>` of a track, a segment or the file.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    pub distance_m: Option<f64>,
    pub moving_s: Option<u32>,
    pub elapsed_s: Option<u32>,
    pub start: Option<Timestamp>,
    pub end: Option<Timestamp>,
}

impl Extras {
    /// Takes the value of an element by its local name; unknown names are ignored. `running_page` writes `distance`,
    /// `moving_time`, `elapsed_time`, `start_time` and `end_time`; Garmin's track statistics, as in `OpenTracks`, are
    /// `Distance`, `MovingTime` and `TimerTime`.
    pub fn set(&mut self, name: &str, value: &str) {
        let folded: String = name.chars().filter(|c| *c != '_').map(|c| c.to_ascii_lowercase()).collect();
        let time = || Timestamp::parse(value.as_bytes());
        match folded.as_str() {
            "distance" => self.distance_m = number(value).filter(|metres| *metres > 0.0).or(self.distance_m),
            "movingtime" => self.moving_s = duration_s(value).or(self.moving_s),
            "elapsedtime" | "timertime" => self.elapsed_s = duration_s(value).or(self.elapsed_s),
            "starttime" => self.start = time().or(self.start),
            "endtime" => self.end = time().or(self.end),
            _ => {}
        }
    }

    /// Adds the totals of one more segment.
    pub fn add_segment(&mut self, segment: &Self) {
        let metres = segment.distance_m.map(|metres| metres + self.distance_m.unwrap_or(0.0));
        let seconds = |one: Option<u32>, sum: Option<u32>| one.map(|one| one.saturating_add(sum.unwrap_or(0))).or(sum);
        self.distance_m = metres.or(self.distance_m);
        self.moving_s = seconds(segment.moving_s, self.moving_s);
        self.elapsed_s = seconds(segment.elapsed_s, self.elapsed_s);
        self.start = self.start.or(segment.start);
        self.end = segment.end.or(self.end);
    }

    /// These totals, completed from those of `wider`.
    pub fn or(self, wider: &Self) -> Self {
        Self {
            distance_m: self.distance_m.or(wider.distance_m),
            moving_s: self.moving_s.or(wider.moving_s),
            elapsed_s: self.elapsed_s.or(wider.elapsed_s),
            start: self.start.or(wider.start),
            end: self.end.or(wider.end),
        }
    }

    fn span_s(&self) -> Option<u32> {
        whole_seconds(self.end?.seconds_since(self.start?))
    }
}

/// Whole seconds from a plain number of them or from `1:05:12` or `12:31`; `None` for anything else and for zero.
fn duration_s(text: &str) -> Option<u32> {
    let parts: Option<Vec<f64>> = text.split(':').map(|part| number(part).filter(|value| *value >= 0.0)).collect();
    let seconds = match parts?[..] {
        [seconds] => seconds,
        [minutes, seconds] => minutes * 60.0 + seconds,
        [hours, minutes, seconds] => hours * 3_600.0 + minutes * 60.0 + seconds,
        _ => return None,
    };
    whole_seconds(seconds).filter(|seconds| *seconds > 0)
}

/// The contents of one `<trk>`.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub track: Track,
    pub title: Option<String>,
    pub description: Option<String>,
    pub comment: Option<String>,
    pub sport_word: Option<String>,
    pub time: Option<Timestamp>,
    pub extras: Extras,
    pub segments: Extras,
}

/// The contents of the file outside its tracks.
#[derive(Clone, Debug, Default)]
pub struct FileMetadata {
    pub creator: String,
    pub metadata_time: Option<Timestamp>,
    pub extras: Extras,
    pub routes: u64,
    pub waypoints: u64,
}

impl FileMetadata {
    /// The app that wrote the file.
    pub fn dialect(&self) -> Option<&'static str> {
        creator::dialect(&self.creator)
    }
}

impl Draft {
    /// True if it has neither points nor totals.
    pub fn is_empty(&self) -> bool {
        self.track.points() == 0 && !self.is_recorded()
    }

    /// Whether it has totals of its own, which a plan never has.
    fn is_recorded(&self) -> bool {
        let has_totals = |extras: &Extras| extras.distance_m.is_some() || extras.moving_s.is_some();
        has_totals(&self.extras) || has_totals(&self.segments)
    }

    /// Adds the totals of the whole file, which belong to its only track.
    pub fn adopt(&mut self, around: &FileMetadata) {
        self.extras = std::mem::take(&mut self.extras).or(&self.segments).or(&around.extras);
    }

    /// The activity, or `None` if nothing tells its time. `ordinal` counts the tracks of the file from 1.
    ///
    /// The time of the first point counts; without it, the `<time>` of the track (Runkeeper) or of its totals. The
    /// `<time>` of the file is when it was written, and planned routes have it too, so it counts only for a recording
    /// with totals, and never in Apple Health's exports, where it is the day of the export.
    pub fn activity(self, around: &FileMetadata, ordinal: u64, imported: &mut Imported) -> Option<Activity> {
        let recorded = self.is_recorded();
        let dialect = around.dialect();
        let extras = self.extras.or(&self.segments);
        let of_file = around.metadata_time.filter(|_| recorded && dialect != Some("apple-health"));
        let start = self.track.start().or(self.time).or(extras.start).or(of_file)?;

        let track_m = self.track.metres();
        let device_m = extras.distance_m.and_then(whole_metres).filter(|metres| *metres > 0);
        let device = device_m.map(|m| Distance { m, from: DistanceFrom::Device });
        let distance = device.or(track_m.map(|m| Distance { m, from: DistanceFrom::Track }));
        imported.assumptions.extend(self.track.assumed(distance));
        let activity = Activity {
            start: start.start(),
            position: self.track.position(),
            sport: sport(self.sport_word.as_deref(), self.title.as_deref(), dialect),
            distance,
            track_m,
            usual_mm_per_s: self.track.usual_mm_per_s(),
            moving_s: extras.moving_s,
            elapsed_s: self.track.elapsed_s().or(extras.elapsed_s).or_else(|| extras.span_s()),
            title: self.title,
            description: joined(self.description, self.comment),
            record: Some(ordinal),
            ..Activity::new(SourceKind::Track)
        };
        imported.problems.extend(distances_differ(&activity, Place::Record(ordinal)));
        Some(activity)
    }
}

/// The sport from the `<type>` of the track. Runkeeper writes none, but begins the title with it: `Running 6/17/16
/// 7:41 pm`.
fn sport(word: Option<&str>, title: Option<&str>, dialect: Option<&str>) -> Option<Sport> {
    let from_title = || {
        let title = title.filter(|_| dialect == Some("runkeeper"))?;
        let date = title.find(|c: char| c.is_ascii_digit())?;
        sport_names::sport(&title[..date])
    };
    word.map_or_else(from_title, sport_names::sport)
}

/// Both texts, the second only if it differs.
fn joined(description: Option<String>, comment: Option<String>) -> Option<String> {
    match (description, comment) {
        (Some(description), Some(comment)) if description != comment => Some(format!("{description}\n{comment}")),
        (Some(text), _) | (None, Some(text)) => Some(text),
        (None, None) => None,
    }
}
