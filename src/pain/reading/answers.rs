//! Questions with a bare answer, put in the order in which they are said: "Able to stand: no" and "Can I walk? No" are "not able to
//! stand", "Any fever, limping? No" is "fever: no, limping: no". It takes nothing away: which items "no" denies stands in the rules.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::words::{Word, Words};

const ROWS: &str = include_str!("answers.tsv");

static ANSWERS: LazyLock<Answers> = LazyLock::new(|| Answers::load(ROWS));

type List = Vec<&'static str>;

/// The words by kind.
struct Answers {
    /// With which an answer begins.
    firsts: HashSet<&'static str>,
    no: List,
    nothing: List,
    yes: List,
    labels: List,
    openings: List,
    can: List,
    verbs: List,
    faculties: List,
    troubles: List,
    states: List,
    parting: List,
}

impl Answers {
    fn load(rows: &'static str) -> Self {
        let of = |kind: &str| -> List {
            let row = rows.lines().filter_map(|row| row.split_once('\t')).find(|(name, _)| *name == kind);
            row.map_or_else(Vec::new, |(_, words)| words.split(',').map(str::trim).collect())
        };
        let [no, nothing, yes] = ["no", "nothing", "yes"].map(of);
        let first = |phrase: &&'static str| phrase.split(' ').next().unwrap_or_default();
        let firsts = no.iter().chain(&nothing).chain(&yes).map(first).collect();
        Self {
            firsts,
            no,
            nothing,
            yes,
            labels: of("label"),
            openings: of("opening"),
            can: of("can"),
            verbs: of("verb"),
            faculties: of("faculty"),
            troubles: of("trouble"),
            states: of("state"),
            parting: of("parting"),
        }
    }

    fn is_one(&self, word: &str) -> bool {
        self.no.contains(&word) || self.nothing.contains(&word) || self.yes.contains(&word)
    }

    /// The number of words of the answer that begins at `at`, and whether it denies.
    fn read(&self, words: &Words, at: usize) -> Option<(usize, bool)> {
        if !self.firsts.contains(words.text(&words.items[at])) {
            return None;
        }
        let stands = |phrase: &&&str| {
            let mut said = words.items[at..].iter().map(|word| words.text(word));
            phrase.split(' ').all(|word| said.next() == Some(word))
        };
        let longest = |list: &List| list.iter().filter(stands).map(|phrase| phrase.split(' ').count()).max();
        let no = longest(&self.no).max(longest(&self.nothing));
        let yes = longest(&self.yes);
        no.max(yes).map(|length| (length, no >= yes))
    }
}

/// How a denial stands before what it denies.
const CANNOT: &str = "cannot";
const NOT: &str = "not";
const NO: &str = "no";

/// How an answer is parted from what it answers.
const COLON: &str = "colon";

/// A question of more words is no question of one thing.
const LONGEST_QUESTION: usize = 12;

/// A question of at most so many words may share its answer with the next: "Fever? Limping? No".
const LONGEST_SHARING: usize = 4;

/// Who is asked stands among the first words of a question.
const FRONT: usize = 5;

/// A bare answer and what it answers.
struct Answer {
    asked: Range<usize>,
    /// The answer, with what parts it from the question.
    whole: Range<usize>,
    denies: bool,
    /// Whether several things may be asked for in one clause.
    lists: bool,
}

/// Whether a word denies by itself.
pub(super) fn is_denial(word: &str) -> bool {
    word == NOT || ANSWERS.no.contains(&word) || ANSWERS.nothing.contains(&word)
}

/// Puts each answer in its place.
pub(super) fn place(words: &mut Words, text: &str) {
    drop_options(words);
    let mut at = 1;
    let mut parted = 0;
    while at < words.items.len() {
        if let Some(answer) = answer_at(words, text, at) {
            let rest = words.items.split_off(answer.whole.end);
            words.items.truncate(answer.whole.start);
            let asked = words.items.split_off(answer.asked.start);
            if answer.denies {
                deny(words, asked, answer.lists, &mut parted);
            } else {
                affirm(words, asked);
            }
            at = words.items.len();
            words.items.extend(rest);
        } else {
            at += 1;
        }
    }
    if parted > 0 {
        number_clauses(&mut words.items);
    }
}

