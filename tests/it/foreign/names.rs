//! Each person's files stay theirs, whoever joins or leaves.

use serde_json::Value;

use crate::place::{Place, QUIET_LOG};

/// Another runner's log of the same days.
fn longer_runs() -> String {
    QUIET_LOG.replace(",5\n", ",9\n")
}

fn roster(place: &Place, as_of: &str) {
    let ran = place.run(&["roster", "in", "--as-of", as_of, "--quiet"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
}

/// The latest reports in a folder, by file name.
fn latest(place: &Place) -> Vec<(String, Value)> {
    let names = place.names("reports").into_iter();
    names
        .filter(|name| name.ends_with("-latest.json") && name != "index-latest.json")
        .map(|name| (name.clone(), serde_json::from_str(&place.read(&format!("reports/{name}"))).unwrap()))
        .collect()
}

/// The file of the person known by this name.
fn file_of(place: &Place, known_by: &str) -> String {
    let files: Vec<String> = latest(place)
        .into_iter()
        .filter(|(_, report)| report["athlete"]["known_by"] == known_by)
        .map(|(name, _)| name)
        .collect();
    assert_eq!(files.len(), 1, "{known_by}: {files:?}");
    files[0].clone()
}

#[test]
fn a_name_never_goes_to_another_athlete() {
    let place = Place::new();
    place.write("in/Ana/log.csv", QUIET_LOG);
    roster(&place, "2025-03-29");
    assert_eq!(file_of(&place, "Ana"), "ana-latest.json");
    // Others join whose names differ only in an accent, a punctuation mark or the ending.
    for folder in ["A\u{f1}a", "ana!"] {
        place.write(&format!("in/{folder}/log.csv"), longer_runs());
    }
    roster(&place, "2025-03-30");
    assert_eq!(file_of(&place, "Ana"), "ana-latest.json");
    let accented = file_of(&place, "A\u{f1}a");
    assert!(accented.starts_with("ana-") && accented != file_of(&place, "ana!"), "{accented}");
    let report: Value = serde_json::from_str(&place.read("reports/ana-latest.json")).unwrap();
    assert_eq!(report["since_last"]["as_of"], "2025-03-29");
    // The first leaves: their reports stay as they were, and the others keep their names.
    std::fs::remove_dir_all(place.path("in/Ana")).unwrap();
    let before = place.read("reports/ana-latest.json");
    let ran = place.run(&["roster", "in", "--as-of", "2025-03-31", "--quiet"]);
    assert_eq!((ran.status, ran.err.as_str()), (3, "Ana: gone: in the index of 30 Mar 2025, and no folder now\n"));
    assert_eq!(place.read("reports/ana-latest.json"), before);
    assert_eq!(file_of(&place, "A\u{f1}a"), accented);
    let report: Value = serde_json::from_str(&place.read(&format!("reports/{accented}"))).unwrap();
    assert_eq!(report["since_last"]["as_of"], "2025-03-30");
}

#[test]
fn every_name_has_a_file_in_plain_letters_that_depends_on_it_alone() {
    let long = "n".repeat(180);
    let folders = [
        "\u{418}\u{432}\u{430}\u{43d}",
        "\u{8d70}\u{308b}",
        "Jos\u{e9}",
        "index",
        "redacted",
        "CON",
        "com1",
        &long,
        "Ada B",
    ];
    let of = |folders: &[&str]| -> Vec<(String, String)> {
        let place = Place::new();
        for folder in folders {
            place.write(&format!("in/{folder}/log.csv"), QUIET_LOG);
        }
        roster(&place, "2025-03-31");
        folders.iter().map(|folder| ((*folder).to_owned(), file_of(&place, folder))).collect()
    };
    let all = of(&folders);
    for (folder, file) in &all {
        assert!(file.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || b"-.".contains(&c)), "{file}");
        let alone = of(&[folder]);
        assert_eq!(alone[0].1, *file, "{folder} alone");
    }
    let file = |folder: &str| all.iter().find(|(name, _)| name == folder).unwrap().1.as_str();
    assert_eq!((file("Jos\u{e9}"), file("Ada B")), ("jose-latest.json", "ada-b-latest.json"));
    assert!(file("\u{418}\u{432}\u{430}\u{43d}").starts_with("ivan-"), "{all:?}");
    for reserved in ["index", "redacted", "con", "com1"] {
        assert!(all.iter().all(|(_, file)| *file != format!("{reserved}-latest.json")), "{all:?}");
    }
}

#[test]
fn two_runners_of_analyze_share_neither_a_file_nor_a_comparison() {
    let place = Place::new();
    place.write("a/logs/log.csv", QUIET_LOG);
    place.write("b/logs/log.csv", longer_runs());
    let analyze = |folder: &str, as_of: &str, more: &[&str]| {
        place.run(&[&["analyze", folder, "--as-of", as_of, "--quiet"], more].concat())
    };
    for (name, folder) in [("Jos\u{e9}", "a/logs"), ("Jose", "b/logs")] {
        assert_eq!(analyze(folder, "2025-03-30", &["--athlete", name]).status, 0);
    }
    assert_eq!(file_of(&place, "Jos\u{e9}"), "jose-latest.json");
    assert!(file_of(&place, "Jose").starts_with("jose-"));
    // Folders with the same name are told apart by their runs.
    assert_eq!(analyze("a/logs", "2025-03-29", &[]).err, "");
    let first = place.read("reports/logs-latest.json");
    let ran = analyze("b/logs", "2025-03-30", &[]);
    let why = "logs-latest is another person's report, or files are missing here (0 of its 11 runs are in this log), so this one is called logs-";
    assert!(ran.err.starts_with(why), "{}", ran.err);
    assert_eq!(place.read("reports/logs-latest.json"), first);
    // The same without JSON reports, week after week.
    let pages = |folder: &str, as_of: &str| analyze(folder, as_of, &["--format", "html,md", "--out", "pages"]);
    assert_eq!(pages("a/logs", "2025-03-29").err, "");
    let first = place.read("pages/logs-latest.html");
    let own = pages("b/logs", "2025-03-30").err;
    assert!(
        own.starts_with("logs-latest is another person's report, or files are missing here (0 of its 11 runs"),
        "{own}"
    );
    for as_of in ["2025-03-31", "2025-04-01"] {
        assert_eq!([pages("a/logs", as_of).err, pages("b/logs", as_of).err], ["", ""]);
    }
    assert_ne!(place.read("pages/logs-latest.html"), first);
    let latest = place.names("pages").into_iter().filter(|name| name.ends_with("-latest.md")).count();
    assert_eq!(latest, 2);
    // A report put under another person's name is recognised for what it is.
    place.write("reports/ada-2025-03-29.json", place.read("reports/jose-2025-03-30.json"));
    // It has the mark of a report but no name; a file without that mark would be left alone.
    let nobodys = "{\n  \"schema_version\": 1,\n  \"tool\": {\n    \"name\": \"runhip\"\n  }\n}\n";
    place.write("reports/ada-latest.json", nobodys);
    let ran = analyze("a/logs", "2025-03-31", &["--athlete", "ada"]);
    let kept =
        "reports/ada-latest.json was changed since runhip wrote it, and is kept as reports/ada-latest.changed.json\n";
    assert_eq!(ran.err, format!("ada-2025-03-29.json is not compared: it is another person's\n{kept}"));
}
