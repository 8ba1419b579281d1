//! How fast TCX, FIT and packed GPX are read, each beside the least that could be done with the same bytes: a bare event
//! loop of quick-xml, a bare stream of rustyfit, and inflating first and parsing then. Ratios on one thread, on files made
//! up from a seed, in interleaved rounds, so that whatever else the machine does falls on all alike.
//! `cargo bench --bench import -- [MEGABYTES] [ROUNDS]`.

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{Read as _, Write as _};
use std::time::Instant;

use flate2::bufread::MultiGzDecoder;
use quick_xml::events::Event;
use quick_xml::reader::Reader;
use runhip::import::csv::CsvOptions;
use runhip::import::{fit, format, gpx, tcx};
use rustyfit::profile::typedef::MesgNum;
use rustyfit::{Decoder, DecoderEvent, StreamingIterator as _};

/// Points of one activity: a run of three hours.
const POINTS: u32 = 10_800;

/// 2026-03-04T06:00:00Z in seconds since FIT's epoch, 1989-12-31.
const START_S: u32 = 1_141_538_400;

/// One multiplication and one addition a number (Knuth's MMIX constants) are random enough for made-up steps.
struct Steps(u64);

impl Steps {
    /// From −1 to 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 32).unwrap_or(0)) / f64::from(u32::MAX) * 2.0 - 1.0
    }
}

/// A run a second a point, as every format below tells it.
struct Walker {
    steps: Steps,
    lat: f64,
    lon: f64,
    metres: f64,
    second: u32,
}

impl Walker {
    fn new() -> Self {
        Self { steps: Steps(20_260_304), lat: 48.137_154, lon: 11.576_124, metres: 0.0, second: 0 }
    }

    fn step(&mut self) -> (f64, f64, f64, String) {
        self.lat += self.steps.next() * 3e-5;
        self.lon += self.steps.next() * 4e-5;
        self.metres += 2.8 + self.steps.next();
        self.second += 1;
        let (day, hour, minute) = (1 + self.second / 86_400 % 28, self.second / 3_600 % 24, self.second / 60 % 60);
        let time = format!("2026-03-{day:02}T{hour:02}:{minute:02}:{:02}.000Z", self.second % 60);
        (self.lat, self.lon, self.metres, time)
    }
}

/// In the layout of Garmin Connect.
fn made_up_tcx(bytes: usize) -> String {
    let mut walker = Walker::new();
    let mut text =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TrainingCenterDatabase>\n  <Activities>\n");
    while text.len() < bytes {
        let (.., time) = walker.step();
        let _ = write!(
            text,
            "    <Activity Sport=\"Running\">\n      <Id>{time}</Id>\n      <Lap StartTime=\"{time}\">\n        \
             <TotalTimeSeconds>{POINTS}</TotalTimeSeconds>\n        <DistanceMeters>30240</DistanceMeters>\n        <Track>\n"
        );
        for _ in 0..POINTS {
            let (lat, lon, metres, time) = walker.step();
            let _ = write!(
                text,
                "          <Trackpoint>\n            <Time>{time}</Time>\n            <Position>\n              \
                 <LatitudeDegrees>{lat:.15}</LatitudeDegrees>\n              <LongitudeDegrees>{lon:.15}</LongitudeDegrees>\n\
                 \x20           </Position>\n            <AltitudeMeters>520.5999755859375</AltitudeMeters>\n            \
                 <DistanceMeters>{metres:.12}</DistanceMeters>\n            <HeartRateBpm>\n              <Value>150</Value>\n\
                 \x20           </HeartRateBpm>\n            <Extensions>\n              <ns3:TPX>\n                \
                 <ns3:Speed>2.8</ns3:Speed>\n                <ns3:RunCadence>85</ns3:RunCadence>\n              </ns3:TPX>\n\
                 \x20           </Extensions>\n          </Trackpoint>\n"
            );
        }
        text.push_str("        </Track>\n      </Lap>\n    </Activity>\n");
    }
    text.push_str("  </Activities>\n</TrainingCenterDatabase>\n");
    text
}

