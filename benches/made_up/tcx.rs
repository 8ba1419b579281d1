//! TCX in the layout of Garmin Connect.

use std::io::{self, Write};

use super::{LONG_RUN_POINTS, Walker};

/// One file of at least `bytes` bytes.
pub fn garmin(bytes: usize) -> io::Result<Vec<u8>> {
    let mut walker = Walker::new(20_260_304);
    let mut text = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TrainingCenterDatabase>\n  <Activities>\n".to_vec();
    while text.len() < bytes {
        walker.rest();
        let start = walker.time();
        write!(
            text,
            "    <Activity Sport=\"Running\">\n      <Id>{start}</Id>\n      <Lap StartTime=\"{start}\">\n        \
             <TotalTimeSeconds>{LONG_RUN_POINTS}</TotalTimeSeconds>\n        \
             <DistanceMeters>30240</DistanceMeters>\n        <Track>\n"
        )?;
        for _ in 0..LONG_RUN_POINTS {
            walker.step();
            write!(
                text,
                "          <Trackpoint>\n            <Time>{}</Time>\n            <Position>\n              \
                 <LatitudeDegrees>{:.15}</LatitudeDegrees>\n              \
                 <LongitudeDegrees>{:.15}</LongitudeDegrees>\n            </Position>\n            \
                 <AltitudeMeters>520.5999755859375</AltitudeMeters>\n            \
                 <DistanceMeters>{:.12}</DistanceMeters>\n            <HeartRateBpm>\n              \
                 <Value>150</Value>\n            </HeartRateBpm>\n            <Extensions>\n              \
                 <ns3:TPX>\n                <ns3:Speed>2.8</ns3:Speed>\n                \
                 <ns3:RunCadence>85</ns3:RunCadence>\n              </ns3:TPX>\n            \
                 </Extensions>\n          </Trackpoint>\n",
                walker.time(),
                walker.lat,
                walker.lon,
                walker.metres
            )?;
        }
        text.write_all(b"        </Track>\n      </Lap>\n    </Activity>\n")?;
    }
    text.write_all(b"  </Activities>\n</TrainingCenterDatabase>\n")?;
    Ok(text)
}
