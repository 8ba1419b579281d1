//! The report as JSON: the contract itself, indented, with a final line feed. Nothing is added, left out or reordered
//! here.

use super::contract::Report;
use super::{plain, seal};

/// The report as indented JSON with a final line feed.
///
/// Writing cannot fail: every map has strings as keys, and every number that is not finite becomes `null`.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    seal::close(plain::json(text))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::report::fixtures;

    #[test]
    fn every_fixture_is_valid_json_that_ends_in_one_line_feed() {
        for (name, report) in fixtures::all() {
            let text = render(&report);
            assert!(text.ends_with("}\n") && !text.ends_with("\n\n"), "{name}");
            let value: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(value["schema_version"], 1, "{name}");
            assert_eq!(value["as_of"], report.as_of.to_string(), "{name}");
            assert_eq!(value["findings"].as_array().unwrap().len(), report.findings.len(), "{name}");
            assert!(value.get("view").is_none(), "{name}: how it is shown is not part of the contract");
        }
    }

    #[test]
    fn text_comes_back_as_it_was_written() {
        let report = fixtures::hostile();
        let value: Value = serde_json::from_str(&render(&report)).unwrap();
        for (row, written) in report.pain.iter().zip(value["pain"].as_array().unwrap()) {
            assert_eq!(written["text"], row.text);
        }
    }

    #[test]
    fn whole_numbers_carry_no_decimal_point() {
        let text = render(&fixtures::warning());
        assert!(text.contains("\"severity\": 7,"), "a score of 7 is written as 7");
        assert!(text.contains("\"severity\": 2.5,"), "a decimal score is kept");
    }
}
