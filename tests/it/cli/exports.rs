//! Logs as apps and spreadsheet programs export them, through the whole program.

use std::io::{Cursor, Write};

use serde_json::json;
use zip::write::SimpleFileOptions;

use crate::place::{Place, each};

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of one sheet, given as rows of texts.
fn workbook(rows: &[[&str; 3]]) -> Vec<u8> {
    let cell = |text: &&str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let rows: Vec<String> =
        rows.iter().map(|row| format!("<row>{}</row>", row.iter().map(cell).collect::<Vec<_>>().concat())).collect();
    let rows = rows.concat();
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    packed(&[
        ("xl/workbook.xml", b"<workbook><sheets><sheet name=\"Spring\" r:id=\"a\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id=\"a\" Target=\"worksheets/1.xml\"/></Relationships>",
        ),
        ("xl/worksheets/1.xml", sheet.as_bytes()),
    ])
}

#[test]
fn a_workbook_in_an_archive_is_read_and_its_problems_name_sheet_and_row() {
    let place = Place::new();
    let log = workbook(&[
        ["date", "km", "time"],
        ["2026-03-02", "8", "45:00"],
        ["soon", "8", "45:00"],
        ["2026-03-04", "10", "55:00"],
    ]);
    place.write("in/export.zip", packed(&[("export/log.xlsx", &log)]));
    let ran = place.run(&["analyze", "in", "--as-of", "2026-03-05", "--stdout", "json"]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    assert!(
        ran.err.contains("export.zip!/export/log.xlsx (sheet Spring, row 3): \"soon\" is not a date"),
        "{}",
        ran.err
    );
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(each(&report["runs"], "distance_m"), ["8000", "10000"]);
    let file = &report["import"]["files"][1];
    assert_eq!((&file["format"], &file["problems"][0]["place"]), (&json!("workbook"), &json!("sheet Spring, row 3")));
}

#[test]
fn thousands_of_files_of_an_app_that_is_not_known_are_one_line() {
    let place = Place::with(&[("log.csv", "date,km\n2026-03-02,8\n")]);
    for number in 0..300 {
        let text =
            format!("[{{\"workoutType\":\"x{number}\",\"startDate\":\"2026-03-04\",\"distanceMeters\":{number}}}]");
        place.write(&format!("in/app/{number:03}.json"), text);
    }
    let ran = place.run(&["analyze", "in", "--as-of", "2026-03-05"]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(
        ran.err.starts_with("300 files app/*.json, such as app/000.json: it seems to hold activities"),
        "{}",
        ran.err
    );
    assert_eq!(ran.out.matches("app/").count(), 1, "{}", ran.out);
}

#[test]
fn the_exports_of_a_phone_make_one_log() {
    let place = Place::with(&[
        (
            "Takeout/Fitbit/Global Export Data/exercise-0.json",
            r#"[{"logId":1,"activityName":"Run","startTime":"03/02/26 17:00:00","activeDuration":3000000,"duration":3000000,
                "distance":5,"distanceUnit":"Mile"}]"#,
        ),
        (
            "Takeout/Fitbit/Global Export Data/steps-2026-03-02.json",
            r#"[{"dateTime":"03/02/26 00:00:00","value":"12"}]"#,
        ),
        (
            "Takeout/Fit/All sessions/2026-03-03T18_00_00+13_00_RUNNING.json",
            r#"{"fitnessActivity":"running","startTime":"2026-03-03T05:00:00Z","endTime":"2026-03-03T05:50:00Z","duration":"3000s",
                "aggregate":[{"metricName":"com.google.distance.delta","floatValue":9000}]}"#,
        ),
        (
            "events.json",
            r#"[{"category":"INJURED","name":"left hip pain 4/10","start_date_local":"2026-03-04T00:00:00"}]"#,
        ),
    ]);
    let ran =
        place.run(&["analyze", "in", "--as-of", "2026-03-05", "--timezone", "Pacific/Auckland", "--stdout", "json"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    // 17:00 UTC is the next morning in Auckland.
    assert_eq!(each(&report["runs"], "local_date"), ["2026-03-03", "2026-03-03"]);
    assert_eq!(each(&report["runs"], "distance_m"), ["8047", "9000"]);
    assert_eq!(report["pain"][0]["severity"], json!(4));
}
