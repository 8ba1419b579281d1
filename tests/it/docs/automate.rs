//! The timers and scripts in docs/automate.md and other pages work as printed: the crontab lines as cron runs them,
//! the unit as systemd does, the property list as launchd does, and the scripts as a shell does, each with a minimal
//! environment.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PAGE: &str = include_str!("../../../docs/automate.md");
const README: &str = include_str!("../../../README.md");
const COACHES: &str = include_str!("../../../docs/coaches.md");

/// A home folder with the program where `cargo install` puts it, a runner's logs and two athletes.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir_all(home.path(".cargo/bin")).unwrap();
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_runhip"), home.path(".cargo/bin/runhip")).unwrap();
        for folder in ["runs", "athletes/one", "athletes/two"] {
            std::fs::create_dir_all(home.path(folder)).unwrap();
            let mut log = "date,distance_km\n".to_owned();
            // Sundays, Tuesdays, Thursdays and Saturdays.
            for day in (1..=28).filter(|day| [0, 1, 3, 5].contains(&(day % 7))) {
                log.push_str(&format!("2026-02-{day:02},5.0\n"));
            }
            std::fs::write(home.path(folder).join("log.csv"), log).unwrap();
        }
        home
    }

    /// Adds a run of yesterday to the runner's log and those of the athletes, so that it is no log that has ended.
    fn kept_up(self) -> Self {
        let yesterday = (chrono::Local::now() - chrono::Duration::days(1)).date_naive();
        for folder in ["runs", "athletes/one", "athletes/two"] {
            let log = self.path(folder).join("log.csv");
            let rows = std::fs::read_to_string(&log).unwrap();
            std::fs::write(&log, format!("{rows}{yesterday},5.0\n")).unwrap();
        }
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs a program with only the environment that cron and systemd give.
    fn bare(&self, program: &str, arguments: &[&str]) -> Output {
        Command::new(program)
            .args(arguments)
            .current_dir("/")
            .env_clear()
            .env("HOME", self.0.path())
            .env("LOGNAME", "runner")
            .env("SHELL", "/bin/sh")
            .env("PATH", "/usr/bin:/bin")
            .output()
            .unwrap()
    }

    fn reports(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.path("reports")).map_or_else(|_| Vec::new(), Iterator::collect);
        let mut names: Vec<String> =
            entries.into_iter().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

/// The fenced code blocks of one kind.
fn blocks<'a>(page: &'a str, kind: &str) -> Vec<&'a str> {
    let begin = format!("```{kind}\n");
    page.split(&begin).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// The commands of the crontab lines: everything after the five time fields.
fn cron_commands(page: &str) -> Vec<String> {
    let commands = blocks(page, "cron").into_iter().flat_map(str::lines).map(|line| {
        assert!(!line.contains('%'), "cron would cut the line at a percent sign: {line}");
        let mut rest = line.trim();
        for _ in 0..5 {
            rest = rest.split_once(char::is_whitespace).expect("five fields of time").1.trim_start();
        }
        rest.to_owned()
    });
    commands.collect()
}

