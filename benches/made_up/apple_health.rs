//! `export.xml` of Apple Health: single heart beats by the million, and a workout among them now and then.

use std::io::{self, Write};

use super::Walker;

const RECORDS_A_WORKOUT: u32 = 5_000;

/// Writes one file of about `bytes` bytes; tells how many workouts are in it.
pub fn export(out: &mut impl Write, bytes: u64) -> io::Result<u64> {
    let mut walker = Walker::new(20_260_304);
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<HealthData locale=\"en_GB\">\n <ExportDate value=\"2026-03-04 08:00:00 +0000\"/>\n",
    )?;
    let (mut written, mut workouts) = (0, 0);
    while written < bytes {
        walker.rest();
        let day = walker.now().date_naive();
        for _ in 0..RECORDS_A_WORKOUT {
            walker.step();
            let time = walker.now().format("%Y-%m-%d %H:%M:%S +0000");
            let record = format!(
                " <Record type=\"HKQuantityTypeIdentifierHeartRate\" sourceName=\"Watch\" sourceVersion=\"10.1\" \
                 device=\"&lt;&lt;HKDevice: 0x2800&gt;, name:Watch, manufacturer:Apple Inc., model:Watch&gt;\" \
                 unit=\"count/min\" creationDate=\"{time}\" startDate=\"{time}\" endDate=\"{time}\" \
                 value=\"{:.0}\">\n  <MetadataEntry key=\"HKMetadataKeyHeartRateMotionContext\" value=\"2\"/>\n </Record>\n",
                walker.about(150.0, 20.0)
            );
            written += record.len() as u64;
            out.write_all(record.as_bytes())?;
        }
        workouts += 1;
        writeln!(
            out,
            " <Workout workoutActivityType=\"HKWorkoutActivityTypeRunning\" duration=\"60\" durationUnit=\"min\" \
             totalDistance=\"10.{:03}\" totalDistanceUnit=\"km\" sourceName=\"Watch\" \
             startDate=\"{day} 06:00:00 +0000\" endDate=\"{day} 07:00:00 +0000\"/>",
            workouts % 1_000
        )?;
    }
    out.write_all(b"</HealthData>\n")?;
    Ok(workouts)
}
