//! The whole program on logs that do not say what sport an activity was, or whose it was: what counts as a run, and
//! what is reported.

use serde_json::Value;

use crate::place::Place;

const RUNS: (&str, &str) =
    ("runs.csv", "date,sport,distance_km,duration\n2026-03-02,run,8,44:00\n2026-03-04,run,9,50:00\n");

fn report(place: &Place, more: &[&str]) -> (Value, i32) {
    let ran = place.run(&[&["analyze", "in", "--as-of", "2026-03-10", "--stdout", "json"], more].concat());
    (serde_json::from_str(&ran.out).unwrap_or(Value::Null), ran.status)
}

/// A track due north with a point every half minute, so many metres apart.
fn track(title: &str, metres: f64, points: u32) -> String {
    let mut text = format!("<gpx version=\"1.1\" creator=\"Own\"><trk><name>{title}</name><trkseg>");
    for step in 0..points {
        let lat = 47.0 + f64::from(step) * metres / 111_195.0;
        let (minute, second) = (step / 2, step % 2 * 30);
        text += &format!(
            "<trkpt lat=\"{lat:.6}\" lon=\"8.5\"><time>2026-03-06T{:02}:{:02}:{second:02}Z</time></trkpt>",
            6 + minute / 60,
            minute % 60
        );
    }
    text + "</trkseg></trk></gpx>"
}

fn of_track(text: &str, configuration: &str) -> (Value, i32) {
    report(&Place::with(&[RUNS, ("x.gpx", text), ("runhip.toml", configuration)]), &[])
}

fn sport_of_track(report: &Value) -> Option<(String, String)> {
    let runs = report["runs"].as_array()?;
    let run = runs.iter().find(|run| run["local_date"] == "2026-03-06")?;
    Some((run["sport"].as_str()?.to_owned(), run["sport_from"].as_str()?.to_owned()))
}

#[test]
fn a_track_without_a_sport_goes_by_its_title_then_by_its_pace() {
    let told = |title, metres| sport_of_track(&of_track(&track(title, metres, 120), "").0);
    let as_run = |from: &str| Some(("run".to_owned(), from.to_owned()));
    // 90 m in half a minute are 3 m/s, 36 m are 1.2 m/s and 210 m are 7 m/s.
    assert_eq!(told("Lunch run", 90.0), as_run("title"));
    assert_eq!(told("Lakeside", 90.0), as_run("pace"));
    assert_eq!(told("Lakeside", 36.0), None);
    assert_eq!(told("Lakeside", 210.0), None);
    assert_eq!(told("Wanderung", 90.0), None);
    let (walk, _) = of_track(&track("Lakeside", 36.0, 120), "");
    let said = &walk["import"]["assumptions"];
    assert!(said.as_array().unwrap().iter().any(|one| one["kind"] == "sport-by-pace"), "{said}");
}

#[test]
fn who_asks_for_the_sport_is_asked_and_nothing_is_counted() {
    let (asked, status) = of_track(&track("Lakeside", 90.0, 120), "untyped = \"ask\"\n");
    assert_eq!((sport_of_track(&asked), status), (None, 3));
    let (told, status) = of_track(&track("Evening run", 90.0, 120), "untyped = \"ask\"\n");
    assert_eq!((sport_of_track(&told).is_some(), status), (true, 0));
}

#[test]
fn a_name_that_nobody_knows_is_told_until_the_configuration_says_what_it_means() {
    let log =
        ("log.csv", "date,sport,distance_km,duration\n2026-03-05,Trulling,7,40:00\n2026-03-06,Trulling,6,35:00\n");
    let (open, status) = report(&Place::with(&[RUNS, log]), &[]);
    let said = open["import"]["assumptions"].as_array().unwrap();
    let unknown = said.iter().find(|one| one["kind"] == "sport-name-unknown").expect("told");
    assert_eq!((unknown["count"].as_u64(), status), (Some(2), 3));
    assert!(unknown["remedy"].as_str().unwrap().contains("\"Trulling\" = \"run\""));
    for (word, runs) in [("run", 4), ("other", 2)] {
        let configuration = format!("[sports]\n\"trulling\" = \"{word}\"\n");
        let (report, status) = report(&Place::with(&[RUNS, log, ("runhip.toml", &configuration)]), &[]);
        assert_eq!((report["runs"].as_array().unwrap().len(), status), (runs, 0), "{word}");
    }
    let wrong = Place::with(&[RUNS, ("runhip.toml", "[sports]\nTrulling = \"jog\"\n")]).run(&["check", "in"]);
    assert!(wrong.err.contains("runhip.toml:2: \"jog\" is no sport"), "{}", wrong.err);
}

