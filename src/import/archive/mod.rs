//! Zip archives, read as they lie: members are streamed and nothing is unpacked to disk. Each member has its own row,
//! archives inside are opened in memory, and what looks made to do harm is refused with its reason.

mod member;
mod salvage;
#[cfg(test)]
mod tests;

use std::io::{BufReader, Cursor, Read, Seek};
use std::path::Path;

use globset::GlobSet;
use rayon::prelude::*;
use zip::ZipArchive;
use zip::result::ZipError;

use self::member::{Handling, Member};
use super::csv::CsvOptions;
use super::format::{self, FileContents};
use super::imported::Imported;
use super::limits;
use super::source::{self, Stopped};
use crate::model::problem::{Fault, Place, Problem};

/// One file or member that was looked at, by its ledger path.
pub type Looked = (String, FileContents);

/// What stays the same throughout an archive and those inside it.
struct Reading<'a> {
    ignored: &'a GlobSet,
    csv: &'a CsvOptions,
    most_members: usize,
}

/// Where an archive is.
#[derive(Clone, Copy)]
enum Holder<'a> {
    Disk(&'a Path),
    Memory(&'a [u8]),
}

trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// An archive's place in the ledger, and its place below the path given as patterns of `ignore` see it.
struct Names {
    ledger: String,
    relative: String,
}

impl Names {
    fn of_member(&self, name: &str) -> Self {
        let relative = if self.relative.is_empty() { name.to_owned() } else { format!("{}!/{name}", self.relative) };
        Self { ledger: format!("{}!/{name}", self.ledger), relative }
    }
}

/// True for the name of an archive that is opened.
#[must_use]
pub fn is_archive_name(name: &str) -> bool {
    name.len() > 4 && name.as_bytes()[name.len() - 4..].eq_ignore_ascii_case(b".zip")
}

/// Reads the archive at `path`: its own row, and one for each member. Its members are read side by side.
#[must_use]
pub fn read(path: &Path, ledger: &str, relative: &str, ignored: &GlobSet, csv: &CsvOptions) -> Vec<Looked> {
    let names = Names { ledger: ledger.to_owned(), relative: relative.to_owned() };
    let bytes = match source::open(path) {
        Ok((_, bytes)) => bytes,
        Err(problem) => return vec![(names.ledger, row(Imported::failed(problem)))],
    };
    let mut rows = Vec::new();
    let mut allowance = limits::unpacked_allowance(bytes);
    let reading = Reading { ignored, csv, most_members: limits::MOST_MEMBERS };
    reading.archive(Holder::Disk(path), &names, 1, &mut allowance, &mut rows);
    rows
}

fn row(imported: Imported) -> FileContents {
    FileContents { format: Some("zip".to_owned()), imported }
}

fn refused(why: String) -> Imported {
    Imported::failed(Fault::Refused { why }.at(Place::File))
}

fn too_deep() -> String {
    format!("archives lie more than {} deep in one another", limits::DEEPEST_ARCHIVE)
}

impl Holder<'_> {
    fn open(&self) -> Result<Box<dyn ReadSeek + Send + '_>, Problem> {
        Ok(match self {
            Self::Disk(path) => Box::new(source::open(path)?.0),
            Self::Memory(bytes) => Box::new(Cursor::new(*bytes)),
        })
    }
}

