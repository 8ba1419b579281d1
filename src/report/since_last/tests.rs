//! Tests of what is reported when an earlier report differs, and of which person's report is compared.

use serde_json::Value;

use super::*;
use crate::report::{fixtures, json};

fn changed(edit: impl Fn(&mut serde_json::Value)) -> SinceLast {
    let report = fixtures::warning();
    let mut then: serde_json::Value = serde_json::from_str(&json::render(&report)).unwrap();
    then["as_of"] = "2026-03-01".into();
    edit(&mut then);
    Earlier::read("then.json", &then.to_string()).expect("a report").compare(&report)
}

#[test]
fn the_same_report_holds_nothing_new() {
    let same = changed(|_| {});
    assert!(!same.news);
    // Of the made-up runner's three signs, those of 17 and 20 January lead; that of November is cleared.
    assert_eq!(
        same.text,
        "Since the report of 1 Mar 2026: 2 warning signs still stand; no new run, no new flag and no new sign."
    );
    // If the sign of 17 January had not led then, it would be new, and only that of 20 January old.
    let one = changed(|then| then["warnings"][1]["leads"] = false.into());
    assert_eq!(
        one.text,
        "Since the report of 1 Mar 2026: a new warning sign, pain that is getting worse (17 Jan); the warning sign of 20 Jan \
         still stands; no new run."
    );
}

#[test]
fn what_the_earlier_report_lacked_is_named_the_signs_first() {
    let report = fixtures::warning();
    let signs = report.warnings.iter().filter(|sign| sign.leads).count();
    assert!(signs > 0 && report.episodes.iter().any(|episode| episode.open), "the fixture has both");
    let bare = changed(|then| {
        for list in ["warnings", "episodes", "findings"] {
            then[list] = serde_json::Value::Array(Vec::new());
        }
        then["athlete"]["runs"] = (report.athlete.runs - 2).into();
    });
    assert!(bare.news);
    assert!(bare.text.starts_with("Since the report of 1 Mar 2026: a new warning sign, "), "{}", bare.text);
    assert!(bare.text.ends_with("; 2 new runs."), "{}", bare.text);
}

#[test]
fn an_episode_that_closed_or_opened_again_is_said() {
    let of = |report: &Report| report.episodes.iter().position(|episode| episode.open).expect("an open one");
    let at = of(&fixtures::warning());
    let back = changed(|then| then["episodes"][at]["open"] = false.into());
    assert!(back.news && back.text.contains("pain is back"), "{}", back.text);
    let report = fixtures::warning();
    let closed = report.episodes.iter().position(|episode| !episode.open);
    if let Some(closed) = closed {
        let ended = changed(|then| then["episodes"][closed]["open"] = true.into());
        assert!(ended.news && ended.text.contains("has ended"), "{}", ended.text);
    }
}

#[test]
fn only_the_same_persons_report_is_compared_with() {
    let mut report = fixtures::warning();
    report.athlete.known_by = Some("Ana".to_owned());
    let then: serde_json::Value = serde_json::from_str(&json::render(&report)).unwrap();
    let why = |edit: &dyn Fn(&mut serde_json::Value)| {
        let mut then = then.clone();
        edit(&mut then);
        let earlier = Earlier::read("ana.json", &then.to_string()).expect("a report");
        earlier.of_the_same(&report, "ana.json").err().map(|error| error.to_string())
    };
    assert_eq!(why(&|_| ()), None);
    assert_eq!(
        why(&|then| then["athlete"]["known_by"] = "ana".into()).as_deref(),
        Some("ana.json is not compared: it is another person's")
    );
    // An older version did not write this.
    assert_eq!(why(&|then| then["athlete"]["known_by"] = serde_json::Value::Null), None);
    let runs = report.runs.len();
    assert!(runs >= 2, "the fixture has {runs} runs");
    let other = |of: usize, m: u32| {
        why(&move |then| {
            for run in then["runs"].as_array_mut().unwrap().iter_mut().take(of) {
                run["distance_m"] = (u32::try_from(run["distance_m"].as_u64().unwrap_or(5_000)).unwrap() + m).into();
            }
        })
    };
    assert_eq!(other(runs, 1), None, "some metres more are the same runs");
    assert_eq!(other(runs / 4, 90_000), None);
    let most = other(runs / 4 + 1, 90_000).expect("another's");
    assert!(most.contains("runs are in this log, so it is another person's, or files are missing"), "{most}");
}

