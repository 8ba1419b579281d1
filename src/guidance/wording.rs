//! Fills the placeholders of an entry's text: the opening words of its urgency, the side of the body, and text that
//! is worded differently as an answer to a note or log and as a page of the guide.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::model::reading::{Priority, Side};

use super::entry::Entry;

/// Whom a text addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// Somebody whose note or log brought the line: the first wording of `{one|other}`.
    Answer,
    /// Somebody who looks something up: the second wording.
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

/// What a sign calls for once a professional has seen it.
pub(super) const AFTER_A_VISIT: &str = "You have seen someone: go back if it gets worse or does not improve";

/// The text of a line of advice, with what to do and why kept apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdviceText {
    /// What to do, without final punctuation: "Arrange to see a doctor (GP or sports doctor)". Only lines on warning
    /// signs have one.
    pub call: Option<String>,
    /// Why, as it follows the colon; the whole line if there is no call.
    pub why: String,
}

impl fmt::Display for AdviceText {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.call {
            Some(call) => write!(out, "{call}: {}", self.why),
            None => out.write_str(&self.why),
        }
    }
}

impl Serialize for AdviceText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The entry's text as an answer to a note or log, or its history text if that is asked for and exists.
pub(super) fn answer(entry: &Entry, priority: Priority, side: Side, as_history: bool) -> AdviceText {
    let filled = |text: &str| fill(text, priority, side, Voice::Answer);
    match entry.history.as_deref().filter(|_| as_history) {
        Some(history) => AdviceText { call: None, why: filled(history) },
        None => AdviceText { call: entry.call.as_deref().map(filled), why: filled(&entry.text) },
    }
}

/// The entry's whole line for somebody whose sore side is `side`, without a situation.
#[must_use]
pub fn text_for(entry: &Entry, side: Side) -> String {
    let text = text_behind_call(entry, side);
    match &entry.call {
        Some(call) => format!("{} {text}", fill(call, entry.priority, side, Voice::Guide)),
        None => text,
    }
}

/// The same without its call, for a page that has already shown it.
#[must_use]
pub fn text_behind_call(entry: &Entry, side: Side) -> String {
    fill(&entry.text, entry.priority, side, Voice::Guide)
}

/// The text with its placeholders filled.
pub(super) fn fill(text: &str, priority: Priority, side: Side, voice: Voice) -> String {
    let (sore, other) = match side {
        Side::Left => ("left", "right"),
        Side::Right => ("right", "left"),
        Side::Both | Side::Unknown => ("sore", "other"),
    };
    let text = text.replace("{ladder}", ladder(priority)).replace("{side}", sore).replace("{other}", other);
    one_voice(&text, voice)
}

/// The text with the wording for this voice in place of each `{one|other}`. Other braces stay.
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

/// The text before the first `{one|other}`, its two wordings, and the text after it.
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
        let answer = answer(sign, sign.priority, Side::Left, false);
        assert_eq!(answer.call.as_deref(), Some("Get emergency medical help now"));
        assert_eq!(answer.why, "your note says you lost control of bowel or bladder, or cannot pass water.");
        assert_eq!(
            answer.to_string(),
            "Get emergency medical help now: your note says you lost control of bowel or bladder, or cannot pass water."
        );
        assert_eq!(
            text_for(sign, Side::Left),
            "Get emergency medical help now if you lose control of your bowel or bladder, or cannot pass water."
        );
    }

    #[test]
    fn a_call_may_ask_for_more_than_its_urgency_does() {
        let sign = by_id("front-groin-after-load").unwrap();
        let answer = answer(sign, Priority::P1, Side::Left, false);
        assert_eq!(
            answer.call.as_deref(),
            Some("Stop running and get medical assessment today and do not run until then")
        );
        assert!(answer.why.starts_with("your front-of-hip or groin pain came after"), "{answer}");
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
            for text in std::iter::once(&entry.text).chain(&entry.call).chain(&entry.history) {
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
            assert!(text.starts_with(&format!("{} if ", ladder(entry.priority))), "{}: {text}", entry.id);
            assert!(!text.contains(": your") && !text.contains("this pain"), "{}: {text}", entry.id);
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
