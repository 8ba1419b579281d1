//! The guidance: what four texts say about hip pain and cramp, as entries in our own words that cite them, and which
//! of them a situation calls for. Knows the model and its own data files; must not print, and must not read run
//! files.

pub mod catalogue;
pub mod entry;
pub mod matching;
mod scene;
pub mod shelf;
pub mod situation;
mod urgency;
mod wording;

#[cfg(test)]
mod differences;
#[cfg(test)]
mod lint;
#[cfg(test)]
mod situations;
#[cfg(test)]
mod situations_stages;
#[cfg(test)]
mod situations_urgent;

pub use catalogue::Source;
pub use entry::{Entry, Kind, Means, Topic};
pub use matching::{Advice, advise};
pub use shelf::{by_id, by_topic, disclaimer, entries, for_rule, for_sign};
pub use situation::{Habit, Situation};
pub use wording::{AdviceText, ladder, text_behind_call, text_for};
