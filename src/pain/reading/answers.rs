//! What somebody can do, or how something is, with its bare answer: "Able to stand: no" and "Can I walk? No" are put in the order in
//! which they are said, "not able to stand". It takes nothing away: which items of a list "no" denies stands in the rules.

use std::ops::Range;
use std::sync::LazyLock;

use super::words::{Word, Words};

const ROWS: &str = include_str!("answers.tsv");

static ANSWERS: LazyLock<Answers> = LazyLock::new(|| Answers::load(ROWS));

/// The words by kind.
struct Answers {
    no: Vec<&'static str>,
    yes: Vec<&'static str>,
    ability: Vec<&'static str>,
    before_ability: Vec<&'static str>,
    states: Vec<&'static str>,
    parting: Vec<&'static str>,
}

impl Answers {
    fn load(rows: &'static str) -> Self {
        let of = |kind: &str| -> Vec<&'static str> {
            let row = rows.lines().filter_map(|row| row.split_once('\t')).find(|(name, _)| *name == kind);
            row.map_or_else(Vec::new, |(_, words)| words.split(',').map(str::trim).collect())
        };
        Self {
            no: of("no"),
            yes: of("yes"),
            ability: of("ability"),
            before_ability: of("before-ability"),
            states: of("state"),
            parting: of("parting"),
        }
    }
}

/// How a denial stands before what it denies.
const NOT: &str = "not";

/// A longer question of what somebody can do is none.
const LONGEST_QUESTION: usize = 12;

/// Puts each answer in its place.
pub(super) fn place(words: &mut Words, text: &str) {
    let mut at = 1;
    while at < words.items.len() {
        if let Some((asked, of_the_same)) = asked(words, text, at) {
            let first = &words.items[asked.start];
            let (start, clause, sentence) = (first.span.start, first.clause, first.sentence);
            if ANSWERS.no.contains(&words.text(&words.items[at])) {
                let state = || {
                    let last = asked.end - 1;
                    (of_the_same && ANSWERS.states.contains(&words.text(&words.items[last]))).then_some(last)
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
    texts.find(|word| !ANSWERS.before_ability.contains(word)).is_some_and(|first| ANSWERS.ability.contains(&first))
        && asked.len() <= LONGEST_QUESTION
}

/// The words that the word at `at` answers, if it is an answer, and whether both stand in one clause.
fn asked(words: &Words, text: &str, at: usize) -> Option<(Range<usize>, bool)> {
    let items = &words.items;
    let answer = &items[at];
    let is_answer = |word: &Word| ANSWERS.no.contains(&words.text(word)) || ANSWERS.yes.contains(&words.text(word));
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
    let parts = |word: &Word| is_mark(word) || is_answer(word) || ANSWERS.parting.contains(&words.text(word));
    (start < end && !items[start..end].iter().any(parts)).then_some((start..end, of_the_same))
}
