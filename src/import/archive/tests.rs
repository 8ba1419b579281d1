//! Archives made here: sound ones, broken ones, and ones made to do harm.

use std::io::Write as _;

use chrono::NaiveDate;
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;
use crate::import::Options;
use crate::import::csv::CsvOptions;
use crate::import::imported::Refusal;
use crate::model::limits::Limits;
use crate::model::log::Log;
use crate::model::sport::Sport;

type Members<'a> = [(&'a str, &'a [u8])];

fn packed_by(method: CompressionMethod, members: &Members<'_>) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn packed(members: &Members<'_>) -> Vec<u8> {
    packed_by(CompressionMethod::Deflated, members)
}

fn stored(members: &Members<'_>) -> Vec<u8> {
    packed_by(CompressionMethod::Stored, members)
}

/// As programs write that cannot go back: sizes and checksum stand behind each member.
fn streamed(members: &Members<'_>) -> Vec<u8> {
    let mut writer = ZipWriter::new_stream(Vec::new());
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gpx(day: u32) -> String {
    let point = |minute| {
        format!("<trkpt lat=\"48\" lon=\"11.{minute:02}\"><time>2026-03-{day:02}T06:{minute:02}:00Z</time></trkpt>")
    };
    format!("<gpx><trk><type>running</type><trkseg>{}{}</trkseg></trk></gpx>", point(0), point(20))
}

/// Path, activities, and why it was left or what was wrong with it.
fn looked_at(bytes: &[u8], ignore: &[&str]) -> Vec<(String, usize, String)> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.zip");
    std::fs::write(&path, bytes).unwrap();
    let ignore: Vec<String> = ignore.iter().map(|&glob| glob.to_owned()).collect();
    let ignored = source::patterns(&ignore).unwrap();
    let mut rows =
        read(&path, "a.zip", "", &ignored, Terms { csv: &CsvOptions::default(), limits: &Limits::default() });
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let told = |contents: &FileContents| match &contents.imported.refusal {
        Some(Refusal::Ignored(reason)) => reason.clone(),
        Some(Refusal::Failed(problem)) => problem.what.clone(),
        None => contents.imported.problems.iter().map(|problem| problem.what.as_str()).collect::<Vec<_>>().join("; "),
    };
    rows.iter().map(|(path, contents)| (path.clone(), contents.imported.activities.len(), told(contents))).collect()
}

fn told(rows: &[(String, usize, String)]) -> Vec<(&str, usize, &str)> {
    rows.iter().map(|(path, activities, told)| (path.as_str(), *activities, told.as_str())).collect()
}

const SOUND: &str = "";

/// Changes every occurrence of `from`.
fn patched(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let places: Vec<usize> = memchr::memmem::find_iter(&bytes, from).collect();
    assert!(!places.is_empty());
    for place in places {
        bytes[place..place + to.len()].copy_from_slice(to);
    }
    bytes
}

#[test]
fn every_member_has_its_row_and_archives_inside_are_opened() {
    let one = gpx(1);
    let inner = packed(&[("c.gpx", gpx(2).as_bytes()), ("d.txt", b"2026-03-05 hip sore")]);
    let bytes = packed(&[
        ("runs/b.gpx", one.as_bytes()),
        ("deep/b.zip", &inner),
        ("stored/b.zip", &stored(&[("e.gpx", gpx(3).as_bytes())])),
        ("photo.jpg", b"x"),
        ("runhip.toml", b"units = \"mi\""),
        ("__MACOSX/runs/._b.gpx", b"x"),
        ("old/b.gpx", one.as_bytes()),
    ]);
    let rows = looked_at(&bytes, &["old/**"]);
    assert_eq!(
        told(&rows),
        [
            ("a.zip", 0, SOUND),
            ("a.zip!/__MACOSX/runs/._b.gpx", 0, "a hidden file"),
            ("a.zip!/deep/b.zip", 0, SOUND),
            ("a.zip!/deep/b.zip!/c.gpx", 1, SOUND),
            ("a.zip!/deep/b.zip!/d.txt", 0, SOUND),
            ("a.zip!/old/b.gpx", 0, "matches a pattern under ignore in runhip.toml"),
            ("a.zip!/photo.jpg", 0, "not a kind of file that runhip reads"),
            ("a.zip!/runhip.toml", 0, "a configuration inside an archive does not count; give it with --config"),
            ("a.zip!/runs/b.gpx", 1, SOUND),
            ("a.zip!/stored/b.zip", 0, SOUND),
            ("a.zip!/stored/b.zip!/e.gpx", 1, SOUND),
        ]
    );
    assert_eq!(told(&looked_at(&packed(&[]), &[])), [("a.zip", 0, "an empty archive")]);
}

