//! Broken, missing or malicious input costs its own row and nothing else.

use std::io::Write as _;

use super::team::{A_NOTICE, json, ladder, roster, row};
use crate::place::{Place, QUIET_LOG, each, gpx};

#[test]
fn one_athletes_broken_export_stops_nobody() {
    let place = ladder();
    place.write("in/broken/a.gpx", "<gpx");
    place.write("in/half/log.csv", QUIET_LOG);
    place.write("in/half/b.gpx", "<gpx");
    place.write("in/zip.zip", "PK\u{3}\u{4} and then nothing");
    let ran = roster(&place, &["--quiet"]);
    assert_eq!(ran.status, 3);
    assert!(ran.err.contains("broken/a.gpx:") && ran.err.contains("half/b.gpx:"), "{}", ran.err);
    let index: serde_json::Value = serde_json::from_str(&place.read("reports/index-latest.json")).unwrap();
    assert_eq!(index["athletes"].as_array().unwrap().len(), 8);
    let broken = row(&index, "broken");
    assert_eq!(
        (&broken["state"], &broken["attention"], &broken["report"]),
        (&"failed".into(), &"none".into(), &().into())
    );
    assert!(broken["reasons"][0].as_str().unwrap().starts_with("a.gpx: "), "{broken}");
    assert!(broken["findings_last_28_days"].is_null(), "nothing known is not none");
    assert_eq!(row(&index, "zip")["state"], "failed");
    let half = row(&index, "half");
    assert_eq!((&half["state"], &half["reasons"][0]), (&"read".into(), &"1 file could not be read".into()));
    assert_eq!(row(&index, "quiet")["state"], "read");
    // Athletes about whom nothing is known come before those about whom nothing needs to be said.
    let names = each(&index["athletes"], "name");
    let at = |name: &str| names.iter().position(|other| other == name).unwrap();
    assert!(at("fresh") < at("broken") && at("broken") < at("quiet"), "{names:?}");
}

#[test]
fn one_athletes_broken_configuration_is_that_athletes_row() {
    let place = ladder();
    for (athlete, text, what) in [
        ("a", "\nunit = \"km\"\n", "runhip.toml:2: "),
        ("b", "[thresholds]\nweekly_hop = 1\n", "runhip.toml:2: unknown threshold"),
        ("c", "[csv.columns]\ndatum = \"x\"\n", "runhip.toml:2: unknown key \"datum\""),
    ] {
        place.write(&format!("in/{athlete}/runhip.toml"), text);
        place.write(&format!("in/{athlete}/log.csv"), QUIET_LOG);
        let ran = roster(&place, &["--quiet"]);
        assert_eq!(ran.status, 3);
        assert!(ran.err.contains(&format!("{athlete}: {what}")), "{}", ran.err);
        let index: serde_json::Value = serde_json::from_str(&place.read("reports/index-latest.json")).unwrap();
        let reason = row(&index, athlete)["reasons"][0].as_str().unwrap();
        assert!(reason.starts_with(what), "{reason}");
        assert!(!place.names("reports").contains(&format!("{athlete}-latest.html")));
    }
}

#[test]
fn a_folder_without_runs_is_listed_as_such_and_is_no_loss() {
    let place = ladder();
    std::fs::create_dir(place.path("in/empty")).unwrap();
    place.write("in/pictures/a.jpg", "x");
    place.write("in/notes-only/pain.md", "2025-03-30: left hip 3/10\n");
    assert_eq!(roster(&place, &["--quiet"]).status, 0);
    let index: serde_json::Value = serde_json::from_str(&place.read("reports/index-latest.json")).unwrap();
    let state = |name: &str| (row(&index, name)["state"].clone(), row(&index, name)["reasons"].to_string());
    assert_eq!(state("empty"), ("no-runs".into(), "[\"there are no files\"]".into()));
    assert_eq!(state("pictures"), ("no-runs".into(), "[\"no run and no note in the one file\"]".into()));
    let (notes, reasons) = state("notes-only");
    assert_eq!(notes, "no-runs");
    assert!(reasons.contains("·\u{a0}since 30\u{a0}Mar") && reasons.contains("no run in this log"), "{reasons}");
    assert_eq!(row(&index, "notes-only")["attention"], "P3", "pain counts without a run too");
    assert_eq!(index["counts"]["without_runs"], 3);
}

