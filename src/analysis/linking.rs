//! What came before each episode, and the days that the link statistics count.

use chrono::{Days, NaiveDate};

use crate::link::history::History;
use crate::link::{self, FlagDays, Linked};
use crate::model::episode::Episode;
use crate::model::finding::Unit;
use crate::model::threshold::{Origin, Threshold};
use crate::report::contract::{Forerunner, Load, Recent, ShoeAtOnset};
use crate::report::facts::{EpisodeHistory, RuleResult};
use crate::rules::RuleInput;
use crate::tables::Day;

/// How far back the list of findings before an episode reaches. The statistics have windows of their own.
pub const LOOKBACK_DAYS: Threshold = Threshold {
    key: "lookback_days",
    default: 14,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: true,
    meaning: "findings of so many days before an episode are listed with it; no guidance text gives a number",
};

/// The seed of the rotations; fixed, so that the same log gives the same report.
const SEED: u64 = 20_260_101;

/// What came before the episodes of a log, and the link statistics.
pub(super) struct Links {
    /// What came before each episode, in the order of the episodes.
    pub before: Vec<EpisodeHistory>,
    /// The result of each preset test; empty if the log has no day.
    pub rows: Vec<Linked>,
}

impl Links {
    /// Finds what came before each episode and runs the tests.
    pub(super) fn new(seen: &RuleInput<'_>, episodes: &[Episode], judged: &[RuleResult]) -> Self {
        let history = seen.days.first().map(|first| History {
            first_day: first.date,
            observed: seen.days.iter().map(|day| day.observed).collect(),
            ran: seen.days.iter().map(|day| day.runs > 0).collect(),
            noted: seen.days.iter().map(|day| day.note).collect(),
            painful_days: episodes.iter().flat_map(|episode| episode.painful_days.iter().copied()).collect(),
            episodes: episodes.iter().map(|episode| (episode.onset, episode.end)).collect(),
        });
        let flags: Vec<FlagDays> = judged
            .iter()
            .filter_map(|one| {
                let preset = one.rule.meta().link?;
                let (days, blind) = one.rule.flag_days(one.outcome.findings(), seen);
                Some(FlagDays { preset, days, blind })
            })
            .collect();
        let rows = history.map_or_else(Vec::new, |history| link::link(&history, &flags, SEED));
        let before = episodes
            .iter()
            .map(|episode| EpisodeHistory {
                preceded_by: preceding(seen, episode, judged, &rows),
                shoe_at_onset: shoe_at(episode.onset, seen),
                load: load_before(episode.onset, seen),
            })
            .collect();
        Self { before, rows }
    }
}

/// The findings before an onset, latest first.
fn preceding(seen: &RuleInput<'_>, episode: &Episode, judged: &[RuleResult], linked: &[Linked]) -> Vec<Forerunner> {
    let onset = episode.onset;
    let before = onset - Days::new(u64::from(seen.settings.get(&LOOKBACK_DAYS)))..onset;
    let findings = judged.iter().flat_map(|one| one.outcome.findings().iter().map(|finding| (one.rule, finding)));
    let mut rows: Vec<Forerunner> = findings
        .filter_map(|(rule, finding)| {
            let day = rule.day_before(finding, onset, seen)?;
            let test = linked.iter().find(|test| test.preset.label == finding.rule);
            // If the statistics count the day of the onset, a run of that day may have started the pain.
            let same_day = test.is_some_and(|test| test.preset.window.to_days == 0) && day == onset;
            (before.contains(&day) || same_day).then(|| Forerunner {
                finding: finding.id.clone(),
                rule: finding.rule,
                days_before: (onset - day).num_days(),
                linked: test.is_some_and(|test| test.counts(rule.day_for_statistics(finding, day, seen), onset)),
            })
        })
        .collect();
    rows.sort_by(|a, b| (a.days_before, a.rule, &a.finding).cmp(&(b.days_before, b.rule, &b.finding)));
    rows
}

fn shoe_at(onset: NaiveDate, seen: &RuleInput<'_>) -> Option<ShoeAtOnset> {
    let name = seen.shoes_by(onset)?;
    let initial = seen.shoes.iter().find(|shoe| shoe.limits.name == name)?.limits.initial_m.unwrap_or(0);
    let run: u64 = seen
        .runs
        .iter()
        .filter(|run| run.date <= onset && run.shoe == Some(name))
        .filter_map(|run| run.distance_m.map(u64::from))
        .sum();
    Some(ShoeAtOnset { name: name.to_owned(), distance_m: u64::from(initial) + run })
}

/// The distance of the seven days up to the last one with an entry, and a week's usual distance in the four weeks
/// before.
pub(super) fn recent(seen: &RuleInput<'_>) -> Option<Recent> {
    let last = seen.days.iter().rev().find(|day| day.runs > 0 || day.other_sport || day.note)?;
    let load = load_before(last.date + Days::new(1), seen);
    Some(Recent { to: last.date, last_7_days_m: load.last_7_days_m, usual_7_days_m: load.usual_7_days_m })
}

/// The distance of the 7 days before the onset, and a quarter of that of the 28 days before those, in metres; `None`
/// if a day is not observed or has a run without a distance.
fn load_before(onset: NaiveDate, seen: &RuleInput<'_>) -> Load {
    let known = |day: &&Day| day.observed && day.runs_without_distance == 0;
    let sum = |from: u64, to: u64| -> Option<u64> {
        (to..=from).map(|back| seen.day(onset - Days::new(back)).filter(known).map(|day| day.known_m)).sum()
    };
    Load { last_7_days_m: sum(7, 1), usual_7_days_m: sum(35, 8).map(|metres| (metres + 2) / 4) }
}
