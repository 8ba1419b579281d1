//! The words around a date, loaded from `words.toml`: labels, weekdays, words for yesterday. It finds no date.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use chrono::Weekday;

use crate::import::word_key::{Key, key};

const WORDS_TOML: &str = include_str!("words.toml");

static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(WORDS_TOML).map(Words::of).unwrap_or_default());

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct WordLists {
    labels: Vec<String>,
    diaries: Vec<String>,
    tasks: Vec<String>,
    particles: Vec<String>,
    ordinals: Vec<String>,
    everyday_months: Vec<String>,
    running: Vec<String>,
    running_parts: Vec<String>,
    spans: Vec<String>,
    endings: Vec<String>,
    front_matter: Vec<String>,
    front_matter_scores: Vec<String>,
    front_matter_other: Vec<String>,
    weekdays: BTreeMap<String, Vec<String>>,
    relative: BTreeMap<String, Relative>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Relative {
    before: u64,
    words: Vec<String>,
}

#[derive(Default)]
struct Words {
    labels: HashSet<Key>,
    diaries: HashSet<Key>,
    tasks: HashSet<Key>,
    particles: HashSet<Key>,
    ordinals: HashSet<Key>,
    everyday_months: HashSet<Key>,
    running: HashSet<Key>,
    running_parts: Vec<String>,
    spans: HashSet<Key>,
    endings: HashSet<Key>,
    front_matter: HashSet<Key>,
    front_matter_scores: HashSet<Key>,
    front_matter_other: HashSet<Key>,
    weekdays: HashMap<Key, Weekday>,
    /// The longest phrases first.
    relative: Vec<(String, u64)>,
}

impl Words {
    fn of(listed: WordLists) -> Self {
        let keys = |words: Vec<String>| words.iter().map(|word| key(word)).collect::<HashSet<Key>>();
        let weekdays =
            listed.weekdays.into_iter().filter_map(|(day, words)| Some((day.parse::<Weekday>().ok()?, words)));
        let relative = listed.relative.into_values();
        let mut relative: Vec<(String, u64)> =
            relative.flat_map(|day| day.words.into_iter().map(move |word| (word, day.before))).collect();
        relative.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        Self {
            labels: keys(listed.labels),
            diaries: keys(listed.diaries),
            tasks: keys(listed.tasks),
            particles: keys(listed.particles),
            ordinals: keys(listed.ordinals),
            everyday_months: keys(listed.everyday_months),
            running: keys(listed.running),
            running_parts: listed.running_parts,
            spans: keys(listed.spans),
            endings: keys(listed.endings),
            front_matter: keys(listed.front_matter),
            front_matter_scores: keys(listed.front_matter_scores),
            front_matter_other: keys(listed.front_matter_other),
            weekdays: weekdays.flat_map(|(day, words)| words.into_iter().map(move |word| (key(&word), day))).collect(),
            relative,
        }
    }
}

/// The day of the week that a word names.
pub fn weekday(word: &str) -> Option<Weekday> {
    WORDS.weekdays.get(&key(word)).copied()
}

/// True if a word names the diary itself.
pub fn names_a_diary(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.diaries.contains(&key(word)))
}

/// True for a label before a date.
pub fn is_label(word: &str) -> bool {
    WORDS.labels.contains(&key(word))
}

/// True for a keyword that an outliner writes before a task.
pub fn is_task(word: &str) -> bool {
    WORDS.tasks.contains(&key(word))
}

/// True for a function word before or within a date.
pub fn is_particle(word: &str) -> bool {
    WORDS.particles.contains(&key(word))
}

/// True for the letters after the number of a day, as in 4th.
pub fn is_ordinal_ending(letters: &str) -> bool {
    !letters.is_empty() && letters.len() <= 3 && WORDS.ordinals.contains(&key(letters))
}

/// True for the name of a month in one language that is an everyday word in another.
pub fn is_everyday_month(word: &str) -> bool {
    WORDS.everyday_months.contains(&key(word))
}

/// True for a word that makes a day's text one of a runner.
pub fn is_of_running(word: &str) -> bool {
    let joined = || !word.is_ascii() && WORDS.running_parts.iter().any(|part| word.contains(part.as_str()));
    WORDS.running.contains(&key(word)) || joined()
}

/// True for a word before a date that makes it one end of a period.
pub fn is_span(word: &str) -> bool {
    WORDS.spans.contains(&key(word))
}

/// True for a word that makes the date after it the last day of a week.
pub fn is_ending(word: &str) -> bool {
    WORDS.endings.contains(&key(word))
}

/// True for a key in front matter that has its day.
pub fn is_day_key(word: &str) -> bool {
    WORDS.front_matter.contains(&key(word))
}

/// True for a key in front matter whose number is a score of pain.
pub fn is_score_key(key_of_line: &str) -> bool {
    key_of_line.split(|c: char| !c.is_alphabetic()).any(|word| WORDS.front_matter_scores.contains(&key(word)))
}

/// True for a key in front matter that says nothing of the body.
pub fn is_other_key(word: &str) -> bool {
    WORDS.front_matter_other.contains(&key(word))
}

/// How many days before the writing the words are about, if they begin with "last night", "yesterday" or the like.
pub fn relative(words: &str) -> Option<u64> {
    let lower: String = words.chars().take(LONGEST_RELATIVE).flat_map(char::to_lowercase).collect();
    let begins = |word: &str| {
        lower.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '\''))
    };
    WORDS.relative.iter().find(|(word, _)| begins(word)).map(|(_, before)| *before)
}

/// The most characters of a word for a day.
const LONGEST_RELATIVE: usize = 24;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_can_be_read_and_no_weekday_has_two_meanings() {
        let listed: WordLists = toml::from_str(WORDS_TOML).unwrap();
        let mut seen = HashMap::new();
        for (day, names) in &listed.weekdays {
            for name in names {
                let before = seen.insert(key(name), day);
                assert!(before.is_none_or(|known| known == day), "{name} is in {before:?} and {day}");
            }
        }
        assert_eq!(listed.weekdays.len(), 7);
        assert!(listed.weekdays.keys().all(|day| day.parse::<Weekday>().is_ok()));
    }

    #[test]
    fn words_for_a_day_seen_from_another_begin_a_line() {
        assert_eq!(
            (relative("Yesterday: sore"), relative("last night, sore"), relative("Heute fein")),
            (Some(1), Some(1), Some(0))
        );
        assert_eq!((relative("yesterdays run"), relative("lasting pain"), relative("")), (None, None, None));
    }
}
