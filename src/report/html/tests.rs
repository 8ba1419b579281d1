//! Tests of what every page must contain and must never contain, over all fixtures and formats.

use super::render;
use crate::guidance::Kind;
use crate::model::reading::Priority;
use crate::report::contract::Report;
use crate::report::fixtures::parts::{advice, call};
use crate::report::{fixtures, plain, wording};
use crate::report::{json, markdown, summary};

/// The page with the few entities that our escaping writes decoded.
fn unescaped(page: &str) -> String {
    page.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Every tag of a page as written, from `<` to `>`.
fn tags(page: &str) -> Vec<&str> {
    page.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or(rest)).collect()
}

fn all_words(report: &Report) -> String {
    let look = summary::Look { width: 100, verbose: true };
    [render(report), markdown::render(report), summary::render(report, &look)].join("\n")
}

#[test]
fn a_page_needs_nothing_but_itself() {
    for (name, report) in fixtures::all() {
        let page = render(&report);
        for tag in tags(&page) {
            let kind = tag.split([' ', '\n']).next().unwrap_or_default().to_lowercase();
            assert!(
                ![
                    "script",
                    "img",
                    "iframe",
                    "object",
                    "embed",
                    "link",
                    "base",
                    "form",
                    "image",
                    "use",
                    "foreignobject"
                ]
                .contains(&&*kind),
                "{name}: <{tag}>"
            );
        }
        if name != "hostile" {
            assert!(!page.contains("http:") && !page.contains("https:") && !page.contains("//"), "{name}");
            assert!(!page.contains("src=") && !page.contains("url(") && !page.contains("@import"), "{name}");
        }
    }
}

#[test]
fn hostile_text_opens_no_tag_and_no_attribute() {
    let page = render(&fixtures::hostile());
    // Each tag has to be one of ours, with our attributes.
    let known = [
        "!DOCTYPE",
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "a",
        "header",
        "h1",
        "h2",
        "h3",
        "p",
        "strong",
        "bdi",
        "main",
        "section",
        "div",
        "details",
        "summary",
        "ul",
        "ol",
        "li",
        "blockquote",
        "mark",
        "span",
        "nav",
        "figure",
        "figcaption",
        "svg",
        "g",
        "rect",
        "line",
        "text",
        "path",
        "circle",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "dl",
        "dt",
        "dd",
        "cite",
        "footer",
        "fieldset",
        "legend",
        "input",
        "label",
        "caption",
        "q",
        "desc",
    ];
    for tag in tags(&page) {
        let kind = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        assert!(known.contains(&kind), "<{tag}>");
        // Quotes are escaped within values, so splitting at quotes leaves attribute names at even places.
        for (at, part) in tag.split('"').enumerate() {
            let name = part.trim().trim_end_matches('=');
            assert!(at % 2 == 1 || !name.starts_with("on"), "<{tag}>");
        }
    }
    assert!(page.contains("&lt;script&gt;"), "it is shown, not dropped");
    assert!(!page.contains('\u{1b}') && !page.contains('\u{7}') && !page.contains('\u{202e}'));
}

#[test]
fn the_page_says_what_wrote_it_and_forbids_everything_else() {
    let page = render(&fixtures::empty());
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\">"));
    assert!(page.contains("<meta name=\"generator\" content=\"runhip\">"));
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'"));
}

#[test]
fn every_finding_warning_and_advice_stands_in_every_format() {
    for (name, report) in fixtures::all() {
        let page = unescaped(&render(&report));
        let data = json::render(&report);
        let md = unescaped(&markdown::render(&report)).replace('\\', "");
        // The findings of signs repeat the signs, which the page and the Markdown show with their notes.
        let texts =
            report.findings.iter().filter(|f| f.rule != "warning-sign").map(|f| (f.detail.message.clone(), None));
        let advice = report.advice.iter().map(|line| (line.text.to_string(), Some(&line.text)));
        for (text, parts) in texts.chain(advice).chain([(report.disclaimer.clone(), None)]) {
            let line = plain::one_line(&text);
            // On the page, ten years of flags are counted by year; the next test adds them up.
            assert!(name == "ten-years" || page.contains(&line), "{name}: HTML lacks {line}");
            // A call of several signs stands once, with each reason under it.
            let parts = match parts.and_then(|text| Some((text.call.clone()?, &text.why))) {
                Some((call, why)) => vec![call, wording::capital(&plain::one_line(why))],
                None => vec![line.clone()],
            };
            let holds = |part: &str| md.contains(&part.replace('\\', ""));
            assert!(holds(&line) || parts.iter().all(|part| holds(part)), "{name}: Markdown lacks {line}");
            assert!(data.contains(&plain::json(serde_json::to_string(&text).unwrap())), "{name}: JSON lacks {line}");
        }
        for sign in &report.warnings {
            let named = sign.warning.flag.words().to_lowercase();
            assert!(page.to_lowercase().contains(&named) && md.to_lowercase().contains(&named), "{name}: {named}");
            let start = plain::cut(&plain::clean(&sign.warning.text), 100);
            let start = start.trim_end_matches('…').lines().next().unwrap_or_default().to_owned();
            let bare = page
                .replace("</mark>", "")
                .split("<mark")
                .enumerate()
                .map(|(n, part)| if n == 0 { part } else { part.split_once("\">").map_or(part, |(_, rest)| rest) })
                .collect::<String>();
            assert!(bare.contains(&start), "{name}: HTML lacks {start}");
            assert!(md.contains(&plain::one_line(&start).replace('\\', "")), "{name}: Markdown lacks {start}");
        }
    }
}

