//! The form in which words of tables, settings and titles are compared, whatever their case, accents and marks.

/// A word as it is compared: lower case, Latin and Cyrillic accents gone, letters and digits only.
pub fn key(text: &str) -> String {
    if text.is_ascii() {
        let mut letters = Vec::with_capacity(text.len());
        letters.extend(text.bytes().filter(u8::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()));
        return String::from_utf8(letters).unwrap_or_default();
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
