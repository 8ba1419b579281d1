//! Situations worked out by hand from the rules of the guidance, and what has to be advised in each.

use chrono::NaiveDate;
use strum::IntoEnumIterator;

use crate::model::episode::{Episode, Warning};
use crate::model::reading::{Priority, Quality, Region, Side, Timing};
use crate::model::warning_sign::RedFlag;

use super::entry::{Kind, Means};
use super::matching::{Advice, advise};
use super::shelf::by_id;
use super::situation::{Habit, Situation};

pub(super) const LEFT: &str = "2026-03-01/left";
pub(super) const RIGHT: &str = "2026-03-02/right";
pub(super) const JUMP: (&str, &str) = ("weekly-mileage-jump", "weekly-mileage-jump/2026-02-16");
pub(super) const SPIKE: (&str, &str) = ("long-run-spike", "long-run-spike/2026-02-20");
pub(super) const FEW_REST: (&str, &str) = ("too-few-rest-days", "too-few-rest-days/2026-02-16");
pub(super) const SHOES: (&str, &str) = ("worn-shoes", "worn-shoes/ghost-15/due");
/// What every load finding brings besides its own lines, where no warning stands.
const BLOCK: [&str; 6] = ["warm-up", "cool-down", "strength", "cross-train", "sleep-hours", "signs-not-complete"];

pub(super) fn day(of_march: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, of_march).unwrap()
}

pub(super) fn episode(id: &str, region: Region, qualities: &[Quality], timing: &[Timing]) -> Episode {
    let side = if id == RIGHT { Side::Right } else { Side::Left };
    Episode {
        id: id.to_owned(),
        side,
        region,
        regions: [region].into(),
        onset: day(1),
        end: day(1),
        open: true,
        painful_days: vec![day(1)],
        denials: Vec::new(),
        peak_severity: None,
        qualities: qualities.iter().copied().collect(),
        timing: timing.iter().copied().collect(),
        red_flags: [].into(),
        consultation: false,
        stopped_running: false,
    }
}

pub(super) fn warning(flag: RedFlag, priority: Priority, episode: Option<&str>) -> Warning {
    Warning {
        flag,
        priority,
        note_date: day(1),
        text: String::new(),
        episode: episode.map(str::to_owned),
        cleared_on: None,
        seen_on: None,
    }
}

pub(super) fn ids(advice: &[Advice]) -> Vec<&str> {
    advice.iter().flat_map(|line| &line.guidance).map(String::as_str).collect()
}

pub(super) fn find<'a>(advice: &'a [Advice], id: &str) -> &'a Advice {
    advice.iter().find(|line| line.guidance == [id]).unwrap_or_else(|| panic!("{id} is not among {:?}", ids(advice)))
}

pub(super) fn has(advice: &[Advice], id: &str) -> bool {
    assert!(by_id(id).is_some(), "no entry {id}");
    ids(advice).contains(&id)
}

pub(super) fn uses(advice: &[Advice], means: &[Means]) -> bool {
    ids(advice).iter().any(|id| by_id(id).unwrap().means.iter().any(|used| means.contains(used)))
}

pub(super) fn of_kind(advice: &[Advice], kind: Kind) -> Vec<&str> {
    advice.iter().filter(|line| line.kind == kind).flat_map(|line| &line.guidance).map(String::as_str).collect()
}

/// One episode with its warnings, findings and the words of one note.
pub(super) fn one(
    episode: &Episode,
    signs: &[(RedFlag, Priority)],
    findings: &[(&str, &str)],
    note: &str,
) -> Vec<Advice> {
    let raised: Vec<(String, Warning)> = signs
        .iter()
        .map(|(flag, priority)| (format!("warning/{flag:?}"), warning(*flag, *priority, Some(&episode.id))))
        .collect();
    let warnings: Vec<(&str, &Warning)> = raised.iter().map(|(id, warning)| (id.as_str(), warning)).collect();
    let words = [(episode.id.as_str(), note)];
    let recent = [("note/2026-03-01", note)];
    advise(&Situation {
        findings,
        warnings: &warnings,
        episodes: &[episode],
        words: &words,
        recent: &recent,
        ..Situation::default()
    })
}