#[test]
fn what_a_page_does_not_list_it_counts() {
    let report = fixtures::ten_years();
    let page = unescaped(&render(&report));
    let listed = report.findings.iter().filter(|f| page.contains(&plain::one_line(&f.detail.message))).count();
    let counted: usize = page
        .split("Not listed here: ")
        .skip(1)
        .flat_map(|rest| rest.split('.').next().unwrap_or_default().split([',', 'a']))
        .filter_map(|part| {
            part.trim_start_matches(|c: char| !c.is_ascii_digit()).split(' ').next()?.parse::<usize>().ok()
        })
        .sum();
    assert!(counted > 0);
    assert_eq!(listed + counted, report.findings.iter().filter(|f| f.rule != "warning-sign").count());
}

#[test]
fn a_leading_warning_comes_before_everything_and_in_the_terminal_too() {
    let report = fixtures::warning();
    let page = render(&report);
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} is missing"));
    assert!(at("Stop running and get medical assessment today") < at("id=\"to-do-head\""));
    let order = [
        "first", "heart", "to-do", "runs", "timeline", "flags", "distance", "rest", "shoes", "links", "advice", "plan",
        "read", "settings",
    ];
    assert!(
        order.windows(2).all(|pair| at(&format!("id=\"{}-head\"", pair[0])) < at(&format!("id=\"{}-head\"", pair[1])))
    );
    let clear = render(&fixtures::clear());
    assert!(clear.contains("No warning sign was found in these notes."));
    assert!(!clear.contains("class=\"first today"));
}

#[test]
fn without_the_sentence_nothing_is_said_of_there_being_no_warning_sign() {
    let mut report = fixtures::clear();
    report.view.no_warning_sentence = None;
    assert!(!all_words(&report).contains("No warning sign was found"));
    assert!(all_words(&report).contains("does not say whether there are warning signs"));
}

#[test]
fn our_own_sentences_never_claim_a_cause_a_forecast_or_a_clearance() {
    for (name, report) in fixtures::all() {
        if name == "hostile" {
            continue;
        }
        let words = all_words(&report).to_lowercase();
        for phrase in ["caused", "predicts", "your risk", "diagnosis", "nothing serious", "you have"] {
            assert!(!words.contains(phrase), "{name}: {phrase}");
        }
        for word in ["safe", "cleared", "safely"] {
            let stands = words.split(|c: char| !c.is_alphanumeric()).any(|w| w == word);
            assert!(!stands, "{name}: {word}");
        }
    }
}

#[test]
fn ten_years_of_daily_runs_stay_small() {
    let report = fixtures::ten_years();
    assert!(report.runs.len() > 3_600 && report.findings.len() > 700);
    let page = render(&report);
    assert!(page.len() < 300_000, "{} bytes", page.len());
    assert!(page.len() > 100_000, "something of ten years is shown");
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    for (name, report) in fixtures::all() {
        assert_eq!(render(&report), render(&report.clone()), "{name}");
        assert_eq!(markdown::render(&report), markdown::render(&report.clone()), "{name}");
    }
}

#[test]
fn every_link_leads_somewhere_and_every_id_is_given_once() {
    for (name, report) in fixtures::all() {
        let page = render(&report);
        let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name}: an id is given twice");
        for part in page.split(" href=\"").skip(1) {
            let target = part.split('"').next().unwrap_or_default();
            let id = target.strip_prefix('#').unwrap_or_else(|| panic!("{name}: {target} leads out of the page"));
            assert!(ids.binary_search(&id).is_ok(), "{name}: nothing has the id {id}");
        }
        for part in page.split("aria-labelledby=\"").skip(1) {
            let id = part.split('"').next().unwrap_or_default();
            assert!(ids.binary_search(&id).is_ok(), "{name}: nothing has the label {id}");
        }
    }
}