#[test]
fn a_run_at_another_time_of_the_day_is_not_the_same_and_one_whose_zone_was_put_right_is() {
    let start = |time: &str, offset: Option<i32>| (Some(format!("2026-03-04T{time}")), offset);
    let trace = |(local_start, utc_offset_s): (Option<String>, Option<i32>), moving_s, elapsed_s| {
        serde_json::from_value::<earlier::Run>(serde_json::json!({
            "local_date": "2026-03-04", "distance_m": 8000, "local_start": local_start, "utc_offset_s": utc_offset_s,
            "moving_s": moving_s, "elapsed_s": elapsed_s,
        }))
        .expect("a run")
        .trace()
    };
    let then = trace(start("06:30:00", None), Some(2_400), Some(2_700));
    for (now, same) in [
        (trace(start("06:59:59", None), Some(2_400), None), true),
        (trace(start("07:00:01", None), Some(2_400), None), false),
        (trace(start("18:30:00", None), Some(2_400), None), false),
        // With an offset now, where there was none: all runs have moved.
        (trace(start("18:30:00+12:00", Some(43_200)), Some(2_400), None), true),
        (trace((None, None), Some(2_600), None), true),
        (trace((None, None), Some(2_700), None), false),
        // One of both times is enough: programs differ in what they take for a pause.
        (trace((None, None), Some(2_700), Some(2_700)), true),
        (trace((None, None), None, None), true),
    ] {
        assert_eq!(then.can_be(now), same, "{now:?}");
        assert_eq!(now.can_be(then), same, "{now:?}");
    }
}

#[test]
fn another_version_or_no_report_is_not_compared_with() {
    let report = json::render(&fixtures::warning());
    let why = |text: &str| Earlier::read("a.json", text).err().map(|error| error.to_string());
    assert_eq!(why(&report), None);
    let newer = report.replacen("\"schema_version\": 1", "\"schema_version\": 2", 1);
    assert!(why(&newer).is_some_and(|why| why.starts_with("a.json is of version 2")));
    for text in ["{\"schema_version\": 1}", "", &report[..report.len() / 2]] {
        assert!(why(text).is_some_and(|why| why.starts_with("a.json is not a report that can be read")));
    }
}

/// What is reported if the earlier report had what `then` adds to this one.
fn with_more(then: impl Fn(&mut Value)) -> SinceLast {
    changed(|report| {
        report["pain"] =
            Value::Array(fixtures::warning().pain.iter().map(|note| serde_json::to_value(note).unwrap()).collect());
        then(report);
    })
}

fn push(list: &mut Value, row: Value) {
    list.as_array_mut().expect("a list").push(row);
}

#[test]
fn runs_that_are_gone_are_told_first_and_counted_apart_from_new_ones() {
    let run =
        |day: &str, m: u64| serde_json::json!({"id": day, "local_date": day, "distance_m": m, "sources": ["x.csv"]});
    let two = with_more(|then| {
        // These days are before the log begins, so no run has them.
        push(&mut then["runs"], run("2020-05-01", 8_000));
        push(&mut then["runs"], run("2020-05-03", 9_000));
    });
    assert_eq!((two.runs_gone, two.notes_gone, two.news), (2, 0, true));
    assert_eq!(two.missing.as_deref(), Some("2 runs of the last report are not in the log now: is a folder missing?"));
    assert!(
        two.text.starts_with(
            "Since the report of 1 Mar 2026: 2 runs of the last report are not in the log now (is a folder missing?); "
        ),
        "{}",
        two.text
    );
    assert!(two.text.contains("; 2 new runs"), "the count of the earlier report has not grown by them: {}", two.text);
    // A corrected distance, and two recordings that have become one run, are no loss.
    let first = fixtures::warning().runs[0].clone();
    let day = first.local_date.to_string();
    let other = with_more(|then| then["runs"][0]["distance_m"] = 1.into());
    let twice = with_more(|then| push(&mut then["runs"], run(&day, u64::from(first.distance_m.unwrap()) + 1)));
    assert_eq!([other.runs_gone, twice.runs_gone], [0, 0]);
    // A run that the runner has set aside is not missing.
    let earlier = |set_aside: &[&str]| {
        let mut then: Value = serde_json::from_str(&json::render(&fixtures::warning())).unwrap();
        push(&mut then["runs"], run("2020-05-01", 8_000));
        let earlier = Earlier::read("then.json", &then.to_string()).unwrap().without(set_aside);
        earlier.compare(&fixtures::warning()).runs_gone
    };
    assert_eq!([earlier(&[]), earlier(&["2020-05-01"])], [1, 0]);
}

