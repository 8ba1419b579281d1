//! What a table in an archive says of the members beside it.

use super::*;
use crate::model::concern::{Concern, ConcernClassifier};

fn imported(members: &Members<'_>) -> Log {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("export.zip");
    std::fs::write(&path, packed(members)).unwrap();
    let options = Options {
        ignore: Vec::new(),
        csv: CsvOptions::default(),
        untyped: crate::config::Untyped::Run,
        timezone: Some(chrono_tz::Europe::Berlin),
        machine_zone: chrono_tz::UTC,
        today: NaiveDate::from_ymd_opt(2026, 6, 1).unwrap(),
        limits: Limits::default(),
        classifier: ConcernClassifier(|_| Concern::Nothing),
        corrections: Vec::new(),
        not_theirs: std::collections::BTreeSet::new(),
        cache: None,
        one_by_one: false,
    };
    crate::import::import(&[path], &options, &|_, _| {}).unwrap()
}

const STRAVA_HEADER: &str = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,\
    Distance,Filename\n";

#[test]
fn rows_of_an_export_join_the_members_they_name() {
    // The row's date is hours off, so that only the name links it to its file.
    let table =
        format!("{STRAVA_HEADER}7,\"Mar 1, 2026, 1:00:00 AM\",Easy,Run,sore hip,1200,3.0,activities/99.gpx.gz\n");
    let log = imported(&[("activities.csv", table.as_bytes()), ("activities/99.gpx", gpx(1).as_bytes())]);
    assert_eq!(log.runs.len(), 1);
    assert_eq!(log.runs[0].sport, Sport::Run);
    assert_eq!(log.runs[0].sources, ["export.zip!/activities.csv", "export.zip!/activities/99.gpx"]);
}

#[test]
fn a_row_never_names_a_file_outside_its_folder_of_the_archive() {
    let table = format!("{STRAVA_HEADER}7,\"Mar 1, 2026, 1:00:00 AM\",Easy,Run,,1200,3.0,../99.gpx\n");
    let log = imported(&[("strava/activities.csv", table.as_bytes()), ("99.gpx", gpx(1).as_bytes())]);
    assert_eq!(log.runs.len(), 2);
    let row = log.files.iter().find(|row| row.path == "export.zip!/strava/activities.csv").unwrap();
    let told = "the file name \"99.gpx\" leads out of the export and was not followed";
    assert!(row.problems.iter().any(|problem| problem.what == told), "{:?}", row.problems);
}

#[test]
fn a_workout_of_apple_health_joins_its_route() {
    let export = "<!DOCTYPE HealthData [<!ATTLIST x]>\n<HealthData><Workout workoutActivityType=\"HKWorkoutActivityTypeHiking\" \
        duration=\"20\" durationUnit=\"min\" startDate=\"2026-03-01 01:00:00 +0100\" endDate=\"2026-03-01 01:20:00 +0100\">\
        <WorkoutRoute><FileReference path=\"/workout-routes/r.gpx\"/></WorkoutRoute></Workout></HealthData>";
    let route = gpx(1).replace("<type>running</type>", "");
    let log = imported(&[
        ("apple_health_export/export.xml", export.as_bytes()),
        ("apple_health_export/workout-routes/r.gpx", route.as_bytes()),
    ]);
    assert_eq!((log.runs.len(), log.other.len()), (0, 1));
    assert_eq!(log.other[0].sport, Sport::Other("Hiking".into()));
    assert_eq!(log.other[0].members, 2);
}

#[test]
fn a_workout_recorded_in_two_parts_joins_both_routes() {
    let part = |name| format!("<WorkoutRoute><FileReference path=\"/workout-routes/{name}.gpx\"/></WorkoutRoute>");
    let export = format!(
        "<HealthData><Workout workoutActivityType=\"HKWorkoutActivityTypeRunning\" duration=\"40\" durationUnit=\"min\" \
         totalDistance=\"8\" totalDistanceUnit=\"km\" startDate=\"2026-03-01 07:00:00 +0100\" \
         endDate=\"2026-03-01 08:20:00 +0100\">{}{}</Workout></HealthData>",
        part("a"),
        part("b")
    );
    let (first, second) = (gpx(1), gpx(1).replace("T06:", "T07:"));
    let log = imported(&[
        ("export.xml", export.as_bytes()),
        ("workout-routes/a.gpx", first.as_bytes()),
        ("workout-routes/b.gpx", second.as_bytes()),
    ]);
    assert_eq!((log.runs.len(), log.runs[0].members), (1, 3));
    assert_eq!(log.runs[0].distance.map(|distance| distance.m), Some(8_000));
    let merged = log.files.iter().filter(|row| row.reason.as_deref() == Some("the same as in export.zip!/export.xml"));
    assert_eq!(merged.count(), 2);
}
