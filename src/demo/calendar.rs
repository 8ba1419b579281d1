//! The training calendar: 104 weeks as a coach might plan them, and the day and time of each run. Lengths are in
//! hundreds of metres. The variation by seed is added elsewhere and is always far smaller than the steps planned
//! here.

use chrono::{Days, NaiveDate};

/// Weeks in the plan.
pub const WEEKS: usize = 104;

/// The first week with tracks besides the table: only the last twelve weeks have them.
pub const FIRST_TRACKED_WEEK: usize = WEEKS - 12;

/// How a week's distance is spread over Monday to Saturday. The long run is on Sunday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Tuesday, Thursday, Sunday.
    Three,
    /// Tuesday, Thursday, Saturday, Sunday.
    Four,
    /// Tuesday, Wednesday, Thursday, Saturday, Sunday.
    Five,
    /// Tuesday, Wednesday, Saturday, Sunday; no run on Thursday.
    NoThursday,
    /// Every day but Friday.
    OneRestDay,
    /// A run every day.
    NoRestDay,
    /// Tuesday to Thursday, then none.
    Stopped,
    /// No run.
    Off,
}

impl Shape {
    /// The share of each day, Monday to Saturday, in per cent of the week without its long run.
    fn shares(self) -> [u32; 6] {
        match self {
            Self::Three => [0, 55, 0, 45, 0, 0],
            Self::Four => [0, 32, 0, 38, 0, 30],
            Self::Five => [0, 28, 20, 30, 0, 22],
            Self::NoThursday => [0, 35, 35, 0, 0, 30],
            Self::OneRestDay => [14, 20, 16, 22, 0, 28],
            Self::NoRestDay => [14, 18, 16, 18, 14, 20],
            Self::Stopped => [0, 35, 30, 35, 0, 0],
            Self::Off => [0; 6],
        }
    }
}

/// One planned week.
#[derive(Clone, Copy, Debug)]
pub struct Week {
    /// The whole week, in hundreds of metres.
    pub total: u32,
    /// Sunday's run, in hundreds of metres.
    pub long: u32,
    /// How the rest is spread.
    pub shape: Shape,
}

impl Week {
    /// The distance of each day, Monday to Sunday, in hundreds of metres; the rounding remainder goes to Tuesday.
    #[must_use]
    pub fn days(self) -> [u32; 7] {
        let rest = self.total - self.long;
        let mut days = [0; 7];
        for (day, share) in days.iter_mut().zip(self.shape.shares()) {
            *day = rest * share / 100;
        }
        days[6] = self.long;
        days[1] += self.total - days.iter().sum::<u32>();
        days
    }
}

const fn week(total: u32, long: u32, shape: Shape) -> Week {
    Week { total, long, shape }
}

