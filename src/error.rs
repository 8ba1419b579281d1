//! The errors of the library and their messages: reasons why a whole piece of work was not done. A mistake in one
//! input affects only that input; it is a [`Problem`](crate::model::problem::Problem) in the ledger and never an
//! error.

/// Why a piece of work could not be done, as one line without a full stop.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A file that was named cannot be read.
    #[error("{file} cannot be read: {why}")]
    Read {
        /// The file as the user knows it.
        file: String,
        /// The reason that the system gives.
        why: String,
    },
    /// A file cannot be written.
    #[error("{file} cannot be written: {why}")]
    Write {
        /// The file as the user knows it.
        file: String,
        /// The reason, and what to do.
        why: String,
    },
    /// A configuration contains a mistake.
    #[error("{file}{}: {what}", .line.map_or_else(String::new, |line| format!(":{line}")))]
    Config {
        /// The configuration's file.
        file: String,
        /// The line of the mistake, counted from 1, if it is known.
        line: Option<usize>,
        /// What is wrong and what is allowed.
        what: String,
    },
    /// Two paths each have a configuration.
    #[error("there are two configurations, {one} and {other}; name the one to use with --config")]
    TwoConfigurations {
        /// The first of them.
        one: String,
        /// One of the others.
        other: String,
    },
    /// One of the patterns of ignored files is not valid.
    #[error("\"{pattern}\" is not a file pattern: {why}")]
    Pattern {
        /// The pattern as it was written.
        pattern: String,
        /// What the pattern's parser says of it.
        why: String,
    },
    /// The patterns of ignored files are too large when compiled together.
    #[error("{why}")]
    Patterns {
        /// What the patterns' compiler says.
        why: String,
    },
    /// The tables of days, weeks and shoes could not be built.
    #[error("the tables could not be built: {why}")]
    Tables {
        /// What the table engine says.
        why: String,
    },
    /// The table of runs could not be written in its format.
    #[error("the table could not be made: {why}")]
    Export {
        /// What the table's writer says.
        why: String,
    },
    /// An earlier report or index was written by a later version of the program.
    #[error(
        "{file} is of version {theirs}, and this program writes version {ours}; install the newer runhip that wrote it"
    )]
    EarlierTooNew {
        /// The earlier file.
        file: String,
        /// Its version.
        theirs: u32,
        /// The version of this program.
        ours: u32,
    },
    /// An earlier report or index is of an old version that cannot be compared.
    #[error(
        "{file} is of version {theirs}, and this program writes version {ours}; nothing to do, from the next day on there \
         is one to compare with"
    )]
    EarlierTooOld {
        /// The earlier file.
        file: String,
        /// Its version.
        theirs: u32,
        /// The version of this program.
        ours: u32,
    },
    /// A file with the name of an earlier report or index is something else.
    #[error("{file} is not {what} that can be read; delete it, or put it back from a copy")]
    NotEarlier {
        /// The file as it was named.
        file: String,
        /// What it should be, such as `a report`.
        what: &'static str,
    },
    /// An earlier report belongs to somebody known by another name.
    #[error("{file} is not compared: it is another person's")]
    AnotherPersons {
        /// The earlier file.
        file: String,
    },
    /// Most of the runs of an earlier report are not in the log; notes are used if it has no runs.
    #[error(
        "{file} is not compared: {found} of its {of} {what} are in this log, so it is another person's, or files are missing"
    )]
    OtherEntries {
        /// The earlier file.
        file: String,
        /// How many of its entries are in the log.
        found: usize,
        /// How many entries it has.
        of: usize,
        /// What is counted, `runs` or `notes`.
        what: &'static str,
    },
    /// A data file of the program cannot be read; the tests rule this out.
    #[error("{file}: {why}")]
    Data {
        /// The data file.
        file: String,
        /// What is wrong in it.
        why: String,
    },
    /// Two entries of the guidance share an id; the tests rule this out.
    #[error("the id {id} is used twice")]
    RepeatedId {
        /// The id that is used twice.
        id: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_in_a_configuration_names_its_line_where_there_is_one() {
        let mistake = |line| Error::Config { file: "runhip.toml".into(), line, what: "a shoe needs a name".into() };
        assert_eq!(mistake(Some(7)).to_string(), "runhip.toml:7: a shoe needs a name");
        assert_eq!(mistake(None).to_string(), "runhip.toml: a shoe needs a name");
    }
}
