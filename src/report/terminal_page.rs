//! A page of text for a terminal: paragraphs, lists and rows wrapped to its width, and the palette of styles. It
//! knows nothing of its content. Styles are ANSI escapes of our own; escapes in texts from outside are made harmless,
//! and the shell removes ours where they are not wanted.

use std::borrow::Cow;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_width::UnicodeWidthStr;

use super::plain;

/// Style of headings.
pub const BOLD: Style = Style::new().bold();
/// Style of what is less important.
pub const DIM: Style = Style::new().dimmed();
/// Style of everything else.
pub const PLAIN: Style = Style::new();
/// Style of what is urgent.
pub const URGENT: Style = AnsiColor::Red.on_default().bold();
/// Style of what should be done soon.
pub const SOON: Style = AnsiColor::Yellow.on_default().bold();

/// The fewest columns that a page is laid out for.
const NARROWEST: usize = 40;
/// The fewest columns left for a text beside its lead.
const NARROWEST_TEXT: usize = 20;

/// A page under construction.
pub struct Page {
    text: String,
    width: usize,
    longest: usize,
}

impl Page {
    /// An empty page for a terminal of this many columns; at least 40 are used.
    #[must_use]
    pub fn new(width: usize) -> Self {
        Self { text: String::new(), width: width.max(NARROWEST), longest: usize::MAX }
    }

    /// The page with every text cut to `longest` characters.
    #[must_use]
    pub fn with_longest(self, longest: usize) -> Self {
        Self { longest, ..self }
    }

    /// Its width in columns.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Adds a wrapped text.
    pub fn paragraph(&mut self, style: Style, text: &str) {
        self.led(PLAIN, style, "", text);
    }

    /// Adds a wrapped text after `lead`, which is plain.
    pub fn item(&mut self, style: Style, lead: &str, text: &str) {
        self.led(PLAIN, style, lead, text);
    }

    /// Adds a wrapped text after `lead`, both in one style.
    pub fn marked(&mut self, style: Style, lead: &str, text: &str) {
        self.led(style, style, lead, text);
    }

    /// Adds a wrapped text with `lead` before its first line and as many spaces before the others; nothing if the
    /// text is empty.
    pub fn led(&mut self, lead_style: Style, style: Style, lead: &str, text: &str) {
        let text = plain::cut(&plain::one_line(text), self.longest);
        if text.is_empty() {
            return;
        }
        let indent = lead.width();
        let hanging = " ".repeat(indent);
        for (at, line) in wrap(&text, self.width.saturating_sub(indent).max(NARROWEST_TEXT)).iter().enumerate() {
            let before = if at == 0 { (lead_style, lead) } else { (PLAIN, hanging.as_str()) };
            self.row(&[before, (style, line)]);
        }
    }

    /// Adds a wrapped text after its lead and, where it fits on the line, an unchanged tail.
    pub fn led_with_tail(&mut self, lead_style: Style, lead: &str, text: &str, tail: &str) {
        let fits = lead.width() + text.width() + tail.width() <= self.width;
        if tail.is_empty() || !fits {
            self.led(lead_style, PLAIN, lead, text);
        } else {
            self.row(&[(lead_style, lead), (PLAIN, &plain::one_line(text)), (PLAIN, tail)]);
        }
    }

    /// Adds a line made of parts, which are not changed.
    pub fn row(&mut self, parts: &[(Style, &str)]) {
        for &(style, part) in parts.iter().filter(|(_, part)| !part.is_empty()) {
            if style == PLAIN {
                self.text.push_str(part);
            } else {
                let _ = write!(self.text, "{style}{part}{style:#}");
            }
        }
        self.text.push('\n');
    }

    /// Adds an empty line, but none at the top and never two.
    pub fn blank(&mut self) {
        if !(self.text.is_empty() || self.text.ends_with("\n\n")) {
            self.text.push('\n');
        }
    }

    /// The text of the page, ending in a line feed.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }
}

/// Breaks the text at spaces, and within a word only where the word is wider than a line.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let options = Options::new(width)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(text, options).into_iter().map(Cow::into_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_hang_under_their_lead() {
        let mut page = Page::new(40);
        page.blank();
        page.item(PLAIN, "10. ", "a word and another word and yet a word");
        page.blank();
        page.blank();
        page.item(BOLD, "- ", "bold");
        page.marked(DIM, "  ", "dim");
        page.paragraph(PLAIN, "");
        assert_eq!(
            page.finish(),
            "10. a word and another word and yet a\n    word\n\n- \u{1b}[1mbold\u{1b}[0m\n\u{1b}[2m  \u{1b}[0m\u{1b}[2mdim\u{1b}[0m\n"
        );
    }

    #[test]
    fn texts_of_others_are_harmless_and_never_endless() {
        let mut page = Page::new(40).with_longest(6);
        page.paragraph(PLAIN, "\u{1b}[1m one  two");
        assert_eq!(page.finish(), "␛[1m…\n");
    }

    #[test]
    fn long_words_are_broken_and_wide_letters_count_twice() {
        assert_eq!(wrap("aaa bbb", 3), ["aaa", "bbb"]);
        assert_eq!(wrap("aaaaaaa", 3), ["aaa", "aaa", "a"]);
        assert_eq!(wrap("走走走", 4), ["走走", "走"]);
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("run 10\u{a0}km", 7), ["run", "10\u{a0}km"]);
    }
}
