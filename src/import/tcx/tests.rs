//! Tests on whole TCX files: the forms and pitfalls of real exports, in a few lines each.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::model::activity::{Activity, Distance, DistanceFrom, Start};
use crate::model::problem::{Cost, Problem};

fn tcx(inside: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<TrainingCenterDatabase>\n<Activities>\n{inside}\n</Activities>\n</TrainingCenterDatabase>"
    )
}

/// A lap with these totals and points: latitude, seconds after 06:00, running total.
fn lap(metres: &str, seconds: &str, points: &[(f64, u32, f64)]) -> String {
    let mut track = String::new();
    for (lat, second, total) in points {
        let (minute, second) = (second / 60, second % 60);
        let _ = writeln!(
            track,
            "<Trackpoint><Time>2026-03-04T06:{minute:02}:{second:02}Z</Time><Position><LatitudeDegrees>{lat}</LatitudeDegrees>\
             <LongitudeDegrees>11</LongitudeDegrees></Position><DistanceMeters>{total}</DistanceMeters>\
             <HeartRateBpm><Value>150</Value></HeartRateBpm></Trackpoint>"
        );
    }
    format!(
        "<Lap StartTime=\"2026-03-04T06:00:00Z\"><TotalTimeSeconds>{seconds}</TotalTimeSeconds>\
         <DistanceMeters>{metres}</DistanceMeters><Track>{track}</Track></Lap>"
    )
}

fn activity(sport: &str, id: &str, laps: &str) -> String {
    format!("<Activity Sport=\"{sport}\"><Id>{id}</Id>{laps}<Notes> left hip 3/10 </Notes></Activity>")
}

fn only(document: &str) -> Activity {
    let imported = read(document.as_bytes());
    assert_eq!((imported.refusal, imported.activities.len()), (None, 1));
    imported.activities.into_iter().next().unwrap()
}

