//! The program as a runner meets it: the real binary on folders that each test makes for itself. Nothing depends on the
//! clock or on the machine's zone: days lie in 2025, the day of the report is given, and so is the zone wherever a
//! file carries neither offset nor coordinates.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "a test makes its own files")]

#[path = "cli/commands.rs"]
mod commands;
#[path = "cli/configuration.rs"]
mod configuration;
#[path = "cli/errors.rs"]
mod errors;
#[path = "cli/formats.rs"]
mod formats;
#[path = "cli/local_day.rs"]
mod local_day;
#[path = "cli/long_log.rs"]
mod long_log;
#[path = "cli/notes.rs"]
mod notes;
#[path = "cli/odd_notes.rs"]
mod odd_notes;
#[path = "cli/output.rs"]
mod output;
#[path = "cli/place.rs"]
mod place;
#[path = "cli/repeats.rs"]
mod repeats;
#[path = "cli/status.rs"]
mod status;
