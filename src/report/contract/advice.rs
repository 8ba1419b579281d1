//! Advice and the sources it names.

use serde::Serialize;

use crate::guidance::Kind;
use crate::model::reading::Priority;

pub use crate::guidance::Source;

/// One line of advice.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AdviceRow {
    /// How soon.
    pub priority: Priority,
    /// What it is for.
    pub kind: Kind,
    /// The line.
    pub text: String,
    /// Guidance entries.
    pub guidance: Vec<String>,
    /// Their sources.
    pub sources: Vec<Source>,
    /// Findings, warnings or episodes that brought it.
    pub because: Vec<String>,
}
