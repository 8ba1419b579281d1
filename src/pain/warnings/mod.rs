//! Warning signs: what single notes raise, what an episode adds up to, and how long each leads. What they are held against
//! stands in `thresholds`, how urgent they are in `urgency`.

mod thresholds;
mod urgency;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

pub use self::thresholds::THRESHOLDS;
use self::thresholds::{
    FREQUENT_CRAMP_DAYS, LEAD_DAYS, LOAD_BEFORE_DAYS, PERSISTENT_DAYS, RECURRENT_DAYS, SEVERE_SCORE, WORSENING_RISE,
    WORSENING_SCORES,
};
use self::urgency::priority;
use super::ReadNote;
use super::episodes::Grouped;
use crate::model::episode::{Episode, Warning};
use crate::model::reading::{Priority, Quality, Reading, Region, Timing};
use crate::model::threshold::Settings;
use crate::model::warning_sign::RedFlag;

/// True where the sign stands at the top of a report of `as_of`.
#[must_use]
pub fn leads(warning: &Warning, episode: Option<&Episode>, as_of: NaiveDate, settings: &Settings) -> bool {
    if warning.cleared_on.is_some() {
        return false;
    }
    let lead_days = i64::from(settings.get(&LEAD_DAYS));
    warning.priority == Priority::P0
        || episode.is_none_or(|episode| episode.open || (as_of - episode.end).num_days() <= lead_days)
}

