//! Exports of accounts that contain workouts among much else, each with the quirks of its producer.

use super::*;
use crate::model::problem::Problem;

fn notes(imported: &Imported) -> Vec<(String, &str)> {
    imported.notes.iter().map(|note| (note.date.to_string(), note.text.as_str())).collect()
}

fn told(problems: &[Problem]) -> Vec<(Place, &str)> {
    problems.iter().map(|problem| (problem.place, problem.what.as_str())).collect()
}

#[test]
fn fitbit_writes_american_days_in_utc_and_names_the_unit() {
    let text = r#"[{"logId":11,"activityName":"Run","activityTypeId":90009,"startTime":"03/04/26 17:05:09","duration":3120000,
          "activeDuration":3000000,"distance":5.5,"distanceUnit":"Mile","source":{"name":"Watch","type":"tracker"}},
        {"logId":12,"activityName":"Treadmill","startTime":"03/06/26 06:00:00","duration":1800000,"distance":4.8,"distanceUnit":"Kilometer"},
        {"logId":13,"activityName":"Weights","startTime":"03/07/26 06:00:00","duration":1800000},
        {"logId":14,"activityName":"Run","startTime":"2026-03-08T07:00:00.000+13:00","duration":60000,"distance":1,"distanceUnit":"Furlong"},
        {"logId":15,"activityName":"Run","startTime":"04/03/2026","duration":60000}]"#;
    let imported = read_text(text);
    let [run, treadmill, weights] = &imported.activities[..] else { panic!("{imported:?}") };
    assert_eq!((start(run).as_str(), figures(run)), ("2026-03-04T17:05:09Z", (Some(8_851), Some(3_000), Some(3_120))));
    assert_eq!(
        (treadmill.sport.clone(), figures(treadmill)),
        (Some(Sport::TreadmillRun), (Some(4_800), Some(1_800), Some(1_800)))
    );
    assert!(weights.sport.as_ref().is_some_and(|sport| !sport.is_running()));
    assert_eq!(figures(weights), (None, Some(1_800), Some(1_800)));
    assert_eq!(
        told(&imported.problems),
        [
            (Place::Record(4), "\"Furlong\" in column \"distanceUnit\" is not a number; the row was left out"),
            (Place::Record(5), "\"04/03/2026\" is not a date; the row was left out"),
        ]
    );
}

#[test]
fn fitbits_api_has_a_list_around_its_exercises_and_starts_with_their_offset() {
    let text = r#"{"activities":[{"logId":1,"activityName":"Run","startTime":"2026-03-04T06:30:00.000-05:00","duration":600000,
        "distance":2.0,"distanceUnit":"Kilometer"}],"pagination":{"next":""}}"#;
    let imported = read_text(text);
    assert_eq!(
        (start(only(&imported)).as_str(), figures(only(&imported)).0),
        ("2026-03-04T06:30:00-05:00", Some(2_000))
    );
}

#[test]
fn google_fit_keeps_its_distance_among_the_aggregates() {
    let text = r#"{"fitnessActivity":"running","startTime":"2026-03-04T05:00:00.250Z","endTime":"2026-03-04T05:52:00Z","duration":"3000.4s",
        "segment":[{"fitnessActivity":"running","startTime":"2026-03-04T05:00:00Z","endTime":"2026-03-04T05:52:00Z"}],
        "aggregate":[{"metricName":"com.google.calories.expended","floatValue":512.5},
                     {"metricName":"com.google.distance.delta","floatValue":9876.4},{"metricName":"com.google.step_count.delta","intValue":8000}]}"#;
    let imported = read_text(text);
    let run = only(&imported);
    assert_eq!((start(run).as_str(), run.sport.clone()), ("2026-03-04T05:00:00Z", Some(Sport::Run)));
    assert_eq!(figures(run), (Some(9_876), Some(3_000), Some(3_120)));
    assert_eq!(imported.dialect.as_deref(), Some("google-fit"));
    let walk = read_text(&text.replace("running", "walking").replace("distance.delta", "heart_minutes.summary"));
    assert!(only(&walk).sport.as_ref().is_some_and(|sport| !sport.is_running()));
    assert_eq!(figures(only(&walk)).0, None);
    // The sport is unknown, but it was not named a run.
    let unknown = read_text(&text.replace("running", "unknown"));
    assert_eq!(only(&unknown).sport, Some(Sport::Other("unknown".into())));
}

