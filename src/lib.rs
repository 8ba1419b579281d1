//! Reads run logs and pain notes, flags the load that often comes before hip pain, and makes a report with cited advice.
//!
//! [`analyze`] goes from paths to a [`Report`], which serialises to the JSON of `docs/report.schema.json`; its rows
//! are in [`contract`]. [`link::exact`] is the exact test behind the statistics. Everything else belongs to the
//! program and is public only with the feature `internals`, for its own tests, benches and fuzz targets. Data flows
//! one way, from `import` through `tables`, `pain` and `rules` to `report`, as described in ARCHITECTURE.md.

#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "tests make files of their own"))]
// Functions that only tests, benches and fuzz targets call are unused without the feature.
#![cfg_attr(
    not(feature = "internals"),
    allow(
        dead_code,
        unused_imports,
        unfulfilled_lint_expectations,
        reason = "tests, benches and fuzz targets use them"
    )
)]

pub mod link;

#[cfg(not(feature = "internals"))]
mod analysis;
#[cfg(not(feature = "internals"))]
mod cli;
#[cfg(not(feature = "internals"))]
mod config;
#[cfg(not(feature = "internals"))]
mod configuration;
#[cfg(not(feature = "internals"))]
mod demo;
#[cfg(not(feature = "internals"))]
mod error;
#[cfg(not(feature = "internals"))]
mod guidance;
#[cfg(not(feature = "internals"))]
mod import;
mod library;
#[cfg(not(feature = "internals"))]
mod model;
#[cfg(not(feature = "internals"))]
mod pain;
#[cfg(not(feature = "internals"))]
mod plan;
#[cfg(not(feature = "internals"))]
mod report;
#[cfg(not(feature = "internals"))]
mod roster;
#[cfg(not(feature = "internals"))]
mod rules;
#[cfg(not(feature = "internals"))]
mod tables;
#[cfg(not(feature = "internals"))]
mod whole_file;

#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod analysis;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod cli;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod config;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod configuration;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod demo;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod error;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod guidance;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod import;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod model;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod pain;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod plan;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod report;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod roster;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod rules;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod tables;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod whole_file;

pub use config::WeekStart;
pub use error::Error;
pub use library::{Options, analyze};
pub use model::units::Units;
pub use report::contract::Report;

/// Runs the program with these arguments, the first of which is the program's name.
#[doc(hidden)]
pub use cli::run;

/// The rows of a report as in its JSON, and the types they consist of.
pub mod contract {
    pub use crate::model::finding::{Severity, Unit};
    pub use crate::model::reading::{Priority, Quality, Region, Side, Timing};
    pub use crate::model::warning_sign::RedFlag;
    pub use crate::report::contract::*;
}
