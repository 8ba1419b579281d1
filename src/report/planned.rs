//! The weeks of a training plan that a report compares the log with. Judging the plan is left to `runhip plan`.

use std::collections::BTreeMap;

use chrono::{NaiveDate, Weekday};

use crate::model::training_plan::{TrainingPlan, When};
use crate::report::contract::{PlannedWeek, Report};

/// The planned running of each week, by its start: the total that the plan gives for the week, or else the sum of its
/// days.
#[must_use]
pub fn weeks(plan: &TrainingPlan, first_day: Weekday) -> Vec<PlannedWeek> {
    let mut days: BTreeMap<NaiveDate, Option<u64>> = BTreeMap::new();
    let mut whole: BTreeMap<NaiveDate, Option<u64>> = BTreeMap::new();
    for row in &plan.rows {
        let sums = if matches!(row.when, When::Day(_)) { &mut days } else { &mut whole };
        let sum = sums.entry(row.when.day().week(first_day).first_day()).or_insert(Some(0));
        *sum = sum.zip(row.distance_m).map(|(sum, metres)| sum + u64::from(metres));
    }
    days.extend(whole);
    days.into_iter().map(|(start, distance_m)| PlannedWeek { start, distance_m }).collect()
}

/// The metres planned in the week that begins on this day, if known.
#[must_use]
pub(in crate::report) fn distance_m(report: &Report, start: NaiveDate) -> Option<u64> {
    report.planned.iter().find(|week| week.start == start)?.distance_m
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::training_plan::PlannedRow;

    fn row(when: When, distance_m: Option<u32>) -> PlannedRow {
        PlannedRow { when, distance_m, kind: None, shoe: None, line: 1 }
    }

    #[test]
    fn days_and_weeks_of_a_plan_add_up_by_the_runners_week() {
        let day = |day: u32| NaiveDate::from_ymd_opt(2026, 3, day).expect("a day");
        // 1 March 2026 is a Sunday.
        let rows = vec![
            row(When::Day(day(1)), Some(5_000)),
            row(When::Day(day(2)), Some(8_000)),
            row(When::Week(day(4)), Some(20_000)),
            row(When::Day(day(9)), None),
            row(When::Day(day(11)), Some(6_000)),
        ];
        let plan = TrainingPlan { rows, ..TrainingPlan::default() };
        let told = |first| -> Vec<_> {
            weeks(&plan, first).into_iter().map(|week| (week.start.to_string(), week.distance_m)).collect()
        };
        let monday = [("2026-02-23", Some(5_000)), ("2026-03-02", Some(20_000)), ("2026-03-09", None)];
        assert_eq!(told(Weekday::Mon), monday.map(|(day, metres)| (day.to_owned(), metres)));
        let sunday = [("2026-03-01", Some(20_000)), ("2026-03-08", None)];
        assert_eq!(told(Weekday::Sun), sunday.map(|(day, metres)| (day.to_owned(), metres)));
    }
}
