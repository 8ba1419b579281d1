//! Splits a text into words and numbers, with the place, clause and sentence of each. It knows nothing of what a word
//! means.

use std::ops::Range;

use super::spelling::{out_of_ten, value_of};

/// What a number looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberForm {
    /// A bare number or a range of them.
    Plain,
    /// Out of ten.
    OutOfTen,
    /// A number joined to a unit.
    WithUnit,
    /// A time of day or a duration with a colon.
    Clock,
    /// A date, a fraction or repetitions.
    Other,
}

/// A number as written; the higher end of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    pub(super) value: f64,
    pub(super) form: NumberForm,
    /// Whether it was written as a range.
    pub(super) range: bool,
}

/// One word, number or pictogram.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Its bytes in the note.
    pub(super) span: Range<usize>,
    /// Its bytes in the folded text (lower case, no apostrophes); for a number, those of its unit.
    pub(super) folded: Range<usize>,
    pub(super) number: Option<Number>,
    /// The number of its clause; every comma, bracket and stop begins a new one.
    pub(super) clause: u32,
    /// The number of its sentence; every stop begins a new one.
    pub(super) sentence: u32,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
}

/// All words of a note, with the folded text.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) folded: String,
    pub(super) items: Vec<Word>,
}

impl Words {
    /// The folded text of a word.
    pub(super) fn text(&self, word: &Word) -> &str {
        self.folded.get(word.folded.clone()).unwrap_or_default()
    }
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | '`' | '´' | 'ʼ')
}

fn is_word_letter(letter: char) -> bool {
    letter.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&letter)
}

/// Whether the character is invisible and so separates no words.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether the character is a pictogram.
pub(super) fn is_picture(letter: char) -> bool {
    matches!(u32::from(letter), 0x2600..=0x27bf | 0x1f300..=0x1faff)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    clause: u32,
    sentence: u32,
    words: Words,
    /// The word in the making, whose memory the next one takes over.
    folded: String,
}

/// About how many bytes of a note make a word.
const BYTES_OF_A_WORD: usize = 4;

