//! Calendars of weeks.

use super::*;

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
