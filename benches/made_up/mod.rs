//! Files as watches and apps write them, made up from a seed: the same every time, as large as asked for. They measure
//! how fast files are read; what their numbers mean is of no interest here.

pub mod apple_health;
pub mod fit;
pub mod gpx;
pub mod tcx;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

/// Points of a long activity: a run of three hours, a point a second.
pub const LONG_RUN_POINTS: u32 = 10_800;

/// One multiplication and one addition a number (Knuth's MMIX constants) are random enough for made-up runs.
pub struct Steps(pub u64);

impl Steps {
    fn advance(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 32
    }

    /// From −1 to 1.
    pub fn next(&mut self) -> f64 {
        f64::from(u32::try_from(self.advance()).unwrap_or(0)) / f64::from(u32::MAX) * 2.0 - 1.0
    }

    /// A whole number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.advance() % limit
    }
}

/// The first day of everything made up here.
pub fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2014, 1, 6).unwrap_or_default()
}

/// The header of the tables whose rows [`run_row`] writes.
pub const RUN_HEADER: &str = "date,start,distance_km,duration,shoe,notes\n";

/// One run of a table: in the morning, at an easy pace, in a pair that lasts for a quarter of a year.
pub fn run_row(steps: &mut Steps, first_day: NaiveDate, day: u64, metres: u64) -> String {
    let seconds = metres * (300 + steps.below(60)) / 1_000;
    format!(
        "{},{:02}:{:02},{}.{:03},{}:{:02}:{:02},Pair {},easy along the river\n",
        first_day + Days::new(day),
        6 + steps.below(3),
        steps.below(60),
        metres / 1_000,
        metres % 1_000,
        seconds / 3_600,
        seconds / 60 % 60,
        seconds % 60,
        day / 90,
    )
}

/// Someone who runs on and on, a point a second, with a day's pause before each activity.
pub struct Walker {
    steps: Steps,
    day: NaiveDate,
    second: u32,
    /// Degrees.
    pub lat: f64,
    /// Degrees.
    pub lon: f64,
    /// Metres since the activity began.
    pub metres: f64,
}

impl Walker {
    /// At the start of the first activity.
    pub fn new(seed: u64) -> Self {
        Self { steps: Steps(seed), day: first_day(), second: 0, lat: 48.137_154, lon: 11.576_124, metres: 0.0 }
    }

    /// The next activity: another day, six in the morning, where the last one ended.
    pub fn rest(&mut self) {
        self.day = self.day + Days::new(1);
        self.second = 0;
        self.metres = 0.0;
    }

    /// One second further.
    pub fn step(&mut self) {
        self.lat += self.steps.next() * 3e-5;
        self.lon += self.steps.next() * 4e-5;
        self.metres += 2.8 + self.steps.next();
        self.second += 1;
    }

    /// A number about `mean`, at most `spread` away.
    pub fn about(&mut self, mean: f64, spread: f64) -> f64 {
        mean + self.steps.next() * spread
    }

    /// The time it is.
    pub fn now(&self) -> DateTime<Utc> {
        let six = self.day.and_hms_opt(6, 0, 0).unwrap_or_default();
        (six + TimeDelta::seconds(i64::from(self.second))).and_utc()
    }

    /// The time it is, as GPX and TCX write it.
    pub fn time(&self) -> String {
        let second = 6 * 3_600 + self.second;
        format!("{}T{:02}:{:02}:{:02}.000Z", self.day, second / 3_600, second / 60 % 60, second % 60)
    }
}
