//! What an importer returns for one file: everything it could read, and what was wrong. It reads nothing itself and
//! knows no format.

use crate::import::limits::{LONGEST_NOTE_BYTES, MOST_TEXT_BYTES};
use crate::model::activity::Activity;
use crate::model::assumption::Assumed;
use crate::model::fault::Fault;
use crate::model::note::Note;
use crate::model::problem::{Place, Problem};
use crate::model::shoe::Shoe;

/// Why a file gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Refusal {
    /// It was recognised and ignored on purpose, for this reason: a few words without a full stop.
    Ignored(String),
    /// It could not be used.
    Failed(Problem),
}

/// How much of the texts of one file may still be kept.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    left: usize,
    left_out: u64,
}

impl Default for Texts {
    fn default() -> Self {
        Self { left: MOST_TEXT_BYTES, left_out: 0 }
    }
}

impl Texts {
    /// The trimmed text; `None` if it is empty, or where there is no room left for it.
    pub fn keep(&mut self, text: &str) -> Option<String> {
        let text = text.trim();
        (!text.is_empty() && self.has_room_for(text)).then(|| text.to_owned())
    }

    fn has_room_for(&mut self, text: &str) -> bool {
        match self.left.checked_sub(text.len()) {
            Some(left) if self.left_out == 0 => self.left = left,
            _ => self.left_out += 1,
        }
        self.left_out == 0
    }

    /// True if there was no room for some text.
    #[must_use]
    pub fn are_left_out(&self) -> bool {
        self.left_out > 0
    }

    /// The problem that texts were left out, if any was.
    #[must_use]
    pub fn problem(&self) -> Option<Problem> {
        let fault = Fault::TextsLeftOut { count: self.left_out, most_bytes: MOST_TEXT_BYTES as u64 };
        self.are_left_out().then(|| fault.at(Place::File))
    }
}

/// The contents of one file.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Imported {
    /// The app that wrote the file, such as `strava`; `None` if unknown.
    pub dialect: Option<String>,
    /// Activities in the order of the file.
    pub activities: Vec<Activity>,
    /// Notes in the order of the file. Their `source` is empty: the reader does not know the file's name.
    pub notes: Vec<Note>,
    /// The shoes that the file lists.
    pub shoes: Vec<Shoe>,
    /// The name of the account, if the file is a profile.
    pub owner: Option<String>,
    /// The problems in it, in no particular order.
    pub problems: Vec<Problem>,
    /// What was assumed where the file leaves something open.
    pub assumptions: Vec<Assumed>,
    /// Set if the file gave nothing.
    pub refusal: Option<Refusal>,
}

impl Imported {
    /// A file ignored on purpose.
    #[must_use]
    pub fn ignored(reason: &str) -> Self {
        Self { refusal: Some(Refusal::Ignored(reason.to_owned())), ..Self::default() }
    }

    /// Adds an activity, or the problem at that place.
    pub fn keep(&mut self, read: Result<Activity, Fault>, place: Place) {
        match read {
            Ok(activity) => self.activities.push(activity),
            Err(fault) => self.problems.push(fault.at(place)),
        }
    }

    /// Shortens notes that are too long, and drops those beyond the limit for one file.
    #[must_use]
    pub fn with_notes_cut(mut self) -> Self {
        let (mut count, mut texts) = (0, Texts::default());
        let mut fits = |text: &mut String| {
            if text.len() > LONGEST_NOTE_BYTES {
                text.truncate(text.floor_char_boundary(LONGEST_NOTE_BYTES));
                text.shrink_to_fit();
                count += 1;
            }
            texts.has_room_for(text)
        };
        self.notes.retain_mut(|note| fits(&mut note.text));
        for activity in &mut self.activities {
            for text in [&mut activity.title, &mut activity.description, &mut activity.private_note] {
                text.take_if(|text| !fits(text));
            }
        }
        if count > 0 {
            self.problems.push(Fault::NotesTooLong { count }.at(Place::File));
        }
        self.problems.extend(texts.problem());
        self
    }

    /// A file that could not be used.
    #[must_use]
    pub fn failed(problem: Problem) -> Self {
        Self { refusal: Some(Refusal::Failed(problem)), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::activity::SourceKind;

    fn activity(title: &str, description: &str) -> Activity {
        let (title, description) = (Some(title.to_owned()), Some(description.to_owned()));
        Activity { title, description, ..Activity::new(SourceKind::Row) }
    }

    #[test]
    fn texts_beyond_what_one_file_may_hold_are_left_out_and_counted() {
        // 152 notes of the greatest length fit in ten million bytes, a 153rd does not.
        let text = "x".repeat(LONGEST_NOTE_BYTES);
        let activities = (0..80).map(|_| activity(&text, &text)).collect();
        let imported = Imported { activities, ..Imported::default() }.with_notes_cut();
        let kept = |text: fn(&Activity) -> &Option<String>| {
            imported.activities.iter().filter(|activity| text(activity).is_some()).count()
        };
        assert_eq!((imported.activities.len(), kept(|one| &one.title), kept(|one| &one.description)), (80, 76, 76));
        let told = "it holds more than 10 MB of notes; 8 texts were left out";
        assert_eq!(imported.problems.iter().map(|problem| problem.what.as_str()).collect::<Vec<_>>(), [told]);
    }

    #[test]
    fn once_one_text_has_no_room_no_shorter_one_takes_it() {
        let mut texts = Texts::default();
        assert_eq!(texts.keep("  "), None);
        assert_eq!(texts.keep(" hip ").as_deref(), Some("hip"));
        assert_eq!(texts.problem(), None);
        assert_eq!(texts.keep(&"x".repeat(MOST_TEXT_BYTES)), None);
        assert_eq!(texts.keep("hip"), None);
        assert_eq!(texts.problem().unwrap().what, "it holds more than 10 MB of notes; 2 texts were left out");
    }
}
