//! Calendars of weeks.

use super::*;
use crate::model::problem::Place;

#[test]
fn a_row_is_a_week_and_a_cell_a_day() {
    let text = "Week of,Mon,Tue,Wed,Thu,Fri,Sat,Sun,Total (km)\n\
                2026-03-02,Rest,8 easy,,10.5,45 min,,\"18 km, left hip 3/10\",36.5\n2026-03-09,6,,bike 30,sore,,5 mi,6x800,\n";
    let imported = plain(text);
    assert_eq!(dialect(&imported), "week-calendar");
    assert_eq!(
        lines(&imported),
        [
            "2026-03-03|run|8000|-",
            "2026-03-05|run|10500|-",
            "2026-03-06|run|-|2700",
            "2026-03-08|run|18000|-",
            "2026-03-09|run|6000|-",
            "2026-03-14|run|8047|-",
        ]
    );
    let notes: Vec<(String, &str)> = imported.notes.iter().map(|n| (n.date.to_string(), n.text.as_str())).collect();
    assert_eq!(
        notes,
        [
            ("2026-03-02".to_owned(), "Rest"),
            ("2026-03-11".to_owned(), "bike 30"),
            ("2026-03-12".to_owned(), "sore"),
            ("2026-03-15".to_owned(), "6x800"),
        ]
    );
    assert_eq!(imported.activities[3].description.as_deref(), Some("18 km, left hip 3/10"));
}

#[test]
fn dates_may_stand_above_their_days() {
    let text = "Lauftagebuch 2026,,,,,,\nMontag,Dienstag,Mittwoch,Donnerstag,Freitag,Samstag,Sonntag\n\
                02.03.2026,03.03.2026,04.03.2026,05.03.2026,06.03.2026,07.03.2026,08.03.2026\n8 km,,,\"10,5 km\",,,\n\
                09.03.,10.03.,11.03.,12.03.,13.03.,14.03.,15.03.\n,6 km,,,,,\n";
    assert_eq!(lines(&plain(text)), ["2026-03-02|run|8000|-", "2026-03-05|run|10500|-", "2026-03-10|run|6000|-"]);
}

#[test]
fn weeks_by_number_and_those_that_begin_on_sunday() {
    let text = "Week,Sun,Mon,Tue,Wed,Thu,Fri,Sat,km\n2026-W10,,5,,7,,,,12\nTotal,,5,,7,,,,12\n";
    // The Sunday before Monday 2 March.
    assert_eq!(lines(&plain(text)), ["2026-03-02|run|5000|-", "2026-03-04|run|7000|-"]);
}

#[test]
fn weeks_without_a_date_and_sheets_of_working_hours_are_no_runs() {
    let undated = plain("Week,Mon,Tue,Wed,Thu,Fri,Sat,Sun\n1,5,,6,,,8,\n2,5,,6,,,9,\n");
    let Some(Refusal::Failed(problem)) = undated.refusal else { panic!("{undated:?}") };
    assert_eq!(problem.what, "it is a calendar of weeks that names no date; 6 days could not be placed");
    let hours = plain("Project,Week,Mon,Tue,Wed,Thu,Fri,Sat,Sun\nA,2026-03-02,8,8,8,8,6,0,0\n");
    assert!(hours.activities.is_empty());
}

#[test]
fn a_week_without_a_run_keeps_its_notes_and_one_without_a_date_is_told() {
    let text = "Week of,Mon,Tue,Wed,Thu,Fri,Sat,Sun,Total\n2026-03-16,Rest,hip sore 4/10,,,,,,0\n16th March,5,hip sore,,6,,,,11\n";
    let imported = plain(text);
    assert!(imported.activities.is_empty());
    let notes: Vec<&str> = imported.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["Rest", "hip sore 4/10"]);
    let [problem] = &imported.problems[..] else { panic!("{:?}", imported.problems) };
    assert_eq!((problem.cost, problem.place), (Cost::Entry, Place::Line(3)));
    assert!(problem.what.contains("3 days could not be placed, such as \"5\""), "{}", problem.what);
}

#[test]
fn of_a_cell_with_several_things_the_run_counts_with_its_own_figures() {
    let header = "Week of,Mon,Tue,Wed,Thu,Fri,Sat,Sun,Total (mi)\n";
    let row =
        "2026-03-16,5 mi + bike 30 min,5+3,10 @ 8:30,4 sets squats,\"3 mi, swim 40:00\",\"yoga 30 min, 4 mi\",6x800,\n";
    let imported = plain(&format!("{header}{row}"));
    // Miles of 1,609.344 m.
    assert_eq!(
        lines(&imported),
        [
            "2026-03-16|run|8047|-",
            "2026-03-17|run|12875|-",
            "2026-03-18|run|16093|-",
            "2026-03-20|run|4828|-",
            "2026-03-21|run|6437|-",
        ]
    );
    let notes: Vec<&str> = imported.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["4 sets squats", "6x800"]);
    // Repeats may have been a run, so they are reported.
    let [told] = &lost(&imported)[..] else { panic!("{:?}", imported.problems) };
    assert!(told.starts_with("line 2: \"6x800\" tells of repeats"), "{told}");
}
