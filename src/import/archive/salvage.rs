//! Reads what is left of an archive whose table of contents is missing or damaged, such as an incomplete download:
//! its members in turn, by the header before each, up to the break. Each is held in memory.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::DeflateDecoder;

use super::member::{Member, MemberAction};
use super::room::UnpackBudget;
use super::{ArchiveReader, ArchiveSource, Names, ReadFile, refused, row, settled, too_large};
use crate::import::format::{self, FileContents, Size};
use crate::import::imported::Imported;
use crate::import::limits::{self, LimitedReader};
use crate::import::source::{self, ReadStop};
use crate::model::fault::Fault;
use crate::model::problem::Place;

/// The signature before each member.
pub const MEMBER: [u8; 4] = *b"PK\x03\x04";

/// The signature before each line of the table of contents.
const TABLE: [u8; 4] = *b"PK\x01\x02";

/// After a member there may be a signature, a checksum and two sizes of up to eight bytes.
const MOST_BYTES_BEHIND: usize = 24;

const NO_END: &str = "its end is missing";

/// The compression of a member.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Packing {
    Stored,
    Deflated,
    Unknown,
}

/// The header of a member.
struct Header {
    packing: Packing,
    encrypted: bool,
    /// `None` if the length is written after the member, or too large for the header.
    packed_bytes: Option<u64>,
    name: String,
}

/// What follows a member.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NextPart {
    Member,
    Table,
    Nothing,
}

impl ArchiveReader<'_> {
    /// Reads members up to the break, and reports the break in the archive's own row.
    pub(super) fn salvage(
        &self,
        holder: ArchiveSource<'_>,
        names: &Names,
        depth: u32,
        room: &mut UnpackBudget,
        rows: &mut Vec<ReadFile>,
        detail: String,
    ) -> Imported {
        let mut input = match holder.open() {
            Ok(opened) => BufReader::with_capacity(1 << 16, opened),
            Err(problem) => return Imported::failed(problem),
        };
        if next(&mut input, 0) != NextPart::Member {
            let detail = "it does not begin like a zip archive".to_owned();
            return Imported::failed(Fault::NotThisFormat { format: "zip", detail }.at(Place::File));
        }
        let before = rows.len();
        while rows.len() <= self.most_members {
            let Some(header) = header(&mut input) else { break };
            if !self.salvage_member(&mut input, &header, (holder, names, depth), room, rows) {
                break;
            }
        }
        if rows.len() == before {
            return Imported::failed(Fault::Unreadable { detail }.at(Place::File));
        }
        Imported { problems: vec![Fault::BrokenOff { detail }.at(Place::File)], ..Imported::default() }
    }

    /// Reads one member; true if another one follows.
    fn salvage_member(
        &self,
        input: &mut dyn BufRead,
        header: &Header,
        (holder, names, depth): (ArchiveSource<'_>, &Names, u32),
        room: &mut UnpackBudget,
        rows: &mut Vec<ReadFile>,
    ) -> bool {
        let member = Member::named(&header.name).with_encryption(header.encrypted);
        let names = names.of_member(&member.name);
        let handling = member.handling(&names.relative, self.ignored);
        let (bytes, packed_bytes, stopped) = self.unpacked_next(input, header, room.bytes);
        let size = Size { bytes: bytes.len() as u64, unpacked: holder.share(packed_bytes) };
        room.bytes = room.bytes.saturating_sub(bytes.len() as u64);
        let behind = if header.packed_bytes.is_none() { MOST_BYTES_BEHIND } else { 0 };
        let following = if stopped.is_none() { next(input, behind) } else { NextPart::Nothing };
        let stopped = stopped.or((following == NextPart::Nothing).then(|| ReadStop::Broken(NO_END.to_owned())));
        if header.name.ends_with(['/', '\\']) {
            return following == NextPart::Member;
        }
        let contents = match (handling, stopped) {
            (MemberAction::Left(imported), _) => FileContents::unread(*imported),
            (_, Some(ReadStop::TooLarge(why))) => FileContents::unread(too_large(why)),
            (MemberAction::Archive, _) if depth >= limits::DEEPEST_ARCHIVE => row(refused(super::too_deep())),
            (MemberAction::Archive, _) => {
                self.archive(holder.inner(&bytes, packed_bytes), &names, depth + 1, room, rows);
                return following == NextPart::Member;
            }
            (MemberAction::File, _) if room.why_full().is_some() => settled(None, room),
            (MemberAction::File, None) => {
                settled(Some(format::read(&member.name, size, &mut bytes.as_slice(), self.terms)), room)
            }
            (MemberAction::File, Some(ReadStop::Broken(detail))) => {
                let mut input = BufReader::new(bytes.as_slice().chain(Break(detail)));
                settled(Some(format::read(&member.name, size, &mut input, self.terms)), room)
            }
        };
        rows.push((names.ledger, contents));
        following == NextPart::Member
    }

    /// Everything of a member that can be read, and how many bytes of the archive it takes up.
    fn unpacked_next(
        &self,
        input: &mut dyn BufRead,
        header: &Header,
        allowance: u64,
    ) -> (Vec<u8>, u64, Option<ReadStop>) {
        let limits = self.terms.limits;
        let most = allowance.min(limits.inner_archive_bytes);
        let limited = |packed: &mut dyn Read| {
            let why = if most < allowance { source::larger_than(most) } else { self.too_large.clone() };
            source::read_all(LimitedReader::new(packed, most, why), most)
        };
        match (header.packing, header.packed_bytes) {
            (Packing::Deflated, _) if !header.encrypted => {
                let mut deflated = DeflateDecoder::new(input);
                let (bytes, stopped) = limited(&mut deflated);
                (bytes, deflated.total_in(), stopped)
            }
            (Packing::Stored, Some(length)) if !header.encrypted => {
                let (bytes, stopped) = limited(&mut input.take(length));
                let cut = stopped.is_none() && (bytes.len() as u64) < length;
                (bytes, length, stopped.or(cut.then(|| ReadStop::Broken(NO_END.to_owned()))))
            }
            (_, Some(length)) => {
                let passed = io::copy(&mut input.take(length), &mut io::sink());
                let unknown = ReadStop::Broken("it is packed in a way that runhip does not know".to_owned());
                let usable = header.encrypted && passed.is_ok_and(|count| count == length);
                (Vec::new(), length, (!usable).then_some(unknown))
            }
            (_, None) => (Vec::new(), 0, Some(ReadStop::Broken("its length is not known".to_owned()))),
        }
    }
}

