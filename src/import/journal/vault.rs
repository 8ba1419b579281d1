//! Texts with one file for each day, as vaults of Obsidian and Logseq have them: the day is in the file's name or in
//! the lines above its text, and links to other days are no notes.

use chrono::NaiveDate;

use super::headings::{self, HeadingDates};
use super::words;
use crate::import::csv::dates::DayOrder;

/// The most lines of front matter.
const MOST_LINES_OF_FRONT_MATTER: usize = 60;

/// The dates in the name of a file: one day, or the week, month or year of its lines.
pub fn of_name(name: &str) -> HeadingDates {
    let parts: Vec<&str> = name.rsplit(['/', '\\', '!']).collect();
    let stem = parts.first().map_or("", |last| last.split('.').next().unwrap_or_default());
    // Full stops also separate the parts of a date, so only the ending is removed.
    let stem = parts.first().and_then(|last| last.rsplit_once('.')).map_or(stem, |(stem, _)| stem);
    let told = headings::told(stem, None, DayOrder::Unsettled);
    if told.day.is_some() || told.week.is_some() {
        return told;
    }
    day_of_folders(stem, &parts).map_or(told, |day| HeadingDates { day: Some(day), ..HeadingDates::default() })
}

/// The day in `2026/03/04.md` or `2026/03-March/04.md`.
fn day_of_folders(stem: &str, parts: &[&str]) -> Option<NaiveDate> {
    let number = |text: &str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        text[..digits].parse::<u32>().ok().filter(|_| digits <= 2)
    };
    let year: i32 = parts.get(2)?.parse().ok().filter(|year| (1_980..2_100).contains(year))?;
    let month = number(parts.get(1)?)?;
    let day = number(stem).filter(|_| stem.len() <= 2)?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The lines between two rules above a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FrontMatter<'a> {
    /// The number of its lines; 0 if there is none.
    pub lines: usize,
    /// The day it names.
    pub day: Option<NaiveDate>,
    /// Its other keys and values, each with its line, counted from 0.
    pub others: Vec<(usize, &'a str)>,
}

/// Reads the front matter of a text, in YAML or TOML.
pub fn front_matter(text: &str) -> FrontMatter<'_> {
    let mut lines = text.lines().enumerate();
    let Some(rule) = lines.next().map(|(_, line)| line.trim_end()).filter(|line| matches!(*line, "---" | "+++")) else {
        return FrontMatter::default();
    };
    let mut found = FrontMatter::default();
    for (at, line) in lines.take(MOST_LINES_OF_FRONT_MATTER) {
        if line.trim_end() == rule {
            return FrontMatter { lines: at + 1, ..found };
        }
        let Some((key, value)) = line.split_once([':', '=']) else {
            found.others.push((at, line));
            continue;
        };
        if words::is_day_key(key) && found.day.is_none() {
            found.day = headings::told(value, None, DayOrder::Unsettled).day;
        } else if !words::is_other_key(key) {
            found.others.push((at, line));
        }
    }
    FrontMatter::default()
}

/// The key and value in a line of front matter that is not part of a list or of another key.
pub fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once([':', '=']).filter(|_| line.starts_with(char::is_alphabetic))?;
    Some((key.trim(), value.trim().trim_matches(['"', '\''])))
}

/// True for a line with nothing but links, such as those to the days before and after.
pub fn is_navigation(line: &str) -> bool {
    let mut rest = line;
    let mut links = 0;
    let mut outside = String::new();
    while let Some(at) = rest.find('[') {
        outside.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let (close, target) = if behind.starts_with('[') { ("]]", false) } else { ("]", true) };
        let Some(end) = behind.find(close) else { return false };
        rest = &behind[end + close.len()..];
        if target {
            let Some(inside) = rest.strip_prefix('(') else { return false };
            let Some(end) = inside.find(')') else { return false };
            rest = &inside[end + 1..];
        }
        links += 1;
    }
    outside.push_str(rest);
    links > 0 && !outside.contains(char::is_alphanumeric)
}

/// True if a line of links has several, so that it does not name its own day.
pub fn leads_to_several(line: &str) -> bool {
    line.matches('[').count() - line.matches("[[").count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(name: &str) -> Option<String> {
        of_name(name).day.map(|day| day.to_string())
    }

    #[test]
    fn the_name_of_a_file_is_its_day() {
        for name in [
            "2026-03-04.md",
            "journals/2026_03_04.md",
            "2026-03-04 Wednesday.md",
            "2026-03-04-easy-run.md",
            "20260304.md",
            "Log 2026-03-04.md",
            "4.3.2026.txt",
            "March 4, 2026.md",
            "4 March 2026.md",
            "2026-03-04-02.md",
            "2026/03/04.md",
            "2026/03-March/04.md",
            "vault.zip!/2026/03/2026-03-04.md",
        ] {
            assert_eq!(day(name).as_deref(), Some("2026-03-04"), "{name}");
        }
        for name in ["pain.md", "2026.md", "2026-03.md", "diary-03-04-2026.md", "notes/12.md", "run 12.md"] {
            assert_eq!(day(name), None, "{name}");
        }
        assert_eq!(of_name("2026-03.md").month, Some((2026, 3)));
        assert_eq!(of_name("training-2026.md").year, Some(2026));
        assert!(of_name("2026-W10.md").week.is_some());
    }

    #[test]
    fn front_matter_names_the_day_and_may_hold_more() {
        let yaml = front_matter("---\ndate: 2026-03-04\ntags: [hip]\nhip_pain: 4\n---\ntext\n");
        assert_eq!((yaml.lines, yaml.day.map(|day| day.to_string()).as_deref()), (5, Some("2026-03-04")));
        assert_eq!(yaml.others, [(3, "hip_pain: 4")]);
        let toml = front_matter("+++\ntitle = \"Entry\"\ndate = \"2026-03-04T00:00:00-00:00\"\n+++\n");
        assert_eq!((toml.lines, toml.day.is_some()), (4, true));
        assert_eq!(front_matter("---\nno end\n"), FrontMatter::default());
        assert_eq!(front_matter("text\n---\n"), FrontMatter::default());
    }

    #[test]
    fn links_alone_are_no_note() {
        for line in
            ["[[2026-03-03]] | [[2026-03-05]]", "<< [[2026-03-03]] >>", "[before](2026-03-03.md) - [after](x.md)"]
        {
            assert!(is_navigation(line), "{line}");
        }
        for line in ["[[2026-03-04]] sore", "sore", "[2026-03-04] sore", "- [ ] task", "[x]"] {
            assert!(!is_navigation(line), "{line}");
        }
        assert!(leads_to_several("[[a]] | [[b]]") && !leads_to_several("## [[2026-03-04]]"));
    }
}