#[test]
fn runtastic_counts_in_milliseconds_has_the_offset_beside_the_start_and_sports_by_number() {
    // 1,772,604,000 s is 2026-03-04T06:00:00Z.
    let text = r#"{"version":7,"start_time":1772604000000,"end_time":1772607300000,"start_time_timezone_offset":-18000000,
        "distance":9120,"duration":3000000,"pause":300000,"indoor":false,"sport_type_id":"1","notes":"left hip 3/10 after","id":"r1"}"#;
    let imported = read_text(text);
    let run = only(&imported);
    assert_eq!(
        (start(run).as_str(), figures(run)),
        ("2026-03-04T01:00:00-05:00", (Some(9_120), Some(3_000), Some(3_300)))
    );
    assert_eq!((run.sport.clone(), run.description.as_deref()), (Some(Sport::Run), Some("left hip 3/10 after")));
    for (id, sport) in [
        ("14", Sport::TreadmillRun),
        ("82", Sport::TrailRun),
        ("19", Sport::Other("Walking".into())),
        ("4711", Sport::Other("Runtastic sport 4711".into())),
    ] {
        let other = read_text(&text.replace("\"sport_type_id\":\"1\"", &format!("\"sport_type_id\":{id}")));
        assert_eq!(only(&other).sport, Some(sport), "{id}");
    }
    assert_eq!(only(&read_text(&text.replace("\"indoor\":false", "\"indoor\":true"))).sport, Some(Sport::TreadmillRun));
}

#[test]
fn younger_files_of_adidas_keep_the_distance_among_the_features() {
    let text = r#"{"start_time":1772604000000,"start_time_timezone_offset":0,"duration":3000000,"sport_type_id":"1","features":[
        {"type":"weather","attributes":{"conditions":"rain"}},{"type":"initial_values","attributes":{"distance":9000,"sport_type":{"id":"1"}}},
        {"type":"track_metrics","attributes":{"distance":9120,"elevation_gain":12}},{"type":"map","attributes":null}]}"#;
    // A feature without attributes is ignored.
    let imported = read_text(&text.replace(",{\"type\":\"map\",\"attributes\":null}", ""));
    assert_eq!(figures(only(&imported)), (Some(9_120), Some(3_000), None));
    assert_eq!(figures(only(&read_text(text))).0, Some(9_120));
    let typed_in = text.replace("track_metrics", "origin");
    assert_eq!(figures(only(&read_text(&typed_in))).0, Some(9_000));
}

#[test]
fn endomondos_workout_is_a_list_of_objects_with_one_key_each() {
    let workout = r#"[{"name":"Tempo"},{"sport":"RUNNING"},{"source":"TRACK_MOBILE"},{"created_date":"2026-03-04 07:00:00.0"},
        {"start_time":"2026-03-04 05:30:00.0"},{"end_time":"2026-03-04 06:25:00.0"},{"duration_s":3000},{"distance_km":10.04},
        {"notes":"hip stiff"},{"points":[[{"location":[[{"latitude":48.1},{"longitude":11.5}]]},{"timestamp":"Wed Mar 04 05:30:00 UTC 2026"}],
        [{"location":[[{"latitude":1},{"longitude":2}]]}]]}]"#;
    let imported = read_text(workout);
    let run = only(&imported);
    assert_eq!((start(run).as_str(), figures(run)), ("2026-03-04T05:30:00Z", (Some(10_040), Some(3_000), None)));
    assert_eq!(
        (run.sport.clone(), run.title.as_deref(), run.description.as_deref()),
        (Some(Sport::Run), Some("Tempo"), Some("hip stiff"))
    );
    assert!(run.position.is_some_and(|at| (at.lat - 48.1).abs() < 1e-9 && (at.lon - 11.5).abs() < 1e-9));
    // Several workouts in a file follow one another, or are each in a list.
    let ride = workout.replace("RUNNING", "CYCLING_SPORT").replace("Tempo", "Ride");
    let inner = |list: &str| list.trim()[1..list.trim().len() - 1].to_owned();
    for both in [format!("[{workout},{ride}]"), format!("[{},{}]", inner(workout), inner(&ride))] {
        let read = read_text(&both);
        let titles: Vec<_> = read.activities.iter().map(|one| one.title.as_deref().unwrap_or("")).collect();
        assert_eq!((titles, read.problems.len()), (vec!["Tempo", "Ride"], 0));
    }
    let treadmill = read_text(
        &workout.replace("RUNNING", "TREADMILL_RUNNING").replace("{\"start_time\":\"2026-03-04 05:30:00.0\"},", ""),
    );
    assert_eq!(
        (only(&treadmill).sport.clone(), start(only(&treadmill)).as_str()),
        (Some(Sport::TreadmillRun), "2026-03-04T07:00:00Z")
    );
}

