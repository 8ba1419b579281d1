//! Choices that several commands have in common.

use clap::ValueEnum;

use crate::model::finding::Severity;

/// Formats of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(in crate::cli) enum Format {
    /// One self-contained page.
    Html,
    /// Markdown.
    Md,
    /// JSON.
    Json,
}

impl Format {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Md => "md",
            Self::Json => "json",
        }
    }
}

/// The severity that ends the program with status 4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FailOn {
    /// None.
    #[default]
    Never,
    /// Notices and above.
    Notice,
    /// Warnings and above.
    Warning,
    /// Warning signs that ask for help now or today.
    Urgent,
}

impl FailOn {
    /// The least severity that reaches it.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Never => None,
            Self::Notice => Some(Severity::Notice),
            Self::Warning => Some(Severity::Warning),
            Self::Urgent => Some(Severity::Urgent),
        }
    }
}

/// When to show progress.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Show {
    /// On a terminal, where it takes long.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Sets the choice for all output to come.
    pub fn apply(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}
