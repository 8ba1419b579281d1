//! Rows with numbers that count runs, their parts or their records, and times whose form depends on a header or
//! spreadsheet.

use super::*;
use crate::model::assumption::AssumptionKind;

fn counted(imported: &Imported, kind: AssumptionKind) -> u64 {
    imported.assumptions.iter().filter(|assumed| assumed.kind == kind).map(|assumed| assumed.count).sum()
}

#[test]
fn a_number_that_counts_the_runs_is_no_code_of_a_sport() {
    // 1, 4, 9, 10 and 16 are codes for sports in an app's own export.
    for head in ["Run", "Run #", "Workout", "Activity"] {
        let rows: Vec<String> = (1..=16).map(|number| format!("{number},2026-03-{number:02},5.5,31:00\n")).collect();
        let rows = rows.concat();
        let imported = plain(&format!("{head},Date,Distance (km),Time\n{rows}"));
        assert_eq!(lines(&imported).iter().filter(|line| line.contains("|run|5500|1860")).count(), 16, "{head}");
        assert!(imported.activities.iter().all(|one| one.title.is_none()), "{head}");
    }
    // Codes that are not consecutive remain codes.
    let codes = "sport,date,km\n9,2026-03-02,8\n1,2026-03-03,30\n9,2026-03-04,7\n16,2026-03-05,2\n";
    let running = lines(&plain(codes)).iter().filter(|line| line.contains("|run|")).count();
    assert_eq!(running, 2);
}

#[test]
fn parts_with_the_number_of_one_run_are_added_up_and_told_of() {
    let text = "run;section;date;dist;minutes;seconds\n1;1;5-3-2026;3,20;18;30\n1;2;5-3-2026;1,10;6;10\n2;1;17-3-2026;4,00;23;00\n\
                3;1;19-3-2026;2,50;14;20\n3;2;19-3-2026;2,50;14;40\n3;3;19-3-2026;0,80;5;00\n";
    let imported = plain(text);
    assert_eq!(lines(&imported), ["2026-03-05|run|4300|1480", "2026-03-17|run|4000|1380", "2026-03-19|run|5800|2040"]);
    assert_eq!(counted(&imported, AssumptionKind::PartRows), 3);
}

#[test]
fn a_row_with_the_identifier_and_the_figures_of_another_is_told_of_and_not_counted_again() {
    let text = "date,activityId,sport,km,time\n2026-03-02,7001,running,8.2,45:00\n2026-03-02,7001,running,8.2,45:00\n\
                2026-03-04,7002,running,5,28:00\n2026-03-05,7003,running,5,28:00\n2026-03-05,7003,running,6,33:00\n";
    let imported = plain(text);
    assert_eq!(
        lines(&imported),
        [
            "2026-03-02|run|8200|2700",
            "2026-03-04|run|5000|1680",
            "2026-03-05|run|5000|1680",
            "2026-03-05|run|6000|1980"
        ]
    );
    assert_eq!(counted(&imported, AssumptionKind::RepeatedRows), 1);
    // A number that is the same in every row identifies the owner, and two runs of a day may be equal.
    let own = "date,id,km\n2026-03-02,31,5\n2026-03-02,31,5\n2026-03-03,31,5\n";
    assert_eq!(lines(&plain(own)).len(), 3);
}

#[test]
fn what_was_done_stands_beside_what_was_planned() {
    let text = "Day,Planned,Actual Workout,Actual Duration,Date,activityType,duration,distance\n\
                Mon,easy run,Easy loop,40.5,2026-03-02,running,40.5,7000\n\
                Tue,long ride by the lake,,,2026-03-03,,,\n\
                Wed,hill repeats,[RUN] Morning run,22.0,2026-03-04,,,\n";
    let imported = plain(text);
    assert_eq!(lines(&imported), ["2026-03-02|run|7000|2430", "2026-03-04|run|-|1320"]);
    assert_eq!(counted(&imported, AssumptionKind::PlannedOnly), 1);
}

