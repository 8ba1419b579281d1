//! The rows of the rule file, and the words that their patterns name. It knows nothing of what the words mean.

/// The rule file.
pub(super) const ROWS: &str = include_str!("rules.tsv");

/// What a match is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Words that say nothing of the body here, whatever they mean elsewhere.
    Void,
    /// Words after which nothing is told as a fact: a condition, advice, a question.
    Supposed,
    /// A way of saying a warning sign.
    Flag,
    /// A way of denying a warning sign.
    Deny,
    /// Where the hip hurts.
    Region,
    /// A meaning of several words together, which code asks for by name.
    Word,
    /// When it hurts.
    Time,
    /// Words typical of a sign outside any known way of saying it: the note is listed, to be read by eye.
    Open,
    /// What a sentence is about, for rows that count only near such a sentence.
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

/// The names in one element, each with whether it stood in angle brackets.
pub(super) fn alternatives(element: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut bracketed = false;
    element.split_inclusive(['<', '>', '|']).filter_map(move |piece| {
        let name = piece.trim_end_matches(['<', '>', '|']);
        let found = (!name.is_empty()).then_some((name, bracketed));
        match piece.as_bytes().last() {
            Some(b'<') => bracketed = true,
            Some(b'>') => bracketed = false,
            _ => {}
        }
        found
    })
}

/// Kind, meaning and pattern of a row.
pub(super) fn row_parts(row: &'static str) -> Option<(Kind, &'static str, &'static str)> {
    let mut columns = row.split('\t');
    let kind = Kind::named(columns.next()?)?;
    Some((kind, columns.next()?, columns.next()?))
}

/// Every word that the rules name literally, that is, not through a class of the lexicon; some more than once.
pub(super) fn literals(rows: &'static str, is_class: impl Fn(&str) -> bool) -> impl Iterator<Item = &'static str> {
    rows.lines()
        .filter_map(row_parts)
        .flat_map(|(_, _, pattern)| pattern.split_whitespace())
        .filter(|element| !element.starts_with('~') && !matches!(*element, "^" | "$"))
        .flat_map(|element| alternatives(element.trim_start_matches('!').trim_end_matches('?')))
        .filter(move |(name, bracketed)| !(*bracketed && (is_class(name) || *name == "any")) && *name != "$")
        .map(|(name, _)| name)
}
