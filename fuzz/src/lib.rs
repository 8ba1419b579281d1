//! What every fuzz target holds its reader to: the list that the test of kept inputs runs too.

#[path = "../../tests/it/inputs/mod.rs"]
pub mod inputs;
