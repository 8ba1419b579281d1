//! Watches the program while it runs: its exit status and the most memory it held.

use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than any of these tests takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// The outcome of a run.
pub struct Watched {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
    /// The most memory it held; `None` if the system does not report it.
    pub peak_bytes: Option<u64>,
}

impl Watched {
    /// The ledger's line of a file.
    pub fn row(&self, path: &str) -> &str {
        let named = |line: &&str| {
            let behind = line.get(8..).and_then(|line| line.strip_prefix(path));
            behind.is_some_and(|behind| behind.starts_with([',', ':']) || behind.is_empty())
        };
        self.out.lines().find(named).unwrap_or_else(|| panic!("no row for {path}: {}{}", self.out, self.err))
    }

    /// Fails if it held more than this.
    pub fn assert_below(&self, most_bytes: u64) {
        assert!(self.peak_bytes.is_none_or(|peak| peak < most_bytes), "{:?} bytes", self.peak_bytes);
    }
}

/// `runhip check in`, run in this folder and ready to start.
pub fn check(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_runhip"));
    command.args(["check", "in", "-v", "--no-cache"]).current_dir(dir).env_clear().env("TZ", "UTC").env("LANG", "C");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Waits for the program to end, and kills it if it does not.
pub fn watch(mut child: Child) -> Watched {
    let reader = |stream: Option<Box<dyn std::io::Read + Send>>| {
        std::thread::spawn(move || {
            let mut text = String::new();
            stream.map(|mut stream| stream.read_to_string(&mut text));
            text
        })
    };
    let out = reader(child.stdout.take().map(|stream| Box::new(stream) as _));
    let err = reader(child.stderr.take().map(|stream| Box::new(stream) as _));
    let begun = Instant::now();
    let mut peak_bytes = None;
    let status = loop {
        // The value only rises, so the last look sees the highest.
        peak_bytes = peak_bytes.max(high_water(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("it did not end within {PATIENCE:?}");
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    Watched { status: status.code(), out: out.join().unwrap(), err: err.join().unwrap(), peak_bytes }
}

/// `VmHWM` of a process, on Linux.
fn high_water(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}
