//! What a JSON file of no known app holds, by its keys: clearly no log, or activities that are not read. The kinds
//! are data, `not_logs.toml`. It uses no values of the file.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use crate::import::imported::Imported;
use crate::import::sport_names;
use crate::model::fault::Fault;
use crate::model::problem::Place;

/// The number of bytes examined; the contents repeat.
const LOOKED_AT_BYTES: usize = 1_000_000;

/// The most different keys that are kept. Where names are used as keys there may be any number.
const MOST_KEYS: usize = 2_000;

/// The most keys named in a message, and characters of each.
const LISTED: usize = 12;
const LONGEST_LISTED: usize = 40;

/// The longest word for a sport.
const LONGEST_WORD: usize = 40;

const KINDS_TOML: &str = include_str!("not_logs.toml");

static KINDS: LazyLock<Kinds> = LazyLock::new(|| toml::from_str(KINDS_TOML).unwrap_or_default());

#[derive(Debug, Default, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    /// Keys of which an activity has at least one from each list.
    sport: Vec<String>,
    day: Vec<String>,
    length: Vec<String>,
    /// Keys that name a sport only if their value is a name of running.
    perhaps_sport: Vec<String>,
    /// Words for running in the name of a list, a key or a file.
    running: Vec<String>,
    kind: Vec<Kind>,
}

#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    reason: String,
    keys: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
}

/// The keys of a JSON text, as far as it is examined.
#[derive(Debug, Default)]
struct Keys {
    /// As written, in order.
    written: Vec<String>,
    folded: BTreeSet<String>,
    names_running: bool,
}

/// What a file is that no app's reader takes.
pub enum Shape {
    /// Clearly no log, for this reason.
    NoLog(&'static str),
    /// The result if it cannot be read in another way.
    Unknown(Box<Imported>),
}

/// What a file is that no app's reader takes.
pub fn of(text: &str) -> Shape {
    let shape = Keys::of(text);
    let stands = |key: &String| shape.folded.contains(&folded(key));
    let kinds = &*KINDS;
    let known = kinds.kind.iter().find(|kind| kind.keys.iter().all(stands) && !kind.unless.iter().any(stands));
    if let Some(kind) = known {
        return Shape::NoLog(&kind.reason);
    }
    let sport = shape.names_running || kinds.sport.iter().any(stands);
    // Activities named as runs are runs even if their lengths are in words.
    let named_runs = || shape.names_running && kinds.sport.iter().any(stands);
    if sport && kinds.day.iter().any(stands) && (kinds.length.iter().any(stands) || named_runs()) {
        let unread = Fault::ActivitiesUnread { keys: shape.listed() }.at(Place::File);
        return Shape::Unknown(Box::new(Imported::failed(unread)));
    }
    Shape::Unknown(Box::new(Imported::ignored("JSON of a kind that runhip does not read")))
}

impl Keys {
    fn of(text: &str) -> Self {
        let mut shape = Self::default();
        let mut rest = &text[..text.floor_char_boundary(LOOKED_AT_BYTES)];
        let mut names_sport = false;
        // The same few keys occur thousands of times.
        let mut known: HashMap<&str, bool> = HashMap::new();
        while let Some((word, behind)) = next_string(rest) {
            rest = behind;
            if behind.trim_start().starts_with(':') {
                names_sport = match known.get(word) {
                    Some(names_sport) => *names_sport,
                    None if known.len() == MOST_KEYS => false,
                    None => {
                        let key = folded(word);
                        let names_sport =
                            KINDS.perhaps_sport.iter().chain(&KINDS.sport).any(|known| folded(known) == key);
                        known.insert(word, names_sport);
                        if shape.folded.insert(key) {
                            shape.written.push(word.to_owned());
                        }
                        names_sport
                    }
                };
            } else if names_sport && word.len() <= LONGEST_WORD {
                names_sport = false;
                shape.names_running |= sport_names::sport(word).is_some_and(|sport| sport.is_running());
            }
        }
        shape
    }