impl Reading<'_> {
    /// Reads one archive. `allowance` is what may still be unpacked in the outermost one and everything inside it.
    fn archive(&self, holder: Holder<'_>, names: &Names, depth: u32, allowance: &mut u64, rows: &mut Vec<Looked>) {
        let own = rows.len();
        rows.push((names.ledger.clone(), row(Imported::default())));
        let imported = match self.members(holder, names, depth, allowance, rows) {
            Ok(problems) => Imported { problems, ..Imported::default() },
            Err(Unopened::Refused(imported)) => *imported,
            Err(Unopened::Broken(detail)) => self.salvage(holder, names, depth, allowance, rows, detail),
        };
        rows[own].1 = row(imported);
        if rows.len() == own + 1 && rows[own].1.imported == Imported::default() {
            rows[own].1 = row(Imported::ignored("an empty archive"));
        }
    }

    /// Reads the members that the table of contents at the archive's end lists.
    fn members(
        &self,
        holder: Holder<'_>,
        names: &Names,
        depth: u32,
        allowance: &mut u64,
        rows: &mut Vec<Looked>,
    ) -> Result<Vec<Problem>, Unopened> {
        let archive = ZipArchive::new(holder.open()?).map_err(|error| Unopened::of(&error))?;
        if archive.offset() > 0 && starts_like_a_zip(holder)? {
            // The table that was found belongs to an archive inside this one.
            return Err(Unopened::Broken("its table of contents is missing".to_owned()));
        }
        if archive.len() > self.most_members {
            let why = format!("it has more than {} members", self.most_members);
            return Err(Unopened::Refused(Box::new(refused(why))));
        }
        let mut files = Vec::new();
        let mut inner = Vec::new();
        for index in 0..archive.len() {
            let Ok(entry) = archive.by_index_data(index) else { continue };
            if entry.is_dir() {
                continue;
            }
            let member = Member::of(&entry, index);
            let member_names = names.of_member(&member.name);
            match member.handling(&member_names.relative, self.ignored, allowance) {
                Handling::Left(imported) => rows.push((member_names.ledger, FileContents::unread(imported))),
                Handling::Archive if depth >= limits::DEEPEST_ARCHIVE => {
                    rows.push((member_names.ledger, row(refused(too_deep()))));
                }
                Handling::Archive => inner.push((member, member_names)),
                Handling::File => files.push((member, member_names.ledger)),
            }
        }
        let mut problems = Vec::new();
        if archive.has_duplicate_names() {
            problems.push(Fault::MembersShareNames.at(Place::File));
        }
        drop(archive);
        rows.extend(self.files(holder, &files));
        // One after the other, since each is held in memory.
        for (member, member_names) in inner {
            match unpacked(holder, &member) {
                Ok(bytes) => self.archive(Holder::Memory(&bytes), &member_names, depth + 1, allowance, rows),
                Err(problem) => rows.push((member_names.ledger, row(Imported::failed(problem)))),
            }
        }
        Ok(problems)
    }

    /// Each thread opens the archive for itself, for a share of the members at a time.
    fn files(&self, holder: Holder<'_>, files: &[(Member, String)]) -> Vec<Looked> {
        let share = files.len().div_ceil(rayon::current_num_threads() * 8).max(1);
        files
            .par_chunks(share)
            .flat_map_iter(|share| {
                let mut archive =
                    holder.open().and_then(|opened| ZipArchive::new(opened).map_err(|error| unreadable(&error)));
                share
                    .iter()
                    .map(|(member, ledger)| {
                        let contents = match &mut archive {
                            Ok(archive) => self.file(archive, member),
                            Err(problem) => FileContents::unread(Imported::failed(problem.clone())),
                        };
                        (ledger.clone(), contents)
                    })
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    fn file(&self, archive: &mut ZipArchive<Box<dyn ReadSeek + Send + '_>>, member: &Member) -> FileContents {
        match archive.by_index(member.index) {
            Ok(opened) => {
                let mut input = BufReader::with_capacity(1 << 16, opened);
                format::read(member.file_name(), member.bytes, &mut input, self.csv)
            }
            Err(error) => FileContents::unread(Imported::failed(unreadable(&error))),
        }
    }
}

/// An archive inside an archive, whole in memory; as much of it as can be read.
fn unpacked(holder: Holder<'_>, member: &Member) -> Result<Vec<u8>, Problem> {
    let mut archive = ZipArchive::new(holder.open()?).map_err(|error| unreadable(&error))?;
    let opened = archive.by_index(member.index).map_err(|error| unreadable(&error))?;
    match source::read_all(opened, limits::LARGEST_INNER_ARCHIVE_BYTES) {
        (_, Some(Stopped::TooLarge(why))) => Err(Fault::Refused { why }.at(Place::File)),
        (bytes, Some(Stopped::Broken(detail))) if bytes.is_empty() => Err(Fault::Unreadable { detail }.at(Place::File)),
        (bytes, _) => Ok(bytes),
    }
}

/// Why the members of an archive could not be listed.
enum Unopened {
    Refused(Box<Imported>),
    /// Its table of contents is missing or damaged.
    Broken(String),
}

impl Unopened {
    fn of(error: &ZipError) -> Self {
        match error {
            ZipError::Io(error) if error.get_ref().is_none() && error.kind() != std::io::ErrorKind::UnexpectedEof => {
                let detail = source::in_words(error);
                Self::Refused(Box::new(Imported::failed(Fault::Unreadable { detail }.at(Place::File))))
            }
            _ => Self::Broken("its table of contents is missing or damaged".to_owned()),
        }
    }
}

impl From<Problem> for Unopened {
    fn from(problem: Problem) -> Self {
        Self::Refused(Box::new(Imported::failed(problem)))
    }
}

fn starts_like_a_zip(holder: Holder<'_>) -> Result<bool, Problem> {
    let mut start = [0; 4];
    let read = holder.open()?.read_exact(&mut start);
    Ok(read.is_ok() && start == salvage::MEMBER)
}

fn unreadable(error: &ZipError) -> Problem {
    let detail = match error {
        ZipError::Io(error) => source::in_words(error),
        ZipError::UnsupportedArchive(_) => "it is packed in a way that runhip does not know".to_owned(),
        ZipError::InvalidArchive(_) | ZipError::FileNotFound => "its place in the archive is damaged".to_owned(),
        _ => "the archive is damaged".to_owned(),
    };
    Fault::Unreadable { detail }.at(Place::File)
}
