//! What words mean: loads the lexicon file once, and turns the words of a note into terms. It knows nothing of how
//! terms go together.

use std::ops::Range;
use std::sync::LazyLock;

use super::class_set::{Class, NamedSet};
use super::rule_rows;
use super::slips::Slips;
use super::spelling::with_not;
use super::word_map::{HashMap, HashSet, with_room};
use super::words::{Number, NumberForm, Word, Words};
use crate::model::reading::Quality;

macro_rules! classes {
    ($($constant:ident = $name:literal),+ $(,)?) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, dead_code, reason = "only numbers the classes")]
        #[derive(Clone, Copy)]
        enum Order { $($constant),+ }
        /// The classes that code asks for by name.
        #[allow(dead_code, reason = "the qualities are asked for by number")]
        pub(super) mod class {
            $(pub(in super::super) const $constant: super::Class = super::Order::$constant as super::Class;)+
        }
        const NAMED: &[&str] = &[$($name),+];
        const _: () = assert!(NAMED.len() <= NamedSet::ROOM, "code asks for more classes than a set of them holds");
    };
}

classes! {
    ACHE = "q.ache", BURNING = "q.burning", CLICK = "q.click", CRAMP = "q.cramp", DULL = "q.dull", KNOT = "q.knot",
    NIGGLE = "q.niggle", NUMB = "q.numb", PINCH = "q.pinch", POP = "q.pop", SHARP = "q.sharp", SHOOTING = "q.shooting",
    SORE = "q.sore", SPASM = "q.spasm", STIFF = "q.stiff", TENDER = "q.tender", THROBBING = "q.throbbing",
    TIGHT = "q.tight", TINGLE = "q.tingle", TWINGE = "q.twinge", WEAK = "q.weak",
    NUM = "num", UNIT_NUM = "unitnum", SCORE = "score", HOT_NUM = "hotnum", NIGHT_CLOCK = "nightclock",
    MIN_NUM = "minnum", LONG_DAYS = "longdays", ORDINAL = "ordinal", YEAR = "yearnum",
    HIP = "hip", PLURAL = "plural", OUTER = "r.outer", FRONT = "r.front", BUTTOCK = "r.buttock",
    RADIATING = "r.radiating", LEG = "leg", SEVERAL = "several", THIGH = "thigh", FOOTY = "footy", OTHER = "other", LOWER = "lower",
    UPPER = "upper", BACK = "back", ARM = "arm", AILMENT = "ailment", OWNER = "owner", SELF = "self",
    LEFT = "left", RIGHT = "right", BOTH = "both", SIDE = "side", NAMED_SIDE = "namedside", DET = "det", MY = "my",
    COMPLAINT = "complaint", PAIN = "pain", MOAN = "moan", SADFACE = "sadface",
    NEG = "neg", POSTNEG = "postneg", SCOPE_END = "scopeend", BUT = "but", AND = "and", OR_WORD = "orword",
    UNTIL = "until", WELL = "well", PARTLY = "partly", MILD_WELL = "mildwell", GONE = "gone", EASED_OFF = "easedoff", IN_RUN = "inrun",
    CURRENT = "current", PAST = "past", YESTERDAY = "yesterday", BACK_IN = "backin",
    PERSON = "person", ANIMAL = "animal", POSSESSIVE = "possessive", WITH_WORD = "withword", I_WORD = "iword", SAY_VERB = "sayverb",
    FEAR = "fear", SETTLE_VERB = "settleverb", NO_SCORE = "noscore", SCORE_LEAD = "scorelead", UNIT = "unit",
    UNIT_DAY = "unit.day", UNIT_WEEK = "unit.week", UNIT_MONTH = "unit.month", UNIT_YEAR = "unit.year",
    DURATION = "duration", DURATION_SKIP = "durationskip", SLEEP_CAUSE = "sleepcause", TEMP_WORD = "tempword",
    HEAT_WORD = "heatword", COLD = "cold", LIMP_WORD = "limpword", STAIR_TRAIN = "stairtrain", NIGHT_WORD = "nightword",
    SIT_WORD = "sitword", DRESS_WORD = "dressword", RISE_WORD = "riseword", CANT_NEG = "cantneg", PAIN_FREE = "painfree", UPRIGHT = "upright", FOUR_PLUS = "fourplus", NUM_WORD = "numword", BARELY = "barely", SWELL_WORD = "swellword", TOUCH = "touch", DOWN_TO = "downto", DRAG_WORD = "dragword", FOOT_DROP = "footdrop", LIFT_VERB = "liftverb", FALL_VERB = "fallverb", PROFESSIONAL = "professional", SKIN_WORD = "skinword", FILLER = "filler", BEFELL = "befell", MONTH_START = "monthstart", TWO = "n.2", THREE = "n.3",
    REACHING = "^reaching", STAYS_AWAY = "^staysaway", BEDDING = "^bedding", FROM = "^from", HAPPENED = "^happened", WITHOUT = "^without",
    ME_WORD = "^me", SO_WORD = "^so", WHEREABOUTS = "^whereabouts", S_ENDING = "^s", OWNS = "^owns", THAN = "^than", BACK_AGAIN = "^backagain",
    SINCE = "^since", UP_TO = "^upto", ARTICLE = "^article", AT_WORD = "^at", ON_WORD = "^on", OF_WORD = "^of", GIVES_WAY = "^givesway", ALL_WORD = "^all",
    THING = "thing", FEEL = "feelword", FELT = "feltword", NOW_WORD = "nowword", IT_WORD = "itword",
    FOUR = "n.4", FIVE = "n.5", SIX = "n.6", SEVEN = "n.7", EIGHT = "n.8", NINE = "n.9", TEN = "n.10", MONTH_NAME = "monthname", SEASON = "season", KINS = "kins", MONDAY = "day.mon", TUESDAY = "day.tue", WEDNESDAY = "day.wed", THURSDAY = "day.thu",
    FRIDAY = "day.fri", SATURDAY = "day.sat", SUNDAY = "day.sun", RUN_VERB = "runverb", BE = "be", PICTURE = "picture", RADIATE = "radiate",
    COLON = "colonword", SUPPORT = "support", GOT_UP = "gotup", EXERCISE = "exercise", UNKNOWN = "unknown",
    BEFORE_RUN = "beforerun", VESSEL = "vessel", THEM = "^them", GAIT = "gait", RACE = "race", STEP = "step",
    LOG_LABEL = "loglabel", WRITTEN_FOR = "writtenfor", WRITTEN_OF = "writtenof", CHILD = "child", SEAT = "seat", WE_WORD = "weword", REAL_NOW = "realnow",
    LAY_THERE = "laythere", MOMENT = "moment", RIDE = "ride", HANGING_FOOT = "hangingfoot",
    SPOUSE = "spouse", SELF_INTRO = "selfintro", NAME = "nameform", TOLD_INSTEAD = "toldinstead", PRONOUN = "pronoun",
    DOMS = "domsword",
}

