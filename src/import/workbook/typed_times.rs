//! Times that were typed into a spreadsheet as minutes and seconds, which it keeps as hours and minutes: 45:30 is there a day
//! and 21 hours. A run that would take more than an hour for each kilometre, and 60 times less is a runner's pace, was
//! typed so.

use crate::import::imported::Imported;
use crate::model::activity::Activity;
use crate::model::assumption::{Assumed, AssumptionKind};

/// Nobody runs or walks a kilometre in more than an hour.
const SLOWEST_S_PER_KM: u64 = 3_600;

/// Seconds per kilometre between the fastest runner's and a slow walker's.
const POSSIBLE_S_PER_KM: std::ops::RangeInclusive<u64> = 120..=1_500;

/// Puts such times right, and says so.
pub fn mend(imported: &mut Imported) {
    let count = imported.activities.iter_mut().map(|activity| u64::from(mend_one(activity))).sum();
    if count > 0 {
        let about = "times typed as 45:30, which a spreadsheet keeps as hours and minutes; they were read as minutes and seconds";
        imported.assumptions.push(Assumed::new(AssumptionKind::UnitGuessed, about, count));
    }
}

fn mend_one(activity: &mut Activity) -> bool {
    let Some(metres) = activity.distance.map(|distance| u64::from(distance.m)).filter(|metres| *metres > 0) else {
        return false;
    };
    let mut mended = false;
    for seconds in [&mut activity.elapsed_s, &mut activity.moving_s].into_iter().flatten() {
        let per_km = |seconds: u32| u64::from(seconds) * 1_000 / metres;
        let typed = *seconds % 60 == 0 && per_km(*seconds) > SLOWEST_S_PER_KM;
        if typed && POSSIBLE_S_PER_KM.contains(&per_km(*seconds / 60)) {
            *seconds /= 60;
            mended = true;
        }
    }
    mended
}
