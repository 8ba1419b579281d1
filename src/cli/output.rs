//! Writing reports: each file whole or not at all, dated and as the latest.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io::{ErrorKind, Write};
use std::ops::Bound;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use tempfile::NamedTempFile;

use super::failure::unwritten;
use super::target::{self, Replaceable};
use super::{Failure, changed_report};
use crate::whole_file::{self, folder_of, why_not};

/// Makes sure that reports can be written into `dir`, before any work is done, and takes away what a program that was
/// ended has left lying there.
pub(super) fn prepare(dir: &Path) -> Result<(), Failure> {
    let cannot = |error: std::io::Error| Failure::CannotWriteInto { dir: dir.to_owned(), why: why_not(&error) };
    whole_file::make_folder(dir).map_err(cannot)?;
    whole_file::sweep(dir);
    whole_file::begin(dir).map(drop).map_err(cannot)
}

/// What a written file survives, besides the end of the program at any moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Durability {
    /// A power cut too: the disk has it before it takes its name.
    PowerCut,
    /// No power cut. For thousands of reports, each of which the next run makes again: waiting for the disk for each of
    /// them would take longer than making them.
    Program,
}

/// Writes `bytes` to `path` by way of a file beside it, so that a reader sees the old whole or the new whole. What lies
/// there is replaced only where it is `ours`.
pub(super) fn write_whole(path: &Path, bytes: &[u8], ours: Replaceable) -> Result<(), Failure> {
    target::check(path, ours)?;
    if ours == Replaceable::Report {
        changed_report::keep(path)?;
    }
    write_one(path, bytes, Durability::PowerCut)
}

/// Writes `bytes` to `path`, where nothing may lie.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    target::check(path, Replaceable::Nothing)?;
    let mut file = beside(path)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|error| unwritten(path, &error))?;
    // Another program may have put a file there meanwhile.
    file.persist_noclobber(path).map(drop).map_err(|error| match error.error.kind() {
        ErrorKind::AlreadyExists => Failure::AlreadyThere(path.to_owned()),
        _ => unwritten(path, &error.error),
    })
}

fn write_one(path: &Path, bytes: &[u8], durability: Durability) -> Result<(), Failure> {
    let mut file = beside(path)?;
    file.write_all(bytes).map_err(|error| unwritten(path, &error))?;
    match durability {
        Durability::PowerCut => settle(file, path),
        Durability::Program => name(file, path),
    }
}

/// Writes `bytes` to both paths, the second as another name of the first file where the system allows it: for thousands of
/// reports that is half of what is written. Both have to be runhip's own where they are there.
pub(super) fn write_both(paths: &[PathBuf; 2], bytes: &[u8], durability: Durability) -> Result<(), Failure> {
    let [first, second] = paths;
    paths
        .iter()
        .try_for_each(|path| target::check(path, Replaceable::Report).and_then(|()| changed_report::keep(path)))?;
    write_one(first, bytes, durability)?;
    if !alike(first, second) {
        return write_one(second, bytes, durability);
    }
    // The first file is new, so that what stood under the second name is never the same file, and is replaced whole.
    let linked = whole_file::builder().make_in(folder_of(second), |path| fs::hard_link(first, path));
    let Ok(linked) = linked else { return write_one(second, bytes, durability) };
    let beside = linked.path().to_owned();
    match linked.persist(second) {
        Ok(()) => {
            // Where another program has just put the same file there, renaming does nothing, by its definition.
            let _ = fs::remove_file(beside);
            Ok(())
        }
        Err(_) => write_one(second, bytes, durability),
    }
}

/// Whether what lies at `second`, if anything, has the mode and the owner of `first`, so that both can be one file.
#[cfg(unix)]
fn alike(first: &Path, second: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let of = |path: &Path| fs::symlink_metadata(path).map(|metadata| (metadata.mode(), metadata.uid(), metadata.gid()));
    let Ok(second) = of(second) else { return true };
    of(first).is_ok_and(|first| first == second)
}

#[cfg(not(unix))]
fn alike(_: &Path, _: &Path) -> bool {
    true
}

/// A file beside `path` that goes away by itself unless it is [settled](settle).
pub(super) fn beside(path: &Path) -> Result<NamedTempFile, Failure> {
    whole_file::begin_for(path).map_err(|error| unwritten(path, &error))
}

/// Puts a file written beside `path` in its place.
pub(super) fn settle(file: NamedTempFile, path: &Path) -> Result<(), Failure> {
    file.as_file().sync_all().map_err(|error| unwritten(path, &error))?;
    name(file, path)
}

