//! The sport of each row of a log, by any column or word that tells it.

use super::*;
use crate::model::activity::SportFrom;
use crate::model::assumption::{Assumed, AssumptionKind};
use crate::model::sport::Sport;

/// The sports as `run values, Ride title`.
fn told(imported: &Imported) -> String {
    let one = |activity: &Activity| {
        let from: &str = activity.sport_from.into();
        format!("{} {from}", activity.sport.as_ref().map_or("-", |sport| sport.name()))
    };
    assert_eq!(imported.refusal, None);
    imported.activities.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn assumed(imported: &Imported, kind: AssumptionKind) -> u64 {
    imported.assumptions.iter().filter(|assumed| assumed.kind == kind).map(|assumed| assumed.count).sum()
}

#[test]
fn a_column_of_sports_is_one_whatever_it_is_called() {
    let text = "Date,Discipline sportive,Distance (km),Minutes\n2026-03-02,Vélo,42,95\n2026-03-03,Course à pied,9,48\n\
                2026-03-04,Natation,2,50\n2026-03-05,Course à pied,8,43\n";
    assert_eq!(told(&plain(text)), "Biking values, run values, Natation values, run values");
    let kinds =
        "date,type,km,time\n2026-03-02,Cycling,38,1:20:00\n2026-03-03,easy,8,44:00\n2026-03-04,long,16,1:30:00\n";
    assert_eq!(told(&plain(kinds)), "Biking values, run values, run values");
    // Training zones are not sports, so these rows are only assumed to be runs.
    let zones = "date,type,km,time\n2026-03-02,GA1,8,44:00\n2026-03-03,GA2,9,46:00\n2026-03-04,Fahrrad,30,1:20:00\n";
    assert_eq!(told(&plain(zones)), "run assumed, run assumed, Fahrrad values");
}

#[test]
fn of_two_columns_the_one_that_holds_sports_counts() {
    let text = "Workout date,How,Activity,Km,Duration\n2026-03-02,Hard,Morning class,6.4,30:00\n2026-03-03,Easy,Evening class,25,45:00\n";
    let with = |values: [&str; 2]| {
        let rows = text.replacen("Hard", values[0], 1).replacen("Easy", values[1], 1);
        told(&plain(&rows))
    };
    assert_eq!(with(["Running", "Spinning"]), "run values, Spinning values");
}

#[test]
fn a_name_of_the_configuration_counts_before_all() {
    let text = "date,sport,km,duration\n2026-03-02,Rollski,12,60:00\n2026-03-03,Bahnen ziehen,6,30:00\n2026-03-04,Lauf,8,44:00\n";
    let sports = [("rollski", Sport::Other("Rollski".into())), ("bahnenziehen", Sport::TrackRun)];
    let sports = sports.into_iter().map(|(name, sport)| (name.into(), sport)).collect();
    let options = CsvOptions { sports, ..CsvOptions::default() };
    assert_eq!(told(&read(text.as_bytes(), "log.csv", &options)), "Rollski name, track-run name, run name");
}

#[test]
fn a_title_or_a_bike_tells_where_no_column_does() {
    let text = "date,name,km,duration\n2026-03-02,Canal loop,8,44:00\n2026-03-03,Commute by bike,9,30:00\n2026-03-04,Track intervals run,7,40:00\n\
                2026-03-05,8 km + core,8,45:00\n";
    let imported = plain(text);
    assert_eq!(told(&imported), "run assumed, bike title, track-run title, run assumed");
    assert_eq!(assumed(&imported, AssumptionKind::NoSportColumn), 2);
    let bikes = "Datum;Fahrrad;Strecke (km);Zeit\n02.03.2026;Stevens;31,5;1:20:00\n03.03.2026;;8,1;45:10\n";
    assert_eq!(told(&plain(bikes)), "Ride values, run assumed");
}

#[test]
fn rows_of_another_sport_in_a_column_beside_the_runs_are_none() {
    let text = "Day,Route,Hours,Minutes,Seconds,Distance,Unit,Cross training\n2026-03-02,Canal,1,4,30,8,miles,\n2026-03-03,,1,,,20,miles,cycling\n\
                2026-03-04,,,40,,,,weights\n";
    let imported = plain(text);
    assert_eq!(told(&imported), "run assumed, Biking values, weights values");
    // 1 h 4 min 30 s.
    assert_eq!(lines(&imported)[0], "2026-03-02|run|12875|3870");
}

#[test]
fn a_table_whose_rows_cannot_all_be_runs_is_refused_with_the_way_out() {
    let refused = |text: &str| match plain(text).refusal {
        Some(Refusal::Failed(problem)) => (problem.what, problem.hint),
        other => panic!("{other:?}"),
    };
    let (what, hint) = refused(
        "date,what,km,duration\n2026-03-02,Feierabendrunde,41,1:25:00\n2026-03-03,Seerunde,8,44:00\n2026-03-04,Pass,60,2:30:00\n",
    );
    assert_eq!(
        what,
        "no column names a sport, and some of its rows are faster than anyone runs; the columns are date, what, km, duration"
    );
    assert!(hint.contains("sport = \"what\"") && hint.contains("ignore"), "{hint}");
    let (what, _) =
        refused("date,duration,mood\n2026-03-02,8:10:00,ok\n2026-03-03,7:20:00,ok\n2026-03-04,9:05:00,fine\n");
    assert!(what.contains("last longer than any usual run"), "{what}");
    // One of many is treated separately, and reported.
    let rows: Vec<String> = (1..=9).map(|day| format!("2026-03-0{day},8,45:00\n")).collect();
    let rows = rows.concat();
    let imported = plain(&format!("date,km,duration\n{rows}2026-03-10,40,1:20:00\n"));
    assert!(told(&imported).ends_with("run assumed, Ride pace"));
    assert!(imported.assumptions.contains(&Assumed::new(AssumptionKind::SportByPace, "a ride", 1)));
    assert!(imported.activities.iter().any(|one| one.sport_from == SportFrom::Pace));
}

#[test]
fn a_run_without_figures_is_planned_unless_it_says_otherwise() {
    let text = "date,sport,km,duration,notes\n2026-03-02,run,8,44:00,\n2026-03-04,run,,,called off: left hip sore\n2026-03-05,run,,,\n\
                2026-03-06,run,0,0:00,\n2026-03-07,run,,,watch died on the way\n2026-03-08,run,,35:00,treadmill\n";
    let imported = plain(text);
    assert_eq!(lines(&imported), ["2026-03-02|run|8000|2640", "2026-03-07|run|-|-", "2026-03-08|run|-|2100"]);
    assert_eq!(assumed(&imported, AssumptionKind::PlannedOnly), 3);
    let notes: Vec<&str> = imported.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["called off: left hip sore"]);
}

