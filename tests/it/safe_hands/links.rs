//! Links are followed only inside the given paths, each folder is entered once, and the ledger says so.

use std::os::unix::fs::symlink;

use crate::place::{AS_OF, Place, QUIET_LOG, each};

const SECRET: &str = "2025-03-05: right hip 9/10, told to nobody\n";

/// The lines of the ledger, by path.
fn ledger(place: &Place, paths: &[&str]) -> (i32, String) {
    let ran = place.run(&[&["check", "--no-cache", "-v"], paths].concat());
    (ran.status, ran.out)
}

#[test]
fn a_link_out_of_the_given_paths_is_not_followed_and_said() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    place.write("other/pain.md", SECRET);
    place.write("other/more/log.csv", "date,distance_km\n2025-03-29,6\n");
    for (to, name) in [("../other", "folder"), ("../other/pain.md", "pain.md"), ("../other/more/..", "winding")] {
        symlink(to, place.path(&format!("in/{name}"))).unwrap();
    }
    symlink("/proc", place.path("in/system")).unwrap();
    let (status, out) = ledger(&place, &["in"]);
    assert_eq!(status, 3);
    for name in ["folder", "pain.md", "winding", "system"] {
        let row = format!("failed  {name}: it is a link that leads out of the given paths, and was not followed");
        assert!(out.contains(&row), "{out}");
    }
    assert!(out.contains("5 files: 1 read, 0 merged, 0 ignored, 4 failed."), "{out}");
    let report = place.json(&[]);
    assert_eq!((report["pain"].as_array().unwrap().len(), report["athlete"]["runs"].as_u64()), (0, Some(12)));
    // The target is read once its path is given.
    std::fs::remove_file(place.path("in/system")).unwrap();
    let (status, out) = ledger(&place, &["in", "other"]);
    assert_eq!(status, 0, "{out}");
    assert!(out.contains("in/folder: a link to a folder that is read as other"), "{out}");
    assert!(out.contains("other/pain.md: the same file as in/pain.md"), "{out}");
    // The same if it is listed under ignore.
    symlink("/proc", place.path("in/system")).unwrap();
    place.write("in/runhip.toml", "ignore = [\"system\", \"folder\", \"winding\", \"pain.md\"]\n");
    let (status, out) = ledger(&place, &["in"]);
    assert_eq!((status, out.matches("matches a pattern under ignore").count()), (0, 4), "{out}");
}

#[test]
fn a_link_inside_is_followed_and_what_it_leads_to_is_read_once() {
    let place = Place::with(&[("2025/log.csv", QUIET_LOG), (".store/kept.csv", "date,distance_km\n2025-02-01,5\n")]);
    symlink("2025", place.path("in/again")).unwrap();
    symlink("2025/log.csv", place.path("in/same.csv")).unwrap();
    // As some tools keep large files: the link is visible, its target is hidden.
    symlink(".store/kept.csv", place.path("in/kept.csv")).unwrap();
    symlink(".store", place.path("in/store")).unwrap();
    let (status, out) = ledger(&place, &["in"]);
    assert_eq!(status, 0, "{out}");
    assert!(out.contains("ignored again: a link to a folder that is read as 2025"), "{out}");
    assert!(out.contains("ignored same.csv: the same file as 2025/log.csv"), "{out}");
    assert!(out.contains("read    kept.csv, csv (run-log), 1 activity"), "{out}");
    assert!(out.contains("ignored store/kept.csv: the same file as kept.csv"), "{out}");
    assert_eq!(place.json(&[])["athlete"]["runs"], 13);
}

#[test]
fn links_that_double_on_each_level_are_entered_once() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    let mut deep = "in".to_owned();
    for level in 0..12 {
        deep = format!("{deep}/d{level}");
        std::fs::create_dir(place.path(&deep)).unwrap();
        symlink(".", place.path(&format!("{deep}/one"))).unwrap();
        symlink("..", place.path(&format!("{deep}/two"))).unwrap();
        symlink(place.path("in"), place.path(&format!("{deep}/three"))).unwrap();
    }
    let (status, out) = ledger(&place, &["in"]);
    assert_eq!(status, 0, "{out}");
    assert_eq!(out.matches("a link back to a folder above it").count(), 36, "{out}");
    assert!(out.contains("37 files: 1 read, 0 merged, 36 ignored, 0 failed."), "{out}");
}

