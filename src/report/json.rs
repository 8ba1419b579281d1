//! The report as JSON: the contract itself, indented, with a final line feed. Nothing is added, left out or reordered
//! here.

use std::io::{Result, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::contract::Report;
use super::{plain, seal};

/// The size of a report on a year, for a start.
const USUAL_BYTES: usize = 160_000;

/// Blanks for the line ends of the deepest value that a report holds.
const LINE_END: &str = "\n                                ";

/// The report as indented JSON with a final line feed.
///
/// Writing cannot fail: every map has strings as keys, and every number that is not finite becomes `null`.
#[must_use]
pub fn render(report: &Report) -> String {
    let mut json = Vec::with_capacity(USUAL_BYTES);
    let mut serializer = Serializer::with_formatter(&mut json, Indented::default());
    let written = report.serialize(&mut serializer).is_ok();
    let mut text = String::from_utf8(json).unwrap_or_default();
    if !written {
        text.clear();
    }
    text.push('\n');
    seal::close(plain::json(text))
}

/// The layout of [`serde_json::to_string_pretty`], which writes the blanks before each line two by two; here they are written at
/// once.
#[derive(Default)]
struct Indented {
    depth: usize,
    has_value: bool,
}

impl Indented {
    fn open(&mut self) {
        self.depth += 1;
        self.has_value = false;
    }

    fn line_end<W: ?Sized + Write>(&self, into: &mut W) -> Result<()> {
        let blanks = 2 * self.depth;
        match LINE_END.get(..=blanks) {
            Some(line_end) => into.write_all(line_end.as_bytes()),
            None => write!(into, "\n{:blanks$}", ""),
        }
    }

    fn close<W: ?Sized + Write>(&mut self, into: &mut W, bracket: &[u8]) -> Result<()> {
        self.depth -= 1;
        if self.has_value {
            self.line_end(into)?;
        }
        into.write_all(bracket)
    }

    fn next<W: ?Sized + Write>(&self, into: &mut W, first: bool) -> Result<()> {
        if !first {
            into.write_all(b",")?;
        }
        self.line_end(into)
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + Write>(&mut self, into: &mut W) -> Result<()> {
        self.open();
        into.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, into: &mut W) -> Result<()> {
        self.close(into, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, into: &mut W, first: bool) -> Result<()> {
        self.next(into, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, into: &mut W) -> Result<()> {
        self.open();
        into.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, into: &mut W) -> Result<()> {
        self.close(into, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, into: &mut W, first: bool) -> Result<()> {
        self.next(into, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, into: &mut W) -> Result<()> {
        into.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> Result<()> {
        self.has_value = true;
        Ok(())
    }
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
    fn lines_are_laid_out_as_the_library_lays_them_out() {
        for (name, report) in fixtures::all() {
            let text = serde_json::to_string_pretty(&report).unwrap();
            assert_eq!(render(&report), seal::close(plain::json(text + "\n")), "{name}");
        }
        let mut deep = serde_json::json!([[], {}, {"a": [], "b": {}}]);
        for depth in 0..20 {
            deep =
                if depth % 2 == 0 { serde_json::json!([deep, 1]) } else { serde_json::json!({"in": deep, "n": null}) };
        }
        let mut json = Vec::new();
        deep.serialize(&mut Serializer::with_formatter(&mut json, Indented::default())).unwrap();
        assert_eq!(String::from_utf8(json).unwrap(), serde_json::to_string_pretty(&deep).unwrap());
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
