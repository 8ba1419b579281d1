//! One note by itself, as soon as it is written: what it says and which warning signs its words raise.

use chrono::NaiveDate;

use crate::guidance::{self, Advice, Situation};
use crate::model::episode::{Episode, Warning};
use crate::model::note::Given;
use crate::model::reading::{Priority, Reading, name_of};
use crate::model::threshold::Settings;
use crate::pain::{ReadNote, episodes, reading, warnings};

/// What a note comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct AtOnce {
    /// What its words say.
    pub reading: Reading,
    /// The warning signs they raise, most urgent first.
    pub warnings: Vec<Warning>,
    /// What the guidance says of these signs, most urgent first. Nothing else is advised on one note.
    pub advice: Vec<Advice>,
}

/// Reads one note of `date` and nothing besides.
#[must_use]
pub fn at_once(date: NaiveDate, text: &str, settings: &Settings) -> AtOnce {
    let reading = reading::read(text, &Given::default(), false);
    let notes = [ReadNote { date, text, reading: &reading }];
    let mut groups = episodes::group(&notes, date, settings, |_| false);
    let raised = warnings::raise(&notes, &mut groups, &[], settings);
    let ids: Vec<String> = raised.iter().map(|warning| name_of(&warning.flag)).collect();
    let signs: Vec<(&str, &Warning)> = ids.iter().map(String::as_str).zip(&raised).collect();
    let concerned: Vec<&Episode> = groups.iter().map(|group| &group.episode).collect();
    let words: Vec<(&str, &str)> = concerned.iter().map(|episode| (episode.id.as_str(), text)).collect();
    let mut advice =
        guidance::advise(&Situation { findings: &[], warnings: &signs, episodes: &concerned, words: &words });
    advice.retain(|line| line.priority <= Priority::P2);
    AtOnce { reading, warnings: raised, advice }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::reading::Flag;

    fn lines(text: &str) -> Vec<String> {
        let date = NaiveDate::from_ymd_opt(2026, 3, 6).unwrap();
        at_once(date, text, &Settings::default()).advice.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn an_emergency_is_said_in_the_words_of_the_guidance() {
        let said = lines("left hip pain, lost control of my bladder");
        assert_eq!(
            said[0],
            "Get emergency medical help now: your note mentions losing control of your bowel or bladder."
        );
    }

    #[test]
    fn a_fall_with_a_pop_is_more_urgent_than_either() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 6).unwrap();
        let both = at_once(date, "fell on my left hip and felt a pop", &Settings::default());
        assert_eq!(both.warnings[0].flag, Flag::Trauma);
        assert_eq!(both.warnings[0].priority, Priority::P0);
        assert!(lines("fell on my left hip")[0].starts_with("Stop running and get medical assessment today"));
    }

    #[test]
    fn ordinary_soreness_and_nothing_at_all_bring_no_line() {
        assert_eq!(lines("left hip a bit sore 2/10"), [""; 0]);
        assert_eq!(lines("easy run, hip fine"), [""; 0]);
    }
}
