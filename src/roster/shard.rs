//! A roster in shards: which shard an athlete belongs to, what is kept of an athlete until the index is made, and how
//! the shards of a roster are merged. No file is read or written here.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use super::attention::Rank;
use super::links::LinkTest;
use super::{AthleteSummary, RowFacts};
use crate::model::units::Units;
use crate::report::index::contract::{AthleteRow, UnreadPath};
use crate::report::index::shard::{SCHEMA_VERSION, ShardAthlete, ShardFile, ShardNumber, ShardTool, WholeRoster};
use crate::report::{plain, seal};
use crate::rules;

/// The most shards of a roster.
pub const MOST_SHARDS: u32 = 65_536;

/// One shard of a roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    number: u32,
    of: u32,
}

impl Shard {
    /// Shard `number`, counted from 1, out of `of`; `None` if there is no such shard.
    #[must_use]
    pub fn new(number: u32, of: u32) -> Option<Self> {
        ((1..=of).contains(&number) && of <= MOST_SHARDS).then_some(Self { number, of })
    }

    /// Whether the athlete in this folder, as the index names it, belongs to this shard: the first eight bytes of the
    /// BLAKE3 hash of the folder's name, in UTF-8 and normalized to NFC, as a big-endian whole number modulo the
    /// number of shards. Nothing else affects it.
    #[must_use]
    pub fn holds(self, folder: &str) -> bool {
        let composed: String = folder.nfc().collect();
        let hash = blake3::hash(composed.as_bytes());
        let first = hash.as_bytes().iter().take(8).fold(0_u64, |number, &byte| (number << 8) | u64::from(byte));
        first % u64::from(self.of) == u64::from(self.number - 1)
    }

    /// The name of its file, such as `shard-03-of-64.json`.
    #[must_use]
    pub fn file_name(self) -> String {
        let digits = self.of.to_string().len();
        format!("shard-{:0digits$}-of-{}.json", self.number, self.of)
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {}", self.number, self.of)
    }
}

/// Identifies all athletes of a roster by their folders.
#[must_use]
pub fn whole_roster<'a>(folders: impl Iterator<Item = &'a str>) -> WholeRoster {
    let folders: BTreeSet<&str> = folders.collect();
    let mut hasher = blake3::Hasher::new();
    for folder in &folders {
        hasher.update(&(folder.len() as u64).to_be_bytes()).update(folder.as_bytes());
    }
    let hash = hasher.finalize().to_hex().chars().take(seal::OPEN.len()).collect();
    WholeRoster { athletes: folders.len() as u64, hash }
}

/// What a shard is made with, besides its athletes.
#[derive(Clone, Debug)]
pub struct ShardOptions {
    /// The shard.
    pub shard: Shard,
    /// The day of the index.
    pub as_of: NaiveDate,
    /// The unit in which distances are shown.
    pub units: Units,
    /// Everybody in the folders.
    pub roster: WholeRoster,
    /// The day of the earlier index, if there is one.
    pub compared_with: Option<NaiveDate>,
    /// The settings for all athletes, by name.
    pub settings: BTreeMap<String, String>,
    /// What else lies beside the athletes' folders.
    pub left_alone: Vec<UnreadPath>,
}

/// Makes the file of a shard, with its athletes by folder.
#[must_use]
pub fn shard_file(mut athletes: Vec<AthleteSummary>, options: ShardOptions) -> ShardFile {
    athletes.sort_by(|a, b| a.row.folder.cmp(&b.row.folder));
    ShardFile {
        schema_version: SCHEMA_VERSION,
        tool: ShardTool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        shard: ShardNumber { number: options.shard.number, of: options.shard.of },
        as_of: options.as_of,
        units: options.units,
        roster: options.roster,
        compared_with: options.compared_with,
        settings: options.settings,
        left_alone: options.left_alone,
        athletes: athletes.into_iter().map(kept).collect(),
        seal: seal::OPEN.to_owned(),
    }
}

/// The names of the ranks; a warning sign's rank has its priority in another field.
const RANKS: [(&str, Rank); 10] = [
    ("through-pain", Rank::ThroughPain),
    ("open", Rank::Open),
    ("unread", Rank::Unread),
    ("fresh", Rank::Fresh),
    ("standing", Rank::Standing),
    ("pain-over", Rank::PainOver),
    ("failed", Rank::Failed),
    ("doubt", Rank::Doubt),
    ("quiet", Rank::Quiet),
    ("no-runs", Rank::NoRuns),
];
const SIGN: &str = "sign";

