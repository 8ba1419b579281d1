//! All entries, loaded once from the data files, and the lookups of `explain` and `guide`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::error::Error;
use crate::model::reading::{Priority, Side};
use crate::model::units::keep_units;
use crate::model::warning_sign::RedFlag;
use crate::rules::{LOAD_RULES, Meta, Remedy, Rule};

use super::entry::{Condition, Entry, Kind, Topic};
use super::wording::answer;

/// The data files by name, in the order of a list.
pub(super) const FILES: [(&str, &str); 9] = [
    ("warning_signs.toml", include_str!("entries/warning_signs.toml")),
    ("care.toml", include_str!("entries/care.toml")),
    ("relief.toml", include_str!("entries/relief.toml")),
    ("spasm.toml", include_str!("entries/spasm.toml")),
    ("fit.toml", include_str!("entries/fit.toml")),
    ("load.toml", include_str!("entries/load.toml")),
    ("rebuild.toml", include_str!("entries/rebuild.toml")),
    ("habits.toml", include_str!("entries/habits.toml")),
    ("background.toml", include_str!("entries/background.toml")),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    entry: Vec<Entry>,
}

static SHELF: LazyLock<Vec<Entry>> = LazyLock::new(|| load(&FILES).unwrap_or_default());

/// The entries of each rule. A log has a finding or two for each week, and there are hundreds of conditions.
static OF_RULES: LazyLock<BTreeMap<&'static str, Vec<&'static Entry>>> = LazyLock::new(|| {
    let mut of_rules: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in entries().iter().filter(|entry| entry.kind != Kind::Prevention) {
        let conditions = entry.when.iter().filter(|condition| !condition.asks_of_an_episode());
        for rule in conditions.flat_map(|condition| &condition.rules).collect::<BTreeSet<_>>() {
            of_rules.entry(rule).or_default().push(entry);
        }
    }
    of_rules
});

/// Reads data files into entries, sorted by priority, order and id.
///
/// # Errors
/// The file's name and what is wrong in it, or an id that is used twice.
pub fn load(files: &[(&str, &str)]) -> Result<Vec<Entry>, Error> {
    let mut all = Vec::new();
    for (name, text) in files {
        let file: File =
            toml::from_str(text).map_err(|error| Error::Data { file: (*name).to_owned(), why: error.to_string() })?;
        all.extend(file.entry.into_iter().map(with_groups_named).map(with_units_kept));
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = all.iter().find(|entry| !seen.insert(entry.id.as_str())) {
        return Err(Error::RepeatedId { id: twice.id.clone() });
    }
    all.sort_by(|a, b| (a.priority, a.order, &a.id).cmp(&(b.priority, b.order, &b.id)));
    Ok(all)
}

/// Replaces the group names of rules in the entry's conditions by the rules' ids: `any` means every load rule, and
/// `any-with-remedy` every one whose findings a training plan can remove.
fn with_groups_named(mut entry: Entry) -> Entry {
    let load_rules = || LOAD_RULES.iter().copied().map(Rule::meta);
    let with_remedy = |meta: &&Meta| !matches!(meta.remedy, Remedy::None(_));
    for condition in entry.when.iter_mut().chain(&mut entry.unless) {
        let named = std::mem::take(&mut condition.rules);
        condition.rules = named
            .into_iter()
            .flat_map(|rule| match rule.as_str() {
                "any" => load_rules().map(|meta| meta.id.to_owned()).collect(),
                "any-with-remedy" => load_rules().filter(with_remedy).map(|meta| meta.id.to_owned()).collect(),
                _ => vec![rule],
            })
            .collect();
    }
    entry
}

/// Keeps each number on one line with its unit, in every text of the entry.
fn with_units_kept(mut entry: Entry) -> Entry {
    entry.text = keep_units(&entry.text);
    for text in [&mut entry.call, &mut entry.short, &mut entry.history, &mut entry.tool, &mut entry.evidence]
        .into_iter()
        .flatten()
    {
        *text = keep_units(text);
    }
    entry
}

/// Every entry by priority, order and id.
#[must_use]
pub fn entries() -> &'static [Entry] {
    &SHELF
}

