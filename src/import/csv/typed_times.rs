//! Times typed into a spreadsheet as minutes and seconds, which it stores as hours and minutes: 45:30 becomes a day
//! and 21 hours. If a run would take more than an hour for each kilometre, but a 60th of that is a runner's pace, its
//! time was typed like this.

/// The message about them.
pub const ABOUT: &str =
    "times typed as 45:30, which a spreadsheet keeps as hours and minutes; they were read as minutes and seconds";

/// The slowest pace of anybody, in seconds per kilometre.
const SLOWEST_S_PER_KM: f64 = 3_600.0;

/// Seconds per kilometre from the fastest runner to a slow walker.
const POSSIBLE_S_PER_KM: std::ops::RangeInclusive<f64> = 120.0..=1_500.0;

/// Corrects such times of a run of this many metres; false if there are none. A watch that was left running has a
/// moving time besides the long one; then both are kept.
pub fn mend(metres: Option<f64>, elapsed_s: &mut Option<u32>, moving_s: &mut Option<u32>) -> bool {
    let Some(metres) = metres.filter(|metres| *metres > 0.0) else { return false };
    let per_km = |seconds: u32| f64::from(seconds) * 1_000.0 / metres;
    let is_typed = |written: u32| {
        written.is_multiple_of(60)
            && per_km(written) > SLOWEST_S_PER_KM
            && POSSIBLE_S_PER_KM.contains(&per_km(written / 60))
    };
    let written = [*elapsed_s, *moving_s];
    let typed = written.iter().any(Option::is_some) && written.into_iter().flatten().all(is_typed);
    if typed {
        for seconds in [elapsed_s, moving_s].into_iter().flatten() {
            *seconds /= 60;
        }
    }
    typed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(metres: f64, elapsed_s: Option<u32>, moving_s: Option<u32>) -> (Option<u32>, Option<u32>) {
        let (mut elapsed_s, mut moving_s) = (elapsed_s, moving_s);
        mend(Some(metres), &mut elapsed_s, &mut moving_s);
        (elapsed_s, moving_s)
    }

    #[test]
    fn hours_that_were_minutes_are_put_right_and_a_forgotten_watch_is_left_alone() {
        // 41 hours and 20 minutes for 7 km become 41 minutes and 20 seconds.
        assert_eq!(mended(7_000.0, Some(148_800), None), (Some(2_480), None));
        assert_eq!(mended(7_000.0, Some(148_800), Some(148_800)), (Some(2_480), Some(2_480)));
        assert_eq!(mended(7_000.0, Some(148_800), Some(2_477)), (Some(148_800), Some(2_477)));
        assert_eq!(mended(7_000.0, Some(2_480), None), (Some(2_480), None));
    }
}
