//! Logs that runners keep by hand, and their mistakes.

use super::super::{CsvOptions, is_column_key, read};
use super::{dialect, lines, lost, plain};
use crate::import::imported::Imported;
use crate::import::local_time::{Zones, place};
use crate::model::assumption::AssumptionKind;
use crate::model::problem::{Cost, Place};
use crate::model::sport::Sport;

fn with_columns(text: &str, columns: &[(&str, &str)]) -> Imported {
    let columns = columns.iter().map(|(fact, header)| ((*fact).to_owned(), (*header).to_owned())).collect();
    read(text.as_bytes(), "log.csv", &CsvOptions { columns, ..CsvOptions::default() })
}

#[test]
fn a_log_kept_by_hand_needs_no_particular_header() {
    let text = "date,start,distance_km,duration,shoe,sport,notes\n\
                2026-03-04,06:30,10.2,55min,Ghost,,left hip 4/10\n2026-03-05,,5.2 mi,1:02:03,,easy,\n";
    let imported = plain(text);
    assert_eq!(dialect(&imported), "run-log");
    // 5.2 × 1,609.344 = 8,368.6: a unit in the cell takes precedence over the header's.
    assert_eq!(lines(&imported), ["2026-03-04 06:30|run|10200|3300", "2026-03-05|run|8369|3723"]);
    assert_eq!(imported.activities[0].description.as_deref(), Some("left hip 4/10"));
    assert_eq!(imported.problems, []);
}

#[test]
fn semicolons_and_an_old_encoding_come_together() {
    let text = b"Datum;Strecke (km);Dauer (min);Schuh;Bemerkung\r\n04.03.2026;10,2;55,5;Ghost;H\xfcfte zwickt\r\n";
    let imported = read(text, "lauf.csv", &CsvOptions::default());
    assert_eq!(lines(&imported), ["2026-03-04|run|10200|3330"]);
    assert_eq!(imported.activities[0].description.as_deref(), Some("Hüfte zwickt"));
    assert_eq!(imported.problems, []);
}

#[test]
fn the_unit_may_stand_in_a_column_or_in_the_configuration() {
    let column = "date,distance,unit,time\n2026-03-04,3,miles,30:00\n2026-03-05,5000,m,30:00\n";
    assert_eq!(lines(&plain(column)), ["2026-03-04|run|4828|1800", "2026-03-05|run|5000|1800"]);
    let german = "Wann,Wie weit\n2026-03-04,3\n";
    let named = [("date", "Wann"), ("distance", "Wie weit"), ("distance_unit", "mi")];
    assert_eq!(lines(&with_columns(german, &named)), ["2026-03-04|run|4828|-"]);
    assert!(is_column_key("distance_unit") && is_column_key("notes") && !is_column_key("distanse"));
}

#[test]
fn time_is_a_start_only_beside_a_duration() {
    assert_eq!(lines(&plain("date,time,km\n2026-03-04,45:30,9\n")), ["2026-03-04|run|9000|2730"]);
    assert_eq!(lines(&plain("date,time,km,duration\n2026-03-04,6:30,9,45:30\n")), ["2026-03-04 06:30|run|9000|2730"]);
}

#[test]
fn midnight_in_every_row_is_no_time() {
    let text = "date,km\n2026-03-04 00:00:00,9\n2026-03-05 00:00:00,5\n";
    assert_eq!(lines(&plain(text)), ["2026-03-04|run|9000|-", "2026-03-05|run|5000|-"]);
}

#[test]
fn a_bad_cell_costs_its_row_and_no_other() {
    let text = "date,km,time,shoe,heart rate\n\
                2026-03-04,9,45:00,Ghost,abc\nyesterday,9,45:00,,\n2026-03-06,nine,45:00,,\n2026-03-07,9,soon,,\n\
                2026-03-08,-5,45:00,,\n2026-03-09,1500,45:00,,\n2026-03-10,n/a,--,,\n2026-03-11,8,40:00,,\n";
    let imported = plain(text);
    assert_eq!(lines(&imported), ["2026-03-04|run|9000|2700", "2026-03-11|run|8000|2400"]);
    assert_eq!(
        lost(&imported),
        [
            "line 3: \"yesterday\" is not a date; the row was left out",
            "line 4: \"nine\" in column \"km\" is not a number; the row was left out",
            "line 5: \"soon\" is not a duration; the row was left out",
            "line 6: \"-5\" in column \"km\" is not a number; the row was left out",
            "line 7: \"1500\" in column \"km\" is not a number; the row was left out",
        ]
    );
}

