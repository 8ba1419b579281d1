//! What stands in place of a figure or a list where there is none: once for every format and chart, since a day
//! without a run is different from a day on which nothing is known.

/// A day, week or month without any entry.
pub const NOTHING_KNOWN: &str = "nothing known";
/// A current week without any entry yet.
pub const NOTHING_YET: &str = "nothing logged yet";
/// A day or week that is known and has no run.
pub const NO_RUN: &str = "no run";
/// A run, or runs, without a distance.
pub const DISTANCE_NOT_KNOWN: &str = "distance not known";
/// A figure or a name that is not known.
pub const NOT_KNOWN: &str = "not known";
/// The sentence for a log without a run.
pub const NO_RUN_LOGGED: &str = "No run is logged.";
/// The sentence for a log in which no run names a pair.
pub const NO_SHOES: &str = "No run names a pair of shoes.";
