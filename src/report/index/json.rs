//! The index as JSON: the contract itself, indented, with a final line feed.

use super::contract::Index;
use crate::report::{plain, seal};

/// The index as indented JSON with a final line feed.
///
/// Writing cannot fail: every map has strings as keys, and every number that is not finite becomes `null`.
#[must_use]
pub fn render(index: &Index) -> String {
    let mut text = serde_json::to_string_pretty(index).unwrap_or_default();
    text.push('\n');
    seal::close(plain::json(text))
}