#[test]
fn days_of_rest_are_notes_and_not_runs_of_unknown_length() {
    let text = "date,km,time,type,notes\n2026-03-04,9,45:00,run,\n2026-03-05,0,,,\n2026-03-06,,,rest,left hip sore\n\
                2026-03-07,,,,\n2026-03-08,,,run,watch died\n";
    let imported = plain(text);
    assert_eq!(lines(&imported), ["2026-03-04|run|9000|2700", "2026-03-08|run|-|-"]);
    let notes: Vec<(String, &str)> = imported.notes.iter().map(|n| (n.date.to_string(), n.text.as_str())).collect();
    assert_eq!(notes, [("2026-03-05".to_owned(), "off"), ("2026-03-06".to_owned(), "rest; left hip sore")]);
}

#[test]
fn day_and_month_that_nothing_tells_apart_are_not_guessed() {
    let imported = plain("date,km\n03/04/2026,5\n05/06/2026,6\n");
    assert_eq!(lines(&imported), Vec::<String>::new());
    assert_eq!(lost(&imported).len(), 2);
    assert!(lost(&imported)[0].starts_with("line 2: \"03/04/2026\" could have its day or its month first"));
    let hints: Vec<&str> =
        imported.problems.iter().filter(|p| p.cost == Cost::Entry).map(|p| p.hint.as_str()).collect();
    assert_eq!(
        hints,
        [
            "write dates as 2026-04-03 or 2026-03-04, whichever it is",
            "write dates as 2026-06-05 or 2026-05-06, whichever it is"
        ]
    );
    assert_eq!(lines(&plain("date,km\n03/04/2026,5\n25/06/2026,6\n"))[0], "2026-04-03|run|5000|-");
}

#[test]
fn three_decimals_of_a_kilometre_are_not_thousands_of_them() {
    assert_eq!(
        lines(&plain("date,km\n2026-03-04,\"10,125\"\n2026-03-05,\"5,250\"\n")),
        ["2026-03-04|run|10125|-", "2026-03-05|run|5250|-"]
    );
    assert_eq!(lines(&plain("date,distance_m\n2026-03-04,\"10,125\"\n")), ["2026-03-04|run|10125|-"]);
    assert_eq!(lines(&plain("date;km\n2026-03-04;10.125\n")), ["2026-03-04|run|10125|-"]);
}

#[test]
fn titles_blank_lines_and_units_in_cells_are_no_hindrance() {
    let text = "My log 2026,,,,\n,,,,\nDate,Workout,Distance,Notes\n\"Mon, Mar 2, 2026\",Easy,5 mi,\n\
                \"Tue, Mar 3, 2026\",Rest,,\n\"Wed, Mar 4, 2026\",8x400,7.5 miles,hip tight\n";
    let imported = plain(text);
    assert_eq!(lines(&imported), ["2026-03-02|run|8047|-", "2026-03-04|run|12070|-"]);
    assert_eq!((imported.notes[0].text.as_str(), imported.problems.len()), ("Rest", 0));
}

/// The local dates of runs in a zone.
fn days(text: &str, zone: chrono_tz::Tz) -> Vec<String> {
    let zones = Zones { given: Some(zone), machine: chrono_tz::UTC };
    let runs = plain(text).activities;
    runs.iter().map(|run| place(run.start.unwrap(), run.zone, &zones).date.to_string()).collect()
}

#[test]
fn an_offset_of_nought_says_nothing_about_the_runners_own_clock() {
    // 18:00 UTC is 07:00 of the next day in Auckland, thirteen hours ahead in March.
    let text = "date,km\n2026-03-04T18:00:00+00:00,9\n2026-03-05T18:00:00+13:00,5\n";
    assert_eq!(days(text, chrono_tz::Pacific::Auckland), ["2026-03-05", "2026-03-05"]);
}

