//! Runs every reader on small inputs kept for it, made by hand or found by fuzzing, both unchanged and damaged: what
//! must hold for any bytes holds for these.

use std::fs;
use std::panic;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngSeed};
use runhip::demo;

use crate::inputs::{self, READERS, hold};

/// The same cases each time, so that a change of the code is the only difference.
const SEED: u64 = 20_260_304;

/// Kept inputs are small, since each shows one thing.
const MOST_BYTES: usize = 12_000;

/// An input: its reader, its file and its bytes.
type Kept = (&'static str, String, Vec<u8>);

fn kept() -> Vec<Kept> {
    static KEPT: LazyLock<Vec<Kept>> = LazyLock::new(read_kept);
    KEPT.clone()
}

fn read_kept() -> Vec<Kept> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fuzz");
    let mut all = Vec::new();
    for (reader, _) in READERS.into_iter().filter(|(reader, _)| *reader != "cache") {
        let folder = fs::read_dir(root.join(reader)).unwrap_or_else(|error| panic!("inputs of {reader}: {error}"));
        let mut paths: Vec<_> = folder.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        all.extend(paths.into_iter().map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (reader, name, fs::read(path).expect("its bytes"))
        }));
    }
    // The cache is built from what was read from the others.
    let logs = all.iter().filter(|(reader, ..)| inputs::READ_AS_LOGS.contains(reader));
    let cached =
        logs.map(|(_, name, bytes)| ("cache", name.clone(), inputs::in_cache(name, bytes))).collect::<Vec<_>>();
    all.extend(cached);
    all
}

/// Writes the starting inputs for fuzzing when asked to: the kept inputs and the files of the demo.
#[test]
fn seeds_for_fuzzing_are_written_where_asked() {
    let demo = demo::files(&demo::plan(demo::DEFAULT_SEED)).into_iter().filter_map(|(name, bytes)| {
        let reader = match name.rsplit_once('.')?.1 {
            "gpx" => "gpx",
            "csv" => "run_log",
            "md" => "notes",
            "toml" => "config",
            _ => return None,
        };
        // Longer inputs slow fuzzing down and show nothing new.
        let end = bytes.len().min(MOST_BYTES);
        Some((reader, name.replace('/', "-"), bytes[..end].to_vec()))
    });
    let mut seeds: Vec<Kept> = kept().into_iter().chain(demo).collect();
    let logs: Vec<Vec<u8>> = seeds.iter().filter(|seed| seed.0 == "run_log").map(|seed| seed.2.clone()).collect();
    let notes: Vec<Vec<u8>> = seeds.iter().filter(|seed| seed.0 == "notes").map(|seed| seed.2.clone()).collect();
    seeds.extend(logs.iter().zip(notes.iter().cycle()).enumerate().map(|(number, (log, notes))| {
        ("report", format!("{number}-of-run-log-and-notes"), [&log[..], &notes[..]].join(&b'\x0c'))
    }));
    for (reader, _) in READERS {
        assert!(seeds.iter().filter(|seed| seed.0 == reader).count() > 2, "seeds of {reader}");
    }
    if std::env::var("RUNHIP_WRITE_SEEDS").is_err() {
        return;
    }
    for (reader, name, bytes) in seeds {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(reader);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(name), bytes).expect("written");
    }
}

/// One change to the bytes of an input.
#[derive(Clone, Debug)]
enum Change {
    Byte(Index, u8),
    Cut(Index),
    /// A part of the input repeated somewhere else.
    Again(Index, Index, Index),
    Insert(Index, &'static str),
    Remove(Index, u8),
}

/// Text that readers look for, and extreme figures.
const WORDS: [&str; 24] = [
    "\n",
    "\r\n",
    "\"",
    ",",
    ";",
    "\t",
    "<",
    "</",
    "]]>",
    "&amp;",
    "<!--",
    "-",
    "0",
    "1e308",
    "99999999999",
    "NaN",
    "é",
    "\u{202e}",
    "\0",
    "{",
    "[",
    "2026-03-04",
    "24:00:00",
    "hip ",
];

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        1 => any::<Index>().prop_map(Change::Cut),
        2 => any::<(Index, Index, Index)>().prop_map(|(from, to, at)| Change::Again(from, to, at)),
        3 => (any::<Index>(), proptest::sample::select(&WORDS[..])).prop_map(|(at, word)| Change::Insert(at, word)),
        1 => (any::<Index>(), any::<u8>()).prop_map(|(at, count)| Change::Remove(at, count)),
    ]
}

fn changed(bytes: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for change in changes {
        let place = |at: &Index| at.index(bytes.len() + 1);
        match change {
            Change::Byte(at, byte) if !bytes.is_empty() => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Change::Byte(..) => {}
            Change::Cut(at) => bytes.truncate(place(at)),
            Change::Again(from, to, at) => {
                let (from, to, at) = (place(from), place(to), place(at));
                let stretch = bytes[from.min(to)..from.max(to)].to_vec();
                bytes.splice(at..at, stretch);
            }
            Change::Insert(at, word) => {
                let at = place(at);
                bytes.splice(at..at, word.bytes());
            }
            Change::Remove(at, count) => {
                let from = place(at);
                let to = (from + usize::from(*count)).min(bytes.len());
                bytes.drain(from..to);
            }
        }
    }
    bytes
}

#[test]
fn every_reader_holds_its_word_on_what_is_kept_for_it() {
    let mut broken = Vec::new();
    for (reader, name, bytes) in kept() {
        assert!(bytes.len() <= MOST_BYTES, "{reader}/{name} is no small input");
        if panic::catch_unwind(|| hold(reader, &bytes)).is_err() {
            broken.push(format!("{reader}/{name}"));
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn the_usual_inputs_are_read_and_not_only_refused() {
    // A seed that its reader refuses at once is of no use to fuzzing.
    let read = |reader: &str, name: &str| {
        let (_, _, bytes) = kept().into_iter().find(|kept| (kept.0, kept.1.as_str()) == (reader, name)).expect(name);
        inputs::activities_of(name, &bytes)
    };
    for (reader, name, activities) in [
        ("gpx", "usual.gpx", 1),
        ("gpx", "utf-16.gpx", 1),
        ("tcx", "usual.tcx", 1),
        ("tcx", "several-sports.tcx", 2),
        ("fit", "usual.fit", 1),
        ("fit", "two-sessions.fit", 2),
        ("fit", "two-chained.fit", 2),
        ("fit", "never-finished.fit", 1),
        ("run_log", "plain.csv", 3),
        ("run_log", "strava.csv", 1),
        ("run_log", "semicolons.csv", 1),
        ("apple_health", "usual.xml", 1),
        ("json", "polar.json", 3),
        ("json", "nike.json", 1),
    ] {
        assert_eq!(read(reader, name), activities, "{reader}/{name}");
    }
}

proptest! {
    #![proptest_config(Config { cases: 400, failure_persistence: None, rng_seed: RngSeed::Fixed(SEED), ..Config::default() })]

    #[test]
    fn every_reader_holds_its_word_on_damaged_inputs(
        which in any::<Index>(),
        changes in proptest::collection::vec(change(), 1..8),
    ) {
        let kept = kept();
        let (reader, name, bytes) = &kept[which.index(kept.len())];
        let damaged = changed(bytes, &changes);
        prop_assert!(
            panic::catch_unwind(|| hold(reader, &damaged)).is_ok(),
            "{reader}/{name}: {}", damaged.escape_ascii()
        );
    }
}
