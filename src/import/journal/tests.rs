//! Tests of the diary reader on whole texts.

use super::*;
use crate::import::imported::Refusal;
use crate::model::assumption::AssumptionKind;
use crate::model::concern::Concern;
use crate::model::problem::Problem;

/// A stand-in for the classifier of notes: these words concern the body, concern the hip, or report on it.
fn concern(words: &str) -> Concern {
    let words = words.to_lowercase();
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    if has(&["limp", "sore", "/10", "popped", "hurt", "crutch", "weight on it", "ache"]) {
        Concern::Complaint
    } else if has(&["hip", "groin", "pain"]) {
        Concern::Hip
    } else if has(&["knee", "calf", "tight"]) {
        Concern::Body
    } else {
        Concern::Nothing
    }
}

fn read_as(name: &str, text: &str) -> Imported {
    read(text.as_bytes(), name, ConcernClassifier(concern))
}

fn of(text: &str) -> Imported {
    read_as("pain.md", text)
}

/// The date and text of each note.
fn said(imported: &Imported) -> Vec<(String, &str)> {
    imported.notes.iter().map(|note| (note.date.to_string(), note.text.as_str())).collect()
}

fn notes(text: &str) -> Vec<(String, String, u64)> {
    let notes = of(text).notes.into_iter();
    notes.map(|note| (note.date.to_string(), note.text, note.line.unwrap_or_default())).collect()
}

fn note(date: &str, text: &str, line: u64) -> (String, String, u64) {
    (date.to_owned(), text.to_owned(), line)
}

/// The lines that are reported.
fn told(imported: &Imported) -> Vec<u64> {
    let line = |problem: &Problem| if let Place::Line(line) = problem.place { line } else { 0 };
    imported.problems.iter().map(line).collect()
}

#[test]
fn lines_bullets_and_headings_begin_a_note() {
    let text = "# My hip\n\n2026-03-04: left hip 4/10 after the long run\n- 2026-03-05 off (travel)\n## 2026-03-06\nsore\n\nagain\n";
    assert_eq!(
        notes(text),
        [
            note("2026-03-04", "left hip 4/10 after the long run", 3),
            note("2026-03-05", "off (travel)", 4),
            note("2026-03-06", "sore\n\nagain", 5),
        ]
    );
}

#[test]
fn a_date_of_two_readings_is_reported_and_other_figures_are_none() {
    let two = of("2026-03-04 fine\n03/04/2026: sore");
    assert_eq!((two.notes.len(), two.notes[0].text.as_str(), two.problems.len()), (1, "fine", 1));
    assert!(two.problems[0].what.starts_with("\"03/04/2026: sore\" begins with"), "{}", two.problems[0].what);
    for text in ["5k in 25:10", "Monday: off", "12345", "1:02:03 for 10k", "T10/T15/T19: 4 reps"] {
        assert!(notes(text).is_empty(), "{text}");
    }
}

#[test]
fn one_day_above_twelve_settles_the_order_for_the_file() {
    let american = "10/16/2026 right groin sore 6/10, limping\n11/02/2026 - fine\n";
    assert_eq!(
        notes(american),
        [note("2026-10-16", "right groin sore 6/10, limping", 1), note("2026-11-02", "fine", 2)]
    );
    assert_eq!(notes("16/10/2026 sore\n02/11/2026 fine")[1], note("2026-11-02", "fine", 2));
    let unsettled = of("03/04/2026 hip sore\n04/05/2026 hip fine\n");
    assert_eq!((unsettled.notes.len(), unsettled.problems.len(), unsettled.refusal), (0, 2, None));
}

#[test]
fn a_day_without_its_year_is_placed_beside_its_neighbours_and_said_to_be() {
    for (line, day) in [
        ("Fri 16 Oct: can't put weight on it", "2026-10-16"),
        ("10/17: limping", "2026-10-17"),
        ("18 October - limping", "2026-10-18"),
        ("Oct 18 limping", "2026-10-18"),
        ("Sat 17/10 limping", "2026-10-17"),
        ("18/10 limping", "2026-10-18"),
        ("18.10. limping", "2026-10-18"),
    ] {
        let read = of(&format!("2026-10-15: right groin sore\n{line}\n2026-10-20: off\n"));
        assert_eq!((read.notes.len(), read.notes[0].text.as_str()), (3, "right groin sore"), "{line}");
        assert_eq!((read.notes[1].date.to_string().as_str(), &read.problems[..]), (day, &[][..]), "{line}");
        // With a weekday only one year is possible.
        let guessed = read.assumptions.iter().map(|assumed| assumed.count).sum::<u64>();
        assert_eq!(guessed, u64::from(!line.starts_with("Fri") && !line.starts_with("Sat")), "{line}");
    }
}

