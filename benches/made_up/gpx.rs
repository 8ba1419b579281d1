//! GPX in the layouts of Garmin Connect and Strava.

use std::io::{self, Write};

use super::{LONG_RUN_POINTS, Walker};

/// Writes one whole file of Garmin's layout, elevation, time and heart rate at each point: `tracks` activities of `points` seconds,
/// a day apart.
pub fn garmin(out: &mut impl Write, walker: &mut Walker, tracks: u32, points: u32) -> io::Result<()> {
    out.write_all(
        concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx creator=\"Garmin Connect\" version=\"1.1\"\n",
            "  xmlns:ns3=\"http://www.garmin.com/xmlschemas/TrackPointExtension/v1\"\n",
            "  xmlns=\"http://www.topografix.com/GPX/1/1\">\n",
        )
        .as_bytes(),
    )?;
    for _ in 0..tracks {
        walker.rest();
        out.write_all(b"  <trk>\n    <name>Morning Run</name>\n    <type>running</type>\n    <trkseg>\n")?;
        for _ in 0..points {
            walker.step();
            let (ele, heart_rate) = (walker.about(520.0, 4.0), walker.about(150.0, 20.0));
            write!(
                out,
                "      <trkpt lat=\"{:.15}\" lon=\"{:.15}\">\n        <ele>{ele:.14}</ele>\n        \
                 <time>{}</time>\n        <extensions>\n          <ns3:TrackPointExtension>\n            \
                 <ns3:hr>{heart_rate:.0}</ns3:hr>\n          </ns3:TrackPointExtension>\n        \
                 </extensions>\n      </trkpt>\n",
                walker.lat,
                walker.lon,
                walker.time(),
            )?;
        }
        out.write_all(b"    </trkseg>\n  </trk>\n")?;
    }
    out.write_all(b"</gpx>\n")
}

/// One file of Strava's layout of at least `bytes` bytes.
pub fn strava(bytes: usize) -> io::Result<Vec<u8>> {
    let mut walker = Walker::new(20_260_304);
    let mut text =
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx creator=\"StravaGPX\" version=\"1.1\">\n".to_vec();
    while text.len() < bytes {
        walker.rest();
        text.write_all(b" <trk>\n  <type>running</type>\n  <trkseg>\n")?;
        for _ in 0..LONG_RUN_POINTS {
            walker.step();
            write!(
                text,
                "   <trkpt lat=\"{:.7}\" lon=\"{:.7}\">\n    <ele>520.6</ele>\n    <time>{}</time>\n   </trkpt>\n",
                walker.lat,
                walker.lon,
                walker.time()
            )?;
        }
        text.write_all(b"  </trkseg>\n </trk>\n")?;
    }
    text.write_all(b"</gpx>\n")?;
    Ok(text)
}
