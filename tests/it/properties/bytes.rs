//! Any bytes under any name: nothing panics, every file has a row, and every row that gave nothing says why.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use runhip::demo;
use runhip::model::ledger::FileOutcome;

use super::figures::SEED;
use super::made_up::{afterwards, folder, imported, number, report};

const ENDINGS: [&str; 12] = ["gpx", "tcx", "fit", "csv", "tsv", "md", "txt", "json", "html", "xml", "gpx.gz", "fit.gz"];

/// Beginnings that pass the first check of a file.
const BEGINNINGS: [&[u8]; 11] = [
    b"",
    b"<?xml version=\"1.0\"?><gpx><trk><time>2024-03-04T06:00:00Z</time><trkseg><trkpt lat=\"48\" lon=\"11\">",
    b"<gpx><trk><extensions><distance>1e308</distance></extensions><time>0000-00-00T99:99:99Z</time></trk>",
    b"<TrainingCenterDatabase><Activities><Activity Sport=\"Running\"><Id>2024-03-04T06:00:00Z</Id><Lap>",
    b"\x0e\x10\x64\x08\x10\x00\x00\x00.FIT\x00\x00",
    b"\x0e\x10\x64\x08\xff\xff\xff\xff.FIT\x00\x00\x40\x00\x00\x12\x00\x02\xfd\x04\x86\x09\x04\x86",
    b"date,distance_km,duration,notes\n2024-03-04,",
    b"date,side,severity,note\n2024-03-04,left,",
    b"2024-03-04: left hip ",
    b"{\"tool\": {\n    \"name\": ",
    b"\xff\xfed\x00a\x00t\x00e\x00,\x00k\x00m\x00\n\x00",
];

fn contents() -> impl Strategy<Value = Vec<u8>> {
    let tail = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..300),
        "[-0-9:.,;eE+\"'\\n<>/ a-z\u{0}\u{feff}\u{1f3c3}]{0,200}".prop_map(String::into_bytes),
    ];
    (proptest::sample::select(&BEGINNINGS[..]), tail).prop_map(|(beginning, tail)| [beginning, &tail].concat())
}

/// A real file with a few bytes changed and its end cut off.
fn damaged() -> impl Strategy<Value = (String, Vec<u8>)> {
    let files: Vec<(String, Vec<u8>)> = demo::files(&demo::plan(demo::DEFAULT_SEED))
        .into_iter()
        .filter(|(name, _)| name != "runhip.toml")
        .take(4)
        .map(|(name, bytes)| (name.replace('/', "-"), bytes))
        .collect();
    let changes = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6);
    (proptest::sample::select(files), changes, any::<prop::sample::Index>()).prop_map(
        |((name, mut bytes), changes, end)| {
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes.truncate(1 + end.index(bytes.len()));
            (name, bytes)
        },
    )
}

fn few() -> Config {
    Config { cases: 24, failure_persistence: None, rng_seed: RngSeed::Fixed(SEED), ..Config::default() }
}

/// All files are in the ledger, and the report adds up.
fn accounted_for(files: &[(String, Vec<u8>)]) -> Result<(), TestCaseError> {
    let named: Vec<(&str, &Vec<u8>)> = files.iter().map(|(name, bytes)| (name.as_str(), bytes)).collect();
    let dir = folder(&named);
    let log = imported(dir.path());
    let mut given: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    given.sort_unstable();
    let rows: Vec<&str> = log.files.iter().map(|row| row.path.as_str()).collect();
    prop_assert_eq!(rows, given);
    for row in &log.files {
        let gave = row.activities + row.notes;
        let said = row.reason.is_some() || !row.problems.is_empty();
        prop_assert!(gave > 0 || said, "{} gave nothing and nothing says why: {row:?}", row.path);
        if matches!(row.outcome, FileOutcome::Failed | FileOutcome::Ignored) {
            prop_assert!(row.reason.is_some() && gave == 0, "{row:?}");
        }
    }
    let report = report(&log, afterwards());
    let totals = &report["import"]["totals"];
    let held: u64 = log.files.iter().map(|row| row.activities).sum();
    let out = ["runs_out", "duplicates_merged", "other_sport", "left_out"].map(|key| number(&totals[key]));
    prop_assert_eq!((number(&totals["activities_in"]), out.iter().sum::<u64>()), (held, held));
    Ok(())
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn arbitrary_bytes_under_every_name_are_accounted_for(all in proptest::collection::vec(contents(), ENDINGS.len())) {
        let files: Vec<_> =
            ENDINGS.iter().zip(all).map(|(ending, bytes)| (format!("file.{ending}"), bytes)).collect();
        accounted_for(&files)?;
    }

    #[test]
    fn damaged_files_are_accounted_for((name, bytes) in damaged()) {
        accounted_for(&[(name, bytes)])?;
    }
}