#[test]
fn scores_counts_and_paces_stay_with_their_day() {
    for line in [
        "4/10 after: worse",
        "3/10 in the morning",
        "10-20-30 intervals on the track",
        "3 x 8: fine",
        "second day: sore",
        "thursday: sore",
        "4.30 pace at the end",
        "10/12/15 reps",
    ] {
        let text = format!("2026-10-15: hip sore\n{line}\n2026-10-25: off");
        assert_eq!(notes(&text)[0].1, format!("hip sore\n{line}"), "{line}");
    }
}

#[test]
fn a_weekday_alone_is_placed_only_where_one_day_fits() {
    let between = of("2026-10-15: hip sore\nSaturday: limping\n2026-10-20: off\n");
    assert_eq!(said(&between)[1], ("2026-10-17".to_owned(), "limping"));
    assert_eq!(between.assumptions[0].kind, AssumptionKind::WeekdayPlaced);
    let last = of("2026-10-15: hip sore\nSaturday: limping\n");
    assert_eq!((last.notes.len(), told(&last)), (1, vec![2]));
    assert_eq!(last.problems[0].hint, "if it is of that day, write \"2026-10-17: Saturday: limping\"");
}

#[test]
fn the_heading_names_the_year_the_month_or_the_week() {
    let year = of("# Training 2026\n\n## Wednesday March 4\nhip sore\n\n## Thursday March 5\noff\n");
    assert_eq!(said(&year), [("2026-03-04".to_owned(), "hip sore"), ("2026-03-05".to_owned(), "off")]);
    let month = of("# March 2026\n- 4: hip sore\n- 5th: off\n- Fri 6 fine\n");
    assert_eq!(
        said(&month).iter().map(|note| note.0.as_str()).collect::<Vec<_>>(),
        ["2026-03-04", "2026-03-05", "2026-03-06"]
    );
    let week = of(
        "## Week of 2 March 2026\nMon: off\nWed – 8M: hip sore\nSun: long\n## Week of 9 March 2026\nMon: tight calf\n",
    );
    assert_eq!(
        said(&week).iter().map(|note| note.0.as_str()).collect::<Vec<_>>(),
        ["2026-03-02", "2026-03-04", "2026-03-08", "2026-03-09"]
    );
    assert!(year.problems.is_empty() && month.problems.is_empty() && week.problems.is_empty());
    assert!(year.assumptions.is_empty() && month.assumptions.is_empty() && week.assumptions.is_empty());
}

#[test]
fn a_day_that_does_not_exist_is_reported_and_its_text_joins_no_other_day() {
    for line in ["2026-02-30 hip sore", "45/45/2026 limping"] {
        let read = of(&format!("2026-03-04 fine\n{line}\nmore\n2026-03-05 ok"));
        assert_eq!(said(&read), [("2026-03-04".to_owned(), "fine"), ("2026-03-05".to_owned(), "ok")]);
        assert_eq!(told(&read), [2]);
    }
}

#[test]
fn no_line_on_the_body_is_passed_over_for_want_of_a_day() {
    for (text, line) in [
        ("Right groin 6/10, limping\n2026-03-04: slept well\n", 1),
        ("# Log\nYesterday: my hip popped\n\n2026-03-04: slept well\n", 2),
        ("# Diary\n- last night: hip, could not put weight on it\n- 2026-03-04 rest\n", 2),
        ("## The week after the race\nleft groin 7/10, used a crutch\n## 2026-03-04\nhip 3/10\n", 2),
        ("2026-03-04: fine\n\n## Later\n\nthe knee is tight\n", 5),
        ("2026-03-04: fine\n\n## My hip hurts\n", 3),
    ] {
        let read = of(text);
        assert_eq!((read.notes.len(), told(&read)), (1, vec![line]), "{text}");
        assert!(!read.notes[0].text.contains("groin") && !read.notes[0].text.contains("knee"), "{text}");
    }
}

#[test]
fn the_way_out_of_a_line_without_a_day_is_the_line_with_the_day_it_might_mean() {
    let hint = |text: &str| of(text).problems[0].hint.clone();
    assert_eq!(
        hint("Yesterday: my hip popped\n2026-03-04: off\n"),
        "if it is of that day, write \"2026-03-03: Yesterday: my hip popped\""
    );
    assert_eq!(
        hint("- hip sore, as on 2 March 2026\n2026-03-04: off\n"),
        "if it is of that day, write \"2026-03-02: hip sore, as on 2 March 2026\""
    );
    assert_eq!(
        hint("so sore that I cannot walk the dog round the block\n2026-03-04: off\n"),
        "write its day in front, such as 2026-10-16"
    );
}

