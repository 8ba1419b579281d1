//! The result of each kind of file, with figures worked out by hand.

use crate::place::{Place, each, file, gpx};

const MUNICH: (f64, f64) = (48.137, 11.575);

/// A TCX of one lap without positions.
fn tcx(start: &str, metres: u32, seconds: u32) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<TrainingCenterDatabase \
         xmlns=\"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2\"><Activities><Activity \
         Sport=\"Running\"><Id>{start}</Id><Lap StartTime=\"{start}\"><TotalTimeSeconds>{seconds}</TotalTimeSeconds>\
         <DistanceMeters>{metres}</DistanceMeters></Lap></Activity></Activities></TrainingCenterDatabase>\n"
    )
}

#[test]
fn a_gpx_adds_up_its_steps() {
    let report = Place::with(&[("a.gpx", &gpx("2025-03-04T06:00:00Z", MUNICH, 100))]).json(&[]);
    let run = &report["runs"][0];
    assert_eq!(run["id"], "20250304T070000+0100");
    assert_eq!((&run["distance_m"], &run["distance_from"]), (&10_000.into(), &"track".into()));
    assert_eq!(run["elapsed_s"], 3_000);
    assert_eq!(run["sources"], serde_json::json!(["a.gpx"]));
}

#[test]
fn a_treadmill_gpx_without_points_is_a_run() {
    let place = Place::with(&[(
        "treadmill.gpx",
        "<gpx version=\"1.1\"><trk><type>treadmill_running</type></trk><extensions><distance>5012.3</distance>\
         <moving_time>1800</moving_time><start_time>2025-03-04T06:00:00+13:00</start_time></extensions></gpx>",
    )]);
    let ran = place.analyze(&["--stdout", "json"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let run = &report["runs"][0];
    assert_eq!((&run["id"], &run["distance_m"]), (&"20250304T060000+1300".into(), &5_012.into()));
    assert_eq!((&run["distance_from"], &run["moving_s"]), (&"device".into(), &1_800.into()));
}

#[test]
fn a_tcx_gives_the_distance_of_the_device() {
    let report =
        Place::with(&[("a.tcx", &tcx("2025-03-04T06:00:00Z", 8_004, 2_400))]).json(&["--timezone", "Europe/Berlin"]);
    let run = &report["runs"][0];
    assert_eq!((&run["id"], &run["distance_m"]), (&"20250304T070000+0100".into(), &8_004.into()));
    assert_eq!(run["distance_from"], "device");
}

#[test]
fn a_table_with_semicolons_and_decimal_commas_is_read() {
    let place = Place::with(&[(
        "lauf.csv",
        "Datum;Strecke (km);Dauer;Schuh\n04.03.2025;10,25;55:10;Ghost\n25.03.2025;8,0;44:00;Ghost\n",
    )]);
    let report = place.json(&[]);
    assert_eq!(each(&report["runs"], "local_date"), ["2025-03-04", "2025-03-25"]);
    assert_eq!(each(&report["runs"], "distance_m"), ["10250", "8000"]);
    assert_eq!(each(&report["runs"], "shoe"), ["Ghost", "Ghost"]);
    assert_eq!(report["runs"][0]["elapsed_s"], 3_310);
}

#[test]
fn miles_are_read_from_the_header_and_from_the_configuration_and_not_from_what_is_shown() {
    let named = Place::with(&[("log.csv", "date,distance (miles)\n2025-03-04,10\n2025-03-05,3.1\n")]);
    // 10 and 3.1 statute miles of 1,609.344 m, rounded.
    assert_eq!(each(&named.json(&[])["runs"], "distance_m"), ["16093", "4989"]);
    let log = ("log.csv", "date,distance\n2025-03-04,10\n2025-03-05,3.1\n");
    let configured = Place::with(&[log, ("runhip.toml", "units = \"mi\"\n")]);
    assert_eq!(each(&configured.json(&[])["runs"], "distance_m"), ["16093", "4989"]);
    assert_eq!(each(&configured.json(&["--units", "km"])["runs"], "distance_m"), ["16093", "4989"]);
    assert_eq!(each(&Place::with(&[log]).json(&["--units", "mi"])["runs"], "distance_m"), ["10000", "3100"]);
}

#[test]
fn distances_are_shown_in_the_units_asked_for_and_stay_metres_in_json() {
    let place = Place::with(&[("log.csv", "date,distance_km\n2025-03-17,16.09344\n2025-03-24,16.09344\n")]);
    let page = place.analyze(&["--units", "mi", "--stdout", "md"]).out;
    assert!(page.contains("10.0\u{a0}mi") && !page.contains("16.1"), "{page}");
    assert_eq!(each(&place.json(&["--units", "mi"])["runs"], "distance_m"), ["16093", "16093"]);
}

/// A Strava export: two runs with tracks, a ride, and a run whose track is missing.
fn strava() -> Place {
    let place = Place::with(&[(
        "activities.csv",
        "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Distance,Filename,Activity Gear,\
         Elapsed Time,Distance\n\
         1,\"Mar 4, 2025, 6:00:00 AM\",Morning,Run,,9.80,activities/1.gpx,Ghost,3000,9800.0\n\
         2,\"Mar 5, 2025, 6:00:00 AM\",To work,Ride,,2.00,activities/2.gpx.gz,,600,2000.0\n\
         3,\"Mar 6, 2025, 6:00:00 AM\",Lost,Run,left hip sore 4/10 afterwards,7.00,activities/3.gpx,Ghost,2400,7000.0\n",
    )]);
    place.write("in/activities/1.gpx", gpx("2025-03-04T06:00:00Z", MUNICH, 100));
    // The member of a .gz file that has already been unpacked.
    place.write("in/activities/2.gpx", gpx("2025-03-05T06:00:00Z", MUNICH, 20));
    place
}

#[test]
fn a_strava_row_and_its_track_are_one_run_and_the_row_wins() {
    let report = strava().json(&["--timezone", "Europe/Berlin"]);
    let runs = &report["runs"];
    assert_eq!(each(runs, "id"), ["20250304T070000+0100", "20250306T070000+0100"]);
    assert_eq!(each(runs, "distance_m"), ["9800", "7000"]);
    assert_eq!(each(runs, "distance_from"), ["row", "row"]);
    assert_eq!(each(runs, "shoe"), ["Ghost", "Ghost"]);
    assert_eq!(runs[0]["sources"], serde_json::json!(["activities.csv", "activities/1.gpx"]));
    assert_eq!(runs[0]["elapsed_s"], 3_000);
}

#[test]
fn the_sport_of_a_strava_row_holds_for_its_track() {
    let report = strava().json(&["--timezone", "Europe/Berlin"]);
    let totals = &report["import"]["totals"];
    // Three rows and two tracks: two pairs are merged, one of them a ride.
    assert_eq!(each(&serde_json::json!([totals]), "activities_in"), ["5"]);
    assert_eq!(
        (&totals["duplicates_merged"], &totals["other_sport"], &totals["runs_out"]),
        (&2.into(), &1.into(), &2.into())
    );
    assert_eq!(file(&report, "activities/2.gpx")["outcome"], "merged");
    assert_eq!(file(&report, "activities/2.gpx")["reason"], "the same as in activities.csv");
}

#[test]
fn a_strava_row_without_its_track_counts_and_says_so() {
    let ran = strava().analyze(&["--timezone", "Europe/Berlin", "--stdout", "json"]);
    assert_eq!(ran.status, 0, "nothing was lost: {}", ran.err);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let problem = &file(&report, "activities.csv")["problems"][0];
    assert_eq!(
        problem["what"],
        "1 file named here is not in the export, the first of them \"activities/3.gpx\"; the rows were used alone"
    );
    assert_eq!(each(&report["pain"], "text"), ["left hip sore 4/10 afterwards"]);
}

#[test]
fn a_packed_file_is_read_as_what_is_in_it() {
    let place = Place::new();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, gpx("2025-03-04T06:00:00Z", MUNICH, 50).as_bytes()).unwrap();
    place.write("in/a.gpx.gz", packed.finish().unwrap());
    let report = place.json(&[]);
    assert_eq!(each(&report["runs"], "distance_m"), ["5000"]);
    assert_eq!(file(&report, "a.gpx.gz")["format"], "gpx");
}

#[test]
fn one_run_recorded_by_two_devices_is_one_run() {
    let place = Place::with(&[
        ("watch.tcx", &tcx("2025-03-04T06:00:00Z", 10_040, 3_010)),
        ("phone.gpx", &gpx("2025-03-04T06:00:20Z", MUNICH, 100)),
    ]);
    let report = place.json(&["--timezone", "Europe/Berlin"]);
    assert_eq!(each(&report["runs"], "distance_m"), ["10040"]);
    assert_eq!(report["runs"][0]["sources"], serde_json::json!(["watch.tcx", "phone.gpx"]));
    assert_eq!(file(&report, "phone.gpx")["outcome"], "merged");
}
