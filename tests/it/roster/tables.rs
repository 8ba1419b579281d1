//! `roster --table`: athletes in a table get the same index as the folders from which it was exported.

use std::fs::File;

use runhip::tables::cells::{Cell, TablePart};

use super::shards::{club, copied, merge};
use crate::place::{AS_OF, Place, Ran};

/// A club whose folders have only runs and notes, and its tables.
fn exported() -> Place {
    let place = club();
    for name in ["in/strange.bin", "in/broken/runhip.toml"] {
        std::fs::remove_file(place.path(name)).unwrap();
    }
    std::fs::remove_dir_all(place.path("in/empty")).unwrap();
    place.write("in/Zoe/pain.md", "2025-03-20: - left hip 2/10\n2025-03-24: =fine, 'twas nothing\n");
    place.write("in/quiet/pain.csv", "date,side,location,severity,note\n2025-03-26,left,groin,3,after the run\n");
    for ending in ["parquet", "csv"] {
        let (runs, notes) = (format!("runs.{ending}"), format!("notes.{ending}"));
        let out = if ending == "csv" { "again" } else { "folders" };
        copied(&place, "before", out);
        let tables = ["--export", &runs, "--export-notes", &notes, "--strata", "strata.csv"];
        let ran = place.run(&[&["roster", "in", "--as-of", AS_OF, "--out", out, "--quiet"], &tables[..]].concat());
        assert_eq!(ran.status, 3, "{}", ran.err);
    }
    place
}

fn from_table(place: &Place, out: &str, more: &[&str]) -> Ran {
    place.run(&[&["roster", "--as-of", AS_OF, "--out", out, "--quiet"], more].concat())
}

fn same_index(place: &Place, out: &str) {
    for ending in ["html", "md", "json"] {
        let name = format!("index-latest.{ending}");
        assert!(place.read(&format!("{out}/{name}")) == place.read(&format!("folders/{name}")), "{out}/{name}");
    }
}

