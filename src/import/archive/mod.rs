//! Zip archives, read in place: members are streamed and nothing is unpacked to disk. Each member has its own row,
//! inner archives are opened in memory, and anything that looks malicious is refused with a reason.

mod member;
mod room;
mod salvage;
#[cfg(test)]
mod tests;

use std::io::{BufReader, Cursor, Read, Seek};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use globset::GlobSet;
use rayon::prelude::*;
use zip::ZipArchive;
use zip::result::ZipError;

use self::member::{Member, MemberAction};
use self::room::{HeldSize, UnpackBudget};
use super::format::{self, FileContents, ReadOptions, Size};
use super::imported::Imported;
use super::limits;
use super::source::{self, ReadStop};
use crate::model::fault::Fault;
use crate::model::problem::{Place, Problem};

/// The contents of one file or member, with its path in the ledger.
pub type ReadFile = (String, FileContents);

/// What is the same for an archive and those inside it.
struct ArchiveReader<'a> {
    ignored: &'a GlobSet,
    terms: ReadOptions<'a>,
    /// How many members are read at once.
    at_once: usize,
    most_members: usize,
    too_large: String,
}

/// Where an archive is, and how much it may unpack to.
#[derive(Clone, Copy)]
struct ArchiveSource<'a> {
    place: ArchiveBytes<'a>,
    bytes: u64,
    /// How many bytes gzip members may unpack to. Each has a share in proportion to its part of the archive, so that
    /// packing twice gains nothing.
    unpacked: u64,
}

/// The place of an archive's bytes.
#[derive(Clone, Copy)]
enum ArchiveBytes<'a> {
    Disk(&'a Path),
    Memory(&'a [u8]),
}

trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// An archive's path in the ledger, and its path below the given one, which `ignore` patterns match.
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

/// True for the file name of an archive that is opened.
#[must_use]
pub fn is_archive_name(name: &str) -> bool {
    name.len() > 4 && name.as_bytes()[name.len() - 4..].eq_ignore_ascii_case(b".zip")
}

/// Reads the archive at `path`, and returns its own row and one for each member. So many members are read at once.
#[must_use]
pub fn read(
    path: &Path,
    (ledger, relative): (&str, &str),
    ignored: &GlobSet,
    terms: ReadOptions<'_>,
    at_once: usize,
) -> Vec<ReadFile> {
    match source::open(path) {
        Ok((_, bytes)) => read_at(ArchiveBytes::Disk(path), bytes, (ledger, relative), ignored, (terms, at_once)),
        Err(problem) => vec![(ledger.to_owned(), row(Imported::failed(problem)))],
    }
}

/// Like [`read`], for an archive that is in memory.
#[must_use]
pub fn read_bytes(bytes: &[u8], ledger: &str, ignored: &GlobSet, terms: ReadOptions<'_>) -> Vec<ReadFile> {
    let at_once = rayon::current_num_threads();
    read_at(ArchiveBytes::Memory(bytes), bytes.len() as u64, (ledger, ""), ignored, (terms, at_once))
}

fn read_at(
    place: ArchiveBytes<'_>,
    bytes: u64,
    (ledger, relative): (&str, &str),
    ignored: &GlobSet,
    (terms, at_once): (ReadOptions<'_>, usize),
) -> Vec<ReadFile> {
    let names = Names { ledger: ledger.to_owned(), relative: relative.to_owned() };
    let mut rows = Vec::new();
    let allowance = terms.limits.unpacked_allowance(bytes);
    let too_large = terms.limits.too_large(allowance);
    let reading = ArchiveReader { ignored, terms, at_once, most_members: limits::MOST_MEMBERS, too_large };
    let holder = ArchiveSource { place, bytes, unpacked: allowance };
    reading.archive(holder, &names, 1, &mut UnpackBudget::of(allowance), &mut rows);
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

fn too_large(why: String) -> Imported {
    Imported::failed(Fault::TooLarge { why }.at(Place::File))
}

impl<'a> ArchiveSource<'a> {
    fn open(&self) -> Result<Box<dyn ReadSeek + Send + 'a>, Problem> {
        Ok(match self.place {
            ArchiveBytes::Disk(path) => Box::new(source::open(path)?.0),
            ArchiveBytes::Memory(bytes) => Box::new(Cursor::new(bytes)),
        })
    }

    /// An archive inside this one, which takes up `packed_bytes` of it.
    fn inner<'b>(&self, bytes: &'b [u8], packed_bytes: u64) -> ArchiveSource<'b> {
        ArchiveSource {
            place: ArchiveBytes::Memory(bytes),
            bytes: bytes.len() as u64,
            unpacked: self.share(packed_bytes),
        }
    }

    /// How many bytes gzip may unpack to in a member that takes up `packed_bytes` of the archive.
    fn share(&self, packed_bytes: u64) -> u64 {
        let share = u128::from(self.unpacked) * u128::from(packed_bytes) / u128::from(self.bytes.max(1));
        u64::try_from(share).unwrap_or(u64::MAX).min(self.unpacked)
    }
}

