//! A configuration that comes in somebody's folder applies only to that folder.

use std::io::Write as _;

use crate::place::{Place, QUIET_LOG};

fn roster(place: &Place, more: &[&str]) -> crate::place::Ran {
    place.run(&[&["roster", "in", "--as-of", "2025-03-31", "--quiet"], more].concat())
}

#[test]
fn an_athletes_limits_hold_where_they_are_lower_and_not_where_they_are_higher() {
    let place = Place::new();
    let log = format!("{QUIET_LOG}{}", "#\n".repeat(600));
    place.write("in/ada/log.csv", &log);
    place.write("in/runhip.toml", "[limits]\nfile_size = \"1KB\"\n");
    let refused = "it is larger than the 1 kB";
    assert!(roster(&place, &[]).err.contains(refused), "{}", roster(&place, &[]).err);
    place.write("in/ada/runhip.toml", "[limits]\nfile_size = \"900GB\"\nunpacked_ratio = 9\n");
    let ran = roster(&place, &[]);
    assert_eq!(ran.status, 3);
    assert!(ran.err.contains(refused), "{}", ran.err);
    assert!(
        ran.err.contains(
            "ada/runhip.toml: file_size under [limits] is above what holds for all athletes and was left at that; \
             raise it in the settings for all, or with --config\n"
        ),
        "{}",
        ran.err
    );
    assert!(!ran.err.contains("unpacked_ratio"), "{}", ran.err);
    // Settings for all athletes may have any value, and an athlete's own may be lower.
    place.write("in/runhip.toml", "[limits]\nfile_size = \"900GB\"\n");
    assert_eq!((roster(&place, &[]).status, roster(&place, &[]).err.as_str()), (0, ""));
    place.write("in/ada/runhip.toml", "[limits]\nfile_size = \"1KB\"\n");
    assert!(roster(&place, &[]).err.contains(refused));
    // Without settings for all, the defaults are the maximum.
    std::fs::remove_file(place.path("in/runhip.toml")).unwrap();
    place.write("in/ada/runhip.toml", "[limits]\nunpacked_size = \"900GB\"\n");
    assert!(roster(&place, &[]).err.contains("unpacked_size under [limits]"));
}

#[test]
fn an_athletes_notes_file_lies_in_the_athletes_folder() {
    let place = Place::new();
    for (athlete, notes) in [("ada", "../bo/pain.md"), ("bo", "pain.md"), ("cy", "/etc/pain.md")] {
        place.write(&format!("in/{athlete}/log.csv"), QUIET_LOG);
        place.write(&format!("in/{athlete}/runhip.toml"), format!("units = \"km\"\nnotes = \"{notes}\"\n"));
    }
    let ran = roster(&place, &[]);
    assert_eq!(ran.status, 0);
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines.len(), 2, "{}", ran.err);
    assert!(
        lines[0].starts_with("ada/runhip.toml:2: notes = \"../bo/pain.md\" leads out of the folder"),
        "{}",
        ran.err
    );
    assert!(lines[1].starts_with("cy/runhip.toml:2: notes = \"/etc/pain.md\" leads out of the folder"), "{}", ran.err);
}

#[test]
fn a_note_goes_nowhere_that_a_configuration_found_sends_it() {
    let place = Place::new();
    let note = |more: &[&str]| place.run(&[&["note", "--date", "2025-03-30", "hip fine"], more].concat());
    let outside = tempfile::tempdir().unwrap();
    let whole = outside.path().join("pain.md");
    for notes in ["../pain.md", "in/../../pain.md", "a\\\\..\\\\..\\\\pain.md", "C:pain.md", whole.to_str().unwrap()] {
        place.write("runhip.toml", format!("\nnotes = \"{notes}\"\n"));
        let ran = note(&[]);
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{notes}");
        assert!(ran.err.starts_with("runhip: runhip.toml:2: notes = "), "{}", ran.err);
        assert!(ran.err.contains("--file") && ran.err.contains("--config"), "{}", ran.err);
    }
    assert!(!whole.exists() && !place.path("../pain.md").exists());
    // A configuration that the user names is followed.
    assert_eq!(note(&["--config", "runhip.toml"]).status, 0);
    assert!(whole.exists());
    for inside in ["diary/pain.md", "./pain.md"] {
        std::fs::create_dir_all(place.path("diary")).unwrap();
        place.write("runhip.toml", format!("notes = \"{inside}\"\n"));
        assert_eq!(note(&[]).status, 0, "{inside}");
        assert!(place.path(inside).exists());
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_came_with_a_configuration_leads_a_note_nowhere_either() {
    let place = Place::new();
    let outside = tempfile::tempdir().unwrap();
    let diary = outside.path().join("diary.md");
    std::fs::write(&diary, "2025-03-29: off\n").unwrap();
    std::os::unix::fs::symlink(&diary, place.path("pain.md")).unwrap();
    std::os::unix::fs::symlink(outside.path(), place.path("folder")).unwrap();
    for notes in ["pain.md", "folder/new.md"] {
        place.write("runhip.toml", format!("notes = \"{notes}\"\n"));
        let ran = place.run(&["note", "--date", "2025-03-30", "hip fine"]);
        assert_eq!(ran.status, 1);
        assert!(ran.err.contains("is a link out of the folder of runhip.toml"), "{}", ran.err);
    }
    assert_eq!(std::fs::read_to_string(&diary).unwrap(), "2025-03-29: off\n");
    assert!(!outside.path().join("new.md").exists());
    // A link that the user names is followed.
    assert_eq!(place.run(&["note", "--date", "2025-03-30", "--file", "pain.md", "hip fine"]).status, 0);
    assert!(std::fs::read_to_string(&diary).unwrap().ends_with("2025-03-30: hip fine\n"));
}

#[test]
fn a_configuration_further_down_or_in_an_archive_names_nobody() {
    let place = Place::with(&[("log.csv", QUIET_LOG), ("sub/runhip.toml", "athlete = \"Bo\"\n")]);
    let mut zip = zip::ZipWriter::new(std::fs::File::create(place.path("in/all.zip")).unwrap());
    zip.start_file("runhip.toml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(b"athlete = \"Cy\"\n[limits]\nfile_size = \"900GB\"\n").unwrap();
    zip.finish().unwrap();
    let ran = place.analyze(&["--quiet"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let names = place.names("reports");
    assert!(names.iter().all(|name| name.starts_with("in-")), "{names:?}");
    let report: serde_json::Value = serde_json::from_str(&place.read("reports/in-latest.json")).unwrap();
    assert_eq!(report["athlete"]["name"], serde_json::Value::Null);
    // In a roster the configured name is shown, and files are still named for the folder.
    place.write("in/sub/log.csv", QUIET_LOG);
    place.write("team/ada/log.csv", QUIET_LOG);
    place.write("team/mallory/log.csv", QUIET_LOG);
    place.write("team/mallory/runhip.toml", "athlete = \"ada\"\n");
    let ran = place.run(&["roster", "team", "--as-of", "2025-03-31", "--quiet", "--out", "r", "--format", "json"]);
    assert_eq!(ran.status, 0);
    let of = |file: &str| -> serde_json::Value { serde_json::from_str(&place.read(file)).unwrap() };
    assert_eq!(of("r/ada-latest.json")["athlete"]["known_by"], "ada");
    assert_eq!(of("r/mallory-latest.json")["athlete"]["known_by"], "mallory");
}
