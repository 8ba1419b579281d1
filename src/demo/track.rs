//! A track of the made-up athlete as a GPX file: points at a steady pace round a loop, with times in UTC and no hint
//! of the local time, so that the local date has to be found from the coordinates.

use gpx::{Gpx, GpxVersion, Track, TrackSegment, Waypoint};
use time::OffsetDateTime;

use super::calendar;
use super::plan::{PlannedRun, Surface};

/// Seconds between points.
const STEP_S: u32 = 12;

/// The file's name and contents; `None` if the run has no track.
#[must_use]
pub fn track(run: &PlannedRun) -> Option<(String, Vec<u8>)> {
    let (route, start, distance_m) = (run.route?, run.start?, run.distance_m?);
    let local_s = run.date.and_time(start).and_utc().timestamp();
    let start_s = local_s - calendar::utc_offset_s(run.date);
    let steps = run.duration_s.div_ceil(STEP_S);
    let points = (0..=steps)
        .zip(route.points(distance_m, steps))
        .map(|(step, (lat, lon))| {
            let mut point = Waypoint::new((lon, lat).into());
            let passed_s = i64::from((step * STEP_S).min(run.duration_s));
            point.time = OffsetDateTime::from_unix_timestamp(start_s + passed_s).ok().map(Into::into);
            point
        })
        .collect();
    let kind = if run.surface == Surface::Trail { "trail_running" } else { "running" };
    let gpx = Gpx {
        version: GpxVersion::Gpx11,
        creator: Some("runhip demo".to_owned()),
        tracks: vec![Track {
            type_: Some(kind.to_owned()),
            segments: vec![TrackSegment { points }],
            ..Track::default()
        }],
        ..Gpx::default()
    };
    let mut bytes = Vec::new();
    gpx::write(&gpx, &mut bytes).ok()?;
    bytes.push(b'\n');
    Some((format!("gpx/{}-{}.gpx", run.date, start.format("%H%M")), bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::plan::plan;

    fn times(gpx: &Gpx) -> Vec<OffsetDateTime> {
        gpx.tracks[0].segments[0].points.iter().map(|point| point.time.unwrap().into()).collect()
    }

    #[test]
    fn every_track_reads_back_with_its_start_and_duration() {
        for run in plan(1).runs.iter().filter(|run| run.route.is_some()) {
            let (_, bytes) = track(run).unwrap();
            let gpx = gpx::read(bytes.as_slice()).unwrap();
            let times = times(&gpx);
            let lasted_s = (times[times.len() - 1] - times[0]).whole_seconds();
            assert_eq!(lasted_s, i64::from(run.duration_s));
            assert!(times.windows(2).all(|pair| pair[0] < pair[1]));
            let zone =
                time::UtcOffset::from_whole_seconds(calendar::utc_offset_s(run.date).try_into().unwrap()).unwrap();
            let local = times[0].to_offset(zone);
            assert_eq!(local.date().to_string(), run.date.to_string());
            assert_eq!(u32::from(local.hour()), chrono::Timelike::hour(&run.start.unwrap()));
        }
    }

    #[test]
    fn many_tracks_begin_on_another_day_in_utc() {
        let plan = plan(1);
        let early = plan
            .runs
            .iter()
            .filter_map(|run| Some((run.date, track(run)?)))
            .filter(|(date, (_, bytes))| {
                times(&gpx::read(bytes.as_slice()).unwrap())[0].date().to_string() != date.to_string()
            })
            .count();
        assert!(early > 20, "{early}");
    }

    #[test]
    fn the_way_run_agrees_with_the_log_to_a_hundredth() {
        for run in plan(2).runs.iter().filter(|run| run.route.is_some()) {
            let (_, bytes) = track(run).unwrap();
            let gpx = gpx::read(bytes.as_slice()).unwrap();
            let points: Vec<_> = gpx.tracks[0].segments[0].points.iter().map(Waypoint::point).collect();
            // Flat geometry is accurate enough over a few kilometres.
            let scale = points[0].y().to_radians().cos();
            let around_deg: f64 = points
                .windows(2)
                .map(|pair| ((pair[1].x() - pair[0].x()) * scale).hypot(pair[1].y() - pair[0].y()))
                .sum();
            let around_m = around_deg * 111_195.08;
            let logged_m = f64::from(run.distance_m.unwrap());
            assert!((around_m - logged_m).abs() < logged_m / 100.0, "{around_m} against {logged_m}");
        }
    }

    #[test]
    fn times_are_written_in_utc() {
        let run = plan(1).runs.into_iter().find(|run| run.route.is_some()).unwrap();
        let (name, bytes) = track(&run).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(name.starts_with("gpx/2026-08-25-06"), "{name}");
        assert!(text.contains("<time>2026-08-24T18:"), "{}", &text[..600]);
        assert_eq!(text.matches("<time>").count(), text.matches("Z</time>").count());
    }
}
