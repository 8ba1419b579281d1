//! Which words name which kind of running or another sport. The words are data (`sport_names.tsv`); this file looks
//! them up.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use super::word_key::{Key, key};
use crate::model::sport::Sport;

/// The most characters kept of an unknown word.
const LONGEST_NAME: usize = 80;

/// The sport that a source's word names; `None` for a blank word and for words such as `unknown`. A word that is not,
/// and does not contain, a known name of running is another sport.
#[must_use]
pub fn sport(word: &str) -> Option<Sport> {
    let word = word.trim();
    let folded = key(word);
    let own_word = || Sport::Other(word.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect());
    match NAMES.whole.get(&folded) {
        Some(Kind::Named(sport)) => Some(sport.clone()),
        Some(Kind::Unknown) => None,
        Some(Kind::Other | Kind::Unspecific) => Some(own_word()),
        // Only punctuation, such as "--", names nothing.
        None if folded.is_empty() => None,
        None => Some(Parts::of(word).named().filter(Sport::is_running).unwrap_or_else(own_word)),
    }
}

/// True if a word names a sport, or says that the source has no name for it.
#[must_use]
pub fn is_known(word: &str) -> bool {
    let folded = key(word);
    folded.is_empty() || NAMES.whole.contains_key(&folded) || Parts::of(word).named().is_some()
}

/// True for names that a source uses if it has no name for the sport.
#[must_use]
pub fn is_unspecific(word: &str) -> bool {
    matches!(NAMES.whole.get(&key(word)), Some(Kind::Unspecific | Kind::Unknown))
}

/// The sport in the words of a title, a note or a file's name: `Radtour zum See`, `Evening run`. `None` if they
/// name none, or running and another sport. Sports done on the spot are ignored if there is a distance.
#[must_use]
pub fn in_title(title: &str, covers_ground: bool) -> Option<Sport> {
    // A number is the code of a sport only in a column of sports; a title of digits numbers the runs.
    if !title.contains(char::is_alphabetic) && !is_sign(title) {
        return None;
    }
    if let Some(Kind::Named(sport)) = NAMES.whole.get(&key(title)) {
        return Some(sport.clone());
    }
    let parts = Parts::of(title);
    let other = parts.other.as_ref().or(parts.still.as_ref().filter(|_| !covers_ground));
    match (parts.run.is_some(), other) {
        (false, Some(word)) => Some(Sport::Other(word.clone())),
        (true, None) => parts.running(),
        _ => None,
    }
}

/// True for words about cycling.
#[must_use]
pub fn is_cycling(word: &str) -> bool {
    let parts = Parts::of(word);
    parts.rides && parts.run.is_none()
}

/// The word, shortened to the length that is kept.
#[must_use]
pub fn cut(word: &str) -> &str {
    word.char_indices().nth(LONGEST_NAME).map_or(word, |(end, _)| &word[..end])
}

/// True if the words are only the name of a sport.
#[must_use]
pub fn is_name(words: &str) -> bool {
    NAMES.whole.contains_key(&key(words))
}

/// True if the text is only pictograms, one of which is that of a sport.
#[must_use]
pub fn is_sign(words: &str) -> bool {
    !words.is_ascii()
        && !words.contains(char::is_alphanumeric)
        && NAMES.signs.iter().any(|(sign, _)| words.contains(sign.as_str()))
}

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Named(Sport),
    /// Another sport, named by its own word.
    Other,
    /// A sport that the source has no name for.
    Unspecific,
    /// A sport that the source does not know.
    Unknown,
}

/// What a word within a longer name tells.
#[derive(Clone, Debug, PartialEq)]
enum Part {
    /// A run of this kind.
    Run(Sport),
    /// The kind of a run, if it is one.
    Where(Sport),
    /// Another sport with a distance.
    Other,
    /// Cycling, which also has a distance.
    Ride,
    /// A sport done on the spot.
    Still,
}

#[derive(Default)]
struct Names {
    whole: HashMap<Key, Kind, FixedState>,
    words: HashMap<Key, Vec<Part>, FixedState>,
    /// Beginnings of words, by their first letter.
    beginnings: HashMap<char, Vec<(Key, Part)>, FixedState>,
    endings: Vec<(Key, Part)>,
    /// Parts of words, for scripts without spaces between words.
    inner: Vec<(Key, Part)>,
    /// Pictograms that stand for a sport.
    signs: Vec<(Key, Part)>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names::default();
    for (kind, name) in listed() {
        if let Some(part) = part_of(kind) {
            let bare = key(name);
            match (name.starts_with('*'), name.ends_with('*'), bare.chars().next()) {
                _ if bare.is_empty() => names.signs.push((name.into(), part)),
                (true, true, _) => names.inner.push((bare, part)),
                (true, false, _) => names.endings.push((bare, part)),
                (false, true, Some(first)) => names.beginnings.entry(first).or_default().push((bare, part)),
                _ => names.words.entry(bare).or_default().push(part),
            }
        } else if let Some(kind) = kind_of(kind) {
            names.whole.insert(key(name), kind);
        }
    }
    names
});

