//! From the contents of a TCX activity to an activity: which of several starts, distances and times counts. It reads
//! nothing.

use super::running_total::RunningTotal;
use crate::import::timestamp::Timestamp;
use crate::import::track::{Track, whole_seconds};
use crate::model::activity::{Activity, Distance, DistanceFrom, SourceKind, SportFrom};
use crate::model::assumption::Assumed;
use crate::model::sport::Sport;
use crate::model::units::whole_metres;

/// Named starts may differ by an offset from UTC, but not by days.
const SECONDS_PER_DAY: f64 = 86_400.0;

/// The contents of one `<Activity>`.
#[derive(Default)]
pub struct Draft {
    pub sport: Option<Sport>,
    pub sport_from: SportFrom,
    pub id: Option<Timestamp>,
    pub first_lap: Option<Timestamp>,
    pub laps_m: Option<f64>,
    pub laps_s: Option<f64>,
    pub total: RunningTotal,
    pub notes: Vec<String>,
    pub track: Track,
}

impl Draft {
    /// Adds a lap: by its own distance or, if it has none, by how far its points go beyond `before_m`.
    pub fn end_lap(&mut self, lap_m: Option<f64>, before_m: f64) {
        let metres = lap_m.or(Some(self.total.metres() - before_m).filter(|metres| *metres > 0.0));
        self.laps_m = metres.map(|metres| metres + self.laps_m.unwrap_or(0.0)).or(self.laps_m);
    }

    /// The activity, and what was assumed of its points. Its start is the `Id`, else the first lap's, else that of
    /// the first point, which always counts if the others are days from it; a time without a zone is local. The laps'
    /// distances count. Their times leave out pauses, so the points give the time from start to end where that is
    /// longer.
    pub fn activity(self, ordinal: u64) -> (Activity, Vec<Assumed>) {
        let by_points = self.track.start();
        let near = |time: &Timestamp| by_points.is_none_or(|start| start.seconds_since(*time).abs() <= SECONDS_PER_DAY);
        let start = self.id.filter(near).or(self.first_lap.filter(near)).or(by_points);
        let device_m = self.laps_m.and_then(whole_metres).filter(|metres| *metres > 0);
        let track_m = self.track.metres();
        let device = device_m.map(|m| Distance { m, from: DistanceFrom::Device });
        let distance = device.or(track_m.map(|m| Distance { m, from: DistanceFrom::Track }));
        let activity = Activity {
            start: start.and_then(Timestamp::start_or_local),
            position: self.track.position(),
            sport: self.sport,
            sport_from: self.sport_from,
            distance,
            track_m,
            usual_mm_per_s: self.track.usual_mm_per_s(),
            elapsed_s: self.laps_s.and_then(whole_seconds).max(self.track.elapsed_s()),
            description: (!self.notes.is_empty()).then(|| self.notes.join("\n")),
            record: Some(ordinal),
            ..Activity::new(SourceKind::Tcx)
        };
        (activity, self.track.assumed(distance).collect())
    }
}
