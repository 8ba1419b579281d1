//! Warning signs over whole episodes.

use strum::IntoEnumIterator;

use super::*;
use crate::model::reading::{Quality, Reading, Region, Side, Timing};
use crate::model::warning_sign::Scope;
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

fn fine() -> Reading {
    Reading { denies_hip_pain: true, understood: true, ..Reading::default() }
}

fn scored(severity: f64) -> Reading {
    Reading { severity: Some(severity), ..pain(&[]) }
}

fn raised(notes: &[(&str, Reading)], load_days: &[&str]) -> Vec<Warning> {
    let told: Vec<(&str, &str, Reading)> =
        notes.iter().map(|(date, reading)| (*date, "words", reading.clone())).collect();
    let load_days: Vec<LoadDay> = load_days.iter().map(|text| LoadDay { date: day(text), is_warning: false }).collect();
    raised_by(&told, &load_days)
}

/// The signs raised by notes given with their texts.
fn raised_by(notes: &[(&str, &str, Reading)], load_days: &[LoadDay]) -> Vec<Warning> {
    let notes: Vec<ReadNote<'_>> = notes
        .iter()
        .map(|(date, text, reading)| ReadNote { date: day(date), text, file: "pain.md", reading })
        .collect();
    let settings = Settings::default();
    let mut groups = episodes::group(&notes, day("2026-12-31"), &settings, |_| false);
    raise(&notes, &mut groups, load_days, &settings)
}

fn flags(notes: &[(&str, Reading)]) -> BTreeSet<RedFlag> {
    raised(notes, &[]).into_iter().map(|warning| warning.flag).collect()
}

/// The reading of these words.
fn read(words: &str) -> Reading {
    crate::pain::reading::read(words, &crate::model::note::Given::default(), false)
}

pub(super) fn flags_of(notes: &[(&str, &str)]) -> BTreeSet<RedFlag> {
    let told: Vec<(&str, &str, Reading)> = notes.iter().map(|&(date, words)| (date, words, read(words))).collect();
    raised_by(&told, &[]).into_iter().map(|warning| warning.flag).collect()
}

fn priorities(notes: &[(&str, Reading)]) -> Vec<(RedFlag, Priority)> {
    raised(notes, &[]).into_iter().map(|warning| (warning.flag, warning.priority)).collect()
}

/// Notes that raise a sign of a whole log which no single note has.
const OF_EPISODES: &[(RedFlag, &[(&str, &str)])] = &[
    (RedFlag::Severe, &[("2026-03-01", "left hip 8/10")]),
    (RedFlag::SharpSudden, &[("2026-03-01", "sharp pain in the left hip 6/10")]),
    (RedFlag::Radiating, &[("2026-03-01", "left hip pain shooting down the leg")]),
    (RedFlag::FrontGroinAfterLoad, &[("2026-03-01", "left groin pain 4/10")]),
    (
        RedFlag::Worsening,
        &[("2026-03-01", "left hip 2/10"), ("2026-03-03", "left hip 4/10"), ("2026-03-05", "left hip 6/10")],
    ),
    (
        RedFlag::Recurrent,
        &[("2026-01-01", "left hip 3/10"), ("2026-02-01", "left hip 3/10"), ("2026-03-01", "left hip 3/10")],
    ),
    (
        RedFlag::FrequentCramp,
        &[
            ("2026-03-01", "cramp in the left glute"),
            ("2026-03-03", "cramp in the left glute"),
            ("2026-03-05", "cramp in the left glute"),
            ("2026-03-07", "cramp in the left glute"),
        ],
    ),
    (
        RedFlag::ExertionalCramp,
        &[("2026-03-01", "left glute cramped during the run"), ("2026-03-03", "left glute cramped during the run")],
    ),
];

