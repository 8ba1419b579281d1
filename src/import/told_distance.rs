//! Words for a distance that somebody ran, in notes of any language. It reads no file.

use super::csv::words::{LengthUnit, length_unit};

/// True for words with a number and a unit of distance after it, such as `8 km`, `6.5mi`, `10k` or `7キロ`.
pub fn names_a_distance(text: &str) -> bool {
    let lower = with_scripts_apart(&text.to_lowercase());
    let parts = lower.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | ',')));
    let words: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
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

/// The text with a blank wherever Chinese or Japanese begins or ends, as they are written without any.
fn with_scripts_apart(text: &str) -> String {
    let mut apart = String::with_capacity(text.len());
    let mut before = None;
    for c in text.chars() {
        if before.is_some_and(|before| is_written_together(before) != is_written_together(c)) {
            apart.push(' ');
        }
        apart.push(c);
        before = Some(c);
    }
    apart
}

fn is_written_together(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}

/// True for a unit of running distances. In scripts without spaces, other words may follow it directly.
fn is_unit(word: &str) -> bool {
    let is_length = |word: &str| matches!(length_unit(word), Some(LengthUnit::Km | LengthUnit::Mi));
    let joined = word.starts_with(is_written_together);
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
            "2kmジョグ 8:40",
            "ジョグ5km 28分",
            "跑步5公里 28分",
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
