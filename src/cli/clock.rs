//! The real clock and the machine's time zone: the only place that reads either.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

/// The present moment.
#[expect(clippy::disallowed_methods, reason = "this file is where the clock is read")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

/// The present moment in the type that file systems use.
#[expect(clippy::disallowed_methods, reason = "this file is where the clock is read")]
pub(super) fn now_on_disk() -> std::time::SystemTime {
    std::time::SystemTime::now()
}

/// The calendar day in `zone` now.
pub(super) fn today(zone: Tz) -> NaiveDate {
    now().with_timezone(&zone).date_naive()
}

/// The zone this machine is set to; UTC if it has none or an unknown one.
pub(super) fn machine_zone() -> Tz {
    iana_time_zone::get_timezone().ok().and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC)
}
