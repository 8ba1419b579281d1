//! The index as JSON: the contract itself, indented, one line feed at the end.

use super::contract::Index;
use crate::report::{plain, seal};

/// The index as indented JSON with a final line feed.
///
/// Every map in it has plain names for keys and every number that is not finite becomes `null`, so writing it cannot
/// fail.
#[must_use]
pub fn render(index: &Index) -> String {
    let mut text = serde_json::to_string_pretty(index).unwrap_or_default();
    text.push('\n');
    seal::close(plain::json(text))
}
