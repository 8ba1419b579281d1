//! Situations worked out by hand from the rules of the guidance, and the advice that each must give.

use chrono::NaiveDate;
use strum::IntoEnumIterator;

use crate::model::episode::{Episode, Warning};
use crate::model::reading::{Priority, Quality, Region, Side, Timing};
use crate::model::warning_sign::RedFlag;

use super::entry::{Kind, Means};
use super::matching::{Advice, advise};
use super::shelf::by_id;
use super::situation::Situation;

pub(super) const LEFT: &str = "2026-03-01/left";
pub(super) const RIGHT: &str = "2026-03-02/right";
pub(super) const JUMP: (&str, &str) = ("weekly-mileage-jump", "weekly-mileage-jump/2026-02-16");
pub(super) const SPIKE: (&str, &str) = ("long-run-spike", "long-run-spike/2026-02-20");
pub(super) const FEW_REST: (&str, &str) = ("too-few-rest-days", "too-few-rest-days/2026-02-16");
pub(super) const SHOES: (&str, &str) = ("worn-shoes", "worn-shoes/ghost-15/due");
/// The lines that every load finding brings besides its own, if no warning stands.
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

/// The advice for one episode with its warnings, findings and the text of one note.
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
    // The jump's reason already says what the spike's reason would.
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
    // Advice to drink excludes the medicine line.
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
