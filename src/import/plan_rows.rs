//! Rows of days still to come: a training plan among the logs, or the planned end of a log. It drops nothing itself.

use chrono::NaiveDate;

use crate::model::activity::{Activity, SourceKind};

/// Fewer rows ahead may be slips of the pen.
const FEWEST: usize = 2;

/// What the rows of a table that lie ahead make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FutureRows {
    /// Nothing: each is a mistake of its own.
    Nothing,
    /// The table is a plan: none of its rows took any time, and half of them or more are still to come.
    Plan,
    /// The rows behind the last one of today are planned.
    End,
}

/// Looks at the rows of a table and their days. `last` is the last day that can have been run.
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
    // Dates go one way, so that those ahead stand together at one end, and none of them took any time.
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
