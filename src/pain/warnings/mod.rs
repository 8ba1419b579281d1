//! Warning signs: what single notes raise (`single`), what the course of an episode adds up to (`course`), and what
//! ends a sign, changes its urgency or decides how long it leads. The numbers stand in `thresholds`, the urgency in
//! `urgency`.

mod course;
mod said;
mod single;
mod thresholds;
mod urgency;

#[cfg(test)]
mod single_tests;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

pub use self::thresholds::THRESHOLDS;
use self::thresholds::{SOON_LEAD_DAYS, TODAY_LEAD_DAYS};
use self::urgency::priority;
use super::episodes::{Grouped, open_until};
use super::{ReadNote, between};
use crate::model::episode::{Episode, Warning};
use crate::model::reading::{Priority, Side};
use crate::model::threshold::Settings;
use crate::model::warning_sign::RedFlag;

/// A day with a weekly jump or a long-run spike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadDay {
    /// Its day.
    pub date: NaiveDate,
    /// Whether it is a warning, not only a notice.
    pub is_warning: bool,
}

/// Positions of the first and the latest note that raised a sign.
#[derive(Clone, Copy, Debug)]
struct Raised {
    first: usize,
    last: usize,
}

/// True if the sign stands at the top of a report of `as_of`.
#[must_use]
pub fn leads(warning: &Warning, episode: Option<&Episode>, as_of: NaiveDate, settings: &Settings) -> bool {
    if warning.cleared_on.is_some() {
        return false;
    }
    let lead_days = match warning.priority {
        Priority::P0 => return true,
        Priority::P1 => settings.get(&TODAY_LEAD_DAYS),
        _ => settings.get(&SOON_LEAD_DAYS),
    };
    let last = episode.map_or(warning.note_date, |episode| episode.end);
    episode.is_some_and(|episode| episode.open) || (as_of - last).num_days() <= i64::from(lead_days)
}

