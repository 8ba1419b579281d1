//! The sources of the advice, each once with a number, at the end of the Markdown report: a line of advice names numbers.

use super::page::{Page, safe};
use crate::report::advised;
use crate::report::contract::{AdviceRow, Report};

/// Each title with its sections, in the order in which the advice first names them.
fn all(report: &Report) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for source in report.advice.iter().flat_map(advised::sources) {
        if !all.contains(&source) {
            all.push(source);
        }
    }
    all
}

/// The numbers of a line's sources.
pub(super) fn of(report: &Report, line: &AdviceRow) -> Vec<usize> {
    let all = all(report);
    let number = |source: &(String, String)| all.iter().position(|known| known == source).map(|at| at + 1);
    advised::sources(line).iter().filter_map(number).collect()
}

/// The list.
pub(super) fn list(page: &mut Page, report: &Report) {
    let all = all(report);
    if all.is_empty() {
        return;
    }
    page.head(2, "Sources of the advice");
    for (at, (title, sections)) in all.iter().enumerate() {
        let sections = if sections.is_empty() { String::new() } else { format!(": {}", safe(sections)) };
        page.line(&format!("{}. {}{sections}", at + 1, safe(title)));
    }
    page.line("");
}

#[cfg(test)]
mod tests {
    use crate::model::reading::Priority;
    use crate::report::contract::SourceRef;
    use crate::report::fixtures;
    use crate::report::markdown::render;

    #[test]
    fn a_source_is_listed_once_and_each_line_names_its_numbers() {
        let source = |title: &str, section: &str| SourceRef { title: title.into(), section: section.into() };
        let mut report = fixtures::empty();
        let mut rest = fixtures::parts::advice(Priority::P3, "Rest.", &[]);
        rest.sources = vec![source("On rest", "Days off"), source("On ice", "")];
        let mut ice = fixtures::parts::advice(Priority::P3, "Ice.", &[]);
        ice.sources = vec![source("On ice", "")];
        report.advice = vec![rest, ice];
        let page = render(&report);
        assert!(page.contains("- Rest. Sources: 1 and 2.\n- Ice. Source: 2.\n"), "{page}");
        assert!(page.contains("## Sources of the advice\n\n1. On rest: Days off\n2. On ice\n"), "{page}");
    }
}
