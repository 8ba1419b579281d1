//! Tables of accounts that contain runs among classes and sleep.

use super::*;

#[test]
fn whoop_names_the_sport_and_counts_minutes() {
    let text = "Cycle start time,Cycle end time,Cycle timezone,Workout start time,Workout end time,Duration (min),Activity name,\
                Activity Strain,Energy burned (cal),Max HR (bpm),Average HR (bpm),HR Zone 1 %,GPS enabled,Distance (meters)\n\
                2026-03-03 23:10:00,,UTC+13:00,2026-03-04 06:30:00,2026-03-04 07:20:00,50,Running,12.1,520.0,180,150,9,true,9120.4\n\
                2026-03-04 23:10:00,,UTC+13:00,2026-03-05 18:00:00,2026-03-05 19:00:00,60,Weightlifting,9.4,430.0,168,131,20,false,\n";
    let imported = plain(text);
    assert_eq!(dialect(&imported), "whoop");
    assert_eq!(lines(&imported), ["2026-03-04 06:30|run|9120|3000", "2026-03-05 18:00|Weightlifting|-|3600"]);
    assert_eq!(imported.problems, []);
    // An activity that the device only detected is not a run.
    assert_eq!(
        lines(&plain(&text.replace("Weightlifting", "Activity")))[1],
        "2026-03-05 18:00|Unnamed activity|-|3600"
    );
}

#[test]
fn what_wrists_measure_beside_workouts_is_no_log() {
    for (text, reason) in [
        (
            "Cycle start time,Cycle timezone,Recovery score %,Day Strain\n2026-03-04 05:00:00,UTCZ,70,12.1\n",
            "not a run log: heart rate and recovery by day",
        ),
        (
            "Cycle start time,Sleep onset,Wake onset,Nap\n2026-03-04 05:00:00,2026-03-03 23:00:00,2026-03-04 06:00:00,false\n",
            "not a run log: sleep",
        ),
        ("sleep_log_entry_id,timestamp,overall_score\n1,2026-03-04T06:00:00Z,80\n", "not a run log: sleep"),
        ("timestamp,Infrared to Red Signal Ratio\n03/04/26 06:00:00,12\n", "not a run log: oxygen in the blood"),
    ] {
        assert_eq!(plain(text).refusal, Some(Refusal::Ignored(reason.into())), "{text}");
    }
}

#[test]
fn peloton_puts_the_zone_in_brackets_and_the_unit_in_the_header() {
    let header = |unit: &str| {
        format!(
            "Workout Timestamp,Live/On-Demand,Instructor Name,Length (minutes),Fitness Discipline,Type,Title,Class Timestamp,\
             Total Output,Avg. Speed (mph),Distance ({unit}),Calories Burned,Avg. Pace (min/{unit})\n"
        )
    };
    let rows = "2026-03-04 19:58 (NZDT),On Demand,Some Body,30,Running,Intervals,30 min Run,2026-01-15 12:00 (NZDT),,6.2,3.1,300,9:40\n\
                2026-03-05 20:12 (-06),,,20,Cycling,,Lanebreak Ride,,110,15,5,150,\n";
    let imported = plain(&(header("mi") + rows));
    assert_eq!(dialect(&imported), "peloton");
    assert_eq!(lines(&imported), ["2026-03-04 19:58|run|4989|1800", "2026-03-05 20:12 -06:00|Biking|8047|1200"]);
    assert_eq!(lines(&plain(&(header("km") + rows)))[0], "2026-03-04 19:58|run|3100|1800");
}

#[test]
fn withings_keeps_the_distance_in_a_cell_of_json_and_the_zone_beside_utc() {
    let header = "from,to,\"from (manual)\",\"to (manual)\",Timezone,\"Activity type\",Data,GPS,Modified\n";
    let row = |from: &str, to: &str, sport: &str, data: &str| {
        let data = data.replace('"', "\"\"");
        format!("{from},{to},{from},{to},Europe/Madrid,{sport},\"{data}\",[],2026-07-09T00:00:00+00:00\n")
    };
    let table = [
        header.to_owned(),
        row(
            "2026-07-01T22:30:00+00:00",
            "2026-07-01T23:12:30+00:00",
            "Running",
            r#"{"calories": 410, "distance": 7120.6}"#,
        ),
        row(
            "2026-07-03T07:05:00+02:00",
            "2026-07-03T07:41:00+02:00",
            "Running",
            r#"{"manual_distance": 6000, "steps": 0}"#,
        ),
        row(
            "2026-07-04T07:00:00+02:00",
            "2026-07-04T07:30:00+02:00",
            "Walking",
            r#"{"distance": 2500, "steps": 3100}"#,
        ),
        row("2026-07-05T07:00:00+02:00", "2026-07-05T07:30:00+02:00", "Running", "no object"),
    ];
    let imported = plain(&table.concat());
    assert_eq!(dialect(&imported), "withings");
    assert_eq!(
        lines(&imported),
        [
            "2026-07-02 00:30 +02:00|run|7121|2550",
            "2026-07-03 07:05 +02:00|run|6000|2160",
            "2026-07-04 07:00 +02:00|Walking|2500|1800",
            "2026-07-05 07:00 +02:00|run|-|1800",
        ]
    );
}

#[test]
fn a_log_of_starts_and_ends_has_durations() {
    let imported =
        plain("date,start,end,km\n2026-03-02,07:10,07:52,7.5\n2026-03-03,23:40,00:20,6\n2026-03-04,,08:00,5\n");
    assert_eq!(
        lines(&imported),
        ["2026-03-02 07:10|run|7500|2520", "2026-03-03 23:40|run|6000|2400", "2026-03-04|run|5000|-"]
    );
}