#[test]
fn a_header_that_spells_the_form_of_a_time_is_one_of_times() {
    for head in ["time_mmss", "duration_mmss", "mmss", "time (mm:ss)", "time_hhmmss", "hhmmss"] {
        let text = format!("date,distance_km,{head}\n2026-03-02,3,17:40\n2026-03-03,12,1:05:30\n");
        assert_eq!(lines(&plain(&text)), ["2026-03-02|run|3000|1060", "2026-03-03|run|12000|3930"], "{head}");
    }
    // Short times are minutes if the header says so; otherwise these would be hours.
    let short = "date,sport,time_mmss\n2026-03-02,run,0:48\n2026-03-03,run,1:05\n";
    assert_eq!(lines(&plain(short)), ["2026-03-02|run|-|48", "2026-03-03|run|-|65"]);
}

#[test]
fn minutes_that_a_spreadsheet_kept_as_hours_are_put_right_in_an_export_too() {
    let text = "Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Pace,Notes,GPX File\n\
                a-1,2026-03-02 18:00:00,Running,,4.1,24:36:00,06:00:00,,1.gpx\n\
                a-2,2026-03-03 17:30:00,Running,,10.5,1:03:00,6:00,,2.gpx\n\
                a-3,2026-03-04 19:10:00,Walking,,9.8,1:52:00,11:26,,3.gpx\n";
    let imported = plain(text);
    assert_eq!(dialect(&imported), "runkeeper");
    assert_eq!(
        lines(&imported),
        ["2026-03-02 18:00|run|4100|1476", "2026-03-03 17:30|run|10500|3780", "2026-03-04 19:10|Walking|9800|6720"]
    );
    assert_eq!(counted(&imported, AssumptionKind::UnitGuessed), 1);
}

#[test]
fn a_column_of_steps_beside_sport_day_distance_and_time_makes_no_other_table_of_a_log() {
    let text = "foto,quando,atividade,distancia_km,ritmo,tempo_usado,passos\n\
                a1.jpg,2026-03-02 19:10,Corrida,4.2,\"06'40\"\"\",00:28:00,4100\n\
                a2.jpg,2026-03-04 18:55,Corrida,5.1,\"06'28\"\"\",00:33:00,4900\n";
    assert_eq!(lines(&plain(text)), ["2026-03-02 19:10|run|4200|1680", "2026-03-04 18:55|run|5100|1980"]);
    let finnish = "Päivä,Laji,Matka,Kesto,stappen\n2026-03-02,Juoksu,5.95,00:35:20,5100\n";
    assert_eq!(lines(&plain(finnish)), ["2026-03-02|run|5950|2120"]);
    let steps = "data,passos,distancia_km\n2026-03-02,8100,5.9\n2026-03-03,9400,6.8\n";
    assert!(matches!(plain(steps).refusal, Some(Refusal::Ignored(_))));
}

#[test]
fn another_sport_in_words_or_a_picture_beside_a_row_makes_it_no_run() {
    let text = "date,km,time,note\n2026-03-02,8,45:00,windy \u{26f0}\n2026-03-03,,1:50:00,\u{1f3be}\n2026-03-04,,30:00,\u{1f3cb}\u{fe0f}\n\
                2026-03-05,6,33:00,tennis on Friday\n2026-03-06,,1:30:00,Swimming\n2026-03-07,5,30:00,\u{1f3c3}\n";
    let running: Vec<bool> = plain(text)
        .activities
        .iter()
        .map(|one| one.sport.as_ref().is_none_or(crate::model::sport::Sport::is_running))
        .collect();
    assert_eq!(running, [true, false, false, true, false, true]);
    let titled =
        "date,title,time\n2026-03-02,\u{1f3be} with Jo,1:10:00\n2026-03-03,Gym,40:00\n2026-03-04,Evening run,35:00\n";
    let running: Vec<bool> = plain(titled)
        .activities
        .iter()
        .map(|one| one.sport.as_ref().is_none_or(crate::model::sport::Sport::is_running))
        .collect();
    assert_eq!(running, [false, false, true]);
}