#[test]
fn nothing_known_nothing_advised() {
    assert_eq!(advise(&Situation::default()), []);
}

#[test]
fn a_jump_alone_brings_its_lines_and_the_prevention_block_with_the_ten_per_cent_once() {
    let advice = advise(&Situation { findings: &[JUMP], ..Situation::default() });
    let mut expected = vec!["weekly-jump", "weekly-jump-why", "keep-rest-days", "keep-shoes-fresh"];
    expected.extend(BLOCK);
    assert_eq!(ids(&advice), expected);
    assert_eq!(advice[0].priority, Priority::P4);
    assert_eq!(advice[0].because, [JUMP.1]);
    assert!(advice[0].sources.iter().any(|source| source.section == "Gradual Training Progression"));
}

#[test]
fn worn_shoes_alone_bring_no_word_of_pain() {
    let advice = advise(&Situation { findings: &[SHOES], ..Situation::default() });
    let mut expected = vec!["worn-shoes", "worn-shoes-why", "keep-to-ten-percent", "keep-rest-days"];
    expected.extend(BLOCK);
    assert_eq!(ids(&advice), expected);
}

#[test]
fn several_flags_stand_in_the_order_jump_spike_rest_days_shoes() {
    let advice = advise(&Situation { findings: &[SHOES, FEW_REST, SPIKE, JUMP], ..Situation::default() });
    assert_eq!(
        of_kind(&advice, Kind::Load),
        ["weekly-jump", "long-run-spike", "rest-days", "rest-day-active", "worn-shoes"]
    );
    // What a spike's reason says, the jump's reason has said.
    assert_eq!(of_kind(&advice, Kind::Why), ["weekly-jump-why", "rest-days-repair", "worn-shoes-why"]);
    assert!(
        !has(&advice, "keep-to-ten-percent") && !has(&advice, "keep-rest-days") && !has(&advice, "keep-shoes-fresh")
    );
}

#[test]
fn an_outer_hip_ache_gets_rest_ice_and_every_fit_but_nothing_for_cramp() {
    let advice = one(&episode(LEFT, Region::Outer, &[Quality::Ache], &[]), &[], &[], "left outer hip ache");
    assert_eq!(
        of_kind(&advice, Kind::Relief),
        [
            "three-to-five-days",
            "rest-first",
            "ice",
            "low-impact",
            "painless-movement",
            "who-physiotherapist",
            "pain-reliever"
        ]
    );
    assert_eq!(
        of_kind(&advice, Kind::MayFit),
        ["fit-bursitis", "fit-gluteal-tendinopathy", "fit-it-band", "fit-weak-or-tight-glute", "feel-ache"]
    );
    assert_eq!(of_kind(&advice, Kind::Spasm), [""; 0]);
    assert_eq!(of_kind(&advice, Kind::Rebuild), [""; 0], "exercises are for when it no longer hurts");
    assert!(has(&advice, "no-load-flag"));
    assert!(advice.iter().all(|line| line.priority >= Priority::P3));
    assert!(
        advice.iter().all(|line| !line.text.to_string().starts_with("Left hip")),
        "there is no other to tell it from"
    );
}

#[test]
fn outer_pain_down_to_the_knee_names_the_it_band_first() {
    let advice = one(&episode(LEFT, Region::Outer, &[], &[]), &[], &[], "Outer hip, down to the knee");
    assert_eq!(of_kind(&advice, Kind::MayFit)[..2], ["fit-it-band-first", "fit-bursitis"]);
    assert!(!has(&advice, "fit-it-band"));
}

#[test]
fn groin_pain_without_load_or_weight_names_no_stress_fracture() {
    let advice = one(&episode(LEFT, Region::FrontGroin, &[Quality::Ache], &[]), &[], &[], "groin ache");
    assert_eq!(of_kind(&advice, Kind::MayFit)[0], "fit-strain");
}

