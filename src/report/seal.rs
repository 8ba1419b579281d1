//! The seal of a written report: a hash of its content, by which runhip recognises a file that nobody has changed
//! since and may replace it. It keeps no secret and proves nothing to others.

use memchr::memmem;

/// Takes the place of the hash until the content is complete.
pub const OPEN: &str = "00000000000000000000000000000000";

/// How files of each format begin, and the text before the hash, which is written there and nowhere else. What begins otherwise
/// is Markdown.
const MARKS: [(&str, &str); 3] =
    [("{", "\n  \"seal\": \""), ("<!DOCTYPE", "<meta name=\"runhip-seal\" content=\""), ("", "<!-- runhip seal ")];

/// The last line of a Markdown report.
#[must_use]
pub fn line() -> String {
    format!("<!-- runhip seal {OPEN} -->")
}

/// The report with its hash filled in.
#[must_use]
pub fn close(mut report: String) -> String {
    if let Some(at) = place(report.as_bytes()) {
        let hash = hash(report.as_bytes(), at);
        report.replace_range(at..at + OPEN.len(), &hash);
    }
    report
}

/// True if a file is byte for byte as it was written.
#[must_use]
pub fn holds(bytes: &[u8]) -> bool {
    place(bytes).is_some_and(|at| bytes[at..at + OPEN.len()] == *hash(bytes, at).as_bytes())
}

/// The position of the hash: after the last mark of its format, since texts from outside come before it or are escaped.
fn place(bytes: &[u8]) -> Option<usize> {
    let (_, mark) = MARKS.iter().find(|(begins, _)| bytes.starts_with(begins.as_bytes()))?;
    let at = memmem::find_iter(bytes, mark).last()? + mark.len();
    (at + OPEN.len() <= bytes.len()).then_some(at)
}

/// The hash of everything except the hash itself.
fn hash(bytes: &[u8], at: usize) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&bytes[..at]).update(OPEN.as_bytes()).update(&bytes[at + OPEN.len()..]);
    hasher.finalize().to_hex().chars().take(OPEN.len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{fixtures, html, json, markdown};

    #[test]
    fn every_format_is_sealed_and_one_letter_more_or_less_breaks_the_seal() {
        for (name, report) in fixtures::all() {
            for text in [html::render(&report), markdown::render(&report), json::render(&report)] {
                assert!(holds(text.as_bytes()) && !text.contains(OPEN), "{name}");
                for at in [0, text.len() / 3, text.len() - 1] {
                    let at = text.floor_char_boundary(at);
                    let mut more = text.clone();
                    more.insert(at, ' ');
                    assert!(!holds(more.as_bytes()), "{name}: a blank at {at}");
                    assert!(!holds(&text.as_bytes()[..at]), "{name}: cut at {at}");
                }
                assert!(!holds(format!("{text}my own remark\n").as_bytes()), "{name}");
            }
        }
    }

    #[test]
    fn what_carries_no_seal_is_not_sealed() {
        for bytes in [&b""[..], b"<!-- runhip report -->\n", b"<!-- runhip seal ", b"{\n  \"seal\": \"12\"\n}\n"] {
            assert!(!holds(bytes));
        }
        assert_eq!(close("no mark".to_owned()), "no mark");
    }
}
