//! Words for a distance that somebody ran, in notes of any language. It reads no file.

use super::csv::words::{LengthUnit, length_unit};

/// True for words with a number and a unit of distance after it, such as `8 km`, `6.5mi`, `10k` or `7キロ`.
pub fn names_a_distance(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | ','))).collect();
    words.iter().enumerate().any(|(at, word)| {
        let word = word.trim_matches(['.', ',']);
        let figure = word.trim_end_matches(|c: char| c.is_alphabetic());
        let is_figure = figure.starts_with(|c: char| c.is_ascii_digit())
            && figure.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
        let unit = match word.strip_prefix(figure) {
            Some("") => words.get(at + 1).copied().unwrap_or_default().trim_matches(['.', ',']),
            Some(unit) => unit,
            None => "",
        };
        is_figure && is_unit(unit)
    })
}

/// True for a unit of running distances. In scripts without spaces, other words may follow it directly.
fn is_unit(word: &str) -> bool {
    let is_length = |word: &str| matches!(length_unit(word), Some(LengthUnit::Km | LengthUnit::Mi));
    let joined = word.starts_with(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'));
    let begins_with_one = || word.char_indices().any(|(at, c)| is_length(&word[..at + c.len_utf8()]));
    is_length(word) || word == "mls" || joined && begins_with_one()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_is_a_figure_with_its_unit() {
        for text in [
            "8 km easy",
            "6.5mi with Jo",
            "Ran 10k.",
            "12,4 km",
            "did 3 miles, hip 2/10",
            "7キロJog",
            "5 公里慢跑",
            "距離：12.5km",
            "8 км",
        ] {
            assert!(names_a_distance(text), "{text}");
        }
        for text in [
            "hip 4/10",
            "5 sets",
            "km after km",
            "knee at 30 kilos",
            "5 k\u{f6}fte",
            "2026-03-04",
            "3 minutes",
            "3米",
            "400 m",
        ] {
            assert!(!names_a_distance(text), "{text}");
        }
    }
}