fn made_up_gpx(bytes: usize) -> String {
    let mut walker = Walker::new();
    let mut text =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx creator=\"StravaGPX\" version=\"1.1\">\n");
    while text.len() < bytes {
        text.push_str(" <trk>\n  <type>running</type>\n  <trkseg>\n");
        for _ in 0..POINTS {
            let (lat, lon, _, time) = walker.step();
            let _ = write!(
                text,
                "   <trkpt lat=\"{lat:.7}\" lon=\"{lon:.7}\">\n    <ele>520.6</ele>\n    <time>{time}</time>\n   </trkpt>\n"
            );
        }
        text.push_str("  </trkseg>\n </trk>\n");
    }
    text.push_str("</gpx>\n");
    text
}

/// A definition of these fields, by number, size and base type, for the messages of one kind.
fn definition(local: u8, message: u16, fields: &[(u8, u8, u8)]) -> Vec<u8> {
    let mut bytes = vec![0x40 | local, 0, 0];
    bytes.extend(message.to_le_bytes());
    bytes.push(u8::try_from(fields.len()).unwrap_or(0));
    bytes.extend(fields.iter().flat_map(|(number, size, base)| [*number, *size, *base]));
    bytes
}

/// One FIT file with a session and its records.
fn made_up_fit_activity(walker: &mut Walker) -> Vec<u8> {
    #[expect(clippy::cast_possible_truncation, reason = "180 degrees are 2^31 semicircles")]
    let semicircles = |degrees: f64| (degrees / 180.0 * 2_147_483_648.0).round() as i32;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a run is below 2^32 centimetres")]
    let centimetres = |metres: f64| (metres * 100.0).round() as u32;
    let mut contents = definition(0, 0, &[(0, 1, 0x00), (1, 2, 0x84)]);
    contents.extend([0, 4, 1, 0]);
    contents.extend(definition(
        1,
        20,
        &[
            (253, 4, 0x86),
            (0, 4, 0x85),
            (1, 4, 0x85),
            (5, 4, 0x86),
            (2, 2, 0x84),
            (73, 4, 0x86),
            (3, 1, 0x02),
            (4, 1, 0x02),
        ],
    ));
    walker.metres = 0.0;
    let start = START_S + walker.second;
    for second in 0..POINTS {
        let (lat, lon, metres, _) = walker.step();
        contents.push(1);
        contents.extend((start + second).to_le_bytes());
        contents.extend(semicircles(lat).to_le_bytes());
        contents.extend(semicircles(lon).to_le_bytes());
        contents.extend(centimetres(metres).to_le_bytes());
        contents.extend(5_103_u16.to_le_bytes());
        contents.extend(2_800_u32.to_le_bytes());
        contents.extend([150, 85]);
    }
    contents.extend(definition(
        2,
        18,
        &[(253, 4, 0x86), (2, 4, 0x86), (7, 4, 0x86), (8, 4, 0x86), (9, 4, 0x86), (5, 1, 0x00), (6, 1, 0x00)],
    ));
    contents.push(2);
    for value in [start + POINTS, start, POINTS * 1_000, POINTS * 1_000, centimetres(walker.metres)] {
        contents.extend(value.to_le_bytes());
    }
    contents.extend([1, 0]);
    let mut bytes = vec![14, 0x20, 0, 0];
    bytes.extend(u32::try_from(contents.len()).unwrap_or(0).to_le_bytes());
    bytes.extend(b".FIT");
    bytes.extend(checksum(&bytes).to_le_bytes());
    bytes.extend(&contents);
    let whole = checksum(&bytes);
    bytes.extend(whole.to_le_bytes());
    bytes
}

/// FIT's checksum, bit by bit: CRC-16 with the polynomial 0xA001.
fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xA001 } else { crc >> 1 })
    })
}

