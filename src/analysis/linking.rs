//! What came before each episode, and the days that the statistics need of it.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use crate::link::flags::{self, WeekLoad};
use crate::link::presets::{JUMP, PRESETS, Preset, SPIKE, STREAK};
use crate::link::strata::History;
use crate::link::{self, FlagDays, Linked};
use crate::model::episode::Episode;
use crate::model::finding::{Finding, Unit};
use crate::model::threshold::{Origin, Threshold};
use crate::report::contract::{Load, PrecededBy, ShoeAtOnset};
use crate::report::facts::{Before, Judged};
use crate::rules::Seen;
use crate::tables::Day;

/// How far back an episode's row looks. The statistics have windows of their own.
pub const LOOKBACK_DAYS: Threshold = Threshold {
    key: "lookback_days",
    default: 14,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: true,
    meaning: "findings of so many days before an episode are listed with it; no guidance text gives a number",
};

/// Seed of the rotations: fixed, so that the same log gives the same report.
const SEED: u64 = 20_260_101;

/// What came before the episodes of a log, and the statistics of it.
pub(super) struct Links {
    /// For each episode what came before it.
    pub before: Vec<Before>,
    /// The statistics of each preset test; empty without a day of log.
    pub rows: Vec<Linked>,
}

impl Links {
    /// Looks back from every episode.
    pub(super) fn new(seen: &Seen<'_>, episodes: &[Episode], judged: &[Judged]) -> Self {
        let findings: Vec<&Finding> = judged.iter().flat_map(|one| one.outcome.findings()).collect();
        let history = seen.days.first().map(|first| History {
            first_day: first.date,
            observed: seen.days.iter().map(|day| day.observed).collect(),
            episodes: episodes.iter().map(|episode| (episode.onset, episode.end)).collect(),
        });
        let weeks = week_loads(seen);
        let flags: Vec<FlagDays> =
            PRESETS.iter().map(|preset| flag_days(preset, seen, &weeks, episodes, &findings)).collect();
        let rows = history.map_or_else(Vec::new, |history| link::link(&history, &flags, SEED));
        let before = episodes
            .iter()
            .map(|episode| Before {
                preceded_by: preceding(seen, episode, &findings, &weeks, &rows),
                shoe_at_onset: shoe_at(episode.onset, seen),
                load: load_before(episode.onset, seen.days),
            })
            .collect();
        Self { before, rows }
    }
}

/// The days on which the flag of a preset test stands, as the statistics date them.
fn flag_days(
    preset: &Preset,
    seen: &Seen<'_>,
    weeks: &[WeekLoad],
    episodes: &[Episode],
    findings: &[&Finding],
) -> FlagDays {
    let dated = |rule: &str| findings.iter().filter(|found| found.rule == rule).map(|found| found.dated).collect();
    let in_episode = |day: NaiveDate| episodes.iter().any(|episode| (episode.onset..=episode.end).contains(&day));
    let (days, blind): (BTreeSet<NaiveDate>, BTreeSet<NaiveDate>) = match *preset {
        JUMP => (flags::jump_days(weeks, in_episode), flags::jump_blind_days(weeks, in_episode)),
        STREAK => {
            let run_days = seen.days.iter().filter(|day| day.runs > 0).map(|day| day.date).collect();
            (flags::streak_days(&run_days), BTreeSet::new())
        }
        _ => (dated(preset.label), BTreeSet::new()),
    };
    FlagDays { preset: *preset, days, blind }
}

fn week_loads(seen: &Seen<'_>) -> Vec<WeekLoad> {
    seen.weeks
        .iter()
        .map(|week| {
            let days = [0, 1, 2, 3, 4, 5, 6].map(|offset| day_of(seen.days, week.start + Days::new(offset)));
            WeekLoad {
                start: week.start,
                daily_m: days.map(|day| day.map_or(0, |day| day.known_m)),
                ran: days.map(|day| day.is_some_and(|day| day.runs > 0)),
                complete: week.complete,
                observed: week.observed,
                all_known: week.runs_without_distance == 0,
            }
        })
        .collect()
}

