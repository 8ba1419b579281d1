//! Characters that control the display instead of being shown. The writers decide what to do about them.

/// Whether a character moves a cursor, rings a bell or turns the reading direction of what follows, so that a text
/// can look like another one. Line feeds and tabs are among them.
#[must_use]
pub fn acts(c: char) -> bool {
    c.is_control() || turns(c)
}

/// Whether a character turns the reading direction of what follows: embeddings, overrides, isolates and marks.
#[must_use]
pub fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_does_not_act() {
        for c in "\u{1b}\u{7f}\u{9b}\n\t\u{202e}\u{2066}\u{200f}\u{61c}".chars() {
            assert!(acts(c), "{c:?}");
        }
        for c in "a é走ירך\u{a0}\u{301}\u{200d}".chars() {
            assert!(!acts(c), "{c:?}");
        }
    }
}
