//! The day of a date that leaves out the year, the month, the week or the order of day and month, from the dates
//! around it. It reads no text.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::date_forms::{Date, Day};
use crate::import::csv::dates::DayOrder;

/// A day without a year has to be within this many days of the days around it.
const FARTHEST_DAYS: i64 = 200;

/// A date that is not marked as one counts only within this many days of the only day next to it.
const NEAR_DAYS: i64 = 31;

/// A two-digit year has to be within this many years of the dates around it.
const MOST_YEARS_APART: i32 = 5;

/// Days of a diary at most this far apart follow each other.
const CLOSE_DAYS: i64 = 10;

/// The number of steps from day to day that settle the order of day and month.
const FEWEST_STEPS: usize = 3;

/// What is known from the surroundings of a date.
#[derive(Clone, Copy, Debug, Default)]
pub struct DateContext {
    /// The year in a heading or the file's name.
    pub year: Option<i32>,
    /// The year and month in a heading.
    pub month: Option<(i32, u32)>,
    /// The first and last day of the week in a heading.
    pub week: Option<(NaiveDate, NaiveDate)>,
    /// The nearest day above.
    pub above: Option<NaiveDate>,
    /// The nearest complete date below.
    pub below: Option<NaiveDate>,
    /// The day of the file as a whole.
    pub of_file: Option<NaiveDate>,
}

/// The day of a date, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResolvedDay {
    /// This day.
    Sure(NaiveDate),
    /// This day, if its surroundings are taken into account.
    Guessed(NaiveDate),
    /// Day and month cannot be told apart.
    TwoDays,
    /// An unknown day, perhaps this one.
    Unknown(Option<NaiveDate>),
    /// Not a date.
    NotADate,
}

/// The order of day and month in the dates of a file.
pub fn settle(days: impl Iterator<Item = Day>) -> DayOrder {
    let fold = |(day, month): (bool, bool), one: Day| match one {
        Day::Either { first, second, .. } => (day || first > 12, month || second > 12),
        _ => (day, month),
    };
    let days: Vec<Day> = days.collect();
    match days.iter().copied().fold((false, false), fold) {
        (true, false) => DayOrder::DayFirst,
        (false, true) => DayOrder::MonthFirst,
        (false, false) => by_sequence(&days),
        (true, true) => DayOrder::Unsettled,
    }
}

/// The order that the days of the week beside the dates tell, if several tell the same, for one may be written wrong; and whether
/// they tell different ones.
pub fn settle_by_weekdays<'a>(dates: impl Iterator<Item = &'a Date>) -> (DayOrder, bool) {
    let none = DateContext::default();
    let (mut told, mut count) = (None, 0);
    for date in dates.filter(|date| date.weekday.is_some()) {
        let Day::Either { first, second, year: Some(year) } = date.day else { continue };
        let ResolvedDay::Sure(day) = resolve(date, &none, DayOrder::Unsettled) else { continue };
        let day_first = NaiveDate::from_ymd_opt(year, second, first) == Some(day);
        let order = if day_first { DayOrder::DayFirst } else { DayOrder::MonthFirst };
        if first == second {
            continue;
        }
        if told.is_some_and(|before| before != order) {
            return (DayOrder::Unsettled, true);
        }
        told = Some(order);
        count += 1;
    }
    (told.filter(|_| count > 1).unwrap_or(DayOrder::Unsettled), false)
}

/// The order in which every day is close to the one before it, if in the other order none is: in a diary, 6/1/2026,
/// 6/2/2026, 6/3/2026 go from day to day and not from month to month.
fn by_sequence(days: &[Day]) -> DayOrder {
    let pairs = || {
        days.iter().filter_map(|day| match day {
            // Without a year any leap year will do, which has all days.
            Day::Either { first, second, year } if first != second => Some((*first, *second, year.unwrap_or(2_024))),
            _ => None,
        })
    };
    let gaps = |month_first: bool| -> Vec<i64> {
        let day = |(first, second, year): (u32, u32, i32)| {
            let (month, day) = if month_first { (first, second) } else { (second, first) };
            NaiveDate::from_ymd_opt(year, month, day)
        };
        let all: Vec<NaiveDate> = pairs().filter_map(day).collect();
        all.windows(2).map(|pair| (pair[1] - pair[0]).num_days().abs()).filter(|gap| *gap > 0).collect()
    };
    let (day_first, month_first) = (gaps(false), gaps(true));
    let close = |gaps: &[i64]| gaps.len() >= FEWEST_STEPS && gaps.iter().all(|gap| *gap <= CLOSE_DAYS);
    let far = |gaps: &[i64]| gaps.iter().all(|gap| *gap > CLOSE_DAYS);
    match () {
        () if close(&day_first) && far(&month_first) => DayOrder::DayFirst,
        () if close(&month_first) && far(&day_first) => DayOrder::MonthFirst,
        () => DayOrder::Unsettled,
    }
}