/// Splits a note into words.
pub(super) fn split(text: &str) -> Words {
    let words = Words {
        folded: String::with_capacity(text.len()),
        items: Vec::with_capacity(text.len() / BYTES_OF_A_WORD + 1),
    };
    let mut reader = Reader { text, at: 0, clause: 0, sentence: 0, words, folded: String::new() };
    while let Some(letter) = reader.peek() {
        reader.step(letter);
    }
    reader.words
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn peek_second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    fn step(&mut self, letter: char) {
        if letter == '\u{1b}' {
            self.terminal_command();
        } else if letter.is_ascii_digit() {
            self.number();
        } else if is_word_letter(letter) {
            self.word();
        } else {
            self.mark(letter);
        }
    }

    /// Skips a terminal command: "ESC [ 31 m" and its like are no words.
    fn terminal_command(&mut self) {
        self.at += 1;
        if let Some(rest) = self.rest().strip_prefix('[') {
            let end = rest.find(|letter: char| matches!(letter, '@'..='~') || !letter.is_ascii()).unwrap_or(rest.len());
            let last = rest[end..].chars().next().filter(char::is_ascii).map_or(0, char::len_utf8);
            self.at += 1 + end + last;
        }
    }

    fn push(&mut self, start: usize, folded: &str, number: Option<Number>, capital: bool) {
        let from = self.words.folded.len();
        self.words.folded.push_str(folded);
        self.words.items.push(Word {
            span: start..self.at,
            folded: from..self.words.folded.len(),
            number,
            clause: self.clause,
            sentence: self.sentence,
            capital,
        });
    }

    fn word(&mut self) {
        let start = self.at;
        // Plain letters at once; what else a word may hold, letter by letter.
        let plain = self.rest().bytes().take_while(u8::is_ascii_alphabetic).count();
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        folded.push_str(&self.rest()[..plain]);
        folded.make_ascii_lowercase();
        let mut capital = self.rest().starts_with(|letter: char| letter.is_ascii_uppercase());
        self.at += plain;
        while let Some(letter) = self.peek() {
            if is_word_letter(letter) {
                if folded.is_empty() {
                    capital = letter.is_uppercase();
                }
                folded.extend(letter.to_lowercase());
            } else if is_invisible(letter) {
                // Invisible characters do not split words: "gave wa\u{200b}y".
            } else if is_apostrophe(letter) && self.peek_second().is_some_and(is_word_letter) {
                let after: String = self.rest().chars().skip(1).take(2).collect();
                let mut after = after.chars();
                let possessive = after.next().is_some_and(|next| matches!(next, 's' | 'S'));
                if possessive && !after.next().is_some_and(is_word_letter) {
                    break;
                }
            } else {
                break;
            }
            self.at += letter.len_utf8();
        }
        if folded == "w" && self.rest().starts_with('/') {
            self.at += 1;
            let without =
                self.rest().starts_with(['o', 'O']) && !self.rest().chars().nth(1).is_some_and(is_word_letter);
            self.at += usize::from(without);
            folded = if without { "without".into() } else { "with".into() };
        }
        // "four out of ten", "a six/10"
        if let Some(value) = value_of(&folded) {
            let spaced = self.rest().trim_start_matches(' ');
            let skipped = self.rest().len() - spaced.len();
            let slash = spaced.starts_with("/10") && !spaced[3..].starts_with(|next: char| next.is_ascii_digit());
            if let Some(length) = if slash { Some(3) } else { out_of_ten(spaced) } {
                self.at += skipped + length;
                let number = Number { value: f64::from(value), form: NumberForm::OutOfTen, range: false };
                self.push(start, "", Some(number), capital);
                self.folded = folded;
                return;
            }
        }
        self.push(start, &folded, None, capital);
        self.folded = folded;
    }

    fn mark(&mut self, letter: char) {
        let start = self.at;
        if matches!(letter, ':' | ')' | ';')
            && let Some(sad) = [":(", ":'(", ":-(", ":/", ":-/"].iter().find(|sad| self.rest().starts_with(**sad))
            && !self.text.get(start + sad.len()..).is_some_and(|after| after.starts_with('/'))
        {
            self.at += sad.len();
            self.push(start, ":(", None, false);
            return;
        }
        // "<3" at the end of a line is a heart, not a score.
        if let Some(after) = self.rest().strip_prefix("<3")
            && after
                .trim_start()
                .chars()
                .next()
                .is_none_or(|next| !next.is_alphanumeric() && !matches!(next, '/' | '.'))
        {
            self.at += 2;
            self.push(start, "\u{2665}", None, false);
            return;
        }
        self.at += letter.len_utf8();
        match letter {
            '\n' | '\r' | '!' | '?' | ';' | '。' | '！' | '？' | '\u{2028}' | '\u{2029}' => self.stop(),
            '.' => {
                // "L. hip" is an abbreviation, "niggle, R. No swelling" ends a sentence.
                let after_side = self
                    .words
                    .items
                    .last()
                    .is_some_and(|last| last.span.end == start && matches!(self.words.text(last), "l" | "r"));
                let goes_on = self.rest().trim_start().chars().next().is_some_and(char::is_lowercase);
                if !(after_side && goes_on) {
                    self.stop();
                }
            }
            ',' | '(' | ')' | '[' | ']' | '…' | '|' | '•' | '→' | '—' | '，' | '、' | '{' | '}' | '<' | '>' =>
            {
                self.clause += 1;
            }
            '-' | '–' | '~' => {
                let spaced = self.rest().starts_with(char::is_whitespace) || self.rest().starts_with(letter);
                if spaced {
                    self.clause += 1;
                }
            }
            '&' | '+' => self.push(start, "and", None, false),
            '/' => self.push(start, "slash", None, false),
            '@' => self.push(start, "at", None, false),
            '=' => self.push(start, "equals", None, false),
            // "pain:: 3"
            ':' if self.text[..start].ends_with(':') => {}
            ':' => self.push(start, "colon", None, false),
            _ if is_apostrophe(letter) && self.rest().starts_with(['s', 'S']) => {
                self.at += 1;
                self.push(start, "s", None, false);
            }
            _ if is_picture(letter) => {
                let mut sign = String::new();
                sign.push(letter);
                self.push(start, &sign, None, false);
            }
            _ => {}
        }
    }

    fn stop(&mut self) {
        self.clause += 1;
        self.sentence += 1;
    }

    /// Reads digits with at most one decimal mark; `None` if there is no digit.
    fn digits(&mut self) -> Option<f64> {
        let rest = self.rest().as_bytes();
        let mut length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if length == 0 {
            return None;
        }
        let has_fraction =
            matches!(rest.get(length), Some(b'.' | b',')) && rest.get(length + 1).is_some_and(u8::is_ascii_digit);
        if has_fraction {
            length += 1 + rest[length + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        }
        let written = self.rest().get(..length).unwrap_or_default();
        let value = if written.contains(',') { written.replace(',', ".").parse() } else { written.parse() }.ok();
        self.at += length;
        value
    }

    fn number(&mut self) {
        let start = self.at;
        let mut value = self.digits().unwrap_or(f64::MAX);
        let mut form = NumberForm::Plain;
        let mut range = false;
        loop {
            let rest = self.rest();
            let mut letters = rest.chars();
            let mark = letters.next();
            let digit_follows = letters.next().is_some_and(|next| next.is_ascii_digit());
            match mark {
                Some('-' | '–' | '—') if digit_follows && form == NumberForm::Plain => {
                    // "3-4/10" is a range, "2024-05-03" a date.
                    if range {
                        form = NumberForm::Other;
                    }
                    range = true;
                    self.at += mark.map_or(1, char::len_utf8);
                    value = value.max(self.digits().unwrap_or(0.0));
                }
                Some('/') if digit_follows => {
                    self.at += 1;
                    let below = self.digits().unwrap_or(0.0);
                    let ten = form == NumberForm::Plain && (below - 10.0).abs() < f64::EPSILON;
                    form = if ten { NumberForm::OutOfTen } else { NumberForm::Other };
                }
                Some(':') if digit_follows => {
                    self.at += 1;
                    let from = self.at;
                    let behind = self.digits().unwrap_or(0.0);
                    // "39:4" is no time but a slip of the comma.
                    if self.at == from + 1 && form == NumberForm::Plain {
                        value += behind / 10.0;
                    } else {
                        form = NumberForm::Clock;
                    }
                }
                _ => break,
            }
        }
        if form == NumberForm::Plain {
            let spaced = self.rest().trim_start_matches(' ');
            let skipped = self.rest().len() - spaced.len();
            if let Some(below) = spaced.strip_prefix('/') {
                let below = below.trim_start_matches(' ');
                if below.starts_with("10") && !below[2..].starts_with(|next: char| next.is_ascii_digit()) {
                    let taken = self.rest().len() - below.len() + 2;
                    self.at += taken;
                    form = NumberForm::OutOfTen;
                }
            } else if skipped <= 1
                && let Some(length) = out_of_ten(spaced)
            {
                self.at += skipped + length;
                form = NumberForm::OutOfTen;
            }
        }
        self.unit(start, value, form, range);
    }

    fn unit(&mut self, start: usize, value: f64, mut form: NumberForm, range: bool) {
        let mut unit = String::new();
        if self.rest().starts_with('%') {
            self.at += 1;
            unit.push_str("percent");
        }
        while self.rest().starts_with(['°', 'º']) {
            self.at += 2;
        }
        let mut mixed = false;
        while let Some(letter) = self.peek() {
            if is_word_letter(letter) {
                unit.extend(letter.to_lowercase());
            } else if letter.is_ascii_digit() || (letter == '.' && mixed) {
                mixed = true;
            } else {
                break;
            }
            self.at += letter.len_utf8();
        }
        if !unit.is_empty() && form != NumberForm::Clock {
            form = if mixed { NumberForm::Other } else { NumberForm::WithUnit };
        }
        self.push(start, &unit, Some(Number { value, form, range }), false);
    }
}
