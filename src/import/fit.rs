//! Garmin's FIT: extracts the needed messages from the bytes, file by file where several are chained. Wrong checksums
//! and bytes after the end are tolerated, and what comes before a break is kept. It opens no file.

mod session;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use rustyfit::profile::mesgdef;
use rustyfit::profile::typedef::{
    DateTime, Event as FitEvent, EventType, File, Manufacturer, MesgNum, Sport, SubSport,
};
use rustyfit::proto::{Message, Value};
use rustyfit::{Decoder, DecoderError, DecoderEvent, StreamingIterator};

use self::session::activities;
use super::creator;
use super::imported::{Imported, Refusal};
use super::limits::{MOST_CHAINED, MOST_HELD_POINTS, MOST_SESSIONS};
use super::track::Oddities;
use crate::model::fault::Fault;
use crate::model::problem::Place;

const FORMAT: &str = "FIT";

/// The position in the header of the declared size.
const SIZE_FIELD: std::ops::Range<usize> = 4..8;

/// One record, or a pause between two records.
#[derive(Clone, Copy, Debug)]
enum Sample {
    Record { time: DateTime, semicircles: Option<(i32, i32)>, centimetres: Option<u32>, ordinal: u64 },
    Pause,
}

/// The contents of one of the chained files.
#[derive(Default)]
struct Part {
    messages: u64,
    file: Option<File>,
    manufacturer: Option<Manufacturer>,
    sessions: Vec<mesgdef::Session>,
    samples: Vec<Sample>,
    /// The first limit that was reached, if any.
    too_much: Option<String>,
    sport: Option<(Sport, SubSport)>,
    offset_s: Option<i32>,
    /// The running total of old devices, as far as it has been read.
    packed: Option<PackedDistance>,
}

/// A running total that old devices wrote in three bytes with the speed: its lowest twelve bits, in sixteenths of a metre.
#[derive(Clone, Copy, Debug)]
struct PackedDistance {
    low_bits: u16,
    sixteenths: u64,
}

impl PackedDistance {
    /// What these bytes say after what was read `before` them; `None` if they say that it is not known.
    fn next(before: Option<Self>, bytes: &[u8]) -> Option<Self> {
        let &[_, speed_and_low, high] = bytes else { return None };
        if bytes.iter().all(|byte| *byte == u8::MAX) {
            return None;
        }
        let low_bits = u16::from(speed_and_low >> 4) | u16::from(high) << 4;
        let before = before.unwrap_or(Self { low_bits: 0, sixteenths: 0 });
        let since = low_bits.wrapping_sub(before.low_bits) & 0xFFF;
        Some(Self { low_bits, sixteenths: before.sixteenths + u64::from(since) })
    }

    fn centimetres(self) -> Option<u32> {
        u32::try_from(self.sixteenths * 100 / 16).ok()
    }
}

/// How reading one of the chained files ended.
#[derive(Debug, PartialEq, Eq)]
enum FileEnd {
    Whole,
    ChecksumWrong,
    NotFit,
    Cut(&'static str),
}

/// Reads a FIT file.
#[must_use]
pub fn read(bytes: &[u8]) -> Imported {
    let mut imported = Imported::default();
    let mut odd = Oddities::default();
    let mut rest = bytes;
    let mut kind = None;
    let mut broken = None;
    let mut parts = 0;
    while !rest.is_empty() {
        let begin = (bytes.len() - rest.len()) as u64;
        if parts == MOST_CHAINED {
            let what = format!("more than {MOST_CHAINED} files in one");
            imported.problems.push(Fault::TooMuch { what }.at(Place::Byte(begin)));
            break;
        }
        parts += 1;
        let (mut part, mut ended, mut used) = decode(rest, true);
        if ended == FileEnd::ChecksumWrong {
            imported.problems.push(Fault::ChecksumWrong.at(Place::Byte(begin)));
            if part.messages == 0 {
                // The checksum of the header itself is wrong.
                (part, ended, used) = decode(rest, false);
            }
        }
        if ended == FileEnd::NotFit {
            if begin > 0 {
                imported.problems.push(Fault::TrailingBytes { count: rest.len() as u64 }.at(Place::Byte(begin)));
                break;
            }
            return not_fit("it does not begin like a FIT file");
        }
        rest = &rest[used.clamp(1, rest.len())..];
        kind = kind.or(part.file);
        if let Some(what) = part.too_much.take() {
            imported.problems.push(Fault::TooMuch { what }.at(Place::Byte(begin)));
        }
        let dialect = part.manufacturer.map(|maker| maker.to_string().replace('_', " "));
        imported.dialect = imported.dialect.or(dialect.as_deref().and_then(creator::dialect).map(str::to_owned));
        activities(&part, &mut odd, &mut imported);
        if let FileEnd::Cut(detail) = ended {
            broken = Some((detail, bytes.len() - rest.len()));
            break;
        }
    }
    imported.problems.extend(odd.problems());
    if let (Some((detail, at)), false) = (broken, imported.activities.is_empty()) {
        imported.problems.push(Fault::BrokenOff { detail: detail.to_owned() }.at(Place::Byte(at as u64)));
    }
    if imported.activities.is_empty() {
        imported.refusal = Some(match (kind, broken) {
            (Some(kind), _) if kind != File::ACTIVITY => {
                let kind = kind.to_string().replace('_', " ");
                Refusal::Ignored(format!("a FIT file of another kind ({kind}), not an activity"))
            }
            (_, Some((detail, _))) => return not_fit(detail),
            (None, None) if bytes.is_empty() => return not_fit("it is empty"),
            _ => Refusal::Ignored("it holds no activity".to_owned()),
        });
    }
    imported
}

fn not_fit(detail: &str) -> Imported {
    Imported::failed(Fault::NotThisFormat { format: FORMAT, detail: detail.to_owned() }.at(Place::File))
}

/// Decodes the first of the chained files in `bytes`, and returns how many bytes it took.
fn decode(bytes: &[u8], checksum: bool) -> (Part, FileEnd, usize) {
    let bytes = with_size(bytes);
    let mut rest: &[u8] = &bytes;
    let mut part = Part::default();
    // Fields that pack several others are not taken apart: it takes a third as long again, and of them only the distance of
    // old devices is needed, which is read here.
    let mut decoder = Decoder::builder().checksum(checksum).expand_components(false).build();
    let mut stream = decoder.stream(&mut rest);
    let ended = loop {
        match stream.next() {
            Some(Ok(DecoderEvent::Message(message))) => part.take(message),
            Some(Ok(DecoderEvent::FileHeader(_) | DecoderEvent::MessageDefinition(_))) => {}
            Some(Ok(DecoderEvent::Crc(_))) => break FileEnd::Whole,
            Some(Err(DecoderError::ChecksumMismatch { .. })) => break FileEnd::ChecksumWrong,
            Some(Err(DecoderError::NotFITFile)) => break FileEnd::NotFit,
            Some(Err(DecoderError::MissingMessageDefinition { .. })) => break FileEnd::Cut("its contents are garbled"),
            Some(Err(_)) | None => break FileEnd::Cut("its end is missing"),
        }
    };
    let used = bytes.len() - rest.len();
    (part, ended, used)
}

/// Patches the size of a recording that was never finished and declares none: everything there belongs to it.
fn with_size(bytes: &[u8]) -> Cow<'_, [u8]> {
    let header = usize::from(bytes.first().copied().unwrap_or_default());
    let contents = bytes.len().saturating_sub(header);
    match (bytes.get(SIZE_FIELD), u32::try_from(contents)) {
        (Some([0, 0, 0, 0]), Ok(size)) if size > 2 => {
            let mut patched = bytes.to_vec();
            patched[SIZE_FIELD].copy_from_slice(&size.to_le_bytes());
            // A checksum of zero in the header means that there is none.
            if header == 14 {
                patched[12..14].fill(0);
            }
            Cow::Owned(patched)
        }
        _ => Cow::Borrowed(bytes),
    }
}

