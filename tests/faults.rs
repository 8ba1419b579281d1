//! Nothing is lost: the real program ended at any moment, on full disks, in places that may not be written, many times at
//! once, with clocks and environments that are not as they should be.
#![cfg(test)]
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "a test makes its own files")]

#[path = "faults/killed.rs"]
mod killed;
#[path = "cli/place.rs"]
mod place;