/// Takes away the answers that are offered: "Can you walk (yes/no): no".
fn drop_options(words: &mut Words) {
    let mut at = 0;
    while at + 2 < words.items.len() {
        let says = |index: usize, list: &List| list.contains(&words.text(&words.items[index]));
        let slashed = words.text(&words.items[at + 1]) == "slash";
        if slashed && says(at, &ANSWERS.yes) && says(at + 2, &ANSWERS.no) {
            words.items.drain(at..at + 3);
        } else {
            at += 1;
        }
    }
}

/// The bare answer that begins at `at`, if there is one.
fn answer_at(words: &Words, text: &str, at: usize) -> Option<Answer> {
    let items = &words.items;
    let word = |index: usize| words.text(&items[index]);
    let (length, denies) = ANSWERS.read(words, at)?;
    let end = at + length;
    let is_mark = |index: usize| matches!(word(index), "colon" | "equals");
    let same_clause = |one: usize, other: usize| items[one].clause == items[other].clause;
    // "No, only a bit" goes on, and "No.. yes" is taken back.
    let parted = items.get(end).is_none_or(|next| next.sentence != items[at].sentence);
    let ends = parted && items.get(end).is_none_or(|next| !ANSWERS.yes.contains(&words.text(next)));
    let marked = is_mark(at - 1) && same_clause(at - 1, at);
    let label = at.checked_sub(2).filter(|label| {
        let opens = label.checked_sub(1).is_none_or(|before| !same_clause(before, *label));
        marked && opens && ANSWERS.labels.contains(&word(*label))
    });
    let behind_options = marked && at > 1 && !same_clause(at - 2, at - 1);
    if label.is_none() && ends && marked && at > 1 && !behind_options {
        return answer_behind_a_mark(words, at, (length, denies));
    }
    let start = label.unwrap_or(if behind_options { at - 1 } else { at });
    let last = start.checked_sub(1)?;
    if same_clause(last, at) {
        return None;
    }
    let between = text.get(items[last].span.end..items[start].span.start)?.trim();
    let arrows = [' ', '\n', '-', '>', '\u{2013}', '\u{2014}', '\u{2192}', '*'];
    let asks = ends && (between.trim_end_matches(arrows).ends_with('?') || behind_options);
    let after = text.get(items[end - 1].span.end..)?.trim_start();
    let in_brackets = matches!(between, "(" | "[") && after.starts_with([')', ']']);
    let begins = |other: fn(&Word) -> u32| {
        items[..=last].iter().rposition(|word| other(word) != other(&items[last])).map_or(0, |before| before + 1)
    };
    let clause = begins(|word| word.clause);
    let alone = items.get(end).is_none_or(|next| next.clause != items[at].clause);
    let dashed = matches!(between, "-" | "\u{2013}" | "\u{2014}") && alone && last + 1 - clause <= LONGEST_SHARING;
    let asked = if asks {
        let mut start = begins(|word| word.sentence);
        while let Some(sharing) = shares_its_answer(words, text, start) {
            start = sharing;
        }
        start..last + 1
    } else if in_brackets || dashed {
        clause..last + 1
    } else {
        return None;
    };
    (asked.len() <= LONGEST_QUESTION).then_some(Answer { asked, whole: last + 1..end, denies, lists: asks })
}

/// "Able to stand: no"
fn answer_behind_a_mark(words: &Words, at: usize, (length, denies): (usize, bool)) -> Option<Answer> {
    let items = &words.items;
    let last = at - 2;
    let start = items[..last].iter().rposition(|word| word.clause != items[last].clause).map_or(0, |other| other + 1);
    // A clause with two marks or answers, or with "and", tells of more than one thing.
    let parts = |word: &Word| {
        let word = words.text(word);
        matches!(word, "colon" | "equals") || ANSWERS.is_one(word) || ANSWERS.parting.contains(&word)
    };
    let of_one = !items[start..=last].iter().any(parts);
    let begins_with = |list: &List| list.contains(&words.text(&items[start]));
    let of_many = begins_with(&ANSWERS.can) || ANSWERS.states.contains(&words.text(&items[last]));
    (of_one || of_many).then_some(Answer { asked: start..last + 1, whole: last + 1..at + length, denies, lists: false })
}

/// Where the short question before `start` begins, if it has no answer of its own.
fn shares_its_answer(words: &Words, text: &str, start: usize) -> Option<usize> {
    let last = words.items.get(start.checked_sub(1)?)?;
    let between = text.get(last.span.end..words.items.get(start)?.span.start)?;
    let begin =
        words.items[..start].iter().rposition(|word| word.sentence != last.sentence).map_or(0, |before| before + 1);
    (between.trim() == "?" && start - begin <= LONGEST_SHARING).then_some(begin)
}

