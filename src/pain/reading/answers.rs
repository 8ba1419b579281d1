//! Questions with a bare answer, put in the order in which they are said: "Able to stand: no" and "Can I walk? No" are "not able to
//! stand", "Any fever, numbness? No" is "no fever, no numbness". It takes nothing away: which items "no" denies stands in the rules.

use std::ops::Range;
use std::sync::LazyLock;

use super::words::{Word, Words};

const ROWS: &str = include_str!("answers.tsv");

static ANSWERS: LazyLock<Answers> = LazyLock::new(|| Answers::load(ROWS));

/// The words by kind.
struct Answers {
    no: Vec<&'static str>,
    nothing: Vec<&'static str>,
    yes: Vec<&'static str>,
    any: Vec<&'static str>,
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
            nothing: of("nothing"),
            yes: of("yes"),
            any: of("any"),
            ability: of("ability"),
            before_ability: of("before-ability"),
            states: of("state"),
            parting: of("parting"),
        }
    }
}

/// How a denial stands before what it denies, and before each thing that was asked for.
const NOT: &str = "not";
const NO: &str = "no";

/// How an answer is parted from what it answers.
const COLON: &str = "colon";

/// A longer question of what somebody can do is none.
const LONGEST_QUESTION: usize = 12;

/// Puts each answer in its place.
pub(super) fn place(words: &mut Words, text: &str) {
    let mut at = 1;
    while at < words.items.len() {
        join(words, text, at);
        if at < words.items.len()
            && let Some((asked, of_the_same)) = asked(words, text, at)
        {
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

/// Joins the bare answer at `at` to the question before it, if it answers one: "fever? no" and "fever (no)" to "fever: no", and
/// "any fever, numbness? no" to "no fever, no numbness", "weakness (none)" to "no weakness".
fn join(words: &mut Words, text: &str, at: usize) {
    let (before, answer) = (&words.items[at - 1], &words.items[at]);
    let is_one_of = |list: &[&str]| list.contains(&words.text(answer));
    let none = is_one_of(&ANSWERS.nothing);
    let denies = none || is_one_of(&ANSWERS.no);
    let between = text.get(before.span.end..answer.span.start).unwrap_or_default().trim();
    let after = text.get(answer.span.end..).unwrap_or_default().trim_start();
    let is_alone = words.items.get(at + 1).is_none_or(|next| next.sentence != answer.sentence);
    let asks = between.ends_with('?') && is_alone;
    let in_brackets = matches!(between, "(" | "[") && after.starts_with([')', ']']);
    if before.clause == answer.clause || !(denies || is_one_of(&ANSWERS.yes)) || !(asks || in_brackets) {
        return;
    }
    let (sentence, clause) = (before.sentence, before.clause);
    let first = words.items[..at].iter().rposition(|word| word.sentence != sentence).map_or(0, |other| other + 1);
    let is_number = |word: &&Word| word.number.is_some();
    let first = first + words.items[first..at].iter().take_while(is_number).count();
    let is_any = |word: &Word| ANSWERS.any.contains(&words.text(word));
    let in_one_clause = words.items[first..at].iter().all(|word| word.clause == clause);
    let lists = asks && denies && words.items.get(first).is_some_and(is_any);
    if (lists || in_brackets && none && in_one_clause) && at - first <= LONGEST_QUESTION {
        return deny_each(words, first, at);
    }
    let mark = words.items[at].span.start;
    let folded = said(words, COLON);
    let colon = Word { span: mark..mark, folded, number: None, clause, sentence, capital: false };
    (words.items[at].clause, words.items[at].sentence) = (clause, sentence);
    words.items.insert(at, colon);
}

/// Puts "no" before each thing that a list from `first` names, in place of "any" and of the answer at `at`.
fn deny_each(words: &mut Words, first: usize, at: usize) {
    words.items.remove(at);
    for index in (first..at).rev() {
        let begins = index == first || words.items[index - 1].clause != words.items[index].clause;
        if !begins {
            continue;
        }
        let folded = said(words, NO);
        let word = &words.items[index];
        if ANSWERS.any.contains(&words.text(word)) {
            words.items[index].folded = folded;
        } else {
            let (start, clause, sentence) = (word.span.start, word.clause, word.sentence);
            let no = Word { span: start..start, folded, number: None, clause, sentence, capital: false };
            words.items.insert(index, no);
        }
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
