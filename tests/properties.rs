//! What must hold for any log. Logs are made up by proptest, written to files as a runner would keep them and read
//! back through the library; sums are added up here from what was made up, never from what was read.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "a test makes its own files")]

#[path = "properties/bytes.rs"]
mod bytes;
#[path = "properties/figures.rs"]
mod figures;
#[path = "properties/made_up.rs"]
mod made_up;
