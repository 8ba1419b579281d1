//! What words mean: loads the lexicon file once, and turns the words of a note into terms. It knows nothing of how
//! terms go together.

use std::sync::LazyLock;

use super::class_set::{Class, NamedSet};
use super::classes::{NAMED, class};
use super::rule_rows;
use super::slips::Slips;
use super::spelling::with_not;
use super::term::{Phrase, Term};
use super::word_map::{HashMap, HashSet, with_room};
use super::words::{NumberForm, Word, Words};

/// A word that entries begin with.
#[derive(Default)]
struct Opening {
    /// The place of its own entry, where it has one.
    alone: Option<usize>,
    /// Whether entries of several words begin with it.
    opens_phrases: bool,
}

/// The lexicon as loaded from its files.
pub(super) struct Lexicon {
    names: HashMap<&'static str, Class>,
    /// Words that the rules name literally.
    literals: HashMap<&'static str, Class>,
    /// Classes that a longer phrase takes over from its first word.
    openers: HashMap<&'static str, Vec<Class>>,
    entries: Vec<Phrase>,
    /// By the first word of entries.
    words: HashMap<&'static str, Opening>,
    /// The places of entries of several words by the first two, the longest first.
    phrases: HashMap<[&'static str; 2], Vec<usize>>,
    /// The most words of an entry.
    longest: usize,
    slips: Slips,
    /// Words that begin only entries of other languages.
    foreign: HashSet<&'static str>,
}

/// An unknown word shorter than this is an abbreviation or a name, not what the note is about.
const SHORTEST_UNKNOWN: usize = 4;

/// A single letter with a capital is no name.
const SHORTEST_NAME: usize = 2;

const ROWS: &str = include_str!("lexicon.tsv");

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(ROWS, rule_rows::ROWS));

/// The lexicon, loaded on first use.
pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

/// About as many entries as there are.
const ENTRIES: usize = 16_000;

/// The places of the entries.
type Places = HashMap<&'static str, usize>;

fn numbered(classes: usize) -> Class {
    Class::try_from(classes).unwrap_or(Class::MAX)
}

impl Lexicon {
    fn load(rows: &'static str, rules: &'static str) -> Self {
        let mut lexicon = Self {
            names: HashMap::default(),
            literals: HashMap::default(),
            openers: HashMap::default(),
            entries: Vec::with_capacity(ENTRIES),
            words: with_room(ENTRIES),
            phrases: with_room(ENTRIES),
            longest: 1,
            slips: Slips::default(),
            foreign: HashSet::default(),
        };
        for name in NAMED {
            lexicon.intern(name);
        }
        let mut places = with_room(ENTRIES);
        for row in rows.lines().filter(|row| !row.starts_with('#')) {
            let Some((classes, phrases)) = row.split_once('\t') else { continue };
            let opens = classes.starts_with('^');
            let classes: Vec<Class> = classes.split('+').map(|name| lexicon.intern(name.trim())).collect();
            for phrase in phrases.split(',').map(str::trim).filter(|phrase| !phrase.is_empty()) {
                let phrase = phrase.strip_prefix('~').map_or(phrase, |word| {
                    lexicon.slips.admit_marked(word);
                    word
                });
                lexicon.add(phrase, &classes, &mut places);
                lexicon.slips.admit(phrase);
                if opens {
                    lexicon.openers.entry(phrase).or_default().extend(&classes);
                }
            }
        }
        lexicon.add_other_languages(&mut places);
        let literals: HashSet<&str> = rule_rows::literals(rules, |name| lexicon.names.contains_key(name)).collect();
        for literal in literals {
            let class = numbered(lexicon.class_count());
            lexicon.literals.insert(literal, class);
            lexicon.add(literal, &[class], &mut places);
        }
        // In the patterns a longer phrase also counts as its first word: "to the shops" follows "popped" as "to"
        // does.
        for ([first, second], places) in &mut lexicon.phrases {
            let literal = lexicon.literals.get(first);
            let opens = lexicon.openers.get(first).map_or(&[][..], Vec::as_slice);
            for place in places.iter() {
                let phrase = &mut lexicon.entries[*place];
                let tail = std::iter::once(second).chain(&phrase.rest);
                phrase.tail = tail.map(|word| lexicon.literals.get(word).copied()).collect();
                phrase.first = literal.copied();
                phrase.classes.extend(literal.into_iter().chain(opens));
            }
            places.sort_by_key(|place| std::cmp::Reverse(lexicon.entries[*place].rest.len()));
        }
        for phrase in &mut lexicon.entries {
            phrase.classes.iter().for_each(|class| _ = phrase.named.insert(*class));
        }
        lexicon
    }

