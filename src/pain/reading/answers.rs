//! A question or an item of a list with its bare answer: "limping: no" and "Fever? No." are put in the order in which
//! they are said, "no limping" and "no fever". It knows no word but the answer.

use std::ops::Range;

use super::words::{NumberForm, Word, Words};

/// The answers that deny what stands before them.
const NO: [&str; 11] = ["no", "nope", "nah", "n", "false", "none", "nil", "nein", "non", "nej", "nee"];

/// Words that deny already: "can't bear weight: no" says nothing of a sign.
const DENIED: [&str; 7] = ["cant", "cannot", "couldnt", "unable", "not", "wont", "didnt"];

/// Such a word counts among so many first words.
const DENIED_WITHIN: usize = 3;

/// Words after which "no" is what somebody says, not an answer: "my hip said: no".
const SAID: [&str; 8] = ["said", "says", "say", "saying", "like", "goes", "went", "screams"];

/// A longer text before the answer is no item of a list.
const LONGEST: usize = 12;

/// Puts each denying answer before what it answers.
pub(super) fn put_first(words: &mut Words, text: &str) {
    let mut at = 1;
    while at < words.items.len() {
        if let Some(asked) = asked(words, text, at) {
            let first = &words.items[asked.start];
            let (span, clause, sentence) = (first.span.start..first.span.start, first.clause, first.sentence);
            let folded = words.folded.len()..words.folded.len() + NO[0].len();
            words.folded.push_str(NO[0]);
            let denied = asked.end < at
                && words.items[asked.clone()].iter().take(DENIED_WITHIN).any(|word| DENIED.contains(&words.text(word)));
            if denied {
                words.items.drain(asked.start..=at);
                at = asked.start.max(1);
                continue;
            }
            // A zero stays: it may be a score.
            if words.items[at].number.is_none() {
                words.items.drain(asked.end..=at);
            }
            words.items.insert(asked.start, Word { span, folded, number: None, clause, sentence, capital: false });
            at = asked.end.max(at);
        }
        at += 1;
    }
}

/// The words that the word at `at` answers, if it is a denying answer.
fn asked(words: &Words, text: &str, at: usize) -> Option<Range<usize>> {
    let items = &words.items;
    let answer = &items[at];
    let ends = items.get(at + 1).is_none_or(|next| next.clause != answer.clause);
    let zero = answer.number.is_some_and(|number| number.value == 0.0 && number.form == NumberForm::Plain);
    if !ends || !zero && !NO.contains(&words.text(answer)) {
        return None;
    }
    let before = &items[at - 1];
    let is_mark = before.clause == answer.clause && matches!(words.text(before), "colon" | "equals");
    let end = if is_mark {
        at - 1
    } else {
        let between = text.get(before.span.end..answer.span.start)?.trim();
        let is_alone = before.clause != answer.clause;
        if zero || !is_alone || !(between.ends_with('?') || matches!(between, "-" | "–" | "—")) {
            return None;
        }
        at
    };
    let last = items.get(end.checked_sub(1)?)?;
    let start = items[..end].iter().rposition(|word| word.clause != last.clause).map_or(0, |other| other + 1);
    let fits = start < end && end - start <= LONGEST && !SAID.contains(&words.text(last));
    fits.then_some(start..end)
}
