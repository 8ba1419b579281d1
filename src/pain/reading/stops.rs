//! Stops behind single words: "Could. barely. walk. round the shop" is one sentence. It gives no word a meaning.

use super::answers;
use super::words::{Word, Words};

/// The fewest words of a sentence that is hammered out with a stop behind each.
const FEWEST: usize = 3;

/// The shortest of those words; "OK." stands alone.
const SHORTEST: usize = 3;

/// Takes away the ends of sentences behind words that stand alone, where several follow each other and none of them denies: what "None."
/// or "Not." is said of is another thing.
pub(super) fn join(words: &mut Words, text: &str) {
    if words.items.last().is_none_or(|last| last.sentence == 0) {
        return;
    }
    let alone: Vec<bool> = (0..words.items.len()).map(|at| stands_alone(words, text, at)).collect();
    let mut at = 0;
    while at < alone.len() {
        let run = alone[at..].iter().take_while(|alone| **alone).count();
        if run >= FEWEST {
            join_run(&mut words.items, at, at + run);
        }
        at += run.max(1);
    }
}

/// Whether a word is a whole sentence with a stop behind it, and no denial.
fn stands_alone(words: &Words, text: &str, at: usize) -> bool {
    let items = &words.items;
    let word = &items[at];
    let parted = |other: Option<&Word>| other.is_none_or(|other| other.sentence != word.sentence);
    let before = at.checked_sub(1).and_then(|before| items.get(before));
    word.number.is_none()
        && word.span.len() >= SHORTEST
        && parted(before)
        && parted(items.get(at + 1))
        && text.get(word.span.end..).is_some_and(|rest| rest.starts_with('.'))
        && !answers::is_denial(words.text(word))
}

/// Joins the words from `start` to `end`, and the sentence behind them if it goes on in small letters.
fn join_run(items: &mut [Word], start: usize, end: usize) {
    let (clause, sentence) = (items[start].clause, items[start].sentence);
    let goes_on = items.get(end).filter(|next| !next.capital).map(|next| (next.sentence, next.clause));
    for (index, item) in items.iter_mut().enumerate().skip(start) {
        if index >= end && goes_on.is_none_or(|(next, _)| item.sentence != next) {
            break;
        }
        if index < end || goes_on == Some((item.sentence, item.clause)) {
            item.clause = clause;
        }
        item.sentence = sentence;
    }
}
