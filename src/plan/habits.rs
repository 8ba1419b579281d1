//! How somebody usually runs, from the last complete weeks: on which days, on which the long run, and how far.

use chrono::{Days, NaiveDate};

use super::base::{self, base};
use super::course::History;
use crate::rules::{MAX_STREAK_DAYS, MIN_REST_DAYS};
use crate::tables::{Tables, Week};

/// The number of complete weeks considered.
pub const HABIT_WEEKS: usize = 4;

/// The usual running of a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Habits {
    /// The days with a run, as offsets from the first day of the week, in order; no more than the limits allow.
    pub days: Vec<u64>,
    /// The one of these days that usually has the longest run.
    pub long_day: u64,
    /// The mean length of a week's longest run in metres.
    pub long_m: u32,
    /// The mean sum of a week's other runs in metres.
    pub others_m: u32,
    /// The metres that the next week may build on.
    pub base_m: u64,
    /// The number of weeks considered.
    pub weeks: usize,
}

/// Why there are no usual days or distances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoHabits {
    /// The last complete week gives no distance to build on.
    NoLastWeek,
    /// The runs of these days in the last complete week have no distance.
    NoDistance(Vec<NaiveDate>),
    /// The limits in force leave no day for running.
    NoDay,
}

impl NoHabits {
    /// The reason in a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::NoLastWeek => {
                "The last complete week has no distance to build on, or days of it are not known: start with short, \
                 easy runs, and ask again after a complete week."
                    .to_owned()
            }
            Self::NoDistance(days) => {
                let days: Vec<String> = days.iter().map(|day| day.format("%a %-d %b %Y").to_string()).collect();
                match days.as_slice() {
                    [day] => format!(
                        "The run of {day} has no distance, so the last complete week is no base: write its distance into \
                         your log, and ask again."
                    ),
                    days => format!(
                        "The runs of {} have no distance, so the last complete week is no base: write their distances \
                         into your log, and ask again.",
                        days.join(", ")
                    ),
                }
            }
            Self::NoDay => "The limits set in runhip.toml leave no day of the week for running.".to_owned(),
        }
    }
}

/// Finds the habits in the tables of a history.
///
/// # Errors
/// The reason why there are none.
pub fn habits(history: &History<'_>, past: &Tables) -> Result<Habits, NoHabits> {
    let complete: Vec<&Week> = past.weeks.iter().filter(|week| week.end < history.as_of).collect();
    let usable = |week: &Week| week.assessable() && week.runs_without_distance == 0;
    if let Some(week) = complete.last().filter(|week| week.assessable() && week.runs_without_distance > 0) {
        let unsaid = history.runs.iter().filter(|run| (week.start..=week.end).contains(&run.date));
        let mut days: Vec<NaiveDate> = unsaid.filter(|run| run.distance_m.is_none()).map(|run| run.date).collect();
        days.dedup();
        return Err(NoHabits::NoDistance(days));
    }
    let over = base::over_by(&past.weeks, history.as_of);
    let base_m = base(over, &base::rises(history, past)).ok_or(NoHabits::NoLastWeek)?.metres;
    let weeks: Vec<&Week> =
        complete.iter().rev().take(HABIT_WEEKS).copied().filter(|week| usable(week) && week.runs > 0).collect();
    let count = weeks.len();
    let total: u64 = weeks.iter().filter_map(|week| week.distance_m).sum();
    let longest: u64 = weeks.iter().filter_map(|week| week.longest_run_m).map(u64::from).sum();
    let mean = |sum: u64| u32::try_from(sum / count.max(1) as u64).unwrap_or(u32::MAX);

    let mut by_day = [Habit::default(); 7];
    for week in &weeks {
        let days: Vec<_> = past.days.iter().filter(|day| (week.start..=week.end).contains(&day.date)).collect();
        let long = days.iter().rev().max_by_key(|day| day.longest_m).map(|day| day.date);
        for day in days.into_iter().filter(|day| day.runs > 0) {
            let habit = &mut by_day[offset(history, day.date)];
            habit.weeks += 1;
            habit.metres += day.known_m;
            habit.longest += u64::from(long == Some(day.date));
        }
    }
    let running_days: u64 = by_day.iter().map(|habit| habit.weeks).sum();
    let usual = (2 * running_days + count as u64) / (2 * count as u64).max(1);
    let settings = history.settings;
    let most = 7_u64
        .saturating_sub(u64::from(settings.get(&MIN_REST_DAYS)))
        // The same days each week make no longer streak than their number, unless they are all seven.
        .min(u64::from(settings.get(&MAX_STREAK_DAYS)))
        .min(6);
    let number = usual.max(1).min(most);
    if number == 0 {
        return Err(NoHabits::NoDay);
    }
    let mut order: Vec<usize> = (0..7).collect();
    order.sort_by_key(|&day| std::cmp::Reverse((by_day[day].longest, by_day[day].metres)));
    let long_day = order[0];
    order.sort_by_key(|&day| {
        (day != long_day, std::cmp::Reverse(by_day[day].weeks), std::cmp::Reverse(by_day[day].metres), day)
    });
    let mut days: Vec<u64> = order.into_iter().filter(|&day| by_day[day].weeks > 0).map(|day| day as u64).collect();
    days.truncate(usize::try_from(number).unwrap_or(7));
    days.sort_unstable();
    Ok(Habits {
        days,
        long_day: long_day as u64,
        long_m: mean(longest),
        others_m: mean(total.saturating_sub(longest)),
        base_m,
        weeks: count,
    })
}

#[derive(Clone, Copy, Default)]
struct Habit {
    weeks: u64,
    metres: u64,
    longest: u64,
}

/// The offset of a day from the first day of its week.
fn offset(history: &History<'_>, day: NaiveDate) -> usize {
    usize::try_from((day - history.week_of(day)).num_days()).unwrap_or(0) % 7
}

/// The day at an offset from the first day of a week.
#[must_use]
pub fn day_of(start: NaiveDate, place: u64) -> NaiveDate {
    start + Days::new(place)
}
