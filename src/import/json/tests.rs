//! Each app's JSON in its smallest valid form, and JSON of another kind.

mod exports;

use super::*;
use crate::import::csv::CsvOptions;
use crate::model::activity::{Activity, Start};
use crate::model::concern::{Concern, ConcernClassifier};
use crate::model::sport::Sport;

fn read_text(text: &str) -> Imported {
    read(text.as_bytes(), "export.json", &|_| None, &|_| false)
}

fn only(imported: &Imported) -> &Activity {
    assert_eq!(imported.problems, []);
    let [only] = &imported.activities[..] else { panic!("{imported:?}") };
    only
}

fn start(activity: &Activity) -> String {
    match activity.start {
        Some(Start::Zoned(time)) => time.to_rfc3339(),
        Some(Start::Instant(time)) => time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        Some(Start::Local(time)) => time.to_string(),
        other => format!("{other:?}"),
    }
}

fn figures(activity: &Activity) -> (Option<u32>, Option<u32>, Option<u32>) {
    (activity.distance.map(|distance| distance.m), activity.moving_s, activity.elapsed_s)
}

#[test]
fn garmin_counts_in_centimetres_and_milliseconds() {
    // 1,772,604,000 s is 2026-03-04T06:00:00Z; the local clock is 13 hours ahead.
    let text = r#"[{"summarizedActivitiesExport":[
        {"activityId":1,"name":"Easy","activityType":"trail_running","sportType":"RUNNING","beginTimestamp":1.772604E12,
         "startTimeLocal":1772650800000,"duration":3000123.9,"elapsedDuration":3300000,"distance":1020000.5,
         "startLatitude":-36.8,"startLongitude":174.7,"splits":[{"a":[1]}]},
        {"activityId":2,"sportType":"CYCLING","beginTimestamp":1772604000000,"distance":4000000,"duration":3600000},
        {"activityId":3,"beginTimestamp":null}]}]"#;
    let imported = read_text(text);
    assert_eq!(imported.dialect.as_deref(), Some("garmin"));
    let run = &imported.activities[0];
    assert_eq!(start(run), "2026-03-04T19:00:00+13:00");
    assert_eq!(figures(run), (Some(10_200), Some(3_000), Some(3_300)));
    assert_eq!((run.sport.clone(), run.title.as_deref()), (Some(Sport::TrailRun), Some("Easy")));
    assert!(run.position.is_some_and(|position| (position.lat + 36.8).abs() < 1e-9));
    let ride = &imported.activities[1];
    assert_eq!(start(ride), "2026-03-04T06:00:00Z");
    assert!(ride.sport.as_ref().is_some_and(|sport| !sport.is_running()));
    assert_eq!(imported.activities.len(), 2);
    assert_eq!(imported.problems[0].place, Place::Record(3));
}

#[test]
fn nike_has_kilometres_among_its_summaries_and_a_position_instead_of_an_offset() {
    let run = r#"{"id":"x","type":"run","start_epoch_ms":1772604000000,"end_epoch_ms":1772605500000,
        "active_duration_ms":1365166,"delete_indicator":false,"summaries":[
        {"metric":"speed","summary":"mean","value":8.89},{"metric":"distance","summary":"total","value":3.3712980}],
        "tags":{"location":"outdoors","com.nike.name":"Night run","note":"hip tight"},
        "metrics":[{"type":"latitude","values":[{"start_epoch_ms":1,"value":48.1}]},
                   {"type":"longitude","values":[{"value":11.5}]},{"type":"pace","values":null}]}"#;
    let imported = read_text(run);
    let read = only(&imported);
    assert_eq!(start(read), "2026-03-04T06:00:00Z");
    assert_eq!(figures(read), (Some(3_371), Some(1_365), Some(1_500)));
    assert_eq!((read.title.as_deref(), read.description.as_deref()), (Some("Night run"), Some("hip tight")));
    assert!(read.position.is_some_and(|position| (position.lon - 11.5).abs() < 1e-9));
    let deleted = run.replace("\"delete_indicator\":false", "\"delete_indicator\":true");
    let indoors = run.replace("outdoors", "indoors");
    let listed = read_text(&format!("{{\"activities\":[{deleted},{indoors}],\"paging\":{{}}}}"));
    assert_eq!(only(&listed).sport, Some(Sport::TreadmillRun));
}

