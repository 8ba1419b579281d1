//! Warning signs over whole episodes.

use super::*;
use crate::model::reading::Side;
use crate::pain::episodes;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn pain(flags: &[RedFlag]) -> Reading {
    Reading {
        hip: true,
        side: Some(Side::Left),
        region: Some(Region::General),
        red_flags: flags.iter().copied().collect(),
        understood: true,
        ..Reading::default()
    }
}

fn denying(flags: &[RedFlag]) -> Reading {
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

fn priorities(notes: &[(&str, Reading)]) -> Vec<(RedFlag, Priority)> {
    raised(notes, &[]).into_iter().map(|warning| (warning.flag, warning.priority)).collect()
}

#[test]
fn a_fall_is_for_today_and_with_a_limp_on_another_day_an_emergency() {
    assert_eq!(priorities(&[("2026-03-01", pain(&[RedFlag::Trauma]))]), [(RedFlag::Trauma, Priority::P1)]);
    let notes = [("2026-03-01", pain(&[RedFlag::Trauma])), ("2026-03-02", pain(&[RedFlag::CannotBearWeight]))];
    assert_eq!(priorities(&notes), [(RedFlag::Trauma, Priority::P0), (RedFlag::CannotBearWeight, Priority::P1)]);
}

#[test]
fn combinations_raise_swelling_and_numbness() {
    assert_eq!(
        priorities(&[("2026-03-01", pain(&[RedFlag::SwellingRednessWarmth, RedFlag::NumbnessTingling]))]),
        [(RedFlag::SwellingRednessWarmth, Priority::P2), (RedFlag::NumbnessTingling, Priority::P2)]
    );
    let all = [RedFlag::SwellingRednessWarmth, RedFlag::NumbnessTingling, RedFlag::Fever, RedFlag::Weakness];
    assert!(priorities(&[("2026-03-01", pain(&all))]).iter().all(|&(_, priority)| priority == Priority::P1));
}

#[test]
fn sudden_weakness_is_an_emergency() {
    let sudden = Reading { sudden_weakness: true, ..pain(&[RedFlag::Weakness]) };
    assert_eq!(priorities(&[("2026-03-01", sudden)]), [(RedFlag::Weakness, Priority::P0)]);
}

#[test]
fn bladder_control_is_an_emergency_without_hip_pain() {
    let alone = Reading { red_flags: [RedFlag::BowelBladder].into(), understood: true, ..Reading::default() };
    let warnings = raised(&[("2026-03-01", alone)], &[]);
    assert_eq!((warnings[0].priority, warnings[0].episode.clone()), (Priority::P0, None));
    assert!(leads(&warnings[0], None, day("2030-01-01"), &Settings::default()));
}

#[test]
fn a_later_note_clears_a_sign_and_a_note_of_the_same_day_does_not() {
    let notes = [("2026-03-01", pain(&[RedFlag::Fever])), ("2026-03-02", denying(&[RedFlag::Fever]))];
    assert_eq!(raised(&notes, &[])[0].cleared_on, Some(day("2026-03-02")));
    let same_day = [("2026-03-01", pain(&[RedFlag::Fever])), ("2026-03-01", denying(&[RedFlag::Fever]))];
    assert_eq!(raised(&same_day, &[])[0].cleared_on, None);
    let again = [
        ("2026-03-01", pain(&[RedFlag::Fever])),
        ("2026-03-02", denying(&[RedFlag::Fever])),
        ("2026-03-03", pain(&[RedFlag::Fever])),
    ];
    let fever = raised(&again, &[]).into_iter().find(|warning| warning.flag == RedFlag::Fever).expect("a fever");
    assert_eq!((fever.note_date, fever.cleared_on), (day("2026-03-03"), None));
}

#[test]
fn pain_two_days_after_the_onset_is_persistent_unless_denied_between() {
    let flags = |notes: &[(&str, Reading)]| -> BTreeSet<RedFlag> {
        raised(notes, &[]).into_iter().map(|warning| warning.flag).collect()
    };
    assert!(!flags(&[("2026-03-01", pain(&[])), ("2026-03-02", pain(&[]))]).contains(&RedFlag::Persistent));
    assert!(flags(&[("2026-03-01", pain(&[])), ("2026-03-03", pain(&[]))]).contains(&RedFlag::Persistent));
    let gone = Reading { denies_hip_pain: true, ..Reading::default() };
    let denied = [("2026-03-01", pain(&[])), ("2026-03-02", gone), ("2026-03-03", pain(&[]))];
    assert!(!flags(&denied).contains(&RedFlag::Persistent));
}

#[test]
fn what_an_episode_adds_up_to() {
    let scored = |severity| Reading { severity: Some(severity), ..pain(&[]) };
    let climbing = [("2026-03-01", scored(2.0)), ("2026-03-02", scored(3.0)), ("2026-03-03", scored(4.5))];
    let flags: BTreeSet<RedFlag> = raised(&climbing, &[]).into_iter().map(|warning| warning.flag).collect();
    assert_eq!(flags, [RedFlag::Persistent, RedFlag::Worsening].into());
    // A swing of half a point is no worsening, and the note that shows the rise is the one that counts.
    let swing = [("2026-03-01", scored(3.0)), ("2026-03-02", scored(3.2)), ("2026-03-03", scored(3.6))];
    assert!(raised(&swing, &[]).iter().all(|warning| warning.flag != RedFlag::Worsening));
    let mut risen = climbing.to_vec();
    risen.push(("2026-03-06", scored(1.0)));
    let worsening = raised(&risen, &[]).into_iter().find(|warning| warning.flag == RedFlag::Worsening);
    assert_eq!(worsening.map(|warning| warning.note_date), Some(day("2026-03-03")));
    let severe: Vec<Warning> = raised(&[("2026-03-01", scored(7.0))], &[]);
    assert_eq!(severe[0].flag, RedFlag::Severe);
    assert!(raised(&[("2026-03-01", scored(6.9))], &[]).is_empty());
    let two = raised(&[("2026-01-01", pain(&[])), ("2026-12-01", pain(&[]))], &[]);
    assert_eq!((two[0].flag, two[0].episode.as_deref()), (RedFlag::Recurrent, Some("2026-12-01/left")));
    assert!(raised(&[("2025-01-01", pain(&[])), ("2026-12-01", pain(&[]))], &[]).is_empty());
}

#[test]
fn groin_pain_after_a_jump_asks_for_a_doctor() {
    let groin = || Reading { region: Some(Region::FrontGroin), ..pain(&[]) };
    let flag = |load: &str| raised(&[("2026-03-15", groin())], &[load]).first().map(|warning| warning.flag);
    assert_eq!(flag("2026-03-01"), Some(RedFlag::FrontGroinAfterLoad));
    assert_eq!(flag("2026-03-15"), Some(RedFlag::FrontGroinAfterLoad));
    assert_eq!(flag("2026-02-28"), None);
    assert_eq!(flag("2026-03-16"), None);
}

#[test]
fn signs_lead_while_the_episode_is_open_and_for_four_weeks_after() {
    let reading = pain(&[RedFlag::Fever]);
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
