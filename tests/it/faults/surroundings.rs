//! Broken clocks, environments, streams, names and folders.

use std::ffi::{OsStr, OsString};
use std::io::Read as _;
use std::os::unix::ffi::OsStrExt as _;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use crate::place::{AS_OF, Place, QUIET_LOG, each, file};

fn runhip(place: &Place) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_runhip"));
    command.current_dir(place.path("")).env_clear().stdin(Stdio::null());
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn ended(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), text(&output.stderr))
}

fn set_modified(place: &Place, name: &str, to: SystemTime) {
    std::fs::File::options().write(true).open(place.path(name)).unwrap().set_modified(to).unwrap();
}

#[test]
fn no_environment_and_odd_ones_change_nothing() {
    let note = "2025-03-05: left hip 3/10, sore — after the long run\n";
    let place = Place::with(&[("log.csv", QUIET_LOG), ("hüfte.md", note)]);
    let report = |environment: &[(&str, &str)]| {
        let mut command = runhip(&place);
        command.args(["analyze", "in", "--as-of", AS_OF, "--stdout", "json"]).envs(environment.iter().copied());
        let output = command.output().unwrap();
        assert_eq!(ended(&output), (Some(0), String::new()), "{environment:?}");
        text(&output.stdout)
    };
    let bare = report(&[]);
    assert!(bare.contains("hüfte.md") && bare.contains("sore — after"), "{bare}");
    for environment in [
        &[("TZ", "Nowhere/Bad")][..],
        &[("TZ", "")],
        &[("TZ", ":/etc/passwd")],
        &[("LANG", "C"), ("LC_ALL", "C")],
        &[("LC_ALL", "POSIX")],
        &[("LC_ALL", "xx_YY.nonsense")],
        &[("HOME", "")],
        &[("HOME", "/nowhere/at/all")],
        &[("XDG_CACHE_HOME", ""), ("HOME", "")],
        &[("XDG_CACHE_HOME", "relative")],
        &[("TERM", "dumb"), ("COLUMNS", "0"), ("LINES", "-1")],
        &[("RUST_BACKTRACE", "full"), ("RAYON_NUM_THREADS", "0"), ("POLARS_MAX_THREADS", "1")],
    ] {
        assert_eq!(report(environment), bare, "{environment:?}");
    }
    assert_eq!(place.names("."), ["in"], "nothing is kept in a folder that no one named");
}

#[test]
fn streams_that_are_closed_stop_nobody() {
    let place = Place::with(&[("log.csv", QUIET_LOG), ("broken.gpx", "<gpx")]);
    for (arguments, status) in
        [("analyze in --as-of 2025-03-31 --verbose", 3), ("check in", 3), ("explain", 0), ("guide", 0)]
    {
        for streams in [">&-", "2>&-", "<&-", "<&- >&- 2>&-"] {
            let script = format!("exec \"$0\" {arguments} {streams}");
            let mut command = Command::new("/bin/sh");
            command.args(["-c", &script, env!("CARGO_BIN_EXE_runhip")]).current_dir(place.path("")).env_clear();
            let output = command.output().unwrap();
            assert_eq!(output.status.code(), Some(status), "{arguments} {streams}: {}", text(&output.stderr));
        }
    }
    let report = place.read("reports/in-latest.html");
    assert!(report.trim_end().ends_with("</html>"), "no line of the terminal's went into a report");
    let note = "exec \"$0\" note --file pain.md --date 2025-03-30 hip fine <&- >&- 2>&-";
    let mut command = Command::new("/bin/sh");
    command.args(["-c", note, env!("CARGO_BIN_EXE_runhip")]).current_dir(place.path("")).env_clear();
    assert_eq!(command.status().unwrap().code(), Some(0));
    assert_eq!(place.read("pain.md"), "2025-03-30: hip fine\n");
}

#[test]
fn a_reader_that_goes_away_after_a_line_is_no_fault() {
    let place = Place::with(&[("ada/log.csv", QUIET_LOG)]);
    let mut plan = "date,distance_km\n".to_owned();
    for day in 1..=28 {
        plan.push_str(&format!("2025-04-{day:02},{}\n", 5 + day % 3));
    }
    place.write("plan.csv", plan);
    for arguments in [
        "analyze in --as-of 2025-03-31 --verbose",
        "analyze in --as-of 2025-03-31 --stdout json",
        "roster in --as-of 2025-03-31 --stdout html",
        "roster in --as-of 2025-03-31 --verbose",
        "check in",
        "explain",
        "explain worn-shoes",
        "guide",
        "guide warning-signs",
        "plan plan.csv --log in --as-of 2025-03-31",
        "note --file pain.md --date 2025-03-30 left hip fell on it and cannot put weight on it",
        "completions zsh",
        "man",
        "--help",
        "analyze --help",
    ] {
        // Closed before the first byte, and after the first line as by head -1.
        for lines in [0, 1] {
            let mut command = runhip(&place);
            command.args(arguments.split(' ')).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child = command.spawn().unwrap();
            let mut out = child.stdout.take().unwrap();
            if lines == 1 {
                out.read_exact(&mut [0; 10]).unwrap();
            }
            drop(out);
            let output = child.wait_with_output().unwrap();
            let (status, err) = ended(&output);
            assert!(matches!(status, Some(0)) && err.is_empty(), "{arguments}: {status:?} {err}");
        }
    }
    assert_eq!(place.read("pain.md").lines().count(), 2);
}