/// Raises every warning sign, by day and kind, and adds each to its episode's `red_flags`.
///
/// `load_days` are the days of weekly jumps and long-run spikes.
#[must_use]
pub fn raise(
    notes: &[ReadNote<'_>],
    groups: &mut [Grouped],
    load_days: &[NaiveDate],
    settings: &Settings,
) -> Vec<Warning> {
    let onsets: Vec<NaiveDate> = groups.iter().map(|grouped| grouped.episode.onset).collect();
    let mut warnings = Vec::new();
    for (position, grouped) in groups.iter_mut().enumerate() {
        let raised = signs_of(notes, grouped, &onsets[..position], load_days, settings);
        grouped.episode.red_flags.extend(raised.keys().copied());
        warnings.extend(warnings_of(notes, &grouped.episode, &raised));
    }
    let in_episode: BTreeSet<usize> = groups.iter().flat_map(|grouped| grouped.notes.iter().copied()).collect();
    // An emergency sign stands by itself, with or without hip pain beside it; the latest note of each is kept.
    let mut alone: BTreeMap<RedFlag, usize> = BTreeMap::new();
    for (index, note) in notes.iter().enumerate().filter(|(index, _)| !in_episode.contains(index)) {
        for &flag in note.reading.red_flags.iter().filter(|flag| flag.stands_alone()) {
            alone.insert(flag, index);
        }
    }
    warnings.extend(alone.into_iter().map(|(flag, index)| Warning {
        flag,
        priority: Priority::P0,
        note_date: notes[index].date,
        text: notes[index].text.to_owned(),
        episode: None,
        cleared_on: cleared_on(notes, flag, notes[index].date),
    }));
    warnings.sort_by_key(|warning| (warning.note_date, warning.flag, warning.episode.clone()));
    warnings
}

/// The signs of an episode, each with the position of the latest note that raised it.
fn signs_of(
    notes: &[ReadNote<'_>],
    grouped: &Grouped,
    earlier_onsets: &[NaiveDate],
    load_days: &[NaiveDate],
    settings: &Settings,
) -> BTreeMap<RedFlag, usize> {
    let episode = &grouped.episode;
    let mut signs = BTreeMap::new();
    let each = |signs: &mut BTreeMap<RedFlag, usize>, flag: RedFlag, says: &dyn Fn(&Reading) -> bool| {
        if let Some(&index) = grouped.notes.iter().rev().find(|&&index| says(notes[index].reading)) {
            signs.insert(flag, index);
        }
    };
    for &index in &grouped.notes {
        for &flag in &notes[index].reading.red_flags {
            signs.insert(flag, index);
        }
    }
    let severe = settings.in_unit(&SEVERE_SCORE);
    each(&mut signs, RedFlag::Severe, &|reading| {
        reading.severe_words || reading.severity.is_some_and(|score| score >= severe)
    });
    each(&mut signs, RedFlag::SharpSudden, &|reading| reading.sudden || reading.qualities.contains(&Quality::Sharp));
    each(&mut signs, RedFlag::Radiating, &|reading| reading.region == Some(Region::Radiating));
    each(&mut signs, RedFlag::Worsening, &|reading| reading.worsening_words);
    each(&mut signs, RedFlag::Recurrent, &|reading| reading.recurrent_words);
    each(&mut signs, RedFlag::FrequentCramp, &|reading| reading.frequent_cramp);

    let cramp_days: BTreeSet<NaiveDate> = days_with(notes, grouped, is_cramp);
    let exertional: BTreeSet<NaiveDate> =
        days_with(notes, grouped, |reading| is_cramp(reading) && reading.timing.contains(&Timing::DuringRun));
    let (Some(&first), Some(&last)) = (grouped.notes.first(), grouped.notes.last()) else { return signs };
    if cramp_days.len() >= settings.get(&FREQUENT_CRAMP_DAYS) as usize {
        signs.entry(RedFlag::FrequentCramp).or_insert(last);
    }
    if exertional.len() >= 2 {
        signs.insert(RedFlag::ExertionalCramp, last);
    }
    let undenied_stretch = longest_undenied_stretch(episode);
    if undenied_stretch >= i64::from(settings.get(&PERSISTENT_DAYS)) {
        signs.insert(RedFlag::Persistent, last);
    }
    if let Some(index) = climbing_scores(notes, grouped, settings) {
        signs.insert(RedFlag::Worsening, index);
    }
    let recurrent_days = i64::from(settings.get(&RECURRENT_DAYS));
    if earlier_onsets.iter().any(|&onset| (episode.onset - onset).num_days() <= recurrent_days) {
        signs.entry(RedFlag::Recurrent).or_insert(first);
    }
    let reach = episode.onset - Days::new(u64::from(settings.get(&LOAD_BEFORE_DAYS)));
    if load_days.iter().any(|&day| (reach..=episode.onset).contains(&day)) {
        each(&mut signs, RedFlag::FrontGroinAfterLoad, &|reading| reading.region == Some(Region::FrontGroin));
    }
    signs
}

fn is_cramp(reading: &Reading) -> bool {
    reading.qualities.contains(&Quality::Cramp) || reading.qualities.contains(&Quality::Spasm)
}

fn days_with(notes: &[ReadNote<'_>], grouped: &Grouped, says: impl Fn(&Reading) -> bool) -> BTreeSet<NaiveDate> {
    grouped.notes.iter().filter(|&&index| says(notes[index].reading)).map(|&index| notes[index].date).collect()
}

/// The most days from one painful day to another of the episode with no denial between them.
fn longest_undenied_stretch(episode: &Episode) -> i64 {
    let mut longest = 0;
    let mut since = episode.onset;
    for pair in episode.painful_days.windows(2) {
        if episode.denials.iter().any(|&denied| pair[0] < denied && denied < pair[1]) {
            since = pair[1];
        }
        longest = longest.max((pair[1] - since).num_days());
    }
    longest
}

/// The note with the last of the latest scores that climb from day to day.
fn climbing_scores(notes: &[ReadNote<'_>], grouped: &Grouped, settings: &Settings) -> Option<usize> {
    let mut by_day: BTreeMap<NaiveDate, (f64, usize)> = BTreeMap::new();
    for &index in &grouped.notes {
        if let Some(score) = notes[index].reading.severity {
            let highest = by_day.entry(notes[index].date).or_insert((score, index));
            if score > highest.0 {
                *highest = (score, index);
            }
        }
    }
    let scores: Vec<(f64, usize)> = by_day.into_values().collect();
    let needed = (settings.get(&WORSENING_SCORES) as usize).max(2);
    let rise = settings.in_unit(&WORSENING_RISE);
    let climbs = |days: &&[(f64, usize)]| {
        days.windows(2).all(|pair| pair[0].0 < pair[1].0) && days[days.len() - 1].0 - days[0].0 >= rise
    };
    scores.windows(needed).rfind(climbs).map(|days| days[days.len() - 1].1)
}

fn warnings_of(notes: &[ReadNote<'_>], episode: &Episode, raised: &BTreeMap<RedFlag, usize>) -> Vec<Warning> {
    let cleared: BTreeMap<RedFlag, Option<NaiveDate>> =
        raised.iter().map(|(&flag, &index)| (flag, cleared_on(notes, flag, notes[index].date))).collect();
    let stands = |flag: RedFlag| cleared.get(&flag).is_some_and(Option::is_none);
    let sudden_weakness = notes.iter().any(|note| {
        note.reading.sudden_weakness && (episode.onset..=episode.end).contains(&note.date) && note.reading.hip
    });
    raised
        .iter()
        .map(|(&flag, &index)| Warning {
            flag,
            priority: priority(flag, &stands, sudden_weakness),
            note_date: notes[index].date,
            text: notes[index].text.to_owned(),
            episode: Some(episode.id.clone()),
            cleared_on: cleared[&flag],
        })
        .collect()
}

/// The day of the first later note that denies the sign, where no note of that day still raises it.
fn cleared_on(notes: &[ReadNote<'_>], flag: RedFlag, raised_on: NaiveDate) -> Option<NaiveDate> {
    notes
        .iter()
        .filter(|note| note.date > raised_on && note.reading.denied_flags.contains(&flag))
        .map(|note| note.date)
        .find(|&day| !notes.iter().any(|note| note.date == day && note.reading.red_flags.contains(&flag)))
}
