//! Tests of the first screen's lines for each kind of log, and that every format shows the same ones.

use super::*;
use crate::model::reading::{Region, Side};
use crate::report::contract::{Budget, Recent, Report, ShoeState};
use crate::report::fixtures::parts::{advice, call, hurt, shoe};
use crate::report::fixtures::{self, date};
use crate::report::{html, markdown, summary, wording};

/// The lines as text, with lead and quote.
fn told(report: &Report) -> Vec<String> {
    let line = |line: Line| {
        let parts = [line.lead, &line.text, line.quote.as_deref().unwrap_or_default()];
        let whole = parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
        whole.replace('\u{a0}', " ")
    };
    lines(&ShownReport::new(report)).into_iter().map(line).collect()
}

fn budget() -> Budget {
    Budget {
        week_start: date("2026-01-19"),
        so_far_m: 7_000,
        distance_cap_m: Some(31_300),
        longest_run_cap_m: Some(15_900),
        min_rest_days: Some(2),
        because: vec![],
    }
}

/// A runner without pain who runs 7 km on each of the fixtures' running days.
fn healthy() -> Report {
    let mut report = fixtures::clear();
    hurt(&mut report, "2026-01-20", Side::Left, Region::General, false, &[(0, 0.0, "left hip fine", "hip")]);
    report.episodes.clear();
    report.plan = Some(budget());
    report.recent = Some(Recent { to: report.as_of, last_7_days_m: Some(23_000), usual_7_days_m: Some(25_000) });
    let mut pair = shoe("Ghost 18", 693_000, ShoeState::Due, "2026-01-20");
    (pair.recent_week_m, pair.weeks_left) = (Some(22_000), Some(5));
    report.shoes = vec![pair];
    report
}

#[test]
fn a_healthy_week_is_told_with_its_room_and_without_an_all_clear() {
    let lines = told(&healthy());
    assert!(lines[0].starts_with("Last week "), "{lines:?}");
    assert!(lines[1].ends_with("last 7 days 92 % of usual"), "23 of 25 km: {lines:?}");
    assert_eq!(lines[2], "This week up to 31.3 km (7.0 km so far) · long run up to 15.9 km · 2 rest days");
    let shoes = "Shoes Ghost 18: 693 km, about 5 weeks to 805 km at your pace.";
    assert!(lines.iter().any(|line| line == shoes), "{lines:?}");
    assert!(!lines.iter().any(|line| line.contains("doctor")), "{lines:?}");
}

#[test]
fn a_week_without_a_room_says_one_thing_of_how_far_to_run() {
    let mut report = healthy();
    report.plan = Some(Budget { distance_cap_m: None, ..budget() });
    let week = "This week 7.0 km so far; no weekly distance is suggested yet, and no run over 15.9 km";
    assert_eq!(told(&report)[2], week);
    report.plan = Some(Budget { distance_cap_m: None, longest_run_cap_m: None, ..budget() });
    assert_eq!(told(&report)[2], "This week 7.0 km so far; no distance is suggested yet, so keep it short and easy");
}

#[test]
fn days_without_a_note_of_pain_are_counted_to_the_last_entry() {
    let mut report = healthy();
    hurt(&mut report, "2025-12-01", Side::Right, Region::Outer, false, &[(0, 2.0, "right hip 2/10", "hip")]);
    report.athlete.log_to = Some(date("2026-01-11"));
    // From 1 December to 11 January are 41 days, although the report is as of 21 January.
    assert!(told(&report).contains(&"Hip no pain noted for 41 days (last: right hip, 1 Dec).".to_owned()));
}