#[test]
fn the_index_of_tables_is_that_of_the_folders_behind_them() {
    let place = exported();
    for (ending, out) in [("parquet", "p"), ("csv", "c")] {
        copied(&place, "before", out);
        let (runs, notes, strata) =
            (format!("runs.{ending}"), format!("notes.{ending}"), format!("strata-{ending}.csv"));
        let ran = from_table(&place, out, &["--table", &runs, "--notes", &notes, "--strata", &strata]);
        assert_eq!(ran.status, 3, "{}", ran.err);
        let gone =
            ["empty", "leaving"].map(|name| format!("{name}: gone: in the index of 24 Mar 2025, and no folder now\n"));
        assert_eq!(ran.err, gone.concat());
        same_index(&place, out);
        assert_eq!(place.read(&strata), place.read("strata.csv"));
        assert_eq!(place.names(out), place.names("folders"));
    }
    // Exporting again gives the same rows, by folder, and two athletes of one name keep their folders.
    from_table(
        &place,
        "x",
        &["--table", "runs.csv", "--notes", "notes.csv", "--export", "x.csv", "--export-notes", "y.csv"],
    );
    let sorted = |file: &str| {
        let mut lines: Vec<String> = place.read(file).lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert!(sorted("x.csv") == sorted("runs.csv") && sorted("y.csv") == sorted("notes.csv"));
    assert!(place.read("notes.csv").contains("'=fine, 'twas"), "{}", place.read("notes.csv"));
    let told = place.run(&["roster", "--table", "runs.parquet", "--as-of", AS_OF, "--out", "told"]);
    assert!(told.err.contains("a table holds runs and notes alone: other sports, "), "{}", told.err);
}

#[test]
fn parts_in_folders_and_shards_of_a_table_come_to_the_same() {
    let place = exported();
    // One part for each athlete in no particular order, identified only by its folder; and one part without folders.
    for (table, whose) in [("runs", 12), ("notes", 10)] {
        let text = place.read(&format!("{table}.csv"));
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        assert_eq!((header[0].as_str(), header[whose].as_str()), ("athlete", "folder"));
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        for (at, row) in rows.iter().enumerate() {
            let folder = row[whose].replace('/', "%2F").replace(' ', "%20");
            let part =
                if at % 5 == 0 { "flat/part.csv".to_owned() } else { format!("folder={folder}/part-{}.csv", at % 3) };
            let drop = |column: usize| column == whose && at % 5 != 0;
            let path = place.path(&format!("{table}-parts/{part}"));
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            let is_new = !path.exists();
            let file = std::fs::OpenOptions::new().append(true).create(true).open(path).unwrap();
            let mut writer = csv::Writer::from_writer(file);
            let kept = |cells: &mut dyn Iterator<Item = &str>| -> Vec<String> {
                cells.enumerate().filter(|(column, _)| !drop(*column)).map(|(_, cell)| cell.to_owned()).collect()
            };
            if is_new {
                writer.write_record(kept(&mut header.iter().map(String::as_str))).unwrap();
            }
            writer.write_record(kept(&mut row.iter())).unwrap();
        }
        place.write(&format!("{table}-parts/_SUCCESS"), "");
    }
    copied(&place, "before", "parts");
    let ran = from_table(&place, "parts", &["--table", "runs-parts", "--notes", "notes-parts"]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    same_index(&place, "parts");
    copied(&place, "before", "shards");
    for number in 1..=5 {
        let shard = format!("{number}/5");
        let ran =
            from_table(&place, "shards", &["--table", "runs.parquet", "--notes", "notes-parts", "--shard", &shard]);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    }
    assert_eq!(merge(&place, "shards", &["--out", "shards", "--quiet"]).status, 3);
    same_index(&place, "shards");
}

#[test]
fn a_table_made_by_hand_needs_three_columns() {
    let place = Place::new();
    place.write(
        "runs.csv",
        "athlete,local_date,distance_m\n7,2025-03-24,5000\nBo,2025-03-25,6000.0\n7,2025-03-26,\nBo,2025-03-25,6000\n",
    );
    place.write("notes.csv", "athlete,date,text\nBo,2025-03-29,left hip 3/10\nCy,2025-03-30,right hip 2/10\n");
    let ran = from_table(&place, "out", &["--table", "runs.csv", "--notes", "notes.csv", "--format", "json"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let index: serde_json::Value = serde_json::from_str(&place.read("out/index-latest.json")).unwrap();
    let counts = |name: &str| {
        let row = super::team::row(&index, name);
        (row["runs"].as_u64().unwrap(), row["notes"].as_u64().unwrap())
    };
    assert_eq!((counts("7"), counts("Bo"), counts("Cy")), ((2, 0), (2, 1), (0, 1)));
    assert_eq!(super::team::row(&index, "Bo")["open_episode"], "2025-03-29/left");
    let report: serde_json::Value = serde_json::from_str(&place.read("out/bo-latest.json")).unwrap();
    assert_eq!(crate::place::each(&report["runs"], "id"), ["20250325", "20250325-2"]);
}

#[test]
fn a_table_that_cannot_be_used_is_told_with_file_row_and_column_and_nothing_is_written() {
    let place = Place::new();
    let good = "athlete,id,local_date,distance_m,folder\nAda,a,2025-03-24,5000,ada\n";
    place.write("good.csv", good);
    place.write("sheet/athlete=ada/part.csv", good);
    std::fs::create_dir_all(place.path("sheet/athlete=bo")).unwrap();
    place.write("mixed/part.csv", good);
    place.write("mixed/list.ods", "x");
    place.write("unreadable/part.csv", good);
    place.write("unreadable/part.parquet", "PAR1 and no more");
    place.write("none/_SUCCESS", "");
    let ran =
        place.run(&["roster", "--table", "good.csv", "--as-of", AS_OF, "--out", "made", "--export", "whole.parquet"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let whole = std::fs::read(place.path("whole.parquet")).unwrap();
    place.write("cut.parquet", &whole[..whole.len() - 20]);
    place.write("text.parquet", good);
    let row = |cells: &str| format!("athlete,id,local_date,distance_m,folder\nAda,z,2025-03-24,5000,ada\n{cells}\n");
    let cases = [
        (
            "nobody.csv",
            "id,local_date,distance_m\na,2025-03-24,5000\n".to_owned(),
            "it has no column athlete; its columns are id, local_date, distance_m",
        ),
        ("no-day.csv", "athlete,distance_m\nAda,5000\n".to_owned(), "it has no column local_date"),
        (
            "columns.csv",
            "athlete,local_date,distance_m,athlete\nAda,2025-03-03,5000,Bo\n".to_owned(),
            "it has two columns called athlete; take one of them out, or call it otherwise",
        ),
        ("unnamed.csv", row(",a,2025-03-24,5000,"), "row 2, column athlete: it names nobody"),
        (
            "day.csv",
            row("Ada,a,24.3.2025,5000,ada"),
            "row 2, column local_date: \"24.3.2025\" is not a day; write days as 2026-03-04",
        ),
        ("far.csv", row("Ada,a,1970-01-01,5000,ada"), "row 2, column local_date: 1970-01-01 is before 1990-01-01"),
        (
            "km.csv",
            row("Ada,a,2025-03-24,5.2,ada"),
            "row 2, column distance_m: \"5.2\" is not a whole number of metres",
        ),
        ("zero.csv", row("Ada,a,2025-03-24,0,ada"), "row 2, column distance_m: 0 is no distance"),
        (
            "twice.csv",
            row("Ada,z,2025-03-25,5000,ada"),
            "twice.csv, row 2: the run z of ada stands in twice.csv, row 1 already",
        ),
        (
            "two.csv",
            row("Bo,a,2025-03-24,5000,ada"),
            "row 2, column athlete: the folder ada is Bo's here and Ada's in a row before",
        ),
        ("short.csv", row("Ada,a,2025-03-24"), "it cannot be read as CSV"),
        ("empty.csv", "athlete,local_date,distance_m\n".to_owned(), "empty.csv holds no row"),
        ("binary.csv", "athlete,local_date,distance_m\n\u{0}\u{1}".to_owned(), "it cannot be read as CSV"),
    ];
    for (name, text, _) in &cases {
        place.write(name, text);
    }
    let others = [
        ("sheet", "athlete=bo holds no part of the table"),
        ("mixed", "list.ods is no part of a table"),
        ("unreadable", "part.parquet: it cannot be read as Parquet"),
        ("none", "none holds no part of the table"),
        ("cut.parquet", "cut.parquet: it cannot be read as Parquet"),
        ("text.parquet", "text.parquet: it cannot be read as Parquet"),
        ("nowhere.parquet", "nowhere.parquet cannot be read"),
    ];
    let all = cases.iter().map(|(name, _, told)| (*name, *told)).chain(others);
    for (table, told) in all {
        let ran = from_table(&place, "out", &["--table", table]);
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{table}: {}", ran.err);
        assert!(ran.err.starts_with("runhip: ") && ran.err.lines().count() == 1, "{}", ran.err);
        assert!(ran.err.contains(told), "{table}: {}", ran.err);
        assert!(!place.path("out").exists(), "{table}");
    }
    for (notes, told) in [
        (
            "athlete,date,text,severity\nAda,2025-03-24,sore,11\n",
            "row 1, column severity: 11 is not a score from 0 to 10",
        ),
        ("athlete,date,text,side\nAda,2025-03-24,sore,up\n", "row 1, column side: \"up\" is not left, right or both"),
        ("athlete,text\nAda,sore\n", "it has no column date"),
    ] {
        place.write("bad-notes.csv", notes);
        let ran = from_table(&place, "out", &["--table", "good.csv", "--notes", "bad-notes.csv"]);
        assert_eq!(ran.status, 1);
        assert!(ran.err.contains(&format!("bad-notes.csv: {told}")), "{}", ran.err);
        assert!(!place.path("out").exists());
    }
    let over = from_table(&place, "out", &["--table", "good.csv", "--export", "good.csv"]);
    assert_eq!((over.status, place.read("good.csv").as_str()), (1, good));
    let paths = from_table(&place, "out", &["--table", "good.csv", "in"]);
    assert_eq!((paths.status, from_table(&place, "out", &[]).status), (2, 2));
}

#[test]
fn a_summary_is_a_row_for_each_athlete_and_no_report() {
    let place = exported();
    for (file, more) in [("all.csv", &["in"][..]), ("all.parquet", &["--table", "runs.csv", "--notes", "notes.csv"])] {
        let out = format!("out-{file}");
        let ran = from_table(&place, &out, &[more, &["--summary", file]].concat());
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{file}");
        let reports = place.names(&out);
        assert!(reports.len() == 6 && reports.iter().all(|name| name.starts_with("index-")), "{reports:?}");
    }
    let index: serde_json::Value = serde_json::from_str(&place.read("out-all.csv/index-latest.json")).unwrap();
    let athletes = index["athletes"].as_array().unwrap();
    let of = |folder: &str| athletes.iter().find(|row| row["folder"] == folder).unwrap();
    let text =
        |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned).replace("null", "");
    let csv_text = place.read("all.csv");
    let mut reader = csv::Reader::from_reader(csv_text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), athletes.len());
    let cell = |row: &csv::StringRecord, name: &str| row[header.iter().position(|one| one == name).unwrap()].to_owned();
    for row in &rows {
        let there = of(&cell(row, "folder"));
        for (column, field) in [
            ("athlete", "name"),
            ("state", "state"),
            ("attention", "attention"),
            ("as_of", "as_of"),
            ("last_entry", "last_entry"),
            ("runs", "runs"),
            ("notes", "notes"),
            ("open_episode", "open_episode"),
            ("last_pain", "last_pain"),
            ("longest_run_m", "longest_run_m"),
            ("rest_days", "rest_days"),
            ("weeks_from", "weeks_from"),
            ("since_last", "since_last"),
        ] {
            assert_eq!(cell(row, column), text(&there[field]), "{column} of {there}");
        }
        let weeks = there["weekly_distance_m"].as_array().unwrap();
        for (back, metres) in weeks.iter().rev().enumerate() {
            assert_eq!(cell(row, &format!("week_{}_m", back + 1)), text(metres));
        }
        for (column, field) in [("reasons", "reasons"), ("warning_signs", "warning_signs"), ("findings", "findings")] {
            assert_eq!(cell(row, column), joined(&there[field]));
        }
    }
    let signed = rows.iter().find(|row| cell(row, "folder") == "signed").unwrap();
    assert_eq!((cell(signed, "attention"), cell(signed, "week_1_m")), ("P1".to_owned(), "15000".to_owned()));
    assert!(cell(signed, "warning_signs").starts_with("weakness/2025-03-31"), "{}", cell(signed, "warning_signs"));

    // The same figures with their types.
    let mut part = TablePart::Parquet(File::open(place.path("all.parquet")).unwrap());
    assert_eq!(part.columns().unwrap(), header.iter().map(str::to_owned).collect::<Vec<_>>());
    let mut seen = Vec::new();
    part.rows(&["folder", "runs", "as_of"], &mut |number, cells| {
        let row = &rows[usize::try_from(number - 1).unwrap()];
        assert_eq!(cells[0], Cell::Text(cell(row, "folder").into()));
        assert_eq!(cells[1], cell(row, "runs").parse().map_or(Cell::Unknown, Cell::Whole));
        assert_eq!(cells[2], cell(row, "as_of").parse().map_or(Cell::Unknown, Cell::Day));
        seen.push(number);
        Ok(())
    })
    .unwrap();
    assert_eq!(seen.len(), rows.len());
    // A shard has only its own athletes, and no report either.
    for number in ["1/2", "2/2"] {
        let file = format!("part-{}.csv", &number[..1]);
        assert_eq!(from_table(&place, "parts", &["in", "--shard", number, "--summary", &file]).status, 0);
    }
    let lines = |file: &str| place.read(file).lines().count() - 1;
    assert_eq!(lines("part-1.csv") + lines("part-2.csv"), rows.len());
    assert_eq!(place.names("parts"), ["shard-1-of-2.json", "shard-2-of-2.json"]);
    // Among logs, neither file is taken for one.
    for (file, told) in [("notes.csv", "notes that runhip exported"), ("all.csv", "a row for each athlete")] {
        let check = place.run(&["check", file, "--verbose"]);
        assert!(check.out.contains(told), "{}", check.out);
    }
    let refused = from_table(&place, "out", &["in", "--summary", "same.csv", "--export", "same.csv"]);
    assert!(refused.err.contains("same.csv is named for two tables"), "{}", refused.err);
}

fn joined(list: &serde_json::Value) -> String {
    let all: Vec<&str> = list.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    all.join(" | ")
}
