//! Figures, dates and names as people write them.

use super::*;
use crate::model::assumption::AssumptionKind;

fn kinds(imported: &Imported) -> Vec<(AssumptionKind, u64)> {
    imported.assumptions.iter().map(|assumed| (assumed.kind, assumed.count)).collect()
}

#[test]
fn thousands_of_metres_and_seconds_are_told_from_decimals_by_what_can_be_run() {
    let german = "Datum;Sport;Strecke (m);Dauer (s)\n02.03.2026;Lauf;9.480;3.010\n04.03.2026;Lauf;12.310;3.905\n";
    assert_eq!(lines(&plain(german)), ["2026-03-02|run|9480|3010", "2026-03-04|run|12310|3905"]);
    let english = "Date,Sport,Distance (m),Duration (s)\n2026-03-02,Run,\"9,480\",\"3,010\"\n";
    assert_eq!(lines(&plain(english)), ["2026-03-02|run|9480|3010"]);
    // Three decimals of a kilometre stay as they are.
    assert_eq!(lines(&plain("Datum;Sport;km\n02.03.2026;Lauf;9.480\n")), ["2026-03-02|run|9480|-"]);
}

#[test]
fn hours_and_minutes_are_told_from_minutes_and_seconds_by_pace() {
    let hours = "date,sport,km,duration\n2026-03-02,run,9,0:48\n2026-03-03,run,21,1:55\n2026-03-04,run,8,0:43\n";
    assert_eq!(
        lines(&plain(hours)),
        ["2026-03-02|run|9000|2880", "2026-03-03|run|21000|6900", "2026-03-04|run|8000|2580"]
    );
    let both = "date,sport,km,duration\n2026-03-02,run,9,48:10\n2026-03-03,run,21,1:55\n2026-03-04,run,5,27:30\n";
    assert_eq!(
        lines(&plain(both)),
        ["2026-03-02|run|9000|2890", "2026-03-03|run|21000|6900", "2026-03-04|run|5000|1650"]
    );
    let minutes = "date,sport,km,duration\n2026-03-02,run,0.4,1:20\n2026-03-03,run,5,27:30\n";
    assert_eq!(lines(&plain(minutes)), ["2026-03-02|run|400|80", "2026-03-03|run|5000|1650"]);
    let without = "date,sport,duration\n2026-03-02,run,0:48\n2026-03-03,run,1:05\n";
    assert_eq!(lines(&plain(without)), ["2026-03-02|run|-|2880", "2026-03-03|run|-|3900"]);
    assert_eq!(lines(&plain("date,sport,Time (h)\n2026-03-02,run,1:05\n")), ["2026-03-02|run|-|3900"]);
}

#[test]
fn a_unit_in_a_header_says_what_its_column_holds() {
    let text = "date,sport,Length (min),Distance (km),Time (min/km)\n2026-03-02,run,47,9.0,5:13\n2026-03-03,run,60,,\n";
    assert_eq!(lines(&plain(text)), ["2026-03-02|run|9000|2820", "2026-03-03|run|-|3600"]);
}

#[test]
fn marks_in_an_optional_column_are_a_blank() {
    let text = format!(
        "{GARMIN}Running,2026-03-04 06:30:00,false,A,\"8,20\",\"600\",\"00:44:00\",--,NaN,--:--:--,--\n\
         Running,2026-03-05 06:30:00,false,B,\"12,05\",\"1,020\",\"01:05:00\",-,n/a,?,\n"
    );
    let imported = plain(&text);
    assert_eq!(lines(&imported), ["2026-03-04 06:30|run|8200|2640", "2026-03-05 06:30|run|12050|3900"]);
    assert_eq!(imported.problems, []);
    let odd = plain(&text.replace("--:--:--", "soon"));
    assert_eq!(lines(&odd).len(), 2);
    assert!(kinds(&odd).contains(&(AssumptionKind::MovingTimeUnreadable, 1)));
}

#[test]
fn days_without_a_year_stand_beside_their_neighbours_or_in_the_year_of_the_heading() {
    let between = "date,sport,km\n2025-12-29,run,8\n31 Dec,run,5\n2 Jan,run,6\n2026-01-04,run,7\n";
    let imported = plain(between);
    assert_eq!(
        lines(&imported),
        ["2025-12-29|run|8000|-", "2025-12-31|run|5000|-", "2026-01-02|run|6000|-", "2026-01-04|run|7000|-"]
    );
    assert!(kinds(&imported).contains(&(AssumptionKind::YearGuessed, 2)));
    let heading = "Training 2025,,\nDatum,Sport,km\n30.12.,Lauf,8\n2.1.,Lauf,5\n";
    assert_eq!(lines(&plain(heading)), ["2025-12-30|run|8000|-", "2026-01-02|run|5000|-"]);
    let in_name = |name| read(b"date,sport,km\n3 Mar,run,8\n", name, &CsvOptions::default());
    assert_eq!(lines(&in_name("runs-2026.csv")), ["2026-03-03|run|8000|-"]);
    assert_eq!(lost(&in_name("runs.csv")), ["line 2: \"3 Mar\" is not a date; the row was left out"]);
}

#[test]
fn weeks_and_short_years_are_days_or_are_refused() {
    let weeks = "date,sport,km\n2026-W10-2,run,8\n2026-W10-5,run,9\n";
    assert_eq!(lines(&plain(weeks)), ["2026-03-03|run|8000|-", "2026-03-06|run|9000|-"]);
    let short = "date,sport,km\n26-03-03,run,8\n26-03-06,run,9\n26-03-11,run,5\n";
    assert_eq!(lines(&plain(short))[1], "2026-03-06|run|9000|-");
    assert_eq!(lost(&plain("date,sport,km\n26-03-03,run,8\n")).len(), 1);
}

