//! Whole runs of the program and of the library, in one binary, because linking one takes seconds and each would hold the
//! same code. Its tests run as threads of one process: what belongs to a process, such as the environment, the current
//! folder or a limit, is set for a program that a test starts and never for the tests themselves.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "tests make and read files of their own")]

mod cli;
mod docs;
#[cfg(unix)]
mod faults;
mod foreign;
mod hostile;
mod inputs;
mod kept_inputs;
mod note;
mod oracle;
mod place;
mod plan;
mod privacy;
mod properties;
mod roster;
#[cfg(unix)]
mod safe_hands;
mod samples;

#[test]
fn there_is_no_other_binary_of_tests() {
    let entries = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests")).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["data", "it"]);
}
