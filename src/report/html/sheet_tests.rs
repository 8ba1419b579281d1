//! Tests of what the sheet for whoever examines must say in any case: the call, the signs however old, and what could
//! not be read.

use crate::model::reading::Priority;
use crate::report::contract::Report;
use crate::report::fixtures::{self, date};
use crate::report::html::handout_page;

fn row(page: &str, name: &str) -> String {
    let from = page.split_once(&format!("<dt>{name}")).unwrap_or_else(|| panic!("no row {name}")).1;
    from.split_once("</dd>").unwrap().0.to_owned()
}

fn with_an_old_emergency() -> Report {
    let mut report = fixtures::warning();
    report.warnings[0].warning.priority = Priority::P0;
    report.warnings[0].warning.note_date = date("2023-05-02");
    report.pain.clear();
    report
}

#[test]
fn what_the_report_opens_with_stands_on_top_of_the_sheet() {
    let page = handout_page(&with_an_old_emergency());
    let (call, facts) = (page.find("Get emergency medical help now").unwrap(), page.find("<dl").unwrap());
    assert!(call < facts);
    assert!(!handout_page(&fixtures::clear()).contains("What this report opens with"));
}

#[test]
fn a_sign_that_leads_is_named_however_old_and_never_among_those_never_mentioned() {
    let report = with_an_old_emergency();
    let sign = report.warnings[0].warning.flag.words();
    let page = handout_page(&report);
    assert!(row(&page, "Warning signs since").contains(sign));
    assert!(!row(&page, "Never mentioned").contains(sign));

    let mut past = report;
    past.warnings[0].leads = false;
    let page = handout_page(&past);
    assert!(!row(&page, "Warning signs since").contains(sign), "it is over and more than a year old");
    assert!(!row(&page, "Never mentioned").contains(sign), "but it was mentioned");
}

#[test]
fn notes_that_nobody_understood_are_counted_with_the_last_of_them() {
    let report = fixtures::warning();
    let unread = report.pain.iter().filter(|note| !note.understood).count();
    assert!(unread > 0);
    let row = row(&handout_page(&report), "Not understood");
    assert!(row.contains(&format!("{unread} note")) && row.contains("read by eye"), "{row}");
    assert!(!handout_page(&fixtures::clear()).contains("Not understood"));
}
