//! The file names of reports: made from whom they are about, and never passed on to somebody else. A name is the
//! person's own in `[a-z0-9-]`, followed by a short hash of what the person is known by where the name alone would
//! not be unique.

use std::fs;
use std::io::{BufReader, Read};

use super::output::{EarlierReports, REDACTED_SLUG};
use crate::configuration;
use crate::report::known_by;
use crate::report::since_last::{Earlier, Shared, Traces};
use crate::report::whose::Whose;

/// The most characters of a name. A file name may have 255 bytes, and the day and the ending follow.
const LONGEST: usize = 100;

/// What stands for a name that has no letters, and before one that means something else.
const NO_NAME: &str = "runner";

/// Characters of the hash: 40 bits.
const HASH_CHARS: usize = 8;

/// The name of the roster's index.
pub(super) const INDEX: &str = "index";

/// The number of bytes of a report that are read to learn whose it is.
const HEAD_BYTES: u64 = 1 << 20;

/// The two names that a person's reports can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ReportName {
    /// What the person is known by, which is written into the report.
    pub known_by: String,
    /// The name without a hash; `None` if it may not be used.
    pub bare: Option<String>,
    /// The name with the hash.
    pub hashed: String,
    /// The beginning of a name with any hash.
    stem: String,
    /// Whether the name is only found in the files read, and so proves nothing.
    unproven: bool,
}

/// The chosen name of a person's reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ChosenName {
    /// The name.
    pub slug: String,
    /// The message that it is not the expected one, and why.
    pub line: Option<String>,
}

impl ReportName {
    /// The names made from `name`, for whoever is known by `known_by`.
    pub fn new(name: &str, known_by: &str) -> Self {
        let (mut slug, alone) = spelled(name);
        if is_like_a_shard(&slug) {
            slug = format!("{NO_NAME}-{slug}");
        }
        let short = slug.len() <= LONGEST;
        let kept = slug.get(..slug.len().min(LONGEST - HASH_CHARS - 1)).unwrap_or_default().trim_end_matches('-');
        let stem = format!("{kept}-");
        let hashed = format!("{stem}{}", hash(known_by));
        let bare = (alone && short && !is_reserved(&slug)).then_some(slug);
        Self { known_by: known_by.to_owned(), bare, hashed, stem, unproven: false }
    }

    /// The same names, marked as only found in the files read if `unproven` is true.
    pub fn if_unproven(self, unproven: bool) -> Self {
        Self { unproven, ..self }
    }

    /// Chooses a name, given the existing reports. The name without a hash is not used if the hashed one is in use,
    /// or if the reports that have it are another person's; if there are none, it is used if `only` one person asks
    /// for it.
    pub fn choose(&self, reports: &EarlierReports, only: bool) -> String {
        let Some(bare) = self.bare.as_ref().filter(|_| !reports.has(&self.hashed)) else {
            return self.hashed.clone();
        };
        let in_json = reports.any(bare).and_then(|path| owner(&path)).map(|owner| owner == self.known_by);
        let theirs = in_json.or_else(|| Some(whose(reports, bare)?.is_of(&self.known_by))).unwrap_or(only);
        if theirs { bare.clone() } else { self.hashed.clone() }
    }

    /// Keeps `slug`, which [`choose`](Self::choose) returned, unless the existing report of that name has other runs
    /// than these. Then the name is one with a hash whose report has most of these runs, or else a new one.
    pub fn settle(&self, slug: String, reports: &EarlierReports, traces: &Traces) -> ChosenName {
        let taken = match self.share_of(&slug, reports, traces) {
            Some(shared) if shared.is_most() => return ChosenName { slug, line: None },
            Some(shared) => format!("{} of its {} {} are in this log", shared.found, shared.of, shared.what),
            None if self.unproven && reports.has(&slug) => "it does not say whose it is".to_owned(),
            None => return ChosenName { slug, line: None },
        };
        let is_theirs =
            |slug: &&str| self.share_of(slug, reports, traces).is_some_and(|shared| shared.of > 0 && shared.is_most());
        let is_hashed = |name: &&str| name.len() == self.stem.len() + HASH_CHARS && *name != slug;
        if let Some(theirs) = reports.beginning(&self.stem).filter(is_hashed).find(is_theirs) {
            return ChosenName { slug: theirs.to_owned(), line: None };
        }
        let own = format!("{}{}", self.stem, hash(&format!("{}\n{}", self.known_by, traces.beginning())));
        let line = (!reports.has(&own)).then(|| {
            format!(
                "{slug}-latest is another person's report, or files are missing here ({taken}), so this one is called {own}; \
                 give each person a name with --athlete, or as athlete in runhip.toml\n"
            )
        });
        ChosenName { slug: own, line }
    }

    /// How much of the existing report with this name is in a log with these traces; `None` if no report tells.
    fn share_of(&self, slug: &str, reports: &EarlierReports, traces: &Traces) -> Option<Shared> {
        let (shared, is_anothers) = if let Some(path) = reports.any(slug) {
            let earlier = Earlier::read(slug, &configuration::text_of(&path, slug).ok()?).ok()?;
            (earlier.shared(traces), earlier.is_anothers(&self.known_by))
        } else {
            let whose = whose(reports, slug)?;
            (whose.shared(traces), !whose.is_of(&self.known_by))
        };
        Some(if is_anothers { Shared { found: 0, ..shared } } else { shared })
    }
}

