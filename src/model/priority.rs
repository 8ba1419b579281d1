//! How urgent a warning sign or a line of advice is. It knows no sign.

/// How soon, most urgent first.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Priority {
    /// Emergency.
    P0,
    /// Today.
    P1,
    /// Soon.
    P2,
    /// Now, at home.
    P3,
    /// The training load.
    P4,
    /// Rebuilding, once pain has settled.
    P5,
    /// Habits.
    P6,
}
