//! `runhip explain`: a rule or a guidance entry in full, or the list of both.

use serde_json::{Value, json};

use super::arguments::Explain;
use super::{Failure, RunStatus, terminal};
use crate::analysis;
use crate::guidance::entry::OWN_ADDITION;
use crate::guidance::{self, catalogue};
use crate::model::reading::{Side, name_of};
use crate::model::threshold::{Origin, Settings, Threshold};
use crate::report::plain;
use crate::report::terminal_page::{BOLD, PLAIN, Page};
use crate::rules::{self, Meta, evidence};

pub(super) fn run(options: &Explain) -> Result<RunStatus, Failure> {
    if options.json {
        terminal::say(&format!("{:#}\n", as_json(options.id.as_deref())?))?;
        return Ok(RunStatus::Complete);
    }
    let mut page = terminal::page();
    match options.id.as_deref() {
        None => list(&mut page),
        Some(id) => match (rules::by_id(id), guidance::by_id(id), threshold(id)) {
            (Some(rule), _, _) => rule_in_full(&mut page, rule.meta()),
            (None, Some(entry), _) => entry_in_full(&mut page, entry),
            (None, None, Some(known)) => threshold_in_full(&mut page, known),
            (None, None, None) => return Err(Failure::UnknownId(id.to_owned())),
        },
    }
    terminal::say(&page.finish())?;
    Ok(RunStatus::Complete)
}

/// One rule or entry, or all of them, as JSON.
fn as_json(id: Option<&str>) -> Result<Value, Failure> {
    let Some(id) = id else {
        return Ok(json!({
            "rules": rules::registry().map(|rule| rule_as_json(rule.meta())).collect::<Vec<_>>(),
            "thresholds": analysis::thresholds().map(threshold_as_json).collect::<Vec<_>>(),
            "guidance": guidance::entries().iter().map(entry_as_json).collect::<Vec<_>>(),
            "studies": evidence::studies(),
        }));
    };
    match (rules::by_id(id), guidance::by_id(id), threshold(id)) {
        (Some(rule), _, _) => Ok(rule_as_json(rule.meta())),
        (None, Some(entry), _) => Ok(entry_as_json(entry)),
        (None, None, Some(known)) => Ok(threshold_as_json(known)),
        (None, None, None) => Err(Failure::UnknownId(id.to_owned())),
    }
}

fn rule_as_json(meta: &Meta) -> Value {
    json!({
        "id": meta.id,
        "title": meta.title,
        "what": meta.what_under(&Settings::default()),
        "why": meta.why,
        "example": meta.example,
        "grade": meta.grade,
        "studies": evidence::bearing_on(meta.id).collect::<Vec<_>>(),
        "guidance": meta.guidance,
        "thresholds": meta.thresholds.iter().map(|known| known.key).collect::<Vec<_>>(),
    })
}

fn entry_as_json(entry: &guidance::Entry) -> Value {
    json!({
        "id": entry.id,
        "priority": entry.priority,
        "kind": entry.kind,
        "text": guidance::text_for(entry, Side::Unknown),
        "evidence": entry.evidence,
        "grade": entry.grade,
        "sources": entry.sources(),
    })
}

fn threshold_as_json(known: &Threshold) -> Value {
    json!({
        "key": known.key,
        "value": value(known),
        "set_by": name_of_origin(known.origin),
        "can_be_set": known.configurable,
        "meaning": known.meaning,
    })
}

fn name_of_origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Guidance => "guidance",
        Origin::Default => "default",
        Origin::Config => "config",
    }
}

fn threshold(key: &str) -> Option<&'static Threshold> {
    analysis::thresholds().find(|known| known.key == key)
}

fn list(page: &mut Page) {
    page.paragraph(BOLD, "Rules");
    for rule in rules::registry() {
        page.row(&[(PLAIN, &format!("  {:<24}{}", rule.meta().id, rule.meta().title))]);
    }
    page.blank();
    page.paragraph(BOLD, "Thresholds");
    for known in analysis::thresholds() {
        page.row(&[(PLAIN, &format!("  {:<24}{}", known.key, value(known)))]);
    }
    page.blank();
    page.paragraph(BOLD, "Guidance");
    for entry in guidance::entries() {
        let first = plain::cut(&guidance::text_for(entry, Side::Unknown), 70);
        page.row(&[(PLAIN, &format!("  {:<30}{first}", entry.id))]);
    }
    page.blank();
    page.paragraph(PLAIN, "runhip explain ID shows one of them in full.");
}

/// Adds a heading and the paragraph below it, after an empty line.
fn section(page: &mut Page, heading: &str, text: &str) {
    page.blank();
    page.paragraph(BOLD, heading);
    page.paragraph(PLAIN, text);
}

fn rule_in_full(page: &mut Page, meta: &Meta) {
    page.paragraph(BOLD, &format!("{} ({})", meta.title, meta.id));
    page.blank();
    page.paragraph(PLAIN, &meta.what_under(&Settings::default()));
    section(page, "Why", meta.why);
    section(page, "Example", meta.example);
    if !meta.thresholds.is_empty() {
        section(page, "Thresholds", "");
        for known in meta.thresholds {
            page.item(PLAIN, "- ", &format!("{} = {}: {}", known.key, value(known), known.meaning));
        }
    }
    section(page, &format!("Evidence ({})", meta.grade), "");
    for study in meta.evidence() {
        page.item(PLAIN, "- ", &study);
    }
    section(page, "Guidance", "");
    for id in meta.guidance {
        if let Some(fact) = catalogue::facts().get(id) {
            let place = fact.place();
            page.item(PLAIN, "- ", &format!("{} ({}, \"{}\")", fact.fact, place.title, place.section));
        }
    }
}

fn entry_in_full(page: &mut Page, entry: &guidance::Entry) {
    page.paragraph(BOLD, &format!("{} ({}, {})", entry.id, name_of(entry.priority), name_of(entry.kind)));
    page.blank();
    page.paragraph(PLAIN, &guidance::text_for(entry, Side::Unknown));
    if let Some(evidence) = &entry.evidence {
        let grade = entry.grade.as_ref().map_or_else(String::new, |grade| format!(" ({grade})"));
        section(page, &format!("Evidence{grade}"), evidence);
    }
    section(page, "Sources", "");
    for source in entry.sources() {
        let text = if source.title == OWN_ADDITION {
            format!("Added by runhip, in none of the texts: {}", source.section)
        } else {
            format!("{}, \"{}\"", source.title, source.section)
        };
        page.item(PLAIN, "- ", &text);
    }
}

fn threshold_in_full(page: &mut Page, known: &Threshold) {
    let origin = match known.origin {
        Origin::Guidance => "The number is the guidance's.",
        Origin::Default | Origin::Config => "The number is this tool's.",
    };
    let set = if known.configurable {
        format!("It can be set under [thresholds] in runhip.toml as {}.", known.key)
    } else {
        "It cannot be set.".to_owned()
    };
    page.paragraph(BOLD, &format!("{} = {}", known.key, value(known)));
    page.blank();
    page.paragraph(PLAIN, &format!("{}. {origin} {set}", known.meaning));
}

fn value(known: &Threshold) -> String {
    known.in_words(known.default)
}