#[test]
fn laps_below_a_run_are_parts_of_it() {
    let text = "Date,Sport,Lap,km,Duration\n2026-03-02 06:30,Run,,9,48:00\n2026-03-02 06:30,,1,4,21:00\n,,2,5,27:00\n2026-03-04 06:30,Run,,6,33:00\n";
    let imported = plain(text);
    assert_eq!(lines(&imported), ["2026-03-02 06:30|run|9000|2880", "2026-03-04 06:30|run|6000|1980"]);
    assert!(kinds(&imported).contains(&(AssumptionKind::LapRows, 2)));
    assert_eq!(imported.problems, []);
    let total = "Date,Sport,Split,km\n2026-03-02,Run,1,4\n2026-03-02,Run,2,5\n2026-03-02,Run,Total,9\n";
    assert_eq!(lines(&plain(total)), ["2026-03-02|run|9000|-"]);
    // If each row has one, none is the total of others.
    assert_eq!(lines(&plain("Date,Sport,Lap,km\n2026-03-02,Run,1,4\n2026-03-04,Run,1,5\n")).len(), 2);
}

#[test]
fn swims_in_metres_are_no_lost_rows() {
    let text = format!(
        "{GARMIN}Running,2026-03-04 06:30:00,false,A,8.20,600,00:44:00,--,--,--,--\n\
         Lap Swimming,2026-03-05 06:30:00,false,B,\"1,250\",300,00:33:00,--,--,--,--\nOpen Water,2026-03-06 06:30:00,false,C,900,300,00:20:00,--,--,--,--\n"
    );
    let imported = plain(&text);
    assert_eq!(
        lines(&imported),
        [
            "2026-03-04 06:30|run|8200|2640",
            "2026-03-05 06:30|Lap Swimming|1250|1980",
            "2026-03-06 06:30|Open Water|900|1200"
        ]
    );
    assert_eq!(imported.problems, []);
}

#[test]
fn a_distance_that_no_run_of_its_time_has_is_not_known_and_told() {
    let text = "type,startTime,sportTime(s),distance(m),calories(kcal)\n1,2026-03-04 06:30:00+0000,1850,0.41,300\n1,2026-03-05 06:30:00+0000,1900,5210.5,300\n";
    let imported = plain(text);
    assert_eq!(lines(&imported), ["2026-03-04 06:30 utc|run|-|1850", "2026-03-05 06:30 utc|run|5211|1900"]);
    assert_eq!(
        lost(&imported),
        [
            "line 2: 1 distance in column \"distance(m)\" that no run of that time has, such as \"0.41\"; it was taken as not known"
        ]
    );
}

#[test]
fn the_column_of_shoes_has_many_names() {
    for header in ["Equipment", "Footwear", "Shoes used", "Schuhwerk", "Calzado", "Gear name"] {
        let imported = plain(&format!("date,sport,km,{header}\n2026-03-02,run,8,Rincon 4\n"));
        assert_eq!(imported.activities[0].shoe.as_deref(), Some("Rincon 4"), "{header}");
    }
}

#[test]
fn a_broken_row_of_a_diary_is_told_and_not_lost() {
    let some = plain("Kiedy,Jak by\u{142}o\n2026-03-04,biodro boli po biegu\n2026-03-05,biodro boli, mocno\n");
    assert_eq!((some.notes.len(), lost(&some).len()), (1, 1));
    let all = plain("Kiedy,Jak by\u{142}o\n2026-03-04,biodro boli, mocno\n2026-03-05,biodro boli, bardzo\n");
    let Some(Refusal::Failed(problem)) = &all.refusal else { panic!("{all:?}") };
    assert!(problem.what.contains("3 cells"), "{}", problem.what);
}

#[test]
fn year_month_and_day_may_stand_in_columns_of_their_own() {
    let imported = plain("Jahr;Monat;Tag;km\n2026;3;4;8,2\n2026;März;31;5\n2026;2;30;7\n");
    let runs: Vec<_> =
        imported.activities.iter().map(|one| (one.start, one.distance.map(|distance| distance.m))).collect();
    let day = |day| Some(crate::model::activity::Start::Date(chrono::NaiveDate::from_ymd_opt(2026, 3, day).unwrap()));
    assert_eq!(runs, [(day(4), Some(8_200)), (day(31), Some(5_000))]);
    let told: Vec<_> = imported.problems.iter().map(|problem| (problem.place, problem.what.as_str())).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].1.contains("2026-2-30") && told[0].0 == crate::model::problem::Place::Line(4), "{told:?}");
}

#[test]
fn minutes_that_a_spreadsheet_took_for_hours_are_minutes_again() {
    let rows = "2026-03-04,31:01\n2026-03-11,32:16:00\n2026-03-18,28:40:00\n";
    let imported = plain(&format!("Run Date,Time\n{rows}"));
    let seconds: Vec<_> = imported.activities.iter().filter_map(|one| one.elapsed_s.or(one.moving_s)).collect();
    assert_eq!(seconds, [1_861, 1_936, 1_720]);
    assert!(imported.assumptions.iter().any(|one| one.kind == AssumptionKind::UnitGuessed), "{imported:?}");
    // A marathon and a short run are taken as written.
    let imported = plain("Run Date,Time\n2026-03-04,31:01\n2026-03-11,3:16:00\n");
    assert_eq!(imported.activities.iter().filter_map(|one| one.elapsed_s.or(one.moving_s)).max(), Some(11_760));
}
