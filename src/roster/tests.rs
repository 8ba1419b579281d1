//! Tests of ranks, changes and pooling, on reports made by the real analysis of small logs.

use chrono::NaiveDate;
use serde_json::Value;

use super::*;
use crate::link::exact::Stratum;
use crate::model::reading::Priority;
use crate::model::warning_sign::RedFlag;
use crate::report::contract::{Claim, RuleOutcome, WarningRow, Week, WeekRow};
use crate::report::fixtures;
use crate::report::index::json;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn who(name: &str) -> Athlete {
    Athlete { name: name.into(), folder: name.into(), report: None }
}

/// A report with one run and nothing to show.
fn calm() -> Report {
    let mut report = fixtures::empty();
    report.rules = fixtures::rules(RuleOutcome::Found);
    report.athlete.runs = 1;
    report.athlete.log_to = Some(report.as_of);
    report
}

fn finding(rule: &'static str, severity: Severity, from: &str, to: &str, current: bool) -> FindingRow {
    let mut found = fixtures::warning().findings.remove(0);
    found.id = format!("{rule}/{from}");
    (found.rule, found.severity, found.from, found.to, found.current) = (rule, severity, day(from), day(to), current);
    found.detail.runs = vec!["a".into(), "b".into()];
    found
}

fn with(findings: Vec<FindingRow>) -> Report {
    Report { findings, ..calm() }
}

fn sign(priority: Priority, flag: RedFlag, leads: bool) -> WarningRow {
    let mut warning = fixtures::warning().warnings.remove(0);
    warning.leads = leads;
    let sign = &mut warning.warning;
    (sign.priority, sign.flag, sign.note_date) = (priority, flag, day("2026-01-20"));
    warning
}

/// An episode of the left hip.
fn hurt(onset: &str, end: &str, open: bool) -> crate::report::contract::EpisodeRow {
    let mut episode = fixtures::warning().episodes.remove(0);
    (episode.id, episode.onset, episode.end, episode.open) = (format!("{onset}/left"), day(onset), day(end), open);
    episode.side = crate::model::reading::Side::Left;
    episode
}

fn occasion(earlier: EarlierIndex) -> IndexOptions {
    IndexOptions { as_of: day("2026-01-21"), units: Units::Km, earlier, left_alone: Vec::new(), redacted: false }
}

fn order(kept: Vec<AthleteSummary>) -> Vec<(String, Option<Priority>)> {
    index(kept, occasion(EarlierIndex::None)).athletes.into_iter().map(|row| (row.name, row.attention)).collect()
}

#[test]
fn who_needs_attention_most_stands_first_and_ties_go_by_name() {
    use Priority::{P0, P1, P2, P3, P4, P5};
    use Severity::{Info, Notice, Warning};

    let jump = |to| finding("weekly-mileage-jump", Notice, "2026-01-01", to, true);
    let through = finding("running-through-pain", Warning, "2026-01-16", "2026-01-18", true);
    let open = || vec![hurt("2026-01-15", "2026-01-19", true)];
    let reports = [
        ("quiet", calm()),
        ("info alone", with(vec![finding("return-after-break", Info, "2026-01-10", "2026-01-10", true)])),
        ("b fresh", with(vec![jump("2026-01-11")])),
        ("A fresh", with(vec![jump("2026-01-11")])),
        // 28 days before 21 January is 24 December, which is outside; the 25th is inside.
        ("old shoes", with(vec![finding("worn-shoes", Warning, "2025-12-24", "2025-12-24", true)])),
        ("new shoes", with(vec![finding("worn-shoes", Warning, "2025-12-25", "2025-12-25", true)])),
        ("old jump", with(vec![finding("weekly-mileage-jump", Warning, "2025-11-01", "2025-11-07", false)])),
        ("open", Report { episodes: open(), ..calm() }),
        ("through", Report { episodes: open(), ..with(vec![through]) }),
        ("over", Report { episodes: vec![hurt("2026-01-01", "2026-01-02", false)], ..calm() }),
        ("long over", Report { episodes: vec![hurt("2025-01-01", "2025-01-02", false)], ..calm() }),
        ("soon", Report { warnings: vec![sign(Priority::P2, RedFlag::Severe, true)], ..calm() }),
        (
            "now",
            Report {
                warnings: vec![
                    sign(Priority::P2, RedFlag::Severe, true),
                    sign(Priority::P0, RedFlag::BowelBladder, true),
                ],
                ..calm()
            },
        ),
        ("today", Report { warnings: vec![sign(Priority::P1, RedFlag::Pop, true)], ..calm() }),
        ("long ago", Report { warnings: vec![sign(Priority::P1, RedFlag::Pop, false)], ..calm() }),
        (
            "silent",
            Report {
                athlete: crate::report::contract::Athlete { log_to: Some(day("2026-01-07")), ..calm().athlete },
                ..calm()
            },
        ),
    ];
    let mut kept: Vec<AthleteSummary> =
        reports.iter().map(|(name, report)| AthleteSummary::of(who(name), report)).collect();
    kept.push(AthleteSummary::failed(who("failed"), "why".into()));
    kept.push(AthleteSummary::empty(who("empty"), "there are no files".into()));
    let expected = [
        ("now", Some(P0)),
        ("today", Some(P1)),
        ("soon", Some(P2)),
        ("through", Some(P3)),
        ("open", Some(P3)),
        ("A fresh", Some(P4)),
        ("b fresh", Some(P4)),
        ("new shoes", Some(P4)),
        ("old shoes", Some(P4)),
        ("over", Some(P5)),
        ("failed", None),
        ("silent", None),
        ("info alone", None),
        ("long ago", None),
        ("long over", None),
        ("old jump", None),
        ("quiet", None),
        ("empty", None),
    ];
    let expected: Vec<_> = expected.iter().map(|(name, step)| ((*name).to_owned(), *step)).collect();
    assert_eq!(order(kept.clone()), expected);
    kept.reverse();
    assert_eq!(order(kept), expected, "the order in which they come does not matter");
}

