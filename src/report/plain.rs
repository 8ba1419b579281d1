//! Text that others wrote, made harmless for any format: no control characters, no terminal escapes, no marks that turn
//! the reading direction of what follows, and never endless.

use crate::model::units::NO_BREAK;

/// Most characters of a note that are shown before the rest is folded away.
pub const NOTE_CHARS: usize = 400;
/// Most characters of a name or path that are shown.
pub const NAME_CHARS: usize = 80;

/// The text with control characters shown as pictures of themselves (`␛`), and embeddings, overrides and isolates of
/// the reading direction taken out. Line feeds and tabs stay.
#[must_use]
pub fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\n' | '\t' => Some(c),
            '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
            '\u{7f}' => Some('\u{2421}'),
            '\u{80}'..='\u{9f}' => Some('\u{fffd}'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{2028}' | '\u{2029}' => None,
            _ => Some(c),
        })
        .collect()
}

/// [`clean`] with every stretch of blanks, line feeds included, as one blank. The blank between a number and its unit
/// stays what it is.
#[must_use]
pub fn one_line(text: &str) -> String {
    let breaks = |c: char| c.is_whitespace() && c != NO_BREAK;
    let clean = clean(text);
    clean.trim().split(breaks).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// At most `limit` characters, the last of them an ellipsis where something was cut.
#[must_use]
pub fn cut(text: &str, limit: usize) -> String {
    if text.char_indices().nth(limit).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_overrides_lose_their_power() {
        assert_eq!(clean("\u{1b}[31mred\u{7}\u{9b}2J"), "␛[31mred␇\u{fffd}2J");
        assert_eq!(clean("a\u{202e}b\u{2069}c"), "abc");
        assert_eq!(clean("two\nlines\t"), "two\nlines\t");
        assert_eq!(clean("כאב בירך"), "כאב בירך");
    }

    #[test]
    fn blanks_become_one() {
        assert_eq!(one_line(" a \r\n\n b\tc "), "a ␍ b c");
        assert_eq!(one_line("10.2\u{a0}km  in all"), "10.2\u{a0}km in all");
        assert_eq!(one_line("\u{a0} \u{a0}"), "");
    }

    #[test]
    fn cutting_counts_characters_not_bytes() {
        assert_eq!(cut("äöü", 3), "äöü");
        assert_eq!(cut("äöüß", 3), "äö…");
        assert_eq!(cut("ab cd", 4), "ab…");
    }
}
