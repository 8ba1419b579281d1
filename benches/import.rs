//! How fast files are read on one thread, each format beside the least that could be done with the same bytes: a bare event
//! loop of quick-xml, a bare stream of rustyfit, inflating first and parsing then; and GPX beside the `gpx` crate. Ratios,
//! on files made up from a seed, in interleaved rounds, so that whatever else the machine does falls on all alike.
//! `cargo bench --bench import -- [MEGABYTES] [ROUNDS]`.

#[allow(dead_code, reason = "each benchmark makes up some of the files")]
mod made_up;
#[allow(dead_code, reason = "each benchmark measures some of it")]
mod measured;

use std::hint::black_box;
use std::io::{Read as _, Write as _};
use std::time::Instant;

use flate2::bufread::MultiGzDecoder;
use runhip::import::csv::CsvOptions;
use runhip::import::format::{self, ReadOptions, Size};
use runhip::import::{fit, gpx, tcx};
use runhip::model::concern::ConcernClassifier;
use runhip::model::limits::Limits;
use runhip::pain::concern;
use rustyfit::profile::typedef::MesgNum;
use rustyfit::{Decoder, DecoderEvent, StreamingIterator as _};

use made_up::{LONG_RUN_POINTS, Walker};
use measured::{bare_events, median, numbers};

/// Bytes of one activity in Garmin's layout of GPX.
const GPX_ACTIVITY_BYTES: usize = 3_500_000;

/// Reads and tells how many activities it found.
type Read = fn(&[u8]) -> usize;

/// The `gpx` crate as a reader.
fn with_gpx_crate(bytes: &[u8]) -> usize {
    ::gpx::read(bytes).map_or(0, |gpx| gpx.tracks.len())
}

fn bare_stream(mut bytes: &[u8]) -> usize {
    let mut sessions = 0;
    while !bytes.is_empty() {
        let mut decoder = Decoder::builder().checksum(true).build();
        let mut stream = decoder.stream(&mut bytes);
        loop {
            match stream.next() {
                Some(Ok(DecoderEvent::Message(message))) => sessions += usize::from(message.num == MesgNum::SESSION),
                Some(Ok(DecoderEvent::Crc(_))) => break,
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return sessions,
            }
        }
    }
    sessions
}

fn inflated_then_parsed(bytes: &[u8]) -> usize {
    let mut text = Vec::new();
    match MultiGzDecoder::new(bytes).read_to_end(&mut text) {
        Ok(_) => gpx::read(text.as_slice()).activities.len(),
        Err(_) => 0,
    }
}

/// One case: its name, the bytes and their size once unpacked, runhip, and each reference with the ratio to reach.
struct Case {
    name: &'static str,
    bytes: Vec<u8>,
    unpacked_bytes: usize,
    runhip: Read,
    references: Vec<(&'static str, Read, f64)>,
}

fn cases(bytes: usize) -> std::io::Result<Vec<Case>> {
    let mut gpx_bytes = Vec::with_capacity(bytes);
    let tracks = u32::try_from(bytes / GPX_ACTIVITY_BYTES).unwrap_or(u32::MAX).max(1);
    made_up::gpx::garmin(&mut gpx_bytes, &mut Walker::new(20_260_304), tracks, LONG_RUN_POINTS)?;
    let text = made_up::gpx::strava(bytes)?;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(&text)?;
    let (tcx_bytes, fit_bytes) = (made_up::tcx::garmin(bytes)?, made_up::fit::chained(bytes));
    Ok(vec![
        Case {
            name: "gpx",
            unpacked_bytes: gpx_bytes.len(),
            bytes: gpx_bytes,
            runhip: |bytes| gpx::read(bytes).activities.len(),
            references: vec![
                ("bare quick-xml events", |bytes| bare_events(bytes, "trk"), 0.7),
                ("the gpx crate", with_gpx_crate, 15.0),
            ],
        },
        Case {
            name: "tcx",
            unpacked_bytes: tcx_bytes.len(),
            bytes: tcx_bytes,
            runhip: |bytes| tcx::read(bytes).activities.len(),
            references: vec![("bare quick-xml events", |bytes| bare_events(bytes, "Activity"), 0.6)],
        },
        Case {
            name: "fit",
            unpacked_bytes: fit_bytes.len(),
            bytes: fit_bytes,
            runhip: |bytes| fit::read(bytes).activities.len(),
            references: vec![("a bare rustyfit stream", bare_stream, 0.8)],
        },
        Case {
            name: "gpx.gz",
            unpacked_bytes: text.len(),
            bytes: packed.finish()?,
            runhip: |bytes| {
                let (csv, limits) = (CsvOptions::default(), Limits::default());
                let packed = bytes.len() as u64;
                let size = Size { bytes: packed, unpacked: limits.unpacked_allowance(packed) };
                let terms = ReadOptions { csv: &csv, limits: &limits, classifier: ConcernClassifier(concern::of) };
                format::read("run.gpx.gz", size, &mut &bytes[..], terms).imported.activities.len()
            },
            references: vec![("inflate, then parse", inflated_then_parsed, 0.7)],
        },
    ])
}

fn timed(read: Read, bytes: &[u8]) -> (f64, usize) {
    let begin = Instant::now();
    let found = read(black_box(bytes));
    (begin.elapsed().as_secs_f64(), found)
}

fn main() -> std::io::Result<()> {
    let numbers = numbers();
    let megabytes = numbers.first().copied().unwrap_or(40);
    let rounds = numbers.get(1).copied().unwrap_or(9).max(1);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{rounds} rounds, medians, one thread")?;
    for case in cases(megabytes * 1_000_000)? {
        let mut own = Vec::new();
        let mut references = vec![Vec::new(); case.references.len()];
        for _ in 0..rounds {
            let (own_s, found) = timed(case.runhip, &case.bytes);
            own.push(own_s);
            for ((name, read, _), seconds) in case.references.iter().zip(&mut references) {
                let (taken_s, expected) = timed(*read, &case.bytes);
                seconds.push(taken_s);
                if expected != found || found == 0 {
                    writeln!(out, "{}: {expected} activities by {name} and {found} by runhip", case.name)?;
                    std::process::exit(1);
                }
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "made-up files are far below 2^53 bytes")]
        let size_mb = case.unpacked_bytes as f64 / 1e6;
        let own = median(own);
        writeln!(out, "{:8}{size_mb:5.0} MB  {:24}{:6.0} MB/s", case.name, "runhip", size_mb / own)?;
        for ((name, _, goal), seconds) in case.references.iter().zip(references) {
            let reference = median(seconds);
            let ratio = reference / own;
            let verdict = if ratio >= *goal { "met" } else { "missed" };
            writeln!(
                out,
                "{:18}{name:24}{:6.0} MB/s  runhip is {ratio:.2} times as fast (goal {goal}: {verdict})",
                "",
                size_mb / reference
            )?;
        }
    }
    Ok(())
}
