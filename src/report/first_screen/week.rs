//! The running on the first screen: the last week and its runs, the room left in the current one, and what went well.

use super::{Line, Weight, hip, last_week, shoes};
use crate::report::contract::{Number, Report, WeekRow};
use crate::report::shown::ShownReport;
use crate::report::{planned, week_change, wording};
use crate::rules::{CURRENT_DAYS, WEEKLY_MILEAGE_JUMP};
use crate::tables::BLANK_DAYS;

/// The number of weeks in a row without a rise from which it is mentioned.
const WORTH_A_WORD: usize = 4;

/// The lines where nothing hurts and no sign leads.
pub(super) fn lines(shown: &ShownReport<'_>) -> Vec<Line> {
    let report = shown.report;
    let mut lines = Vec::new();
    match silence(report) {
        Some(text) => {
            lines.push(Line::new(Weight::Strong, "", text));
            lines.extend(last_week::line(shown).map(Line::can_wait));
        }
        None if report.athlete.log_from.is_none() => {
            lines.push(Line::new(Weight::Strong, "", "There is no run and no note in this log yet."));
        }
        None if report.athlete.runs == 0 => lines.push(Line::new(Weight::Strong, "", wording::NO_RUN_LOGGED)),
        None => {
            lines.extend(last_week::line(shown).map(|line| Line { weight: Weight::Strong, ..line }));
            lines.extend(made_of(shown).map(Line::can_wait));
            lines.extend(room(shown));
        }
    }
    lines.push(hip::quiet(shown));
    lines.extend(shoes::line(shown).map(Line::can_wait));
    lines.extend(in_a_row(shown).map(Line::can_wait));
    lines
}

/// The sentence that nothing has been logged for a while, and what to do about it.
fn silence(report: &Report) -> Option<String> {
    let last = report.athlete.log_to?;
    let days = (report.as_of - last).num_days();
    (days >= i64::from(BLANK_DAYS.default)).then(|| {
        format!(
            "Nothing is logged since {} ({days} days): add what you ran since, so that a week can be judged.",
            wording::day(last)
        )
    })
}

/// The runs and rest days of the last week, and the last seven days against usual.
fn made_of(shown: &ShownReport<'_>) -> Option<Line> {
    let report = shown.report;
    let units = report.view.units;
    let mut facts = Vec::new();
    if let Some(week) = report.weeks.iter().rev().map(|row| &row.week).find(|week| week.complete && week.observed) {
        facts.push(wording::counted(u64::from(week.runs), "run", "runs"));
        facts.extend(week.rest_days.map(|days| match days {
            0 => "no rest day".to_owned(),
            days => wording::counted(u64::from(days), "rest day", "rest days"),
        }));
        facts.extend(week.longest_run_m.map(|metres| format!("longest {}", units.show(u64::from(metres)))));
    }
    facts.extend(last_days(report));
    (!facts.is_empty()).then(|| Line::plain("", facts.join(" · ")).more("runs"))
}

/// The distance of the last days against usual: `last 7 days 92 % of usual`.
pub(in crate::report) fn last_days(report: &Report) -> Option<String> {
    let recent = report.recent.as_ref()?;
    let share = week_change::share(recent.last_7_days_m?, recent.usual_7_days_m?)?;
    let days = match recent.to {
        _ if report.as_of_last_entry => "its last 7 days".to_owned(),
        to if to == report.as_of => "last 7 days".to_owned(),
        to => format!("7 days to {}", wording::day_month(to)),
    };
    Some(format!("{days} {} of usual", crate::model::units::per_cent(share)))
}

/// How far may be run in the current week; `None` if the log has ended, and the week with it.
fn room(shown: &ShownReport<'_>) -> Option<Line> {
    let report = shown.report;
    if report.as_of_last_entry {
        return Some(Line::plain(
            "To do",
            "add what you ran since, so that the report can say how far this week may go.",
        ));
    }
    let plan = report.plan.as_ref()?;
    if let Some(over) = shown.over_the_room() {
        return Some(Line::new(Weight::Strong, "", over).more("plan"));
    }
    let units = report.view.units;
    let mut parts = Vec::new();
    let so_far = shown.so_far(plan);
    match plan.distance_cap_m {
        Some(most) => parts.push(format!("up to {} ({so_far}{})", units.show_at_most(most), so_far_word(&so_far))),
        // Where there is no week to start from, the longest run is the only limit.
        None => parts.push(match plan.longest_run_cap_m {
            Some(most) => format!(
                "{so_far}{}; no weekly distance is suggested yet, and no run over {}",
                so_far_word(&so_far),
                units.show_at_most(most)
            ),
            None => {
                format!("{so_far}{}; no distance is suggested yet, so keep it short and easy", so_far_word(&so_far))
            }
        }),
    }
    let longest = plan.longest_run_cap_m.filter(|_| plan.distance_cap_m.is_some());
    parts.extend(longest.map(|most| format!("long run up to {}", units.show_at_most(most))));
    parts.extend(planned::distance_m(report, plan.week_start).map(|metres| format!("planned {}", units.show(metres))));
    parts.extend(
        plan.min_rest_days
            .filter(|_| plan.distance_cap_m.is_some())
            .map(|days| wording::counted(u64::from(days), "rest day", "rest days")),
    );
    Some(Line::new(Weight::Strong, "This week", parts.join(" · ")).more("plan"))
}

fn so_far_word(so_far: &str) -> &'static str {
    if so_far == wording::NOTHING_YET { "" } else { " so far" }
}

/// For how many weeks in a row distance rose no faster than the limit; `None` if they are too few to mention.
fn in_a_row(shown: &ShownReport<'_>) -> Option<Line> {
    let report = shown.report;
    let recent = |row: &WeekRow| (report.as_of - row.week.end).num_days() < i64::from(CURRENT_DAYS.default);
    let rose = |row: &WeekRow| {
        report
            .findings
            .iter()
            .any(|found| found.rule == WEEKLY_MILEAGE_JUMP && (row.week.start..=row.week.end).contains(&found.from))
    };
    let over: Vec<&WeekRow> = report.weeks.iter().rev().skip_while(|row| !row.week.complete).collect();
    over.first().filter(|row| recent(row))?;
    let known = |row: &&&WeekRow| matches!(row.change, Some(Number(_))) && row.week.runs_without_distance == 0;
    let weeks = over.iter().take_while(|row| known(row) && !rose(row)).count();
    (weeks >= WORTH_A_WORD).then(|| Line::plain("", format!("{weeks} weeks in a row within your room.")))
}