#[test]
fn threads_do_not_change_the_order() {
    let names: Vec<String> = (0..100).map(|n| format!("{n:03}.gpx")).collect();
    let track = gpx(1);
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), track.as_bytes())).collect();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.zip");
    std::fs::write(&path, packed(&members)).unwrap();
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            read(
                &path,
                "a.zip",
                "",
                &GlobSet::empty(),
                Terms { csv: &CsvOptions::default(), limits: &Limits::default() },
            )
        })
        .into_iter()
        .map(|(path, contents)| (path, contents.imported.activities.len()))
        .collect::<Vec<_>>()
    };
    let one = with(1);
    assert_eq!(one.iter().map(|row| row.1).sum::<usize>(), 100);
    assert_eq!(one, with(3));
}

#[test]
fn names_that_lead_out_are_refused_and_shown_as_leading_nowhere() {
    let track = gpx(1);
    let bytes =
        packed(&[("../evil.gpx", track.as_bytes()), ("C:\\evil.gpx", track.as_bytes()), ("ok.gpx", track.as_bytes())]);
    let why = "it was not read: its name leads out of the archive";
    assert_eq!(
        told(&looked_at(&bytes, &[])),
        [
            ("a.zip", 0, SOUND),
            ("a.zip!/%2E%2E/evil.gpx", 0, why),
            ("a.zip!/C:/evil.gpx", 0, why),
            ("a.zip!/ok.gpx", 1, SOUND)
        ]
    );
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let zeros = vec![0; 40_000_000];
    let plain = packed(&[("a.gpx", &zeros), ("b.gpx", gpx(1).as_bytes())]);
    let why = "it was not read: it unpacks to more than 250 times its size";
    assert!(plain.len() < 60_000);
    assert_eq!(
        told(&looked_at(&plain, &[])),
        [("a.zip", 0, SOUND), ("a.zip!/a.gpx", 0, why), ("a.zip!/b.gpx", 1, SOUND)]
    );
    let nested = packed(&[("b.zip", &packed(&[("a.gpx", &zeros)]))]);
    assert!(nested.len() * 100_000 < 2 * zeros.len(), "{} bytes", nested.len());
    assert_eq!(
        told(&looked_at(&nested, &[])),
        [("a.zip", 0, SOUND), ("a.zip!/b.zip", 0, SOUND), ("a.zip!/b.zip!/a.gpx", 0, why)]
    );
    // Many that are harmless one by one.
    let part = vec![b' '; 1_500_000];
    let many = packed(&[("a.gpx", &part), ("b.gpx", &part), ("c.gpx", &part), ("d.gpx", gpx(1).as_bytes())]);
    let rows = looked_at(&many, &[]);
    let refused: Vec<&str> = rows.iter().filter(|row| row.2 == why).map(|row| row.0.as_str()).collect();
    assert_eq!(refused, ["a.zip!/c.gpx"]);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn packing_twice_gains_nothing() {
    // 30 MB of blanks, 30 kB with gzip, which the archive packs again to some 100 bytes.
    let blanks = gzip(&vec![b' '; 30_000_000]);
    let noise: Vec<u8> = (0_u32..200_000).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    let (track, plain) = (gzip(gpx(1).as_bytes()), gpx(2));
    let members: &Members<'_> =
        &[("a.csv.gz", &blanks), ("noise.jpg", &noise), ("b.gpx.gz", &track), ("c.gpx", plain.as_bytes())];
    let why = "it was not read: it unpacks to more than 250 times its size";
    let whole = packed(members);
    // Once with its table of contents, once as a download that broke off before it.
    let table = memchr::memmem::find(&whole, b"PK\x01\x02").unwrap();
    for bytes in [&whole[..], &whole[..table + 4]] {
        let rows = looked_at(bytes, &[]);
        let told: Vec<(&str, usize, &str)> =
            told(&rows).into_iter().filter(|row| row.0.contains("gpx") || row.0.contains("csv")).collect();
        assert_eq!(told, [("a.zip!/a.csv.gz", 0, why), ("a.zip!/b.gpx.gz", 1, SOUND), ("a.zip!/c.gpx", 1, SOUND)]);
    }
    // Nor does an archive around it.
    let rows = looked_at(&packed(&[("in.zip", &whole), ("noise.jpg", &noise)]), &[]);
    assert!(rows.contains(&("a.zip!/in.zip!/a.csv.gz".to_owned(), 0, why.to_owned())), "{rows:?}");
    assert!(rows.contains(&("a.zip!/in.zip!/b.gpx.gz".to_owned(), 1, SOUND.to_owned())), "{rows:?}");
}

#[test]
fn members_that_share_their_bytes_are_refused() {
    // The table lists one and the same member three times under three names.
    let track = gpx(1);
    let blanks = vec![b' '; 3_000_000];
    let bytes = packed(&[("a.gpx", track.as_bytes()), ("b.md", &blanks)]);
    let at = |needle: &[u8]| memchr::memmem::find_iter(&bytes, needle).collect::<Vec<_>>();
    let (table, end) = (at(b"PK\x01\x02"), at(b"PK\x05\x06")[0]);
    let mut line = bytes[table[1]..end].to_vec();
    let mut overlapping = bytes[..end].to_vec();
    for name in [b"c.md", b"d.md"] {
        line[46..50].copy_from_slice(name);
        overlapping.extend(&line);
    }
    let mut tail = bytes[end..].to_vec();
    for at in [8, 10] {
        tail[at] = 4;
    }
    let size = u32::try_from(overlapping.len() - table[0]).unwrap();
    tail[12..16].copy_from_slice(&size.to_le_bytes());
    overlapping.extend(&tail);
    let rows = looked_at(&overlapping, &[]);
    assert_eq!(rows[1].1, 1, "{rows:?}");
    assert_eq!(rows.last().unwrap().2, "it was not read: its members overlap", "{rows:?}");
}

#[test]
fn a_member_gives_no_more_than_the_table_promises() {
    let text = format!("{}{}", gpx(1), " ".repeat(10_000));
    let bytes = packed(&[("a.gpx", text.as_bytes())]);
    let size = u32::try_from(text.len()).unwrap().to_le_bytes();
    let lying = patched(bytes, &size, &200_u32.to_le_bytes());
    let rows = looked_at(&lying, &[]);
    assert!(rows[1].2.contains("larger than its declared uncompressed size"), "{rows:?}");
}

#[test]
fn encrypted_members_say_so() {
    let mut bytes = packed(&[("a.gpx", gpx(1).as_bytes())]);
    for (signature, flags) in [(&b"PK\x03\x04"[..], 6), (b"PK\x01\x02", 8)] {
        let at = memchr::memmem::find(&bytes, signature).unwrap();
        bytes[at + flags] |= 1;
    }
    assert_eq!(told(&looked_at(&bytes, &[])), [("a.zip", 0, SOUND), ("a.zip!/a.gpx", 0, "it is encrypted")]);
    // Also where only the header in front of it is left.
    let table = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
    assert_eq!(told(&looked_at(&bytes[..table + 10], &[]))[1], ("a.zip!/a.gpx", 0, "it is encrypted"));
}

#[test]
fn members_under_one_name_are_told_of() {
    let bytes = packed(&[("a.gpx", gpx(1).as_bytes()), ("b.gpx", gpx(2).as_bytes())]);
    let rows = looked_at(&patched(bytes, b"b.gpx", b"a.gpx"), &[]);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].2, "several members have the same name, and only the last of each was read");
}

