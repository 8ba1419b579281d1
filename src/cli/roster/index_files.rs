//! The files of the index: where they are, what they are compared with, and what is printed. The roster and `runhip
//! merge` write them in the same way.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::cli::arguments::Format;
use crate::cli::output::{self, Durability, EarlierReports, REDACTED_SLUG};
use crate::cli::report_name::INDEX;
use crate::cli::target::{self, Replaceable};
use crate::cli::{Failure, terminal};
use crate::configuration;
use crate::report::index::contract::Index;
use crate::report::index::{html, is_gone, json, markdown, summary};
use crate::report::summary::Look;
use crate::report::wording;
use crate::roster::EarlierIndex;
use crate::whole_file::folder_of;

/// The formats of the index.
const FORMATS: [Format; 3] = [Format::Html, Format::Md, Format::Json];

/// Where the index is written and how much is printed.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(in crate::cli) struct IndexFiles<'a> {
    pub out: &'a Path,
    pub redacted: bool,
    pub quiet: bool,
    pub heartbeat: bool,
    pub verbose: bool,
}

impl IndexFiles<'_> {
    /// The slug of the files.
    pub fn slug(&self) -> String {
        if self.redacted { format!("{REDACTED_SLUG}-{INDEX}") } else { INDEX.to_owned() }
    }

    /// The paths of the files, for each of the formats.
    fn paths(&self, as_of: NaiveDate) -> [[PathBuf; 2]; 3] {
        let slug = self.slug();
        FORMATS.map(|format| output::report_paths(self.out, &slug, as_of, format.ending()))
    }

    /// Checks that nothing else is in their place.
    pub fn check(&self, as_of: NaiveDate) -> Result<(), Failure> {
        self.paths(as_of).iter().flatten().try_for_each(|path| target::check(path, Replaceable::Report))
    }

    /// Writes the index in every format, and prints the summary followed by `settings`.
    pub fn write(&self, index: &Index, settings: &str) -> Result<(), Failure> {
        let mut written = Vec::new();
        for (format, paths) in FORMATS.into_iter().zip(self.paths(index.as_of)) {
            let text = render(index, format);
            output::write_both(&paths, text.as_bytes(), Durability::PowerCut)?;
            written.push(paths[0].display().to_string());
        }
        let written = written.join(", ");
        if self.quiet {
            let news = summary::news(index).or_else(|| self.heartbeat.then(|| nothing_new(index)));
            return match news {
                Some(news) => terminal::say(&format!("{news}Index: {written}\n")),
                None => Ok(()),
            };
        }
        let look = Look { width: terminal::width(), verbose: self.verbose };
        terminal::say(&format!("{}\nIndex: {written}\n{settings}", summary::render(index, &look).trim_end()))
    }
}

/// Renders the index in a format.
pub(super) fn render(index: &Index, format: Format) -> String {
    match format {
        Format::Html | Format::Handout => html::render(index),
        Format::Md | Format::MdFull => markdown::render(index),
        Format::Json => json::render(index),
    }
}

/// Refuses a folder whose latest index, of whatever day, is of other athletes than those of `folders`: it would be lost,
/// or they would be told as gone.
pub(in crate::cli) fn check_whose(reports: &EarlierReports, folders: &BTreeSet<String>) -> Result<(), Failure> {
    let Some(path) = reports.any(INDEX) else { return Ok(()) };
    // One that cannot be read says nothing of whose it is, and is told where it is compared with.
    let Ok(text) = configuration::text_of(&path, INDEX) else { return Ok(()) };
    if EarlierIndex::read(INDEX, &text).is_of_others(folders) {
        return Err(Failure::AnotherRoster(folder_of(&path).to_owned()));
    }
    Ok(())
}

/// The newest index among the earlier reports. Prints why it cannot be used, and whether there is a later one.
pub(in crate::cli) fn earlier(reports: &EarlierReports, as_of: NaiveDate) -> EarlierIndex {
    terminal::complain(&reports.later(INDEX, as_of).unwrap_or_default());
    let Some(path) = reports.newest(INDEX, as_of) else { return EarlierIndex::None };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let earlier = match configuration::text_of(&path, &name) {
        Ok(text) => EarlierIndex::read(&name, &text),
        Err(error) => EarlierIndex::Unusable(error),
    };
    if let EarlierIndex::Unusable(why) = &earlier {
        terminal::complain(&format!("{why}\n"));
    }
    earlier
}

/// A line for each athlete whose folder is gone since the earlier index, or seems to have lost files.
pub(in crate::cli) fn what_is_missing(index: &Index) -> Vec<String> {
    let missing = index.athletes.iter().filter_map(|row| Some(format!("{}: {}\n", row.folder, row.missing.as_ref()?)));
    let gone = index.gone.iter().filter(|gone| gone.is_new);
    missing.chain(gone.map(|gone| format!("{}: {}\n", gone.folder, is_gone(gone)))).collect()
}

/// What a heartbeat prints where there is no news.
fn nothing_new(index: &Index) -> String {
    format!(
        "{}: nothing new for {}. ",
        wording::day(index.as_of),
        wording::counted(index.athletes.len() as u64, "athlete", "athletes")
    )
}