#[test]
fn midnight_in_utc_in_every_row_is_the_day_as_written() {
    let new_york = |text: &str| days(text, chrono_tz::America::New_York);
    let written = "date,km\n2026-03-04T00:00:00.000Z,9\n2026-03-05T00:00:00.000Z,5\n";
    assert_eq!(lines(&plain(written)), ["2026-03-04|run|9000|-", "2026-03-05|run|5000|-"]);
    assert_eq!(new_york(written), ["2026-03-04", "2026-03-05"]);
    assert_eq!(new_york(&written.replace(".000Z", "+00:00")), ["2026-03-04", "2026-03-05"]);
    // With one other time in the column, midnight counts as a time too: five hours earlier in New York.
    let clock = written.replace("05T00:00", "05T12:30");
    assert_eq!(new_york(&clock), ["2026-03-03", "2026-03-05"]);
    // A single row says nothing about its column.
    assert_eq!(new_york("date,km\n2026-03-04T00:00:00.000Z,9\n"), ["2026-03-03"]);
    // A time in a column of its own is the runner's local time, even if the date has a midnight.
    let start = "date,start,km\n2026-03-04T00:00:00Z,19:30,9\n2026-03-05T00:00:00Z,,5\n";
    assert_eq!(lines(&plain(start)), ["2026-03-04 19:30|run|9000|-", "2026-03-05|run|5000|-"]);
}

#[test]
fn a_row_of_words_in_place_of_a_distance_is_a_day_off_and_keeps_its_pain() {
    let imported =
        plain("date,km,pain,notes\n2026-03-02,8,,\n2026-03-03,rest,4,left hip\n2026-03-04,eight,6,right hip\n");
    assert_eq!(imported.activities.len(), 1);
    let pained: Vec<String> =
        imported.notes.iter().filter(|note| note.given.severity.is_some()).map(|note| note.date.to_string()).collect();
    assert_eq!(pained, ["2026-03-03", "2026-03-04"]);
    assert_eq!(lost(&imported).len(), 1);
}

#[test]
fn a_column_of_routes_is_no_column_of_laps_and_one_that_says_no_names_no_bike() {
    let routes = plain("Datum,km,Runde\n2026-03-02,8,Seerunde\n2026-03-03,9,\n2026-03-04,10,Stadtpark\n");
    assert_eq!(routes.activities.len(), 3);
    let bikes = plain("Datum,km,Rad\n2026-03-02,8,nein\n2026-03-03,22,Stadtrad\n");
    let running: Vec<bool> =
        bikes.activities.iter().map(|one| one.sport.as_ref().is_none_or(Sport::is_running)).collect();
    assert_eq!(running, [true, false]);
}

#[test]
fn the_others_of_a_table_and_rows_of_nobody_are_told() {
    let options = CsvOptions { athlete: Some("Ada".into()), ..CsvOptions::default() };
    let read = |text: &str| super::super::read(text.as_bytes(), "club.csv", &options);
    let table = "runner,date,km\nAda,2026-03-02,8\nBo,2026-03-02,9\n,2026-03-03,7\nAda,2026-03-04,5\nBo,2026-03-05,4\n";
    let imported = read(table);
    assert_eq!(lines(&imported), ["2026-03-02|run|8000|-", "2026-03-04|run|5000|-"]);
    let others: Vec<u64> = imported
        .assumptions
        .iter()
        .filter(|one| one.kind == AssumptionKind::AthleteColumn)
        .map(|one| one.count)
        .collect();
    assert_eq!(others, [2]);
    assert_eq!(lost(&imported).len(), 1);
    assert_eq!(imported.problems[0].place, Place::Line(4));
    // A name above each block applies to all of it.
    let blocks = read("runner,date,km\nAda,2026-03-02,8\n,2026-03-04,5\nBo,2026-03-02,9\n,2026-03-05,4\n");
    assert_eq!(lines(&blocks), ["2026-03-02|run|8000|-", "2026-03-04|run|5000|-"]);
    assert!(lost(&blocks).is_empty());
}

#[test]
fn figures_of_days_that_may_begin_with_the_year_are_never_turned_round() {
    let column = |days: [&str; 4]| {
        let imported = plain(&format!("date,km\n{},8\n", days.join(",8\n")));
        if imported.activities.is_empty() {
            Vec::new()
        } else {
            lines(&imported).iter().map(|line| line[..10].to_owned()).collect()
        }
    };
    assert_eq!(
        column(["26/03/04", "26/03/07", "26/03/15", "26/04/02"]),
        ["2026-03-04", "2026-03-07", "2026-03-15", "2026-04-02"]
    );
    assert_eq!(
        column(["04/03/26", "07/03/26", "15/03/26", "02/04/26"]),
        ["2026-03-04", "2026-03-07", "2026-03-15", "2026-04-02"]
    );
    assert!(plain("date,km\n26/03/04,8\n").activities.is_empty());
}
