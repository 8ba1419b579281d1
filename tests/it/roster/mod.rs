//! `runhip roster` as a coach uses it: the real binary on folders that each test makes.

mod faults;
mod index;
mod pooled;
pub mod shards;
mod table;
mod tables;
pub mod team;
