//! The file of a shard: the rows of some of a roster's athletes, kept until the index of all is made from them, and
//! its JSON contract (`schema_version` 1). It is written and read here as text; no file is opened.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use memchr::memmem;
use serde::{Deserialize, Serialize};

use super::contract::{AthleteRow, UnreadPath};
use crate::model::units::Units;
use crate::model::warning_sign::RedFlag;
use crate::report::contract::{Claim, SinceLast};
use crate::report::{plain, seal};

/// The version of a shard's JSON. Adding a field keeps it; renaming, removing or redefining one raises it.
pub const SCHEMA_VERSION: u32 = 1;

/// Near its beginning, this distinguishes a shard from other JSON.
const MARK: &[u8] = b"\n  \"shard\": {";
/// How many bytes of a file are searched for the mark.
const BEGINNING_BYTES: usize = 4_096;

/// What one shard knows of its athletes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShardFile {
    /// The version of this contract, 1. Adding a field leaves it; renaming, removing or redefining one raises it.
    pub schema_version: u32,
    /// The program that wrote the shard. Only the same version makes an index of it.
    pub tool: ShardTool,
    /// Which shard it is.
    pub shard: ShardNumber,
    /// The day the index will speak of.
    pub as_of: NaiveDate,
    /// The unit in which the index will show distances.
    pub units: Units,
    /// Everybody who stands in the folders given, whatever the shard.
    pub roster: WholeRoster,
    /// The day of the earlier index that lay beside the reports; null where none did.
    pub compared_with: Option<NaiveDate>,
    /// What was set for all athletes and changes what is found: options of the command line and settings of the shared
    /// configuration, each as text. All shards of an index have the same.
    pub settings: BTreeMap<String, String>,
    /// Files and folders beside the athletes' that were not read, by path.
    pub left_alone: Vec<UnreadPath>,
    /// The athletes of this shard, each on a line of its own.
    pub athletes: Vec<ShardAthlete>,
    /// A hash of the whole file, by which runhip knows that nobody has changed it since. It is worked out when the file is
    /// written, with 32 zeros in its place.
    pub seal: String,
}

/// Name and version of the program that wrote a shard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(rename = "ToolOfShard"))]
pub struct ShardTool {
    /// The name, `runhip`.
    pub name: String,
    /// Its version, such as `0.1.0`.
    pub version: String,
}

/// Which shard of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShardNumber {
    /// Its number, from 1.
    pub number: u32,
    /// How many shards there are.
    pub of: u32,
}

/// All athletes of the folders given, by which shards of one roster know each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WholeRoster {
    /// How many there are.
    pub athletes: u64,
    /// A hash of their folders, in order.
    pub hash: String,
}

/// What is kept of one athlete until the index is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShardAthlete {
    /// The athlete's row of the index. Nothing is compared with an earlier index as yet.
    pub row: AthleteRow,
    /// Where the athlete stands among all: `sign`, `through-pain`, `open`, `unread`, `fresh`, `standing`, `pain-over`,
    /// `failed`, `doubt`, `quiet` or `no-runs`.
    pub rank: String,
    /// Whether a finding of the last 28 days is at least a notice.
    pub fresh: bool,
    /// The sign of each of the row's warning signs.
    pub signs: Vec<RedFlag>,
    /// The first day of the row's open episode; null where none is open.
    pub open_since: Option<NaiveDate>,
    /// The rule of each of the row's findings.
    pub rules: Vec<String>,
    /// Why the athlete's report was not compared with the one before; null where it was, or there is none.
    pub not_compared: Option<String>,
    /// What has changed since the athlete's report before; null where there is none, or it cannot be compared with.
    pub since: Option<SinceLast>,
    /// Whether the runs in this folder, or of this name, were another person's the last time.
    pub in_place_of_another: bool,
    /// What the links of all athletes are made of.
    pub tests: Vec<ShardTest>,
}

/// What is kept of one rule's link of one athlete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ShardTest {
    /// The rule whose flags these are.
    pub rule: String,
    /// Hip-pain episodes in the log.
    pub episodes_total: u64,
    /// How many episodes cannot be counted, by reason.
    pub excluded: BTreeMap<String, u64>,
    /// For each part of a half-year: days that count; those of them with a flag before them; episodes that began on them; those
    /// with a flag before them.
    pub strata: Vec<[u64; 4]>,
    /// The p-value that the athlete's claim rests on, to its last digit and so as text; null where there is none.
    pub p_step_down: Option<String>,
    /// The p-value adjusted by Holm's method, as text; null where there is none.
    pub p_holm: Option<String>,
    /// What may be said of the athlete's link.
    pub claim: Claim,
}

/// Why a file cannot be used as a shard.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnusableShard {
    /// It is not a shard.
    #[error("it is not a shard as runhip roster --shard writes it")]
    Foreign,
    /// Its seal does not match, so it was changed.
    #[error("it is cut short, or was changed since runhip wrote it; make this shard again")]
    Changed,
    /// It was written by another version.
    #[error("runhip {theirs} wrote it, and this is runhip {ours}; make all shards and the index with the same version")]
    OtherVersion {
        /// The version that wrote it.
        theirs: String,
        /// This version.
        ours: &'static str,
    },
}

/// The part that is read first.
#[derive(Deserialize)]
struct Beginning {
    schema_version: u32,
    tool: ShardTool,
}

