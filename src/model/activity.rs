//! One recorded activity as given by a single source, before time zones and merging.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::sport::Sport;

/// When an activity began, exactly as far as its source says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Start {
    /// An instant with the runner's own offset from UTC at that moment. A bare `Z` is not an offset.
    Zoned(#[serde(with = "to_the_second")] DateTime<FixedOffset>),
    /// An instant alone; the local day has to be found by other means.
    Instant(DateTime<Utc>),
    /// Local time at the place of the run, without an offset.
    Local(NaiveDateTime),
    /// A local calendar day without a time.
    Date(NaiveDate),
}

/// Serialises an instant with its offset for the cache. As text, the seconds of an offset would be lost, which zones
/// had before they were set to whole minutes.
mod to_the_second {
    use chrono::{DateTime, FixedOffset};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(time: &DateTime<FixedOffset>, into: S) -> Result<S::Ok, S::Error> {
        (time.timestamp(), time.timestamp_subsec_nanos(), time.offset().local_minus_utc()).serialize(into)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<FixedOffset>, D::Error> {
        let (unix_s, nanos, offset_s) = <(i64, u32, i32)>::deserialize(from)?;
        let moment = DateTime::from_timestamp(unix_s, nanos);
        let placed = moment.zip(FixedOffset::east_opt(offset_s)).map(|(moment, offset)| moment.with_timezone(&offset));
        placed.ok_or_else(|| Error::custom("no moment of any calendar"))
    }
}

/// Serialises a zone by its name for the cache.
mod by_name {
    use chrono_tz::Tz;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde asks for it so")]
    pub fn serialize<S: Serializer>(zone: &Option<Tz>, into: S) -> Result<S::Ok, S::Error> {
        zone.map(Tz::name).serialize(into)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Tz>, D::Error> {
        let name = Option::<String>::deserialize(from)?;
        name.map(|name| name.parse().map_err(|_| Error::custom("no zone of that name"))).transpose()
    }
}

/// Where a distance came from.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, strum::IntoStaticStr,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum DistanceFrom {
    /// The recording device's own total (FIT session, TCX laps, GPX extension).
    Device,
    /// A row of a CSV or JSON log.
    Row,
    /// The sum of GPS steps.
    Track,
}

/// A distance in whole metres and its origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Distance {
    /// Whole metres.
    pub m: u32,
    /// What measured it.
    pub from: DistanceFrom,
}

/// What told which sport an activity is.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    strum::IntoStaticStr,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum SportFrom {
    /// A column or an element that is there for it.
    #[default]
    Name,
    /// A column whose values are sports, whatever its header.
    Values,
    /// The words of the title.
    Title,
    /// The pace of the recording.
    Pace,
    /// Nothing: it was taken for a run.
    Assumed,
}

/// Kinds of source, the most detailed first: where several are about one run, each field comes from the first kind
/// that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum SourceKind {
    /// A FIT session.
    FitSession,
    /// A TCX activity.
    Tcx,
    /// A row of a CSV or JSON log.
    Row,
    /// A GPX track.
    Track,
}

/// The first usable point of a track, in degrees. It is only used to look up the time zone, then forgotten, and never
/// printed or stored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// Degrees north, −90 to 90.
    pub lat: f64,
    /// Degrees east, −180 to 180.
    pub lon: f64,
}

/// One activity from one source. Every field that the source does not give is `None`.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Activity {
    /// What kind of source it is.
    pub kind: SourceKind,
    /// When it began; `None` if the source has no time at all.
    pub start: Option<Start>,
    /// The first usable point, until the zone is known.
    #[serde(skip)]
    pub position: Option<Position>,
    /// The zone at the first usable point, if the day of the activity depends on it.
    #[serde(with = "by_name")]
    pub zone: Option<Tz>,
    /// The sport; `None` if the source does not name one.
    pub sport: Option<Sport>,
    /// How the sport is known.
    pub sport_from: SportFrom,
    /// The distance as its source gives it; `None` if it gives none.
    pub distance: Option<Distance>,
    /// The sum of GPS steps in whole metres, kept besides a device's distance so that the two can be compared.
    pub track_m: Option<u32>,
    /// The median speed of the track while moving, in millimetres per second.
    pub usual_mm_per_s: Option<u32>,
    /// Moving time in whole seconds, as given by the device.
    pub moving_s: Option<u32>,
    /// Time from start to end in whole seconds.
    pub elapsed_s: Option<u32>,
    /// The shoe as the source spells it.
    pub shoe: Option<String>,
    /// The title that the runner or the app gave it.
    pub title: Option<String>,
    /// The description, in which pain is often mentioned.
    pub description: Option<String>,
    /// The private note.
    pub private_note: Option<String>,
    /// The files that a row names as its track, as written (Strava `Filename`, Runkeeper `GPX File`).
    pub attached: Vec<String>,
    /// The line or record it is at, counted from 1, if the source has such.
    pub record: Option<u64>,
    /// Whether somebody typed it, so that its time of day is approximate.
    pub by_hand: bool,
}

impl Activity {
    /// An activity of this kind with no other field known.
    #[must_use]
    pub fn new(kind: SourceKind) -> Self {
        Self {
            kind,
            start: None,
            position: None,
            zone: None,
            sport: None,
            sport_from: SportFrom::Name,
            distance: None,
            track_m: None,
            usual_mm_per_s: None,
            moving_s: None,
            elapsed_s: None,
            shoe: None,
            title: None,
            description: None,
            private_note: None,
            attached: Vec::new(),
            record: None,
            by_hand: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_comes_back_from_the_cache_and_a_position_does_not() {
        let position = Some(Position { lat: -36.85, lon: 174.76 });
        let activity = Activity { position, zone: Some(Tz::Pacific__Auckland), ..Activity::new(SourceKind::Track) };
        let kept = postcard::to_stdvec(&activity).unwrap();
        for coordinate in [36.85_f64, -36.85, 174.76] {
            assert!(memchr::memmem::find(&kept, &coordinate.to_le_bytes()).is_none());
        }
        let back: Activity = postcard::from_bytes(&kept).unwrap();
        assert_eq!(back, Activity { position: None, ..activity });
    }

    #[test]
    fn an_offset_with_seconds_comes_back_from_the_cache() {
        // Until 1868 the offset of Auckland was 11 h 39 min 4 s.
        let offset = FixedOffset::east_opt(11 * 3_600 + 39 * 60 + 4).unwrap();
        let start = Start::Zoned("1867-03-04T06:00:00.5Z".parse::<DateTime<Utc>>().unwrap().with_timezone(&offset));
        let kept = postcard::to_stdvec(&start).unwrap();
        assert_eq!(postcard::from_bytes::<Start>(&kept).unwrap(), start);
        assert!(postcard::from_bytes::<Start>(&[0, 0, 0, 0xFE, 0xFF, 0xFF, 0x0F]).is_err(), "an offset of years");
    }
}
