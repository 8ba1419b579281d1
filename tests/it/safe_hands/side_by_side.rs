//! Two people in one place: of one name at the same moment, on the same runs, in one folder of reports, or in one file for
//! sharing. Nobody's report goes lost, and nobody is told apart who asked not to be.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;

use crate::place::Place;

/// Twenty runs, on every second day from 2 October, each of so many kilometres as `km` says of its number.
fn runs(start: &str, km: impl Fn(u32) -> u32) -> String {
    let mut text = "date,start,distance_km,duration\n".to_owned();
    for number in 0..20 {
        let date = chrono::NaiveDate::from_ymd_opt(2026, 10, 2).unwrap() + chrono::Days::new(u64::from(number) * 2);
        let km = km(number);
        writeln!(text, "{date},{start},{km},{}:{:02}:00", km * 6 / 60, km * 6 % 60).unwrap();
    }
    text
}

fn json(place: &Place, name: &str) -> Value {
    serde_json::from_str(&place.read(name)).unwrap()
}

/// The reports in JSON that are the latest of somebody.
fn latest(place: &Place, folder: &str) -> Vec<String> {
    place.names(folder).into_iter().filter(|name| name.ends_with("-latest.json")).collect()
}

#[cfg(unix)]
#[test]
fn people_of_one_name_at_the_same_moment_have_a_report_each() {
    let place = Place::new();
    for person in 0..5 {
        place.write(&format!("home/{person}/runs/log.csv"), runs("07:00", |number| 3 + person + 6 * (number % 3)));
    }
    std::thread::scope(|scope| {
        for person in 0..5 {
            let place = &place;
            scope.spawn(move || {
                let folder = format!("home/{person}/runs");
                let arguments =
                    ["analyze", &folder, "--out", "reports", "--as-of", "2026-11-18", "--no-cache", "--quiet"];
                let ran = place.run(&arguments);
                assert_eq!((ran.status, ran.out.as_str()), (0, ""), "{}", ran.err);
            });
        }
    });
    let first_runs: BTreeSet<u64> = latest(&place, "reports")
        .iter()
        .map(|name| json(&place, &format!("reports/{name}"))["runs"][0]["distance_m"].as_u64().unwrap())
        .collect();
    assert_eq!(first_runs, (0..5).map(|person| (3 + person) * 1_000).collect(), "{:?}", place.names("reports"));
}

#[test]
fn whoever_runs_with_somebody_of_the_same_name_does_not_replace_their_report() {
    // The same days; half of the runs as long, then all of them but at another time, then all but for their pace.
    let mine = runs("06:00", |_| 8);
    let others = [
        runs("06:05", |number| if number % 2 == 0 { 8 } else { 14 }),
        mine.replace(",06:00,", ",19:15,"),
        mine.replace("0:48:00", "0:36:00"),
    ];
    for (which, theirs) in others.into_iter().enumerate() {
        let place = Place::new();
        place.write("anna/runs/log.csv", &mine);
        place.write("anna/runs/pain.md", "2026-11-08: left groin 6/10, cannot put weight on it\n");
        place.write("bert/runs/log.csv", theirs);
        for person in ["anna", "bert"] {
            let folder = format!("{person}/runs");
            place.run(&["analyze", &folder, "--out", "reports", "--as-of", "2026-11-11", "--no-cache", "--quiet"]);
        }
        let all = latest(&place, "reports");
        assert_eq!(all.len(), 2, "{which}: {all:?}");
        let first = json(&place, "reports/runs-latest.json");
        assert_eq!(first["pain"].as_array().map(Vec::len), Some(1), "{which}");
        assert_eq!(first["warnings"][0]["flag"], "cannot-bear-weight", "{which}");
    }
}

#[test]
fn a_log_that_has_lost_its_first_months_or_a_few_runs_is_still_the_same_persons() {
    let place = Place::new();
    let whole = runs("06:00", |number| 5 + number % 4);
    place.write("in/log.csv", &whole);
    let analyze =
        || place.run(&["analyze", "in", "--out", "reports", "--as-of", "2026-11-11", "--no-cache", "--quiet"]);
    analyze();
    let lines: Vec<&str> = whole.lines().collect();
    let without_the_first_nine = [&lines[..1], &lines[10..]].concat();
    let without_a_fifth: Vec<&str> =
        lines.iter().enumerate().filter(|(at, _)| *at == 0 || at % 5 != 3).map(|(_, line)| *line).collect();
    for fewer in [without_the_first_nine, without_a_fifth] {
        place.write("in/log.csv", fewer.join("\n"));
        analyze();
        assert_eq!(latest(&place, "reports"), ["in-latest.json"]);
    }
}