#[test]
fn a_title_and_an_introduction_are_no_lost_notes() {
    for text in [
        "# Left hip diary\nKept since the autumn, newest at the end.\n\n2026-03-04: sore\n",
        "Left hip diary\n\n2026-03-04: sore\n",
        "Left hip diary\n==============\n\n2026-03-04: sore\n## Shoes\nnew pair\n",
    ] {
        let read = of(text);
        assert_eq!((said(&read)[0].1, &read.problems[..]), ("sore", &[][..]), "{text}");
        assert_eq!(read.notes[0].heading.as_deref(), Some("Left hip diary"), "{text}");
    }
}

#[test]
fn deeper_headings_belong_to_the_day_above_and_others_end_it() {
    let read = of("## 2026-03-04\n### Evening\nsore\n## Plans\nrun more\n## 2026-03-05\noff\n");
    assert_eq!(said(&read), [("2026-03-04".to_owned(), "Evening\nsore"), ("2026-03-05".to_owned(), "off")]);
}

#[test]
fn a_file_whose_name_is_a_day_is_that_day() {
    let daily =
        read_as("journals/2026_03_04.md", "- [[2026-03-03]] | [[2026-03-05]]\n- easy run\n- hip 4/10 after it\n");
    assert_eq!(said(&daily), [("2026-03-04".to_owned(), "- easy run\n- hip 4/10 after it")]);
    let headed =
        read_as("2026-03-04.md", "# Wednesday\n\n## Body\nhip sore\n## Plans\n- [ ] 2026-04-01 pay the rent\n");
    assert_eq!(headed.notes.iter().map(|note| note.date.to_string()).collect::<Vec<_>>(), ["2026-03-04"]);
    assert!(headed.problems.is_empty());
    let other = read_as("2026-03-04.md", "# Wednesday\nmeeting at ten, wrote the minutes\n");
    assert!(matches!(&other.refusal, Some(Refusal::Ignored(reason)) if reason.starts_with("a day without a word")));
    let log = read_as("log 2026-03-04.md", "hip sore today\n2026-03-01: off\n2026-03-02: knee tight\n");
    assert_eq!(
        log.notes.iter().map(|note| note.date.to_string()).collect::<Vec<_>>(),
        ["2026-03-04", "2026-03-01", "2026-03-02"]
    );
}

#[test]
fn front_matter_names_the_day_unless_headings_do() {
    let dated = read_as("long-run.md", "---\ndate: 2026-03-04\nhip_pain: 4/10\ntags: hip\n---\nsore from mile 8\n");
    assert_eq!(said(&dated), [("2026-03-04".to_owned(), "hip pain: 4/10\nsore from mile 8")]);
    let described = read_as("run.md", "---\ntitle: Lunch\ndate: 2026-03-04\ndescription: hip sore on the hill\n---\n");
    assert_eq!(said(&described), [("2026-03-04".to_owned(), "description: hip sore on the hill")]);
    let weekly = "+++\ndate = \"2026-03-09\"\n+++\n# Entry 3: March 2 - 8, 2026\n## Wednesday March 4\nhip sore\n## Friday March 6\noff\n";
    let weekly = read_as("entry-3.md", weekly);
    assert_eq!(said(&weekly), [("2026-03-04".to_owned(), "hip sore"), ("2026-03-06".to_owned(), "off")]);
}

#[test]
fn a_number_in_front_matter_is_a_score_only_behind_a_name_of_pain() {
    for key in ["week", "day", "phase", "mood", "steam"] {
        let read = read_as("run.md", &format!("---\ndate: 2026-03-04\n{key}: 8\n---\nhip sore\n"));
        assert_eq!(said(&read), [("2026-03-04".to_owned(), "hip sore")], "{key}");
    }
    for key in ["hip", "pain_level", "severity"] {
        let read = read_as("run.md", &format!("---\ndate: 2026-03-04\n{key}: 8\n---\nhip sore\n"));
        assert!(said(&read)[0].1.contains(": 8"), "{key}");
    }
}

