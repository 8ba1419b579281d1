//! The sentences on a plan: what a change asks for, and what a flag still to come says. It holds no figures of its
//! own.

use chrono::NaiveDate;

use crate::model::finding::{Finding, Subject};
use crate::model::units::{NO_BREAK, Units};
use crate::plan::changes::{Answer, FlagAnswer};
use crate::plan::edits::{Edit, remedy};
use crate::report::{plain, wording};
use crate::rules::{self, Remedy};

use super::week::whole_week;

/// A day with its weekday, such as `Sun 13 Dec 2026`.
pub(super) fn weekday(date: NaiveDate) -> String {
    format!("{} {}", date.format("%a"), wording::day(date))
}

/// Metres in the unit, rounded down to a tenth so that the figure is never too much.
pub(super) fn at_most(units: Units, metres: u32) -> String {
    units.show_at_most(u64::from(metres))
}

/// Metres in the unit, rounded up to a tenth.
pub(super) fn at_least(units: Units, metres: u32) -> String {
    let tenths = (f64::from(metres) * 10.0 / units.metres() - 1e-9).ceil();
    format!("{:.1}{NO_BREAK}{}", tenths / 10.0, units.sign())
}

/// A flag as a sentence; `planned` is the number of runs behind it that are in the plan.
pub(super) fn flag(finding: &Finding, planned: u64, units: Units) -> String {
    let sentence = || rules::by_id(finding.rule).map_or_else(String::new, |rule| rule.sentence(finding, units));
    match &finding.subject {
        Some(Subject::Shoes(shoes)) => {
            let limit = finding.threshold.unwrap_or_default();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a limit in whole metres")]
            let limit = units.show(limit.max(0.0) as u64);
            format!(
                "{}: it will have reached {limit}, the {} of the replacement window, on {}.",
                plain::one_line(shoes),
                if finding.has_tag("worn") { "end" } else { "start" },
                weekday(finding.from),
            )
        }
        Some(Subject::Episode { .. }) => {
            format!(
                "{} up to {} soon after hip pain was noted, with no note that it has gone.",
                wording::counted(planned, "planned run", "planned runs"),
                weekday(finding.to),
            )
        }
        None => sentence(),
    }
}

/// The changes that remove a flag, as a sentence.
pub(super) fn answer(answered: &FlagAnswer, units: Units) -> String {
    let FlagAnswer { flag: finding, answer, week, .. } = answered;
    match answer {
        Answer::Edits(edits) => {
            if let Some(week) = week {
                return whole_week(week, edits, units);
            }
            let parts: Vec<String> = edits.iter().map(|one| edit(one, units)).collect();
            wording::capital(&format!("{}.", parts.join("; ")))
        }
        Answer::WithThose => "Gone once the other changes are made.".to_owned(),
        Answer::NotByThePlan => match remedy(finding) {
            Remedy::None(why) => why.to_owned(),
            _ => "No change of the plan removes it: what has been run already, or the limits in force, raise it."
                .to_owned(),
        },
    }
}

fn edit(edit: &Edit, units: Units) -> String {
    match edit {
        Edit::Shorten { date, from_m, to_m, .. } => {
            format!(
                "run at most {} on {}, {} less",
                at_most(units, *to_m),
                weekday(*date),
                at_least(units, from_m - to_m)
            )
        }
        Edit::LeaveOut { date, .. } => format!("leave out the run on {}", weekday(*date)),
        Edit::Move { date, .. } => format!(
            "make {} a day without a run; its distance can be spread over other runs of the week, but not the longest",
            weekday(*date),
        ),
        Edit::WeekTotal { start, from_m, to_m } => format!(
            "run at most {} in the week of {}, {} less",
            at_most(units, *to_m),
            wording::day(*start),
            at_least(units, from_m - to_m),
        ),
        Edit::OtherPair { pair, from } => {
            format!("have another pair ready and leave {} at home from {} on", plain::one_line(pair), weekday(*from))
        }
    }
}

/// A distance in the unit in which it was most likely meant, such as `21.1 km` or `13.1 mi`, else to the metre.
pub(super) fn distance(units: Units, metres: u32) -> String {
    let other = if units == Units::Km { Units::Mi } else { Units::Km };
    let short = |units: Units| {
        let value = (f64::from(metres) * 10.0 / units.metres()).round() / 10.0;
        let exact = (value * units.metres()).round().total_cmp(&f64::from(metres)).is_eq();
        exact.then(|| format!("{value:.1}{NO_BREAK}{}", units.sign()))
    };
    short(units)
        .or_else(|| short(other))
        .unwrap_or_else(|| format!("{:.3}{NO_BREAK}{}", f64::from(metres) / units.metres(), units.sign()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_is_told_in_the_unit_it_is_round_in() {
        assert_eq!(distance(Units::Km, 21_100), "21.1\u{a0}km");
        assert_eq!(distance(Units::Mi, 19_000), "19.0\u{a0}km");
        assert_eq!(distance(Units::Km, 21_082), "13.1\u{a0}mi");
        assert_eq!(distance(Units::Km, 21_097), "21.097\u{a0}km");
    }

    #[test]
    fn what_may_be_run_is_never_rounded_up_nor_what_is_too_much_down() {
        assert_eq!(
            (at_most(Units::Km, 15_499), at_least(Units::Km, 4_501)),
            ("15.4\u{a0}km".into(), "4.6\u{a0}km".into())
        );
        assert_eq!(
            (at_most(Units::Km, 15_400), at_least(Units::Km, 4_600)),
            ("15.4\u{a0}km".into(), "4.6\u{a0}km".into())
        );
        // 8.9 mi are 14,323.2 m.
        assert_eq!(
            (at_most(Units::Mi, 14_323), at_most(Units::Mi, 14_324)),
            ("8.8\u{a0}mi".into(), "8.9\u{a0}mi".into())
        );
    }
}