/// The entry with this id.
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Entry> {
    entries().iter().find(|entry| entry.id == id)
}

/// The entries of a topic, in the order of [`entries`].
pub fn by_topic(topic: Topic) -> impl Iterator<Item = &'static Entry> {
    entries().iter().filter(move |entry| entry.topic.contains(&topic))
}

/// The entries that a finding of the rule calls for by itself, without the prevention lines that every finding
/// brings, in the order of [`entries`].
pub fn for_rule(rule: &str) -> impl Iterator<Item = &'static Entry> {
    OF_RULES.get(rule).into_iter().flatten().copied()
}

/// The entries that a warning sign of this urgency calls for, in the order of [`entries`]. Some of them also need a
/// region, a quality of the pain or a word of the note.
pub fn for_sign(flag: RedFlag, priority: Priority) -> impl Iterator<Item = &'static Entry> {
    let calls = move |condition: &Condition| {
        condition.flags.contains(&flag) && (condition.priorities.is_empty() || condition.priorities.contains(&priority))
    };
    entries().iter().filter(move |entry| entry.kind == Kind::Warning && entry.when.iter().any(calls))
}

/// What a report is not; part of every report.
#[must_use]
pub fn disclaimer() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let text = by_id("disclaimer").map(|entry| answer(entry, entry.priority, Side::Unknown, false));
        text.map_or_else(String::new, |text| text.to_string())
    });
    &TEXT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_file_parses_and_no_id_stands_twice() {
        let loaded = load(&FILES).unwrap();
        assert_eq!(loaded.len(), entries().len());
        assert!(loaded.len() > 100);
    }

    #[test]
    fn a_number_keeps_its_unit_in_everything_that_is_printed() {
        for entry in entries() {
            for text in [
                Some(&entry.text),
                entry.call.as_ref(),
                entry.history.as_ref(),
                entry.tool.as_ref(),
                entry.evidence.as_ref(),
            ] {
                let text = text.map_or("", String::as_str);
                assert_eq!(text, keep_units(text), "{}", entry.id);
            }
        }
        assert!(by_id("worn-shoes").expect("an entry").evidence.as_ref().expect("evidence").contains("500\u{a0}km"));
    }

    #[test]
    fn a_broken_file_is_named() {
        let broken = load(&[("care.toml", "[[entry]]\nid = 3\n")]).unwrap_err();
        assert!(broken.to_string().starts_with("care.toml: "), "{broken}");
    }

    #[test]
    fn the_same_id_in_two_files_is_an_error() {
        let text = FILES[1].1;
        assert!(matches!(load(&[("a", text), ("b", text)]), Err(Error::RepeatedId { .. })));
    }

    #[test]
    fn every_topic_has_entries_and_the_disclaimer_stands() {
        for topic in Topic::ALL {
            assert!(by_topic(topic).next().is_some(), "{topic:?}");
        }
        assert!(disclaimer().contains("not medical advice"));
    }

    #[test]
    fn a_rule_names_its_entries_in_order() {
        let ids: Vec<&str> = for_rule("worn-shoes").map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, ["worn-shoes", "worn-shoes-why"]);
        let ids: Vec<&str> = for_rule("long-run-spike").map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, ["long-run-spike", "long-run-spike-why"], "what asks for a cramp as well is left out");
        assert_eq!(for_rule("no-such-rule").count(), 0);
    }

    #[test]
    fn a_sign_names_the_entries_of_its_urgency() {
        let ids = |flag, priority| for_sign(flag, priority).map(|entry| entry.id.as_str()).collect::<Vec<_>>();
        assert_eq!(ids(RedFlag::Weakness, Priority::P0), ["weakness-sudden"]);
        assert_eq!(ids(RedFlag::Weakness, Priority::P1), ["weakness"]);
        assert_eq!(ids(RedFlag::Persistent, Priority::P2), ["persistent", "persistent-long"]);
    }
}
