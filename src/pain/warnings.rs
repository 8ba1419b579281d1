//! Warning signs: what single notes raise, what an episode adds up to, how urgent each is, and how long it leads.
//!
//! Priorities follow the guidance's red flags. A word that is not known never lowers one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::ReadNote;
use super::episodes::Grouped;
use crate::model::episode::{Episode, Warning};
use crate::model::finding::Unit;
use crate::model::reading::{Flag, Priority, Quality, Reading, Region, Timing};
use crate::model::threshold::{Origin, Settings, Threshold};

/// A score from which pain counts as severe.
const SEVERE_SCORE: Threshold = Threshold {
    key: "severe_score",
    default: 70,
    unit: Unit::Score,
    origin: Origin::Default,
    configurable: false,
    meaning: "a pain score from here up counts as severe; no guidance text gives a number",
};

/// Days from first to last painful note from which an episode counts as persistent.
const PERSISTENT_DAYS: Threshold = Threshold {
    key: "persistent_days",
    default: 2,
    unit: Unit::Days,
    origin: Origin::Guidance,
    configurable: false,
    meaning: "pain noted again so many days after the onset counts as persistent",
};

/// Two onsets within so many days are a recurrence.
const RECURRENT_DAYS: Threshold = Threshold {
    key: "recurrent_days",
    default: 365,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: false,
    meaning: "two episodes within so many days count as recurrent",
};

/// Cramp on so many days of an episode is frequent.
const FREQUENT_CRAMP_DAYS: Threshold = Threshold {
    key: "frequent_cramp_days",
    default: 3,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: false,
    meaning: "cramp on so many days of an episode counts as frequent; no guidance text gives a number",
};

/// Scores that climb over so many scored days in a row are worsening.
const WORSENING_SCORES: Threshold = Threshold {
    key: "worsening_scores",
    default: 3,
    unit: Unit::Count,
    origin: Origin::Default,
    configurable: false,
    meaning: "so many scores in a row, each higher than the one before, count as worsening",
};

/// Scores that climb by less than this are not worsening.
const WORSENING_RISE: Threshold = Threshold {
    key: "worsening_rise",
    default: 20,
    unit: Unit::Score,
    origin: Origin::Default,
    configurable: false,
    meaning: "scores that climb by less than this over those days do not count as worsening",
};

/// How many days before an onset a jump or spike still counts for front or groin pain.
const LOAD_BEFORE_DAYS: Threshold = Threshold {
    key: "groin_after_load_days",
    default: 14,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: false,
    meaning: "front or groin pain with a jump or spike in so many days before counts as a warning sign",
};

/// How long a sign other than an emergency leads the report after its episode ended.
const LEAD_DAYS: Threshold = Threshold {
    key: "warning_lead_days",
    default: 28,
    unit: Unit::Days,
    origin: Origin::Default,
    configurable: false,
    meaning: "warning signs lead the report for so many days after their episode ended; emergencies until denied",
};

