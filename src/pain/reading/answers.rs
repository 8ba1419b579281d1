//! What somebody can do, or how something is, with its bare answer: "Able to stand: no" and "Can I walk? No" are put in the order in
//! which they are said, "not able to stand". It takes nothing away: which items of a list "no" denies stands in the rules.

use std::ops::Range;

use super::words::{Word, Words};

const NO: [&str; 9] = ["no", "nope", "nah", "n", "false", "nein", "non", "nej", "nee"];
const YES: [&str; 7] = ["yes", "y", "yep", "true", "x", "ja", "oui"];

/// How a denial stands before what it denies.
const NOT: &str = "not";

/// What a question of what somebody can do begins with.
const ABILITY: [&str; 8] = ["can", "could", "able", "feeling", "feel", "sensation", "weight", "bearing"];

/// Words before the first of these.
const BEFORE_ABILITY: [&str; 8] = ["are", "were", "is", "am", "i", "you", "full", "fully"];

/// Those that tell how something is: "bladder ok: no" is "bladder not ok".
const STATES: [&str; 6] = ["ok", "okay", "normal", "normally", "working", "fine"];

/// A longer question of what somebody can do is none.
const LONGEST_QUESTION: usize = 12;

/// Puts each answer in its place.
pub(super) fn place(words: &mut Words, text: &str) {
    let mut at = 1;
    while at < words.items.len() {
        if let Some((asked, of_the_same)) = asked(words, text, at) {
            let first = &words.items[asked.start];
            let (start, clause, sentence) = (first.span.start, first.clause, first.sentence);
            if NO.contains(&words.text(&words.items[at])) {
                let state = || {
                    let last = asked.end - 1;
                    (of_the_same && STATES.contains(&words.text(&words.items[last]))).then_some(last)
                };
                let before = if begins_with_ability(words, &asked) { Some(asked.start) } else { state() };
                if let Some(before) = before {
                    let folded = said(words, NOT);
                    words.items.drain(asked.end..=at);
                    let no = Word { span: start..start, folded, number: None, clause, sentence, capital: false };
                    words.items.insert(before, no);
                    at = asked.end;
                }
            }
            // "Can you walk?" is asked of whoever writes.
            if of_the_same && let Some(you) = asked.clone().take(3).find(|at| words.text(&words.items[*at]) == "you") {
                words.items.remove(you);
            }
        }
        at += 1;
    }
}

/// Adds a word to those that are known.
fn said(words: &mut Words, word: &str) -> Range<usize> {
    words.folded.push_str(word);
    words.folded.len() - word.len()..words.folded.len()
}

fn begins_with_ability(words: &Words, asked: &Range<usize>) -> bool {
    let mut texts = words.items[asked.clone()].iter().map(|word| words.text(word));
    texts.find(|word| !BEFORE_ABILITY.contains(word)).is_some_and(|first| ABILITY.contains(&first))
        && asked.len() <= LONGEST_QUESTION
}

/// The words that the word at `at` answers, if it is an answer, and whether both stand in one clause.
fn asked(words: &Words, text: &str, at: usize) -> Option<(Range<usize>, bool)> {
    let items = &words.items;
    let answer = &items[at];
    let is_answer = |word: &Word| NO.contains(&words.text(word)) || YES.contains(&words.text(word));
    // "No, only a bit" goes on.
    let ends = items.get(at + 1).is_none_or(|next| next.sentence != answer.sentence);
    if !ends || !is_answer(answer) {
        return None;
    }
    let before = &items[at - 1];
    let is_mark = |word: &Word| matches!(words.text(word), "colon" | "equals");
    let of_the_same = before.clause == answer.clause && is_mark(before);
    let end = if of_the_same { at - 1 } else { at };
    if !of_the_same {
        let between = text.get(before.span.end..answer.span.start)?.trim();
        if before.clause == answer.clause || !between.ends_with('?') {
            return None;
        }
    }
    let last = items.get(end.checked_sub(1)?)?;
    let start = items[..end].iter().rposition(|word| word.clause != last.clause).map_or(0, |other| other + 1);
    // A clause with two marks or answers, or with "and", tells of more than one thing.
    let parts = |word: &Word| is_mark(word) || is_answer(word) || matches!(words.text(word), "and" | "slash" | "at");
    (start < end && !items[start..end].iter().any(parts)).then_some((start..end, of_the_same))
}
