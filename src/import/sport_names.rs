//! Which words mean which way of running. The words themselves are data (`sport_names.tsv`); this file only looks
//! them up and decides nothing else.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::sport::Sport;

/// More characters than this of a word that nobody knows are not kept.
const LONGEST_NAME: usize = 80;

/// The sport a source's own word names; `None` for a blank word and for words such as `unknown`. A word that is no
/// known name of running is another sport by that word.
#[must_use]
pub fn sport(word: &str) -> Option<Sport> {
    let word = word.trim();
    let key = folded(word);
    match KINDS.get(&key) {
        Some(Kind::Named(sport)) => Some(sport.clone()),
        Some(Kind::Unknown) => None,
        // Only marks, such as "--": nothing is named.
        None if key.is_empty() => None,
        None => Some(Sport::Other(word.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect())),
    }
}

/// As much of a word as is kept.
#[must_use]
pub fn cut(word: &str) -> &str {
    word.char_indices().nth(LONGEST_NAME).map_or(word, |(end, _)| &word[..end])
}

/// True where the words are nothing but the name of a sport.
#[must_use]
pub fn is_name(words: &str) -> bool {
    KINDS.contains_key(&folded(words))
}

enum Kind {
    Named(Sport),
    Unknown,
}

static KINDS: LazyLock<HashMap<String, Kind>> = LazyLock::new(|| {
    let lines = include_str!("sport_names.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(kind, names)| names.split("; ").map(move |name| (folded(name), kind_of(kind))))
        .filter_map(|(name, kind)| Some((name, kind?)))
        .collect()
});

fn kind_of(kind: &str) -> Option<Kind> {
    Some(Kind::Named(match kind {
        "run" => Sport::Run,
        "trail-run" => Sport::TrailRun,
        "treadmill-run" => Sport::TreadmillRun,
        "track-run" => Sport::TrackRun,
        "virtual-run" => Sport::VirtualRun,
        "unknown" => return Some(Kind::Unknown),
        _ => Sport::Other(kind.strip_prefix("other:")?.to_owned()),
    }))
}

/// Lower case, letters, marks and digits only, so that `trail_running`, `Trail Running` and `TrailRunning` are one.
fn folded(word: &str) -> String {
    word.chars().filter(|c| !c.is_whitespace() && !c.is_ascii_punctuation()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_separators_do_not_matter() {
        for word in ["trail_running", "Trail Running", "TrailRun", "TRAIL-RUN", " trail run\n", "Course en sentier"] {
            assert_eq!(sport(word), Some(Sport::TrailRun), "{word}");
        }
    }

    #[test]
    fn running_is_known_in_many_languages() {
        for word in [
            "Laufen",
            "COURSE À PIED",
            "Carrera",
            "Corsa",
            "Corrida",
            "Hardlopen",
            "Löpning",
            "бег",
            "跑步",
            "ランニング",
            "Koşu",
            "9",
        ] {
            assert_eq!(sport(word), Some(Sport::Run), "{word}");
        }
        assert_eq!(sport("Laufband"), Some(Sport::TreadmillRun));
        assert_eq!(sport("indoor_running"), Some(Sport::TreadmillRun));
        assert_eq!(sport("VirtualRun"), Some(Sport::VirtualRun));
        assert_eq!(sport("track_running"), Some(Sport::TrackRun));
    }

    #[test]
    fn other_sports_keep_their_word() {
        assert_eq!(sport(" Mountain Biking "), Some(Sport::Other("Mountain Biking".into())));
        assert_eq!(sport("Running Club Yoga"), Some(Sport::Other("Running Club Yoga".into())));
        assert_eq!(sport("10"), Some(Sport::Other("Walk".into())));
    }

    #[test]
    fn a_note_that_is_a_sports_name_is_known_for_one() {
        for words in ["Walking", "Marche à pied", "BIKING", "Running", " Vélo\n"] {
            assert!(is_name(words), "{words}");
        }
        for words in ["Walking hurts", "left hip 3/10", "walked home, hip sore"] {
            assert!(!is_name(words), "{words}");
        }
    }

    #[test]
    fn a_source_that_does_not_know_names_nothing() {
        for word in ["", "  ", "unknown", "...", "--", "Uncategorized"] {
            assert_eq!(sport(word), None, "{word}");
        }
    }

    #[test]
    fn every_line_of_the_table_can_be_used_and_no_name_has_two_meanings() {
        let mut meanings: HashMap<String, &str> = HashMap::new();
        for line in include_str!("sport_names.tsv").lines().filter(|line| !line.starts_with('#')) {
            let (kind, names) = line.split_once('\t').unwrap();
            assert!(kind_of(kind).is_some(), "{kind}");
            for name in names.split("; ") {
                assert_eq!(*meanings.entry(folded(name)).or_insert(kind), kind, "{name}");
            }
        }
        assert!(meanings.len() > 300);
    }

    #[test]
    fn a_word_that_nobody_knows_is_cut_and_loses_its_control_characters() {
        assert_eq!(sport("Zum\u{1b}[2Jba\u{0}"), Some(Sport::Other("Zum[2Jba".into())));
        assert_eq!(sport(&"ä".repeat(1_000)), Some(Sport::Other("ä".repeat(80))));
    }
}