#[test]
fn every_sign_of_an_episode_can_be_raised() {
    let of_episodes: BTreeSet<RedFlag> = RedFlag::iter().filter(|sign| sign.row().scope == Scope::Episode).collect();
    assert_eq!(OF_EPISODES.iter().map(|(sign, _)| *sign).collect::<BTreeSet<_>>(), of_episodes);
    let load = [LoadDay { date: day("2026-02-27"), is_warning: true }];
    for (sign, notes) in OF_EPISODES {
        let told: Vec<_> = notes.iter().map(|&(date, words)| (date, words, read(words))).collect();
        let raised: BTreeSet<RedFlag> = raised_by(&told, &load).into_iter().map(|warning| warning.flag).collect();
        assert!(raised.contains(sign), "{sign:?}: {raised:?}");
    }
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
fn three_painful_days_over_five_are_persistent_unless_it_eased_or_settled_between() {
    let lasting = |days: &[(&str, f64)]| {
        let notes: Vec<(&str, Reading)> = days.iter().map(|&(day, score)| (day, scored(score))).collect();
        flags(&notes).contains(&RedFlag::Persistent)
    };
    assert!(lasting(&[("2026-03-01", 3.0), ("2026-03-04", 2.0), ("2026-03-06", 3.0)]));
    assert!(!lasting(&[("2026-03-01", 3.0), ("2026-03-03", 3.0), ("2026-03-05", 3.0)]), "four days");
    assert!(!lasting(&[("2026-03-01", 3.0), ("2026-03-06", 3.0)]), "two notes");
    assert!(!lasting(&[("2026-03-01", 3.0), ("2026-03-02", 3.0), ("2026-03-07", 3.0)]), "five days between");
    assert!(!lasting(&[("2026-03-01", 3.0), ("2026-03-04", 4.0), ("2026-03-07", 2.0)]), "eased");
    // Without a score, nothing says that the pain eased.
    assert!(
        flags(&[("2026-03-01", pain(&[])), ("2026-03-04", pain(&[])), ("2026-03-08", pain(&[]))])
            .contains(&RedFlag::Persistent)
    );
    let settled =
        [("2026-03-01", scored(3.0)), ("2026-03-03", fine()), ("2026-03-04", scored(3.0)), ("2026-03-06", scored(3.0))];
    assert!(!flags(&settled).contains(&RedFlag::Persistent));
}

#[test]
fn over_a_fortnight_is_persistent_even_where_it_eases() {
    let weekly = |gap: u64, times: u64| {
        let days: Vec<String> =
            (0..times).map(|nth| (day("2026-03-01") + chrono::Days::new(gap * nth)).to_string()).collect();
        let scores = [4.0, 3.0, 2.0, 1.0, 1.0];
        let notes: Vec<(&str, Reading)> =
            days.iter().zip(scores).map(|(day, score)| (day.as_str(), scored(score))).collect();
        flags(&notes).contains(&RedFlag::Persistent)
    };
    assert!(weekly(7, 4) && weekly(5, 4));
    assert!(!weekly(7, 3), "fourteen days are not more than fourteen");
    assert!(!weekly(8, 4), "eight days between");
}

#[test]
fn scores_worsen_where_the_last_stands_two_above_the_first_without_a_fall_between() {
    let worse = |scores: &[f64]| {
        let days = ["2026-03-01", "2026-03-03", "2026-03-08", "2026-03-12", "2026-03-20", "2026-03-22"];
        let notes: Vec<(&str, Reading)> = days.iter().zip(scores).map(|(day, score)| (*day, scored(*score))).collect();
        flags(&notes).contains(&RedFlag::Worsening)
    };
    assert!(worse(&[3.0, 3.0, 4.0, 4.0, 5.0]), "with plateaus");
    assert!(worse(&[2.0, 3.5, 3.0, 4.0]), "a small fall");
    assert!(!worse(&[3.0, 5.0]), "two scores");
    assert!(!worse(&[3.0, 4.0, 4.5]), "less than two");
    assert!(!worse(&[2.0, 5.0, 3.0, 4.0]), "a fall of two");
    assert!(!worse(&[2.0, 3.0, 5.0, 1.0]), "eased");
    let settled =
        [("2026-03-01", scored(1.0)), ("2026-03-02", fine()), ("2026-03-03", scored(3.0)), ("2026-03-04", scored(3.0))];
    assert!(!flags(&settled).contains(&RedFlag::Worsening));
}

#[test]
fn the_third_episode_of_a_side_within_a_year_is_recurrent() {
    let of = |side: Side| Reading { side: Some(side), ..pain(&[]) };
    let recurrent = |notes: &[(&str, Side)]| {
        let notes: Vec<(&str, Reading)> = notes.iter().map(|&(day, side)| (day, of(side))).collect();
        let found = raised(&notes, &[]).into_iter().find(|warning| warning.flag == RedFlag::Recurrent);
        found.and_then(|warning| warning.episode)
    };
    let (left, right) = (Side::Left, Side::Right);
    let third = [("2026-01-10", left), ("2026-05-10", left), ("2027-01-10", left)];
    assert_eq!(recurrent(&third).as_deref(), Some("2027-01-10/left"));
    assert_eq!(recurrent(&[("2026-01-09", left), ("2026-05-10", left), ("2027-01-10", left)]), None, "366 days");
    assert_eq!(recurrent(&[("2026-01-10", left), ("2026-05-10", right), ("2026-12-10", left)]), None, "two sides");
    assert_eq!(recurrent(&third[..2]), None);
}

#[test]
fn severe_is_said_of_pain_and_not_of_muscles_that_have_worked() {
    assert_eq!(raised(&[("2026-03-01", scored(7.0))], &[])[0].flag, RedFlag::Severe);
    assert!(raised(&[("2026-03-01", scored(6.9))], &[]).is_empty());
    assert!(flags_of(&[("2026-03-01", "left hip in agony tonight")]).contains(&RedFlag::Severe));
    assert!(flags_of(&[("2026-03-01", "half marathon, glutes and hips super sore")]).is_empty());
}

#[test]
fn a_lost_night_counts_from_four_of_ten_or_the_second_time() {
    let night = |score: Option<f64>| Reading { severity: score, ..pain(&[RedFlag::NightOrSleep]) };
    assert!(flags(&[("2026-03-01", night(Some(3.0)))]).is_empty());
    assert!(flags(&[("2026-03-01", night(None))]).is_empty());
    assert_eq!(flags(&[("2026-03-01", night(Some(4.0)))]), [RedFlag::NightOrSleep].into());
    assert_eq!(flags(&[("2026-03-01", night(None)), ("2026-03-02", night(Some(1.0)))]), [RedFlag::NightOrSleep].into());
    assert_eq!(flags_of(&[("2026-03-01", "left hip pain woke me every night this week")]).len(), 1);
    let stiff = [("2026-03-01", "woke up with both hips stiff"), ("2026-03-04", "hips stiff when I woke up")];
    assert!(flags_of(&stiff).is_empty());
}

#[test]
fn one_slight_sharp_pain_that_has_gone_is_no_sign() {
    let sharp = |score: f64| Reading { qualities: [Quality::Sharp].into(), ..scored(score) };
    let told = |words: &'static str, reading: Reading| {
        raised_by(&[("2026-03-01", words, reading)], &[]).iter().any(|warning| warning.flag == RedFlag::SharpSudden)
    };
    assert!(!told("one sharp step 2/10, then gone", sharp(2.0)));
    assert!(told("sharp 2/10 on every other step", sharp(2.0)), "nothing says that it went");
    assert!(told("sharp 5/10, then gone", sharp(5.0)));
    let popped = Reading { red_flags: [RedFlag::Pop].into(), ..sharp(2.0) };
    assert!(told("a pop, sharp 2/10, then gone", popped));
    let twice = [("2026-03-01", sharp(2.0)), ("2026-03-02", sharp(2.0)), ("2026-03-03", fine())];
    assert!(flags(&twice).contains(&RedFlag::SharpSudden));
    assert!(flags(&[("2026-03-01", sharp(2.0)), ("2026-03-02", fine())]).is_empty());
}

