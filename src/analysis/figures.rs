//! Puts the figures of the current findings, and the distance left for this week, in a short sentence each, for the
//! lines of advice that answer them. Gives no advice.

use chrono::NaiveDate;

use crate::model::episode::Episode;
use crate::model::finding::Finding;
use crate::model::units::Units;
use crate::plan::budget::Budget;
use crate::report::plain;
use crate::rules;

/// An onset at most so many days after a finding is mentioned with it.
const TOLD_DAYS: i64 = 14;

/// A sentence for the latest finding of each rule.
pub(super) fn of<'a>(current: &[&'a Finding], episodes: &[Episode], units: Units) -> Vec<(&'a str, String)> {
    let mut latest: Vec<&Finding> = Vec::new();
    for &finding in current {
        match latest.iter_mut().find(|known| known.rule == finding.rule) {
            Some(known) if finding.dated >= known.dated => *known = finding,
            Some(_) => {}
            None => latest.push(finding),
        }
    }
    latest.into_iter().filter_map(|finding| Some((finding.rule, sentence(finding, episodes, units)?))).collect()
}

/// How far the runner may still go this week; `None` without a limit.
pub(super) fn room(room: &Budget, units: Units) -> Option<String> {
    let most = units.show_at_most(room.distance_cap_m?);
    Some(if room.is_over() {
        format!("This week: {} run, {most} was its room.", units.show(room.so_far_m))
    } else {
        format!("This week: {most} at most.")
    })
}

fn sentence(finding: &Finding, episodes: &[Episode], units: Units) -> Option<String> {
    let rule = rules::by_id(finding.rule)?;
    let figures = plain::one_line(&rule.figures(finding, units)?);
    let pain = if rule.meta().load_rise { pain_after(finding.dated, episodes) } else { String::new() };
    Some(format!("{figures}{pain}."))
}

/// When pain began after the finding; empty if it did not begin soon after.
fn pain_after(dated: NaiveDate, episodes: &[Episode]) -> String {
    let days = episodes.iter().map(|episode| (episode.onset - dated).num_days());
    match days.filter(|days| (0..=TOLD_DAYS).contains(days)).min() {
        None => String::new(),
        Some(0) => "; pain began the same day".to_owned(),
        Some(1) => "; pain began the next day".to_owned(),
        Some(days) => format!("; pain began {days} days later"),
    }
}
