//! Whether a note is in English, and whether a foreign one may hide a complaint. It goes by a small table of words
//! and does not guess beyond it: what is not understood must not pass for harmless.

use super::lexicon::lexicon;
use super::tongues::{Kind, TABLE};
use super::words::Words;
use crate::model::reading::Tongue;

/// What is known of the language of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Language {
    /// Whether the words are understood well enough to judge them.
    pub(super) understood: bool,
    /// The language, other than English, in which the note speaks of the hip or of pain.
    pub(super) tongue: Option<Tongue>,
}

/// Whether the words name the hip region in a language other than English.
pub(super) fn names_foreign_hip(words: &Words) -> bool {
    of(words, true).tongue.is_some_and(|tongue| tongue.hip)
}

/// What is known of the language of a note. `of_a_run` is true for a run's title or description, where place names
/// and whole sentences in any language are usual and harmless unless they speak of the body.
pub(super) fn of(words: &Words, of_a_run: bool) -> Language {
    let texts: Vec<&str> =
        words.items.iter().filter(|word| word.number.is_none()).map(|word| words.text(word)).collect();
    let mut tally = Tally::default();
    let mut at = 0;
    while let Some(rest) = texts.get(at..).filter(|rest| !rest.is_empty()) {
        let (kind, length) = TABLE.phrase(rest).map_or((None, 1), |(kind, length)| (Some(kind), length));
        tally.add(rest[0], kind);
        at += length;
    }
    let tongue = tally.tongue();
    let understood = tongue.is_none() && (of_a_run || tally.is_english());
    Language { understood, tongue }
}

/// How many words of each kind a note has.
#[derive(Default)]
struct Tally {
    english: usize,
    unknown: usize,
    stops: usize,
    name_stops: usize,
    /// Words in another script.
    foreign: usize,
    accented: usize,
    body: Option<&'static str>,
    pain: Option<&'static str>,
}

impl Tally {
    fn add(&mut self, word: &str, phrase: Option<Kind>) {
        if !word.starts_with(char::is_alphabetic) {
            return;
        }
        self.foreign += usize::from(word.chars().any(|letter| letter.is_alphabetic() && !is_latin(letter)));
        match phrase.or_else(|| TABLE.word(word)) {
            Some(Kind::English) => self.english += 1,
            Some(Kind::Body(tongue)) => {
                self.body.get_or_insert(tongue);
            }
            Some(Kind::Pain(tongue)) => {
                self.pain.get_or_insert(tongue);
            }
            _ if lexicon().knows(word) => self.english += 1,
            Some(Kind::Stop) => self.stops += 1,
            Some(Kind::NameStop) => self.name_stops += 1,
            None => match TABLE.part(word) {
                Some(Kind::Body(tongue)) => {
                    self.body.get_or_insert(tongue);
                }
                Some(Kind::Pain(tongue)) => {
                    self.pain.get_or_insert(tongue);
                }
                _ => {
                    self.unknown += 1;
                    self.accented += usize::from(!word.is_ascii());
                }
            },
        }
    }

    fn tongue(&self) -> Option<Tongue> {
        let of_hip = self.body.map(|name| Tongue { name, hip: true });
        of_hip.or_else(|| self.pain.map(|name| Tongue { name, hip: false }))
    }

    /// Whether the words can be judged as English.
    fn is_english(&self) -> bool {
        let stops = self.stops + self.name_stops;
        let all = self.english + self.unknown + stops;
        if self.foreign > 0 && self.english < self.foreign * 3
            || self.stops >= 2 && stops * 2 > self.english
            || self.stops >= 1 && self.english == 0
        {
            return false;
        }
        if self.english == 0 {
            return all == 0 || (self.unknown <= 2 && self.accented == 0 && stops == 0);
        }
        self.english * 4 >= all
    }
}

fn is_latin(letter: char) -> bool {
    matches!(u32::from(letter), 0x41..=0x5a | 0x61..=0x7a | 0xaa | 0xba | 0xc0..=0x24f | 0x1e00..=0x1eff | 0x300..=0x36f | 0x2b0..=0x2ff)
}