#[test]
fn an_export_as_a_zip_is_an_athlete() {
    let place = ladder();
    let mut zip = zip::ZipWriter::new(std::fs::File::create(place.path("in/Export Ada.ZIP")).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("runs/a.gpx", options).unwrap();
    zip.write_all(gpx("2025-03-20T06:00:00Z", (48.1, 11.5), 50).as_bytes()).unwrap();
    zip.start_file("log.csv", options).unwrap();
    zip.write_all(A_NOTICE.as_bytes()).unwrap();
    zip.finish().unwrap();
    assert_eq!(roster(&place, &["--quiet"]).status, 0);
    let report: serde_json::Value = serde_json::from_str(&place.read("reports/export-ada-latest.json")).unwrap();
    assert_eq!(report["athlete"]["name"], "Export Ada");
    let index: serde_json::Value = serde_json::from_str(&place.read("reports/index-latest.json")).unwrap();
    assert_eq!(row(&index, "Export Ada")["folder"], "Export Ada.ZIP");
}

#[test]
fn names_that_come_to_the_same_file_are_told_apart() {
    let place = Place::new();
    for folder in ["Ada", "ada", "ada!", "index", "r\u{e9}", "r\u{ea}"] {
        place.write(&format!("in/{folder}/log.csv"), QUIET_LOG);
    }
    assert_eq!(roster(&place, &["--quiet", "--format", "html"]).status, 0);
    let names = place.names("reports");
    let latest =
        |base: &str| names.iter().filter(|name| name.starts_with(base) && name.ends_with("-latest.html")).count();
    assert_eq!((latest("ada-"), latest("index-"), latest("re-")), (3, 2, 2), "{names:?}");
    assert!(!names.contains(&"ada-latest.html".to_owned()), "{names:?}");
    assert_eq!(names.len(), 6 * 2 + 6);
    let two = place.run(&["roster", "in", "in/../in", "--as-of", "2025-03-31", "--stdout", "json"]);
    let index: serde_json::Value = serde_json::from_str(&two.out).unwrap();
    assert_eq!(index["athletes"].as_array().unwrap().len(), 6, "one folder by two ways is one athlete each");
    assert_eq!(index["left_alone"].as_array().unwrap().len(), 6);
}

#[test]
fn what_lies_beside_the_folders_is_listed_with_its_reason() {
    let place = ladder();
    place.write("in/loose.gpx", gpx("2025-03-20T06:00:00Z", (48.1, 11.5), 50));
    place.write("in/.DS_Store", "x");
    let ran = roster(&place, &["--out", "in/reports"]);
    assert_eq!(ran.status, 0);
    let ran = roster(&place, &["--out", "in/reports"]);
    assert!(ran.out.contains("3 files or folders beside the athletes' folders left alone"), "{}", ran.out);
    let index: serde_json::Value = serde_json::from_str(&place.read("in/reports/index-latest.json")).unwrap();
    assert_eq!(each(&index["left_alone"], "path"), [".DS_Store", "loose.gpx", "reports"]);
    assert!(index["left_alone"][1]["reason"].as_str().unwrap().contains("put it into the folder of its athlete"));
    assert_eq!(index["athletes"].as_array().unwrap().len(), 5, "reports are no athlete");
}

#[test]
fn where_there_is_no_athlete_one_line_says_why() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    for (arguments, says) in [
        (&["roster", "in"][..], "runhip analyze makes the report of one runner"),
        (&["roster", "in/log.csv"], "give the folder that holds their folders"),
        (&["roster", "gone"], "gone cannot be opened"),
    ] {
        let ran = place.run(arguments);
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{arguments:?}");
        assert!(ran.err.contains(says) && ran.err.lines().count() == 1, "{}", ran.err);
        assert_eq!(place.names("."), ["in"]);
    }
    assert_eq!(place.run(&["roster"]).status, 2);
}

