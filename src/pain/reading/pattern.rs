//! The elements of a rule's pattern, and how a pattern is matched against the terms of a clause. It knows no rule.

use super::class_set::Classes;
use super::classes::class;
use super::lexicon::Lexicon;
use super::rule_rows::alternatives;
use super::term::Term;

/// How a pattern writes the end of a clause.
pub(super) const END: &str = "$";

/// An element of a pattern.
#[derive(Debug)]
pub(super) enum Element {
    Start,
    End,
    Gap(usize),
    Any,
    /// A word of the set or, where `or_end` is true, the end of the clause.
    One {
        classes: Classes,
        optional: bool,
        or_end: bool,
    },
    NotNext(Classes),
}

impl Element {
    /// Parses one element of a pattern.
    pub(super) fn of(lexicon: &Lexicon, element: &str) -> Self {
        match element {
            "^" => Self::Start,
            END => Self::End,
            "<any>" => Self::Any,
            "<any>?" => Self::Gap(1),
            _ if element.starts_with('~') => Self::Gap(element[1..].parse().unwrap_or(0)),
            _ if element.starts_with('!') => Self::NotNext(classes_of(lexicon, &element[1..])),
            _ => Self::One {
                classes: classes_of(lexicon, element.trim_end_matches('?')),
                optional: element.ends_with('?'),
                or_end: alternatives(element).any(|name| name == (END, false)),
            },
        }
    }

    /// The classes that the element names, where it is one word.
    pub(super) fn classes(&self) -> Option<&Classes> {
        if let Self::One { classes, .. } = self { Some(classes) } else { None }
    }

    /// The classes of which one must be there.
    pub(super) fn required(&self) -> Option<&Classes> {
        if let Self::One { classes, optional: false, or_end: false } = self { Some(classes) } else { None }
    }
}

/// The classes and words that an element names.
pub(super) fn classes_of(lexicon: &Lexicon, element: &str) -> Classes {
    let names = alternatives(element).filter(|(name, _)| *name != END);
    names.filter_map(|(name, bracketed)| if bracketed { lexicon.class(name) } else { lexicon.literal(name) }).collect()
}

/// Whether a term is of a class in the set and not void.
pub(super) fn has(set: &Classes, term: &Term) -> bool {
    !term.void && term.any_class(|class| set.has(class))
}

/// The terms of a note, matched against one rule within one clause.
pub(super) struct Walk<'n> {
    pub(super) terms: &'n [Term],
    pub(super) clause: u32,
    /// Whether phrases of the lexicon have to be matched to their end, as for rules that void what they match.
    pub(super) whole_phrases: bool,
}

impl Walk<'_> {
    fn here(&self, at: usize) -> Option<&Term> {
        self.terms.get(at).filter(|term| term.clause == self.clause)
    }

    /// Whether the elements match from `at` on; adds the matching terms to `path`.
    pub(super) fn follows(&self, elements: &[Element], at: usize, path: &mut Vec<usize>) -> bool {
        let Some((element, rest)) = elements.split_first() else { return true };
        let here = self.here(at);
        match element {
            Element::Start => (at == 0 || self.terms[at - 1].clause != self.clause) && self.follows(rest, at, path),
            Element::End => here.is_none() && self.follows(rest, at, path),
            Element::NotNext(set) => !here.is_some_and(|term| has(set, term)) && self.follows(rest, at, path),
            // Articles, sides and "really" do not count towards the gap.
            Element::Gap(most) => {
                let mut room = *most;
                let mut next = at;
                loop {
                    if self.follows(rest, next, path) {
                        return true;
                    }
                    let Some(term) = self.here(next) else { return false };
                    if !term.is(class::FILLER) {
                        let Some(left) = room.checked_sub(1) else { return false };
                        room = left;
                    }
                    next += 1;
                }
            }
            Element::Any => here.is_some() && self.step(rest, at, path),
            Element::One { classes, optional, or_end } => {
                here.is_some_and(|term| {
                    let is_named = has(classes, term);
                    let begins = self.whole_phrases && path.is_empty();
                    let counts = is_named && !(begins && only_opens(classes, term, rest));
                    counts && self.step(rest, at, path)
                        || is_named && opens(classes, term) && self.inside(rest, at, 0, path)
                }) || (*optional || *or_end && here.is_none()) && self.follows(rest, at, path)
            }
        }
    }

    /// Matches a pattern word by word within the phrase at `at`, from its word `next` on: "joined at the hip" is
    /// found although "at the" is a phrase of its own.
    fn inside(&self, elements: &[Element], at: usize, next: usize, path: &mut Vec<usize>) -> bool {
        let Some(word) = self.terms[at].phrase.and_then(|phrase| phrase.tail.get(next)) else {
            return self.step(elements, at, path);
        };
        let Some((element, rest)) = elements.split_first() else {
            if !self.whole_phrases {
                path.push(at);
            }
            return !self.whole_phrases;
        };
        let is_one_of = |set: &Classes| word.is_some_and(|word| set.has(word));
        match element {
            Element::One { classes, optional, .. } => {
                is_one_of(classes) && self.inside(rest, at, next + 1, path)
                    || *optional && self.inside(rest, at, next, path)
            }
            Element::NotNext(set) => !is_one_of(set) && self.inside(rest, at, next, path),
            // Beyond the phrase the gap begins anew. What voids a phrase has to name its words.
            Element::Gap(most) if !self.whole_phrases => {
                let left = self.terms[at].phrase.map_or(0, |phrase| phrase.tail.len().saturating_sub(next));
                let mut skips = (0..=*most).take_while(|skipped| *skipped < left);
                skips.any(|skipped| self.inside(rest, at, next + skipped, path))
                    || left <= *most && self.step(elements, at, path)
            }
            Element::Start | Element::End | Element::Gap(_) | Element::Any => false,
        }
    }

    fn step(&self, rest: &[Element], at: usize, path: &mut Vec<usize>) -> bool {
        path.push(at);
        let matched = self.follows(rest, at + 1, path);
        if !matched {
            path.pop();
        }
        matched
    }
}

/// Whether a pattern may match within a phrase of the lexicon: it named the phrase's first word literally.
fn opens(classes: &Classes, term: &Term) -> bool {
    term.phrase.and_then(|phrase| phrase.first).is_some_and(|first| classes.has(first))
}

/// Whether the pattern named a phrase by no more than its first word, and has no room for the others: in "weight bear on my hip"
/// there is no "weight on my hip" to lose.
fn only_opens(classes: &Classes, term: &Term, rest: &[Element]) -> bool {
    let Some(phrase) = term.phrase.filter(|phrase| phrase.first.is_some()) else { return false };
    let has_room = matches!(rest.first(), Some(Element::Gap(most)) if *most >= phrase.tail.len());
    !has_room && goes_on(rest) && !term.any_class(|class| classes.has(class) && Some(class) != phrase.first)
}

/// Whether more words have to follow.
fn goes_on(rest: &[Element]) -> bool {
    rest.iter().any(|element| matches!(element, Element::Any) || element.required().is_some())
}
