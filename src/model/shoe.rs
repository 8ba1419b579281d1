//! A pair of shoes as the runner's configuration or an export declares it.

use chrono::NaiveDate;

/// One pair. Distances are whole metres.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Shoe {
    /// The name the report uses.
    pub name: String,
    /// Other spellings found in logs.
    pub aliases: Vec<String>,
    /// First day in use.
    pub from: Option<NaiveDate>,
    /// Last day in use; later than this the pair is retired.
    pub to: Option<NaiveDate>,
    /// Distance already on the pair before the first logged run; `None` when nobody said.
    pub initial_m: Option<u32>,
    /// This pair's own limit for the replacement window.
    pub due_m: Option<u32>,
    /// This pair's own limit for being past the window.
    pub worn_m: Option<u32>,
    /// Whether runs that name no shoe, between `from` and `to`, were on this pair.
    pub default: bool,
}

impl Shoe {
    /// What all spellings of one name that differ in case or outer blanks have in common.
    #[must_use]
    pub fn folded(spelling: &str) -> String {
        spelling.trim().to_lowercase()
    }
}