#[test]
fn a_note_that_is_gone_is_no_good_news() {
    let mut now = fixtures::warning();
    let then: Value = serde_json::from_str(&json::render(&now)).unwrap();
    let earlier = Earlier::read("then.json", &then.to_string()).unwrap();
    let raised: Vec<_> = now.warnings.iter().filter(|sign| sign.leads).map(|sign| sign.warning.note_date).collect();
    assert_eq!(raised.len(), 2, "the fixture has two that lead");
    let notes_then = now.pain.len();
    now.warnings.iter_mut().for_each(|sign| sign.leads = false);
    for episode in &mut now.episodes {
        episode.open = false;
    }
    // With all notes there, what the runner wrote since has ended the signs.
    let calm = earlier.compare(&now);
    assert!(calm.text.contains("no warning sign leads the report any more") && calm.missing.is_none(), "{}", calm.text);
    assert!(calm.text.contains("has ended"), "{}", calm.text);
    // With one note reworded.
    let last = now.pain.iter().position(|note| note.date == raised[1]).unwrap();
    now.pain[last].text = "slept well".to_owned();
    let reworded = earlier.compare(&now);
    assert_eq!((reworded.notes_gone, reworded.signs_withdrawn, &reworded.missing), (0, 1, &None));
    let says = format!("the note of {} that raised a warning sign reads otherwise now", wording::day_month(raised[1]));
    assert!(reworded.text.contains(&says), "{}", reworded.text);
    assert!(!reworded.text.contains("any more"), "{}", reworded.text);
    // With all notes gone, and their file too.
    now.pain.clear();
    let gone = earlier.compare(&now);
    assert_eq!((gone.notes_gone, gone.signs_withdrawn), (notes_then as u64, 2));
    assert!(gone.missing.as_deref().is_some_and(|missing| missing.ends_with("in the log now: is a folder missing?")));
    assert!(!gone.text.contains("any more") && !gone.text.contains("has ended"), "{}", gone.text);
}

#[test]
fn two_weeks_without_an_entry_are_said() {
    let mut now = fixtures::warning();
    let then = Earlier::read("then.json", &json::render(&now)).unwrap();
    let last = now.athlete.log_to.unwrap();
    now.as_of = last + chrono::Days::new(13);
    assert!(!then.compare(&now).news);
    now.as_of = last + chrono::Days::new(14);
    let silent = then.compare(&now);
    let says = format!("; nothing has been logged for 14 days, since {}.", wording::day(last));
    assert!(silent.news && silent.text.ends_with(&says), "{}", silent.text);
}

#[test]
fn notes_tell_whose_a_report_is_where_it_has_no_run() {
    let mut now = fixtures::warning();
    now.runs.clear();
    let mut then: Value = serde_json::from_str(&json::render(&now)).unwrap();
    let why = |then: &Value| {
        let earlier = Earlier::read("a.json", &then.to_string()).unwrap();
        earlier.of_the_same(&now, "a.json").err().map(|error| error.to_string())
    };
    assert_eq!(why(&then), None);
    for note in then["pain"].as_array_mut().unwrap() {
        note["text"] = "other words".into();
    }
    let told = why(&then).expect("another's");
    assert!(told.contains(&format!("0 of its {} notes are in this log", now.pain.len())), "{told}");
}
