//! Tests of what every format of the index must contain and must never contain.

use unicode_width::UnicodeWidthStr;

use super::fixtures::{HOSTILE, full};
use super::{html, json, markdown, summary};
use crate::report::summary::Look;

fn terminal(width: usize, verbose: bool) -> String {
    let text = summary::render(&full(), &Look { width, verbose });
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        out.push_str(before);
        rest = after.split_once('m').map_or("", |(_, tail)| tail);
    }
    out + rest
}

#[test]
fn the_page_needs_nothing_but_itself_and_the_reports_beside_it() {
    let page = html::render(&full());
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\">"));
    assert!(page.contains("<meta name=\"generator\" content=\"runhip\">"));
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'"));
    for tag in page.split('<').skip(1) {
        let kind = tag.split([' ', '>', '\n']).next().unwrap();
        assert!(!["script", "img", "iframe", "link", "base", "form", "use"].contains(&kind), "<{tag}");
    }
    assert!(!page.contains("url(") && !page.contains("@import") && !page.contains("src="));
    for target in page.split(" href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        let own = target.strip_prefix('#').is_some_and(|id| page.contains(&format!("id=\"{id}\"")));
        assert!(own || target.ends_with("-2026-11-18.html") && !target.contains('/'), "{target}");
    }
    assert!(page.contains("href=\"one-2026-11-18.html\""));
}

#[test]
fn hostile_names_are_shown_and_do_nothing() {
    let page = html::render(&full());
    assert!(page.contains("&lt;script&gt;alert(1)"));
    let words = [page, markdown::render(&full()), terminal(100, true)].concat();
    assert!(!words.contains('\u{1b}') && !words.contains('\u{202e}'));
    let md = markdown::render(&full());
    assert_eq!(md.matches('<').count(), 2, "only the marker and the seal open a tag");
    assert!(!md.replace("\\]", "").contains("](http"), "no text of theirs makes a link");
    let value: serde_json::Value = serde_json::from_str(&json::render(&full())).unwrap();
    assert_eq!(value["athletes"][7]["name"], HOSTILE, "data stay as they are");
}

#[test]
fn warning_signs_stand_above_everything_else() {
    let page = html::render(&full());
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words}"));
    assert!(at("class=\"first emergency\"") < at("athletes-head"));
    assert!(at("Get emergency medical help now") < at("athletes-head"));
    // Each athlete stands under the words of their own urgency.
    let order = [
        "Get emergency medical help now</h2>",
        "<bdi>Zero</bdi></a>: numbness",
        "Stop running and get medical assessment today</h2>",
        "<bdi>One</bdi></a>: a fall",
        "Arrange to see a doctor (GP or sports doctor)</h2>",
        "<bdi>Two</bdi></a>: severe",
        "athletes-head",
    ];
    assert!(order.windows(2).all(|pair| at(pair[0]) < at(pair[1])));
    assert!(
        terminal(80, false).find("emergency help now").unwrap()
            < terminal(80, false).find("medical assessment today").unwrap()
    );
    let mut calm = full();
    calm.athletes.retain(|row| row.attention.is_none_or(|step| step > crate::model::reading::Priority::P2));
    assert!(!html::render(&calm).contains("class=\"first"));
}

#[test]
fn the_json_is_the_contract() {
    let value: serde_json::Value = serde_json::from_str(&json::render(&full())).unwrap();
    let steps: Vec<&str> =
        value["athletes"].as_array().unwrap().iter().map(|row| row["attention"].as_str().unwrap()).collect();
    assert_eq!(steps, ["P0", "P1", "P2", "P3", "P4", "P5", "none", "none", "none", "none"]);
    let row = &value["athletes"][0];
    for field in
        ["name", "report", "reasons", "weekly_distance_m", "open_episode", "findings_last_28_days", "since_last"]
    {
        assert!(row.get(field).is_some(), "{field}");
    }
    assert_eq!((row["weekly_distance_m"][2].as_u64(), row["weekly_distance_m"][3].is_null()), (Some(21_600), true));
    assert!(row.get("label").is_none());
    assert_eq!(value["athletes"][6]["findings_last_28_days"], serde_json::Value::Null, "nothing known is not none");
    let link = &value["links"][0];
    assert_eq!(link["leave_one_out"]["low"], 4.2);
    assert!(link["leave_one_out"]["high"].is_null() && link["runners"] == 3);
}

