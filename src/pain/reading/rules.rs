//! How words go together: loads the rule file once, and finds its patterns in the terms of a note. It knows nothing
//! of what a match is used for.

use std::sync::LazyLock;

use super::class_set::{Class, ClassSet, Classes, ones};
use super::lexicon::{Lexicon, lexicon};
use super::pattern::{self, Element, Walk, has};
pub(super) use super::rule_rows::Kind;
use super::rule_rows::{ROWS, row_parts};
use super::term::Term;
use crate::model::warning_sign::RedFlag;

/// Stands between a sign and the other sign that has to be in the note for it to count.
const BESIDE: &str = " beside ";

/// Stands between a sign and the topic that has to be in the same sentence or the next one for it to count.
const NEAR: &str = " near ";

#[derive(Debug)]
struct Rule {
    kind: Kind,
    meaning: &'static str,
    sign: Option<RedFlag>,
    beside: Option<RedFlag>,
    near: Option<&'static str>,
    not_before: Option<Classes>,
    elements: Vec<Element>,
    /// The classes of the terms that a match can begin with.
    openings: Classes,
}

impl Rule {
    fn found(&self, terms: &[usize]) -> Match {
        Match {
            kind: self.kind,
            meaning: self.meaning,
            sign: self.sign,
            beside: self.beside,
            near: self.near,
            terms: terms.to_vec(),
        }
    }
}

/// A place where a rule matched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match {
    pub(super) kind: Kind,
    pub(super) meaning: &'static str,
    /// The warning sign that is asserted or denied, for a rule about one.
    pub(super) sign: Option<RedFlag>,
    /// The other sign that has to be in the same note for this match to count.
    pub(super) beside: Option<RedFlag>,
    /// The topic that has to be in the same sentence or one next to it for this match to count.
    pub(super) near: Option<&'static str>,
    /// The matched terms without the gaps between them; never empty.
    pub(super) terms: Vec<usize>,
}

impl Match {
    /// Whether the match asserts this sign.
    pub(super) fn asserts(&self, sign: RedFlag) -> bool {
        self.kind == Kind::Flag && self.sign == Some(sign)
    }

    /// The first and the last term of the match.
    pub(super) fn ends(&self) -> (usize, usize) {
        (self.terms.first().copied().unwrap_or_default(), self.terms.last().copied().unwrap_or_default())
    }
}

/// Rules of some kinds, and which of them a clause can match at all by the classes that it has: one bit for each rule, so that
/// most rules are never looked at.
#[derive(Default)]
struct Table {
    rules: Vec<Rule>,
    /// The rules that ask for a class, class after class.
    asking: Vec<Asking>,
    /// For each class, where its part of `asking` begins; and the end.
    begins: Vec<usize>,
    /// `FILTERS` × `words` machine words: by filter, the rules that ask for nothing there, and so are met from the start.
    asking_nothing: Vec<u64>,
    /// The machine words with one bit for each rule.
    words: usize,
}

/// Rules whose set of one filter has a class.
#[derive(Clone, Copy)]
struct Asking {
    /// The position of their machine word among those of all filters.
    at: usize,
    rules: u64,
}

/// By so many of its required sets a rule is filtered, the rarest first. The others are asked where these are met.
const FILTERS: usize = 2;

/// All rules, by the step of the reading that uses them.
pub(super) struct Rules {
    figures_of_speech: Table,
    others: Table,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::load(lexicon()));

/// The rules, loaded on first use.
pub(super) fn rules() -> &'static Rules {
    &RULES
}

/// Splits a meaning into its name and what follows the separator.
fn split_name(meaning: &'static str, parted_by: &str) -> (&'static str, Option<&'static str>) {
    meaning.split_once(parted_by).map_or((meaning, None), |(name, other)| (name, Some(other)))
}

impl Rules {
    fn load(lexicon: &Lexicon) -> Self {
        let mut rules = Self { figures_of_speech: Table::default(), others: Table::default() };
        for (kind, meaning, pattern) in ROWS.lines().filter_map(row_parts) {
            let (meaning, near) = split_name(meaning, NEAR);
            let (name, beside) = split_name(meaning, BESIDE);
            let sign = RedFlag::named(name).filter(|_| matches!(kind, Kind::Flag | Kind::Deny));
            let beside = beside.and_then(RedFlag::named);
            let mut elements = pattern.split_whitespace().peekable();
            let not_before = elements.next_if(|first| first.starts_with('!'));
            let not_before = not_before.map(|before| pattern::classes_of(lexicon, &before[1..]));
            let elements: Vec<Element> = elements.map(|element| Element::of(lexicon, element)).collect();
            let openings = openings(&elements);
            let rule = Rule { kind, meaning, sign, beside, near, not_before, elements, openings };
            let table = match kind {
                Kind::Void => &mut rules.figures_of_speech,
                _ => &mut rules.others,
            };
            table.rules.push(rule);
        }
        for table in [&mut rules.figures_of_speech, &mut rules.others] {
            table.index(lexicon.class_count());
        }
        rules
    }