#[test]
fn a_left_buttock_cramp_gets_the_steps_in_order_with_the_side_named() {
    let cramp = episode(LEFT, Region::Buttock, &[Quality::Cramp], &[]);
    let advice = one(&cramp, &[], &[SPIKE], "left glute cramp");
    assert_eq!(
        of_kind(&advice, Kind::Spasm),
        [
            "cramp-stop",
            "cramp-change-position",
            "stretch-caution",
            "cramp-stretch-buttock",
            "if-stretching-hurts",
            "cramp-sip",
            "cramp-breathe",
            "cramp-massage",
            "cold-for-cramp",
            "cramp-heat"
        ]
    );
    assert!(advice[..2].iter().all(|line| line.guidance[0] == "signs-first" || line.guidance[0] == "cramp-stop"));
    let stretch = find(&advice, "cramp-stretch-buttock").text.to_string();
    assert!(stretch.contains("ankle of the left side on the knee of the right side"), "{stretch}");
    assert!(has(&advice, "fit-piriformis") && has(&advice, "fit-gluteal-overuse") && has(&advice, "feel-cramp"));
    assert!(!has(&advice, "fit-low-back-nerve"), "no word of the back");
    assert_eq!(find(&advice, "load-and-cramp").because, [LEFT, SPIKE.1]);
    assert!(has(&advice, "food-minerals"));
    // Advice to drink keeps the medicine line away.
    assert!(!has(&advice, "pain-reliever"));
}

#[test]
fn a_groin_cramp_gets_the_groin_stretch_and_a_flexor_cramp_the_kneeling_one() {
    let front = episode(LEFT, Region::FrontGroin, &[Quality::Spasm], &[]);
    let groin = one(&front, &[], &[], "adductor spasm");
    assert!(has(&groin, "cramp-stretch-groin") && !has(&groin, "cramp-stretch-hip-flexor"));
    let flexor = one(&front, &[], &[], "hip flexor spasm");
    assert!(has(&flexor, "cramp-stretch-hip-flexor") && !has(&flexor, "cramp-stretch-groin"));
}

#[test]
fn tightness_gets_heat_and_a_stretch_but_not_the_steps_for_a_cramp() {
    let advice = one(&episode(LEFT, Region::Buttock, &[Quality::Tight], &[]), &[], &[], "tight glute");
    assert_eq!(
        of_kind(&advice, Kind::Spasm),
        ["stretch-caution", "cramp-stretch-buttock", "if-stretching-hurts", "cramp-massage", "cramp-heat"]
    );
    assert!(has(&advice, "feel-tight") && !has(&advice, "stretch-regularly"));
}

#[test]
fn back_words_add_the_low_back_nerve() {
    let hip = episode(LEFT, Region::Buttock, &[Quality::Ache], &[]);
    assert!(has(&one(&hip, &[], &[], "buttock and lower back ache"), "fit-low-back-nerve"));
}

#[test]
fn an_unnamed_spot_is_not_guessed_at() {
    let advice = one(&episode(LEFT, Region::General, &[], &[]), &[], &[], "left hip sore");
    assert_eq!(of_kind(&advice, Kind::MayFit), ["fit-general-overuse"]);
    assert!(find(&advice, "fit-general-overuse").text.to_string().contains("next note"));
}

#[test]
fn an_earlier_region_counts_and_general_does_not_beside_it() {
    let mut hip = episode(LEFT, Region::Outer, &[], &[]);
    hip.regions = [Region::Outer, Region::Buttock, Region::General].into();
    let advice = one(&hip, &[], &[], "");
    assert!(has(&advice, "fit-bursitis") && has(&advice, "fit-piriformis"));
    assert!(!has(&advice, "fit-general-overuse"));
}

