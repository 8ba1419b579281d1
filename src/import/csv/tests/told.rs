//! What the columns of a table say in words, with a classifier of a few words.

use super::*;
use crate::model::concern::{Concern, ConcernClassifier};

/// Only these words are of the body.
fn concern(words: &str) -> Concern {
    let of_the_body = ["hip", "groin", "limp", "weight on it"];
    let words = words.to_lowercase();
    if words.contains("weight on it") || words.contains("hip: 2") {
        Concern::Complaint
    } else if of_the_body.iter().any(|word| words.contains(word)) {
        Concern::Hip
    } else {
        Concern::Nothing
    }
}

fn table(text: &str) -> Imported {
    let options = CsvOptions { classifier: ConcernClassifier(concern), ..CsvOptions::default() };
    read(text.as_bytes(), "log.csv", &options)
}

fn notes(text: &str) -> Vec<String> {
    table(text).notes.into_iter().map(|note| note.text).collect()
}

fn descriptions(text: &str) -> Vec<Option<String>> {
    table(text).activities.into_iter().map(|run| run.description).collect()
}

#[test]
fn every_column_of_notes_counts_and_not_the_first_alone() {
    assert_eq!(
        descriptions(
            "date,km,comments,remarks\n2026-03-04,8,nice,groin ache\n2026-03-05,5,same,same\n2026-03-06,5,,\n"
        ),
        [Some("nice; groin ache".to_owned()), Some("same".to_owned()), None]
    );
    assert_eq!(notes("date,symptoms,comment\n2026-03-04,no weight on it,sunny\n"), ["no weight on it; sunny"]);
}

#[test]
fn a_column_that_speaks_of_the_body_counts_with_its_header() {
    assert_eq!(
        descriptions("date,km,weather,niggles,notes\n2026-03-04,8,sun,left hip,fine\n2026-03-06,5,rain,none,\n"),
        [Some("niggles: left hip; fine".to_owned()), Some("no niggles".to_owned())]
    );
    assert_eq!(
        notes("date,side,severity,Limping?,note\n2026-03-04,left,5,yes,sore\n2026-03-05,left,2,no,\n"),
        ["Limping: yes; sore", "no Limping"]
    );
    assert_eq!(notes("date,location,note\n2026-03-04,outer hip,sore\n"), ["location: outer hip; sore"]);
    assert_eq!(notes("date,location,note\n2026-03-04,the park,sore\n"), ["location: the park; sore"]);
    assert_eq!(notes("date,km,location,note\n2026-03-04,,the park,sore\n"), ["sore"]);
}

#[test]
fn a_column_for_each_hip_is_a_diary() {
    let each = ["left hip: 4; no right hip: 0", "right hip: 2"];
    assert_eq!(
        notes("date,left_hip,rightHip\n2026-03-04,4,0\n2026-03-05,,2\n"),
        ["left hip: 4; no right Hip: 0", "right Hip: 2"]
    );
    assert_eq!(notes("date,left hip,right hip,note\n2026-03-04,4,0,\n2026-03-05,,2,\n"), each);
    // What may be a log of runs is not taken for a diary.
    assert!(table("date,left hip,how far\n2026-03-04,4,8.2\n").refusal.is_some());
}

#[test]
fn a_cell_in_a_column_of_sports_may_say_more() {
    let log = "date,sport,km,notes\n2026-03-04,Run,8,\n2026-03-05,\"Rest, groin sore\",,\n2026-03-06,Rest,,\n";
    assert_eq!(descriptions(log), [None, Some("Rest, groin sore".to_owned())]);
    assert_eq!(notes(log), ["Rest"]);
}

#[test]
fn a_row_uses_the_first_score_and_tells_the_second() {
    let read = table("date,pain level,hip pain,note\n2026-03-04,5,3,hills\n");
    assert_eq!(read.notes[0].given.severity, Some(5.0));
    assert_eq!(read.notes[0].text, "hip pain: 3; hills");
}

#[test]
fn marks_mean_yes_and_no_and_a_question_is_only_affirmed() {
    let table = "date,km,limping?,\"any of these? (limp, no weight on it)\"\n\
                 2026-03-04,8,✓,no\n2026-03-05,5,☐,✅\n2026-03-06,5,+++,n\n";
    let told = [
        "limping: yes; no of these",
        "no limping; any of these? (limp, no weight on it): yes",
        "limping: yes; no of these",
    ];
    assert_eq!(descriptions(table), told.map(|text| Some(text.to_owned())));
}

