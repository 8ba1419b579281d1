//! Full disks. A limit on the size of a file stands in for one, since it needs no special rights and the program
//! meets it at the same place; standard output goes to the device that is always full.

use std::process::{Command, Stdio};

use crate::place::{Place, QUIET_LOG, Ran};

/// Runs the program where no file may grow beyond a few kilobytes.
fn limited(place: &Place, arguments: &[&str]) -> Ran {
    let mut command = Command::new("/bin/sh");
    // In blocks of 512 or 1,024 bytes, depending on the shell. Unless ignored, the signal would end the program
    // before it could say why.
    command.args(["-c", "ulimit -f 4 && trap '' XFSZ && exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_runhip")]);
    command.args(arguments).current_dir(place.path("")).env_clear().env("TZ", "UTC").env("HOME", place.path("home"));
    command.stdin(Stdio::null()).output().unwrap().into()
}

/// One line says which file could not be written, why, and what to do; nothing is printed as if it had worked.
#[track_caller]
fn refused(ran: &Ran, file: &str) {
    assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{}", ran.err);
    let says = format!("{file} cannot be written: it would be larger than files may be here; raise the limit");
    assert!(ran.err.contains(&says), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}

#[test]
fn reports_that_find_no_room_leave_the_earlier_ones_whole() {
    for command in ["analyze", "roster"] {
        let place = Place::with(&[("ada/log.csv", QUIET_LOG)]);
        let arguments = [command, "in", "--as-of", "2025-03-31", "--no-cache"];
        assert_eq!(place.run(&arguments).status, 0);
        let earlier = place.files("reports");
        place.write("in/ada/log.csv", format!("{QUIET_LOG}2025-03-31,6\n"));
        let name = if command == "analyze" { "in" } else { "ada" };
        refused(&limited(&place, &arguments), &format!("reports/{name}-2025-03-31.html"));
        assert_eq!(place.files("reports"), earlier, "{command}");
        assert_eq!(place.run(&arguments).status, 0);
        let now = place.files("reports");
        assert!(now != earlier && now.keys().eq(earlier.keys()));
    }
}

#[test]
fn a_first_report_that_finds_no_room_leaves_nothing_half_made() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    refused(&limited(&place, &["analyze", "in", "--as-of", "2025-03-31", "--out", "new"]), "new/in-2025-03-31.html");
    assert_eq!(place.names("new"), [""; 0]);
}

#[test]
fn a_note_that_finds_no_room_leaves_the_diary_as_it_was() {
    let diary = format!("{}2025-03-05: off\n", "a word about this diary and its runner\n".repeat(500));
    let place = Place::with(&[("pain.md", &diary)]);
    let note = ["note", "--file", "in/pain.md", "--date", "2025-03-06", "left hip 3/10"];
    refused(&limited(&place, &note), "in/pain.md");
    assert_eq!(place.files("in"), [("pain.md".to_owned(), diary.clone().into_bytes())].into());
    assert_eq!(place.run(&note).status, 0);
    assert_eq!(place.read("in/pain.md"), format!("{diary}2025-03-06: left hip 3/10\n"));
}

#[test]
fn tables_settings_and_made_up_logs_that_find_no_room_say_so() {
    let mut log = QUIET_LOG.to_owned();
    for day in 1..=28 {
        log.push_str(&format!("2025-02-{day:02},5\n2025-01-{day:02},5\n2024-12-{day:02},5\n"));
    }
    let place = Place::with(&[("ada/log.csv", &log)]);
    // The table of last week, when it was still small.
    place.write("before/log.csv", QUIET_LOG);
    assert_eq!(
        place.run(&["analyze", "before", "--as-of", "2025-03-31", "--stdout", "json", "--export", "runs.csv"]).status,
        0
    );
    let earlier = place.read("runs.csv");
    for command in ["analyze", "roster"] {
        let ran = limited(
            &place,
            &[command, "in", "--as-of", "2025-03-31", "--no-cache", "--stdout", "json", "--export", "runs.csv"],
        );
        assert_eq!(ran.status, 1, "{command}: {}", ran.err);
        assert!(ran.err.starts_with("runhip: ") && ran.err.lines().count() == 1, "{command}: {}", ran.err);
        assert!(ran.err.contains("runs.csv cannot be written: it would be larger"), "{command}: {}", ran.err);
        assert_eq!(place.read("runs.csv"), earlier);
        assert_eq!(place.names("."), [".runs.csv.runhip", "before", "in", "runs.csv"]);
    }
    let demo = limited(&place, &["demo", "demo"]);
    assert_eq!((demo.status, demo.out.as_str()), (1, ""), "{}", demo.err);
    assert!(demo.err.contains("cannot be written: it would be larger than files may be here"), "{}", demo.err);
}

