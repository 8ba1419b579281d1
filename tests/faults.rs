//! Nothing is lost: the real program ended at any moment, on full disks, in places that may not be written, many times at
//! once, with clocks and environments that are not as they should be.
#![cfg(test)]
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "a test makes its own files")]

#[path = "faults/at_once.rs"]
mod at_once;
#[path = "faults/full_disk.rs"]
mod full_disk;
#[path = "faults/killed.rs"]
mod killed;
#[path = "cli/place.rs"]
mod place;
#[path = "faults/shut.rs"]
mod shut;
#[path = "faults/surroundings.rs"]
mod surroundings;
#[path = "faults/versions.rs"]
mod versions;