/// A word or phrase of a note, with its classes.
#[derive(Clone, Debug)]
pub(super) struct Term {
    pub(super) span: Range<usize>,
    /// Classes that the lexicon gives it.
    pub(super) classes: &'static [Class],
    /// Classes by how it is written: the form of a number, or that it is a picture.
    form_classes: [Option<Class>; 3],
    /// Those of both that code asks for by name.
    named: NamedSet,
    pub(super) number: Option<Number>,
    pub(super) clause: u32,
    pub(super) sentence: u32,
    pub(super) capital: bool,
    /// Part of a figure of speech, and so without meaning.
    pub(super) void: bool,
    /// Its entry in the lexicon, where that has several words.
    pub(super) phrase: Option<&'static Phrase>,
}

impl Term {
    /// Whether the term is of this class, one of those that code asks for by name, and not void.
    pub(super) fn is(&self, class: Class) -> bool {
        !self.void && self.named.has(class)
    }

    /// Replaces the classes that it has by how it is written.
    pub(super) fn reform(&mut self, form_classes: [Option<Class>; 3]) {
        let mut named = NamedSet::default();
        self.classes
            .iter()
            .copied()
            .chain(form_classes.into_iter().flatten())
            .for_each(|class| _ = named.insert(class));
        (self.form_classes, self.named) = (form_classes, named);
    }

    /// Replaces one of the classes that it has by how it is written.
    pub(super) fn set_form(&mut self, place: usize, class: Class) {
        let mut form_classes = self.form_classes;
        if let Some(form) = form_classes.get_mut(place) {
            *form = Some(class);
        }
        self.reform(form_classes);
    }

    /// All its classes, even where it is void.
    pub(super) fn all_classes(&self) -> impl Iterator<Item = Class> + '_ {
        self.classes.iter().copied().chain(self.form_classes.into_iter().flatten())
    }

    /// Whether any of its classes, even where it is void, is such.
    pub(super) fn any_class(&self, is_such: impl Fn(Class) -> bool) -> bool {
        self.classes.iter().any(|class| is_such(*class))
            || self.form_classes.iter().flatten().any(|class| is_such(*class))
    }

    /// Whether the term is of any of these classes.
    pub(super) fn is_any(&self, classes: &[Class]) -> bool {
        classes.iter().any(|class| self.is(*class))
    }

    /// Whether code asks for none of its classes.
    pub(super) fn is_everyday(&self) -> bool {
        self.named.is_empty()
    }

    /// The quality of pain that the term names.
    pub(super) fn quality(&self) -> Option<Quality> {
        if self.void {
            return None;
        }
        self.classes.iter().find_map(|class| Quality::from_repr(usize::from(*class)))
    }

    /// Whether the term names a part of the body.
    pub(super) fn is_part(&self) -> bool {
        self.is_any(&[class::HIP, class::LEG, class::THIGH, class::FOOTY, class::OTHER])
    }
}

/// An entry of the lexicon.
#[derive(Debug, Default)]
pub(super) struct Phrase {
    /// Its words but the first two.
    rest: Vec<&'static str>,
    classes: Vec<Class>,
    /// Those of its classes that code asks for by name.
    named: NamedSet,
    /// The class of its first word, where the rules name that word literally.
    pub(super) first: Option<Class>,
    /// The same for each of its other words.
    pub(super) tail: Vec<Option<Class>>,
}

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
    // Body temperatures of a fever: 37.8 to 42 degrees Celsius, 100.4 to 107 degrees Fahrenheit.
    let hot = (37.8..=42.0).contains(&value) || (100.0..=107.0).contains(&value);
    let hot = hot && (unit.is_empty() || matches!(unit, "c" | "f" | "deg" | "degrees"));
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
    use strum::IntoEnumIterator;

    use super::*;
    use crate::model::reading::name_of;

    #[test]
    fn the_quality_classes_come_first_in_the_order_of_the_qualities() {
        for (quality, class) in Quality::iter().zip(NAMED) {
            assert_eq!(class.strip_prefix("q."), Some(name_of(quality)));
        }
    }

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
    fn a_longer_phrase_is_of_its_first_words_class_where_the_class_opens_phrases() {
        let words = super::super::words::split("getting out of bed");
        let terms = lexicon().terms(&words, &words.items);
        assert_eq!(terms.len(), 1, "one phrase");
        assert!(terms[0].is(class::REACHING) && terms[0].is(class::RISE_WORD));
        assert!(!terms[0].is(class::STAYS_AWAY));
    }
}
