//! Every command that a page shows is run as printed, in a home folder of its own, and ends as the page says; every
//! output that a page shows is what the program prints; every setting that a page shows is valid.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use super::text::{Block, Page, pages, root};

/// Lines of shell blocks that are not run here, each with the reason.
const NOT_RUN: [(&str, &str, &str); 10] = [
    ("README.md", "cargo install --path . --locked", INSTALLS),
    ("README.md", "cargo test", "is what runs this test"),
    ("docs/start.md", "cargo install --path . --locked", INSTALLS),
    ("docs/automate.md", "if [ $? -eq 4 ]; then", WHOLE_SCRIPT),
    ("docs/automate.md", "echo \"A warning sign in the notes: see ~/reports\" >&2", WHOLE_SCRIPT),
    ("docs/automate.md", "fi", WHOLE_SCRIPT),
    (
        "docs/automate.md",
        "news=\"$(runhip analyze --quiet --keep 52 --format html,json,md --out ~/reports ~/runs)\"",
        WHOLE_SCRIPT,
    ),
    ("docs/automate.md", "if [ -n \"$news\" ]; then", WHOLE_SCRIPT),
    ("docs/automate.md", "mail -s \"Running report\" you@example.org <~/reports/runs-latest.md", WHOLE_SCRIPT),
    ("docs/statistics.md", "cargo run --profile bench --example simulate_links", "computes for many minutes"),
];

const INSTALLS: &str = "builds the program for minutes and puts it into the home of whoever tests";
const WHOLE_SCRIPT: &str = "tests/automate.rs runs the whole script";

/// The current date for a reader of a page: the day on which the samples end. `runhip plan` suggests nothing while a
/// hip hurts, so its date is before the pain, as docs/plan.md says.
const TODAY: [(&str, &str); 3] = [("analyze", "2026-11-18"), ("roster", "2026-11-18"), ("plan", "2026-11-08")];

/// A command, its expected status, and the output that the page shows.
struct Step<'a> {
    line: usize,
    command: &'a str,
    status: Option<i32>,
    shown: Vec<&'a str>,
}

/// The commands of a block. In `console` blocks they follow `$ ` and have their output below them; `$ echo $?` with a
/// number gives the status of the command before.
fn steps<'a>(block: &Block<'a>) -> Vec<Step<'a>> {
    let step = |line, command| Step { line, command, status: None, shown: Vec::new() };
    match block.kind {
        "sh" => {
            let said = block.lines.iter().filter(|(_, text)| !text.trim().is_empty());
            said.map(|&(line, text)| step(line, text.trim())).collect()
        }
        "console" => {
            let mut steps: Vec<Step<'a>> = Vec::new();
            let mut asked = false;
            for &(line, text) in &block.lines {
                match text.strip_prefix("$ ") {
                    Some("echo $?") => asked = true,
                    Some(command) => steps.push(step(line, command)),
                    None if asked => {
                        steps.last_mut().unwrap().status = Some(text.parse().expect("a status behind echo $?"));
                        asked = false;
                    }
                    None => steps.last_mut().expect("a command before its answer").shown.push(text),
                }
            }
            steps
        }
        _ => Vec::new(),
    }
}

/// The words of a command that runs the program, with the day from [`TODAY`] if the page gives none.
fn runnable(command: &str) -> Option<String> {
    // In a checkout, the program is run through cargo.
    let command = command.replacen("cargo run -- ", "runhip ", 1);
    let rest = command.strip_prefix("runhip")?;
    if !rest.is_empty() && !rest.starts_with(' ') {
        return None;
    }
    let verb = rest.split_whitespace().next().unwrap_or_default();
    let day = TODAY.iter().find(|(known, _)| *known == verb && !rest.contains("--as-of") && !rest.contains("--help"));
    Some(day.map_or(command.clone(), |(_, day)| command.replacen(verb, &format!("{verb} --as-of {day}"), 1)))
}

/// The home folder of somebody who reads a page: the program, the samples, logs of their own and some athletes'.
struct Home(tempfile::TempDir);

