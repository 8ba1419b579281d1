//! The frame of every page: the policy that nothing is loaded, and the styles.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::report::seal;

const STYLE: &str = include_str!("../style.css");
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
                style { (PreEscaped(STYLE)) (PreEscaped(own_style)) }
            }
            body { (body) }
        }
    };
    seal::close(page.into_string())
}
