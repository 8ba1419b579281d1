//! The types that all other floors share. Nothing here reads input, decides or formats a report, and nothing here
//! imports another part of the crate.

pub mod activity;
pub mod assumption;
pub mod concern;
pub mod dates;
pub mod episode;
pub mod fault;
pub mod finding;
pub mod iso_day;
pub mod ledger;
pub mod limits;
pub mod log;
pub mod note;
pub mod own_file;
pub mod priority;
pub mod problem;
pub mod reading;
pub mod shoe;
pub mod sport;
pub mod threshold;
pub mod training_plan;
mod two_readings;
pub mod units;
pub mod unshown;
pub mod warning_sign;
