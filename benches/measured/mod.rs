//! What benchmarks measure with: medians, the time and the peak memory of a whole process, and the least that reading
//! XML can be.

use std::error::Error;
use std::io::BufRead;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use quick_xml::events::Event;
use quick_xml::reader::Reader;

/// The middle one.
pub fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or(0.0)
}

/// Whole numbers among the arguments, in order.
pub fn numbers() -> Vec<usize> {
    std::env::args().filter_map(|argument| argument.parse().ok()).collect()
}

/// The program, silent.
pub fn runhip() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_runhip"));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Seconds from start to end of a process.
pub fn wall_s(command: &mut Command) -> Result<f64, Box<dyn Error>> {
    let begin = Instant::now();
    let status = command.status()?;
    let wall_s = begin.elapsed().as_secs_f64();
    if status.success() { Ok(wall_s) } else { Err(format!("{command:?} ended with {status}").into()) }
}

/// The most memory, in megabytes, that a process held at a time; `None` where there is no /proc to read it from. The
/// high-water mark is the kernel's own, so that nothing between two looks is missed but for the very end.
pub fn peak_mb(command: &mut Command) -> Result<Option<f64>, Box<dyn Error>> {
    let mut child = command.spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak_kb = None;
    loop {
        #[allow(clippy::disallowed_methods, reason = "this is the kernel's word, not a log")]
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now: Option<u32> = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak_kb = peak_kb.max(now);
        if let Some(status) = child.try_wait()? {
            let most = peak_kb.map(|peak| f64::from(peak) / 1e3);
            return if status.success() { Ok(most) } else { Err(format!("{command:?} ended with {status}").into()) };
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// The least that reading XML can be: an event loop of quick-xml that counts the elements of one name.
pub fn bare_events(source: impl BufRead, element: &str) -> usize {
    let mut reader = Reader::from_reader(source);
    let mut buffer = Vec::new();
    let mut found = 0;
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => found += usize::from(tag.name().as_ref() == element),
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
        buffer.clear();
    }
}
