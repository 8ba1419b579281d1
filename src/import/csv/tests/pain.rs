//! Pain tables, diaries and marks.

use super::{dialect, lines, lost, plain};
use crate::model::reading::Side;

#[test]
fn a_pain_table_gives_side_part_and_score() {
    let text = "# kept by hand\ndate,side,location,severity,note\n2026-03-04,left,hip,4,after the long run\n\
                2026-03-05,R,groin,6/10,\n2026-03-06,both,hip,11,\nsome day,left,hip,3,\n2026-03-07,,hip,none,\n2026-03-08,left,hip,mild,\n";
    let imported = plain(text);
    assert_eq!((dialect(&imported), imported.activities.len()), ("pain-table", 0));
    let given: Vec<_> =
        imported.notes.iter().map(|n| (n.given.side, n.given.severity, n.text.as_str(), n.line)).collect();
    assert_eq!(
        given,
        [
            (Some(Side::Left), Some(4.0), "after the long run", Some(3)),
            (Some(Side::Right), Some(6.0), "", Some(4)),
            (None, Some(0.0), "", Some(7)),
            (Some(Side::Left), None, "severity: mild", Some(8)),
        ]
    );
    assert_eq!(imported.notes[1].given.location.as_deref(), Some("groin"));
    assert_eq!(
        lost(&imported),
        [
            "line 5: \"11\" is not a pain score on its scale; the row was left out",
            "line 6: \"some day\" is not a date; the row was left out",
        ]
    );
}

#[test]
fn scores_on_another_scale_are_brought_to_ten() {
    let column =
        plain("date,location,severity,scale_max\n2026-03-04,hip,2,5\n2026-03-05,hip,50,100\n2026-03-06,hip,6,5\n");
    let scores: Vec<_> = column.notes.iter().map(|note| note.given.severity).collect();
    assert_eq!(scores, [Some(4.0), Some(5.0)]);
    assert_eq!(lost(&column).len(), 1);
    let header = plain("date,pain (0-5)\n2026-03-04,\"2,5\"\n");
    assert_eq!(header.notes[0].given.severity, Some(5.0));
}

#[test]
fn a_diary_repeats_the_row_above_where_it_is_blank() {
    let text = "my pain 2019\nname,startday,startmonth,startyear,intensity,date\n\"Knee Pain\",30,11,2019,4.5,\"2019-12-01 04:06:07\"\n\
                ,,,,2,\"2019-12-01 04:06:09\"\n\"Hip Pain\",0,,0,3.4,\"2019-12-01 04:06:42\"\nhappiness,31,11,2019,6,\n\"Hip Pain\",1,12,,3.8,\n";
    let imported = plain(text);
    let notes: Vec<_> = imported
        .notes
        .iter()
        .map(|n| (n.date.to_string(), n.given.location.clone().unwrap_or_default(), n.given.severity.unwrap_or(-1.0)))
        .collect();
    let note = |day: &str, part: &str, score: f64| (day.to_owned(), part.to_owned(), score);
    assert_eq!(
        notes,
        [
            note("2019-11-30", "Knee Pain", 4.5),
            note("2019-11-30", "Knee Pain", 2.0),
            note("2019-11-30", "Hip Pain", 3.4),
            note("2019-12-01", "Hip Pain", 3.8),
        ]
    );
    // 31 November.
    assert_eq!(lost(&imported), ["line 6: \"2019-11-31\" is not a date; the row was left out"]);
}

#[test]
fn intervals_icu_marks_are_words_and_no_scores() {
    let text = "date,weight,restingHR,injury,comments\n2026-03-04,70,50,2,left hip\n2026-03-05,70,50,1,\n2026-03-06,70,50,4,\n\
                2026-03-07,70,50,,\n2026-03-08,70,50,9,\n";
    let imported = plain(text);
    let notes: Vec<_> =
        imported.notes.iter().map(|n| (n.date.to_string(), n.text.as_str(), n.given.severity)).collect();
    assert_eq!(notes, [("2026-03-04".into(), "niggle; left hip", None), ("2026-03-06".into(), "injured", None)]);
    assert_eq!(lost(&imported).len(), 1);
}

#[test]
fn pain_columns_beside_the_runs_are_notes_of_their_own() {
    let imported = plain("date,km,hip pain,pain side\n2026-03-04,9,3,left\n2026-03-05,5,,\n");
    assert_eq!(lines(&imported).len(), 2);
    let given: Vec<_> =
        imported.notes.iter().map(|n| (n.given.side, n.given.severity, n.given.location.as_deref())).collect();
    assert_eq!(given, [(Some(Side::Left), Some(3.0), Some("hip pain"))]);
}

#[test]
fn words_in_a_column_of_scores_stay_words() {
    let imported = plain(
        "day,pain,comment\n2026-03-04,hip 3/10,after run\n2026-03-05,no,\n2026-03-06,5 left hip,\n2026-03-07,3-4,\n",
    );
    let notes: Vec<_> = imported.notes.iter().map(|n| (n.text.as_str(), n.given.severity)).collect();
    assert_eq!(
        notes,
        [("pain: hip 3/10; after run", None), ("", Some(0.0)), ("left hip", Some(5.0)), ("", Some(4.0)),]
    );
    assert_eq!(imported.problems, []);
}