/// The shard as JSON: indented, but with each athlete on one line, since there may be thousands.
#[must_use]
pub fn render(mut shard: ShardFile) -> String {
    const EMPTY: &str = "\n  \"athletes\": [";
    let athletes = std::mem::take(&mut shard.athletes);
    seal::OPEN.clone_into(&mut shard.seal);
    // Every map has plain keys, so writing cannot fail. No text in JSON holds a line feed.
    let head = serde_json::to_string_pretty(&shard).unwrap_or_default();
    let (before, behind) = head.split_once(EMPTY).unwrap_or((&head, ""));
    let mut text = format!("{before}{EMPTY}");
    for (at, athlete) in athletes.iter().enumerate() {
        text += if at == 0 { "\n    " } else { ",\n    " };
        text += &serde_json::to_string(athlete).unwrap_or_default();
    }
    if !athletes.is_empty() {
        text += "\n  ";
    }
    text += behind;
    text.push('\n');
    seal::close(plain::json(text))
}

/// Whether a file is JSON and so no table of strata.
#[must_use]
pub fn is_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|first| matches!(first, b'{' | b'['))
}

/// Reads a shard.
///
/// # Errors
/// If the file is no shard, was changed, or was written by another version.
pub fn read(bytes: &[u8]) -> Result<ShardFile, UnusableShard> {
    let start = &bytes[..bytes.len().min(BEGINNING_BYTES)];
    if memmem::find(start, MARK).is_none() {
        return Err(UnusableShard::Foreign);
    }
    if !seal::holds(bytes) {
        return Err(UnusableShard::Changed);
    }
    let Beginning { schema_version, tool } = serde_json::from_slice(bytes).map_err(|_| UnusableShard::Foreign)?;
    let ours = env!("CARGO_PKG_VERSION");
    if tool.version != ours || schema_version != SCHEMA_VERSION {
        return Err(UnusableShard::OtherVersion { theirs: plain::one_line(&tool.version), ours });
    }
    serde_json::from_slice(bytes).map_err(|_| UnusableShard::Foreign)
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{HOSTILE, day, row};
    use super::*;

    fn shard(athletes: Vec<ShardAthlete>) -> ShardFile {
        ShardFile {
            schema_version: SCHEMA_VERSION,
            tool: ShardTool { name: "runhip".into(), version: env!("CARGO_PKG_VERSION").into() },
            shard: ShardNumber { number: 2, of: 7 },
            as_of: day("2026-11-18"),
            units: Units::Mi,
            roster: WholeRoster { athletes: 9, hash: "0123".into() },
            compared_with: Some(day("2026-11-11")),
            settings: [("as-of".to_owned(), "2026-11-18".to_owned())].into(),
            left_alone: vec![UnreadPath { path: HOSTILE.into(), reason: "a hidden file".into() }],
            athletes,
            seal: String::new(),
        }
    }

    fn athlete(name: &str) -> ShardAthlete {
        let test = ShardTest {
            rule: "long-run-spike".into(),
            episodes_total: 3,
            excluded: [("wash-out".to_owned(), 1)].into(),
            strata: vec![[120, 30, 2, 1], [60, 0, 0, 0]],
            p_step_down: Some("0.1".into()),
            p_holm: None,
            claim: Claim::NotShown,
        };
        let since = SinceLast {
            as_of: day("2026-11-11"),
            news: true,
            text: "One run more.".into(),
            runs_gone: 0,
            notes_gone: 1,
            signs_withdrawn: 0,
            missing: None,
        };
        let mut row = row(name, Some(crate::model::reading::Priority::P1), &["a fall"]);
        row.label = String::new();
        ShardAthlete {
            row,
            rank: "sign".into(),
            fresh: false,
            signs: vec![RedFlag::Trauma],
            open_since: Some(day("2026-11-02")),
            rules: vec!["long-run-spike".into()],
            not_compared: None,
            since: Some(since),
            in_place_of_another: true,
            tests: vec![test],
        }
    }

    #[test]
    fn what_is_written_is_read_back_whatever_the_names_hold() {
        for athletes in
            [vec![], vec![athlete("Ada")], vec![athlete("Ada"), athlete(HOSTILE), athlete("\n  \"athletes\": [")]]
        {
            let file = shard(athletes);
            let text = render(file.clone());
            assert!(!text.contains('\u{202e}') && text.ends_with("\"\n}\n"), "{text}");
            let read = read(text.as_bytes()).expect("a shard");
            assert_eq!(ShardFile { seal: String::new(), ..read }, file);
        }
    }

    #[test]
    fn what_was_cut_short_changed_or_is_something_else_is_refused() {
        let text = render(shard(vec![athlete("Ada")]));
        for cut in [text.len() - 1, text.len() / 2, 800] {
            assert_eq!(read(&text.as_bytes()[..cut]), Err(UnusableShard::Changed), "{cut}");
        }
        assert_eq!(read(text.replacen("\"Ada\"", "\"Bo\"", 1).as_bytes()), Err(UnusableShard::Changed));
        let index = super::super::json::render(&super::super::fixtures::full());
        for other in ["", "{}", "[1]", "{\"shard\": 1}", index.as_str(), &text[..20]] {
            assert_eq!(read(other.as_bytes()), Err(UnusableShard::Foreign), "{other}");
        }
        let mut newer = shard(Vec::new());
        newer.tool.version = "99.0.0".into();
        let why = read(render(newer).as_bytes()).expect_err("another version");
        assert!(why.to_string().starts_with("runhip 99.0.0 wrote it, and this is runhip "), "{why}");
    }

    #[test]
    fn json_is_told_from_a_table() {
        for text in ["{}", " \n{", "[", "\u{feff}{"] {
            assert!(is_json(text.as_bytes()), "{text}");
        }
        for text in ["", "athlete,rule", "\u{feff}athlete"] {
            assert!(!is_json(text.as_bytes()), "{text}");
        }
    }
}
