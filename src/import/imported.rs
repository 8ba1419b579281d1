//! What an importer hands back for one file: everything it could read, and what was wrong. It holds no reading of its
//! own and knows no format.

use crate::import::limits::LONGEST_NOTE_BYTES;
use crate::model::activity::Activity;
use crate::model::note::Note;
use crate::model::problem::{Fault, Place, Problem};
use crate::model::shoe::Shoe;

/// Why a file gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Refusal {
    /// It was understood and left alone on purpose, for this reason: a few words without a full stop.
    Ignored(String),
    /// It could not be used.
    Failed(Problem),
}

/// The contents of one file.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Imported {
    /// Who wrote the file, such as `strava`; `None` where nothing tells.
    pub dialect: Option<String>,
    /// Activities in the order of the file.
    pub activities: Vec<Activity>,
    /// Notes in the order of the file. Their `source` is empty: the reader does not know the file's name.
    pub notes: Vec<Note>,
    /// Shoes the file declares.
    pub shoes: Vec<Shoe>,
    /// What was wrong inside it, in no particular order.
    pub problems: Vec<Problem>,
    /// Set where the file gave nothing.
    pub refusal: Option<Refusal>,
}

impl Imported {
    /// A file left alone on purpose.
    #[must_use]
    pub fn ignored(reason: &str) -> Self {
        Self { refusal: Some(Refusal::Ignored(reason.to_owned())), ..Self::default() }
    }

    /// Takes in an activity, or the reason why there is none at that place.
    pub fn keep(&mut self, read: Result<Activity, Fault>, place: Place) {
        match read {
            Ok(activity) => self.activities.push(activity),
            Err(fault) => self.problems.push(fault.at(place)),
        }
    }

    /// With notes no longer than a note may be.
    #[must_use]
    pub fn with_notes_cut(mut self) -> Self {
        let written = self.activities.iter_mut().flat_map(|activity| {
            [&mut activity.title, &mut activity.description, &mut activity.private_note].into_iter().flatten()
        });
        let texts = self.notes.iter_mut().map(|note| &mut note.text).chain(written);
        let mut count = 0;
        for text in texts.filter(|text| text.len() > LONGEST_NOTE_BYTES) {
            text.truncate(text.floor_char_boundary(LONGEST_NOTE_BYTES));
            count += 1;
        }
        if count > 0 {
            self.problems.push(Fault::NotesTooLong { count }.at(Place::File));
        }
        self
    }

    /// A file that could not be used.
    #[must_use]
    pub fn failed(problem: Problem) -> Self {
        Self { refusal: Some(Refusal::Failed(problem)), ..Self::default() }
    }
}
