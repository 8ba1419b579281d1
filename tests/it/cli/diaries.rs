//! Diaries as people write them, from the files to the report: each line becomes a note of its day, is unrelated to
//! the body, or is reported.

use crate::place::{Place, QUIET_LOG, each};

/// One text beside a quiet log.
fn diary(name: &str, text: &str) -> Place {
    let place = Place::with(&[("log.csv", QUIET_LOG)]);
    place.write(&format!("in/{name}"), text.as_bytes());
    place
}

#[test]
fn a_day_in_other_words_carries_its_warning_sign() {
    for line in [
        "26 Mar 2025 right groin 6/10, limping",
        "Wed 26/3: right groin 6/10, limping",
        "- [ ] 2025-03-26 right groin 6/10, limping",
    ] {
        let place = diary("pain.md", &format!("2025-03-25: easy, all well\n{line}\n2025-03-27: slept well\n"));
        let report = place.json(&[]);
        assert_eq!(each(&report["warnings"], "note_date"), ["2025-03-26"], "{line}");
        assert_eq!(each(&report["warnings"], "flag"), ["cannot-bear-weight"], "{line}");
    }
}

#[test]
fn a_line_without_a_day_withholds_the_all_clear_and_is_named_with_the_day_it_might_mean() {
    let place = diary("pain.md", "# Log\nYesterday: my left hip popped\n\n2025-03-27: slept well\n");
    let ran = place.analyze(&[]);
    assert_eq!(ran.status, 3);
    assert!(ran.err.contains("pain.md:2: \"Yesterday: my left hip popped\" speaks of the body"), "{}", ran.err);
    assert!(ran.err.contains("write \"2025-03-26: Yesterday: my left hip popped\""), "{}", ran.err);
    assert!(!ran.out.contains("No warning sign was found"), "{}", ran.out);
    assert!(ran.out.contains("Left out"), "{}", ran.out);
    let page = place.analyze(&["--stdout", "html"]).out;
    assert!(page.contains("1 line of notes was left out"));
}

#[test]
fn a_vault_of_daily_notes_is_read_by_the_names_of_its_files() {
    let place = Place::with(&[
        ("log.csv", QUIET_LOG),
        ("journals/2025_03_26.md", "[[2025-03-25]] | [[2025-03-27]]\n\n- left hip 5/10 on the stairs\n"),
        ("journals/2025_03_27.md", "- wrote the minutes of the meeting\n"),
        ("2025/03/28.md", "# Friday\n\nhip fine on the run\n"),
    ]);
    let report = place.json(&[]);
    assert_eq!(each(&report["pain"], "date"), ["2025-03-26", "2025-03-28"]);
    assert_eq!(each(&report["pain"], "hip"), ["true", "false"]);
    assert_eq!(report["import"]["totals"]["failed"], 0);
}

#[test]
fn a_table_of_a_day_and_words_holds_notes() {
    let place =
        diary("notes.csv", "date,note\n2025-03-26,left hip 8/10 cannot put weight on it\n2025-03-28,better 4/10\n");
    let report = place.json(&[]);
    assert_eq!(each(&report["pain"], "date"), ["2025-03-26", "2025-03-28"]);
    assert!(each(&report["warnings"], "flag").contains(&"cannot-bear-weight".to_owned()));
}

#[test]
fn a_year_that_was_worked_out_is_said() {
    let place = diary("pain.md", "2025-03-20: fine\n26 March: left hip 2/10\n2025-03-28: fine\n");
    let report = place.json(&[]);
    let assumptions = report["import"]["assumptions"].as_array().unwrap();
    let guessed = assumptions.iter().find(|one| one["kind"] == "year-guessed").expect("a year was worked out");
    assert_eq!(guessed["text"], "1 day has no year, and was placed in that of the days around them");
}

#[test]
fn titles_in_other_languages_are_no_notes_unless_they_name_a_complaint() {
    let log = "date,title,distance_km,duration\n2025-03-24,Lauf um den Teich,8,44:00\n2025-03-25,Hüfte zwickt beim Lauf,8,44:00\n";
    let report = Place::with(&[("log.csv", log)]).json(&[]);
    assert_eq!(each(&report["pain"], "text"), ["Hüfte zwickt beim Lauf"]);
}

#[test]
fn days_of_a_month_and_a_day_are_each_their_own_where_one_of_them_tells_the_order() {
    let place = diary("2025-03.txt", "2/13 8 km easy\n2/26 5 km, left hip 4/10\n3/6 5 km, left hip 2/10\n");
    let report = place.json(&[]);
    assert_eq!(each(&report["pain"], "date"), ["2025-02-13", "2025-02-26", "2025-03-06"]);
    assert_eq!(each(&report["pain"], "hip"), ["false", "true", "true"]);
}

#[test]
fn a_diary_whose_days_have_no_year_says_that_the_year_is_missing() {
    let place = diary("diary.txt", "04月02日(水) 7キロJog\n04月03日(木) 9キロJog\n04月05日(土) 6キロJog\n");
    let ran = place.analyze(&[]);
    assert_eq!(ran.status, 3);
    assert!(ran.err.contains("3 days have no year, such as \"04月02日(水) 7キロJog\""), "{}", ran.err);
    assert!(ran.err.contains("write the year in a heading above them"), "{}", ran.err);
}
