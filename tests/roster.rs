//! `runhip roster` as a coach meets it: the real binary on folders that each test makes for itself.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "a test makes its own files")]

#[path = "cli/place.rs"]
mod place;

#[path = "roster/faults.rs"]
mod faults;
#[path = "roster/index.rs"]
mod index;
#[path = "roster/pooled.rs"]
mod pooled;
#[path = "roster/team.rs"]
mod team;
