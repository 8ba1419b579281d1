//! Text from outside as HTML: isolated from the reading direction around it, shortened with the whole under a fold,
//! and notes with the words marked that gave their reading.

use maud::{Markup, html};

use crate::model::reading::Span;
use crate::report::plain::{self, NOTE_CHARS};

/// A name or path on one line.
#[must_use]
pub fn name(text: &str) -> Markup {
    let line = plain::one_line(text);
    let short = plain::cut(&line, plain::NAME_CHARS);
    html! { @if short == line { bdi { (line) } } @else { bdi title=(plain::cut(&line, 400)) { (short) } } }
}

/// A sentence of ours that may contain somebody's name: isolated, and shortened only if it is as long as a note may
/// be.
#[must_use]
pub fn sentence(text: &str) -> Markup {
    let line = plain::one_line(text);
    folded(&line, |shown| html! { (shown) })
}

/// The same without an element around it, for places that the style sheet isolates.
#[must_use]
pub fn bare_sentence(text: &str) -> Markup {
    let line = plain::one_line(text);
    if line.chars().count() <= NOTE_CHARS {
        html! { (line) }
    } else {
        sentence(text)
    }
}

/// A note with its marked words, shortened with the whole under a fold.
#[must_use]
pub fn note(text: &str, spans: &[Span]) -> Markup {
    let pieces = pieces(text, spans);
    if text.chars().count() <= NOTE_CHARS {
        return html! { blockquote dir="auto" { (marked(&pieces, usize::MAX)) } };
    }
    html! {
        blockquote dir="auto" { (marked(&pieces, NOTE_CHARS)) "…" }
        details.whole { summary { "The whole note" } blockquote dir="auto" { (marked(&pieces, usize::MAX)) } }
    }
}

fn folded(line: &str, show: impl Fn(&str) -> Markup) -> Markup {
    let short = plain::cut(line, NOTE_CHARS);
    html! {
        @if short == *line { bdi { (show(line)) } }
        @else { bdi { (show(&short)) } details.whole { summary { "The whole text" } bdi { (show(line)) } } }
    }
}

/// A piece of a note: its words, and what was read from them.
type Piece<'a> = (&'a str, Option<&'a str>);

/// The text split at its spans. A span that does not fit the text, or overlaps the one before it, is ignored.
fn pieces<'a>(text: &'a str, spans: &'a [Span]) -> Vec<Piece<'a>> {
    let mut sorted: Vec<&Span> = spans.iter().collect();
    sorted.sort();
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    let mut at = 0;
    for span in sorted {
        if span.start < at || span.end <= span.start {
            continue;
        }
        let (Some(before), Some(words)) = (text.get(at..span.start), text.get(span.start..span.end)) else { continue };
        if !before.is_empty() {
            pieces.push((before, None));
        }
        pieces.push((words, Some(&span.meaning)));
        at = span.end;
    }
    if let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        pieces.push((rest, None));
    }
    pieces
}

fn marked(pieces: &[Piece<'_>], limit: usize) -> Markup {
    let mut left = limit;
    let mut shown = Vec::new();
    for (words, meaning) in pieces {
        if left == 0 {
            break;
        }
        let words: String = words.chars().take(left).collect();
        left = left.saturating_sub(words.chars().count());
        shown.push((plain::clean(&words), *meaning));
    }
    html! {
        @for (words, meaning) in &shown {
            @match meaning {
                Some(meaning) if meaning.starts_with("not ") => span.denied title={ "read as: " (plain::one_line(meaning)) } { (words) },
                Some(meaning) => mark title={ "read as: " (plain::one_line(meaning)) } { (words) },
                None => (words),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: usize, end: usize) -> Span {
        Span { start, end, meaning: "side left".into() }
    }

    #[test]
    fn words_behind_a_reading_are_marked_and_escaped() {
        let page = note("my <b>left</b> hip", &[span(6, 10)]).into_string();
        assert_eq!(
            page,
            "<blockquote dir=\"auto\">my &lt;b&gt;<mark title=\"read as: side left\">left</mark>&lt;/b&gt; hip</blockquote>"
        );
    }

    #[test]
    fn spans_that_do_not_fit_are_left_out() {
        let text = "é hip";
        for bad in [span(1, 3), span(3, 99), span(4, 4), span(5, 3)] {
            assert_eq!(pieces(text, &[bad]), [(text, None)]);
        }
        assert_eq!(pieces("abcd", &[span(0, 3), span(2, 4)]).len(), 2);
    }

    #[test]
    fn a_long_note_is_cut_with_the_whole_under_a_fold() {
        let text = "x".repeat(10_000);
        let page = note(&text, &[span(0, 9_000)]).into_string();
        assert_eq!(page.matches('x').count(), NOTE_CHARS + 10_000);
        assert!(page.contains("<details"));
    }
}