#[test]
fn a_shared_configuration_that_is_wrong_or_one_athletes_stops_at_once() {
    let place = ladder();
    for (text, says) in
        [("athlete = \"Ada\"\n", "sets athlete, which belongs to one"), ("x = 1\n", "in/runhip.toml:1:")]
    {
        place.write("in/runhip.toml", text);
        let ran = roster(&place, &[]);
        assert_eq!(ran.status, 1);
        assert!(ran.err.contains(says), "{}", ran.err);
        assert_eq!(place.names("."), ["in"]);
    }
}

#[test]
fn a_finding_as_severe_as_asked_of_any_athlete_is_status_4_and_outranks_a_loss() {
    let place = ladder();
    let status = |level: &str| roster(&place, &["--quiet", "--fail-on", level]).status;
    assert_eq!(["never", "notice", "warning", "urgent"].map(status), [0, 4, 4, 4]);
    place.write("in/broken/a.gpx", "<gpx");
    assert_eq!(["never", "urgent"].map(status), [3, 4]);
    std::fs::remove_dir_all(place.path("in/signed")).unwrap();
    assert_eq!(["warning", "urgent"].map(status), [4, 3]);
}

#[cfg(unix)]
#[test]
fn names_of_those_who_mean_ill_do_nothing() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let place = Place::new();
    let names: [&[u8]; 5] = [
        b"<script>alert(1)</script>",
        "\u{202e}gnp.exe".as_bytes(),
        b"not \xff\xfe text",
        b"a\"b|c`d`\x1b[31m",
        b"-rf",
    ];
    for name in names {
        // A file name cannot contain a slash.
        let name: Vec<u8> = name.iter().copied().filter(|byte| *byte != b'/').collect();
        let folder = place.path("in").join(OsStr::from_bytes(&name));
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("log.csv"), A_NOTICE).unwrap();
    }
    let ran = roster(&place, &["--format", "html,md,json"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(!ran.out.contains('\u{1b}') && !ran.out.contains('\u{202e}'), "{}", ran.out);
    for name in place.names("reports") {
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte)), "{name}");
        let text = place.read(&format!("reports/{name}"));
        assert!(!text.contains('\u{1b}'), "{name}");
        if !name.ends_with("json") {
            assert!(!text.contains("<script") && !text.contains('\u{202e}'), "{name}");
        }
    }
    let index = json(&place, &[]);
    assert!(each(&index["athletes"], "name").contains(&"not %FF%FE text".to_owned()), "{index}");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_an_athlete_that_could_not_be_read() {
    let place = ladder();
    std::os::unix::fs::symlink(place.path("gone"), place.path("in/away")).unwrap();
    std::os::unix::fs::symlink(place.path("in/quiet"), place.path("in/zz")).unwrap();
    let ran = roster(&place, &["--quiet"]);
    assert_eq!((ran.status, ran.err.as_str()), (3, "away: it is not there\n"));
    let index: serde_json::Value = serde_json::from_str(&place.read("reports/index-latest.json")).unwrap();
    assert_eq!(row(&index, "away")["state"], "failed");
    assert_eq!(index["left_alone"][0]["reason"], "the same as quiet");
}

#[test]
fn no_absolute_path_and_no_coordinate_stands_in_the_index() {
    let place = ladder();
    place.write("in/gps/a.gpx", gpx("2025-03-20T06:00:00Z", (51.477_813, -12.345_678), 50));
    place.write("in/bad/runhip.toml", "x = 1\n");
    place.write("in/cut/a.gpx", "<gpx");
    let team = place.path("in");
    for format in ["html", "md", "json"] {
        let text = place.run(&["roster", team.to_str().unwrap(), "--as-of", "2025-03-31", "--stdout", format]).out;
        assert!(text.len() > 1_000);
        assert!(!text.contains(team.parent().unwrap().to_str().unwrap()), "{format}");
        assert!(!text.contains("51.47") && !text.contains("12.34"), "{format}");
    }
}
