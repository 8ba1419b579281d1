//! Like `situations`, with a standing warning sign.

use strum::IntoEnumIterator;

use crate::model::reading::{Priority, Quality, Region, Timing};
use crate::model::warning_sign::RedFlag;

use super::entry::{Kind, Means};
use super::matching::advise;
use super::shelf::by_id;
use super::situation::Situation;
use super::situations::{
    FEW_REST, JUMP, LEFT, RIGHT, SHOES, SPIKE, day, episode, find, has, ids, of_kind, one, uses, warning,
};
use super::wording::ladder;

#[test]
fn an_emergency_without_hip_pain_stands_alone() {
    let sign = warning(RedFlag::BowelBladder, Priority::P0, None);
    let advice = advise(&Situation { warnings: &[("w", &sign)], ..Situation::default() });
    assert_eq!(ids(&advice), ["bowel-bladder", "signs-not-complete"]);
    assert!(advice[0].text.to_string().starts_with("Get emergency medical help now: "));
    assert_eq!(advice[0].because, ["w"]);
}

#[test]
fn groin_pain_after_a_jump_is_for_a_doctor_and_names_a_stress_fracture_first() {
    let groin = episode(LEFT, Region::FrontGroin, &[Quality::Ache], &[]);
    let advice = one(&groin, &[(RedFlag::FrontGroinAfterLoad, Priority::P2)], &[JUMP], "groin ache");
    assert_eq!(ids(&advice)[..2], ["front-groin-after-load", "who-to-see"]);
    assert!(
        advice[0]
            .text
            .to_string()
            .starts_with("Arrange to see a doctor (GP or sports doctor) and do not run until then: ")
    );
    assert!(advice[0].text.to_string().contains("stress fracture"));
    assert_eq!(advice[0].because, ["warning/FrontGroinAfterLoad"]);
    assert_eq!(
        of_kind(&advice, Kind::MayFit),
        [
            "fit-stress-fracture",
            "fit-strain",
            "fit-hip-flexor-tendinopathy",
            "fit-tight-flexors",
            "fit-hip-impingement",
            "feel-ache"
        ]
    );
    assert!(has(&advice, "rest-first") && has(&advice, "ice"));
    assert!(!uses(&advice, &[Means::CrossTrain, Means::Walk, Means::Stretch, Means::Exercise, Means::Medicine]));
    // The load findings are only history here.
    assert!(find(&advice, "weekly-jump").text.to_string().starts_with("Tell whoever examines you"));
    assert!(find(&advice, "keep-rest-days").text.to_string().starts_with("When you run again after being assessed"));
    assert_eq!(of_kind(&advice, Kind::Prevention), ["keep-rest-days", "keep-shoes-fresh"]);
    assert!(has(&advice, "restart-after-assessment"));
}

#[test]
fn groin_pain_under_weight_is_for_today_and_keeps_its_fits() {
    let groin = episode(RIGHT, Region::FrontGroin, &[], &[Timing::WeightBearing]);
    let advice = one(&groin, &[(RedFlag::CannotBearWeight, Priority::P1)], &[], "groin hurts to stand on");
    assert_eq!(advice[0].guidance, ["cannot-bear-weight-groin"]);
    assert!(advice[0].text.to_string().starts_with("Stop running and get medical assessment today: "));
    assert_eq!(of_kind(&advice, Kind::MayFit)[0], "fit-stress-fracture");
    assert!(has(&advice, "fit-strain"));
    assert_eq!(of_kind(&advice, Kind::Relief), [""; 0]);
}

#[test]
fn weakness_stops_the_run_and_leaves_no_self_care() {
    let weak = episode(LEFT, Region::Buttock, &[Quality::Weak, Quality::Cramp], &[Timing::DuringRun]);
    let advice = one(&weak, &[(RedFlag::Weakness, Priority::P1)], &[FEW_REST], "leg gave way, glute cramp");
    assert_eq!(
        advice[0].text.to_string(),
        "Stop running and get medical assessment today: your note mentions a leg that is weak or gave way."
    );
    assert!(advice.iter().all(|line| line.priority != Priority::P3), "{:?}", ids(&advice));
    assert!(!has(&advice, "rest-day-active") && !has(&advice, "rest-days-repair"));
    assert_eq!(
        ids(&advice),
        [
            "weakness",
            "rest-days",
            "keep-to-ten-percent",
            "keep-shoes-fresh",
            "restart-after-assessment",
            "signs-not-complete"
        ]
    );
}