/// Raises every warning sign, in the order of days and kinds, and adds each to its episode's `red_flags`.
#[must_use]
pub fn raise(
    notes: &[ReadNote<'_>],
    groups: &mut [Grouped],
    load_days: &[LoadDay],
    settings: &Settings,
) -> Vec<Warning> {
    let begun: Vec<(NaiveDate, Side)> =
        groups.iter().map(|grouped| (grouped.episode.onset, grouped.episode.side)).collect();
    let visits = visits(notes);
    let mut warnings = Vec::new();
    for (position, grouped) in groups.iter_mut().enumerate() {
        let raised = signs_of(notes, grouped, &begun[..position], load_days, settings);
        // A sign that takes more than one note to count is not the episode's yet.
        grouped.episode.red_flags = raised.keys().copied().collect();
        warnings.extend(warnings_of(notes, &visits, &grouped.episode, &raised, settings));
    }
    let in_episode: BTreeSet<usize> = groups.iter().flat_map(|grouped| grouped.notes.iter().copied()).collect();
    // An emergency stands by itself, with or without hip pain; the latest note of each kind is kept.
    let mut alone: BTreeMap<RedFlag, usize> = BTreeMap::new();
    for (index, note) in notes.iter().enumerate().filter(|(index, _)| !in_episode.contains(index)) {
        for flag in note.reading.counted_flags().filter(|flag| flag.stands_alone() || !note.reading.hip) {
            alone.insert(flag, index);
        }
    }
    warnings.extend(alone.into_iter().map(|(flag, index)| Warning {
        flag,
        priority: priority(flag, &|_| false, notes[index].reading.sudden_weakness),
        note_date: notes[index].date,
        text: notes[index].text.to_owned(),
        episode: None,
        cleared_on: denied_on(notes, flag, notes[index].date),
        seen_on: None,
    }));
    warnings.sort_by_key(|warning| (warning.note_date, warning.flag, warning.episode.clone()));
    warnings
}

/// The signs of an episode, each with the notes that raised it.
fn signs_of(
    notes: &[ReadNote<'_>],
    grouped: &Grouped,
    earlier: &[(NaiveDate, Side)],
    load_days: &[LoadDay],
    settings: &Settings,
) -> BTreeMap<RedFlag, Raised> {
    let mut signs = single::signs(notes, grouped, load_days, settings);
    let first = grouped.notes.first().copied();
    let mut add = |flag: RedFlag, last: Option<usize>| {
        let (Some(first), Some(last)) = (first, last) else { return };
        let known = signs.entry(flag).or_insert(Raised { first, last });
        if notes[last].date > notes[known.last].date {
            known.last = last;
        }
    };
    add(RedFlag::Persistent, course::persistent(notes, grouped, settings));
    add(RedFlag::Worsening, course::worsening(notes, grouped, settings));
    add(RedFlag::Recurrent, first.filter(|_| course::recurrent(&grouped.episode, earlier, settings)));
    signs
}

fn warnings_of(
    notes: &[ReadNote<'_>],
    visits: &[Visit],
    episode: &Episode,
    raised: &BTreeMap<RedFlag, Raised>,
    settings: &Settings,
) -> Vec<Warning> {
    let denied: BTreeMap<RedFlag, Option<NaiveDate>> =
        raised.iter().map(|(&flag, by)| (flag, denied_on(notes, flag, notes[by.last].date))).collect();
    let limps_but_walks = single::limps_but_walks(notes, episode);
    let stands = |flag: RedFlag| {
        denied.get(&flag).is_some_and(Option::is_none) && !(flag == RedFlag::CannotBearWeight && limps_but_walks)
    };
    let sudden_weakness =
        between(notes, episode.onset, episode.end).iter().any(|note| note.reading.sudden_weakness && note.reading.hip);
    raised
        .iter()
        .map(|(&flag, by)| {
            let (first, last) = (&notes[by.first], &notes[by.last]);
            let priority = priority(flag, &stands, sudden_weakness);
            let fine_on = episode.denials.iter().copied().find(|&day| priority == Priority::P2 && day >= last.date);
            // A visit answers a sign in the course of the pain whenever in the episode it was.
            let since = if flag.is_of_the_course() { episode.onset } else { first.date };
            Warning {
                flag,
                priority,
                note_date: last.date,
                text: last.text.to_owned(),
                episode: Some(episode.id.clone()),
                cleared_on: denied[&flag].into_iter().chain(fine_on).min(),
                seen_on: seen_on(visits, episode, priority, since, settings),
            }
        })
        .collect()
}

/// The first later day with a note that denies the sign and none that still raises it.
fn denied_on(notes: &[ReadNote<'_>], flag: RedFlag, raised_on: NaiveDate) -> Option<NaiveDate> {
    let later = &notes[notes.partition_point(|note| note.date <= raised_on)..];
    later
        .iter()
        .filter(|note| note.reading.denied_flags.contains(&flag))
        .map(|note| note.date)
        .find(|&day| !between(later, day, day).iter().any(|note| note.reading.red_flags.contains(&flag)))
}

/// A day on which a note tells that a professional saw the hip.
#[derive(Clone, Copy, Debug)]
struct Visit {
    day: NaiveDate,
    /// Whether it tells what was found.
    tells_what_was_found: bool,
}

/// The visits that the notes tell of, in the order of days.
fn visits(notes: &[ReadNote<'_>]) -> Vec<Visit> {
    notes
        .iter()
        .filter(|note| note.reading.consultation || note.reading.hip && said::in_care(note))
        .map(|note| Visit { day: note.date, tells_what_was_found: said::tells_what_was_found(note) })
        .collect()
}

/// The latest visit from `since` on, within the time of the episode. For a sign to have assessed today the note has to tell
/// what was found. No visit settles an emergency: only the runner's own words do.
fn seen_on(
    visits: &[Visit],
    episode: &Episode,
    priority: Priority,
    since: NaiveDate,
    settings: &Settings,
) -> Option<NaiveDate> {
    let until = open_until(episode.end, settings);
    visits
        .iter()
        .rev()
        .skip_while(|visit| visit.day > until)
        .take_while(|visit| visit.day >= since)
        .find(|visit| match priority {
            Priority::P0 => false,
            Priority::P1 => visit.tells_what_was_found,
            _ => true,
        })
        .map(|visit| visit.day)
}
