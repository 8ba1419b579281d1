//! Malicious markup: entities that multiply, entities that fetch files, and endless nesting.

use std::fmt::Write as _;

use super::watched::{check, watch};
use crate::place::{Place, QUIET_LOG, gpx};

/// Ten entities, each ten times as long as the one before.
fn laughs(root: &str) -> String {
    let mut text = format!("<!DOCTYPE {root} [<!ENTITY e0 \"ha\">");
    for level in 1..10 {
        write!(text, "<!ENTITY e{level} \"{}\">", format!("&e{};", level - 1).repeat(10)).unwrap();
    }
    text + "]>"
}

/// A TCX file of one kilometre with these notes.
fn tcx(notes: &str) -> String {
    format!(
        "<TrainingCenterDatabase><Activities><Activity Sport=\"Running\"><Id>2025-03-05T06:00:00Z</Id>\
         <Lap StartTime=\"2025-03-05T06:00:00Z\"><TotalTimeSeconds>300</TotalTimeSeconds>\
         <DistanceMeters>1000</DistanceMeters></Lap><Notes>{notes}</Notes></Activity></Activities>\
         </TrainingCenterDatabase>"
    )
}

/// Apple's export of one workout of two kilometres, from this device.
fn apple(device: &str) -> String {
    format!(
        "<HealthData><Workout workoutActivityType=\"HKWorkoutActivityTypeRunning\" duration=\"10\" durationUnit=\"min\" \
         totalDistance=\"2\" totalDistanceUnit=\"km\" device=\"{device}\" startDate=\"2025-03-06 06:00:00 +0000\" \
         endDate=\"2025-03-06 06:10:00 +0000\"/></HealthData>"
    )
}

/// A file in each XML format, with this text in a place that is read.
fn with_words(words: &str) -> [(&'static str, String); 3] {
    let track = gpx("2025-03-04T06:00:00Z", (48.1, 11.5), 10);
    let start = track.find("<gpx").unwrap();
    [
        ("a.gpx", track[start..].replace("<trkseg>", &format!("<desc>{words}</desc><trkseg>"))),
        ("b.tcx", tcx(words)),
        ("export.xml", apple(words)),
    ]
}

const ROOTS: [&str; 3] = ["gpx", "TrainingCenterDatabase", "HealthData"];

#[test]
fn entities_that_multiply_are_not_expanded() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    for (root, (name, document)) in ROOTS.iter().zip(with_words("&e9;")) {
        place.write(&format!("in/{name}"), format!("{}{document}", laughs(root)));
    }
    let seen = watch(check(&place.path("")).spawn().unwrap());
    assert_eq!(seen.status, Some(0), "{}{}", seen.out, seen.err);
    for name in ["a.gpx", "b.tcx", "export.xml"] {
        assert!(seen.row(name).starts_with("read "), "{}", seen.out);
    }
    seen.assert_below(150_000_000);
}

#[test]
fn entities_that_name_a_file_fetch_nothing() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    place.write("secret.txt", "the hip of another");
    let secret = place.path("secret.txt").display().to_string();
    let doctypes = |root: &str| {
        [
            format!("<!DOCTYPE {root} [<!ENTITY s SYSTEM \"file://{secret}\">]>"),
            format!("<!DOCTYPE {root} SYSTEM \"{secret}\">"),
            format!("<!DOCTYPE {root} [<!ENTITY % s SYSTEM \"file://{secret}\"> %s;]>"),
        ]
    };
    for variant in 0..3 {
        for (root, (name, document)) in ROOTS.iter().zip(with_words("hip &s; pain")) {
            place.write(&format!("in/{name}"), format!("{}{document}", doctypes(root)[variant]));
        }
        let ran = place.analyze(&["--stdout", "json"]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(!ran.out.contains("of another"), "{}", ran.out);
        assert!(ran.out.contains("hip &s; pain"), "{}", ran.out);
        let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(report["athlete"]["runs"], 12 + 3, "{}", report["import"]);
    }
}

#[test]
fn a_million_elements_in_one_another_are_refused_early() {
    const DEEP: usize = 1_000_000;
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    let names = ["a.gpx", "b.tcx", "export.xml"];
    for (name, root) in names.iter().zip(ROOTS) {
        place.write(&format!("in/{name}"), format!("<{root}>{}", "<a>".repeat(DEEP)));
    }
    let deep = "[".repeat(DEEP);
    place.write("in/c.json", format!("{{\"summarizedActivitiesExport\":[{{\"distance\":{deep}"));
    place.write(
        "in/d.json",
        format!(
            "{{\"other\":{deep}{},\"summarizedActivitiesExport\":[{{\"beginTimestamp\":1741000000000}}]}}",
            "]".repeat(DEEP)
        ),
    );
    place.write("in/e.json", &deep);
    place.write("in/f.json", "{\"summarizedActivitiesExport\":".repeat(DEEP));
    let seen = watch(check(&place.path("")).spawn().unwrap());
    assert_eq!(seen.status, Some(3), "{}", seen.err);
    for name in names {
        let row = seen.row(name);
        assert!(row.starts_with("failed  ") && row.ends_with("elements are nested deeper than 256"), "{row}");
    }
    assert!(seen.row("c.json").ends_with("this is not readable JSON: it is nested too deep"), "{}", seen.out);
    assert!(seen.row("d.json").ends_with(", 1 activity"), "{}", seen.out);
    assert!(seen.row("e.json").starts_with("ignored "), "{}", seen.out);
    assert!(seen.row("f.json").starts_with("failed "), "{}", seen.out);
    assert_eq!(seen.row("log.csv"), "read    log.csv, csv (run-log), 12 activities");
    seen.assert_below(250_000_000);
}
