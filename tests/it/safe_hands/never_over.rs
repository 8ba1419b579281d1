//! No option that names a file replaces one that runhip did not write.

use std::os::unix::fs::{MetadataExt as _, symlink};

use crate::place::{AS_OF, Place, QUIET_LOG, Ran};

/// A log with a header as people write it.
const BY_HAND: &str = "date,distance_km,shoe,notes\n2025-03-04,5,Ghost,left hip 3/10\n2025-03-06,5,Ghost,\n";

/// It is refused in one line that names the file, and nothing is printed as if it had worked.
#[track_caller]
fn refused(ran: &Ran, file: &str, lies: &str) {
    assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{}", ran.err);
    let line = ran.err.lines().last().unwrap_or_default();
    assert!(line.contains(&format!("{file} was not changed: ")) && line.contains(lies), "{}", ran.err);
}

fn ada() -> Place {
    Place::with(&[("ada/log.csv", QUIET_LOG), ("ada/pain.md", "2025-03-05: left hip 3/10\n")])
}

#[test]
fn a_table_never_takes_the_place_of_a_log_kept_by_hand() {
    for command in ["analyze", "roster"] {
        let place = ada();
        place.write("in/ada/runs.csv", BY_HAND);
        place.write("runs.parquet", "PAR1 no table PAR1");
        let export = |file: &str| place.run(&[command, "in", "--as-of", AS_OF, "--quiet", "--export", file]);
        refused(&export("in/ada/runs.csv"), "in/ada/runs.csv", "not a table as runhip wrote it");
        assert_eq!(place.read("in/ada/runs.csv"), BY_HAND);
        refused(&export("runs.parquet"), "runs.parquet", "not a table as runhip wrote it");
        assert_eq!(place.read("runs.parquet"), "PAR1 no table PAR1");
        assert!(!place.path("reports").exists(), "it is refused before any work");
        place.write("empty.csv", "");
        refused(&export("empty.csv"), "empty.csv", "not a table");
    }
}

#[test]
fn a_table_takes_the_place_of_an_earlier_one_that_nobody_changed() {
    for command in ["analyze", "roster"] {
        let place = ada();
        for file in ["in/ada/runs.csv", "runs.parquet"] {
            let export = || place.run(&[command, "in", "--as-of", AS_OF, "--quiet", "--export", file]);
            let bytes = || std::fs::read(place.path(file)).unwrap();
            assert_eq!(export().status, 0);
            let first = bytes();
            assert_eq!((export().status, bytes() == first), (0, true), "{command} {file}");
            place.write("in/ada/more.csv", "date,distance_km\n2025-03-29,6\n");
            assert_eq!((export().status, bytes() == first), (0, false), "{command} {file}");
            std::fs::remove_file(place.path("in/ada/more.csv")).unwrap();
        }
        // A row added by the runner, and a distance corrected with a unit.
        let table = place.read("in/ada/runs.csv");
        for changed in [format!("{table},,2025-03-30,,,run,7000,,,,,\n"), table.replacen(",5000,", ",5 km,", 1)] {
            place.write("in/ada/runs.csv", &changed);
            let ran = place.run(&[command, "in", "--as-of", AS_OF, "--quiet", "--export", "in/ada/runs.csv"]);
            refused(&ran, "in/ada/runs.csv", "somebody changed it");
            assert_eq!(place.read("in/ada/runs.csv"), changed);
        }
    }
}

#[test]
fn a_file_that_is_read_in_the_same_run_is_not_replaced() {
    let place = ada();
    let export = |more: &[&str]| place.run(&[&["analyze", "in", "--as-of", AS_OF, "--quiet"], more].concat());
    assert_eq!(export(&["--export", "old.csv"]).status, 0);
    std::fs::copy(place.path("old.csv"), place.path("in/old.csv")).unwrap();
    // As the configuration it is an input of this run, whatever it contains.
    let settings = place.path("in/old.csv");
    std::fs::write(&settings, "").unwrap();
    refused(&export(&["--config", "in/old.csv", "--export", "in/old.csv"]), "in/old.csv", "not a table");
}

