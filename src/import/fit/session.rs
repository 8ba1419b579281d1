//! From the messages of one FIT file to activities: one for each session, or one from the records alone where the
//! file breaks off before its session. It decodes nothing.

use rustyfit::profile::mesgdef::Session;
use rustyfit::profile::typedef::{DateTime, File, Sport as FitSport, SubSport};

use chrono::{DateTime as Moment, FixedOffset};

use super::{Part, Sample};
use crate::import::imported::Imported;
use crate::import::timestamp::Timestamp;
use crate::import::track::{Clock, Fix, Oddities, Track, distances_differ, whole_seconds};
use crate::model::activity::{Activity, Distance, DistanceFrom, SourceKind, Start};
use crate::model::problem::Place;
use crate::model::sport::Sport;
use crate::model::units::whole_metres;

/// Offsets from UTC are multiples of a quarter of an hour.
const QUARTER_S: i64 = 900;

/// The most seconds that a device may take between reading its two clocks.
const CLOCK_SLACK_S: i64 = 120;

/// The largest offset from UTC in seconds.
const LARGEST_OFFSET_S: i64 = 14 * 3_600;

/// Smaller FIT times are seconds since the device was switched on, for lack of a date (Profile, `date_time`).
const FIRST_DATE: u32 = 0x1000_0000;

/// Unix seconds. A time since the device was switched on is passed on unchanged: it is a date in 1970, where no log
/// can be, so the entry is reported and not placed on a random day.
fn unix_s(time: DateTime) -> Option<i64> {
    if time.0 < FIRST_DATE { Some(i64::from(time.0)) } else { time.unix_timestamp() }
}

/// The offset from UTC, to the nearest quarter of an hour, from the difference between local and UTC time in an
/// activity message. `None` if it is not an offset, or zero, which many programs write without knowing the local
/// time.
pub fn offset_s(difference_s: i64) -> Option<i32> {
    let nearest = (difference_s + QUARTER_S / 2).div_euclid(QUARTER_S) * QUARTER_S;
    let fits = (difference_s - nearest).abs() <= CLOCK_SLACK_S && nearest.abs() <= LARGEST_OFFSET_S && nearest != 0;
    i32::try_from(nearest).ok().filter(|_| fits)
}

/// Adds the activities of one of the chained files.
pub fn activities(part: &Part, odd: &mut Oddities, imported: &mut Imported) {
    let activities: Vec<_> = if part.sessions.is_empty() {
        // Courses have records too, but nobody has run them.
        let recorded = part.file.is_none_or(|file| file == File::ACTIVITY);
        Some(part).filter(|_| recorded).and_then(|part| from_records(part, odd)).into_iter().collect()
    } else {
        part.sessions.iter().map(|session| from_session(session, part, odd)).collect()
    };
    for (activity, track) in activities.into_iter().filter(|(activity, _)| activity.start.is_some()) {
        let ordinal = imported.activities.len() as u64 + 1;
        imported.problems.extend(distances_differ(&activity, Place::Record(ordinal)));
        imported.assumptions.extend(track.assumed(activity.distance));
        imported.activities.push(Activity { record: Some(ordinal), ..activity });
    }
}

fn from_session(session: &Session, part: &Part, odd: &mut Oddities) -> (Activity, Track) {
    let elapsed_s = session.total_elapsed_time_scaled().and_then(whole_seconds).filter(|seconds| *seconds > 0);
    let from = unix_s(session.start_time);
    let to = from.zip(elapsed_s).map(|(from, elapsed_s)| from + i64::from(elapsed_s) + 1);
    // A single session has all records; of several, each has those of its time.
    let window = from.zip(to).filter(|_| part.sessions.len() > 1);
    let named = Some((session.sport, session.sub_sport)).filter(|(sport, _)| sport.0 != u8::MAX).or(part.sport);
    let sport = named.and_then(|(sport, detail)| sport_of(sport, detail));
    let records = Records::of(part, sport.as_ref(), window, odd);
    let at_start = degrees((session.start_position_lat, session.start_position_long));
    let device_m = session.total_distance_scaled().and_then(whole_metres).filter(|metres| *metres > 0);
    let start = from.map(Timestamp::from_unix).or(records.track.start());
    let activity = Activity {
        start: start.and_then(|start| placed(start, part.offset_s)),
        position: records.track.position().or(if let Fix::At(position) = at_start { Some(position) } else { None }),
        sport,
        moving_s: session.total_timer_time_scaled().and_then(whole_seconds).filter(|seconds| *seconds > 0),
        elapsed_s: elapsed_s.or(records.track.elapsed_s()),
        ..with_distance(device_m.or(records.device_m), records.track.metres())
    };
    (activity, records.track)
}