#[test]
fn outlines_of_org_are_read() {
    let read =
        read_as("log.org", "#+TITLE: Log\n* 2026\n** March\n*** TODO <2026-03-04 Wed> hip sore\n*** Thu 5\noff\n");
    assert_eq!(said(&read), [("2026-03-04".to_owned(), "hip sore"), ("2026-03-05".to_owned(), "off")]);
}

#[test]
fn a_text_on_hip_pain_without_a_day_is_no_success() {
    let read = of("# My notes\n\nright hip sore after the long run\nworse, limping\n");
    let Some(Refusal::Failed(problem)) = read.refusal else { panic!("{:?}", read.refusal) };
    assert_eq!(problem.place, Place::Line(3));
    assert!(problem.what.ends_with("\"right hip sore after the long run\", and 1 line more"), "{}", problem.what);
    assert!(problem.hint.contains("2026-10-16: right hip 4/10"), "{}", problem.hint);
}

#[test]
fn a_text_without_dates_is_left_alone() {
    for text in ["# Readme\n\nSee section 2.", "", "12345678é", "tight schedule in May\n"] {
        assert!(matches!(of(text).refusal, Some(Refusal::Ignored(_))), "{text}");
    }
}

#[test]
fn more_lines_without_a_day_than_are_told_are_counted() {
    let read = of(&format!("2026-03-04: off\n\n# Old notes\n{}", "hip sore\n".repeat(60)));
    assert_eq!(read.problems.len(), 51);
    assert!(read.problems[50].what.starts_with("10 more lines"), "{}", read.problems[50].what);
}

#[test]
fn a_byte_order_mark_and_old_encodings_are_read() {
    assert_eq!(notes("\u{feff}2026-03-04: fine")[0].1, "fine");
    assert_eq!(read(b"2026-03-04: caf\xe9 run", "pain.md", ConcernClassifier(concern)).notes[0].text, "café run");
}

#[test]
fn a_text_of_many_days_is_a_diary_whatever_day_its_name_is_of() {
    let days = ["03-02", "03-04", "03-06", "03-08", "03-10"];
    let text = days.iter().map(|day| format!("**2026-{day}**: 6 km easy.\n\n")).collect::<Vec<_>>().concat();
    let imported = read_as("2026-02-28-my-spring.md", &format!("{text}**2026-03-12**: knee sore\n"));
    let found: Vec<String> = imported.notes.iter().map(|note| note.date.to_string()).collect();
    assert_eq!(found, [&days[..], &["03-12"]].concat().iter().map(|day| format!("2026-{day}")).collect::<Vec<_>>());
    // On the page of a day, a task for a later day is not a note.
    let page = read_as("2026-02-28.md", "ran 8 km\n2026-03-12: call the bank\n");
    assert_eq!(page.notes.len(), 1);
}

#[test]
fn a_distance_with_a_point_is_no_day() {
    let imported = read_as("2026-06-03.md", "7.5 km, right hip sore\n10.2 miles the day before\n");
    assert_eq!(said(&imported), [("2026-06-03".to_owned(), "7.5 km, right hip sore\n10.2 miles the day before")]);
}

#[test]
fn two_figures_of_a_year_in_front_are_one_where_the_file_is_of_that_year() {
    let text = "---\ndate: 2026-03-30\n---\n\n**26-03-04** 周三 7.05\n\n- knee sore\n\n**26-03-05** 周四 6.7\n";
    let days = |name: &str, text: &str| -> Vec<String> {
        read_as(name, text).notes.iter().map(|note| note.date.to_string()).collect()
    };
    assert_eq!(days("march.md", text), ["2026-03-04", "2026-03-05"]);
    // It could also be the 26th of a month in 2004.
    assert!(days("march.md", "26-03-04: knee sore\n").is_empty());
}

#[test]
fn one_day_above_twelve_tells_the_order_of_days_that_nothing_sets_off() {
    let imported = read_as("log/2026-04.txt", "2/3 8 km 50min\n2/26 5 km hip sore\n3/6 5 km easy\n");
    assert_eq!(
        said(&imported),
        [
            ("2026-02-03".to_owned(), "8 km 50min"),
            ("2026-02-26".to_owned(), "5 km hip sore"),
            ("2026-03-06".to_owned(), "5 km easy"),
        ]
    );
}

#[test]
fn days_of_which_nothing_tells_the_order_are_told_of_and_join_no_other_day() {
    let imported = read_as("log/2026-04.txt", "2/3 8 km 50min\n2/5 5 km hip sore\n");
    assert!(imported.notes.is_empty(), "{:?}", imported.notes);
    assert_eq!(told(&imported), [1, 2]);
}

