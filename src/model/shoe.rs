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
    /// True where `spelling` is this pair's name or one of its aliases, ignoring case and outer blanks.
    #[must_use]
    pub fn is_called(&self, spelling: &str) -> bool {
        let wanted = Self::folded(spelling);
        std::iter::once(&self.name).chain(&self.aliases).any(|known| Self::folded(known) == wanted)
    }

    /// What all spellings of one name that differ in case or outer blanks have in common.
    #[must_use]
    pub fn folded(spelling: &str) -> String {
        spelling.trim().to_lowercase()
    }
}
