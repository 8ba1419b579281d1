//! Writes reports: each file whole or not at all, both dated and as the latest.

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

/// Makes sure, before any work is done, that reports can be written into `dir`, and removes files left over from a
/// program that was interrupted.
pub(super) fn prepare(dir: &Path) -> Result<(), Failure> {
    let cannot = |error: std::io::Error| Failure::CannotWriteInto { dir: dir.to_owned(), why: why_not(&error) };
    whole_file::make_folder(dir).map_err(cannot)?;
    whole_file::sweep(dir);
    whole_file::begin(dir).map(drop).map_err(cannot)
}

/// What a written file survives besides the end of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Durability {
    /// A power cut: the file is on disk before it gets its name.
    PowerCut,
    /// No power cut. This is for thousands of reports, which the next run makes again: waiting for the disk for each
    /// would take longer than making it.
    Program,
}

/// Writes `bytes` to `path` through a file beside it, so that a reader sees either the whole old file or the whole
/// new one. An existing file is replaced only if it is `ours`.
pub(super) fn write_whole(path: &Path, bytes: &[u8], ours: Replaceable) -> Result<(), Failure> {
    target::check(path, ours)?;
    if ours == Replaceable::Report {
        changed_report::keep(path)?;
    }
    write_one(path, bytes, Durability::PowerCut)
}

/// Writes `bytes` to `path`, which must not exist.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    target::check(path, Replaceable::Nothing)?;
    let mut file = beside(path)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|error| unwritten(path, &error))?;
    // Another program may have created a file there meanwhile.
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

/// Writes `bytes` to both paths, the second as a hard link to the first where possible: for thousands of reports that
/// halves what is written. Existing files have to be runhip's own.
pub(super) fn write_both(paths: &[PathBuf; 2], bytes: &[u8], durability: Durability) -> Result<(), Failure> {
    let [first, second] = paths;
    paths
        .iter()
        .try_for_each(|path| target::check(path, Replaceable::Report).and_then(|()| changed_report::keep(path)))?;
    write_one(first, bytes, durability)?;
    if !alike(first, second) {
        return write_one(second, bytes, durability);
    }
    // The first file is new, so the old file of the second name is a different one and is replaced as a whole.
    let linked = whole_file::builder().make_in(folder_of(second), |path| fs::hard_link(first, path));
    let Ok(linked) = linked else { return write_one(second, bytes, durability) };
    let beside = linked.path().to_owned();
    match linked.persist(second) {
        Ok(()) => {
            // If another program has just linked the same file there, renaming does nothing, as POSIX defines.
            let _ = fs::remove_file(beside);
            Ok(())
        }
        Err(_) => write_one(second, bytes, durability),
    }
}

/// Whether an existing file at `second` has the mode and owner of `first`, so that both can be one file.
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

/// A file beside `path` that is deleted unless it is [settled](settle).
pub(super) fn beside(path: &Path) -> Result<NamedTempFile, Failure> {
    whole_file::begin_for(path).map_err(|error| unwritten(path, &error))
}

/// Moves a file written beside `path` to its place.
pub(super) fn settle(file: NamedTempFile, path: &Path) -> Result<(), Failure> {
    file.as_file().sync_all().map_err(|error| unwritten(path, &error))?;
    name(file, path)
}

fn name(file: NamedTempFile, path: &Path) -> Result<(), Failure> {
    file.persist(path).map(drop).map_err(|error| unwritten(path, &error.error))
}

/// The slug of a redacted report, which must not tell whose it is; in a roster a number follows.
pub(super) const REDACTED_SLUG: &str = "redacted";

/// The beginning of the file names of an athlete's redacted reports.
const REDACTED_ATHLETE: &str = "redacted-athlete-";