#[test]
fn polar_writes_nan_and_the_clock_on_the_wall() {
    let text = r#"{"identifier":{"id":"1"},"name":"Running \"NaN\"","startTime":"2026-03-04T19:00:00","stopTime":"2026-03-04T19:55:00",
        "timezoneOffsetMinutes":780,"distanceMeters":10200.4,"durationMillis":"3000000","recoveryTimeMillis":NaN,
        "exercises":[{"startTime":"2026-03-04T19:00:00","stopTime":"2026-03-04T19:55:00","timezoneOffsetMinutes":780,
        "distanceMeters":NaN,"durationMillis":3000000,"sport":{"id":"17"},"samples":[Infinity,-Infinity,NaN]}]}"#;
    let imported = read_text(text);
    let run = only(&imported);
    assert_eq!(start(run), "2026-03-04T19:00:00+13:00");
    // The exercise has no distance; it is the only one, so it gets the session's.
    assert_eq!(figures(run), (Some(10_200), Some(3_000), Some(3_300)));
    assert_eq!((run.sport.clone(), run.title.as_deref()), (Some(Sport::TreadmillRun), Some("Running \"NaN\"")));
    let walk = read_text(&text.replace("\"17\"", "\"3\"").replace("Running \\\"NaN\\\"", "Walking"));
    assert_eq!(only(&walk).sport, Some(Sport::Other("Walking".into())));
}

#[test]
fn older_polar_files_name_things_otherwise_and_each_exercise_is_one() {
    let text = r#"{"exportVersion":"1.3","name":"Triathlon","startTime":"2026-03-04T07:00:00.000","stopTime":"2026-03-04T09:00:00.000",
        "timeZoneOffset":60,"distance":30000.0,"duration":"PT2H","note":"fine","exercises":[
        {"startTime":"2026-03-04T07:00:00.000","timezoneOffset":60,"duration":"PT1H5M","distance":20000,"sport":"CYCLING"},
        {"startTime":"2026-03-04T08:05:00.000","timezoneOffset":60,"duration":"PT3210.5S","sport":"RUNNING"}]}"#;
    let imported = read_text(text);
    let [ride, run] = &imported.activities[..] else { panic!("{imported:?}") };
    assert_eq!((figures(ride), ride.description.as_deref()), ((Some(20_000), Some(3_900), None), Some("fine")));
    assert_eq!(start(run), "2026-03-04T08:05:00+01:00");
    // Of two exercises neither gets the session's distance, and the text is kept once.
    assert_eq!((figures(run), run.description.as_deref()), ((None, Some(3_211), None), None));
    assert_eq!(run.sport, Some(Sport::Run));
    let broken = read_text(&text.replace("2026-03-04T08:05:00.000", "soon"));
    assert_eq!((broken.activities.len(), broken.problems[0].place), (1, Place::Record(2)));
}

#[test]
fn running_page_writes_spans_of_time_as_python_does() {
    let entry = |moving: &str| {
        format!(
            r#"[{{"run_id":1,"name":"晨跑","distance":10200.4,"moving_time":"{moving}","type":"Run",
            "start_date":"2026-03-03 22:00:00","start_date_local":"2026-03-04 06:00:00","summary_polyline":"x\"NaN\\"}}]"#
        )
    };
    for (moving, seconds) in
        [("0:50:00", 3_000), ("1970-01-01 00:50:00.400000", 3_000), ("1 day, 0:00:05", 86_405), ("3000", 3_000)]
    {
        let imported = read_text(&entry(moving));
        assert_eq!(imported.dialect.as_deref(), Some("running-page"));
        let run = only(&imported);
        assert_eq!(figures(run), (Some(10_200), Some(seconds), None), "{moving}");
        assert_eq!(start(run), "2026-03-04T06:00:00+08:00");
        assert_eq!(run.sport, Some(Sport::Run));
    }
}

#[test]
fn stravas_own_local_start_claims_to_be_utc() {
    let text = r#"{"id":1,"name":"Orla","distance":12019.7,"moving_time":4783,"elapsed_time":5145,"type":"Run","trainer":false,
        "start_date":"2026-03-06T09:36:27Z","start_date_local":"2026-03-06T06:36:27Z","start_latlng":[-8.0,-34.8],
        "gear":{"id":"g1","name":"Ghost"},"private_note":"hip"}"#;
    let imported = read_text(text);
    let run = only(&imported);
    assert_eq!((start(run).as_str(), imported.dialect.as_deref()), ("2026-03-06T06:36:27-03:00", Some("strava")));
    assert_eq!(figures(run), (Some(12_020), Some(4_783), Some(5_145)));
    assert_eq!((run.shoe.as_deref(), run.private_note.as_deref()), (Some("Ghost"), Some("hip")));
    let indoors = read_text(
        &text
            .replace("\"trainer\":false", "\"trainer\":true,\"icu_training_load\":5")
            .replace("{\"id\":\"g1\",\"name\":\"Ghost\"}", "null"),
    );
    assert_eq!(only(&indoors).sport, Some(Sport::TreadmillRun));
    assert_eq!((only(&indoors).shoe.clone(), indoors.dialect.as_deref()), (None, Some("intervals-icu")));
}