fn made_up_fit(bytes: usize) -> Vec<u8> {
    let mut walker = Walker::new();
    let mut chained = Vec::new();
    while chained.len() < bytes {
        chained.extend(made_up_fit_activity(&mut walker));
    }
    chained
}

/// Reads and tells how many activities it found.
type Read = fn(&[u8]) -> usize;

fn bare_events(bytes: &[u8]) -> usize {
    let mut reader = Reader::from_reader(bytes);
    let mut buffer = Vec::new();
    let mut activities = 0;
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => activities += usize::from(tag.name().as_ref() == "Activity"),
            Ok(Event::Eof) | Err(_) => return activities,
            Ok(_) => {}
        }
        buffer.clear();
    }
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

/// One case: its name, the bytes and their size once unpacked, the reference and runhip, and the ratio to reach.
struct Case {
    name: &'static str,
    bytes: Vec<u8>,
    unpacked_bytes: usize,
    reference: (&'static str, Read),
    runhip: Read,
    goal: f64,
}

fn cases(bytes: usize) -> std::io::Result<Vec<Case>> {
    let text = made_up_gpx(bytes);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(text.as_bytes())?;
    let (tcx_bytes, fit_bytes) = (made_up_tcx(bytes).into_bytes(), made_up_fit(bytes / 4));
    Ok(vec![
        Case {
            name: "tcx",
            unpacked_bytes: tcx_bytes.len(),
            bytes: tcx_bytes,
            reference: ("bare quick-xml events", bare_events),
            runhip: |bytes| tcx::read(bytes).activities.len(),
            goal: 0.7,
        },
        Case {
            name: "fit",
            unpacked_bytes: fit_bytes.len(),
            bytes: fit_bytes,
            reference: ("bare rustyfit stream", bare_stream),
            runhip: |bytes| fit::read(bytes).activities.len(),
            goal: 0.7,
        },
        Case {
            name: "gpx.gz",
            unpacked_bytes: text.len(),
            bytes: packed.finish()?,
            reference: ("inflate, then parse", inflated_then_parsed),
            runhip: |bytes| {
                let options = CsvOptions::default();
                format::read("run.gpx.gz", bytes.len() as u64, &mut &bytes[..], &options).imported.activities.len()
            },
            goal: 0.95,
        },
    ])
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

fn timed(read: Read, bytes: &[u8]) -> (f64, usize) {
    let begin = Instant::now();
    let found = read(black_box(bytes));
    (begin.elapsed().as_secs_f64(), found)
}

fn main() -> std::io::Result<()> {
    let numbers: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let megabytes = numbers.first().copied().unwrap_or(40);
    let rounds = numbers.get(1).copied().unwrap_or(9).max(1);
    let mut out = std::io::stdout().lock();
    let cases = cases(megabytes * 1_000_000)?;
    let mut times = vec![(Vec::new(), Vec::new()); cases.len()];
    for _ in 0..rounds {
        for (case, (reference, own)) in cases.iter().zip(&mut times) {
            let (reference_s, expected) = timed(case.reference.1, &case.bytes);
            let (own_s, found) = timed(case.runhip, &case.bytes);
            reference.push(reference_s);
            own.push(own_s);
            if expected != found || found == 0 {
                writeln!(out, "{}: {expected} activities by the reference and {found} by runhip", case.name)?;
                std::process::exit(1);
            }
        }
    }
    for (case, (reference, own)) in cases.iter().zip(times) {
        #[expect(clippy::cast_precision_loss, reason = "made-up files are far below 2^53 bytes")]
        let size_mb = case.unpacked_bytes as f64 / 1e6;
        let (reference, own) = (median(reference), median(own));
        writeln!(
            out,
            "{:8}{size_mb:5.0} MB  {:24}{:6.0} MB/s  runhip {:6.0} MB/s, {:.2} times as fast (goal {})",
            case.name,
            case.reference.0,
            size_mb / reference,
            size_mb / own,
            reference / own,
            case.goal
        )?;
    }
    Ok(())
}
