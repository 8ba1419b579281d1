//! Signs in the course of an episode: pain that lasts, gets worse or keeps coming back.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::thresholds::{
    LONG_PERSISTENT_DAYS, LONG_PERSISTENT_GAP_DAYS, PERSISTENT_DAYS, PERSISTENT_GAP_DAYS, PERSISTENT_NOTES,
    RECURRENT_DAYS, RECURRENT_EPISODES, WORSENING_RISE, WORSENING_SCORES,
};
use crate::model::episode::Episode;
use crate::model::reading::Side;
use crate::model::threshold::Settings;
use crate::pain::ReadNote;
use crate::pain::episodes::Grouped;

/// The painful days of an episode, each with its highest score, if any, and its latest note.
type PainfulDays = BTreeMap<NaiveDate, (Option<f64>, usize)>;

fn painful_days(notes: &[ReadNote<'_>], grouped: &Grouped) -> PainfulDays {
    let mut days = PainfulDays::new();
    for &index in &grouped.notes {
        let day = days.entry(notes[index].date).or_insert((None, index));
        day.0 = [day.0, notes[index].reading.severity].into_iter().flatten().reduce(f64::max);
        day.1 = index;
    }
    days
}

/// Stretches of painful days without a denial and with no gap longer than `gap_days`, oldest first.
fn unbroken(
    days: &PainfulDays,
    denials: &[NaiveDate],
    gap_days: Option<u32>,
) -> Vec<Vec<(NaiveDate, Option<f64>, usize)>> {
    let mut stretches: Vec<Vec<(NaiveDate, Option<f64>, usize)>> = Vec::new();
    for (&day, &(score, index)) in days {
        let goes_on = stretches.last().and_then(|stretch| stretch.last()).is_some_and(|&(before, ..)| {
            gap_days.is_none_or(|gap| (day - before).num_days() <= i64::from(gap))
                && !denials.iter().any(|&denied| before <= denied && denied < day)
        });
        match stretches.last_mut().filter(|_| goes_on) {
            Some(stretch) => stretch.push((day, score, index)),
            None => stretches.push(vec![(day, score, index)]),
        }
    }
    stretches
}

/// The last note of the latest stretch of pain that lasted without settling.
pub(super) fn persistent(notes: &[ReadNote<'_>], grouped: &Grouped, settings: &Settings) -> Option<usize> {
    let days = painful_days(notes, grouped);
    let denials = &grouped.episode.denials;
    let several = unbroken(&days, denials, Some(settings.get(&PERSISTENT_GAP_DAYS))).into_iter().filter(|stretch| {
        let mut scores = stretch.iter().filter_map(|(_, score, _)| *score);
        let eased = scores.next().zip(scores.next_back()).is_some_and(|(first, last)| last < first);
        stretch.len() >= settings.get(&PERSISTENT_NOTES) as usize
            && span_days(stretch) >= i64::from(settings.get(&PERSISTENT_DAYS))
            && !eased
    });
    let long = unbroken(&days, denials, Some(settings.get(&LONG_PERSISTENT_GAP_DAYS)))
        .into_iter()
        .filter(|stretch| span_days(stretch) > i64::from(settings.get(&LONG_PERSISTENT_DAYS)));
    several
        .chain(long)
        .filter_map(|stretch| stretch.last().map(|&(day, _, index)| (day, index)))
        .max()
        .map(|(_, index)| index)
}

fn span_days(stretch: &[(NaiveDate, Option<f64>, usize)]) -> i64 {
    stretch.first().zip(stretch.last()).map_or(0, |(first, last)| (last.0 - first.0).num_days())
}

/// The note with the last score, where scores rose far enough since the last denial and never fell as much.
pub(super) fn worsening(notes: &[ReadNote<'_>], grouped: &Grouped, settings: &Settings) -> Option<usize> {
    let days = painful_days(notes, grouped);
    let stretch = unbroken(&days, &grouped.episode.denials, None).pop()?;
    let scored: Vec<(f64, usize)> =
        stretch.into_iter().filter_map(|(_, score, index)| score.map(|score| (score, index))).collect();
    let rise = settings.in_unit(&WORSENING_RISE);
    let (&(first, _), &(last, index)) = (scored.first()?, scored.last()?);
    let mut highest = first;
    let fell = scored.iter().any(|&(score, _)| {
        highest = highest.max(score);
        highest - score >= rise
    });
    (scored.len() >= settings.get(&WORSENING_SCORES) as usize && last - first >= rise && !fell).then_some(index)
}

/// True if the episode is at least the third of its side within a year; `earlier` holds those that began before
/// it.
pub(super) fn recurrent(episode: &Episode, earlier: &[(NaiveDate, Side)], settings: &Settings) -> bool {
    let within = i64::from(settings.get(&RECURRENT_DAYS));
    let same_side = earlier
        .iter()
        .filter(|(onset, side)| (episode.onset - *onset).num_days() <= within && may_be_one(episode.side, *side));
    same_side.count() + 1 >= settings.get(&RECURRENT_EPISODES) as usize
}

/// Left and right are different sides; an unknown side may be either.
fn may_be_one(one: Side, other: Side) -> bool {
    !matches!((one, other), (Side::Left, Side::Right) | (Side::Right, Side::Left))
}