#[test]
fn the_name_of_a_group_of_columns_stands_before_theirs() {
    assert_eq!(
        notes(",Left hip,,Right hip,,\nDate,AM,PM,AM,PM,Notes\n2026-03-04,1,3,,0,easy\n"),
        ["Left hip AM: 1; Left hip PM: 3; no Right hip PM: 0; easy"]
    );
    // A title is no group.
    assert_eq!(notes("My hip,,\nDate,weather,note\n2026-03-04,sunny,sore\n"), ["weather: sunny; sore"]);
}

#[test]
fn a_score_keeps_the_scale_of_its_header() {
    let read = table("date,km,Hip pain /10,notes\n2026-03-04,8,3,\n");
    assert_eq!(read.notes[0].given.severity, Some(3.0));
    let read = table("date,km,Hip pain (0-5),notes\n2026-03-04,8,3,\n");
    assert_eq!(read.notes[0].given.severity, Some(6.0));
    assert_eq!(notes("date,L hip /10,R hip (0-10)\n2026-03-04,3,0\n"), ["L hip: 3/10; no R hip: 0/10"]);
    let felt = "date,km,feel,notes\n2026-03-04,8,7/10,groin ache\n";
    assert_eq!(descriptions(felt), [Some("feel: 7/10; groin ache".to_owned())]);
}

#[test]
fn what_another_kind_of_table_says_of_the_hip_is_not_passed_over() {
    let sleep = "Date,HRV,Sleep,Notes\n2026-03-04,60,7,\n2026-03-05,41,4,\"right hip, no weight on it\"\n";
    assert_eq!(notes(sleep), ["right hip, no weight on it"]);
    let scores = "Date,R hip,L hip,Sleep\n2026-03-04,2,0,7\n";
    assert_eq!(notes(scores), ["R hip: 2; no L hip: 0"]);
    let steps = "Date,HRV,Sleep,Notes\n2026-03-04,60,7,long day\n";
    assert!(matches!(table(steps).refusal, Some(Refusal::Ignored(_))), "{:?}", table(steps).refusal);
    // Without a day it cannot be used, and is told of.
    let by_week = "Week,Km,Notes\n11,30,easy\n12,0,hip: no weight on it\n";
    assert!(matches!(table(by_week).refusal, Some(Refusal::Failed(_))), "{:?}", table(by_week).refusal);
}

#[test]
fn a_question_and_its_answer_in_two_columns_are_one() {
    let table = "Date,Question,Answer\n2026-03-04,Can you limp?,No\n2026-03-04,Limp since the fall?,Yes\n\
                 2026-03-05,Any limp at all?,No\n2026-03-05,Where is it sore?,left hip\n";
    let told = ["Can you limp: No", "Limp since the fall: Yes", "no limp at all", "Where is it sore: left hip"];
    assert_eq!(notes(table), told.map(|text| text.replace(": No", ": no")));
}

#[test]
fn no_to_what_somebody_can_do_is_no_denial() {
    let table = "date,km,Can you limp?,Any limp today?,Can't limp,Limp control (ok?)\n2026-03-04,8,no,no,no,no\n";
    let told = "Can you limp: no; no limp today; Limp control: no";
    assert_eq!(descriptions(table), [Some(told.to_owned())]);
}

#[test]
fn a_score_that_cannot_be_read_costs_no_words() {
    let read = table("date,km,hip pain,notes\n2026-03-04,8,12,no weight on it\n2026-03-05,8,3,no weight on it\n");
    assert_eq!(lost(&read).len(), 1);
    assert_eq!(read.activities[0].description.as_deref(), Some("no weight on it"));
    assert_eq!(read.activities[1].description, None);
    assert_eq!(read.notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), ["no weight on it"]);
}

#[test]
fn words_of_the_run_stay_with_it_beside_a_score() {
    let read = table("date,km,hip pain,notes\n2026-03-04,8,0,round the lake\n");
    assert_eq!(read.activities[0].description.as_deref(), Some("round the lake"));
    assert_eq!((read.notes[0].text.as_str(), read.notes[0].given.severity), ("", Some(0.0)));
}