fn name(file: NamedTempFile, path: &Path) -> Result<(), Failure> {
    file.persist(path).map(drop).map_err(|error| unwritten(path, &error.error))
}

/// The slug of a report for sharing, which must not name whose it is; in a roster a number follows.
pub(super) const REDACTED_SLUG: &str = "redacted";

/// What the names of an athlete's redacted reports begin with.
const REDACTED_ATHLETE: &str = "redacted-athlete-";

/// `<dir>/<slug>-<as-of>.<ending>` and `<dir>/<slug>-latest.<ending>`.
pub(super) fn report_paths(dir: &Path, slug: &str, as_of: NaiveDate, ending: &str) -> [PathBuf; 2] {
    [dir.join(format!("{slug}-{as_of}.{ending}")), dir.join(format!("{slug}-latest.{ending}"))]
}

/// The reports in a folder, which is listed once however many are asked for.
#[derive(Default)]
pub(super) struct EarlierReports {
    dir: PathBuf,
    days: BTreeMap<String, BTreeSet<NaiveDate>>,
    latest: HashSet<String>,
    redacted: BTreeSet<String>,
}

impl EarlierReports {
    /// Lists the `<slug>-<day>.json` in `dir`, and which slugs have a latest report in any format. A folder that cannot be
    /// listed holds none.
    pub fn list(dir: &Path) -> Self {
        let mut reports = Self { dir: dir.to_owned(), ..Self::default() };
        // A link may lead anywhere, and a pipe never ends.
        let files = fs::read_dir(dir).into_iter().flatten().flatten();
        for entry in files.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file())) {
            let file = entry.file_name();
            let file = file.to_string_lossy();
            let latest = file.rsplit_once('.').and_then(|(stem, _)| stem.strip_suffix("-latest"));
            if file.starts_with(REDACTED_ATHLETE) {
                reports.redacted.insert(file.clone().into_owned());
            }
            reports.latest.extend(latest.map(str::to_owned));
            if let Some((slug, day)) = dated(&file) {
                reports.days.entry(slug.to_owned()).or_default().insert(day);
            }
        }
        reports
    }

    /// Whether a report with this slug lies there.
    pub fn has(&self, slug: &str) -> bool {
        self.latest.contains(slug) || self.days.contains_key(slug)
    }

    /// A report with this slug that can be read, the latest where there is one.
    pub fn any(&self, slug: &str) -> Option<PathBuf> {
        let latest = self.latest.get(slug).map(|_| self.dir.join(format!("{slug}-latest.json")));
        latest.filter(|path| path.is_file()).or_else(|| Some(self.path(slug, self.last(slug)?)))
    }

    /// The latest report with this slug as a page, for one that has no JSON.
    pub fn page(&self, slug: &str) -> Option<PathBuf> {
        self.latest.get(slug)?;
        let all = ["html", "md"].map(|ending| self.dir.join(format!("{slug}-latest.{ending}")));
        all.into_iter().find(|path| path.is_file())
    }

    /// That redacted reports of athletes lie there which this run, of these slugs and this day, does not replace: in them a
    /// number can be somebody else's.
    pub fn otherwise_numbered(&self, slugs: &BTreeSet<&str>, as_of: NaiveDate) -> Option<String> {
        let day = format!("-{as_of}");
        let is_of_this_run = |file: &&String| {
            let stem = file.rsplit_once('.').map_or(file.as_str(), |(stem, _)| stem);
            stem.strip_suffix("-latest").or_else(|| stem.strip_suffix(&day)).is_some_and(|slug| slugs.contains(slug))
        };
        let others = self.redacted.iter().filter(|file| !is_of_this_run(file)).count();
        (others > 0).then(|| {
            format!(
                "{}: redacted reports of other runs lie there ({others}), in which a number can be another athlete's; share only \
                 what {REDACTED_SLUG}-index names, or write into an empty folder with --out\n",
                self.dir.display()
            )
        })
    }

    /// The slugs that begin like this and have a report that can be read, in order.
    pub fn beginning<'a>(&'a self, start: &'a str) -> impl Iterator<Item = &'a str> {
        let from = self.days.range::<str, _>((Bound::Included(start), Bound::Unbounded));
        from.map(|(slug, _)| slug.as_str()).take_while(move |slug| slug.starts_with(start))
    }

    /// That there is one of a later day, as there is where a clock was set back, and what that means.
    pub fn later(&self, slug: &str, as_of: NaiveDate) -> Option<String> {
        let day = self.last(slug).filter(|day| *day > as_of)?;
        Some(format!(
            "{slug}-{day}.json is of a later day than this report, which is {slug}-latest now; check the clock, or --as-of\n"
        ))
    }

    /// The day of the last one with this slug.
    pub fn last(&self, slug: &str) -> Option<NaiveDate> {
        self.days.get(slug)?.last().copied()
    }

    /// The newest with this slug of a day before `as_of`.
    pub fn newest(&self, slug: &str, as_of: NaiveDate) -> Option<PathBuf> {
        Some(self.path(slug, *self.days.get(slug)?.range(..as_of).next_back()?))
    }

    fn path(&self, slug: &str, day: NaiveDate) -> PathBuf {
        self.dir.join(format!("{slug}-{day}.json"))
    }
}

