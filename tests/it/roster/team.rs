//! Folders shared by the tests of the roster.

use serde_json::Value;

use crate::place::{AS_OF, Place, QUIET_LOG, Ran};

/// Three weeks of 15 km and one of 17.5 km: 16.7 % more, so a notice and nothing else.
pub const A_NOTICE: &str = "date,distance_km\n\
    2025-03-04,5\n2025-03-06,5\n2025-03-09,5\n2025-03-11,5\n2025-03-13,5\n2025-03-16,5\n\
    2025-03-18,5\n2025-03-20,5\n2025-03-23,5\n2025-03-24,2.5\n2025-03-25,5\n2025-03-27,5\n2025-03-30,5\n";

/// A team with an athlete on each step of the ladder.
pub fn ladder() -> Place {
    let place = Place::new();
    for (folder, log, notes) in [
        ("quiet", QUIET_LOG, None),
        ("fresh", A_NOTICE, None),
        // Pain on the 29th, after the last run but one; the run of the 30th is through pain.
        ("through", QUIET_LOG, Some("2025-03-29: left hip 3/10\n")),
        // Pain after the last run.
        ("open", QUIET_LOG, Some("2025-03-31: left hip 3/10\n")),
        ("signed", QUIET_LOG, Some("2025-03-31: left hip 5/10, it gave way\n")),
    ] {
        place.write(&format!("in/{folder}/log.csv"), log);
        if let Some(notes) = notes {
            place.write(&format!("in/{folder}/pain.md"), notes);
        }
    }
    place
}

/// `roster in` as of the usual day, with more arguments.
pub fn roster(place: &Place, more: &[&str]) -> Ran {
    place.run(&[&["roster", "in", "--as-of", AS_OF], more].concat())
}

/// The index of `in` as JSON.
pub fn json(place: &Place, more: &[&str]) -> Value {
    let ran = roster(place, &[&["--stdout", "json"], more].concat());
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}{}", ran.out, ran.err))
}

/// The row of one athlete.
pub fn row<'a>(index: &'a Value, name: &str) -> &'a Value {
    let rows = index["athletes"].as_array().unwrap();
    rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("no {name}: {rows:?}"))
}