#[test]
fn no_to_a_header_that_denies_tells_of_what_it_denies() {
    let log = "date,km,No limp,Not limping,Can't limp\n2026-03-04,8,no,no,no\n";
    assert_eq!(descriptions(log), [Some("limp: yes; limping: yes".to_owned())]);
}

#[test]
fn a_table_of_figures_alone_is_ignored_as_before() {
    let figures = "date,time,resting hr,hrv\n2026-03-04T06:30:00Z,06:30,48,71\n2026-03-05T06:30:00Z,06:30,50,70\n";
    assert!(matches!(table(figures).refusal, Some(Refusal::Ignored(_))), "{:?}", table(figures).refusal);
    // A header of the body is enough, and so is a word.
    assert_eq!(notes("Date,R hip,HRV,Sleep\n2026-03-04,2,60,7\n"), ["R hip: 2"]);
}

#[test]
fn a_number_of_a_row_is_no_score() {
    // A bare "1" behind words may be a score of the hip, and stands for "yes" in columns that ask.
    let scored: fn(&str) -> Concern =
        |words| if words.ends_with(": 1") { Concern::Complaint } else { Concern::Nothing };
    let options = CsvOptions { classifier: ConcernClassifier(scored), ..CsvOptions::default() };
    let numbered = "Activity ID,date,km,notes\n1,2026-03-04,8,nice\n2,2026-03-06,5,\n";
    let read = read(numbered.as_bytes(), "log.csv", &options);
    let told: Vec<_> = read.activities.iter().map(|run| run.description.as_deref()).collect();
    assert_eq!(told, [Some("nice"), None]);
}

#[test]
fn a_log_that_cannot_be_read_still_tells_of_the_hip() {
    let weeks = "week_ending,runs,severity_q,free_text\n2026-02-01,4,0,\n2026-02-08,4,24,\n2026-02-15,3,50,hip clicks\n\
                 2026-02-22,3,68,\n2026-03-01,0,100,no weight on it since Saturday\n";
    let read = table(weeks);
    assert_eq!(read.refusal.as_ref().map(|_| ()), None);
    assert!(read.problems[0].what.starts_with("each of its rows seems to be a week"), "{:?}", read.problems);
    let told: Vec<_> = read.notes.iter().map(|note| (note.date.to_string(), note.text.as_str())).collect();
    assert!(told.contains(&("2026-03-01".to_owned(), "no weight on it since Saturday")), "{told:?}");
    // One that says nothing of the hip is refused whole.
    assert!(matches!(table(&weeks.replace("no weight on it", "no time")).refusal, Some(Refusal::Failed(_))));
}

#[test]
fn a_time_of_day_beside_words_is_no_duration() {
    let diary = "full_date,time,mood,note\n2026-03-04,9:40 pm,good,hip quiet all day\n2026-03-05,7:05 a.m.,meh,\n";
    assert_eq!(
        notes(diary),
        ["time of day: 9:40 pm; mood: good; hip quiet all day", "time of day: 7:05 a.m.; mood: meh"]
    );
    let log = "date,time,km\n2026-03-04,9:40 pm,8\n2026-03-05,7:05 am,5\n";
    let read = table(log);
    assert_eq!((read.activities.len(), read.problems.len()), (2, 0), "{:?}", read.problems);
    assert!(read.activities.iter().all(|run| run.elapsed_s.is_none()));
}

#[test]
fn a_rating_goes_with_what_it_rates() {
    let tracker = "checkin_date,trackable_type,trackable_name,trackable_value\n\
                   2026-03-04,Symptom,weight on it hurts,3\n2026-03-05,Symptom,weight on it hurts,0\n2026-03-05,Tag,ran to work,\n";
    assert_eq!(notes(tracker), ["weight on it hurts: 3", "no weight on it hurts: 0", "ran to work"]);
}

