//! A set of word classes, one bit each, so that asking a term or a rule for a class takes no search. It knows no
//! class.

/// The number of a word class.
pub(super) type Class = u16;

/// A set of classes, with room for 64 × `WORDS` of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bits<const WORDS: usize>([u64; WORDS]);

/// A set with room for the classes of the lexicon and the literal words of the rules; a test checks that they fit.
pub(super) type ClassSet = Bits<80>;

/// A set with room for the classes that code asks for by name, which have the lowest numbers.
pub(super) type NamedSet = Bits<4>;

impl<const WORDS: usize> Default for Bits<WORDS> {
    fn default() -> Self {
        Self([0; WORDS])
    }
}

impl<const WORDS: usize> Bits<WORDS> {
    /// The most classes there can be.
    pub(super) const ROOM: usize = WORDS * 64;

    /// Adds a class; one beyond the room of the set is ignored.
    pub(super) fn insert(&mut self, class: Class) {
        let class = usize::from(class);
        if let Some(word) = self.0.get_mut(class / 64) {
            *word |= 1 << (class % 64);
        }
    }

    /// Whether a class is in the set.
    pub(super) fn has(&self, class: Class) -> bool {
        let class = usize::from(class);
        self.0.get(class / 64).is_some_and(|word| word >> (class % 64) & 1 == 1)
    }

    /// The machine words of the set that are not zero, with their positions.
    pub(super) fn words(&self) -> impl Iterator<Item = (usize, u64)> + '_ {
        self.0.iter().copied().enumerate().filter(|(_, word)| *word != 0)
    }

    /// Whether the set shares a class with another set, whose machine word at `place` is given.
    pub(super) fn meets(&self, place: usize, word: u64) -> bool {
        self.0.get(place).is_some_and(|own| own & word != 0)
    }

    /// The classes of the set, in ascending order.
    pub(super) fn classes(&self) -> impl Iterator<Item = Class> + '_ {
        self.words().flat_map(|(place, word)| {
            (0..64)
                .filter(move |bit| word >> bit & 1 == 1)
                .filter_map(move |bit| Class::try_from(place * 64 + bit).ok())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in_and_nothing_else() {
        let put_in = [0, 1, 63, 64, 130, 2047];
        let mut set = ClassSet::default();
        for class in put_in {
            set.insert(class);
        }
        assert_eq!(set.classes().collect::<Vec<_>>(), put_in);
        for class in 0..4000 {
            assert_eq!(set.has(class), put_in.contains(&class), "{class}");
        }
        let mut other = ClassSet::default();
        other.insert(62);
        assert!(!other.words().any(|(place, word)| set.meets(place, word)));
        other.insert(130);
        assert!(other.words().any(|(place, word)| set.meets(place, word)));
    }

    #[test]
    fn every_class_of_the_lexicon_has_room() {
        assert!(super::super::lexicon::lexicon().class_count() <= ClassSet::ROOM);
    }
}