    /// Every match of a figure of speech, in the order of the text.
    pub(super) fn figures_of_speech(&self, terms: &[Term]) -> Vec<Match> {
        self.figures_of_speech.find(terms)
    }

    /// Every match of words that only suppose or fear something, and every match of the other kinds.
    pub(super) fn told(&self, terms: &[Term]) -> (Vec<Match>, Vec<Match>) {
        self.others.find(terms).into_iter().partition(|found| found.kind == Kind::Supposed)
    }
}

/// The elements that a match may begin with: the first that must be present, and the optional ones before it.
fn openings(elements: &[Element]) -> Classes {
    let opening = opening(elements);
    elements.iter().take(opening + 1).filter_map(Element::classes).flat_map(Classes::iter).collect()
}

/// The position of the first element that must be present.
fn opening(elements: &[Element]) -> usize {
    let must_be = |element: &Element| match element {
        Element::One { optional, .. } => !optional,
        Element::Start => false,
        _ => true,
    };
    elements.iter().position(must_be).unwrap_or(elements.len())
}

impl Rule {
    /// The sets of classes of which a clause has to have something for the rule to match in it.
    fn required(&self) -> impl Iterator<Item = &Classes> {
        let further = self.elements.iter().skip(opening(&self.elements) + 1).filter_map(Element::required);
        std::iter::once(&self.openings).chain(further)
    }
}

impl Table {
    /// Sorts the rules by what they require: a class that many rules ask for is taken to stand in many notes.
    fn index(&mut self, class_count: usize) {
        let mut asked_for = vec![0_usize; class_count];
        for class in self.rules.iter().flat_map(Rule::required).flat_map(Classes::iter) {
            asked_for[usize::from(class)] += 1;
        }
        let commonness =
            |classes: &&Classes| -> usize { classes.iter().map(|class| asked_for[usize::from(class)]).sum() };
        self.words = self.rules.len().div_ceil(u64::BITS as usize);
        self.asking_nothing = vec![0; FILTERS * self.words];
        let mut asking: Vec<(Class, usize, u64)> = Vec::new();
        for (place, rule) in self.rules.iter().enumerate() {
            let (word, bit) = (place / u64::BITS as usize, 1 << (place % u64::BITS as usize));
            let mut required: Vec<&Classes> = rule.required().collect();
            required.sort_by_cached_key(commonness);
            for at in (0..FILTERS).map(|filter| filter * self.words + word) {
                match required.get(at / self.words) {
                    Some(classes) => asking.extend(classes.iter().map(|class| (class, at, bit))),
                    None => self.asking_nothing[at] |= bit,
                }
            }
        }
        asking.sort_unstable();
        for same in asking.chunk_by(|one, next| (one.0, one.1) == (next.0, next.1)) {
            self.begins.resize(usize::from(same[0].0) + 1, self.asking.len());
            self.asking.push(Asking { at: same[0].1, rules: same.iter().fold(0, |rules, one| rules | one.2) });
        }
        self.begins.resize(class_count + 1, self.asking.len());
    }

    /// The rules that a clause with these classes may match, in their order.
    fn possible(&self, classes: impl Iterator<Item = Class>) -> Vec<&Rule> {
        let mut present = ClassSet::default();
        let mut met = self.asking_nothing.clone();
        classes.for_each(|class| {
            if present.insert(class) {
                let range = self.begins[usize::from(class)]..self.begins[usize::from(class) + 1];
                self.asking[range].iter().for_each(|asking| met[asking.at] |= asking.rules);
            }
        });
        let mut found = Vec::new();
        for word in 0..self.words {
            let all_met = (0..FILTERS).fold(u64::MAX, |all, filter| all & met[filter * self.words + word]);
            let rules = ones(all_met).filter_map(|bit| self.rules.get(word * u64::BITS as usize + bit));
            found.extend(
                rules.filter(|rule| rule.required().all(|classes| classes.iter().any(|class| present.has(class)))),
            );
        }
        found
    }

    fn find(&self, terms: &[Term]) -> Vec<Match> {
        let mut found = Vec::new();
        let mut path = Vec::new();
        let mut begin = 0;
        for clause in terms.chunk_by(|one, next| one.clause == next.clause) {
            let places = begin..begin + clause.len();
            begin = places.end;
            for rule in self.possible(present(clause)) {
                let walk = Walk { terms, clause: clause[0].clause, whole_phrases: rule.kind == Kind::Void };
                for at in places.clone().filter(|at| has(&rule.openings, &terms[*at])) {
                    let before =
                        at.checked_sub(1).filter(|before| *before >= places.start).map(|before| &terms[before]);
                    if rule.not_before.as_ref().zip(before).is_some_and(|(set, before)| has(set, before)) {
                        continue;
                    }
                    path.clear();
                    if walk.follows(&rule.elements, at, &mut path) && !path.is_empty() {
                        found.push(rule.found(&path));
                    }
                }
            }
        }
        found.sort_by(|one, other| one.terms.cmp(&other.terms).then_with(|| one.cmp(other)));
        found.dedup();
        found
    }
}

