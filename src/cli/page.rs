//! A page of text for a terminal: headings, paragraphs and lists, wrapped to the width. It knows nothing of what it says.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use crate::report::summary::wrap;

/// Headings.
pub(super) const BOLD: Style = Style::new().bold();
/// What matters less.
pub(super) const DIM: Style = Style::new().dimmed();
/// Everything else.
pub(super) const PLAIN: Style = Style::new();
/// What cannot wait.
pub(super) const URGENT: Style = AnsiColor::Red.on_default().bold();
/// What should not wait long.
pub(super) const SOON: Style = AnsiColor::Yellow.on_default().bold();

/// The widest a line gets, whatever the terminal.
const WIDEST: usize = 100;

/// A page under construction.
pub(super) struct Page {
    text: String,
    width: usize,
}

impl Page {
    /// An empty page for a terminal of so many columns.
    pub fn new(width: usize) -> Self {
        Self { text: String::new(), width: width.clamp(40, WIDEST) }
    }

    /// A wrapped text with `lead` before its first line and as many blanks before the others.
    pub fn item(&mut self, style: Style, lead: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let indent = lead.width();
        for (at, line) in wrap(text, self.width.saturating_sub(indent).max(20)).iter().enumerate() {
            let before = if at == 0 { lead.to_owned() } else { " ".repeat(indent) };
            if style == PLAIN {
                let _ = writeln!(self.text, "{before}{line}");
            } else {
                let _ = writeln!(self.text, "{before}{style}{line}{style:#}");
            }
        }
    }

    /// A wrapped text.
    pub fn paragraph(&mut self, style: Style, text: &str) {
        self.item(style, "", text);
    }

    /// A line as it is, its blanks kept.
    pub fn row(&mut self, style: Style, line: &str) {
        let line = line.trim_end();
        let _ =
            if style == PLAIN { writeln!(self.text, "{line}") } else { writeln!(self.text, "{style}{line}{style:#}") };
    }

    /// A line between two parts; none at the top, and never two.
    pub fn blank(&mut self) {
        if !(self.text.is_empty() || self.text.ends_with("\n\n")) {
            self.text.push('\n');
        }
    }

    /// The page.
    pub fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_hang_under_their_lead() {
        let mut page = Page::new(40);
        page.blank();
        page.item(PLAIN, "10. ", "a word and another word and yet another word");
        page.blank();
        page.blank();
        page.item(BOLD, "- ", "bold");
        assert_eq!(
            page.finish(),
            "10. a word and another word and yet\n    another word\n\n- \u{1b}[1mbold\u{1b}[0m\n"
        );
    }
}