fn day_of(days: &[Day], date: NaiveDate) -> Option<&Day> {
    days.binary_search_by_key(&date, |day| day.date).ok().map(|index| &days[index])
}

/// The findings before an onset, the latest first.
fn preceding(
    seen: &Seen<'_>,
    episode: &Episode,
    findings: &[&Finding],
    weeks: &[WeekLoad],
    linked: &[Linked],
) -> Vec<PrecededBy> {
    let onset = episode.onset;
    let before = onset - Days::new(u64::from(seen.settings.get(&LOOKBACK_DAYS)))..onset;
    let pair = pair_by(onset, seen);
    let mut rows: Vec<PrecededBy> = findings
        .iter()
        .filter_map(|finding| {
            let test = linked.iter().find(|test| test.preset.label == finding.rule);
            let preset = test.map(|test| test.preset);
            let day = if preset == Some(STREAK) {
                // Every day of a streak past the limit is a flag day; the latest before the onset counts.
                finding.to.min(onset - Days::new(1)).max(finding.dated)
            } else {
                finding.dated
            };
            let listed = match preset {
                // A run can be what started the pain of its own day.
                Some(SPIKE) => before.contains(&day) || day == onset,
                Some(_) => before.contains(&day),
                None => {
                    let on_foot = finding.rule == "worn-shoes" && finding.subject.as_deref() == pair;
                    on_foot && before.contains(&day)
                }
            };
            let counted_on = if preset == Some(JUMP) { jump_day(finding, weeks).unwrap_or(day) } else { day };
            listed.then(|| PrecededBy {
                finding: finding.id.clone(),
                rule: finding.rule,
                days_before: (onset - day).num_days(),
                linked: test.is_some_and(|test| test.counts(counted_on, onset)),
            })
        })
        .collect();
    rows.sort_by(|a, b| (a.days_before, a.rule, &a.finding).cmp(&(b.days_before, b.rule, &b.finding)));
    rows
}

/// The day on which the statistics date a jump: by a stricter reference than the flag shown.
fn jump_day(finding: &Finding, weeks: &[WeekLoad]) -> Option<NaiveDate> {
    let index = weeks.iter().position(|week| week.start == finding.from)?;
    flags::jump_crossed_on(weeks, index)
}

/// The pair of the last run up to `day`.
fn pair_by<'a>(day: NaiveDate, seen: &Seen<'a>) -> Option<&'a str> {
    seen.runs.iter().rev().find(|run| run.date <= day)?.shoe
}

fn shoe_at(onset: NaiveDate, seen: &Seen<'_>) -> Option<ShoeAtOnset> {
    let name = pair_by(onset, seen)?;
    let initial = seen.shoes.iter().find(|shoe| shoe.limits.name == name)?.limits.initial_m.unwrap_or(0);
    let run: u64 = seen
        .runs
        .iter()
        .filter(|run| run.date <= onset && run.shoe == Some(name))
        .filter_map(|run| run.distance_m.map(u64::from))
        .sum();
    Some(ShoeAtOnset { name: name.to_owned(), distance_m: u64::from(initial) + run })
}

/// Metres of the 7 days up to the day before the onset, and a quarter of those of the 28 days before them; nothing
/// where a day is not observed or holds a run without a distance.
fn load_before(onset: NaiveDate, days: &[Day]) -> Load {
    let known = |day: &&Day| day.observed && day.runs_without_distance == 0;
    let sum = |from: u64, to: u64| -> Option<u64> {
        (to..=from).map(|back| day_of(days, onset - Days::new(back)).filter(known).map(|day| day.known_m)).sum()
    };
    Load { last_7_days_m: sum(7, 1), usual_7_days_m: sum(35, 8).map(|metres| (metres + 2) / 4) }
}
