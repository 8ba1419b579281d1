//! Fills the places an entry's text leaves open: the opening words of its urgency and the side of the body.

use crate::model::reading::{Priority, Side};

use super::entry::Entry;

/// The opening words of a priority; empty below P2.
#[must_use]
pub fn ladder(priority: Priority) -> &'static str {
    match priority {
        Priority::P0 => "Get emergency medical help now",
        Priority::P1 => "Stop running and get medical assessment today",
        Priority::P2 => "Arrange to see a doctor (GP or sports doctor)",
        Priority::P3 | Priority::P4 | Priority::P5 | Priority::P6 => "",
    }
}

/// The entry's line for somebody whose sore side is `side`, outside any situation.
#[must_use]
pub fn text_for(entry: &Entry, side: Side) -> String {
    fill(&entry.text, entry.priority, side)
}

/// The text with its open places filled.
pub(super) fn fill(text: &str, priority: Priority, side: Side) -> String {
    let (sore, other) = match side {
        Side::Left => ("left", "right"),
        Side::Right => ("right", "left"),
        Side::Both | Side::Unknown => ("sore", "other"),
    };
    text.replace("{ladder}", ladder(priority)).replace("{side}", sore).replace("{other}", other)
}

#[cfg(test)]
mod tests {
    use super::super::shelf::{by_id, entries};
    use super::*;

    #[test]
    fn the_side_of_the_note_is_named_and_swapped() {
        let stretch = by_id("cramp-stretch-buttock").unwrap();
        let left = text_for(stretch, Side::Left);
        assert!(left.contains("ankle of the left side on the knee of the right side"), "{left}");
        assert!(left.contains("draw the right thigh"), "{left}");
        let right = text_for(stretch, Side::Right);
        assert!(right.contains("ankle of the right side on the knee of the left side"), "{right}");
        for side in [Side::Both, Side::Unknown] {
            assert!(text_for(stretch, side).contains("ankle of the sore side on the knee of the other side"));
        }
    }

    #[test]
    fn no_text_keeps_an_open_place() {
        for entry in entries() {
            for text in std::iter::once(&entry.text).chain(&entry.history) {
                let filled = fill(text, entry.priority, Side::Left);
                assert!(!filled.contains(['{', '}']), "{}: {filled}", entry.id);
            }
        }
    }
}