#[test]
fn sitting_and_stress_words_bring_their_habits() {
    let hip = episode(LEFT, Region::FrontGroin, &[Quality::Ache], &[]);
    let advice = one(&hip, &[], &[], "Hip sore after a stressful day at my desk");
    assert!(has(&advice, "sitting-breaks") && has(&advice, "stress-breathing"));
    let plain = one(&hip, &[], &[], "hip sore");
    assert!(!has(&plain, "sitting-breaks") && !has(&plain, "stress-breathing"));
}

#[test]
fn running_on_through_pain_is_named_even_where_its_facts_are_printed() {
    let cramp = episode(LEFT, Region::Buttock, &[Quality::Cramp], &[]);
    let finding = ("running-through-pain", "running-through-pain/2026-03-02");
    let advice = one(&cramp, &[], &[finding], "");
    assert_eq!(find(&advice, "running-through-pain").because, [finding.1]);
}

#[test]
fn the_same_stretch_for_both_hips_says_sore() {
    let left = episode(LEFT, Region::Buttock, &[Quality::Cramp], &[]);
    let right = episode(RIGHT, Region::Buttock, &[Quality::Cramp], &[]);
    let advice = advise(&Situation { episodes: &[&left, &right], ..Situation::default() });
    assert!(find(&advice, "cramp-stretch-buttock").text.to_string().contains("ankle of the sore side"));
}

#[test]
fn a_leg_that_hurts_under_weight_is_never_told_to_walk_swim_or_cycle() {
    for region in Region::iter() {
        let hip = episode(LEFT, region, &[Quality::Ache], &[Timing::WeightBearing]);
        let advice = one(&hip, &[], &[FEW_REST], "");
        assert!(!uses(&advice, &[Means::Walk, Means::CrossTrain]), "{:?}", ids(&advice));
    }
}

#[test]
fn advice_is_sorted_cites_a_source_and_says_what_brought_it() {
    let qualities: Vec<Quality> = Quality::iter().collect();
    let left = episode(LEFT, Region::FrontGroin, &qualities, &[Timing::Night, Timing::AfterRun]);
    let right = episode(RIGHT, Region::Buttock, &qualities, &[Timing::Lying]);
    let findings = [SHOES, SPIKE, JUMP, FEW_REST];
    let situation = Situation { findings: &findings, episodes: &[&left, &right], ..Situation::default() };
    let advice = advise(&situation);
    assert!(advice.windows(2).all(|pair| pair[0].priority <= pair[1].priority));
    for line in &advice {
        assert!(!line.because.is_empty() && !line.sources.is_empty(), "{:?}", line.guidance);
        assert!(!line.text.to_string().contains('{'));
    }
    let mut once = ids(&advice);
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), advice.len());
    assert_eq!(advice, advise(&situation));
}

#[test]
fn an_ended_episode_does_not_keep_the_other_hip_from_swimming() {
    let mut ended = episode(LEFT, Region::Outer, &[], &[Timing::WeightBearing]);
    ended.open = false;
    let right = episode(RIGHT, Region::Outer, &[Quality::Ache], &[]);
    let advice = advise(&Situation { episodes: &[&ended, &right], ..Situation::default() });
    assert!(has(&advice, "low-impact"));
    assert_eq!(find(&advice, "rest-first").because, [RIGHT]);
}

fn settled(region: Region, qualities: &[Quality]) -> Episode {
    Episode { open: false, ..episode(LEFT, region, qualities, &[]) }
}

/// One episode that has settled.
fn once_settled(hip: &Episode, findings: &[(&str, &str)]) -> Vec<Advice> {
    advise(&Situation { findings, settled: &[hip], ..Situation::default() })
}