#[test]
fn a_foot_that_cannot_be_lifted_is_an_emergency() {
    let weak = episode(LEFT, Region::Radiating, &[Quality::Weak], &[]);
    let advice = one(
        &weak,
        &[(RedFlag::Weakness, Priority::P0), (RedFlag::Radiating, Priority::P2)],
        &[],
        "cannot lift my foot",
    );
    assert_eq!(ids(&advice)[..2], ["weakness-sudden", "radiating-below-knee"]);
    assert_eq!(
        advice.iter().filter(|line| line.priority == Priority::P3).flat_map(|line| &line.guidance).collect::<Vec<_>>(),
        ["no-run-until-assessed"]
    );
    assert!(!has(&advice, "who-to-see"));
}

#[test]
fn ice_stays_beside_a_pop_and_not_beside_a_fever() {
    let hip = episode(LEFT, Region::Outer, &[], &[]);
    let pop = one(&hip, &[(RedFlag::Pop, Priority::P1)], &[], "felt a pop");
    assert_eq!(of_kind(&pop, Kind::Relief), ["ice", "ice-while-waiting"]);
    let fever = one(&hip, &[(RedFlag::Fever, Priority::P1)], &[], "fever");
    assert_eq!(of_kind(&fever, Kind::Relief), [""; 0]);
    assert_eq!(of_kind(&fever, Kind::MayFit), [""; 0]);
}

#[test]
fn a_fall_with_a_leg_that_takes_no_weight_takes_the_emergency_words() {
    let hip = episode(LEFT, Region::Outer, &[], &[]);
    let advice = one(&hip, &[(RedFlag::Trauma, Priority::P0), (RedFlag::CannotBearWeight, Priority::P1)], &[], "fell");
    assert_eq!(ids(&advice)[..2], ["trauma-severe", "cannot-bear-weight"]);
    let alone = one(&hip, &[(RedFlag::Trauma, Priority::P1)], &[], "fell");
    assert_eq!(alone[0].guidance, ["trauma"]);
}

#[test]
fn numb_skin_gets_neither_ice_nor_heat() {
    let hip = episode(LEFT, Region::Outer, &[Quality::Numb], &[]);
    let advice = one(&hip, &[(RedFlag::NumbnessTingling, Priority::P2)], &[], "numb hip");
    assert!(has(&advice, "numb-skin") && !has(&advice, "ice"));
    assert!(!uses(&advice, &[Means::Cold, Means::Heat]));
}

#[test]
fn persistence_is_reworded_past_a_fortnight() {
    let mut hip = episode(LEFT, Region::Outer, &[], &[]);
    hip.end = day(14);
    let fourteen_days = one(&hip, &[(RedFlag::Persistent, Priority::P2)], &[], "");
    assert_eq!(fourteen_days[0].guidance, ["persistent"]);
    assert!(has(&fourteen_days, "rest-period"));
    hip.end = day(15);
    let fifteen_days = one(&hip, &[(RedFlag::Persistent, Priority::P2)], &[], "");
    assert_eq!(fifteen_days[0].guidance, ["persistent-long"]);
    assert!(!has(&fifteen_days, "persistent"));
}

#[test]
fn returning_cramp_without_a_load_flag_asks_for_its_reason() {
    let cramp = episode(LEFT, Region::Buttock, &[Quality::Cramp], &[]);
    let signs = [(RedFlag::Recurrent, Priority::P2)];
    let without = one(&cramp, &signs, &[], "");
    assert_eq!(ids(&without)[..3], ["recurrent", "recurrent-no-cause", "who-to-see"]);
    assert!(has(&without, "gait-analysis") && has(&without, "no-load-flag"));
    let with = one(&cramp, &signs, &[JUMP], "");
    assert!(!has(&with, "recurrent-no-cause") && !has(&with, "gait-analysis") && !has(&with, "no-load-flag"));
    assert_eq!(of_kind(&with, Kind::Spasm), [""; 0]);
}

#[test]
fn pain_below_the_knee_is_worded_more_strongly_and_holds_back_the_glute_stretches() {
    let leg = episode(LEFT, Region::Radiating, &[Quality::Cramp, Quality::Burning], &[]);
    let signs = [(RedFlag::Radiating, Priority::P2)];
    let below = one(&leg, &signs, &[], "burning from the buttock to below the knee");
    assert_eq!(below[0].guidance, ["radiating-below-knee"]);
    let above = one(&leg, &signs, &[], "burning down the thigh");
    assert_eq!(above[0].guidance, ["radiating"]);
    assert_eq!(of_kind(&above, Kind::MayFit)[..2], ["fit-piriformis-radiating", "fit-sciatica"]);
    assert!(!uses(&above, &[Means::Stretch]));
}

