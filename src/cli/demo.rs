//! `runhip demo`: writes the made-up athlete's files.

use std::fs;

use super::arguments::Demo;
use super::{Done, Failure, output, terminal};
use crate::demo;

pub(super) fn run(options: &Demo) -> Result<Done, Failure> {
    let dir = &options.dir;
    if fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Failure(format!(
            "{} is not empty; name a new folder, so that nothing of yours is lost",
            dir.display()
        )));
    }
    let files = demo::files(&demo::plan(options.seed));
    for (path, bytes) in &files {
        let path = dir.join(path);
        if let Some(parent) = path.parent() {
            output::prepare(parent)?;
        }
        output::write_whole(&path, bytes)?;
    }
    terminal::say(&format!(
        "{} files of a made-up athlete written to {dir}.\nNext: runhip analyze {dir} --as-of {}\n",
        files.len(),
        demo::calendar::as_of(),
        dir = dir.display(),
    ))?;
    Ok(Done::Whole)
}