#[test]
fn once_settled_the_way_back_is_told_with_the_regions_exercises() {
    let advice = once_settled(&settled(Region::Outer, &[Quality::Ache]), &[]);
    assert_eq!(ids(&advice)[..2], ["way-back", "keep-to-ten-percent"]);
    assert_eq!(
        of_kind(&advice, Kind::Rebuild),
        [
            "exercise-clamshell",
            "exercise-side-leg-lift",
            "exercise-band-walk",
            "exercise-glute-bridge",
            "way-back-rest-and-shoes"
        ]
    );
    assert!(has(&advice, "warm-up") && has(&advice, "cool-down") && has(&advice, "strength"));
    assert!(!has(&advice, "rest-first") && !has(&advice, "three-to-five-days") && !has(&advice, "fit-bursitis"));
    let buttock = once_settled(&settled(Region::Buttock, &[]), &[]);
    assert!(has(&buttock, "stretch-pigeon") && !has(&buttock, "exercise-clamshell"));
}

#[test]
fn while_one_hip_hurts_no_exercise_is_shown_for_the_one_that_has_settled() {
    let hurts = Episode { id: RIGHT.to_owned(), side: Side::Right, ..episode(RIGHT, Region::Outer, &[], &[]) };
    let past = settled(Region::Outer, &[]);
    let situation = Situation { episodes: &[&hurts], settled: &[&past], findings: &[JUMP], ..Situation::default() };
    assert!(!uses(&advise(&situation), &[Means::Exercise, Means::Stretch]));
}

#[test]
fn where_nothing_hurts_two_lines_take_turns_and_the_log_picks_others() {
    let of_week = |week: u64| {
        let as_of = Some(day(2) + chrono::Days::new(7 * week));
        let advice = advise(&Situation {
            quiet: Some("week/2026-03-02"),
            habits: &[Habit::LittleRest],
            as_of,
            room: Some("This week: 31.3 km at most."),
            ..Situation::default()
        });
        assert_eq!(ids(&advice)[..2], ["keep-to-ten-percent", "keep-rest-days"]);
        assert_eq!(
            advice[0].text.to_string(),
            "Let weekly distance grow by no more than 10\u{a0}%. This week: 31.3 km at most."
        );
        let turns: Vec<String> =
            ids(&advice).iter().filter(|id| by_id(id).unwrap().turn).map(|&id| id.to_owned()).collect();
        assert_eq!(turns.len(), 2, "{turns:?}");
        turns
    };
    assert_ne!(of_week(0), of_week(1));
    let taking = super::shelf::entries().iter().filter(|entry| entry.turn).count() as u64;
    let seen: std::collections::BTreeSet<String> = (0..taking).flat_map(of_week).collect();
    assert!(seen.len() as u64 >= taking - 2, "{} of {taking}", seen.len());
}

#[test]
fn figures_open_a_line_and_the_room_stands_once() {
    let figures = [("weekly-mileage-jump", "Week of 16 Feb: 50.6 km, +16 %; pain began 2 days later.".to_owned())];
    let advice = advise(&Situation {
        findings: &[JUMP, SPIKE],
        figures: &figures,
        room: Some("This week: 31.3 km at most."),
        ..Situation::default()
    });
    let jump = find(&advice, "weekly-jump").text.to_string();
    assert!(jump.starts_with("Week of 16 Feb: 50.6 km, +16 %; pain began 2 days later. Let weekly"), "{jump}");
    assert!(jump.ends_with("This week: 31.3 km at most."), "{jump}");
    assert!(!find(&advice, "long-run-spike").text.to_string().contains("This week"));
}

#[test]
fn daily_life_brings_its_line_whatever_hurts() {
    let told = |note: &str| {
        let recent = [("note/2026-03-01", note)];
        advise(&Situation { recent: &recent, ..Situation::default() })
    };
    for (note, id) in [
        ("started on a statin this week", "about-medicines"),
        ("water tablets again", "about-medicines"),
        ("14 weeks pregnant, easy 5 km", "about-pregnancy"),
        ("type 2 diabetes check-up", "about-diabetes"),
        ("long drive to Kiel", "sitting-breaks"),
        ("deadline week", "stress-breathing"),
        ("slept badly again", "sleep-routine"),
    ] {
        assert!(has(&told(note), id), "{note}");
        assert_eq!(find(&told(note), id).because, ["note/2026-03-01"]);
    }
    assert_eq!(told("easy 5 km by the river"), []);
}