#[test]
fn reasons_are_short_and_in_plain_words() {
    let reasons = |report: &Report| AthleteSummary::of(who("a"), report).row.reasons;
    let report = Report {
        warnings: vec![sign(Priority::P1, RedFlag::Pop, true), sign(Priority::P1, RedFlag::Pop, true)],
        episodes: vec![hurt("2026-01-15", "2026-01-19", true)],
        ..with(vec![
            finding("running-through-pain", Severity::Warning, "2026-01-16", "2026-01-18", true),
            finding("too-few-rest-days", Severity::Notice, "2026-01-05", "2026-01-11", true),
            finding("too-few-rest-days", Severity::Notice, "2026-01-12", "2026-01-18", true),
        ])
    };
    let all = reasons(&report);
    assert_eq!(all[0], "a pop or snap ·\u{a0}20\u{a0}Jan");
    assert!(all[1].starts_with("left hip pain") && all[1].ends_with(" ·\u{a0}since 15\u{a0}Jan"), "{}", all[1]);
    assert_eq!(
        all[2..],
        ["2 runs with that pain ·\u{a0}16–18\u{a0}Jan", "few rest days, 2 times ·\u{a0}last 12–18\u{a0}Jan"]
    );
    let mut silent = calm();
    silent.athlete.log_to = Some(day("2026-01-07"));
    assert_eq!(reasons(&silent), ["nothing logged ·\u{a0}since 7\u{a0}Jan"]);
    silent.athlete.log_to = Some(day("2026-01-08"));
    assert!(reasons(&silent).is_empty(), "thirteen days are no blank yet");
}

#[test]
fn weeks_that_are_not_known_are_gaps_and_the_running_one_is_left_out() {
    let mut report = calm();
    let template = fixtures::warning().weeks.remove(0);
    let week = |start: &str, distance_m, complete, observed| {
        let start = day(start);
        let week = Week { start, end: start + Days::new(6), distance_m, complete, observed, ..template.week };
        WeekRow { week, ..template.clone() }
    };
    report.weeks = vec![
        week("2025-12-22", Some(9_000), false, true),
        week("2025-12-29", Some(0), true, true),
        week("2026-01-05", Some(5_000), true, false),
        week("2026-01-12", Some(30_000), true, true),
        week("2026-01-19", Some(8_000), false, true),
    ];
    let row = AthleteSummary::of(who("a"), &report).row;
    assert_eq!((row.weekly_distance_m.len(), row.weeks_from), (26, Some(day("2025-07-21"))));
    assert_eq!(row.weekly_distance_m[21..], [None, None, Some(0), None, Some(30_000)]);
}

