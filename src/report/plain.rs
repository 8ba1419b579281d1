//! Makes text from outside harmless in any format: no control characters, no terminal escapes, no marks that turn the
//! reading direction of what follows, and limited in length. Every name, path, key and note that is shown goes
//! through here.

use std::borrow::Cow;

use crate::model::units::NO_BREAK;
use crate::model::unshown;

/// Stands for a character that cannot be shown.
const UNSHOWN: char = '\u{fffd}';

/// The most characters of a note that are shown before the rest is folded.
pub const NOTE_CHARS: usize = 400;
/// The most characters of a name or path that are shown.
pub const NAME_CHARS: usize = 80;

/// The text with control characters shown as pictures of themselves (`␛`), and a mark (`\u{fffd}`) in place of
/// anything that would turn the reading direction. Line feeds and tabs stay; byte order marks and line separators are
/// dropped.
#[must_use]
pub fn clean(text: &str) -> String {
    text.chars().filter_map(shown).collect()
}

fn shown(c: char) -> Option<char> {
    match c {
        '\n' | '\t' => Some(c),
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        '\u{feff}' | '\u{2028}' | '\u{2029}' => None,
        _ if unshown::acts(c) => Some(UNSHOWN),
        _ => Some(c),
    }
}

/// A page for a terminal with its own styles kept and [`clean`] applied elsewhere: the last safeguard, for anything
/// that was added without being cleaned.
#[must_use]
pub fn styled(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = rest.find('\u{1b}') {
        let (before, style) = rest.split_at(at);
        out.extend(before.chars().filter_map(shown));
        let after = style[1..].strip_prefix('[').map_or(0, |codes| {
            let codes = codes.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
            if style[2 + codes..].starts_with('m') { 3 + codes } else { 0 }
        });
        if after == 0 {
            out.push('\u{241b}');
        } else {
            out.push_str(&style[..after]);
        }
        rest = &style[after.max(1)..];
    }
    out.extend(rest.chars().filter_map(shown));
    out
}