#[test]
fn a_limited_view_hides_the_old_and_never_a_warning() {
    let mut report = fixtures::warning();
    report.view.since = Some(fixtures::date("2026-01-01"));
    let page = render(&report);
    assert!(page.contains("The week of 2026-01-12"));
    assert!(!page.contains("The week of 2025-10-27"));
    assert!(page.contains("Limping"));
    assert!(page.contains("1 earlier warning sign"), "signs are never hidden");
    for part in page.split(" href=\"#").skip(1) {
        let id = part.split('"').next().unwrap_or_default();
        assert!(page.contains(&format!(" id=\"{id}\"")), "{id}");
    }
}

#[test]
fn the_first_call_alone_stands_above_the_fold_and_every_other_below_it() {
    let mut report = fixtures::warning();
    let because = ["warning-sign/2026-01-20"];
    report.warnings[0].warning.priority = Priority::P0;
    report.advice = vec![
        call(Priority::P0, "the notes tell of a numb saddle.", &because),
        call(Priority::P1, "the notes tell of a limp.", &because),
        advice(Priority::P1, "Do not put weight on the leg.", &because),
    ];
    let page = render(&report);
    let banner = page.split_once("id=\"first\"").expect("a banner").1;
    let (open, folded) = banner.split_once("<details").expect("a fold");
    let folded = folded.split_once("</section>").expect("its end").0;
    assert!(open.contains("Get emergency medical help now") && open.contains("Do not put weight on the leg"), "{open}");
    // Somebody who reads three calls may follow the mildest.
    let lesser = "Stop running and get medical assessment today";
    assert!(!open.contains(lesser) && folded.contains(lesser), "{open}");
    assert!(folded.contains("the notes tell of a numb saddle.") && folded.contains("the notes tell of a limp."));
}

#[test]
fn what_the_examiner_wants_to_hear_has_a_head_of_its_own_in_every_format() {
    let mut report = fixtures::warning();
    let head = "For whoever examines you";
    assert!(!all_words(&report).contains(head), "there is no such line");
    let line = &mut report.advice[4];
    line.kind = Kind::Load;
    line.text.why = "Your log has a steep week: mention it when you are examined.".into();
    let look = summary::Look { width: 100, verbose: false };
    for page in [render(&report), markdown::render(&report), summary::render(&report, &look)] {
        let (until_seen, to_tell) = page.split_once(head).expect("the head");
        assert!(until_seen.contains("Until you are seen") && to_tell.contains("Your log has a steep week"), "{page}");
        assert!(!until_seen.contains("Your log has a steep week"));
    }
    report.warnings.clear();
    assert!(!all_words(&report).contains(head), "without a sign it is advice on the load");
}

#[test]
fn a_view_that_ends_before_this_week_still_tells_what_was_run_in_it() {
    let mut report = fixtures::warning();
    report.warnings.clear();
    report.episodes.clear();
    let first = |report: &Report| {
        let page = render(report);
        let from = page.split_once("<section class=\"first ").expect("the first screen").1;
        from.split_once("</section>").expect("its end").0.to_owned()
    };
    let whole = first(&report);
    assert!(whole.contains("\u{a0}km so far") && !whole.contains("nothing logged yet"), "{whole}");
    report.view.until = Some(fixtures::date("2026-01-11"));
    assert_eq!(first(&report), whole);
}

#[test]
fn charts_hold_only_finite_numbers() {
    for (name, report) in fixtures::all() {
        let page = render(&report);
        assert!(!page.contains("NaN") && !page.contains("\"inf") && !page.contains("-inf"), "{name}");
    }
}

#[test]
fn every_drawing_is_named_or_hidden_from_those_who_listen() {
    for (name, report) in fixtures::all() {
        let page = render(&report);
        let mut depth = 0_usize;
        for piece in page.split('<').skip(1) {
            if piece.starts_with("/svg") {
                depth = depth.saturating_sub(1);
            }
            let Some(tag) = piece.strip_prefix("svg").and_then(|rest| rest.split('>').next()) else { continue };
            // A drawing within a drawing only places its content.
            let named = tag.contains("aria-label");
            assert!(depth > 0 || named || tag.contains("aria-hidden=\"true\""), "{name}: <svg{tag}>");
            depth += usize::from(!tag.ends_with('/'));
        }
    }
}
