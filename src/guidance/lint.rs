//! Checks the data files: every fact is used or set aside, every number comes from a fact, forbidden words are
//! absent, and there is an answer to everything the model can express.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use strum::IntoEnumIterator;

use crate::model::reading::{Priority, Quality, Region, Timing};
use crate::model::warning_sign::RedFlag;
use crate::rules::{self, registry};

use super::catalogue::facts;
use super::entry::{Condition, Entry, Kind, Means};
use super::scene::can_be_found;
use super::shelf::entries;
use super::wording::{Voice, one_voice};

/// The facts that must never be printed.
const NEVER: [&str; 22] = [
    "med.ibuprofen.dose-000",
    "med.naproxen.dose-000",
    "hydration.acute.salt-water-000",
    "hydration.acute.salt-sparingly-000",
    "hydration.acute.glass-now-000",
    "heatcold.alternate-003",
    "spasm.occasional-ok-003",
    "cause.fatigue-not-dangerous-003",
    "cause.fatigue-adapts-003",
    "spasm.settles-itself-003",
    "spasm.quick-resolve-003",
    "cramp.often-harmless-001",
    "spasm.mostly-benign-000",
    "spasm.duration-003",
    "med.urination-003",
    "cause.pregnancy-resolves-003",
    "stress.hips-store-000",
    "ergo.neck-refers-000",
    "shorten.why-003",
    "hydration.study-2021-003",
    "promo.digital-programme-003",
    "promo.cost-membership-003",
];

