//! The words of the chart: its title, how much of that is to be expected by chance, and the labels of episodes and of
//! what came before them. They say that one thing came before another and never more.

use chrono::NaiveDate;

use super::{HeartChart, is_after_light_week, is_habit, jump};
use crate::link::figure;
use crate::model::reading::Side;
use crate::report::contract::{EpisodeRow, Forerunner, LinkRow, WeekRow};
use crate::report::wording;
use crate::rules;

/// The number of weeks that the title looks back.
const YEAR: usize = 52;
/// Up to this many days before the report, a last entry counts as recent.
const LATELY_DAYS: i64 = 28;

/// What the chart shows, as a statement.
pub(super) fn title(chart: &HeartChart<'_>, weeks: &[&WeekRow]) -> String {
    let weeks = &weeks[weeks.len().saturating_sub(YEAR)..];
    let (Some(first), Some(last)) = (weeks.first(), weeks.last()) else { return String::new() };
    let (from, to) = (first.week.start, last.week.end);
    let lately = (chart.as_of - to).num_days() <= LATELY_DAYS;
    let when = match (weeks.len() < YEAR, lately) {
        (true, _) => format!("in {} of log", wording::counted(weeks.len() as u64, "week", "weeks")),
        (false, true) => "in the last 12 months".to_owned(),
        (false, false) => format!("in the 12 months to {}", wording::day(to)),
    };
    let episodes: Vec<&EpisodeRow> =
        chart.episodes.iter().copied().filter(|e| (from..=to).contains(&e.onset)).collect();
    if episodes.is_empty() {
        let stood_out = weeks.iter().filter(|row| stands_out(chart, row.week.start)).count() as u64;
        let weeks = match stood_out {
            0 => "no week rose above your usual".to_owned(),
            n => format!("{} rose above your usual", wording::counted(n, "week", "weeks")),
        };
        return if chart.notes == 0 {
            format!(
                "This log has no note, so what hurt is not known; {weeks}{}",
                if stood_out > 0 { format!(" {when}") } else { String::new() }
            )
        } else if chart.episodes.iter().any(|e| e.end >= from) {
            format!("No new hip pain noted {when}; {weeks}")
        } else {
            format!("No hip pain noted {when}; {weeks}")
        };
    }
    let hip = hip(&episodes);
    let all = episodes.len();
    let Some((rule, before)) = most_before(chart, &episodes) else {
        let hurt = match all {
            1 => format!("{hip} hurt once {when}"),
            2 => format!("{hip} hurt twice {when}"),
            n => format!("{hip} hurt {n} times {when}"),
        };
        // A flag that the statistics cannot count may still have come before, so nothing is said of it.
        let none = episodes.iter().all(|e| e.preceded_by.iter().all(|flag| flag.rule != rules::WEEKLY_MILEAGE_JUMP));
        let known = episodes.iter().any(|e| e.load.last_7_days_m.is_some());
        return wording::capital(&if none && known { format!("{hurt}; no steep week came before") } else { hurt });
    };
    let (flag, days) = (such(chart, rule), span_of(&before));
    match (before.len(), all) {
        (1, 1) => {
            let onset = episodes.first().map_or(to, |e| e.onset);
            let pain = hip.replacen("the ", "the pain of the ", 1).replacen("a hip", "the hip pain", 1);
            format!("{} came {days} {pain}, {}", wording::capital(&flag), wording::day(onset))
        }
        (2, 2) => format!("Both times {hip} hurt {when}, {flag} came {days}"),
        (n, all) if n == all => format!("All {n} times {hip} hurt {when}, {flag} came {days}"),
        (n, all) => format!("{n} of the {all} times {hip} hurt {when}, {flag} came {days}"),
    }
}

/// How many episodes of the whole log came after what the title names, and how many would be expected to.
pub(super) fn chance(chart: &HeartChart<'_>, weeks: &[&WeekRow]) -> Option<String> {
    let weeks = &weeks[weeks.len().saturating_sub(YEAR)..];
    let (from, to) = (weeks.first()?.week.start, weeks.last()?.week.end);
    let episodes: Vec<&EpisodeRow> =
        chart.episodes.iter().copied().filter(|e| (from..=to).contains(&e.onset)).collect();
    let rule = most_before(chart, &episodes).map_or(rules::WEEKLY_MILEAGE_JUMP, |(rule, _)| rule);
    let link = link(chart, rule)?;
    let expected = link.linked.expected?;
    Some(format!(
        "Of {} in this log that can be counted, {} followed {} within {} days; by chance it would be {}.",
        wording::counted(link.linked.episodes_usable, "hip-pain episode", "hip-pain episodes"),
        link.linked.exposed,
        such(chart, rule),
        link.window_days,
        figure(expected),
    ))
}

