//! The greatest width that a text can have on the page. The reader's font is not known, so the widths of a wide sans
//! serif are used, which usual fonts do not exceed.

/// The greatest width of each kind of character, normal and bold, in thousandths of the font size, rounded up from a
/// wide sans serif, `DejaVu`.
fn thousandths(sign: char) -> (u32, u32) {
    match sign {
        ' ' | '\u{a0}' => (320, 350),
        'i' | 'j' | 'l' | '\'' | '|' | 'I' | 'J' => (340, 375),
        ',' | '.' | ':' | ';' | '/' | '·' | '-' | '(' | ')' | '!' => (405, 460),
        'f' | 't' | 'r' => (415, 495),
        's' | 'c' | 'z' | '–' | '?' => (550, 600),
        'w' => (820, 925),
        '+' | 'Q' | 'O' | 'G' => (840, 855),
        'm' | 'M' | 'W' | '%' | '…' => (1_000, 1_105),
        'a'..='z' | '0'..='9' => (640, 720),
        'A'..='Z' => (775, 840),
        // Half of the remaining characters are wider than they are tall. It is better to leave a label out than to
        // have two touch.
        _ => (1_100, 1_250),
    }
}

/// The width in pixels of a text in a font size given in pixels.
#[must_use]
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let sum: u32 = text.chars().map(thousandths).map(|(normal, heavy)| if bold { heavy } else { normal }).sum();
    size * f64::from(sum) / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_estimate_is_never_less_than_what_a_wide_font_takes_and_little_more() {
        // The sums of the advance widths in DejaVu Sans, normal and bold, at 1000 pixels.
        for (text, normal, bold) in [
            ("left outer hip 3/10, still open", 14_244.0, 16_221.0),
            ("+16\u{a0}%", 3_378.0, 3_580.0),
            ("longest run", 5_684.0, 6_474.0),
            ("4 days before", 6_873.0, 7_717.0),
            ("13", 1_272.0, 1_392.0),
            ("W", 989.0, 1_103.0),
            ("l", 278.0, 343.0),
        ] {
            let found = (width(text, 1_000.0, false), width(text, 1_000.0, true));
            assert!(found.0 >= normal && found.1 >= bold, "{text}: {found:?}");
            assert!(found.0 <= 1.25 * normal && found.1 <= 1.25 * bold, "{text}: {found:?}");
        }
    }
}
