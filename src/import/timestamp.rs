//! Timestamps as track files write them, RFC 3339 and looser variants, and what they tell of the runner's local time.
//! It knows nothing of time zones by place.

use chrono::{DateTime, FixedOffset, NaiveDateTime, Utc};

use crate::model::activity::Start;

const SECONDS_PER_DAY: i64 = 86_400;

/// What a timestamp tells of its offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// It has no offset.
    Missing,
    /// `Z`: an instant, without the runner's own offset.
    Utc,
    /// A numeric offset in seconds east of UTC.
    Offset(i32),
}

/// One timestamp. Without a zone its time is taken as UTC, unless the caller knows better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timestamp {
    unix_s: i64,
    nanos: u32,
    zone: Zone,
}

impl Timestamp {
    /// The instant this many seconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn from_unix(unix_s: i64) -> Self {
        Self { unix_s, nanos: 0, zone: Zone::Utc }
    }

    /// Reads `2026-03-04T06:30:00Z` and variants in real files: a lower-case `t` or `z`, a space for the `T`,
    /// fractions of any length after a point or comma, omitted seconds, offsets as `+13:00`, `+1300` or `+13`, the
    /// basic form `20260304T063000Z`, single digits between separators, surrounding spaces, `24:00:00` and the leap
    /// second `:60`. `None` for anything else.
    #[must_use]
    pub fn parse(text: &[u8]) -> Option<Self> {
        let mut rest = Rest(text.trim_ascii());
        let year = rest.digits(4)?;
        let dashed = rest.eat(b'-');
        let month = rest.one_or_two_digits(dashed)?;
        if dashed && !rest.eat(b'-') {
            return None;
        }
        let day = rest.one_or_two_digits(dashed)?;
        if !(rest.eat(b'T') || rest.eat(b' ') || rest.eat(b't')) {
            return None;
        }
        rest.0 = rest.0.trim_ascii_start();
        let hour = rest.one_or_two_digits(dashed)?;
        let colons = rest.eat(b':');
        let minute = rest.one_or_two_digits(colons)?;
        let second = match rest.0.first() {
            Some(b':') if colons => {
                rest.eat(b':');
                rest.one_or_two_digits(true)?
            }
            Some(b'0'..=b'9') if !colons => rest.digits(2)?,
            _ => 0,
        };
        let nanos = if rest.eat(b'.') || rest.eat(b',') { rest.fraction()? } else { 0 };
        let zone = rest.zone()?;

        let last_moment = hour == 24 && minute == 0 && second == 0 && nanos == 0;
        let time_fits = minute < 60 && second <= 60 && (hour < 24 || last_moment);
        if !time_fits || !(1..=12).contains(&month) || day == 0 || day > days_in_month(year, month) {
            return None;
        }
        let clock_s = days_since_1970(year, month, day) * SECONDS_PER_DAY
            + i64::from(hour) * 3_600
            + i64::from(minute) * 60
            + i64::from(second);
        let offset_s = if let Zone::Offset(seconds) = zone { seconds } else { 0 };
        Some(Self { unix_s: clock_s - i64::from(offset_s), nanos, zone })
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    #[must_use]
    pub fn unix_s(self) -> i64 {
        self.unix_s
    }

    /// Its zone, as far as it has one.
    #[must_use]
    pub fn zone(self) -> Zone {
        self.zone
    }

    /// Seconds from `earlier` to this, negative if it is earlier.
    #[must_use]
    pub fn seconds_since(self, earlier: Self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "years 0 to 9999 are below 2^53 seconds apart")]
        let whole = (self.unix_s - earlier.unix_s) as f64;
        whole + (f64::from(self.nanos) - f64::from(earlier.nanos)) / 1e9
    }

    /// The instant; `None` only outside chrono's calendar.
    #[must_use]
    pub fn utc(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp(self.unix_s, self.nanos)
    }

    /// The local time where it was written; without an offset that is UTC, or simply the time as written.
    #[must_use]
    pub fn wall_clock(self) -> Option<NaiveDateTime> {
        let offset_s = if let Zone::Offset(seconds) = self.zone { i64::from(seconds) } else { 0 };
        DateTime::from_timestamp(self.unix_s + offset_s, self.nanos).map(|moment| moment.naive_utc())
    }

    /// The start of an activity, for formats such as GPX that define a missing zone as UTC. `Z`, and an offset of
    /// zero, which many programs write for plain UTC, tell nothing of the runner's own offset.
    #[must_use]
    pub fn start(self) -> Option<Start> {
        let instant = self.utc()?;
        Some(match self.zone {
            Zone::Offset(seconds) if seconds != 0 => {
                Start::Zoned(instant.with_timezone(&FixedOffset::east_opt(seconds)?))
            }
            _ => Start::Instant(instant),
        })
    }

    /// The same for formats in which a missing zone means local time.
    #[must_use]
    pub fn start_or_local(self) -> Option<Start> {
        if self.zone == Zone::Missing { self.wall_clock().map(Start::Local) } else { self.start() }
    }
}

