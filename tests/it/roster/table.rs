//! Athletes in one table: a coach's sheet with a column of names.

use crate::place::{AS_OF, Place};
use crate::roster::team::{json, row};

const RUNS: &str = "athlete,date,distance_km,shoe\nAda,2025-03-24,10,Blue\nBo,2025-03-25,6,Red\nAda,2025-03-27,5,Blue\nBo,2025-03-28,8,Red\n";
const NOTES: &str = "athlete,date,note\nAda,2025-03-28,left hip 3/10\nBo,2025-03-29,slept well\n";

#[test]
fn each_athlete_of_a_table_has_a_report_of_their_own_rows_and_notes() {
    let place = Place::new();
    place.write("in/club.csv", RUNS);
    place.write("in/notes.csv", NOTES);
    place.write("in/cy/runs.csv", "date,distance_km\n2025-03-26,7\n");
    let index = json(&place, &[]);
    let names: Vec<&str> =
        index["athletes"].as_array().unwrap().iter().filter_map(|row| row["name"].as_str()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    assert_eq!((row(&index, "Ada")["runs"].as_u64(), row(&index, "Bo")["runs"].as_u64()), (Some(2), Some(2)));
    place.run(&["roster", "in", "--as-of", AS_OF, "--out", "out", "--format", "json"]);
    let report = |name: &str| -> serde_json::Value {
        serde_json::from_str(&place.read(&format!("out/{name}-latest.json"))).expect("a report")
    };
    let (ada, bo) = (report("ada"), report("bo"));
    let metres = |report: &serde_json::Value| -> u64 {
        report["runs"].as_array().unwrap().iter().filter_map(|run| run["distance_m"].as_u64()).sum()
    };
    assert_eq!((metres(&ada), metres(&bo)), (15_000, 14_000));
    let words = |report: &serde_json::Value| report["pain"].to_string();
    assert!(words(&ada).contains("left hip 3/10") && !words(&bo).contains("left hip"), "{}", words(&bo));
    assert!(!place.read("out/ada-latest.json").contains("Red"), "another's shoes");
    assert!(!place.read("out/ada-latest.json").contains("slept well"), "another's note");
}

#[test]
fn a_table_of_athletes_may_be_given_itself_and_joins_the_folder_of_a_name() {
    let place = Place::new();
    place.write("club.csv", RUNS);
    let ran = place.run(&["roster", "club.csv", "--as-of", AS_OF, "--stdout", "json"]);
    let index: serde_json::Value = serde_json::from_str(&ran.out).expect("an index");
    assert_eq!(index["athletes"].as_array().unwrap().len(), 2, "{}", ran.err);
    place.write("in/club.csv", RUNS);
    place.write("in/ada/more.csv", "date,distance_km\n2025-03-30,4\n");
    assert_eq!(row(&json(&place, &[]), "ada")["runs"].as_u64(), Some(3));
    place.write("plain.csv", "date,distance_km\n2025-03-30,4\n");
    let refused = place.run(&["roster", "plain.csv", "--as-of", AS_OF]);
    assert!(refused.err.contains("no table with a column of several athletes' names"), "{}", refused.err);
}

#[test]
fn notes_of_several_people_are_not_one_persons() {
    let place = Place::with(&[("in/notes.csv", NOTES), ("in/runs.csv", "date,distance_km\n2025-03-30,4\n")]);
    let ran = place.run(&["analyze", "in", "--as-of", AS_OF, "--stdout", "json"]);
    assert!(ran.err.contains("2 athletes"), "{}", ran.err);
    assert!(!ran.out.contains("left hip"));
    let ada = place.run(&["analyze", "in", "--as-of", AS_OF, "--athlete", "Ada", "--stdout", "json"]);
    assert!(ada.out.contains("left hip 3/10") && !ada.out.contains("slept well"));
}
