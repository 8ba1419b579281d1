//! `runhip note` on files as runners keep them: nothing in them is ever lost.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

fn runhip(folder: &Path) -> assert_cmd::Command {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_runhip"));
    command.current_dir(folder);
    command
}

fn folder_with(name: &str, bytes: &[u8]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    folder
}

/// Adds the note `text` for 6 March 2026 to `pain.md` and returns the output as one line.
#[track_caller]
fn note(folder: &Path, text: &str) -> String {
    let output = runhip(folder).args(["note", "--file", "pain.md", "--date", "2026-03-06", text]).assert().success();
    let text = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The single line on standard error of a run that could do nothing.
#[track_caller]
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = runhip(folder).arg("note").args(arguments).assert().code(1);
    assert!(output.get_output().stdout.is_empty());
    let text = String::from_utf8(output.get_output().stderr.clone()).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    text
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_new_file_is_made_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let printed = note(folder.path(), "left outer hip 4/10 after the long run");
    assert_eq!(
        fs::read(folder.path().join("pain.md")).unwrap(),
        b"2026-03-06: left outer hip 4/10 after the long run\n"
    );
    assert_eq!(names(folder.path()), ["pain.md"]);
    assert!(printed.contains("Noted in pain.md: 2026-03-06: left outer hip 4/10 after the long run"), "{printed}");
    assert!(printed.contains("Read as left hip, outer side, 4/10, after a run."), "{printed}");
}

#[test]
fn what_is_there_stays_byte_for_byte() {
    let cases: [(&[u8], &[u8]); 6] = [
        (b"2026-03-05: off\n", b"2026-03-06: hip fine\n"),
        (b"2026-03-05: off", b"\n2026-03-06: hip fine\n"),
        (b"2026-03-05: off\r\n", b"2026-03-06: hip fine\r\n"),
        (b"2026-03-04: off\r\n2026-03-05: off", b"\r\n2026-03-06: hip fine\r\n"),
        ("# Hüfte\n\n- 2026-03-05 ok  \n\n".as_bytes(), b"- 2026-03-06: hip fine\n"),
        (b"\xef\xbb\xbf2026-03-05: off\n", b"2026-03-06: hip fine\n"),
    ];
    for (before, added) in cases {
        let folder = folder_with("pain.md", before);
        note(folder.path(), "hip fine");
        let after = fs::read(folder.path().join("pain.md")).unwrap();
        assert_eq!(after, [before, added].concat(), "{}", String::from_utf8_lossy(before));
    }
}

#[test]
fn line_breaks_become_blanks_and_words_are_joined() {
    let folder = tempfile::tempdir().unwrap();
    note(folder.path(), "left hip\n2026-01-01: 9/10\r\n\tsore \u{2028} 2/10");
    runhip(folder.path())
        .args(["note", "--file", "pain.md", "--date", "2026-03-07", "hip", "fine", "--", "-", "really"])
        .assert()
        .success();
    assert_eq!(
        fs::read_to_string(folder.path().join("pain.md")).unwrap(),
        "2026-03-06: left hip 2026-01-01: 9/10 sore 2/10\n2026-03-07: hip fine - really\n"
    );
}

#[test]
fn side_and_severity_stand_in_front_and_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let output = runhip(folder.path())
        .args(["note", "--file", "pain.md", "--date", "2026-03-06", "--side", "right", "--severity", "3", "glute ache"])
        .assert()
        .success();
    let written = fs::read_to_string(folder.path().join("pain.md")).unwrap();
    assert_eq!(written, "2026-03-06: right hip 3/10, glute ache\n");
    let printed = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
    assert!(printed.contains("right hip, buttock, 3/10, ache."), "{printed}");
}

#[test]
fn eighty_at_once_lose_nothing() {
    let folder = folder_with("pain.md", b"2026-03-05: off\n");
    std::thread::scope(|scope| {
        for worker in 0..20 {
            let folder = folder.path();
            scope.spawn(move || {
                for turn in 0..4 {
                    note(folder, &format!("left hip, note {worker} of turn {turn} end"));
                }
            });
        }
    });
    let text = fs::read_to_string(folder.path().join("pain.md")).unwrap();
    assert_eq!(text.lines().count(), 1 + 80);
    for worker in 0..20 {
        for turn in 0..4 {
            let line = format!("2026-03-06: left hip, note {worker} of turn {turn} end\n");
            assert_eq!(text.matches(&line).count(), 1, "{line}");
        }
    }
    assert_eq!(names(folder.path()), ["pain.md"], "something was left behind");
}

#[test]
fn a_read_only_file_is_left_alone() {
    let folder = folder_with("pain.md", b"2026-03-05: off\n");
    let path = folder.path().join("pain.md");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions.clone()).unwrap();
    let why = refused(folder.path(), &["--file", "pain.md", "hip fine"]);
    assert!(why.contains("pain.md cannot be written") && why.contains("read-only"), "{why}");
    assert_eq!(fs::read(&path).unwrap(), b"2026-03-05: off\n");
    assert_eq!(fs::metadata(&path).unwrap().permissions(), permissions);
    assert_eq!(names(folder.path()), ["pain.md"]);
}

