//! What to run in a week that was shortened, day by day in one sentence. The figures add up as shown, and none is
//! more than the rules allow.

use chrono::NaiveDate;

use crate::model::units::{NO_BREAK, Units};
use crate::plan::changes::WeekLeft;
use crate::plan::edits::Edit;
use crate::report::wording;

/// A week before that is at most a quarter of the usual distance is mentioned.
const SMALL_PART: u64 = 4;

/// What to run in the week and, where the week before is small, that the limit counts from it.
pub(super) fn whole_week(week: &WeekLeft, edits: &[Edit], units: Units) -> String {
    format!("{}{}", at_most(week, edits, units), small_before(week, units))
}

fn at_most(week: &WeekLeft, edits: &[Edit], units: Units) -> String {
    let figure = |tenths: u64| format!("{}.{}", tenths / 10, tenths % 10);
    let sign = units.sign();
    let left_out = edits.iter().filter_map(|edit| match edit {
        Edit::LeaveOut { date, .. } => Some((*date, "none".to_owned())),
        _ => None,
    });
    let Some(runs) = week.runs.as_ref() else {
        return format!("At most {}{NO_BREAK}{sign} that week.", figure(units.whole_tenths(week.distance_m)));
    };
    let logged = units.whole_tenths(week.logged_m);
    let days = in_tenths(week, runs, edits, units);
    let total = logged + days.iter().map(|(_, tenths)| tenths).sum::<u64>();
    let mut told: Vec<(NaiveDate, String)> =
        days.into_iter().map(|(date, tenths)| (date, figure(tenths))).chain(left_out).collect();
    told.sort_by_key(|(date, _)| *date);
    let done = (logged > 0).then(|| format!("{} run already", figure(logged)));
    let days = told.into_iter().map(|(date, figure)| format!("{} {figure}", date.format("%a")));
    let parts: Vec<String> = done.into_iter().chain(days).collect();
    format!("At most {}{NO_BREAK}{sign} that week: {}.", figure(total), parts.join(", "))
}

/// The runs in tenths of a unit. What is lost of the week by rounding down is given back, a tenth at a time, to
/// shortened runs: first to those that lost most, and never beyond what was planned, so that no other flag arises.
fn in_tenths(week: &WeekLeft, runs: &[(NaiveDate, u32)], edits: &[Edit], units: Units) -> Vec<(NaiveDate, u64)> {
    let mut days: Vec<(NaiveDate, u64)> =
        runs.iter().map(|(date, metres)| (*date, units.whole_tenths(u64::from(*metres)))).collect();
    let planned_m: u64 = runs.iter().map(|(_, metres)| u64::from(*metres)).sum();
    let most = units.whole_tenths(planned_m.min(week.distance_m.saturating_sub(week.logged_m)));
    let mut over = most.saturating_sub(days.iter().map(|(_, tenths)| tenths).sum());
    let remainder = |at: usize| f64::from(runs[at].1) * 10.0 / units.metres() % 1.0;
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_by(|a, b| remainder(*b).total_cmp(&remainder(*a)));
    for at in order {
        let (date, metres) = runs[at];
        let most = edits.iter().find_map(|edit| match edit {
            Edit::Shorten { date: of, from_m, to_m, .. } if (*of, *to_m) == (date, metres) => Some(*from_m),
            _ => None,
        });
        if over > 0 && most.is_some_and(|most| units.whole_tenths(u64::from(most)) > days[at].1) {
            days[at].1 += 1;
            over -= 1;
        }
    }
    days
}

/// The sentence that the week before is a small part of the usual; empty if it is not.
fn small_before(week: &WeekLeft, units: Units) -> String {
    match week.four_before {
        Some((sum, weeks)) if week.before_m * weeks * SMALL_PART <= sum => format!(
            " The limit counts from the week before alone: its {} are a small part of the {} a week averaged over the \
             last {}.",
            units.show(week.before_m),
            units.show(sum / weeks),
            wording::counted(weeks, "week", "weeks"),
        ),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn shorten(date: &str, from_m: u32, to_m: u32) -> Edit {
        Edit::Shorten { run: format!("plan/{date}"), date: day(date), from_m, to_m }
    }

    fn week(distance_m: u64, logged_m: u64, runs: &[(&str, u32)]) -> WeekLeft {
        WeekLeft {
            distance_m,
            logged_m,
            runs: Some(runs.iter().map(|(date, metres)| (day(date), *metres)).collect()),
            before_m: 30_000,
            four_before: Some((120_000, 4)),
        }
    }

    #[test]
    fn figures_add_up_and_none_is_beyond_what_was_planned() {
        // 3,540 m are 2.19 mi: 2.1. Of 708, 708 and 2,124 m, that is 0.43, 0.43 and 1.31 mi, all tenths are there.
        let runs = [("2026-11-24", 708), ("2026-11-26", 708), ("2026-11-28", 2_124)];
        let edits = runs.map(|(date, metres)| shorten(date, metres * 10, metres));
        let told = at_most(&week(3_540, 0, &runs), &edits, Units::Mi);
        assert_eq!(told, "At most 2.1\u{a0}mi that week: Tue 0.4, Thu 0.4, Sat 1.3.");
        // 33,000 m: 9.9, 9.9 and 13.0 leave two tenths, for the two that lost most of a tenth.
        let runs = [("2026-11-24", 9_980), ("2026-11-26", 9_990), ("2026-11-28", 13_030)];
        let edits = runs.map(|(date, metres)| shorten(date, metres + 3_000, metres));
        let told = at_most(&week(33_000, 0, &runs), &edits, Units::Km);
        assert_eq!(told, "At most 33.0\u{a0}km that week: Tue 10.0, Thu 10.0, Sat 13.0.");
        // A run that was not shortened keeps its figure, and the week's total is the sum of its runs.
        let told = at_most(&week(33_000, 0, &runs), &edits[2..], Units::Km);
        assert_eq!(told, "At most 32.9\u{a0}km that week: Tue 9.9, Thu 9.9, Sat 13.1.");
    }

    #[test]
    fn what_is_run_already_and_what_is_left_out_is_told() {
        let edits = [
            Edit::LeaveOut { run: "plan/1".into(), date: day("2026-11-26"), from_m: Some(4_000) },
            shorten("2026-11-28", 12_000, 8_000),
        ];
        let told = at_most(&week(18_000, 10_000, &[("2026-11-28", 8_000)]), &edits, Units::Km);
        assert_eq!(told, "At most 18.0\u{a0}km that week: 10.0 run already, Thu none, Sat 8.0.");
        let open = WeekLeft { runs: None, ..week(36_300, 0, &[]) };
        assert_eq!(at_most(&open, &[], Units::Km), "At most 36.3\u{a0}km that week.");
    }

    #[test]
    fn a_week_before_that_is_a_small_part_of_the_usual_is_named() {
        assert_eq!(small_before(&week(33_000, 0, &[]), Units::Km), "");
        // Four weeks of 31, 31, 30 and 2 km average 23.5: the last is less than a quarter of that.
        let small = WeekLeft { before_m: 2_000, four_before: Some((94_000, 4)), ..week(2_200, 0, &[]) };
        assert_eq!(
            small_before(&small, Units::Km),
            " The limit counts from the week before alone: its 2.0\u{a0}km are a small part of the 23.5\u{a0}km a week averaged over \
             the last 4 weeks."
        );
    }
}