/// JSON with every character that acts on a terminal escaped, such as `\u202e`; control characters are escaped
/// already. Such characters occur only in strings, so a reader of the JSON gets the same text.
#[must_use]
pub fn json(text: String) -> String {
    // A quick search for the first bytes of such characters: a report is mostly others.
    let bytes = text.as_bytes();
    let mut first = memchr::memchr3_iter(0x7f, 0xc2, 0xe2, bytes).chain(memchr::memchr_iter(0xd8, bytes));
    if !first.any(|at| text.get(at..).is_some_and(|rest| rest.starts_with(unshown::acts))) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if unshown::acts(c) && c != '\n' {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

/// A cell for a spreadsheet, which takes anything that begins with `= + - @` for a formula: an apostrophe is put in
/// front unless it is a number. Where commas are decimal, a spreadsheet begins a new cell at each semicolon or tab,
/// quoted or not, so the same is done after each of these.
#[must_use]
pub fn cell(text: &str) -> Cow<'_, str> {
    let formula = |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠');
    let begins = |part: &str| {
        let words = part.trim_start_matches(|c: char| c.is_whitespace() || c == '"' || is_unseen(c));
        (part.starts_with(formula) || words.starts_with(formula)) && part.trim().parse::<f64>().is_err()
    };
    if !text.split([';', '\t']).any(begins) && !begins(text) {
        return Cow::Borrowed(text);
    }
    let mut guarded = String::with_capacity(text.len() + 2);
    let mut whole = begins(text);
    for part in text.split_inclusive([';', '\t']) {
        if std::mem::take(&mut whole) || begins(part.trim_end_matches([';', '\t'])) {
            guarded.push('\'');
        }
        guarded.push_str(part);
    }
    Cow::Owned(guarded)
}

/// Whether a character leaves no mark in a cell, so that a formula may stand behind it.
fn is_unseen(c: char) -> bool {
    matches!(c, UNSHOWN | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}') || shown(c) != Some(c)
}

/// [`cell`] of a text that is [clean](clean): a CSV is printed on terminals too.
#[must_use]
pub fn safe_cell(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| shown(c) == Some(c)) { cell(text) } else { Cow::Owned(cell(&clean(text)).into_owned()) }
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

/// Removes the apostrophes that [`cell`] added; any other text stays as it is.
#[must_use]
pub fn unguarded(guarded: &str) -> Cow<'_, str> {
    if !guarded.contains('\'') {
        return Cow::Borrowed(guarded);
    }
    let bare = guarded.strip_prefix('\'').unwrap_or(guarded).replace(";'", ";").replace("\t'", "\t");
    if cell(&bare) == guarded { Cow::Owned(bare) } else { Cow::Borrowed(guarded) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_overrides_lose_their_power() {
        assert_eq!(clean("\u{1b}[31mred\u{7}\u{9b}2J"), "␛[31mred␇\u{fffd}2J");
        assert_eq!(clean("a\u{202e}b\u{2069}c\u{200f}d\u{61c}"), "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}");
        assert_eq!(clean("\u{feff}a\u{2028}b"), "ab");
        assert_eq!(clean("two\nlines\t"), "two\nlines\t");
        assert_eq!(clean("כאב בירך"), "כאב בירך");
    }

    #[test]
    fn a_page_keeps_its_styles_and_nothing_else_that_acts() {
        let bold = "\u{1b}[1m\u{1b}[31mnow\u{1b}[0m\n";
        assert_eq!(styled(bold), bold);
        assert_eq!(styled("\u{1b}[2Ja\u{1b}]0;t\u{7}\u{1b}"), "␛[2Ja␛]0;t␇␛");
        assert_eq!(styled("\u{1b}[1;é\u{1b}[m\u{9b}1m\u{202e}"), "␛[1;é\u{1b}[m\u{fffd}1m\u{fffd}");
        assert_eq!(styled("\u{1b}[1\u{1b}[0m"), "␛[1\u{1b}[0m");
    }

    #[test]
    fn json_reads_back_as_the_same_text() {
        let text = "a\u{202e}b\u{85}c\u{7f}\u{200e}d\u{1b} \u{5d0} é\n\t\u{1f600}";
        let written = json(serde_json::to_string_pretty(&[text]).expect("JSON"));
        assert!(written.contains("\\u202eb\\u0085c\\u007f\\u200ed\\u001b"), "{written}");
        assert!(!written.chars().any(|c| unshown::acts(c) && c != '\n'), "{written}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&written).expect("JSON"), [text]);
        assert_eq!(json("{\n  \"a\": \"é\"\n}\n".to_owned()), "{\n  \"a\": \"é\"\n}\n");
    }

    #[test]
    fn a_cell_of_a_file_holds_nothing_that_acts_and_no_formula_behind_it() {
        assert_eq!(safe_cell("a\u{1b}[31mb\u{202e}c\n"), "a␛[31mb\u{fffd}c\n");
        assert_eq!(safe_cell("Ghost 15"), "Ghost 15");
        for (text, guarded) in [("\u{200b}=1", "'\u{200b}=1"), ("\u{feff}=1", "'=1"), ("\u{200e}@x", "'\u{fffd}@x")] {
            assert_eq!(safe_cell(text), guarded, "{text:?}");
        }
    }

    #[test]
    fn cells_that_a_spreadsheet_would_work_out_are_guarded_and_numbers_are_not() {
        for text in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx", " =1", "＝1", "-", "+"] {
            assert_eq!(cell(text), format!("'{text}"));
            assert_eq!(unguarded(&format!("'{text}")), text);
        }
        for (text, guarded) in [
            ("a;=1+1", "a;'=1+1"),
            ("a; \"=1+1", "a;' \"=1+1"),
            ("=1;@x", "'=1;'@x"),
            ("a\t+x", "a\t'+x"),
            ("\t=1", "'\t'=1"),
            ("a;;-x;b", "a;;'-x;b"),
        ] {
            assert_eq!(cell(text), guarded);
            assert_eq!(unguarded(guarded), text);
        }
        for text in
            ["-5", "+5.5", "-1e3", "Ghost 15", "a=b", "", "'=1", "2026-03-04", "5;-3;a=b", "it's fine", "'twas;'s"]
        {
            assert_eq!(cell(text), text);
            assert_eq!(unguarded(text), if text == "'=1" { "=1" } else { text });
        }
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