/// The classes of the terms of a clause and of the words within its phrases.
fn present(clause: &[Term]) -> impl Iterator<Item = Class> {
    clause.iter().filter(|term| !term.void).flat_map(|term| {
        let within = term.phrase.into_iter().flat_map(|phrase| phrase.tail.iter().flatten().copied());
        term.all_classes().chain(within)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use strum::IntoEnumIterator;

    use super::super::pattern::END;
    use super::super::rule_rows::alternatives;
    use super::*;
    use crate::model::reading::{Region, Timing, name_of};
    use crate::model::warning_sign::Scope;

    #[test]
    fn every_row_is_a_rule_with_three_columns() {
        for row in ROWS.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            assert!(row_parts(row).is_some() && row.split('\t').count() == 3, "not a rule: {row}");
        }
    }

    #[test]
    fn rules_name_only_what_the_model_knows_and_every_sign_that_a_note_can_raise_has_one() {
        let of_a_note: BTreeSet<&str> =
            RedFlag::iter().filter(|sign| sign.row().scope != Scope::Episode).map(name_of).collect();
        let mut found = BTreeSet::new();
        let topics: BTreeSet<&str> =
            ROWS.lines().filter_map(row_parts).filter(|row| row.0 == Kind::Topic).map(|row| row.1).collect();
        for (kind, meaning, pattern) in ROWS.lines().filter_map(row_parts) {
            let (meaning, near) = split_name(meaning, NEAR);
            assert!(near.is_none_or(|topic| topics.contains(topic)), "{meaning}: {pattern}");
            match kind {
                Kind::Flag => {
                    let (name, other) = meaning.split_once(BESIDE).unwrap_or((meaning, meaning));
                    assert!(of_a_note.contains(other), "{meaning}: {pattern}");
                    found.insert(name);
                }
                Kind::Open => assert!(matches!(meaning, "sign" | "alone" | "unnamed"), "{meaning}: {pattern}"),
                Kind::Deny => assert!(of_a_note.contains(meaning), "{meaning}: {pattern}"),
                Kind::Region => assert!(meaning.parse::<Region>().is_ok(), "{meaning}: {pattern}"),
                Kind::Time => assert!(meaning.parse::<Timing>().is_ok(), "{meaning}: {pattern}"),
                Kind::Void | Kind::Supposed | Kind::Word | Kind::Topic => {}
            }
        }
        assert_eq!(found, of_a_note);
    }

    #[test]
    fn every_name_in_a_pattern_is_a_class_or_a_word() {
        for (_, _, pattern) in ROWS.lines().filter_map(row_parts) {
            for element in pattern.split_whitespace().filter(|element| !matches!(*element, "^" | END)) {
                if let Some(room) = element.strip_prefix('~') {
                    assert!(room.parse::<usize>().is_ok(), "{element} in {pattern}");
                    continue;
                }
                for (name, bracketed) in alternatives(element.trim_start_matches('!').trim_end_matches('?')) {
                    let class = lexicon().class(name);
                    let word = !bracketed && (name == END || name.chars().all(|c| c.is_alphanumeric() || c == '.'));
                    assert!(word || name == "any" || class.is_some(), "{name} in {pattern}");
                }
            }
        }
    }

    #[test]
    fn every_pattern_can_begin_somewhere() {
        let Rules { figures_of_speech, others } = rules();
        for rule in [figures_of_speech, others].into_iter().flat_map(|table| &table.rules) {
            assert!(rule.openings.iter().next().is_some(), "never tried: {} {:?}", rule.meaning, rule.elements);
        }
    }

    #[test]
    fn a_rule_is_possible_where_each_of_its_sets_is_met_and_nowhere_else() {
        let Rules { figures_of_speech, others } = rules();
        for table in [figures_of_speech, others] {
            for rule in &table.rules {
                let one_of_each: Vec<_> = rule.required().filter_map(|classes| classes.iter().next()).collect();
                let with = |classes: &[Class]| {
                    let possible = table.possible(classes.iter().copied());
                    possible.into_iter().any(|found| std::ptr::eq(found, rule))
                };
                assert!(with(&one_of_each), "{} {:?}", rule.meaning, rule.elements);
                for left_out in rule.required() {
                    let rest: Vec<_> = one_of_each.iter().copied().filter(|class| !left_out.has(*class)).collect();
                    assert!(!with(&rest), "{} {:?}", rule.meaning, rule.elements);
                }
            }
        }
    }
}
