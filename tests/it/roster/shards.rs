//! `roster --shard` and merging shards: the same bytes as one run over all, and what is refused.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{Days, NaiveDate};

use super::team::{A_NOTICE, ladder};
use crate::place::{AS_OF, Place, QUIET_LOG, Ran};

/// Two years of runs with an occasional longer week, and hip pain after some of those.
fn long(shift: u64) -> (String, String) {
    let first = NaiveDate::from_ymd_opt(2023, 3, 6).unwrap();
    let (mut runs, mut notes) = ("date,distance_km,shoe\n".to_owned(), String::new());
    for week in 0..106_u64 {
        let jump = (week + shift) % 9 == 5;
        for (day, km) in [(1, 7), (4, 9), (6, if jump { 21 } else { 13 })] {
            writeln!(runs, "{},{km},Ghost", first + Days::new(7 * week + day)).unwrap();
        }
        if week > 9 && [6, 15].contains(&((week + shift) % 27)) {
            writeln!(notes, "{}: right hip 4/10", first + Days::new(7 * week + 2)).unwrap();
            writeln!(notes, "{}: hip fine", first + Days::new(7 * week + 5)).unwrap();
        }
    }
    (runs, notes)
}

/// A club with every kind of athlete, with the reports and index of the week before in `before`.
pub fn club() -> Place {
    let place = ladder();
    for number in 0..6 {
        let (runs, notes) = long(number);
        place.write(&format!("in/long {number}/runs.csv"), runs);
        place.write(&format!("in/long {number}/pain.md"), notes);
    }
    place.write("in/Zoë/runhip.toml", "athlete = \"Zoë Ünal\"\n");
    place.write("in/Zoë/log.csv", A_NOTICE);
    place.write("in/Zoe/log.csv", QUIET_LOG);
    place.write("in/broken/runhip.toml", "athlet = 3\n");
    place.write("in/broken/log.csv", QUIET_LOG);
    place.write("in/empty/readme.html", "<p>nothing</p>");
    place.write("in/leaving/log.csv", QUIET_LOG);
    place.write("in/moving/runhip.toml", "athlete = \"Mo\"\n");
    place.write("in/moving/log.csv", A_NOTICE);
    place.write("in/both.csv", "athlete,date,distance_km\nCy,2025-03-24,10\nDee,2025-03-25,6\n");
    place.write("in/strange.bin", [0, 1, 2]);
    let ran = place.run(&["roster", "in", "--as-of", "2025-03-24", "--out", "before", "--quiet"]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    std::fs::remove_dir_all(place.path("in/leaving")).unwrap();
    std::fs::rename(place.path("in/moving"), place.path("in/moved")).unwrap();
    place
}

pub fn copied(place: &Place, from: &str, to: &str) {
    for (name, bytes) in place.files(from) {
        place.write(&format!("{to}/{name}"), bytes);
    }
}

fn without_shards(place: &Place, folder: &str) -> BTreeMap<String, Vec<u8>> {
    place.files(folder).into_iter().filter(|(name, _)| !name.starts_with("shard-")).collect()
}

fn shard(place: &Place, shard: &str, out: &str, more: &[&str]) -> Ran {
    place.run(&[&["roster", "in", "--as-of", AS_OF, "--out", out, "--quiet", "--shard", shard], more].concat())
}

/// Merges all shards of a folder, in the order of its listing.
pub fn merge(place: &Place, folder: &str, more: &[&str]) -> Ran {
    let names = place.names(folder).into_iter().filter(|name| name.starts_with("shard-"));
    let files: Vec<String> = names.map(|name| format!("{folder}/{name}")).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    place.run(&[&["merge"], &files[..], more].concat())
}

#[test]
fn one_seven_and_sixty_four_shards_come_to_the_files_of_one_machine() {
    let place = club();
    copied(&place, "before", "alone");
    let alone = place.run(&["roster", "in", "--as-of", AS_OF, "--out", "alone", "--strata", "alone.csv"]);
    assert_eq!(alone.status, 3, "{}", alone.err);
    assert!(alone.err.contains("leaving: gone"), "{}", alone.err);
    for of in [1, 7, 64] {
        let out = format!("out-{of}");
        copied(&place, "before", &out);
        let (mut tables, mut empty) = (Vec::new(), 0);
        for number in (1..=of).rev() {
            let table = format!("strata-{of}-{number}.csv");
            let ran = shard(&place, &format!("{number}/{of}"), &out, &["--strata", &table]);
            assert!([0, 3].contains(&ran.status) && ran.out.is_empty(), "{}{}", ran.out, ran.err);
            empty += u32::from(place.read(&table).lines().count() == 1);
            tables.push(table);
        }
        assert_eq!(empty > 20, of == 64, "{empty} shards without a stratum");
        let merged = merge(&place, &out, &["--out", &out]);
        assert_eq!(merged.status, 3, "{}", merged.err);
        assert_eq!(merged.err, "leaving: gone: in the index of 24 Mar 2025, and no folder now\n");
        assert_eq!(merged.out, alone.out.replace("alone/", &format!("{out}/")), "{of}");
        let (ours, one) = (without_shards(&place, &out), place.files("alone"));
        assert_eq!(ours.keys().collect::<Vec<_>>(), one.keys().collect::<Vec<_>>());
        for (name, bytes) in &one {
            assert!(ours[name] == *bytes, "{name} differs with {of} shards");
        }
        let table = format!("strata-{of}.csv");
        let tables: Vec<&str> = tables.iter().map(String::as_str).collect();
        assert_eq!(place.run(&[&["merge"], &tables[..], &["--out", &table, "--quiet"]].concat()).out, "");
        assert_eq!(place.read(&table), place.read("alone.csv"), "{of}");
    }
    let index: serde_json::Value = serde_json::from_str(&place.read("alone/index-latest.json")).unwrap();
    assert!(index["links"][0]["runners"].as_u64().unwrap() >= 5, "{}", index["links"][0]);
    let mo = super::team::row(&index, "Mo");
    assert_eq!(
        (mo["folder"].as_str(), mo["since_last"].as_str().unwrap().starts_with("New in the roster")),
        (Some("moved"), false)
    );
}

#[test]
fn what_does_not_go_together_is_refused_and_nothing_is_written() {
    let place = ladder();
    for (number, out, day, more) in [
        ("1/2", "a", AS_OF, &[][..]),
        ("2/2", "a", AS_OF, &[]),
        ("2/2", "day", "2025-03-30", &[]),
        ("2/2", "unit", AS_OF, &["--units", "mi"]),
        ("2/2", "zone", AS_OF, &["--timezone", "Asia/Tokyo"]),
        ("2/2", "format", AS_OF, &["--format", "md"]),
    ] {
        let ran = place.run(
            &[&["roster", "in", "--as-of", day, "--out", out, "--shard", number, "--quiet", "--no-cache"], more]
                .concat(),
        );
        assert_eq!(ran.status, 0, "{}", ran.err);
    }
    place.write("in/runhip.toml", "[thresholds]\nweekly_jump = 0.15\n");
    assert_eq!(shard(&place, "2/2", "threshold", &[]).status, 0);
    place.write("in/runhip.toml", "");
    assert_eq!(shard(&place, "2/3", "count", &[]).status, 0);
    place.write("in/newcomer/log.csv", QUIET_LOG);
    assert_eq!(shard(&place, "2/2", "list", &[]).status, 0);
    let text = place.read("a/shard-2-of-2.json");
    place.write("cut.json", &text[..text.len() - 9]);
    place.write("changed.json", text.replacen("\"runs\":12", "\"runs\":13", 1));
    place.write("other.json", "{\"athletes\": []}\n");
    place.write("mine.csv", "date,distance_km\n");
    for (second, told) in [
        ("day/shard-2-of-2.json", "the day is 2025-03-30 in the one and 2025-03-31 in the other"),
        ("unit/shard-2-of-2.json", "the unit is mi in the one and km in the other"),
        ("zone/shard-2-of-2.json", "the time zone is Asia/Tokyo in the one and Etc/UTC in the other"),
        ("format/shard-2-of-2.json", "--format is md in the one and html,json in the other"),
        ("threshold/shard-2-of-2.json", "[thresholds] weekly_jump is 15 % in the one and not set in the other"),
        ("count/shard-2-of-3.json", "the number of shards is 3 in the one and 2 in the other"),
        (
            "list/shard-2-of-2.json",
            "the list of all athletes is of 6 athletes in the one and of 5 athletes in the other",
        ),
        ("cut.json", "cut.json: it is cut short, or was changed since runhip wrote it"),
        ("changed.json", "changed.json: it is cut short, or was changed since runhip wrote it"),
        ("other.json", "other.json: it is not a shard as runhip roster --shard writes it"),
        ("mine.csv", "a/shard-1-of-2.json is a shard of a roster, and mine.csv is a table of strata"),
        ("nowhere.json", "nowhere.json"),
    ] {
        let ran = place.run(&["merge", "a/shard-1-of-2.json", second, "--out", "index"]);
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{second}");
        assert!(ran.err.starts_with("runhip: ") && ran.err.contains(told) && ran.err.contains(second), "{}", ran.err);
        assert!(!place.path("index").exists(), "{second}");
    }
    let alone = place.run(&["merge", "a/shard-1-of-2.json", "--out", "index"]);
    assert!(alone.err.starts_with("runhip: shard 2 of 2 is missing, so that no index was made"), "{}", alone.err);
    let into_table = merge(&place, "a", &["--out", "index.csv"]);
    assert!(into_table.err.contains("index.csv names a table"), "{}", into_table.err);
    std::fs::remove_dir_all(place.path("in/newcomer")).unwrap();
    for name in ["fresh", "open", "quiet", "signed", "through"] {
        place.write(&format!("in/{name}/log.csv"), format!("{QUIET_LOG}2025-03-29,4\n"));
    }
    assert_eq!(shard(&place, "2/2", "late", &[]).status, 0);
    let (first, second, late) = ("a/shard-1-of-2.json", "a/shard-2-of-2.json", "late/shard-2-of-2.json");
    let clash = place.run(&["merge", first, second, late, "--out", "index"]);
    assert_eq!(clash.status, 1);
    assert!(
        clash.err.contains(&format!("{late} and {second} are both shard 2 of 2 and hold different things")),
        "{}",
        clash.err
    );
    assert!(!place.path("index").exists());
    let twice = place.run(&["merge", second, first, second, "--out", "index", "--quiet"]);
    assert_eq!((twice.status, twice.err.as_str()), (0, ""));
    assert_eq!(place.names("index").len(), 6);
}

#[test]
fn a_shard_replaces_its_own_file_and_nothing_else() {
    let place = ladder();
    place.write("out/shard-1-of-1.json", "{\"mine\": true}\n");
    let refused = shard(&place, "1/1", "out", &[]);
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains("it is a file that runhip did not write"), "{}", refused.err);
    assert_eq!(place.names("out"), ["shard-1-of-1.json"]);
    assert_eq!((shard(&place, "1/1", "own", &[]).status, shard(&place, "1/1", "own", &[]).status), (0, 0));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(place.path("own/shard-1-of-1.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // If it is found among logs, it is recognised.
    place.write("in/quiet/shard-1-of-1.json", place.read("own/shard-1-of-1.json"));
    let ran = place.run(&["check", "in/quiet", "--verbose"]);
    assert!(ran.out.contains("a report of runhip's own"), "{}", ran.out);
    let told = place.run(&["roster", "in", "--as-of", AS_OF, "--out", "told", "--shard", "1/1"]);
    assert!(told.out.starts_with("Shard 1 of 1: 5 of 5 athletes. File: told/shard-1-of-1.json"), "{}", told.out);
    for wrong in [&["--shard", "3/2"][..], &["--shard", "1/2", "--redact"], &["--shard", "1/2", "--stdout", "json"]] {
        assert_eq!(super::team::roster(&place, wrong).status, 2);
    }
}

#[test]
fn an_earlier_index_that_the_shards_did_not_see_is_told_of() {
    let place = club();
    assert_eq!(shard(&place, "1/1", "apart", &[]).status, 3);
    let ran = merge(&place, "apart", &["--out", "before"]);
    assert!(ran.err.contains("the earlier index in before is that of 24 Mar 2025"), "{}", ran.err);
    assert!(ran.err.contains("beside the reports of the shards it was none"), "{}", ran.err);
}

#[test]
fn the_index_of_as_many_days_as_asked_for_is_kept_and_nothing_else_goes() {
    let place = club();
    copied(&place, "before", "out");
    place.write("out/index-2025-03-10.html", "mine");
    assert_eq!(shard(&place, "1/1", "out", &[]).status, 3);
    let is_old = |name: &String| name.contains("-2025-03-24.");
    let (old, before): (Vec<String>, Vec<String>) = place.names("out").into_iter().partition(is_old);
    let kept = merge(&place, "out", &["--out", "out", "--keep", "1"]);
    assert_eq!(kept.status, 3, "{}", kept.err);
    let now = place.names("out");
    let gone: Vec<&String> = old.iter().filter(|name| !now.contains(name)).collect();
    assert_eq!(gone, ["index-2025-03-24.html", "index-2025-03-24.json", "index-2025-03-24.md"]);
    assert!(before.iter().all(|name| now.contains(name)), "{now:?}");
    let table = place.run(&["roster", "in", "--as-of", AS_OF, "--out", "alone", "--quiet", "--strata", "all.csv"]);
    assert_eq!(table.status, 3, "{}", table.err);
    let refused = place.run(&["merge", "all.csv", "--keep", "1"]);
    assert_eq!((refused.status, refused.out.as_str()), (1, ""));
    assert!(refused.err.contains("--keep is for the index of shards"), "{}", refused.err);
}
