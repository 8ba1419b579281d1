//! What the words of a note add to its reading where a sign takes more than one note: whether the pain came once and
//! has gone, whether a night was one of several, and what a visit found. The words stand in `said.tsv`; it decides no
//! sign.

use std::sync::LazyLock;

use crate::model::reading::{Quality, Span};
use crate::pain::ReadNote;

/// Phrases by kind, each with a space before and after it.
static PHRASES: LazyLock<Vec<(&str, Vec<String>)>> = LazyLock::new(|| {
    let rows = include_str!("said.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| row.split_once('\t'))
        .map(|(kind, phrases)| (kind, phrases.split(", ").map(|phrase| format!(" {phrase} ")).collect()))
        .collect()
});

/// True if a phrase of the kind stands in the text, as whole words.
fn says(text: &str, kind: &str) -> bool {
    let text = plain(text);
    let phrases = PHRASES.iter().filter(|(named, _)| *named == kind).flat_map(|(_, phrases)| phrases);
    phrases.into_iter().any(|phrase| text.contains(phrase.as_str()))
}

/// The words in lower case and without apostrophes, with one space before, between and after them.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase().replace(['\'', '\u{2019}'], "");
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// The words of the note that the reading took this meaning from.
fn words_of<'a>(note: &'a ReadNote<'_>, meaning: &str) -> Vec<&'a str> {
    let of_it = |span: &&Span| span.meaning == meaning;
    note.reading.spans.iter().filter(of_it).filter_map(|span| note.text.get(span.start..span.end)).collect()
}

/// True if the pain itself is called severe; "super sore" is said of worked muscles.
pub(super) fn severe_pain(note: &ReadNote<'_>) -> bool {
    if !note.reading.severe_words {
        return false;
    }
    let soreness = |one: &Quality| matches!(one, Quality::Sore | Quality::Stiff | Quality::Tight | Quality::Tender);
    let only_sore = !note.reading.qualities.is_empty() && note.reading.qualities.iter().all(soreness);
    let words = words_of(note, "severe");
    !(only_sore && !words.is_empty() && words.iter().all(|words| says(words, "sore-muscle")))
}

/// True if the note speaks of walking, steps, stairs, standing or a car.
pub(super) fn under_weight(note: &ReadNote<'_>) -> bool {
    says(note.text, "under-weight")
}

/// True if the note says that the pain came and went.
pub(super) fn has_gone(note: &ReadNote<'_>) -> bool {
    says(note.text, "gone")
}

/// True if the note does not tell of a lost night.
pub(super) fn woke_stiff(note: &ReadNote<'_>) -> bool {
    !says(note.text, "lost-night")
}

/// True if the note speaks of more than one night, or of more than once.
pub(super) fn more_than_once(note: &ReadNote<'_>) -> bool {
    says(note.text, "more-than-once")
}

/// True if the note tells of a professional who looks after the hip.
pub(super) fn in_care(note: &ReadNote<'_>) -> bool {
    says(note.text, "in-care")
}

/// True if the note tells what a professional found or allowed.
pub(super) fn tells_what_was_found(note: &ReadNote<'_>) -> bool {
    says(note.text, "found")
}

/// True where its words of skin are those of a bruise and no others.
pub(super) fn only_bruised(note: &ReadNote<'_>) -> bool {
    only_says(note, "flag skin-colour", "bruise")
}

/// True where what of daily life is hard is getting up and lying down, and nothing else.
pub(super) fn only_rises(note: &ReadNote<'_>) -> bool {
    only_says(note, "flag daily-activities", "rising")
}

/// True where its words of coming back are no more than "again".
pub(super) fn only_again(note: &ReadNote<'_>) -> bool {
    only_says(note, "recurrent", "again") && !words_of(note, "recurrent").iter().any(|words| says(words, "comes-back"))
}

/// Whether all words from which the reading took this are of one kind.
fn only_says(note: &ReadNote<'_>, meaning: &str, kind: &str) -> bool {
    let words = words_of(note, meaning);
    !words.is_empty() && words.iter().all(|words| says(words, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_whole_words_in_any_case() {
        assert!(says("Saw her; she says: a STRAIN.", "found") && !says("restrained myself", "found"));
        assert!(says("couldn't sleep", "lost-night"));
        for (kind, phrases) in PHRASES.iter() {
            for phrase in phrases {
                assert_eq!(*phrase, plain(phrase), "{kind}");
                assert!(says(phrase, kind), "{kind}");
            }
        }
    }
}