#[test]
fn health_auto_export_names_units_and_has_workouts_beside_metrics() {
    let text = r#"{"data":{"metrics":[{"name":"step_count","units":"count","data":[{"qty":9000,"date":"2026-03-04 00:00:00 +1300"}]}],
        "workouts":[{"id":"A","name":"Outdoor Run","start":"2026-03-04 06:30:00 +1300","end":"2026-03-04 07:25:00 +1300","duration":3000.4,
          "distance":{"qty":6.2,"units":"mi"},"route":[{"latitude":-36.8}]},
         {"id":"B","name":"Running","location":"Indoor","start":"2026-03-05 06:30:00 +1300","end":"2026-03-05 07:00:00 +1300","duration":1800},
         {"id":"C","name":"Yoga","start":"2026-03-06 06:30:00 +1300","end":"2026-03-06 07:00:00 +1300","duration":1800}]}}"#;
    let imported = read_text(text);
    let [run, treadmill, yoga] = &imported.activities[..] else { panic!("{imported:?}") };
    assert_eq!(
        (start(run).as_str(), figures(run)),
        ("2026-03-04T06:30:00+13:00", (Some(9_978), Some(3_000), Some(3_300)))
    );
    assert_eq!(
        (treadmill.sport.clone(), figures(treadmill)),
        (Some(Sport::TreadmillRun), (None, Some(1_800), Some(1_800)))
    );
    assert_eq!(yoga.sport, Some(Sport::Other("Yoga".into())));
    // Without a workout it is only what a phone has counted.
    let metrics =
        r#"{"data":{"metrics":[{"name":"step_count","units":"count","data":[{"qty":9000,"date":"2026-03-04"}]}]}}"#;
    let reason = "not a run log: what a phone or a watch measured, without a workout";
    assert_eq!(read_text(metrics).refusal, Some(Refusal::Ignored(reason.into())));
}

#[test]
fn days_marked_in_the_calendar_of_intervals_icu_are_notes_and_its_plans_no_runs() {
    let text = r#"[{"id":1,"category":"INJURED","name":"Left hip","description":"rest","start_date_local":"2026-03-04T00:00:00",
          "end_date_local":"2026-03-06T00:00:00","training_availability":"LIMITED"},
        {"id":2,"category":"SICK","name":null,"start_date_local":"2026-03-10T00:00:00"},
        {"id":3,"category":"WORKOUT","type":"Run","name":"Tempo","start_date_local":"2026-03-11T07:00:00","distance":10000,"moving_time":3000},
        {"id":4,"category":"HOLIDAY","name":"Sea","start_date_local":"2026-03-12T00:00:00","end_date_local":"2036-03-12T00:00:00"}]"#;
    let imported = read_text(text);
    let day = |date: &str, text: &'static str| (date.to_owned(), text);
    assert_eq!(
        notes(&imported),
        [day("2026-03-04", "injured: Left hip: rest"), day("2026-03-05", "injured"), day("2026-03-10", "sick")]
    );
    assert_eq!(imported.activities, []);
    assert_eq!(told(&imported.problems), [(Place::Record(4), "an event of more than 180 days; the row was left out")]);
    let planned = r#"[{"category":"WORKOUT","type":"Run","start_date_local":"2026-03-11T07:00:00","distance":10000,"moving_time":3000}]"#;
    assert_eq!(read_text(planned).refusal, Some(Refusal::Ignored("planned workouts and races, and no run".into())));
    // A finished run has no category.
    let run = r#"[{"category":null,"type":"Run","start_date_local":"2026-03-11T07:00:00","distance":10000,"moving_time":3000}]"#;
    assert_eq!(figures(only(&read_text(run))), (Some(10_000), Some(3_000), None));
}
