//! The values of options that several commands have in common.

use chrono::NaiveDate;
use clap::ValueEnum;

use crate::model::finding::Severity;

/// Formats of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(in crate::cli) enum Format {
    /// One self-contained page.
    Html,
    /// Markdown for a mail: a page.
    Md,
    /// The whole report as Markdown.
    MdFull,
    /// JSON.
    Json,
    /// One page of paper (HTML) for whoever examines the runner.
    Handout,
}

impl Format {
    /// The file name ending of the format.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Md => "md",
            Self::MdFull => "full.md",
            Self::Json => "json",
            Self::Handout => "handout.html",
        }
    }
}

/// The day of a report, as requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum AsOf {
    /// This day.
    Day(NaiveDate),
    /// Today, however long ago the last entry is.
    Today,
    /// The day of the last entry.
    Last,
}

/// The severity that ends the program with status 4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FailOn {
    /// For no finding.
    #[default]
    Never,
    /// For notices and above.
    Notice,
    /// For warnings and above.
    Warning,
    /// For warning signs that need help now or today.
    Urgent,
}

impl FailOn {
    /// The least severity that makes the program end with status 4; `None` if none does.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Never => None,
            Self::Notice => Some(Severity::Notice),
            Self::Warning => Some(Severity::Warning),
            Self::Urgent => Some(Severity::Urgent),
        }
    }
}

/// When a progress bar is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ProgressMode {
    /// On a terminal, if reading takes long.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// When output is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ColorMode {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl ColorMode {
    /// Applies the choice to all further output.
    pub fn apply(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

/// What to do with the caches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CacheAction {
    /// Remove them all.
    Clear,
    /// Print their folder.
    Path,
    /// Print how many there are and their size.
    Size,
}
