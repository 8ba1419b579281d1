//! A word or phrase of a note with what the lexicon says of it, and the entry of the lexicon that it is. It looks nothing
//! up.

use std::ops::Range;

use super::class_set::{Class, NamedSet};
use super::classes::class;
use super::words::Number;
use crate::model::reading::Quality;

/// A word or phrase of a note, with its classes.
#[derive(Clone, Debug)]
pub(super) struct Term {
    pub(super) span: Range<usize>,
    /// Classes that the lexicon gives it.
    pub(super) classes: &'static [Class],
    /// Classes by how it is written: the form of a number, or that it is a picture.
    pub(super) form_classes: [Option<Class>; 3],
    /// Those of both that code asks for by name.
    pub(super) named: NamedSet,
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
    pub(super) rest: Vec<&'static str>,
    pub(super) classes: Vec<Class>,
    /// Those of its classes that code asks for by name.
    pub(super) named: NamedSet,
    /// The class of its first word, where the rules name that word literally.
    pub(super) first: Option<Class>,
    /// The same for each of its other words.
    pub(super) tail: Vec<Option<Class>>,
}