const FORBIDDEN: [&str; 13] = [
    "caused by",
    "diagnos",
    "you have a ",
    "safe to run",
    "nothing serious",
    "cleared",
    "predict",
    "your risk",
    "harmless",
    "benign",
    "no need to worry",
    "nothing to worry",
    "!",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnprintedFacts {
    fact: Vec<UnprintedFact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnprintedFact {
    id: String,
    reason: String,
}

fn withheld() -> BTreeMap<String, String> {
    let file: UnprintedFacts = toml::from_str(include_str!("not_printed.toml")).unwrap();
    file.fact.into_iter().map(|fact| (fact.id, fact.reason)).collect()
}

/// Every wording of an entry, with its other placeholders still in it.
fn lines(entry: &Entry) -> impl Iterator<Item = String> {
    let whole = |voice| match (&entry.call, voice) {
        (Some(call), Voice::Answer) => format!("{call}: {}", entry.text),
        (Some(call), Voice::Guide) => format!("{call} {}", entry.text),
        (None, _) => entry.text.clone(),
    };
    let words = move |voice| one_voice(&whole(voice), voice);
    let history = |voice| entry.history.as_deref().map(|text| one_voice(text, voice));
    [Voice::Answer, Voice::Guide].into_iter().flat_map(move |voice| std::iter::once(words(voice)).chain(history(voice)))
}

/// The numbers in a text as written; the name `B6` gives `6`.
fn numbers(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .map(|number| number.trim_matches('.').to_owned())
        .filter(|number| !number.is_empty())
        .collect()
}

#[test]
fn every_fact_is_in_an_entry_or_set_aside_with_a_reason_never_both() {
    let used: BTreeSet<&str> = entries().iter().flat_map(|entry| entry.covers.iter().map(String::as_str)).collect();
    let withheld = withheld();
    for id in facts().keys() {
        assert!(used.contains(id) != withheld.contains_key(*id), "{id}");
    }
    for id in used.into_iter().chain(withheld.keys().map(String::as_str)) {
        assert!(facts().contains_key(id), "{id} is not in the catalogue");
    }
    assert!(withheld.values().all(|reason| !reason.is_empty()));
    for id in NEVER {
        assert!(withheld.contains_key(id), "{id} must stay set aside");
    }
}

#[test]
fn every_number_in_a_text_is_a_number_of_its_facts() {
    // Miles as the facts give them, in whole kilometres: 300 × 1.609344 = 482.8 and 500 × 1.609344 = 804.7.
    let converted: BTreeSet<String> = ["483", "805"].map(str::to_owned).into();
    for entry in entries() {
        let known: BTreeSet<String> = entry
            .covers
            .iter()
            .filter_map(|id| facts().get(id.as_str()))
            .flat_map(|fact| numbers(fact.fact).into_iter().chain(numbers(fact.numbers)))
            .collect();
        for number in lines(entry).flat_map(|text| numbers(&text)) {
            let miles = entry.covers.iter().any(|id| id == "shoes.replace.300-500-miles");
            assert!(known.contains(&number) || miles && converted.contains(&number), "{}: {number}", entry.id);
        }
    }
}

#[test]
fn no_text_holds_a_dose_or_a_forbidden_word() {
    for entry in entries() {
        let others = [&entry.tool, &entry.evidence, &entry.grade].into_iter().flatten().cloned();
        for text in lines(entry).chain(others) {
            let lower = text.to_lowercase();
            assert!(
                !numbers(&text).iter().any(|n| lower.contains(&format!("{n} mg")) || lower.contains(&format!("{n}mg")))
            );
            assert!(!lower.split(|c: char| !c.is_alphanumeric()).any(|word| word == "mg"), "{}", entry.id);
            for word in FORBIDDEN {
                assert!(!lower.contains(word), "{}: {word}", entry.id);
            }
        }
    }
}

#[test]
fn texts_are_short_sentences() {
    for entry in entries() {
        let longest = if entry.id == "pain-reliever" { 280 } else { 230 };
        for text in lines(entry) {
            assert!(text.chars().count() <= longest, "{}: {} characters", entry.id, text.chars().count());
            assert!(text.ends_with('.'), "{}", entry.id);
            assert!(!text.contains(['\n', '\t']) && !text.contains("  "), "{}", entry.id);
        }
    }
}

#[test]
fn up_to_p2_a_text_is_one_sentence_that_opens_with_the_ladder() {
    for entry in entries().iter().filter(|entry| entry.priority <= Priority::P2) {
        for text in lines(entry) {
            assert!(text.starts_with("{ladder}"), "{}", entry.id);
            assert_eq!(text.matches(". ").count(), 0, "{}", entry.id);
        }
        assert!(matches!(entry.kind, Kind::Warning | Kind::Care), "{}", entry.id);
        assert!(entry.means.is_empty(), "{}", entry.id);
    }
    for entry in entries().iter().filter(|entry| entry.priority > Priority::P2) {
        assert!(lines(entry).all(|text| !text.contains("{ladder}")), "{}", entry.id);
        assert_ne!(entry.kind, Kind::Warning, "{}", entry.id);
    }
}

#[test]
fn what_no_text_says_is_owned_as_the_tools_addition() {
    for entry in entries() {
        assert!(!entry.covers.is_empty() || entry.tool.is_some(), "{} has no source", entry.id);
        assert!(!entry.sources().is_empty(), "{}", entry.id);
        assert_eq!(entry.evidence.is_some(), entry.grade.is_some(), "{}", entry.id);
    }
}

#[test]
fn every_rule_flag_region_quality_and_timing_calls_for_something() {
    let when: Vec<&Condition> = entries().iter().flat_map(|entry| &entry.when).collect();
    for rule in registry().map(|rule| rule.meta().id) {
        assert!(when.iter().any(|condition| condition.rules.iter().any(|named| named == rule)), "{rule}");
    }
    for flag in RedFlag::iter() {
        assert!(when.iter().any(|condition| condition.flags.contains(&flag)), "{flag:?}");
    }
    for region in Region::iter() {
        assert!(when.iter().any(|condition| condition.regions.contains(&region)), "{region:?}");
    }
    for quality in Quality::iter() {
        assert!(when.iter().any(|condition| condition.qualities.contains(&quality)), "{quality:?}");
    }
    for timing in Timing::iter() {
        assert!(when.iter().any(|condition| condition.timing.contains(&timing)), "{timing:?}");
    }
}

#[test]
fn conditions_are_filled_and_name_only_known_rules() {
    for entry in entries() {
        for condition in entry.when.iter().chain(&entry.unless) {
            assert_ne!(*condition, Condition::default(), "{}", entry.id);
            for rule in &condition.rules {
                assert!(rules::by_id(rule).is_some(), "{}: {rule}", entry.id);
            }
            for phrase in condition.words.iter().chain(&condition.life) {
                assert!(can_be_found(phrase), "{}: {phrase}", entry.id);
            }
        }
        let silent = matches!(entry.kind, Kind::Background | Kind::Disclaimer);
        assert!(!silent || entry.when.is_empty(), "{} is background and yet matched", entry.id);
    }
}

#[test]
fn a_text_that_names_a_means_declares_it() {
    let telling: [(&str, &[Means]); 8] = [
        ("stretch", &[Means::Stretch]),
        ("heat ", &[Means::Heat, Means::Cold]),
        ("foam roller", &[Means::Massage]),
        ("pain reliever", &[Means::Medicine]),
        ("swim", &[Means::CrossTrain, Means::ActiveRecovery]),
        ("cycling", &[Means::CrossTrain, Means::ActiveRecovery]),
        ("sets of", &[Means::Exercise]),
        ("lunge", &[Means::Exercise, Means::Stretch]),
    ];
    // These entries mention the word without asking for the measure.
    let told_of = ["restart-after-assessment", "numb-skin", "feel-tight", "fit-strain"];
    for entry in entries().iter().filter(|entry| !told_of.contains(&entry.id.as_str())) {
        let lower = entry.text.to_lowercase();
        for (word, means) in telling {
            assert!(
                !lower.contains(word) || entry.means.iter().any(|used| means.contains(used)),
                "{}: {word}",
                entry.id
            );
        }
    }
}

#[test]
fn cramp_advice_asks_for_words_of_cramp_or_tightness() {
    let cramp = [Quality::Cramp, Quality::Spasm, Quality::Knot, Quality::Tight];
    for entry in entries().iter().filter(|entry| entry.kind == Kind::Spasm) {
        for condition in &entry.when {
            assert!(!condition.qualities.is_empty(), "{}", entry.id);
            assert!(condition.qualities.iter().all(|quality| cramp.contains(quality)), "{}", entry.id);
        }
    }
}

#[test]
fn every_matched_stretch_says_to_mind_the_pain() {
    for entry in entries().iter().filter(|entry| entry.means.contains(&Means::Stretch) && !entry.when.is_empty()) {
        assert!(entry.text.contains("pain") || entry.text.contains("hurts"), "{}", entry.id);
    }
}
