//! `runhip demo`: writes the files of the made-up athlete, or of a made-up team.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::arguments::Demo;
use super::{Failure, RunStatus, output, terminal};
use crate::demo::{self, team};

pub(super) fn run(options: &Demo) -> Result<RunStatus, Failure> {
    let dir = &options.dir;
    let entries = fs::read_dir(dir);
    if entries.as_ref().is_err_and(|error| error.kind() == ErrorKind::PermissionDenied) {
        // A folder that cannot be listed may hold files that would be overwritten.
        return Err(Failure::NotSeen(dir.clone()));
    }
    if entries.is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Failure::NotEmpty(dir.clone()));
    }
    match options.athletes {
        None => one(options),
        Some(athletes) => team(options, athletes),
    }
}

fn one(options: &Demo) -> Result<RunStatus, Failure> {
    let dir = &options.dir;
    let files = demo::files(&demo::plan(options.seed));
    write(dir, &files)?;
    terminal::say(&format!(
        "{} files of a made-up athlete written to {dir}.\nNext: runhip analyze {dir} --as-of {}\n",
        files.len(),
        demo::calendar::as_of(),
        dir = dir.display(),
    ))?;
    Ok(RunStatus::Complete)
}

fn team(options: &Demo, athletes: u16) -> Result<RunStatus, Failure> {
    let dir = &options.dir;
    for number in 1..=athletes {
        write(&dir.join(team::folder(number)), &team::files(number, options.seed))?;
    }
    terminal::say(&format!(
        "The logs of {} written to {dir}.\nNext: runhip roster {dir} --as-of {}\n",
        if athletes == 1 { "one made-up athlete".to_owned() } else { format!("{athletes} made-up athletes") },
        demo::calendar::as_of(),
        dir = dir.display(),
    ))?;
    Ok(RunStatus::Complete)
}

fn write(dir: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
    for (path, bytes) in files {
        let path = dir.join(path);
        if let Some(parent) = path.parent() {
            output::prepare(parent)?;
        }
        output::write_new(&path, bytes)?;
    }
    Ok(())
}