/// The two years. Every fourth to seventh week is lighter; unusual weeks have a comment.
pub const CALENDAR: [Week; WEEKS] = {
    use Shape::{Five, Four, NoRestDay, NoThursday, Off, OneRestDay, Stopped, Three};
    [
        week(200, 80, Three),
        week(260, 85, Four),
        week(270, 90, Four),
        week(280, 93, Five),
        week(230, 80, Four),
        week(275, 96, Five),
        week(290, 100, Five),
        week(300, 105, Five),
        week(310, 110, Five),
        week(250, 90, Four),
        week(305, 110, Five),
        week(315, 115, Five),
        week(390, 122, Five),       // 12: up by nearly a quarter
        week(320, 110, NoThursday), // 13: episode, left outer hip
        week(325, 115, Five),
        week(330, 120, Five),
        week(270, 100, Four),
        week(320, 120, Five),
        week(335, 125, Five),
        week(345, 128, Five),
        week(385, 130, Five), // 20: up by more than a tenth
        week(360, 130, Five),
        week(370, 133, Five),
        week(300, 110, Four),
        week(350, 130, Five),
        week(360, 133, Five),
        week(380, 165, Five),       // 26: one run far longer than any of the month before
        week(340, 120, NoThursday), // 27: episode, right front
        week(350, 125, Five),
        week(360, 130, Five),
        week(365, 133, Five),
        week(300, 110, Four),
        week(350, 125, Five),
        week(370, 128, OneRestDay), // 33: one day of rest
        week(380, 130, NoRestDay),  // 34: none, and nine days in a row with the weekend before
        week(340, 120, Five),       // 35: episode, left buttock, run through
        week(330, 120, Four),
        week(0, 0, Off), // 37 to 41: nothing was written down
        week(0, 0, Off),
        week(0, 0, Off),
        week(0, 0, Off),
        week(0, 0, Off),
        week(160, 76, Three), // 42: the log begins again
        week(220, 82, Four),
        week(260, 88, Four), // 44: a jump while coming back
        week(280, 95, Four),
        week(300, 102, Five),
        week(250, 90, Four),
        week(290, 109, Five),
        week(300, 116, Five),
        week(310, 118, Five),
        week(320, 120, Five),
        week(325, 122, Five),
        week(330, 120, NoThursday), // 53: episode, right outer hip, out of a quiet month
        week(330, 122, Five),
        week(340, 124, Five),
        week(280, 100, Four),
        week(325, 120, Five),
        week(335, 124, Five),
        week(350, 128, Five), // 59: and a treadmill run of unknown length
        week(360, 130, Five),
        week(370, 132, Five),
        week(380, 135, Five),
        week(390, 138, Five),
        week(310, 110, Four),
        week(360, 130, Five),
        week(375, 135, Five),
        week(465, 142, Five),  // 67: up by nearly a quarter
        week(220, 0, Stopped), // 68: episode, limping; no run from Friday on
        week(0, 0, Off),       // 69 to 72: the break
        week(0, 0, Off),
        week(0, 0, Off),
        week(0, 0, Off),
        week(140, 62, Three), // 73: running again
        week(190, 67, Four),
        week(235, 72, Four), // 75: a jump while coming back
        week(255, 77, Four),
        week(275, 83, Five),
        week(295, 89, Five),
        week(250, 80, Four),
        week(290, 95, Five),
        week(310, 102, Five),
        week(330, 109, Five),
        week(350, 116, Five),
        week(290, 100, Four),
        week(340, 120, Five),
        week(355, 124, Five),
        week(370, 128, Five),
        week(380, 130, OneRestDay), // 88: one day of rest
        week(320, 110, Four),
        week(365, 128, Five),
        week(380, 132, Five),
        week(395, 136, Five),
        week(410, 140, Five),
        week(340, 115, Four),
        week(395, 138, Five),
        week(415, 142, Five),
        week(430, 146, Five),
        week(440, 150, Five),
        week(360, 120, Four),
        week(420, 145, Five),
        week(435, 150, Five),
        week(505, 156, Five), // 102: up by more than a tenth
        week(360, 120, Four), // 103: episode, left outer hip, not over yet
    ]
};

/// The Monday on which the plan begins.
#[must_use]
pub fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 11, 18).unwrap_or_default()
}

/// The Sunday on which it ends.
#[must_use]
pub fn last_day() -> NaiveDate {
    day(WEEKS - 1, 6)
}

/// The day of the samples' reports.
#[must_use]
pub fn as_of() -> NaiveDate {
    last_day() + Days::new(3)
}

/// A day of the plan: `week` is counted from 0, and Monday is weekday 0.
#[must_use]
pub fn day(week: usize, weekday: usize) -> NaiveDate {
    let days = u64::try_from(week * 7 + weekday).unwrap_or_default();
    first_day() + Days::new(days)
}

/// Seconds east of UTC in Pacific/Auckland on a day of the plan, valid from three o'clock in the morning. Written
/// out, so that no later release of the time zone database can change the samples.
#[must_use]
pub fn utc_offset_s(date: NaiveDate) -> i64 {
    let on = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    let winter = (on(2025, 4, 6)..on(2025, 9, 28)).contains(&date) || (on(2026, 4, 5)..on(2026, 9, 27)).contains(&date);
    if winter { 12 * 3_600 } else { 13 * 3_600 }
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Offset, TimeZone, Weekday};

    use super::*;

    #[test]
    fn the_plan_runs_from_a_monday_to_a_sunday() {
        assert_eq!(first_day().weekday(), Weekday::Mon);
        assert_eq!(last_day().to_string(), "2026-11-15");
        assert_eq!(last_day().weekday(), Weekday::Sun);
        assert_eq!(as_of().to_string(), "2026-11-18");
    }

    #[test]
    fn a_week_is_spread_without_loss() {
        assert_eq!(week(250, 80, Shape::Four).days(), [0, 55, 0, 64, 0, 51, 80]);
        for planned in CALENDAR {
            assert_eq!(planned.days().iter().sum::<u32>(), planned.total);
        }
    }

    #[test]
    fn a_shape_spreads_the_whole() {
        for planned in CALENDAR {
            let sum: u32 = planned.shape.shares().iter().sum();
            assert_eq!(sum, if planned.shape == Shape::Off { 0 } else { 100 });
        }
    }

    #[test]
    fn the_written_offsets_are_those_of_the_zone() {
        let mut date = first_day();
        while date <= last_day() {
            let noon = date.and_hms_opt(3, 0, 0).unwrap();
            let offset = chrono_tz::Pacific::Auckland.offset_from_local_datetime(&noon).single().unwrap();
            assert_eq!(utc_offset_s(date), i64::from(offset.fix().local_minus_utc()), "{date}");
            date = date + Days::new(1);
        }
    }
}