/// The first and last year of the complete dates.
pub fn years(days: impl Iterator<Item = Day>) -> Option<(i32, i32)> {
    days.fold(None, |years: Option<(i32, i32)>, day| match (day, years) {
        (Day::Known(day), None) => Some((day.year(), day.year())),
        (Day::Known(day), Some((first, last))) => Some((first.min(day.year()), last.max(day.year()))),
        (_, years) => years,
    })
}

/// The day of a date, given its surroundings.
pub fn resolve(date: &Date, around: &DateContext, order: DayOrder) -> ResolvedDay {
    let found = match date.day {
        Day::Known(day) => ResolvedDay::Sure(day),
        Day::None => ResolvedDay::Unknown(None),
        Day::Either { first, second, year } => either(first, second, year, date.weekday, around, order),
        Day::OfYear { month, day } => of_year(month, day, date.weekday, around),
        Day::OfMonth(day) => match around.month.and_then(|(year, month)| NaiveDate::from_ymd_opt(year, month, day)) {
            Some(found) if date.weekday.is_none_or(|weekday| weekday == found.weekday()) => ResolvedDay::Sure(found),
            _ => ResolvedDay::NotADate,
        },
        Day::OfWeek => date.weekday.map_or(ResolvedDay::NotADate, |weekday| of_week(weekday, around)),
    };
    match found {
        _ if !date.unsure => found,
        ResolvedDay::Sure(day) | ResolvedDay::Guessed(day) if fits_between(day, around) => ResolvedDay::Guessed(day),
        _ => ResolvedDay::NotADate,
    }
}

fn either(
    first: u32,
    second: u32,
    year: Option<i32>,
    weekday: Option<Weekday>,
    around: &DateContext,
    order: DayOrder,
) -> ResolvedDay {
    let read = |month, day| match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day).map_or(ResolvedDay::Unknown(None), ResolvedDay::Sure),
        None => of_year(month, day, weekday, around),
    };
    let (day_first, month_first) = (|| read(second, first), || read(first, second));
    match order {
        _ if first > 12 || first == second => day_first(),
        _ if second > 12 => month_first(),
        DayOrder::DayFirst => day_first(),
        DayOrder::MonthFirst => month_first(),
        DayOrder::Unsettled | DayOrder::YearFirst => {
            let fits = |found: ResolvedDay| match (found, weekday) {
                (ResolvedDay::Sure(day) | ResolvedDay::Guessed(day), Some(weekday)) => day.weekday() == weekday,
                _ => false,
            };
            match (day_first(), month_first()) {
                (one, other) if fits(one) && !fits(other) => one,
                (one, other) if fits(other) && !fits(one) => other,
                _ => ResolvedDay::TwoDays,
            }
        }
    }
}

/// The day of a date without a year: in the year of the heading above, else the one closest to the days around it.
fn of_year(month: u32, day: u32, weekday: Option<Weekday>, around: &DateContext) -> ResolvedDay {
    let in_year = |year: i32| NaiveDate::from_ymd_opt(year, month, day);
    let fits = |date: &NaiveDate| weekday.is_none_or(|weekday| weekday == date.weekday());
    if let Some(year) = around.year {
        if let Some(found) = in_year(year).filter(fits) {
            // December above January under one heading means that a new year has begun.
            let turned = around.above.is_some_and(|above| (above - found).num_days() > FARTHEST_DAYS);
            let next = in_year(year + 1).filter(|_| turned).filter(fits);
            return next.map_or(ResolvedDay::Sure(found), ResolvedDay::Guessed);
        }
        // If the days around it are in that year, the weekday is more likely to be wrong than the year.
        let is_beside = |day: &NaiveDate| {
            let beside = [around.above, around.below, around.of_file];
            beside.into_iter().flatten().any(|other| (other - *day).num_days().abs() <= NEAR_DAYS)
        };
        if let Some(found) = in_year(year).filter(is_beside) {
            return ResolvedDay::Guessed(found);
        }
        if weekday.is_some()
            && let Some(found) = [year + 1, year - 1].into_iter().filter_map(in_year).find(fits)
        {
            return ResolvedDay::Guessed(found);
        }
        return ResolvedDay::Unknown(in_year(year));
    }
    let beside: Vec<NaiveDate> = [around.above, around.below].into_iter().flatten().collect();
    let beside = if beside.is_empty() { around.of_file.into_iter().collect() } else { beside };
    let Some(first) = beside.first() else { return ResolvedDay::Unknown(None) };
    let distance = |date: &NaiveDate| beside.iter().map(|day| (*day - *date).num_days().abs()).sum::<i64>();
    let near = |date: &NaiveDate| beside.iter().any(|day| (*day - *date).num_days().abs() <= FARTHEST_DAYS);
    let years = (first.year() - 2)..=(first.year() + 2);
    let mut candidates: Vec<NaiveDate> = years.filter_map(in_year).filter(near).collect();
    candidates.sort_by_key(distance);
    match candidates.iter().find(|date| fits(date)) {
        Some(found) if weekday.is_some() && candidates.first() == Some(found) => ResolvedDay::Sure(*found),
        Some(found) => ResolvedDay::Guessed(*found),
        None => ResolvedDay::Unknown(candidates.first().copied()),
    }
}

