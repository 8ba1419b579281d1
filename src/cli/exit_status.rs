//! How a run of the program ended, and what its exit status means; the manual page and the docs are made from this.

use std::process::ExitCode;

/// How a run of the program ended, if it could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RunStatus {
    /// Everything was done, and every input is accounted for.
    Complete,
    /// Everything was done, but something of the input may be missing or wrong.
    Incomplete,
    /// Everything was done, and a current finding reached `--fail-on`.
    FindingReached,
}

/// The command line is wrong.
pub(super) const USAGE: u8 = 2;

/// Nothing could be done.
pub(super) const FAILURE: u8 = 1;

const INCOMPLETE: u8 = 3;
const FINDING_REACHED: u8 = 4;

/// Each status with its meaning.
pub(super) const MEANINGS: [(u8, &str); 5] = [
    (0, "done, every input accounted for"),
    (FAILURE, "nothing could be done; standard error says why"),
    (USAGE, "the command line is wrong"),
    (
        INCOMPLETE,
        "done, but a file failed, an entry was lost, runs or notes of the last report are missing, or a third of the \
         activities rest on a doubtful assumption; standard error says which",
    ),
    (FINDING_REACHED, "done, and a current finding reached `--fail-on`; this outranks 3"),
];

impl From<RunStatus> for ExitCode {
    fn from(status: RunStatus) -> Self {
        match status {
            RunStatus::Complete => Self::SUCCESS,
            RunStatus::Incomplete => Self::from(INCOMPLETE),
            RunStatus::FindingReached => Self::from(FINDING_REACHED),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_docs_have_each_status_with_its_meaning() {
        let rows: Vec<String> = MEANINGS.iter().map(|(status, meaning)| format!("| {status} | {meaning} |")).collect();
        let rows = rows.join("\n");
        for (name, page) in [
            ("README.md", include_str!("../../README.md")),
            ("docs/json.md", include_str!("../../docs/json.md")),
            ("docs/automate.md", include_str!("../../docs/automate.md")),
        ] {
            assert!(page.contains(&rows), "{name} lacks\n{rows}");
        }
    }
}
