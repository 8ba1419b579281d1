//! The week of the report in one sentence or two, for the first line of every format.

use crate::model::reading::name_of;
use crate::report::contract::{Number, Report, WeekRow};

/// The last complete week, the running one, and the pain that is open.
pub(super) fn this_week(report: &Report) -> String {
    let mut sentences: Vec<String> = Vec::new();
    if let Some(last) = report.weeks.iter().rev().find(|week| week.complete) {
        sentences.push(complete_week(report, last));
    }
    if let Some(running) = report.weeks.last().filter(|week| !week.complete) {
        sentences.push(format!("This week so far: {}.", distance_in_runs(report, running)));
    }
    for episode in report.episodes.iter().filter(|episode| episode.open) {
        let side = match name_of(&episode.side).as_str() {
            "left" => "Left hip pain",
            "right" => "Right hip pain",
            "both" => "Pain in both hips",
            _ => "Hip pain",
        };
        sentences.push(format!("{side} is open since {}.", episode.onset.format("%-d %b %Y")));
    }
    if sentences.is_empty() {
        return "There is no run and no note in this log yet.".to_owned();
    }
    sentences.join(" ")
}

fn complete_week(report: &Report, week: &WeekRow) -> String {
    let start = week.start.format("%-d %b");
    if !week.observed {
        return format!("The week of {start} is not wholly logged.");
    }
    let against = match week.change {
        Some(Number(share)) if share.abs() < 0.005 => ", as much as the week before".to_owned(),
        Some(Number(share)) => {
            let word = if share > 0.0 { "more" } else { "less" };
            format!(", {:.0} % {word} than the week before", share.abs() * 100.0)
        }
        None => String::new(),
    };
    let rest = week
        .rest_days
        .map_or_else(String::new, |days| format!(", {days} rest {}", if days == 1 { "day" } else { "days" }));
    format!("Week of {start}: {}{against}{rest}.", distance_in_runs(report, week))
}

fn distance_in_runs(report: &Report, week: &WeekRow) -> String {
    if week.runs == 0 {
        return "no run".to_owned();
    }
    let runs = format!("{} {}", week.runs, if week.runs == 1 { "run" } else { "runs" });
    let bound = if week.runs_without_distance > 0 { "at least " } else { "" };
    week.distance_m.map_or_else(
        || format!("{runs} of unknown distance"),
        |metres| format!("{bound}{} in {runs}", report.view.units.show(metres)),
    )
}
