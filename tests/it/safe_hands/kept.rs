//! What somebody has written into one of runhip's files belongs to them: it is kept, or the file is left as it is.

use std::os::unix::fs::symlink;

use crate::place::{AS_OF, Place, QUIET_LOG, each, file};

#[test]
fn a_remark_in_a_report_is_kept_beside_the_new_one() {
    for command in ["analyze", "roster"] {
        let place = Place::with(&[("ada/log.csv", QUIET_LOG)]);
        let run = |day: &str| {
            place.run(&[command, "in", "--as-of", day, "--out", "out", "--format", "html,md,json", "--quiet"])
        };
        assert_eq!(run("2025-03-24").status, 0);
        let name = if command == "analyze" { "in" } else { "ada" };
        for ending in ["html", "md", "json"] {
            // The latest file is another name of the dated one if a roster wrote it; an editor makes a new file.
            let latest = format!("out/{name}-latest.{ending}");
            let changed = place.read(&latest).replacen('5', "my own 5", 1);
            std::fs::remove_file(place.path(&latest)).unwrap();
            place.write(&latest, &changed);
            let ran = run("2025-03-31");
            let says = format!(
                "{latest} was changed since runhip wrote it, and is kept as out/{name}-latest.changed.{ending}\n"
            );
            assert_eq!((ran.status, ran.err.as_str()), (0, says.as_str()));
            assert_eq!(place.read(&format!("out/{name}-latest.changed.{ending}")), changed);
            assert!(!place.read(&latest).contains("my own"));
        }
        let ran = run("2025-04-07");
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "what nobody changed is replaced without a word");
        // A second remark does not replace the first.
        let latest = format!("out/{name}-latest.md");
        let again = place.read(&latest) + "again\n";
        std::fs::remove_file(place.path(&latest)).unwrap();
        place.write(&latest, &again);
        assert!(run("2025-04-08").err.ends_with(&format!("kept as out/{name}-latest.changed-2.md\n")));
        assert_eq!(place.read(&format!("out/{name}-latest.changed-2.md")), again);
    }
}

#[test]
fn a_table_changed_in_its_own_form_or_typed_by_hand_is_left_as_it_is() {
    for command in ["analyze", "roster"] {
        let place = Place::with(&[("ada/log.csv", QUIET_LOG)]);
        let export = |file: &str| place.run(&[command, "in", "--as-of", AS_OF, "--quiet", "--export", file]);
        assert_eq!(export("runs.csv").status, 0);
        let table = place.read("runs.csv");
        let header = table.lines().next().unwrap().to_owned() + "\n";
        let row = table.lines().last().unwrap().to_owned() + "\n";
        for changed in
            [table.replacen(",5000,", ",5100,", 1), table.clone() + &row, table.replace(&row, ""), header.clone()]
        {
            place.write("runs.csv", &changed);
            let ran = export("runs.csv");
            assert_eq!((ran.status, ran.out.as_str()), (1, ""));
            assert!(ran.err.contains("runs.csv was not changed: it is not a table as runhip wrote it"), "{}", ran.err);
            assert_eq!(place.read("runs.csv"), changed);
        }
        place.write("runs.csv", &table);
        assert_eq!(export("runs.csv").status, 0, "put back, it is runhip's again");
        // Typed by hand, and copied without the mark that it is runhip's.
        place.write("mine.csv", &header);
        place.write("copy.csv", &table);
        for name in ["mine.csv", "copy.csv"] {
            assert_eq!(export(name).status, 1, "{name}");
        }
    }
}

#[test]
fn an_exported_table_among_the_logs_is_never_read_and_is_replaced() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    let export = || place.run(&["analyze", "in", "--as-of", AS_OF, "--quiet", "--export", "in/export.csv"]);
    assert_eq!(export().status, 0);
    // Not even if its columns are named.
    for settings in ["", "[csv.columns]\ndate = \"local_date\"\ndistance = \"distance_m\"\ndistance_unit = \"m\"\n"] {
        place.write("in/runhip.toml", settings);
        let report = place.json(&[]);
        let row = file(&report, "export.csv");
        assert_eq!(row["reason"], "a table that runhip exported; the logs behind it are read themselves");
        assert_eq!((&row["outcome"], &report["athlete"]["runs"]), (&"ignored".into(), &12.into()));
        assert_eq!(export().status, 0, "{settings}");
    }
    place.write("in/more.csv", "date,distance_km\n2025-03-29,6\n");
    assert_eq!(export().status, 0);
    assert_eq!(place.read("in/export.csv").lines().count(), 14);
}

#[test]
fn a_notes_file_that_leads_to_something_else_is_refused() {
    let place = Place::with(&[("log.csv", QUIET_LOG), ("pain.md", "2025-03-05: left hip 3/10\n")]);
    symlink("log.csv", place.path("in/notes.md")).unwrap();
    symlink("pain.md", place.path("in/diary.md")).unwrap();
    let note = |file: &str| place.run(&["note", "--file", file, "--date", "2025-03-06", "hip fine"]);
    let ran = note("in/notes.md");
    assert_eq!((ran.status, ran.out.as_str(), ran.err.lines().count()), (1, "", 1));
    assert!(
        ran.err.contains("in/notes.md is a link to ") && ran.err.contains("log.csv, which is not a notes file"),
        "{}",
        ran.err
    );
    assert_eq!(place.read("in/log.csv"), QUIET_LOG);
    assert_eq!(note("in/diary.md").status, 0);
    assert!(place.read("in/pain.md").ends_with("2025-03-06: hip fine\n") && place.path("in/diary.md").is_symlink());
}

#[test]
fn a_file_that_two_athletes_share_is_read_for_the_first_alone() {
    let place = Place::with(&[("ada/log.csv", QUIET_LOG), ("eve/log.csv", QUIET_LOG)]);
    place.write("in/ada/private/pain.md", "2025-03-05: right hip 9/10, told to nobody\n");
    place.write("in/ada/runhip.toml", "athlete = \"Ada L\"\n");
    for (from, to) in [("ada/private/pain.md", "eve/pain.md"), ("ada/runhip.toml", "eve/runhip.toml")] {
        std::fs::hard_link(place.path(&format!("in/{from}")), place.path(&format!("in/{to}"))).unwrap();
    }
    // Two names of a file in one folder do not make it somebody else's.
    std::fs::hard_link(place.path("in/eve/log.csv"), place.path("in/eve/again.csv")).unwrap();
    let ran = place.run(&["roster", "in", "--as-of", AS_OF, "--jobs", "2"]);
    assert_eq!(ran.status, 3);
    for says in [
        "eve/pain.md: it is the same file on the disk as one of another athlete's, and was not read; put a copy in its place",
        "eve/runhip.toml is the same file on the disk as another athlete's, and was not used; put a copy in its place",
    ] {
        assert!(ran.err.contains(says), "{}", ran.err);
    }
    assert!(!ran.err.contains("ada/") && !ran.err.contains("again.csv"), "{}", ran.err);
    for (name, bytes) in place.files("reports") {
        let holds = String::from_utf8_lossy(&bytes).contains("told to nobody");
        assert_eq!(holds, name.starts_with("ada-"), "{name}");
    }
    let index: serde_json::Value = serde_json::from_str(&place.read("reports/index-latest.json")).unwrap();
    assert_eq!(each(&index["athletes"], "name"), ["Ada L", "eve"]);
    // Given alone, each is read in full.
    let alone = place.run(&["analyze", "in/eve", "--as-of", AS_OF, "--stdout", "json"]);
    assert!(alone.status == 0 && alone.out.contains("told to nobody"));
}
