//! How words go together: loads the rule file once, and finds its patterns in the terms of a note. It knows nothing
//! of what a match is used for.

use std::sync::LazyLock;

use super::class_set::ClassSet;
use super::lexicon::{Lexicon, Term, lexicon};
use super::pattern::{self, Element, Walk, has};
pub(super) use super::rule_rows::Kind;
use super::rule_rows::{ROWS, row_parts};
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
    not_before: Option<Box<ClassSet>>,
    elements: Vec<Element>,
}

/// One machine word of a set of classes, of which a later word of the clause has to have at least one.
#[derive(Clone, Copy)]
struct Need {
    /// The position of this machine word in its set.
    place: usize,
    classes: u64,
    /// Whether this is the last machine word of its set.
    ends_its_set: bool,
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

/// Rules of some kinds, indexed by the classes that a match may begin with.
#[derive(Default)]
struct Table {
    rules: Vec<Rule>,
    by_class: Vec<Vec<Entry>>,
    /// What the rules require after their first word, rule after rule in one list; most rules are ruled out by this.
    needs: Vec<Need>,
}

/// A rule, listed under a class that it may begin with.
#[derive(Clone, Copy)]
struct Entry {
    place: usize,
    /// The range of its needs: one set for each further element that must be present.
    needs: (usize, usize),
}

/// All rules, by the step of the reading that uses them.
pub(super) struct Rules {
    figures_of_speech: Table,
    suppositions: Table,
    statements: Table,
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
        let mut rules =
            Self { figures_of_speech: Table::default(), suppositions: Table::default(), statements: Table::default() };
        for (kind, meaning, pattern) in ROWS.lines().filter_map(row_parts) {
            let (meaning, near) = split_name(meaning, NEAR);
            let (name, beside) = split_name(meaning, BESIDE);
            let sign = RedFlag::named(name).filter(|_| matches!(kind, Kind::Flag | Kind::Deny));
            let beside = beside.and_then(RedFlag::named);
            let mut rule = Rule { kind, meaning, sign, beside, near, not_before: None, elements: Vec::new() };
            for (place, element) in pattern.split_whitespace().enumerate() {
                if let Some(before) = element.strip_prefix('!').filter(|_| place == 0) {
                    rule.not_before = Some(pattern::class_set(lexicon, before));
                    continue;
                }
                let parsed = Element::of(lexicon, element);
                rule.elements.push(parsed);
            }
            let table = match kind {
                Kind::Void => &mut rules.figures_of_speech,
                Kind::Supposed => &mut rules.suppositions,
                _ => &mut rules.statements,
            };
            table.add(rule, lexicon.class_count());
        }
        rules
    }

    /// Every match of a figure of speech, in the order of the text.
    pub(super) fn figures_of_speech(&self, terms: &[Term]) -> Vec<Match> {
        self.figures_of_speech.find(terms)
    }

    /// Every match of words that only suppose or fear something.
    pub(super) fn suppositions(&self, terms: &[Term]) -> Vec<Match> {
        self.suppositions.find(terms)
    }

    /// Every match of the other kinds.
    pub(super) fn statements(&self, terms: &[Term]) -> Vec<Match> {
        self.statements.find(terms)
    }
}

impl Table {
    fn add(&mut self, rule: Rule, class_count: usize) {
        self.by_class.resize(class_count, Vec::new());
        // A match begins at the first element that must be present, or at an optional one before it.
        let opening = rule.elements.iter().position(|element| match element {
            Element::One { optional, .. } => !optional,
            Element::Start => false,
            _ => true,
        });
        let opening = opening.unwrap_or(rule.elements.len());
        let mut sets: Vec<Vec<(usize, u64)>> = rule
            .elements
            .iter()
            .skip(opening + 1)
            .filter_map(|element| match element {
                Element::One { classes, optional: false, or_end: false } => Some(classes.words().collect()),
                _ => None,
            })
            .collect();
        // The set with the fewest classes first, which rules out most.
        sets.sort_by_key(|set| (set.len(), set.iter().map(|(_, word)| word.count_ones()).sum::<u32>()));
        let begin = self.needs.len();
        for set in sets {
            let parts = set.len();
            self.needs.extend((1..).zip(set).map(|(number, (place, classes))| Need {
                place,
                classes,
                ends_its_set: number == parts,
            }));
        }
        let entry = Entry { place: self.rules.len(), needs: (begin, self.needs.len()) };
        for element in rule.elements.iter().take(opening + 1) {
            let Element::One { classes, .. } = element else { continue };
            for class in classes.classes() {
                if let Some(entries) = self.by_class.get_mut(usize::from(class)) {
                    entries.push(entry);
                }
            }
        }
        self.rules.push(rule);
    }

    /// Whether the rest of a clause has something of every set that a rule requires.
    fn is_possible(&self, entry: Entry, to_come: &ClassSet) -> bool {
        let mut met = false;
        for need in self.needs.get(entry.needs.0..entry.needs.1).unwrap_or_default() {
            met |= to_come.meets(need.place, need.classes);
            if need.ends_its_set {
                if !met {
                    return false;
                }
                met = false;
            }
        }
        true
    }

    fn find(&self, terms: &[Term]) -> Vec<Match> {
        let mut found = Vec::new();
        let mut path = Vec::new();
        // From the end, so that one set grows with what is still to come.
        let mut to_come = ClassSet::default();
        for (at, term) in terms.iter().enumerate().rev() {
            pass(terms, at, &mut to_come);
            if term.void {
                continue;
            }
            let places = term.all_classes().filter_map(|class| self.by_class.get(usize::from(class))).flatten();
            for entry in places {
                if !self.is_possible(*entry, &to_come) {
                    continue;
                }
                let Some(rule) = self.rules.get(entry.place) else { continue };
                if let Some(set) = &rule.not_before
                    && at > 0
                    && terms[at - 1].clause == term.clause
                    && has(set, &terms[at - 1])
                {
                    continue;
                }
                path.clear();
                let walk = Walk { terms, clause: term.clause, whole_phrases: rule.kind == Kind::Void };
                if walk.follows(&rule.elements, at, &mut path) && !path.is_empty() {
                    found.push(rule.found(&path));
                }
            }
        }
        found.sort_by(|one, other| one.terms.cmp(&other.terms).then_with(|| one.cmp(other)));
        found.dedup();
        found
    }
}

/// Makes the classes of everything after the next term in its clause those of everything after this one.
fn pass(terms: &[Term], at: usize, to_come: &mut ClassSet) {
    match terms.get(at + 1).filter(|next| next.clause == terms[at].clause) {
        Some(next) if next.void => {}
        Some(next) => next.all_classes().for_each(|class| to_come.insert(class)),
        None => *to_come = ClassSet::default(),
    }
    if let Some(phrase) = terms[at].phrase.filter(|_| !terms[at].void) {
        phrase.tail.iter().flatten().for_each(|class| to_come.insert(*class));
    }
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
        let Rules { figures_of_speech, suppositions, statements } = rules();
        for table in [figures_of_speech, suppositions, statements] {
            for (place, rule) in table.rules.iter().enumerate() {
                let indexed = table.by_class.iter().flatten().any(|entry| entry.place == place);
                assert!(indexed, "never tried: {} {:?}", rule.meaning, rule.elements);
            }
        }
    }
}
