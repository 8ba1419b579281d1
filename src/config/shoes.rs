//! `[[shoes]]`: pairs of shoes with their dates and distances from the configuration.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::Spanned;

use super::mistake::{ConfigError, LineIndex};
use crate::model::shoe::Shoe;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawShoe {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    from: Option<Spanned<toml::Value>>,
    to: Option<Spanned<toml::Value>>,
    initial: Option<Spanned<String>>,
    due: Option<Spanned<String>>,
    worn: Option<Spanned<String>>,
    #[serde(default)]
    default: bool,
}

/// Checks a pair; a mistake is returned with its line.
pub(super) fn read_shoe(lines: &LineIndex, shoe: Spanned<RawShoe>) -> Result<Shoe, ConfigError> {
    let line = lines.at(shoe.span().start);
    let shoe = shoe.into_inner();
    if shoe.name.trim().is_empty() {
        return Err(ConfigError { line: Some(line), what: "a shoe needs a name".into() });
    }
    let read = Shoe {
        name: Shoe::tidy(&shoe.name),
        aliases: shoe.aliases,
        from: lines.date(shoe.from)?,
        to: lines.date(shoe.to)?,
        initial_m: lines.length(shoe.initial)?,
        due_m: lines.length(shoe.due)?,
        worn_m: lines.length(shoe.worn)?,
        default: shoe.default,
    };
    if read.from.zip(read.to).is_some_and(|(from, to)| to < from) {
        return Err(ConfigError {
            line: Some(line),
            what: format!("the shoe \"{}\" ends before it begins", read.name),
        });
    }
    if read.due_m.zip(read.worn_m).is_some_and(|(due, worn)| worn < due) {
        return Err(ConfigError {
            line: Some(line),
            what: format!("the shoe \"{}\" is worn before it is due; due comes first", read.name),
        });
    }
    Ok(read)
}

/// If several pairs share a name, adds its first day in use to the name of each but the first one. The name as the
/// log uses it stays one of the spellings.
pub(super) fn name_apart(shoes: &mut [Shoe]) {
    let mut by_from: Vec<usize> = (0..shoes.len()).collect();
    by_from.sort_by_key(|&at| shoes.get(at).and_then(|shoe| shoe.from));
    let mut names = BTreeSet::new();
    for at in by_from {
        let Some(shoe) = shoes.get_mut(at) else { continue };
        if let (false, Some(from)) = (names.insert(Shoe::folded(&shoe.name)), shoe.from) {
            let bare = std::mem::take(&mut shoe.name);
            shoe.name = format!("{bare} (from {from})");
            shoe.aliases.push(bare);
        }
    }
}