/// Adds what was asked for with "yes" behind it.
fn affirm(words: &mut Words, asked: Vec<Word>) {
    let Some(last) = asked.last().cloned() else { return };
    let asked = without_you(words, asked);
    words.items.extend(asked);
    add(words, &last, last.span.end, COLON);
    add(words, &last, last.span.end, "yes");
}

/// Adds each thing that was asked for with its denial. `parted` counts the clauses that were parted.
fn deny(words: &mut Words, asked: Vec<Word>, lists: bool, parted: &mut u32) {
    let mut things: Vec<Vec<Word>> = vec![Vec::new()];
    let mut clause = None;
    for mut word in asked {
        if lists && ANSWERS.parting.contains(&words.text(&word)) {
            *parted += 1;
            clause = Some((word.clause, u32::MAX - *parted));
            things.push(Vec::new());
            continue;
        }
        if let Some((_, own)) = clause.filter(|(written, _)| *written == word.clause) {
            word.clause = own;
        }
        match things.last_mut() {
            Some(thing) if thing.last().is_none_or(|last| last.clause == word.clause) => thing.push(word),
            _ => things.push(vec![word]),
        }
    }
    for thing in things.into_iter().filter(|thing| !thing.is_empty()) {
        deny_one(words, thing, lists);
    }
}

fn deny_one(words: &mut Words, thing: Vec<Word>, lists: bool) {
    let thing = without_you(words, thing);
    let is_one_of = |word: &Word, list: &List| list.contains(&words.text(word));
    let front = thing.iter().take_while(|word| word.number.is_some() || is_one_of(word, &ANSWERS.openings)).count();
    let front = if front < thing.len() { front } else { 0 };
    let any = |list: &List| thing.iter().any(|word| is_one_of(word, list));
    let begins = |list: &List| is_one_of(&thing[front], list);
    let troubled = any(&ANSWERS.troubles);
    let (first, last) = (thing[front].clone(), thing[thing.len() - 1].clone());
    // "Can you see why it is numb? No" is no question of what one can do.
    let of_something_else = || {
        let asked = thing
            .get(front + 1)
            .is_some_and(|word| is_one_of(word, &ANSWERS.verbs) || is_one_of(word, &ANSWERS.faculties));
        troubled && !asked
    };
    if begins(&ANSWERS.can) && of_something_else() {
        words.items.extend(thing);
    } else if begins(&ANSWERS.can) {
        add(words, &first, first.span.start, CANNOT);
        words.items.extend(thing.into_iter().skip(front + 1));
    } else if !troubled && begins(&ANSWERS.verbs) {
        add(words, &first, first.span.start, NOT);
        words.items.extend(thing.into_iter().skip(front));
    } else if is_one_of(&last, &ANSWERS.states) {
        words.items.extend(thing.into_iter().skip(front));
        let state = words.items.pop();
        add(words, &last, last.span.start, NOT);
        words.items.extend(state);
    } else if !troubled && any(&ANSWERS.faculties) {
        add(words, &first, first.span.start, NO);
        words.items.extend(thing.into_iter().skip(front));
    } else {
        let skipped = if lists { front } else { 0 };
        words.items.extend(thing.into_iter().skip(skipped));
        add(words, &last, last.span.end, COLON);
        add(words, &last, last.span.end, NO);
    }
}

/// "Can you walk?" is asked of whoever writes.
fn without_you(words: &Words, mut thing: Vec<Word>) -> Vec<Word> {
    let you = thing.iter().take(FRONT).position(|word| words.text(word) == "you");
    // "You? No" asks for nothing else.
    if let Some(you) = you.filter(|_| thing.len() > 1) {
        thing.remove(you);
    }
    thing
}

/// Adds a word that is not written, beside one that is.
fn add(words: &mut Words, beside: &Word, place: usize, said: &str) {
    let from = words.folded.len();
    words.folded.push_str(said);
    words.items.push(Word {
        span: place..place,
        folded: from..words.folded.len(),
        number: None,
        clause: beside.clause,
        sentence: beside.sentence,
        capital: false,
    });
}

/// Numbers the clauses in their order, where things of one clause were parted.
fn number_clauses(items: &mut [Word]) {
    let (mut number, mut before) = (0, None);
    for word in items {
        number += u32::from(before.is_some_and(|before| before != word.clause));
        before = Some(word.clause);
        word.clause = number;
    }
}
