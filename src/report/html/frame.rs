//! The frame of every page: the policy that nothing is loaded, and the styles.

use std::sync::LazyLock;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use memchr::memmem;

use crate::report::seal;

const STYLE: &str = include_str!("../style.css");
/// The same without what only its readers need: a roster has thousands of pages.
static BARE_STYLE: LazyLock<String> = LazyLock::new(|| bare(STYLE));
/// Nothing is loaded, run or sent; only the styles in the page apply.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A whole page; `own_style` is added after the styles of all pages.
#[must_use]
pub fn page(title: &str, own_style: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="generator" content="runhip";
                meta name="runhip-seal" content=(seal::OPEN);
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="robots" content="noindex";
                meta name="format-detection" content="telephone=no, date=no, address=no, email=no";
                title { (title) }
                style { (PreEscaped(BARE_STYLE.as_str())) (PreEscaped(bare(own_style))) }
            }
            body { (body) }
        }
    };
    seal::close(closed_at_once(&page.into_string()))
}

/// A style sheet without indents and without comments, each of which has a line of its own.
fn bare(style: &str) -> String {
    let lines = style.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("/*"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Writes empty SVG elements as one tag, because a page has hundreds of them. Foreign text is never changed: its `<` is
/// escaped.
fn closed_at_once(page: &str) -> String {
    const EMPTY: &str = "\"></";
    let mut closed = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = memmem::find(rest.as_bytes(), EMPTY.as_bytes()) {
        let (before, end) = (&rest[..at], &rest[at + EMPTY.len()..]);
        let mark = ["path>", "rect>", "line>", "circle>"].into_iter().find(|mark| end.starts_with(mark));
        closed.push_str(before);
        closed.push_str(if mark.is_some() { "\"/>" } else { EMPTY });
        rest = &end[mark.map_or(0, str::len)..];
    }
    closed.push_str(rest);
    closed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_without_a_title_are_one_tag_and_others_stay() {
        let drawn =
            r#"<path d="M0 0"></path><path d="M1 1"><title>5 km</title></path><rect x="1"></rect><a href="b"></a>"#;
        let closed = r#"<path d="M0 0"/><path d="M1 1"><title>5 km</title></path><rect x="1"/><a href="b"></a>"#;
        assert_eq!(closed_at_once(drawn), closed);
    }

    #[test]
    fn styles_lose_comments_and_indents_alone() {
        assert_eq!(
            bare("/* Charts */\n@media print {\n  a { b: \"c  d\"; }\n}\n"),
            "@media print {\na { b: \"c  d\"; }\n}"
        );
        assert!(STYLE.lines().all(|line| line.matches("/*").count() == line.matches("*/").count()));
        let beside = |line: &str| line.contains("/*") && !(line.trim().starts_with("/*") && line.ends_with("*/"));
        assert!(!STYLE.lines().any(beside), "a comment stands beside a rule");
    }
}