/// How much of the existing report with this name is in a log with these traces, whoever it is about.
pub(super) fn shared_with(slug: &str, reports: &EarlierReports, traces: &Traces) -> Option<Shared> {
    let Some(path) = reports.any(slug) else { return Some(whose(reports, slug)?.shared(traces)) };
    Some(Earlier::read(slug, &configuration::text_of(&path, slug).ok()?).ok()?.shared(traces))
}

/// Whose a report is that exists only as a page.
fn whose(reports: &EarlierReports, slug: &str) -> Option<Whose> {
    let page = configuration::text_of(&reports.page(slug)?, slug).ok()?;
    Whose::read(&page)
}

/// What the person of a report is known by.
#[expect(clippy::disallowed_methods, reason = "the shell may open files")]
fn owner(path: &std::path::Path) -> Option<String> {
    let file = fs::File::open(path).ok()?;
    known_by::read(BufReader::new(file).take(HEAD_BYTES))
}

/// A name in `[a-z0-9-]`, and whether it is enough to be used without a hash.
fn spelled(name: &str) -> (String, bool) {
    let mut slug = String::new();
    let mut alone = true;
    let mut add = |c: char| {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    };
    for c in name.chars() {
        if is_accent(c) {
            continue;
        }
        alone &= !c.is_alphanumeric() || is_latin(c);
        match deunicode::deunicode_char(c).filter(|_| c.is_alphanumeric()) {
            Some(letters) => letters.chars().for_each(&mut add),
            None => add('-'),
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { (NO_NAME.to_owned(), false) } else { (slug.to_owned(), alone) }
}

/// Whether this is a combining accent, which some systems write after its letter.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Whether a letter or digit is Latin and so remains readable without its accents.
fn is_latin(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{aa}' | '\u{ba}' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Whether a name would be taken for the file of a shard, as `shard-*.json` finds them.
fn is_like_a_shard(slug: &str) -> bool {
    slug.strip_prefix("shard").is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Names of our own, and those that Windows keeps for devices.
fn is_reserved(slug: &str) -> bool {
    let device = slug.strip_prefix("com").or_else(|| slug.strip_prefix("lpt"));
    let numbered = device.is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']));
    let ours =
        slug == INDEX || slug.strip_prefix(REDACTED_SLUG).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    ours || numbered || matches!(slug, "con" | "prn" | "aux" | "nul")
}

/// A hash of eight letters and digits, the same on every machine.
pub(super) fn hash(text: &str) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let bytes = blake3::hash(text.as_bytes());
    let bits = bytes.as_bytes().iter().take(5).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    (0..HASH_CHARS).map(|at| char::from(ALPHABET[(bits >> (35 - 5 * at) & 31) as usize])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(name: &str) -> Option<String> {
        ReportName::new(name, name).bare
    }

    fn is_slug(text: &str) -> bool {
        text.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-') && text.len() <= LONGEST
    }

    #[test]
    fn names_are_spelled_in_plain_letters() {
        for (name, slug) in [
            ("Ada Lovelace", "ada-lovelace"),
            ("../Ren\u{e9}e (2026)", "renee-2026"),
            ("Rene\u{301}e", "renee"),
            ("Søren Ångström", "soren-angstrom"),
            ("Weiß", "weiss"),
            ("o'brien_3", "o-brien-3"),
            ("console", "console"),
            ("com10", "com10"),
            ("indexes", "indexes"),
            ("shard", "runner-shard"),
            ("Shard 1 of 2", "runner-shard-1-of-2"),
            ("sharday", "sharday"),
        ] {
            assert_eq!(bare(name).as_deref(), Some(slug), "{name}");
        }
    }

    #[test]
    fn names_that_cannot_stand_alone_have_a_hash_of_their_own() {
        let long = "a ".repeat(200);
        let names = [
            "走る",
            "はしる",
            "Иван",
            "Ивана",
            "עדה",
            "!!!",
            "???",
            "index",
            "Index",
            "redacted",
            "Redacted 2",
            "con",
            "NUL",
            "com1",
            "lpt9",
            &long,
            &format!("{long}b"),
        ];
        let mut all: Vec<String> = Vec::new();
        for name in names {
            let made = ReportName::new(name, name);
            assert_eq!(made.bare, None, "{name}");
            assert!(is_slug(&made.hashed) && !made.hashed.contains("--"), "{name}: {}", made.hashed);
            all.push(made.hashed);
        }
        assert!(
            all[2].starts_with("ivan-") && all[5].starts_with("runner-") && all[7].starts_with("index-"),
            "{all:?}"
        );
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count, "{all:?}");
    }

    #[test]
    fn the_hash_is_that_of_every_machine() {
        // The first 40 bits of BLAKE3 of nothing are af 13 49 b9 f5, in fives 21 28 9 20 19 14 15 21.
        assert_eq!(hash(""), "x6jwvqrx");
        assert_ne!(hash("ada"), hash("Ada"));
    }
}