    /// Gives words of other languages the classes of English ones. No English word is taken for a misspelling of such
    /// a word.
    fn add_other_languages(&mut self, places: &mut Places) {
        for (classes, phrase) in super::tongues::read_words() {
            let classes: Vec<Class> = classes.split('+').map(|name| self.intern(name)).collect();
            let first = phrase.split_whitespace().next().filter(|first| !self.words.contains_key(*first));
            self.foreign.extend(first);
            self.add(phrase, &classes, places);
        }
    }

    fn intern(&mut self, name: &'static str) -> Class {
        let next = numbered(self.names.len());
        *self.names.entry(name).or_insert(next)
    }

    fn add(&mut self, phrase: &'static str, classes: &[Class], places: &mut Places) {
        let mut words = phrase.split_whitespace();
        let Some(first) = words.next() else { return };
        let opening = self.words.entry(first).or_default();
        let place = *places.entry(phrase).or_insert(self.entries.len());
        if place == self.entries.len() {
            match words.next() {
                None => opening.alone = Some(place),
                Some(second) => {
                    opening.opens_phrases = true;
                    self.phrases.entry([first, second]).or_default().push(place);
                }
            }
            let rest: Vec<&str> = words.collect();
            self.longest = self.longest.max(2 + rest.len());
            self.entries.push(Phrase { rest, ..Phrase::default() });
        }
        let known = &mut self.entries[place].classes;
        known.extend(classes);
        known.sort_unstable();
        known.dedup();
    }

    /// The number of a class or, where there is none, of a literal word of the rules.
    pub(super) fn class(&self, name: &str) -> Option<Class> {
        self.names.get(name).copied().or_else(|| self.literal(name))
    }

    /// The number of a literal word of the rules.
    pub(super) fn literal(&self, word: &str) -> Option<Class> {
        self.literals.get(word).copied()
    }

    /// How many classes there are.
    pub(super) fn class_count(&self) -> usize {
        self.names.len() + self.literals.len()
    }

    /// Whether an English entry begins with this folded word.
    pub(super) fn knows(&self, word: &str) -> bool {
        self.words.contains_key(word) && !self.foreign.contains(word)
    }

    /// The word as the lexicon spells it: unchanged, with drawn-out letters shortened, or with one slip corrected.
    fn spelt<'w>(&'w self, word: &'w str) -> &'w str {
        if self.words.contains_key(word) || word.len() < 3 {
            return word;
        }
        for most in if word.len() < 4 { [].as_slice() } else { &[2, 1] } {
            let mut short = String::with_capacity(word.len());
            let mut run = 0;
            for letter in word.chars() {
                run = if short.ends_with(letter) { run + 1 } else { 1 };
                if run <= *most {
                    short.push(letter);
                }
            }
            if short.len() < word.len()
                && let Some((known, _)) = self.words.get_key_value(short.as_str())
            {
                return known;
            }
        }
        self.slips.mended(word).unwrap_or(word)
    }

    /// The words of a note as the lexicon spells them, with "could not" joined to the "couldnt" that its phrases use.
    fn contracted<'w>(&'w self, words: &'w Words, items: &[Word]) -> (Vec<Word>, Vec<&'w str>) {
        let mut found: (Vec<Word>, Vec<&str>) = (Vec::with_capacity(items.len()), Vec::with_capacity(items.len()));
        for word in items {
            let spelt = if word.number.is_some() { "" } else { self.spelt(words.text(word)) };
            if spelt == "not"
                && let (Some(before), Some(verb)) = (found.0.last_mut(), found.1.last_mut())
                && before.clause == word.clause
                && let Some(contraction) = with_not(verb)
            {
                before.span.end = word.span.end;
                *verb = contraction;
            } else {
                found.0.push(word.clone());
                found.1.push(spelt);
            }
        }
        found
    }

    /// The place of the longest entry of several words that these words begin with.
    fn phrase(&self, words: &[&str]) -> Option<usize> {
        let [first, second, rest @ ..] = words else { return None };
        let mut places = self.phrases.get(&[*first, *second])?.iter();
        places.find(|place| rest.starts_with(&self.entries[**place].rest)).copied()
    }

    /// The terms of a note, with the longest matching phrases taken first.
    pub(super) fn terms(&'static self, words: &Words, items: &[Word]) -> Vec<Term> {
        let (items, spelt) = self.contracted(words, items);
        let mut terms = Vec::with_capacity(items.len());
        let mut at = 0;
        while let Some(word) = items.get(at) {
            let found = spelt.get(at).and_then(|first| self.words.get(first)).and_then(|opening| {
                let words = || {
                    let clause = items[at..].iter().take(self.longest).take_while(|other| other.clause == word.clause);
                    &spelt[at..at + clause.count()]
                };
                let longer = opening.opens_phrases.then(|| self.phrase(words())).flatten();
                longer.or(opening.alone)
            });
            let found = found.map(|place| &self.entries[place]);
            let length = 1 + found.map_or(0, |phrase| phrase.tail.len());
            let last = items.get(at + length - 1).unwrap_or(word);
            let form_classes = form_classes(words, word, found.is_some());
            let mut named = found.map_or_else(NamedSet::default, |phrase| phrase.named);
            form_classes.into_iter().flatten().for_each(|class| _ = named.insert(class));
            terms.push(Term {
                span: word.span.start..last.span.end,
                classes: found.map_or(&[], |phrase| &phrase.classes),
                form_classes,
                named,
                number: word.number,
                clause: word.clause,
                sentence: word.sentence,
                capital: word.capital,
                void: false,
                phrase: found.filter(|phrase| !phrase.tail.is_empty()),
            });
            at += length;
        }
        terms
    }
}

