//! Typing slips: which word of the lexicon was meant where a letter is wrong, doubled, left out or swapped with its
//! neighbour. It knows words, not what they mean.

use super::word_map::{HashMap, HashSet};

/// From this many letters on a word has few neighbours, so that one wrong letter in it is a slip.
const LONG: usize = 7;

/// The least length of a word in which two swapped letters are corrected.
const SWAPPABLE: usize = 5;

/// A word of more letters is not looked up.
const LONGEST: usize = 24;

/// The words of the lexicon that are recognised in spite of a slip.
#[derive(Default)]
pub(super) struct Slips {
    /// From a word with one letter left out to the words that it may be.
    known: HashMap<String, Vec<&'static str>>,
    /// The words in which swapped letters are corrected: all from some length on, and those marked in the file.
    mendable: HashSet<&'static str>,
    /// The long words, in which a doubled letter is corrected.
    long: HashSet<&'static str>,
    /// The long words by their first and last letter, which stay where a letter is left out, and by their length.
    by_ends: HashMap<Ends, Vec<&'static str>>,
}

/// The first and the last letter of a word, and how many letters it has.
type Ends = (u8, u8, usize);

fn ends(word: &str, letters: usize) -> Option<Ends> {
    Some((*word.as_bytes().first()?, *word.as_bytes().last()?, letters))
}

/// Whether the word is the other one without one letter.
fn lacks_a_letter(word: &str, whole: &str) -> bool {
    let (word, whole) = (word.as_bytes(), whole.as_bytes());
    let same = word.iter().zip(whole).take_while(|(one, other)| one == other).count();
    word.get(same..) == whole.get(same + 1..)
}

fn without_each_letter(word: &str) -> impl Iterator<Item = String> + '_ {
    word.char_indices().map(|(at, letter)| [&word[..at], &word[at + letter.len_utf8()..]].concat())
}

impl Slips {
    /// Lets a word that is marked in the file be recognised in spite of any one slip.
    pub(super) fn admit_marked(&mut self, word: &'static str) {
        self.mendable.insert(word);
        if word.len() < 5 {
            return;
        }
        for shorter in without_each_letter(word).chain([word.to_owned()]) {
            self.known.entry(shorter).or_default().push(word);
        }
    }

    /// Lets the longer words of a phrase be recognised in spite of a slip.
    pub(super) fn admit(&mut self, phrase: &'static str) {
        for word in phrase.split_whitespace().filter(|word| word.is_ascii()) {
            if word.len() >= SWAPPABLE {
                self.mendable.insert(word);
            }
            // The first and last letters are seldom left out, and a different ending is often another word.
            if word.len() >= LONG
                && self.long.insert(word)
                && let Some(ends) = ends(word, word.len())
            {
                self.by_ends.entry(ends).or_default().push(word);
            }
        }
    }

    /// The word of the lexicon that was meant; `None` if the word is common in English or another
    /// language, or resembles none.
    pub(super) fn mended(&self, word: &str) -> Option<&'static str> {
        if word.len() > LONGEST || super::tongues::knows(word) {
            return None;
        }
        if let Some(known) = self.swapped(word).or_else(|| self.doubled_or_missing(word)) {
            return Some(known);
        }
        if word.len() < 4 {
            return None;
        }
        let same_start = |candidate: &&&'static str| candidate.as_bytes().first() == word.as_bytes().first();
        // In a short word only a missing letter is corrected: "rigt", but not "sharks" for "sharp".
        let short = word.len() < 6;
        let missing = |candidate: &&&'static str| same_start(candidate) && (!short || candidate.len() > word.len());
        if let Some(known) = self.known.get(word).and_then(|known| known.iter().find(missing)) {
            return Some(known);
        }
        if short {
            return None;
        }
        without_each_letter(word).find_map(|shorter| self.known.get(&shorter)?.iter().find(same_start).copied())
    }

    /// The word meant where two neighbouring letters were swapped: "hpi", "tigth".
    fn swapped(&self, word: &str) -> Option<&'static str> {
        if !word.is_ascii() {
            return None;
        }
        let mut letters = word.as_bytes().to_vec();
        (1..letters.len()).find_map(|at| {
            letters.swap(at - 1, at);
            let meant = std::str::from_utf8(&letters).ok().and_then(|word| self.mendable.get(word).copied());
            letters.swap(at - 1, at);
            meant
        })
    }

    /// The long word meant where a letter was doubled or left out: "croppper", "toomorrow", "buckld".
    fn doubled_or_missing(&self, word: &str) -> Option<&'static str> {
        if !word.is_ascii() || word.len() + 1 < LONG {
            return None;
        }
        let letters = word.as_bytes();
        let twice = (1..letters.len()).filter(|at| letters[*at] == letters[at - 1]);
        let shorter = twice.filter_map(|at| Some([word.get(..at)?, word.get(at + 1..)?].concat()));
        if let Some(known) = shorter.into_iter().find_map(|word| self.long.get(word.as_str()).copied()) {
            return Some(known);
        }
        let like_it = self.by_ends.get(&ends(word, word.len() + 1)?)?;
        like_it.iter().find(|whole| lacks_a_letter(word, whole)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_mended_and_a_word_of_its_own_is_left() {
        let mut slips = Slips::default();
        slips.admit_marked("groin");
        slips.admit("buckled under me");
        for (typed, meant) in [("gorin", "groin"), ("groinn", "groin"), ("buckld", "buckled"), ("bukcled", "buckled")] {
            assert_eq!(slips.mended(typed), Some(meant), "{typed}");
        }
        for other in ["grain", "grow", "bottle", "groinstrainsupportbandage"] {
            assert_eq!(slips.mended(other), None, "{other}");
        }
    }
}