/// The dated and the latest path of a report: `<dir>/<slug>-<as-of>.<ending>` and `<dir>/<slug>-latest.<ending>`.
pub(super) fn report_paths(dir: &Path, slug: &str, as_of: NaiveDate, ending: &str) -> [PathBuf; 2] {
    [dir.join(format!("{slug}-{as_of}.{ending}")), dir.join(format!("{slug}-latest.{ending}"))]
}

/// The reports in a folder, which is listed once for all questions.
#[derive(Default)]
pub(super) struct EarlierReports {
    dir: PathBuf,
    days: BTreeMap<String, BTreeSet<NaiveDate>>,
    latest: HashSet<String>,
    redacted: BTreeSet<String>,
}

impl EarlierReports {
    /// Lists the `<slug>-<day>.json` in `dir`, and the slugs that have a latest report in any format. A folder that
    /// cannot be listed counts as empty.
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

    /// Whether there is a report with this slug.
    pub fn has(&self, slug: &str) -> bool {
        self.latest.contains(slug) || self.days.contains_key(slug)
    }

    /// A JSON report with this slug, the latest if possible.
    pub fn any(&self, slug: &str) -> Option<PathBuf> {
        let latest = self.latest.get(slug).map(|_| self.dir.join(format!("{slug}-latest.json")));
        latest.filter(|path| path.is_file()).or_else(|| Some(self.path(slug, self.last(slug)?)))
    }

    /// The latest report with this slug as a page, for slugs without JSON.
    pub fn page(&self, slug: &str) -> Option<PathBuf> {
        self.latest.get(slug)?;
        let all = ["html", "md"].map(|ending| self.dir.join(format!("{slug}-latest.{ending}")));
        all.into_iter().find(|path| path.is_file())
    }

    /// The warning that redacted reports of athletes are there which this run does not replace: a number in them may
    /// be another athlete's.
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

    /// The slugs with this beginning that have a JSON report, in order.
    pub fn beginning<'a>(&'a self, start: &'a str) -> impl Iterator<Item = &'a str> {
        let from = self.days.range::<str, _>((Bound::Included(start), Bound::Unbounded));
        from.map(|(slug, _)| slug.as_str()).take_while(move |slug| slug.starts_with(start))
    }

    /// The warning that a report of a later day exists, as after a clock was set back.
    pub fn later(&self, slug: &str, as_of: NaiveDate) -> Option<String> {
        let day = self.last(slug).filter(|day| *day > as_of)?;
        Some(format!(
            "{slug}-{day}.json is of a later day than this report, which is {slug}-latest now; check the clock, or --as-of\n"
        ))
    }

    /// The day of the last JSON report with this slug.
    pub fn last(&self, slug: &str) -> Option<NaiveDate> {
        self.days.get(slug)?.last().copied()
    }

    /// The newest JSON report with this slug from a day before `as_of`.
    pub fn newest(&self, slug: &str, as_of: NaiveDate) -> Option<PathBuf> {
        Some(self.path(slug, *self.days.get(slug)?.range(..as_of).next_back()?))
    }

    fn path(&self, slug: &str, day: NaiveDate) -> PathBuf {
        self.dir.join(format!("{slug}-{day}.json"))
    }
}

/// The slug in the file name of a dated report of any format.
pub(super) fn slug_of(file: &str) -> Option<&str> {
    let stem = file.rsplit_once('.')?.0;
    stem.get(..stem.len().checked_sub("-2026-03-04".len())?)
}

/// The slug and the day in `<slug>-<day>.json`.
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
        // A slug that ends in a day is a different slug.
        assert_eq!(newest_before("ada-b", day(9)), Some(dir.path().join("ada-b-2026-03-08.json")));
        assert_eq!(newest_before("ada-2026-03-01", day(9)), Some(dir.path().join("ada-2026-03-01-2026-03-05.json")));
        assert_eq!(newest_before("走", day(9)), None);
        assert!(EarlierReports::list(&dir.path().join("none")).newest("ada", day(9)).is_none());
    }

    /// A report in the form in which runhip writes it.
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