#[test]
fn groin_pain_on_walking_is_for_today_and_sore_buttocks_on_a_walk_are_not() {
    let hurts = |region, timing| Reading { region: Some(region), timing: [timing].into(), ..scored(2.0) };
    let groin = raised(&[("2026-03-01", hurts(Region::FrontGroin, Timing::WeightBearing))], &[]);
    assert_eq!((groin[0].flag, groin[0].priority), (RedFlag::CannotBearWeight, Priority::P1));
    assert!(flags(&[("2026-03-01", hurts(Region::Buttock, Timing::WeightBearing))]).is_empty());
    assert!(
        flags_of(&[("2026-03-01", "right groin 4/10, sore even walking to the shops")])
            .contains(&RedFlag::CannotBearWeight)
    );
    let denied = Reading {
        denied_flags: [RedFlag::CannotBearWeight].into(),
        ..hurts(Region::FrontGroin, Timing::WeightBearing)
    };
    assert!(flags(&[("2026-03-01", denied)]).is_empty());
}

#[test]
fn groin_pain_after_a_rise_counts_by_strength_repetition_or_the_size_of_the_rise() {
    let groin = |score: Option<f64>| Reading { region: Some(Region::FrontGroin), severity: score, ..pain(&[]) };
    let flagged = |notes: &[(&str, Reading)], load: &str, is_warning: bool| {
        let told: Vec<(&str, &str, Reading)> =
            notes.iter().map(|(date, reading)| (*date, "words", reading.clone())).collect();
        raised_by(&told, &[LoadDay { date: day(load), is_warning }])
            .iter()
            .any(|warning| warning.flag == RedFlag::FrontGroinAfterLoad)
    };
    let strong = [("2026-03-15", groin(Some(3.0)))];
    assert!(flagged(&strong, "2026-03-01", false) && flagged(&strong, "2026-03-15", false));
    assert!(!flagged(&strong, "2026-02-28", false) && !flagged(&strong, "2026-03-16", false));
    let slight = [("2026-03-15", groin(Some(1.0)))];
    assert!(!flagged(&slight, "2026-03-10", false));
    assert!(flagged(&slight, "2026-03-10", true));
    let again = [("2026-03-15", groin(Some(1.0))), ("2026-03-18", groin(Some(1.0)))];
    assert!(flagged(&again, "2026-03-03", false), "fourteen days before the first");
    assert!(!flagged(&[("2026-03-15", groin(None))], "2026-03-10", false));
}