#[test]
fn of_several_people_in_one_table_one_is_picked_by_name() {
    let club = ("club.csv", "athlete,date,distance_km\nIda,2026-03-02,8\nOle,2026-03-02,12\nIda,2026-03-05,9\n");
    let place = Place::with(&[club]);
    let ran = place.run(&["analyze", "in", "--as-of", "2026-03-10"]);
    assert!(ran.err.contains("2 athletes") && ran.err.contains("--athlete"), "{}", ran.err);
    let (one, status) = report(&place, &["--athlete", "Ida"]);
    assert_eq!((one["runs"].as_array().unwrap().len(), status), (2, 0));
}

#[test]
fn a_plan_among_the_logs_is_neither_runs_nor_a_loss() {
    let plan = ("plan.csv", "date,sport,distance_km\n2099-03-02,run,8\n2099-03-04,run,9\n2099-03-06,run,10\n");
    let (report, status) = report(&Place::with(&[RUNS, plan]), &[]);
    assert_eq!((report["runs"].as_array().unwrap().len(), status), (2, 0));
    let files = report["import"]["files"].as_array().unwrap();
    let row = files.iter().find(|row| row["path"].as_str().unwrap().ends_with("plan.csv")).unwrap();
    assert_eq!(row["outcome"], "ignored");
    assert!(row["reason"].as_str().unwrap().contains("runhip plan"));
}

#[test]
fn commas_in_positions_are_read_and_times_that_cannot_be_are_named() {
    let commas = track("Run", 90.0, 120).replace("47.", "47,").replace("8.5", "8,5");
    let (read, status) = of_track(&commas, "");
    let run = read["runs"].as_array().unwrap().iter().find(|run| run["local_date"] == "2026-03-06").unwrap().clone();
    // 119 steps of 90 m.
    assert!((10_600..10_820).contains(&run["distance_m"].as_u64().unwrap()), "{run}");
    assert_eq!(status, 0);
    let place = Place::with(&[RUNS, ("x.gpx", &track("Run", 90.0, 120).replace("2026-03-06T", "Freitag "))]);
    let ran = place.run(&["analyze", "in", "--as-of", "2026-03-10"]);
    assert_eq!(ran.status, 3);
    assert!(ran.err.contains("its times cannot be read") && !ran.err.contains("planned route"), "{}", ran.err);
}

#[test]
fn a_treadmill_under_other_is_known_by_its_notes_or_its_file() {
    let tcx = |notes: &str| {
        format!(
            "<TrainingCenterDatabase><Activities><Activity Sport=\"Other\"><Id>2026-03-06T18:00:00Z</Id><Lap StartTime=\"2026-03-06T18:00:00Z\">\
             <TotalTimeSeconds>2400</TotalTimeSeconds><DistanceMeters>6400</DistanceMeters></Lap>{notes}</Activity></Activities></TrainingCenterDatabase>"
        )
    };
    for (name, notes) in [("Laufband_06.tcx", ""), ("6.tcx", "<Notes>Indoor Running</Notes>")] {
        let (report, _) = report(&Place::with(&[RUNS, (name, &tcx(notes))]), &[]);
        let told = Some(("treadmill-run".to_owned(), "title".to_owned()));
        assert_eq!(sport_of_track(&report), told, "{name}");
    }
    let (other, _) = report(&Place::with(&[RUNS, ("6.tcx", &tcx(""))]), &[]);
    assert_eq!(sport_of_track(&other), None);
}
