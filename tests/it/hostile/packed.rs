//! Malicious archives and packed files.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::watched::{Watched, check, watch};
use crate::place::{Place, QUIET_LOG};

/// A log of other days than the one beside the archive.
fn other_log() -> String {
    QUIET_LOG.replace("2025-", "2024-")
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn checked(archive: &[u8], configuration: &str) -> Watched {
    let place = Place::with(&[("log.csv", QUIET_LOG), ("runhip.toml", configuration)]);
    place.write("in/a.zip", archive);
    let seen = watch(check(&place.path("")).spawn().unwrap());
    // Whatever is in the archive, the log beside it is read, and none of it is written to the disk.
    assert_eq!(seen.row("log.csv"), "read    log.csv, csv (run-log), 12 activities");
    assert_eq!(place.names("in"), ["a.zip", "log.csv", "runhip.toml"]);
    assert_eq!(place.names(""), ["in"]);
    seen
}

const TOO_OFTEN: &str = "it was not read: it unpacks to more than 250 times its size";

#[test]
fn a_member_that_unpacks_to_a_thousand_times_its_size_is_refused() {
    let bomb = zipped(&[("a.gpx", &vec![b' '; 300_000_000]), ("b.csv", other_log().as_bytes())]);
    let seen = checked(&bomb, "");
    assert_eq!(seen.row("a.zip!/a.gpx"), format!("failed  a.zip!/a.gpx: {TOO_OFTEN}"));
    assert!(seen.row("a.zip!/b.csv").ends_with(", 12 activities"), "{}", seen.out);
    assert!(seen.out.contains("raise the limit under [limits] in runhip.toml"), "{}", seen.out);
    seen.assert_below(100_000_000);
    // Nested, and nested and compressed with gzip.
    let mut nested = zipped(&[("a.md.gz", &gzipped(&vec![b'a'; 300_000_000]))]);
    for _ in 0..2 {
        nested = zipped(&[("in.zip", &nested)]);
    }
    let seen = checked(&nested, "");
    assert!(seen.row("a.zip!/in.zip!/in.zip!/a.md.gz").ends_with(TOO_OFTEN), "{}", seen.out);
    seen.assert_below(100_000_000);
}

#[test]
fn the_ratio_and_the_size_that_may_come_out_can_be_set() {
    // Five megabytes that shrink to about five thousand bytes: more than is harmless, but only a log in the end.
    let mut log = other_log();
    log.push_str(&"\n".repeat(5_000_000));
    let packed = zipped(&[("log.csv", log.as_bytes())]);
    assert!(packed.len() * 600 < log.len() && packed.len() * 2_000 > log.len(), "{}", packed.len());
    assert!(checked(&packed, "").row("a.zip!/log.csv").ends_with(TOO_OFTEN));
    let generous = checked(&packed, "[limits]\nunpacked_ratio = 2000\n");
    assert!(generous.row("a.zip!/log.csv").ends_with(", 12 activities"), "{}", generous.out);
    // The smaller of two limits applies.
    let seen = checked(&packed, "[limits]\nunpacked_ratio = 2000\nunpacked_size = \"4.5 MB\"\n");
    assert!(seen.row("a.zip!/log.csv").ends_with("it was not read: it unpacks to more than 4.5 MB"), "{}", seen.out);
    let inner = zipped(&[("in.zip", &packed)]);
    let seen = checked(&inner, "[limits]\nunpacked_ratio = 2000\ninner_archive_size = \"1kB\"\n");
    assert!(seen.row("a.zip!/in.zip").ends_with("it is larger than the 1 kB that files of this kind may have"));
}

#[test]
fn names_that_lead_out_are_refused_and_write_nothing() {
    let bytes = QUIET_LOG.as_bytes();
    let seen = checked(
        &zipped(&[
            ("../../out.csv", bytes),
            ("/etc/out.csv", bytes),
            ("..\\out.csv", bytes),
            ("C:\\out.csv", bytes),
            ("a/../../out.csv", bytes),
        ]),
        "",
    );
    for name in ["%2E%2E/%2E%2E/out.csv", "etc/out.csv", "%2E%2E/out.csv", "C:/out.csv", "a/%2E%2E/%2E%2E/out.csv"] {
        let row = seen.row(&format!("a.zip!/{name}"));
        assert!(row.ends_with("it was not read: its name leads out of the archive"), "{row}");
    }
}

#[test]
fn an_export_whose_rows_lead_out_of_it_is_not_followed() {
    let rows = "Activity ID,Activity Date,Activity Name,Activity Type,Distance,Filename\n\
                1,\"Mar 4, 2025, 6:30:00 AM\",Run,Run,10.0,../../secret.gpx\n";
    let seen = checked(&zipped(&[("activities.csv", rows.as_bytes())]), "");
    assert!(
        seen.out.contains("the file name \"secret.gpx\" leads out of the export and was not followed"),
        "{}",
        seen.out
    );
    assert!(seen.row("a.zip!/activities.csv").ends_with("1 activity"));
}