/// What has changed for one athlete.
fn told(earlier: &EarlierIndex, now: AthleteSummary) -> Option<String> {
    let mut now = [now];
    let _ = earlier.settle(&mut now, day("2026-01-21"));
    now[0].row.since_last.take()
}

#[test]
fn what_changed_is_one_sentence_out_of_the_index_before() {
    let old = |report: &Report| {
        let text = json::render(&index(vec![AthleteSummary::of(who("a"), report)], occasion(EarlierIndex::None)));
        EarlierIndex::read("index-2026-01-14.json", &text)
    };
    let since = |then: &Report, now: &Report| told(&old(then), AthleteSummary::of(who("a"), now)).unwrap();
    let hurting = |onset: &str, open| Report { episodes: vec![hurt(onset, "2026-01-19", open)], ..calm() };
    let flagged = with(vec![
        finding("weekly-mileage-jump", Severity::Notice, "2026-01-05", "2026-01-11", true),
        finding("long-run-spike", Severity::Notice, "2026-01-18", "2026-01-18", true),
    ]);
    let jump = with(vec![finding("weekly-mileage-jump", Severity::Notice, "2026-01-05", "2026-01-11", true)]);
    let signed = Report { warnings: vec![sign(Priority::P1, RedFlag::Pop, true)], ..calm() };
    assert_eq!(since(&calm(), &calm()), "No change.");
    assert_eq!(since(&jump, &jump), "No change.");
    assert_eq!(since(&flagged, &jump), "No change.", "a finding that has grown old is no news");
    assert_eq!(since(&calm(), &jump), "New: weekly distance jump.");
    assert_eq!(since(&calm(), &flagged), "2 new findings: weekly distance jump and long-run spike.");
    assert_eq!(since(&calm(), &hurting("2026-01-15", true)), "Hip pain since 15 Jan 2026.");
    assert_eq!(
        since(&hurting("2026-01-15", true), &hurting("2026-01-15", false)),
        "Hip pain of 15 Jan 2026 no longer open."
    );
    assert_eq!(since(&hurting("2026-01-02", true), &hurting("2026-01-15", true)), "Hip pain since 15 Jan 2026.");
    assert_eq!(since(&calm(), &signed), "New warning sign: a pop or snap.");
    assert_eq!(since(&signed, &signed), "No change.");
    assert_eq!(since(&signed, &calm()), "No warning sign leads the report now.");
    let stranger = AthleteSummary::of(who("b"), &calm());
    assert_eq!(told(&old(&calm()), stranger).unwrap(), "New in the roster.");
    let failed = AthleteSummary::failed(who("a"), "why".into());
    assert_eq!(told(&old(&calm()), failed.clone()).unwrap(), "Could be read last time.");
    assert_eq!(told(&EarlierIndex::None, failed), None);
}

#[test]
fn what_is_missing_is_told_first_and_makes_no_good_news() {
    let then = Report { warnings: vec![sign(Priority::P1, RedFlag::Pop, true)], ..calm() };
    let then = Report { episodes: vec![hurt("2026-01-15", "2026-01-19", true)], ..then };
    let then = Report { pain: fixtures::warning().pain, ..then };
    let (runs, notes) = (then.athlete.runs, then.pain.len());
    let text = json::render(&index(vec![AthleteSummary::of(who("a"), &then)], occasion(EarlierIndex::None)));
    let old = EarlierIndex::read("index-2026-01-14.json", &text);
    let now = |report: &Report| told(&old, AthleteSummary::of(who("a"), report)).unwrap();
    // If a note is removed, the runs and the other notes stay as they are.
    let fewer = Report { pain: then.pain[1..].to_vec(), ..calm() };
    assert_eq!(
        now(&fewer),
        "1 note of the last report is not in the log now (is a folder missing?); a note that raised a warning sign is gone."
    );
    let empty = AthleteSummary::empty(who("a"), "there are no files".into());
    let all = told(&old, empty).unwrap();
    assert!(
        all.starts_with(&format!("{runs} run and {notes} notes of the last report are not in the log now (")),
        "{all}"
    );
    // The report itself is more exact if it was compared with the one before.
    let since = SinceLast {
        as_of: day("2026-01-14"),
        news: true,
        text: String::new(),
        runs_gone: 0,
        notes_gone: 0,
        signs_withdrawn: 1,
        missing: None,
    };
    let edited = Report { since_last: Some(since), ..fewer.clone() };
    assert_eq!(now(&edited), "A note that raised a warning sign is gone.");
    let stranger = Report { not_compared: Some("a.json is not compared: it is another person's".into()), ..fewer };
    assert_eq!(now(&stranger), "What changed is not told: a.json is not compared: it is another person's.");
}

