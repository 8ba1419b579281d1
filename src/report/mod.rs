//! The report as one value, how it is built, and its formats. Formats never compute, read no file and decide no
//! threshold.

mod advised;
pub mod build;
pub(crate) mod calls;
pub mod charts;
pub mod contract;
#[cfg(test)]
mod contrast_tests;
pub mod day_of_report;
pub mod excerpt;
pub mod facts;
mod first_screen;
#[cfg(test)]
pub(crate) mod fixtures;
pub mod html;
pub mod index;
pub mod json;
pub mod known_by;
pub mod markdown;
pub mod outlook;
pub(crate) mod plain;
pub mod planned;
pub mod reading_in_words;
#[cfg(test)]
mod schema_tests;
pub mod seal;
pub(crate) mod shown;
pub mod since_last;
pub mod strata_rows;
pub mod summary;
pub mod terminal_page;
pub mod versions;
mod week_change;
mod week_sentence;
pub mod whose;
pub(crate) mod wording;
