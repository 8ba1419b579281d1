//! The calendar day of an activity: the runner's own, at the place of the run. The map of zones is loaded once, and
//! only if a run needs it.

use std::sync::LazyLock;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use tzf_rs::EmbeddedFinder;

use crate::model::activity::{Activity, Position, Start};
use crate::model::log::LocalDayBy;

static ZONE_MAP: LazyLock<EmbeddedFinder> = LazyLock::new(EmbeddedFinder::new);

/// The zones used where an activity has none.
#[derive(Clone, Copy, Debug)]
pub struct Zones {
    /// `--timezone`, else the configuration's zone.
    pub given: Option<Tz>,
    /// The machine's zone.
    pub machine: Tz,
}

/// A start on the runner's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalStart {
    /// The runner's calendar day.
    pub date: NaiveDate,
    /// The local start time, if known.
    pub wall_clock: Option<NaiveDateTime>,
    /// The offset from UTC, if known.
    pub offset: Option<FixedOffset>,
    /// The instant, if known.
    pub instant: Option<DateTime<Utc>>,
    /// How the day was determined.
    pub by: LocalDayBy,
}

/// Replaces the coordinates by their zone; they are needed for nothing else and must not be kept.
pub fn settle_zone(activity: &mut Activity) {
    let position = activity.position.take();
    if matches!(activity.start, Some(Start::Instant(_))) {
        activity.zone = position.and_then(zone_at);
    }
}

/// Places a start by the first of these that is known: an offset in the timestamp, a local date or time, the zone at
/// the coordinates, the given zone, the machine's zone.
#[must_use]
pub fn place(start: Start, at_coordinates: Option<Tz>, zones: &Zones) -> LocalStart {
    match start {
        Start::Zoned(time) => LocalStart {
            date: time.date_naive(),
            wall_clock: Some(time.naive_local()),
            offset: Some(*time.offset()),
            instant: Some(time.to_utc()),
            by: LocalDayBy::Offset,
        },
        Start::Local(time) => LocalStart {
            date: time.date(),
            wall_clock: Some(time),
            offset: None,
            instant: None,
            by: LocalDayBy::LocalDate,
        },
        Start::Date(date) => {
            LocalStart { date, wall_clock: None, offset: None, instant: None, by: LocalDayBy::LocalDate }
        }
        Start::Instant(instant) => {
            let (zone, by) = match (at_coordinates, zones.given) {
                (Some(zone), _) => (zone, LocalDayBy::Coordinates),
                (None, Some(zone)) => (zone, LocalDayBy::Timezone),
                (None, None) => (zones.machine, LocalDayBy::Machine),
            };
            let offset = zone.offset_from_utc_datetime(&instant.naive_utc()).fix();
            let local = instant.with_timezone(&offset);
            LocalStart {
                date: local.date_naive(),
                wall_clock: Some(local.naive_local()),
                offset: Some(offset),
                instant: Some(instant),
                by,
            }
        }
    }
}

fn zone_at(position: Position) -> Option<Tz> {
    ZONE_MAP.get_tz_name(position.lon, position.lat).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::activity::SourceKind;

    const ZONES: Zones = Zones { given: Some(Tz::Europe__Berlin), machine: Tz::UTC };

    fn utc(text: &str) -> Start {
        Start::Instant(text.parse().expect("an instant"))
    }

    fn placed(start: Start, position: Option<(f64, f64)>, zones: Zones) -> (String, Option<i32>, LocalDayBy) {
        let position = position.map(|(lat, lon)| Position { lat, lon });
        let mut activity = Activity { start: Some(start), position, ..Activity::new(SourceKind::Track) };
        settle_zone(&mut activity);
        assert_eq!(activity.position, None, "coordinates are forgotten");
        let placed = place(start, activity.zone, &zones);
        (placed.date.to_string(), placed.offset.map(|offset| offset.local_minus_utc()), placed.by)
    }

    #[test]
    fn a_morning_run_in_auckland_is_on_the_day_after_utc() {
        // 18:30 UTC on 3 March is 07:30 on 4 March in Auckland, at +13:00.
        let run = utc("2026-03-03T18:30:00Z");
        assert_eq!(
            placed(run, Some((-36.85, 174.76)), ZONES),
            ("2026-03-04".into(), Some(46_800), LocalDayBy::Coordinates)
        );
        assert_eq!(placed(run, None, ZONES), ("2026-03-03".into(), Some(3_600), LocalDayBy::Timezone));
        let machine_only = Zones { given: None, machine: Tz::Pacific__Auckland };
        assert_eq!(placed(run, None, machine_only), ("2026-03-04".into(), Some(46_800), LocalDayBy::Machine));
    }

    #[test]
    fn summer_time_is_taken_from_the_day_of_the_run() {
        // Berlin: 23:30 UTC is 01:30 next day in summer and 00:30 in winter.
        assert_eq!(placed(utc("2026-07-01T23:30:00Z"), None, ZONES).1, Some(7_200));
        assert_eq!(placed(utc("2026-01-01T23:30:00Z"), None, ZONES).1, Some(3_600));
    }

    #[test]
    fn an_offset_or_a_local_date_beats_everything() {
        let zoned = Start::Zoned("2026-03-04T00:30:00-05:00".parse().expect("a time"));
        assert_eq!(placed(zoned, Some((52.5, 13.4)), ZONES), ("2026-03-04".into(), Some(-18_000), LocalDayBy::Offset));
        let date = Start::Date("2026-03-04".parse().expect("a date"));
        assert_eq!(placed(date, None, ZONES), ("2026-03-04".into(), None, LocalDayBy::LocalDate));
    }

    #[test]
    fn the_open_sea_and_the_poles_have_a_zone() {
        for (lat, lon) in [(0.0, -140.0), (90.0, 0.0), (-90.0, 180.0), (10.0, 180.0), (10.0, -180.0)] {
            let (_, offset, _) = placed(utc("2026-03-04T12:00:00Z"), Some((lat, lon)), ZONES);
            assert!(offset.is_some_and(|seconds| seconds.abs() <= 14 * 3_600), "{lat} {lon}");
        }
    }
}
