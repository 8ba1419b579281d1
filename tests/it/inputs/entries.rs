//! What must hold for any activity and any note, whatever it was read from.

use chrono_tz::Tz;
use runhip::import::local_time::{self, Zones};
use runhip::model::activity::Activity;
use runhip::model::note::Note;
use runhip::model::sport::Sport;

/// UTC and the two zones furthest from it.
const ZONES: [Tz; 3] = [Tz::UTC, Tz::Pacific__Kiritimati, Tz::Pacific__Niue];

/// Further than anybody goes in one activity.
const MOST_METRES: u32 = 10_000_000;

/// Checks one activity.
pub fn activity(activity: &Activity) {
    assert_eq!(activity.position, None, "only the zone is kept of where it was");
    for metres in [activity.distance.map(|distance| distance.m), activity.track_m].into_iter().flatten() {
        assert!(metres <= MOST_METRES, "{activity:?}");
    }
    assert!(activity.track_m != Some(0) && activity.record != Some(0), "{activity:?}");
    if let Some(start) = activity.start {
        for machine in ZONES {
            let placed = local_time::place(start, activity.zone, &Zones { given: None, machine });
            let clock = placed.wall_clock.map(|clock| clock.date());
            assert!(clock.is_none_or(|day| day == placed.date), "{placed:?}");
            if let (Some(instant), Some(offset), Some(clock)) = (placed.instant, placed.offset, placed.wall_clock) {
                let ahead_s = (clock - instant.naive_utc()).num_seconds();
                assert_eq!(ahead_s, i64::from(offset.local_minus_utc()), "{placed:?}");
            }
        }
    }
}

/// Every text in it.
pub fn texts_of_activity(activity: &Activity) -> impl Iterator<Item = &str> {
    let sport = match &activity.sport {
        Some(Sport::Other(name)) => Some(name.as_str()),
        _ => None,
    };
    let Activity { shoe, title, description, private_note, attached, .. } = activity;
    let own = [shoe, title, description, private_note].into_iter().flatten().chain(attached);
    own.map(String::as_str).chain(sport)
}

/// Checks one note.
pub fn note(note: &Note) {
    assert!(note.source.is_empty(), "a reader does not know the file's name");
    assert!(note.line != Some(0));
    if let Some(score) = note.given.severity {
        assert!((0.0..=10.0).contains(&score), "{score}");
    }
}

/// Every text in it except its heading, which the notes of a file share.
pub fn texts_of_note(note: &Note) -> impl Iterator<Item = &str> {
    [Some(&note.text), note.given.location.as_ref()].into_iter().flatten().map(String::as_str)
}