#[test]
fn no_line_in_the_terminal_is_wider_than_asked_and_few_are_printed() {
    for width in [40, 60, 80, 120] {
        for line in terminal(width, true).lines() {
            assert!(line.width() <= width, "{width}: {line}");
        }
    }
    let mut many = full();
    many.athletes = (0..50).map(|n| super::fixtures::row(&format!("Runner {n}"), None, &[])).collect();
    let text = summary::render(&many, &Look { width: 80, verbose: false });
    assert_eq!(text.matches("Runner ").count(), 20);
    assert!(text.contains("and 30 more"));
    assert_eq!(summary::render(&many, &Look { width: 80, verbose: true }).matches("Runner ").count(), 50);
}

#[test]
fn the_reason_for_a_warning_sign_stands_in_full_however_narrow_the_terminal() {
    use crate::model::reading::Priority::{P0, P1, P2, P3};
    let reason = "severe or rapidly worsening pain that has a long name · 14 November 2026";
    let mut many = full();
    many.athletes = [P0, P1, P2, P3]
        .map(|step| super::fixtures::row(&format!("Somebody with a long name {step:?}"), Some(step), &[reason, reason]))
        .to_vec();
    for width in [50, 80] {
        let text = terminal(width, false);
        assert!(text.lines().all(|line| line.width() <= width), "{text}");
        let text = summary::render(&many, &Look { width, verbose: false });
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words.matches(&format!("{reason}; {reason}")).count(), 3, "{width}: {text}");
        let under = text.lines().skip_while(|line| !line.contains("see a doctor soon")).nth(1).unwrap();
        let name = text.lines().find(|line| line.contains("see a doctor soon")).unwrap();
        assert!(
            under.starts_with(&format!("{}severe or", " ".repeat("medical assessment today".len() + 2))),
            "{name}\n{under}"
        );
    }
}

#[test]
fn every_format_says_that_nothing_flagged_is_no_clean_bill_of_health() {
    for text in [html::render(&full()), markdown::render(&full()), terminal(50, false)] {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words.matches("It is not a clean bill of health.").count(), 1, "{text}");
    }
}

#[test]
fn reasons_that_are_not_shown_are_counted() {
    for text in [html::render(&full()), markdown::render(&full())] {
        assert!(text.contains("and 2 more in the report"));
    }
    // Six reasons: four on a wide page, two on a phone, where the third and fourth and that count are hidden.
    let page = html::render(&full());
    assert!(
        page.contains(
            "<li class=\"brief soft\">and 4 more</li><li class=\"further soft\">and 2 more in the report</li>"
        )
    );
    assert_eq!(page.matches("<li class=\"further\">").count(), 2);
}

#[test]
fn of_many_with_a_warning_sign_the_first_are_named_and_the_rest_counted() {
    let mut many = full();
    let sign = Some(crate::model::reading::Priority::P2);
    many.athletes = (0..40).map(|n| super::fixtures::row(&format!("Runner {n}"), sign, &["severe pain"])).collect();
    for text in [html::render(&many), markdown::render(&many)] {
        assert!(text.contains("and 28 more, who stand first in the list below"));
        assert_eq!(text.matches("Runner 39").count(), 1);
        assert_eq!(text.matches("Runner 11").count(), 2);
    }
}

#[test]
fn tables_have_as_many_cells_in_each_row_as_in_the_head() {
    let md = markdown::render(&full());
    let cells: Vec<usize> = md
        .lines()
        .filter(|line| line.starts_with('|'))
        .map(|line| line.replace("\\|", "").matches('|').count())
        .collect();
    // Ten athletes on ten levels, each level a table with a head of two lines.
    assert!(cells.len() == 30 && cells.iter().all(|n| *n == cells[0]), "{cells:?}");
}

#[test]
fn our_own_sentences_never_claim_a_cause_a_forecast_or_a_clearance() {
    let words = [html::render(&full()), markdown::render(&full()), terminal(100, true)].join("\n").to_lowercase();
    for phrase in ["caused", "predicts", "your risk", "diagnosis", "nothing serious", "you have"] {
        assert!(!words.contains(phrase), "{phrase}");
    }
    assert!(!words.split(|c: char| !c.is_alphanumeric()).any(|word| ["safe", "safely", "cleared"].contains(&word)));
}