#[test]
fn what_is_no_journal_is_left_alone() {
    let table = b"date,side,severity\n2026-03-05,left,3\n";
    let readme = "Words about something else.\n".repeat(30);
    let cases: [(&str, &[u8], &str); 6] = [
        ("pain.csv", table, "has to end in .md or .txt"),
        ("notes", b"2026-03-05: off\n", "has to end in .md or .txt"),
        ("pain.md", b"2026-03-05: off\n\0\0\0", "is not text"),
        ("pain.txt", b"\xff\xfe2\x000\x002\x006\x00", "is in UTF-16"),
        ("README.md", readme.as_bytes(), "no line in it begins with a date"),
        ("report.md", b"<!-- runhip report -->\n# Ada\n", "is a report that runhip wrote"),
    ];
    for (name, bytes, why) in cases {
        let folder = folder_with(name, bytes);
        let said = refused(folder.path(), &["--file", name, "hip fine"]);
        assert!(said.contains(name) && said.contains(why), "{said}");
        assert_eq!(fs::read(folder.path().join(name)).unwrap(), bytes, "{name}");
        assert_eq!(names(folder.path()), [name]);
    }
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("dir.md")).unwrap();
    assert!(refused(folder.path(), &["--file", "dir.md", "hip fine"]).contains("it is not a file"));
    assert!(refused(folder.path(), &["--file", "pain.md", " \n"]).contains("the note is empty"));
    assert!(
        refused(folder.path(), &["--file", "pain.md", "--date", "2999-01-01", "sore"]).contains("is in the future")
    );
    assert_eq!(names(folder.path()), ["dir.md"]);
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let real = elsewhere.join("diary.txt");
    fs::write(&real, "2026-03-05: off\n").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("elsewhere/diary.txt", folder.path().join("pain.md")).unwrap();
    note(folder.path(), "hip fine");
    assert_eq!(fs::read_to_string(&real).unwrap(), "2026-03-05: off\n2026-03-06: hip fine\n");
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(folder.path().join("pain.md")).unwrap().is_symlink());
    assert_eq!(names(&elsewhere), ["diary.txt"]);

    symlink("nowhere.md", folder.path().join("dangling.md")).unwrap();
    let why = refused(folder.path(), &["--file", "dangling.md", "hip fine"]);
    assert!(why.contains("it is a link to a file that is not there"), "{why}");
    assert!(!folder.path().join("nowhere.md").exists());
}

#[test]
fn the_file_is_named_by_the_configuration_relative_to_it() {
    let folder = folder_with("runhip.toml", b"notes = \"diary.md\"\n");
    runhip(folder.path()).args(["note", "--date", "2026-03-06", "hip fine"]).assert().success();
    assert_eq!(fs::read_to_string(folder.path().join("diary.md")).unwrap(), "2026-03-06: hip fine\n");

    let away = tempfile::tempdir().unwrap();
    runhip(away.path())
        .args(["note", "--date", "2026-03-07", "hip fine", "--config"])
        .arg(folder.path().join("runhip.toml"))
        .assert()
        .success();
    assert_eq!(names(away.path()), [""; 0]);
    assert_eq!(
        fs::read_to_string(folder.path().join("diary.md")).unwrap(),
        "2026-03-06: hip fine\n2026-03-07: hip fine\n"
    );
}

#[test]
fn without_a_file_it_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let why = refused(folder.path(), &["hip fine"]);
    assert!(why.contains("--file pain.md") && why.contains("notes = \"pain.md\""), "{why}");
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn the_day_is_today_where_the_configuration_says() {
    // Kiritimati and Pago Pago are 25 hours apart, so it is never the same day in both.
    let day = |zone: &str| {
        let folder = folder_with("runhip.toml", format!("notes = \"pain.md\"\ntimezone = \"{zone}\"\n").as_bytes());
        runhip(folder.path()).args(["note", "hip fine"]).assert().success();
        let text = fs::read_to_string(folder.path().join("pain.md")).unwrap();
        text[..10].parse::<chrono::NaiveDate>().unwrap()
    };
    let (west, east) = (day("Pacific/Pago_Pago"), day("Pacific/Kiritimati"));
    assert!((1..=2).contains(&(east - west).num_days()), "{west} and {east}");
}

#[test]
fn a_warning_sign_is_the_first_thing_said() {
    let folder = tempfile::tempdir().unwrap();
    for (text, opening) in [
        (
            "hip pain and lost control of my bladder",
            "! Get emergency medical help now: your note says you lost control of bowel",
        ),
        ("fell on my right hip, felt a pop", "! Get emergency medical help now: your note mentions a fall or blow"),
        ("left leg gave way, hip sore", "! Stop running and get medical assessment today: your note mentions a leg"),
        (
            "right hip ache 5/10, woke me at night",
            "! Arrange to see a doctor (GP or sports doctor): your note mentions",
        ),
    ] {
        let printed = note(folder.path(), text);
        assert!(printed.starts_with(opening), "{printed}");
        assert!(printed.contains("Sources: "), "{printed}");
        assert!(!printed.contains("No warning sign"), "{printed}");
    }
}

