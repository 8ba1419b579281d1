//! The catalogue of facts in the four guidance texts, stored as a table. It holds what is cited, not what is printed:
//! the printed text is in the entries.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Serialize;

/// A place that advice is drawn from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Source {
    /// The title of the text.
    pub title: String,
    /// The section of it; the same as the title where the section is the whole text.
    pub section: String,
}

/// One fact of one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its id, such as `ice.duration-002`.
    pub id: &'static str,
    /// The text's number, `000` to `003`.
    pub source: &'static str,
    /// The heading under which it appears.
    pub section: &'static str,
    /// The fact in short.
    pub fact: &'static str,
    /// Its numbers as `name=value`, separated by `;`, or `-` if it has none.
    pub numbers: &'static str,
}

/// The texts by number, with their titles.
pub const TITLES: [(&str, &str); 4] = [
    ("000", "How to Find Relief for Hip Spasms"),
    ("001", "What Causes Cramping in the Hip Area?"),
    ("002", "My Hips Hurt When I Run: Causes, Relief, and Prevention"),
    ("003", "Muscle Spasms: What Physical Therapists Suggest to Relieve and Prevent Them"),
];

const TABLE: &str = include_str!("catalogue.tsv");
const HEADER: &str = "id\tsource\tsection\tkind\ttopic\tfact\tnumbers\tapplies_to\tcomputable";

static FACTS: LazyLock<BTreeMap<&'static str, Fact>> =
    LazyLock::new(|| parse(TABLE).unwrap_or_default().into_iter().map(|fact| (fact.id, fact)).collect());

impl Fact {
    /// The title and section that it comes from.
    #[must_use]
    pub fn place(&self) -> Source {
        let title = TITLES.iter().find(|(number, _)| *number == self.source).map_or("", |(_, title)| *title);
        Source { title: title.to_owned(), section: self.section.to_owned() }
    }
}

/// All facts by id.
#[must_use]
pub fn facts() -> &'static BTreeMap<&'static str, Fact> {
    &FACTS
}

/// Parses the table.
///
/// # Errors
/// The number of the first line without nine columns, or 1 if the header is not the expected one.
pub fn parse(table: &'static str) -> Result<Vec<Fact>, usize> {
    let mut lines = table.lines().enumerate();
    if lines.next().is_none_or(|(_, header)| header != HEADER) {
        return Err(1);
    }
    lines
        .map(|(at, line)| {
            let columns: Vec<&'static str> = line.split('\t').collect();
            match columns[..] {
                [id, source, section, _, _, fact, numbers, _, _] => Ok(Fact { id, source, section, fact, numbers }),
                _ => Err(at + 1),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole_and_every_text_has_a_title() {
        let rows = parse(TABLE).unwrap();
        assert_eq!(rows.len(), 405);
        assert_eq!(facts().len(), 405, "an id stands twice");
        for fact in rows {
            assert!(TITLES.iter().any(|(number, _)| *number == fact.source), "{}", fact.id);
            assert!(!fact.section.is_empty() && !fact.fact.is_empty(), "{}", fact.id);
        }
    }

    #[test]
    fn a_place_is_the_texts_title_and_the_heading() {
        let place = facts()["run.progression.ten-percent"].place();
        assert_eq!(place.title, "My Hips Hurt When I Run: Causes, Relief, and Prevention");
        assert_eq!(place.section, "Gradual Training Progression");
    }

    #[test]
    fn a_broken_table_names_the_line() {
        assert_eq!(parse("id\tsource\n"), Err(1));
        let short = "id\tsource\tsection\tkind\ttopic\tfact\tnumbers\tapplies_to\tcomputable\na\tb\n";
        assert_eq!(parse(short), Err(2));
    }
}