#[test]
fn a_report_of_a_later_day_is_pointed_out_and_stays() {
    let place = Place::with(&[("ada/log.csv", QUIET_LOG)]);
    for (command, slug) in [("analyze", "in"), ("roster", "index")] {
        let on = |day: &str| place.run(&[command, "in", "--as-of", day, "--quiet"]);
        assert_eq!((on("2025-03-31").err.as_str(), on("2025-03-31").err.as_str()), ("", ""));
        let later = place.read(&format!("reports/{slug}-2025-03-31.json"));
        let ran = on("2025-03-24");
        let says = format!(
            "{slug}-2025-03-31.json is of a later day than this report, which is {slug}-latest now; check the clock, or --as-of\n"
        );
        assert_eq!((ran.status, ran.err), (0, says));
        assert_eq!(place.read(&format!("reports/{slug}-2025-03-31.json")), later);
        let latest: serde_json::Value =
            serde_json::from_str(&place.read(&format!("reports/{slug}-latest.json"))).unwrap();
        assert_eq!(latest["as_of"], "2025-03-24");
        assert!(
            latest["since_last"].is_null() && latest["compared_with"].is_null(),
            "what is still to come is no earlier report"
        );
    }
}

#[test]
fn files_from_the_future_are_read_anew_when_they_change() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    let tomorrow = SystemTime::now() + Duration::from_secs(100_000);
    set_modified(&place, "in/log.csv", tomorrow);
    let report = |more: &[&str]| {
        let mut command = runhip(&place);
        command
            .env("XDG_CACHE_HOME", place.path("cache"))
            .args(["analyze", "in", "--as-of", AS_OF, "--stdout", "json"]);
        text(&command.args(more).output().unwrap().stdout)
    };
    let first = report(&[]);
    assert_eq!(first, report(&["--no-cache"]));
    assert!(!place.path("cache").exists(), "when a file from the future last changed is not known");
    // The same length as before and, since the clock was set back, seemingly older.
    place.write("in/log.csv", QUIET_LOG.replace("2025-03-30,5", "2025-03-30,9"));
    set_modified(&place, "in/log.csv", SystemTime::UNIX_EPOCH + Duration::from_secs(1));
    let second = report(&[]);
    assert_ne!(second, first);
    assert_eq!(second, report(&["--no-cache"]));
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_taken_as_they_are() {
    let place = Place::new();
    let odd = |name: &[u8]| OsStr::from_bytes(name).to_owned();
    let folder = place.path("in").join(odd(b"f\xe9lls"));
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join(odd(b"r\xfcn.csv")), QUIET_LOG).unwrap();
    std::fs::write(folder.join("runhip.toml"), "units = \"mi\"\n").unwrap();
    let out = place.path("").join(odd(b"\xffreports"));
    let run = |arguments: &[OsString]| {
        let output = runhip(&place).args(arguments).output().unwrap();
        assert_eq!(ended(&output), (Some(0), String::new()), "{arguments:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
    let as_of = words(&["--as-of", AS_OF]);
    run(&[vec!["analyze".into(), folder.clone().into(), "--out".into(), out.clone().into()], as_of.clone()].concat());
    let named = |name: &str| out.join(name).is_file();
    assert!(
        named("f-e9lls-latest.html") && named("f-e9lls-2025-03-31.json"),
        "{:?}",
        std::fs::read_dir(&out).unwrap().collect::<Vec<_>>()
    );
    let json = run(&[vec!["analyze".into(), "in".into(), "--stdout".into(), "json".into()], as_of.clone()].concat());
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(file(&report, "f%E9lls/r%FCn.csv")["activities"], 12);
    run(&[vec!["roster".into(), "in".into(), "--out".into(), out.clone().into()], as_of].concat());
    assert!(named("index-latest.html"));
    let table = place.path("").join(odd(b"t\xe4ble.csv"));
    let notes = place.path("").join(odd(b"p\xe4in.md"));
    run(&[words(&["note", "--date", "2025-03-30", "hip fine", "--file"]), vec![notes.clone().into()]].concat());
    assert_eq!(std::fs::read(notes).unwrap(), b"2025-03-30: hip fine\n");
    run(&[words(&["analyze", "in", "--quiet", "--as-of", AS_OF, "--export"]), vec![table.clone().into()]].concat());
    assert!(table.is_file());
    // An argument that has to be text is refused as a usage error.
    let output = runhip(&place).args(["analyze", "in", "--athlete"]).arg(odd(b"\xff")).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn names_and_paths_as_long_as_they_get_are_read_or_told() {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    // Twenty nested folders with names of 240 letters: longer than the 4,096 bytes a path may have. No path reaches
    // the innermost, so the inner ten are made separately and moved into the outer ten.
    let ten = |name: &str| format!("{name}/{}", vec!["0".repeat(240); 10].join("/"));
    place.write(&format!("{}/deep.csv", ten("inner")), QUIET_LOG);
    std::fs::create_dir_all(place.path(&ten("in"))).unwrap();
    std::fs::rename(place.path("inner"), place.path(&format!("{}/inner", ten("in")))).unwrap();
    let ran = place.run(&["check", "in"]);
    assert_eq!(ran.status, 3);
    assert!(ran.out.contains("read    log.csv, csv (run-log), 12 activities"), "{}", ran.out);
    let row = ran.out.lines().find(|line| line.starts_with("failed  0000")).unwrap_or_else(|| panic!("{}", ran.out));
    assert!(row.ends_with("the file could not be read: invalid filename"), "{}", &row[row.len() - 100..]);
    // File names are cut if a runner's name is too long for one.
    let long = "Ada ".repeat(100);
    let ran = place.run(&["analyze", "in/log.csv", "--as-of", AS_OF, "--athlete", &long, "--quiet"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(place.names("reports").iter().all(|name| name.starts_with("ada-ada-") && name.len() < 130));
    place.write(&format!("team/{}/log.csv", "b".repeat(250)), QUIET_LOG);
    place.write(&format!("team/{}c/log.csv", "b".repeat(250)), QUIET_LOG);
    let ran = place.run(&["roster", "team", "--as-of", AS_OF, "--quiet", "--out", "rosters"]);
    assert_eq!((ran.status, ran.err.as_str(), place.names("rosters").len()), (0, "", 2 * 4 + 6));
    let ran = place.run(&["analyze", "in/log.csv", "--as-of", AS_OF, "--out", &"o".repeat(300)]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(ran.err.ends_with("cannot be written to: the name is too long; choose a shorter one\n"), "{}", ran.err);
    std::fs::remove_dir_all(place.path("in")).unwrap();
}

#[test]
fn what_the_program_wrote_itself_is_never_read_as_a_log() {
    let place = Place::with(&[("ada/log.csv", QUIET_LOG), ("ada/pain.md", "2025-03-05: left hip 3/10\n")]);
    let analyze = |more: &[&str]| {
        let fixed =
            ["analyze", "in", "--as-of", AS_OF, "--timezone", "UTC", "--format", "html,md,json", "--out", "in/reports"];
        let ran = place.run(&[&fixed[..], more].concat());
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{more:?}");
    };
    let figures = || -> serde_json::Value {
        let report: serde_json::Value = place.json(&["--timezone", "UTC"]);
        serde_json::json!([report["runs"], report["weeks"], report["pain"], report["episodes"], report["athlete"]])
    };
    let before = figures();
    for ending in ["csv", "parquet"] {
        analyze(&["--export", &format!("in/reports/runs.{ending}")]);
        analyze(&["--redact", "--redact-shift", "7000", "--export", &format!("in/reports/shared.{ending}")]);
    }
    let ran = place.run(&["roster", "in", "--as-of", AS_OF, "--out", "in/ada/team", "--export", "in/ada/team/all.csv"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let wish =
        ["plan", "--log", "in/ada/log.csv", "--as-of", AS_OF, "--target", "8km", "--by", "2025-06-01", "--suggest"];
    let plan = place.run(&wish);
    assert!(plan.status == 0 && plan.out.lines().count() > 10, "{}{}", plan.out, plan.err);
    place.write("in/plan.csv", &plan.out);
    assert_eq!(figures(), before);
    let report = place.json(&["--timezone", "UTC"]);
    let left = |name: &str| file(&report, name)["reason"].as_str().unwrap_or_default().to_owned();
    assert_eq!(left("reports/in-latest.html"), "a report of runhip's own");
    for name in ["reports/runs.csv", "reports/shared.csv", "ada/team/all.csv"] {
        assert_eq!(left(name), "a table that runhip exported; the logs behind it are read themselves");
    }
    assert_eq!(left("plan.csv"), "a plan that runhip suggested, and no runs; runhip plan reads it");
    let read: Vec<&serde_json::Value> =
        report["import"]["files"].as_array().unwrap().iter().filter(|row| row["outcome"] != "ignored").collect();
    assert_eq!(each(&serde_json::json!(read), "path"), ["ada/log.csv", "ada/pain.md"]);
    // The command that takes plans still accepts it.
    assert_eq!(place.run(&["plan", "in/plan.csv", "--log", "in/ada/log.csv", "--as-of", AS_OF]).status, 0);
}