fn said(output: &Output) -> (String, String) {
    (String::from_utf8_lossy(&output.stdout).into_owned(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn crontab_lines_make_reports_and_say_nothing_of_a_quiet_log() {
    for (page, lines) in [(PAGE, 2), (README, 1), (COACHES, 1)] {
        let commands = cron_commands(page);
        assert_eq!(commands.len(), lines);
        for command in commands {
            let home = Home::new().kept_up();
            let output = home.bare("/bin/sh", &["-c", &command]);
            assert!(output.status.success(), "{command}: {:?}", said(&output));
            assert_eq!(said(&output), (String::new(), String::new()), "{command}");
            let latest = if command.contains("roster") { "index-latest.html" } else { "runs-latest.html" };
            assert!(home.reports().iter().any(|name| name == latest), "{command}: {:?}", home.reports());
        }
    }
}

#[test]
fn the_next_week_says_what_is_new_and_an_urgent_sign_is_said_again() {
    let home = Home::new();
    let runhip = home.path(".cargo/bin/runhip");
    let report =
        |day: &str| {
            let (out, runs) = (home.path("reports"), home.path("runs"));
            let paths = [out.to_string_lossy(), runs.to_string_lossy()];
            said(&home.bare(
                &runhip.to_string_lossy(),
                &["analyze", "--quiet", "--as-of", day, "--out", &paths[0], &paths[1]],
            ))
        };
    assert_eq!(report("2026-03-01").0, "");
    std::fs::write(home.path("runs").join("pain.md"), "2026-03-05: fell on my left hip, cannot put weight on it\n")
        .unwrap();
    let (out, err) = report("2026-03-08");
    assert!(out.starts_with("Since the report of 1 Mar 2026: a new warning sign, "), "{out}");
    assert!(out.contains("left hip pain since 5 Mar") && out.contains("Report: "), "{out}");
    assert_eq!(err, "");
    assert_eq!(report("2026-03-08").0, out, "made again on the same day it says the same");
    let again = report("2026-03-09").0;
    assert!(
        again.starts_with("Since the report of 8 Mar 2026: 2 warning signs still stand"),
        "the fall and the leg: {again}"
    );
    assert!(again.contains("Get emergency medical help now."), "a fall and no weight on it: {again}");
}

#[test]
fn a_quiet_roster_names_those_of_whom_something_is_new() {
    let home = Home::new();
    let command = cron_commands(PAGE).into_iter().find(|command| command.contains("roster")).unwrap();
    let on = |day: &str| {
        let command = command.replace("roster", &format!("roster --as-of {day}"));
        said(&home.bare("/bin/sh", &["-c", &command])).0
    };
    assert_eq!(on("2026-03-01"), "");
    std::fs::write(home.path("athletes/two/pain.md"), "2026-03-05: fell on my left hip, cannot put weight on it\n")
        .unwrap();
    let out = on("2026-03-08");
    assert!(out.starts_with("two: ") && out.contains("warning sign") && !out.contains("one: "), "{out}");
    assert!(out.lines().last().unwrap().starts_with("Index: "), "{out}");
}

#[test]
fn the_units_are_what_systemd_runs() {
    let units = blocks(PAGE, "ini");
    assert_eq!(units.len(), 2);
    let value = |unit: &str, key: &str| {
        let line = unit.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
        line.unwrap_or_else(|| panic!("{key} is not in {unit}")).to_owned()
    };
    let home = Home::new();
    let started = value(units[0], "ExecStart").replace("%h", &home.0.path().to_string_lossy());
    let mut words = started.split_whitespace();
    let program = words.next().unwrap();
    assert!(Path::new(program).is_absolute(), "systemd wants the whole path");
    let output = home.bare(program, &words.collect::<Vec<_>>());
    assert!(output.status.success(), "{:?}", said(&output));
    assert!(home.reports().contains(&"runs-latest.html".to_owned()));
    assert_eq!(value(units[0], "SuccessExitStatus"), "3");
    assert_eq!(value(units[1], "OnCalendar"), "Mon 06:15");
}

/// A stand-in for the program that sends mail.
const MAIL: &str = r#"mail() { echo "to $*"; cat; }"#;

#[test]
fn the_property_list_is_what_launchd_runs() {
    let lists = blocks(PAGE, "xml");
    assert_eq!(lists.len(), 1);
    let words = lists[0].split("<array>").nth(1).unwrap().split("</array>").next().unwrap();
    let home = Home::new();
    let here = home.0.path().to_string_lossy().into_owned();
    let words: Vec<String> = words
        .split("<string>")
        .skip(1)
        .map(|rest| rest.split("</string>").next().unwrap().replace("/Users/ada", &here))
        .collect();
    assert_eq!(words[0], "/usr/local/bin/runhip");
    let arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
    let output = home.bare(&home.path(".cargo/bin/runhip").to_string_lossy(), &arguments);
    assert!(output.status.success(), "{:?}", said(&output));
    assert!(home.reports().contains(&"runs-latest.html".to_owned()));
}

#[test]
fn the_scripts_run_in_a_shell_and_react_to_a_warning_sign() {
    let scripts = blocks(PAGE, "sh");
    assert_eq!(scripts.len(), 2);
    let home = Home::new().kept_up();
    let run = |script: &str| {
        let output = home.bare("/bin/sh", &["-c", &format!("PATH=\"$HOME/.cargo/bin:$PATH\"\n{MAIL}\n{script}")]);
        assert!(output.status.success(), "{:?}", said(&output));
        said(&output)
    };
    assert_eq!(run(scripts[0]).1, "");
    assert_eq!(run(scripts[1]), (String::new(), String::new()), "nothing new, no mail");
    std::fs::write(home.path("runs").join("pain.md"), "2026-02-28: fell on my left hip, cannot put weight on it\n")
        .unwrap();
    // The log ends in February 2026, and a sign leads for only four weeks after its episode.
    let at = |script: &str| script.replace("analyze", "analyze --as-of 2026-03-01");
    assert!(run(&at(scripts[0])).1.contains("A warning sign in the notes"));
    let mail = run(&at(scripts[1])).0;
    assert!(mail.starts_with("to -s Running report you@example.org\n<!-- runhip report -->"), "{mail}");
    assert!(mail.contains("Get emergency medical help now"), "{mail}");
}
