//! `--keep`: deletes old dated reports that runhip wrote and nobody has changed since. Files of any other name are
//! never touched.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::num::NonZeroU16;
use std::path::Path;

use chrono::NaiveDate;

use super::target::{self, Replaceable};
use super::{changed_report, terminal};
use crate::whole_file::why_not;

/// The file name endings of reports.
const ENDINGS: [&str; 3] = ["html", "md", "json"];

/// Deletes the dated reports in `dir` of each of `slugs`, except those of the newest `keep` days.
pub(super) fn thin(dir: &Path, slugs: &BTreeSet<&str>, keep: NonZeroU16) {
    let mut by_slug: BTreeMap<&str, BTreeMap<NaiveDate, Vec<fs::DirEntry>>> = BTreeMap::new();
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some((slug, day)) = dated(&name.to_string_lossy()).and_then(|(slug, day)| Some((*slugs.get(slug)?, day)))
        else {
            continue;
        };
        by_slug.entry(slug).or_default().entry(day).or_default().push(entry);
    }
    for days in by_slug.into_values() {
        for entry in days.into_values().rev().skip(usize::from(keep.get())).flatten() {
            remove(&entry.path());
        }
    }
}

/// Deletes a report, if it is unchanged since runhip wrote it.
fn remove(path: &Path) {
    let is_ours =
        target::check(path, Replaceable::Report).is_ok() && changed_report::is_changed(path).is_ok_and(|is| !is);
    if !is_ours {
        return;
    }
    if let Err(error) = fs::remove_file(path) {
        terminal::complain(&format!("{} was not taken away: {}\n", path.display(), why_not(&error)));
    }
}

/// The slug and the day in `<slug>-<day>.<ending>`.
fn dated(name: &str) -> Option<(&str, NaiveDate)> {
    let (stem, ending) = name.rsplit_once('.')?;
    let (slug, day) = stem.split_at_checked(stem.len().checked_sub("2026-03-04".len())?)?;
    ENDINGS.contains(&ending).then_some(())?;
    Some((slug.strip_suffix('-')?, day.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{fixtures, html, json, markdown};

    #[test]
    fn the_newest_days_stay_and_whatever_is_not_as_it_was_written() {
        let dir = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
        let report = fixtures::warning();
        let (page, text, data) = (html::render(&report), markdown::render(&report), json::render(&report));
        for day in ["01", "08", "15", "22"] {
            put(&format!("ada-2026-03-{day}.html"), &page);
            put(&format!("ada-2026-03-{day}.json"), &data);
            put(&format!("bo-2026-03-{day}.html"), &page);
        }
        put("ada-2026-03-02.md", &text);
        put("ada-2026-02-01.html", &format!("{page}my own remark"));
        put("ada-2026-02-02.html", "a page of mine");
        put("ada-2026-02-03.gpx", &page);
        put("ada-b-2026-02-01.html", &page);
        put("ada-latest.html", &page);
        thin(dir.path(), &["ada"].into(), NonZeroU16::new(2).unwrap());
        let mut names: Vec<String> =
            fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        assert_eq!(
            names,
            [
                "ada-2026-02-01.html",
                "ada-2026-02-02.html",
                "ada-2026-02-03.gpx",
                "ada-2026-03-15.html",
                "ada-2026-03-15.json",
                "ada-2026-03-22.html",
                "ada-2026-03-22.json",
                "ada-b-2026-02-01.html",
                "ada-latest.html",
                "bo-2026-03-01.html",
                "bo-2026-03-08.html",
                "bo-2026-03-15.html",
                "bo-2026-03-22.html",
            ]
        );
    }
}
