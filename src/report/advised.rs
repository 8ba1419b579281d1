//! How advice is laid out in every format: its groups with their headings, its reasons, and its sources with each
//! title given once.

use std::collections::BTreeMap;

use super::contract::Advice;
use super::shown::{NumberedRow, Reason, ShownReport, may_fit};
use super::{plain, wording};

/// The number of reasons shown with one line.
const REASONS: usize = 3;

/// Lines that stand under one heading.
#[derive(Debug)]
pub struct Group<'a> {
    /// The heading over the lines.
    pub head: &'static str,
    /// A sentence under it.
    pub note: Option<&'static str>,
    /// The lines, with their place in the report.
    pub lines: Vec<NumberedRow<'a, Advice>>,
}

/// Groups the lines by urgency. What the pain may fit comes after the other lines of the same urgency.
#[must_use]
pub fn groups<'a>(lines: &[NumberedRow<'a, Advice>]) -> Vec<Group<'a>> {
    let mut groups: BTreeMap<_, Vec<NumberedRow<'a, Advice>>> = BTreeMap::new();
    for &(at, line) in lines {
        groups.entry((line.priority, may_fit(line))).or_default().push((at, line));
    }
    groups
        .into_iter()
        .map(|((priority, fits), lines)| {
            let (head, note) = if fits {
                let several = "The guidance describes these for pain like yours. Several can fit at once; only an examination can tell.";
                ("What it may fit", Some(several))
            } else {
                (wording::urgency(priority), None)
            };
            Group { head, note, lines }
        })
        .collect()
}

/// Why a line is there, and how many further reasons there are.
#[must_use]
pub fn reasons(shown: &ShownReport<'_>, line: &Advice) -> (Vec<Reason>, usize) {
    let mut reasons = shown.reasons(line);
    let more = reasons.len().saturating_sub(REASONS);
    reasons.truncate(REASONS);
    (reasons, more)
}

/// Title and section of each source of a line, on one line and without a final full stop or colon.
pub fn places(line: &Advice) -> impl Iterator<Item = (String, String)> {
    let trimmed = |text: &str| plain::one_line(text).trim_end_matches(['.', ':']).to_owned();
    line.sources.iter().map(move |source| (trimmed(&source.title), trimmed(&source.section)))
}

/// The sources of a line: each title once, with its sections, which are empty if the section is the whole text.
#[must_use]
pub fn sources(line: &Advice) -> Vec<(String, String)> {
    let mut sources: Vec<(String, Vec<String>)> = Vec::new();
    for (title, section) in places(line) {
        let at = sources.iter().position(|(known, _)| *known == title).unwrap_or_else(|| {
            sources.push((title.clone(), Vec::new()));
            sources.len() - 1
        });
        let sections = &mut sources[at].1;
        if !section.is_empty() && section != title && !sections.contains(&section) {
            sections.push(section);
        }
    }
    sources.into_iter().map(|(title, sections)| (title, sections.join("; "))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guidance::Kind;
    use crate::model::reading::Priority;
    use crate::report::contract::Source;
    use crate::report::fixtures;

    #[test]
    fn a_title_stands_once_and_never_as_its_own_section() {
        let source = |title: &str, section: &str| Source { title: title.into(), section: section.into() };
        let mut line = fixtures::parts::advice(Priority::P3, "Rest.", &[]);
        line.sources = vec![
            source("On rest", "Days off:"),
            source("On ice", "On ice"),
            source("On rest", "Nights."),
            source("On rest", "Days off"),
        ];
        assert_eq!(
            sources(&line),
            [("On rest".to_owned(), "Days off; Nights".to_owned()), ("On ice".to_owned(), String::new())]
        );
    }

    #[test]
    fn what_it_may_fit_stands_behind_the_advice_of_its_urgency() {
        let mut lines = [Priority::P3, Priority::P3, Priority::P4, Priority::P3]
            .map(|priority| fixtures::parts::advice(priority, "Line.", &[]));
        lines[0].kind = Kind::MayFit;
        let placed: Vec<_> = lines.iter().enumerate().collect();
        let told: Vec<_> = groups(&placed)
            .into_iter()
            .map(|group| (group.head, group.note.is_some(), group.lines.iter().map(|(at, _)| *at).collect::<Vec<_>>()))
            .collect();
        assert_eq!(
            told,
            [
                ("Now, at home", false, vec![1, 3]),
                ("What it may fit", true, vec![0]),
                ("Training load", false, vec![2]),
            ]
        );
    }
}