impl Home {
    fn of(page: &Page) -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        let at = |name: &str| home.0.path().join(name);
        std::fs::create_dir_all(at(".cargo/bin")).unwrap();
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_runhip"), at(".cargo/bin/runhip")).unwrap();
        let samples = root().join("samples");
        copy(&samples, &at("samples"));
        copy(&samples.join("runner"), &at("runs"));
        copy(&samples.join("team"), &at("athletes"));
        match page.name.as_str() {
            // "the file named as notes in runhip.toml"
            "README.md" => std::fs::write(at("runhip.toml"), "notes = \"runs/pain.md\"\n").unwrap(),
            // A beginner has logs and nothing else.
            "docs/start.md" => {
                std::fs::remove_file(at("runs/runhip.toml")).unwrap();
                std::fs::remove_file(at("runs/pain.md")).unwrap();
            }
            _ => {}
        }
        std::fs::write(at("spring.csv"), plan()).unwrap();
        home
    }

    fn run(&self, command: &str) -> Output {
        Command::new("/bin/sh")
            .args(["-c", command])
            .current_dir(self.0.path())
            .env_clear()
            .env("HOME", self.0.path())
            .env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", self.0.path().join(".cargo/bin").display()))
            .output()
            .unwrap()
    }
}

/// The plan that docs/plan.md shows.
fn plan() -> String {
    let pages = pages();
    let page = pages.iter().find(|page| page.name == "docs/plan.md").unwrap();
    let blocks = page.blocks();
    let plan = blocks.iter().find(|block| block.kind == "csv").expect("a plan");
    let rows: Vec<&str> = plan.lines.iter().map(|(_, row)| row.as_ref()).collect();
    format!("{}\n", rows.join("\n"))
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target).unwrap();
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Whether an output contains the lines shown, unchanged and in order; `…` stands for any lines left out.
fn holds(answer: &str, shown: &[&str]) -> bool {
    let lines: Vec<&str> = answer.lines().map(str::trim_end).collect();
    let mut from = 0;
    shown.split(|line| line.trim() == "…").filter(|part| !part.is_empty()).all(|part| {
        let part: Vec<&str> = part.iter().map(|line| line.trim_end()).collect();
        let at = (from..=lines.len().saturating_sub(part.len()))
            .find(|&at| lines.get(at..at + part.len()) == Some(&part[..]));
        from = at.unwrap_or_default() + part.len();
        at.is_some()
    })
}

/// Runs the commands of a page in order, and reports every difference from what it says.
fn faults(page: &Page) -> Vec<String> {
    let blocks = page.blocks();
    let steps: Vec<Step<'_>> = blocks.iter().flat_map(steps).collect();
    let mut faults = Vec::new();
    let mut home: Option<Home> = None;
    for step in steps {
        let place = format!("{}:{}: {}", page.name, step.line, step.command);
        if NOT_RUN.iter().any(|(name, line, _)| *name == page.name && *line == step.command) {
            continue;
        }
        let Some(command) = runnable(step.command) else {
            faults.push(format!("{place}: is neither run nor in NOT_RUN"));
            continue;
        };
        let output = home.get_or_insert_with(|| Home::of(page)).run(&command);
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let promised = step.status.unwrap_or(0);
        if output.status.code() != Some(promised) {
            faults.push(format!("{place}: ended with {:?} instead of {promised}: {out}{err}", output.status.code()));
        }
        if !holds(&format!("{out}{err}"), &step.shown) {
            faults.push(format!("{place}: does not answer what is shown, but:\n{out}{err}"));
        }
    }
    faults
}

