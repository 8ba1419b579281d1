//! Rows of days still to come: a training plan among the logs, or the planned end of a log. It removes nothing
//! itself.

use chrono::NaiveDate;

use crate::model::activity::{Activity, SourceKind};

/// Fewer rows in the future may be typing errors.
const FEWEST: usize = 2;

/// What a table's rows in the future mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FutureRows {
    /// Nothing: each is an error of its own.
    Nothing,
    /// The table is a plan: none of its rows has a time, and at least half are in the future.
    Plan,
    /// The rows after the last one up to today are planned.
    End,
}

/// Judges the rows of a table by their days. `last` is the last day that can have been run.
pub fn ahead(activities: &[Activity], days: &[Option<NaiveDate>], last: NaiveDate) -> FutureRows {
    let rows_only = activities.iter().all(|one| one.kind == SourceKind::Row && one.attached.is_empty());
    let is_ahead = |day: &Option<NaiveDate>| day.is_some_and(|day| day > last);
    let count = days.iter().filter(|day| is_ahead(day)).count();
    if !rows_only || count < FEWEST {
        return FutureRows::Nothing;
    }
    let timed = |one: &Activity| one.elapsed_s.is_some() || one.moving_s.is_some();
    if count * 2 >= activities.len() && !activities.iter().any(timed) {
        return FutureRows::Plan;
    }
    // Dates are sorted, so future ones are together at one end, and none of them has a time.
    let together = |mut days: Box<dyn Iterator<Item = &Option<NaiveDate>> + '_>| days.all(is_ahead);
    let at_an_end = together(Box::new(days.iter().rev().take(count))) || together(Box::new(days.iter().take(count)));
    let untimed = activities.iter().zip(days).filter(|(_, day)| is_ahead(day)).all(|(one, _)| !timed(one));
    if at_an_end && untimed { FutureRows::End } else { FutureRows::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[(&str, Option<u32>)]) -> FutureRows {
        let activities: Vec<Activity> = rows
            .iter()
            .map(|(_, elapsed_s)| Activity { elapsed_s: *elapsed_s, ..Activity::new(SourceKind::Row) })
            .collect();
        let days: Vec<Option<NaiveDate>> = rows.iter().map(|(day, _)| day.parse().ok()).collect();
        ahead(&activities, &days, "2026-03-10".parse().unwrap())
    }

    #[test]
    fn a_plan_lies_ahead_and_took_no_time() {
        assert_eq!(of(&[("2026-03-09", None), ("2026-03-12", None), ("2026-03-14", None)]), FutureRows::Plan);
        assert_eq!(of(&[("2026-03-09", Some(3_000)), ("2026-03-12", None), ("2026-03-14", None)]), FutureRows::End);
        assert_eq!(of(&[("2026-03-14", None), ("2026-03-12", None), ("2026-03-09", Some(3_000))]), FutureRows::End);
    }

    #[test]
    fn single_slips_and_days_in_between_are_mistakes() {
        assert_eq!(of(&[("2026-03-09", None), ("2062-03-10", None)]), FutureRows::Nothing);
        assert_eq!(
            of(&[
                ("2062-03-01", None),
                ("2026-03-02", None),
                ("2026-03-03", None),
                ("2062-03-04", None),
                ("2026-03-05", None)
            ]),
            FutureRows::Nothing
        );
        assert_eq!(of(&[("2026-03-12", Some(60)), ("2026-03-14", Some(60))]), FutureRows::Nothing);
    }
}
