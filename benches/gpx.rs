//! How fast GPX is read, beside the `gpx` crate and beside a bare event loop of quick-xml, as ratios on one thread. The
//! file is made up from a seed. Rounds are interleaved, so that whatever else the machine does falls on all three.
//! `cargo bench --bench gpx -- [MEGABYTES] [ROUNDS]`.

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;
use std::time::Instant;

use quick_xml::events::Event;
use quick_xml::reader::Reader;

/// Points in one `<trk>`: a run of three hours.
const POINTS_PER_TRACK: u32 = 10_800;

/// One multiplication and one addition a number (Knuth's MMIX constants) are random enough for made-up steps.
struct Steps(u64);

impl Steps {
    /// From −1 to 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 32).unwrap_or(0)) / f64::from(u32::MAX) * 2.0 - 1.0
    }
}

/// A file in the layout of Garmin Connect: points a second apart with elevation, time and heart rate.
fn made_up_gpx(bytes: usize, seed: u64) -> String {
    let mut steps = Steps(seed);
    let mut text = String::with_capacity(bytes + 4_096);
    text.push_str(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx creator=\"Garmin Connect\" version=\"1.1\"\n",
        "  xmlns:ns3=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v1\"\n",
        "  xmlns=\"http://www.topografix.com/GPX/1/1\">\n",
    ));
    let (mut lat, mut lon, mut ele, mut second) = (48.137_154, 11.576_124, 520.0, 0_u32);
    while text.len() < bytes {
        text.push_str("  <trk>\n    <name>Morning Run</name>\n    <type>running</type>\n    <trkseg>\n");
        for _ in 0..POINTS_PER_TRACK {
            lat += steps.next() * 3e-5;
            lon += steps.next() * 4e-5;
            ele += steps.next() * 0.2;
            let heart_rate = 150.0 + steps.next() * 20.0;
            let (day, hour, minute) = (1 + second / 86_400 % 28, second / 3_600 % 24, second / 60 % 60);
            let _ = write!(
                text,
                "      <trkpt lat=\"{lat:.15}\" lon=\"{lon:.15}\">\n        <ele>{ele:.14}</ele>\n        \
                 <time>2026-03-{day:02}T{hour:02}:{minute:02}:{:02}.000Z</time>\n        <extensions>\n          \
                 <ns3:TrackPointExtension>\n            <ns3:hr>{heart_rate:.0}</ns3:hr>\n          \
                 </ns3:TrackPointExtension>\n        </extensions>\n      </trkpt>\n",
                second % 60,
            );
            second += 1;
        }
        text.push_str("    </trkseg>\n  </trk>\n");
    }
    text.push_str("</gpx>\n");
    text
}

/// A reader and what it is called; it tells how many tracks it found.
type Named = (&'static str, fn(&[u8]) -> usize);

fn with_gpx_crate(bytes: &[u8]) -> usize {
    gpx::read(bytes).map_or(0, |gpx| gpx.tracks.len())
}

fn with_bare_events(bytes: &[u8]) -> usize {
    let mut reader = Reader::from_reader(bytes);
    let mut buffer = Vec::new();
    let mut tracks = 0;
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => tracks += usize::from(tag.name().as_ref() == "trk"),
            Ok(Event::Eof) | Err(_) => return tracks,
            Ok(_) => {}
        }
        buffer.clear();
    }
}

fn with_runhip(bytes: &[u8]) -> usize {
    runhip::import::gpx::read(bytes).activities.len()
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

fn main() -> std::io::Result<()> {
    let numbers: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let megabytes = numbers.first().copied().unwrap_or(50);
    let rounds = numbers.get(1).copied().unwrap_or(9);
    let text = made_up_gpx(megabytes * 1_000_000, 20_260_304);
    let bytes = text.as_bytes();

    let readers: [Named; 3] =
        [("gpx crate", with_gpx_crate), ("bare quick-xml events", with_bare_events), ("runhip", with_runhip)];
    let mut seconds = [const { Vec::new() }; 3];
    let mut tracks = [0; 3];
    for _ in 0..rounds {
        for ((_, reader), (seconds, tracks)) in readers.iter().zip(seconds.iter_mut().zip(&mut tracks)) {
            let begin = Instant::now();
            *tracks = reader(black_box(bytes));
            seconds.push(begin.elapsed().as_secs_f64());
        }
    }
    let mut out = std::io::stdout().lock();
    if tracks.iter().any(|count| *count != tracks[0]) {
        writeln!(out, "the readers found {tracks:?} tracks: nothing can be compared")?;
        std::process::exit(1);
    }
    let medians = seconds.map(median);
    #[expect(clippy::cast_precision_loss, reason = "a made-up file is far below 2^53 bytes")]
    let size_mb = bytes.len() as f64 / 1e6;
    writeln!(out, "{size_mb:.0} MB, {} tracks, {rounds} rounds each, medians", tracks[0])?;
    for ((name, _), median) in readers.iter().zip(medians) {
        writeln!(out, "{name:24}{:8.1} ms{:8.0} MB/s", median * 1e3, size_mb / median)?;
    }
    writeln!(out, "runhip is {:.1} times as fast as the gpx crate (goal 15)", medians[0] / medians[2])?;
    writeln!(out, "runhip is {:.2} times as fast as bare events (goal 0.7)", medians[1] / medians[2])
}
