//! Lines of a terminal: wrapped to its width, under ANSI styles of our own.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::report::plain;

/// Characters of a text that should not be cut, unless it is endless.
pub(super) const STYLED_CHARS: usize = 600;

pub(super) const BOLD: Style = Style::new().bold();

pub(super) const DIM: Style = Style::new().dimmed();

pub(super) const URGENT: Style = AnsiColor::Red.on_default().bold();

pub(super) const SOON: Style = AnsiColor::Yellow.on_default().bold();

pub(super) const PLAIN: Style = Style::new();

pub(super) struct Lines {
    pub(super) text: String,
    pub(super) width: usize,
}

impl Lines {
    /// A text under a style, wrapped, with `lead` before its first line and blanks of its width before the others.
    pub(super) fn styled(&mut self, style: Style, lead: &str, text: &str) {
        self.led(style, style, lead, text, STYLED_CHARS);
    }

    pub(super) fn led(&mut self, lead_style: Style, style: Style, lead: &str, text: &str, chars: usize) {
        let indent = lead.width();
        let text = plain::cut(&plain::one_line(text), chars);
        for (at, line) in wrap(&text, self.width.saturating_sub(indent).max(20)).iter().enumerate() {
            if at == 0 {
                self.put(lead_style, lead);
            } else {
                self.put(PLAIN, &" ".repeat(indent));
            }
            self.put(style, line);
            self.text.push('\n');
        }
    }

    pub(super) fn put(&mut self, style: Style, text: &str) {
        if text.is_empty() {
            return;
        }
        if style == PLAIN {
            self.text.push_str(text);
        } else {
            let _ = write!(self.text, "{style}{text}{style:#}");
        }
    }

    pub(super) fn blank(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }
}

/// The text broken at blanks, and inside a word only where the word is wider than a line.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let wide = word.width();
        if used > 0 && used + 1 + wide > width {
            lines.push(String::new());
            used = 0;
        }
        let Some(line) = lines.last_mut() else { continue };
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        if wide <= width {
            line.push_str(word);
            used += wide;
            continue;
        }
        for letter in word.chars() {
            let step = letter.width().unwrap_or(0);
            if used + step > width {
                lines.push(String::new());
                used = 0;
            }
            if let Some(line) = lines.last_mut() {
                line.push(letter);
            }
            used += step;
        }
    }
    lines
}
