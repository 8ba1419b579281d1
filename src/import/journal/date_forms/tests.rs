//! Dates at the beginning of a text, form by form, and text that only looks like a date.

use super::*;

fn said(text: &str) -> String {
    let Some(date) = at_start(text) else { return "nothing".to_owned() };
    let day = match date.day {
        Day::Known(date) => date.to_string(),
        Day::Either { first, second, year } => {
            format!("{first}/{second}{}", year.map(|y| format!("/{y}")).unwrap_or_default())
        }
        Day::OfYear { month, day } => format!("day {day} of month {month}"),
        Day::OfMonth(day) => format!("day {day}"),
        Day::OfWeek => "a weekday".to_owned(),
        Day::None => "no day".to_owned(),
    };
    let weekday = date.weekday.map(|weekday| format!("{weekday} ")).unwrap_or_default();
    let unsure = if date.unsure { "perhaps " } else { "" };
    format!("{unsure}{weekday}{day} |{}", &text[date.end..])
}

#[test]
fn every_row_of_the_table_is_a_form() {
    assert_eq!(FORMS.len(), FORMS_TSV.lines().filter(|row| !row.starts_with('#')).count());
}

#[test]
fn dates_stand_at_the_beginning_in_many_forms() {
    for (text, meant) in [
        ("2026-03-04 sore", "2026-03-04 | sore"),
        ("2026-3-4: sore", "2026-03-04 |: sore"),
        ("2026_03_04", "2026-03-04 |"),
        ("2026-03-04T07:30 sore", "2026-03-04 |T07:30 sore"),
        ("20260304 sore", "2026-03-04 | sore"),
        ("2026-W10-3: sore", "2026-03-04 |: sore"),
        ("2026年3月4日疼", "2026-03-04 |疼"),
        ("4 Mar 2026 sore", "2026-03-04 | sore"),
        ("4. März 2026 sore", "2026-03-04 | sore"),
        ("4-Mar-2026: sore", "2026-03-04 |: sore"),
        ("04/Mar/26 sore", "2026-03-04 | sore"),
        ("Wed, 4th of March 2026 sore", "Wed 2026-03-04 | sore"),
        ("March 4, 2026, sore", "2026-03-04 |, sore"),
        ("March 4th 2026 sore", "2026-03-04 | sore"),
        ("4 de marzo de 2026 dolor", "2026-03-04 | dolor"),
        ("le 4 mars 2026", "nothing"),
        ("4.3.2026 sore", "2026-03-04 | sore"),
        ("04/03/2026 sore", "4/3/2026 | sore"),
        ("Wed 4/3: sore", "Wed 4/3 |: sore"),
        ("10/16: sore", "10/16 |: sore"),
        ("4 March sore", "day 4 of month 3 | sore"),
        ("Wednesday March 4", "Wed day 4 of month 3 |"),
        ("Mar 4 sore", "day 4 of month 3 | sore"),
        ("mar. 4 mars 2026 : mal", "Tue 2026-03-04 | : mal"),
        ("4.3. sore", "day 4 of month 3 | sore"),
        ("4th: sore", "day 4 |: sore"),
        ("4: sore", "day 4 |: sore"),
        ("Wed 4 sore", "Wed day 4 | sore"),
        ("Wednesday: sore", "Wed a weekday |: sore"),
        ("Wed – 10M: sore", "Wed a weekday | – 10M: sore"),
        ("2026-02-30 sore", "no day | sore"),
        ("45/45/2026 sore", "no day | sore"),
    ] {
        assert_eq!(said(text), meant, "{text}");
    }
}

#[test]
fn figures_and_words_that_only_look_so_are_no_dates() {
    for text in [
        "T10/T15/T19 are weeks",
        "Q3 plan",
        "5k in 25:10",
        "12345",
        "1:02:03 for 10k",
        "4.30 pace",
        "10-20-30 intervals",
        "3 x 8: fine",
        "second day: sore",
        "May 5 miles be easy",
        "March 10 km",
        "set 3 was hard",
        "3 sets",
        "so sore",
        "So: sore",
        "sat down",
        "1.2.3 of the list",
        "4/5/6/7",
        "145 bpm",
        "4:30/km",
        "2026 plan",
        "12 miles",
        "Monday mornings hurt",
    ] {
        assert_eq!(said(text), "nothing", "{text}");
    }
    for text in ["3/10 after the run", "7/10", "4/10: worse", "18/11 left hip sore", "5.10 pace"] {
        assert!(said(text).starts_with("perhaps "), "{text}: {}", said(text));
    }
}
