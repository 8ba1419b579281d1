//! Tables of apps in languages without a dialect of their own, and of platforms that coaches use.

use super::*;
use crate::model::assumption::AssumptionKind;

#[test]
fn garmins_list_is_known_by_what_stands_in_it() {
    let icelandic = "Gerð,Dagur,Uppáhald,Heiti,Vegalengd,Hitaeiningar,Tími,Meðalpúls\n\
                     Hlaup,2026-03-04 06:30:10,false,Morgunhlaup,8.15,510,00:43:10,150\n\
                     Löng ganga,2026-03-05 06:30:10,true,Út,--,110,00:20:00,--\n";
    let imported = plain(icelandic);
    assert_eq!(dialect(&imported), "garmin");
    assert_eq!(lines(&imported)[0], "2026-03-04 06:30|run|8150|2590");
    assert_eq!(imported.activities[0].title.as_deref(), Some("Morgunhlaup"));
}

#[test]
fn garmins_header_is_known_in_more_languages() {
    for header in [
        "Aktivitetstyp,Datum,Favorit,Namn,Distans,Kalorier,Tid",
        "Typ aktywności,Data,Ulubiony,Tytuł,Dystans,Kalorie,Czas",
        "Tevékenység típusa,Dátum,Kedvenc,Cím,Távolság,Kalóriaszám,Idő",
        "Typ aktivity,Datum,Oblíbené,Název,Vzdálenost,Kalorie,Čas",
        "Aktivitetstype,Dato,Favorit,Titel,Distance,Kalorier,Tid",
    ] {
        // Without the words of the third column the shape is not recognised.
        let imported = plain(&format!("{header}\nLøb,2026-03-04 06:30:00,nej,Tur,\"7,10\",400,00:39:00\n"));
        assert_eq!(
            (dialect(&imported), lines(&imported)),
            ("garmin", vec!["2026-03-04 06:30|run|7100|2340".to_owned()]),
            "{header}"
        );
    }
}

#[test]
fn a_cut_down_list_begins_with_sport_and_date() {
    let text =
        "Laji,Päivä,Syke,Matka,Kesto\nJuoksu,2026-03-04,150,8.2,00:45:00\nPyöräily,2026-03-05,120,31.4,01:20:00\n";
    assert_eq!(lines(&plain(text)), ["2026-03-04|run|8200|2700", "2026-03-05|Pyöräily|31400|4800"]);
}

#[test]
fn trainingpeaks_counts_metres_and_hours_and_keeps_both_comments() {
    let text = "Title,WorkoutType,WorkoutDescription,PlannedDuration,PlannedDistanceInMeters,WorkoutDay,CoachComments,DistanceInMeters,TimeTotalInHours,AthleteComments\n\
                Steady,Run,8 km steady,0.8,8000,2026-03-04,keep it easy,8120.4,0.75,left hip 3/10 after\n\
                Long,Run,16 km,1.5,16000,2026-03-06,,,,\nTurbo,Bike,,1,,2026-03-05,,24000,1.0,\nOff,Day Off,,,,2026-03-07,,,,\n";
    let imported = plain(text);
    assert_eq!(dialect(&imported), "trainingpeaks");
    assert_eq!(lines(&imported)[..2], ["2026-03-04|run|8120|2700", "2026-03-05|Bike|24000|3600"]);
    let run = &imported.activities[0];
    assert_eq!(run.description.as_deref(), Some("left hip 3/10 after"));
    assert_eq!(run.private_note.as_deref(), Some("keep it easy"));
    assert!(imported.assumptions.iter().any(|one| one.kind == AssumptionKind::PlannedOnly && one.count == 1));
}

#[test]
fn cells_that_are_parted_already_are_read_as_those_of_a_text() {
    let rows = [["My runs", "", ""], ["Date", "km", "Sport"], ["", "", ""], ["2026-03-04", "8.25", "run"]];
    let rows = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect());
    let rows: Vec<(u64, Vec<String>)> = (1..).zip(rows).collect();
    let imported = super::super::read_sheet(rows, "Sheet1", &CsvOptions::default());
    assert_eq!(lines(&imported), ["2026-03-04|run|8250|-"]);
    assert_eq!(imported.activities[0].record, Some(4));
}
