//! The owner's name in an account's export: Strava's `profile.csv`, Garmin's `user_profile.json`. It names the runner
//! where nothing else does, and proves nothing: its use is decided elsewhere.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::csv::{table::Source, text};
use super::word_key;
use crate::model::ledger::LedgerRow;

const HEADERS_TOML: &str = include_str!("dialects/profile.toml");

static HEADERS: LazyLock<Headers> = LazyLock::new(|| toml::from_str(HEADERS_TOML).unwrap_or_default());

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Headers {
    first: Vec<String>,
    last: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GarminProfile {
    first_name: Option<String>,
    last_name: Option<String>,
}

/// The longest name.
const LONGEST_BYTES: usize = 120;

/// The largest profile.
const LARGEST_BYTES: usize = 100_000;

/// The name in the file called `name`, if that is a profile.
pub fn owner(name: &str, bytes: &[u8]) -> Option<String> {
    let name = name.rsplit(['/', '\\', '!']).next().unwrap_or(name).to_lowercase();
    if bytes.len() > LARGEST_BYTES {
        return None;
    }
    if name == "profile.csv" {
        of_table(&text::decode(bytes).text)
    } else if name.strip_suffix(".json").is_some_and(|stem| stem.starts_with("user_profile")) {
        let profile: GarminProfile = serde_json::from_str(&text::decode(bytes).text).ok()?;
        joined([profile.first_name, profile.last_name])
    } else {
        None
    }
}

fn of_table(text: &str) -> Option<String> {
    let is = |cell: &str, known: &[String]| known.iter().any(|known| word_key::key(known) == word_key::key(cell));
    let lines = Source::Text(text).header_lines();
    let header = lines.iter().find(|line| line.cells.iter().any(|cell| is(cell, &HEADERS.first)))?;
    let (rows, _) = Source::Text(text).rows(header);
    let [row] = &rows[..] else { return None };
    let at = |known: &[String]| {
        let index = header.cells.iter().position(|cell| is(cell, known))?;
        Some(row.cell(index).to_owned())
    };
    joined([at(&HEADERS.first), at(&HEADERS.last)])
}

fn joined(parts: [Option<String>; 2]) -> Option<String> {
    let whole = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let whole = whole.split_whitespace().collect::<Vec<_>>().join(" ");
    (!whole.is_empty() && whole.len() <= LONGEST_BYTES).then_some(whole)
}

/// The only owner whose profiles are next to activities of theirs; `None` if there are several. `owners` has the
/// path of each profile and the name in it.
pub fn the_only(owners: &[(String, String)], files: &[LedgerRow]) -> Option<String> {
    let has_activities = |folder: &str| files.iter().any(|row| row.activities > 0 && row.path.starts_with(folder));
    let beside = owners.iter().filter(|(path, _)| has_activities(export_of(path)));
    let names: BTreeSet<&str> = beside.map(|(_, name)| name.as_str()).collect();
    let mut names = names.into_iter();
    names.next().filter(|_| names.next().is_none()).map(str::to_owned)
}

/// The folder or archive of the export that a profile belongs to.
fn export_of(path: &str) -> &str {
    let within = path.find("DI_CONNECT/").or_else(|| path.rfind('/').map(|at| at + 1));
    &path[..within.unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::imported::Imported;
    use crate::model::ledger::FileOutcome;

    #[test]
    fn the_owner_is_read_in_each_kind_of_profile_and_nowhere_else() {
        let strava = "Athlete ID,Email Address,First Name,Last Name,Sex\n7,a@example.org,Wanda, Lund ,F\n";
        let german = "\u{feff}Athleten-ID,Vorname,Nachname\n7,Jörg,\n";
        let garmin = "{\"userName\": \"x\", \"firstName\": \"Kaya\", \"lastName\": null}";
        for (name, text, owner_is) in [
            ("profile.csv", strava, Some("Wanda Lund")),
            ("a.zip!/export/Profile.csv", german, Some("Jörg")),
            ("DI_CONNECT/DI-Connect-User/user_profile.json", garmin, Some("Kaya")),
            ("user_profile_7.json", garmin, Some("Kaya")),
            ("people.csv", strava, None),
            ("profile.csv", "First Name,Last Name\nA,B\nC,D\n", None),
            ("profile.csv", "First Name,Last Name\n", None),
            ("user_profile.json", "{\"firstName\": 3}", None),
            ("user_profile.json", "[", None),
            ("user_profile.json", "{\"firstName\": \" \"}", None),
        ] {
            assert_eq!(owner(name, text.as_bytes()).as_deref(), owner_is, "{name}: {text}");
        }
    }

    #[test]
    fn a_profile_counts_beside_activities_and_where_there_is_one_owner() {
        let row = |path: &str, activities| LedgerRow {
            path: path.to_owned(),
            format: None,
            dialect: None,
            outcome: FileOutcome::Read,
            activities,
            notes: 0,
            shoes: 0,
            reason: None,
            problems: Imported::default().problems,
        };
        let files =
            [row("runs.csv", 0), row("a.zip!/activities.csv", 9), row("b/DI_CONNECT/DI-Connect-Fitness/x.json", 2)];
        let only = |owners: &[(&str, &str)]| {
            let owners: Vec<_> = owners.iter().map(|(path, name)| ((*path).to_owned(), (*name).to_owned())).collect();
            the_only(&owners, &files)
        };
        let (strava, garmin) = ("a.zip!/profile.csv", "b/DI_CONNECT/DI-Connect-User/user_profile.json");
        assert_eq!(only(&[(strava, "Wanda")]).as_deref(), Some("Wanda"));
        assert_eq!(only(&[(garmin, "Wanda"), (strava, "Wanda")]).as_deref(), Some("Wanda"));
        assert_eq!(only(&[(garmin, "Kaya"), (strava, "Wanda")]), None);
        assert_eq!(only(&[("friend/profile.csv", "Kaya"), (strava, "Wanda")]).as_deref(), Some("Wanda"));
        assert_eq!(only(&[]), None);
    }
}