fn kept(one: AthleteSummary) -> ShardAthlete {
    let rank = RANKS.iter().find(|(_, rank)| *rank == one.rank).map_or(SIGN, |(name, _)| name);
    let AthleteSummary { row, fresh, facts, tests, .. } = one;
    let RowFacts { signs, open_since, rules, not_compared, since, in_place_of_another } = facts;
    ShardAthlete {
        row,
        rank: rank.to_owned(),
        fresh,
        signs,
        open_since,
        rules: rules.into_iter().map(str::to_owned).collect(),
        not_compared,
        since,
        in_place_of_another,
        tests: tests.into_iter().map(LinkTest::kept).collect(),
    }
}

/// Reads an athlete from a shard; `None` if part of it was not written by this version.
fn athlete(from: ShardAthlete) -> Option<AthleteSummary> {
    let ShardAthlete { row, rank, fresh, signs, open_since, rules, not_compared, since, in_place_of_another, tests } =
        from;
    let rank = match RANKS.iter().find(|(name, _)| *name == rank) {
        Some((_, rank)) => *rank,
        None if rank == SIGN => Rank::Sign(row.attention?),
        None => return None,
    };
    let rules = rules.iter().map(|id| Some(rules::by_id(id)?.meta().id)).collect::<Option<_>>()?;
    let facts = RowFacts { signs, open_since, rules, not_compared, since, in_place_of_another };
    let tests = tests.into_iter().map(LinkTest::read).collect::<Option<_>>()?;
    let row = AthleteRow { label: row.name.clone(), ..row };
    Some(AthleteSummary { row, rank, fresh, facts, tests })
}

/// Why shards cannot be merged into one index. Files are named as they were given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnmatchedShards {
    /// Something that has to be the same in all shards of an index differs.
    #[error(
        "{file} and {first} cannot be put together: {what} is {theirs} in the one and {ours} in the other; make all shards alike"
    )]
    Differ {
        /// The file that differs.
        file: String,
        /// The file that was read first.
        first: String,
        /// What differs.
        what: String,
        /// Its value in the file.
        theirs: String,
        /// Its value in the first file.
        ours: String,
    },
    /// The same shard was given twice with different contents.
    #[error(
        "{file} and {first} are both shard {shard} and hold different things; leave out the one that is out of date"
    )]
    Clash {
        /// The file that was read last.
        file: String,
        /// The file that was read before.
        first: String,
        /// The shard.
        shard: String,
    },
    /// Some shards are missing.
    #[error("{missing}, so that no index was made; make what is missing with runhip roster --shard")]
    Missing {
        /// Which ones, in words.
        missing: String,
    },
    /// A row that this version does not write.
    #[error("{file} holds a row as runhip writes none, or an athlete for the second time; make this shard again")]
    UnknownRow {
        /// The file.
        file: String,
    },
}

/// Missing shards that are named; the rest are only counted.
const NAMED: usize = 10;

/// The shards of one roster that have been read so far.
#[derive(Clone, Debug, Default)]
pub struct Shards {
    /// The first file, without its athletes.
    first: Option<(String, ShardFile)>,
    /// The file and seal of each shard.
    seen: BTreeMap<u32, (String, String)>,
    athletes: Vec<AthleteSummary>,
    /// The folders of the athletes.
    folders: BTreeSet<String>,
    left_alone: BTreeSet<UnreadPath>,
    compared_with: BTreeSet<Option<NaiveDate>>,
}

/// Whether a name is one that a report beside the index can have.
fn is_report_name(name: &str) -> bool {
    let stem = [".html", ".md", ".json"].iter().find_map(|ending| name.strip_suffix(ending));
    stem.is_some_and(|stem| {
        !stem.is_empty() && stem.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-')
    })
}

/// What the shards of a roster come to.
#[derive(Clone, Debug)]
pub struct WholeShards {
    /// Every athlete.
    pub athletes: Vec<AthleteSummary>,
    /// The day of the index.
    pub as_of: NaiveDate,
    /// The unit in which distances are shown.
    pub units: Units,
    /// What else lies beside the athletes' folders.
    pub left_alone: Vec<UnreadPath>,
    /// The days of the earlier indexes that the shards found beside their reports.
    pub compared_with: BTreeSet<Option<NaiveDate>>,
    /// How many shards there are.
    pub of: u32,
}

