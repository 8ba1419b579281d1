//! The studies that bear on the rules, null results included, as data. It holds no threshold: no study changes one by
//! being listed here.

use std::sync::LazyLock;

use serde::Serialize;

/// One finding of a study.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Study {
    /// Author and year, and which finding where the study has several.
    pub study: &'static str,
    /// The ids of the rules it bears on, or `strength` and the like for advice without a rule.
    pub bears_on: Vec<&'static str>,
    /// `for` or `against` what the rule assumes, `none` for no relation, `mixed`, or `usual` for how common something
    /// is.
    pub direction: &'static str,
    /// Its figures.
    pub figure: &'static str,
    /// Its DOI, where known.
    pub doi: Option<&'static str>,
    /// `abstract` (or paper), `quoted` by another source, or `re-analysis` of public data.
    pub seen: &'static str,
    /// The month in which it was last checked.
    pub reviewed: &'static str,
}

impl Study {
    /// The study in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let quoted = if self.seen == "quoted" { ", as quoted elsewhere" } else { "" };
        let doi = self.doi.map_or_else(String::new, |doi| format!(" (doi {doi})"));
        format!("{}{quoted}: {}{doi}.", self.study, self.figure)
    }
}

static STUDIES: LazyLock<Vec<Study>> = LazyLock::new(|| {
    let rows = include_str!("evidence.tsv").lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        Some(Study {
            study: cells.next()?,
            bears_on: cells.next()?.split(',').collect(),
            direction: cells.next()?,
            figure: cells.next()?,
            doi: cells.next().filter(|doi| *doi != "-"),
            seen: cells.next()?,
            reviewed: cells.next()?,
        })
    })
    .collect()
});

/// Every study.
#[must_use]
pub fn studies() -> &'static [Study] {
    &STUDIES
}

/// The studies that bear on a rule, or on other advice.
pub fn bearing_on(what: &str) -> impl Iterator<Item = &'static Study> {
    studies().iter().filter(move |study| study.bears_on.contains(&what))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::rules::registry;

    #[test]
    fn every_row_is_whole_and_no_finding_stands_twice() {
        let rows = include_str!("evidence.tsv").lines().filter(|row| !row.starts_with('#')).count();
        assert_eq!(studies().len(), rows);
        let names: BTreeSet<&str> = studies().iter().map(|study| study.study).collect();
        assert_eq!(names.len(), rows);
        for study in studies() {
            assert!(["for", "against", "none", "mixed", "usual"].contains(&study.direction), "{}", study.study);
            assert!(["abstract", "quoted", "re-analysis"].contains(&study.seen), "{}", study.study);
            assert!(!study.figure.is_empty() && !study.figure.ends_with('.'), "{}", study.study);
            assert!(study.doi.is_none_or(|doi| doi.starts_with("10.")), "{}", study.study);
        }
    }

    #[test]
    fn every_rule_has_its_studies_and_the_jump_its_null_results() {
        for rule in registry() {
            assert!(bearing_on(rule.meta().id).next().is_some(), "{}", rule.meta().id);
        }
        let nulls: Vec<&str> = bearing_on("weekly-mileage-jump")
            .filter(|study| study.direction == "none")
            .map(|study| study.study)
            .collect();
        assert_eq!(nulls, ["Buist 2008", "Joachim 2024", "Frandsen 2025, week to week"]);
    }
}