#[test]
fn a_sign_for_today_leads_for_four_weeks_and_one_for_soon_for_one() {
    let reading = pain(&[RedFlag::Fever, RedFlag::DailyActivities]);
    let notes = [ReadNote { date: day("2026-03-01"), text: "", file: "", reading: &reading }];
    let settings = Settings::default();
    let mut groups = episodes::group(&notes, day("2026-03-02"), &settings, |_| false);
    let warnings = raise(&notes, &mut groups, &[], &settings);
    let of = |flag| warnings.iter().find(|warning| warning.flag == flag).expect("a sign");
    let (today, soon) = (of(RedFlag::Fever), of(RedFlag::DailyActivities));
    let mut episode = groups[0].episode.clone();
    assert!(leads(today, Some(&episode), day("2026-03-14"), &settings));
    assert!(leads(soon, Some(&episode), day("2026-03-14"), &settings));
    episode.open = false;
    assert!(leads(today, Some(&episode), day("2026-03-29"), &settings));
    assert!(!leads(today, Some(&episode), day("2026-03-30"), &settings));
    assert!(leads(soon, Some(&episode), day("2026-03-08"), &settings));
    assert!(!leads(soon, Some(&episode), day("2026-03-09"), &settings));
}

#[test]
fn a_fine_note_ends_what_asks_for_a_doctor_soon_and_nothing_more_urgent() {
    let ends = |flag: RedFlag, fine_day: &str| {
        let told = raised(&[("2026-03-01", pain(&[flag])), (fine_day, fine())], &[]);
        told.into_iter().find(|warning| warning.flag == flag).expect("a sign").cleared_on
    };
    assert_eq!(ends(RedFlag::DailyActivities, "2026-03-04"), Some(day("2026-03-04")));
    assert_eq!(ends(RedFlag::DailyActivities, "2026-03-01"), Some(day("2026-03-01")), "the later line of the day");
    assert_eq!(ends(RedFlag::CannotBearWeight, "2026-03-04"), None);
    assert_eq!(ends(RedFlag::SaddleNumbness, "2026-03-04"), None);
    let again = [
        ("2026-03-01", pain(&[RedFlag::DailyActivities])),
        ("2026-03-02", fine()),
        ("2026-03-03", pain(&[RedFlag::DailyActivities])),
    ];
    assert_eq!(raised(&again, &[])[0].cleared_on, None);
}

