//! What fits into the days ahead, by the same thresholds that judge the days behind.

pub mod budget;
