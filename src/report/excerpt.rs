//! A note shortened: whole where it is short, else the part that its reading rests on.

use super::plain;
use crate::model::reading::Span;

/// About `limit` characters of a note, on one line. The words that gave the reading are kept up to twice that length,
/// so that no sign is cut away; the names of its signs stand beside it anyway.
#[must_use]
pub fn excerpt(text: &str, spans: &[Span], limit: usize) -> String {
    if text.chars().count() <= limit {
        return plain::one_line(text);
    }
    let fits = |span: &&Span| span.start < span.end && text.get(span.start..span.end).is_some();
    let from = spans.iter().filter(fits).map(|span| span.start).min().unwrap_or(0);
    let to = spans.iter().filter(fits).map(|span| span.end).max().unwrap_or(from);
    // Fills up with the text around it, to the end of a word.
    let spare = limit.saturating_sub(text.get(from..to).map_or(0, |read| read.chars().count())) / 2;
    let start = text[..from].char_indices().rev().take(spare).last().map_or(from, |(at, _)| at);
    let start = if start == 0 { 0 } else { text[start..from].find(' ').map_or(from, |at| start + at + 1) };
    let end = text[to..].char_indices().nth(spare).map_or(text.len(), |(at, _)| to + at);
    let end = if end == text.len() { end } else { text[to..end].rfind(' ').map_or(to, |at| to + at) };
    let part = plain::cut(&plain::one_line(text[start..end].trim()), limit.max(1) * 2);
    let (before, behind) = (if start > 0 { "… " } else { "" }, if end < text.len() { " …" } else { "" });
    format!("{before}{part}{behind}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str, words: &str) -> Span {
        let start = text.find(words).unwrap();
        Span { start, end: start + words.len(), meaning: "flag".into() }
    }

    #[test]
    fn a_long_note_keeps_the_words_that_its_reading_rests_on() {
        let text = "Nice and sunny out, met the others at the bridge and felt fresh for once, hip fine at first, then the leg went \
                    numb and I could not stand on it any more, so home by bus and an early night with a book";
        let spans = [span(text, "leg went numb"), span(text, "could not stand on it")];
        let found = excerpt(text, &spans, 80);
        assert!(found.contains("leg went numb and I could not stand on it"), "{found}");
        assert!(found.starts_with("… ") && found.ends_with(" …") && found.chars().count() <= 84, "{found}");
        assert_eq!(excerpt("hip sore", &[], 80), "hip sore");
    }

    #[test]
    fn what_was_read_is_never_cut_for_being_longer_than_the_room() {
        let text = format!("numb in the saddle {} and cannot pass water", "and so on ".repeat(6));
        let spans = [span(&text, "numb in the saddle"), span(&text, "cannot pass water")];
        let found = excerpt(&text, &spans, 60);
        assert!(found.starts_with("numb in the saddle") && found.ends_with("cannot pass water"), "{found}");
    }

    #[test]
    fn spans_that_do_not_fit_the_text_do_no_harm() {
        let text = "é".repeat(200);
        let bad = Span { start: 1, end: 3, meaning: String::new() };
        assert!(excerpt(&text, &[bad], 40).chars().count() <= 43);
    }
}
