//! Pages that are made from the program stand in the repository as it would make them today.
#![cfg(test)]
#![allow(clippy::disallowed_methods, reason = "tests make files of their own")]

use std::fmt::Write;
use std::path::Path;

use runhip::guidance::catalogue;
use runhip::model::finding::Unit;
use runhip::model::threshold::{Origin, Threshold};
use runhip::model::units::METRES_PER_MILE;
use runhip::{analysis, rules};

fn value(threshold: &Threshold) -> String {
    let number = threshold.in_unit(threshold.default);
    match threshold.unit {
        Unit::Share => format!("{:.0} %", number * 100.0),
        Unit::M => format!("{:.1} km ({:.1} mi)", number / 1_000.0, number / METRES_PER_MILE),
        Unit::Days => format!("{number} days"),
        Unit::Count => format!("{number}"),
        Unit::Score => format!("{number} of 10"),
    }
}

fn origin(threshold: &Threshold) -> &'static str {
    if threshold.origin == Origin::Guidance { "guidance" } else { "this tool" }
}

fn rules_page() -> String {
    let mut page =
        "# Rules\n\nMade from the rules themselves; `runhip explain ID` shows the same in a terminal.\n".to_owned();
    for rule in rules::registry() {
        let meta = rule.meta();
        write!(page, "\n## {}\n\n`{}`\n\n{}\n\n**Why.** {}\n\n", meta.title, meta.id, meta.what, meta.why).unwrap();
        write!(page, "**Example.** {}\n\n**Evidence: {}.** {}\n\n", meta.example, meta.grade, meta.evidence).unwrap();
        page.push_str("Stands on:\n\n");
        for id in meta.guidance {
            let fact = &catalogue::facts()[id];
            let place = fact.place();
            writeln!(page, "- {} (*{}*, {})", fact.fact, place.title, place.section).unwrap();
        }
    }
    page.push_str("\n## Thresholds\n\n| key | value | whose number | can be set | meaning |\n|---|---|---|---|---|\n");
    for threshold in analysis::thresholds() {
        let set = if threshold.configurable { "yes" } else { "no" };
        writeln!(
            page,
            "| `{}` | {} | {} | {set} | {} |",
            threshold.key,
            value(threshold),
            origin(threshold),
            threshold.meaning
        )
        .unwrap();
    }
    page
}

/// Compares a page with the one in the repository, or writes it where `RUNHIP_WRITE_DOCS` is set.
fn assert_current(path: &str, page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("RUNHIP_WRITE_DOCS").is_some() {
        std::fs::write(&path, page).unwrap();
    }
    let here = std::fs::read_to_string(&path).unwrap_or_default();
    let how = "run: RUNHIP_WRITE_DOCS=1 cargo test --test docs";
    assert!(here == page, "{} is stale; {how}", path.display());
}

#[test]
fn the_page_of_rules_is_current() {
    assert_current("docs/rules.md", &rules_page());
}
