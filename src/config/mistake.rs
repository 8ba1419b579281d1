//! A mistake in the configuration and its line. What counts as a mistake is decided elsewhere.

use toml::Spanned;

use crate::error::Error;

/// The most characters in a message: a value may be as long as the file.
const LONGEST: usize = 600;

/// A mistake in the text of a configuration. The file is not known here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{what}", .line.map_or_else(String::new, |line| format!("{line}: ")))]
pub struct ConfigError {
    /// The line, counted from 1, if it is known.
    pub line: Option<usize>,
    /// What is wrong and what is allowed.
    pub what: String,
}

impl ConfigError {
    /// Removes control characters and shortens the message to a readable length.
    #[must_use]
    pub fn cut(mut self) -> Self {
        self.what.retain(|c| !c.is_control());
        if let Some((end, _)) = self.what.char_indices().nth(LONGEST) {
            self.what.truncate(end);
            self.what.push('…');
        }
        self
    }

    /// The mistake as a program error about this file.
    #[must_use]
    pub fn in_file(self, file: impl Into<String>) -> Error {
        Error::Config { file: file.into(), line: self.line, what: self.what }
    }
}

/// Where the lines of a text end, so that a line number can be found without reading the text again.
pub(super) struct LineIndex(Vec<usize>);

impl LineIndex {
    pub(super) fn of(text: &str) -> Self {
        Self(memchr::memchr_iter(b'\n', text.as_bytes()).collect())
    }

    /// The line of this byte, counted from 1.
    pub(super) fn at(&self, byte: usize) -> usize {
        1 + self.0.partition_point(|&end| end < byte)
    }

    pub(super) fn error<T>(&self, spanned: &Spanned<T>, what: impl Into<String>) -> ConfigError {
        ConfigError { line: Some(self.at(spanned.span().start)), what: what.into() }
    }
}

/// The parser's message about an unknown word in terms a runner understands; other messages unchanged.
pub(super) fn in_plain_words(message: &str) -> String {
    let told = message.strip_prefix("unknown variant `").and_then(|rest| rest.split_once("`, expected "));
    told.map_or_else(
        || message.to_owned(),
        |(word, allowed)| format!("\"{word}\" is not known here; write {}", allowed.replace('`', "\"")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_stands_on_the_line_that_ends_behind_it() {
        let lines = LineIndex::of("a\n\nbc");
        assert_eq!([0, 1, 2, 3, 4, 99].map(|byte| lines.at(byte)), [1, 1, 2, 3, 3, 3]);
    }

    #[test]
    fn a_long_value_does_not_fill_the_screen() {
        let mistake = ConfigError { line: None, what: format!("\u{1b}[2J\"{}\" is too long", "ä".repeat(1_000)) };
        let what = mistake.cut().what;
        assert!(what.starts_with("[2J\"ää") && what.ends_with("ä…") && what.chars().count() == 601, "{what}");
    }
}
