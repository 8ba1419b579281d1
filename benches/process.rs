//! What the whole process takes on a folder of GPX: the first time beside a bare one-thread pass of quick-xml over the same
//! files, the second time beside the first, its peak memory over many files and over one very large one, and its start.
//! `cargo bench --bench process -- [MEGABYTES] [ROUNDS]`: 1,500 MB in 3,000 files and a third and double of it in single
//! files, unless told otherwise. Everything is made up from a seed in a temporary folder.
#![expect(clippy::disallowed_methods, reason = "the files read here are made here")]

#[allow(dead_code, reason = "each benchmark makes up some of the files")]
mod made_up;
#[allow(dead_code, reason = "each benchmark measures some of it")]
mod measured;

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use made_up::Walker;
use measured::{bare_events, median, numbers, peak_mb, runhip, wall_s};

const FILES: u32 = 3_000;
const FEW_FILES: usize = 300;
/// Bytes of one point in Garmin's layout.
const POINT_BYTES: usize = 330;

struct Folder {
    root: tempfile::TempDir,
    files: Vec<PathBuf>,
    bytes: u64,
}

impl Folder {
    fn logs(&self) -> PathBuf {
        self.root.path().join("logs")
    }
}

fn made_up_folder(megabytes: usize) -> Result<Folder, Box<dyn Error>> {
    let root = tempfile::tempdir()?;
    let logs = root.path().join("logs");
    fs::create_dir(&logs)?;
    let points = u32::try_from(megabytes * 1_000_000 / FILES as usize / POINT_BYTES)?.max(60);
    let mut walker = Walker::new(20_260_304);
    let (mut files, mut bytes) = (Vec::new(), 0);
    for number in 0..FILES {
        let path = logs.join(format!("{number:04}.gpx"));
        let mut out = BufWriter::new(File::create(&path)?);
        made_up::gpx::garmin(&mut out, &mut walker, 1, points)?;
        out.flush()?;
        bytes += fs::metadata(&path)?.len();
        files.push(path);
    }
    Ok(Folder { root, files, bytes })
}

/// `runhip COMMAND` over a folder with a cache of its own.
fn command(verb: &str, logs: &Path, cache: &Path) -> Command {
    let mut command = runhip();
    command.arg(verb).args(["--jobs", "2"]).arg(logs).env("XDG_CACHE_HOME", cache);
    if verb == "analyze" {
        command.args(["--quiet", "--stdout", "json"]);
    }
    command
}