/// The slug of a dated report's file in any format.
pub(super) fn slug_of(file: &str) -> Option<&str> {
    let stem = file.rsplit_once('.')?.0;
    stem.get(..stem.len().checked_sub("-2026-03-04".len())?)
}

/// The slug and the day of `<slug>-<day>.json`.
fn dated(name: &str) -> Option<(&str, NaiveDate)> {
    let stem = name.strip_suffix(".json")?;
    let (slug, day) = stem.split_at_checked(stem.len().checked_sub("2026-03-04".len())?)?;
    Some((slug.strip_suffix('-')?, day.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::seal;

    #[test]
    fn the_newest_earlier_report_is_found_among_others() {
        let dir = tempfile::tempdir().expect("a folder");
        let day = |day: u32| NaiveDate::from_ymd_opt(2026, 3, day).expect("a day");
        let newest_before = |slug: &str, before| EarlierReports::list(dir.path()).newest(slug, before);
        assert_eq!(newest_before("ada", day(9)), None);
        for name in [
            "ada-2026-03-02.json",
            "ada-2026-03-09.json",
            "ada-2026-03-08.html",
            "ada-latest.json",
            "ada-b-2026-03-08.json",
            "ada-2026-03-01-2026-03-05.json",
            "2026-03-08.json",
            "-2026-03-08.json",
            "走走走.json",
        ] {
            std::fs::write(dir.path().join(name), "").expect("written");
        }
        assert_eq!(newest_before("ada", day(9)), Some(dir.path().join("ada-2026-03-02.json")));
        assert_eq!(newest_before("ada", day(10)), Some(dir.path().join("ada-2026-03-09.json")));
        assert_eq!(newest_before("ada", day(2)), None);
        // A slug that ends like a day is another's.
        assert_eq!(newest_before("ada-b", day(9)), Some(dir.path().join("ada-b-2026-03-08.json")));
        assert_eq!(newest_before("ada-2026-03-01", day(9)), Some(dir.path().join("ada-2026-03-01-2026-03-05.json")));
        assert_eq!(newest_before("走", day(9)), None);
        assert!(EarlierReports::list(&dir.path().join("none")).newest("ada", day(9)).is_none());
    }

    /// A report as runhip writes it.
    fn report(text: &str) -> String {
        seal::close(format!("<!-- runhip report -->\n{text}\n{}\n", seal::line()))
    }

    #[test]
    fn a_file_is_replaced_whole() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.html");
        write_whole(&path, report("first, and longer").as_bytes(), Replaceable::Report).expect("written");
        write_whole(&path, report("second").as_bytes(), Replaceable::Report).expect("written");
        assert_eq!(std::fs::read_to_string(&path).expect("read"), report("second"));
        assert_eq!(std::fs::read_dir(dir.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn two_names_hold_the_same_and_the_older_file_is_left_as_it_was() {
        let dir = tempfile::tempdir().expect("a folder");
        let read = |name: &str| std::fs::read(dir.path().join(name)).expect("read");
        for (name, text, durability) in [
            ("one", "first, and longer", Durability::PowerCut),
            ("two", "second", Durability::Program),
            ("two", "second again", Durability::Program),
        ] {
            let text = report(text).into_bytes();
            write_both(&[dir.path().join(name), dir.path().join("latest")], &text, durability).expect("written");
            assert_eq!((read(name), read("latest")), (text.clone(), text));
        }
        assert_eq!(read("one"), report("first, and longer").into_bytes());
        assert_eq!(std::fs::read_dir(dir.path()).expect("a folder").count(), 3, "nothing is left lying about");
    }

    #[test]
    fn a_folder_that_is_a_file_is_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("file");
        std::fs::write(&path, "x").expect("written");
        assert!(prepare(&path).is_err());
    }
}
