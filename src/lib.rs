//! Reads run logs and pain notes, flags the load that often comes before hip pain, and writes a report with cited
//! advice. Data flows one way: `import` → `tables` and `pain` → `rules` → `link` → `report`; see ARCHITECTURE.md.

#![cfg_attr(test, allow(clippy::disallowed_methods, reason = "tests make files of their own"))]

pub mod analysis;
pub mod cli;
pub mod config;
pub mod demo;
pub mod error;
pub mod guidance;
pub mod import;
pub mod link;
pub mod model;
pub mod pain;
pub mod plan;
pub mod report;
pub mod roster;
pub mod rules;
pub mod tables;
pub mod whole_file;

pub use error::Error;
