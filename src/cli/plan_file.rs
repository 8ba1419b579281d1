//! The file of a training plan: its bytes, its name in messages, and where it lies among the logs. What it holds is not read
//! here.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::Failure;
use crate::error::Error;

/// A plan is text that somebody wrote; what is larger is some other file.
const LARGEST_BYTES: u64 = 20_000_000;

/// What a plan is called in messages.
pub(super) fn name_of(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

/// What a plan's file holds, `-` being standard input.
#[expect(clippy::disallowed_methods, reason = "the shell may open files")]
pub(super) fn bytes_of(path: &Path) -> Result<Vec<u8>, Failure> {
    let cannot = |error: std::io::Error| Error::Read { file: name_of(path), why: error.to_string() };
    let mut bytes = Vec::new();
    let mut input: Box<dyn Read> = if path == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        Box::new(fs::File::open(path).map_err(cannot)?)
    };
    input.by_ref().take(LARGEST_BYTES + 1).read_to_end(&mut bytes).map_err(cannot)?;
    if bytes.len() as u64 > LARGEST_BYTES {
        return Err(Failure::PlanTooLarge(name_of(path)));
    }
    Ok(bytes)
}

/// The pattern under which each folder of logs that holds the plan leaves it alone.
pub(super) fn inside(plan: &Path, logs: &[PathBuf]) -> Vec<String> {
    let Ok(plan) = plan.canonicalize() else { return Vec::new() };
    logs.iter()
        .filter_map(|log| {
            let inside = plan.strip_prefix(log.canonicalize().ok()?).ok()?.to_str()?.replace('\\', "/");
            (!inside.is_empty()).then(|| globset::escape(&inside))
        })
        .collect()
}
