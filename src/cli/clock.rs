//! The real clock and the machine's time zone: the only place that reads either.

use std::time::SystemTime;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

/// The present moment; the nearest of the years 1970 to 9999 if the machine's clock is set to another.
fn now() -> DateTime<Utc> {
    moment(now_on_disk())
}

/// A zone may be a day ahead or behind.
const DAY_SECONDS: i64 = 86_400;

/// The end of 30 December 9999.
const LAST_SECOND: i64 = 253_402_214_399;

fn moment(on_disk: SystemTime) -> DateTime<Utc> {
    let since = on_disk.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
    DateTime::from_timestamp(seconds.clamp(DAY_SECONDS, LAST_SECOND), 0).unwrap_or_default()
}

/// The present moment in the type that file systems use.
#[expect(clippy::disallowed_methods, reason = "this file is where the clock is read")]
pub(super) fn now_on_disk() -> SystemTime {
    SystemTime::now()
}

/// The calendar day in `zone` now.
pub(super) fn today(zone: Tz) -> NaiveDate {
    now().with_timezone(&zone).date_naive()
}

/// The zone this machine is set to; UTC if it has none or an unknown one.
pub(super) fn machine_zone() -> Tz {
    iana_time_zone::get_timezone().ok().and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_clock_set_to_no_year_of_ours_gives_the_nearest_day() {
        let day =
            |on_disk: SystemTime| moment(on_disk).with_timezone(&Tz::Pacific__Kiritimati).date_naive().to_string();
        let epoch = SystemTime::UNIX_EPOCH;
        assert_eq!(day(epoch + Duration::from_secs(1_772_600_001)), "2026-03-04");
        assert_eq!(day(epoch - Duration::from_secs(1_000_000_000)), "1970-01-01", "east of it was still west then");
        assert_eq!(day(epoch + Duration::from_secs(1 << 45)), "9999-12-31");
    }
}
