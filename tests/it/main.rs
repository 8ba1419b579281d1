//! Runs of the whole program and the library, in one test binary, because linking each takes seconds and all would
//! contain the same code. The tests are threads of one process, so anything that belongs to a process, such as the
//! environment, the current folder or a limit, is set only for a program that a test starts.
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
