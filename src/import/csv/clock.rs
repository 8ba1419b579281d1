//! Splits a date cell into tokens, and finds the time of day and offset among them. It decides no day.

use chrono::{FixedOffset, NaiveTime};

use super::words;

/// What a date cell says about its offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// The cell names no offset.
    Unsaid,
    /// UTC: a `Z`, `UTC`, `GMT` or a count of seconds since 1970.
    Utc,
    /// An offset in figures.
    Offset(FixedOffset),
}

/// A token of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// A run of digits.
    Number(&'a str),
    /// A run of letters.
    Word(&'a str),
    /// Any other character; every kind of space is a plain one.
    Mark(char),
}

/// Splits a cell into tokens.
pub fn tokenise(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let run = |fits: fn(char) -> bool| rest.find(|c| !fits(c)).unwrap_or(rest.len());
        let (token, length) = if c.is_ascii_digit() {
            let end = run(|c| c.is_ascii_digit());
            (Token::Number(&rest[..end]), end)
        } else if is_letter(c) {
            let end = run(is_letter);
            (Token::Word(&rest[..end]), end)
        } else {
            (Token::Mark(if c.is_whitespace() { ' ' } else { c }), c.len_utf8())
        };
        tokens.push(token);
        rest = &rest[length..];
    }
    tokens
}

/// Whether this is a letter, other than a sign for year, month or day between digits.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, '年' | '月' | '日' | '년' | '월' | '일')
}

/// A time of day, and the tokens it takes up.
#[derive(Clone, Copy)]
pub struct Clock {
    /// The time; `None` if the figures are invalid, such as 25:00.
    pub time: Option<NaiveTime>,
    /// The position of its first token.
    pub from: usize,
    /// The position after its last token.
    pub to: usize,
}

/// A number of one or two digits.
pub fn small(digits: &str) -> Option<u32> {
    (digits.len() <= 2).then(|| digits.parse().ok()).flatten()
}

/// The first `h:mm` or `h:mm:ss`, without fractions, adjusted by AM or PM before or after it.
pub fn find_clock(tokens: &[Token<'_>]) -> Option<Clock> {
    let number = |i: usize| match tokens.get(i) {
        Some(Token::Number(digits)) => Some(*digits),
        _ => None,
    };
    let is = |i: usize, mark: char| tokens.get(i) == Some(&Token::Mark(mark));
    let from = (0..tokens.len()).find(|&i| number(i).is_some() && is(i + 1, ':') && number(i + 2).is_some())?;
    let (hour, minute) = (small(number(from)?), small(number(from + 2)?));
    let mut to = from + 3;
    let mut second = Some(0);
    if is(to, ':') && number(to + 1).is_some() {
        second = small(number(to + 1)?);
        to += 2;
        if (is(to, '.') || is(to, ',')) && number(to + 1).is_some() {
            to += 2;
        }
    }
    let mut start = from;
    let mut after_noon = None;
    if let Some((half, used)) = half_at(tokens, to) {
        after_noon = Some(half);
        to += used;
    } else if let Some(Token::Word(word)) = from.checked_sub(1).and_then(|i| tokens.get(i)) {
        after_noon = words::half_of_day(word);
        start -= usize::from(after_noon.is_some());
    }
    // Hour 0 with PM occurs in real exports for manual entries without a time, and is taken as noon.
    let hour = hour.map(|hour| match after_noon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    });
    let time = match (hour, minute, second) {
        (Some(hour), Some(minute), Some(second)) => NaiveTime::from_hms_opt(hour, minute, second),
        _ => None,
    };
    Some(Clock { time, from: start, to })
}

/// `PM`, `pm`, `p.m.` or `p. m.` at a position, and how many tokens it takes up.
fn half_at(tokens: &[Token<'_>], at: usize) -> Option<(bool, usize)> {
    let mut letters = String::new();
    for (used, token) in tokens.iter().enumerate().skip(at) {
        match token {
            Token::Word(word) => letters.push_str(word),
            Token::Mark(' ' | '.') => continue,
            _ => return None,
        }
        if let Some(half) = words::half_of_day(&letters) {
            return Some((half, used + 1 - at));
        }
        if letters.len() > 6 {
            return None;
        }
    }
    None
}

/// `Z`, `UTC`, `+02:00`, `+0200`, `+02` or `UTC+2` at a position, and how many tokens it takes up.
pub fn zone_at(tokens: &[Token<'_>], at: usize) -> Option<(Zone, usize)> {
    let mut next = at;
    // Peloton writes it in brackets.
    while matches!(tokens.get(next), Some(Token::Mark(' ' | '('))) {
        next += 1;
    }
    let named = matches!(tokens.get(next), Some(Token::Word("Z" | "z" | "UTC" | "GMT")));
    next += usize::from(named);
    let sign = match tokens.get(next) {
        Some(Token::Mark('+')) => Some(1),
        Some(Token::Mark('-' | '−')) => Some(-1),
        _ => None,
    };
    let (Some(sign), Some(Token::Number(digits))) = (sign, tokens.get(next + 1)) else {
        return named.then_some((Zone::Utc, next - at));
    };
    next += 2;
    let (hours, minutes) = match digits.len() {
        1 | 2 => match (tokens.get(next), tokens.get(next + 1)) {
            (Some(Token::Mark(':')), Some(Token::Number(minutes))) => {
                next += 2;
                (digits.parse::<i32>().ok()?, minutes.parse::<i32>().ok()?)
            }
            _ => (digits.parse().ok()?, 0),
        },
        4 => (digits[..2].parse().ok()?, digits[2..].parse().ok()?),
        _ => return None,
    };
    if hours > 14 || minutes > 59 {
        return None;
    }
    FixedOffset::east_opt(sign * (hours * 3_600 + minutes * 60)).map(|offset| (Zone::Offset(offset), next - at))
}