impl Part {
    fn take(&mut self, message: &Message) {
        self.messages += 1;
        match message.num {
            MesgNum::RECORD if self.samples.len() as u64 >= MOST_HELD_POINTS => {
                self.too_much.get_or_insert_with(|| format!("more than {MOST_HELD_POINTS} points"));
            }
            MesgNum::RECORD => {
                let sample = self.record(message);
                self.samples.push(sample);
            }
            MesgNum::EVENT => {
                let event = mesgdef::Event::from(message);
                let stops =
                    [EventType::STOP, EventType::STOP_ALL, EventType::STOP_DISABLE, EventType::STOP_DISABLE_ALL];
                let after_a_pause = matches!(self.samples.last(), None | Some(Sample::Pause));
                if event.event == FitEvent::TIMER && stops.contains(&event.event_type) && !after_a_pause {
                    self.samples.push(Sample::Pause);
                }
            }
            MesgNum::SESSION if self.sessions.len() >= MOST_SESSIONS => {
                self.too_much.get_or_insert_with(|| format!("more than {MOST_SESSIONS} sessions"));
            }
            MesgNum::SESSION => self.sessions.push(mesgdef::Session::from(message)),
            MesgNum::SPORT => {
                let sport = mesgdef::Sport::from(message);
                self.sport = Some((sport.sport, sport.sub_sport));
            }
            MesgNum::ACTIVITY => {
                let activity = mesgdef::Activity::from(message);
                let local = activity.local_timestamp.unix_timestamp().zip(activity.timestamp.unix_timestamp());
                self.offset_s = local.and_then(|(local, utc)| session::offset_s(local - utc)).or(self.offset_s);
            }
            MesgNum::FILE_ID => {
                let id = mesgdef::FileId::from(message);
                self.file = self.file.or(Some(id.r#type).filter(|kind| kind.0 != u8::MAX));
                self.manufacturer = self.manufacturer.or(Some(id.manufacturer));
            }
            _ => {}
        }
    }

    /// The few fields of a record that are used, without the rest of them.
    fn record(&mut self, message: &Message) -> Sample {
        let (mut time, mut lat, mut lon, mut centimetres, mut packed) = (DateTime::default(), None, None, None, None);
        for field in &message.fields {
            match (field.num, &field.value) {
                (mesgdef::Record::TIMESTAMP, Value::Uint32(seconds)) => time = DateTime(*seconds),
                (mesgdef::Record::POSITION_LAT, Value::Int32(value)) if *value != i32::MAX => lat = Some(*value),
                (mesgdef::Record::POSITION_LONG, Value::Int32(value)) if *value != i32::MAX => lon = Some(*value),
                (mesgdef::Record::DISTANCE, Value::Uint32(value)) if *value != u32::MAX => centimetres = Some(*value),
                (mesgdef::Record::COMPRESSED_SPEED_DISTANCE, Value::ArrayUint8(bytes)) => {
                    self.packed = PackedDistance::next(self.packed, bytes).or(self.packed);
                    packed = self.packed.and_then(PackedDistance::centimetres);
                }
                _ => {}
            }
        }
        Sample::Record { time, semicircles: lat.zip(lon), centimetres: centimetres.or(packed), ordinal: self.messages }
    }
}