#[test]
fn a_sign_of_our_own_says_so_beside_one_of_the_texts() {
    let folder = tempfile::tempdir().unwrap();
    let printed = note(folder.path(), "left hip 4/10, numb between my legs and wet myself");
    assert!(
        printed.starts_with("! Get emergency medical help now: your note says you lost control of bowel"),
        "{printed}"
    );
    assert!(printed.contains("! Also: your note mentions numbness in the groin, between the legs"), "{printed}");
    let (texts, rest) =
        printed.split_once("; Added by runhip, not in the guidance texts.").expect("our own comes last");
    assert!(texts.contains("Sources: How to Find Relief for Hip Spasms; "), "{texts}");
    assert!(rest.contains("runhip explain saddle-numbness"), "{rest}");
}

#[test]
fn who_to_see_is_no_further_sign_and_stands_below_them() {
    let folder = tempfile::tempdir().unwrap();
    let printed = note(folder.path(), "right hip ache 5/10, woke me at night");
    assert_eq!(printed.matches("! ").count(), 1, "{printed}");
    let at = |words: &str| printed.find(words).unwrap_or_else(|| panic!("{words} is not in {printed}"));
    assert!(at("! Arrange to see a doctor") < at(". Start with your GP"), "{printed}");
    assert!(at("Start with your GP") < at("Sources: "), "{printed}");
}

#[test]
fn nothing_read_is_no_all_clear() {
    let folder = tempfile::tempdir().unwrap();
    let sore = note(folder.path(), "left hip a bit sore 2/10");
    assert!(sore.contains("runhip guide warning-signs lists what to look for"), "{sore}");
    let foreign = note(folder.path(), "mal à la hanche gauche depuis hier soir");
    assert!(foreign.contains("speaks of the hip in French: not read"), "{foreign}");
    assert!(foreign.contains("may have been missed") && !foreign.contains("No warning sign"), "{foreign}");
    let bare = note(folder.path(), "hip sore, no fever");
    assert!(bare.contains("Not said: which side; where on the hip; how bad, from 0 to 10."), "{bare}");
    assert!(bare.contains("Said not to be there: fever"), "{bare}");
}

#[test]
fn analyze_reads_what_note_wrote() {
    let folder = tempfile::tempdir().unwrap();
    note(folder.path(), "left outer hip 4/10 after the long run");
    let output =
        runhip(folder.path()).args(["analyze", ".", "--as-of", "2026-03-08", "--stdout", "json"]).assert().success();
    let report: serde_json::Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert_eq!(report["pain"][0]["date"], "2026-03-06");
    assert_eq!(report["pain"][0]["severity"], 4.0);
    assert_eq!(report["pain"][0]["side"], "left");
}

#[test]
fn a_sign_without_a_place_is_told_in_case_it_is_the_hip() {
    let folder = tempfile::tempdir().unwrap();
    for text in [
        "can't put weight on it since the fall, 8/10",
        "couldn't stand on my left leg this morning",
        "cant bear weight",
    ] {
        std::fs::remove_file(folder.path().join("pain.md")).ok();
        let printed = note(folder.path(), text);
        assert!(printed.starts_with("! If this is your hip: !"), "{printed}");
        assert!(printed.contains("No place is named. Was it the hip?"), "{printed}");
        assert!(
            printed.contains("Read as a warning sign of no named place, which the report lists as not understood.")
        );
        let report =
            runhip(folder.path()).args(["analyze", ".", "--as-of", "2026-03-07", "--stdout", "md"]).output().unwrap();
        let report = String::from_utf8(report.stdout).unwrap();
        let listed = report.split_once("ot understood").map(|(_, listed)| listed).unwrap_or_default();
        assert!(listed.contains(text), "{report}");
    }
}

#[test]
fn a_sign_without_a_place_is_the_open_episodes() {
    let folder = folder_with("pain.md", b"2026-03-01: right groin sore 5/10\n");
    let printed = note(folder.path(), "can't put weight on it, 8/10");
    assert!(printed.starts_with("! Stop running and get medical assessment today"), "{printed}");
    assert!(printed.contains("taken as the hip of the open episode"), "{printed}");
    let folder = folder_with("pain.md", b"# Left hip diary\n");
    assert!(note(folder.path(), "limping").contains("which its file is about"));
}

#[test]
fn a_score_told_without_a_place_is_written_as_the_hips() {
    for (words, line) in [
        ("sore", "2026-03-06: hip 8/10, sore\n"),
        ("outer hip sore", "2026-03-06: 8/10, outer hip sore\n"),
        ("knee sore", "2026-03-06: 8/10, knee sore\n"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let arguments = ["note", "--file", "pain.md", "--date", "2026-03-06", "--severity", "8", words];
        runhip(folder.path()).args(arguments).assert().success();
        assert_eq!(fs::read_to_string(folder.path().join("pain.md")).unwrap(), line);
    }
}
