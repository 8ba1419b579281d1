//! Times that were typed into a spreadsheet as minutes and seconds, which it keeps as hours and minutes: 45:30 is there a day
//! and 21 hours. A run that would take more than an hour for each kilometre, and 60 times less is a runner's pace, was
//! typed so.

/// What is said of them.
pub const ABOUT: &str =
    "times typed as 45:30, which a spreadsheet keeps as hours and minutes; they were read as minutes and seconds";

/// Nobody runs or walks a kilometre in more than an hour.
const SLOWEST_S_PER_KM: f64 = 3_600.0;

/// Seconds per kilometre between the fastest runner's and a slow walker's.
const POSSIBLE_S_PER_KM: std::ops::RangeInclusive<f64> = 120.0..=1_500.0;

/// Puts such a time of a run of so many metres right; false where it was none.
pub fn mend(metres: Option<f64>, seconds: &mut Option<u32>) -> bool {
    let (Some(metres), Some(written)) = (metres.filter(|metres| *metres > 0.0), *seconds) else { return false };
    let per_km = |seconds: u32| f64::from(seconds) * 1_000.0 / metres;
    let typed =
        written % 60 == 0 && per_km(written) > SLOWEST_S_PER_KM && POSSIBLE_S_PER_KM.contains(&per_km(written / 60));
    if typed {
        *seconds = Some(written / 60);
    }
    typed
}
