//! Tables that are not logs, and tables of several people.

use super::*;

#[test]
fn tables_about_other_things_are_known_by_their_columns() {
    for (text, reason) in [
        ("date,Einschlafzeit,duration,mood\n2026-03-02,23:10,7:40,ok\n", "sleep"),
        ("Date,Steps,Distance (km),Calories\n2026-03-02,9120,6.8,310\n", "steps counted by day"),
        ("date,resting hr,hrv\n2026-03-02,48,71\n", "heart rate and recovery by day"),
        ("Datum;Temperatur;Niederschlag\n02.03.2026;4,5;0,2\n", "weather"),
        ("name,brand,model,date,km\nA,Hoka,Rincon,2026-01-02,410\n", "a list of gear"),
        ("date,exercise,sets,reps,weight,duration\n2026-03-02,Squat,3,8,60,10:00\n", "strength training by sets"),
        ("date,class,instructor,duration\n2026-03-02,Spin,Somebody,45:00\n", "a list of classes"),
        ("KOMs,PRs,Local Legends,Elapsed Time,Start Date\n0,3,1,346,2026-03-02\n", "a recap of achievements"),
    ] {
        assert_eq!(plain(text).refusal, Some(Refusal::Ignored(format!("not a run log: {reason}"))), "{text}");
    }
    // A log of runs may have such a column among others, and so may a pain table.
    assert_eq!(
        lines(&plain("date,sport,km,duration,steps,temperature,wind\n2026-03-02,run,8,45:00,7000,4,2\n")).len(),
        1
    );
    assert_eq!(plain("date,side,pain,sleep quality\n2026-03-02,left,3,bad\n").notes.len(), 1);
}

const CLUB: &str =
    "date,athlete,distance_km,duration\n2026-03-02,Mara,8,44:00\n2026-03-02,Nils,12,58:00\n2026-03-04,mara,9,50:00\n";

#[test]
fn the_runs_of_several_people_are_not_added_up() {
    let Some(Refusal::Failed(problem)) = plain(CLUB).refusal else { panic!("refused") };
    assert_eq!(
        problem.what,
        "it holds the activities of 2 athletes (column \"athlete\": Mara, Nils), which are not added up"
    );
    assert!(problem.hint.contains("runhip roster") && problem.hint.contains("--athlete"), "{}", problem.hint);
    let one = CsvOptions { athlete: Some("MARA".into()), ..CsvOptions::default() };
    let imported = read(CLUB.as_bytes(), "club.csv", &one);
    assert_eq!(lines(&imported), ["2026-03-02|run|8000|2640", "2026-03-04|run|9000|3000"]);
    let alone = plain("date,athlete,distance_km\n2026-03-02,Mara,8\n2026-03-04,Mara,9\n");
    assert_eq!(lines(&alone).len(), 2);
}

#[test]
fn a_column_of_names_is_one_of_people_where_they_share_days() {
    let people = "date,name,km\n2026-03-02,Mara,8\n2026-03-02,Nils,12\n2026-03-04,Mara,9\n2026-03-04,Nils,10\n";
    assert!(matches!(plain(people).refusal, Some(Refusal::Failed(_))));
    let routes =
        "date,name,km\n2026-03-02,Canal,8\n2026-03-03,Hill loop,12\n2026-03-04,Canal,9\n2026-03-05,Hill loop,10\n";
    assert_eq!(lines(&plain(routes)).len(), 4);
    let titles = "date,name,km\n2026-03-02,Morning Run,8\n2026-03-02,Evening Run,4\n2026-03-04,Morning Run,9\n2026-03-04,Evening Run,3\n";
    assert_eq!(lines(&plain(titles)).len(), 4);
}
