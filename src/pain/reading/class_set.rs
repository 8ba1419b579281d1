//! Sets of word classes: one bit each where a note's words are asked for them, a short list where a rule names them. It
//! knows no class.

/// The number of a word class.
pub(super) type Class = u16;

/// A set of classes, with room for 64 × `WORDS` of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bits<const WORDS: usize>([u64; WORDS]);

/// A set with room for the classes of the lexicon and the literal words of the rules; a test checks that they fit.
pub(super) type ClassSet = Bits<80>;

/// A set with room for the classes that code asks for by name, which have the lowest numbers.
pub(super) type NamedSet = Bits<4>;

/// The positions of the bits of a machine word that are set.
pub(super) fn ones(word: u64) -> impl Iterator<Item = usize> {
    let without_lowest = |word: &u64| Some(*word & word.wrapping_sub(1));
    let words = std::iter::successors(Some(word), without_lowest).take_while(|word| *word != 0);
    words.map(|word| word.trailing_zeros() as usize)
}

impl<const WORDS: usize> Default for Bits<WORDS> {
    fn default() -> Self {
        Self([0; WORDS])
    }
}

impl<const WORDS: usize> Bits<WORDS> {
    /// The most classes there can be.
    pub(super) const ROOM: usize = WORDS * 64;

    /// Adds a class, and tells whether it was not there; one beyond the room of the set is ignored.
    pub(super) fn insert(&mut self, class: Class) -> bool {
        let class = usize::from(class);
        let Some(word) = self.0.get_mut(class / 64) else { return false };
        let before = *word;
        *word |= 1 << (class % 64);
        *word != before
    }

    /// Whether a class is in the set.
    pub(super) fn has(&self, class: Class) -> bool {
        let class = usize::from(class);
        self.0.get(class / 64).is_some_and(|word| word >> (class % 64) & 1 == 1)
    }

    /// Whether the set has no class.
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }
}

/// The classes that one element of a rule names, in ascending order.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Classes(Box<[Class]>);

impl Classes {
    /// Whether a class is among them.
    pub(super) fn has(&self, class: Class) -> bool {
        self.0.binary_search(&class).is_ok()
    }

    /// The classes, in ascending order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Class> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<Class> for Classes {
    fn from_iter<I: IntoIterator<Item = Class>>(classes: I) -> Self {
        let mut classes: Vec<Class> = classes.into_iter().collect();
        classes.sort_unstable();
        classes.dedup();
        Self(classes.into())
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
            assert!(set.insert(class) && !set.insert(class), "{class}");
        }
        for class in 0..4000 {
            assert_eq!(set.has(class), put_in.contains(&class), "{class}");
        }
        assert!(!set.is_empty() && ClassSet::default().is_empty());
        let named: Classes = put_in.into_iter().rev().chain(put_in).collect();
        assert_eq!(named.iter().collect::<Vec<_>>(), put_in);
        for class in 0..4000 {
            assert_eq!(named.has(class), put_in.contains(&class), "{class}");
        }
    }

    #[test]
    fn every_class_of_the_lexicon_has_room() {
        assert!(super::super::lexicon::lexicon().class_count() <= ClassSet::ROOM);
    }
}
