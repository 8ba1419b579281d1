//! Gzip in all its usual forms, and files that are cut off.

use std::io::Write as _;

use super::*;
use crate::model::activity::Activity;
use crate::model::concern::{Concern, ConcernClassifier};

const RUNS: &str = "date,distance_km,duration\n2026-03-04,10.2,55:00\n2026-03-05,5.0,30:00\n";

/// A stand-in for the classifier of notes.
fn concern(words: &str) -> Concern {
    if words.contains("hip") || words.contains("sore") || words.contains("pain") {
        Concern::Hip
    } else {
        Concern::Nothing
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn read_bytes(name: &str, bytes: &[u8]) -> FileContents {
    let limits = Limits::default();
    let packed = bytes.len() as u64;
    let size = Size { bytes: packed, unpacked: limits.unpacked_allowance(packed) };
    read(
        name,
        size,
        &mut &bytes[..],
        ReadOptions { csv: &CsvOptions::default(), limits: &limits, classifier: ConcernClassifier(concern) },
    )
}

fn metres(contents: &FileContents) -> Vec<u32> {
    let metres = |run: &Activity| run.distance.map_or(0, |distance| distance.m);
    contents.imported.activities.iter().map(metres).collect()
}

fn failure(contents: &FileContents) -> &str {
    match &contents.imported.refusal {
        Some(Refusal::Failed(problem)) => &problem.what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn gzip_is_taken_off_by_what_the_bytes_are_and_not_by_the_name() {
    let once = gzip(RUNS.as_bytes());
    let twice = gzip(&once);
    for (name, bytes) in [
        ("log.csv.gz", &once[..]),
        ("log.csv.gz", &twice),
        ("LOG.CSV.GZ.gz", &twice),
        // Unpacked by its owner, who kept the name.
        ("log.csv.gz", RUNS.as_bytes()),
        ("log.csv", &once),
    ] {
        let contents = read_bytes(name, bytes);
        assert_eq!((contents.format.as_deref(), metres(&contents)), (Some("csv"), vec![10_200, 5_000]), "{name}");
    }
    // Two gzip files joined together count as one.
    let (first, second) = RUNS.split_at(30);
    let joined = [gzip(first.as_bytes()), gzip(second.as_bytes())].concat();
    assert_eq!(metres(&read_bytes("log.csv.gz", &joined)), [10_200, 5_000]);
}

#[test]
fn more_layers_than_anyone_packs_by_mistake_are_refused() {
    let mut bytes = RUNS.as_bytes().to_vec();
    for _ in 0..3 {
        bytes = gzip(&bytes);
    }
    assert_eq!(metres(&read_bytes("log.csv.gz", &bytes)), [10_200, 5_000]);
    let contents = read_bytes("log.csv.gz", &gzip(&bytes));
    assert_eq!(failure(&contents), "it was not read: it is packed with gzip more than 3 times over");
}

#[test]
fn a_hundred_thousand_bytes_out_of_one_are_refused() {
    let bomb = gzip(&gzip(&vec![b'1'; 40_000_000]));
    assert!(bomb.len() < 400, "{} bytes", bomb.len());
    let why = "it unpacks to more than 250 times its size";
    for name in ["x.csv.gz", "x.fit.gz", "x.json.gz", "x.md.gz"] {
        assert_eq!(failure(&read_bytes(name, &bomb)), format!("it was not read: {why}"), "{name}");
    }
    // A track is kept up to the break.
    let track = "<gpx><trk><trkseg><trkpt lat=\"1\" lon=\"1\"><time>2026-03-04T06:00:00Z</time></trkpt></trkseg></trk>";
    let mut text = track.as_bytes().to_vec();
    text.resize(40_000_000, b' ');
    let contents = read_bytes("x.gpx.gz", &gzip(&gzip(&text)));
    assert_eq!(contents.imported.activities.len(), 1);
    let problem = contents.imported.problems.iter().find(|problem| problem.what.contains(why));
    assert!(problem.is_some_and(|problem| problem.what.contains("breaks off")), "{:?}", contents.imported.problems);
}

#[test]
fn of_a_table_that_breaks_off_the_whole_rows_are_kept() {
    let mut longer = RUNS.to_owned();
    for day in 1..=28 {
        longer.push_str(&format!("2026-04-{day:02},{}.{},{}:00\n", day % 7 + 3, day % 10, 20 + day));
    }
    let packed = gzip(longer.as_bytes());
    let contents = read_bytes("log.csv.gz", &packed[..packed.len() - 20]);
    let kept = metres(&contents);
    assert!((3..30).contains(&kept.len()), "{kept:?}");
    // No partial row is kept: each is as in the whole file.
    assert_eq!(kept, metres(&read_bytes("log.csv", longer.as_bytes()))[..kept.len()]);
    assert_eq!(contents.imported.problems.len(), 1);
    assert!(contents.imported.problems[0].what.starts_with("the file breaks off"), "{:?}", contents.imported.problems);
    // Of JSON nothing is kept.
    let contents = read_bytes("log.json.gz", &packed[..packed.len() - 20]);
    assert!(failure(&contents).starts_with("the file could not be read"));
}

#[test]
fn kinds_that_are_not_read_say_what_to_do() {
    let ignored = |name: &str| match read_bytes(name, b"x").imported.refusal {
        Some(Refusal::Ignored(reason)) => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(ignored("tour.kml"), "KML is not read; export the activity as GPX instead");
    assert_eq!(ignored("all.tar.gz"), "a kind of archive that runhip does not open; unpack it first");
    assert_eq!(ignored("photo.jpg"), "not a kind of file that runhip reads");
    assert_eq!(
        ignored("export_cda.xml"),
        "XML of a kind that runhip does not read; export the activities as GPX, TCX or FIT"
    );
}

#[test]
fn logs_in_yaml_and_in_html_are_not_passed_over() {
    let yaml = b"- date: 2026-03-04\n  run: 6 km\n- date: 5 March 2026\n  run: 7 km\n";
    match read_bytes("2026.yml", yaml).imported.refusal {
        Some(Refusal::Failed(problem)) => assert!(problem.hint.contains("CSV"), "{problem:?}"),
        other => panic!("{other:?}"),
    }
    let settings = read_bytes("site.yaml", b"title: Ada runs\ndate: 2026-03-04\n").imported.refusal;
    assert!(matches!(settings, Some(Refusal::Ignored(_))), "{settings:?}");

    let row = "<tr><td>Mon</td><td>6 km</td></tr>\n";
    let table = format!("# March\n<table>\n{}</table>\n", row.repeat(7));
    let read = read_bytes("march.md", table.as_bytes()).imported;
    let problem = &read.problems[0];
    assert!(problem.what.contains("a table in HTML, 7 rows") && read.refusal.is_none(), "{problem:?}");
    let of_days = table.replace("6 km", "rest");
    assert!(read_bytes("march.md", of_days.as_bytes()).imported.problems.is_empty());
}

#[test]
fn a_text_about_files_is_not_taken_for_undated_notes() {
    let text = b"# About this folder\n\nDiaries of hip pain, one for each runner.\n";
    let refusal = |name: &str| format!("{:?}", read_bytes(name, text).imported.refusal);
    assert!(refusal("logs/README.md").contains("Ignored") && refusal("INDEX.md").contains("Ignored"));
    assert!(refusal("pain.md").contains("Failed") && refusal("my-index.md").contains("Failed"));
}

#[test]
fn notes_under_the_name_of_a_text_about_files_are_not_lost_in_silence() {
    let contents = read_bytes("README.md", b"03/04/2026: right hip 8/10, can't put weight on it\n");
    let Imported { refusal: None, problems, .. } = contents.imported else { panic!("{contents:?}") };
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].place, Place::Line(1));
    assert!(problems[0].what.contains("can't put weight on it"), "{}", problems[0].what);
}

#[test]
fn the_activities_of_a_program_that_is_not_read_are_told_as_a_loss() {
    for name in ["1.hrm", "a/20120503.pdd", "Log.fitlog", "w.PWX"] {
        let read = read_bytes(name, b"x=1");
        assert!(matches!(read.imported.refusal, Some(Refusal::Failed(_))), "{name}");
    }
}