#[test]
fn a_path_that_is_a_link_itself_is_followed_once() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    place.write("elsewhere/pain.md", SECRET);
    symlink("in", place.path("alias")).unwrap();
    symlink("in/log.csv", place.path("one.csv")).unwrap();
    symlink("../elsewhere", place.path("in/out")).unwrap();
    symlink("../alias", place.path("in/back")).unwrap();
    let (status, out) = ledger(&place, &["alias"]);
    assert_eq!(status, 3);
    assert!(out.contains("read    log.csv, csv (run-log), 12 activities"), "{out}");
    assert!(out.contains("ignored back: a link back to a folder above it"), "{out}");
    assert!(out.contains("failed  out: it is a link that leads out"), "{out}");
    let (status, out) = ledger(&place, &["one.csv"]);
    assert_eq!(status, 0);
    assert!(out.contains("12 activities"), "{out}");
}

#[test]
fn a_configuration_that_is_a_link_is_left_alone_and_said() {
    let place = Place::with(&[("ada/log.csv", QUIET_LOG)]);
    place.write("theirs.toml", "athlete = \"Somebody Else\"\nunits = \"mi\"\n");
    symlink("../theirs.toml", place.path("in/runhip.toml")).unwrap();
    symlink("../../theirs.toml", place.path("in/ada/runhip.toml")).unwrap();
    let why = "runhip.toml is a link, and no configuration; name what it leads to with --config\n";
    let ran = place.analyze(&["--stdout", "json"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, format!("in/{why}").as_str()));
    assert!(!ran.out.contains("Somebody Else") && ran.out.contains("a link, and no configuration"), "{}", ran.out);
    let ran = place.run(&["roster", "in", "--as-of", AS_OF, "--stdout", "json"]);
    assert_eq!((ran.status, ran.err), (0, format!("in/{why}in/ada/{why}")));
    assert!(!ran.out.contains("Somebody Else"), "{}", ran.out);
    symlink("theirs.toml", place.path("runhip.toml")).unwrap();
    let ran = place.run(&["note", "--file", "pain.md", "--date", "2025-03-30", "hip fine"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, why));
    // A link that the runner names is followed.
    let ran = place.analyze(&["--stdout", "json", "--config", "theirs.toml"]);
    assert!(ran.out.contains("Somebody Else"), "{}", ran.out);
}

#[test]
fn no_athletes_notes_reach_the_report_of_another() {
    let place = Place::with(&[("ada/log.csv", QUIET_LOG), ("ada/private/pain.md", SECRET), ("eve/log.csv", QUIET_LOG)]);
    for (to, name) in [
        ("../ada/private/pain.md", "eve/pain.md"),
        ("../ada", "eve/friend"),
        ("../../in", "eve/everyone"),
        ("ada/private", "mallory"),
        ("ada", "a-first-name"),
    ] {
        symlink(to, place.path(&format!("in/{name}"))).unwrap();
    }
    let ran = place.run(&["roster", "in", "--as-of", AS_OF, "--format", "html,json"]);
    assert_eq!(ran.status, 3, "{}", ran.err);
    for name in ["eve/pain.md", "eve/friend", "eve/everyone"] {
        assert!(ran.err.contains(&format!("{name}: it is a link that leads out of the given paths")), "{}", ran.err);
    }
    for (name, bytes) in place.files("reports") {
        let holds = String::from_utf8_lossy(&bytes).contains("told to nobody");
        assert_eq!(holds, name.starts_with("ada-"), "{name}");
    }
    let index: serde_json::Value = serde_json::from_str(&place.read("reports/index-latest.json")).unwrap();
    let mut athletes = each(&index["athletes"], "name");
    athletes.sort();
    assert_eq!(athletes, ["ada", "eve", "mallory"]);
    assert!(ran.err.contains("mallory: it is a link and was not followed; "), "{}", ran.err);
    assert_eq!(each(&index["left_alone"], "path"), ["a-first-name"]);
}
