//! How words go together: the rule file, loaded once, and its patterns found in the terms of a note. Knows nothing of
//! what a match is good for.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lexicon::{Class, Lexicon, Term, class, lexicon};
pub(super) use super::rule_rows::Kind;
use super::rule_rows::{ROWS, alternatives, row_parts};

#[derive(Debug)]
enum Element {
    Start,
    End,
    Gap(usize),
    Any,
    /// A bit for each class.
    One {
        classes: Vec<u64>,
        optional: bool,
    },
    NotNext(Vec<u64>),
}

#[derive(Debug)]
struct Rule {
    kind: Kind,
    meaning: &'static str,
    not_before: Option<Vec<u64>>,
    elements: Vec<Element>,
}

/// A rule found in a note.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match {
    pub(super) kind: Kind,
    pub(super) meaning: &'static str,
    /// The terms matched, gaps left out; never empty.
    pub(super) terms: Vec<usize>,
}

impl Match {
    /// The first and last term.
    pub(super) fn ends(&self) -> (usize, usize) {
        (self.terms.first().copied().unwrap_or_default(), self.terms.last().copied().unwrap_or_default())
    }
}

/// All rules, by the class a match may begin with.
pub(super) struct Rules {
    rules: Vec<Rule>,
    by_class: HashMap<Class, Vec<usize>>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::load(lexicon()));

/// The rules.
pub(super) fn rules() -> &'static Rules {
    &RULES
}

fn class_bits(lexicon: &Lexicon, element: &str) -> Vec<u64> {
    let mut bits = vec![0; lexicon.class_count().div_ceil(64)];
    for (name, bracketed) in alternatives(element) {
        let class = if bracketed { lexicon.class(name) } else { lexicon.literal(name) };
        if let Some(class) = class.map(usize::from) {
            bits[class / 64] |= 1 << (class % 64);
        }
    }
    bits
}

fn has(bits: &[u64], term: &Term) -> bool {
    let set = |class: &Class| {
        let class = usize::from(*class);
        bits.get(class / 64).is_some_and(|word| word >> (class % 64) & 1 == 1)
    };
    !term.void && (term.classes.iter().any(set) || term.number_classes.iter().flatten().any(set))
}

impl Rules {
    fn load(lexicon: &Lexicon) -> Self {
        let mut rules = Self { rules: Vec::new(), by_class: HashMap::new() };
        for (kind, meaning, pattern) in ROWS.lines().filter_map(row_parts) {
            let mut rule = Rule { kind, meaning, not_before: None, elements: Vec::new() };
            for (place, element) in pattern.split_whitespace().enumerate() {
                let parsed = match element {
                    "^" => Element::Start,
                    "$" => Element::End,
                    "<any>" => Element::Any,
                    "<any>?" => Element::Gap(1),
                    _ if element.starts_with('~') => Element::Gap(element[1..].parse().unwrap_or(0)),
                    _ if element.starts_with('!') && place == 0 => {
                        rule.not_before = Some(class_bits(lexicon, &element[1..]));
                        continue;
                    }
                    _ if element.starts_with('!') => Element::NotNext(class_bits(lexicon, &element[1..])),
                    _ => Element::One {
                        classes: class_bits(lexicon, element.trim_end_matches('?')),
                        optional: element.ends_with('?'),
                    },
                };
                rule.elements.push(parsed);
            }
            rules.index(rule);
        }
        rules
    }

    fn index(&mut self, rule: Rule) {
        let place = self.rules.len();
        for element in &rule.elements {
            match element {
                Element::One { classes, optional } => {
                    for (word, bits) in classes.iter().enumerate() {
                        for bit in (0..64).filter(|bit| bits >> bit & 1 == 1) {
                            let class = Class::try_from(word * 64 + bit).unwrap_or(Class::MAX);
                            self.by_class.entry(class).or_default().push(place);
                        }
                    }
                    if !optional {
                        break;
                    }
                }
                Element::Start => {}
                _ => break,
            }
        }
        self.rules.push(rule);
    }

    /// Every match of the wanted kinds, in the order of the text.
    pub(super) fn find(&self, terms: &[Term], wanted: &dyn Fn(Kind) -> bool) -> Vec<Match> {
        let mut found = Vec::new();
        let mut path = Vec::new();
        for (at, term) in terms.iter().enumerate().filter(|(_, term)| !term.void) {
            let classes = term.classes.iter().chain(term.number_classes.iter().flatten());
            for place in classes.filter_map(|class| self.by_class.get(class)).flatten() {
                let Some(rule) = self.rules.get(*place).filter(|rule| wanted(rule.kind)) else { continue };
                if let Some(bits) = &rule.not_before
                    && at > 0
                    && terms[at - 1].clause == term.clause
                    && has(bits, &terms[at - 1])
                {
                    continue;
                }
                path.clear();
                if follows(&rule.elements, terms, at, term.clause, &mut path) && !path.is_empty() {
                    found.push(Match { kind: rule.kind, meaning: rule.meaning, terms: path.clone() });
                }
            }
        }
        found.sort_by(|one, other| one.terms.cmp(&other.terms).then_with(|| one.cmp(other)));
        found.dedup();
        found
    }
}

fn follows(elements: &[Element], terms: &[Term], at: usize, clause: u32, path: &mut Vec<usize>) -> bool {
    let Some((element, rest)) = elements.split_first() else { return true };
    let here = terms.get(at).filter(|term| term.clause == clause);
    match element {
        Element::Start => (at == 0 || terms[at - 1].clause != clause) && follows(rest, terms, at, clause, path),
        Element::End => here.is_none() && follows(rest, terms, at, clause, path),
        Element::NotNext(bits) => !here.is_some_and(|term| has(bits, term)) && follows(rest, terms, at, clause, path),
        // Articles, sides and "really" between take up no room.
        Element::Gap(most) => {
            let mut room = *most;
            let mut next = at;
            loop {
                if follows(rest, terms, next, clause, path) {
                    return true;
                }
                let Some(term) = terms.get(next).filter(|term| term.clause == clause) else { return false };
                if !term.is(class::FILLER) {
                    let Some(left) = room.checked_sub(1) else { return false };
                    room = left;
                }
                next += 1;
            }
        }
        Element::Any => here.is_some() && step(rest, terms, at, clause, path),
        Element::One { classes, optional } => {
            here.is_some_and(|term| has(classes, term)) && step(rest, terms, at, clause, path)
                || *optional && follows(rest, terms, at, clause, path)
        }
    }
}

fn step(rest: &[Element], terms: &[Term], at: usize, clause: u32, path: &mut Vec<usize>) -> bool {
    path.push(at);
    let matched = follows(rest, terms, at + 1, clause, path);
    if !matched {
        path.pop();
    }
    matched
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_a_rule_with_three_columns() {
        for row in ROWS.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            assert!(row_parts(row).is_some() && row.split('\t').count() == 3, "not a rule: {row}");
        }
    }

    #[test]
    fn every_pattern_can_begin_somewhere() {
        for (place, rule) in rules().rules.iter().enumerate() {
            let indexed = rules().by_class.values().any(|places| places.contains(&place));
            assert!(indexed, "never tried: {} {:?}", rule.meaning, rule.elements);
        }
    }
}
