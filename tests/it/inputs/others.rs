//! Inputs other than logs: the configuration, times, the cache, earlier reports and indexes.

use chrono::Datelike;
use runhip::analysis;
use runhip::config::Config;
use runhip::import::format::FileContents;
use runhip::import::timestamp::{Timestamp, Zone};
use runhip::report::since_last;
use runhip::roster;

/// The message about a mistake in the configuration fits on a screen.
const LONGEST_MISTAKE_CHARS: usize = 2_000;

pub fn config(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.lines().count().max(1) + 1;
    let mistake = match Config::parse(&text) {
        Ok(config) => {
            // Compared as text, since a threshold may be NaN, which equals nothing.
            let over = config.clone().over(&Config::default());
            assert_eq!(format!("{over:?}"), format!("{config:?}"), "nothing is taken from an empty one");
            analysis::settings(&config).err()
        }
        Err(mistake) => Some(mistake),
    };
    if let Some(mistake) = mistake {
        assert!(!mistake.what.trim().is_empty(), "{mistake:?}");
        assert!(mistake.line.is_none_or(|line| (1..=lines).contains(&line)), "{mistake:?} of {lines}");
        assert!(mistake.what.chars().count() <= LONGEST_MISTAKE_CHARS, "{mistake:?}");
    }
}

pub fn timestamp(bytes: &[u8]) {
    let Some(time) = Timestamp::parse(bytes) else { return };
    let utc = time.utc().expect("the years that can be written are all in the calendar");
    assert!((-1..=10_000).contains(&utc.year()), "{utc}");
    assert_eq!(utc.timestamp(), time.unix_s());
    assert!(time.start().is_some() && time.start_or_local().is_some());
    let clock = time.wall_clock().expect("a reading of the clock");
    let ahead_s = if let Zone::Offset(seconds) = time.zone() { i64::from(seconds) } else { 0 };
    assert_eq!((clock - utc.naive_utc()).num_seconds(), ahead_s);
    // Written in the standard form it is the same moment; only years of four digits can be written.
    if (0..=9_999).contains(&utc.year()) {
        let again = Timestamp::parse(utc.to_rfc3339().as_bytes()).expect("what chrono writes");
        assert_eq!(again.utc(), Some(utc));
    }
    assert!(time.seconds_since(time).abs() < f64::EPSILON);
}

/// Checks what the cache holds after its heading and checksum.
pub fn cache(bytes: &[u8]) {
    let Ok(kept) = postcard::from_bytes::<Vec<(String, FileContents)>>(bytes) else { return };
    let again = postcard::to_stdvec(&kept).expect("what was read can be kept");
    // A day is stored as text, which can be shorter than it was stored.
    assert!(again.len() <= 2 * bytes.len(), "{} bytes out of {}", again.len(), bytes.len());
    let same: Vec<(String, FileContents)> = postcard::from_bytes(&again).expect("what was kept can be read");
    assert_eq!(postcard::to_stdvec(&same).expect("what was read can be kept"), again);
}

/// Checks an earlier index of a roster and an earlier report.
pub fn earlier(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let roster::EarlierIndex::Unusable(error) = roster::EarlierIndex::read("index.json", &text) {
        let why = error.to_string();
        assert!(why.starts_with("index.json ") && why.chars().count() < 200, "{why}");
    }
    if let Err(error) = since_last::Earlier::read("latest.json", &text) {
        let why = error.to_string();
        assert!(why.contains("latest.json") && why.chars().count() < 200, "{why}");
    }
}
