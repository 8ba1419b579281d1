//! The report as one value, the building of it, and its formats. Formats never compute; they read no file and decide no
//! threshold.

pub mod build;
pub mod charts;
pub mod contract;
pub mod facts;
pub mod html;
pub mod json;
pub mod markdown;
pub mod summary;
mod week_sentence;
