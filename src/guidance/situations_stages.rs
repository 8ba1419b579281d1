//! Like `situations`, by stage of the pain: settled, absent, or seen by a professional; and what notes of daily life
//! bring. Shows that every entry can appear.

use crate::model::episode::{Episode, Warning};
use crate::model::reading::{Priority, Quality, Region, Side};
use crate::model::warning_sign::RedFlag;

use super::entry::{Condition, Entry, Kind, Means};
use super::matching::{Advice, advise};
use super::shelf::{by_id, entries};
use super::situation::{Habit, Situation};
use super::situations::{JUMP, LEFT, RIGHT, SPIKE, day, episode, find, has, ids, of_kind, uses, warning};

fn settled(region: Region, qualities: &[Quality]) -> Episode {
    Episode { open: false, ..episode(LEFT, region, qualities, &[]) }
}

/// The advice once an episode has settled.
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
    let taking = entries().iter().filter(|entry| entry.turn).count() as u64;
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

/// Whether some situation that meets the condition brings the entry.
fn brings(entry: &Entry, condition: &Condition) -> bool {
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
    for entry in entries().iter().filter(|entry| entry.kind != Kind::Disclaimer) {
        match entry.when.iter().find(|condition| brings(entry, condition)) {
            Some(condition) => println!("{}: {condition:?}", entry.id),
            None => unreachable.push(entry.id.as_str()),
        }
    }
    assert_eq!(unreachable, [""; 0]);
}