/// The rest of a timestamp that is still to be read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn eat(&mut self, byte: u8) -> bool {
        match self.0.split_first() {
            Some((first, rest)) if *first == byte => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    fn digits(&mut self, count: usize) -> Option<u32> {
        let (head, rest) = self.0.split_at_checked(count)?;
        let mut value = 0;
        for byte in head {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                return None;
            }
            value = value * 10 + u32::from(digit);
        }
        self.0 = rest;
        Some(value)
    }

    /// Two digits, or one, which some programs write between separators.
    #[inline]
    fn one_or_two_digits(&mut self, separated: bool) -> Option<u32> {
        self.digits(2).or_else(|| if separated { self.digits(1) } else { None })
    }

    /// Nanoseconds from the digits of a fraction; those past the ninth are dropped.
    fn fraction(&mut self) -> Option<u32> {
        let length = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at(length);
        self.0 = rest;
        let nanos = (0..9).fold(0, |value, i| value * 10 + digits.get(i).map_or(0, |byte| u32::from(byte - b'0')));
        (length > 0).then_some(nanos)
    }

    /// The zone, which has to be the whole rest.
    fn zone(&mut self) -> Option<Zone> {
        self.0 = self.0.trim_ascii_start();
        match self.0 {
            [] => return Some(Zone::Missing),
            [b'Z' | b'z'] => return Some(Zone::Utc),
            _ => {}
        }
        let sign = if self.eat(b'+') {
            1
        } else if self.eat(b'-') {
            -1
        } else {
            return None;
        };
        let hours = self.digits(2)?;
        self.eat(b':');
        let minutes = if self.0.is_empty() { 0 } else { self.digits(2)? };
        let seconds = i32::try_from(hours * 3_600 + minutes * 60).ok()?;
        (self.0.is_empty() && hours < 24 && minutes < 60).then_some(Zone::Offset(sign * seconds))
    }
}