#[test]
fn reports_leave_alone_what_has_their_name_and_is_not_theirs() {
    for (command, name) in [("analyze", "in"), ("roster", "index")] {
        for taken in [format!("{name}-2025-03-31.html"), format!("{name}-latest.json")] {
            let place = ada();
            place.write(&format!("out/{taken}"), "my own words\n");
            let ran = place.run(&[command, "in", "--as-of", AS_OF, "--out", "out"]);
            refused(&ran, &format!("out/{taken}"), "it is a file that runhip did not write");
            assert_eq!(place.names("out"), std::slice::from_ref(&taken), "all of them or none");
            assert_eq!(place.read(&format!("out/{taken}")), "my own words\n");
        }
    }
    // A diary that quotes the mark of a report is still a diary.
    let place = ada();
    let diary = "2025-03-05: left hip 3/10\n<!-- runhip report -->\n";
    place.write("out/in-latest.md", diary);
    refused(&place.analyze(&["--out", "out", "--format", "md"]), "out/in-latest.md", "runhip did not write");
    assert_eq!(place.read("out/in-latest.md"), diary);
    // A file in the place of the folder.
    place.write("file", "mine");
    let ran = place.analyze(&["--out", "file"]);
    assert_eq!((ran.status, place.read("file").as_str()), (1, "mine"), "{}", ran.err);
}

#[test]
fn one_athletes_taken_name_costs_that_athletes_report_and_no_other() {
    let place = Place::with(&[("ada/log.csv", QUIET_LOG), ("bo/log.csv", QUIET_LOG)]);
    place.write("reports/ada-latest.html", "my own words\n");
    let ran = place.run(&["roster", "in", "--as-of", AS_OF]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    assert!(ran.err.contains("ada: reports/ada-latest.html was not changed: "), "{}", ran.err);
    assert_eq!(place.read("reports/ada-latest.html"), "my own words\n");
    assert!(place.path("reports/bo-latest.html").exists() && !place.path("reports/ada-2025-03-31.html").exists());
}

#[test]
fn links_are_neither_replaced_nor_written_through() {
    let place = ada();
    place.write("mine.csv", BY_HAND);
    place.write("mine.html", "mine");
    assert_eq!(place.analyze(&["--quiet", "--export", "ours.csv"]).status, 0);
    let ours = place.read("ours.csv");
    for (to, name) in [
        ("mine.csv", "link.csv"),
        ("ours.csv", "alias.csv"),
        ("nowhere.csv", "dangling.csv"),
        ("../mine.html", "reports/other-latest.html"),
    ] {
        symlink(to, place.path(name)).unwrap();
        let ran = match name {
            "reports/other-latest.html" => place.analyze(&["--athlete", "Other"]),
            _ => place.analyze(&["--quiet", "--export", name]),
        };
        refused(&ran, name, "it is a link");
        assert!(place.path(name).is_symlink());
    }
    assert_eq!((place.read("mine.csv").as_str(), place.read("mine.html").as_str()), (BY_HAND, "mine"));
    assert_eq!(place.read("ours.csv"), ours);
    assert!(!place.path("nowhere.csv").exists());
    // If one of our files has two names, the other one keeps the old contents.
    std::fs::hard_link(place.path("ours.csv"), place.path("kept.csv")).unwrap();
    place.write("in/ada/more.csv", "date,distance_km\n2025-03-29,6\n");
    assert_eq!(place.analyze(&["--quiet", "--export", "ours.csv"]).status, 0);
    assert!(place.read("kept.csv") == ours && place.read("ours.csv") != ours);
    assert_eq!(std::fs::metadata(place.path("kept.csv")).unwrap().nlink(), 1);
}

#[test]
fn what_has_to_be_new_is_written_nowhere_else() {
    let place = ada();
    place.write("spring.csv", "date,distance_km\n2025-04-01,5\n");
    symlink("nowhere.toml", place.path("runhip.toml")).unwrap();
    symlink("nowhere.csv", place.path("plan.csv")).unwrap();
    std::fs::create_dir(place.path("full")).unwrap();
    place.write("full/.hidden", "mine");
    let suggest =
        ["plan", "--log", "in/ada/log.csv", "--as-of", AS_OF, "--target", "8km", "--by", "2025-06-01", "--suggest"];
    for (arguments, says) in [
        (vec!["init"], "exists already and was not changed"),
        ([&suggest[..], &["--out", "plan.csv"]].concat(), "exists already and was not changed"),
        ([&suggest[..], &["--out", "spring.csv"]].concat(), "exists already and was not changed"),
        (vec!["demo", "full"], "is not empty"),
        (vec!["demo", "spring.csv"], "a file stands where a folder is needed"),
    ] {
        let ran = place.run(&arguments);
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(says), "{arguments:?}: {}", ran.err);
    }
    assert_eq!(place.names("full"), [".hidden"]);
    assert_eq!(place.read("spring.csv"), "date,distance_km\n2025-04-01,5\n");
    assert!(place.path("runhip.toml").is_symlink() && place.path("plan.csv").is_symlink());
    assert!(!place.path("nowhere.toml").exists() && !place.path("nowhere.csv").exists());
}
