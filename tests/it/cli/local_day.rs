//! The runner's local date, where it differs from the date in UTC.

use crate::place::{Place, each, gpx};

const AUCKLAND: (f64, f64) = (-36.85, 174.76);

#[test]
fn the_day_is_that_of_the_place_of_the_run() {
    // New Zealand's summer time is 13 hours ahead, until 6 April 2025.
    let place = Place::with(&[("evening.gpx", &gpx("2025-03-04T18:00:00Z", AUCKLAND, 50))]);
    let report = place.json(&["--timezone", "America/Los_Angeles"]);
    let run = &report["runs"][0];
    assert_eq!((&run["id"], &run["local_date"]), (&"20250305T070000+1300".into(), &"2025-03-05".into()));
    assert_eq!((&run["local_start"], &run["utc_offset_s"]), (&"2025-03-05T07:00:00+13:00".into(), &46_800.into()));
    assert_eq!(report["athlete"]["local_day_by"], serde_json::json!({"coordinates": 1}));
}

#[test]
fn the_week_is_that_of_the_place_of_the_run() {
    // Sunday evening in UTC is Monday morning in Auckland.
    let report = Place::with(&[("a.gpx", &gpx("2025-03-09T18:00:00Z", AUCKLAND, 50))]).json(&[]);
    assert_eq!(each(&report["weeks"], "start").first().map(String::as_str), Some("2025-03-10"));
    assert_eq!(report["weeks"][0]["distance_m"], 5_000);
}

#[test]
fn a_run_without_coordinates_takes_the_given_zone() {
    let treadmill = "<gpx><trk><time>2025-03-04T18:00:00Z</time><type>running</type></trk><extensions>\
                     <distance>5000</distance></extensions></gpx>";
    let place = Place::with(&[("a.gpx", treadmill)]);
    for (zone, id) in [
        ("Pacific/Auckland", "20250305T070000+1300"),
        ("America/Los_Angeles", "20250304T100000-0800"),
        ("Asia/Kathmandu", "20250304T234500+0545"),
    ] {
        let report = place.json(&["--timezone", zone]);
        assert_eq!(report["runs"][0]["id"], id);
        assert_eq!(report["athlete"]["local_day_by"], serde_json::json!({"timezone": 1}));
    }
    place.write("in/runhip.toml", "timezone = \"Asia/Tokyo\"\n");
    assert_eq!(place.json(&[])["runs"][0]["id"], "20250305T030000+0900");
    assert_eq!(place.json(&["--timezone", "UTC"])["runs"][0]["id"], "20250304T180000+0000");
}

#[test]
fn the_day_in_a_log_is_taken_as_it_stands() {
    let place = Place::with(&[("log.csv", "date,start,distance_km\n2025-03-04,23:30,5\n")]);
    let report = place.json(&["--timezone", "Pacific/Auckland"]);
    assert_eq!(report["runs"][0]["id"], "20250304T233000");
    assert_eq!(report["athlete"]["local_day_by"], serde_json::json!({"local-date": 1}));
}

#[test]
fn the_change_to_summer_time_moves_no_day() {
    // Berlin went from UTC+1 to UTC+2 on 30 March 2025: late runs before and after keep their own date.
    let berlin = (52.52, 13.40);
    let place = Place::with(&[
        ("a.gpx", &gpx("2025-03-29T22:30:00Z", berlin, 20)),
        ("b.gpx", &gpx("2025-03-30T21:30:00Z", berlin, 20)),
    ]);
    assert_eq!(each(&place.json(&[])["runs"], "id"), ["20250329T233000+0100", "20250330T233000+0200"]);
}
