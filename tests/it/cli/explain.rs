//! `runhip explain`: every valid id, and invalid ones.

use runhip::{guidance, rules};

use crate::place::Place;

/// What is printed about an id.
#[track_caller]
fn explained(id: &str) -> String {
    let ran = Place::new().run(&["explain", id]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{id}");
    assert!(ran.out.lines().count() >= 3, "{id}: {}", ran.out);
    ran.out
}

#[test]
fn every_rule_is_explained_with_its_grade_and_its_sources() {
    for rule in rules::registry() {
        let meta = rule.meta();
        let page = explained(meta.id);
        assert_eq!(page.lines().next(), Some(format!("{} ({})", meta.title, meta.id).as_str()));
        let evidence = format!("\nEvidence ({})\n", meta.grade);
        for part in ["\nWhy\n", "\nExample\n", &evidence, "\nGuidance\n- "] {
            assert!(page.contains(part), "{}: {part}: {page}", meta.id);
        }
        assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    }
}

#[test]
fn every_line_of_guidance_is_explained_with_its_grade_and_its_sources() {
    let mut graded = 0;
    // A rule with the same id takes precedence.
    for entry in guidance::entries().iter().filter(|entry| rules::by_id(&entry.id).is_none()) {
        let page = explained(&entry.id);
        assert!(page.starts_with(&format!("{} (", entry.id)), "{page}");
        assert!(page.contains("\nSources\n- "), "{page}");
        if let Some(grade) = &entry.grade {
            graded += 1;
            assert!(page.contains(&format!("\nEvidence ({grade})\n")), "{page}");
        }
    }
    assert!(graded > 3);
}

#[test]
fn every_id_in_the_list_can_be_explained() {
    let list = Place::new().run(&["explain"]);
    assert_eq!((list.status, list.err.as_str()), (0, ""));
    // An id that fills its column has no space after it; no rule has such an id.
    let ids: Vec<&str> = list
        .out
        .lines()
        .filter_map(|line| line.strip_prefix("  "))
        .filter_map(|line| line.split_once("  ").map(|(id, _)| id.trim()))
        .collect();
    assert!(rules::registry().all(|rule| ids.contains(&rule.meta().id)), "{ids:?}");
    assert!(ids.len() > 60, "{}", ids.len());
    let entries = guidance::entries();
    // These are explained above.
    let above = |id: &str| rules::by_id(id).is_some() || entries.iter().any(|entry| entry.id == id);
    let others: Vec<&&str> = ids.iter().filter(|id| !above(id)).collect();
    assert!(!others.is_empty(), "no threshold is listed: {ids:?}");
    for id in others {
        explained(id);
    }
}

#[test]
fn thresholds_and_guidance_say_where_they_come_from() {
    assert!(explained("weekly_jump").starts_with("weekly_jump = 10 %\n"));
    let entry = explained("cannot-bear-weight");
    assert!(entry.starts_with("cannot-bear-weight (P1, ") && entry.contains("\nSources\n- "), "{entry}");
}

#[test]
fn what_is_unknown_cannot_be_explained() {
    let ran = Place::new().run(&["explain", "weekly-milage-jump"]);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert_eq!(
        ran.err,
        "runhip: \"weekly-milage-jump\" is not a rule, a threshold or a line of guidance; runhip explain lists them\n"
    );
}

#[test]
fn json_tells_another_program_the_same_with_every_study() {
    let printed = |args: &[&str]| -> serde_json::Value {
        let ran = Place::new().run(args);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""));
        serde_json::from_str(&ran.out).expect("JSON")
    };
    let jump = printed(&["explain", "weekly-mileage-jump", "--json"]);
    assert_eq!((&jump["id"], &jump["thresholds"][0]), (&"weekly-mileage-jump".into(), &"weekly_jump".into()));
    let nulls = jump["studies"].as_array().unwrap().iter().filter(|study| study["direction"] == "none");
    assert_eq!(nulls.count(), 3);
    let all = printed(&["explain", "--json"]);
    assert_eq!(all["studies"].as_array().unwrap().len(), rules::evidence::studies().len());
    assert_eq!(all["guidance"].as_array().unwrap().len(), guidance::entries().len());
    assert_eq!(printed(&["explain", "severe_score", "--json"])["key"], "severe_score");
}