#[test]
fn the_moment_at_which_a_form_was_sent_is_its_day() {
    for (moment, words) in [("Tijdstempel", "Opmerking"), ("Zeitstempel", "Bemerkung"), ("Horodateur", "Remarque")] {
        let form = format!("{moment},Naam,{words}\n04-03-2026 7:31:10,S,hip stiff\n15-03-2026 7:28:44,S,hip fine\n");
        let read = table(&form);
        let days: Vec<_> = read.notes.iter().map(|note| note.date.to_string()).collect();
        assert_eq!(days, ["2026-03-04", "2026-03-15"], "{moment}: {:?}", read.refusal);
    }
}

#[test]
fn of_several_scores_the_highest_counts_and_the_others_are_told() {
    let scored = |text: &str| -> Vec<(Option<f64>, String)> {
        table(text).notes.into_iter().map(|note| (note.given.severity, note.text)).collect()
    };
    assert_eq!(
        scored("date,Hip (L),Hip (R)\n2026-03-04,9,0\n2026-03-05,1,4\n"),
        [(Some(9.0), "Hip (L); no right Hip: 0".to_owned()), (Some(4.0), "Hip (R); left Hip: 1".to_owned())]
    );
    // The score of another part turns off neither the score nor the name of the hip.
    assert_eq!(scored("date,hip,limp\n2026-03-04,7,2\n"), [(Some(7.0), "hip; limp: 2".to_owned())]);
}

#[test]
fn a_score_that_denies_goes_with_what_is_scored() {
    let items =
        "date,symptom,severity\n2026-03-04,left hip,3\n2026-03-04,limp,0\n2026-03-04,Can put weight on it?,No\n";
    assert_eq!(notes(items), ["symptom: left hip", "no limp", "Can put weight on it: no"]);
    // A note is no such thing, and what is said against the runner's leg stays.
    let diary = "date,side,severity,note\n2026-03-04,left,0,cannot put weight on it\n2026-03-05,left,no,hip fine\n";
    assert_eq!(notes(diary), ["cannot put weight on it", "hip fine"]);
    let told = "date,symptoms,severity\n2026-03-04,no weight on it,0\n2026-03-05,limp,2\n";
    assert_eq!(notes(told), ["symptoms: no weight on it", "symptoms: limp"]);
}

#[test]
fn other_words_for_no_deny_and_none_is_no_to_what_one_can_do() {
    assert_eq!(
        notes(
            "date,how is the hip,limping,weight on it ok\n2026-03-04,sore,Not at all,None\n2026-03-05,sore,0/10,yes\n"
        ),
        [
            "how is the hip: sore; no limping; weight on it ok: no",
            "how is the hip: sore; no limping; weight on it ok: yes"
        ]
    );
}

#[test]
fn names_written_in_one_are_read_as_words() {
    assert_eq!(notes("date,sleep,hrv,rightHip\n2026-03-04,7,60,2\n2026-03-05,7,61,\n"), ["right Hip: 2"]);
}

#[test]
fn questions_and_answers_without_a_day_are_reported() {
    let asked = "Question,Answer\nHow are you,fine\nThe hip?,2\n";
    let refusal = format!("{:?}", table(asked).refusal);
    assert!(refusal.contains("The hip: 2"), "{refusal}");
}

#[test]
fn a_scale_in_another_language_is_no_part_of_the_name() {
    assert_eq!(
        notes("date,how is the hip,limp (0 a 10)\n2026-03-04,sore,1\n2026-03-05,sore,7\n"),
        ["how is the hip: sore; limp: 1/10", "how is the hip: sore; limp: 7/10"]
    );
}

#[test]
fn pain_of_no_named_part_keeps_its_score_and_none_is_none_of_the_hip() {
    let log = table("date,km,pain (0-10),remarks\n2026-11-02,10,0,\n2026-11-04,8,4,right hip tight\n");
    let told: Vec<(&str, Option<f64>, bool)> =
        log.notes.iter().map(|note| (note.text.as_str(), note.given.severity, note.given.location.is_some())).collect();
    assert_eq!(told, [("", Some(0.0), false), ("pain 4; right hip tight", Some(4.0), true)]);
    let log = table("date,km,hip_0_10\n2026-11-02,10,0\n2026-11-04,8,4\n");
    let scores: Vec<Option<f64>> = log.notes.iter().map(|note| note.given.severity).collect();
    assert_eq!(scores, [Some(0.0), Some(4.0)]);
}