#[test]
fn a_distance_behind_a_weekday_is_no_day_of_a_month() {
    let imported =
        of("# Week of July 6, 2026 -\nFriday: 6.5 mile run\nSaturday: 12 mile run\nSunday 2.6 mile walk, hip sore\n");
    let days: Vec<String> = imported.notes.iter().map(|note| note.date.to_string()).collect();
    assert!(days.iter().all(|day| day.starts_with("2026-07-1")), "{days:?}");
}

#[test]
fn a_weekday_behind_the_date_tells_day_and_month_apart() {
    // 4 March 2026 is a Wednesday, and 3 April a Friday.
    for text in ["04/03/2026 Wed: hip sore", "04/03/2026 (Wed) hip sore", "04/03/2026, Wed - hip sore"] {
        assert_eq!(of(text).notes.first().map(|note| note.date.to_string()).as_deref(), Some("2026-03-04"), "{text}");
    }
    assert_eq!(of("03/04/2026 Wed: hip sore\n").notes[0].date.to_string(), "2026-03-04");
    // Two such lines tell the order of the others; where they differ, one of them is written wrong.
    let dates = |text: &str| of(text).notes.into_iter().map(|note| note.date.to_string()).collect::<Vec<_>>();
    assert_eq!(dates("04/03/2026 Wed: hip sore\n05/03/2026: hip sore\n"), ["2026-03-04"]);
    assert_eq!(
        dates("04/03/2026 Wed: hip sore\n05/03/2026 Thu: hip sore\n07/03/2026: hip sore\n"),
        ["2026-03-04", "2026-03-05", "2026-03-07"]
    );
    assert!(dates("04/03/2026 Wed: hip sore\n03/05/2026 Thu: hip sore\n07/03/2026: hip sore\n").is_empty());
    // "Sat down" is no day of the week.
    assert!(of("04/03/2026 Sat down with a sore hip\n").notes.is_empty());
    assert!(of("10/03/2026 Saturday's race: hip sore\n").notes.is_empty());
}

#[test]
fn a_line_about_the_diary_itself_is_no_note() {
    let text = "# My hip\n\nNotes about my hip, kept since 2024.\n\n2026-03-04: hip sore\n";
    assert_eq!((of(text).notes.len(), told(&of(text))), (1, vec![]));
    let complaint = "# My hip\n\nNotes: hip sore, a limp.\n\n2026-03-04: hip sore\n";
    assert_eq!(told(&of(complaint)), [3]);
    let later = "2026-03-04: hip sore\n\n## Other\n\nNotes about my hip, kept since 2024.\n";
    assert_eq!(of(later).notes.len() + told(&of(later)).len(), 2);
}

#[test]
fn the_number_of_a_list_is_no_day() {
    let dates = |text: &str| of(text).notes.into_iter().map(|note| note.date.to_string()).collect::<Vec<_>>();
    assert_eq!(
        dates("1. March 17, 2026: hip 3/10\n2. March 18, 2026: hip sore\n12. Mar 20, 2026: hip sore\n"),
        ["2026-03-17", "2026-03-18", "2026-03-20"]
    );
    assert_eq!(dates("# Diary 2026\n1. March 17: hip sore\n2. March 18: hip sore\n"), ["2026-03-17", "2026-03-18"]);
    assert_eq!(dates("1. April 17: Knie\n"), ["2017-04-01"]);
}

#[test]
fn a_line_that_begins_with_no_day_is_not_of_the_day_above() {
    for line in [
        "31 June: cannot put weight on it, hip",
        "June 31: hip sore",
        "30 Feb - hip sore",
        "Wed 31 June: hip sore",
        "5 Marhc 2026: hip sore",
        "2026-07-O1: hip sore",
        "2026\u{2013}03\u{2013}18: hip sore",
        "\u{201c}2026-06-30\u{201d} hip sore",
    ] {
        let text = format!("2026-03-04: left hip 3/10\n{line}\n2026-07-02: easy 5k\n");
        assert_eq!((of(&text).notes.len(), told(&of(&text))), (2, vec![2]), "{line}: {:?}", of(&text));
    }
    // Words that only hold figures go on.
    for line in ["8 x 400: hip sore", "km 20-25: hip sore", "left: hip sore", "10:30: hip sore"] {
        let text = format!("2026-03-04: left hip 3/10\n{line}\n2026-07-02: easy 5k\n");
        assert_eq!((of(&text).notes.len(), told(&of(&text))), (2, vec![]), "{line}: {:?}", of(&text));
    }
}