#[test]
fn who_is_gone_stands_in_the_index_for_four_weeks_and_who_moved_is_not_gone() {
    let named = |name: &str, folder: &str| Athlete { name: name.into(), folder: folder.into(), report: None };
    let made = |athletes: &[(&str, &str)], as_of: &str, earlier: EarlierIndex| {
        let kept = athletes.iter().map(|(name, folder)| AthleteSummary::of(named(name, folder), &calm())).collect();
        index(kept, IndexOptions { as_of: day(as_of), ..occasion(earlier) })
    };
    let read = |index: &Index| EarlierIndex::read("index.json", &json::render(index));
    let gone = |index: &Index| -> Vec<(String, String, bool)> {
        index.gone.iter().map(|one| (one.folder.clone(), one.last_seen.to_string(), one.is_new)).collect()
    };
    let first = made(&[("Ada", "ada"), ("Bo", "bo"), ("Cy", "c1"), ("Cy", "c2")], "2026-01-05", EarlierIndex::None);
    assert_eq!(gone(&first), []);
    // Ada's folder has another name; it cannot be known which of two Cys is back under a third folder.
    let second = made(&[("Ada", "ada lund"), ("Cy", "c3")], "2026-01-12", read(&first));
    let is = |folder: &str, day: &str, new| (folder.to_owned(), day.to_owned(), new);
    assert_eq!(
        gone(&second),
        [is("bo", "2026-01-05", true), is("c1", "2026-01-05", true), is("c2", "2026-01-05", true)]
    );
    let since: Vec<_> = second.athletes.iter().map(|row| row.since_last.as_deref().unwrap()).collect();
    assert_eq!(since, ["No change.", "New in the roster."]);
    let third = made(&[("Ada", "ada lund"), ("Cy", "c3"), ("Cy", "c2")], "2026-01-19", read(&second));
    assert_eq!(gone(&third), [is("bo", "2026-01-05", false), is("c1", "2026-01-05", false)]);
    let back = third.athletes.iter().find(|row| row.folder == "c2").unwrap();
    assert_eq!(back.since_last.as_deref(), Some("Back in the roster, last seen 5 Jan 2026."));
    let later = |as_of| gone(&made(&[("Ada", "ada lund"), ("Cy", "c3"), ("Cy", "c2")], as_of, read(&third))).len();
    assert_eq!([later("2026-02-02"), later("2026-02-03")], [2, 0]);
}

#[test]
fn an_index_that_cannot_be_used_is_said_to_be_so() {
    for (text, why) in [
        ("{", "is not an index that can be read; delete it, or put it back from a copy"),
        ("{}", "is not an index that can be read; delete it, or put it back from a copy"),
        ("{\"schema_version\": 1}", "is not an index that can be read; delete it, or put it back from a copy"),
        (
            "{\"schema_version\": 2, \"athletes\": 7}",
            "is of version 2, and this program writes version 1; install the newer runhip that wrote it",
        ),
    ] {
        let made = index(vec![], occasion(EarlierIndex::read("index-2026-01-14.json", text)));
        assert_eq!(made.compared_with, None);
        assert_eq!(made.not_compared.unwrap(), format!("index-2026-01-14.json {why}"));
    }
    // The contract's own fields are enough: an index of another program has none of ours.
    let bare =
        "{\"schema_version\": 1, \"as_of\": \"2026-01-14\", \"athletes\": [{\"name\": \"a\", \"open_episode\": null}]}";
    let made = index(vec![AthleteSummary::of(who("a"), &calm())], occasion(EarlierIndex::read("i", bare)));
    assert_eq!(
        (made.compared_with, made.athletes[0].since_last.as_deref()),
        (Some(day("2026-01-14")), Some("No change."))
    );
}

/// A stratum in the form of the known answers: exposed and other onsets, exposed and other days without onset.
fn stratum((a, b, c, d): (u64, u64, u64, u64)) -> Stratum {
    Stratum { days: a + b + c + d, exposed_days: a + c, onsets: a + b, exposed_onsets: a }
}

