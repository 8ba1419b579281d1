//! The form in which words of tables, settings and titles are compared, whatever their case, accents and marks.

use compact_str::CompactString;

/// A word in the form in which it is compared.
pub type Key = CompactString;

/// Plain words of so many bytes need no memory of their own until they are known.
const SHORT: usize = 64;

/// A word as it is compared: lower case, Latin and Cyrillic accents gone, letters and digits only.
pub fn key(text: &str) -> Key {
    let mut letters = [0; SHORT];
    if text.is_ascii() && text.len() <= letters.len() {
        let mut length = 0;
        for (at, letter) in letters.iter_mut().zip(text.bytes().filter(u8::is_ascii_alphanumeric)) {
            *at = letter.to_ascii_lowercase();
            length += 1;
        }
        return Key::from_utf8(&letters[..length]).unwrap_or_default();
    }
    text.chars().flat_map(char::to_lowercase).map(without_accent).filter(|c| c.is_alphanumeric()).collect()
}

/// The letter without its accent, and a character that `key` drops for a combining mark.
fn without_accent(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' => 'i',
        'ñ' | 'ń' => 'n',
        'ò'..='ö' | 'ø' | 'ō' => 'o',
        'ù'..='ü' | 'ū' | 'ů' => 'u',
        'ý' | 'ÿ' => 'y',
        'ё' => 'е',
        'й' => 'и',
        '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}' => ' ',
        other => other,
    }
}

/// A name of a column or a key as words: `hip_pain` and `hipPain` are "hip pain".
#[must_use]
pub fn spaced(name: &str) -> String {
    let mut words = String::with_capacity(name.len());
    let mut after_small = false;
    for letter in name.chars() {
        if after_small && letter.is_uppercase() {
            words.push(' ');
        }
        after_small = letter.is_lowercase();
        words.push(if letter == '_' { ' ' } else { letter });
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn plain_words_of_any_length_are_compared_by_their_letters_and_digits(text in "[ -~]{0,130}") {
            let letters: String = text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
            prop_assert_eq!(key(&text), Key::from(letters));
        }
    }
}