/// Every number the signs are held against.
pub const THRESHOLDS: [&Threshold; 8] = [
    &SEVERE_SCORE,
    &PERSISTENT_DAYS,
    &RECURRENT_DAYS,
    &FREQUENT_CRAMP_DAYS,
    &WORSENING_SCORES,
    &WORSENING_RISE,
    &LOAD_BEFORE_DAYS,
    &LEAD_DAYS,
];

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
    let mut alone: BTreeMap<Flag, usize> = BTreeMap::new();
    for (index, note) in notes.iter().enumerate().filter(|(index, _)| !in_episode.contains(index)) {
        for &flag in note.reading.red_flags.iter().filter(|&&flag| is_emergency_alone(flag)) {
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

fn is_emergency_alone(flag: Flag) -> bool {
    matches!(flag, Flag::BowelBladder | Flag::SaddleNumbness)
}

/// The signs of an episode, each with the position of the latest note that raised it.
fn signs_of(
    notes: &[ReadNote<'_>],
    grouped: &Grouped,
    earlier_onsets: &[NaiveDate],
    load_days: &[NaiveDate],
    settings: &Settings,
) -> BTreeMap<Flag, usize> {
    let episode = &grouped.episode;
    let mut signs = BTreeMap::new();
    let each = |signs: &mut BTreeMap<Flag, usize>, flag: Flag, says: &dyn Fn(&Reading) -> bool| {
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
    each(&mut signs, Flag::Severe, &|reading| {
        reading.severe_words || reading.severity.is_some_and(|score| score >= severe)
    });
    each(&mut signs, Flag::SharpSudden, &|reading| reading.sudden || reading.qualities.contains(&Quality::Sharp));
    each(&mut signs, Flag::Radiating, &|reading| reading.region == Some(Region::Radiating));
    each(&mut signs, Flag::Worsening, &|reading| reading.worsening_words);
    each(&mut signs, Flag::Recurrent, &|reading| reading.recurrent_words);
    each(&mut signs, Flag::FrequentCramp, &|reading| reading.frequent_cramp);

    let cramp_days: BTreeSet<NaiveDate> = days_with(notes, grouped, is_cramp);
    let exertional: BTreeSet<NaiveDate> =
        days_with(notes, grouped, |reading| is_cramp(reading) && reading.timing.contains(&Timing::DuringRun));
    let (Some(&first), Some(&last)) = (grouped.notes.first(), grouped.notes.last()) else { return signs };
    if cramp_days.len() >= settings.get(&FREQUENT_CRAMP_DAYS) as usize {
        signs.entry(Flag::FrequentCramp).or_insert(last);
    }
    if exertional.len() >= 2 {
        signs.insert(Flag::ExertionalCramp, last);
    }
    let undenied_stretch = longest_undenied_stretch(episode);
    if undenied_stretch >= i64::from(settings.get(&PERSISTENT_DAYS)) {
        signs.insert(Flag::Persistent, last);
    }
    if let Some(index) = climbing_scores(notes, grouped, settings) {
        signs.insert(Flag::Worsening, index);
    }
    let recurrent_days = i64::from(settings.get(&RECURRENT_DAYS));
    if earlier_onsets.iter().any(|&onset| (episode.onset - onset).num_days() <= recurrent_days) {
        signs.entry(Flag::Recurrent).or_insert(first);
    }
    let reach = episode.onset - Days::new(u64::from(settings.get(&LOAD_BEFORE_DAYS)));
    if load_days.iter().any(|&day| (reach..=episode.onset).contains(&day)) {
        each(&mut signs, Flag::FrontGroinAfterLoad, &|reading| reading.region == Some(Region::FrontGroin));
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

fn warnings_of(notes: &[ReadNote<'_>], episode: &Episode, raised: &BTreeMap<Flag, usize>) -> Vec<Warning> {
    let cleared: BTreeMap<Flag, Option<NaiveDate>> =
        raised.iter().map(|(&flag, &index)| (flag, cleared_on(notes, flag, notes[index].date))).collect();
    let stands = |flag: Flag| cleared.get(&flag).is_some_and(Option::is_none);
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
fn cleared_on(notes: &[ReadNote<'_>], flag: Flag, raised_on: NaiveDate) -> Option<NaiveDate> {
    notes
        .iter()
        .filter(|note| note.date > raised_on && note.reading.denied_flags.contains(&flag))
        .map(|note| note.date)
        .find(|&day| !notes.iter().any(|note| note.date == day && note.reading.red_flags.contains(&flag)))
}

/// How urgent a sign is among all that stand in its episode.
fn priority(flag: Flag, stands: &dyn Fn(Flag) -> bool, sudden_weakness: bool) -> Priority {
    match flag {
        Flag::BowelBladder | Flag::SaddleNumbness => Priority::P0,
        Flag::Weakness if sudden_weakness => Priority::P0,
        Flag::Trauma if stands(Flag::CannotBearWeight) || stands(Flag::Pop) => Priority::P0,
        Flag::Weakness | Flag::Trauma | Flag::CannotBearWeight | Flag::Pop | Flag::Fever | Flag::SkinColour => {
            Priority::P1
        }
        Flag::SwellingRednessWarmth if stands(Flag::Fever) || stands(Flag::SkinColour) => Priority::P1,
        Flag::NumbnessTingling if stands(Flag::Weakness) => Priority::P1,
        Flag::SwellingRednessWarmth
        | Flag::NumbnessTingling
        | Flag::NightOrSleep
        | Flag::Persistent
        | Flag::DailyActivities
        | Flag::Severe
        | Flag::SharpSudden
        | Flag::Radiating
        | Flag::FrontGroinAfterLoad
        | Flag::Worsening
        | Flag::Recurrent
        | Flag::FrequentCramp
        | Flag::ExertionalCramp => Priority::P2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::reading::Side;
    use crate::pain::episodes;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn pain(flags: &[Flag]) -> Reading {
        Reading {
            hip: true,
            side: Some(Side::Left),
            region: Some(Region::General),
            red_flags: flags.iter().copied().collect(),
            understood: true,
            ..Reading::default()
        }
    }

    fn denying(flags: &[Flag]) -> Reading {
        Reading { denied_flags: flags.iter().copied().collect(), understood: true, ..Reading::default() }
    }

    fn raised(notes: &[(&str, Reading)], load_days: &[&str]) -> Vec<Warning> {
        let notes: Vec<ReadNote<'_>> =
            notes.iter().map(|(date, reading)| ReadNote { date: day(date), text: "words", reading }).collect();
        let load_days: Vec<NaiveDate> = load_days.iter().map(|text| day(text)).collect();
        let settings = Settings::default();
        let mut groups = episodes::group(&notes, day("2026-12-31"), &settings, |_| false);
        raise(&notes, &mut groups, &load_days, &settings)
    }

    fn priorities(notes: &[(&str, Reading)]) -> Vec<(Flag, Priority)> {
        raised(notes, &[]).into_iter().map(|warning| (warning.flag, warning.priority)).collect()
    }

    #[test]
    fn a_fall_is_for_today_and_with_a_limp_on_another_day_an_emergency() {
        assert_eq!(priorities(&[("2026-03-01", pain(&[Flag::Trauma]))]), [(Flag::Trauma, Priority::P1)]);
        let notes = [("2026-03-01", pain(&[Flag::Trauma])), ("2026-03-02", pain(&[Flag::CannotBearWeight]))];
        assert_eq!(priorities(&notes), [(Flag::Trauma, Priority::P0), (Flag::CannotBearWeight, Priority::P1)]);
    }

    #[test]
    fn combinations_raise_swelling_and_numbness() {
        assert_eq!(
            priorities(&[("2026-03-01", pain(&[Flag::SwellingRednessWarmth, Flag::NumbnessTingling]))]),
            [(Flag::SwellingRednessWarmth, Priority::P2), (Flag::NumbnessTingling, Priority::P2)]
        );
        let all = [Flag::SwellingRednessWarmth, Flag::NumbnessTingling, Flag::Fever, Flag::Weakness];
        assert!(priorities(&[("2026-03-01", pain(&all))]).iter().all(|&(_, priority)| priority == Priority::P1));
    }

    #[test]
    fn sudden_weakness_is_an_emergency() {
        let sudden = Reading { sudden_weakness: true, ..pain(&[Flag::Weakness]) };
        assert_eq!(priorities(&[("2026-03-01", sudden)]), [(Flag::Weakness, Priority::P0)]);
    }

    #[test]
    fn bladder_control_is_an_emergency_without_hip_pain() {
        let alone = Reading { red_flags: [Flag::BowelBladder].into(), understood: true, ..Reading::default() };
        let warnings = raised(&[("2026-03-01", alone)], &[]);
        assert_eq!((warnings[0].priority, warnings[0].episode.clone()), (Priority::P0, None));
        assert!(leads(&warnings[0], None, day("2030-01-01"), &Settings::default()));
    }

    #[test]
    fn a_later_note_clears_a_sign_and_a_note_of_the_same_day_does_not() {
        let notes = [("2026-03-01", pain(&[Flag::Fever])), ("2026-03-02", denying(&[Flag::Fever]))];
        assert_eq!(raised(&notes, &[])[0].cleared_on, Some(day("2026-03-02")));
        let same_day = [("2026-03-01", pain(&[Flag::Fever])), ("2026-03-01", denying(&[Flag::Fever]))];
        assert_eq!(raised(&same_day, &[])[0].cleared_on, None);
        let again = [
            ("2026-03-01", pain(&[Flag::Fever])),
            ("2026-03-02", denying(&[Flag::Fever])),
            ("2026-03-03", pain(&[Flag::Fever])),
        ];
        let fever = raised(&again, &[]).into_iter().find(|warning| warning.flag == Flag::Fever).expect("a fever");
        assert_eq!((fever.note_date, fever.cleared_on), (day("2026-03-03"), None));
    }

    #[test]
    fn pain_two_days_after_the_onset_is_persistent_unless_denied_between() {
        let flags = |notes: &[(&str, Reading)]| -> BTreeSet<Flag> {
            raised(notes, &[]).into_iter().map(|warning| warning.flag).collect()
        };
        assert!(!flags(&[("2026-03-01", pain(&[])), ("2026-03-02", pain(&[]))]).contains(&Flag::Persistent));
        assert!(flags(&[("2026-03-01", pain(&[])), ("2026-03-03", pain(&[]))]).contains(&Flag::Persistent));
        let gone = Reading { denies_hip_pain: true, ..Reading::default() };
        let denied = [("2026-03-01", pain(&[])), ("2026-03-02", gone), ("2026-03-03", pain(&[]))];
        assert!(!flags(&denied).contains(&Flag::Persistent));
    }

    #[test]
    fn what_an_episode_adds_up_to() {
        let scored = |severity| Reading { severity: Some(severity), ..pain(&[]) };
        let climbing = [("2026-03-01", scored(2.0)), ("2026-03-02", scored(3.0)), ("2026-03-03", scored(4.5))];
        let flags: BTreeSet<Flag> = raised(&climbing, &[]).into_iter().map(|warning| warning.flag).collect();
        assert_eq!(flags, [Flag::Persistent, Flag::Worsening].into());
        // A swing of half a point is no worsening, and the note that shows the rise is the one that counts.
        let swing = [("2026-03-01", scored(3.0)), ("2026-03-02", scored(3.2)), ("2026-03-03", scored(3.6))];
        assert!(raised(&swing, &[]).iter().all(|warning| warning.flag != Flag::Worsening));
        let mut risen = climbing.to_vec();
        risen.push(("2026-03-06", scored(1.0)));
        let worsening = raised(&risen, &[]).into_iter().find(|warning| warning.flag == Flag::Worsening);
        assert_eq!(worsening.map(|warning| warning.note_date), Some(day("2026-03-03")));
        let severe: Vec<Warning> = raised(&[("2026-03-01", scored(7.0))], &[]);
        assert_eq!(severe[0].flag, Flag::Severe);
        assert!(raised(&[("2026-03-01", scored(6.9))], &[]).is_empty());
        let two = raised(&[("2026-01-01", pain(&[])), ("2026-12-01", pain(&[]))], &[]);
        assert_eq!((two[0].flag, two[0].episode.as_deref()), (Flag::Recurrent, Some("2026-12-01/left")));
        assert!(raised(&[("2025-01-01", pain(&[])), ("2026-12-01", pain(&[]))], &[]).is_empty());
    }

    #[test]
    fn groin_pain_after_a_jump_asks_for_a_doctor() {
        let groin = || Reading { region: Some(Region::FrontGroin), ..pain(&[]) };
        let flag = |load: &str| raised(&[("2026-03-15", groin())], &[load]).first().map(|warning| warning.flag);
        assert_eq!(flag("2026-03-01"), Some(Flag::FrontGroinAfterLoad));
        assert_eq!(flag("2026-03-15"), Some(Flag::FrontGroinAfterLoad));
        assert_eq!(flag("2026-02-28"), None);
        assert_eq!(flag("2026-03-16"), None);
    }

    #[test]
    fn signs_lead_while_the_episode_is_open_and_for_four_weeks_after() {
        let reading = pain(&[Flag::Fever]);
        let notes = [ReadNote { date: day("2026-03-01"), text: "", reading: &reading }];
        let settings = Settings::default();
        let mut groups = episodes::group(&notes, day("2026-03-02"), &settings, |_| false);
        let warning = &raise(&notes, &mut groups, &[], &settings)[0];
        let mut episode = groups[0].episode.clone();
        assert!(leads(warning, Some(&episode), day("2026-03-02"), &settings));
        episode.open = false;
        assert!(leads(warning, Some(&episode), day("2026-03-29"), &settings));
        assert!(!leads(warning, Some(&episode), day("2026-03-30"), &settings));
    }
}
