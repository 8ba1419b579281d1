//! The figures of speed, memory, statistics and reading that the README and docs give, measured anew and printed as the
//! page `docs/results.md`: each benchmark, made-up logs, labelled notes, and the released program itself. It measures nothing of
//! its own but that program; it calls the others and keeps what they print. An hour or so on two cores.
//! `cargo bench --bench results > docs/results.md`; `-- NAME…` for some of the parts.

#[allow(dead_code, reason = "each benchmark measures some of it")]
mod measured;

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use measured::{median, wall_s};

/// A part of the page: its name, its heading and the arguments of cargo that print it.
struct Part {
    name: &'static str,
    heading: &'static str,
    arguments: &'static [&'static str],
}

const PARTS: [Part; 9] = [
    Part { name: "analysis", heading: "Ten years of one runner", arguments: &["bench", "--bench", "analysis"] },
    Part { name: "import", heading: "Reading files, one thread", arguments: &["bench", "--bench", "import"] },
    Part { name: "process", heading: "A folder of 3,000 files", arguments: &["bench", "--bench", "process"] },
    Part { name: "roster", heading: "A club of 5,200 runners", arguments: &["bench", "--bench", "roster"] },
    Part { name: "reading", heading: "Reading 100,000 notes, one thread", arguments: &["bench", "--bench", "reading"] },
    Part { name: "link", heading: "The statistics of ten years", arguments: &["bench", "--bench", "link"] },
    Part {
        name: "simulation",
        heading: "How often the statistics are wrong",
        arguments: &["run", "--profile", "bench", "--quiet", "--example", "simulate_links"],
    },
    Part {
        name: "notes",
        heading: "Tuned on: how well labelled notes are read once the language was mended from them",
        arguments: &["test", "--lib", "labelled_tables", "--", "--nocapture", "--test-threads", "1"],
    },
    Part {
        name: "phrasings",
        heading: "Tuned on: how composed phrasings are read, template by template",
        arguments: &["test", "--lib", "tests::phrasings::composed", "--", "--nocapture", "--test-threads", "1"],
    },
];

/// What is said of the labelled notes, with what each batch gave before anything was mended from it: that cannot be measured
/// again.
const LABELLED_NOTES: &str = include_str!("../tests/data/notes/README.md");

/// The heading of those figures there.
const FIRST_LOOKS: &str = "## First looks\n";

fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null()).stderr(Stdio::null());
    cargo
}

fn printed(command: &mut Command) -> Result<String, Box<dyn Error>> {
    let output = command.output()?;
    if output.status.success() {
        Ok(String::from_utf8(output.stdout)?)
    } else {
        Err(format!("{command:?} ended with {}", output.status).into())
    }
}

/// The released program, built as `cargo install` builds it.
fn released() -> Result<PathBuf, Box<dyn Error>> {
    let told = printed(cargo().args(["build", "--release", "--bin", "runhip", "--message-format", "json"]))?;
    let path = told.lines().rev().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        message.get("executable")?.as_str().map(PathBuf::from)
    });
    path.ok_or_else(|| "cargo named no program".into())
}

/// Size, start and one whole run of the released program, in milliseconds: medians of runs one after another.
fn of_the_program(program: &Path, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    #[allow(clippy::cast_precision_loss, reason = "a file's size in megabytes")]
    let size_mb = std::fs::metadata(program)?.len() as f64 / 1e6;
    writeln!(out, "size {size_mb:.1} MB")?;
    let sample = ["analyze", "samples/runner", "--as-of", "2026-11-18", "--no-cache", "--stdout", "json"];
    for (name, arguments, times) in [("runhip --help", &["--help"][..], 41), ("the sample's report", &sample, 15)] {
        let run = || {
            let mut command = Command::new(program);
            command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).stdout(Stdio::null()).stderr(Stdio::null());
            wall_s(&mut command)
        };
        run()?;
        let taken = (0..times).map(|_| run()).collect::<Result<Vec<f64>, _>>()?;
        writeln!(out, "{name}: {:.1} ms, median of {times}", median(taken) * 1e3)?;
    }
    Ok(())
}

/// What a test prints is worth keeping where it is a figure: the names of tests are not, nor are notes.
fn figures(told: &str) -> String {
    let noise = ["running ", "test result", "warning", "successes", "failures"];
    let mut kept: Vec<&str> = Vec::new();
    for line in told.lines() {
        // What a test prints first stands behind its name.
        let line =
            if line.starts_with("test ") { line.split_once(" ... ").map_or("", |(_, first)| first) } else { line };
        let dull = noise.iter().any(|start| line.starts_with(start))
            || line == "ok"
            || line.contains('\t')
            || line.starts_with("    read ");
        let after_a_gap = kept.last().is_none_or(|last| last.is_empty());
        if !(dull || line.is_empty() && after_a_gap) {
            kept.push(line);
        }
    }
    kept.join("\n").trim().to_owned()
}

fn machine() -> String {
    #[allow(clippy::disallowed_methods, reason = "the kernel's word on the processor, not a log")]
    let told = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor =
        told.lines().find_map(|line| line.strip_prefix("model name")).map(|name| name.trim_matches([' ', '\t', ':']));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{}, {threads} threads", processor.unwrap_or("a processor that gives no name"))
}

fn main() -> Result<(), Box<dyn Error>> {
    let asked: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|one| one == name);
    let mut out = std::io::stdout().lock();
    let compiler = printed(Command::new("rustc").arg("--version"))?;
    writeln!(out, "# Results\n")?;
    writeln!(out, "Printed by `cargo bench --bench results > docs/results.md`; not edited by hand.\n")?;
    writeln!(out, "runhip {}, {}; {}.", env!("CARGO_PKG_VERSION"), compiler.trim(), machine())?;
    if wanted("program") {
        writeln!(out, "\n## The released program\n\n```text")?;
        of_the_program(&released()?, &mut out)?;
        writeln!(out, "```")?;
    }
    for part in PARTS.iter().filter(|part| wanted(part.name)) {
        let told = figures(&printed(cargo().args(part.arguments))?);
        writeln!(out, "\n## {}\n\n`cargo {}`\n\n```text\n{told}\n```", part.heading, part.arguments.join(" "))?;
        out.flush()?;
    }
    if wanted("first") {
        let figures = LABELLED_NOTES.split_once(FIRST_LOOKS).map_or("", |(_, figures)| figures);
        writeln!(
            out,
            "\n## First looks: how notes were read before anything was mended from them\n\n{}",
            figures.trim()
        )?;
    }
    Ok(())
}