impl Shards {
    /// Adds a shard that was read from the file of this name.
    ///
    /// # Errors
    /// If it belongs to another roster, or the same shard was added before with other contents.
    pub fn add(&mut self, name: &str, mut file: ShardFile) -> Result<(), UnmatchedShards> {
        if let Some((first, ours)) = &self.first
            && let Some((what, theirs, ours)) = difference(&file, ours)
        {
            let (file, first, what) = (name.to_owned(), first.clone(), plain::one_line(&what));
            return Err(UnmatchedShards::Differ {
                file,
                first,
                what,
                theirs: plain::one_line(&theirs),
                ours: plain::one_line(&ours),
            });
        }
        let number = file.shard.number;
        if let Some((first, seal)) = self.seen.get(&number) {
            if *seal == file.seal {
                return Ok(());
            }
            let shard = format!("{number} of {}", file.shard.of);
            return Err(UnmatchedShards::Clash { file: name.to_owned(), first: first.clone(), shard });
        }
        self.seen.insert(number, (name.to_owned(), file.seal.clone()));
        for one in std::mem::take(&mut file.athletes) {
            // A shard may come from another machine, and its links are followed from the index.
            let is_known =
                one.row.report.as_deref().is_none_or(is_report_name) && self.folders.insert(one.row.folder.clone());
            let one = Some(one).filter(|_| is_known).and_then(athlete);
            self.athletes.push(one.ok_or_else(|| UnmatchedShards::UnknownRow { file: name.to_owned() })?);
        }
        self.left_alone.extend(std::mem::take(&mut file.left_alone));
        self.compared_with.insert(file.compared_with);
        self.first.get_or_insert_with(|| (name.to_owned(), file));
        Ok(())
    }

    /// Merges all shards.
    ///
    /// # Errors
    /// If some are missing.
    pub fn whole(self) -> Result<WholeShards, UnmatchedShards> {
        let Some((_, first)) = self.first else {
            return Err(UnmatchedShards::Missing { missing: "there is no shard".to_owned() });
        };
        let of = first.shard.of;
        let missing: Vec<String> =
            (1..=of).filter(|number| !self.seen.contains_key(number)).map(|number| number.to_string()).collect();
        if !missing.is_empty() {
            return Err(UnmatchedShards::Missing { missing: named(&missing, of) });
        }
        Ok(WholeShards {
            athletes: self.athletes,
            as_of: first.as_of,
            units: first.units,
            left_alone: self.left_alone.into_iter().collect(),
            compared_with: self.compared_with,
            of,
        })
    }
}

/// The missing shards in words: `shard 3 of 7 is missing`, `shards 3, 5 and 12 more of 64 are missing`.
fn named(missing: &[String], of: u32) -> String {
    if let [one] = missing {
        return format!("shard {one} of {of} is missing");
    }
    let first: Vec<&str> = missing.iter().take(NAMED).map(String::as_str).collect();
    let more = missing.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("shards {}{more} of {of} are missing", first.join(", "))
}

/// The first difference between two files that should agree: what differs, and its value in each.
fn difference(file: &ShardFile, first: &ShardFile) -> Option<(String, String, String)> {
    let told = |what: &str, theirs: &dyn ToString, ours: &dyn ToString| {
        (theirs.to_string() != ours.to_string()).then(|| (what.to_owned(), theirs.to_string(), ours.to_string()))
    };
    let athletes = |one: &ShardFile| format!("of {} athletes", one.roster.athletes);
    let roster = || {
        (file.roster != first.roster).then(|| {
            let how = if file.roster.athletes == first.roster.athletes { " by other names" } else { "" };
            ("the list of all athletes".to_owned(), athletes(file) + how, athletes(first))
        })
    };
    told("the number of shards", &file.shard.of, &first.shard.of)
        .or_else(|| told("the day", &file.as_of, &first.as_of))
        .or_else(|| told("the unit", &file.units.sign(), &first.units.sign()))
        .or_else(|| {
            let keys: BTreeSet<&String> = file.settings.keys().chain(first.settings.keys()).collect();
            let of =
                |one: &ShardFile, key: &str| one.settings.get(key).map_or_else(|| "not set".to_owned(), Clone::clone);
            keys.into_iter().find_map(|key| told(key, &of(file, key), &of(first, key)))
        })
        .or_else(roster)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_name_of_a_report_is_followed_from_an_index() {
        for name in ["ada-2026-11-18.html", "a.md", "runner-x6jwvqrx-latest.json"] {
            assert!(is_report_name(name), "{name}");
        }
        let others = [
            "javascript:alert(1)",
            "http://example.org/a.html",
            "//example.org/a.html",
            "../ada.html",
            "a/b.html",
            ".html",
            "ada.html?x",
            "Ada.html",
            "data:text.html",
            "",
        ];
        for name in others {
            assert!(!is_report_name(name), "{name}");
        }
    }
}
