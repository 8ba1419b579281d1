//! The sheet for whoever examines the runner, as a page of its own.

use maud::{PreEscaped, html};

use super::frame::page;
use super::{sheet, words};
use crate::report::contract::Report;
use crate::report::shown::ShownReport;
use crate::report::{whose, wording};

const STYLE: &str = include_str!("handout.css");

/// The page.
#[must_use]
pub fn render(report: &Report) -> String {
    let shown = ShownReport::new(report);
    let whose = report.athlete.name.as_deref().map_or_else(String::new, |name| format!("{}, ", wording::name(name)));
    let body = html! {
        main id="main" { (sheet::render(&shown, true)) }
        footer {
            p { (words::sentence(&report.disclaimer)) " " (report.tool.name) " " (report.tool.version) ", as of " (wording::long(report.as_of)) "." }
        }
        (PreEscaped(whose::comment(report)))
    };
    page(&format!("{whose}for whoever examines · {}", wording::day(report.as_of)), STYLE, &body)
}