impl ArchiveReader<'_> {
    /// Reads one archive. `room` is what the outermost one, with everything inside it, may still unpack to.
    fn archive(
        &self,
        holder: ArchiveSource<'_>,
        names: &Names,
        depth: u32,
        room: &mut UnpackBudget,
        rows: &mut Vec<ReadFile>,
    ) {
        let own = rows.len();
        rows.push((names.ledger.clone(), row(Imported::default())));
        let imported = match self.members(holder, names, depth, room, rows) {
            Ok(problems) => Imported { problems, ..Imported::default() },
            Err(ListingError::Refused(imported)) => *imported,
            Err(ListingError::Broken(detail)) => self.salvage(holder, names, depth, room, rows, detail),
        };
        rows[own].1 = row(imported);
        if rows.len() == own + 1 && rows[own].1.imported == Imported::default() {
            rows[own].1 = row(Imported::ignored("an empty archive"));
        }
    }

    /// Reads the members that the table of contents at the archive's end lists.
    fn members(
        &self,
        holder: ArchiveSource<'_>,
        names: &Names,
        depth: u32,
        room: &mut UnpackBudget,
        rows: &mut Vec<ReadFile>,
    ) -> Result<Vec<Problem>, ListingError> {
        let archive = ZipArchive::new(holder.open()?).map_err(|error| ListingError::of(&error))?;
        if archive.offset() > 0 && starts_like_a_zip(holder)? {
            // The table of contents that was found belongs to an inner archive.
            return Err(ListingError::Broken("its table of contents is missing".to_owned()));
        }
        // Members of outer archives count too: a small file may hold a thousand archives of a thousand members each.
        if archive.len() + rows.len() > self.most_members + 1 {
            let why = format!("it has more than {} members", self.most_members);
            return Err(ListingError::Refused(Box::new(refused(why))));
        }
        let mut files = Vec::new();
        let mut inner = Vec::new();
        let mut bytes_left = holder.bytes;
        for index in 0..archive.len() {
            let Ok(entry) = archive.by_index_data(index) else { continue };
            if entry.is_dir() {
                continue;
            }
            let member = Member::of(&entry, index);
            let member_names = names.of_member(&member.name);
            let Some(rest) = bytes_left.checked_sub(member.packed_bytes) else {
                rows.push((member_names.ledger, FileContents::unread(refused("its members overlap".to_owned()))));
                continue;
            };
            bytes_left = rest;
            match self.handling(&member, &member_names.relative, room) {
                MemberAction::Left(imported) => rows.push((member_names.ledger, FileContents::unread(*imported))),
                MemberAction::Archive if depth >= limits::DEEPEST_ARCHIVE => {
                    rows.push((member_names.ledger, row(refused(too_deep()))));
                }
                MemberAction::Archive => inner.push((member, member_names)),
                MemberAction::File => files.push((member, member_names.ledger)),
            }
        }
        let mut problems = Vec::new();
        if archive.has_duplicate_names() {
            problems.push(Fault::MembersShareNames.at(Place::File));
        }
        drop(archive);
        rows.extend(self.files(holder, &files, room));
        // One after another, since each is held in memory.
        for (member, member_names) in inner {
            match self.unpacked(holder, &member) {
                Ok(bytes) => {
                    let inner = holder.inner(&bytes, member.packed_bytes);
                    self.archive(inner, &member_names, depth + 1, room, rows);
                }
                Err(problem) => rows.push((member_names.ledger, row(Imported::failed(problem)))),
            }
        }
        Ok(problems)
    }

    /// Reads members, several at once where that is asked for, with each thread opening the archive itself, until the room is
    /// used up. They are begun in order, and which of them are kept depends on this order alone.
    fn files(&self, holder: ArchiveSource<'_>, files: &[(Member, String)], room: &mut UnpackBudget) -> Vec<ReadFile> {
        let queue = Mutex::new(Queue { next: 0, room: *room });
        let work_off = |_| self.work_off(holder, files, &queue);
        let mut read: Vec<_> = match self.at_once.min(files.len()) {
            several @ 2.. => (0..several).into_par_iter().with_max_len(1).flat_map_iter(work_off).collect(),
            _ => work_off(0),
        };
        read.sort_unstable_by_key(|(index, _)| *index);
        let mut rows = Vec::with_capacity(files.len());
        for ((_, ledger), (_, contents)) in files.iter().zip(read) {
            rows.push((ledger.clone(), settled(contents, room)));
        }
        rows
    }

    /// The share of one thread: the contents of each next member; `None` for those there is no room for.
    fn work_off(
        &self,
        holder: ArchiveSource<'_>,
        files: &[(Member, String)],
        queue: &Mutex<Queue>,
    ) -> Vec<(usize, Option<FileContents>)> {
        let locked = || queue.lock().unwrap_or_else(PoisonError::into_inner);
        let mut opened = None;
        let mut read = Vec::new();
        loop {
            let (index, full) = locked().take();
            let Some((member, _)) = files.get(index) else { return read };
            if full {
                read.push((index, None));
                continue;
            }
            let archive = opened.get_or_insert_with(|| {
                holder.open().and_then(|opened| ZipArchive::new(opened).map_err(|error| unreadable(&error)))
            });
            let contents = match archive {
                Ok(archive) => self.file(archive, member, holder.share(member.packed_bytes)),
                Err(problem) => FileContents::unread(Imported::failed(problem.clone())),
            };
            locked().room.given += HeldSize::by(&contents);
            read.push((index, Some(contents)));
        }
    }

    fn file(
        &self,
        archive: &mut ZipArchive<Box<dyn ReadSeek + Send + '_>>,
        member: &Member,
        unpacked: u64,
    ) -> FileContents {
        match archive.by_index(member.index) {
            Ok(opened) => {
                let mut input = BufReader::with_capacity(1 << 16, opened);
                let size = Size { bytes: member.bytes, unpacked };
                format::read(&member.name, size, &mut input, self.terms)
            }
            Err(error) => FileContents::unread(Imported::failed(unreadable(&error))),
        }
    }

    /// The bytes of an inner archive, as far as they can be read.
    fn unpacked(&self, holder: ArchiveSource<'_>, member: &Member) -> Result<Vec<u8>, Problem> {
        let most = self.terms.limits.inner_archive_bytes;
        if member.bytes > most {
            return Err(Fault::TooLarge { why: source::larger_than(most) }.at(Place::File));
        }
        let mut archive = ZipArchive::new(holder.open()?).map_err(|error| unreadable(&error))?;
        let opened = archive.by_index(member.index).map_err(|error| unreadable(&error))?;
        match source::read_all(opened, most) {
            (_, Some(ReadStop::TooLarge(why))) => Err(Fault::TooLarge { why }.at(Place::File)),
            (bytes, Some(ReadStop::Broken(detail))) if bytes.is_empty() => {
                Err(Fault::Unreadable { detail }.at(Place::File))
            }
            (bytes, _) => Ok(bytes),
        }
    }

    /// What to do with a member. Takes the bytes of those that are read off the room.
    fn handling(&self, member: &Member, relative: &str, room: &mut UnpackBudget) -> MemberAction {
        let handling = member.handling(relative, self.ignored);
        if matches!(handling, MemberAction::Left(_)) {
            return handling;
        }
        match room.bytes.checked_sub(member.bytes) {
            Some(rest) => room.bytes = rest,
            None => return MemberAction::left(too_large(self.too_large.clone())),
        }
        handling
    }
}