#[test]
fn a_damaged_member_costs_itself_alone() {
    let log = "date,distance_km\n2026-03-04,10.2\n2026-03-05,10.3\n";
    let bytes = stored(&[("a.csv", log.as_bytes()), ("b.gpx", gpx(2).as_bytes())]);
    let rows = looked_at(&patched(bytes, b"10.3", b"99.3"), &[]);
    assert!(rows[1].2.starts_with("the file breaks off: Invalid checksum"), "{rows:?}");
    assert_eq!(rows[2].1, 1);
    let at = |bytes: &[u8]| memchr::memmem::find(bytes, b"PK\x03\x04").unwrap();
    let mut bytes = stored(&[("a.csv", log.as_bytes()), ("b.gpx", gpx(2).as_bytes())]);
    let start = at(&bytes);
    bytes[start] = b'X';
    let rows = looked_at(&bytes, &[]);
    assert_eq!(rows[1].2, "the file could not be read: its place in the archive is damaged");
    assert_eq!(rows[2].1, 1);
}

#[test]
fn of_an_archive_that_breaks_off_what_is_there_is_read() {
    let log = "date,distance_km\n2026-03-04,10.2\n2026-03-05,10.35\n";
    let tracks = [gpx(1), gpx(2)];
    let inner = packed(&[("c.gpx", gpx(3).as_bytes())]);
    let members: &Members<'_> = &[
        ("a.gpx", tracks[0].as_bytes()),
        ("photo.jpg", b"not read, but passed over"),
        ("folder/b.gpx", tracks[1].as_bytes()),
        ("c.zip", &inner),
        ("log.csv", log.as_bytes()),
    ];
    for whole in [packed(members), stored(members), streamed(members)] {
        let sound_rows = looked_at(&whole, &[]);
        let sound = told_counts(&sound_rows);
        assert_eq!(sound.len(), 7);
        let table = memchr::memmem::rfind(&whole, b"PK\x01\x02log.csv".as_slice()).or_else(|| {
            // The first line of the outer table, which lists the first member.
            memchr::memmem::find_iter(&whole, b"PK\x01\x02").find(|at| whole[at + 46..].starts_with(b"a.gpx"))
        });
        // Only the table is missing: every member is there.
        let rows = looked_at(&whole[..table.unwrap() + 20], &[]);
        assert_eq!(told_counts(&rows), sound);
        assert!(rows[0].2.starts_with("the file breaks off: its table of contents is missing"), "{rows:?}");
    }
    // The break is inside the last member: its last whole row is kept, and not half of the next.
    let whole = stored(members);
    let cut = memchr::memmem::rfind(&whole, b"10.35").unwrap() + 3;
    let rows = looked_at(&whole[..cut], &[]);
    let last = rows.iter().find(|row| row.0 == "a.zip!/log.csv").unwrap();
    assert_eq!(last.1, 1);
    assert!(last.2.contains("breaks off"), "{last:?}");
    // The break is inside the archive inside.
    let cut = memchr::memmem::find(&whole, b"c.gpx").unwrap() + 30;
    let rows = looked_at(&whole[..cut], &[]);
    let paths: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
    assert_eq!(
        paths,
        ["a.zip", "a.zip!/a.gpx", "a.zip!/c.zip", "a.zip!/c.zip!/c.gpx", "a.zip!/folder/b.gpx", "a.zip!/photo.jpg"]
    );
}

