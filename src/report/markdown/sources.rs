//! The sources of the advice, numbered, at the end of the Markdown report; lines of advice refer to the numbers.

use super::page::{Page, safe};
use crate::report::advised;
use crate::report::contract::{Advice, Report};

/// The sections that the advice draws on, grouped by text, in the order in which the advice first names them. A
/// section's number is its position.
fn all(report: &Report) -> Vec<(String, String)> {
    let mut texts: Vec<(String, Vec<String>)> = Vec::new();
    for (title, section) in report.advice.iter().flat_map(advised::places) {
        match texts.iter_mut().find(|(known, _)| *known == title) {
            Some((_, known)) if known.contains(&section) => {}
            Some((_, known)) => known.push(section),
            None => texts.push((title, vec![section])),
        }
    }
    texts.into_iter().flat_map(|(title, of)| of.into_iter().map(move |section| (title.clone(), section))).collect()
}

/// The numbers of a line's sources, in their order.
pub(super) fn of(report: &Report, line: &Advice) -> Vec<usize> {
    let all = all(report);
    let number = |source: &(String, String)| all.iter().position(|known| known == source).map(|at| at + 1);
    let mut numbers: Vec<usize> = advised::places(line).filter_map(|place| number(&place)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Adds the list of sources.
pub(super) fn list(page: &mut Page, report: &Report) {
    let all = all(report);
    if all.is_empty() {
        return;
    }
    page.head(2, "Sources of the advice");
    let mut number = 0;
    for text in all.chunk_by(|a, b| a.0 == b.0) {
        page.para(&format!("{}:", safe(&text[0].0)));
        for (title, section) in text {
            number += 1;
            let section = if section.is_empty() || section == title { "the whole text" } else { section };
            page.line(&format!("{number}. {}", safe(section)));
        }
        page.line("");
    }
}

#[cfg(test)]
mod tests {
    use crate::model::reading::Priority;
    use crate::report::contract::Source;
    use crate::report::fixtures;
    use crate::report::markdown::render;

    #[test]
    fn a_source_is_listed_once_under_its_text_and_each_line_names_its_numbers() {
        let source = |title: &str, section: &str| Source { title: title.into(), section: section.into() };
        let mut report = fixtures::empty();
        let mut rest = fixtures::parts::advice(Priority::P3, "Rest.", &[]);
        rest.sources = vec![source("On rest", "Days off:"), source("On ice", "On ice")];
        let mut ice = fixtures::parts::advice(Priority::P3, "Ice.", &[]);
        ice.sources = vec![source("On ice", "On ice"), source("On rest", "Nights."), source("On rest", "Days off")];
        report.advice = vec![rest, ice];
        let page = render(&report);
        assert!(page.contains("- Rest. Sources: 1 and 3.\n- Ice. Sources: 1, 2 and 3.\n"), "{page}");
        let listed = "## Sources of the advice\n\nOn rest:\n\n1. Days off\n2. Nights\n\nOn ice:\n\n3. the whole text\n";
        assert!(page.contains(listed), "{page}");
    }
}