#[test]
fn who_has_been_seen_is_not_sent_to_a_doctor_again() {
    let hip = episode(LEFT, Region::Outer, &[Quality::Ache], &[]);
    let advised = |flag: RedFlag, priority: Priority| {
        let sign = Warning { seen_on: Some(day(1)), ..warning(flag, priority, Some(LEFT)) };
        advise(&Situation { warnings: &[("w", &sign)], episodes: &[&hip], ..Situation::default() })
    };
    for (flag, priority) in [(RedFlag::Persistent, Priority::P2), (RedFlag::CannotBearWeight, Priority::P1)] {
        let advice = advised(flag, priority);
        assert_eq!(advice[0].priority, Priority::P2);
        let text = advice[0].text.to_string();
        assert!(text.starts_with("You have seen someone: go back if it gets worse or does not improve"), "{text}");
        assert!(advice.iter().all(|line| !line.text.to_string().contains("Arrange to see")));
        assert!(has(&advice, "after-a-visit") && !has(&advice, "restart-after-assessment"));
        assert!(!uses(&advice, &[Means::Exercise, Means::Stretch]));
    }
}

/// A situation that fulfils the condition, if one can.
fn brings(entry: &super::entry::Entry, condition: &super::entry::Condition) -> bool {
    let hip = Episode {
        open: !condition.settled,
        end: day(1) + chrono::Days::new(condition.over_days.map_or(0, |days| u64::try_from(days).unwrap())),
        qualities: condition.qualities.first().copied().into_iter().collect(),
        timing: condition.timing.first().copied().into_iter().collect(),
        ..episode(LEFT, condition.regions.first().copied().unwrap_or(Region::General), &[], &[])
    };
    let flag = condition.flags.first().copied().unwrap_or(RedFlag::DailyActivities);
    let priority = condition.priorities.last().copied().unwrap_or(entry.priority).min(Priority::P2);
    let sign =
        Warning { seen_on: condition.seen.filter(|seen| *seen).map(|_| day(1)), ..warning(flag, priority, Some(LEFT)) };
    let asks_sign = !(condition.flags.is_empty() && condition.priorities.is_empty());
    let signs = [("warning-sign/2026-03-01", &sign)];
    let findings: Vec<(&str, &str)> =
        condition.rules.first().map(|rule| (rule.as_str(), "finding/2026-02-16")).into_iter().collect();
    let word = condition.words.first().or(condition.life.first()).map_or("", String::as_str);
    let of_an_episode = condition.asks_of_an_episode();
    let (open, past): (Vec<&Episode>, Vec<&Episode>) = match (of_an_episode, condition.settled) {
        (true, false) => (vec![&hip], vec![]),
        (true, true) => (vec![], vec![&hip]),
        _ => (vec![], vec![]),
    };
    (0..40).any(|week| {
        let advice = advise(&Situation {
            findings: &findings,
            warnings: if asks_sign { &signs } else { &[] },
            episodes: &open,
            words: &[(LEFT, word)],
            settled: &past,
            again: if condition.again { &[LEFT] } else { &[] },
            recent: &[("note/2026-03-01", word)],
            quiet: condition.quiet.then_some("week/2026-03-02"),
            habits: &condition.habits,
            as_of: Some(day(2) + chrono::Days::new(7 * week)),
            ..Situation::default()
        });
        ids(&advice).contains(&entry.id.as_str())
    })
}

#[test]
fn every_entry_is_brought_by_some_situation() {
    let mut unreachable = Vec::new();
    for entry in super::shelf::entries().iter().filter(|entry| entry.kind != Kind::Disclaimer) {
        match entry.when.iter().find(|condition| brings(entry, condition)) {
            Some(condition) => println!("{}: {condition:?}", entry.id),
            None => unreachable.push(entry.id.as_str()),
        }
    }
    assert_eq!(unreachable, [""; 0]);
}
