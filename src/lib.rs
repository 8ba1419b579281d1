//! Reads run logs and pain notes, flags the load that often comes before hip pain, and writes a report with cited
//! advice. Data flows one way: `import` → `tables` and `pain` → `rules` → `link` → `report`; see ARCHITECTURE.md.

pub mod config;
pub mod demo;
pub mod import;
pub mod model;
pub mod rules;
pub mod tables;
