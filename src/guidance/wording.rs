//! Fills the places an entry's text leaves open: the opening words of its urgency, the side of the body, and what is
//! worded in one way to answer a note or a log and in another to a reader of the guide.

use crate::model::reading::{Priority, Side};

use super::entry::Entry;

/// Whom a text speaks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// Somebody whose note or log brought the line: the first wording of `{one|other}`.
    Answer,
    /// Somebody who looks something up: the second.
    Guide,
}

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
    fill(&entry.text, entry.priority, side, Voice::Guide)
}

/// The text with its open places filled.
pub(super) fn fill(text: &str, priority: Priority, side: Side, voice: Voice) -> String {
    let (sore, other) = match side {
        Side::Left => ("left", "right"),
        Side::Right => ("right", "left"),
        Side::Both | Side::Unknown => ("sore", "other"),
    };
    let text = text.replace("{ladder}", ladder(priority)).replace("{side}", sore).replace("{other}", other);
    one_voice(&text, voice)
}

/// The text with each `{one|other}` as the voice has it. Any other brace stays.
pub(super) fn one_voice(text: &str, voice: Voice) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, (answer, guide), after)) = next_choice(rest) {
        said.push_str(before);
        said.push_str(if voice == Voice::Answer { answer } else { guide });
        rest = after;
    }
    said.push_str(rest);
    said
}

/// What stands before the first `{one|other}`, its two wordings, and what stands behind it.
fn next_choice(text: &str) -> Option<(&str, (&str, &str), &str)> {
    let (before, opened) = text.split_once('{')?;
    let (choice, after) = opened.split_once('}')?;
    Some((before, choice.split_once('|')?, after))
}

#[cfg(test)]
mod tests {
    use super::super::entry::Kind;
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
    fn a_sign_answers_a_note_and_tells_a_reader_what_to_look_for() {
        let sign = by_id("bowel-bladder").unwrap();
        let answer = fill(&sign.text, sign.priority, Side::Left, Voice::Answer);
        assert_eq!(
            answer,
            "Get emergency medical help now: your note mentions losing control of your bowel or bladder."
        );
        assert_eq!(
            text_for(sign, Side::Left),
            "Get emergency medical help now if you lose control of your bowel or bladder."
        );
    }

    #[test]
    fn each_choice_is_made_and_a_wording_may_be_empty() {
        let text = "{Your|The} hip{, it says,|} hurts{|, if it does}.";
        assert_eq!(one_voice(text, Voice::Answer), "Your hip, it says, hurts.");
        assert_eq!(one_voice(text, Voice::Guide), "The hip hurts, if it does.");
        assert_eq!(one_voice("a {b} c", Voice::Guide), "a {b} c");
        assert_eq!(one_voice("a } b { c", Voice::Guide), "a } b { c");
    }

    #[test]
    fn no_text_keeps_an_open_place() {
        for entry in entries() {
            for text in std::iter::once(&entry.text).chain(&entry.history) {
                for voice in [Voice::Answer, Voice::Guide] {
                    let filled = fill(text, entry.priority, Side::Left, voice);
                    assert!(!filled.contains(['{', '}', '|']), "{}: {filled}", entry.id);
                }
            }
        }
    }

    #[test]
    fn a_sign_in_the_guide_says_when_it_holds() {
        for entry in entries().iter().filter(|entry| entry.kind == Kind::Warning) {
            let text = text_for(entry, Side::Unknown);
            let rest = text.strip_prefix(ladder(entry.priority)).unwrap();
            assert!(rest.starts_with(" if "), "{}: {text}", entry.id);
            assert!(!rest.contains(": your") && !rest.contains("this pain"), "{}: {text}", entry.id);
        }
    }

    #[test]
    fn a_reader_of_the_guide_is_not_told_of_notes_that_are_not_there() {
        for entry in entries().iter().filter(|entry| !entry.topic.is_empty()) {
            let text = text_for(entry, Side::Unknown);
            for word in ["your note", "your log", "load flag", "A recent", "You ran", "This report"] {
                assert!(!text.contains(word), "{}: {text}", entry.id);
            }
        }
    }
}