/// More weeks than two years of them are written as months or years.
const MOST_WEEKS: f64 = 104.0;

/// Whether a folded word that begins with a capital may be somebody's name: no word of any table, and no "Stupidly".
fn may_be_a_name(text: &str) -> bool {
    text.len() >= SHORTEST_NAME && !text.ends_with("ly") && !super::tongues::knows(text)
}

fn form_classes(words: &Words, word: &Word, known: bool) -> [Option<Class>; 3] {
    let Some(number) = word.number else {
        let text = words.text(word);
        let picture = text.starts_with(super::words::is_picture);
        let unknown = !known && !picture && text.len() >= SHORTEST_UNKNOWN && !super::tongues::is_english(text);
        let name = !known && !picture && word.capital && may_be_a_name(text);
        return [picture.then_some(class::PICTURE), unknown.then_some(class::UNKNOWN), name.then_some(class::NAME)];
    };
    let unit = words.text(word);
    let value = number.value;
    // Body temperatures of a fever: 37.8 to 42 degrees Celsius, 100 to 107 degrees Fahrenheit. "39:40" is a time.
    let hot = (37.8..=42.0).contains(&value) || (100.0..=107.0).contains(&value);
    let is_time = matches!(number.form, NumberForm::Clock | NumberForm::OutOfTen);
    let hot = hot && !is_time && (unit.is_empty() || matches!(unit, "c" | "f" | "deg" | "degrees"));
    let form = match number.form {
        NumberForm::OutOfTen => class::SCORE,
        NumberForm::Plain => class::NUM,
        NumberForm::WithUnit | NumberForm::Clock | NumberForm::Other => class::UNIT_NUM,
    };
    let kind = match unit {
        _ if hot => Some(class::HOT_NUM),
        "am" if !(6.0..12.0).contains(&value) => Some(class::NIGHT_CLOCK),
        "min" | "mins" | "minutes" | "minute" if value >= 1.0 => Some(class::MIN_NUM),
        "st" | "nd" | "rd" | "th" => Some(class::ORDINAL),
        "d" | "day" | "days" if number.form == NumberForm::WithUnit => Some(class::UNIT_DAY),
        // "240W" is a power.
        "w" if value > MOST_WEEKS => None,
        "w" | "wk" | "wks" | "week" | "weeks" => Some(class::UNIT_WEEK),
        "mth" | "mths" | "month" | "months" => Some(class::UNIT_MONTH),
        "" if (1980.0..=2100.0).contains(&value) && value.fract() == 0.0 && !number.range => Some(class::YEAR),
        _ => None,
    };
    [Some(form), kind, None]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_that_code_asks_for_has_words_or_is_a_form() {
        let forms = [
            "num",
            "unitnum",
            "score",
            "hotnum",
            "nightclock",
            "minnum",
            "longdays",
            "ordinal",
            "yearnum",
            "picture",
            "unknown",
            "nameform",
        ];
        // "q.weak" is on no word: the quality is taken from the sign of a weak leg.
        let of_a_sign = "q.weak";
        let classes: HashSet<&str> =
            ROWS.lines().filter_map(|row| row.split_once('\t')).flat_map(|(classes, _)| classes.split('+')).collect();
        for name in NAMED.iter().filter(|name| !forms.contains(name) && **name != of_a_sign) {
            assert!(classes.contains(name), "no word is of the class {name}");
        }
    }

    #[test]
    fn the_words_of_a_phrase_stand_one_blank_apart() {
        let phrases = ROWS.lines().filter(|row| !row.starts_with('#')).filter_map(|row| row.split_once('\t'));
        for phrase in phrases.flat_map(|(_, phrases)| phrases.split(',')) {
            assert!(!phrase.trim().contains("  "), "an entry of its own, since it is found by its letters: {phrase}");
        }
    }

    #[test]
    fn a_longer_phrase_is_of_its_first_words_class_where_the_class_opens_phrases() {
        let words = super::super::words::split("getting out of bed");
        let terms = lexicon().terms(&words, &words.items);
        assert_eq!(terms.len(), 1, "one phrase");
        assert!(terms[0].is(class::REACHING) && terms[0].is(class::RISE_WORD));
        assert!(!terms[0].is(class::STAYS_AWAY));
    }
}
