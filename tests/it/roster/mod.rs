//! `runhip roster` as a coach meets it: the real binary on folders that each test makes for itself.

mod faults;
mod index;
mod pooled;
pub mod shards;
mod table;
mod tables;
pub mod team;