fn told_counts(rows: &[(String, usize, String)]) -> Vec<(&str, usize)> {
    rows.iter().map(|row| (row.0.as_str(), row.1)).collect()
}

#[test]
fn the_table_of_an_archive_inside_is_not_taken_for_that_of_a_broken_one() {
    let inner = stored(&[("c.gpx", gpx(3).as_bytes())]);
    let whole = stored(&[("a.gpx", gpx(1).as_bytes()), ("c.zip", &inner), ("d.gpx", gpx(4).as_bytes())]);
    let cut = memchr::memmem::find(&whole, b"d.gpx").unwrap() + 60;
    let rows = looked_at(&whole[..cut], &[]);
    assert_eq!(
        told_counts(&rows)[..4],
        [("a.zip", 0), ("a.zip!/a.gpx", 1), ("a.zip!/c.zip", 0), ("a.zip!/c.zip!/c.gpx", 1)]
    );
    assert!(rows[0].2.contains("table of contents is missing"), "{rows:?}");
}

#[test]
fn archives_too_deep_and_what_is_no_archive_are_refused() {
    let mut bytes = packed(&[("x.gpx", gpx(1).as_bytes())]);
    for _ in 0..4 {
        bytes = packed(&[("b.zip", &bytes)]);
    }
    let rows = looked_at(&bytes, &[]);
    let last = rows.last().unwrap();
    assert_eq!(last.0, "a.zip!/b.zip!/b.zip!/b.zip!/b.zip");
    assert_eq!(last.2, "it was not read: archives lie more than 4 deep in one another");
    let rows = looked_at(b"<html>not found</html>", &[]);
    assert_eq!(told(&rows), [("a.zip", 0, "this is not readable zip: it does not begin like a zip archive")]);
    assert_eq!(looked_at(b"", &[])[0].2, "this is not readable zip: it does not begin like a zip archive");
}

fn imported(members: &Members<'_>) -> Log {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("export.zip");
    std::fs::write(&path, packed(members)).unwrap();
    let options = Options {
        ignore: Vec::new(),
        csv: CsvOptions::default(),
        timezone: Some(chrono_tz::Europe::Berlin),
        machine_zone: chrono_tz::UTC,
        today: NaiveDate::from_ymd_opt(2026, 6, 1).unwrap(),
        limits: Limits::default(),
        corrections: Vec::new(),
        cache: None,
    };
    crate::import::import(&[path], &options, &|_, _| {}).unwrap()
}