#[test]
fn a_title_of_a_ride_at_the_pace_of_a_run_is_a_run_and_that_is_said() {
    // 7.5 km in 42 minutes are 10.7 km/h, 21 km in 55 minutes 22.9 km/h. Nobody walks 3 km in 11 minutes, but a row
    // named a walk remains one.
    let imported = plain(
        "date,title,km,duration\n2026-03-02,Morgenlauf,8,44:00\n2026-03-03,Radweg am Kanal und zur\u{fc}ck mit dem Rad,7.5,42:00\n\
         2026-03-04,Radtour,21,55:00\n2026-03-05,Spaziergang,4,24:00\n2026-03-06,Fahrradtour,2.5,15:00\n",
    );
    assert_eq!(told(&imported), "run title, run pace, Radtour title, Spaziergang title, Fahrradtour title");
    let about = "a run, though the title speaks of a ride";
    assert!(imported.assumptions.contains(&Assumed::new(AssumptionKind::SportByPace, about, 1)));
}

#[test]
fn a_workout_in_a_column_of_sports_is_no_run_and_that_is_said() {
    let imported = plain(
        "date,activity,distance_km,minutes\n2026-03-04,run,8,45\n2026-03-05,workout,9,40\n2026-03-06,ride,30,70\n",
    );
    let is_run = |one: &Activity| one.sport.as_ref().is_some_and(Sport::is_running);
    assert_eq!(imported.activities.iter().map(is_run).collect::<Vec<_>>(), [true, false, false]);
    let said = imported
        .assumptions
        .iter()
        .any(|one| (one.kind, one.about.as_str(), one.count) == (AssumptionKind::SportNameUnknown, "workout", 1));
    assert!(said, "{:?}", imported.assumptions);
}

#[test]
fn a_workout_without_a_distance_is_no_run_beside_runs() {
    let imported = plain(
        "date,type,distance_km,minutes\n2026-03-04,Run,8,45\n2026-03-05,Workout,0.0,40\n2026-03-06,Workout,6,33\n2026-03-07,easy,,30\n2026-03-08,Run,8,45\n2026-03-09,Swim,1,30\n",
    );
    let is_run = |one: &Activity| one.sport.as_ref().is_some_and(Sport::is_running);
    assert_eq!(imported.activities.iter().map(is_run).collect::<Vec<_>>(), [true, false, true, true, true, false]);
}