fn from_records(part: &Part, odd: &mut Oddities) -> Option<(Activity, Track)> {
    let sport = part.sport.and_then(|(sport, detail)| sport_of(sport, detail));
    let records = Records::of(part, sport.as_ref(), None, odd);
    let start = records.track.start()?;
    let activity = Activity {
        start: placed(start, part.offset_s),
        position: records.track.position(),
        sport,
        elapsed_s: records.track.elapsed_s(),
        ..with_distance(records.device_m, records.track.metres())
    };
    // A single record is no activity.
    (activity.elapsed_s.is_some() || activity.distance.is_some()).then_some((activity, records.track))
}

fn with_distance(device_m: Option<u32>, track_m: Option<u32>) -> Activity {
    let device = device_m.map(|m| Distance { m, from: DistanceFrom::Device });
    Activity {
        distance: device.or(track_m.map(|m| Distance { m, from: DistanceFrom::Track })),
        track_m,
        ..Activity::new(SourceKind::FitSession)
    }
}

/// An instant, with the runner's offset if the file has it.
fn placed(start: Timestamp, offset_s: Option<i32>) -> Option<Start> {
    let zone = offset_s.and_then(FixedOffset::east_opt);
    let moment = Moment::from_timestamp(start.unix_s(), 0)?;
    Some(zone.map_or(Start::Instant(moment), |zone| Start::Zoned(moment.with_timezone(&zone))))
}

/// The sums of one session's records.
struct Records {
    track: Track,
    device_m: Option<u32>,
}

impl Records {
    fn of(part: &Part, sport: Option<&Sport>, window: Option<(i64, i64)>, odd: &mut Oddities) -> Self {
        let mut track = Track::default();
        if sport.is_some_and(|sport| !sport.is_running()) {
            track.allow_any_speed();
        }
        // The running total begins at the session's first record, which is not zero in a later session.
        let (mut before_cm, mut last_cm) = (None, None);
        for sample in &part.samples {
            let Sample::Record { time, semicircles, centimetres, ordinal } = *sample else {
                track.end_segment(odd);
                continue;
            };
            let seconds = unix_s(time);
            if window.is_some_and(|(from, to)| seconds.is_none_or(|seconds| !(from..=to).contains(&seconds))) {
                continue;
            }
            let clock = seconds.map_or(Clock::Missing, |seconds| Clock::At(Timestamp::from_unix(seconds)));
            let place = Place::Record(ordinal);
            match semicircles.map(degrees) {
                Some(fix) => track.push(fix, clock, place, odd),
                None => track.push_without_place(clock, place, odd),
            }
            if centimetres.is_some() {
                before_cm = before_cm.or(centimetres);
                last_cm = last_cm.max(centimetres);
            }
        }
        track.end_segment(odd);
        let begin = if window.is_some() { before_cm.unwrap_or(0) } else { 0 };
        let metres = last_cm.and_then(|last| whole_metres(f64::from(last.saturating_sub(begin)) / 100.0));
        Self { track, device_m: metres.filter(|metres| *metres > 0) }
    }
}

/// FIT divides 180 degrees into 2³¹ semicircles; the largest number means that there is no value.
fn degrees((lat, lon): (i32, i32)) -> Fix {
    let degrees =
        |semicircles: i32| (semicircles != i32::MAX).then(|| f64::from(semicircles) * (180.0 / 2_147_483_648.0));
    Fix::from_degrees(degrees(lat), degrees(lon))
}

fn sport_of(sport: FitSport, detail: SubSport) -> Option<Sport> {
    match (sport, detail) {
        (FitSport(u8::MAX), _) => None,
        (FitSport::RUNNING | FitSport::FITNESS_EQUIPMENT, SubSport::TREADMILL | SubSport::INDOOR_RUNNING) => {
            Some(Sport::TreadmillRun)
        }
        (FitSport::RUNNING, SubSport::TRAIL) => Some(Sport::TrailRun),
        (FitSport::RUNNING, SubSport::TRACK) => Some(Sport::TrackRun),
        (FitSport::RUNNING, SubSport::VIRTUAL_ACTIVITY) => Some(Sport::VirtualRun),
        (FitSport::RUNNING, SubSport::INDOOR_WHEELCHAIR_RUN) => Some(Sport::Other("wheelchair".into())),
        (FitSport::RUNNING, _) => Some(Sport::Run),
        (other, _) => Some(Sport::Other(other.to_string())),
    }
}