const STRAVA_HEADER: &str = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,\
    Distance,Filename\n";

#[test]
fn rows_of_an_export_join_the_members_they_name() {
    // The row's date is hours off, so that nothing but the name ties it to its file.
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

#[test]
fn an_archive_of_too_many_members_is_refused() {
    let bytes = packed(&[("a.gpx", b"x"), ("b.gpx", b"x"), ("c.gpx", b"x")]);
    let outcome = |most_members| {
        let (ignored, csv, limits) = (GlobSet::empty(), CsvOptions::default(), Limits::default());
        let names = Names { ledger: "a.zip".into(), relative: String::new() };
        let mut rows = Vec::new();
        let terms = Terms { csv: &csv, limits: &limits };
        let reading = Reading { ignored: &ignored, terms, most_members, too_large: String::new() };
        let holder = Holder { place: Where::Memory(&bytes), bytes: bytes.len() as u64, unpacked: 1_000 };
        reading.archive(holder, &names, 1, &mut 1_000, &mut rows);
        (rows.len(), rows[0].1.imported.refusal.clone())
    };
    assert_eq!(outcome(3), (4, None));
    let why = "it has more than 2 members".to_owned();
    assert_eq!(outcome(2), (1, Some(Refusal::Failed(Fault::Refused { why }.at(Place::File)))));
}

#[test]
fn members_of_the_archives_inside_count_too() {
    let inner = packed(&[("a.gpx", b"x"), ("b.gpx", b"x")]);
    let bytes = packed(&[("one.zip", &inner), ("two.zip", &inner)]);
    let outcome = |most_members| {
        let (ignored, csv, limits) = (GlobSet::empty(), CsvOptions::default(), Limits::default());
        let names = Names { ledger: "a.zip".into(), relative: String::new() };
        let terms = Terms { csv: &csv, limits: &limits };
        let reading = Reading { ignored: &ignored, terms, most_members, too_large: String::new() };
        let holder = Holder { place: Where::Memory(&bytes), bytes: bytes.len() as u64, unpacked: 10_000 };
        let mut rows = Vec::new();
        reading.archive(holder, &names, 1, &mut 10_000, &mut rows);
        rows.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(outcome(6).len(), 7);
    // The row of the first archive inside and its two members leave no room for those of the second.
    let short = ["a.zip", "a.zip!/one.zip", "a.zip!/one.zip!/a.gpx", "a.zip!/one.zip!/b.gpx", "a.zip!/two.zip"];
    assert_eq!(outcome(5), short);
}

#[test]
fn a_name_longer_than_a_file_may_have_is_cut_and_refused() {
    let name = format!("{}.zip", "ä".repeat(2_000));
    let inner = packed(&[("a.gpx", b"x")]);
    let rows = looked_at(&packed(&[(&name, &inner), ("b.gpx", gpx(1).as_bytes())]), &[]);
    let cut = format!("a.zip!/{}", "ä".repeat(500));
    let why = "it was not read: its name is longer than a file may have";
    assert_eq!(told(&rows), [("a.zip", 0, SOUND), ("a.zip!/b.gpx", 1, SOUND), (cut.as_str(), 0, why)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever is wrong with an archive, reading it ends, and there is a row for it.
    #[test]
    fn damage_anywhere_makes_nothing_panic(damage in proptest::collection::vec((0_usize..2_000, any::<u8>()), 1..6),
                                           kept in 0_usize..2_000, behind in any::<bool>()) {
        let inner = packed(&[("c.gpx", gpx(3).as_bytes())]);
        let tracks = [gpx(1), gpx(2)];
        let members: &Members<'_> =
            &[("a.gpx", tracks[0].as_bytes()), ("b/c.zip", &inner), ("d.csv", b"date,km\n2026-03-04,5\n"), ("e.gpx", tracks[1].as_bytes())];
        let mut bytes = if behind { streamed(members) } else { packed(members) };
        let length = bytes.len();
        for (place, byte) in damage {
            bytes[place % length] = byte;
        }
        bytes.truncate(kept.max(1).min(length) + usize::from(kept % 2 == 0) * length);
        let rows = looked_at(&bytes, &[]);
        prop_assert_eq!(rows[0].0.as_str(), "a.zip");
    }
}