/// The day of the heading's week, or the only day with this weekday between the days above and below.
fn of_week(weekday: Weekday, around: &DateContext) -> ResolvedDay {
    if let Some((first, last)) = around.week {
        let found = first.iter_days().take_while(|day| *day <= last).find(|day| day.weekday() == weekday);
        return found.map_or(ResolvedDay::Unknown(None), ResolvedDay::Sure);
    }
    let Some(above) = around.above else {
        // The last day with this weekday before the one below.
        let before = around.below.and_then(|below| below.pred_opt());
        let found = before.and_then(|last| {
            let back = (i64::from(last.weekday().num_days_from_monday()) - i64::from(weekday.num_days_from_monday()))
                .rem_euclid(7);
            last.checked_sub_days(Days::new(u64::try_from(back).ok()?))
        });
        return ResolvedDay::Unknown(found);
    };
    let next = above.succ_opt().and_then(|first| first.iter_days().take(7).find(|day| day.weekday() == weekday));
    let below_is_near = around.below.is_some_and(|below| (0..=9).contains(&(below - above).num_days()));
    match next {
        Some(day) if around.below.is_some_and(|below| day < below) && below_is_near => ResolvedDay::Guessed(day),
        day => ResolvedDay::Unknown(day),
    }
}

/// True if a day is between those around it, or close to the only one.
fn fits_between(day: NaiveDate, around: &DateContext) -> bool {
    match (around.above, around.below) {
        (Some(above), Some(below)) => (above.min(below)..=above.max(below)).contains(&day),
        (Some(one), None) | (None, Some(one)) => (day - one).num_days().abs() <= NEAR_DAYS,
        (None, None) => match around.of_file {
            Some(of_file) => (day - of_file).num_days().abs() <= FARTHEST_DAYS,
            None => around.year.is_some(),
        },
    }
}

