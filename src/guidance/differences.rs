//! Where the four texts differ, with a check that the entry which decides says so. Holds no advice.

use super::catalogue::facts;
use super::entry::Entry;
use super::shelf::{by_id, entries};

/// The question, the facts that answer it differently, and the entry that decides.
const DIFFERENCES: [(&str, &[&str], &str); 18] = [
    (
        "how long to wait",
        &["redflag.daily-3-5-days-000", "redflag.two-weeks-001", "redflag.several-days-002"],
        "persistent",
    ),
    (
        "how long to wait with mild pain",
        &["redflag.few-days-000", "redflag.daily-3-5-days-000", "redflag.two-weeks-001"],
        "three-to-five-days",
    ),
    ("whom to see for mild pain", &["pro.physio-000", "pro.physio-frequent-003"], "who-physiotherapist"),
    ("how soon, for weakness", &["redflag.weakness-000", "redflag.leg-weak-002"], "weakness"),
    ("how soon, after a fall", &["redflag.trauma-000", "redflag.trauma-immediate-001"], "trauma"),
    ("sharp pain", &["redflag.sharp-sudden-002", "cold.when-sharp-or-tear-000"], "sharp-sudden"),
    ("heat or cold", &["cold.timing-immediate-000", "ice.timing-002", "heatcold.individual-003"], "cold-for-cramp"),
    (
        "stretch, or slacken",
        &["stretch.acute.gentle-sustained-000", "movement.only-if-no-worse-002", "shorten.into-spasm-003"],
        "stretch-caution",
    ),
    ("how much to stretch", &["stretch.program.daily-minutes-000", "checklist.daily.stretch-000"], "stretch-regularly"),
    ("pain relievers", &["med.ibuprofen.dose-000"], "pain-reliever"),
    ("how much to drink", &["hydration.daily-glasses-000", "hydration.sip-003"], "drink-through-the-day"),
    ("how long a cramp may last", &["spasm.duration-003", "redflag.frequent-or-minutes-003"], "frequent-cramp"),
    ("cramps that return", &["pro.physio-frequent-003", "redflag.recurrent-no-cause-000"], "about-cramp-setting"),
    (
        "stop or move",
        &["relief.stop-activity-000", "recovery.active-example-000", "rest.stop-running-002"],
        "rest-first",
    ),
    ("how to breathe in a cramp", &["breathing.steps-003", "stress.longer-exhale-000"], "cramp-breathe"),
    ("how to breathe to settle", &["stress.longer-exhale-000", "breathing.steps-003"], "stress-breathing"),
    (
        "how often to get up",
        &["ergo.break-hourly-000", "ergo.timer-50-000", "ergo.movement-breaks-003"],
        "sitting-breaks",
    ),
    ("hands-on treatment", &["pro.massage-000", "massage.self-003"], "who-massage"),
];

fn says_so(entry: &Entry) -> bool {
    entry.tool.as_deref().is_some_and(|tool| tool.contains("The texts differ"))
}

#[test]
fn every_difference_between_the_texts_is_told_where_it_is_settled() {
    for (question, differing, id) in DIFFERENCES {
        let entry = by_id(id).unwrap_or_else(|| panic!("{question}: no entry {id}"));
        assert!(says_so(entry), "{question}: {id} does not say that the texts differ");
        for fact in differing {
            assert!(facts().contains_key(fact), "{question}: no such fact {fact}");
        }
    }
}

#[test]
fn no_other_entry_claims_a_difference() {
    for entry in entries().iter().filter(|entry| says_so(entry)) {
        assert!(DIFFERENCES.iter().any(|(_, _, id)| *id == entry.id), "{} is not among the differences", entry.id);
    }
}