fn linked(name: &str, strata: Vec<Stratum>, p: Option<f64>, claim: Claim) -> AthleteSummary {
    let mut report = calm();
    let mut link = fixtures::warning().links.remove(0);
    link.rule = "weekly-mileage-jump";
    let figures = &mut link.linked;
    (figures.strata, figures.claim, figures.episodes_total) = (strata, claim, 7);
    (figures.p_holm, figures.p_step_down) = (p, p);
    report.links = vec![link];
    AthleteSummary::of(who(name), &report)
}

#[test]
fn the_known_table_comes_out_of_the_index_with_each_stratum_an_athlete() {
    // Rabbits of the table by Mehta, Patel and Gray: Mantel–Haenszel 7, conditional estimate 10.36105, p 0.02135.
    let table = [(0, 6, 0, 5), (3, 3, 0, 6), (6, 0, 2, 4), (5, 1, 6, 0), (2, 0, 5, 0)];
    let kept =
        table.iter().enumerate().map(|(at, one)| linked(&at.to_string(), vec![stratum(*one)], None, Claim::NotShown));
    let text = json::render(&index(kept.collect(), occasion(EarlierIndex::None)));
    let value: Value = serde_json::from_str(&text).unwrap();
    let link = &value["links"][0];
    assert_eq!(
        (&link["rule"], &link["runners"], &link["episodes_total"]),
        (&"weekly-mileage-jump".into(), &3.into(), &35.into())
    );
    let near = |value: &Value, wanted: f64| (value.as_f64().unwrap() / wanted - 1.0).abs() < 1e-4;
    assert!(near(&link["rate_ratio"]["estimate"], 10.36105) && near(&link["mantel_haenszel"], 7.0), "{link}");
    assert!(near(&link["p_exact"], 0.021_350) && near(&link["largest_share"], 1.0 / 3.0), "{link}");
    // Each of the three that can be compared is left out in turn, worked out by hand from single two-by-two tables.
    // Without the fourth, (3,3,0,6) and (6,0,2,4) give an estimate without an upper end, since their exposed onsets
    // are as many as possible.
    assert!(link["leave_one_out"]["high"].is_null() && link["leave_one_out"]["low"].as_f64().unwrap() > 1.0, "{link}");
}

#[test]
fn single_results_stand_only_where_the_whole_list_and_the_athletes_own_report_allow_it() {
    use Claim::{MoreOftenThanChance, NotShown};
    let strata = || vec![stratum((3, 3, 0, 6))];
    let made = |p: [f64; 5]| {
        let claim = |p: f64| if p <= 0.05 { MoreOftenThanChance } else { NotShown };
        let kept = p.iter().enumerate().map(|(at, p)| linked(&format!("r{at}"), strata(), Some(*p), claim(*p)));
        index(kept.collect(), occasion(EarlierIndex::None)).runner_links
    };
    // p.adjust(c(0.01, 0.041, 0.03, 0.005, 0.9), "BH") in R: 0.025 0.05125 0.05 0.025 0.9.
    let links = made([0.01, 0.041, 0.03, 0.005, 0.9]);
    let names: Vec<&str> = links.standing.iter().map(|one| one.name.as_str()).collect();
    assert_eq!((names, links.results, links.runners), (vec!["r0", "r2", "r3"], 5, 5));
    assert!(links.text.starts_with("5 athletes have enough hip-pain episodes for results of their own; 5 such results were looked at. These stand "), "{}", links.text);
    let none = made([0.04, 0.9, 0.9, 0.9, 0.9]);
    assert!(none.standing.is_empty() && none.text.contains("None stands"), "{}", none.text);
    let fewer = linked("fewer than expected", strata(), Some(0.001), NotShown);
    assert!(index(vec![fewer], occasion(EarlierIndex::None)).runner_links.standing.is_empty());
}

#[test]
fn names_that_two_athletes_share_are_told_apart() {
    let mut other = who("Ada");
    other.folder = "ada-b".into();
    let kept = vec![
        AthleteSummary::of(who("Ada"), &calm()),
        AthleteSummary::of(other, &calm()),
        AthleteSummary::of(who("Bo"), &calm()),
    ];
    let labels: Vec<String> =
        index(kept, occasion(EarlierIndex::None)).athletes.into_iter().map(|row| row.label).collect();
    assert_eq!(labels, ["Ada (Ada)", "Ada (ada-b)", "Bo"]);
}
