//! Files larger than the memory, and files of many megabytes that would take far more memory once read.

use std::fmt::Write as _;

use super::watched::{Watched, check, watch};
use crate::place::{Place, QUIET_LOG};

/// The most memory allowed for a file of this length beside that of the program itself: the entries read, and a few times the
/// file.
fn most_bytes(length: u64) -> u64 {
    18_000_000 + 4 * length
}

/// The memory that the program takes with a log of twelve lines; more where it is built without optimisation.
fn of_the_program_itself() -> u64 {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    (0..3).filter_map(|_| checked(&place).peak_bytes).max().unwrap_or_default()
}

fn checked(place: &Place) -> Watched {
    watch(check(&place.path("")).spawn().unwrap())
}

#[test]
fn ten_gigabytes_of_nothing_are_refused_by_their_size_or_their_first_bytes() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    let by_size = "it was not read: it is larger than the 100 MB that files of this kind may have";
    let endless = "reading stopped with \"a single tag or text is longer than 16 MB\"";
    let names = ["a.gpx", "a.tcx", "a.xml", "a.csv", "a.tsv", "a.json", "a.fit", "a.md", "a.txt", "a.zip", "a.gpx.gz"];
    for name in names {
        let file = std::fs::File::create(place.path(&format!("in/{name}"))).unwrap();
        file.set_len(10_000_000_000).unwrap();
    }
    let seen = checked(&place);
    assert_eq!(seen.status, Some(3), "{}", seen.err);
    for name in names {
        let row = seen.row(name);
        let says = match name {
            "a.gpx" | "a.tcx" | "a.gpx.gz" => endless,
            "a.xml" => "XML of a kind that runhip does not read; export the activities as GPX, TCX or FIT",
            "a.zip" => "it does not begin like a zip archive",
            _ => by_size,
        };
        assert!(row.ends_with(says), "{row}");
    }
    assert_eq!(seen.row("log.csv"), "read    log.csv, csv (run-log), 12 activities");
    assert!(seen.out.contains("raise the limit under [limits] in runhip.toml"), "{}", seen.out);
    // None of them was kept in memory.
    seen.assert_below(150_000_000);
}

#[test]
fn the_size_that_a_file_may_have_can_be_set() {
    let mut log = QUIET_LOG.to_owned();
    while log.len() < 2_000 {
        log.push_str("2025-03-30,5\n");
    }
    let place = Place::with(&[("log.csv", &log), ("runhip.toml", "[limits]\nfile_size = \"1.5 kB\"\n")]);
    let row = checked(&place).row("log.csv").to_owned();
    assert!(row.ends_with("it is larger than the 1.5 kB that files of this kind may have"), "{row}");
    place.write("in/runhip.toml", "[limits]\nfile_size = \"3kB\"\n");
    assert!(checked(&place).row("log.csv").starts_with("read "));
}

#[test]
fn a_configuration_of_gigabytes_is_refused() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    std::fs::File::create(place.path("in/runhip.toml")).unwrap().set_len(10_000_000_000).unwrap();
    let seen = checked(&place);
    assert_eq!(seen.status, Some(1));
    assert_eq!(seen.err, "runhip: in/runhip.toml cannot be read: it is larger than 50 MB\n");
    seen.assert_below(100_000_000);
}

#[test]
fn megabytes_of_tiny_entries_do_not_fill_the_memory() {
    let cases: [(&str, usize, &str, &str, &str); 6] = [
        ("a.csv", 20, "date,distance_km\n", "x\n", "it has more than 100000 entries; the rest was left out"),
        ("b.csv", 90, "date,distance_km", ",", "it was not read: a line of it is longer than 1 MB"),
        ("c.md", 10, "", "2025-03-04 x\n", "it has more than 100000 entries; the rest was left out"),
        ("d.md", 8, "2025-03-04 x\n", "and so on\n", "1 note is longer than twenty pages; the rest was left out"),
        (
            "e.json",
            90,
            "{\"summarizedActivitiesExport\":[",
            "{},",
            "it was not read: it has more than 500000 objects or 10000000 values",
        ),
        ("f.gpx", 90, "<gpx>", "<trk/>", "it holds more than 100000 tracks"),
    ];
    let itself = of_the_program_itself();
    for (name, megabytes, begins, goes_on, says) in cases {
        let length = megabytes * 1_000_000;
        let place = Place::with(&[(name, &format!("{begins}{}", goes_on.repeat(length / goes_on.len())))]);
        let seen = checked(&place);
        assert_eq!(seen.status, Some(3), "{name}: {}", seen.err);
        assert!(seen.out.contains(says), "{name}: {}", &seen.out[..seen.out.len().min(2_000)]);
        seen.assert_below(itself + most_bytes(length as u64));
    }
}

#[test]
fn the_first_hundred_thousand_rows_are_read() {
    let mut log = "date,distance_km\n".to_owned();
    for row in 0..100_010 {
        writeln!(log, "2025-03-{:02},{}", row % 28 + 1, row % 17 + 3).unwrap();
    }
    let seen = checked(&Place::with(&[("log.csv", &log)]));
    assert_eq!(seen.row("log.csv"), "read    log.csv, csv (run-log), 100000 activities");
    assert!(seen.out.contains("log.csv:100002: it has more than 100000 entries"), "{}", seen.out);
}