fn first_and_second_time(folder: &Folder, rounds: usize, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let logs = folder.logs();
    let mut bare = Vec::new();
    let mut taken = [("check", 0.05, Vec::new(), Vec::new()), ("analyze", 0.10, Vec::new(), Vec::new())];
    for _ in 0..rounds {
        let begin = Instant::now();
        let mut tracks = 0;
        for path in &folder.files {
            tracks += bare_events(BufReader::with_capacity(1 << 16, File::open(path)?), "trk");
        }
        bare.push(begin.elapsed().as_secs_f64());
        if tracks != folder.files.len() {
            return Err(format!("{tracks} tracks in {} files", folder.files.len()).into());
        }
        for (verb, _, first, second) in &mut taken {
            let cache = tempfile::tempdir_in(folder.root.path())?;
            first.push(wall_s(&mut command(verb, &logs, cache.path()))?);
            second.push(wall_s(&mut command(verb, &logs, cache.path()))?);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a made-up folder is far below 2^53 bytes")]
    let size_mb = folder.bytes as f64 / 1e6;
    let bare = median(bare);
    writeln!(out, "{size_mb:.0} MB of GPX in {FILES} files, {rounds} rounds, medians, two threads")?;
    writeln!(out, "{:34}{bare:8.2} s {:8.0} MB/s", "bare quick-xml, one thread", size_mb / bare)?;
    for (verb, share, first, second) in taken {
        let (first, second) = (median(first), median(second));
        let verdict = |met: bool| if met { "met" } else { "missed" };
        writeln!(
            out,
            "{:34}{first:8.2} s {:8.0} MB/s  {:.2} of the bare pass (goal at most 1: {})",
            format!("{verb}, the first time"),
            size_mb / first,
            first / bare,
            verdict(first <= bare)
        )?;
        writeln!(
            out,
            "{:34}{:8.0} ms                {:.1} % of the first time (goal at most {:.0} %: {})",
            format!("{verb}, nothing new"),
            second * 1e3,
            second / first * 100.0,
            share * 100.0,
            verdict(second <= share * first)
        )?;
    }
    Ok(())
}

/// Peak memory of `check` without a cache; the least of three, since a busy machine can only add to it.
fn memory(name: &str, logs: &Path, goal_mb: f64, out: &mut impl Write) -> Result<f64, Box<dyn Error>> {
    let mut least = f64::INFINITY;
    for _ in 0..3 {
        let peak = peak_mb(runhip().args(["check", "--no-cache", "--jobs", "2"]).arg(logs))?;
        least = least.min(peak.ok_or("peak memory is read from /proc, which is not here")?);
    }
    let verdict = if least <= goal_mb { "met" } else { "missed" };
    writeln!(out, "peak memory, {name:38}{least:8.1} MB (goal at most {goal_mb}: {verdict})")?;
    Ok(least)
}

fn memory_of_many(folder: &Folder, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let few = folder.root.path().join("few");
    fs::create_dir(&few)?;
    for path in folder.files.iter().take(FEW_FILES) {
        fs::hard_link(path, few.join(path.file_name().unwrap_or_default()))?;
    }
    let few_mb = memory(&format!("{FEW_FILES} of these files"), &few, 200.0, out)?;
    let many_mb = memory(&format!("all {FILES}"), &folder.logs(), 200.0, out)?;
    let bytes_a_file = (many_mb - few_mb) * 1e6 / f64::from(FILES - u32::try_from(FEW_FILES)?);
    writeln!(out, "each further file adds {bytes_a_file:.0} bytes")?;
    Ok(())
}

fn memory_of_one(megabytes: usize, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let root = tempfile::tempdir()?;
    let path = root.path().join("long.gpx");
    let mut file = BufWriter::new(File::create(&path)?);
    let points = made_up::LONG_RUN_POINTS;
    let tracks = u32::try_from(megabytes * 1_000_000 / POINT_BYTES / points as usize)?.max(1);
    made_up::gpx::garmin(&mut file, &mut Walker::new(1), tracks, points)?;
    file.flush()?;
    drop(file);
    memory(&format!("one GPX of {megabytes} MB"), root.path(), 150.0, out)?;
    fs::remove_file(&path)?;

    let mut file = BufWriter::new(File::create(root.path().join("export.xml"))?);
    made_up::apple_health::export(&mut file, 3 * megabytes as u64 * 1_000_000)?;
    file.flush()?;
    drop(file);
    memory(&format!("one export.xml of {} MB", 3 * megabytes), root.path(), 150.0, out)?;
    Ok(())
}

fn start(rounds: usize, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let (mut help, mut nothing) = (Vec::new(), Vec::new());
    for _ in 0..rounds * 20 {
        help.push(wall_s(runhip().arg("--help"))? * 1e3);
        let mut least = Command::new("true");
        nothing.push(wall_s(least.stdin(Stdio::null()).stdout(Stdio::null()))? * 1e3);
    }
    let size_mb = fs::metadata(env!("CARGO_BIN_EXE_runhip"))?.len() / 1_000_000;
    let (help, nothing) = (median(help), median(nothing));
    writeln!(
        out,
        "runhip --help {help:.1} ms, a process that does nothing {nothing:.1} ms; the program is {size_mb} MB"
    )?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let numbers = numbers();
    let megabytes = numbers.first().copied().unwrap_or(1_500);
    let rounds = numbers.get(1).copied().unwrap_or(5).max(1);
    let mut out = std::io::stdout().lock();
    start(rounds, &mut out)?;
    let folder = made_up_folder(megabytes)?;
    first_and_second_time(&folder, rounds, &mut out)?;
    memory_of_many(&folder, &mut out)?;
    drop(folder);
    memory_of_one(megabytes * 2 / 3, &mut out)
}