fn failure(document: &str) -> Problem {
    match read(document.as_bytes()).refusal {
        Some(Refusal::Failed(problem)) => problem,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_note_that_only_names_the_sport_is_no_note() {
    let google_fit = "<Activity Sport=\"Other\"><Id>2026-03-04T06:00:00Z</Id><Notes>Walking</Notes></Activity>";
    let said = "<Activity Sport=\"Other\"><Id>2026-03-04T06:00:00Z</Id><Notes>Walking hurts</Notes></Activity>";
    assert_eq!(only(&tcx(google_fit)).description, None);
    assert_eq!(only(&tcx(said)).description.as_deref(), Some("Walking hurts"));
}

#[test]
fn laps_add_up() {
    // 0.005 degrees of latitude are 555.98 m.
    let laps = lap("560.4", "180.4", &[(48.0, 0, 0.0), (48.005, 180, 560.4)])
        + &lap("100.2", "60.3", &[(48.005, 200, 560.4), (48.006, 260, 660.6)]);
    let activity = only(&tcx(&activity("Running", "2026-03-04T06:00:00.000Z", &laps)));
    assert!(matches!(activity.start, Some(Start::Instant(moment)) if moment.timestamp() == 1_772_604_000));
    assert_eq!(activity.sport, Some(Sport::Run));
    assert_eq!(activity.distance, Some(Distance { m: 661, from: DistanceFrom::Device }));
    assert_eq!(activity.track_m, Some(667));
    // The laps add up to 240.7 s; from the first point to the last it is 260.
    assert_eq!((activity.elapsed_s, activity.moving_s), (Some(260), None));
    assert_eq!(activity.description.as_deref(), Some("left hip 3/10"));
    assert_eq!(activity.position.map(|position| position.lat), Some(48.0));
}

#[test]
fn without_lap_totals_the_points_count() {
    let laps = lap("0.0", "0", &[(48.0, 0, 3.0), (48.001, 60, 111.0)]);
    let activity = only(&tcx(&activity("Running", "2026-03-04T06:00:00Z", &laps)));
    assert_eq!(activity.distance, Some(Distance { m: 111, from: DistanceFrom::Device }));
    assert_eq!(activity.elapsed_s, Some(60));
}

#[test]
fn a_treadmill_run_has_points_without_positions_and_nothing_is_wrong_with_it() {
    let points = "<Trackpoint><Time>2026-03-04T06:00:00Z</Time></Trackpoint><Trackpoint><Time>2026-03-04T06:31:00Z</Time></Trackpoint>";
    let lap = format!("<Lap><DistanceMeters>5000</DistanceMeters><Track>{points}</Track></Lap>");
    let imported = read(tcx(&activity("Running", "2026-03-04T06:00:00Z", &lap)).as_bytes());
    assert_eq!(imported.problems, []);
    let activity = &imported.activities[0];
    assert_eq!((activity.track_m, activity.elapsed_s), (None, Some(1_860)));
    assert_eq!(activity.distance.map(|distance| distance.m), Some(5_000));
}

#[test]
fn the_start_is_the_id_then_the_lap_then_the_point() {
    let laps = lap("5", "5", &[(48.0, 30, 0.0)]);
    let start = |id: &str, laps: &str| only(&tcx(&activity("Running", id, laps))).start;
    assert!(
        matches!(start("2026-03-04T19:30:00+13:00", &laps), Some(Start::Zoned(moment)) if moment.to_rfc3339() == "2026-03-04T19:30:00+13:00")
    );
    assert!(
        matches!(start("2026-03-04T19:30:00", &laps), Some(Start::Local(clock)) if clock.to_string() == "2026-03-04 19:30:00")
    );
    assert!(matches!(start("17", &laps), Some(Start::Instant(moment)) if moment.timestamp() == 1_772_604_000));
    let without = laps.replace("StartTime", "x");
    assert!(matches!(start("", &without), Some(Start::Instant(moment)) if moment.timestamp() == 1_772_604_030));
}

#[test]
fn several_activities_and_multisport_sessions_are_told_apart() {
    let laps = lap("5", "5", &[(48.0, 30, 0.0)]);
    let run = activity("Running", "2026-03-04T06:00:00Z", &laps);
    let ride = activity("Biking", "2026-03-04T08:00:00Z", &laps);
    let session = format!(
        "{run}<MultiSportSession><Id>2026-03-04T06:00:00Z</Id><FirstSport>{ride}</FirstSport><NextSport><Transition StartTime=\"2026-03-04T08:30:00Z\">\
         <DistanceMeters>9</DistanceMeters></Transition>{run}</NextSport></MultiSportSession>"
    );
    let imported = read(tcx(&session).as_bytes());
    let sports: Vec<_> =
        imported.activities.iter().map(|activity| activity.sport.clone().unwrap().to_string()).collect();
    assert_eq!(sports, ["run", "Biking", "run"]);
    assert_eq!(imported.activities[2].distance.map(|distance| distance.m), Some(5));
}

#[test]
fn blanks_before_the_declaration_and_prefixes_change_nothing() {
    let plain = tcx(&activity("Running", "2026-03-04T06:00:00Z", &lap("5", "5", &[(48.0, 30, 0.0)])));
    let expected = only(&plain);
    assert_eq!(only(&format!("          {plain}")), expected);
    let prefixed = plain.replace("</", "</t:").replace('<', "<t:").replace("<t:/t:", "</t:").replace("<t:?", "<?");
    assert_eq!(only(&prefixed), expected);
}

#[test]
fn a_file_that_breaks_off_keeps_what_came_before() {
    let whole =
        tcx(&activity("Running", "2026-03-04T06:00:00Z", &lap("900", "300", &[(48.0, 0, 0.0), (48.005, 180, 560.0)])));
    let cut = &whole[..whole.find("</Track>").unwrap()];
    let imported = read(cut.as_bytes());
    assert_eq!(imported.activities[0].distance.map(|distance| distance.m), Some(900));
    assert_eq!(imported.activities[0].track_m, Some(556));
    assert_eq!(imported.problems.last().unwrap().cost, Cost::Entry);
    for end in 0..whole.len() {
        let imported = read(&whole.as_bytes()[..end]);
        assert!(imported.refusal.is_some() || imported.activities.len() == 1, "{end}");
    }
}

#[test]
fn plans_and_other_files_are_told_apart() {
    let reason = |document: &str| match read(document.as_bytes()).refusal {
        Some(Refusal::Ignored(reason)) => reason,
        other => panic!("{other:?}"),
    };
    let course = "<TrainingCenterDatabase><Courses><Course><Name>x</Name></Course></Courses></TrainingCenterDatabase>";
    assert_eq!(reason(course), "a planned course or workout, not a recording");
    assert_eq!(reason(&tcx("")), "it holds no activity");
    assert_eq!(reason(&tcx("<Activity Sport=\"Running\"/>")), "its activity has no time");
    assert!(failure("<gpx/>").what.contains("its root is <gpx>"));
    assert!(failure("Id,Date").what.contains("no XML"));
}

#[test]
fn the_writer_tells_the_dialect() {
    let written = tcx("")
        .replace("</TrainingCenterDatabase>", "<Author><Name>Connect Api</Name></Author></TrainingCenterDatabase>");
    assert_eq!(read(written.as_bytes()).dialect.as_deref(), Some("garmin"));
}

proptest! {
    /// A comment in each point makes the reader use its slow path.
    #[test]
    fn the_short_way_and_the_long_way_agree(points in proptest::collection::vec((-95.0..95.0_f64, 0_u32..3_600, 0.0..1e4_f64), 0..20)) {
        let short = tcx(&activity("Running", "2026-03-04T06:00:00Z", &lap("0", "0", &points)));
        let long = short.replace("</Time>", "</Time><!-- -->");
        prop_assert_eq!(read(short.as_bytes()), read(long.as_bytes()));
    }

    #[test]
    fn no_damage_makes_it_panic(damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = tcx(&activity("Running", "2026-03-04T06:00:00Z", &lap("900", "300", &[(48.0, 0, 0.0)]))).into_bytes();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let imported = read(&bytes[..]);
        prop_assert!(imported.refusal.is_some() || !imported.activities.is_empty());
    }
}

#[test]
fn of_more_points_than_may_be_read_the_first_are_kept_and_the_row_says_so() {
    let points: Vec<_> = (0..5).map(|at| (48.0 + 0.001 * f64::from(at), 60 * at, 100.0 * f64::from(at))).collect();
    let document = tcx(&activity("Running", "2026-03-04T06:00:00Z", &lap("", "", &points)));
    let imported = read_within(XmlBudget { points: 3, ..XmlBudget::default() }, document.as_bytes());
    assert_eq!((imported.activities[0].elapsed_s, imported.activities[0].track_m), (Some(120), Some(222)));
    let told: Vec<_> = imported.problems.iter().map(|problem| problem.what.as_str()).collect();
    assert!(told.contains(&"it holds more than 3 points; the rest was left out"), "{told:?}");
}

#[test]
fn what_a_point_says_twice_counts_once_however_it_is_written() {
    let point = "<Trackpoint><Time>2026-03-04T06:00:00Z</Time><DistanceMeters>7</DistanceMeters>\
                 <DistanceMeters>900</DistanceMeters></Trackpoint>";
    let document =
        |point: &str| tcx(&activity("Running", "2026-03-04T06:00:00Z", &format!("<Lap><Track>{point}</Track></Lap>")));
    let usual = only(&document(point));
    assert_eq!(usual.distance.map(|distance| distance.m), Some(7));
    // A comment makes the reader use its slow path.
    assert_eq!(only(&document(&point.replace("</Time>", "</Time><!-- -->"))), usual);
}

#[test]
fn more_notes_than_are_kept_of_one_activity_are_told_of() {
    let laps =
        |count: usize| (0..count).fold(String::new(), |laps, n| laps + &format!("<Lap><Notes>lap {n}</Notes></Lap>"));
    let read = |laps: &str| {
        let document = format!("<Activity Sport=\"Running\"><Id>2026-03-04T06:00:00Z</Id>{laps}</Activity>");
        let imported = read(tcx(&document).as_bytes());
        let kept = imported.activities[0].description.as_deref().unwrap().lines().count();
        (kept, imported.problems.into_iter().map(|problem| problem.what).collect::<Vec<_>>())
    };
    // A repeated note is not counted as left out.
    assert_eq!(read(&(laps(1_000) + &laps(5))), (1_000, vec![]));
    let told = "it holds more than 1000 notes of one activity; the rest was left out".to_owned();
    assert_eq!(read(&laps(1_003)), (1_000, vec![told]));
}