#[test]
fn every_command_of_every_page_ends_as_the_page_says() {
    let pages = pages();
    let faults: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = pages.iter().map(|page| scope.spawn(|| faults(page))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    let run: usize =
        pages.iter().flat_map(|page| page.blocks().iter().map(|block| steps(block).len()).collect::<Vec<_>>()).sum();
    assert!(run > 50, "only {run} commands were found: are blocks still recognised?");
}

#[test]
fn what_is_listed_here_still_stands_in_the_pages() {
    let pages = pages();
    for (name, line, why) in NOT_RUN {
        let page = pages.iter().find(|page| page.name == name).unwrap_or_else(|| panic!("there is no {name}"));
        let blocks = page.blocks();
        assert!(
            blocks.iter().flat_map(steps).any(|step| step.command == line),
            "{name} no longer shows \"{line}\" ({why}): take it out of the list"
        );
    }
}

/// The program's commands, with the options of each, as its help lists them.
fn known() -> (BTreeSet<String>, BTreeSet<String>) {
    let help = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_runhip")).args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let overview = help(&["-h"]);
    let listed = overview.split("Commands:").nth(1).unwrap().split("Options:").next().unwrap();
    let commands: BTreeSet<String> = listed
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| Some(line.split_whitespace().next()?.to_owned()))
        .collect();
    let texts = commands.iter().map(|command| help(&[command, "-h"])).chain([overview.clone()]);
    let words: Vec<String> = texts
        .flat_map(|text| {
            text.split(|c: char| c.is_whitespace() || ",[]<>".contains(c)).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    (commands, words.into_iter().filter(|word| word.starts_with("--") && word.len() > 2).collect())
}

#[test]
fn commands_and_options_named_in_sentences_exist() {
    let (commands, options) = known();
    assert!(commands.contains("analyze") && options.contains("--as-of"), "{commands:?} {options:?}");
    for page in pages().iter().filter(|page| page.name != "CHANGELOG.md") {
        for code in page.code() {
            let words: Vec<&str> = code.split_whitespace().collect();
            if words.first() == Some(&"runhip") {
                let verb = words.get(1).unwrap_or(&"--help");
                assert!(verb.starts_with('-') || commands.contains(*verb), "{}: `{code}`: no such command", page.name);
            }
            let ours = words.first().is_some_and(|word| *word == "runhip" || word.starts_with("--"));
            for word in words.iter().filter(|word| ours && word.len() > 2 && word.starts_with("--")) {
                let name = word.split('=').next().unwrap();
                assert!(options.contains(name), "{}: `{code}`: no command has {name}", page.name);
            }
        }
    }
}

/// Logs and notes are shown as `csv` and `text` blocks. The `csv` block of docs/plan.md is a plan, which `runhip
/// plan` reads above.
#[test]
fn logs_and_notes_shown_in_a_page_are_read_without_a_fault() {
    let mut shown = 0;
    for page in pages().iter().filter(|page| ["README.md", "docs/notes.md"].contains(&page.name.as_str())) {
        for block in page.blocks() {
            let file = match block.kind {
                "csv" => "log.csv",
                "text" => "pain.md",
                _ => continue,
            };
            let folder = tempfile::tempdir().unwrap();
            let lines: Vec<&str> = block.lines.iter().map(|(_, text)| *text).collect();
            std::fs::write(folder.path().join(file), lines.join("\n")).unwrap();
            let output = Command::new(env!("CARGO_BIN_EXE_runhip"))
                .args(["check", "--no-cache", "--timezone", "UTC"])
                .arg(folder.path())
                .output()
                .unwrap();
            let out = String::from_utf8_lossy(&output.stdout);
            let place = format!("{}:{}: {out}", page.name, block.lines[0].0);
            assert_eq!(output.status.code(), Some(0), "{place}");
            assert!(out.contains("1 file: 1 read, 0 merged, 0 ignored, 0 failed."), "{place}");
            shown += 1;
        }
    }
    assert!(shown >= 5, "only {shown} logs and notes were found");
}

#[test]
fn settings_shown_in_a_page_are_read_as_they_stand() {
    let mut shown = 0;
    for page in pages() {
        for block in page.blocks().iter().filter(|block| block.kind == "toml") {
            let lines: Vec<&str> = block.lines.iter().map(|(_, text)| *text).collect();
            let place = format!("{}:{}", page.name, block.lines[0].0);
            let config =
                runhip::config::Config::parse(&lines.join("\n")).unwrap_or_else(|error| panic!("{place}: {error}"));
            if let Err(error) = runhip::analysis::settings(&config) {
                panic!("{place}: {error}");
            }
            shown += 1;
        }
    }
    assert!(shown > 2, "only {shown} blocks of settings were found");
}

#[test]
fn what_is_shown_of_an_answer_is_held_against_all_of_it() {
    let answer = "one\ntwo  \nthree\nfour\n";
    assert!(holds(answer, &[]) && holds(answer, &["two", "three"]) && holds(answer, &["one", "…", "four"]));
    assert!(!holds(answer, &["two", "four"]) && !holds(answer, &["four", "…", "one"]) && !holds(answer, &["tw"]));
}
