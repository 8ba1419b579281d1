//! The report's week in one or two sentences.

use crate::model::reading::Side;
use crate::model::units::per_cent;
use crate::report::contract::{Number, Report, Week, WeekRow};
use crate::report::wording;
use crate::tables::BLANK_DAYS;

/// The last complete week, the current one, and open pain.
pub(super) fn this_week(report: &Report) -> String {
    let mut sentences: Vec<String> = Vec::new();
    let dark = report.athlete.log_to.filter(|&last| (report.as_of - last).num_days() >= i64::from(BLANK_DAYS.default));
    if let Some(last) = dark {
        sentences.push(format!("The last entry is from {}; nothing after it is known.", wording::day(last)));
    } else if report.athlete.runs == 0 && report.athlete.log_from.is_some() {
        sentences.push(wording::NO_RUN_LOGGED.to_owned());
    } else {
        sentences.extend(weeks(report));
    }
    for episode in report.episodes.iter().filter(|episode| episode.open) {
        let hurts = match episode.side {
            Side::Left => "The left hip has hurt",
            Side::Right => "The right hip has hurt",
            Side::Both => "Both hips have hurt",
            Side::Unknown => "The hip has hurt",
        };
        sentences.push(format!("{hurts} since {}.", wording::day(episode.onset)));
    }
    if sentences.is_empty() {
        return "There is no run and no note in this log yet.".to_owned();
    }
    sentences.join(" ")
}

/// The last complete week and the current one.
fn weeks(report: &Report) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(last) = report.weeks.iter().rev().find(|row| row.week.complete) {
        sentences.push(complete_week(report, last));
    }
    if let Some(running) = report.weeks.last().map(|row| &row.week).filter(|week| !week.complete) {
        sentences.push(if wording::nothing_logged(running, report.athlete.log_to) {
            format!("Week of {} so far: {}.", wording::day_month(running.start), wording::NOTHING_YET)
        } else {
            format!("Week of {} so far: {}.", wording::day_month(running.start), distance_in_runs(report, running))
        });
    }
    sentences
}

fn complete_week(report: &Report, row: &WeekRow) -> String {
    let week = &row.week;
    let start = wording::day_month(week.start);
    if !week.observed {
        return format!("Week of {start}: not wholly logged.");
    }
    // Runs of unknown distance can only add: a total that is a lower bound is never said to be less or as much.
    let lower_bound = week.runs_without_distance > 0;
    let against = match row.change {
        Some(Number(share)) if lower_bound && share < 0.005 => String::new(),
        Some(Number(share)) if lower_bound => {
            format!(", at least {} more than the week before", per_cent(share))
        }
        Some(Number(share)) if share.abs() < 0.005 => ", as much as the week before".to_owned(),
        Some(Number(share)) => {
            let word = if share > 0.0 { "more" } else { "less" };
            format!(", {} {word} than the week before", per_cent(share.abs()))
        }
        None => String::new(),
    };
    let rest = week
        .rest_days
        .map_or_else(String::new, |days| format!(", {days} rest {}", if days == 1 { "day" } else { "days" }));
    format!("Week of {start}: {}{against}{rest}.", distance_in_runs(report, week))
}

fn distance_in_runs(report: &Report, week: &Week) -> String {
    if week.runs == 0 {
        return wording::NO_RUN.to_owned();
    }
    let runs = format!("{} {}", week.runs, if week.runs == 1 { "run" } else { "runs" });
    let bound = if week.runs_without_distance > 0 { "at least " } else { "" };
    week.distance_m.map_or_else(
        || format!("{runs} of unknown distance"),
        |metres| format!("{bound}{} in {runs}", report.view.units.show(metres)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::contract::ChangeReason;
    use crate::report::fixtures;
    use crate::tables::Baseline;

    fn week(start: &str, complete: bool, change: Option<f64>, runs: u32, runs_without_distance: u32) -> WeekRow {
        let start: chrono::NaiveDate = start.parse().expect("a date");
        WeekRow {
            week: Week {
                start,
                end: start + chrono::Days::new(6),
                complete,
                observed: complete,
                distance_m: (runs > runs_without_distance).then_some(30_000),
                runs,
                runs_without_distance,
                rest_days: complete.then_some(4),
                longest_run_m: None,
                baseline: Baseline::None,
                four_before: None,
            },
            previous_m: change.map(|_| 40_000),
            mean4_m: None,
            allowance_m: None,
            change: change.map(Number),
            change_reason: change.is_none().then_some(ChangeReason::NoBaseline),
            crossed_on: None,
        }
    }

    fn sentence(week: WeekRow) -> String {
        let mut report = fixtures::empty();
        report.weeks = vec![week];
        this_week(&report)
    }

    #[test]
    fn a_total_that_is_a_lower_bound_is_never_called_less() {
        let of = |change, unknown| sentence(week("2026-03-02", true, Some(change), 3, unknown));
        assert_eq!(
            of(-0.25, 0),
            "Week of 2 Mar: 30.0\u{a0}km in 3 runs, 25\u{a0}% less than the week before, 4 rest days."
        );
        assert_eq!(of(-0.25, 1), "Week of 2 Mar: at least 30.0\u{a0}km in 3 runs, 4 rest days.");
        assert_eq!(of(0.0, 1), "Week of 2 Mar: at least 30.0\u{a0}km in 3 runs, 4 rest days.");
        assert_eq!(
            of(0.25, 1),
            "Week of 2 Mar: at least 30.0\u{a0}km in 3 runs, at least 25\u{a0}% more than the week before, 4 rest days."
        );
    }

    #[test]
    fn a_running_week_in_a_blank_is_not_called_a_week_without_a_run() {
        let running = week("2026-03-09", false, None, 0, 0);
        assert_eq!(sentence(running.clone()), "Week of 9 Mar so far: nothing logged yet.");
        // With a note on its second day, somebody keeps the log, so there was no run.
        let mut report = fixtures::empty();
        report.athlete.log_to = "2026-03-10".parse().ok();
        report.weeks = vec![WeekRow { week: Week { distance_m: Some(0), ..running.week }, ..running }];
        assert_eq!(this_week(&report), "Week of 9 Mar so far: no run.");
    }
}
