//! `runhip explain`: a rule or a line of guidance in full, or the list of both.

use super::arguments::Explain;
use super::{Done, Failure, terminal};
use crate::analysis;
use crate::guidance::entry::OWN_ADDITION;
use crate::guidance::{self, catalogue};
use crate::model::reading::{Side, name_of};
use crate::model::threshold::{Origin, Settings, Threshold};
use crate::report::plain;
use crate::rules::{self, Meta};

pub(super) fn run(options: &Explain) -> Result<Done, Failure> {
    let text = match options.id.as_deref() {
        None => list(),
        Some(id) => match (rules::by_id(id), guidance::by_id(id), threshold(id)) {
            (Some(rule), _, _) => rule_in_full(rule.meta()),
            (None, Some(entry), _) => entry_in_full(entry),
            (None, None, Some(known)) => threshold_in_full(known),
            (None, None, None) => {
                return Err(Failure(format!(
                    "\"{id}\" is no rule, threshold or line of guidance; runhip explain lists them"
                )));
            }
        },
    };
    terminal::say(&wrapped(&text, terminal::width().min(100)))?;
    Ok(Done::Whole)
}

fn threshold(key: &str) -> Option<&'static Threshold> {
    analysis::thresholds().find(|known| known.key == key)
}

fn list() -> String {
    let mut text = "Rules\n".to_owned();
    for rule in rules::registry() {
        text.push_str(&format!("  {:<24}{}\n", rule.meta().id, rule.meta().title));
    }
    text.push_str("\nThresholds\n");
    for known in analysis::thresholds() {
        text.push_str(&format!("  {:<24}{}\n", known.key, value(known)));
    }
    text.push_str("\nGuidance\n");
    for entry in guidance::entries() {
        let first = plain::cut(&guidance::text_for(entry, Side::Unknown), 70);
        text.push_str(&format!("  {:<30}{first}\n", entry.id));
    }
    text.push_str("\nrunhip explain ID shows one of them in full.\n");
    text
}

fn rule_in_full(meta: &Meta) -> String {
    let mut text = format!(
        "{} ({})\n\n{}\n\nWhy\n{}\n\nExample\n{}\n",
        meta.title,
        meta.id,
        meta.what_under(&Settings::default()),
        meta.why,
        meta.example
    );
    if !meta.thresholds.is_empty() {
        text.push_str("\nThresholds\n");
        for known in meta.thresholds {
            text.push_str(&format!("- {} = {}: {}\n", known.key, value(known), known.meaning));
        }
    }
    text.push_str(&format!("\nEvidence ({})\n{}\n\nGuidance\n", meta.grade, meta.evidence));
    for id in meta.guidance {
        if let Some(fact) = catalogue::facts().get(id) {
            let place = fact.place();
            text.push_str(&format!("- {} ({}, \"{}\")\n", fact.fact, place.title, place.section));
        }
    }
    text
}

fn entry_in_full(entry: &guidance::Entry) -> String {
    let mut text = format!(
        "{} ({}, {})\n\n{}\n",
        entry.id,
        name_of(entry.priority),
        name_of(entry.kind),
        guidance::text_for(entry, Side::Unknown)
    );
    if let Some(evidence) = &entry.evidence {
        let grade = entry.grade.as_ref().map_or_else(String::new, |grade| format!(" ({grade})"));
        text.push_str(&format!("\nEvidence{grade}\n{evidence}\n"));
    }
    text.push_str("\nSources\n");
    for source in entry.sources() {
        if source.title == OWN_ADDITION {
            text.push_str(&format!("- Added by runhip, in none of the texts: {}\n", source.section));
        } else {
            text.push_str(&format!("- {}, \"{}\"\n", source.title, source.section));
        }
    }
    text
}

fn threshold_in_full(known: &Threshold) -> String {
    let origin = match known.origin {
        Origin::Guidance => "The number is the guidance's.",
        Origin::Default | Origin::Config => "The number is this tool's.",
    };
    let set = if known.configurable {
        format!("It can be set under [thresholds] in runhip.toml as {}.", known.key)
    } else {
        "It cannot be set.".to_owned()
    };
    format!("{} = {}\n\n{}. {origin} {set}\n", known.key, value(known), known.meaning)
}

fn value(known: &Threshold) -> String {
    known.in_words(known.default)
}

/// Breaks long lines between words; lists keep their indent.
fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let indent = if line.starts_with("- ") { "  " } else { "" };
        let mut column = 0;
        let leading = line.len() - line.trim_start().len();
        if leading > 0 || line.chars().count() <= width {
            out.push_str(line);
            out.push('\n');
            continue;
        }
        for word in line.split(' ') {
            let length = word.chars().count();
            if column > 0 && column + 1 + length > width {
                out.push('\n');
                out.push_str(indent);
                column = indent.len();
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += length;
        }
        out.push('\n');
    }
    out
}
