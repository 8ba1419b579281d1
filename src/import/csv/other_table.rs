//! Tables that are clearly not run logs, by their file's name or their headers. The list is data,
//! `dialects/not-run-logs.toml`.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use super::dialect::{self, Field};
use super::header::without_markup;
use crate::import::word_key::{Key, key};

const OTHERS_TOML: &str = include_str!("../dialects/not-run-logs.toml");

static OTHERS: LazyLock<Vec<OtherTable>> = LazyLock::new(|| {
    let mut others = toml::from_str::<OtherTables>(OTHERS_TOML).map(|others| others.table).unwrap_or_default();
    others.iter_mut().for_each(OtherTable::fold);
    others
});

/// Every header that the list names. Most lines near the top of a table have none of them.
static NAMED: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let named = OTHERS.iter().flat_map(|other| other.headers.iter().chain(&other.unless).chain(&other.any));
    named.map(String::as_str).collect()
});

#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct OtherTables {
    table: Vec<OtherTable>,
}

#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct OtherTable {
    reason: String,
    #[serde(default)]
    stems: Vec<String>,
    #[serde(default)]
    headers: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    /// Headers of which such a table has at least `least`.
    #[serde(default)]
    any: Vec<String>,
    #[serde(default = "one")]
    least: usize,
    /// Facts of a log that such a table does not have.
    #[serde(default)]
    without: Vec<Field>,
    #[serde(default)]
    certain: bool,
    #[serde(default)]
    own: bool,
}

impl OtherTable {
    /// Normalises its words for comparison. Headers of tables that runhip writes are compared as written.
    fn fold(&mut self) {
        let headers = if self.own { &mut Vec::new() } else { &mut self.headers };
        for word in self.stems.iter_mut().chain(headers).chain(&mut self.unless).chain(&mut self.any) {
            *word = key(word).into();
        }
    }
}

/// Why a table that runhip exported is not read, even if the configuration names its columns.
pub fn exported(header: &[String]) -> Option<&'static str> {
    let stands = |known: &String| header.iter().any(|cell| cell == known);
    let own = OTHERS.iter().find(|other| other.own && other.headers.iter().all(stands));
    own.map(|other| other.reason.as_str())
}

fn one() -> usize {
    1
}

/// Why a table is clearly not a run log, by the file's name or its headers. Only `certain` ones are checked before a
/// table may be taken for a hand-kept log.
pub fn plainly_other(
    file: Option<&str>,
    cells: &[String],
    named: &BTreeMap<Field, String>,
    certain: bool,
) -> Option<&'static str> {
    let stem =
        file.map(|name| key(name.rsplit(['/', '\\']).next().unwrap_or(name).split('.').next().unwrap_or_default()));
    let header: Vec<Key> = cells.iter().map(|cell| key(&without_markup(cell))).collect();
    // Any line near the top may be the header, but a row with numbers holds no names.
    let is_words = !header.iter().any(|cell| cell.contains(|c: char| c.is_ascii_digit()));
    let header: Vec<Key> = header.into_iter().filter(|cell| NAMED.contains(cell.as_str())).collect();
    let stands = |known: &String| header.iter().any(|cell| cell == known);
    OTHERS
        .iter()
        .filter(|other| other.certain == certain)
        .find(|other| {
            stem.as_ref().is_some_and(|stem| other.stems.iter().any(|known| known == stem))
                && (other.unless.is_empty() || is_words && !other.unless.iter().any(stands))
                || !other.own
                    && !other.headers.is_empty()
                    && other.headers.iter().all(stands)
                    && !other.unless.iter().any(stands)
                || !other.any.is_empty()
                    && header.iter().filter(|cell| other.any.iter().any(|known| known == *cell)).count() >= other.least
                    && !dialect::finds(cells, named, &other.without)
        })
        .map(|other| other.reason.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_can_be_read() {
        assert_eq!(toml::from_str::<OtherTables>(OTHERS_TOML).err(), None);
    }

    #[test]
    fn one_header_that_only_a_log_has_keeps_a_table_from_being_taken_for_a_track() {
        let header = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
        let plainly_other =
            |name, header: &[String], certain| super::plainly_other(Some(name), header, &BTreeMap::new(), certain);
        assert!(plainly_other("x.csv", &header("time,Latitude,LONGITUDE,distance"), true).is_some());
        assert_eq!(plainly_other("x.csv", &header("date,latitude,longitude,distance,sport"), true), None);
        assert!(plainly_other("export/Starred_Routes.csv", &header("a,b"), true).is_some());
        assert!(plainly_other("comments.csv", &header("Comment Date,Comment"), true).is_some());
        assert_eq!(plainly_other("comments.csv", &header("Day,Comment"), true), None);
        assert_eq!(plainly_other("comments.csv", &header("2026-03-04,sore"), true), None);
    }
}
