//! The rows of the rule file and the words their patterns are written in. Knows nothing of what the words mean.

/// The rule file.
pub(super) const ROWS: &str = include_str!("rules.tsv");

/// What a match is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Words that say nothing of the body, whatever else they mean.
    Void,
    /// Words after which nothing is told as a fact: a condition, advice, a question.
    Supposed,
    /// A way to say a warning sign.
    Flag,
    /// A way to say that there is none of a warning sign.
    Deny,
    /// Where the hip hurts.
    Region,
    /// A meaning of several words that other parts of the reading ask for by its name.
    Word,
    /// When it hurts.
    Time,
    /// Words of a sign that are in no known way of saying it: the note is listed, to be read by eye.
    Open,
    /// What a sentence is about, for rows that count only near it.
    Topic,
}

impl Kind {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "void" => Self::Void,
            "hypo" => Self::Supposed,
            "flag" => Self::Flag,
            "deny" => Self::Deny,
            "region" => Self::Region,
            "word" => Self::Word,
            "time" => Self::Time,
            "open" => Self::Open,
            "topic" => Self::Topic,
            _ => return None,
        })
    }
}

/// The names of one element: each with whether it stood in angle brackets.
pub(super) fn alternatives(element: &str) -> Vec<(&str, bool)> {
    let mut found = Vec::new();
    let mut bracketed = false;
    for piece in element.split_inclusive(['<', '>', '|']) {
        let name = piece.trim_end_matches(['<', '>', '|']);
        if !name.is_empty() {
            found.push((name, bracketed));
        }
        if piece.ends_with('<') {
            bracketed = true;
        } else if piece.ends_with('>') {
            bracketed = false;
        }
    }
    found
}

/// Kind, meaning and pattern of one row.
pub(super) fn row_parts(row: &'static str) -> Option<(Kind, &'static str, &'static str)> {
    let mut columns = row.split('\t');
    let kind = Kind::named(columns.next()?)?;
    Some((kind, columns.next()?, columns.next()?))
}

/// Every word the rules ask for outside the lexicon's classes.
pub(super) fn literals(rows: &'static str, is_class: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = rows
        .lines()
        .filter_map(row_parts)
        .flat_map(|(_, _, pattern)| pattern.split_whitespace())
        .filter(|element| !element.starts_with('~') && !matches!(*element, "^" | "$"))
        .flat_map(|element| alternatives(element.trim_start_matches('!').trim_end_matches('?')))
        .filter(|(name, bracketed)| !(*bracketed && (is_class(name) || *name == "any")) && *name != "$")
        .map(|(name, _)| name)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}
