//! Archives made by the tests: valid, broken and malicious ones.

mod damaged;
mod exports;
mod harm;

use std::io::Write as _;

use chrono::NaiveDate;
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;
use crate::import::Options;
use crate::import::csv::CsvOptions;
use crate::import::imported::Refusal;
use crate::model::concern::{Concern, ConcernClassifier};
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

/// Written as a program does that cannot seek back: sizes and checksum follow each member.
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

/// The path of each row, its number of activities, and why it was skipped or what was wrong with it.
fn looked_at(bytes: &[u8], ignore: &[&str]) -> Vec<(String, usize, String)> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.zip");
    std::fs::write(&path, bytes).unwrap();
    let ignore: Vec<String> = ignore.iter().map(|&glob| glob.to_owned()).collect();
    let ignored = source::patterns(&ignore).unwrap();
    let mut rows = read(
        &path,
        ("a.zip", ""),
        &ignored,
        ReadOptions {
            csv: &CsvOptions::default(),
            limits: &Limits::default(),
            classifier: ConcernClassifier(|_| Concern::Nothing),
        },
        2,
    );
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

/// Replaces every occurrence of `from`.
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
                ("a.zip", ""),
                &GlobSet::empty(),
                ReadOptions {
                    csv: &CsvOptions::default(),
                    limits: &Limits::default(),
                    classifier: ConcernClassifier(|_| Concern::Nothing),
                },
                threads,
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
fn encrypted_members_say_so() {
    let mut bytes = packed(&[("a.gpx", gpx(1).as_bytes())]);
    for (signature, flags) in [(&b"PK\x03\x04"[..], 6), (b"PK\x01\x02", 8)] {
        let at = memchr::memmem::find(&bytes, signature).unwrap();
        bytes[at + flags] |= 1;
    }
    assert_eq!(told(&looked_at(&bytes, &[])), [("a.zip", 0, SOUND), ("a.zip!/a.gpx", 0, "it is encrypted")]);
    // Also if only the header before the data is left.
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever is wrong with an archive, reading it ends, and it has a row.
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