/// Reads the header after a member's signature.
fn header(input: &mut impl BufRead) -> Option<Header> {
    let mut fixed = [0; 26];
    input.read_exact(&mut fixed).ok()?;
    let short = |at: usize| u16::from_le_bytes([fixed[at], fixed[at + 1]]);
    let long = |at: usize| u64::from(short(at)) | u64::from(short(at + 2)) << 16;
    let (flags, method) = (short(2), short(4));
    let mut name = vec![0; usize::from(short(22))];
    input.read_exact(&mut name).ok()?;
    io::copy(&mut input.take(u64::from(short(24))), &mut io::sink()).ok()?;
    let length_stands_behind = flags & 1 << 3 != 0 || long(14) == u64::from(u32::MAX);
    Some(Header {
        packing: match method {
            0 => Packing::Stored,
            8 => Packing::Deflated,
            _ => Packing::Unknown,
        },
        encrypted: flags & 1 != 0,
        packed_bytes: (!length_stands_behind).then(|| long(14)),
        name: String::from_utf8_lossy(&name).into_owned(),
    })
}

/// What follows within at most this many bytes.
fn next(input: &mut (impl BufRead + ?Sized), behind: usize) -> NextPart {
    let mut last = [0; 4];
    for count in 1..=behind + 4 {
        let mut byte = [0];
        if input.read_exact(&mut byte).is_err() {
            return NextPart::Nothing;
        }
        last.rotate_left(1);
        last[3] = byte[0];
        match last {
            MEMBER if count >= 4 => return NextPart::Member,
            TABLE if count >= 4 => return NextPart::Table,
            _ => {}
        }
    }
    NextPart::Nothing
}

/// A reader that fails where the archive breaks off.
struct Break(String);

impl Read for Break {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::new(io::ErrorKind::UnexpectedEof, self.0.clone()))
    }
}