#[test]
fn wellness_days_become_notes() {
    let text = r#"[{"id":"2026-03-04","injury":2,"soreness":1,"comments":"left hip"},{"id":"2026-03-05","injury":1,"soreness":null,"comments":null},
        {"id":"2026-03-06","injury":null,"soreness":null,"comments":"rested"},{"id":"2026-03-07","injury":9,"soreness":null}]"#;
    let imported = read_text(text);
    let notes: Vec<(String, &str)> =
        imported.notes.iter().map(|note| (note.date.to_string(), note.text.as_str())).collect();
    assert_eq!(notes, [("2026-03-04".to_owned(), "niggle; left hip"), ("2026-03-06".to_owned(), "rested")]);
    assert_eq!(imported.problems[0].place, Place::Record(4));
    // Days without any text do not make the file fail.
    let calm = read_text(r#"[{"id":"2026-03-05","injury":1,"soreness":null}]"#);
    assert_eq!(calm.refusal, Some(Refusal::Ignored("it holds no activity and no note".into())));
}

#[test]
fn what_is_of_no_known_app_is_left_alone_and_what_is_broken_fails() {
    for text in ["{}", "[1,2]", "not json", "{\"token\":\"x\"}", ""] {
        let reason = "JSON of a kind that runhip does not read";
        assert_eq!(read_text(text).refusal, Some(Refusal::Ignored(reason.into())), "{text}");
    }
    let failure = |text: &str| match read_text(text).refusal {
        Some(Refusal::Failed(problem)) => (problem.place, problem.what),
        other => panic!("{other:?}"),
    };
    let start = "[{\"summarizedActivitiesExport\":[{\"distance\":1,\n";
    assert_eq!(failure(start), (Place::Line(2), "this is not readable JSON: its end is missing".into()));
    assert!(failure(&format!("{start} oops")).1.ends_with("it is not well-formed"));
    assert!(failure("[{\"summarizedActivitiesExport\":7}]").1.ends_with("not of the kinds that this app writes"));
    let deep = format!("{{\"summarizedActivitiesExport\":{}", "[".repeat(1_000_000));
    assert_eq!(failure(&deep).0, Place::Line(1));
}

#[test]
fn a_byte_order_mark_and_utf_16_are_no_obstacle() {
    let text = r#"[{"id":"2026-03-04","injury":2,"soreness":1}]"#;
    let wide: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&wide, "export.json", &|_| None, &|_| false).notes.len(), 1);
    assert_eq!(read_text(&format!("\u{feff}{text}")).notes.len(), 1);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic(text in r#"[\[\]{}:,"\\NaInfity0-9é-]{0,60}"#) {
        for app in APPS {
            let keys: Vec<String> = app.keys.iter().map(|key| format!("\"{key}\":{text}")).collect();
            let _ = read_text(&format!("[{{{}}}]", keys.join(",")));
        }
        let _ = with_null_for_no_number(&text);
    }
}

#[test]
fn the_words_of_a_session_are_kept_once_however_many_exercises_it_has() {
    let exercises = "{},".repeat(999);
    let name = "x".repeat(60_000);
    let imported = read_text(&format!(
        r#"{{"name":"{name}","note":"fine","startTime":"2026-03-04T07:00:00","stopTime":null,"exercises":[{exercises}
        {{"note":"left hip 4/10","sport":{{"id":"99"}}}}]}}"#
    ));
    assert_eq!(imported.activities.len(), 1_000);
    let texts = imported.activities.iter().filter_map(|activity| activity.title.as_ref());
    assert_eq!(texts.map(String::len).sum::<usize>(), 60_000);
    let notes: Vec<_> = imported.activities.iter().filter_map(|activity| activity.description.as_deref()).collect();
    assert_eq!(notes, ["fine", "left hip 4/10"], "an exercise's own words are its own");
    let Some(Sport::Other(word)) = &imported.activities[999].sport else { panic!("a sport by the session's name") };
    assert_eq!(word.len(), 80);
}