/// True for a date far from the years of all others in the file: these are more likely three counts.
pub fn is_out_of_place(date: &Date, years: Option<(i32, i32)>) -> bool {
    let (Day::Either { year: Some(year), .. }, Some((first, last))) = (date.day, years) else { return false };
    !(first - MOST_YEARS_APART..=last + MOST_YEARS_APART).contains(&year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn date(day: Day, weekday: Option<Weekday>) -> Date {
        Date { day, weekday, end: 0, leans: false, unsure: false }
    }

    const FIRST_OF_MAY: Day = Day::OfYear { month: 5, day: 1 };

    #[test]
    fn the_year_is_that_of_the_heading_or_of_the_nearest_day() {
        let under = DateContext { year: Some(2023), ..DateContext::default() };
        assert_eq!(
            resolve(&date(FIRST_OF_MAY, None), &under, DayOrder::Unsettled),
            ResolvedDay::Sure(day("2023-05-01"))
        );
        // 1 May 2023 was a Monday, 1 May 2024 a Wednesday.
        assert_eq!(
            resolve(&date(FIRST_OF_MAY, Some(Weekday::Wed)), &under, DayOrder::Unsettled),
            ResolvedDay::Guessed(day("2024-05-01"))
        );
        let among = DateContext { above: Some(day("2023-04-28")), ..under };
        assert_eq!(
            resolve(&date(FIRST_OF_MAY, Some(Weekday::Wed)), &among, DayOrder::Unsettled),
            ResolvedDay::Guessed(day("2023-05-01"))
        );
        let beside =
            DateContext { above: Some(day("2023-04-20")), below: Some(day("2023-05-03")), ..DateContext::default() };
        assert_eq!(
            resolve(&date(FIRST_OF_MAY, None), &beside, DayOrder::Unsettled),
            ResolvedDay::Guessed(day("2023-05-01"))
        );
        assert_eq!(
            resolve(&date(FIRST_OF_MAY, Some(Weekday::Mon)), &beside, DayOrder::Unsettled),
            ResolvedDay::Sure(day("2023-05-01"))
        );
        assert_eq!(
            resolve(&date(FIRST_OF_MAY, Some(Weekday::Sun)), &beside, DayOrder::Unsettled),
            ResolvedDay::Unknown(Some(day("2023-05-01")))
        );
        assert_eq!(
            resolve(&date(FIRST_OF_MAY, None), &DateContext::default(), DayOrder::Unsettled),
            ResolvedDay::Unknown(None)
        );
    }

    #[test]
    fn january_behind_december_is_of_the_next_year() {
        let december = DateContext { year: Some(2023), above: Some(day("2023-12-30")), ..DateContext::default() };
        let second = date(Day::OfYear { month: 1, day: 2 }, None);
        assert_eq!(resolve(&second, &december, DayOrder::Unsettled), ResolvedDay::Guessed(day("2024-01-02")));
    }

    #[test]
    fn a_weekday_is_of_the_week_above_or_between_two_days() {
        let thursday = date(Day::OfWeek, Some(Weekday::Thu));
        let week = DateContext { week: Some((day("2023-05-01"), day("2023-05-07"))), ..DateContext::default() };
        assert_eq!(resolve(&thursday, &week, DayOrder::Unsettled), ResolvedDay::Sure(day("2023-05-04")));
        let between =
            DateContext { above: Some(day("2023-05-02")), below: Some(day("2023-05-06")), ..DateContext::default() };
        assert_eq!(resolve(&thursday, &between, DayOrder::Unsettled), ResolvedDay::Guessed(day("2023-05-04")));
        let behind = DateContext { above: Some(day("2023-05-02")), ..DateContext::default() };
        assert_eq!(resolve(&thursday, &behind, DayOrder::Unsettled), ResolvedDay::Unknown(Some(day("2023-05-04"))));
        let before = DateContext { below: Some(day("2023-05-06")), ..DateContext::default() };
        assert_eq!(resolve(&thursday, &before, DayOrder::Unsettled), ResolvedDay::Unknown(Some(day("2023-05-04"))));
    }

    #[test]
    fn the_order_of_the_file_or_a_weekday_tells_day_and_month_apart() {
        let cell = |weekday| date(Day::Either { first: 4, second: 5, year: Some(2023) }, weekday);
        let nothing = DateContext::default();
        assert_eq!(resolve(&cell(None), &nothing, DayOrder::DayFirst), ResolvedDay::Sure(day("2023-05-04")));
        assert_eq!(resolve(&cell(None), &nothing, DayOrder::MonthFirst), ResolvedDay::Sure(day("2023-04-05")));
        assert_eq!(resolve(&cell(None), &nothing, DayOrder::Unsettled), ResolvedDay::TwoDays);
        assert_eq!(
            resolve(&cell(Some(Weekday::Thu)), &nothing, DayOrder::Unsettled),
            ResolvedDay::Sure(day("2023-05-04"))
        );
    }

    #[test]
    fn days_that_follow_each_other_tell_the_order_and_a_few_do_not() {
        let pair = |first, second| Day::Either { first, second, year: Some(2026) };
        let june = [(6, 1), (6, 2), (6, 4), (6, 5)].map(|(first, second)| pair(first, second));
        assert_eq!(settle(june.into_iter()), DayOrder::MonthFirst);
        let turned = [(1, 6), (2, 6), (4, 6), (5, 6)].map(|(first, second)| pair(first, second));
        assert_eq!(settle(turned.into_iter()), DayOrder::DayFirst);
        assert_eq!(settle(june[..3].iter().copied()), DayOrder::Unsettled);
        let monthly = [(1, 2), (2, 3), (3, 4), (4, 5)].map(|(first, second)| pair(first, second));
        assert_eq!(settle(monthly.into_iter()), DayOrder::Unsettled);
    }

    #[test]
    fn what_nothing_sets_off_is_a_date_only_where_it_fits() {
        let unsure = |first, second| Date { unsure: true, ..date(Day::Either { first, second, year: None }, None) };
        let around =
            DateContext { above: Some(day("2023-11-14")), below: Some(day("2023-11-20")), ..DateContext::default() };
        assert_eq!(resolve(&unsure(18, 11), &around, DayOrder::Unsettled), ResolvedDay::Guessed(day("2023-11-18")));
        assert_eq!(resolve(&unsure(3, 10), &around, DayOrder::DayFirst), ResolvedDay::NotADate);
        assert_eq!(resolve(&unsure(4, 5), &around, DayOrder::Unsettled), ResolvedDay::NotADate);
    }
}