/// The next member to read, and the room left by those read so far.
struct Queue {
    next: usize,
    room: UnpackBudget,
}

impl Queue {
    /// The next member, and whether the members read so far, which were all begun earlier, have used up the room.
    fn take(&mut self) -> (usize, bool) {
        self.next += 1;
        (self.next - 1, self.room.why_full().is_some())
    }
}

/// The contents of a member, if there is room for it after those before it.
fn settled(contents: Option<FileContents>, room: &mut UnpackBudget) -> FileContents {
    match (room.why_full(), contents) {
        (None, Some(contents)) => {
            room.given += HeldSize::by(&contents);
            contents
        }
        (why, _) => {
            FileContents::unread(Imported::failed(Fault::Overfull { why: why.unwrap_or_default() }.at(Place::File)))
        }
    }
}

/// Why the members of an archive could not be listed.
enum ListingError {
    Refused(Box<Imported>),
    /// Its table of contents is missing or damaged.
    Broken(String),
}

impl ListingError {
    fn of(error: &ZipError) -> Self {
        match error {
            ZipError::Io(error) if error.get_ref().is_none() && error.kind() != std::io::ErrorKind::UnexpectedEof => {
                Self::Refused(Box::new(Imported::failed(source::fault(error).at(Place::File))))
            }
            _ => Self::Broken("its table of contents is missing or damaged".to_owned()),
        }
    }
}

impl From<Problem> for ListingError {
    fn from(problem: Problem) -> Self {
        Self::Refused(Box::new(Imported::failed(problem)))
    }
}

fn starts_like_a_zip(holder: ArchiveSource<'_>) -> Result<bool, Problem> {
    let mut start = [0; 4];
    let read = holder.open()?.read_exact(&mut start);
    Ok(read.is_ok() && start == salvage::MEMBER)
}

fn unreadable(error: &ZipError) -> Problem {
    let detail = match error {
        ZipError::Io(error) => return source::fault(error).at(Place::File),
        ZipError::UnsupportedArchive(_) => "it is packed in a way that runhip does not know".to_owned(),
        ZipError::InvalidArchive(_) | ZipError::FileNotFound => "its place in the archive is damaged".to_owned(),
        _ => "the archive is damaged".to_owned(),
    };
    Fault::Unreadable { detail }.at(Place::File)
}
