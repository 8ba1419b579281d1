//! Whether a note is in English, and whether a foreign one may hide a complaint. A small table of words, no guessing
//! beyond it: what cannot be understood must not be passed over as harmless.

use super::lexicon::lexicon;
use super::tongues::{Kind, TABLE};
use super::words::Words;

/// Whether the words name the hip region in a language other than English.
pub(super) fn names_foreign_hip(words: &Words) -> bool {
    words.items.iter().filter(|word| word.number.is_none()).any(|word| {
        let text = words.text(word);
        TABLE.words.get(text) == Some(&Kind::Body) || TABLE.hips.iter().any(|part| text.contains(part))
    })
}

/// Whether the words can be judged. `of_a_run`: a run's title or description, where names of places are usual.
pub(super) fn is_understood(words: &Words, of_a_run: bool) -> bool {
    let (mut english, mut unknown, mut stops, mut name_stops, mut body, mut pain) = (0, 0, 0, 0, 0, 0);
    let (mut foreign_letters, mut foreign_words, mut accented) = (0, 0, 0);
    for word in words.items.iter().filter(|word| word.number.is_none()) {
        let text = words.text(word);
        if !text.starts_with(char::is_alphabetic) {
            continue;
        }
        let other_script = text.chars().filter(|letter| letter.is_alphabetic() && !is_latin(*letter)).count();
        if other_script > 0 {
            foreign_letters += other_script;
            foreign_words += 1;
        }
        match TABLE.words.get(text) {
            Some(Kind::English) => english += 1,
            Some(Kind::Body) => body += 1,
            Some(Kind::Pain) => pain += 1,
            _ if lexicon().knows(text) => english += 1,
            Some(Kind::Stop) => stops += 1,
            Some(Kind::NameStop) => name_stops += 1,
            None => {
                let joined = !text.is_ascii() || text.len() > 7;
                if joined && TABLE.parts.iter().any(|part| text.contains(part)) {
                    pain += 1;
                } else if joined && TABLE.hips.iter().any(|part| text.contains(part)) {
                    body += 1;
                } else {
                    unknown += 1;
                    accented += usize::from(!text.is_ascii());
                }
            }
        }
    }
    if pain > 0 || body > 0 {
        return false;
    }
    let foreign = stops + name_stops;
    let all = english + unknown + foreign;
    if of_a_run {
        // Scripts without spaces put a sentence into one word: eight letters are taken for one.
        let sentence = foreign_words >= 3 || foreign_letters >= 8;
        return !(sentence && english < foreign_words * 2 || stops >= 2 && foreign > english);
    }
    if foreign_words > 0 && english < foreign_words * 3 {
        return false;
    }
    if stops >= 2 && foreign * 2 > english || stops >= 1 && english == 0 {
        return false;
    }
    if english == 0 {
        return all == 0 || (unknown <= 2 && accented == 0 && foreign == 0);
    }
    english * 4 >= all
}

fn is_latin(letter: char) -> bool {
    matches!(u32::from(letter), 0x41..=0x5a | 0x61..=0x7a | 0xaa | 0xba | 0xc0..=0x24f | 0x1e00..=0x1eff | 0x300..=0x36f | 0x2b0..=0x2ff)
}