#[test]
fn a_table_for_sharing_is_in_the_order_of_the_numbers_and_not_of_the_names() {
    let place = Place::new();
    let names = ["amy", "ben", "cat", "dan", "eve", "fay", "gil", "hal"];
    for (at, name) in (0..).zip(names) {
        place.write(&format!("in/{name}/log.csv"), runs("07:00", |_| 4 + at));
    }
    place.run(&["roster", "in", "--out", "plain", "--export", "all.csv", "--as-of", "2026-11-18", "--no-cache"]);
    for (input, out) in [(&["in"][..], "folders"), (&["--table", "all.csv"], "table")] {
        let export = format!("{out}.csv");
        let more = ["--redact", "--redact-shift=4900", "--out", out, "--export", &export, "--as-of", "2026-11-18"];
        let ran = place.run(&[&["roster"], input, &more[..], &["--no-cache", "--quiet"]].concat());
        assert_eq!(ran.status, 0, "{}", ran.err);
        let text = place.read(&export);
        let mut athletes: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        athletes.dedup();
        let numbers: Vec<String> = (1..=8).map(|number| format!("Athlete {number}")).collect();
        assert_eq!(athletes, numbers, "{input:?}");
    }
}

#[test]
fn one_file_for_two_tables_is_refused_however_it_is_spelt() {
    let place = Place::new();
    place.write("in/ada/log.csv", runs("07:00", |_| 5));
    place.write("sub/x.md", "");
    for (command, tables) in [
        ("roster", ["--export", "a.csv", "--export-notes", "./a.csv"]),
        ("roster", ["--export", "a.csv", "--summary", "sub/../a.csv"]),
        ("roster", ["--strata", "a.csv", "--summary", "./a.csv"]),
        ("analyze", ["--export", "a.csv", "--strata", "./a.csv"]),
    ] {
        let ran = place.run(&[&[command, "in", "--as-of", "2026-11-18", "--no-cache"], &tables[..]].concat());
        assert_eq!(ran.status, 1, "{tables:?}: {}", ran.err);
        assert!(ran.err.contains("is named for two tables; give each a file of its own"), "{}", ran.err);
        assert!(!place.path("a.csv").exists());
    }
}

#[test]
fn an_athlete_called_shard_does_not_stand_among_the_shards() {
    let place = Place::new();
    for (at, name) in (0..).zip(["shard", "Shard 1 of 2", "ada"]) {
        place.write(&format!("in/{name}/log.csv"), runs("07:00", |_| 5 + at));
    }
    for shard in ["1/2", "2/2"] {
        place.run(&["roster", "in", "--shard", shard, "--out", "reports", "--as-of", "2026-11-18", "--no-cache"]);
    }
    let shards: Vec<String> = place
        .names("reports")
        .into_iter()
        .filter(|name| name.strip_prefix("shard-").is_some_and(|rest| rest.split('.').next_back() == Some("json")))
        .map(|name| format!("reports/{name}"))
        .collect();
    let arguments: Vec<&str> = ["merge"].into_iter().chain(shards.iter().map(String::as_str)).collect();
    let ran = place.run(&[&arguments[..], &["--out", "reports"]].concat());
    assert_eq!((shards.len(), ran.status), (2, 0), "{}", ran.err);
    assert_eq!(json(&place, "reports/index-latest.json")["athletes"].as_array().map(Vec::len), Some(3));
}

#[test]
fn the_index_of_another_roster_is_not_replaced() {
    let place = Place::new();
    for (at, name) in (0..).zip(["north/ada", "north/bo", "north/cy", "south/dee", "south/eve", "south/ada"]) {
        place.write(&format!("{name}/log.csv"), runs("07:00", |_| 5 + at));
    }
    let roster = |club: &str, day: &str| place.run(&["roster", club, "--out", "reports", "--as-of", day, "--no-cache"]);
    assert_eq!(roster("north", "2026-11-17").status, 0);
    let before = place.files("reports");
    for day in ["2026-11-16", "2026-11-17", "2026-11-18"] {
        let ran = roster("south", day);
        assert_eq!(ran.status, 1, "{day}: {}", ran.err);
        assert!(ran.err.contains("reports holds the index of another roster"), "{}", ran.err);
        assert!(place.files("reports") == before);
    }
    // One athlete less is still the same roster.
    std::fs::remove_dir_all(place.path("north/cy")).unwrap();
    assert_eq!(roster("north", "2026-11-18").status, 3);
    assert_eq!(json(&place, "reports/index-latest.json")["gone"][0]["folder"], "cy");
}