fn days_in_month(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days from 1970-01-01 in the Gregorian calendar, by counting from 1 March so that the leap day comes last
/// (H. Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`).
fn days_since_1970(year: u32, month: u32, day: u32) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = i64::from((month + 9) % 12);
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn utc(text: &str) -> String {
        Timestamp::parse(text.as_bytes()).unwrap().utc().unwrap().to_rfc3339()
    }

    #[test]
    fn every_way_of_writing_one_moment_is_read() {
        for text in [
            "2026-03-04T06:30:00Z",
            "2026-03-04t06:30:00z",
            "2026-03-04 06:30:00Z",
            " \n2026-03-04T06:30:00Z\t",
            "2026-03-04T06:30Z",
            "20260304T063000Z",
            "20260304T0630Z",
            "2026-03-04T06:30:00.000000000000Z",
            "2026-03-04T06:30:00,0",
            "2026-03-04T06:30:00",
            "2026-03-04T06:30:00 Z",
            "2026-03-04T19:30:00+13:00",
            "2026-03-04T19:30:00+1300",
            "2026-03-04T19:30+13",
            "2026-3-4T6:30:0Z",
            "2026-3-04T6:30:00Z",
            "2026-03-03T20:45:00-09:45",
        ] {
            assert_eq!(utc(text), "2026-03-04T06:30:00+00:00", "{text}");
        }
    }

    #[test]
    fn fractions_keep_nine_digits() {
        let parsed = Timestamp::parse(b"2013-07-12T11:22:33.1234567891Z").unwrap();
        assert_eq!(parsed.utc().unwrap().timestamp_subsec_nanos(), 123_456_789);
        let half = Timestamp::parse(b"2013-07-12T11:22:33.5Z").unwrap();
        let before = Timestamp::parse(b"2013-07-12T11:22:32.75Z").unwrap();
        assert!((half.seconds_since(before) - 0.75).abs() < 1e-9);
        assert!((before.seconds_since(half) + 0.75).abs() < 1e-9);
    }

    #[test]
    fn the_last_moment_of_a_day_and_a_leap_second_are_the_next_one() {
        assert_eq!(utc("2024-02-28T24:00:00Z"), "2024-02-29T00:00:00+00:00");
        assert_eq!(utc("2016-12-31T23:59:60Z"), "2017-01-01T00:00:00+00:00");
    }

    #[test]
    fn what_is_not_a_moment_is_refused() {
        for text in [
            "",
            "2026-03-04",
            "2026-03-04T",
            "2026-13-04T06:30:00Z",
            "2026-00-04T06:30:00Z",
            "2026-02-29T06:30:00Z",
            "1900-02-29T06:30:00Z",
            "2026-03-04T25:30:00Z",
            "2026-03-04T24:00:01Z",
            "2026-03-04T06:60:00Z",
            "2026-03-04T06:30:61Z",
            "2026-03-04T06:30:00.Z",
            "2026-03-04T06:30:00X",
            "2026-03-04T06:30:00Zx",
            "2026-03-04T06:30:00+24:00",
            "2026-03-04T06:30:00+1:00",
            "-2026-03-04T06:30:00Z",
            "26-03-04T06:30:00Z",
            "2026-0304T06:30:00Z",
            "202634T063000Z",
            "2026-3-4T63000Z",
            "2026-3-4T6:Z",
            "2026--4T06:30:00Z",
        ] {
            assert_eq!(Timestamp::parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn only_a_numeric_offset_other_than_zero_is_the_runners_own_clock() {
        let start = |text: &str| Timestamp::parse(text.as_bytes()).unwrap().start().unwrap();
        assert!(matches!(start("2026-03-04T06:30:00Z"), Start::Instant(_)));
        assert!(matches!(start("2026-03-04T06:30:00"), Start::Instant(_)));
        assert!(matches!(start("2026-03-04T06:30:00+00:00"), Start::Instant(_)));
        let Start::Zoned(zoned) = start("2026-03-04T06:30:00+13:00") else { panic!("an offset was lost") };
        assert_eq!(zoned.to_rfc3339(), "2026-03-04T06:30:00+13:00");
        let local = Timestamp::parse(b"2026-03-04T06:30:00").unwrap().start_or_local().unwrap();
        assert!(matches!(local, Start::Local(clock) if clock.to_string() == "2026-03-04 06:30:00"));
    }

    proptest! {
        /// chrono is the reference: this reads whatever it writes as the same moment.
        #[test]
        fn rfc_3339_is_read_as_chrono_reads_it(unix_s in -62_135_596_800_i64..253_402_300_799, nanos in 0_u32..1_000_000_000,
                                               offset_min in -839_i32..840) {
            let moment = DateTime::from_timestamp(unix_s, nanos).unwrap();
            prop_assume!((1..=9998).contains(&chrono::Datelike::year(&moment)));
            let written = moment.with_timezone(&FixedOffset::east_opt(offset_min * 60).unwrap()).to_rfc3339();
            let parsed = Timestamp::parse(written.as_bytes()).unwrap();
            prop_assert_eq!(parsed.utc().unwrap(), moment);
            prop_assert_eq!(parsed.zone(), Zone::Offset(offset_min * 60));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let _ = Timestamp::parse(&bytes);
        }
    }
}