    fn listed(&self) -> String {
        let shown = self.written.iter().take(LISTED).map(|key| key.chars().take(LONGEST_LISTED).collect::<String>());
        shown.collect::<Vec<_>>().join(", ")
    }
}

/// The next string of the text as written, and the text after it.
fn next_string(text: &str) -> Option<(&str, &str)> {
    let start = memchr::memchr(b'"', text.as_bytes())? + 1;
    let mut end = start;
    loop {
        end += memchr::memchr2(b'"', b'\\', text.as_bytes().get(end..)?)?;
        if text.as_bytes().get(end) == Some(&b'"') {
            break;
        }
        // An escaped character may have any length in UTF-8; only the quote and the backslash matter here.
        end += 2;
    }
    Some((text.get(start..end)?, text.get(end + 1..)?))
}

/// Whether a key or a name has a word for running in it.
pub fn speaks_of_running(name: &str) -> bool {
    let words = name.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).any(|word| KINDS.running.contains(&word))
}

fn folded(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::imported::Refusal;

    fn outcome(text: &str) -> String {
        match of(text) {
            Shape::NoLog(reason) => reason.to_owned(),
            Shape::Unknown(unread) => match unread.refusal {
                Some(Refusal::Ignored(reason)) => reason,
                Some(Refusal::Failed(problem)) => format!("failed: {}", problem.what),
                None => "read".to_owned(),
            },
        }
    }

    #[test]
    fn the_list_can_be_read() {
        assert_eq!(toml::from_str::<Kinds>(KINDS_TOML).err(), None);
    }

    #[test]
    fn what_watches_count_beside_runs_is_no_log() {
        for (text, reason) in [
            (
                r#"[{"dateTime":"03/04/26 06:00:00","value":"12"}]"#,
                "not a run log: what was counted by the minute or the day",
            ),
            (
                r#"[{"dateOfSleep":"2026-03-04","duration":1,"minutesAsleep":400,"type":"stages"}]"#,
                "not a run log: sleep",
            ),
            (
                r#"{"calendarDate":"2026-03-04","totalSteps":9000,"totalDistanceMeters":7000}"#,
                "not a run log: totals of whole days",
            ),
            (
                r#"{"timelineObjects":[{"activitySegment":{"activityType":"RUNNING","distance":10,"duration":{"startTimestamp":"x"}}}]}"#,
                "not a run log: the places a phone has been",
            ),
            (
                r#"{"name":"tempo","startTime":"2026-03-04T07:00","done":false,"exercises":[{"sport":"RUNNING","distance":1}]}"#,
                "not a run log: a training target",
            ),
        ] {
            assert_eq!(outcome(text), reason, "{text}");
        }
    }

    #[test]
    fn activities_of_an_unknown_app_are_not_passed_over_in_silence() {
        for text in [
            r#"[{"workoutType":"x","startDate":"2026-03-04","distanceMeters":8000}]"#,
            r#"[{"type":"Trail Run","date":"2026-03-04","km":8,"minutes":50}]"#,
            r#"{"runs":[{"sport_type":"outdoor_running","start_at":1772604000,"duration":3000}]}"#,
        ] {
            assert!(outcome(text).starts_with("failed: it seems to hold activities"), "{text}");
        }
        assert!(
            outcome(r#"[{"workoutType":"x","startDate":"d","distanceMeters":1}]"#).contains("workoutType, startDate")
        );
    }

    #[test]
    fn settings_and_maps_are_of_no_interest() {
        let other = "JSON of a kind that runhip does not read";
        for text in [
            r#"{"name":"app","version":"1.0.0","scripts":{"run":"x"}}"#,
            r#"{"type":"FeatureCollection","features":[{"properties":{"date":"2026-03-04","distance":5}}]}"#,
            r#"{"type":"\"Run","x":"\\"}"#,
            "[1,2,3]",
            "\"",
            "{\"a\\",
        ] {
            assert_eq!(outcome(text), other, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in r#"["\\:a-cé{}\[\], ]{0,40}"#) {
            let _ = of(&text);
        }
    }
}