#[test]
fn the_note_of_a_session_is_kept_beside_those_of_its_exercises() {
    let text = r#"{"startTime":"2026-03-04T07:00:00","stopTime":null,"note":"right hip 7/10 all evening","exercises":[
        {"note":"warm-up","sport":{"id":"1"}},{"note":"intervals","sport":{"id":"1"}}]}"#;
    let read = read_text(text);
    let said: Vec<_> =
        read.activities.iter().map(|one| (one.description.as_deref(), one.private_note.as_deref())).collect();
    assert_eq!(said, [(Some("warm-up"), Some("right hip 7/10 all evening")), (Some("intervals"), None)]);
}

fn as_log(name: &str, text: &str) -> Imported {
    let as_table = |rows| crate::import::csv::log_in(rows, name, &crate::import::csv::CsvOptions::default());
    read(text.as_bytes(), name, &as_table, &|_| false)
}

#[test]
fn a_plain_list_of_runs_is_read_as_a_table() {
    let listed = r#"{"runs":[{"date":"2026-03-04","distance_km":8.2,"note":"left hip 2/10"},{"date":"2026-03-06","distance_km":5}]}"#;
    let imported = as_log("mine.json", listed);
    let metres: Vec<_> = imported.activities.iter().filter_map(|one| Some(one.distance?.m)).collect();
    assert_eq!(metres, [8_200, 5_000], "{imported:?}");
    assert_eq!(imported.dialect.as_deref().map(|dialect| dialect.starts_with("JSON table")), Some(true));
    // Without a word for running it could be anything with a date and a distance.
    let anything = listed.replace("runs", "items");
    assert!(as_log("mine.json", &anything).activities.is_empty());
    assert_eq!(as_log("running-2026.json", &anything).activities.len(), 2);
}

#[test]
fn a_list_without_a_run_is_read_for_what_it_tells_of_the_hip() {
    let complains: fn(&str) -> Concern =
        |words| if words.contains("hip") { Concern::Complaint } else { Concern::Nothing };
    let options = CsvOptions { classifier: ConcernClassifier(complains), ..CsvOptions::default() };
    let read_as = |text: &str| {
        let as_table = |rows| crate::import::csv::log_or_notes_in(rows, "rehab.json", &options);
        read(text.as_bytes(), "rehab.json", &as_table, &|_| false)
    };
    let listed = r#"[{"id":1,"date":"2026-03-04","worse_with":["stairs","lying"],"notes":"hip hot and swollen"},
        {"id":2,"date":"2026-03-06","worse_with":[],"notes":"slept well"}]"#;
    let notes: Vec<_> = read_as(listed).notes.into_iter().map(|note| note.text).collect();
    assert!(notes[0].contains("hip hot and swollen"), "{notes:?}");
    let other = listed.replace("hip", "tea");
    assert!(matches!(read_as(&other).refusal, Some(Refusal::Ignored(_))));
}

#[test]
fn a_form_that_is_not_read_is_reported_where_it_complains() {
    let complains = |words: &str| words.contains("lost control") || words.contains("hip hurts");
    let outcome = |text: &str| read(text.as_bytes(), "export.json", &|_| None, &complains).refusal;
    for text in [
        r#"[{"date":"2026-03-04","symptoms":{"lostControl":1.5,"lost_control":true}}]"#,
        r#"{"when":"2026-03-04","answers":[{"q":"how","text":"my hip hurts"}]}"#,
    ] {
        assert!(matches!(outcome(text), Some(Refusal::Failed(_))), "{text}: {:?}", outcome(text));
    }
    let other = r#"{"when":"2026-03-04","answers":[{"q":"how","text":"all well"}]}"#;
    assert!(matches!(outcome(other), Some(Refusal::Ignored(_))), "{:?}", outcome(other));
}

#[test]
fn an_activity_that_was_fetched_alone_is_read_out_of_its_wrapping() {
    let text = r#"{"fetched":"2026-06-30T10:00:00Z","activity":{"id":"i7","start_date_local":"2026-06-24T08:05:37","type":"Run",
        "distance":6400.5,"moving_time":2100,"icu_training_load":40}}"#;
    let imported = read_text(text);
    assert_eq!(
        (only(&imported).distance.map(|distance| distance.m), imported.dialect.as_deref()),
        (Some(6_401), Some("intervals-icu"))
    );
}