/// An episode in words: `left outer hip 3/10, still open`.
pub(super) fn episode(episode: &EpisodeRow) -> String {
    let mut words = format!("{}{}", wording::spot(episode.side, episode.region), score(episode));
    words.push_str(match (episode.open, episode.consulted) {
        (true, _) => ", still open",
        (false, true) => ", seen",
        (false, false) => "",
    });
    words
}

/// An episode in short: `left 3/10`.
pub(super) fn episode_in_short(episode: &EpisodeRow) -> String {
    format!("{}{}", wording::side(episode.side), score(episode))
}

fn score(episode: &EpisodeRow) -> String {
    episode.peak_severity.map_or_else(String::new, |peak| format!(" {}", wording::score(peak)))
}

/// `4 days before`, with the name of the flag unless it is a weekly jump.
pub(super) fn before(chart: &HeartChart<'_>, flag: &Forerunner) -> String {
    let days = wording::days_before(&[flag.days_before]);
    if flag.rule == rules::WEEKLY_MILEAGE_JUMP {
        return days;
    }
    let title = chart.rules.iter().find(|row| row.rule == flag.rule).map_or(flag.rule, |row| row.title);
    format!("{} {days}", title.to_lowercase())
}

fn stands_out(chart: &HeartChart<'_>, week: NaiveDate) -> bool {
    jump(chart, week).is_some_and(|flag| !is_after_light_week(flag))
}

fn link<'a>(chart: &HeartChart<'a>, rule: &str) -> Option<&'a LinkRow> {
    chart.links.iter().find(|link| link.rule == rule)
}

/// What the flag of a rule is called in a sentence.
fn such(chart: &HeartChart<'_>, rule: &str) -> String {
    match link(chart, rule) {
        Some(link) if rule != rules::WEEKLY_MILEAGE_JUMP => link.linked.preset.one.to_owned(),
        _ => "a week above your usual".to_owned(),
    }
}

/// The hip that all of the episodes are about.
fn hip(episodes: &[&EpisodeRow]) -> String {
    let side = episodes.first().map_or(Side::Unknown, |e| e.side);
    match side {
        Side::Left | Side::Right if episodes.iter().all(|e| e.side == side) => {
            format!("the {}", wording::hip_short(side))
        }
        _ => "a hip".to_owned(),
    }
}

/// The rule that came before most of the episodes, among flags that the statistics count and that are no habit; with
/// the days from its nearest flag to each of these.
fn most_before(chart: &HeartChart<'_>, episodes: &[&EpisodeRow]) -> Option<(&'static str, Vec<i64>)> {
    let of_rule = |rule: &str| -> Vec<i64> {
        let nearest = |e: &&EpisodeRow| {
            e.preceded_by.iter().filter(|flag| flag.linked && flag.rule == rule).map(|flag| flag.days_before).min()
        };
        episodes.iter().filter_map(nearest).collect()
    };
    let rules = chart.links.iter().map(|link| link.rule).filter(|rule| !is_habit(chart, rule));
    let found = rules.map(|rule| (rule, of_rule(rule))).filter(|(_, days)| !days.is_empty());
    // Where several are equal, the first in the order of the rules.
    found.fold(None, |best: Option<(&'static str, Vec<i64>)>, one| match best {
        Some(best) if best.1.len() >= one.1.len() => Some(best),
        _ => Some(one),
    })
}

/// The range of some numbers of days: `2 to 4 days before`.
fn span_of(days: &[i64]) -> String {
    match (days.iter().min(), days.iter().max()) {
        (Some(least), Some(most)) if least < most && *least == 0 => format!("up to {most} days before"),
        (Some(least), Some(most)) if least < most => format!("{least} to {most} days before"),
        (Some(least), _) => wording::days_before(&[*least]),
        _ => String::new(),
    }
}

/// The sentence that few rest days are not marked because somebody usually trains that way; `None` if they are
/// marked.
pub(super) fn habit(chart: &HeartChart<'_>) -> Option<String> {
    let rest =
        chart.rules.iter().find(|row| row.rule == super::rows::REST).filter(|_| !super::rows::marks_rest(chart))?;
    Some(format!(
        "Fewer than {} rest days in {} of {} weeks: that is how you train, so they are not marked.",
        wording::plain_number(chart.fewest_rest_days),
        rest.flagged,
        rest.assessed
    ))
}
