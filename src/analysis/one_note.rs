//! Reads one note by itself as soon as it is written: what it says and which warning signs it raises.

use crate::config::Config;
use crate::guidance::{self, Advice, Situation};
use crate::model::episode::{Episode, Warning};
use crate::model::note::{AssumedHip, Note};
use crate::model::reading::{Priority, Reading, name_of};
use crate::model::threshold::Settings;
use crate::pain::{ReadNote, episodes, reading, warnings};

use super::notes;

/// The result for one note.
#[derive(Clone, Debug, PartialEq)]
pub struct SingleNote {
    /// What the note says.
    pub reading: Reading,
    /// Set if the note names no place and was taken to be about the hip.
    pub assumed_hip: Option<AssumedHip>,
    /// The warning signs it raises, most urgent first.
    pub warnings: Vec<Warning>,
    /// The advice on these signs, most urgent first. One note brings no other advice.
    pub advice: Vec<Advice>,
    /// The advice if a note that names no place was about the hip after all.
    pub if_hip: Vec<Advice>,
}

/// Reads one note. The earlier ones of its file help to tell whether a note that names no place is about the hip.
#[must_use]
pub fn at_once(note: &Note, earlier: &[Note], settings: &Settings) -> SingleNote {
    let mut all: Vec<&Note> = earlier.iter().filter(|one| one.date <= note.date).collect();
    all.sort_by_key(|one| one.date);
    all.push(note);
    let last = notes::read_all(&all, &Config::default(), &[]).pop();
    let (reading, assumed_hip) = last.map(|noted| (noted.reading, noted.assumed_hip)).unwrap_or_default();
    let (warnings, advice) = signs_of(note, &reading, settings);
    let if_hip = if reading.hip || reading.understood {
        Vec::new()
    } else {
        reading::read_assuming_hip(&note.text, false, Some(note.date))
            .map_or_else(Vec::new, |assumed| signs_of(note, &assumed, settings).1)
    };
    SingleNote { reading, assumed_hip, warnings, advice, if_hip }
}

/// Whether a text tells of pain without naming a place.
#[must_use]
pub fn names_no_place(text: &str) -> bool {
    reading::read_assuming_hip(text, false, None).is_some_and(|assumed| assumed.hip)
        && !reading::read(text, &crate::model::note::Given::default(), false).hip
}

fn signs_of(note: &Note, reading: &Reading, settings: &Settings) -> (Vec<Warning>, Vec<Advice>) {
    let text = note.text.as_str();
    let notes = [ReadNote { date: note.date, text, file: &note.source, reading }];
    let mut groups = episodes::group(&notes, note.date, settings, |_| false);
    let raised = warnings::raise(&notes, &mut groups, &[], settings);
    let ids: Vec<&str> = raised.iter().map(|warning| name_of(warning.flag)).collect();
    let signs: Vec<(&str, &Warning)> = ids.into_iter().zip(&raised).collect();
    let concerned: Vec<&Episode> = groups.iter().map(|group| &group.episode).collect();
    let words: Vec<(&str, &str)> = concerned.iter().map(|episode| (episode.id.as_str(), text)).collect();
    let mut advice =
        guidance::advise(&Situation { warnings: &signs, episodes: &concerned, words: &words, ..Situation::default() });
    advice.retain(|line| line.priority <= Priority::P2);
    (raised, advice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::note::{Given, NoteOrigin};
    use crate::model::warning_sign::RedFlag;

    fn note(day: &str, text: &str) -> Note {
        Note {
            date: day.parse().unwrap(),
            text: text.to_owned(),
            source: "pain.md".to_owned(),
            line: None,
            origin: NoteOrigin::Journal,
            given: Given::default(),
            heading: None,
        }
    }

    fn lines(text: &str) -> Vec<String> {
        at_once(&note("2026-03-06", text), &[], &Settings::default())
            .advice
            .into_iter()
            .map(|line| line.text.to_string())
            .collect()
    }

    #[test]
    fn an_emergency_is_said_in_the_words_of_the_guidance() {
        let said = lines("left hip pain, lost control of my bladder");
        assert_eq!(
            said[0],
            "Get emergency medical help now: your note says you lost control of bowel or bladder, or cannot pass water."
        );
    }

    #[test]
    fn a_fall_with_a_pop_is_more_urgent_than_either() {
        let both = at_once(&note("2026-03-06", "fell on my left hip and felt a pop"), &[], &Settings::default());
        assert_eq!(both.warnings[0].flag, RedFlag::Trauma);
        assert_eq!(both.warnings[0].priority, Priority::P0);
        assert!(lines("fell on my left hip")[0].starts_with("Stop running and get medical assessment today"));
    }

    #[test]
    fn ordinary_soreness_and_nothing_at_all_bring_no_line() {
        assert_eq!(lines("left hip a bit sore 2/10"), [""; 0]);
        assert_eq!(lines("easy run, hip fine"), [""; 0]);
    }

    #[test]
    fn a_sign_without_a_place_is_told_in_case_it_is_the_hip() {
        let new = note("2026-03-06", "can't put weight on it since the fall, 8/10");
        let alone = at_once(&new, &[], &Settings::default());
        assert!(alone.advice.is_empty() && !alone.reading.understood);
        assert_eq!(alone.if_hip[0].priority, Priority::P0);

        let earlier = [note("2026-03-01", "right groin sore 5/10")];
        let joined = at_once(&new, &earlier, &Settings::default());
        assert_eq!(joined.assumed_hip, Some(AssumedHip::OpenEpisode));
        assert_eq!((joined.advice[0].priority, joined.if_hip.len()), (Priority::P0, 0));
    }
}
