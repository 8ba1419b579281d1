//! Signs that single notes of an episode raise, and when it takes more than one note.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::said;
use super::thresholds::{
    FREQUENT_CRAMP_DAYS, GROIN_SCORE, LOAD_BEFORE_DAYS, NIGHT_SCORE, RISING_SCORE, SEVERE_SCORE, SHARP_ONCE_SCORE,
    SORE_AFTER_LOAD_DAYS,
};
use super::{LoadDay, Raised};
use crate::model::episode::Episode;
use crate::model::reading::{Quality, Reading, Region, Side, Timing};
use crate::model::threshold::Settings;
use crate::model::warning_sign::RedFlag;
use crate::pain::episodes::Grouped;
use crate::pain::{ReadNote, between};

/// The signs that the words and scores of an episode's notes raise.
pub(super) fn signs(
    notes: &[ReadNote<'_>],
    grouped: &Grouped,
    load_days: &[LoadDay],
    settings: &Settings,
) -> BTreeMap<RedFlag, Raised> {
    let mut signs = BTreeMap::new();
    let of = |says: &dyn Fn(&ReadNote<'_>) -> bool| -> Vec<usize> {
        grouped.notes.iter().copied().filter(|&index| says(&notes[index])).collect()
    };
    let mut raise = |flag: RedFlag, by: &[usize]| {
        if let (Some(&first), Some(&last)) = (by.first(), by.last()) {
            signs.insert(flag, Raised { first, last });
        }
    };
    let read: BTreeSet<RedFlag> =
        grouped.notes.iter().flat_map(|&index| notes[index].reading.red_flags.iter().copied()).collect();
    let fell = read.contains(&RedFlag::Trauma);
    for flag in read {
        let by = of(&|note| note.reading.red_flags.contains(&flag));
        match flag {
            RedFlag::NightOrSleep | RedFlag::CannotBearWeight => {}
            RedFlag::SkinColour => raise(flag, &skin_colours(notes, &by, fell)),
            RedFlag::DailyActivities => raise(flag, &hindrances(notes, &by, settings)),
            _ => raise(flag, &by),
        }
    }
    let under_weight =
        of(&|note| hurts_under_weight(note) || note.reading.red_flags.contains(&RedFlag::CannotBearWeight));
    if !is_soreness_of_both_sides(notes, grouped, load_days, settings) {
        raise(RedFlag::CannotBearWeight, &under_weight);
    }
    let severe = settings.in_unit(&SEVERE_SCORE);
    raise(
        RedFlag::Severe,
        &of(&|note| said::severe_pain(note) || note.reading.severity.is_some_and(|score| score >= severe)),
    );
    raise(RedFlag::Radiating, &of(&|note| note.reading.region == Some(Region::Radiating)));
    raise(RedFlag::Worsening, &of(&|note| note.reading.worsening_words));
    // "Again" while it still hurts from before is no coming back.
    let onset = grouped.episode.onset;
    let comes_back = |note: &ReadNote<'_>| note.date == onset || !said::only_again(note);
    raise(RedFlag::Recurrent, &of(&|note| note.reading.recurrent_words && comes_back(note)));
    raise(RedFlag::SharpSudden, &sharp(notes, &of(&|note| is_sharp(note.reading)), grouped, settings));
    raise(RedFlag::NightOrSleep, &nights(notes, &of(&disturbs_sleep), settings));
    raise(RedFlag::FrontGroinAfterLoad, &groin_after_load(notes, &of(&is_groin), load_days, settings));

    let cramps = of(&|note| is_cramp(note.reading));
    if days(notes, &cramps).len() >= settings.get(&FREQUENT_CRAMP_DAYS) as usize {
        raise(RedFlag::FrequentCramp, &cramps);
    } else {
        raise(RedFlag::FrequentCramp, &of(&|note| note.reading.frequent_cramp));
    }
    let exertional = of(&|note| is_cramp(note.reading) && note.reading.timing.contains(&Timing::DuringRun));
    if days(notes, &exertional).len() >= 2 {
        raise(RedFlag::ExertionalCramp, &exertional);
    }
    signs
}

fn days(notes: &[ReadNote<'_>], indices: &[usize]) -> BTreeSet<NaiveDate> {
    indices.iter().map(|&index| notes[index].date).collect()
}

fn is_cramp(reading: &Reading) -> bool {
    reading.qualities.contains(&Quality::Cramp) || reading.qualities.contains(&Quality::Spasm)
}

/// A cramp, and nothing else, that has gone.
fn was_a_cramp(note: &ReadNote<'_>) -> bool {
    let brief = |one: &Quality| matches!(one, Quality::Cramp | Quality::Spasm | Quality::Twinge | Quality::Tight);
    is_cramp(note.reading) && note.reading.qualities.iter().all(brief) && said::has_gone(note)
}

/// The notes of a changed skin. A bruise where somebody fell is the fall's, which is a sign of its own.
fn skin_colours(notes: &[ReadNote<'_>], coloured: &[usize], fell: bool) -> Vec<usize> {
    coloured.iter().copied().filter(|&index| !(fell && said::only_bruised(&notes[index]))).collect()
}

/// The notes of a daily life made hard. A mild pain in getting up from a bed or a sofa counts on its second day.
fn hindrances(notes: &[ReadNote<'_>], hindered: &[usize], settings: &Settings) -> Vec<usize> {
    let mild = |index: &usize| {
        let note = &notes[*index];
        note.reading.severity.is_some_and(|score| score < settings.in_unit(&RISING_SCORE)) && said::only_rises(note)
    };
    if days(notes, hindered).len() >= 2 {
        hindered.to_vec()
    } else {
        hindered.iter().copied().filter(|index| !mild(index)).collect()
    }
}

fn is_sharp(reading: &Reading) -> bool {
    reading.sudden || reading.qualities.contains(&Quality::Sharp)
}

fn is_groin(note: &ReadNote<'_>) -> bool {
    note.reading.region == Some(Region::FrontGroin)
}

/// Whether the groin or the front of the hip hurts in walking, on stairs or in standing on the leg, where a bone may
/// be hurt; sore buttocks on a walk are trained muscles. Muscles that are no more than tight do not count.
fn hurts_under_weight(note: &ReadNote<'_>) -> bool {
    let reading = note.reading;
    let only_tight = reading.severity.is_none()
        && !reading.qualities.is_empty()
        && reading.qualities.iter().all(|one| matches!(one, Quality::Tight | Quality::Stiff));
    is_groin(note)
        && !only_tight
        && !was_a_cramp(note)
        && !reading.denied_flags.contains(&RedFlag::CannotBearWeight)
        && (reading.timing.contains(&Timing::WeightBearing)
            || reading.red_flags.contains(&RedFlag::DailyActivities) && said::under_weight(note))
}

/// Whether the notes of an episode's time tell of no more than a limp, and one says that the runner could walk.
pub(super) fn limps_but_walks(notes: &[ReadNote<'_>], episode: &Episode) -> bool {
    let of_its_time = || between(notes, episode.onset, episode.end).iter();
    let limps_at_most = |note: &ReadNote<'_>| {
        let reading = note.reading;
        !hurts_under_weight(note) && (reading.only_limps || !reading.red_flags.contains(&RedFlag::CannotBearWeight))
    };
    of_its_time().all(limps_at_most)
        && of_its_time().any(|note| note.reading.denied_flags.contains(&RedFlag::CannotBearWeight))
}

/// Whether an episode is one of trained muscles: both sides are no more than sore, stiff or tight, a day or two after
/// a run longer than usual, with nothing worse than a stiff gait.
fn is_soreness_of_both_sides(
    notes: &[ReadNote<'_>],
    grouped: &Grouped,
    load_days: &[LoadDay],
    settings: &Settings,
) -> bool {
    let onset = grouped.episode.onset;
    let reach = Days::new(u64::from(settings.get(&SORE_AFTER_LOAD_DAYS)));
    let after_load = load_days.iter().any(|load| (onset - reach..=onset).contains(&load.date));
    let muscles = [Quality::Sore, Quality::Stiff, Quality::Tight, Quality::Ache, Quality::Tender];
    let harmless = [RedFlag::CannotBearWeight, RedFlag::DailyActivities, RedFlag::Persistent];
    let is_sore = |&index: &usize| {
        let reading = notes[index].reading;
        matches!(reading.side, Some(Side::Both | Side::Unknown))
            && !matches!(reading.region, Some(Region::FrontGroin | Region::Radiating))
            && reading.qualities.iter().all(|quality| muscles.contains(quality))
            && reading.red_flags.iter().all(|flag| harmless.contains(flag))
            && (reading.only_limps || !reading.red_flags.contains(&RedFlag::CannotBearWeight))
            && reading.severity.is_none_or(|score| score < settings.in_unit(&SEVERE_SCORE))
    };
    after_load
        && grouped.notes.iter().all(is_sore)
        && grouped.notes.iter().any(|&index| notes[index].reading.side == Some(Side::Both))
}

/// The notes of sharp pain; none where a single note tells of slight pain that has gone.
fn sharp(notes: &[ReadNote<'_>], sharp: &[usize], grouped: &Grouped, settings: &Settings) -> Vec<usize> {
    let [only] = sharp else { return sharp.to_vec() };
    let note = &notes[*only];
    let slight = note.reading.severity.is_some_and(|score| score <= settings.in_unit(&SHARP_ONCE_SCORE));
    let with_a_pop = grouped.notes.iter().any(|&index| {
        notes[index].reading.red_flags.contains(&RedFlag::Pop) || notes[index].reading.qualities.contains(&Quality::Pop)
    });
    let gone = said::has_gone(note) || grouped.episode.denials.iter().any(|&denied| denied >= note.date);
    if slight && gone && !with_a_pop { Vec::new() } else { sharp.to_vec() }
}

/// Whether pain wakes the runner or keeps them awake. Waking up stiff means having slept.
fn disturbs_sleep(note: &ReadNote<'_>) -> bool {
    let reading = note.reading;
    let only_stiff = !reading.qualities.is_empty()
        && reading.qualities.iter().all(|one| matches!(one, Quality::Tight | Quality::Stiff));
    reading.red_flags.contains(&RedFlag::NightOrSleep) && !(only_stiff && said::woke_stiff(note))
}

/// The notes of disturbed nights, where there are two or the pain is strong enough for one to count.
fn nights(notes: &[ReadNote<'_>], disturbed: &[usize], settings: &Settings) -> Vec<usize> {
    let strong = |index: &usize| {
        let reading = notes[*index].reading;
        reading.severity.is_some_and(|score| score >= settings.in_unit(&NIGHT_SCORE))
            || said::severe_pain(&notes[*index])
    };
    let repeated = |index: &usize| said::more_than_once(&notes[*index]);
    let counts = days(notes, disturbed).len() >= 2 || disturbed.iter().any(|index| strong(index) || repeated(index));
    if counts { disturbed.to_vec() } else { Vec::new() }
}

/// The notes of front or groin pain after a rise in running: all of them after a rise that is a warning, else those
/// with a high enough score and those from the second day on.
fn groin_after_load(notes: &[ReadNote<'_>], groin: &[usize], load_days: &[LoadDay], settings: &Settings) -> Vec<usize> {
    let Some(onset) = groin.first().map(|&index| notes[index].date) else { return Vec::new() };
    let reach = Days::new(u64::from(settings.get(&LOAD_BEFORE_DAYS)));
    let score = settings.in_unit(&GROIN_SCORE);
    let counts = |index: &usize| {
        let note = &notes[*index];
        let before = |load: &&LoadDay| {
            (note.date - reach..=note.date).contains(&load.date) || (onset - reach..=onset).contains(&load.date)
        };
        let mut rises = load_days.iter().filter(before).peekable();
        rises.peek().is_some()
            && (note.date > onset
                || note.reading.severity.is_some_and(|given| given >= score)
                || rises.any(|load| load.is_warning))
    };
    groin.iter().copied().filter(|index| counts(index)).collect()
}