#[test]
fn without_a_note_the_hip_line_asks_for_one_and_nothing_is_said_twice() {
    let mut report = healthy();
    (report.pain, report.view.no_warning_sentence) = (Vec::new(), None);
    let lines = told(&report);
    let said = lines.iter().filter(|line| line.contains("does not say whether there are warning signs")).count();
    assert_eq!(said, 1, "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("`runhip note hip fine`")));
}

#[test]
fn a_hip_that_hurts_has_what_to_do_and_how_long_that_holds() {
    let mut report = healthy();
    report.plan = None;
    hurt(
        &mut report,
        "2026-01-19",
        Side::Left,
        Region::Outer,
        true,
        &[(0, 4.0, "left outer hip 4/10", "hip"), (1, 3.0, "left outer hip 3/10 after the run", "hip")],
    );
    let mut rest = advice(Priority::P3, "Rest comes first, so that it can heal.", &[]);
    rest.short = Some("No running".into());
    let mut ice = advice(Priority::P3, "Ice can ease it.", &[]);
    ice.short = Some("Ice in a cloth".into());
    let mut limit = advice(Priority::P3, "If it has not eased after 3 to 5 days, see a doctor.", &[]);
    limit.holds_until = true;
    report.advice = vec![limit, rest, ice];
    let lines = told(&report);
    assert_eq!(
        lines[0],
        "Left outer hip since 19 Jan, 3/10 on 20 Jan, up to 4/10. \"left outer hip 3/10 after the run\" (20 Jan)"
    );
    assert_eq!(lines[1], "Now No running. Ice in a cloth.");
    assert_eq!(lines[2], "If it has not eased after 3 to 5 days, see a doctor.");
    assert!(lines[3].starts_with("You ran "), "{lines:?}");
    assert!(!lines.iter().any(|line| line.starts_with("This week")), "no room while it hurts");
}

#[test]
fn a_call_is_said_once_and_the_most_urgent_alone() {
    let mut report = fixtures::warning();
    report.warnings[0].warning.priority = Priority::P0;
    report.advice.insert(0, call(Priority::P0, "your note tells of a numb saddle.", &[]));
    let lines = told(&report);
    assert_eq!(lines[0], "Get emergency medical help now");
    let calls = ["emergency medical", "medical assessment today", "see a doctor"];
    let said: usize = calls.iter().map(|call| lines.iter().filter(|line| line.contains(call)).count()).sum();
    assert_eq!(said, 1, "{lines:?}");
    assert!(lines[1].starts_with("Ring 112"), "no number is configured: {lines:?}");
    // The sign before how much the hip hurts.
    let words = wording::capital(report.warnings[0].warning.flag.words());
    assert!(lines[2].starts_with("You wrote \"Limping since this morning"), "{lines:?}");
    assert!(lines[3].starts_with(&words), "{lines:?}");
    let spare: Vec<Line> = super::lines(&ShownReport::new(&report));
    assert!(spare.iter().all(|line| !line.text.is_empty() || line.quote.is_some()), "{spare:?}");
}

#[test]
fn after_a_long_silence_nothing_is_said_of_now() {
    let mut report = fixtures::warning();
    report.warnings.iter_mut().for_each(|sign| sign.leads = false);
    report.pain.iter_mut().for_each(|note| note.understood = true);
    report.import.files.clear();
    report.view.no_warning_sentence = None;
    let says = |report: &Report, words: &str| told(report).iter().any(|line| line.contains(words));
    assert!(says(&report, "No warning sign now. "), "{:?}", told(&report));
    // The first day on which 14 days have gone by.
    report.athlete.log_to = Some(report.as_of - chrono::Days::new(14));
    let line = "Nothing is noted for 14 days: whether there is a warning sign now is not known. ";
    assert!(says(&report, line) && !says(&report, "No warning sign now"), "{:?}", told(&report));
}

#[test]
fn a_chart_of_a_log_without_a_note_does_not_say_that_nothing_hurt() {
    let mut report = healthy();
    assert!(html::render(&report).contains("No hip pain noted"));
    report.pain.clear();
    let page = html::render(&report);
    assert!(page.contains("This log has no note, so what hurt is not known; ") && !page.contains("No hip pain noted"));
}

#[test]
fn a_number_is_given_in_every_format_for_an_emergency_alone() {
    let mut report = fixtures::warning();
    report.view.emergency_number = Some("+44 999".into());
    let all = |report: &Report| {
        let look = summary::Look { width: 100, verbose: false };
        [html::render(report), markdown::brief::render(report), summary::render(report, &look)]
    };
    assert!(all(&report).iter().all(|text| !text.contains("999")), "for today is no emergency");
    report.warnings[0].warning.priority = Priority::P0;
    assert!(all(&report).iter().all(|text| text.contains("Call +44 999")));
    assert!(all(&report)[0].contains("href=\"tel:+44999\""));
}

#[test]
fn a_log_that_has_ended_asks_for_what_was_run_since() {
    let mut report = healthy();
    report.as_of_last_entry = true;
    let lines = told(&report);
    assert!(!lines.iter().any(|line| line.starts_with("This week")), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("To do add what you ran since")), "{lines:?}");
    (report.as_of_last_entry, report.athlete.log_to) = (false, Some(date("2026-01-01")));
    assert!(told(&report)[0].starts_with("Nothing is logged since 1 Jan 2026 (20 days)"));
}

#[test]
fn what_was_not_read_is_counted_and_nothing_counts_zero() {
    let lines = told(&fixtures::warning());
    let unread = "Not read 1 file and 1 note that was not understood.";
    assert!(lines.iter().any(|line| line == unread), "{lines:?}");
    for (name, report) in fixtures::all() {
        let zero = told(&report).into_iter().find(|line| line.split_whitespace().any(|word| word == "0"));
        assert_eq!(zero, None, "{name}");
    }
}

#[test]
fn a_note_that_was_not_understood_stands_before_the_room_of_the_week() {
    let mut report = healthy();
    let mut unread = report.pain[0].clone();
    (unread.date, unread.hip, unread.understood, unread.spans) = (report.as_of, false, false, Vec::new());
    unread.text = "leg went odd on the stairs".to_owned();
    report.pain.push(unread.clone());
    let first = "One note was not understood: read it yourself first. \"leg went odd on the stairs\"";
    assert!(told(&report)[0].starts_with(first), "{:?}", told(&report));
    report.pain.push(unread.clone());
    assert!(
        told(&report)[0]
            .starts_with("2 notes were not understood: read them yourself first, the newest first. \"leg went odd")
    );
    // What is weeks old is counted with the sentence on signs, and does not come first.
    report.pain.clear();
    unread.date = report.as_of - chrono::Days::new(40);
    report.pain.push(unread);
    assert!(!told(&report)[0].contains("not understood"), "{:?}", told(&report));
}

#[test]
fn the_first_screen_fits_a_phone_and_every_format_has_its_lines_in_order() {
    for (name, report) in fixtures::all() {
        let shown = ShownReport::new(&report);
        let lines = lines(&shown);
        let words: usize = lines.iter().map(Line::words).sum();
        if name == "hostile" {
            continue;
        }
        assert!(words <= MOST_WORDS, "{name}: {words} words");
        let look = summary::Look { width: 400, verbose: false };
        let page = html::render(&report).replace("&quot;", "\"").replace("<bdi>", "").replace("</bdi>", "");
        let mail = markdown::brief::render(&report).replace('\\', "");
        for text in [page, mail, summary::render(&report, &look)] {
            let mut from = 0;
            for line in &lines {
                let at = text[from..].find(&line.text).unwrap_or_else(|| panic!("{name}: {} in {text}", line.text));
                from += at + line.text.len();
            }
        }
    }
}