#[test]
fn self_care_for_one_hip_names_it_and_gives_way_to_urgency_of_the_other() {
    let left = episode(LEFT, Region::Buttock, &[Quality::Cramp], &[]);
    let right = episode(RIGHT, Region::Outer, &[Quality::Ache], &[]);
    let both = [&left, &right];
    let soon = warning(RedFlag::Severe, Priority::P2, Some(RIGHT));
    let advice = advise(&Situation { warnings: &[("w", &soon)], episodes: &both, ..Situation::default() });
    assert!(find(&advice, "cramp-heat").text.to_string().starts_with("Left hip: Once the first"));
    assert_eq!(find(&advice, "cramp-heat").because, [LEFT]);
    assert!(find(&advice, "rest-first").text.to_string().starts_with("Rest comes"), "it is about both");
    assert_eq!(find(&advice, "rest-first").because, [LEFT, RIGHT]);
    assert_eq!(of_kind(&advice, Kind::Rebuild), [""; 0]);

    let today = warning(RedFlag::Weakness, Priority::P1, Some(RIGHT));
    let urgent = advise(&Situation { warnings: &[("w", &today)], episodes: &both, ..Situation::default() });
    assert!(urgent.iter().all(|line| line.priority != Priority::P3), "{:?}", ids(&urgent));
}

#[test]
fn an_ended_episode_whose_warning_leads_gets_the_warning_and_no_self_care() {
    let mut hip = episode(LEFT, Region::Outer, &[Quality::Cramp], &[]);
    hip.open = false;
    let advice = one(&hip, &[(RedFlag::NightOrSleep, Priority::P2)], &[], "");
    assert_eq!(ids(&advice), ["night-or-sleep", "who-to-see", "restart-after-assessment", "signs-not-complete"]);
}

#[test]
fn every_sign_at_every_urgency_opens_the_advice_with_its_words_and_rules_out_self_care() {
    let ruled_out =
        [Means::Stretch, Means::Heat, Means::Massage, Means::Exercise, Means::ActiveRecovery, Means::Medicine];
    let qualities: Vec<Quality> = Quality::iter().collect();
    for flag in RedFlag::iter() {
        for priority in [Priority::P0, Priority::P1, Priority::P2] {
            for region in Region::iter() {
                let hip = episode(LEFT, region, &qualities, &[Timing::DuringRun, Timing::RestSitting]);
                let advice = one(&hip, &[(flag, priority)], &[JUMP, FEW_REST, SHOES], "desk");
                assert_eq!(advice[0].priority, priority, "{flag:?} {region:?}");
                assert!(advice[0].text.to_string().starts_with(ladder(priority)), "{flag:?}: {}", advice[0].text);
                assert!(!advice[0].because.is_empty());
                assert!(!uses(&advice, &ruled_out), "{flag:?} {priority:?}: {:?}", ids(&advice));
                assert_eq!(of_kind(&advice, Kind::Spasm), [""; 0]);
                assert!(has(&advice, "restart-after-assessment"));
            }
        }
    }
}

#[test]
fn an_emergency_lists_no_fit_even_for_a_groin_under_weight() {
    let groin = episode(RIGHT, Region::FrontGroin, &[], &[Timing::WeightBearing]);
    let advice =
        one(&groin, &[(RedFlag::Trauma, Priority::P0), (RedFlag::CannotBearWeight, Priority::P1)], &[], "fell");
    assert_eq!(of_kind(&advice, Kind::MayFit), [""; 0]);
    assert_eq!(of_kind(&advice, Kind::Stop), ["no-run-until-assessed"]);
}

#[test]
fn outer_pain_under_weight_lists_no_fit_beside_the_sign_for_today() {
    let outer = episode(RIGHT, Region::Outer, &[], &[Timing::WeightBearing]);
    let advice = one(&outer, &[(RedFlag::CannotBearWeight, Priority::P1)], &[], "limping");
    assert_eq!(advice[0].guidance, ["cannot-bear-weight"]);
    assert_eq!(of_kind(&advice, Kind::MayFit), [""; 0]);
}

#[test]
fn beside_a_sign_every_line_on_the_load_is_in_the_wording_for_whoever_examines() {
    let all = [JUMP, SPIKE, FEW_REST, SHOES, ("long-running-streak", "s"), ("running-through-pain", "t")];
    let hip = episode(LEFT, Region::Outer, &[Quality::Ache], &[]);
    for (priority, findings) in
        [Priority::P0, Priority::P1, Priority::P2].into_iter().flat_map(|one| [(one, &all[..]), (one, &[][..])])
    {
        let advice = one(&hip, &[(RedFlag::Recurrent, priority)], findings, "ache");
        let load: Vec<_> = advice.iter().filter(|line| line.kind == Kind::Load).collect();
        assert!(!load.is_empty());
        for line in load {
            let entry = by_id(&line.guidance[0]).expect("an entry");
            assert!(entry.history.is_some(), "{} says how to train beside a sign", entry.id);
        }
    }
}