#[test]
fn a_visit_turns_a_sign_for_soon_and_what_was_found_one_for_today() {
    let visit = |words: &'static str| {
        let seen = Reading { consultation: true, understood: true, ..Reading::default() };
        let told = [
            (
                "2026-03-01",
                "words",
                pain(&[RedFlag::DailyActivities, RedFlag::CannotBearWeight, RedFlag::BowelBladder]),
            ),
            ("2026-03-03", words, seen),
        ];
        raised_by(&told, &[]).into_iter().map(|warning| (warning.priority, warning.seen_on)).collect::<BTreeSet<_>>()
    };
    let on = Some(day("2026-03-03"));
    let soon_alone = [(Priority::P0, None), (Priority::P1, None), (Priority::P2, on)];
    assert_eq!(visit("saw the physio about the hip"), soon_alone.into());
    let found = [(Priority::P0, None), (Priority::P1, on), (Priority::P2, on)];
    assert_eq!(visit("saw the GP about the hip, a strain"), found.into());
    // What appears after the visit is new; that the pain continues was the reason for the visit.
    let seen = Reading { consultation: true, ..scored(3.0) };
    let after = [
        ("2026-03-01", seen),
        ("2026-03-04", scored(3.0)),
        ("2026-03-07", Reading { severity: Some(3.0), ..pain(&[RedFlag::NumbnessTingling]) }),
    ];
    let told: Vec<_> = raised(&after, &[]).into_iter().map(|warning| (warning.flag, warning.seen_on)).collect();
    let first = Some(day("2026-03-01"));
    assert_eq!(told, [(RedFlag::NumbnessTingling, None), (RedFlag::Persistent, first)]);
}

#[test]
fn who_is_in_care_has_been_seen() {
    let words = "the usual left hip ache 2/10, physio pleased with it";
    let days = ["2026-03-01", "2026-03-08", "2026-03-15", "2026-03-22"];
    let told: Vec<(&str, &str, Reading)> = days.iter().map(|&day| (day, words, read(words))).collect();
    let warnings = raised_by(&told, &[]);
    assert!(!warnings.is_empty() && warnings.iter().all(|warning| warning.seen_on == Some(day("2026-03-22"))));
}

#[test]
fn a_limp_of_somebody_who_got_up_and_walks_leaves_a_fall_for_today() {
    let of_the_fall = |notes: &[(&str, &str)]| {
        let told: Vec<(&str, &str, Reading)> = notes.iter().map(|&(date, words)| (date, words, read(words))).collect();
        raised_by(&told, &[]).into_iter().find(|sign| sign.flag == RedFlag::Trauma).expect("a fall").priority
    };
    let fell = ("2026-03-01", "slipped on the rocks and landed square on my right hip");
    let walks = ("2026-03-02", "right hip 5/10, walking is ok");
    assert_eq!(of_the_fall(&[fell, walks, ("2026-03-04", "right hip 5/10, limping first thing")]), Priority::P1);
    assert_eq!(of_the_fall(&[fell, ("2026-03-04", "right hip 5/10, limping first thing")]), Priority::P0);
    let worse = ("2026-03-04", "right hip 8/10, can't put weight on it");
    assert_eq!(of_the_fall(&[fell, walks, worse]), Priority::P0);
}

#[test]
fn a_stiff_gait_after_a_long_run_is_of_muscles_where_both_sides_are_sore() {
    let both = |words: &'static str, side: Side| {
        let reading = read(words);
        assert!(reading.hip, "{words}");
        Reading { side: Some(side), ..reading }
    };
    let raised = |side: Side, words: &'static str, load: &str| {
        let told = [
            ("2026-03-02", "words", both("hips and quads like concrete", side)),
            ("2026-03-03", "words", both(words, side)),
        ];
        let load = LoadDay { date: day(load), is_warning: true };
        raised_by(&told, &[load]).iter().any(|sign| sign.flag == RedFlag::CannotBearWeight)
    };
    let gait = "hips sore, walking like a cowboy";
    assert!(!raised(Side::Both, gait, "2026-03-01"));
    assert!(raised(Side::Left, gait, "2026-03-01"), "one side");
    assert!(raised(Side::Both, gait, "2026-02-26"), "too long after");
    assert!(raised(Side::Both, "hips sore, can't put weight on them", "2026-03-01"), "more than a gait");
}

#[test]
fn a_visit_that_is_only_headed_by_who_was_seen_counts() {
    let told = [
        ("2026-03-01", "right hip 4/10"),
        ("2026-03-04", "right hip 4/10"),
        ("2026-03-08", "right hip 4/10"),
        ("2026-03-09", "Sports doctor about the hip: tendon, easy running allowed"),
    ];
    let told: Vec<(&str, &str, Reading)> = told.iter().map(|&(date, words)| (date, words, read(words))).collect();
    let warnings = raised_by(&told, &[]);
    assert!(
        !warnings.is_empty() && warnings.iter().all(|sign| sign.seen_on == Some(day("2026-03-09"))),
        "{warnings:?}"
    );
}