#[test]
fn a_cache_that_finds_no_room_costs_nothing_but_time() {
    let mut notes = String::new();
    for day in 1..=28 {
        notes.push_str(&format!("2025-03-{day:02}: {}\n", "hip fine ".repeat(60)));
    }
    let place = Place::with(&[("log.csv", QUIET_LOG), ("pain.md", &notes)]);
    let file = std::fs::File::options().write(true).open(place.path("in/pain.md")).unwrap();
    file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000)).unwrap();
    let arguments = ["analyze", "in", "--as-of", "2025-03-31", "--stdout", "json"];
    let ran = limited(&place, &arguments);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out == place.run(&arguments).out);
    let kept = place.path("home/.cache/runhip");
    assert_eq!(std::fs::read_dir(kept).map_or(0, Iterator::count), 0, "nothing half written is kept");
}

#[cfg(target_os = "linux")]
#[test]
fn standard_output_that_finds_no_room_is_said_and_nothing_panics() {
    let place = Place::with(&[("ada/log.csv", QUIET_LOG)]);
    place.write("plan.csv", "date,distance_km\n2025-04-01,5\n");
    let of = |more: &[&'static str]| [&["--as-of", "2025-03-31"][..], more].concat();
    let commands: [Vec<&str>; 17] = [
        [&["analyze", "in"][..], &of(&["--stdout", "json"])].concat(),
        [&["analyze", "in"][..], &of(&["--stdout", "html"])].concat(),
        [&["analyze", "in"][..], &of(&["--verbose"])].concat(),
        [&["roster", "in"][..], &of(&["--stdout", "md"])].concat(),
        [&["roster", "in"][..], &of(&[])].concat(),
        vec!["check", "in"],
        vec!["plan", "plan.csv", "--log", "in", "--as-of", "2025-03-31"],
        vec!["note", "--file", "pain.md", "--date", "2025-03-06", "hip fine"],
        vec!["explain"],
        vec!["explain", "worn-shoes"],
        vec!["guide"],
        vec!["guide", "warning-signs"],
        vec!["init", "new"],
        vec!["completions", "bash"],
        vec!["man"],
        vec!["--help"],
        vec!["--version"],
    ];
    for arguments in commands {
        for progress in [false, true] {
            let full = || Stdio::from(std::fs::File::options().write(true).open("/dev/full").unwrap());
            let mut command = Command::new(env!("CARGO_BIN_EXE_runhip"));
            command.args(&arguments).current_dir(place.path("")).env_clear().stdin(Stdio::null()).stdout(full());
            if progress {
                // Nobody is left to read the message, but the exit status must not change because of that.
                command.stderr(full());
            }
            let output = command.output().unwrap();
            let _ = std::fs::remove_dir_all(place.path("new"));
            assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
            if !progress {
                let says = "standard output cannot be written: the disk is full; make room there";
                let err = String::from_utf8(output.stderr).unwrap();
                assert!(err.contains(says) && err.lines().count() == 1, "{arguments:?}: {err}");
                let noted = err.starts_with("runhip: the note is in pain.md, but");
                assert_eq!(noted, arguments.contains(&"note"), "nobody shall note it twice: {err}");
            }
        }
    }
    assert_eq!(place.read("pain.md"), "2025-03-06: hip fine\n".repeat(2), "the notes themselves were kept");
}