/// Each name of the table with its kind.
fn listed() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("sport_names.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(kind, names)| names.split("; ").map(move |name| (kind, name.trim())))
}

fn kind_of(kind: &str) -> Option<Kind> {
    Some(match kind {
        "unknown" => Kind::Unknown,
        "unspecific" => Kind::Unspecific,
        "other" => Kind::Other,
        _ => {
            Kind::Named(Sport::run_named(kind).or_else(|| Some(Sport::Other(kind.strip_prefix("other:")?.to_owned())))?)
        }
    })
}

fn part_of(kind: &str) -> Option<Part> {
    match kind {
        "~other" => Some(Part::Other),
        "~ride" => Some(Part::Ride),
        "~still" => Some(Part::Still),
        _ => match kind.strip_prefix('~') {
            Some(kind) => Sport::run_named(kind).map(Part::Run),
            None => Sport::run_named(kind.strip_prefix('+')?).map(Part::Where),
        },
    }
}

/// What the words of a longer name tell, the first of each kind.
#[derive(Default)]
struct Parts {
    run: Option<Sport>,
    place: Option<Sport>,
    other: Option<String>,
    still: Option<String>,
    rides: bool,
}

impl Parts {
    fn of(name: &str) -> Self {
        let mut parts = Self::default();
        for word in words(name) {
            let folded = key(word);
            if let Some(known) = NAMES.words.get(&folded) {
                for part in known {
                    parts.take(part, word);
                }
                continue;
            }
            let first = folded.chars().next().and_then(|first| NAMES.beginnings.get(&first));
            let begun = first.into_iter().flatten().filter(|(listed, _)| folded.starts_with(listed.as_str()));
            let ended = NAMES.endings.iter().filter(|(listed, _)| folded.ends_with(listed.as_str()));
            begun.chain(ended).for_each(|(_, part)| parts.take(part, word));
            if !folded.is_ascii() {
                let held = NAMES.inner.iter().filter(|(listed, _)| folded.contains(listed.as_str()));
                held.for_each(|(_, part)| parts.take(part, word));
            }
        }
        for (sign, part) in NAMES.signs.iter().filter(|(sign, _)| !name.is_ascii() && name.contains(sign.as_str())) {
            parts.take(part, sign);
        }
        parts
    }

    fn take(&mut self, part: &Part, word: &str) {
        self.rides |= *part == Part::Ride;
        match part {
            // "Lauf" next to "Laufband" is a treadmill run.
            Part::Run(sport) if self.run.as_ref().is_none_or(|known| *known == Sport::Run) => {
                self.run = Some(sport.clone());
            }
            Part::Run(_) => {}
            Part::Where(sport) => _ = self.place.get_or_insert_with(|| sport.clone()),
            Part::Other | Part::Ride => _ = self.other.get_or_insert_with(|| word.to_owned()),
            Part::Still => _ = self.still.get_or_insert_with(|| word.to_owned()),
        }
    }

    /// The run that they name, with its kind.
    fn running(&self) -> Option<Sport> {
        match (&self.run, &self.place) {
            (Some(Sport::Run), Some(place)) => Some(place.clone()),
            (run, _) => run.clone(),
        }
    }

    /// The sport that they name. Another sport next to a run takes precedence: a yoga class of a running club.
    fn named(&self) -> Option<Sport> {
        match self.other.as_ref().or(self.still.as_ref()) {
            Some(word) => Some(Sport::Other(word.clone())),
            None => self.running(),
        }
    }
}

/// The words of a name, split at punctuation and where a small letter meets a capital, but not at digits:
/// `TrailRunning`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).flat_map(camel_words).filter(|word| !word.is_empty())
}

/// Whether this is a combining accent or a vowel sign.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{97f}' | '\u{e31}'..='\u{e4e}' | '\u{3099}' | '\u{309a}')
}

fn camel_words(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut before_is_small = false;
        let cut = rest.char_indices().find_map(|(at, c)| {
            let cuts = before_is_small && c.is_uppercase();
            before_is_small = c.is_lowercase();
            cuts.then_some(at)
        });
        let (first, left) = rest.split_at(cut.unwrap_or(rest.len()));
        rest = left;
        Some(first)
    })
}

#[cfg(test)]
mod tests;
